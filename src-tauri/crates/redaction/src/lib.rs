//! Masks what identifies an account, a person or a machine, in reports and exports that are shared: account ids, the names in
//! ARNs, users and roles, access key ids, registry hosts, the home and the data folder, e-mail-like names.
//!
//! The shape of a text is kept, so that a masked ARN or registry host is still readable as one. The same value has the same mask
//! in every text and every export of an account; an account id keeps its last four digits. Secrets are no subject of this crate:
//! they never get into a text. Which texts are masked is left to the callers.

mod mask;
mod patterns;
mod principal;

use std::{borrow::Cow, collections::BTreeSet, path::PathBuf};

use serde_json::Value;

use crate::{mask::Masks, principal::principals};

pub use crate::mask::is_account_id;

/// What is known before a text is read, so that it is recognized without its usual context.
#[derive(Clone, Debug, Default)]
pub struct KnownValues {
    /// Account ids, twelve digits each. The first also makes masks of other accounts' exports differ.
    pub accounts: Vec<String>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// The data folder.
    pub data: Option<PathBuf>,
    /// Values that are never masked, such as the ids of runs (which may be twelve digits) and the usual names of the lab.
    pub kept: Vec<String>,
    /// Names of which a part identifies a person: the part, and the whole name. `("kim", "kim-eks-security-prod")`
    pub personal: Vec<(String, String)>,
}

/// Masks texts. Without anything to mask ([`Redactor::off`]) every text stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    active: Option<Active>,
}

#[derive(Clone, Debug)]
struct Active {
    masks: Masks,
    /// The folders to replace, the longest first, each with its replacement.
    folders: Vec<(String, &'static str)>,
    /// Names of users and roles that were seen in an ARN.
    names: BTreeSet<String>,
    kept: BTreeSet<String>,
    /// Whole names, each with what takes its place.
    personal: Vec<(String, String)>,
}

impl Redactor {
    /// Masks nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// Masks everything that identifies an account, a person or a machine.
    pub fn new(values: KnownValues) -> Self {
        let KnownValues { accounts, home, data, kept, personal } = values;
        let path = |path: PathBuf, instead| (path.display().to_string(), instead);
        let mut folders: Vec<_> = data.map(|data| path(data, "<data>")).into_iter().collect();
        folders.extend(home.map(|home| path(home, "~")));
        folders.retain(|(folder, _)| folder.trim_end_matches(['/', '\\']).len() > 1);
        folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        let masks = Masks::new(accounts);
        let kept = kept.into_iter().filter(|value| !value.is_empty()).collect();
        let is_long = |part: &&String| part.len() >= SHORTEST_NAME;
        let names = personal.iter().map(|(part, _)| part).filter(is_long).cloned().collect();
        let masked = |(part, whole): (String, String)| {
            let instead = whole.replacen(&part, &masks.name(&part), 1);
            (whole, instead)
        };
        let personal = personal.into_iter().filter(|(part, _)| !part.is_empty()).map(masked).collect();
        Self { active: Some(Active { masks, folders, names, kept, personal }) }
    }

    /// Whether anything is masked.
    pub fn is_active(&self) -> bool {
        self.active.is_some()
    }

    /// Remembers the users and roles that the text names in ARNs. They are then masked where they occur without one.
    pub fn learn(&mut self, text: &str) {
        if let Some(active) = &mut self.active {
            let names = principals(text).filter(|name| name.len() >= SHORTEST_NAME && !active.kept.contains(*name));
            active.names.extend(names.map(str::to_owned));
        }
    }

    /// As [`learn`](Self::learn), from all texts of a value.
    pub fn learn_json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.learn(text),
            Value::Array(items) => items.iter().for_each(|item| self.learn_json(item)),
            Value::Object(members) => members.values().for_each(|member| self.learn_json(member)),
            _ => {}
        }
    }

    /// The text with masks.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.active {
            Some(active) => active.text(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Masks all texts of a value. The names of members stay.
    pub fn json(&self, value: &mut Value) {
        if self.active.is_none() {
            return;
        }
        match value {
            Value::String(text) => {
                if let Cow::Owned(masked) = self.text(text) {
                    *text = masked;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.json(member)),
            _ => {}
        }
    }
}

/// Shorter names are masked in ARNs only: they are too likely to be a part of something else.
const SHORTEST_NAME: usize = 4;

impl Active {
    fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for (folder, instead) in &self.folders {
            replace(&mut masked, |text| patterns::replace_folder(text, folder, instead));
        }
        replace(&mut masked, |text| patterns::replace_arns(text, &self.masks));
        replace(&mut masked, |text| patterns::replace_key_ids(text, &self.masks));
        for (whole, instead) in &self.personal {
            replace(&mut masked, |text| patterns::replace_word(text, whole, instead));
        }
        for name in &self.names {
            replace(&mut masked, |text| patterns::replace_word(text, name, &self.masks.name(name)));
        }
        replace(&mut masked, |text| patterns::replace_emails(text, &self.masks));
        replace(&mut masked, |text| patterns::replace_accounts(text, &self.masks, &self.kept));
        masked
    }
}

/// Applies a replacement that returns `None` where there is nothing to replace.
fn replace(text: &mut Cow<'_, str>, replacement: impl FnOnce(&str) -> Option<String>) {
    if let Some(replaced) = replacement(text) {
        *text = Cow::Owned(replaced);
    }
}

/// The scheme, host and port of an address that may hold a user, a password, a path or a query. `http://user:password@proxy:3128/`
/// gives `http://proxy:3128`.
pub fn origin_of(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{}", authority.rsplit('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
