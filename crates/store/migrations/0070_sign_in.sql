-- Signing in: a second step that is being set up, devices from which a worker has signed in fully before,
-- and a form that was sent after its session had ended, kept for its sender alone.
ALTER TABLE account ADD COLUMN totp_pending TEXT;
ALTER TABLE account ADD COLUMN second_step_set_at TIMESTAMPTZ;

CREATE TABLE known_device (
  token_hash TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  name TEXT NOT NULL,
  first_at TIMESTAMPTZ NOT NULL,
  last_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX known_device_by_worker ON known_device (worker_id);

CREATE TABLE held_form (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  path TEXT NOT NULL,
  fields TEXT NOT NULL,
  held_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX held_form_by_worker ON held_form (worker_id);
CREATE INDEX one_time_link_by_worker ON one_time_link (worker_id);
