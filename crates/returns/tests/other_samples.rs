//! The workforce census and the inspection lists among the shared samples.

mod shared;

use returns::{annex_a, workforce_census};

#[test]
fn workforce() {
    let Some(bytes) = shared::bytes("data/returns-samples/csww/social_work_workforce_2022_sample.xml") else { return };
    let (census, findings) = workforce_census::read(&bytes, "w.xml");
    for f in findings.iter().take(20) {
        println!("{} {:?} {} {:?} {:?}", f.at, f.kind, f.message, f.value, f.child);
    }
    println!("{} {:?}", census.workers.len(), census.vacancies);
}

#[test]
fn annex() {
    let Some(bytes) = shared::bytes("data/returns-samples/annex-a/Annex_A_2024_Jan.xlsx") else { return };
    let (lists, findings) = annex_a::read(&bytes, "a.xlsx");
    for f in findings.iter().take(200) {
        println!("{} {} {:?} {} {:?} {:?}", f.at, f.table, f.kind, f.message, f.value, f.child);
    }
    println!("{:?}", lists.sheets);
    println!("{:#?}", lists.looked_after.first());
}
