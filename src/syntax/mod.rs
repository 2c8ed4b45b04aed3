//! From text to tree: every file gives a tree, and findings for what could not be read.

pub mod lex;
mod parse;
pub mod print;
pub mod quoted;
pub mod tree;
pub mod trouble;
mod typed;
pub mod word;

use crate::finding::Finding;
use crate::source::{FileId, Loc, SourceFile, Span};
use lex::Token;
use tree::Tree;
pub use trouble::TITLES;

/// Where the nodes of trees are kept: they are dropped together, in one go.
pub type Arena = bumpalo::Bump;

/// How many mistakes of one file are listed; behind them one finding counts the rest.
const MOST_FINDINGS: usize = 200;

/// Reads a file. Always gives a tree; what could not be read is left out of it, its surroundings are marked damaged, and
/// a finding says what was expected.
pub fn parse<'a>(id: FileId, file: &SourceFile, arena: &'a Arena) -> (Tree<'a>, Vec<Finding>) {
    let (tree, _, findings) = read(id, file, arena);
    (tree, findings)
}

/// Whether a file has many words and no item: a letter, or a draft in another language.
fn is_prose(tree: &Tree, tokens: &[Token]) -> bool {
    const MANY: usize = 12;
    tree.items.is_empty() && tokens.len() > MANY && tokens.iter().all(|token| token.kind != lex::Kind::OpenBrace)
}

/// Reads a file, and gives its tokens as well.
fn read<'a>(id: FileId, file: &SourceFile, arena: &'a Arena) -> (Tree<'a>, Vec<Token>, Vec<Finding>) {
    let lexed = lex::lex(id, file.code());
    let context = parse::Context::new(id, file.code(), &lexed.tokens, arena);
    let mut tree = parse::draft(&context);
    tree.comments = lexed.comments;
    let unread = context.unread.take();
    let mut findings = lexed.findings;
    if is_prose(&tree, &lexed.tokens) {
        let first = lexed.tokens.first().map_or(0, |token| token.span.start);
        let line = file.code().get(first as usize..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
        let at = Loc::new(id, Span::new(first, first + line.len() as u32));
        return (tree, lexed.tokens, vec![trouble::no_draft(at)]);
    }
    // What a block in another language is made of is not for the lexer to judge; what reaches beyond it is.
    findings.retain(|finding| {
        finding.code == "syntax/unclosed-text" || !unread.iter().any(|block| block.contains(finding.at().span))
    });
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
