//! Collects from the syntax of a file what its modules declare, define and refer to.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, ExprLit, File, ImplItem, Item, ItemMod, ItemUse, Lit, Macro, Meta, UseTree, VisRestricted,
    spanned::Spanned as _,
    visit::{self, Visit},
};

use super::program::{Import, Module, Program, Reference};

/// Walks through a file and adds to its modules.
pub(crate) struct Collector<'a> {
    program: &'a mut Program,
    module: usize,
    reexport: bool,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(program: &'a mut Program, module: usize) -> Self {
        Self { program, module, reexport: false }
    }

    pub(crate) fn collect(&mut self, file: &File) {
        self.visit_file(file);
    }

    fn current(&mut self) -> &mut Module {
        &mut self.program.modules[self.module]
    }

    /// Single names are covered by the `use` that imports them.
    fn reference(&mut self, path: Vec<String>, line: usize) {
        if path.len() > 1 {
            self.current().paths.push(Reference { path, line });
        }
    }

    fn declare_module(&mut self, item: &ItemMod) {
        let name = item.ident.to_string();
        let current = self.current();
        let folder = format!("{}/{name}", current.folder);
        let file = match (&item.content, path_attribute(&item.attrs)) {
            (Some(_), _) => current.file.clone(),
            (None, Some(path)) => {
                format!("{}/{path}", current.file.rsplit_once('/').map_or("", |(folder, _)| folder))
            }
            (None, None) => format!("{folder}.rs"),
        };
        let module = Module { file, folder, parent: Some(self.module), ..Module::default() };
        let child = self.program.add(module);
        self.current().children.insert(name, child);
        if let Some((_, items)) = &item.content {
            let parent = std::mem::replace(&mut self.module, child);
            for item in items {
                self.visit_item(item);
            }
            self.module = parent;
        }
    }

    fn import(&mut self, item: &ItemUse) {
        self.reexport = !matches!(item.vis, syn::Visibility::Inherited);
        let line = item.span().start().line;
        let mut prefix = Vec::new();
        self.import_tree(&item.tree, &mut prefix, line);
    }

    fn import_tree(&mut self, tree: &UseTree, prefix: &mut Vec<String>, line: usize) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import_tree(&path.tree, prefix, line);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import_tree(tree, prefix, line)),
            UseTree::Name(name) => self.import_name(prefix, &name.ident.to_string(), None, line),
            UseTree::Rename(rename) => {
                self.import_name(prefix, &rename.ident.to_string(), Some(rename.rename.to_string()), line);
            }
            UseTree::Glob(_) => {
                let reference = Reference { path: prefix.clone(), line };
                let is_reexport = self.reexport;
                self.current().imports.push(Import { name: None, reference, is_reexport });
            }
        }
    }

    /// `a::{self}` is `a`.
    fn import_name(&mut self, prefix: &[String], last: &str, rename: Option<String>, line: usize) {
        let mut path = prefix.to_vec();
        if last != "self" || path.is_empty() {
            path.push(last.to_owned());
        }
        let name = rename.or_else(|| path.last().cloned());
        let is_reexport = self.reexport;
        self.current().imports.push(Import { name, reference: Reference { path, line }, is_reexport });
    }

    /// Paths in the tokens of macros and attributes. Attributes also name functions in strings.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut line) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.reference(std::mem::take(&mut path), line);
                        line = name.span().start().line;
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                other => {
                    self.reference(std::mem::take(&mut path), line);
                    colons = 0;
                    self.token(other);
                }
            }
        }
        self.reference(path, line);
    }

    fn token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => self.tokens(group.stream()),
            TokenTree::Literal(literal) => self.path_in_string(&literal.to_string(), literal.span().start().line),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }

    fn path_in_string(&mut self, literal: &str, line: usize) {
        let path: Vec<String> = literal.trim_matches('"').split("::").map(String::from).collect();
        if ["crate", "self", "super"].contains(&path[0].as_str()) {
            self.reference(path, line);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_for_tests) {
            return;
        }
        match item {
            Item::Mod(module) => self.declare_module(module),
            Item::Use(import) => self.import(import),
            _ => {
                self.current().items.extend(name(item));
                visit::visit_item(self, item);
            }
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let ImplItem::Fn(function) = item else { return visit::visit_impl_item(self, item) };
        if !function.attrs.iter().any(is_for_tests) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let line = path.span().start().line;
        self.reference(path.segments.iter().map(|segment| segment.ident.to_string()).collect(), line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        self.visit_path(&invocation.path);
        self.tokens(invocation.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            Meta::List(list) => self.tokens(list.tokens.clone()),
            Meta::Path(_) | Meta::NameValue(_) => {}
        }
    }

    /// `pub(in path)` is no reference.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

fn is_for_tests(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::NameValue(_) => false,
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
