//! The operations that the practice cloud has: read from the tables of its source.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use syn::{Expr, ExprLit, Item, Lit};

use super::{
    documents::{ROWS, read},
    rows::{Fidelity, OTHERS, Rows},
};

/// Where the tables are: a constant for each service, whose elements are names, or tuples that begin with one.
const TABLES: &str = "src-tauri/crates/practice/src/service.rs";

/// The services with rows, and the name of each one's table.
const SERVICES: [(&str, &str); 5] =
    [("ecr", "ECR"), ("ecr-public", "ECR_PUBLIC"), ("inspector2", "INSPECTOR2"), ("iam", "IAM"), ("sts", "STS")];

/// The names of the operations by service.
pub(crate) struct Operations(BTreeMap<String, BTreeSet<String>>);

impl Operations {
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        Self::parse(&read(&root.join(TABLES))?).map_err(|error| format!("{TABLES}: {error}"))
    }

    fn parse(source: &str) -> syn::Result<Self> {
        let mut by_service: BTreeMap<String, BTreeSet<String>> =
            SERVICES.iter().map(|(service, _)| ((*service).to_owned(), BTreeSet::new())).collect();
        for item in syn::parse_file(source)?.items {
            let Item::Const(table) = item else { continue };
            let service = SERVICES.iter().find(|(_, name)| table.ident == name);
            if let Some(operations) = service.and_then(|(service, _)| by_service.get_mut(*service)) {
                operations.extend(names(&table.expr));
            }
        }
        Ok(Self(by_service))
    }

    /// Operations without a row, or with two, and rows of operations that the practice cloud does not have.
    pub(crate) fn problems(&self, rows: &Rows) -> Vec<String> {
        let mut problems = Vec::new();
        for (service, operations) in &self.0 {
            for name in operations.iter().map(String::as_str).chain([OTHERS]) {
                let own = rows.operation.iter().filter(|row| row.service == *service && row.name == name);
                match own.count() {
                    1 => {}
                    0 => problems.push(format!("{service}:{name} has no row in {ROWS}")),
                    count => problems.push(format!("{service}:{name} has {count} rows in {ROWS}")),
                }
            }
        }
        let has = |service: &str, name: &str| self.0.get(service).is_some_and(|names| names.contains(name));
        let present = rows.operation.iter().filter(|row| row.status != Fidelity::Absent);
        let unknown = present.filter(|row| !has(&row.service, &row.name));
        problems.extend(unknown.map(|row| format!("{}: the practice cloud does not have it", row.title())));
        problems
    }
}

fn names(table: &Expr) -> Vec<String> {
    match table {
        Expr::Reference(reference) => names(&reference.expr),
        Expr::Array(array) => array.elems.iter().filter_map(first_text).collect(),
        _ => Vec::new(),
    }
}

fn first_text(element: &Expr) -> Option<String> {
    match element {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Tuple(tuple) => tuple.elems.first().and_then(first_text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_tables_of_texts_and_of_tuples() {
        let source = r#"
            const ECR: &[&str] = &["A", "B"];
            const INSPECTOR2: &[(&str, &str)] = &[("C", "/c")];
            const OTHER: &[&str] = &["D"];
        "#;
        let by_service = Operations::parse(source).unwrap().0;
        let of = |service: &str| by_service[service].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!((of("ecr"), of("inspector2"), of("iam")), (vec!["A", "B"], vec!["C"], vec![]));
    }
}
