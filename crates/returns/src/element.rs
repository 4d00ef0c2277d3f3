//! From an XML element to a record by its layout.

use crate::cell::Cell;
use crate::finding::{Kind, Log};
use crate::layout::Layout;
use crate::xml::{Element, same_name};

/// Fills a record with the element's own values. What is neither a field nor one of `groups` is told and passed over.
pub(crate) fn fill<R>(layout: &Layout<R>, record: &mut R, element: &Element<'_>, groups: &[&str], log: &mut Log) {
    for child in &element.children {
        if groups.iter().any(|group| same_name(group, child.name)) {
            continue;
        }
        match layout.find(child.name) {
            Some(field) => {
                if let Some(inside) = child.children.first() {
                    unknown(inside, log);
                }
                let mut cell = Cell::new(&child.text, child.text_spot, field.name, log);
                (field.read)(record, &mut cell);
            }
            None => unknown(child, log),
        }
    }
}

/// Fills a record with the values of the element that are called one of `names`, and says whether there was any.
pub(crate) fn pick<R>(layout: &Layout<R>, names: &[&str], record: &mut R, element: &Element<'_>, log: &mut Log) -> Picked {
    let mut picked = Picked::Nothing;
    let ours = |child: &&Element<'_>| names.iter().any(|name| same_name(name, child.name));
    for child in element.children.iter().filter(ours).filter(|child| !child.text.trim().is_empty()) {
        if let Some(field) = layout.find(child.name) {
            let mut cell = Cell::new(&child.text, child.text_spot, field.name, log);
            (field.read)(record, &mut cell);
            picked = Picked::Something;
        }
    }
    picked
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picked {
    Something,
    Nothing,
}

/// The elements of this name directly inside.
pub(crate) fn groups<'e, 'a>(element: &'e Element<'a>, name: &'static str) -> impl Iterator<Item = &'e Element<'a>> {
    element.children.iter().filter(move |child| same_name(child.name, name))
}

pub(crate) fn unknown(element: &Element<'_>, log: &mut Log) {
    let message = format!("<{}> is not known here and is passed over.", element.name);
    log.tally(Kind::UnknownElement, element.name, element.spot, &message).value(element.text.trim());
}
