//! A worker's first page: every number is a link to exactly the rows that it counts.

use care::timescale::Start;
use jiff::civil::date;
use scraper::{Html, Selector};
use store::{Act, dues, work};

use crate::browser::House;

#[tokio::test]
async fn counts_equal_the_lists_behind_them() {
    for (house, small) in House::each().await {
        let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
        for (code, on) in [
            ("CP_VISIT", date(2026, 4, 1)),
            ("CP_VISIT", date(2026, 4, 2)),
            ("CP_VISIT", date(2026, 4, 30)),
            ("CORE_1", date(2026, 5, 8)),
            ("CFA", date(2026, 5, 1)),
        ] {
            dues::open(&mut tx, &dues::About::person(&small.child), code, Start::On(on)).await.unwrap();
        }
        work::tell(&mut tx, &small.priya, "test", Some(&small.child), "The school rang.", work::Ask::ToAcknowledge).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await.is(200).sees("My caseload: 1 person").sees("Ellie Marsh");
        let tiles: Vec<(String, usize)> = {
            let page = Html::parse_document(&browser.body);
            let count = Selector::parse(".kw-tile__count").unwrap();
            let links = Selector::parse(".kw-tile__link").unwrap();
            page.select(&links)
                .map(|a| {
                    (
                        a.attr("href").unwrap().to_owned(),
                        a.select(&count).next().unwrap().text().collect::<String>().trim().parse().unwrap(),
                    )
                })
                .collect()
        };
        assert!(tiles.contains(&("/work/late".into(), 2)) && tiles.contains(&("/work/today".into(), 1)), "{tiles:?}");
        for (href, count) in tiles {
            browser.visit(&href).await.is(200);
            let page = Html::parse_document(&browser.body);
            let rows = page.select(&Selector::parse("main li.kw-card").unwrap()).count();
            assert_eq!(rows, count, "{} {href}", house.name);
        }
        browser.visit("/notices").await.sees("The school rang.");
        browser.press("Acknowledge").await.sees("No message waits for you.");
    }
}

#[tokio::test]
async fn every_role_has_a_first_page() {
    for (house, small) in House::each().await {
        for worker in [&small.priya, &small.tom, &small.grace, &small.flora, &small.sam, &small.ines] {
            house.signed_in(worker).await.visit("/").await.is(200).sees("My work");
        }
    }
}
