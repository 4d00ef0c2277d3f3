//! Closed lists that people choose from: each choice has a code, which is stored and sent, and a label, which is
//! shown. A code never changes once a release has stored it; a label may be reworded.

/// Declares a closed list as an enum with `ALL`, `code`, `label` and `from_code`; it shows itself by its label and
/// is serialised by its code.
#[macro_export]
macro_rules! coded {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal, $label:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every choice, in the order in which it is offered.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )+ ];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $( $name::$variant => $code, )+ }
            }

            /// The words that people see.
            pub const fn label(self) -> &'static str {
                match self { $( $name::$variant => $label, )+ }
            }

            /// The choice that a stored code stands for.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }
    };
}

/// Says, for one closed list, whether every code is found again and stands once; for the tests of each module.
#[cfg(test)]
#[macro_export]
macro_rules! assert_coded {
    ($($list:ty),+ $(,)?) => { $(
        let mut seen = std::collections::BTreeSet::new();
        for choice in <$list>::ALL {
            assert!(seen.insert(choice.code()), "{} stands twice", choice.code());
            assert_eq!(<$list>::from_code(choice.code()), Some(*choice));
            assert!(!choice.label().is_empty());
        }
        assert_eq!(<$list>::from_code("no such code"), None);
    )+ };
}
