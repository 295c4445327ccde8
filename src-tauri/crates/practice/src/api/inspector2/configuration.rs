//! How long images are re-scanned.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::inspector2::check,
    cloud::Cloud,
    config::ACCOUNT,
    rescan,
    state::inspector::Rescan,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Get {
    account_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update {
    account_id: Option<String>,
    ecr_configuration: Option<EcrConfiguration>,
    ec2_configuration: Option<Ec2Configuration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EcrConfiguration {
    rescan_duration: Option<String>,
    pull_date_rescan_duration: Option<String>,
    pull_date_rescan_mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ec2Configuration {
    scan_mode: Option<String>,
}

const DURATIONS: [&str; 8] = ["DAYS_3", "DAYS_7", "DAYS_14", "DAYS_30", "DAYS_60", "DAYS_90", "DAYS_180", "LIFETIME"];
const MODES: [&str; 2] = ["LAST_PULL_DATE", "LAST_IN_USE_AT"];
const EC2_MODES: [&str; 2] = ["EC2_SSM_AGENT_BASED", "EC2_HYBRID"];

pub(super) async fn get(cloud: &Cloud, input: Get) -> ApiResult {
    check_account(input.account_id.as_deref())?;
    Ok(cloud.store.read(|state| {
        let rescan = &state.inspector.rescan;
        let mut duration = json!({
            "rescanDuration": rescan.push_duration,
            "pullDateRescanDuration": rescan.pull_duration,
            "pullDateRescanMode": rescan.pull_mode,
            "status": "SUCCESS",
        });
        if let Some(at) = rescan.updated_at {
            duration["updatedAt"] = at.to_json();
        }
        let mode = state.inspector.ec2_scan_mode.as_deref().unwrap_or(EC2_MODES[1]);
        json!({
            "ecrConfiguration": { "rescanDurationState": duration },
            "ec2Configuration": { "scanModeState": { "scanMode": mode, "scanModeStatus": "SUCCESS" } },
        })
    }))
}

/// Changes the configuration. Images that expired under the previous one stay expired until a push or a pull.
pub(super) async fn update(cloud: &Cloud, input: Update) -> ApiResult {
    check_account(input.account_id.as_deref())?;
    let ecr = input.ecr_configuration.map(validated).transpose()?;
    let ec2 = input.ec2_configuration.map(|ec2| check::required("scanMode", ec2.scan_mode)).transpose()?;
    if let Some(mode) = &ec2 {
        check::one_of("scanMode", mode, &EC2_MODES)?;
    }
    let now = cloud.clock.moment();
    cloud
        .store
        .change(|state| {
            if let Some(EcrConfiguration { rescan_duration, pull_date_rescan_duration, pull_date_rescan_mode }) = ecr {
                rescan::expire(state, now);
                let current = state.inspector.rescan.clone();
                state.inspector.rescan = Rescan {
                    push_duration: rescan_duration.unwrap_or(current.push_duration),
                    pull_duration: pull_date_rescan_duration.unwrap_or(current.pull_duration),
                    pull_mode: pull_date_rescan_mode.unwrap_or(current.pull_mode),
                    updated_at: Some(now),
                };
            }
            if ec2.is_some() {
                state.inspector.ec2_scan_mode = ec2;
            }
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Value::Object(Map::new()))
}

fn validated(ecr: EcrConfiguration) -> Result<EcrConfiguration, ApiError> {
    check::one_of("rescanDuration", &check::required("rescanDuration", ecr.rescan_duration.clone())?, &DURATIONS)?;
    if let Some(duration) = &ecr.pull_date_rescan_duration {
        // LIFETIME is not allowed for pulls.
        check::one_of("pullDateRescanDuration", duration, &DURATIONS[..7])?;
    }
    if let Some(mode) = &ecr.pull_date_rescan_mode {
        check::one_of("pullDateRescanMode", mode, &MODES)?;
    }
    Ok(ecr)
}

fn check_account(account: Option<&str>) -> Result<(), ApiError> {
    match account {
        None | Some(ACCOUNT) => Ok(()),
        Some(other) => {
            check::account(other)?;
            Err(ApiError::new("AccessDeniedException", format!("The account {other} is not the caller's.")))
        }
    }
}
