//! The results: filtering, sorting, paging, details, charts, saving.

use std::{fs, path::Path};

use i18n::Lang;
use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Window};

fn window_at_results() -> Option<Window> {
    window_at_results_in(Lang::Ko)
}

fn window_at_results_in(lang: Lang) -> Option<Window> {
    let window = Window::open(Options { lang, width: 1600, height: 1000, ..Options::default() })?;
    window.start_practice_run(Speed::Instant);
    for step in ["prepare", "scanning", "repositories", "push", "results"] {
        if step != "prepare" {
            window.next(step);
        }
        window.run_step(step);
    }
    window.open_view("findings");
    window.wait_for("finding-0");
    Some(window)
}

fn total(window: &Window) -> u64 {
    window.wait_for("findings-table");
    window
        .attribute("findings-table", "data-total")
        .and_then(|total| total.parse().ok())
        .expect("the table has its total")
}

fn names(window: &Window) -> Vec<String> {
    let names = window
        .js("return [...document.querySelectorAll(\"[data-testid^='finding-']\")].map((node) => node.innerText)", &[]);
    serde_json::from_value(names).expect("the script returns a list")
}

fn until_total(window: &Window, what: &str, condition: impl Fn(u64) -> bool) -> u64 {
    window.until(what, TIMEOUT, |window| Some(total(window)).filter(|total| condition(*total)))
}

#[test]
fn findings_are_searched_sorted_paged_and_opened() {
    let Some(window) = window_at_results_in(Lang::En) else { return };
    let unique = total(&window);
    assert!(unique > 50, "{unique}");
    let heading = window.text("findings-counts");
    assert!(heading.starts_with(&format!("{unique} vulnerabilities · {unique} findings · ")), "{heading}");
    let first_page = names(&window);
    window.click_css("[data-testid='findings-table'] li:last-child > button[class*='awsui_arrow']");
    window.until("the next page", TIMEOUT, |window| {
        (window.attribute("findings-table", "data-page").as_deref() == Some("1")).then_some(())
    });
    assert_ne!(names(&window), first_page);
    window.click_css("[data-testid='view'] [data-testid='instances']");
    let by_package = until_total(&window, "findings by package are more", |total| total > unique);
    assert!(window.text("findings-counts").ends_with(&format!("{by_package} findings by package")));
    window.click_css("[data-testid='view'] [data-testid='unique']");
    until_total(&window, "vulnerabilities again", |total| total == unique);
    window.type_into("search", "log4j");
    let few = until_total(&window, "the search leaves few", |total| total < unique);
    assert!(few > 0);
    assert!(names(&window).iter().any(|name| name.contains("CVE-2021-44228")), "{:?}", names(&window));
    window.click_css("[data-testid='finding-0'] a");
    window.until("the details", TIMEOUT, |window| (window.count("[data-testid='details'] h3") > 3).then_some(()));
    assert!(window.text("details").contains("CVE-"), "{}", window.text("details"));
    assert!(window.text("not-read").contains("not read by this version"), "{}", window.text("not-read"));
    window.click("details-close");
    window.until("no details", TIMEOUT, |window| (!window.exists("details")).then_some(()));
    window.type_into("search", "IN-DISCONTINUED-001");
    until_total(&window, "the system out of support", |total| total == 1);
    window.click_css("[data-testid='finding-0'] a");
    window.wait_for("end-of-life");
    assert!(window.text("end-of-life").contains("No more security updates"), "{}", window.text("end-of-life"));
    window.close();
}

#[test]
fn a_click_on_a_chart_filters_the_table() {
    let Some(window) = window_at_results() else { return };
    let all = total(&window);
    window.click_shape("[data-testid='chart-severity'] svg path[fill]:not([fill='none'])");
    let part = until_total(&window, "a part of the findings", |total| total < all);
    assert!(part > 0);
    window.click("chart-clear-severity");
    until_total(&window, "all of them again", |total| total == all);
    window.close();
}

#[test]
fn findings_and_charts_are_saved_in_readable_files() {
    let Some(window) = window_at_results() else { return };
    let all = total(&window) as usize;
    for format in ["json", "csv", "sarif"] {
        window.choose("export", format);
        wait_until_saved(&window, format);
    }
    for format in ["png", "svg"] {
        window.choose("chart-save-severity", format);
        wait_until_saved(&window, format);
    }
    for path in window.saved() {
        let bytes = fs::read(&path).unwrap();
        match extension(&path) {
            "json" => {
                let report = json(&bytes);
                assert_eq!(report["counts"]["unique"].as_u64(), Some(all as u64));
                let findings = report["findings"].as_array().map(|findings| findings.len() as u64);
                assert_eq!(findings, report["counts"]["findings"].as_u64());
            }
            "sarif" => assert!(!json(&bytes)["runs"][0]["results"].as_array().unwrap().is_empty()),
            "csv" => {
                assert!(bytes.starts_with(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8");
                assert!(bytes.split(|byte| *byte == b'\n').count() > all, "a line for each finding, and the header");
            }
            "png" => assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n")),
            "svg" => assert!(String::from_utf8(bytes).unwrap().contains("<svg")),
            other => panic!("{other}"),
        }
    }
    window.close();
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).expect("it is JSON")
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn wait_until_saved(window: &Window, format: &str) {
    window.until(format!("a {format} file"), TIMEOUT, |window| {
        window.saved().iter().any(|path| extension(path) == format).then_some(())
    });
}

#[test]
fn what_is_not_known_is_no_zero_and_results_from_before_an_undoing_are_marked() {
    let Some(window) = window_at_results_in(Lang::En) else { return };
    let shown = total(&window);
    window.open_view("overview");
    let sandbox = "side-eks-security-sandbox";
    window.wait_for(sandbox);
    assert_eq!(window.attribute(sandbox, "data-reason").as_deref(), Some("not_scanned"));
    assert_eq!(window.attribute(sandbox, "data-vulnerabilities"), None);
    let text = window.text(sandbox);
    assert!(text.contains("– Not scanned") && text.split_whitespace().all(|word| word != "0"), "{text}");
    let prod = window.attribute("side-eks-security-prod", "data-vulnerabilities");
    assert_eq!(prod, Some(shown.to_string()), "heading and table agree");

    window.click("step-push");
    window.click("undo-push");
    window.until("undone", TIMEOUT, |window| {
        (window.attribute("step-push", "data-status").as_deref() == Some("undone")).then_some(())
    });
    assert_eq!(window.attribute("step-results", "data-status").as_deref(), Some("stale"));
    assert_eq!(window.attribute("step-repositories", "data-status").as_deref(), Some("complete"));
    window.click("step-results");
    window.wait_for("step-stale");
    assert_eq!(window.attribute("page-results", "data-complete").as_deref(), Some("false"));
    window.close();
}
