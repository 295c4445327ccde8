//! Faults on demand: which operation fails, in what way, how often or for how long. What a fault looks like on the wire
//! is left to `wire`.

pub(crate) mod fault;
pub(crate) mod grammar;
pub(crate) mod injector;
