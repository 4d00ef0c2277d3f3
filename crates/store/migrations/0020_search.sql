-- What finds a person: made from the other tables whenever they change, and made again when care::matching's GENERATION rises.
-- person_no is a hash of person.id: eight bytes instead of thirty-two in each of some ten keys a person.
CREATE TABLE person_search (
  person_no BIGINT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  line TEXT NOT NULL
);
CREATE TABLE person_search_key (
  key BIGINT NOT NULL,
  person_no BIGINT NOT NULL,
  PRIMARY KEY (key, person_no)
);

-- The words of names with how many people have them, and the marks by which near spellings are found.
-- The counts are brought up to date by an import and once a night; between, a new word counts as one.
CREATE TABLE name_word (
  word TEXT PRIMARY KEY,
  as_given BIGINT NOT NULL,
  as_family BIGINT NOT NULL
);
CREATE TABLE name_mark (
  mark BIGINT NOT NULL,
  word TEXT NOT NULL REFERENCES name_word (word),
  PRIMARY KEY (mark, word)
);

CREATE TABLE search_state (
  id BIGINT PRIMARY KEY,
  generation BIGINT NOT NULL,
  people BIGINT NOT NULL
);
INSERT INTO search_state (id, generation, people) VALUES (1, 1, 0);
