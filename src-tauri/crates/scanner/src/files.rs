//! The relevant files of an image, by path, and what they count towards the limits.

use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Unbounded},
    sync::Arc,
};

use crate::dpkg::InstalledPackage;
use crate::jar::artifact::Jar;
use crate::system::System;

/// A relevant file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The index of the layer that added it.
    pub(crate) layer: usize,
    pub(crate) content: Content,
}

/// What was read from a file. Another name for the same file shares it.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    System(Arc<System>),
    Packages(Arc<[InstalledPackage]>),
    Jar(Arc<Jar>),
}

/// What files hold: the number of their packages, and the bytes of these packages' texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) packages: usize,
    pub(crate) text: usize,
}

/// Files by path.
#[derive(Debug, Default)]
pub(crate) struct Files {
    by_path: BTreeMap<String, File>,
    size: Size,
}

impl Files {
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        self.by_path.get(path)
    }

    pub(crate) fn insert(&mut self, path: String, file: File) {
        self.remove_file(&path);
        self.size = self.size.plus(Size::of(&path, &file.content));
        self.by_path.insert(path, file);
    }

    pub(crate) fn remove_file(&mut self, path: &str) -> Option<File> {
        let file = self.by_path.remove(path)?;
        self.size = self.size.minus(Size::of(path, &file.content));
        Some(file)
    }

    /// Removes a file, or a folder with everything below it.
    pub(crate) fn remove(&mut self, path: &str) {
        self.remove_file(path);
        self.remove_below(path);
    }

    /// Removes everything below a folder; the empty path is the root.
    pub(crate) fn remove_below(&mut self, folder: &str) {
        if folder.is_empty() {
            *self = Self::default();
            return;
        }
        let inside = format!("{folder}/");
        let below = |files: &BTreeMap<String, File>| {
            let mut after = files.range::<str, _>((Excluded(inside.as_str()), Unbounded));
            after.next().map(|(path, _)| path.clone()).filter(|path| path.starts_with(&inside))
        };
        while let Some(path) = below(&self.by_path) {
            self.remove_file(&path);
        }
    }

    /// Adds the files of an upper layer.
    pub(crate) fn append(&mut self, upper: Self) {
        for (path, file) in upper.by_path {
            self.insert(path, file);
        }
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (String, File)> {
        self.by_path.into_iter()
    }
}

impl Size {
    /// What a file at this path holds. A file without packages counts as one, because it uses memory.
    pub(crate) fn of(path: &str, content: &Content) -> Self {
        let (packages, text) = match content {
            Content::System(_) => (0, 0),
            Content::Packages(packages) => (packages.len(), packages.iter().map(InstalledPackage::text).sum()),
            Content::Jar(jar) => (jar.artifacts.len(), jar.text),
        };
        let packages = packages.max(1);
        Self { packages, text: text.saturating_add(packages.saturating_mul(path.len())) }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { packages: self.packages.saturating_add(other.packages), text: self.text.saturating_add(other.text) }
    }

    fn minus(self, other: Self) -> Self {
        Self { packages: self.packages.saturating_sub(other.packages), text: self.text.saturating_sub(other.text) }
    }
}
