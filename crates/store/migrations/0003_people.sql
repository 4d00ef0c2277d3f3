-- People who need help, and those around them. A coded answer is one of: a code, 'unknown', 'not_asked', 'refused'.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  known_as TEXT,
  born_on DATE,
  born_about BOOLEAN NOT NULL,
  expected_on DATE,
  died_on DATE,
  sex TEXT NOT NULL,
  pronouns TEXT,
  ethnicity TEXT NOT NULL,
  first_language TEXT NOT NULL,
  interpreter TEXT NOT NULL,
  disability TEXT NOT NULL,
  disability_codes TEXT NOT NULL,
  telephone TEXT,
  email TEXT,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  recorded_by TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX person_by_name ON person (sort_name, id);

-- Every name that a person is or was known by, the present one included.
CREATE TABLE person_name (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  from_on DATE,
  until_on DATE
);
CREATE INDEX person_name_by_person ON person_name (person_id);

CREATE TABLE person_address (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  lines TEXT NOT NULL,
  postcode TEXT NOT NULL,
  from_on DATE,
  until_on DATE,
  confidential BOOLEAN NOT NULL
);
CREATE INDEX person_address_by_person ON person_address (person_id);

CREATE TABLE person_identifier (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  verified BOOLEAN NOT NULL
);
CREATE INDEX person_identifier_by_person ON person_identifier (person_id);
CREATE INDEX person_identifier_by_value ON person_identifier (kind, value);

CREATE TABLE person_alert (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  from_on DATE NOT NULL,
  review_on DATE,
  told TEXT NOT NULL,
  ended_on DATE,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX person_alert_by_person ON person_alert (person_id);

-- Dated statuses, by hand or from a file, before their full steps exist. facts is JSON: placement, reviews, conferences.
CREATE TABLE person_status (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE,
  end_reason TEXT,
  facts TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX person_status_by_person ON person_status (person_id, kind);
CREATE INDEX person_status_by_kind ON person_status (kind, until_on);

-- person_id is to other_id what kind says: kind 'mother' reads "person is the mother of other".
CREATE TABLE relationship (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  other_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  parental_responsibility TEXT NOT NULL,
  lives_with TEXT NOT NULL,
  from_on DATE,
  until_on DATE,
  note TEXT,
  source TEXT NOT NULL
);
CREATE INDEX relationship_by_person ON relationship (person_id);
CREATE INDEX relationship_by_other ON relationship (other_id);

CREATE TABLE household (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  lines TEXT NOT NULL,
  postcode TEXT NOT NULL
);
CREATE TABLE household_member (
  id TEXT PRIMARY KEY,
  household_id TEXT NOT NULL REFERENCES household (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  from_on DATE,
  until_on DATE
);
CREATE INDEX household_member_by_household ON household_member (household_id);
CREATE INDEX household_member_by_person ON household_member (person_id);

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL,
  words TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX document_by_person ON document (person_id);
-- Contents live in the database, so that a backup is whole and several servers see the same.
CREATE TABLE document_part (
  document_id TEXT NOT NULL REFERENCES document (id),
  part BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (document_id, part)
);
