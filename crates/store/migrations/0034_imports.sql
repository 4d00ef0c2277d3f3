-- Files of other systems, taken in. A run is one file, or the files of one return, in one transaction: all or nothing.
-- kind: people, cin, ssda903, workforce, annex-a. state: waiting, running, done, failed. done and of count records, for a
-- progress bar. report is JSON (store::imports::Report) once it is done; failure is in words for whoever gave the file.
CREATE TABLE import_run (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  begun_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  begun_by TEXT NOT NULL,
  state TEXT NOT NULL,
  done BIGINT NOT NULL,
  of BIGINT NOT NULL,
  report TEXT,
  failure TEXT
);
CREATE INDEX import_run_by_time ON import_run (begun_at);

-- The untouched source, in the database, so that every backup holds it. The bytes stand in parts of a megabyte.
CREATE TABLE import_source (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES import_run (id),
  file_name TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX import_source_by_run ON import_source (run_id);
CREATE TABLE import_source_part (
  source_id TEXT NOT NULL REFERENCES import_source (id),
  part BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (source_id, part)
);

-- Whom a return means by an identifier: set when it first came, so that a later correction of a number makes no double.
CREATE TABLE import_subject (
  subject TEXT PRIMARY KEY,
  person_id TEXT REFERENCES person (id),
  worker_id TEXT REFERENCES worker (id)
);
CREATE INDEX import_subject_by_person ON import_subject (person_id);
CREATE INDEX import_subject_by_worker ON import_subject (worker_id);

-- Each element or row that was taken in, by a key that never changes. facts is JSON, as the file says them.
CREATE TABLE import_record (
  key TEXT PRIMARY KEY,
  unit TEXT NOT NULL,
  digest TEXT NOT NULL,
  person_id TEXT REFERENCES person (id),
  worker_id TEXT REFERENCES worker (id),
  facts TEXT NOT NULL,
  file_name TEXT NOT NULL,
  line BIGINT NOT NULL,
  run_id TEXT NOT NULL REFERENCES import_run (id)
);
CREATE INDEX import_record_by_person ON import_record (person_id);
-- What a record said before a later file amended it.
CREATE TABLE import_record_before (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  facts TEXT NOT NULL,
  run_id TEXT NOT NULL,
  amended_by TEXT NOT NULL REFERENCES import_run (id),
  amended_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX import_record_before_by_key ON import_record_before (key);

-- What was kept as it came and should be looked at: a census rule that it breaks, or a cell that cannot be right.
CREATE TABLE import_flag (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES import_run (id),
  key TEXT NOT NULL,
  person_id TEXT REFERENCES person (id),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  value TEXT NOT NULL,
  file_name TEXT NOT NULL,
  line BIGINT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL,
  cleared_at TIMESTAMPTZ
);
CREATE INDEX import_flag_by_person ON import_flag (person_id, cleared_at);
CREATE INDEX import_flag_by_key ON import_flag (key);

-- How things stood on a day, where a return says neither when they began nor when they ended: health over a year,
-- accommodation of a care leaver, earlier permanence. facts is JSON.
CREATE TABLE person_observation (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  on_day DATE NOT NULL,
  facts TEXT NOT NULL,
  import_key TEXT NOT NULL,
  source TEXT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX person_observation_by_person ON person_observation (person_id, kind, on_day);
CREATE INDEX person_observation_by_key ON person_observation (import_key);

-- A worker's post as a workforce census gives it, one row a census day. private is for human resources only: it holds
-- what the census says of the person and the reason of an absence.
CREATE TABLE worker_post (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  on_day DATE NOT NULL,
  facts TEXT NOT NULL,
  private TEXT NOT NULL,
  import_key TEXT NOT NULL
);
CREATE INDEX worker_post_by_worker ON worker_post (worker_id, on_day);

-- By which record an entry or a status came.
ALTER TABLE entry ADD COLUMN import_key TEXT;
CREATE INDEX entry_by_import ON entry (import_key) WHERE import_key IS NOT NULL;
ALTER TABLE person_status ADD COLUMN import_key TEXT;
CREATE INDEX person_status_by_import ON person_status (import_key) WHERE import_key IS NOT NULL;
ALTER TABLE involvement ADD COLUMN import_key TEXT;
CREATE INDEX worker_by_registration ON worker (registration_no);
