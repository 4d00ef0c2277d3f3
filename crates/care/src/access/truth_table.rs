//! The whole table: role × tie × restriction × conflict × deed. Rows of literals say what is expected of a few
//! deeds; properties hold over every cell.

use super::*;
use jiff::{SignedDuration, Timestamp, civil::date};

const TODAY: jiff::civil::Date = date(2026, 11, 23);

fn now() -> Timestamp {
    Timestamp::from_second(1_795_400_000).unwrap()
}

fn ties() -> Vec<Relationship> {
    use Relationship::*;
    vec![
        Allocated,
        CoWorker,
        Cover,
        OwnTeam,
        LineOfSupervision,
        DutyToday,
        FrontDoorOpen,
        FrontDoorDecided { last_day: TODAY },
        EmergencyDuty,
        ReviewingOfficer,
        ConferenceChair,
        BreakGlass { until: now() + SignedDuration::from_secs(1) },
        Granted { purpose: Purpose::Audit, last_day: TODAY },
    ]
}

const RESTRICTIONS: [Restriction; 5] = [
    Restriction::None,
    Restriction::Restricted(List::On),
    Restriction::Restricted(List::NotOn),
    Restriction::Hidden(List::On),
    Restriction::Hidden(List::NotOn),
];

fn ask<'a>(roles: &'a [Role], ties: &'a [Relationship], deed: Deed) -> Ask<'a> {
    let (restriction, conflict) = (Restriction::None, Conflict::NoneDeclared);
    Ask { roles, relationships: ties, restriction, conflict, deed, at: now(), today: TODAY }
}

/// F full, i index, - role lacks; a column for each tie in the order of `ties`.
fn row(role: Role, deed: Deed) -> String {
    let letter = |tie: Relationship| match decide(&ask(&[role], &[tie], deed)) {
        Decision::Full(_) => 'F',
        Decision::Index(_) => 'i',
        Decision::Nothing => '0',
        Decision::RoleLacks => '-',
    };
    ties().into_iter().map(letter).collect()
}

#[test]
fn reading_by_role_and_tie() {
    // allocated, co-worker, cover, own team, line, duty, door open, door decided, emergency, reviewing, chair, glass, grant
    for role in Role::ALL {
        let expected = match role {
            Role::FrontDoorWorker => "FFFFFFFFiiiFF",
            Role::TeamManager | Role::GroupManager | Role::Director => "FFFFFFFFiiiFF",
            Role::EmergencyDutyWorker => "FFFFFFFFFiiFF",
            Role::IndependentReviewingOfficer => "FFFFFFiiiFFFF",
            Role::ConferenceChair => "FFFFFFiiiiFFF",
            Role::FinanceOfficer | Role::PerformanceAnalyst | Role::InformationGovernance | Role::Auditor => "iiiiiiiiiiiiF",
            Role::HumanResources | Role::Councillor | Role::SystemAdministrator => "-------------",
            _ => "FFFFFFiiiiiFF",
        };
        assert_eq!(row(*role, Deed::ReadRecord), expected, "{role}");
    }
}

#[test]
fn writing_by_role_and_tie() {
    for (role, deed, expected) in [
        (Role::SocialWorker, Deed::WriteNote, "FFFFFFiiiiiFi"),
        (Role::FrontDoorWorker, Deed::WriteNote, "FFFFFFFiiiiFi"),
        (Role::EmergencyDutyWorker, Deed::WriteNote, "FFFFFFFiFiiFi"),
        (Role::IndependentReviewingOfficer, Deed::WriteNote, "FFFFFFiiiFFFi"),
        (Role::Auditor, Deed::WriteNote, "-------------"),
        (Role::SocialWorker, Deed::ChangePerson, "FFFFFFiiiiiii"),
        (Role::FrontDoorWorker, Deed::ChangePerson, "FFFFFFFiiiiii"),
        (Role::SocialWorker, Deed::RecordDecision, "-------------"),
        (Role::TeamManager, Deed::RecordDecision, "iiiFFFFiiiiii"),
        (Role::TeamManager, Deed::Allocate, "iiiFFiFiiiiii"),
        (Role::SeniorPractitioner, Deed::Allocate, "-------------"),
        (Role::SocialWorker, Deed::TakeAllocation, "FFFiiiiiiiiii"),
        (Role::TeamManager, Deed::DecideEnquiry, "iiiiiiFiiiiii"),
        (Role::EmergencyDutyWorker, Deed::DecideEnquiry, "iiiiiiFiFiiii"),
        (Role::FrontDoorWorker, Deed::DecideEnquiry, "-------------"),
        (Role::TeamManager, Deed::ReadAccessLog, "iiiFFiiiiiiiF"),
        (Role::Auditor, Deed::ReadAccessLog, "FFFFFFFFFFFFF"),
        (Role::SocialWorker, Deed::ReadAccessLog, "-------------"),
        (Role::GroupManager, Deed::RestrictRecord, "iiiFFiiiiiiii"),
    ] {
        assert_eq!(row(role, deed), expected, "{role} {deed}");
    }
}

#[test]
fn two_roles_add_up() {
    let both = [Role::SocialWorker, Role::FrontDoorWorker];
    let open = [Relationship::FrontDoorOpen];
    assert!(decide(&ask(&both, &open, Deed::DecideEnquiry)).is_full());
    assert!(!decide(&ask(&both[..1], &open, Deed::DecideEnquiry)).is_full());
    assert_eq!(decide(&ask(&both[1..], &open, Deed::DecideEnquiry)), Decision::RoleLacks);
}

/// Every cell of the table, with what must always be true of it.
#[test]
fn vetoes_hold_over_the_whole_table() {
    let conflicts = [Conflict::NoneDeclared, Conflict::Declared(ConflictKind::Relative)];
    let all_ties = ties();
    let sets: Vec<&[Relationship]> = all_ties.chunks(1).chain([&[][..], &all_ties[..]]).collect();
    let mut cells = 0;
    for role in Role::ALL {
        for deed in Deed::ALL {
            for set in &sets {
                for restriction in RESTRICTIONS {
                    for conflict in conflicts {
                        let roles = [*role];
                        let asked = Ask { restriction, conflict, ..ask(&roles, set, *deed) };
                        check_cell(&asked, *role);
                        cells += 1;
                    }
                }
            }
        }
    }
    assert_eq!(cells, Role::ALL.len() * Deed::ALL.len() * 15 * 5 * 2);
}

fn check_cell(asked: &Ask<'_>, role: Role) {
    let decision = decide(asked);
    let grants = role.grants(asked.deed);
    assert_eq!(decision == Decision::RoleLacks, !grants, "the role's refusal tells nothing of the record: {asked:?}");
    if !grants {
        return;
    }
    if asked.deed.about() == About::Service {
        assert_eq!(decision, Decision::Full(Because::Role));
        return;
    }
    let hidden = asked.restriction == Restriction::Hidden(List::NotOn);
    assert_eq!(decision == Decision::Nothing, hidden, "{asked:?}");
    if hidden {
        return;
    }
    if asked.deed == Deed::ReadIndex {
        assert!(decision.is_full());
        return;
    }
    let shut = asked.restriction == Restriction::Restricted(List::NotOn) || asked.conflict != Conflict::NoneDeclared;
    assert!(!(shut && decision.is_full()), "a veto beats every tie: {asked:?}");
    if asked.relationships.is_empty() && asked.deed != Deed::ReadAccessLog {
        assert!(!decision.is_full(), "no tie, no record: {asked:?}");
    }
    if let Decision::Full(Because::Relationship(tie)) = decision {
        assert!(asked.relationships.contains(&tie) && tie.carries(asked.deed));
    }
}

#[test]
fn ties_end() {
    let yesterday = date(2026, 11, 22);
    for (tie, role) in [
        (Relationship::FrontDoorDecided { last_day: yesterday }, Role::FrontDoorWorker),
        (Relationship::BreakGlass { until: now() }, Role::SocialWorker),
        (Relationship::Granted { purpose: Purpose::Court, last_day: yesterday }, Role::SocialWorker),
    ] {
        let decision = decide(&ask(&[role], &[tie], Deed::ReadRecord));
        assert_eq!(decision, Decision::Index(WhyIndex::NoRelationship), "{tie:?}");
    }
}

#[test]
fn says_why() {
    let line = [Relationship::Granted { purpose: Purpose::Audit, last_day: TODAY }];
    let decision = decide(&ask(&[Role::SocialWorker], &line, Deed::WriteNote));
    let Decision::Index(why) = decision else { panic!("{decision:?}") };
    assert_eq!(
        why.words(),
        "You may read this record, but not change it: you were given access until 23 November 2026: audit of practice."
    );
    assert_eq!(Because::Relationship(Relationship::Allocated).words(), "you are the allocated worker");
}

#[test]
fn offers_the_glass_to_those_who_may() {
    for (role, why, glass) in [
        (Role::SocialWorker, WhyIndex::NoRelationship, Glass::Offered),
        (Role::SocialWorker, WhyIndex::Restricted, Glass::NotOffered),
        (Role::SocialWorker, WhyIndex::Conflict(ConflictKind::OwnRecord), Glass::NotOffered),
        (Role::SocialWorker, WhyIndex::ReadingOnly(Relationship::Allocated), Glass::NotOffered),
        (Role::FinanceOfficer, WhyIndex::NoRelationship, Glass::NotOffered),
        (Role::Councillor, WhyIndex::NoRelationship, Glass::NotOffered),
    ] {
        assert_eq!(may_break_glass(&[role], why), glass, "{role} {why:?}");
    }
}

#[test]
fn every_deed_has_a_role_and_codes_stand_once() {
    crate::assert_coded!(Role, Deed, Purpose, ConflictKind, BreakGlassReason, Section, Holding);
    crate::assert_coded!(crate::case_kind::CaseKind);
    assert_eq!(Role::ALL.len(), 24);
    for deed in Deed::ALL {
        assert!(!deed.granted_to().is_empty(), "{deed}");
    }
    for role in Role::ALL.iter().filter(|role| role.reach() == Reach::NoRecord) {
        let person = Deed::ALL.iter().filter(|deed| deed.about() == About::Person);
        assert!(person.into_iter().all(|deed| !role.grants(*deed)), "{role}");
    }
}
