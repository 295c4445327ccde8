//! Measures how quickly the real window reacts with 100,000 findings: to a letter typed into the search, to a page turned, and to
//! scrolling. Exits with 1 if a bound is exceeded.
#![expect(clippy::print_stdout, reason = "a bench prints what it measures")]

use std::{error::Error, process::ExitCode, time::Instant};

use findings::{
    Store, Timestamp,
    generator::{self, Recipe},
};
use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Tools, Window};

const FINDINGS: usize = 100_000;

/// From the key or the click until the result is painted, at the 95th percentile.
const BOUND_MS: f64 = 100.0;

/// Each letter of these is typed and deleted.
const WORDS: [&str; 6] = ["log4j", "netty", "openssl", "CVE-2021", "jackson", "zlib"];

const TURNS: usize = 30;

/// From one frame to the next while the page is scrolled, at the 95th percentile: two frames at 60 Hz.
const FRAME_BOUND_MS: f64 = 34.0;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let tools = match Tools::locate() {
        Ok(tools) => tools,
        Err(missing) => {
            println!("left out: there is no {missing}");
            return Ok(ExitCode::SUCCESS);
        }
    };
    let mut window = Window::open_with(tools, Options::default());
    window.start_practice_run(Speed::Instant);
    for step in ["prepare", "scanning", "repositories", "push", "results"] {
        if step != "prepare" {
            window.next(step);
        }
        window.run_step(step);
    }
    window.open_view("findings");
    window.terminate();
    load(&window)?;
    window.launch();
    let started = Instant::now();
    window.click("continue");
    window.until("all findings", TIMEOUT, |window| (total(window) >= FINDINGS).then_some(()));
    println!("{} rows of {FINDINGS} findings on the screen {:.1?} after the click", total(&window), started.elapsed());
    let letters = letters(&window);
    let turns = turns(&window);
    let frames = frames(&window);
    window.close();
    let within_bounds = [
        report("letter typed until painted", letters, BOUND_MS),
        report("page turned until painted", turns, BOUND_MS),
        report("scrolled, from frame to frame", frames, FRAME_BOUND_MS),
    ];
    Ok(if within_bounds == [true; 3] { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Replaces the findings of the scan with generated ones.
fn load(window: &Window) -> Result<(), Box<dyn Error>> {
    let store = Store::open(window.data().join("lab/findings.db"))?;
    let scan = store.scans()?.into_iter().find(|scan| scan.key.repository == "eks-security-prod");
    let key = scan.ok_or("the lab has scanned its image")?.key;
    let recipe = Recipe { repository: key.repository.clone(), digest: key.digest.clone(), ..Recipe::new(FINDINGS) };
    let at = Timestamp::from_epoch_millis(1_788_220_800_000);
    let scan = store.begin_scan(&key, at)?;
    let mut generated = generator::findings(&recipe);
    loop {
        let page: Vec<_> = generated.by_ref().take(1_000).collect();
        if page.is_empty() {
            break;
        }
        store.put_page(scan, page)?;
    }
    store.finish_scan(scan, at)?;
    Ok(())
}

fn total(window: &Window) -> usize {
    window.attribute("findings-table", "data-total").and_then(|total| total.parse().ok()).unwrap_or_default()
}

fn letters(window: &Window) -> Vec<f64> {
    window.click_css("[data-testid='search'] input");
    let mut all = Vec::new();
    for word in WORDS {
        let mut text = String::new();
        for letter in word.chars() {
            text.push(letter);
            all.push(measure(window, "keydown", "data-text", &text, || window.type_here(&letter.to_string())));
        }
        while text.pop().is_some() {
            all.push(measure(window, "keydown", "data-text", &text, || window.type_here("\u{E003}")));
        }
    }
    all
}

fn turns(window: &Window) -> Vec<f64> {
    let next = "[data-testid='findings-table'] li:last-child > button[class*='awsui_arrow']";
    (1..=TURNS)
        .map(|page| measure(window, "click", "data-page", &page.to_string(), || window.click_css(next)))
        .collect()
}

/// Milliseconds from each frame to the next while the page is scrolled to its end and back.
fn frames(window: &Window) -> Vec<f64> {
    let all = window.js_until_called(include_str!("scroll_frames.js"), &[]);
    all.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect()
}

/// Milliseconds from an event until an attribute of the table has this value and the frame with it is painted.
fn measure(window: &Window, event: &str, attribute: &str, value: &str, action: impl FnOnce()) -> f64 {
    window.js(include_str!("time_to_paint.js"), &[event.into(), attribute.into(), value.into()]);
    action();
    let duration = window.js_until_called("window.labMeasured.then(arguments[arguments.length - 1])", &[]);
    duration.as_f64().unwrap_or(f64::MAX)
}

fn report(what: &str, mut times: Vec<f64>, bound: f64) -> bool {
    times.sort_by(f64::total_cmp);
    let at =
        |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or(f64::MAX);
    let (nearly_all, most) = (at(0.95), at(1.0));
    println!(
        "{what}: {} times, median {:.0} ms, 95 of 100 within {nearly_all:.0} ms, most {most:.0} ms (bound {bound} ms)",
        times.len(),
        at(0.5)
    );
    nearly_all <= bound
}
