//! The templates of all pages, compiled once when the program starts.

use super::{assets, components, embedded, escape, filters, parts};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

/// Why a page could not be made. Its plain form names the template and the line, never what was to be shown.
pub type Error = minijinja::Error;

/// Every page's template, with the components as functions.
#[derive(Debug)]
pub struct Templates {
    pages: Environment<'static>,
}

impl Templates {
    /// Compiles all templates.
    ///
    /// # Errors
    /// When one of them is not written correctly: the error names it and the line.
    pub fn new() -> Result<Templates, Error> {
        let mut pages = Environment::new();
        pages.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        escape::install(&mut pages);
        filters::install(&mut pages);
        components::install(&mut pages)?;
        parts::install(&mut pages);
        pages.add_function("asset", assets::asset_address);
        for (name, source) in embedded::PAGES {
            pages.add_template(name, source)?;
        }
        Ok(Templates { pages })
    }

    /// Renders the template at this path below `src/web/`, such as `people/record.html`.
    ///
    /// # Errors
    /// When there is no such template, or it prints something that the context lacks.
    pub fn render(&self, template: &str, context: Value) -> Result<String, Error> {
        self.pages.get_template(template)?.render(context)
    }

    /// The names of all templates, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        embedded::PAGES.iter().map(|(name, _)| *name)
    }
}

/// Anything that serde can write, as a value for a template.
pub fn value<T: serde::Serialize>(anything: &T) -> Value {
    Value::from(Serde(anything))
}

/// All templates are HTML, whatever their name ends with.
pub(super) fn always_html(_: &str) -> AutoEscape {
    AutoEscape::Html
}
