//! Annex A: the lists of children that inspectors ask for before an inspection of children's services, one workbook
//! with a sheet for each list: contacts, early help, referrals, assessments, enquiries, children in need, protection
//! plans, looked after, care leavers, adoption, and adopters.
//!
//! Source: Ofsted's Annex A to the framework for inspecting local authority children's services. Councils fill the
//! lists from their own systems, so codes come among words ("q) 6: Police") and headings vary; lists are known by
//! their headings. Leaves out: names of children (there are none), writing the lists.

mod layout;
mod lists;
mod read;

pub use lists::*;
pub use read::read;

use crate::position::FileName;

/// The lists of one workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnexA {
    pub file: FileName,
    pub contacts: Vec<Contact>,
    pub early_help: Vec<EarlyHelpAssessment>,
    pub referrals: Vec<Referral>,
    pub assessments: Vec<Assessment>,
    pub enquiries: Vec<Enquiry>,
    pub in_need: Vec<ChildInNeed>,
    pub protection_plans: Vec<ProtectionPlan>,
    pub looked_after: Vec<LookedAfter>,
    pub care_leavers: Vec<CareLeaver>,
    pub adoptions: Vec<Adoption>,
    pub adopters: Vec<Adopter>,
    /// Which sheet held which list.
    pub sheets: Vec<(String, List)>,
}
