-- The letters of one record.
CREATE INDEX outbox_by_person ON outbox (person_id) WHERE person_id IS NOT NULL;
