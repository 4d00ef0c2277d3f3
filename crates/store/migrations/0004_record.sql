-- A team's involvement with a person, the workers allocated in it, and the record that they keep.
CREATE TABLE involvement (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  team_id TEXT NOT NULL REFERENCES team (id),
  kind TEXT NOT NULL,
  referral_id TEXT,
  opened_on DATE NOT NULL,
  closed_on DATE,
  closure_reason TEXT,
  source TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX involvement_by_person ON involvement (person_id);
CREATE INDEX involvement_by_team ON involvement (team_id, closed_on);

-- part is 'primary', 'co_worker', 'cover', 'reviewing_officer' or 'conference_chair'; state is 'offered', 'acknowledged', 'cannot_take' or 'ended'.
-- At most one open primary for each involvement: the partial unique index holds it against two managers at once.
CREATE TABLE allocation (
  id TEXT PRIMARY KEY,
  involvement_id TEXT NOT NULL REFERENCES involvement (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  worker_id TEXT NOT NULL REFERENCES worker (id),
  part TEXT NOT NULL,
  state TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE,
  end_cause TEXT,
  why_this_worker TEXT NOT NULL,
  what_to_do TEXT NOT NULL,
  first_visit_by_on DATE,
  risks_to_worker TEXT NOT NULL,
  risks_to_child TEXT NOT NULL,
  next_look_on DATE,
  acknowledged_at TIMESTAMPTZ,
  allocated_by TEXT NOT NULL,
  allocated_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX allocation_one_primary ON allocation (involvement_id) WHERE part = 'primary' AND until_on IS NULL;
CREATE INDEX allocation_by_person ON allocation (person_id);
CREATE INDEX allocation_by_worker ON allocation (worker_id, until_on);

-- The story: one row for everything that happened to or was recorded about a person.
CREATE TABLE entry (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  happened_on DATE NOT NULL,
  happened_at TIMESTAMPTZ,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  significant BOOLEAN NOT NULL,
  facts TEXT NOT NULL,
  involvement_id TEXT,
  family_event_id TEXT,
  corrects_id TEXT,
  source TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX entry_by_person ON entry (person_id, happened_on, id);
CREATE INDEX entry_by_family_event ON entry (family_event_id) WHERE family_event_id IS NOT NULL;
CREATE INDEX entry_by_corrected ON entry (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE TABLE visit (
  entry_id TEXT PRIMARY KEY REFERENCES entry (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  worker_id TEXT NOT NULL,
  visited_on DATE NOT NULL,
  outcome TEXT NOT NULL,
  seen TEXT NOT NULL,
  seen_alone TEXT NOT NULL,
  bedroom_seen TEXT NOT NULL,
  who_was_there TEXT NOT NULL,
  child_words TEXT NOT NULL,
  worker_view TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  reason_not_seen TEXT NOT NULL
);
CREATE INDEX visit_by_person ON visit (person_id, visited_on);
CREATE INDEX visit_by_worker ON visit (worker_id, visited_on);

-- A clock: something due for a person, an enquiry or an involvement. Rust reckons the dates; SQL compares them.
CREATE TABLE due (
  id TEXT PRIMARY KEY,
  person_id TEXT REFERENCES person (id),
  involvement_id TEXT,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  code TEXT NOT NULL,
  start_on DATE NOT NULL,
  start_at TIMESTAMPTZ,
  due_on DATE NOT NULL,
  due_at TIMESTAMPTZ,
  met_on DATE,
  met_by_entry_id TEXT,
  dropped_on DATE,
  why TEXT,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX due_open_by_person ON due (person_id, due_on) WHERE met_on IS NULL AND dropped_on IS NULL;
CREATE INDEX due_by_subject ON due (subject_id);
CREATE INDEX due_open ON due (due_on) WHERE met_on IS NULL AND dropped_on IS NULL;

-- A message inside the service to one worker, or to whoever is on duty in a team.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  to_worker_id TEXT REFERENCES worker (id),
  to_team_id TEXT REFERENCES team (id),
  kind TEXT NOT NULL,
  person_id TEXT,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  words TEXT NOT NULL,
  must_acknowledge BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  read_at TIMESTAMPTZ,
  acknowledged_at TIMESTAMPTZ,
  acknowledged_by TEXT
);
CREATE INDEX notice_by_worker ON notice (to_worker_id, read_at);
CREATE INDEX notice_by_team ON notice (to_team_id, acknowledged_at);

-- What goes out by e-mail or letter. Nothing is sent inside a request.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  to_name TEXT NOT NULL,
  to_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  person_id TEXT,
  about_kind TEXT NOT NULL,
  about_id TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_try_at TIMESTAMPTZ,
  sent_at TIMESTAMPTZ,
  problem TEXT,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX outbox_to_send ON outbox (state, next_try_at);
CREATE INDEX outbox_by_about ON outbox (about_id);

-- What is being typed. form names the form, subject_id what it is about; tab tells two windows apart.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  form TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  tab TEXT NOT NULL,
  label TEXT NOT NULL,
  href TEXT NOT NULL,
  fields TEXT NOT NULL,
  version BIGINT NOT NULL,
  saved_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX draft_one ON draft (worker_id, form, subject_id, tab);

-- A form's token and where its first sending led, so that a form sent twice is done once.
CREATE TABLE form_sent (
  token TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL,
  led_to TEXT NOT NULL,
  sent_at TIMESTAMPTZ NOT NULL
);
