-- A home whose place only some may know, as an address may be: a placement, an adopter's house, a refuge.
ALTER TABLE household ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE;
