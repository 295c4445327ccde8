//! The read-only explorer: the repositories of an open run, and of the practice cloud without a run.

use std::fs;

use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Window};

fn open_explorer(window: &Window) {
    window.choose("menu", "explorer");
    window.click("explorer-open");
    window.wait_for("explorer-repositories");
}

fn state(window: &Window) -> Option<String> {
    let body = "return document.querySelector('[data-testid=explorer-images] [data-state]')?.dataset.state ?? null";
    window.js(body, &[]).as_str().map(str::to_owned)
}

#[test]
fn the_explorer_opens_any_repository_and_finds_a_vulnerability() {
    let Some(window) = Window::open(Options { width: 1600, height: 1000, ..Options::default() }) else { return };
    window.start_practice_run(Speed::Instant);
    for step in ["prepare", "scanning", "repositories", "push", "results", "remediate"] {
        if step != "prepare" {
            window.next(step);
        }
        window.run_step(step);
    }
    open_explorer(&window);
    assert_eq!(window.attribute("explorer-repositories", "data-count").as_deref(), Some("3"));

    // The findings of the vulnerable image, which is the older one: the same table, charts and export as in the lab.
    window.click("explore-eks-security-prod");
    window.wait_for("explorer-images");
    assert_eq!(window.attribute("explorer-images", "data-count").as_deref(), Some("2"));
    window.click_css("[data-testid='explorer-images'] tbody tr:nth-child(2) [data-testid='explore-image']");
    window.wait_for("finding-0");
    assert!(window.visible_text().contains("eks-security-prod:latest"), "{}", window.visible_text());
    window.type_into("search", "zzz CVE-2021-44228");
    window.until("nothing matches both words", TIMEOUT, |window| {
        (window.attribute("findings-table", "data-total").as_deref() == Some("0")).then_some(())
    });
    window.type_into("search", "CVE-2021-44228");
    window.wait_for("finding-0");
    window.choose("export", "json");
    let path = window.until("a file", TIMEOUT, |window| {
        window.saved().into_iter().find(|path| path.extension().is_some_and(|extension| extension == "json"))
    });
    let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    assert_eq!(name.as_deref(), Some("findings-eks-security-prod.json"));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert_eq!(report["report"]["practice"], true);

    // Any two images are compared.
    window.click("explorer-back");
    window.wait_for("explorer-images");
    for row in [1, 2] {
        window.click_css(&format!("[data-testid='explorer-images'] tbody tr:nth-child({row}) input[type='checkbox']"));
    }
    window.click("explorer-compare");
    window.wait_for("diff-cards");
    let fixed = "return document.querySelector('[data-testid=diff-cards] [data-status=fixed]')?.dataset.count ?? '0'";
    let fixed = window.js(fixed, &[]);
    assert!(fixed.as_str().and_then(|count| count.parse::<u64>().ok()).is_some_and(|count| count > 0), "{fixed}");

    // The image that is not scanned has no list of findings, not an empty one.
    window.click("explorer-back");
    window.click("explorer-back");
    window.click("explore-eks-security-sandbox");
    window.wait_for("explorer-images");
    assert_eq!(state(&window).as_deref(), Some("not_scanned"));
    window.click("explore-image");
    window.wait_for("explorer-notice");
    assert_eq!(window.attribute("explorer-notice", "data-findings").as_deref(), Some("false"));
    assert!(!window.exists("findings-table"));

    where_is_it(&window);

    // The run is as it was.
    window.click("explorer-leave");
    window.wait_for("page-remediate");
    assert_eq!(window.attribute("page-remediate", "data-state").as_deref(), Some("done"));
    window.close();
}

fn where_is_it(window: &Window) {
    window.click("explorer-tab-where");
    window.click("explorer-search");
    window.wait_for("explorer-where-result");
    let count = |name: &str| window.attribute("explorer-where-result", name);
    assert_eq!(count("data-present").as_deref(), Some("1"), "the vulnerable image in the watched repository");
    assert_eq!(count("data-not-scanned").as_deref(), Some("1"), "the same image where it is not scanned");
    assert_eq!(count("data-absent").as_deref(), Some("1"), "the patched image");
}

#[test]
fn the_explorer_needs_no_run_and_makes_room_for_one() {
    let Some(window) = Window::open(Options::default()) else { return };
    window.click("open-explorer");
    window.click("explorer-open");
    window.wait_for("explorer-repositories");
    assert_eq!(window.attribute("explorer-repositories", "data-count").as_deref(), Some("0"));
    window.click("home");
    // The explorer's practice cloud has stopped: a run starts its own.
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    window.close();
}
