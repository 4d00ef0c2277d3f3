-- Who supervises whom is recorded by someone, like every other fact about who works here.
ALTER TABLE supervision_line ADD COLUMN set_by TEXT;
ALTER TABLE absence ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE INDEX worker_by_surname ON worker (surname, given_name, id);
CREATE INDEX role_held_by_role ON role_held (role, team_id);
