-- Accounts, sessions, and who may see what beyond their role.
CREATE TABLE account (
  worker_id TEXT PRIMARY KEY REFERENCES worker (id),
  username TEXT NOT NULL UNIQUE,
  password_hash TEXT,
  totp_secret TEXT,
  totp_last_step BIGINT NOT NULL,
  disabled_at TIMESTAMPTZ,
  password_set_at TIMESTAMPTZ,
  preferences TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE recovery_code (
  worker_id TEXT NOT NULL REFERENCES worker (id),
  code_hash TEXT NOT NULL,
  used_at TIMESTAMPTZ,
  PRIMARY KEY (worker_id, code_hash)
);
-- Sessions are known by a digest of their id, never by the id itself.
CREATE TABLE session (
  id_hash TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  stage TEXT NOT NULL,
  csrf TEXT NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL,
  stepped_up_at TIMESTAMPTZ,
  ends_at TIMESTAMPTZ NOT NULL,
  device TEXT NOT NULL
);
CREATE INDEX session_by_worker ON session (worker_id);
CREATE TABLE one_time_link (
  token_hash TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  purpose TEXT NOT NULL,
  made_by TEXT NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ
);
-- Guesses at a password, by a digest of the account name and of the address, to slow the next one down.
CREATE TABLE guess (
  key_hash TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE restriction (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  level TEXT NOT NULL,
  guardian_id TEXT NOT NULL REFERENCES worker (id),
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE restriction_list (
  person_id TEXT NOT NULL REFERENCES person (id),
  worker_id TEXT NOT NULL REFERENCES worker (id),
  added_by TEXT NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (person_id, worker_id)
);
CREATE TABLE conflict_of_interest (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE
);
CREATE INDEX conflict_of_interest_by_worker ON conflict_of_interest (worker_id);
CREATE INDEX conflict_of_interest_by_person ON conflict_of_interest (person_id);

-- A right to read for a time: kind is 'break_glass' or 'front_door'.
CREATE TABLE access_grant (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_at TIMESTAMPTZ NOT NULL,
  until_at TIMESTAMPTZ NOT NULL,
  subject_id TEXT,
  review_due_on DATE,
  reviewed_by TEXT,
  reviewed_at TIMESTAMPTZ,
  review_outcome TEXT,
  review_words TEXT
);
CREATE INDEX access_grant_by_worker ON access_grant (worker_id, person_id);
CREATE INDEX access_grant_to_review ON access_grant (kind, reviewed_at);

-- While an enquiry is open, the front door reads the whole history of these people; last_day_on is set when it is decided.
CREATE TABLE enquiry_access (
  enquiry_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  last_day_on DATE,
  PRIMARY KEY (enquiry_id, person_id)
);
CREATE INDEX enquiry_access_by_person ON enquiry_access (person_id);
