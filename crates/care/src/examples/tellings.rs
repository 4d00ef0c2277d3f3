//! What people tell the invented front door, and what came of it (table of data). Nobody in it lives or ever lived.

use crate::front_door::{Channel, EnquirerKind, Outcome, Side};

/// One way in which somebody told the front door something, and what followed.
#[derive(Debug, Clone, Copy)]
pub struct Telling {
    pub side: Side,
    pub channel: Channel,
    pub from: EnquirerKind,
    pub name: &'static str,
    pub organisation: &'static str,
    pub words: &'static str,
    pub outcome: Outcome,
    pub reason: &'static str,
    /// Why, in words for the family.
    pub family: &'static str,
}

type Row = (Side, Channel, EnquirerKind, &'static str, &'static str, &'static str, Outcome, &'static str, &'static str);

use Channel::{Email, InPerson, Letter, OwnService, PoliceNotice, ProfessionalForm, PublicPage, Telephone};
use EnquirerKind::{
    Anonymous, CareProvider, Health, Housing, OtherAuthority, ParentOrCarer, Police, PublicMember, Relative, School, ThePerson, Voluntary,
};
use Side::{Adult, Child};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (Child, ProfessionalForm, School, "Ms T. Hale", "Mill Lane Primary", "Third Monday without lunch and in the same clothes. Says there is nothing in the fridge until mum is paid. Wants to stay after school to be warm.", Outcome::FamilyHelp, "Money, not care, is what lacks; mother asked for help herself when school rang. Nothing in the history.", "School told us that money is short at home. We would like to help you with that."),
    (Child, Telephone, ParentOrCarer, "", "", "I cannot cope with the nights. He is up until four and I shouted so loud that the neighbours knocked. I have not hurt him. I need somebody to talk to before I do.", Outcome::FamilyHelp, "A parent who asks in time. Sleep, no respite, no worry about harm. Health visitor agrees.", "You asked for help with the nights, and we think that it can be had soon."),
    (Child, PoliceNotice, Police, "", "Ashmere police", "Called at 23:40 by a neighbour. Parents arguing, both had been drinking. Children upstairs, awake, not hurt. No offence. Children spoken to: \"they always do\".", Outcome::ChildrensReferral, "Third notice in four months and the children say that it is usual. Their own account is not known yet.", "Police told us about arguing at night with the children at home. We need to know how it is for them."),
    (Child, PoliceNotice, Police, "", "Ashmere police", "Found on the market at 01:15 with two older boys, missing since tea. Would not say where from. Taken home; mother had not rung anybody.", Outcome::ChildrensReferral, "Missing and not reported, with older company. Needs to be seen and asked alone.", "Your child was found in town at night. We need to understand what happens, with you."),
    (Child, Telephone, Health, "Dr P. Osei", "Ropewalk surgery", "Bruise behind the ear in a baby who does not roll yet. Parents say the cot bars. I have asked them to go to hospital now.", Outcome::StrategyDiscussion, "A bruise on a baby who cannot move has to be looked at by police, health and us together, today.", "A doctor saw a bruise on your baby. The law says that we must find out how it came."),
    (Child, Telephone, Health, "Ward sister", "Ashmere General", "Mother on the ward wants to leave with the newborn. She has no home to go to and two older children were taken into care.", Outcome::StrategyDiscussion, "Immediate: nowhere safe tonight, and the history. Hospital keeps them until we have met.", "You and your baby have nowhere safe to stay tonight. We must plan with you at once."),
    (Child, Telephone, Police, "", "Ashmere police", "Officers in the house now. Both adults arrested. Two children under five alone, no relative reached.", Outcome::EmergencyProtection, "Nobody is left to look after two small children tonight. Police protection used.", "Nobody could look after your children tonight, so they were kept safe."),
    (Child, PublicPage, PublicMember, "", "", "Shouting through the wall most evenings and a child crying. Last night something was thrown. I do not want them to know that it was me.", Outcome::NoFurtherAction, "Health visitor and nursery know the family well and have no worry; parents were asked and spoke openly of a bad week.", "We were told that a child was heard crying. We asked those who know you and are not worried."),
    (Child, PublicPage, Relative, "", "", "My grandson is left with his sister who is nine. Their mum works nights. They are good children and I do not want trouble, but somebody should know.", Outcome::FamilyHelp, "Mother works nights and has nobody; she would take childcare if there was any. Grandmother helps three days.", "We were told that nights are hard to cover. We can help you to find somebody."),
    (Child, PublicPage, ThePerson, "", "", "im 15 and i dont feel safe at home when he comes round. mum doesnt believe me. please dont ring the house", Outcome::ChildrensReferral, "She asked us herself and says whom she fears. To be seen at school, not at home.", "You told us that you do not feel safe. We believe that you should be heard."),
    (Child, ProfessionalForm, School, "Mr D. Akande", "Heron Way Academy", "Attendance has gone from 96 to 41 since half term. Seen in a car with men none of us know. New telephone, new shoes.", Outcome::ChildrensReferral, "Signs of exploitation, one on the other. Discussed with the exploitation lead.", "School is worried about who your child spends time with. So are we, and we want to find out with you."),
    (Child, Email, School, "Mrs J. Patel", "Larch Grove Nursery", "Mother asked where to get help with nappies and a bigger bed. She knows that I ask you.", Outcome::Advice, "Told about the baby bank and the welfare fund; nursery goes with her.", "You asked where to find nappies and a bed, and we told you where."),
    (Child, Telephone, ParentOrCarer, "", "", "Is there anything for a boy with autism in the holidays? He climbs and I cannot take both.", Outcome::Advice, "Local offer explained, short breaks and how to ask for them.", "You asked about holidays, and we told you what there is and how to ask."),
    (Child, Email, Housing, "", "Ashmere Homes", "Eviction dated for the 14th. Four children. She has not opened our letters since spring.", Outcome::FamilyHelp, "Help to keep the home first. Housing holds the date for two weeks.", "You may lose your home. We would like to help you to keep it."),
    (Child, Telephone, Anonymous, "", "", "They deal from the house, and there is a toddler in it. I am not giving my name.", Outcome::ChildrensReferral, "Police know the address. A toddler where drugs are sold has to be seen.", "We were told that your home may not be safe for a small child. We must find out."),
    (Child, ProfessionalForm, Health, "", "School nursing", "Weight has fallen for the third time, two appointments missed, dental pain untreated.", Outcome::ChildrensReferral, "Health needs not met over months, offers not taken up.", "Your child's health appointments were missed. We want to know what would help."),
    (Child, Letter, OtherAuthority, "", "Fenwick County Council", "A family on a child in need plan has moved to you on the 3rd. Papers follow.", Outcome::ChildrensReferral, "On a plan elsewhere; ours from the day of the move.", "You have moved, and we take over the plan that you had."),
    (Child, Telephone, Relative, "", "", "Father says that he gets no answer about his contact. The children live with their mother in another county.", Outcome::OtherAuthority, "The children live in Fenwick, which knows them. Passed by telephone and seen to have arrived.", "Your children live in another county, which looks into this."),
    (Child, OwnService, EnquirerKind::OwnService, "", "Housing advice", "Mother in refuge, asks whether she may be told where the father is. Please do not write to the old address.", Outcome::Advice, "Told what we can and cannot say; refuge worker present.", "You asked what we may tell you, and we answered."),
    (Child, ProfessionalForm, School, "Mr R. Okafor", "Mill Lane Primary", "You are already working with them. Said on Friday that \"Lee is back and sleeps on the sofa\".", Outcome::NewInformation, "Goes to the allocated worker and duty today; it bears on the plan.", ""),
    (Child, PoliceNotice, Police, "", "Ashmere police", "Mother reported a broken door. Names her former partner. Children were at their grandmother's.", Outcome::NewInformation, "Open case. To the worker and duty.", ""),
    (Child, PublicPage, PublicMember, "", "", "A young boy looks after his mother in a wheelchair, shopping, cooking. He is kind and tired.", Outcome::Carer, "A young carer. His own needs are to be looked at, with his mother.", "We were told that your son does a great deal for you. We would like to ask what would help him."),
    (Adult, Telephone, Relative, "", "", "Dad has fallen twice this week and will not have anybody in. I live 200 miles away.", Outcome::AdultsReferral, "Needs look likely; he agreed to a visit when we rang him.", "You have fallen twice. We would like to see what would make home safer."),
    (Adult, ProfessionalForm, Health, "Discharge team", "Ashmere General", "Medically fit on Thursday after a hip. Lives alone, stairs, was independent before.", Outcome::HospitalDischarge, "Home first, with equipment and visits for six weeks.", "You can soon go home. We plan with you what you need there."),
    (Adult, ProfessionalForm, CareProvider, "Manager", "Willow Court", "A resident says that a night carer was rough and swore. The carer is suspended. She wants it to stop, not a fuss.", Outcome::AdultSafeguarding, "Harm by somebody in a position of trust. What she wants is written down first.", "You said that you were treated roughly. We want to know what you wish to happen."),
    (Adult, Telephone, Voluntary, "", "Ashmere Carers", "She has looked after her husband for six years and cries at every meeting. She has never been asked about herself.", Outcome::Carer, "A carer with a right to be asked.", "You look after your husband. We would like to ask what would help you."),
    (Adult, PublicPage, ThePerson, "", "", "How do I get a rail by the bath? I can pay for it.", Outcome::Advice, "Told where to buy and who fits; therapist's list if it gets harder.", "You asked about a rail, and we told you who fits them."),
    (Adult, Telephone, PublicMember, "", "", "The old man next door gives money to two lads who come every pension day. He is frightened of them.", Outcome::AdultSafeguarding, "Money taken under fear. Police asked to go with us.", "We are worried that somebody takes your money. You decide what you want us to do."),
    (Adult, InPerson, ThePerson, "", "", "Came to the desk: benefits stopped, no food since Sunday, sleeps in the car.", Outcome::Advice, "Fed, housing opened at once, welfare fund paid today. No need of care or support found.", "You needed food and a roof today, and we found both with you."),
    (Adult, Email, Housing, "", "Ashmere Homes", "Rubbish to the ceiling. Fire service will not pass it. He says it is his business.", Outcome::AdultsReferral, "Risk of fire, and it is not known whether he understands it. To be met by somebody who has time.", "Your landlord is worried about fire. We would like to hear how you see it."),
];

/// Every telling, those about children first.
pub fn tellings() -> Vec<Telling> {
    let one = |row: &Row| {
        let (side, channel, from, name, organisation, words, outcome, reason, family) = *row;
        Telling { side, channel, from, name, organisation, words, outcome, reason, family }
    };
    ROWS.iter().map(one).collect()
}
