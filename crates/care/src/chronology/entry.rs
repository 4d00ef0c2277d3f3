//! What kinds of things stand in a story, in which group they are filtered, and which matter by themselves.

use crate::coded;

coded! {
    /// The groups by which a story is filtered.
    pub enum EntryGroup {
        Contacts = "contacts", "Contacts and enquiries";
        Visits = "visits", "Visits";
        Notes = "notes", "Case notes";
        Decisions = "decisions", "Decisions and supervision";
        Workers = "workers", "Workers";
        Statuses = "statuses", "Statuses and plans";
        Meetings = "meetings", "Reviews and conferences";
        Home = "home", "Placements and missing episodes";
        Papers = "papers", "Documents and letters";
    }
}

coded! {
    pub enum EntryKind {
        Contact = "contact", "Contact";
        Enquiry = "enquiry", "Enquiry";
        NewInformation = "new_information", "New information";
        Referral = "referral", "Referral";
        EnquiryDecided = "enquiry_decided", "Enquiry decided";
        Allocation = "allocation", "Worker allocated";
        WorkerChange = "worker_change", "Change of worker";
        WorkerEnded = "worker_ended", "Worker ended";
        Transfer = "transfer", "Transfer between teams";
        Visit = "visit", "Visit";
        UnsuccessfulVisit = "unsuccessful_visit", "Visit at which the person was not seen";
        CaseNote = "case_note", "Case note";
        ManagementDecision = "management_decision", "Management decision";
        Supervision = "supervision", "Case supervision";
        Assessment = "assessment", "Assessment";
        StrategyDiscussion = "strategy_discussion", "Strategy discussion";
        Section47 = "section_47", "Section 47 enquiry";
        StatusStarted = "status_started", "Status started";
        StatusEnded = "status_ended", "Status ended";
        Alert = "alert", "Alert";
        Review = "review", "Review";
        Conference = "conference", "Conference";
        Court = "court", "Court";
        Placement = "placement", "Placement";
        PlacementEnded = "placement_ended", "Placement ended";
        Missing = "missing", "Missing";
        Returned = "returned", "Returned";
        Birth = "birth", "Birth";
        Death = "death", "Death";
        Document = "document", "Document";
        Letter = "letter", "Letter";
        Correction = "correction", "Correction";
        EntryMoved = "entry_moved", "Moved away";
    }
}

impl EntryKind {
    pub const fn group(self) -> EntryGroup {
        use EntryKind::*;
        match self {
            Contact | Enquiry | NewInformation | Referral | EnquiryDecided => EntryGroup::Contacts,
            Allocation | WorkerChange | WorkerEnded | Transfer => EntryGroup::Workers,
            Visit | UnsuccessfulVisit => EntryGroup::Visits,
            CaseNote | Correction | EntryMoved => EntryGroup::Notes,
            ManagementDecision | Supervision | Assessment | StrategyDiscussion | Section47 => EntryGroup::Decisions,
            StatusStarted | StatusEnded | Alert | Birth | Death | Court => EntryGroup::Statuses,
            Review | Conference => EntryGroup::Meetings,
            Placement | PlacementEnded | Missing | Returned => EntryGroup::Home,
            Document | Letter => EntryGroup::Papers,
        }
    }

    /// Whether it matters by itself; a worker may mark any other as significant.
    pub const fn is_significant(self) -> bool {
        use EntryKind::*;
        matches!(
            self,
            Referral
                | WorkerChange
                | ManagementDecision
                | StrategyDiscussion
                | Section47
                | StatusStarted
                | StatusEnded
                | Conference
                | Court
                | Placement
                | PlacementEnded
                | Missing
                | Birth
                | Death
        )
    }

    /// Whether people write it themselves from "add" on a record; the others come from steps.
    pub const fn is_written_by_hand(self) -> bool {
        use EntryKind::*;
        matches!(self, Contact | Visit | UnsuccessfulVisit | CaseNote | ManagementDecision | Supervision | Document | Letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_a_kind() {
        crate::assert_coded!(EntryKind, EntryGroup);
        for group in EntryGroup::ALL {
            assert!(EntryKind::ALL.iter().any(|kind| kind.group() == *group), "{group}");
        }
    }
}
