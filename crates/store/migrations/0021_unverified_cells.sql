-- What came with an import and could not be verified: kept as it was typed, with why, until somebody puts it right.
CREATE TABLE unverified_cell (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  field TEXT NOT NULL,
  typed TEXT NOT NULL,
  why TEXT NOT NULL,
  source TEXT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX unverified_cell_by_person ON unverified_cell (person_id);
