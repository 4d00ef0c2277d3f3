//! Words about Keyworker itself: a guide for each kind of user, how accessible its pages are, and what becomes of what
//! somebody tells the council. Open to everybody, and the same for all; a worker's own guide stands first.
//!
//! The guides are `docs/guides/*.md`, rendered at build. The accessibility statement follows the model of the Public Sector
//! Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018; it says what was tested, and by what.
//! Both statements are the program's: a council adds its own contacts and periods on its site.

use axum::extract::Path;
use care::access::Role;
use serde::Serialize;

use super::{Context, Outcome, Problem, govuk};

mod built {
    include!(concat!(env!("OUT_DIR"), "/guides.rs"));
}

/// The guides in the order of the list.
const ORDER: [&str; 13] = [
    "social-worker",
    "manager",
    "front-door",
    "emergency-duty",
    "reviewing",
    "business-support",
    "director",
    "human-resources",
    "performance-analyst",
    "information-governance",
    "system-administrator",
    "councillor",
    "public",
];

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Guide {
    code: &'static str,
    title: &'static str,
    html: &'static str,
}

/// GET /help
pub async fn list(cx: Context) -> Outcome {
    let mut mine: Vec<Guide> = cx.roles().into_iter().filter_map(|role| guide(for_role(role))).collect();
    mine.dedup();
    let others: Vec<Guide> = ORDER.into_iter().filter_map(guide).filter(|one| !mine.contains(one)).collect();
    let data = minijinja::context! { mine => govuk::value(&mine), others => govuk::value(&others) };
    cx.page(cx.read().await?, "Help", "help/list.html", data).await
}

/// GET /help/{guide}
pub async fn show(cx: Context, Path(code): Path<String>) -> Outcome {
    let guide = guide(&code).ok_or(Problem::NotFound)?;
    let data = minijinja::context! { guide => govuk::value(&guide) };
    cx.page(cx.read().await?, guide.title, "help/guide.html", data).await
}

/// GET /accessibility
pub async fn accessibility(cx: Context) -> Outcome {
    cx.page(cx.read().await?, "Accessibility statement", "help/accessibility.html", ()).await
}

/// GET /privacy
pub async fn privacy(cx: Context) -> Outcome {
    cx.page(cx.read().await?, "What we do with what you tell us", "help/privacy.html", ()).await
}

fn guide(code: &str) -> Option<Guide> {
    built::GUIDES.iter().find(|(known, ..)| *known == code).map(|(code, title, html)| Guide { code, title, html })
}

/// The guide of each role.
const fn for_role(role: Role) -> &'static str {
    match role {
        Role::SocialWorker
        | Role::NewlyQualifiedSocialWorker
        | Role::FamilyHelpLeadPractitioner
        | Role::LeadChildProtectionPractitioner
        | Role::FamilySupportWorker
        | Role::PersonalAdviser
        | Role::SeniorPractitioner
        | Role::OccupationalTherapist => "social-worker",
        Role::TeamManager | Role::GroupManager => "manager",
        Role::PrincipalSocialWorker | Role::Director => "director",
        Role::FrontDoorWorker => "front-door",
        Role::EmergencyDutyWorker => "emergency-duty",
        Role::IndependentReviewingOfficer | Role::ConferenceChair => "reviewing",
        Role::BusinessSupport => "business-support",
        Role::FinanceOfficer | Role::PerformanceAnalyst => "performance-analyst",
        Role::HumanResources => "human-resources",
        Role::InformationGovernance | Role::Auditor => "information-governance",
        Role::Councillor => "councillor",
        Role::SystemAdministrator => "system-administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_guide_and_every_guide_is_listed() {
        for role in Role::ALL {
            assert!(guide(for_role(*role)).is_some(), "{role}");
        }
        let mut listed = ORDER.to_vec();
        listed.sort_unstable();
        let written: Vec<&str> = built::GUIDES.iter().map(|(code, ..)| *code).collect();
        assert_eq!(listed, written);
    }

    #[test]
    fn guides_wear_the_look_of_the_pages() {
        for (code, title, html) in built::GUIDES {
            assert!(!title.is_empty() && html.contains("<h2 class=\"govuk-heading-m\">"), "{code}");
            assert!(!html.contains("<p>") && !html.contains("<ul>"), "{code} holds what has no look");
        }
    }
}
