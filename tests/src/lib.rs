//! What the whole-lab tests and benches share: programs with a time limit, the software of others, `imagelab` itself, and small
//! images that are quickly pulled and pushed.
//!
//! A test that needs what a machine may lack is skipped where that is missing; in CI, what `cargo xtask test` sets up must exist.

mod data_folder;
pub mod desktop;
mod fault_proxy;
mod image_source;
mod imagelab;
pub mod lesson;
mod program;
mod shell;
mod snapshot;
mod stack;
mod temp_dir;
mod test_environment;
mod tools;

pub use data_folder::unpack_data_folder;
pub use fault_proxy::{FaultProxy, KillPoint};
pub use image_source::ImageSource;
pub use imagelab::{Imagelab, LIMIT, PracticeCloud, imagelab};
pub use program::{ExitReason, Line, Program, ProgramOutput, kill, run};
pub use shell::Shell;
pub use snapshot::{Snapshot, ecr, populate_with_foreign_resources};
pub use stack::{Part, Stack};
pub use temp_dir::temp_dir;
pub use test_environment::TestEnvironment;
pub use tools::{aws_1, aws_2, docker_clis, skopeo};
