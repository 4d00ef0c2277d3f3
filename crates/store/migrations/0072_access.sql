-- Who recorded a conflict of interest, and in which words.
ALTER TABLE conflict_of_interest ADD COLUMN words TEXT;
ALTER TABLE conflict_of_interest ADD COLUMN recorded_by TEXT;
ALTER TABLE conflict_of_interest ADD COLUMN recorded_at TIMESTAMPTZ;

-- An inquiry into what a worker looked at: opened with a reason, by information governance or audit, for a while.
CREATE TABLE audit_inquiry (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  opened_by TEXT NOT NULL REFERENCES worker (id),
  reason TEXT NOT NULL,
  opened_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX audit_inquiry_by_opener ON audit_inquiry (opened_by, opened_at);
-- Refusals are few among many readings.
CREATE INDEX audit_entry_refusals ON audit_entry (seq) WHERE subject_kind = 'refusal';
