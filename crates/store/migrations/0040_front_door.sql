-- The front door: enquiries, whom they are about, what was decided, who was told, and what came of it.
-- A coded answer is a code or 'not_asked'. Clocks stand in due (subject_kind 'enquiry'); due_at here is the next of them, for the board.
CREATE TABLE enquiry (
  id TEXT PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  side TEXT NOT NULL,
  state TEXT NOT NULL,
  band TEXT NOT NULL,
  owner_id TEXT REFERENCES worker (id),
  received_at TIMESTAMPTZ NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  enquirer_kind TEXT NOT NULL,
  enquirer_name TEXT NOT NULL,
  enquirer_organisation TEXT NOT NULL,
  enquirer_telephone TEXT NOT NULL,
  enquirer_relation TEXT NOT NULL,
  words TEXT NOT NULL,
  danger TEXT NOT NULL,
  reply_by TEXT NOT NULL,
  reply_address TEXT NOT NULL,
  may_leave_message TEXT NOT NULL,
  reply_words TEXT NOT NULL,
  legal_basis TEXT,
  sharing_basis TEXT,
  told TEXT NOT NULL,
  told_on DATE,
  told_why TEXT,
  told_words TEXT NOT NULL,
  due_at TIMESTAMPTZ,
  due_code TEXT,
  acted_at TIMESTAMPTZ,
  acknowledged_at TIMESTAMPTZ,
  acknowledged_by TEXT,
  acknowledged_how TEXT,
  answered_at TIMESTAMPTZ,
  answered_how TEXT,
  outcome TEXT,
  reason TEXT,
  family_reason TEXT,
  proposed_by TEXT,
  proposed_at TIMESTAMPTZ,
  decided_by TEXT,
  decided_at TIMESTAMPTZ,
  family_event_id TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX enquiry_by_state ON enquiry (state, due_at);
CREATE INDEX enquiry_by_owner ON enquiry (owner_id, state);
CREATE INDEX enquiry_by_received ON enquiry (received_at);

-- Whom it is about, as the caller said it, and the record it was found to be. part: 'subject', 'parent', 'carer', 'other'.
CREATE TABLE enquiry_person (
  id TEXT PRIMARY KEY,
  enquiry_id TEXT NOT NULL REFERENCES enquiry (id),
  person_id TEXT REFERENCES person (id),
  part TEXT NOT NULL,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  born_on DATE,
  born_words TEXT NOT NULL,
  address TEXT NOT NULL,
  postcode TEXT NOT NULL,
  relation TEXT NOT NULL,
  linked_by TEXT,
  linked_at TIMESTAMPTZ,
  removed_at TIMESTAMPTZ
);
CREATE INDEX enquiry_person_by_enquiry ON enquiry_person (enquiry_id);
CREATE INDEX enquiry_person_by_person ON enquiry_person (person_id);

-- Everything that was done with it, in order. step is a code of care::front_door::EnquiryStep or one of 'received', 'changed',
-- 'taken', 'handed_over', 'acted', 'acknowledged', 'linked', 'unlinked', 'information', 'told', 'not_told', 'sent'.
CREATE TABLE enquiry_step (
  id TEXT PRIMARY KEY,
  enquiry_id TEXT NOT NULL REFERENCES enquiry (id),
  step TEXT NOT NULL,
  words TEXT NOT NULL,
  facts TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  taken_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX enquiry_step_by_enquiry ON enquiry_step (enquiry_id, taken_at);

-- One event of a family, of which each child has their own record.
CREATE TABLE family_event (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  happened_on DATE NOT NULL,
  enquiry_id TEXT REFERENCES enquiry (id),
  title TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX family_event_by_enquiry ON family_event (enquiry_id);

-- A referral of one person, made by an enquiry's decision or read from a file. received_on is the day of first receipt.
CREATE TABLE referral (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  enquiry_id TEXT REFERENCES enquiry (id),
  family_event_id TEXT,
  side TEXT NOT NULL,
  outcome TEXT NOT NULL,
  received_on DATE NOT NULL,
  enquirer_kind TEXT NOT NULL,
  legal_basis TEXT,
  decided_on DATE,
  decided_by TEXT,
  reason TEXT NOT NULL,
  team_id TEXT REFERENCES team (id),
  involvement_id TEXT,
  previous_id TEXT,
  closed_on DATE,
  source TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX referral_by_person ON referral (person_id, received_on);
CREATE INDEX referral_by_enquiry ON referral (enquiry_id);
CREATE INDEX referral_by_family_event ON referral (family_event_id);

-- "Did this help?", asked once; the link is known by a digest of its token.
CREATE TABLE enquiry_answer (
  id TEXT PRIMARY KEY,
  enquiry_id TEXT NOT NULL REFERENCES enquiry (id),
  token_hash TEXT NOT NULL UNIQUE,
  asked_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  helped TEXT,
  words TEXT NOT NULL,
  answered_at TIMESTAMPTZ
);
CREATE INDEX enquiry_answer_by_enquiry ON enquiry_answer (enquiry_id);
CREATE INDEX enquiry_answer_by_asked ON enquiry_answer (asked_at);

-- What one shift leaves for the next: read by a named worker, red until then.
CREATE TABLE hand_over (
  id TEXT PRIMARY KEY,
  for_on DATE NOT NULL,
  to_team_id TEXT NOT NULL REFERENCES team (id),
  person_id TEXT REFERENCES person (id),
  enquiry_id TEXT REFERENCES enquiry (id),
  urgency TEXT NOT NULL,
  what_happened TEXT NOT NULL,
  what_to_do TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TIMESTAMPTZ NOT NULL,
  read_by TEXT,
  read_at TIMESTAMPTZ,
  done_by TEXT,
  done_at TIMESTAMPTZ,
  done_words TEXT
);
CREATE INDEX hand_over_unread ON hand_over (to_team_id, read_at);
CREATE INDEX hand_over_by_day ON hand_over (for_on);

-- How often one caller used a public page in one hour, by a keyed digest of their address; old hours are deleted.
CREATE TABLE public_use (
  key_hash TEXT NOT NULL,
  hour_at TIMESTAMPTZ NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (key_hash, hour_at)
);

-- A message is sent by the one server that holds it; sends counts the servers' takings, so that a crash between is seen.
ALTER TABLE outbox ADD COLUMN held_by TEXT;
ALTER TABLE outbox ADD COLUMN held_until TIMESTAMPTZ;
CREATE INDEX outbox_by_state ON outbox (state, created_at);
