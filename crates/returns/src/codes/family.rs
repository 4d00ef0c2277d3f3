//! Codes of the children in need census about referral, need, assessment, protection and closure. A table of data.

use super::set::code_set;

code_set! {
    /// Who referred the child.
    ReferralSource: "the source of a referral", "CIN census schema, referral source";
    Family = "1A", "A family member, relative or carer";
    Acquaintance = "1B", "A neighbour, child minder or other acquaintance";
    Own = "1C", "The child or young person";
    Stranger = "1D", "Another individual";
    School = "2A" | "SCHOOLS", "A school";
    EducationService = "2B" | "EDUCATION SERVICES", "An education service";
    Gp = "3A", "A GP";
    HealthVisitor = "3B", "A health visitor";
    SchoolNurse = "3C", "A school nurse";
    PrimaryHealth = "3D", "Another primary health service";
    Emergency = "3E", "An accident and emergency department";
    HealthOther = "3F", "Another health service, such as a hospice";
    Housing = "4" | "HOUSING", "The council's housing or a housing association";
    SocialCare = "5A", "Social care in this council, such as adults' services";
    CouncilOther = "5B", "Another part of this council, such as youth justice";
    CouncilElsewhere = "5C", "Another council";
    EarlyHelp = "5D", "Early help in this council";
    Police = "6" | "POLICE", "The police";
    Legal = "7" | "OTHER LEGAL AGENCY", "A court, probation, immigration, Cafcass or a prison";
    OtherBody = "8" | "OTHER", "A children's centre, charity or other body";
    Anonymous = "9" | "ANONYMOUS", "Someone who gave no name";
    Unknown = "10" | "UNKNOWN", "Someone not known";
}

code_set! {
    /// The main reason why the child is in need.
    PrimaryNeed: "the main need", "CIN census schema, primary need; SSDA903 category of need (N1 to N8)";
    Abuse = "N1" | "ABUSE OR NEGLECT", "Abuse, neglect or exploitation";
    Disability = "N2" | "CHILD'S DISABILITY", "The child's disability or illness";
    ParentIllness = "N3" | "PARENTS ILLNESS OR DISABILITY" | "PARENTAL DISABILITY OR ILLNESS", "A parent's disability or illness";
    AcuteStress = "N4" | "FAMILY IN ACUTE STRESS", "A family in acute stress";
    FamilyDysfunction = "N5" | "FAMILY DYSFUNCTION", "A family that does not function well";
    Behaviour = "N6" | "SOCIALLY UNACCEPTABLE BEHAVIOUR", "Behaviour that others cannot accept";
    LowIncome = "N7" | "LOW INCOME", "Low income";
    AbsentParenting = "N8" | "ABSENT PARENTING", "No parent to care for the child";
    NotInNeed = "N9" | "NOT CIN", "Not a child in need";
    NotStated = "N0" | "NOT STATED", "Not stated";
}

code_set! {
    /// Why an episode of need was closed.
    ReasonForClosure: "the reason for closing", "CIN census schema, reason for closure";
    Adopted = "RC1", "Adopted";
    Died = "RC2", "Died";
    ChildArrangements = "RC3" | "RESIDENCE ORDER", "Child arrangements order";
    SpecialGuardianship = "RC4", "Special guardianship order";
    OtherAuthority = "RC5" | "TRANSFER TO ANOTHER LA", "Now with another council's services";
    AdultServices = "RC6" | "TRANSFER TO ADULT SOCIAL SERVICES", "Now with adults' social care";
    Ceased = "RC7" | "'OTHER' INCL. CHILD NO LONGER IN NEED", "Services ended, for instance because the child is no longer in need";
    AssessedNoAction = "RC8" | "CHILD NOT IN NEED AFTER ASSESSMENT", "After assessment, no further action";
    AssessedEarlyHelp = "RC9", "After assessment, to early help";
}

code_set! {
    /// Category of abuse of a child protection plan.
    CategoryOfAbuse: "the category of abuse", "CIN census schema, category of abuse";
    Neglect = "NEG" | "NEGLECT", "Neglect";
    Physical = "PHY" | "PHYSICAL ABUSE" | "PHYSICAL", "Physical abuse";
    Sexual = "SAB" | "SEXUAL ABUSE" | "SEXUAL", "Sexual abuse";
    Emotional = "EMO" | "EMOTIONAL ABUSE" | "EMOTIONAL", "Emotional abuse";
    Multiple = "MUL" | "MULTIPLE", "More than one category";
}

code_set! {
    /// What an assessment found in the child's life.
    AssessmentFactor: "an assessment factor", "CIN census schema, assessment factors";
    AlcoholChild = "1A", "Alcohol: the child";
    AlcoholParent = "1B", "Alcohol: a parent or carer";
    AlcoholOther = "1C", "Alcohol: someone else at home";
    DrugsChild = "2A", "Drugs: the child";
    DrugsParent = "2B", "Drugs: a parent or carer";
    DrugsOther = "2C", "Drugs: someone else at home";
    DomesticAbuseChild = "3A", "Domestic abuse: of the child";
    DomesticAbuseParent = "3B", "Domestic abuse: of a parent or carer";
    DomesticAbuseOther = "3C", "Domestic abuse: of someone else at home";
    MentalHealthChild = "4A", "Mental health: the child";
    MentalHealthParent = "4B", "Mental health: a parent or carer";
    MentalHealthOther = "4C", "Mental health: someone else in the family or at home";
    LearningDisabilityChild = "5A", "Learning disability: the child";
    LearningDisabilityParent = "5B", "Learning disability: a parent or carer";
    LearningDisabilityOther = "5C", "Learning disability: someone else in the family or at home";
    IllnessChild = "6A", "Physical disability or illness: the child";
    IllnessParent = "6B", "Physical disability or illness: a parent or carer";
    IllnessOther = "6C", "Physical disability or illness: someone else in the family or at home";
    YoungCarer = "7A", "Young carer";
    PrivateFosteringReturning = "8B", "Privately fostered: from overseas, means to return";
    PrivateFosteringStaying = "8C", "Privately fostered: from overseas, means to stay";
    PrivateFosteringEducation = "8D", "Privately fostered: from the UK, in an educational placement";
    PrivateFosteringFamily = "8E", "Privately fostered: from the UK, other family arrangement";
    PrivateFosteringOther = "8F", "Privately fostered: other";
    AsylumSeeker = "9A", "Unaccompanied asylum-seeking child";
    Missing = "10A", "Goes missing";
    SexualExploitation = "11A", "Child sexual exploitation";
    Trafficking = "12A", "Trafficking";
    Gangs = "13A", "Gangs";
    Behaviour = "14A", "Behaviour that others cannot accept";
    SelfHarm = "15A", "Self-harm";
    Neglect = "16A", "Neglect";
    EmotionalAbuse = "17A", "Emotional abuse";
    PhysicalAbuse = "18A", "Physical abuse, by whom not said" until 2024;
    PhysicalAbuseByChild = "18B", "Physical abuse by another child";
    PhysicalAbuseByAdult = "18C", "Physical abuse by an adult";
    SexualAbuse = "19A", "Sexual abuse, by whom not said" until 2024;
    SexualAbuseByChild = "19B", "Sexual abuse by another child";
    SexualAbuseByAdult = "19C", "Sexual abuse by an adult";
    Other = "20", "Something else";
    NothingFound = "21", "Nothing found, and no further action";
    Fgm = "22A", "Female genital mutilation";
    FaithOrBelief = "23A", "Abuse linked to faith or belief";
    CriminalExploitation = "24A", "Child criminal exploitation";
}
