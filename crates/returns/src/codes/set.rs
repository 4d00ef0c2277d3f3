//! How a code set is written down: one line a code, `Variant = "code" | "other spelling", "plain words";`, with the
//! years in which the code may be used after the words where they are limited.

/// Makes an enum of codes from a table.
macro_rules! code_set {
    (
        $(#[$doc:meta])*
        $set:ident: $name:literal, $source:literal;
        $($variant:ident = $code:literal $(| $other:literal)*, $label:literal
            $(from $from:literal)? $(until $until:literal)?;)+
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set { $($variant),+ }

        impl $crate::codes::CodeSet for $set {
            const NAME: &'static str = $name;
            const SOURCE: &'static str = $source;
            const ALL: &'static [$set] = &[$($set::$variant),+];

            fn code(self) -> &'static str {
                match self { $($set::$variant => $code),+ }
            }

            fn label(self) -> &'static str {
                match self { $($set::$variant => $label),+ }
            }

            fn years(self) -> $crate::year::Years {
                match self {
                    $($set::$variant => {
                        #[allow(unused_mut, reason = "most codes have no limits")]
                        let mut years = $crate::year::Years::ALL;
                        $(years.from = Some($from);)?
                        $(years.until = Some($until);)?
                        years
                    })+
                }
            }

            fn exact(spelling: &str) -> Option<$set> {
                match spelling {
                    $($code $(| $other)* => Some($set::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use code_set;
