//! Where the bars of a chart lie. Lengths are in hundredths of the width, so that the chart fits any screen while its
//! words keep their size.

use minijinja::{Error, Value, context};

const TOP: usize = 20;
const ROW: usize = 44;

/// For `parts/bar-chart.html`: rows with `width`, `label_y` and `bar_y`, bands with `x`, and the height of the whole.
pub fn bar_geometry(rows: Value, bands: Value, title: &str) -> Result<Value, Error> {
    let rows: Vec<Value> = rows.try_iter()?.collect();
    let bands: Vec<Value> = bands.try_iter()?.collect();
    let top = bands.iter().map(|band| length(band, "at")).chain(rows.iter().map(|row| length(row, "value")));
    let longest = top.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let placed: Vec<Value> = rows.iter().enumerate().map(|(place, row)| bar(row, place, longest)).collect::<Result<_, _>>()?;
    let bands: Vec<Value> = bands.iter().map(|band| line(band, longest)).collect::<Result<_, _>>()?;
    Ok(context! {
        id => format!("chart-{:x}", title.bytes().fold(5381_u64, |hash, byte| hash.wrapping_mul(33) ^ u64::from(byte))),
        height => TOP + ROW * placed.len() + 4,
        rows => placed,
        bands,
    })
}

fn bar(row: &Value, place: usize, longest: f64) -> Result<Value, Error> {
    let y = TOP + ROW * place;
    let shown = row.get_attr("shown")?;
    let kind = row.get_attr("kind")?;
    Ok(context! {
        label => row.get_attr("label")?,
        status => row.get_attr("status")?,
        shown => if shown.is_true() { shown } else { row.get_attr("value")? },
        kind => if kind.is_true() { kind } else { Value::from("plain") },
        width => hundredths(length(row, "value"), longest),
        label_y => y + 15,
        bar_y => y + 21,
    })
}

fn line(band: &Value, longest: f64) -> Result<Value, Error> {
    let at = length(band, "at");
    let anchor = if at > longest * 0.9 { "end" } else { "middle" };
    Ok(context! { x => hundredths(at, longest), label => band.get_attr("label")?, anchor })
}

fn hundredths(value: f64, longest: f64) -> String {
    format!("{:.2}", value / longest * 100.0)
}

/// A length is never below nought: a bar cannot be drawn to the left.
fn length(item: &Value, name: &str) -> f64 {
    item.get_attr(name).ok().and_then(|value| f64::try_from(value).ok()).unwrap_or(0.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_width_and_bands_keep_their_scale() {
        let rows = Value::from(vec![context! { label => "A", value => 40 }, context! { label => "B", value => 10 }]);
        let bands = Value::from(vec![context! { at => 20, label => "20" }]);
        let chart = bar_geometry(rows, bands, "Title").unwrap();
        let width = |row: usize| chart.get_attr("rows").unwrap().get_item_by_index(row).unwrap().get_attr("width").unwrap().to_string();
        assert_eq!((width(0).as_str(), width(1).as_str()), ("100.00", "25.00"));
        assert_eq!(chart.get_attr("bands").unwrap().get_item_by_index(0).unwrap().get_attr("x").unwrap().to_string(), "50.00");
    }

    #[test]
    fn nothing_to_show_is_no_error() {
        let chart = bar_geometry(Value::from(Vec::<Value>::new()), Value::from(Vec::<Value>::new()), "").unwrap();
        assert_eq!(chart.get_attr("rows").unwrap().len(), Some(0));
    }
}
