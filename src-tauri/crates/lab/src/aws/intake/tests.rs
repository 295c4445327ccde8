//! Hand-made values of the SDK, whole and sparse.
