//! The rows of a run on their way into the database, sent in the order in which tables point at each other.

use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
};

pub(super) struct Tables {
    pub(super) workers: Rows,
    pub(super) people: Rows,
    pub(super) identifiers: Rows,
    pub(super) unverified: Rows,
    pub(super) subjects: Rows,
    pub(super) records: Rows,
    pub(super) before: Rows,
    pub(super) flags: Rows,
    pub(super) statuses: Rows,
    pub(super) entries: Rows,
    pub(super) visits: Rows,
    pub(super) observations: Rows,
    pub(super) posts: Rows,
    pub(super) involvements: Rows,
    pub(super) allocations: Rows,
    pub(super) dues: Rows,
}

impl Tables {
    pub(super) fn new() -> Tables {
        Tables {
            workers: Rows::into("worker", WORKER),
            people: Rows::into("person", PERSON),
            identifiers: Rows::into("person_identifier", &["id", "person_id", "kind", "value", "verified"]),
            unverified: Rows::into("unverified_cell", &["id", "person_id", "field", "typed", "why", "source", "noted_at"]),
            subjects: Rows::into("import_subject", &["subject", "person_id", "worker_id"]),
            records: Rows::into("import_record", RECORD),
            before: Rows::into("import_record_before", &["id", "key", "digest", "facts", "run_id", "amended_by", "amended_at"]),
            flags: Rows::into("import_flag", FLAG),
            statuses: Rows::into("person_status", STATUS),
            entries: Rows::into("entry", ENTRY),
            visits: Rows::into("visit", VISIT),
            observations: Rows::into("person_observation", OBSERVATION),
            posts: Rows::into("worker_post", &["id", "worker_id", "on_day", "facts", "private", "import_key"]),
            involvements: Rows::into("involvement", INVOLVEMENT),
            allocations: Rows::into("allocation", ALLOCATION),
            dues: Rows::into("due", DUE),
        }
    }

    pub(super) async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        let all = [
            &mut self.workers,
            &mut self.people,
            &mut self.identifiers,
            &mut self.unverified,
            &mut self.subjects,
            &mut self.records,
            &mut self.before,
            &mut self.flags,
            &mut self.statuses,
            &mut self.entries,
            &mut self.visits,
            &mut self.observations,
            &mut self.posts,
            &mut self.involvements,
            &mut self.allocations,
            &mut self.dues,
        ];
        for rows in all {
            rows.send(tx).await?;
        }
        Ok(())
    }
}

/// A yes or a no as a cell.
pub(super) fn yes_or_no(yes: bool) -> Cell {
    if yes { Cell::Yes } else { Cell::No }
}

const WORKER: &[&str] =
    &["id", "given_name", "surname", "registration_no", "employment", "fte_hundredths", "started_on", "last_day_on", "version"];
const PERSON: &[&str] = &[
    "id",
    "given_name",
    "surname",
    "sort_name",
    "born_on",
    "born_about",
    "expected_on",
    "died_on",
    "sex",
    "ethnicity",
    "first_language",
    "interpreter",
    "disability",
    "disability_codes",
    "source",
    "recorded_at",
    "recorded_by",
    "version",
];
const RECORD: &[&str] = &["key", "unit", "digest", "person_id", "worker_id", "facts", "file_name", "line", "run_id", "as_at_on"];
const FLAG: &[&str] = &["id", "run_id", "key", "person_id", "code", "message", "value", "file_name", "line", "noted_at"];
const STATUS: &[&str] = &[
    "id",
    "person_id",
    "kind",
    "code",
    "from_on",
    "until_on",
    "end_reason",
    "facts",
    "source",
    "recorded_by",
    "recorded_at",
    "import_key",
];
const ENTRY: &[&str] = &[
    "id",
    "person_id",
    "kind",
    "happened_on",
    "title",
    "words",
    "significant",
    "facts",
    "corrects_id",
    "source",
    "recorded_by",
    "recorded_at",
    "import_key",
];
const VISIT: &[&str] = &[
    "entry_id",
    "person_id",
    "worker_id",
    "visited_on",
    "outcome",
    "seen",
    "seen_alone",
    "bedroom_seen",
    "who_was_there",
    "child_words",
    "worker_view",
    "attempts",
    "reason_not_seen",
];
const OBSERVATION: &[&str] = &["id", "person_id", "kind", "on_day", "facts", "import_key", "source", "noted_at"];
const INVOLVEMENT: &[&str] =
    &["id", "person_id", "team_id", "kind", "opened_on", "closed_on", "closure_reason", "source", "version", "import_key"];
const ALLOCATION: &[&str] = &[
    "id",
    "involvement_id",
    "person_id",
    "worker_id",
    "part",
    "state",
    "from_on",
    "why_this_worker",
    "what_to_do",
    "risks_to_worker",
    "risks_to_child",
    "allocated_by",
    "allocated_at",
    "version",
];
const DUE: &[&str] = &["id", "person_id", "subject_kind", "subject_id", "code", "start_on", "due_on", "why", "recorded_at"];
