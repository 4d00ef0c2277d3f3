//! Pages without an account: telling the authority something, and saying whether its answer helped. Nothing on them
//! depends on what is stored about anybody. Every page has "Exit this page"; no address of theirs says what was told.

pub mod enquiry;
pub mod helped;

use care::front_door::DangerQuestion;
use store::front_door::Limit;

use super::{Context, Problem};

/// Many people may share one address: a school, a hospital, a library.
const LIMIT: Limit = Limit { an_hour: 20, a_day: 60 };

/// Under what a caller's uses are counted.
fn caller_key(cx: &Context) -> Result<String, Problem> {
    cx.app.keys.caller(&cx.caller.address_key()).map_err(|e| Problem::Broken(format!("{e:#}")))
}

/// The questions about danger as a stranger is asked them.
const fn danger_words(question: DangerQuestion) -> &'static str {
    match question {
        DangerQuestion::HurtNow => "Somebody is hurt, or about to be hurt",
        DangerQuestion::PersonWhoHarms => "Somebody who may hurt them is with them, or on the way",
        DangerQuestion::AloneOrOut => "A child is alone, locked out or missing, or an adult cannot keep safe",
        DangerQuestion::UrgentCare => "Somebody needs a doctor or an ambulance",
        DangerQuestion::SafeTonight => "There is nowhere safe for them tonight",
    }
}
