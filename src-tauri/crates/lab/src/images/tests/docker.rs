//! A real Docker Engine and a real registry, where they can run.
