//! Records every SDK call in the transcript: one entry per call, regardless of the number of attempts.

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{BeforeSerializationInterceptorContextRef, Error, FinalizerInterceptorContextRef},
        },
        orchestrator::{Metadata, OrchestratorError},
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use super::operations;
use crate::{
    call::Call,
    model::problem::capped,
    transcript::{Ending, Recorder},
};

/// An SDK interceptor that records each call of its client.
#[derive(Clone, Debug)]
pub(super) struct RecordingInterceptor {
    recorder: Recorder,
}

impl RecordingInterceptor {
    pub(super) fn new(recorder: Recorder) -> Self {
        Self { recorder }
    }
}

impl Intercept for RecordingInterceptor {
    fn name(&self) -> &'static str {
        "RecordingInterceptor"
    }

    // The earliest hook in which a client's interceptors know the operation.
    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = cfg.load::<Metadata>() {
            let service = operations::service(metadata.service());
            let call = Call::begin(&self.recorder, service, metadata.name(), operations::detail(context.input()));
            cfg.interceptor_state().store_put(StoredCall(call));
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(call) = cfg.load::<StoredCall>() {
            let ending = match context.output_or_error() {
                Some(Ok(_)) => Ending::Ok,
                Some(Err(error)) => failure(error, context),
                None => Ending::Error { code: "Unknown".to_owned(), message: String::new() },
            };
            call.0.end(ending);
        }
        Ok(())
    }
}

/// The open call, stored in the request's configuration: if that is dropped before the call ends, the call is recorded as cancelled.
#[derive(Debug)]
struct StoredCall(Call);

impl Storable for StoredCall {
    type Storer = StoreReplace<Self>;
}

fn failure(error: &OrchestratorError<Error>, context: &FinalizerInterceptorContextRef<'_>) -> Ending {
    if let Some(refusal) = error.as_operation_error().and_then(operations::refusal) {
        let status = || context.response().map(|response| response.status().as_u16().to_string());
        return Ending::Error {
            code: refusal.code.or_else(status).unwrap_or_else(|| "Unknown".to_owned()),
            message: capped(&refusal.message.unwrap_or_default()),
        };
    }
    let code = if error.is_timeout_error() {
        "Timeout"
    } else if error.is_connector_error() {
        "Network"
    } else if error.is_response_error() {
        "Malformed"
    } else {
        "NotSent"
    };
    Ending::Error { code: code.to_owned(), message: capped(&super::errors::chain(error)) }
}
