//! Measures the store against its performance limits, on generated findings: `cargo run --release -p findings --example
//! query_rate [findings]`. Exits with 1 if a limit is exceeded (the limits are for 100,000 findings and a release build).
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

const MAX_IMPORT: Duration = Duration::from_secs(5);
const QUERY_LIMIT: Duration = Duration::from_millis(16);
const MAX_CSV: Duration = Duration::from_secs(1);
const MAX_SARIF: Duration = Duration::from_millis(1500);
const MAX_MEMORY_MIB: u64 = 150;
const PAGE: usize = 100;
const REPEATS: usize = 11;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path().join("findings.db"))?;
    let (scan, imports_pass) = measure_imports(&store, count)?;
    let queries_pass = measure_queries(&store, scan, count)?;
    let comparison_passes = measure_comparison(&store, scan, count)?;
    let exports_pass = measure_exports(&store, scan)?;
    println!("      peak memory {} MiB", display(memory_mib("VmHWM:")));
    let all_pass = imports_pass && queries_pass && comparison_passes && exports_pass;
    Ok(if all_pass { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure_imports(store: &Store, count: usize) -> Result<(ScanId, bool), Box<dyn Error>> {
    let before = memory_mib("VmHWM:");
    let (scan, first) = import(store, &Recipe::new(count))?;
    let growth = memory_mib("VmHWM:").zip(before).map(|(now, before)| now - before);
    let first_passes = check(&format!("{count} findings imported"), first, MAX_IMPORT);
    println!("      memory growth meanwhile {} MiB", display(growth));
    let (_, second) = import(store, &Recipe::new(count))?;
    let second_passes = check(&format!("{count} findings imported again, replacing the first"), second, MAX_IMPORT);
    Ok((scan, first_passes && second_passes))
}

fn measure_queries(store: &Store, scan: ScanId, count: usize) -> Result<bool, Box<dyn Error>> {
    let started = Instant::now();
    store.warm(&Scope::Scan(scan))?;
    println!("      index built in {:.0?}; memory {} MiB", started.elapsed(), display(memory_mib("VmRSS:")));

    let mut report = Report::default();
    for (name, query) in queries(scan, count) {
        report.measure(&format!("query: {name}"), || store.query(&query).map(drop))?;
    }
    for (name, filter, text) in selections() {
        let query = Query { filter, text, ..Query::of_scan(scan) };
        report.measure(&format!("summary: {name}"), || store.summary(&query).map(drop))?;
    }
    for &property in Property::ALL {
        let values = || store.values(&Scope::Scan(scan), property, "a", 50).map(drop);
        report.measure(&format!("values: {property:?}"), values)?;
    }
    let times_pass = report.print();

    let memory = memory_mib("VmRSS:");
    let memory_passes = memory.is_none_or(|memory| memory <= MAX_MEMORY_MIB);
    println!("{} memory with one index {} MiB (limit {MAX_MEMORY_MIB})", mark(memory_passes), display(memory));
    Ok(times_pass && memory_passes)
}

fn measure_comparison(store: &Store, scan: ScanId, count: usize) -> Result<bool, Box<dyn Error>> {
    let recipe = Recipe { seed: 2, log4shell: false, digest: "sha256:2".into(), ..Recipe::new(count) };
    let (other, _) = import(store, &recipe)?;
    let (before, after) = (Scope::Scan(scan), Scope::Scan(other));
    let started = Instant::now();
    let comparison = store.compare(&before, &after)?;
    println!("      first comparison {:.0?}, including the second index; {}", started.elapsed(), describe(&comparison));
    let mut report = Report::default();
    for status in [DiffStatus::Fixed, DiffStatus::New, DiffStatus::Remaining] {
        let page = || store.compare_page(&before, &after, status, 3, 50).map(drop);
        report.measure(&format!("compare_page: {status:?}"), page)?;
    }
    report.measure("compare", || store.compare(&before, &after).map(drop))?;
    let passes = report.print();
    println!("      memory with two indexes {} MiB", display(memory_mib("VmRSS:")));
    Ok(passes)
}

/// An export passes by the clock, or by the processor time of all its threads: other processes slow down the clock, and without
/// them the clock shows no more than that.
fn measure_exports(store: &Store, scan: ScanId) -> Result<bool, Box<dyn Error>> {
    let mut all_pass = true;
    for (format, limit) in [(Format::Json, None), (Format::Csv, Some(MAX_CSV)), (Format::Sarif, Some(MAX_SARIF))] {
        let (started, cpu_before) = (Instant::now(), process_cpu_time());
        let mut bytes = ByteCounter(0);
        let header = Header {
            practice: true,
            note: "measured".to_owned(),
            generated_at: Timestamp::from_epoch_millis(0),
            attributions: Vec::new(),
            assessed: Vec::new(),
        };
        export(store, &Query::of_scan(scan), &header, format, &mut bytes)?;
        let elapsed = started.elapsed();
        let cpu_time = process_cpu_time().zip(cpu_before).map(|(now, before)| now.saturating_sub(before));
        let passes = limit.is_none_or(|limit| elapsed <= limit || cpu_time.is_some_and(|time| time <= limit));
        all_pass &= passes;
        let cpu_time = cpu_time.map_or_else(|| "?".to_owned(), |time| format!("{time:.2?}"));
        let limit = limit.map_or_else(String::new, |limit| format!(" (limit {limit:?})"));
        println!(
            "{} {format:?}: {} MiB written in {elapsed:.2?}, {cpu_time} of CPU time{limit}",
            mark(passes),
            bytes.0 >> 20
        );
    }
    Ok(all_pass)
}

fn import(store: &Store, recipe: &Recipe) -> Result<(ScanId, Duration), Box<dyn Error>> {
    let key = ScanKey { repository: recipe.repository.clone(), digest: recipe.digest.clone(), ..ScanKey::default() };
    let mut generation = Duration::ZERO;
    let (started, cpu_before) = (Instant::now(), process_cpu_time());
    let at = Timestamp::from_epoch_millis(1_788_220_800_000);
    let scan = store.begin_scan(&key, at)?;
    let mut source = generator::findings(recipe);
    loop {
        let generation_started = Instant::now();
        let page: Vec<_> = source.by_ref().take(PAGE).collect();
        generation += generation_started.elapsed();
        if page.is_empty() {
            break;
        }
        store.put_page(scan, page)?;
    }
    store.finish_scan(scan, at)?;
    if let Some(cpu_time) = process_cpu_time().zip(cpu_before).map(|(now, before)| now.saturating_sub(before)) {
        println!("      {cpu_time:.2?} CPU time, including the generation of the findings");
    }
    Ok((scan, started.elapsed().saturating_sub(generation)))
}

fn queries(scan: ScanId, count: usize) -> Vec<(String, Query)> {
    let mut queries = Vec::new();
    for view in [View::Instances, View::Unique] {
        let plain = Query { view, ..Query::of_scan(scan) };
        for &by in Property::ALL {
            for descending in [false, true] {
                let sort = vec![Sort { by, descending }];
                queries.push((format!("{view:?} by {by:?} {descending}"), Query { sort, ..plain.clone() }));
            }
        }
        let sort: Vec<Sort> = [Property::Severity, Property::Score, Property::Epss, Property::VulnerabilityId]
            .map(|by| Sort { by, descending: true })
            .to_vec();
        for (name, filter, text) in selections() {
            let query = Query { filter, text, sort: sort.clone(), ..plain.clone() };
            queries.push((format!("{view:?} {name}"), query));
        }
        let deep = Query { sort: sort.clone(), page: count / 100, page_size: 50, ..plain.clone() };
        queries.push((format!("{view:?} page {}", deep.page), deep));
        let long = Query { sort, page: 1, page_size: 1000, ..plain.clone() };
        queries.push((format!("{view:?} page of 1000"), long));
    }
    queries
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
                PropertyKind::Choice => "YES",
                PropertyKind::Severity => "HIGH",
                PropertyKind::Number => "0.5",
                PropertyKind::Time => "2026-09-10",
                PropertyKind::Count => continue,
            };
            if !property.kind().operators().contains(&operator) {
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
    /// The 95th percentile of each query's duration.
    slowest: Vec<(Duration, String)>,
    /// The 95th percentile of each query's CPU time, which is independent of other processes.
    busiest: Vec<(Duration, String)>,
}

impl Report {
    fn measure(
        &mut self,
        name: &str,
        query: impl Fn() -> Result<(), findings::FindingsError>,
    ) -> Result<(), findings::FindingsError> {
        query()?;
        let (mut times, mut cpu_times) = (Vec::with_capacity(REPEATS), Vec::with_capacity(REPEATS));
        for _ in 0..REPEATS {
            let (started, cpu_before) = (Instant::now(), thread_cpu_time());
            query()?;
            times.push(started.elapsed());
            cpu_times.push(thread_cpu_time().saturating_sub(cpu_before));
        }
        self.busiest.push((percentile(&mut cpu_times, 95), name.to_owned()));
        self.slowest.push((percentile(&mut times, 95), name.to_owned()));
        self.all.extend(times);
        Ok(())
    }

    fn print(mut self) -> bool {
        let (p50, p95) = (percentile(&mut self.all, 50), percentile(&mut self.all, 95));
        println!("      {} queries, {REPEATS} runs each: p50 {p50:.2?}, p95 {p95:.2?}", self.slowest.len());
        self.busiest.sort_unstable_by(|a, b| b.cmp(a));
        let within = self.busiest.iter().filter(|(time, _)| *time <= QUERY_LIMIT).count();
        println!("      by CPU time {within} of them are within the limit; the slowest five:");
        for (time, name) in self.busiest.iter().take(5) {
            println!("        {time:>8.2?} {name}");
        }
        let all_pass = within == self.busiest.len();
        println!("{} p95 of CPU time of every query (limit {QUERY_LIMIT:?})", mark(all_pass));
        self.slowest.sort_unstable_by(|a, b| b.cmp(a));
        println!("      by the clock, which other processes slow down, the slowest five:");
        for (time, name) in self.slowest.iter().take(5) {
            println!("        {time:>8.2?} {name}");
        }
        all_pass
    }
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * percent).div_ceil(100).max(1) - 1]
}

fn check(name: &str, duration: Duration, limit: Duration) -> bool {
    println!("{} {name} in {duration:.2?} (limit {limit:?})", mark(duration <= limit));
    duration <= limit
}

fn mark(passes: bool) -> &'static str {
    if passes { "  ok " } else { "MISS " }
}

fn describe(comparison: &findings::Comparison) -> String {
    let findings::Comparison { fixed, new, remaining, .. } = comparison;
    format!("{} fixed, {} new, {} remaining", fixed.total, new.total, remaining.total)
}

/// The CPU time of this thread; zero on systems that do not report it.
fn thread_cpu_time() -> Duration {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
    }
    #[cfg(not(unix))]
    Duration::ZERO
}

/// The CPU time of this process in user and kernel mode, on Linux: in hundredths of a second.
fn process_cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may contain spaces.
    let after_name = stat.rsplit_once(')')?.1;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().ok()?.iter().sum();
    Some(Duration::from_millis(ticks * 10))
}

/// A line of this process's status, on Linux.
fn memory_mib(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|candidate| candidate.strip_prefix(line))?;
    value.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn display(mib: Option<u64>) -> String {
    mib.map_or_else(|| "?".to_owned(), |mib| mib.to_string())
}

struct ByteCounter(usize);

impl std::io::Write for ByteCounter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
