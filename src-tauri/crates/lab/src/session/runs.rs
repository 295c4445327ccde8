//! Runs and their steps.

use findings::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Session, from_json, refused, to_json};
use crate::model::run_id::RunId;
use crate::model::{
    access::{EngineKind, Mode},
    plan::Plan,
    problem::LabError,
    run_info::RunInfo,
    run_options::RunOptions,
    step::{StepId, StepState},
    step_record::StepRecord,
};

/// The columns of a new run.
#[derive(Debug)]
pub(crate) struct NewRun<'a> {
    pub(crate) id: &'a RunId,
    pub(crate) mode: Mode,
    pub(crate) engine: EngineKind,
    pub(crate) plan: &'a Plan,
    pub(crate) options: &'a RunOptions,
    pub(crate) started_at: Timestamp,
}

impl Session {
    pub(crate) fn begin(&self, run: &NewRun<'_>) -> Result<(), LabError> {
        let (mode, engine, plan) = (to_json(&run.mode)?, to_json(&run.engine)?, to_json(run.plan)?);
        let RunOptions { profile, region, engine: choice, speed } = run.options;
        let (started_at, choice) = (run.started_at.epoch_millis(), to_json(choice)?);
        self.connection()
            .execute(
                "INSERT INTO run (id, number, mode, engine, plan, started_at, profile, requested_region, engine_choice, speed)
                 VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM run), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![run.id.0, mode, engine, plan, started_at, profile, region, choice, speed],
            )
            .map_err(refused)?;
        Ok(())
    }

    /// The newest run that was not abandoned, finished or not.
    pub(crate) fn newest(&self) -> Result<Option<RunInfo>, LabError> {
        self.read_run("abandoned = 0 ORDER BY number DESC LIMIT 1", &[])
    }

    /// The state of a run.
    pub(crate) fn info(&self, run: &RunId) -> Result<RunInfo, LabError> {
        self.read_run("id = ?1", &[&run.0])?.ok_or_else(|| LabError::defect(format_args!("no run {run}")))
    }

    fn read_run(&self, which: &str, parameters: &[&dyn rusqlite::ToSql]) -> Result<Option<RunInfo>, LabError> {
        let sql = format!(
            "SELECT id, mode, engine, engine_version, account, region, plan, started_at, finished,
                    profile, requested_region, engine_choice, speed FROM run WHERE {which}"
        );
        let columns = self.connection().query_row(&sql, parameters, read_columns).optional().map_err(refused)?;
        let Some(row) = columns else { return Ok(None) };
        let id = RunId(row.id);
        Ok(Some(RunInfo {
            steps: self.steps(&id)?,
            endpoint: self.endpoint(&id)?,
            id,
            mode: from_json(&row.mode)?,
            engine: from_json(&row.engine)?,
            engine_version: row.engine_version,
            account: row.account,
            region: row.region,
            options: row.options.map(Options::parse).transpose()?,
            plan: from_json(&row.plan)?,
            started_at: Timestamp::from_epoch_millis(row.started_at),
            finished: row.finished,
        }))
    }

    /// Whether the run is recorded, abandoned or not.
    pub(crate) fn has_run(&self, run: &RunId) -> Result<bool, LabError> {
        Ok(self.read_run("id = ?1", &[&run.0])?.is_some())
    }

    /// Makes a run the newest again that was abandoned or finished.
    pub(crate) fn reopen(&self, run: &RunId) -> Result<(), LabError> {
        self.connection()
            .execute(
                "UPDATE run SET abandoned = 0, finished = 0, number = (SELECT max(number) + 1 FROM run) WHERE id = ?1",
                [&run.0],
            )
            .map_err(refused)?;
        Ok(())
    }

    pub(crate) fn abandon(&self, run: &RunId) -> Result<(), LabError> {
        self.set(run, "abandoned", &1)
    }

    pub(crate) fn set_plan(&self, run: &RunId, plan: &Plan) -> Result<(), LabError> {
        self.set(run, "plan", &to_json(plan)?)
    }

    pub(crate) fn set_finished(&self, run: &RunId, finished: bool) -> Result<(), LabError> {
        self.set(run, "finished", &finished)
    }

    pub(crate) fn set_engine(&self, run: &RunId, kind: EngineKind, version: &str) -> Result<(), LabError> {
        self.set(run, "engine", &to_json(&kind)?)?;
        self.set(run, "engine_version", &version)
    }

    pub(crate) fn set_account(&self, run: &RunId, account: &str, region: &str) -> Result<(), LabError> {
        self.connection()
            .execute("UPDATE run SET account = ?2, region = ?3 WHERE id = ?1", params![run.0, account, region])
            .map_err(refused)?;
        Ok(())
    }

    fn set(&self, run: &RunId, column: &'static str, value: &dyn rusqlite::ToSql) -> Result<(), LabError> {
        let sql = format!("UPDATE run SET {column} = ?2 WHERE id = ?1");
        self.connection().execute(&sql, params![run.0, value]).map_err(refused)?;
        Ok(())
    }

    /// All seven, in order, including those that were not started.
    pub(crate) fn steps(&self, run: &RunId) -> Result<Vec<StepRecord>, LabError> {
        StepId::ALL.into_iter().map(|step| self.step(run, step)).collect()
    }

    pub(crate) fn step(&self, run: &RunId, step: StepId) -> Result<StepRecord, LabError> {
        let document: Option<String> = self
            .connection()
            .query_row("SELECT record FROM step WHERE run = ?1 AND id = ?2", params![run.0, step.name()], |row| {
                row.get(0)
            })
            .optional()
            .map_err(refused)?;
        match document {
            Some(record) => from_json(&record),
            None => Ok(StepRecord {
                id: step,
                state: StepState::Pending,
                seconds: None,
                checks: Vec::new(),
                problem: None,
                stale: false,
            }),
        }
    }

    pub(crate) fn put_step(&self, run: &RunId, record: &StepRecord) -> Result<(), LabError> {
        self.connection()
            .execute(
                "INSERT INTO step (run, id, record) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET record = excluded.record",
                params![run.0, record.id.name(), to_json(record)?],
            )
            .map_err(refused)?;
        Ok(())
    }
}

struct Columns {
    id: String,
    mode: String,
    engine: String,
    engine_version: Option<String>,
    account: Option<String>,
    region: Option<String>,
    plan: String,
    started_at: i64,
    finished: bool,
    options: Option<Options>,
}

/// The columns of the options, of a run that has them.
struct Options {
    profile: Option<String>,
    region: Option<String>,
    engine: String,
    speed: Option<String>,
}

impl Options {
    fn parse(self) -> Result<RunOptions, LabError> {
        let Self { profile, region, engine, speed } = self;
        Ok(RunOptions { profile, region, engine: from_json(&engine)?, speed })
    }
}

fn read_columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok(Columns {
        id: row.get(0)?,
        mode: row.get(1)?,
        engine: row.get(2)?,
        engine_version: row.get(3)?,
        account: row.get(4)?,
        region: row.get(5)?,
        plan: row.get(6)?,
        started_at: row.get(7)?,
        finished: row.get(8)?,
        options: match row.get(11)? {
            Some(engine) => Some(Options { profile: row.get(9)?, region: row.get(10)?, engine, speed: row.get(12)? }),
            None => None,
        },
    })
}
