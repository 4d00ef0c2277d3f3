//! Finding a person from what is remembered of them: misspelt or changed names, short forms, names the other way
//! round, a date of birth with day and month exchanged, a postcode with a wrong digit; and saying in words why.
//!
//! A person is filed under search keys ([`keys_for_record`]); an enquiry looks keys up ([`keys_for_query`]) and each
//! candidate is judged ([`score`]). `store` keeps the keys; nothing here reads a database. The same judgement serves
//! "is this person already known?" when somebody is added, and the linking of files.
//! Leaves out: deciding that two records are one person; that is for people.

mod born;
mod fold;
mod hash;
mod key;
mod known;
mod lexicon;
mod likeness;
pub mod nickname;
mod place;
mod reason;
mod score;
mod sought;
mod sound;
pub mod spelling;
mod typed_born;
mod typed_search;
mod wanted;

pub use born::{Born, BornLikeness};
pub use fold::{sort_name, words};
pub use key::{GENERATION, Key, Run, keys_for_record};
pub use known::{Known, KnownName, Standing, number};
pub use lexicon::{Lexicon, Part, Spelling};
pub use likeness::Likeness;
pub use place::{Place, PlaceLikeness};
pub use reason::{Reason, in_words};
pub use score::{Score, score};
pub use sought::Sought;
pub use sound::Sound;
pub use typed_search::read_search;
pub use wanted::{Found, Wanted, keys_for_beginnings, keys_for_query, ranked};

/// Below this probability a likeness is chance, and nobody is asked to look at it.
pub const LIKELY: f64 = 0.2;

/// A number for an id or any text that is the same everywhere and for ever: two ids practically never share one.
pub fn stable_number(text: &str) -> i64 {
    hash::Hasher::new().text(text).finish().cast_signed()
}
