//! Helpers shared by the whole-lab tests.
