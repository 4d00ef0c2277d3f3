-- An enquiry that was opened again because of new facts: its next decision is reckoned from then.
ALTER TABLE enquiry ADD COLUMN reopened_at TIMESTAMPTZ;
