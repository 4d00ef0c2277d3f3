//! Days and instants as both databases keep them.

use std::ops::Deref;

use jiff::{Timestamp, civil::Date};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};

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
        impl<'q, DB: Database> Encode<'q, DB> for $name where $wire: Encode<'q, DB> {
            fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                <$wire>::from(self.0).encode_by_ref(buf)
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
