-- The audit chain. audit_entry is never changed; erasable words stand in audit_detail, and only their salted digest is chained.
CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY,
  last_seq BIGINT NOT NULL,
  last_hash TEXT NOT NULL
);
INSERT INTO audit_head (id, last_seq, last_hash) VALUES (1, 0, '');

CREATE TABLE audit_entry (
  seq BIGINT PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL,
  actor TEXT NOT NULL,
  deed TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  because TEXT NOT NULL,
  detail_digest TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id, seq);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, seq);

CREATE TABLE audit_detail (
  seq BIGINT PRIMARY KEY REFERENCES audit_entry (seq),
  salt TEXT NOT NULL,
  words TEXT,
  erased_at TIMESTAMPTZ
);

CREATE TABLE audit_checkpoint (
  seq BIGINT PRIMARY KEY,
  hash TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  signature TEXT NOT NULL
);
