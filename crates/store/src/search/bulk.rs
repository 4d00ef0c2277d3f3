//! Filing very many new people at once, as an import does: keys in their own order, so that their table grows from
//! one end to the other and not everywhere at once.

use care::matching::{Known, keys_for_record};

use super::{file::person_no, words};
use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
    id::PersonId,
};

/// New people on their way to being filed. Nobody is found before [`Filing::end`].
pub struct Filing {
    lines: Rows,
    keys: Vec<(i64, i64)>,
    counts: words::Counts,
    people: usize,
}

impl Filing {
    pub fn begin() -> Filing {
        Filing {
            lines: Rows::into("person_search", &["person_no", "person_id", "line"]),
            keys: Vec::new(),
            counts: words::Counts::default(),
            people: 0,
        }
    }

    /// Adds someone who was not filed before.
    pub fn add(&mut self, id: &PersonId, known: &Known) {
        let no = person_no(id);
        self.keys.extend(keys_for_record(known).into_iter().map(|key| (key.0, no)));
        self.counts.add(known);
        self.people += 1;
        self.lines.push([Cell::Number(no), Cell::text(id.as_str()), Cell::text(known.line())]);
    }

    /// Sends what waits and needs no order; the rows of the people themselves must be there.
    pub async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        self.lines.send(tx).await
    }

    /// Files everybody who was added.
    pub async fn end(mut self, tx: &mut Tx) -> Result<()> {
        self.lines.send(tx).await?;
        self.keys.sort_unstable();
        let mut filed = Rows::into("person_search_key", &["key", "person_no"]);
        for (key, no) in self.keys {
            filed.add(tx, [Cell::Number(key), Cell::Number(no)]).await?;
        }
        filed.send(tx).await?;
        words::add_counts(tx, &self.counts, self.people).await
    }
}
