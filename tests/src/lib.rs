//! What the whole-lab tests and benches share: programs with a time limit, the software of others, `imagelab` itself, and small
//! images that are quickly pulled and pushed.
//!
//! A test that needs what a machine may lack says why it is left out and passes; where `CI` is set, what `cargo xtask test` sets
//! up must be there, and its absence is a failure.

mod data_folder;
pub mod desktop;
mod gate;
mod imagelab;
pub mod lesson;
mod missing;
mod program;
mod scratch;
mod session;
mod shelf;
mod shell;
mod sight;
mod stack;
mod tools;

pub use data_folder::unpack_data_folder;
pub use gate::{Gate, Moment};
pub use imagelab::{Imagelab, LIMIT, PracticeCloud, imagelab};
pub use missing::left_out;
pub use program::{Ended, Finished, Line, Program, kill, run};
pub use scratch::scratch;
pub use session::House;
pub use shelf::Shelf;
pub use shell::Shell;
pub use sight::{Sight, ecr, lived_in};
pub use stack::{Part, Stack};
pub use tools::{aws_1, aws_2, docker_clis, skopeo};
