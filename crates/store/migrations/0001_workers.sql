-- Who works here: teams, workers, the roles they hold, who supervises whom, who is away, who is on duty.
-- A date named until_on is the last day that counts; NULL means still so.
CREATE TABLE team (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  service TEXT NOT NULL,
  parent_id TEXT REFERENCES team (id),
  from_on DATE NOT NULL,
  until_on DATE,
  version BIGINT NOT NULL
);

CREATE TABLE worker (
  id TEXT PRIMARY KEY,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  email TEXT,
  telephone TEXT,
  registration_no TEXT,
  registered_until_on DATE,
  employment TEXT NOT NULL,
  agency_name TEXT,
  fte_hundredths BIGINT NOT NULL,
  started_on DATE,
  last_day_on DATE,
  newly_qualified_until_on DATE,
  version BIGINT NOT NULL
);

CREATE TABLE role_held (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  role TEXT NOT NULL,
  team_id TEXT REFERENCES team (id),
  from_on DATE NOT NULL,
  until_on DATE,
  granted_by TEXT NOT NULL,
  granted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX role_held_by_worker ON role_held (worker_id);
CREATE INDEX role_held_by_team ON role_held (team_id, role);

CREATE TABLE supervision_line (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  supervisor_id TEXT NOT NULL REFERENCES worker (id),
  from_on DATE NOT NULL,
  until_on DATE
);
CREATE INDEX supervision_line_by_worker ON supervision_line (worker_id);
CREATE INDEX supervision_line_by_supervisor ON supervision_line (supervisor_id);

-- The reason of an absence is kept apart: only human resources may read it.
CREATE TABLE absence (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  from_on DATE NOT NULL,
  expected_back_on DATE,
  ended_on DATE,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX absence_by_worker ON absence (worker_id, from_on);
CREATE TABLE absence_reason (
  absence_id TEXT PRIMARY KEY REFERENCES absence (id),
  reason TEXT NOT NULL
);

CREATE TABLE duty_rota (
  id TEXT PRIMARY KEY,
  team_id TEXT NOT NULL REFERENCES team (id),
  on_day DATE NOT NULL,
  part_of_day TEXT NOT NULL,
  worker_id TEXT NOT NULL REFERENCES worker (id),
  kind TEXT NOT NULL
);
CREATE INDEX duty_rota_by_day ON duty_rota (on_day, team_id);
CREATE INDEX duty_rota_by_worker ON duty_rota (worker_id, on_day);

-- What practice or policy may change, with the day from which it holds and where it comes from.
CREATE TABLE policy_setting (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE,
  source TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX policy_setting_by_key ON policy_setting (key, from_on);

CREATE TABLE bank_holiday (
  on_day DATE PRIMARY KEY,
  name TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL
);

-- One holder at a time for each background task, however many servers share the database.
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until_at TIMESTAMPTZ NOT NULL
);
