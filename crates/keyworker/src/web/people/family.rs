//! The people around someone: a picture of the family with the same facts as a list, relationships with dates, and who
//! lives with whom. Of a restricted record nothing is shown but that there is somebody; a hidden one leaves no trace.

use std::collections::BTreeMap;

use axum::extract::Path;
use care::{
    access::Deed,
    family::{FamilyMember, HouseholdRing, Place, Relation, RelationKind, Tie, picture},
    person::{Answer, Birth, Sex, age_in_words},
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Day,
    id::{HouseholdId, PersonId, RelationshipId},
    people::{self, Around, Known, Opened, Related, Shown},
};

use super::{Writing, choice, find, form_page, frame, opened, picture as draw, words, writing, written};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::Posted, record::dated};

/// Somebody around, with what they are to the person.
#[derive(Debug, Serialize)]
pub struct Near {
    pub name: String,
    pub href: Option<String>,
    pub age: Option<String>,
    /// "mother; lives elsewhere".
    pub short: String,
    pub home: bool,
    pub said: Vec<Said>,
}
#[derive(Debug, Serialize)]
pub struct Said {
    pub words: String,
    pub responsibility: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub end_href: Option<String>,
}

/// Those around the focus, those at home first, then by what they are.
pub fn near(around: &Around, focus: &PersonId, today: Date) -> Vec<Near> {
    let home = at_home(around, focus, today);
    let mut all: Vec<(i32, Near)> = Vec::new();
    for known in around.people.iter().filter(|k| k.id != *focus) {
        let direct: Vec<&Related> = around.relations.iter().filter(|r| between(r, &known.id, focus)).collect();
        let shared = shared_parents(around, &known.id, focus);
        let lives_here = home.contains(&known.id);
        if direct.is_empty() && shared.is_empty() && !lives_here {
            continue;
        }
        let said: Vec<Said> = direct.iter().map(|r| said(r, known, focus)).collect();
        let mut short: Vec<String> = said.iter().map(|s| s.words.clone()).collect();
        if direct.is_empty() && !shared.is_empty() {
            short.push(format!("brother or sister, child of {}", care::words::joined(&shared)));
        }
        if short.is_empty() {
            short.extend(through(around, known));
        }
        let rank = direct.iter().filter_map(|r| RelationKind::from_code(&r.kind)).map(rank).min().unwrap_or(2);
        all.push((
            rank - i32::from(lives_here) * 10,
            Near {
                name: known.name(),
                href: (known.shown != Shown::Restricted).then(|| format!("/people/{}", known.id)),
                age: (known.shown != Shown::Restricted).then(|| age_in_words(birth(known), known.died_on.map(|d| d.0), today)),
                short: short.join("; "),
                home: lives_here,
                said,
            },
        ));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    all.into_iter().map(|(_, near)| near).collect()
}

/// Parents and partners are read before everybody else.
fn rank(kind: RelationKind) -> i32 {
    match kind.tie() {
        Tie::Parent => 0,
        Tie::Couple => 1,
        Tie::Sibling => 2,
        Tie::FormerCouple | Tie::Other(_) => 3,
    }
}

fn between(r: &Related, one: &PersonId, other: &PersonId) -> bool {
    (r.person_id == *one && r.other_id == *other) || (r.other_id == *one && r.person_id == *other)
}

fn shared_parents(around: &Around, one: &PersonId, other: &PersonId) -> Vec<String> {
    let parents = |of: &PersonId| -> Vec<&PersonId> {
        let is_parent = |r: &&Related| r.other_id == *of && RelationKind::from_code(&r.kind).is_some_and(|k| k.tie() == Tie::Parent);
        around.relations.iter().filter(is_parent).map(|r| &r.person_id).collect()
    };
    let theirs = parents(other);
    let shared = parents(one).into_iter().filter(|p| theirs.contains(p));
    shared.filter_map(|p| around.people.iter().find(|k| k.id == *p)).map(Known::name).collect()
}

/// What somebody at home is to another one: "mother of Dawn Marsh".
fn through(around: &Around, known: &Known) -> Option<String> {
    let relation = around.relations.iter().filter(|r| r.until_on.is_none()).find(|r| r.person_id == known.id || r.other_id == known.id)?;
    let theirs = relation.person_id == known.id;
    let other = if theirs { &relation.other_id } else { &relation.person_id };
    let other = around.people.iter().find(|k| k.id == *other)?.name();
    let what = if theirs { words::relation(&relation.kind) } else { RelationKind::from_code(&relation.kind)?.other_way() };
    Some(format!("{what} of {other}"))
}

fn at_home(around: &Around, focus: &PersonId, today: Date) -> Vec<PersonId> {
    let now = |until: Option<Day>| until.is_none_or(|d| d.0 >= today);
    let homes: Vec<&HouseholdId> =
        around.members.iter().filter(|m| m.person_id == *focus && now(m.until_on)).map(|m| &m.household_id).collect();
    let there = around.members.iter().filter(|m| now(m.until_on) && homes.contains(&&m.household_id)).map(|m| m.person_id.clone());
    let said = around.relations.iter().filter(|r| r.lives_with == "yes" && now(r.until_on));
    let said = said
        .filter_map(|r| if r.person_id == *focus { Some(r.other_id.clone()) } else { (r.other_id == *focus).then(|| r.person_id.clone()) });
    there.chain(said).collect()
}

fn said(r: &Related, known: &Known, focus: &PersonId) -> Said {
    let kind = RelationKind::from_code(&r.kind);
    let theirs = r.person_id == known.id;
    let what =
        if theirs { words::relation(&r.kind).to_owned() } else { kind.map_or("connected person", RelationKind::other_way).to_owned() };
    let responsible = kind.is_some_and(RelationKind::may_be_responsible) && theirs;
    let responsibility = responsible.then(|| words::yes_no(&r.parental_responsibility));
    Said {
        words: if r.until_on.is_some() {
            format!("{what} (until {})", r.until_on.map(|d| care::words::date(d.0)).unwrap_or_default())
        } else {
            what
        },
        responsibility,
        since: r.from_on.map(|d| d.to_string()),
        until: r.until_on.map(|d| d.to_string()),
        end_href: r.until_on.is_none().then(|| format!("/people/{focus}/family/{}/end", r.id)),
    }
}

/// A household of the person, with who lives or lived there with them.
#[derive(Serialize)]
struct Home {
    name: String,
    from_on: Option<String>,
    until_on: Option<String>,
    with: Vec<String>,
    leave_href: Option<String>,
}

fn homes(around: &Around, focus: &PersonId, today: Date) -> Vec<Home> {
    let name = |id: &PersonId| around.people.iter().find(|k| k.id == *id).map(Known::name);
    let mut stays: Vec<&people::Member> = around.members.iter().filter(|m| m.person_id == *focus).collect();
    stays.sort_by_key(|m| (m.until_on.is_some(), std::cmp::Reverse(m.from_on)));
    stays
        .into_iter()
        .map(|stay| Home {
            name: stay.household.clone(),
            from_on: stay.from_on.map(|d| d.to_string()),
            until_on: stay.until_on.map(|d| d.to_string()),
            with: around
                .members
                .iter()
                .filter(|m| m.household_id == stay.household_id && m.person_id != *focus && m.until_on.is_none_or(|d| d.0 >= today))
                .filter_map(|m| name(&m.person_id))
                .collect(),
            leave_href: stay.until_on.is_none().then(|| format!("/people/{focus}/households/{}/leave", stay.id)),
        })
        .collect()
}

/// GET /people/{person}/family
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let around = people::around(&mut tx, &person).await?;
    let drawn = draw_family(&around, person.id(), cx.today());
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/family").await?),
        picture => if drawn.symbols.len() > 1 { draw::svg(&drawn) } else { String::new() },
        facts => govuk::value(&drawn.facts.iter().map(|f| &f.words).collect::<Vec<_>>()), contradictions => govuk::value(&drawn.contradictions),
        people => govuk::value(&near(&around, person.id(), cx.today())), homes => govuk::value(&homes(&around, person.id(), cx.today())),
    };
    cx.page(tx, "Family", "people/family.html", data).await
}

fn draw_family(around: &Around, focus: &PersonId, today: Date) -> care::family::Picture<String> {
    let members: Vec<FamilyMember<String>> = around.people.iter().map(|k| member(k, focus)).collect();
    let begun = |from: Option<Day>| from.is_none_or(|d| d.0 <= today);
    let relation = |r: &Related| {
        Some(Relation {
            person: r.person_id.to_string(),
            other: r.other_id.to_string(),
            kind: RelationKind::from_code(&r.kind)?,
            parental_responsibility: yes_no(&r.parental_responsibility),
            from_on: r.from_on.map(|d| d.0),
            until_on: r.until_on.map(|d| d.0),
        })
    };
    let relations: Vec<Relation<String>> = around.relations.iter().filter(|r| begun(r.from_on)).filter_map(relation).collect();
    let mut rings: BTreeMap<&HouseholdId, HouseholdRing<String>> = BTreeMap::new();
    for m in around.members.iter().filter(|m| begun(m.from_on) && m.until_on.is_none_or(|d| d.0 >= today)) {
        let ring = rings.entry(&m.household_id).or_insert_with(|| HouseholdRing { name: m.household.clone(), members: Vec::new() });
        ring.members.push(m.person_id.to_string());
    }
    picture(&members, &relations, &rings.into_values().collect::<Vec<_>>(), today)
}

fn member(known: &Known, focus: &PersonId) -> FamilyMember<String> {
    FamilyMember {
        person: known.id.to_string(),
        name: known.name(),
        sex: Sex::from_code(&known.sex).map_or(Answer::Unknown, Answer::Known),
        birth: birth(known),
        died_on: known.died_on.map(|d| d.0),
        place: if known.id == *focus { Place::Focus } else { Place::Around },
    }
}

fn birth(known: &Known) -> Birth {
    match (known.born_on, known.expected_on) {
        (Some(born), _) if known.born_about => Birth::About(born.0),
        (Some(born), _) => Birth::BornOn(born.0),
        (None, Some(expected)) => Birth::ExpectedOn(expected.0),
        (None, None) => Birth::NotKnown,
    }
}

fn yes_no(code: &str) -> Answer<bool> {
    match code {
        "yes" => Answer::Known(true),
        "no" => Answer::Known(false),
        "not_asked" => Answer::NotAsked,
        _ => Answer::Unknown,
    }
}

/// GET /people/{person}/family/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let (form, _) = draft::opened(&mut tx, "relationship", &id, Form::default()).await?;
    tx.finish().await?;
    // Somebody who had been looked for is found again, so that what was said of them has its place.
    let found = if form.has("who") { find::others(&cx, &id, &form.raw("who")).await? } else { Vec::new() };
    add_page(&cx, &id, &form, found).await
}

async fn add_page(cx: &Context, id: &str, form: &Form, found: Vec<find::Row>) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let kinds: Vec<_> = RelationKind::ALL.iter().map(|k| choice(k.code(), &care::words::capital(k.label()))).collect();
    let more = minijinja::context! {
        kinds => govuk::value(&kinds), found => govuk::value(&found), back => format!("/people/{id}/family"),
        button => if found.is_empty() { "Find them" } else { "Add to the family" },
    };
    form_page(cx, tx, &person, "Add somebody to the family", "people/family_new.html", form, more).await
}

/// POST /people/{person}/family/new: first finds the other person, then relates the two.
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let who = form.text("who", 1..=200, "Type the name of the other person, with a date of birth where it is known");
    if !form.is_good() {
        return add_page(&cx, &id, &form, Vec::new()).await;
    }
    let found = find::others(&cx, &id, &who).await?;
    if found.is_empty() {
        form.error("who", "Nobody of that name was found. Try another spelling, or add the person first and come back");
    }
    let other = form.raw("other");
    if other.is_empty() {
        return add_page(&cx, &id, &form, found).await;
    }
    let kind = form.raw("kind");
    if RelationKind::from_code(&kind).is_none() {
        form.error("kind", "Choose what they are to this person");
    }
    let (from_on, until_on) = dates(&mut form, cx.today());
    if !form.is_good() {
        return add_page(&cx, &id, &form, found).await;
    }
    let new = Related {
        id: RelationshipId::new(),
        person_id: PersonId::from_text(other),
        other_id: PersonId::from_text(id.as_str()),
        parental_responsibility: or_not_asked(&form, "parental_responsibility"),
        lives_with: or_not_asked(&form, "lives_with"),
        note: None,
        kind,
        from_on,
        until_on,
    };
    relate(&cx, &id, form, found, new).await
}

async fn relate(cx: &Context, id: &str, mut form: Form, found: Vec<find::Row>, new: Related) -> Outcome {
    let to = format!("/people/{id}/family");
    let Writing::Open(open) = writing(cx, id, Deed::ChangePerson, &form).await? else { return cx.go(&to, "Added to the family.") };
    let (mut tx, person) = *open;
    let other = people::open(&mut tx, &new.person_id, Deed::ReadIndex).await?;
    if let Err(refused) = people::relate(&mut tx, &person, &other, &new).await {
        drop(tx);
        form.refused(refused)?;
        return add_page(cx, id, &form, found).await;
    }
    written(cx, tx, &form, &to, "Added to the family.").await
}

fn or_not_asked(form: &Form, field: &str) -> String {
    if form.has(field) { form.raw(field) } else { "not_asked".into() }
}

/// Since and until: neither lies ahead, and the end is no earlier than the start.
fn dates(form: &mut Form, today: Date) -> (Option<Day>, Option<Day>) {
    let from = form.date("from_on", "the start");
    let until = form.date("until_on", "the end");
    for (field, what, on) in [("from_on", "The start", from), ("until_on", "The end", until)] {
        if on.is_some_and(|on| on > today) {
            form.date_error(field, format!("{what} must be today or in the past"));
        }
    }
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        form.date_error("until_on", "The end must be on or after the start");
    }
    (Day::option(from), Day::option(until))
}

/// GET /people/{person}/family/{relationship}/end
pub async fn ending(cx: Context, Path((id, relationship)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "until_on", cx.today());
    end_page(&cx, &id, &relationship, &form).await
}

async fn end_page(cx: &Context, id: &str, relationship: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let (name, said) = one(&mut tx, &person, relationship).await?;
    let more =
        minijinja::context! { name, said => govuk::value(&said), back => format!("/people/{id}/family"), button => "End the relationship" };
    form_page(cx, tx, &person, "End a relationship", "people/family_end.html", form, more).await
}

async fn one(tx: &mut store::Tx, person: &Opened, relationship: &str) -> Result<(String, Said), Problem> {
    let around = people::around(tx, person).await?;
    let found = around.relations.iter().find(|r| r.id.as_str() == relationship).ok_or(Problem::NotFound)?;
    let other = if found.person_id == *person.id() { &found.other_id } else { &found.person_id };
    let known = around.people.iter().find(|k| k.id == *other).ok_or(Problem::NotFound)?;
    Ok((known.name(), said(found, known, person.id())))
}

/// POST /people/{person}/family/{relationship}/end
pub async fn end(cx: Context, Path((id, relationship)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let until = form.required_date("until_on", "the last day");
    if until.is_some_and(|on| on > cx.today()) {
        form.date_error("until_on", "The last day must be today or in the past");
    }
    let (Some(until), true) = (until, form.is_good()) else { return end_page(&cx, &id, &relationship, &form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    if let Err(refused) = people::end_relation(&mut tx, &person, &RelationshipId::from_text(relationship.as_str()), until).await {
        drop(tx);
        form.refused(refused)?;
        return end_page(&cx, &id, &relationship, &form).await;
    }
    tx.commit().await?;
    cx.go(&format!("/people/{id}/family"), "The relationship has ended. It stays in the history.")
}
