//! What the whole-lab tests and benches share: programs with a time limit, third-party software, `imagelab` itself, and the real
//! window. What the tests of other crates need too is in `testbed`.
//!
//! A test that needs what a machine may lack is skipped where that is missing; in CI, what `cargo xtask test` sets up must exist.

mod access;
mod botocore;
mod data_folder;
pub mod desktop;
mod fault_proxy;
mod imagelab;
mod lab_run;
pub mod lesson;
mod program;
mod shell;
mod snapshot;
pub mod soak;
mod stack;

pub use access::access;
pub use botocore::botocore;
pub use data_folder::unpack_data_folder;
pub use fault_proxy::{FaultProxy, KillPoint, RecordedCall};
pub use imagelab::{Imagelab, LIMIT, PracticeCloud, imagelab};
pub use lab_run::{Failed, LabRun, is_readable, shown};
pub use program::{ExitReason, Line, Program, ProgramOutput, kill, run};
pub use shell::Shell;
pub use snapshot::{Snapshot, populate_with_foreign_resources};
pub use stack::{Part, Stack};
