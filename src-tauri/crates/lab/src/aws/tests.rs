//! The clients against the practice cloud.
