//! The relevant files of an image, by path, and what they count towards the limits.

use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Unbounded},
    sync::Arc,
};

use crate::jar::artifact::{Artifact, Jar};
use crate::listed::ListedPackage;
use crate::system::System;

/// As many links as Linux follows.
const MAX_LINKS: usize = 40;

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
    /// The operating system's packages, if this is its list, and not a copy of it.
    Packages(Arc<[ListedPackage]>),
    /// Packages of a language.
    Libraries(Arc<[ListedPackage]>),
    Jar(Arc<Jar>),
    /// A manifest outside of a JAR: the artifact that it identifies, if it does.
    Manifest(Option<Arc<Artifact>>),
    /// A symbolic link: the path that it leads to.
    Link(Arc<str>),
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

    /// The files below a folder, in the order of their paths, each with its path below it: `/file`.
    pub(crate) fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = (&'f str, &'f File)> {
        // The character after the slash: `folder/…` is before `folder0`.
        let range = (Excluded(format!("{folder}/")), Excluded(format!("{folder}0")));
        self.by_path.range::<String, _>(range).map(move |(path, file)| (&path[folder.len()..], file))
    }

    /// Follows symbolic links: the path of the file or folder that this path leads to.
    pub(crate) fn resolve(&self, path: &str) -> String {
        let mut path = path.to_owned();
        for _ in 0..MAX_LINKS {
            let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
            let link = ends.into_iter().find_map(|end| match self.by_path.get(&path[..end])?.content {
                Content::Link(ref target) => Some(format!("{target}{}", &path[end..])),
                _ => None,
            });
            match link {
                Some(target) => path = target,
                None => break,
            }
        }
        path
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &File)> {
        self.by_path.iter()
    }
}

impl Size {
    /// What a file at this path holds. A file without packages counts as one, because it uses memory.
    pub(crate) fn of(path: &str, content: &Content) -> Self {
        let (packages, text) = match content {
            Content::System(_) => (0, 0),
            Content::Packages(packages) | Content::Libraries(packages) => {
                (packages.len(), packages.iter().map(ListedPackage::text).sum())
            }
            Content::Jar(jar) => (jar.artifacts.len(), jar.text),
            Content::Manifest(artifact) => (1, artifact.as_ref().map_or(0, |artifact| artifact.text())),
            Content::Link(target) => (0, target.len()),
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
