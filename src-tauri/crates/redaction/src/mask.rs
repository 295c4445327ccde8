//! The masks themselves: the same for the same value.

use sha2::{Digest as _, Sha256};

/// Makes masks.
#[derive(Clone, Debug)]
pub(crate) struct Masks {
    accounts: Vec<String>,
}

impl Masks {
    pub(crate) fn new(accounts: Vec<String>) -> Self {
        Self { accounts: accounts.into_iter().filter(|account| is_account_id(account)).collect() }
    }

    /// The accounts that are known, wherever they are.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(String::as_str)
    }

    /// The mask of a user, a role, a session or an e-mail-like name: `masked-3f9a8c`.
    ///
    /// The account id, which is masked too, is part of the hash: without it a guessed name cannot be checked against its mask.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("masked-{}", self.hash(name))
    }

    /// The mask of an access key's or a principal's id: `AKIA-masked-3f9a8c`. The prefix states its kind.
    pub(crate) fn key_id(&self, id: &str) -> String {
        format!("{}-masked-{}", &id[..4], self.hash(id))
    }

    fn hash(&self, value: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.accounts.first().map_or("", String::as_str));
        hash.update([0]);
        hash.update(value);
        hex::encode(&hash.finalize()[..3])
    }
}

/// The mask of an account id: its last four digits stay.
pub(crate) fn account(account: &str) -> String {
    format!("••••••••{}", &account[account.len() - 4..])
}

/// Whether it is an account id: twelve digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
