//! Every part and both shells render in every state that they have. With KEYWORKER_GALLERY=folder the pages are written
//! there, together with the assets, to be looked at.

use super::page::{FieldError, Flash, FlashKind, Link, NavItem, Page, SignedIn, ToDo};
use super::{Templates, embedded, value};
use minijinja::{Value, context};
use serde_json::json;
use std::fs;
use std::path::Path;

#[test]
fn every_state_of_the_shell_renders() {
    let templates = Templates::new().unwrap();
    for (state, template, context) in states() {
        let html = templates.render(template, context).unwrap_or_else(|error| panic!("{state}: {error:?}"));
        assert_is_well_made(state, &html);
        write_for_the_eye(state, &html);
    }
}

#[test]
fn names_are_escaped_wherever_they_are_shown() {
    let html = gallery(&person("<script>alert(1)</script>"), staff());
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn an_error_stands_in_the_summary_and_beside_its_field() {
    let errors = vec![FieldError { href: "#visited_on-month".into(), text: "Month must be 1 to 12".into() }];
    let html = gallery(&person("Amara Okafor"), Page { errors, ..staff() });
    let page = scraper::Html::parse_document(&html);
    let one = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).count();
    assert_eq!(one(".govuk-error-summary a[href='#visited_on-month']"), 1);
    assert_eq!(one("#visited_on-month.govuk-input--error[name='visited_on-month']"), 1);
    assert_eq!(one("#visited_on-day.govuk-input--error"), 0);
    assert!(html.contains("<title>Error: "));
}

#[test]
fn what_was_typed_is_shown_again() {
    let html = gallery(&person("Amara Okafor"), staff());
    let page = scraper::Html::parse_document(&html);
    let has = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).count() == 1;
    assert!(has("#visited_on-day[value='14']") && has("#visited_on-year[value='2026']"));
    assert!(has("input[name=seen][value=no][checked]") && has("input[name=present][value=other][checked]"));
    assert!(has("select[name=place] option[value=home][selected]"));
}

fn gallery(person: &Value, page: Page) -> String {
    Templates::new().unwrap().render("gallery/gallery.html", everything(person, &page)).unwrap()
}

fn assert_is_well_made(state: &str, html: &str) {
    assert!(html.len() < 150_000, "{state} weighs {} bytes", html.len());
    let page = scraper::Html::parse_document(html);
    for inline in ["[style]", "script:not([src])", "[onclick]", "style"] {
        let found = page.select(&scraper::Selector::parse(inline).unwrap()).count();
        assert_eq!(found, 0, "{state} has {inline}, which the content security policy forbids");
    }
    let mut ids = std::collections::HashSet::new();
    for element in page.select(&scraper::Selector::parse("[id]").unwrap()) {
        assert!(ids.insert(element.attr("id")), "{state}: id {:?} twice", element.attr("id"));
    }
    for form in page.select(&scraper::Selector::parse("form[method=post]").unwrap()) {
        assert_eq!(form.select(&scraper::Selector::parse("[name=csrf]").unwrap()).count(), 1, "{state}: a form without csrf");
    }
    for word in ["undefined", "none</", ">none<", "crest", "GDS"] {
        assert!(!html.contains(word), "{state} shows {word:?}");
    }
}

fn states() -> Vec<(&'static str, &'static str, Value)> {
    let amara = person("Amara Okafor-Lindqvist");
    let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(6);
    let errors = vec![
        FieldError { href: "#visited_on-day".into(), text: "The date of the visit must be today or in the past".into() },
        FieldError { href: "#seen".into(), text: "Say whether the child was seen".into() },
        FieldError { href: "#note".into(), text: "Write what the child said or showed".into() },
    ];
    let gallery = "gallery/gallery.html";
    let public = Page {
        title: "Tell us about a child or an adult".into(),
        signed_in: None,
        nav: vec![],
        todo: vec![],
        breadcrumbs: vec![],
        session_ends_in_minutes: None,
        ..staff()
    };
    let nobody = Page { council: String::new(), csrf: "t".into(), title: "Sign in".into(), ..Page::default() };
    let flash = Some(Flash { kind: FlashKind::Success, text: "Visit recorded. The next is due by 14 May 2026.".into() });
    vec![
        ("signed-in", gallery, everything(&amara, &Page { flash, ..staff() })),
        ("errors", gallery, everything(&amara, &Page { errors: errors.clone(), ..staff() })),
        ("not-demo", gallery, everything(&amara, &Page { demo: false, ..staff() })),
        ("long-name", gallery, everything(&person(&long), &staff())),
        ("right-to-left", gallery, everything(&person("ליאת בן־דוד"), &staff())),
        ("emoji", gallery, everything(&person("Zoë 🦊 O’Neill"), &staff())),
        ("hardly-anything", gallery, everything(&value(&json!({"name": "Unborn baby"})), &nobody)),
        ("public", "gallery/public.html", context! { page => value(&public), form => value(&json!({})) }),
        (
            "public-errors",
            "gallery/public.html",
            context! { page => value(&Page { errors: vec![FieldError { href: "#about".into(), text: "Say who you are worried about".into() }], ..public.clone() }), form => value(&json!({"postcode": "ZZ1 4QP"})) },
        ),
    ]
}

fn staff() -> Page {
    let todo = |label: &str, count, urgent| ToDo { label: label.into(), count, href: "/work".into(), urgent };
    let nav = ["My work", "People", "Front door", "Allocation", "Team", "Service"];
    Page {
        title: "Every part of a page".into(),
        council: "Metropolitan Borough of Ashmere".into(),
        demo: true,
        signed_in: Some(SignedIn { id: "w1".into(), name: "Priya Shah".into(), roles: "Social worker, Assessment East".into() }),
        csrf: "token".into(),
        nav: nav.iter().map(|text| NavItem { text: (*text).into(), href: "/".into(), active: *text == "People" }).collect(),
        todo: vec![todo("late", 3, true), todo("due this week", 5, false), todo("visits today", 2, false), todo("to sign off", 0, true)],
        breadcrumbs: vec![
            Link { text: "People".into(), href: "/people".into() },
            Link { text: "Amara Okafor-Lindqvist".into(), href: "/people/1".into() },
        ],
        session_ends_in_minutes: Some(30),
        may_find: true,
        ..Page::default()
    }
}

fn person(name: &str) -> Value {
    value(&json!({
        "name": name, "href": "/people/1", "pronouns": "she/her", "age": "7 years", "born": "3 May 2019", "number": "Record 10423",
        "status": "Looked after, section 20", "plan": "Child protection plan: neglect", "restricted": false,
        "alerts": [{"text": "Dog at the address", "href": "#"}, {"text": "Visit in pairs"}],
        "worker": {"name": "Priya Shah", "href": "#", "since": "2025-11-03"}, "team": "Assessment East",
        "next": {"text": "Visit due", "on": "2026-05-14", "state": "late", "href": "#"},
        "actions": [{"text": "Note", "href": "#note"}, {"text": "Visit", "href": "#visit"}, {"text": "Contact", "href": "#contact"}]
    }))
}

fn everything(person: &Value, page: &Page) -> Value {
    let name = person.get_attr("name").unwrap().to_string();
    let long_story = "She showed me her drawing of the house and said that she likes it when it is quiet. ".repeat(2);
    let rest = json!({
        "dues": [
            {"on": "2026-05-14", "state": "late", "text": "late by 3 working days", "rule": "Assessment within 45 working days of referral", "start": "Referral received on 10 March 2026", "arithmetic": "10 March 2026 + 45 working days; 3, 6 April and 4 May 2026 are bank holidays", "source": "Working Together to Safeguard Children 2026", "source_href": "#"},
            {"on": "2026-05-19", "state": "today", "text": "due today"},
            {"on": "2026-06-02", "state": "ahead", "text": "in 10 working days", "rule": "Visit every 6 weeks", "source": "Local practice standard"},
            {"on": "2026-05-01", "state": "met", "text": "done on time"}
        ],
        "visits": [
            [{"text": "14 May 2026", "sort": 20_260_514}, {"text": name, "href": "/people/1"}, 41, {"text": "Seen alone", "tag": {"text": "Seen", "kind": "good"}}],
            [{"text": "3 April 2026", "sort": 20_260_403}, {"text": "Tobi Okafor", "href": "/people/2"}, 1280, {"text": "Nobody at home", "tag": {"text": "Still due", "kind": "soon"}}]
        ],
        "loads": [
            {"label": "Priya Shah", "value": 21.3, "shown": "21.3", "status": "within the guideline", "href": "#"},
            {"label": "Owen Bartholomew-Featherstonehaugh", "value": 31.2, "shown": "31.2", "status": "above 30", "kind": "late"},
            {"label": "Chidi Eze", "value": 24, "shown": "24.0", "status": "above 22", "kind": "soon"},
            {"label": "Megan Price", "value": 12.5, "shown": "12.5", "status": "within the guideline"},
            {"label": "Sam Doe", "value": 0, "shown": "no capacity", "status": "12 children uncovered", "kind": "late"}
        ],
        "story": [
            {"label": {"text": "Visit at home"}, "byline": {"text": "Priya Shah"}, "text": long_story, "datetime": {"timestamp": "2026-05-14T14:42:00Z", "type": "datetime"}},
            {"label": {"text": "Strategy discussion"}, "byline": {"text": "Chidi Eze"}, "text": name, "datetime": {"timestamp": "2026-05-11T09:00:00Z", "type": "datetime"}}
        ],
        "facts": [["Name", name], ["Date of birth", "3 May 2019"], ["NHS number", null], {"key": "Lives with", "text": "Ngozi Okafor (mother)", "hint": "since 3 May 2019", "action": {"text": "Change", "href": "#"}}],
        "people": [{"name": name, "href": "/people/1", "detail": "7 years"}, {"name": "Tobi Okafor", "detail": "brother, 3 years"}, {"name": "Somebody", "restricted": true}],
        "form": {"visited_on-day": "14", "visited_on-month": "13", "visited_on-year": "2026", "seen": "no", "present": ["mother", "other"], "place": "home", "surname": name, "note": "“I like the fox.”"}
    });
    context! { page => value(page), person => person.clone(), ..value(&rest) }
}

fn write_for_the_eye(state: &str, html: &str) {
    let Ok(folder) = std::env::var("KEYWORKER_GALLERY") else { return };
    let folder = Path::new(&folder);
    let assets = folder.join("assets").join(embedded::ASSETS_VERSION);
    fs::create_dir_all(assets.join("images")).unwrap();
    for (name, bytes) in embedded::ASSETS {
        fs::write(assets.join(name), bytes).unwrap();
    }
    fs::write(folder.join(format!("{state}.html")), html).unwrap();
}
