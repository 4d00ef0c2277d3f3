//! A family that is often met, and families that no page should fall over.

use super::*;
use crate::person::{Answer, Birth, Sex};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 23);

fn member(person: u32, name: &str, sex: Option<Sex>, born: Option<Date>) -> FamilyMember<u32> {
    FamilyMember {
        person,
        name: name.into(),
        sex: sex.map_or(Answer::Unknown, Answer::Known),
        birth: born.map_or(Birth::NotKnown, Birth::BornOn),
        died_on: None,
        place: Place::Around,
    }
}

fn is(person: u32, kind: RelationKind, other: u32) -> Relation<u32> {
    Relation { person, other, kind, parental_responsibility: Answer::NotAsked, from_on: None, until_on: None }
}

type Family = (Vec<FamilyMember<u32>>, Vec<Relation<u32>>, Vec<HouseholdRing<u32>>);

/// Kai and Ava, their mother, Kai's father who left, the mother's partner, an unborn child, a grandmother who died.
fn marlows() -> Family {
    use RelationKind::*;
    let kai = FamilyMember { place: Place::Focus, ..member(1, "Kai Marlow", Some(Sex::Male), Some(date(2019, 5, 1))) };
    let bump = FamilyMember { birth: Birth::ExpectedOn(date(2027, 3, 3)), ..member(7, "Unborn Marlow", None, None) };
    let gran = FamilyMember { died_on: Some(date(2024, 1, 9)), ..member(6, "Iris Marlow", Some(Sex::Female), Some(date(1958, 2, 2))) };
    let people = vec![
        kai,
        member(2, "Ava Marlow", Some(Sex::Female), Some(date(2016, 8, 9))),
        member(3, "Tia Marlow", Some(Sex::Female), Some(date(1994, 6, 3))),
        member(4, "Dean Holt", Some(Sex::Male), None),
        member(5, "Lee Shah", None, Some(date(1990, 1, 1))),
        gran,
        bump,
    ];
    let relations = vec![
        Relation { parental_responsibility: Answer::Known(true), ..is(3, Mother, 1) },
        is(3, Mother, 2),
        Relation { parental_responsibility: Answer::Known(false), ..is(4, Father, 1) },
        Relation { until_on: Some(date(2020, 1, 1)), ..is(3, Partner, 4) },
        Relation { from_on: Some(date(2025, 6, 1)), ..is(3, Partner, 5) },
        is(3, Mother, 7),
        is(6, Mother, 3),
        is(2, HalfSibling, 1),
        is(5, SignificantOther, 1),
    ];
    let home = HouseholdRing { name: "3 Mill Lane".into(), members: vec![1, 2, 3, 5, 99] };
    (people, relations, vec![home])
}

#[test]
fn draws_a_family() {
    let (people, relations, homes) = marlows();
    let drawn = picture(&people, &relations, &homes, TODAY);
    let symbol = |person: u32| drawn.symbols.iter().find(|symbol| symbol.person == person).unwrap();
    for (person, shape, generation) in [
        (1, Shape::Square, 2),
        (2, Shape::Circle, 2),
        (3, Shape::Circle, 1),
        (4, Shape::Square, 1),
        (5, Shape::Diamond, 1),
        (6, Shape::Circle, 0),
        (7, Shape::Triangle, 2),
    ] {
        assert_eq!((symbol(person).shape, (symbol(person).centre.y - 80) / 170), (shape, generation), "{person}");
    }
    assert!(symbol(2).centre.x < symbol(7).centre.x, "the eldest of one pair of parents to the left");
    let between = (symbol(3).centre.x + symbol(4).centre.x) / 2;
    assert!((symbol(1).centre.x - between).abs() <= 75, "below his parents");
    assert_eq!(symbol(6).died, Some(date(2024, 1, 9)));
    assert_eq!(symbol(7).age, "due 3 March 2027");
    let count = |kind| drawn.lines.iter().filter(|line| line.kind == kind).count();
    let kinds = [LineKind::Couple, LineKind::FormerCouple, LineKind::Parents, LineKind::Descent, LineKind::Sibling, LineKind::Other];
    assert_eq!(kinds.map(count), [1, 1, 0, 4, 1, 1]);
    assert!(drawn.lines.iter().all(|line| (line.kind == LineKind::FormerCouple) == line.mark.is_some()));
    assert!(drawn.contradictions.is_empty());
}

#[test]
fn says_what_it_draws() {
    let (people, relations, homes) = marlows();
    let drawn = picture(&people, &relations, &homes, TODAY);
    let said: Vec<&str> = drawn.facts.iter().map(|fact| fact.words.as_str()).collect();
    assert_eq!(
        said,
        [
            "Kai Marlow, male, 7 years",
            "Ava Marlow, female, 10 years",
            "Tia Marlow, female, 32 years",
            "Dean Holt, male, age not known",
            "Lee Shah, sex not known, 36 years",
            "Iris Marlow, female, died aged 65 years",
            "Unborn Marlow, unborn, expected 3 March 2027",
            "Tia Marlow is the mother of Kai Marlow, with parental responsibility",
            "Tia Marlow is the mother of Ava Marlow, parental responsibility not known",
            "Dean Holt is the father of Kai Marlow, without parental responsibility",
            "Tia Marlow was the partner of Dean Holt, until 1 January 2020",
            "Tia Marlow is the partner of Lee Shah, since 1 June 2025",
            "Tia Marlow is the mother of Unborn Marlow, parental responsibility not known",
            "Iris Marlow is the mother of Tia Marlow, parental responsibility not known",
            "Ava Marlow is the half-brother or half-sister of Kai Marlow",
            "Lee Shah is the significant other of Kai Marlow",
            "Kai Marlow, Ava Marlow, Tia Marlow and Lee Shah live together at 3 Mill Lane",
        ]
    );
}

/// Nobody inside a ring who does not live there, nobody who does outside it, nobody on top of another, all on the page.
fn sound(drawn: &Picture<u32>, homes: &[HouseholdRing<u32>]) {
    for symbol in &drawn.symbols {
        let Point { x, y } = symbol.centre;
        assert!(x >= 80 && y >= 80 && x < drawn.width && y < drawn.height, "{symbol:?}");
        let nearest = drawn.symbols.iter().filter(|other| other.person != symbol.person && other.centre.y == y);
        assert!(nearest.into_iter().all(|other| (other.centre.x - x).abs() >= 149), "{symbol:?}");
        for (ring, home) in drawn.rings.iter().zip(homes) {
            let inside = ring.boxes.iter().any(|b| b.left < x && x < b.right && b.top < y && y < b.bottom);
            assert_eq!(inside, home.members.contains(&symbol.person), "{} {symbol:?}", ring.name);
        }
        assert!(drawn.facts.iter().any(|fact| fact.people == [symbol.person]));
    }
    for line in &drawn.lines {
        assert!(line.points.len() >= 2);
        let told = |pair: &[u32]| drawn.facts.iter().any(|fact| pair.iter().all(|person| fact.people.contains(person)));
        match line.kind {
            LineKind::Descent => {
                assert!(line.joins[..line.joins.len() - 1].iter().all(|parent| told(&[*parent, line.joins[line.joins.len() - 1]])))
            }
            LineKind::Parents => assert_eq!(line.joins.len(), 2),
            _ => assert!(told(&line.joins), "{line:?}"),
        }
    }
}

#[test]
fn rings_and_lines_are_sound() {
    let (people, relations, homes) = marlows();
    sound(&picture(&people, &relations, &homes, TODAY), &homes);
}

#[test]
fn an_empty_family_and_a_lonely_person() {
    let nobody = picture::<u32>(&[], &[], &[], TODAY);
    assert_eq!((nobody.width, nobody.height, nobody.facts.len()), (0, 0, 0));
    let one = picture(&[member(1, "Kai", None, None)], &[is(1, RelationKind::Sibling, 1), is(2, RelationKind::Mother, 1)], &[], TODAY);
    assert_eq!((one.symbols.len(), one.lines.len(), one.facts.len()), (1, 0, 1));
}

#[test]
fn contradictions_are_drawn_and_named() {
    use RelationKind::*;
    let people = [member(1, "Kai", None, None), member(2, "Ava", None, None), member(2, "Ava again", None, None)];
    let both = picture(&people, &[is(1, Father, 2), is(2, Mother, 1), is(1, Partner, 2)], &[], TODAY);
    assert_eq!(both.symbols.len(), 2);
    assert_eq!(
        both.contradictions,
        [
            "\"Ava is the mother of Kai\" does not agree with the other relationships recorded",
            "\"Kai is the partner of Ava\" does not agree with the other relationships recorded"
        ]
    );
    assert_eq!(both.lines.len(), 3);
}

/// Forty people with relations drawn by a simple reckoning, many of them senseless.
#[test]
fn any_tangle_is_drawn() {
    for seed in 0..60_u32 {
        let count = seed % 41;
        let sex = |n: u32| [None, Some(Sex::Male), Some(Sex::Female)][(n % 3) as usize];
        let people: Vec<FamilyMember<u32>> = (0..count).map(|n| member(n, &format!("Person {n}"), sex(n), None)).collect();
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below.max(1)
        };
        let relations: Vec<Relation<u32>> = (0..count * 2)
            .map(|_| is(next(count + 2), RelationKind::ALL[next(RelationKind::ALL.len() as u32) as usize], next(count + 2)))
            .collect();
        let homes = [HouseholdRing { name: "One".into(), members: (0..count).filter(|n| n % 3 == 0).collect() }];
        let drawn = picture(&people, &relations, &homes, TODAY);
        assert_eq!(drawn.symbols.len(), count as usize);
        sound(&drawn, if count == 0 { &[] } else { &homes });
        assert_eq!(drawn, picture(&people, &relations, &homes, TODAY), "the same each time");
    }
}

#[test]
fn codes_stand_once() {
    crate::assert_coded!(RelationKind);
}
