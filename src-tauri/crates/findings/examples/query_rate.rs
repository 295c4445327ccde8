//! Measures the store against its bounds, on made-up findings: `cargo run --release -p findings --example query_rate
//! [findings]`. Ends with 1 when a bound is not kept (the bounds are for 100,000 findings and a release build).
#![expect(clippy::print_stdout, reason = "an example prints what it measures")]

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use findings::export::{Format, Header, export};
use findings::generator::{self, Recipe};
use findings::{
    DiffStatus, Filter, Operator, Property, PropertyKind, Query, ScanId, ScanKey, Scope, Sort, Store, Timestamp, Token,
    View,
};

const INTAKE: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_millis(16);
const MEMORY_MIB: u64 = 150;
const PAGE: usize = 100;
const REPEATS: usize = 11;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path().join("findings.db"))?;
    let mut kept = true;

    let before = memory_mib("VmHWM:");
    let (scan, taken) = take_in(&store, &Recipe::new(count))?;
    let grown = memory_mib("VmHWM:").zip(before).map(|(now, before)| now - before);
    kept &= judge(&format!("{count} findings taken in"), taken, INTAKE);
    println!("      memory grown by {} MiB meanwhile", shown(grown));

    let (_, again) = take_in(&store, &Recipe::new(count))?;
    kept &= judge(&format!("{count} findings taken in again, in place of the first"), again, INTAKE);

    let started = Instant::now();
    store.warm(&Scope::Scan(scan))?;
    println!("      index made in {:.0?}; memory {} MiB", started.elapsed(), shown(memory_mib("VmRSS:")));

    let mut report = Report::default();
    for (name, query) in questions(scan, count) {
        report.measure(&format!("query: {name}"), || store.query(&query).map(drop))?;
    }
    for (name, filter, text) in selections() {
        let query = Query { filter, text, ..Query::of_scan(scan) };
        report.measure(&format!("summary: {name}"), || store.summary(&query).map(drop))?;
    }
    for &property in Property::ALL {
        let ask = || store.values(&Scope::Scan(scan), property, "a", 50).map(drop);
        report.measure(&format!("values: {property:?}"), ask)?;
    }
    kept &= report.print();

    let memory = memory_mib("VmRSS:");
    kept &= memory.is_none_or(|memory| memory <= MEMORY_MIB);
    println!(
        "{} memory with one index {} MiB (bound {MEMORY_MIB})",
        mark(memory.is_none_or(|m| m <= MEMORY_MIB)),
        shown(memory)
    );

    let (other, _) =
        take_in(&store, &Recipe { seed: 2, log4shell: false, digest: "sha256:2".into(), ..Recipe::new(count) })?;
    let (one, two) = (Scope::Scan(scan), Scope::Scan(other));
    let started = Instant::now();
    let comparison = store.compare(&one, &two)?;
    println!("      first comparison {:.0?}, with the other index; {}", started.elapsed(), tell(&comparison));
    let mut report = Report::default();
    for status in [DiffStatus::Fixed, DiffStatus::New, DiffStatus::Remaining] {
        report.measure(&format!("compared: {status:?}"), || store.compare_page(&one, &two, status, 3, 50).map(drop))?;
    }
    report.measure("compare", || store.compare(&one, &two).map(drop))?;
    kept &= report.print();
    println!("      memory with two indexes {} MiB", shown(memory_mib("VmRSS:")));

    for format in [Format::Json, Format::Csv, Format::Sarif] {
        let started = Instant::now();
        let mut bytes = Counted(0);
        let header = Header {
            practice: true,
            note: "measured".to_owned(),
            generated_at: Timestamp::from_epoch_millis(0),
            attributions: Vec::new(),
        };
        export(&store, &Query::of_scan(scan), &header, format, &mut bytes)?;
        println!("      {format:?}: {} MiB written in {:.1?}", bytes.0 >> 20, started.elapsed());
    }
    println!("      peak memory {} MiB", shown(memory_mib("VmHWM:")));
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn take_in(store: &Store, recipe: &Recipe) -> Result<(ScanId, Duration), Box<dyn Error>> {
    let key = ScanKey { repository: recipe.repository.clone(), digest: recipe.digest.clone(), ..ScanKey::default() };
    let mut making = Duration::ZERO;
    let (started, worked) = (Instant::now(), processor_time());
    let at = Timestamp::from_epoch_millis(1_788_220_800_000);
    let scan = store.begin_scan(&key, at)?;
    let mut source = generator::findings(recipe);
    loop {
        let making_started = Instant::now();
        let page: Vec<_> = source.by_ref().take(PAGE).collect();
        making += making_started.elapsed();
        if page.is_empty() {
            break;
        }
        store.put_page(scan, page)?;
    }
    store.finish_scan(scan, at)?;
    if let Some(busy) = processor_time().zip(worked).map(|(now, before)| now.saturating_sub(before)) {
        println!("      {busy:.2?} on a processor, the making of the findings with it");
    }
    Ok((scan, started.elapsed().saturating_sub(making)))
}

fn questions(scan: ScanId, count: usize) -> Vec<(String, Query)> {
    let mut questions = Vec::new();
    for view in [View::Instances, View::Unique] {
        let plain = Query { view, ..Query::of_scan(scan) };
        for &by in Property::ALL {
            for descending in [false, true] {
                let sort = vec![Sort { by, descending }];
                questions.push((format!("{view:?} by {by:?} {descending}"), Query { sort, ..plain.clone() }));
            }
        }
        let sort: Vec<Sort> = [Property::Severity, Property::Score, Property::Epss, Property::VulnerabilityId]
            .map(|by| Sort { by, descending: true })
            .to_vec();
        for (name, filter, text) in selections() {
            let query = Query { filter, text, sort: sort.clone(), ..plain.clone() };
            questions.push((format!("{view:?} {name}"), query));
        }
        let deep = Query { sort: sort.clone(), page: count / 100, page_size: 50, ..plain.clone() };
        questions.push((format!("{view:?} page {}", deep.page), deep));
        let long = Query { sort, page: 1, page_size: 1000, ..plain.clone() };
        questions.push((format!("{view:?} page of 1000"), long));
    }
    questions
}

fn selections() -> Vec<(String, Filter, String)> {
    let mut selections = vec![("everything".to_owned(), Filter::default(), String::new())];
    for text in ["e", "a e", "1", "cv", "cve-2021", "log4j", "heap overflow", "org.apache jndi", "zzzz"] {
        selections.push((format!("text `{text}`"), Filter::default(), text.to_owned()));
    }
    for &property in Property::ALL {
        for operator in Operator::ALL {
            let value = match property.kind() {
                PropertyKind::Text | PropertyKind::Texts => "e",
                PropertyKind::Severity => "HIGH",
                PropertyKind::Number => "0.5",
                PropertyKind::Time => "2026-09-10",
                PropertyKind::Count => continue,
            };
            let is_textual = [":", "!:", "^", "!^"].contains(&operator.symbol());
            if is_textual && matches!(property.kind(), PropertyKind::Number | PropertyKind::Time) {
                continue;
            }
            let filter = Filter::all([Token::new(property, operator, value)]);
            selections.push((format!("{property:?} {} {value}", operator.symbol()), filter, String::new()));
        }
    }
    let severe = ["CRITICAL", "HIGH"].map(|value| Token::new(Property::Severity, Operator::Equals, value));
    let nested = Filter {
        tokens: vec![
            Token::new(Property::Epss, Operator::Greater, "0.1"),
            Token::new(Property::Kev, Operator::Equals, "NO"),
        ],
        groups: vec![Filter::any(severe), Filter::any([Token::new(Property::Package, Operator::Contains, "jackson")])],
        ..Filter::default()
    };
    selections.push(("groups and text".to_owned(), nested, "flaw".to_owned()));
    selections
}

#[derive(Default)]
struct Report {
    all: Vec<Duration>,
    /// Each question's 95th percentile.
    slowest: Vec<(Duration, String)>,
    /// The same of the time on a processor, which other work on the machine does not add to.
    busiest: Vec<(Duration, String)>,
}

impl Report {
    fn measure(
        &mut self,
        name: &str,
        ask: impl Fn() -> Result<(), findings::FindingsError>,
    ) -> Result<(), findings::FindingsError> {
        ask()?;
        let (mut times, mut busy) = (Vec::with_capacity(REPEATS), Vec::with_capacity(REPEATS));
        for _ in 0..REPEATS {
            let (started, worked) = (Instant::now(), time_on_processor());
            ask()?;
            times.push(started.elapsed());
            busy.push(time_on_processor().saturating_sub(worked));
        }
        self.busiest.push((percentile(&mut busy, 95), name.to_owned()));
        self.slowest.push((percentile(&mut times, 95), name.to_owned()));
        self.all.extend(times);
        Ok(())
    }

    fn print(mut self) -> bool {
        let (p50, p95) = (percentile(&mut self.all, 50), percentile(&mut self.all, 95));
        println!(
            "      {} different questions, {REPEATS} times each: p50 {p50:.2?}, p95 {p95:.2?}",
            self.slowest.len()
        );
        self.busiest.sort_unstable_by(|a, b| b.cmp(a));
        let within = self.busiest.iter().filter(|(time, _)| *time <= ANSWER).count();
        println!("      by time on a processor {within} of them keep the bound; the slowest five:");
        for (time, name) in self.busiest.iter().take(5) {
            println!("        {time:>8.2?} {name}");
        }
        self.slowest.sort_unstable_by(|a, b| b.cmp(a));
        let kept = self.slowest.iter().all(|(time, _)| *time <= ANSWER);
        println!("{} the slowest question's own p95 (bound {ANSWER:?}); the slowest five:", mark(kept));
        for (time, name) in self.slowest.iter().take(5) {
            println!("        {time:>8.2?} {name}");
        }
        kept
    }
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * percent).div_ceil(100).max(1) - 1]
}

fn judge(what: &str, took: Duration, bound: Duration) -> bool {
    println!("{} {what} in {took:.2?} (bound {bound:?})", mark(took <= bound));
    took <= bound
}

fn mark(kept: bool) -> &'static str {
    if kept { "  ok " } else { "MISS " }
}

fn tell(comparison: &findings::Comparison) -> String {
    let findings::Comparison { fixed, new, remaining, .. } = comparison;
    format!("{} fixed, {} new, {} remaining", fixed.total, new.total, remaining.total)
}

/// Of this thread; nothing where it is not told.
fn time_on_processor() -> Duration {
    #[cfg(unix)]
    {
        let told = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(told.tv_sec.unsigned_abs(), told.tv_nsec.unsigned_abs() as u32)
    }
    #[cfg(not(unix))]
    Duration::ZERO
}

/// Of this process, in user and kernel mode, where Linux tells: in hundredths of a second.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may hold spaces.
    let after_name = told.rsplit_once(')')?.1;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().ok()?.iter().sum();
    Some(Duration::from_millis(ticks * 10))
}

/// From Linux's account of this process; elsewhere unknown.
fn memory_mib(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let found = status.lines().find_map(|candidate| candidate.strip_prefix(line))?;
    found.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn shown(mib: Option<u64>) -> String {
    mib.map_or_else(|| "?".to_owned(), |mib| mib.to_string())
}

struct Counted(usize);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
