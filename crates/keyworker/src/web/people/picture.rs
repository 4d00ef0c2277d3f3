//! The picture of a family as SVG, from the geometry that `care::family` reckons. Attributes and classes only: the
//! content policy allows no style within a page. Its facts stand beside it as a list.

use std::fmt::Write as _;

use care::family::{LineKind, Picture, Place, Point, Shape};

/// The picture as SVG, named by the list of facts that says the same.
pub fn svg(picture: &Picture<String>) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg class=\"kw-genogram\" role=\"img\" aria-labelledby=\"family-picture-title\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" xmlns=\"http://www.w3.org/2000/svg\"><title id=\"family-picture-title\">Picture of the family. The list below says the same.</title>",
        picture.width, picture.height, picture.width, picture.height
    );
    for ring in &picture.rings {
        for b in &ring.boxes {
            let _ = write!(
                out,
                "<rect class=\"kw-genogram__home\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"16\"/>",
                b.left,
                b.top,
                b.right - b.left,
                b.bottom - b.top
            );
        }
    }
    for line in &picture.lines {
        let points: Vec<String> = line.points.iter().map(|p| format!("{},{}", p.x, p.y)).collect();
        let kind = if line.kind == LineKind::Other { " kw-genogram__line--other" } else { "" };
        let _ = write!(out, "<polyline class=\"kw-genogram__line{kind}\" points=\"{}\"/>", points.join(" "));
        if let (LineKind::FormerCouple, Some(mark)) = (line.kind, line.mark) {
            for aside in [0, 7] {
                let _ = write!(
                    out,
                    "<line class=\"kw-genogram__line\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
                    mark.x - 8 + aside,
                    mark.y + 9,
                    mark.x + aside,
                    mark.y - 9
                );
            }
        }
    }
    for symbol in &picture.symbols {
        let focus = if symbol.place == Place::Focus { " kw-genogram__person--focus" } else { "" };
        let _ = write!(out, "<g class=\"kw-genogram__person{focus}\">{}", shape(symbol.shape, symbol.centre, symbol.half));
        if symbol.died.is_some() {
            let (c, h) = (symbol.centre, symbol.half);
            let _ = write!(
                out,
                "<path d=\"M{} {}L{} {}M{} {}L{} {}\"/>",
                c.x - h,
                c.y - h,
                c.x + h,
                c.y + h,
                c.x - h,
                c.y + h,
                c.x + h,
                c.y - h
            );
        }
        for (row, text) in [&symbol.name, &symbol.age].into_iter().enumerate() {
            let y = symbol.centre.y + symbol.half + 18 + 16 * i32::try_from(row).unwrap_or(0);
            let _ = write!(out, "<text x=\"{}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", symbol.centre.x, escape(&shorten(text)));
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

fn shape(shape: Shape, c: Point, h: i32) -> String {
    match shape {
        Shape::Square => format!("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", c.x - h, c.y - h, 2 * h, 2 * h),
        Shape::Circle => format!("<circle cx=\"{}\" cy=\"{}\" r=\"{h}\"/>", c.x, c.y),
        Shape::Diamond => format!("<path d=\"M{} {}L{} {}L{} {}L{} {}Z\"/>", c.x, c.y - h, c.x + h, c.y, c.x, c.y + h, c.x - h, c.y),
        Shape::Triangle => format!("<path d=\"M{} {}L{} {}L{} {}Z\"/>", c.x, c.y - h, c.x + h, c.y + h, c.x - h, c.y + h),
    }
}

/// A label that does not run into its neighbours; the list has the whole name.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 20 { text.to_owned() } else { text.chars().take(19).chain(['…']).collect() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
