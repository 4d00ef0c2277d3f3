-- An import is taken in by one process at a time. It holds the run until held_until and puts that off while it works;
-- after that (the process was killed) another takes the run up from its beginning, tries times at most.
ALTER TABLE import_run ADD COLUMN holder TEXT;
ALTER TABLE import_run ADD COLUMN held_until TIMESTAMPTZ;
ALTER TABLE import_run ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
CREATE INDEX import_run_by_state ON import_run (state, begun_at);
