-- The day for which a record says what it says: an older return, taken in later, does not undo a newer one.
ALTER TABLE import_record ADD COLUMN as_at_on DATE;
