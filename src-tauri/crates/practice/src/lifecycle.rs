//! What happens to images by itself: a push queues a scan, a worker runs the scanner, a change of configuration
//! re-evaluates every repository, the practice clock is moved, and findings close when their image is deleted or no longer watched.

pub(crate) mod advance;
mod attempts;
pub(crate) mod close;
pub(crate) mod enroll;
pub(crate) mod quarantine;
pub(crate) mod reconcile;
pub(crate) mod rescan;
pub(crate) mod worker;
