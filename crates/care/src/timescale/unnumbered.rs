//! Duties for which nobody has set a number of days (table of data): what stands in its place. They are printed with the
//! register, so that their absence there is not read as an oversight.

use super::Checked;

/// A duty without a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unnumbered {
    pub name: &'static str,
    pub words: &'static str,
    pub source: &'static str,
    pub checked: Checked,
}

#[rustfmt::skip]
pub const UNNUMBERED: &[Unnumbered] = &[
    Unnumbered { name: "Section 47 enquiry", words: "It has no time of its own to be finished in. A strategy discussion begins it, and the clock of the initial conference (ICPC) runs from there", source: "Working Together to Safeguard Children", checked: Checked::Reported },
    Unnumbered { name: "Care and support assessment", words: "It is finished in a time that is appropriate and reasonable; ADULT_ASSESSMENT is a local target", source: "Care Act 2014", checked: Checked::GeneralKnowledge },
    Unnumbered { name: "Adult safeguarding enquiry", words: "Its times are local, and in proportion to the risk", source: "Care Act 2014, section 42", checked: Checked::Reported },
    Unnumbered { name: "Pathway plan", words: "It is made as soon as possible after the needs assessment", source: "Councils' procedures on leaving care", checked: Checked::Reported },
    Unnumbered { name: "Family group decision-making and multi-agency child protection teams", words: "Their sections come into force by regulations; no day is held here yet", source: "Children's Wellbeing and Schools Act 2026", checked: Checked::Reported },
    Unnumbered { name: "Family help plan", words: "Working Together 2026 has taken the place of the edition of 2023; rules here that name Working Together are still to be compared with it", source: "Working Together to Safeguard Children 2026", checked: Checked::Reported },
];
