//! The people around someone: a picture of the family with the same facts as a list, and relationships with dates.

use axum::extract::Path;
use care::{
    access::Deed,
    family::{FamilyMember, HouseholdRing, Place, Relation, RelationKind, picture},
    matching::read_search,
    person::{Answer, Birth, Sex},
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Day, forms,
    id::{PersonId, RelationshipId},
    people::{self, Around, Known, Related},
};

use super::{find, frame, opened, picture as draw};
use crate::web::{
    Context, Outcome,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

#[derive(Serialize)]
struct Person {
    id: PersonId,
    name: String,
    said: Vec<Said>,
}
#[derive(Serialize)]
struct Said {
    words: String,
    end_href: Option<String>,
}

/// GET /people/{person}/family
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default(), Vec::new()).await
}

async fn page(cx: &Context, id: &str, form: &Form, found: Vec<find::Row>) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ReadRecord).await?;
    let around = people::around(&mut tx, &person).await?;
    let drawn = draw_family(&around, person.id(), cx.today());
    let kinds: Vec<Choice> =
        RelationKind::ALL.iter().map(|k| Choice { value: k.code().into(), text: care::words::capital(k.label()), hint: None }).collect();
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/family").await?),
        picture => if drawn.symbols.len() > 1 { draw::svg(&drawn) } else { String::new() },
        facts => govuk::value(&drawn.facts.iter().map(|f| &f.words).collect::<Vec<_>>()), contradictions => govuk::value(&drawn.contradictions),
        people => govuk::value(&listed(&around, person.id(), id)), kinds => govuk::value(&kinds), found => govuk::value(&found),
    };
    cx.form(tx, "Family", "people/family.html", form, data).await
}

fn draw_family(around: &Around, focus: &PersonId, today: Date) -> care::family::Picture<String> {
    let members: Vec<FamilyMember<String>> = around.people.iter().map(|k| member(k, focus)).collect();
    let current = |until: Option<Day>| until.is_none_or(|d| d.0 >= today);
    let relations: Vec<Relation<String>> = around
        .relations
        .iter()
        .filter_map(|r| {
            Some(Relation {
                person: r.person_id.to_string(),
                other: r.other_id.to_string(),
                kind: RelationKind::from_code(&r.kind)?,
                parental_responsibility: yes_no(&r.parental_responsibility),
                from_on: r.from_on.map(|d| d.0),
                until_on: r.until_on.map(|d| d.0),
            })
        })
        .collect();
    let mut households: Vec<HouseholdRing<String>> = Vec::new();
    for m in around.members.iter().filter(|m| current(m.until_on)) {
        match households.iter_mut().find(|h| h.name == m.household) {
            Some(h) => h.members.push(m.person_id.to_string()),
            None => households.push(HouseholdRing { name: m.household.clone(), members: vec![m.person_id.to_string()] }),
        }
    }
    picture(&members, &relations, &households, today)
}

fn member(known: &Known, focus: &PersonId) -> FamilyMember<String> {
    FamilyMember {
        person: known.id.to_string(),
        name: name(known),
        sex: Sex::from_code(&known.sex).map_or(Answer::Unknown, Answer::Known),
        birth: match (known.born_on, known.expected_on) {
            (Some(born), _) => Birth::BornOn(born.0),
            (None, Some(expected)) => Birth::ExpectedOn(expected.0),
            (None, None) => Birth::NotKnown,
        },
        died_on: known.died_on.map(|d| d.0),
        place: if known.id == *focus { Place::Focus } else { Place::Around },
    }
}

fn name(known: &Known) -> String {
    format!("{} {}", known.given_name, known.surname).trim().to_owned()
}

fn yes_no(code: &str) -> Answer<bool> {
    match code {
        "yes" => Answer::Known(true),
        "no" => Answer::Known(false),
        "not_asked" => Answer::NotAsked,
        _ => Answer::Unknown,
    }
}

/// Those with a tie to the person, with what they are to each other.
fn listed(around: &Around, focus: &PersonId, id: &str) -> Vec<Person> {
    let relation = |r: &Related, with: &PersonId| {
        let kind = RelationKind::from_code(&r.kind);
        let (what, theirs) =
            if r.person_id == *with { (kind.map(RelationKind::label), true) } else { (kind.map(RelationKind::other_way), false) };
        let mut words = what.unwrap_or("connected").to_owned();
        if theirs && r.parental_responsibility == "yes" {
            words.push_str(", with parental responsibility");
        }
        if r.lives_with == "yes" {
            words.push_str(", lives with them");
        }
        match (r.from_on, r.until_on) {
            (_, Some(until)) => words.push_str(&format!(", until {}", care::words::date(until.0))),
            (Some(from), None) => words.push_str(&format!(", since {}", care::words::date(from.0))),
            _ => {}
        }
        let end_href = r.until_on.is_none().then(|| format!("/people/{id}/family/{}/end", r.id));
        Said { words, end_href }
    };
    let others = around.people.iter().filter(|k| k.id != *focus);
    others
        .map(|k| {
            let between = |r: &&Related| (r.person_id == k.id && r.other_id == *focus) || (r.other_id == k.id && r.person_id == *focus);
            Person { id: k.id.clone(), name: name(k), said: around.relations.iter().filter(between).map(|r| relation(r, &k.id)).collect() }
        })
        .collect()
}

/// POST /people/{person}/family: first finds the other person, then relates the two.
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let other = form.raw("other");
    if other.is_empty() {
        form.text("who", 1..=200, "Type the name of the other person, with a date of birth where it is known");
        if !form.is_good() {
            return page(&cx, &id, &form, Vec::new()).await;
        }
        let sought = read_search(&form.raw("who"), cx.today().year());
        let found = find::likely(&cx, &sought).await?;
        if found.is_empty() {
            form.error("who", "Nobody of that name is known. Add the person first, then come back");
        }
        return page(&cx, &id, &form, found).await;
    }
    let kind = form.raw("kind");
    if RelationKind::from_code(&kind).is_none() {
        form.error("kind", "Choose what they are to this person");
        return page(&cx, &id, &form, Vec::new()).await;
    }
    let from_on = form.date("from_on", "the date since when");
    if !form.is_good() {
        return page(&cx, &id, &form, Vec::new()).await;
    }
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let other = people::open(&mut tx, &PersonId::from_text(other), Deed::ReadIndex).await?;
    if let forms::Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&to, "Relationship added.");
    }
    let or = |field: &str| if form.has(field) { form.raw(field) } else { "not_asked".into() };
    let new = Related {
        id: RelationshipId::new(),
        person_id: other.id().clone(),
        other_id: person.id().clone(),
        kind,
        parental_responsibility: or("parental_responsibility"),
        lives_with: or("lives_with"),
        from_on: Day::option(from_on),
        until_on: None,
        note: None,
    };
    people::relate(&mut tx, &person, &other, &new).await?;
    let to = format!("/people/{id}/family");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Relationship added.")
}

/// POST /people/{person}/family/{relationship}/end
pub async fn end(cx: Context, Path((id, relationship)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::end_relation(&mut tx, &person, &RelationshipId::from_text(relationship), cx.today()).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/family"), "The relationship ended today. It stays in the history.")
}
