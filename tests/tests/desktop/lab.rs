//! The whole lab, from the start screen to the receipt, by clicks.

use ::i18n::Lang;
use whole_lab_tests::desktop::{Key, Options, STEPS, Speed, TIMEOUT, Window};

use crate::inspection::Inspection;

#[test]
fn the_whole_lab_in_korean_and_every_screen_of_it_is_accessible() {
    let Some(window) = Window::open(Options { lang: Lang::Ko, ..Options::default() }) else { return };
    assert_eq!(window.language(), Lang::Ko);
    let mut inspection = Inspection::default();
    inspection.inspect(&window, "start");
    window.click("start-practice");
    window.wait_for("begin");
    inspection.inspect(&window, "start, practice chosen");
    window.start_practice_run(Speed::Instant);
    for step in STEPS {
        if step != "prepare" {
            window.next(step);
        }
        assert_eq!(window.attribute("mode-badge", "data-mode").as_deref(), Some("practice"));
        inspection.inspect(&window, &format!("{step}, before"));
        window.run_step(step);
        inspection.inspect(&window, &format!("{step}, after"));
        match step {
            "scanning" => inspect_optional_parts(&window, &mut inspection),
            "results" => inspect_details(&window, &mut inspection),
            "remediate" => inspect_comparison(&window, &mut inspection),
            _ => {}
        }
    }
    assert_cleaned_up(&window);
    window.close();
    inspection.assert_clean();
}

/// The parts that are the same on every step and shown on demand.
fn inspect_optional_parts(window: &Window, inspection: &mut Inspection) {
    // What the app did is folded once the step is done.
    window.click_css("[data-testid='fold-do'] [aria-expanded='false']");
    window.click("do-hand");
    window.wait_for("environment");
    inspection.inspect(window, "by hand");
    window.click("do-app");
    // Open on the first run, where there is room beside the page.
    assert!(window.exists("help"));
    window.press(&[Key::Alt], 't');
    window.until("the transcript", TIMEOUT, |window| {
        (window.count("[data-testid='transcript'] tbody tr") > 0).then_some(())
    });
    inspection.inspect(window, "help and transcript");
    window.press(&[Key::Alt], 'h');
    window.press(&[Key::Alt], 't');
    for dialog in ["preferences", "shortcuts", "about"] {
        window.choose("menu", dialog);
        window.wait_for("close");
        inspection.inspect_current_theme(window, dialog);
        window.click("close");
        window.until("no dialog", TIMEOUT, |window| (!window.exists("close")).then_some(()));
    }
}

/// The details of a finding, and a chart as a table.
fn inspect_details(window: &Window, inspection: &mut Inspection) {
    for view in ["inspector", "assessed", "findings"] {
        window.open_view(view);
        inspection.inspect(window, &format!("results, {view}"));
    }
    window.click("chart-table-severity");
    window.click_css("[data-testid='finding-0'] a");
    window.until("the details", TIMEOUT, |window| (window.count("[data-testid='details'] h3") > 3).then_some(()));
    inspection.inspect(window, "a finding's details");
    window.click("details-close");
}

/// The other views of the comparison.
fn inspect_comparison(window: &Window, inspection: &mut Inspection) {
    for view in ["charts", "lists"] {
        window.open_view(view);
        inspection.inspect(window, &format!("comparison, {view}"));
    }
}

#[test]
fn the_whole_lab_by_the_primary_button_alone() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    window.start_practice_run(Speed::Instant);
    for step in STEPS {
        window.wait_for(&format!("page-{step}"));
        window.press_primary("run");
        // The check follows by itself; the button then leads on.
        let last = step == "cleanup";
        window.press_primary(if last { "finish" } else { "next" });
    }
    // The run is over: a new one can be chosen, and the results can still be read.
    window.wait_for("at-start");
    assert_eq!(window.attribute("mode-badge", "data-mode").as_deref(), Some("none"));
    window.click("open-finished");
    window.wait_for("page-results");
    window.wait_for("sides");
    window.open_view("findings");
    window.wait_for("finding-0");
    window.close();
}

#[test]
fn the_whole_lab_in_english_in_a_small_window_with_scans_that_take_time() {
    let Some(window) = Window::open(Options { lang: Lang::En, width: 1024, height: 700, ..Options::default() }) else {
        return;
    };
    assert_eq!(window.language(), Lang::En);
    let mut inspection = Inspection::default();
    inspection.inspect_without_axe(&window, "start");
    window.start_practice_run(Speed::Fast);
    for step in STEPS {
        if step != "prepare" {
            window.next(step);
        }
        inspection.inspect_without_axe(&window, &format!("{step}, before"));
        window.run_step(step);
        inspection.inspect_without_axe(&window, &format!("{step}, after"));
    }
    assert_cleaned_up(&window);
    window.close();
    inspection.assert_clean();
}

/// Asserts that the receipt lists the created resources as deleted and the registry's configuration as restored.
fn assert_cleaned_up(window: &Window) {
    window.wait_for("receipt");
    assert_eq!(window.attribute("receipt", "data-restored").as_deref(), Some("true"), "{}", window.text("receipt"));
    let deleted = window.text("receipt-deleted");
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        assert!(deleted.contains(name), "{name} is deleted: {deleted}");
    }
    for format in ["html", "json"] {
        window.click(&format!("export-report-{format}"));
        window.until(format!("the report as {format}"), TIMEOUT, |window| {
            window
                .saved()
                .iter()
                .any(|path| path.extension().is_some_and(|extension| extension == format))
                .then_some(())
        });
    }
    for path in window.saved() {
        let report = std::fs::read_to_string(&path).expect("the report was saved");
        assert!(report.contains("CVE-2021-44228") && report.contains("eks-security-sandbox"), "{}", path.display());
    }
}
