//! A draft with the files it imports, each parsed once.

use crate::finding::Finding;
use crate::source::{FileId, Sources};
use crate::syntax::tree::Tree;
use std::path::Path;

/// Reads files for imports and quotations; the command gives one that reads the disk, a test one that reads a table.
pub trait Loader: Sync {
    /// The bytes of a file, or why they cannot be had, in words. `path` is as [`Loader::resolve`] gave it.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// The path of `wanted` as named in the file `from`; an error in words where it leaves the project's root.
    fn resolve(&self, from: &Path, wanted: &str) -> Result<std::path::PathBuf, String>;
}

/// One file of a draft.
#[derive(Debug)]
pub struct Unit<'a> {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub tree: Tree<'a>,
    /// The imports that could be read: the name after `as`, if any, and the index of the unit.
    pub imports: Vec<(Option<Box<str>>, usize)>,
}

/// A draft and all it imports: the draft first.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// Every text.
    pub sources: Sources,
    /// Every file parsed, the draft at index 0.
    pub units: Vec<Unit<'a>>,
    /// Syntax findings of all files, and those about imports.
    pub findings: Vec<Finding>,
}
