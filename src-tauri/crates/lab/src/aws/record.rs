//! Every call of the SDK becomes an entry of the transcript: one per call, however many attempts it took.

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
    transcript::{Ending, Recorder},
};

/// Put into a client, it records each call.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    recorder: Recorder,
}

impl Recording {
    pub(super) fn new(recorder: Recorder) -> Self {
        Self { recorder }
    }
}

impl Intercept for Recording {
    fn name(&self) -> &'static str {
        "Recording"
    }

    // Which operation it is, is not known to a client's interceptors any earlier.
    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = cfg.load::<Metadata>() {
            let service = operations::service(metadata.service());
            let call = Call::begin(&self.recorder, service, metadata.name(), operations::detail(context.input()));
            cfg.interceptor_state().store_put(Held(call));
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(call) = cfg.load::<Held>() {
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

/// The call, in its own bag: when the bag is dropped before the call ended, the call tells that it was cancelled.
#[derive(Debug)]
struct Held(Call);

impl Storable for Held {
    type Storer = StoreReplace<Self>;
}

fn failure(error: &OrchestratorError<Error>, context: &FinalizerInterceptorContextRef<'_>) -> Ending {
    if let Some(refusal) = error.as_operation_error().and_then(operations::refusal) {
        let status = || context.response().map(|response| response.status().as_u16().to_string());
        return Ending::Error {
            code: refusal.code.or_else(status).unwrap_or_else(|| "Unknown".to_owned()),
            message: refusal.message.unwrap_or_default(),
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
    Ending::Error { code: code.to_owned(), message: super::errors::chain(error) }
}
