//! Gathers a report's content from a run and its findings.

use findings::{ComparedRow, DiffStatus, FindingsError, Property, Query, ScanId, Scope, Sort, Store, Timestamp, View};
use redaction::Redactor;

use super::{ReportInput, ScanReport, VulnerabilityDiff};
use crate::{
    lab::Lab,
    model::{
        code::Code,
        practice_clock::PracticeClock,
        problem::{LabError, Problem},
        step::StepId,
    },
    run::Run,
};

/// The store's maximum page size.
const PAGE_SIZE: usize = 1000;

impl ReportInput {
    /// Gathers everything recorded of a run so far. Calls neither AWS nor the engine.
    pub async fn gather(
        lab: &Lab,
        run: &Run,
        made_at: Timestamp,
        practice_clock: Option<PracticeClock>,
    ) -> Result<Self, LabError> {
        let info = run.info()?;
        let (store, id) = (lab.findings().clone(), info.id.to_string());
        let content = tokio::task::spawn_blocking(move || scans_and_diff(&store, &id)).await;
        let (scans, diff) = content.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        Ok(Self {
            made_at,
            outcome: run.outcome().await?,
            practice_clock,
            commands: StepId::ALL.into_iter().map(|step| (step, run.commands(step))).collect(),
            scans,
            diff,
            transcript: lab.transcript(&info.id)?,
            redactor: Redactor::off(),
            run: info,
        })
    }
}

fn failed(error: &dyn std::error::Error) -> LabError {
    Problem::new(Code::ReportFindings).details(error.to_string()).into()
}

/// The run's finished scans in the order of their start (the vulnerable image's, then the patched one's), and their comparison.
fn scans_and_diff(store: &Store, run: &str) -> Result<(Vec<ScanReport>, VulnerabilityDiff), FindingsError> {
    let mut scans = store.scans()?;
    scans.retain(|scan| scan.key.run == run && scan.finished_at.is_some());
    scans.reverse();
    let reports = scans.into_iter().map(|scan| {
        let summary = store.summary(&Query::of_scan(scan.id))?;
        let vulnerabilities = vulnerabilities(store, scan.id)?;
        Ok(ScanReport { scan, summary, vulnerabilities })
    });
    let reports = reports.collect::<Result<Vec<_>, FindingsError>>()?;
    let diff = match reports.as_slice() {
        [before, .., after] if before.scan.key.digest != after.scan.key.digest => {
            let (before, after) = (Scope::Scan(before.scan.id), Scope::Scan(after.scan.id));
            let rows = |status| compared(store, &before, &after, status);
            VulnerabilityDiff {
                fixed: rows(DiffStatus::Fixed)?,
                new: rows(DiffStatus::New)?,
                remaining: rows(DiffStatus::Remaining)?,
            }
        }
        _ => VulnerabilityDiff::default(),
    };
    Ok((reports, diff))
}

fn vulnerabilities(store: &Store, scan: ScanId) -> Result<Vec<findings::Row>, FindingsError> {
    let order = [Property::Severity, Property::Score, Property::Epss];
    let mut query = Query {
        view: View::Unique,
        sort: order.into_iter().map(|by| Sort { by, descending: true }).collect(),
        page_size: PAGE_SIZE,
        ..Query::of_scan(scan)
    };
    let mut rows = Vec::new();
    loop {
        let page = store.query(&query)?;
        let last = page.rows.len() < PAGE_SIZE;
        rows.extend(page.rows);
        if last {
            return Ok(rows);
        }
        query.page += 1;
    }
}

/// All vulnerabilities with one status in the comparison of two scopes, the most severe first. Blocks.
pub fn compared(
    store: &Store,
    before: &Scope,
    after: &Scope,
    status: DiffStatus,
) -> Result<Vec<ComparedRow>, FindingsError> {
    let mut rows = Vec::new();
    for number in 0.. {
        let page = store.compare_page(before, after, status, number, PAGE_SIZE)?;
        let last = page.rows.len() < PAGE_SIZE;
        rows.extend(page.rows);
        if last {
            break;
        }
    }
    Ok(rows)
}
