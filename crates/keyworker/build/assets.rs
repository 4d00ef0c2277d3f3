//! Styles, scripts and pictures that the program serves below `/assets/`.
//!
//! The GDS Transport typeface, the crown and the crest are licensed to services on gov.uk only: their rules and files are
//! left out, and Arial stands in for the typeface.

use crate::{Outcome, Packages, files_below, relative, write_if_changed};
use regex::Regex;
use std::fs;
use std::path::Path;

/// Writes every asset and returns the table `ASSETS` (name, bytes) and `ASSETS_VERSION`, which changes with any of them.
pub fn table(folder: &Path, packages: &Packages, own: &Path) -> Outcome<String> {
    let mut all = from_packages(packages)?;
    for file in files_below(own)? {
        all.push((relative(own, &file)?, fs::read(&file)?));
    }
    let mut rows = String::new();
    let mut version: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, bytes) in &all {
        version = name.bytes().chain(bytes.iter().copied()).fold(version, fnv);
        let file = folder.join(name);
        write_if_changed(&file, bytes)?;
        rows += &format!("    ({name:?}, include_bytes!({:?})),\n", file.display().to_string());
    }
    Ok(format!(
        "pub static ASSETS: &[(&str, &[u8])] = &[\n{rows}];\npub static ASSETS_VERSION: &str = \"{version:016x}\";\n\
         pub static ASSETS_ETAG: &str = \"\\\"{version:016x}\\\"\";\n"
    ))
}

fn from_packages(packages: &Packages) -> Outcome<Vec<(String, Vec<u8>)>> {
    let govuk = packages.govuk.join("dist/govuk");
    let moj = packages.moj.join("moj");
    let mut all = vec![
        ("govuk.css".to_owned(), style(&govuk.join("govuk-frontend.min.css"))?.into_bytes()),
        ("moj.css".to_owned(), without_root_variables(&style(&moj.join("moj-frontend.min.css"))?)?.into_bytes()),
        ("govuk.js".to_owned(), without_source_map(&fs::read_to_string(govuk.join("govuk-frontend.min.js"))?)?.into_bytes()),
        ("moj.js".to_owned(), without_source_map(&fs::read_to_string(moj.join("moj-frontend.min.js"))?)?.into_bytes()),
    ];
    let pictures = moj.join("assets/images");
    for file in files_below(&pictures)? {
        let name = relative(&pictures, &file)?;
        if name.starts_with("icon-") && name.ends_with(".svg") {
            all.push((format!("images/{name}"), fs::read(&file)?));
        }
    }
    Ok(all)
}

fn style(file: &Path) -> Outcome<String> {
    let css = without_source_map(&fs::read_to_string(file)?)?;
    let css = Regex::new(r"(?s)/\*.*?\*/")?.replace_all(&css, "").into_owned();
    let css = Regex::new(r"@font-face\{font-family:GDS Transport;[^}]*\}")?.replace_all(&css, "").into_owned();
    let css = Regex::new(r"(?i)GDS Transport,arial")?.replace_all(&css, "Arial").into_owned();
    let css = css.replace("url(/assets/images/govuk-crest.svg)", "none");
    // Addresses beside the style sheet, which is served below a folder named after the version.
    let css = css.replace("url(/assets/", "url(");
    if css.contains("GDS") || css.contains("crest.") {
        return Err(format!("{} still names what only gov.uk may use", file.display()).into());
    }
    Ok(css)
}

/// The Ministry's style sheet repeats an older version's colours: those of `govuk.css` hold.
fn without_root_variables(css: &str) -> Outcome<String> {
    Ok(Regex::new(r":root\{--govuk-[^}]*\}")?.replace_all(css, "").into_owned())
}

fn without_source_map(text: &str) -> Outcome<String> {
    Ok(Regex::new(r"(//# sourceMappingURL=\S+|/\*# sourceMappingURL=[^*]+\*/)\s*$")?.replace(text, "").into_owned())
}

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}
