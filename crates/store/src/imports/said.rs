//! Who a return says that somebody is, gathered from all that it says of them, and from what it said before.

use jiff::civil::Date;
use returns::{
    codes::{CodeSet, Disability, Ethnicity, Sex, YesNo},
    facts::{Fact, PersonFact},
};
use serde_json::Value;

use super::our_words as ours;

/// What is said of somebody, in the record's own words. Nothing: it is not said, or says that it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) sex: Option<&'static str>,
    pub(super) born_on: Option<Date>,
    pub(super) expected_on: Option<Date>,
    pub(super) died_on: Option<Date>,
    pub(super) ethnicity: Option<&'static str>,
    /// Whether there is any, and which.
    pub(super) disability: Option<(&'static str, String)>,
    pub(super) upn: Option<String>,
    pub(super) former_upns: Vec<String>,
    /// Team and worker by name.
    pub(super) team: Option<String>,
    /// What the return itself says in two ways; the first stands.
    pub(super) twice: Vec<&'static str>,
}

impl Said {
    pub(super) fn add_all<'a>(&mut self, facts: impl IntoIterator<Item = &'a Fact>) {
        for fact in facts {
            if let Fact::Person(fact) = fact {
                self.add(fact);
            }
        }
    }

    fn add(&mut self, fact: &PersonFact) {
        let twice = &mut self.twice;
        match fact {
            PersonFact::Sex(said) => keep(&mut self.sex, known(ours::sex(said.meaning)), "sex", twice),
            PersonFact::BornOn(day) => keep(&mut self.born_on, Some(*day), "date of birth", twice),
            PersonFact::ExpectedOn(day) => keep(&mut self.expected_on, Some(*day), "expected date of birth", twice),
            PersonFact::DiedOn(day) => keep(&mut self.died_on, Some(*day), "date of death", twice),
            PersonFact::Ethnicity(said) => keep(&mut self.ethnicity, known(ours::ethnicity(said.meaning)), "ethnicity", twice),
            PersonFact::Disabilities(all) => {
                let meanings: Vec<_> = all.iter().map(|one| one.meaning).collect();
                keep(&mut self.disability, Some(ours::disabilities(&meanings)).filter(|said| said.0 != ours::UNKNOWN), "disability", twice);
            }
            PersonFact::Disabled(said) => {
                if self.disability.is_none() {
                    self.disability = known(ours::yes_no(said.meaning)).map(|said| (said, String::new()));
                }
            }
            PersonFact::Upn(number) => keep(&mut self.upn, Some(number.clone()), "unique pupil number", twice),
            PersonFact::FormerUpn(number) => self.former_upns.push(number.clone()),
            PersonFact::HeldBy { team, .. } => self.team = self.team.take().or_else(|| team.clone()),
            PersonFact::UpnUnknown(_)
            | PersonFact::Mother(_)
            | PersonFact::MothersChildBornOn(_)
            | PersonFact::SeeksAsylum(_)
            | PersonFact::Family(_) => {}
        }
    }

    /// What a record said when it was taken in before, from its facts as they were kept.
    pub(super) fn add_kept(&mut self, facts: &str) {
        let kept: Vec<Value> = serde_json::from_str(facts).unwrap_or_default();
        for fact in kept.iter().filter_map(|fact| fact.get("person")).filter_map(Value::as_object) {
            for (name, value) in fact {
                self.add_one_kept(name, value);
            }
        }
    }

    fn add_one_kept(&mut self, name: &str, value: &Value) {
        let text = value.as_str().unwrap_or_default();
        let day = || text.parse::<Date>().ok();
        match name {
            "sex" => self.sex = self.sex.or(known(ours::sex(Sex::from_code(text)))),
            "born_on" => self.born_on = self.born_on.or_else(day),
            "expected_on" => self.expected_on = self.expected_on.or_else(day),
            "died_on" => self.died_on = self.died_on.or_else(day),
            "ethnicity" => self.ethnicity = self.ethnicity.or(known(ours::ethnicity(Ethnicity::from_code(text)))),
            "disabilities" => {
                let codes = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let meanings: Vec<_> = codes.iter().map(|code| code.as_str().and_then(Disability::from_code)).collect();
                self.disability = self.disability.take().or(Some(ours::disabilities(&meanings)));
            }
            "disabled" => {
                let said = ours::yes_no(YesNo::from_code(text));
                self.disability = self.disability.take().or(Some((said, String::new())));
            }
            "upn" => self.upn = self.upn.take().or_else(|| Some(text.to_owned())),
            _ => {}
        }
    }
}

fn known(word: &'static str) -> Option<&'static str> {
    (word != ours::UNKNOWN).then_some(word)
}

fn keep<T: PartialEq>(held: &mut Option<T>, said: Option<T>, what: &'static str, twice: &mut Vec<&'static str>) {
    match (&*held, said) {
        (None, said) => *held = said,
        (Some(first), Some(second)) if *first != second && !twice.contains(&what) => twice.push(what),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use returns::codes::Coded;

    #[test]
    fn what_was_kept_reads_as_it_was_said() {
        let facts = [
            Fact::Person(PersonFact::Sex(Coded::new(Sex::Female))),
            Fact::Person(PersonFact::BornOn(date(2016, 3, 2))),
            Fact::Person(PersonFact::Ethnicity(Coded::new(Ethnicity::Roma))),
            Fact::Person(PersonFact::Disabilities(vec![Coded::new(Disability::Learning)])),
            Fact::Person(PersonFact::Upn("X".into())),
        ];
        let (mut said, mut kept) = (Said::default(), Said::default());
        said.add_all(&facts);
        kept.add_kept(&serde_json::to_string(&facts).unwrap());
        assert_eq!(said, kept);
        assert_eq!((said.sex, said.born_on, said.ethnicity), (Some("female"), Some(date(2016, 3, 2)), Some("WROM")));
        said.add_all(&[Fact::Person(PersonFact::BornOn(date(2016, 3, 3)))]);
        assert_eq!((said.born_on, said.twice.as_slice()), (Some(date(2016, 3, 2)), ["date of birth"].as_slice()));
    }
}
