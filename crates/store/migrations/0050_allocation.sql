-- Giving children to workers: the manager's decisions, the worker's answers, those who wait, transfers between teams.
ALTER TABLE allocation ADD COLUMN decision_id TEXT;
CREATE INDEX allocation_open ON allocation (involvement_id, part) WHERE until_on IS NULL;
CREATE INDEX allocation_by_involvement ON allocation (involvement_id, until_on);
CREATE INDEX involvement_open ON involvement (team_id, person_id) WHERE closed_on IS NULL;

-- One decision of a manager: one worker, for one child or for several of a family. effect is the sentence that the
-- manager read, reckoned inside the transaction; concerns are what it had to be decided in spite of.
CREATE TABLE allocation_decision (
  id TEXT PRIMARY KEY,
  team_id TEXT NOT NULL REFERENCES team (id),
  worker_id TEXT NOT NULL REFERENCES worker (id),
  children BIGINT NOT NULL,
  effect TEXT NOT NULL,
  concerns TEXT NOT NULL,
  despite TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX allocation_decision_by_team ON allocation_decision (team_id, decided_at);

-- Every step of an allocation after it was made: acknowledged, cannot take, answered, ended.
CREATE TABLE allocation_step (
  id TEXT PRIMARY KEY,
  allocation_id TEXT NOT NULL REFERENCES allocation (id),
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  taken_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX allocation_step_by_allocation ON allocation_step (allocation_id);

-- The manager's weekly look at somebody who has no worker.
CREATE TABLE unallocated_review (
  id TEXT PRIMARY KEY,
  involvement_id TEXT NOT NULL REFERENCES involvement (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  team_id TEXT NOT NULL REFERENCES team (id),
  reviewed_on DATE NOT NULL,
  outcome TEXT NOT NULL,
  words TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  reviewed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX unallocated_review_by_involvement ON unallocated_review (involvement_id, reviewed_on);

-- Asking the group manager, once for each wait; the answer stands beside the question.
CREATE TABLE unallocated_escalation (
  id TEXT PRIMARY KEY,
  involvement_id TEXT NOT NULL REFERENCES involvement (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  team_id TEXT NOT NULL REFERENCES team (id),
  since_on DATE NOT NULL,
  escalated_on DATE NOT NULL,
  words TEXT NOT NULL,
  escalated_by TEXT NOT NULL,
  answer TEXT,
  answered_by TEXT,
  answered_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX unallocated_escalation_once ON unallocated_escalation (involvement_id, since_on);

-- A case that one team offers to another. It stays with the first until the second accepts it.
CREATE TABLE transfer (
  id TEXT PRIMARY KEY,
  involvement_id TEXT NOT NULL REFERENCES involvement (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  from_team_id TEXT NOT NULL REFERENCES team (id),
  to_team_id TEXT NOT NULL REFERENCES team (id),
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  what_next TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TIMESTAMPTZ NOT NULL,
  answer TEXT,
  answered_by TEXT,
  answered_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX transfer_one_open ON transfer (involvement_id) WHERE state = 'proposed';
CREATE INDEX transfer_by_team ON transfer (to_team_id, state);
CREATE INDEX transfer_by_person ON transfer (person_id);
