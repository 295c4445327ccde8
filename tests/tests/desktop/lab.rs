//! The whole lab, from the start screen to the receipt, by clicks.

use ::i18n::Lang;
use whole_lab_tests::desktop::{Key, Options, PATIENCE, STEPS, Speed, Window};

use crate::inspection::Inspection;

#[test]
fn the_whole_lab_in_korean_and_every_screen_of_it_is_accessible() {
    let Some(window) = Window::open(Options { lang: Lang::Ko, ..Options::default() }) else { return };
    assert_eq!(window.language(), Lang::Ko);
    let mut inspection = Inspection::default();
    inspection.see(&window, "start");
    window.click("start-practice");
    window.wait_for("begin");
    inspection.see(&window, "start, practice chosen");
    window.begin_practice(Speed::Instant);
    for step in STEPS {
        if step != "prepare" {
            window.next(step);
        }
        assert_eq!(window.attribute("mode-badge", "data-mode").as_deref(), Some("practice"));
        inspection.see(&window, &format!("{step}, before"));
        window.run_step(step);
        inspection.see(&window, &format!("{step}, after"));
        match step {
            "scanning" => by_hand_helped_and_transcribed(&window, &mut inspection),
            "results" => details_and_tables(&window, &mut inspection),
            _ => {}
        }
    }
    everything_is_gone(&window);
    window.close();
    inspection.nothing();
}

/// What is only there when it is asked for: on every step alike.
fn by_hand_helped_and_transcribed(window: &Window, inspection: &mut Inspection) {
    window.click("do-hand");
    window.wait_for("environment");
    inspection.see(window, "by hand");
    window.click("do-app");
    window.press(&[Key::Alt, Key::Letter('h')]);
    window.press(&[Key::Alt, Key::Letter('t')]);
    window.until("the transcript", PATIENCE, |window| {
        (window.count("[data-testid='transcript'] tbody tr") > 0).then_some(())
    });
    inspection.see(window, "help and transcript");
    window.press(&[Key::Alt, Key::Letter('h')]);
    window.press(&[Key::Alt, Key::Letter('t')]);
    for dialog in ["preferences", "shortcuts", "about"] {
        window.choose("menu", dialog);
        window.wait_for("close");
        inspection.see_as_it_is(window, dialog);
        window.click("close");
        window.until("no dialog", PATIENCE, |window| (!window.there("close")).then_some(()));
    }
}

/// The finding that the lesson is about, and a chart as a table.
fn details_and_tables(window: &Window, inspection: &mut Inspection) {
    window.click("chart-table-severity");
    window.click_css("[data-testid='finding-0'] a");
    window.until("the details", PATIENCE, |window| (window.count("[data-testid='details'] h3") > 3).then_some(()));
    inspection.see(window, "a finding's details");
    window.click("details-close");
}

#[test]
fn the_whole_lab_in_english_at_the_real_services_pace_in_small() {
    let Some(window) = Window::open(Options { lang: Lang::En, width: 1024, height: 700, ..Options::default() }) else {
        return;
    };
    assert_eq!(window.language(), Lang::En);
    let mut inspection = Inspection::default();
    inspection.see_quickly(&window, "start");
    window.begin_practice(Speed::Fast);
    for step in STEPS {
        if step != "prepare" {
            window.next(step);
        }
        inspection.see_quickly(&window, &format!("{step}, before"));
        window.run_step(step);
        inspection.see_quickly(&window, &format!("{step}, after"));
    }
    everything_is_gone(&window);
    window.close();
    inspection.nothing();
}

/// The receipt names what was made as gone, and the registry's configuration as given back.
fn everything_is_gone(window: &Window) {
    window.wait_for("receipt");
    assert_eq!(window.attribute("receipt", "data-restored").as_deref(), Some("true"), "{}", window.text("receipt"));
    let gone = window.text("receipt-deleted");
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        assert!(gone.contains(name), "{name} is gone: {gone}");
    }
    for format in ["html", "json"] {
        window.click(&format!("export-report-{format}"));
        window.until(format!("the report as {format}"), PATIENCE, |window| {
            window
                .saved()
                .iter()
                .any(|path| path.extension().is_some_and(|extension| extension == format))
                .then_some(())
        });
    }
    for path in window.saved() {
        let report = std::fs::read_to_string(&path).expect("the report is there");
        assert!(report.contains("CVE-2021-44228") && report.contains("eks-security-sandbox"), "{}", path.display());
    }
}
