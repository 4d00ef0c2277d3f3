//! The children in need census files among the shared samples, the odd ones too.

mod shared;

use returns::cin_census;

#[test]
fn every_sample_is_read() {
    // File, children, episodes, findings.
    let cases = [("fake_CIN_data.xml", 332, 402, 0), ("CIN_Census_2024.xml", 2, 2, 2)];
    for (file, children, episodes, findings) in cases {
        let Some(bytes) = shared::bytes(&format!("data/returns-samples/cin/{file}")) else { continue };
        let (census, found) = cin_census::read(&bytes, file);
        for finding in &found {
            println!("{} {:?} {} {:?} {:?}", finding.at, finding.kind, finding.message, finding.value, finding.child);
        }
        assert_eq!(census.children.len(), children, "{file}");
        assert_eq!(census.children.iter().map(|child| child.episodes.len()).sum::<usize>(), episodes, "{file}");
        assert_eq!(found.len(), findings, "{file}");
    }
}
