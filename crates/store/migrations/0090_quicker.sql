-- What the pages of a team read of the whole service: who holds how many, who stands beside whom, who is away.
CREATE INDEX allocation_held ON allocation (worker_id, person_id, involvement_id) WHERE part = 'primary' AND until_on IS NULL;
CREATE INDEX allocation_beside ON allocation (until_on) WHERE part IN ('cover', 'co_worker');
CREATE INDEX absence_by_end ON absence (ended_on, from_on);
