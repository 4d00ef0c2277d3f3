//! Teams: the list of them, and a manager's Monday in one page.

pub mod list;
pub mod show;

use care::{
    allocation::{Band, BandPolicy, spread::Spread},
    figure,
};
use serde::Serialize;
use store::allocation::Load;

use super::allocation::allocate::band_kind;

/// A bar of the chart.
#[derive(Debug, Serialize)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub shown: String,
    pub status: &'static str,
    pub kind: &'static str,
}

/// One bar for each worker, the heaviest first. Somebody with children and no capacity has the longest bar, never none.
pub fn bars(loads: &[Load<'_>], band: &BandPolicy) -> Vec<Bar> {
    let mut sorted: Vec<&Load<'_>> = loads.iter().collect();
    sorted.sort_by(|a, b| b.caseload.compare(a.caseload).then_with(|| a.worker.in_order().cmp(&b.worker.in_order())));
    let rate = |load: &Load<'_>| load.caseload.per_full_time_post().map(|tenths| tenths.0 as f64 / 10.0);
    let longest = sorted.iter().filter_map(|load| rate(load)).fold(band.red_above as f64, f64::max);
    sorted
        .into_iter()
        .map(|load| Bar {
            label: load.worker.name.clone(),
            value: if load.band == Band::NoCapacity { longest } else { rate(load).unwrap_or(0.0) },
            shown: load.caseload.per_full_time_post().map_or_else(|| load.words(), |tenths| tenths.to_string()),
            status: load.band.label(),
            kind: band_kind(load.band),
        })
        .collect()
}

/// The lines of the guideline across the chart.
pub fn lines(band: &BandPolicy) -> minijinja::Value {
    if band.is_none() {
        return minijinja::Value::from(Vec::<minijinja::Value>::new());
    }
    let line = |at: i64| minijinja::context! { at, label => at.to_string() };
    minijinja::Value::from(vec![line(band.lower), line(band.upper), line(band.red_above)])
}

/// "2 of 6 workers are above the guideline, 1 of them in the red" and the like: what one sees in the chart.
pub fn described(loads: &[Load<'_>], band: &BandPolicy) -> String {
    if loads.iter().all(|load| load.band == Band::Unguided) {
        return "No guideline is set for these workers".into();
    }
    let count = |bands: &[Band]| loads.iter().filter(|load| bands.contains(&load.band)).count();
    let (over, red, none) = (count(&[Band::Above, Band::Red]), count(&[Band::Red]), count(&[Band::NoCapacity]));
    let none =
        if none == 0 { String::new() } else { format!(" {none} {} children without capacity.", if none == 1 { "holds" } else { "hold" }) };
    format!("{over} of {} workers are above the guideline of {}; {red} are above {}.{none}", loads.len(), band.upper, band.red_above)
}

/// The measures of a spread, each with what it says.
pub fn measures(spread: &Spread) -> Vec<(String, String)> {
    let Spread::Of(m) = spread else { return Vec::new() };
    let share = |part: f64| {
        if m.theil > 0.0 { format!("{} ({}%)", figure::decimal(part, 4), figure::decimal(100.0 * part / m.theil, 0)) } else { "0".into() }
    };
    let mut all = vec![
        ("Average for each full-time post".to_owned(), figure::decimal(m.mean, 1)),
        ("Coefficient of variation".into(), figure::decimal(m.variation, 3)),
        ("Gini".into(), figure::decimal(m.gini, 3)),
        ("Theil".into(), figure::decimal(m.theil, 4)),
        ("Theil, between teams".into(), share(m.theil_between)),
        ("Theil, within teams".into(), share(m.theil_within)),
        (
            "Highest over lowest".into(),
            m.highest_over_lowest.map_or_else(|| "no measure: somebody holds nobody".into(), |r| figure::decimal(r, 1)),
        ),
        ("Workers above the guideline".into(), format!("{} of {}", m.above_guideline, m.workers)),
        ("Workers in the red".into(), format!("{} of {}", m.red, m.workers)),
    ];
    if m.without_capacity > 0 {
        all.push(("Workers with children and no capacity, in no measure above".into(), m.without_capacity.to_string()));
    }
    all
}
