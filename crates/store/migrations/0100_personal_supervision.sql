-- A worker's own supervision: about the worker, never about a child, and open to the worker and their line only.
CREATE TABLE personal_supervision (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  supervisor_id TEXT NOT NULL REFERENCES worker (id),
  held_on DATE NOT NULL,
  discussed TEXT NOT NULL,
  wellbeing TEXT NOT NULL,
  learning TEXT NOT NULL,
  next_on DATE,
  worker_words TEXT NOT NULL,
  agreed_at TIMESTAMPTZ,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX personal_supervision_by_worker ON personal_supervision (worker_id, held_on);

-- What was agreed to be done, by whom and by when.
CREATE TABLE personal_supervision_action (
  id TEXT PRIMARY KEY,
  supervision_id TEXT NOT NULL REFERENCES personal_supervision (id),
  words TEXT NOT NULL,
  by_on DATE,
  done_on DATE
);
CREATE INDEX personal_supervision_action_by_supervision ON personal_supervision_action (supervision_id);
