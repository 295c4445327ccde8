//! Ends the reading of a list that a service does not end. Such a list is not known entirely, so that is an error: its missing
//! part must not read as none.

use std::collections::HashSet;

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// How many pages in a row may be empty. A service may return an empty page with a token, but not for ever.
const EMPTY_PAGES: usize = 50;

/// Watches the pages of one list.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    tokens: HashSet<String>,
    empty: usize,
}

impl Paging {
    /// Checks a page of the call that needs `action`: the number of its items, and the token of the next page.
    ///
    /// # Errors
    ///
    /// Problem `malformed-answer` if the token has been used before, or too many pages in a row are empty.
    pub(crate) fn check(&mut self, action: &str, items: usize, token: Option<&str>) -> Result<(), LabError> {
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        let Some(token) = token else { return Ok(()) };
        let details = if !self.tokens.insert(token.to_owned()) {
            "the token of the next page repeats".to_owned()
        } else if self.empty >= EMPTY_PAGES {
            format!("{EMPTY_PAGES} pages in a row are empty, and more would follow")
        } else {
            return Ok(());
        };
        Err(Problem::new(Code::MalformedAnswer).with("action", action).with("code", "-").details(details).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<(), LabError>) -> Option<Code> {
        match result {
            Ok(()) => None,
            Err(error) => Some(error.into_problem().code),
        }
    }

    #[test]
    fn a_token_that_repeats_ends_the_list_with_an_error() {
        let mut paging = Paging::default();
        assert_eq!(code(paging.check("ecr:DescribeImages", 3, Some("a"))), None);
        assert_eq!(code(paging.check("ecr:DescribeImages", 3, Some("b"))), None);
        assert_eq!(code(paging.check("ecr:DescribeImages", 3, Some("a"))), Some(Code::MalformedAnswer));
    }

    #[test]
    fn some_empty_pages_are_passed_over_and_endless_ones_are_an_error() {
        let mut paging = Paging::default();
        let mut check = |at: usize, items| code(paging.check("inspector2:ListFindings", items, Some(&at.to_string())));
        assert!((0..EMPTY_PAGES - 1).all(|at| check(at, 0).is_none()));
        assert_eq!(check(EMPTY_PAGES, 1), None, "an item starts the count again");
        assert!((100..99 + EMPTY_PAGES).all(|at| check(at, 0).is_none()));
        assert_eq!(check(1000, 0), Some(Code::MalformedAnswer));
    }

    #[test]
    fn the_last_page_may_be_empty() {
        assert_eq!(code(Paging::default().check("ecr:DescribeImages", 0, None)), None);
    }
}
