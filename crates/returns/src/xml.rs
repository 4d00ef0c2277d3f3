//! Elements of an XML file, one child or worker at a time, each with its line and column.
//!
//! The file is walked once; only the element in hand is kept, so a file of any length needs little beyond its own
//! text. Nothing in a file is trusted: a document type is not read and no entity in it is expanded, nesting is
//! followed to a depth that no return reaches, text between elements is told and passed over, an element that is not
//! closed is closed where its parent ends, and a file that is cut short gives what came before the cut.

use std::borrow::Cow;
use std::collections::VecDeque;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event;

use crate::finding::{Kind, Log};
use crate::position::{Locator, Spot};

/// An element with what is in it.
#[derive(Debug, Default)]
pub(crate) struct Element<'a> {
    pub(crate) name: &'a str,
    pub(crate) spot: Spot,
    pub(crate) text: Cow<'a, str>,
    pub(crate) text_spot: Spot,
    pub(crate) children: Vec<Element<'a>>,
}

/// What a file is made of: a root, containers that are walked through, units that are handed over whole.
pub(crate) struct Shape {
    pub(crate) what: &'static str,
    pub(crate) root: &'static str,
    pub(crate) containers: &'static [&'static str],
    pub(crate) units: &'static [&'static str],
}

/// Deeper than any return; what lies deeper is passed over.
const DEEPEST: usize = 16;

pub(crate) struct Units<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    locator: Locator<'a>,
    shape: &'static Shape,
    outer: Vec<&'a str>,
    inner: Vec<Element<'a>>,
    passing_over: usize,
    ready: VecDeque<Element<'a>>,
    state: State,
    rooted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeRoot,
    Inside,
    Ended,
}

impl<'a> Units<'a> {
    pub(crate) fn new(text: &'a str, shape: &'static Shape) -> Units<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Units {
            reader,
            text,
            locator: Locator::new(text),
            shape,
            outer: Vec::new(),
            inner: Vec::new(),
            passing_over: 0,
            ready: VecDeque::new(),
            state: State::BeforeRoot,
            rooted: false,
        }
    }

    /// The next unit of the file.
    pub(crate) fn next(&mut self, log: &mut Log) -> Option<Element<'a>> {
        while self.ready.is_empty() && self.state != State::Ended {
            self.step(log);
        }
        self.ready.pop_front()
    }

    /// Whether the file began as its kind does.
    pub(crate) fn rooted(&self) -> bool {
        self.rooted
    }

    fn step(&mut self, log: &mut Log) {
        let before = self.position();
        match self.reader.read_event() {
            Ok(Event::Eof) => self.end_of_file(log),
            Ok(event) => self.take(event, before, log),
            Err(Error::IllFormed(error)) if self.position() > before => {
                let spot = self.locator.find(before);
                log.tally(Kind::IllFormed, "", spot, &format!("Not sound XML: {error}."));
            }
            Err(_) => {
                // Markup that is opened and never closed: the parser has looked as far as the end for it.
                self.locator.find(before);
                self.end_of_file(log);
            }
        }
    }

    fn take(&mut self, event: Event<'a>, before: usize, log: &mut Log) {
        let spot = self.locator.find(before);
        match event {
            Event::Start(start) => {
                let length = start.name().as_ref().len();
                let name = self.text.get(before + 1..before + 1 + length).unwrap_or("");
                self.open(local(name), spot, log);
            }
            Event::End(end) => self.close(local(end.name().as_ref()), spot, log),
            Event::Text(text) => self.words(text.into_inner(), spot, log),
            Event::CData(text) => self.words(text.into_inner(), spot, log),
            Event::GeneralRef(reference) => self.reference(&reference, spot, log),
            Event::DocType(_) => {
                log.tally(Kind::EntityNotExpanded, "", spot, "A document type is passed over, its entities too.");
            }
            _ => {}
        }
    }

    fn open(&mut self, name: &'a str, spot: Spot, log: &mut Log) {
        if self.passing_over > 0 {
            self.passing_over += 1;
        } else if !self.inner.is_empty() {
            self.open_inside(name, spot, log);
        } else if self.state == State::BeforeRoot {
            self.open_root(name, spot, log);
        } else if named(self.shape.units, name) {
            self.inner.push(Element { name, spot, text_spot: spot, ..Element::default() });
        } else if named(self.shape.containers, name) && self.outer.len() < DEEPEST {
            self.outer.push(name);
        } else {
            let message = format!("<{name}> is not known in a {} and is passed over.", self.shape.what);
            log.tally(Kind::UnknownElement, name, spot, &message).value(name);
            self.passing_over = 1;
        }
    }

    fn open_inside(&mut self, name: &'a str, spot: Spot, log: &mut Log) {
        if self.inner.len() >= DEEPEST {
            log.tally(Kind::TooDeep, "", spot, "Nested deeper than any return; passed over.").value(name);
            self.passing_over = 1;
        } else {
            self.inner.push(Element { name, spot, text_spot: spot, ..Element::default() });
        }
    }

    fn open_root(&mut self, name: &'a str, spot: Spot, log: &mut Log) {
        self.state = State::Inside;
        if same_name(self.shape.root, name) {
            self.rooted = true;
            self.outer.push(name);
            return;
        }
        let message = format!("This is not a {}: it begins with <{name}>, not <{}>.", self.shape.what, self.shape.root);
        log.refuse(Kind::NotUnderstood, spot, message).value(name);
        self.state = State::Ended;
    }

    fn close(&mut self, name: &str, spot: Spot, log: &mut Log) {
        if self.passing_over > 0 {
            self.passing_over -= 1;
        } else if let Some(depth) = self.inner.iter().rposition(|element| same_name(element.name, name)) {
            self.close_above(depth + 1, log);
            if let Some(element) = self.inner.pop() {
                self.finish(element, log);
            }
        } else if let Some(depth) = self.outer.iter().rposition(|outer| same_name(outer, name)) {
            self.close_above(0, log);
            self.outer.truncate(depth);
        } else {
            let message = format!("</{name}> ends what was not begun and is passed over.");
            log.tally(Kind::IllFormed, name, spot, &message);
        }
    }

    /// Closes what was left open above the first `kept` elements.
    fn close_above(&mut self, kept: usize, log: &mut Log) {
        while self.inner.len() > kept {
            let Some(element) = self.inner.pop() else { return };
            let message = format!("<{}> is not closed; it is read as far as its parent goes.", element.name);
            log.tally(Kind::IllFormed, element.name, element.spot, &message);
            self.finish(element, log);
        }
    }

    fn finish(&mut self, element: Element<'a>, log: &mut Log) {
        if !element.children.is_empty() && !element.text.trim().is_empty() {
            log.tally(Kind::StrayText, "", element.text_spot, "Text between elements is passed over.").value(element.text.trim());
        }
        match self.inner.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.ready.push_back(element),
        }
    }

    fn words(&mut self, text: Cow<'a, str>, spot: Spot, log: &mut Log) {
        if self.passing_over > 0 || text.is_empty() {
            return;
        }
        match self.inner.last_mut() {
            Some(element) if element.text.trim().is_empty() => {
                let lead = text.len() - text.trim_start().len();
                element.text_spot = after(spot, &text[..lead]);
                element.text = text;
            }
            Some(element) => element.text.to_mut().push_str(&text),
            None if text.trim().is_empty() => {}
            None if self.state == State::BeforeRoot => {
                let message = format!("This is not XML, so not a {}.", self.shape.what);
                log.refuse(Kind::NotUnderstood, spot, message).value(text.trim());
                self.state = State::Ended;
            }
            None => {
                let spot = after(spot, &text[..text.len() - text.trim_start().len()]);
                log.tally(Kind::StrayText, "", spot, "Text between elements is passed over.").value(text.trim());
            }
        }
    }

    fn reference(&mut self, reference: &str, spot: Spot, log: &mut Log) {
        match resolve(reference) {
            Some(letter) => self.words(Cow::Owned(letter.to_string()), spot, log),
            None => {
                let message = "An entity that the file may define for itself is not expanded.";
                log.tally(Kind::EntityNotExpanded, "", spot, message).value(reference);
            }
        }
    }

    fn end_of_file(&mut self, log: &mut Log) {
        let state = std::mem::replace(&mut self.state, State::Ended);
        let spot = self.locator.find(self.text.len());
        if state == State::BeforeRoot {
            let message = format!("There is no element in this file, so it is not a {}.", self.shape.what);
            log.refuse(Kind::NotUnderstood, spot, message);
            return;
        }
        if self.inner.is_empty() && self.outer.is_empty() && self.passing_over == 0 {
            return;
        }
        let open = self.inner.last().map_or("", |element| element.name);
        let message = "The file is cut short here. What came before is read; the last record may lack something.";
        log.flag(Kind::CutShort, spot, message).value(open);
        // A value whose end is not there may be half of it.
        if let Some(leaf) = self.inner.last_mut().filter(|element| element.children.is_empty()) {
            leaf.text = Cow::Borrowed("");
        }
        while let Some(element) = self.inner.pop() {
            self.finish(element, log);
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// The name without a namespace's prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn named(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| same_name(known, name))
}

/// The five entities of XML itself and letters by number.
fn resolve(reference: &str) -> Option<char> {
    let number = match reference {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => reference.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|letter| !letter.is_control() || letter.is_whitespace())
}

/// The place after some blanks.
fn after(spot: Spot, blanks: &str) -> Spot {
    let found = Locator::new(blanks).find(blanks.len());
    let column = if found.line == 1 { spot.column + found.column - 1 } else { found.column };
    Spot { line: spot.line + found.line - 1, column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::FileName;

    static SHAPE: Shape = Shape { what: "test", root: "Root", containers: &["Many"], units: &["One"] };

    fn read(text: &str) -> (Vec<String>, Vec<(Kind, u32, u32)>) {
        let mut log = Log::new(&FileName::new("x.xml"));
        let mut units = Units::new(text, &SHAPE);
        let mut found = Vec::new();
        while let Some(unit) = units.next(&mut log) {
            found.push(written(&unit));
        }
        let findings = log.into_findings().into_iter().map(|finding| {
            let Spot { line, column } = finding.at.spot;
            (finding.kind, line, column)
        });
        (found, findings.collect())
    }

    fn written(element: &Element<'_>) -> String {
        if element.children.is_empty() {
            return format!("{}={}", element.name, element.text.trim());
        }
        let children: Vec<String> = element.children.iter().map(written).collect();
        format!("{}({})", element.name, children.join(" "))
    }

    #[test]
    fn units_are_read_whole() {
        let text = "<?xml version='1.0'?>\n<Root><Many>\n<One><a>1 &amp; &#x32;</a><b/></One><!-- x -->\n\
                    <x:One><c><![CDATA[<d>]]></c></x:One></Many></Root>";
        assert_eq!(read(text), (vec!["One(a=1 & 2 b=)".to_owned(), "One(c=<d>)".to_owned()], vec![]));
    }

    #[test]
    fn what_is_not_sound_is_told_and_passed_over() {
        let cases: [(&str, &[&str], &[(Kind, u32, u32)]); 11] = [
            ("<Root><One>\n<a>1</a>stray\n<b>2</b></One></Root>", &["One(a=1 b=2)"], &[(Kind::StrayText, 2, 9)]),
            ("<Root><One><a>1</One></Root>", &["One(a=1)"], &[(Kind::IllFormed, 1, 12)]),
            ("<Root><Many><One><a>1</a></Many></Root>", &["One(a=1)"], &[(Kind::IllFormed, 1, 13)]),
            ("<Root><One><a>1</a></b></One></Root>", &["One(a=1)"], &[(Kind::IllFormed, 1, 20)]),
            ("<Root><Two><One/></Two><One/></Root>", &["One="], &[(Kind::UnknownElement, 1, 7)]),
            ("<Root><One><a>1</a><b>20", &["One(a=1 b=)"], &[(Kind::CutShort, 1, 25)]),
            ("<Root><One><a>1</a><b", &["One(a=1)"], &[(Kind::CutShort, 1, 22)]),
            ("<Other><One/></Other>", &[], &[(Kind::NotUnderstood, 1, 1)]),
            ("CHILD,DOB\n1,2\n", &[], &[(Kind::NotUnderstood, 1, 1)]),
            ("", &[], &[(Kind::NotUnderstood, 1, 1)]),
            ("<Root>\n hello <One/></Root>", &["One="], &[(Kind::StrayText, 2, 2)]),
        ];
        for (text, units, findings) in cases {
            let (read_units, read_findings) = read(text);
            assert_eq!(read_units, units, "{text}");
            assert_eq!(read_findings, findings, "{text}");
        }
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let text = "<!DOCTYPE Root [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Root><One><c>&b;x</c></One></Root>";
        let (units, findings) = read(text);
        assert_eq!(units, ["One(c=x)"]);
        assert!(findings.iter().all(|(kind, ..)| *kind == Kind::EntityNotExpanded), "{findings:?}");
    }

    #[test]
    fn deep_nesting_is_walked_in_a_line() {
        let text = format!("<Root><One>{}{}</One></Root>", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let (units, findings) = read(&text);
        assert_eq!(units.len(), 1);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].0, Kind::TooDeep);
    }
}
