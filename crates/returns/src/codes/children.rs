//! Codes about the child, used by every return: sex, ethnicity, disability, why there is no unique pupil number.
//! A table of data. Ethnicity is given in health's letters too, for records that come from or go to the NHS.

use super::set::code_set;

code_set! {
    /// Sex as the returns ask it. Before 2023-24 the children in need census asked for gender by number.
    Sex: "sex", "CIN census schema 2024 to 2026; gender codes of 2023 and before";
    Male = "M" | "1" | "MALE", "Male";
    Female = "F" | "2" | "FEMALE", "Female";
    Unknown = "U" | "0" | "UNKNOWN" | "UNBORN" | "NOT KNOWN" | "NOT RECORDED", "Not known, or not yet born";
    Indeterminate = "9" | "I" | "INDETERMINATE", "Not specified" until 2023;
}

code_set! {
    /// Yes or no.
    YesNo: "yes or no", "CIN census and SSDA903 schemas";
    Yes = "1" | "TRUE" | "Y" | "YES" | "true" | "Yes", "Yes";
    No = "0" | "FALSE" | "N" | "NO" | "false" | "No", "No";
}

code_set! {
    /// Ethnic background, as the Department for Education codes it.
    Ethnicity: "ethnicity", "CIN census, SSDA903 and workforce census schemas";
    WhiteBritish = "WBRI", "White: British";
    WhiteIrish = "WIRI", "White: Irish";
    IrishTraveller = "WIRT", "White: Traveller of Irish heritage";
    WhiteOther = "WOTH", "White: another background";
    Roma = "WROM", "White: Gypsy or Roma";
    WhiteAndBlackCaribbean = "MWBC", "Mixed: White and Black Caribbean";
    WhiteAndBlackAfrican = "MWBA", "Mixed: White and Black African";
    WhiteAndAsian = "MWAS", "Mixed: White and Asian";
    MixedOther = "MOTH", "Mixed: another background";
    Indian = "AIND", "Asian: Indian";
    Pakistani = "APKN", "Asian: Pakistani";
    Bangladeshi = "ABAN", "Asian: Bangladeshi";
    AsianOther = "AOTH", "Asian: another background";
    BlackCaribbean = "BCRB", "Black: Caribbean";
    BlackAfrican = "BAFR", "Black: African";
    BlackOther = "BOTH", "Black: another background";
    Chinese = "CHNE", "Chinese";
    Other = "OOTH", "Another ethnic group";
    Refused = "REFU", "Asked, and did not wish to say";
    NotYetObtained = "NOBT", "Not yet asked";
}

code_set! {
    /// Ethnic category as the NHS codes it.
    NhsEthnicity: "NHS ethnic category", "NHS Data Dictionary, ethnic category";
    WhiteBritish = "A", "White: British";
    WhiteIrish = "B", "White: Irish";
    WhiteOther = "C", "White: another background";
    WhiteAndBlackCaribbean = "D", "Mixed: White and Black Caribbean";
    WhiteAndBlackAfrican = "E", "Mixed: White and Black African";
    WhiteAndAsian = "F", "Mixed: White and Asian";
    MixedOther = "G", "Mixed: another background";
    Indian = "H", "Asian: Indian";
    Pakistani = "J", "Asian: Pakistani";
    Bangladeshi = "K", "Asian: Bangladeshi";
    AsianOther = "L", "Asian: another background";
    BlackCaribbean = "M", "Black: Caribbean";
    BlackAfrican = "N", "Black: African";
    BlackOther = "P", "Black: another background";
    Chinese = "R", "Chinese";
    Other = "S", "Another ethnic group";
    NotStated = "Z", "Asked, and did not wish to say";
    NotKnown = "99", "Not known";
}

code_set! {
    /// Disability of a child in need.
    Disability: "disability", "CIN census schema, disability";
    None = "NONE", "No disability";
    Mobility = "MOB", "Getting about";
    Hand = "HAND", "Using the hands";
    PersonalCare = "PC", "Personal care";
    Incontinence = "INC", "Incontinence";
    Communication = "COMM", "Communication";
    Learning = "LD", "Learning";
    Hearing = "HEAR", "Hearing";
    Vision = "VIS", "Sight";
    Behaviour = "BEH", "Behaviour";
    Consciousness = "CON", "Consciousness, such as seizures";
    Autism = "AUT", "Autism";
    Other = "DDA", "Another disability under the Equality Act";
}

code_set! {
    /// Why a child has no unique pupil number.
    UpnUnknown: "why there is no unique pupil number", "CIN census schema, unknown UPN; SSDA903 rule 168";
    NotAtSchoolYet = "UN1", "Under school age, none given yet";
    NeverAtSchoolHere = "UN2", "Has never been at a maintained school in England";
    EducatedOutside = "UN3", "Educated outside England or outside school";
    New = "UN4", "New to the service, not yet known";
    SourcesDisagree = "UN5", "Sources disagree about the number";
    OtherReason = "UN6", "Another reason (UN6)";
    NoFurtherAction = "UN7", "A referral that led to no further action";
}

impl Ethnicity {
    /// The same in health's letters. Health has none for Gypsy, Roma and Irish Traveller; they count as another White
    /// background there, so this cannot be turned round.
    pub fn nhs(self) -> NhsEthnicity {
        match self {
            Ethnicity::WhiteBritish => NhsEthnicity::WhiteBritish,
            Ethnicity::WhiteIrish => NhsEthnicity::WhiteIrish,
            Ethnicity::IrishTraveller | Ethnicity::Roma | Ethnicity::WhiteOther => NhsEthnicity::WhiteOther,
            Ethnicity::WhiteAndBlackCaribbean => NhsEthnicity::WhiteAndBlackCaribbean,
            Ethnicity::WhiteAndBlackAfrican => NhsEthnicity::WhiteAndBlackAfrican,
            Ethnicity::WhiteAndAsian => NhsEthnicity::WhiteAndAsian,
            Ethnicity::MixedOther => NhsEthnicity::MixedOther,
            Ethnicity::Indian => NhsEthnicity::Indian,
            Ethnicity::Pakistani => NhsEthnicity::Pakistani,
            Ethnicity::Bangladeshi => NhsEthnicity::Bangladeshi,
            Ethnicity::AsianOther => NhsEthnicity::AsianOther,
            Ethnicity::BlackCaribbean => NhsEthnicity::BlackCaribbean,
            Ethnicity::BlackAfrican => NhsEthnicity::BlackAfrican,
            Ethnicity::BlackOther => NhsEthnicity::BlackOther,
            Ethnicity::Chinese => NhsEthnicity::Chinese,
            Ethnicity::Other => NhsEthnicity::Other,
            Ethnicity::Refused => NhsEthnicity::NotStated,
            Ethnicity::NotYetObtained => NhsEthnicity::NotKnown,
        }
    }
}
