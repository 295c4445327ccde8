//! Follows a path from the module that names it to the module that defines the item.

use super::{
    graph::Graph,
    program::{Module, Program},
};

/// The files' references to each other.
pub(crate) fn graph(program: &Program) -> Graph {
    let mut graph = Graph::default();
    for (index, module) in program.modules.iter().enumerate() {
        let imports = module.imports.iter().filter(|import| !import.is_reexport).map(|import| &import.reference);
        let paths = module.paths.iter().filter(|path| !module.children.contains_key(&path.path[0]));
        for reference in imports.chain(paths) {
            let mut resolver = Resolver { program, followed: Vec::new() };
            if let Target::Defined(target) | Target::Missing(target) = resolver.resolve(index, &reference.path) {
                graph.add(&module.file, &program.modules[target].file, reference.line);
            }
        }
    }
    graph
}

/// Where a path leads.
enum Target {
    /// To an item of this module, or to the module itself.
    Defined(usize),
    /// To this module, where no such item is seen: a macro may define it.
    Missing(usize),
    /// Out of the project.
    External,
}

struct Resolver<'a> {
    program: &'a Program,
    /// Imports that have been followed: two may lead to each other.
    followed: Vec<(usize, String)>,
}

impl<'a> Resolver<'a> {
    fn module(&self, index: usize) -> &'a Module {
        &self.program.modules[index]
    }

    fn resolve(&mut self, from: usize, path: &[String]) -> Target {
        let Some((first, rest)) = path.split_first() else { return Target::External };
        match first.as_str() {
            "crate" => self.descend(self.root(from), rest),
            "self" => self.descend(from, rest),
            "super" => match self.module(from).parent {
                Some(parent) if rest.first().is_some_and(|next| next == "super") => self.resolve(parent, rest),
                Some(parent) => self.descend(parent, rest),
                None => Target::External,
            },
            name => self.resolve_name(from, name, path),
        }
    }

    /// A path that begins with a name of the module, or of another crate.
    fn resolve_name(&mut self, from: usize, name: &str, path: &[String]) -> Target {
        if let target @ Target::Defined(_) = self.descend(from, path) {
            return target;
        }
        match self.program.libraries.get(name) {
            Some(&root) => self.descend(root, &path[1..]),
            None => Target::External,
        }
    }

    fn root(&self, module: usize) -> usize {
        self.module(module).parent.map_or(module, |parent| self.root(parent))
    }

    fn descend(&mut self, at: usize, path: &[String]) -> Target {
        let Some((name, rest)) = path.split_first() else { return Target::Defined(at) };
        let module = self.module(at);
        if let Some(&child) = module.children.get(name) {
            return self.descend(child, rest);
        }
        if module.items.contains(name) {
            return Target::Defined(at);
        }
        let step = (at, name.clone());
        if self.followed.contains(&step) {
            return Target::Missing(at);
        }
        self.followed.push(step);
        if let Some(import) = module.imports.iter().find(|import| import.name.as_ref() == Some(name)) {
            let full: Vec<String> = import.reference.path.iter().chain(rest).cloned().collect();
            return self.resolve(at, &full);
        }
        for import in module.imports.iter().filter(|import| import.name.is_none()) {
            let full: Vec<String> = import.reference.path.iter().chain(path).cloned().collect();
            if let target @ Target::Defined(_) = self.resolve(at, &full) {
                return target;
            }
        }
        Target::Missing(at)
    }
}
