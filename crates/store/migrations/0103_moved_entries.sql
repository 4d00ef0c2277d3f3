-- An entry that stood on the wrong person's record and was moved to the right one. Putting it back is another move.
CREATE TABLE entry_move (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  from_person_id TEXT NOT NULL REFERENCES person (id),
  to_person_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL,
  moved_by TEXT NOT NULL,
  moved_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX entry_move_by_entry ON entry_move (entry_id, moved_at);
