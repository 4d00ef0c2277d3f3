-- Documents of a person. state: 'receiving' while parts arrive, 'quarantined' until a scan, 'clean', 'unscanned' where no
-- scanner is configured, 'infected' (its parts are gone), 'withdrawn' (put on the wrong record; its parts are kept).
ALTER TABLE document ADD COLUMN dated_on DATE;
ALTER TABLE document ADD COLUMN entry_id TEXT REFERENCES entry (id);
ALTER TABLE document ADD COLUMN scanned_at TIMESTAMPTZ;
ALTER TABLE document ADD COLUMN finding TEXT;
ALTER TABLE document ADD COLUMN withdrawn_by TEXT;
ALTER TABLE document ADD COLUMN withdrawn_at TIMESTAMPTZ;
ALTER TABLE document ADD COLUMN withdrawn_why TEXT;
CREATE INDEX document_waiting ON document (state, uploaded_at) WHERE state IN ('receiving', 'quarantined');
