//! `cargo xtask report-pages`: how many A4 pages the report of a run takes in each language, printed by a browser without a
//! window.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    command::{TaskResult, built, command, print, root, run, which},
    setup::{Need, need, setup},
};

/// The most pages that a report may take.
const MOST: usize = 8;

const TO_PRINT: [Need; 3] = [
    need("chromium", "chromium", "the report is printed by it"),
    need("pdfinfo", "poppler-utils", "the printed pages are counted with it"),
    need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "Korean is printed with it"),
];

/// Counts the pages of these reports; without any, of a new run's in both languages.
pub(crate) fn report_pages(reports: &[String]) -> TaskResult {
    setup(&TO_PRINT)?;
    let folder = root().join("target/report-pages");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let reports: Vec<PathBuf> = if reports.is_empty() {
        ["en", "ko"].into_iter().map(|language| report_of_a_run(&folder, language)).collect::<Result<_, _>>()?
    } else {
        reports.iter().map(PathBuf::from).collect()
    };
    let mut too_long = Vec::new();
    for report in &reports {
        let pages = count(&folder, report)?;
        print(&format!("{}: {pages} A4 pages\n", report.display()));
        if pages > MOST {
            too_long.push(report.display().to_string());
        }
    }
    if too_long.is_empty() { Ok(()) } else { Err(format!("more than {MOST} pages: {}", too_long.join(", "))) }
}

/// Runs the whole lab in practice mode, and returns its report.
fn report_of_a_run(folder: &Path, language: &str) -> Result<PathBuf, String> {
    run("cargo build imagelab", command("cargo", &["build", "--quiet", "--package", "cli"]))?;
    let report = folder.join(format!("report-{language}.html"));
    let mut lab = Command::new(built("debug")?);
    lab.current_dir(root());
    lab.args(["run", "--engine", "builtin", "--speed", "instant", "--yes", "--lang", language, "--report"])
        .arg(&report)
        .arg("--data")
        .arg(folder.join(format!("data-{language}")));
    run(&format!("imagelab run --lang {language}"), lab)?;
    Ok(report)
}

/// Prints a report to PDF, in the size that its style sheet asks for, and counts the pages.
fn count(folder: &Path, report: &Path) -> Result<usize, String> {
    let report = std::path::absolute(report).map_err(|error| format!("{}: {error}", report.display()))?;
    let name = report.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let pdf = folder.join(format!("{name}.pdf"));
    let browser = which("chromium").ok_or("chromium is not on the path")?;
    let printed = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", folder.join(format!("browser-{name}")).display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", report.display()))
        .output()
        .map_err(|error| format!("chromium could not be started: {error}"))?;
    if !pdf.is_file() {
        return Err(format!("{} was not printed:\n{}", report.display(), String::from_utf8_lossy(&printed.stderr)));
    }
    let info = Command::new("pdfinfo").arg(&pdf).output().map_err(|error| format!("pdfinfo: {error}"))?;
    let text = String::from_utf8_lossy(&info.stdout).into_owned();
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let size = field("Page size:").unwrap_or_default();
    if !size.contains("A4") {
        return Err(format!("{} is not printed on A4, but on {size}", report.display()));
    }
    field("Pages:")
        .and_then(|pages| pages.parse().ok())
        .ok_or_else(|| format!("pdfinfo does not say how many pages:\n{text}"))
}
