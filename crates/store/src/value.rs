//! Days and instants as both databases keep them.

use std::ops::Deref;

use jiff::{Timestamp, civil::Date};
use sqlx::{Database, Decode, Encode, Postgres, Sqlite, Type, encode::IsNull, error::BoxDynError};

macro_rules! column {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $wire:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl Deref for $name { type Target = $inner; fn deref(&self) -> &$inner { &self.0 } }
        impl From<$inner> for $name { fn from(v: $inner) -> Self { Self(v) } }
        impl From<$name> for $inner { fn from(v: $name) -> Self { v.0 } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl<DB: Database> Type<DB> for $name where $wire: Type<DB> {
            fn type_info() -> DB::TypeInfo { <$wire as Type<DB>>::type_info() }
            fn compatible(ty: &DB::TypeInfo) -> bool { <$wire as Type<DB>>::compatible(ty) }
        }
        impl<'r, DB: Database> Decode<'r, DB> for $name where $wire: Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(Self(<$wire as Decode<'r, DB>>::decode(value)?.to_jiff()))
            }
        }
    };
}

column!(
    /// A day, without a time.
    Day, Date, jiff_sqlx::Date);
column!(
    /// An instant in UTC, cut to milliseconds when made, because the databases differ beyond that.
    At, Timestamp, jiff_sqlx::Timestamp);

impl<'q, DB: Database> Encode<'q, DB> for Day
where
    jiff_sqlx::Date: Encode<'q, DB>,
{
    fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <jiff_sqlx::Date>::from(self.0).encode_by_ref(buf)
    }
}

impl<'q> Encode<'q, Postgres> for At {
    fn encode_by_ref(&self, buf: &mut <Postgres as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <jiff_sqlx::Timestamp as Encode<'q, Postgres>>::encode_by_ref(&self.0.into(), buf)
    }
}

/// SQLite keeps instants as text and compares them as text: three decimals always, lest `09:00:00Z` sort after `09:00:00.5Z`.
impl<'q> Encode<'q, Sqlite> for At {
    fn encode_by_ref(&self, buf: &mut <Sqlite as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <String as Encode<'q, Sqlite>>::encode(format!("{:.3}", self.0), buf)
    }
}

impl Day {
    pub fn option(day: Option<Date>) -> Option<Self> {
        day.map(Self)
    }
}

impl At {
    /// The instant, cut to whole milliseconds.
    pub fn cut(at: Timestamp) -> Self {
        Self(Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_of_one_second_sort_as_text() {
        let text = |at: &str| format!("{:.3}", at.parse::<Timestamp>().unwrap());
        assert_eq!(text("2026-05-14T09:00:00Z"), "2026-05-14T09:00:00.000Z");
        assert!(text("2026-05-14T09:00:00Z") < text("2026-05-14T09:00:00.5Z"));
        assert!(text("2026-05-14T09:00:00.12Z") < text("2026-05-14T09:00:00.123Z"));
    }
}
