//! The control address: by it a process of the same user moves the clock of a practice cloud that another process runs, and learns
//! how it is reached. The address and a secret are in the cloud's folder, in a file that only its owner can read.

pub(crate) mod client;
pub(crate) mod record;
pub(crate) mod server;
