//! The modules of the project's crates: what each defines and what it refers to.

use std::collections::{BTreeMap, BTreeSet};

/// Every module that the crates' root files declare, directly or indirectly.
#[derive(Default)]
pub(crate) struct Program {
    pub(crate) modules: Vec<Module>,
    /// The root modules of libraries, by the name that other crates use.
    pub(crate) libraries: BTreeMap<String, usize>,
}

/// A module, in a file of its own or not.
#[derive(Default)]
pub(crate) struct Module {
    pub(crate) file: String,
    pub(crate) parent: Option<usize>,
    pub(crate) children: BTreeMap<String, usize>,
    /// Names of the items that it defines.
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    pub(crate) paths: Vec<Reference>,
    /// Where the files of its child modules are.
    pub(crate) folder: String,
}

/// What a `use` brings into a module.
pub(crate) struct Import {
    /// The name it has there; `None` for `*`.
    pub(crate) name: Option<String>,
    pub(crate) reference: Reference,
    /// Whether other modules see it there.
    pub(crate) is_reexport: bool,
}

/// A path in code.
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

impl Program {
    pub(crate) fn add(&mut self, module: Module) -> usize {
        self.modules.push(module);
        self.modules.len() - 1
    }
}
