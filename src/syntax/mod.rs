//! From text to tree: every file gives a tree, and findings for what could not be read.

pub mod idiom;
mod labels;
pub mod lex;
mod parse;
pub mod print;
pub mod quoted;
pub mod treaty;
pub mod tree;
pub mod trouble;
mod typed;
pub mod word;

use crate::finding::Finding;
use crate::source::{FileId, Loc, SourceFile, Span};
pub(crate) use labels::fits;
use lex::Token;
use std::ops::Range;
use tree::Tree;
pub use trouble::TITLES;

/// Where the nodes of trees are kept: they are dropped together, in one go.
pub type Arena = bumpalo_herd::Herd;

/// How many mistakes of one file are listed; behind them one finding counts the rest.
const MOST_FINDINGS: usize = 200;

/// From how many bytes on a second thread is worth its start.
pub(crate) const LARGE: usize = 1 << 17;

/// Reads a file. Always gives a tree; what could not be read is left out of it, its surroundings are marked damaged, and
/// a finding says what was expected.
pub fn parse<'a>(id: FileId, file: &SourceFile, arena: &'a Arena) -> (Tree<'a>, Vec<Finding>) {
    let (tree, _, findings) = read(id, file, arena);
    (tree, findings)
}

/// Reads a file as [`parse`] does, a large one in pieces, side by side on all cores.
pub fn parse_in_pieces<'a>(id: FileId, file: &SourceFile, arena: &'a Arena) -> (Tree<'a>, Vec<Finding>) {
    let text = file.code();
    let least =
        if text.len() < LARGE { usize::MAX } else { (text.len() / rayon::current_num_threads()).max(LARGE / 2) };
    let (tree, _, findings) = settled(id, text, pieces(id, text, 0..text.len(), arena, least));
    (tree, findings)
}

/// Reads a file, and gives its tokens as well.
fn read<'a>(id: FileId, file: &SourceFile, arena: &'a Arena) -> (Tree<'a>, Vec<Token>, Vec<Finding>) {
    let text = file.code();
    settled(id, text, piece(id, text, 0..text.len(), arena))
}

/// What a stretch of a text says.
struct Piece<'a> {
    tree: Tree<'a>,
    tokens: Vec<Token>,
    findings: Vec<Finding>,
}

/// Reads a stretch of a text, in two halves where each has at least so many bytes.
fn pieces<'a>(id: FileId, text: &str, range: Range<usize>, arena: &'a Arena, least: usize) -> Piece<'a> {
    let large = range.len() / 2 >= least;
    let Some(middle) = large.then(|| behind_an_item(text, &range)).flatten() else {
        return piece(id, text, range, arena);
    };
    let (mut first, second) = rayon::join(
        || pieces(id, text, range.start..middle, arena, least),
        || pieces(id, text, middle..range.end, arena, least),
    );
    // With a mistake in the first half, such as a quotation without its end, the middle may be no place between items.
    if !first.findings.is_empty() {
        return piece(id, text, range, arena);
    }
    first.tree.items.extend(second.tree.items);
    first.tree.comments.extend(second.tree.comments);
    first.tree.skipped.extend(second.tree.skipped);
    first.findings = second.findings;
    first
}

/// A place in the second half of a stretch behind a brace that stands at the margin, where mostly an item ends.
fn behind_an_item(text: &str, range: &Range<usize>) -> Option<usize> {
    let from = range.start + range.len() / 2;
    let half = text.as_bytes().get(from..range.end)?;
    let mut braces = memchr::memmem::find_iter(half, b"\n}");
    braces.find(|at| matches!(half.get(at + 2), Some(b'\n' | b'\r'))).map(|at| from + at + 2)
}

/// Reads a stretch of a text that begins where an item may begin.
fn piece<'a>(id: FileId, text: &str, range: Range<usize>, arena: &'a Arena) -> Piece<'a> {
    let whole = text;
    let text = text.get(..range.end).unwrap_or(text);
    let lexed = lex::lex(id, text, range.start);
    let context = parse::Context::new(id, whole, text, &lexed.tokens, arena.get());
    let mut tree = parse::draft(&context);
    tree.comments = lexed.comments;
    let mut findings = lexed.findings;
    let mut explained = context.explained.take();
    explained.sort_unstable_by_key(|span| span.start);
    // What better words were found for is said in those alone.
    findings.retain(|finding| {
        let span = finding.at().span;
        let before = explained.partition_point(|known| known.start <= span.start);
        before.checked_sub(1).and_then(|at| explained.get(at)).is_none_or(|known| !known.contains(span))
    });
    findings.extend(context.findings.take());
    Piece { tree, tokens: lexed.tokens, findings }
}

/// Whether a file has many words and no item: a letter, or a draft in another language.
fn is_prose(tree: &Tree, tokens: &[Token]) -> bool {
    const MANY: usize = 12;
    tree.items.is_empty() && tokens.len() > MANY && tokens.iter().all(|token| token.kind != lex::Kind::OpenBrace)
}

/// Brings the findings of a whole text into order.
fn settled<'a>(id: FileId, text: &str, whole: Piece<'a>) -> (Tree<'a>, Vec<Token>, Vec<Finding>) {
    let Piece { tree, tokens, mut findings } = whole;
    if is_prose(&tree, &tokens) {
        let first = tokens.first().map_or(0, |token| token.span.start);
        let line = text.get(first as usize..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
        let at = Loc::new(id, Span::new(first, first + line.len() as u32));
        return (tree, tokens, vec![trouble::no_draft(at)]);
    }
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
    (tree, tokens, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "clause one \"…\" {\n  (a) FR shall deploy force. // at once\n}\n\n";

    /// Reads a text in small pieces and as a whole.
    fn both_ways_agree(text: &str) {
        let arena = Arena::new();
        let (id, file) = (FileId(0), SourceFile::new("draft.decl", text));
        let (tree, _, findings) = settled(id, text, pieces(id, text, 0..text.len(), &arena, 32));
        assert_eq!((tree, findings), parse(id, &file, &arena), "{text}");
    }

    #[test]
    fn a_text_in_pieces_says_the_same() {
        let many = ITEM.repeat(9);
        both_ways_agree(&many);
        both_ways_agree(&many.replace('\n', "\r\n"));
        let mistakes = [
            "clause two {\n",
            "}\n",
            "\"\"\"",
            "\"",
            "rule three { (\n",
            "FR shall deploy.\n",
            "\t\n",
            "\u{A0}",
            "party\n",
            "clause two \"\"\"\n}\n\"\"\" {\n}\n",
            "clause two { note: \"\"\"\n}\nparty FR\n}\n\"\"\" }\n",
            "#\n}\n",
        ];
        for mistake in mistakes {
            for at in [0, 3, 4, 5, 9] {
                let (before, after) = (ITEM.repeat(at), ITEM.repeat(9 - at));
                both_ways_agree(&format!("{before}{mistake}{after}"));
                both_ways_agree(&format!("\t{before}{mistake}{after}{mistake}"));
            }
        }
        both_ways_agree("These are words and no draft, many of them, and some more, and some more.\n}\nAnd one.");
    }
}
