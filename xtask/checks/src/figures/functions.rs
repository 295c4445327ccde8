//! How long functions are: from `fn` to the closing brace.

use syn::{
    Block, ImplItemFn, ItemFn, Signature, TraitItemFn,
    spanned::Spanned as _,
    visit::{self, Visit},
};

/// The lines of each function in a file, nested ones too.
pub(crate) fn lengths(source: &str) -> Result<Vec<usize>, syn::Error> {
    let mut lengths = Lengths(Vec::new());
    lengths.visit_file(&syn::parse_file(source)?);
    Ok(lengths.0)
}

struct Lengths(Vec<usize>);

impl Lengths {
    fn add(&mut self, signature: &Signature, block: &Block) {
        self.0.push(block.span().end().line - signature.span().start().line + 1);
    }
}

impl<'ast> Visit<'ast> for Lengths {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::lengths;

    #[test]
    fn functions_are_measured_without_attributes_and_comments() {
        let source =
            "/// Text.\n#[test]\nfn one() {}\nimpl A {\n    fn two() {\n        fn three() {\n        }\n    }\n}\n";
        assert_eq!(lengths(source).unwrap(), [1, 4, 2]);
    }
}
