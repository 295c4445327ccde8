//! Beginning a run, continuing one, giving one up.

use std::sync::Arc;

use lab::{EngineAccess, EngineKind, FoundEngine, Mode, Plan, Problem, Run, RunInfo};
use place::{EngineChoice, Place, Wanted};
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::{
    error::Answer,
    shell::{Open, Shell, close_place},
};

/// How a run shall begin.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// Which cloud.
    pub mode: Mode,
    /// What moves the images.
    pub engine: Engine,
    /// A profile of the user's configuration, in their own account.
    pub profile: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// How fast the practice cloud's clock runs.
    pub speed: Speed,
    /// What the run makes.
    pub plan: Plan,
}

/// What moves the images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Engine {
    /// Docker where one is found that reaches the registry, else the built-in engine.
    Auto,
    /// The built-in engine.
    Builtin,
    /// This one.
    Docker {
        /// Where it is.
        access: EngineAccess,
    },
}

/// How fast the practice cloud's clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Speed {
    /// As long as the real service takes.
    Real,
    /// A twentieth of that.
    #[default]
    Fast,
    /// No waiting at all.
    Instant,
}

/// How the newest run was begun: what continuing it takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Begun {
    engine: Engine,
    profile: Option<String>,
    region: Option<String>,
    speed: Speed,
}

/// A profile of the user's configuration.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// The account's twelve digits.
    pub account: String,
    /// Who asks, as an ARN.
    pub arn: String,
    /// The region that would be used.
    pub region: String,
}

/// Every engine that was found, usable or not. The built-in one is always there, and not in the list.
#[tauri::command]
#[specta::specta]
pub async fn engines() -> Answer<Vec<FoundEngine>> {
    Ok(lab::detect().await)
}

/// The names of the profiles in the user's AWS configuration.
#[tauri::command]
#[specta::specta]
pub async fn profiles() -> Answer<Vec<String>> {
    Ok(lab::profiles().await)
}

/// Who would ask, by a profile and a region. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn who_am_i(profile: Option<String>, region: Option<String>) -> Answer<Who> {
    let caller = lab::who_am_i(profile, region).await?;
    Ok(Who { account: caller.account, arn: caller.arn, region: caller.region })
}

/// The lesson's own plan.
#[tauri::command]
#[specta::specta]
pub async fn default_plan() -> Answer<Plan> {
    Ok(Plan::default())
}

/// Why a plan cannot work; nothing if it can.
#[tauri::command]
#[specta::specta]
pub async fn check_plan(plan: Plan) -> Answer<()> {
    Ok(plan.validate()?)
}

/// Begins a run: starts what is to be started, then the run itself.
#[tauri::command]
#[specta::specta]
pub async fn begin(shell: State<'_, Shell>, start: Start) -> Answer<RunInfo> {
    start.plan.validate()?;
    let mut slot = shell.slot().await;
    if let Some(open) = slot.take() {
        close_place(open).await;
    }
    let begun = Begun { engine: start.engine, profile: start.profile, region: start.region, speed: start.speed };
    let place = open_place(&shell, start.mode, &begun).await?;
    let run = match shell.lab().start(start.plan, place.access.clone()).await {
        Ok(run) => run,
        Err(error) => {
            place.close().await;
            return Err(error.into());
        }
    };
    remember(&shell, &begun);
    answer(&mut slot, run, place)
}

/// Continues the newest run.
#[tauri::command]
#[specta::specta]
pub async fn reopen(shell: State<'_, Shell>) -> Answer<RunInfo> {
    let mut slot = shell.slot().await;
    if let Some(open) = slot.as_ref() {
        return Ok(open.run.info()?);
    }
    let newest = shell.newest()?.ok_or_else(|| Problem::new("nothing-to-resume"))?;
    let begun = recall(&shell).unwrap_or_else(|| Begun {
        engine: if newest.engine == EngineKind::Builtin { Engine::Builtin } else { Engine::Auto },
        profile: None,
        region: newest.region.clone(),
        speed: Speed::default(),
    });
    let place = open_place(&shell, newest.mode, &begun).await?;
    let run = match shell.lab().resume(place.access.clone()).await {
        Ok(run) => run,
        Err(error) => {
            place.close().await;
            return Err(error.into());
        }
    };
    answer(&mut slot, run, place)
}

/// Forgets the newest run without touching the cloud: what it made stays.
#[tauri::command]
#[specta::specta]
pub async fn abandon(shell: State<'_, Shell>) -> Answer<()> {
    shell.jobs.cancel_all();
    let mut slot = shell.slot().await;
    if let Some(open) = slot.take() {
        close_place(open).await;
    }
    Ok(shell.lab().abandon()?)
}

/// Leaves the open run, which stays as it is and can be continued.
#[tauri::command]
#[specta::specta]
pub async fn leave(shell: State<'_, Shell>) -> Answer<()> {
    shell.jobs.cancel_all();
    let open = shell.slot().await.take();
    if let Some(open) = open {
        close_place(open).await;
    }
    Ok(())
}

async fn open_place(shell: &Shell, mode: Mode, begun: &Begun) -> Answer<Place> {
    let wanted = Wanted {
        mode,
        profile: begun.profile.clone(),
        region: begun.region.clone(),
        engine: match &begun.engine {
            Engine::Auto => EngineChoice::Auto,
            Engine::Builtin => EngineChoice::Builtin,
            Engine::Docker { access } => EngineChoice::This(access.clone()),
        },
        speed: match begun.speed {
            Speed::Real => practice::Speed::Real,
            Speed::Fast => practice::Speed::Fast,
            Speed::Instant => practice::Speed::Instant,
        },
        faults: Vec::new(),
    };
    Ok(Place::open(&shell.folder, wanted).await.map_err(lab::LabError::from)?)
}

fn answer(slot: &mut Option<Arc<Open>>, run: Run, place: Place) -> Answer<RunInfo> {
    let info = run.info()?;
    *slot = Some(Arc::new(Open { run, place }));
    Ok(info)
}

/// Only a convenience: where it fails, continuing chooses the engine anew.
fn remember(shell: &Shell, begun: &Begun) {
    let json = serde_json::to_vec(begun).map_err(std::io::Error::other);
    if let Err(error) = json.and_then(|json| std::fs::write(shell.folder.path().join("begun.json"), json)) {
        tracing::warn!(%error, "how the run was begun is not remembered");
    }
}

fn recall(shell: &Shell) -> Option<Begun> {
    let json = std::fs::read(shell.folder.path().join("begun.json")).ok()?;
    serde_json::from_slice(&json).ok()
}
