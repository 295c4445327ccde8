//! Helpers for the JSON of responses.

use serde_json::Value;

/// The object without the members whose value is null.
pub(crate) fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        members.retain(|_, value| !value.is_null());
    }
    value
}
