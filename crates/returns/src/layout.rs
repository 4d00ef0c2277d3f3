//! How a table or module of a return is laid out: one line a column or element, its official name and where it goes.
//! The same layout serves a CSV file, an XML element and a sheet of a workbook.

use crate::cell::Cell;

/// One column or element of a record `R`.
pub(crate) struct Field<R: 'static> {
    /// The official name.
    pub(crate) name: &'static str,
    /// Other names under which it is found.
    also: &'static [&'static str],
    pub(crate) read: fn(&mut R, &mut Cell<'_>),
}

/// The fields of one table, module or list.
pub(crate) struct Layout<R: 'static> {
    pub(crate) table: &'static str,
    pub(crate) fields: &'static [Field<R>],
}

pub(crate) const fn field<R>(name: &'static str, read: fn(&mut R, &mut Cell<'_>)) -> Field<R> {
    Field { name, also: &[], read }
}

impl<R> Field<R> {
    pub(crate) const fn or(self, also: &'static [&'static str]) -> Field<R> {
        Field { also, ..self }
    }

    fn is(&self, name: &str) -> bool {
        same(self.name, name) || self.also.iter().any(|other| same(other, name))
    }
}

impl<R> Layout<R> {
    /// The field with this name, in capitals or not, with spaces, lines or dots as they come.
    pub(crate) fn find(&self, name: &str) -> Option<&'static Field<R>> {
        self.fields.iter().find(|field| field.name == name).or_else(|| self.fields.iter().find(|field| field.is(name)))
    }

    /// How many of the names are columns of this table.
    pub(crate) fn matches(&self, names: &[&str]) -> usize {
        self.fields.iter().filter(|field| names.iter().any(|name| field.is(name))).count()
    }
}

/// Whether two names have the same letters and figures.
pub(crate) fn same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_whatever_stands_between_their_letters() {
        let cases = [
            ("DATE_PLACED", "date placed", true),
            ("DATE_PLACED", "DATE_PLACED_CEASED", false),
            ("Date of Birth", "Date  of birth", true),
            ("LS", "ls ", true),
            ("", "_", true),
        ];
        for (one, other, expected) in cases {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }
}
