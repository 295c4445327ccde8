//! Takes screenshots of every screen, before and after each step, in both languages and themes and in several sizes, into
//! `screenshots/`, which git ignores. Exits with 1 if an element is cut off.
#![expect(clippy::print_stdout, reason = "it reports what it wrote")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use i18n::Lang;
use whole_lab_tests::desktop::{Key, Options, STEPS, Speed, TIMEOUT, Theme, Tools, Window};

/// Sizes that are taken in both languages and themes.
const EACH: [(u32, u32); 2] = [(1280, 800), (1920, 1080)];

/// The smallest and the largest size that the window is made for, each taken in one language and theme.
const EXTREMES: [(u32, u32); 2] = [(1024, 700), (2560, 1440)];

/// Sizes that are taken at two screen pixels to a CSS pixel.
const DOUBLE: [(u32, u32); 2] = [(1024, 700), (1280, 800)];

/// The distance between two pieces of a long page: the height between the bars at its top and bottom.
const PIECE: i64 = 900;

/// Larger than the height of any page.
const END: i64 = 1_000_000;

const IS_LONGER_THAN_WINDOW: &str =
    "const page = document.documentElement; return page.scrollHeight > page.clientHeight + arguments[0]";

const PAGES: &str =
    "const page = document.documentElement; return Math.ceil((page.scrollHeight - page.clientHeight) / arguments[0])";

fn main() -> ExitCode {
    let tools = match Tools::locate() {
        Ok(tools) => tools,
        Err(missing) => {
            println!("no screenshots: there is no {missing}");
            return ExitCode::FAILURE;
        }
    };
    let mut gallery = Gallery::default();
    let everywhere = Options { width: 2560, height: 1440, ..Options::default() };
    walk(Window::open_with(tools.clone(), everywhere), |window, screen| gallery.all_sizes(window, screen));
    let double = Options { width: 1280, height: 800, scale: 2, ..Options::default() };
    walk(Window::open_with(tools, double), |window, screen| gallery.double(window, screen));
    println!("{} screenshots in {}", gallery.count, Gallery::folder().display());
    for element in &gallery.clipped {
        println!("cut off: {element}");
    }
    if gallery.clipped.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Goes through the whole lab, and calls `visit` at every screen.
fn walk(window: Window, mut visit: impl FnMut(&Window, &str)) {
    visit(&window, "0-start");
    window.click("start-practice");
    window.wait_for("begin");
    visit(&window, "0-start-practice");
    window.start_practice_run(Speed::Instant);
    for (number, step) in STEPS.into_iter().enumerate() {
        if number > 0 {
            window.next(step);
        }
        visit(&window, &format!("{}-{step}-before", number + 1));
        window.run_step(step);
        visit(&window, &format!("{}-{step}-after", number + 1));
        if step == "results" {
            for view in ["findings", "inspector", "assessed", "findings"] {
                window.open_view(view);
                visit(&window, &format!("5-results-{view}"));
            }
            window.click_css("[data-testid='finding-0'] a");
            window.until("details", TIMEOUT, |window| (window.count("[data-testid='details'] h3") > 3).then_some(()));
            visit(&window, "5-results-details");
            window.click("details-close");
        }
        if step == "remediate" {
            for view in ["charts", "lists"] {
                window.open_view(view);
                visit(&window, &format!("6-remediate-{view}"));
            }
            explorer(&window, &mut visit);
        }
        if step == "scanning" {
            window.click_css("[data-testid='fold-do'] [aria-expanded='false']");
            window.click("do-hand");
            window.wait_for("environment");
            window.press(&[Key::Alt], 'h');
            window.press(&[Key::Alt], 't');
            visit(&window, "2-scanning-by-hand-help-transcript");
            window.press(&[Key::Alt], 'h');
            window.press(&[Key::Alt], 't');
        }
    }
    window.close();
}

/// Goes through the explorer, and returns to the step.
fn explorer(window: &Window, visit: &mut impl FnMut(&Window, &str)) {
    window.choose("menu", "explorer");
    window.wait_for("explorer-open");
    visit(window, "8-explorer-choice");
    window.click("explorer-open");
    window.wait_for("explorer-repositories");
    visit(window, "8-explorer-repositories");
    window.click("explore-eks-security-prod");
    window.wait_for("explorer-images");
    visit(window, "8-explorer-images");
    window.click("explore-image");
    window.wait_for("finding-0");
    visit(window, "8-explorer-findings");
    window.click("explorer-back");
    window.wait_for("explorer-images");
    window.click("explorer-back");
    window.click("explore-eks-security-sandbox");
    window.wait_for("explorer-images");
    window.click("explore-image");
    window.wait_for("explorer-notice");
    visit(window, "8-explorer-not-scanned");
    window.click("explorer-tab-where");
    window.click("explorer-search");
    window.wait_for("explorer-where-result");
    visit(window, "8-explorer-where");
    window.click("home");
    window.click("continue");
    window.wait_for("page-remediate");
}

#[derive(Default)]
struct Gallery {
    count: usize,
    clipped: BTreeSet<String>,
}

impl Gallery {
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../screenshots")
    }

    fn all_sizes(&mut self, window: &Window, screen: &str) {
        for _ in [Lang::Ko, Lang::En] {
            let lang = window.language();
            for theme in Theme::BOTH {
                window.choose_theme(theme);
                for (width, height) in EACH {
                    self.take(window, screen, (width, height), 1);
                }
            }
            let theme = if lang == Lang::Ko { Theme::Light } else { Theme::Dark };
            window.choose_theme(theme);
            for size in EXTREMES {
                self.take(window, screen, size, 1);
            }
            window.switch_language();
        }
    }

    fn double(&mut self, window: &Window, screen: &str) {
        for size in DOUBLE {
            self.take(window, screen, size, 2);
        }
    }

    /// Takes the top of the page and, if it is longer than the window, its end.
    fn take(&mut self, window: &Window, screen: &str, (width, height): (u32, u32), scale: u32) {
        window.resize(width, height);
        let lang = if window.language() == Lang::Ko { "ko" } else { "en" };
        let zoom = if scale == 1 { String::new() } else { format!("-{}%", scale * 100) };
        let folder = Self::folder().join(format!("{lang}-{}-{width}x{height}{zoom}", window.theme()));
        window.js("scrollTo(0, 0)", &[]);
        window.take_screenshot(&folder.join(format!("{screen}.png")));
        self.count += 1;
        for element in window.clipped_elements() {
            self.clipped.insert(format!(
                "{screen}, {lang}, {width}×{height}{zoom}: {}: {} “{}”",
                element.what, element.how, element.text
            ));
        }
        if (width, height) == EACH[1] {
            self.pages(window, &folder, screen);
        } else if window.js(IS_LONGER_THAN_WINDOW, &[100.into()]) == true {
            self.scrolled(window, &folder.join(format!("{screen}-end.png")), END);
        }
    }

    /// Takes all of a long page, in pieces that overlap.
    fn pages(&mut self, window: &Window, folder: &Path, screen: &str) {
        let pages = window.js(PAGES, &[PIECE.into()]).as_i64().unwrap_or(0);
        for page in 1..=pages {
            self.scrolled(window, &folder.join(format!("{screen}-{}.png", page + 1)), page * PIECE);
        }
    }

    fn scrolled(&mut self, window: &Window, to: &Path, top: i64) {
        window.js("scrollTo(0, arguments[0])", &[top.into()]);
        assert!(
            window.js("return window.scrollY", &[]).as_f64() > Some(0.0),
            "{}: the page did not scroll",
            to.display()
        );
        window.take_screenshot(to);
        window.js("scrollTo(0, 0)", &[]);
        self.count += 1;
    }
}
