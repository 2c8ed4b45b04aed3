//! From text to tree: every file gives a tree, and findings for what could not be read.

pub mod tree;

use crate::finding::Finding;
use crate::source::{FileId, SourceFile};
use tree::Tree;

/// Reads a file. Always gives a tree; what could not be read is left out of it, its surroundings are marked damaged, and
/// a finding says what was expected.
pub fn parse(_id: FileId, _file: &SourceFile) -> (Tree, Vec<Finding>) {
    (Tree::default(), Vec::new())
}
