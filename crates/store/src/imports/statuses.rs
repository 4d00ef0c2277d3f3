//! Statuses of a return: each record has at most one. Another source that already says the same is believed: there is
//! one row for one status, and what contradicts it is flagged. What the same return says twice stands twice, because a
//! census rule is about that, and its flag says so.

use care::{person::turns, statuses::StatusKind};
use jiff::civil::Date;
use returns::{
    codes::{Coded, Eligibility, ReasonEpisodeCeased},
    facts::{About, Fact, Happening, Record, Status},
};
use serde_json::{Value, json};

use super::{
    intake::{Flag, Intake, until},
    our_words as ours,
    there::Held,
};
use crate::{
    Day, Result, Tx,
    audit::Noted,
    bulk::Cell,
    id::{PersonId, StatusId},
    run, sql,
};

/// A status as it is about to be written.
struct Written {
    kind: String,
    code: String,
    from_on: Date,
    until_on: Option<Date>,
    end_reason: Option<String>,
    facts: String,
}

impl Intake {
    pub(super) async fn status(&mut self, tx: &mut Tx, person: &PersonId, record: &Record, status: &Status) -> Result<()> {
        if let About::SocialWorker { worker: Some(worker), .. } = &status.about
            && status.ends.still_holds()
        {
            self.workers.insert(person.clone(), (worker.clone(), status.from_on));
        }
        self.mind_the_conference(person, status);
        if matches!(status.about, About::SocialWorker { .. }) {
            return Ok(());
        }
        let written = self.written(record, status);
        let place = self.held.get(person).and_then(|held| {
            held.iter().position(|one| {
                one.kind == written.kind
                    && !self.is_ours(one.import_key.as_deref(), record)
                    && (one.from_on.0 == written.from_on || (one.until_on.is_none() && written.until_on.is_none()))
            })
        });
        match place {
            Some(place) => self.beside(tx, person, place, record, &written, goes_on(status)).await,
            None => {
                self.write(person, record, &written);
                Ok(())
            }
        }
    }

    /// Another source says it already: its end may be new; anything else is only compared.
    async fn beside(
        &mut self,
        tx: &mut Tx,
        person: &PersonId,
        place: usize,
        record: &Record,
        written: &Written,
        goes_on: bool,
    ) -> Result<()> {
        let Some(held) = self.held.get_mut(person).and_then(|held| held.get_mut(place)) else { return Ok(()) };
        let from_a_file = held.import_key.is_some();
        if let (None, Some(until_on), true, false) = (held.until_on, written.until_on, from_a_file, goes_on) {
            held.until_on = Some(Day(until_on));
            let id = held.id.clone();
            self.tables.statuses.send(tx).await?;
            run!(
                tx,
                sqlx::query("UPDATE person_status SET until_on = $1, end_reason = $2 WHERE id = $3")
                    .bind(Day(until_on))
                    .bind(&written.end_reason)
                    .bind(&id)
            )?;
            tx.note(Noted::new("status.end", "person", person).because(self.run.to_string()));
            return Ok(());
        }
        let stands = held.clone();
        if (stands.from_on.0, stands.until_on.map(|day| day.0)) != (written.from_on, written.until_on) && !goes_on {
            let flag = otherwise(&written.kind, written.from_on, written.until_on, &stands);
            let key = format!("status/{}", record.key);
            self.settle_flags(tx, &key, Vec::new(), vec![flag], Some(person), record).await?;
        }
        Ok(())
    }

    fn mind_the_conference(&mut self, person: &PersonId, status: &Status) {
        if let About::Section47 { conference_target_on: Some(target), .. } = &status.about {
            self.targets.insert((person.clone(), status.from_on), *target);
        }
    }

    fn written(&self, record: &Record, status: &Status) -> Written {
        let (code, mut facts) = ours::detail(status);
        for fact in &record.facts {
            let Fact::Event(event) = fact else { continue };
            match event.what {
                Happening::CareReview { .. } | Happening::ProtectionReview => facts["last_review_on"] = json!(event.on),
                Happening::Visit { .. } | Happening::Seen => facts["last_visit_on"] = json!(event.on),
                _ => {}
            }
        }
        Written {
            kind: status.kind().to_owned(),
            code,
            from_on: status.from_on,
            until_on: until(status, self.as_at),
            end_reason: ours::end_reason(status),
            facts: facts.to_string(),
        }
    }

    fn write(&mut self, person: &PersonId, record: &Record, written: &Written) {
        let id = StatusId::new();
        self.tables.statuses.push([
            Cell::text(id.as_str()),
            Cell::text(person.as_str()),
            Cell::text(&written.kind),
            Cell::text(&written.code),
            Cell::On(written.from_on),
            Cell::on(written.until_on),
            Cell::text_or_null(written.end_reason.as_deref()),
            Cell::text(&written.facts),
            Cell::text(&self.source),
            Cell::text(&self.me),
            Cell::At(self.at),
            Cell::text(&record.key),
        ]);
        self.held.entry(person.clone()).or_default().push(Held {
            id,
            person_id: person.clone(),
            kind: written.kind.clone(),
            from_on: Day(written.from_on),
            until_on: written.until_on.map(Day),
            import_key: Some(record.key.clone()),
        });
    }

    /// The return has corrected itself: its status follows, unless somebody changed it by hand meanwhile.
    pub(super) async fn amend_status(
        &mut self,
        tx: &mut Tx,
        person: &PersonId,
        record: &Record,
        status: Option<&Status>,
        before: &str,
    ) -> Result<()> {
        if let Some(status) = status {
            self.mind_the_conference(person, status);
        }
        let row: Option<(StatusId, String, Day, Option<Day>)> = sql!(tx, |c| {
            sqlx::query_as("SELECT id, kind, from_on, until_on FROM person_status WHERE import_key = $1 ORDER BY id LIMIT 1")
                .bind(&record.key)
                .fetch_optional(c)
        })?;
        let Some((id, kind, from_on, until_on)) = row else {
            return match status {
                Some(status) => self.status(tx, person, record, status).await,
                None => Ok(()),
            };
        };
        let key = format!("status/{}", record.key);
        if by_hand(before, until_on.map(|day| day.0)) {
            let said = status.map_or((from_on.0, None), |status| (status.from_on, until(status, self.as_at)));
            if said != (from_on.0, until_on.map(|day| day.0)) {
                let stands = Held { id, person_id: person.clone(), kind: kind.clone(), from_on, until_on, import_key: None };
                let flag = otherwise(&kind, said.0, said.1, &stands);
                self.settle_flags(tx, &key, Vec::new(), vec![flag], Some(person), record).await?;
            }
            return Ok(());
        }
        let written = match status {
            Some(status) => self.written(record, status),
            None => Written {
                kind,
                code: String::new(),
                from_on: from_on.0,
                until_on: Some(from_on.0),
                end_reason: Some("A later file no longer says it".into()),
                facts: "{}".into(),
            },
        };
        if let Some(held) = self.held.get_mut(person).and_then(|held| held.iter_mut().find(|one| one.id == id)) {
            (held.from_on, held.until_on) = (Day(written.from_on), written.until_on.map(Day));
        }
        run!(
            tx,
            sqlx::query("UPDATE person_status SET code = $1, from_on = $2, until_on = $3, end_reason = $4, facts = $5 WHERE id = $6")
                .bind(&written.code)
                .bind(Day(written.from_on))
                .bind(written.until_on.map(Day))
                .bind(&written.end_reason)
                .bind(&written.facts)
                .bind(&id)
        )?;
        tx.note(Noted::new("status.amend", "person", person).because(self.run.to_string()));
        Ok(())
    }

    /// Who is said to have left care is a care leaver from the 18th birthday, or from the day for which it is first said.
    pub(super) async fn leaving_care(
        &mut self,
        tx: &mut Tx,
        person: &PersonId,
        record: &Record,
        on: Date,
        eligibility: Option<&Coded<Eligibility>>,
    ) -> Result<()> {
        let is_one = |held: &Held| held.kind == StatusKind::CareLeaver.code();
        if self.held.get(person).is_some_and(|held| held.iter().any(is_one)) {
            return Ok(());
        }
        let born: Option<(Option<Day>,)> = {
            self.tables.send(tx).await?;
            sql!(tx, |c| sqlx::query_as("SELECT born_on FROM person WHERE id = $1").bind(person).fetch_optional(c))?
        };
        let eighteen = born.and_then(|(born,)| born).and_then(|born| turns(born.0, 18)).filter(|day| *day <= on);
        let facts =
            json!({ "said_for": on, "from": if eighteen.is_some() { "the 18th birthday" } else { "the day for which it is first said" } });
        let written = Written {
            kind: StatusKind::CareLeaver.code().to_owned(),
            code: ours::entitlement(eligibility).map_or("", |owed| owed.code()).to_owned(),
            from_on: eighteen.unwrap_or(on),
            until_on: None,
            end_reason: None,
            facts: facts.to_string(),
        };
        self.write(person, record, &written);
        Ok(())
    }
}

/// An episode of care that ended only because another began.
fn goes_on(status: &Status) -> bool {
    matches!(&status.about, About::LookedAfter(care) if care.reason_ceased.as_ref().is_some_and(|why| why.is(ReasonEpisodeCeased::NewEpisode)))
}

/// Whether the end that stands is another than the file gave: somebody set it.
fn by_hand(before: &str, until_on: Option<Date>) -> bool {
    let kept: Vec<Value> = serde_json::from_str(before).unwrap_or_default();
    let Some(ends) = kept.iter().find_map(|fact| fact.get("status")).map(|status| &status["ends"]) else { return false };
    match (ends.as_str(), ends["on"].as_str(), until_on) {
        (Some("not_yet"), _, until) => until.is_some(),
        (_, Some(day), until) => until.map(|until| until.to_string()).as_deref() != Some(day),
        _ => false,
    }
}

fn otherwise(kind: &str, from_on: Date, until_on: Option<Date>, held: &Held) -> Flag {
    let words = |from: Date, until: Option<Date>| match until {
        Some(until) => format!("from {} until {}", care::words::date(from), care::words::date(until)),
        None => format!("since {}", care::words::date(from)),
    };
    let what = StatusKind::from_code(kind).map_or_else(|| kind.replace('_', " "), |kind| kind.label().to_lowercase());
    let (said, stands) = (words(from_on, until_on), words(held.from_on.0, held.until_on.map(|day| day.0)));
    Flag {
        code: "record-says-otherwise".into(),
        message: format!("The file says: {what}, {said}. The record says: {stands}, and stands."),
        value: String::new(),
    }
}
