//! Teams and workers. Three teams are unequal on purpose: Eastbrook holds above 30 children for each full-time post,
//! half of Millhaven's workers are from agencies, and Fernleigh holds well below 18.

use super::{
    Dice, Size,
    names::{BOYS, GIRLS, SURNAMES},
};
use crate::{access::Role, calendar::add_days};
use jiff::civil::Date;

#[derive(Debug, Clone)]
pub struct Team {
    pub no: usize,
    pub name: &'static str,
    pub kind: &'static str,
    pub service: &'static str,
    pub parent: Option<usize>,
    /// Children held by its case holders, and full-time posts of them in tenths.
    pub children: usize,
    pub holders_tenths: usize,
    pub agency_in_hundred: usize,
}

#[derive(Debug, Clone)]
pub struct Worker {
    pub no: usize,
    pub given_name: String,
    pub surname: String,
    pub role: Role,
    pub team: Option<usize>,
    pub fte_hundredths: i64,
    pub agency: bool,
    pub started_on: Date,
    pub last_day_on: Option<Date>,
    pub newly_qualified_until_on: Option<Date>,
    pub absent_from_on: Option<Date>,
    pub supervisor: Option<usize>,
    /// Holds cases.
    pub holds: bool,
}

/// Name, kind, service, the place of its parent, children held, full-time holders in tenths, agency in a hundred.
type Row = (&'static str, &'static str, &'static str, Option<usize>, usize, usize, usize);

#[rustfmt::skip]
const TEAMS: &[Row] = &[
    ("Ashmere children's services", "group", "children", None, 0, 0, 0),
    ("Ashmere adults' services", "group", "adults", None, 0, 0, 0),
    ("Front door and assessment", "group", "children", Some(0), 0, 0, 0),
    ("Safeguarding and family support", "group", "children", Some(0), 0, 0, 0),
    ("Children in care and leaving care", "group", "children", Some(0), 0, 0, 0),
    ("Front door", "front_door", "children", Some(2), 0, 0, 10),
    ("Emergency duty team", "emergency_duty", "children", Some(2), 0, 0, 0),
    ("Assessment north", "assessment", "children", Some(2), 118, 95, 10),
    ("Assessment south", "assessment", "children", Some(2), 112, 95, 10),
    ("Assessment west", "assessment", "children", Some(2), 106, 90, 11),
    ("Eastbrook safeguarding", "safeguarding", "children", Some(3), 176, 56, 0),
    ("Millhaven safeguarding", "safeguarding", "children", Some(3), 112, 80, 50),
    ("Canalside safeguarding", "safeguarding", "children", Some(3), 132, 100, 10),
    ("Weavers Fold safeguarding", "safeguarding", "children", Some(3), 128, 100, 10),
    ("Quarry Hill safeguarding", "safeguarding", "children", Some(3), 124, 100, 10),
    ("Larch Grove safeguarding", "safeguarding", "children", Some(3), 121, 100, 10),
    ("Wharfside safeguarding", "safeguarding", "children", Some(3), 119, 95, 11),
    ("Disabled children", "disability", "children", Some(3), 152, 150, 10),
    ("Family help", "family_help", "children", Some(3), 0, 0, 0),
    ("Fernleigh children in care", "looked_after", "children", Some(4), 70, 100, 10),
    ("Ropewalk children in care", "looked_after", "children", Some(4), 148, 105, 10),
    ("Tenter Croft children in care", "looked_after", "children", Some(4), 146, 105, 10),
    ("Heron Way children in care", "looked_after", "children", Some(4), 144, 105, 10),
    ("Court and permanence", "looked_after", "children", Some(4), 103, 147, 21),
    ("Leaving care", "leaving_care", "children", Some(4), 100, 150, 7),
    ("Safeguarding and reviewing", "reviewing", "children", Some(0), 0, 0, 0),
    ("Adults' social work east", "adults", "adults", Some(31), 0, 0, 0),
    ("Adults' social work west", "adults", "adults", Some(31), 0, 0, 0),
    ("Occupational therapy", "occupational_therapy", "adults", Some(31), 0, 0, 0),
    ("Business support", "support", "children", Some(0), 0, 0, 0),
    ("Corporate", "support", "both", None, 0, 0, 0),
    ("Adults' social work and therapy", "group", "adults", Some(1), 0, 0, 0),
];

/// The cast among the workers: name, role, team, and what one sees as them. They are the people to sign in as.
#[rustfmt::skip]
const NAMED: &[(&str, &str, Role, usize, &str)] = &[
    ("Priya", "Nair", Role::SocialWorker, 10, "Holds the Marsh family and 33 more children, in a team above 30 for each full-time post"),
    ("Tom", "Bell", Role::SocialWorker, 19, "Children in care, in a team well below the guideline"),
    ("Ruth", "Adeyemi", Role::NewlyQualifiedSocialWorker, 11, "In her first year, in a team half of which is agency"),
    ("Colm", "Hartigan", Role::LeadChildProtectionPractitioner, 12, "Leads on protection plans"),
    ("Grace", "Obi", Role::TeamManager, 10, "Manages Eastbrook: 14 children wait, one worker is away, one leaves"),
    ("Neil", "Ashworth", Role::TeamManager, 11, "Manages Millhaven; relatives of his are known here, and shut to him"),
    ("Hannah", "Frost", Role::GroupManager, 3, "Nine teams, and what they cannot settle"),
    ("Marcus", "Dale", Role::Director, 0, "The whole service on one page"),
    ("Sunita", "Rao", Role::PrincipalSocialWorker, 0, "Practice and policy; guards a hidden record that an enquiry has touched"),
    ("Flora", "Reed", Role::FrontDoorWorker, 5, "Takes calls; begins an enquiry with one press"),
    ("Dev", "Malhotra", Role::TeamManager, 5, "Manages the front door; decides and signs off"),
    ("Ewan", "Knight", Role::EmergencyDutyWorker, 6, "Nights and weekends; hands over each morning"),
    ("Lorna", "Pike", Role::IndependentReviewingOfficer, 25, "Reviews children who are looked after"),
    ("Femi", "Coker", Role::ConferenceChair, 25, "Chairs conferences about children on plans"),
    ("Jo", "Tranter", Role::FamilyHelpLeadPractitioner, 18, "Family help, and not a social worker"),
    ("Abdul", "Karim", Role::FamilySupportWorker, 18, "Works beside families"),
    ("Megan", "Price", Role::PersonalAdviser, 24, "Young people of 18 and over who left care"),
    ("Sheila", "Dodd", Role::SeniorPractitioner, 20, "Experienced; co-works plans and court"),
    ("Bernard", "Fox", Role::BusinessSupport, 29, "Letters, absences, lists"),
    ("Wanda", "Lis", Role::OccupationalTherapist, 28, "Equipment and homes; 31 people wait"),
    ("Keith", "Munro", Role::SocialWorker, 26, "Adults with care and support"),
    ("Pam", "Sutcliffe", Role::FinanceOfficer, 30, "Money; opens no record"),
    ("Olu", "Bright", Role::HumanResources, 30, "Staff, absences and their reasons"),
    ("Anita", "Ghosh", Role::PerformanceAnalyst, 30, "Figures, returns and imports"),
    ("Ines", "Vale", Role::InformationGovernance, 30, "Reviews emergency access; asks who looked at what"),
    ("Gordon", "Peel", Role::Auditor, 30, "What anybody looked at, with a reason"),
    ("Margaret", "Stott", Role::Councillor, 30, "Published figures only; no person's record"),
    ("Sam", "Dunn", Role::SystemAdministrator, 30, "Accounts, roles, teams"),
];

/// What one sees as this worker; none but the cast has words.
pub fn seen_as(no: usize) -> Option<&'static str> {
    NAMED.get(no).map(|named| named.4)
}

/// The social workers in post who hold no case, with the managers: 288 full-time posts in all.
const OTHER_POSTS: &[(usize, Role, usize)] = &[
    (5, Role::FrontDoorWorker, 22),
    (6, Role::EmergencyDutyWorker, 11),
    (25, Role::IndependentReviewingOfficer, 14),
    (25, Role::ConferenceChair, 6),
    (18, Role::FamilyHelpLeadPractitioner, 26),
    (18, Role::FamilySupportWorker, 34),
    (24, Role::PersonalAdviser, 22),
    (26, Role::SocialWorker, 24),
    (27, Role::SocialWorker, 24),
    (28, Role::OccupationalTherapist, 14),
    (29, Role::BusinessSupport, 30),
];

/// All teams and workers, each supervised by the manager of their team, and managers by the group's.
pub fn staff(size: Size) -> (Vec<Team>, Vec<Worker>) {
    let teams: Vec<Team> = TEAMS
        .iter()
        .enumerate()
        .map(|(no, (name, kind, service, parent, children, holders_tenths, agency_in_hundred))| Team {
            no,
            name,
            kind,
            service,
            parent: *parent,
            children: *children,
            holders_tenths: *holders_tenths,
            agency_in_hundred: *agency_in_hundred,
        })
        .collect();
    let mut made = Made { size, dice: Dice::new(size.seed, 1), workers: Vec::new() };
    for (given, surname, role, team, _) in NAMED {
        made.add(given, surname, *role, Some(*team), 100);
    }
    for team in teams.iter().filter(|t| t.holders_tenths > 0) {
        made.holders(team);
    }
    for (team, role, count) in OTHER_POSTS {
        (0..*count).for_each(|_| made.anybody(*role, Some(*team), 100));
    }
    for team in &teams {
        made.managers(team);
    }
    made.supervise(&teams);
    (teams, made.workers)
}

struct Made {
    size: Size,
    dice: Dice,
    workers: Vec<Worker>,
}

impl Made {
    fn add(&mut self, given: &str, surname: &str, role: Role, team: Option<usize>, fte: i64) -> &mut Worker {
        let no = self.workers.len();
        let started_on = add_days(self.size.today, -self.dice.between(60, 3600));
        let holds = matches!(
            role,
            Role::SocialWorker | Role::NewlyQualifiedSocialWorker | Role::SeniorPractitioner | Role::LeadChildProtectionPractitioner
        ) && team.is_some_and(|t| TEAMS[t].5 > 0);
        let newly_qualified_until_on = (role == Role::NewlyQualifiedSocialWorker).then(|| add_days(self.size.today, 180));
        self.workers.push(Worker {
            no,
            given_name: given.into(),
            surname: surname.into(),
            role,
            team,
            fte_hundredths: fte,
            agency: false,
            started_on,
            last_day_on: None,
            newly_qualified_until_on,
            absent_from_on: None,
            supervisor: None,
            holds,
        });
        &mut self.workers[no]
    }

    fn anybody(&mut self, role: Role, team: Option<usize>, fte: i64) {
        let given = if self.dice.in_hundred(72) { *self.dice.pick(GIRLS) } else { *self.dice.pick(BOYS) };
        let surname = *self.dice.pick(SURNAMES);
        self.add(given, surname, role, team, fte);
    }

    /// Case holders until the team's full-time posts are filled; every sixth is part-time, every eighth newly qualified.
    fn holders(&mut self, team: &Team) {
        let wanted = i64::try_from(team.holders_tenths).unwrap_or(0) * 10;
        let mut have: i64 = self.workers.iter().filter(|w| w.team == Some(team.no) && w.holds).map(|w| w.fte_hundredths).sum();
        let mut count = 0;
        while have < wanted {
            let fte = if count % 6 == 3 { 60 } else { 100 }.min(wanted - have);
            let role = if count % 8 == 5 {
                Role::NewlyQualifiedSocialWorker
            } else if count % 7 == 6 {
                Role::SeniorPractitioner
            } else {
                Role::SocialWorker
            };
            self.anybody(role, Some(team.no), fte);
            have += fte;
            count += 1;
        }
        let holders: Vec<usize> = self.workers.iter().filter(|w| w.team == Some(team.no) && w.holds).map(|w| w.no).collect();
        let agency = (holders.len() * team.agency_in_hundred + 50) / 100;
        for no in holders.iter().rev().filter(|no| self.workers[**no].role == Role::SocialWorker).take(agency).copied().collect::<Vec<_>>()
        {
            self.workers[no].agency = true;
        }
        if let Some(no) = holders.get(2) {
            self.workers[*no].absent_from_on = (team.no % 3 == 1).then(|| add_days(self.size.today, -19));
        }
        if let Some(no) = holders.get(3) {
            self.workers[*no].last_day_on = (team.no == 10).then(|| add_days(self.size.today, 21));
        }
    }

    fn managers(&mut self, team: &Team) {
        if team.parent.is_none() {
            return;
        }
        let role = if team.kind == "group" { Role::GroupManager } else { Role::TeamManager };
        if !self.workers.iter().any(|w| w.team == Some(team.no) && w.role == role) {
            self.anybody(role, Some(team.no), 100);
        }
    }

    fn supervise(&mut self, teams: &[Team]) {
        let lead = |workers: &[Worker], team: usize| {
            workers
                .iter()
                .find(|w| w.team == Some(team) && matches!(w.role, Role::TeamManager | Role::GroupManager | Role::Director))
                .map(|w| w.no)
        };
        for no in 0..self.workers.len() {
            let Some(team) = self.workers[no].team else { continue };
            let own = lead(&self.workers, team).filter(|l| *l != no);
            self.workers[no].supervisor = own.or_else(|| teams[team].parent.and_then(|p| lead(&self.workers, p)));
        }
    }
}
