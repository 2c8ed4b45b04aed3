//! From text to tree: every file gives a tree, and findings for what could not be read.

pub mod lex;
mod parse;
mod print;
pub mod quoted;
pub mod tree;
pub mod trouble;
pub mod word;

use crate::finding::Finding;
use crate::source::{FileId, Loc, SourceFile, Span};
use lex::Token;
pub use print::format;
use tree::Tree;
pub use trouble::RULES;

/// How many mistakes of one file are listed; behind them one finding counts the rest.
const MOST_FINDINGS: usize = 200;

/// Reads a file. Always gives a tree; what could not be read is left out of it, its surroundings are marked damaged, and
/// a finding says what was expected.
pub fn parse(id: FileId, file: &SourceFile) -> (Tree, Vec<Finding>) {
    let (tree, _, findings) = read(id, file);
    (tree, findings)
}

/// Reads a file, and gives its tokens as well.
fn read(id: FileId, file: &SourceFile) -> (Tree, Vec<Token>, Vec<Finding>) {
    let lexed = lex::lex(id, file.code());
    let context = parse::Context::new(id, file.code(), &lexed.tokens);
    let mut tree = parse::draft(&context);
    tree.comments = lexed.comments;
    let mut findings = lexed.findings;
    findings.extend(context.findings.take());
    findings.sort_by_key(|finding| finding.at().span);
    // An odd character has its own message; that it is also unexpected says nothing more.
    let mut before = None;
    findings.retain(|finding| {
        let start = finding.at().span.start;
        let doubled = before == Some(start) && finding.code == "syntax/unexpected";
        before = Some(start);
        !doubled
    });
    if let Some(last) = findings.get(MOST_FINDINGS).map(|finding| finding.at().span) {
        let left_out = findings.len() - MOST_FINDINGS;
        findings.truncate(MOST_FINDINGS);
        findings.push(trouble::too_many(Loc::new(id, Span::new(last.start, last.end)), left_out));
    }
    (tree, lexed.tokens, findings)
}
