-- A worker on a visit: where, until when, and who is told when nobody heard that they are back.
CREATE TABLE going_out (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  place TEXT NOT NULL,
  risks TEXT NOT NULL,
  watcher_id TEXT REFERENCES worker (id),
  left_at TIMESTAMPTZ NOT NULL,
  back_by TIMESTAMPTZ NOT NULL,
  alarmed_at TIMESTAMPTZ,
  back_at TIMESTAMPTZ,
  said_by TEXT,
  said TEXT NOT NULL
);
CREATE INDEX going_out_open ON going_out (back_by) WHERE back_at IS NULL;
CREATE INDEX going_out_by_worker ON going_out (worker_id, left_at);
