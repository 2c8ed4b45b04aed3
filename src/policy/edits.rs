//! Which fixes can be applied together, and the text that comes of them.

use crate::finding::{Edit, Finding, Fix};
use crate::source::FileId;
use std::ops::Range;

/// The first fix of each finding that has one for this file alone and may be applied: a safe one, or any with `even_unsafe`. None of them
/// touches words that another one changes. What the drafters accept stays.
pub fn choose(findings: &[Finding], file: FileId, even_unsafe: bool) -> Vec<&Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.accepted.is_none()) {
        let may = |fix: &&Fix| (fix.safe || even_unsafe) && fix.edits.iter().all(|edit| edit.at.file == file);
        let Some(fix) = finding.fixes.iter().find(may) else { continue };
        let is_free = |edit: &Edit| {
            let taken = chosen.iter().flat_map(|known| &known.edits);
            taken.into_iter().all(|known| !collide(edit, known))
        };
        if fix.edits.iter().all(is_free) {
            chosen.push(fix);
        }
    }
    chosen
}

/// Whether two edits change the same words. Two that only insert at one place stand behind each other, unless they insert the same.
fn collide(a: &Edit, b: &Edit) -> bool {
    let (a_at, b_at) = (a.at.span, b.at.span);
    match (a_at.is_empty(), b_at.is_empty()) {
        (true, true) => a_at.start == b_at.start && a.text == b.text,
        // An insertion at either end of changed words would depend on which comes first.
        (true, false) => (b_at.start..=b_at.end).contains(&a_at.start),
        (false, true) => (a_at.start..=a_at.end).contains(&b_at.start),
        (false, false) => a_at.start < b_at.end && b_at.start < a_at.end,
    }
}

/// The text with these fixes, which were chosen together. Line ends are those of the text; a line of which nothing is left goes.
pub fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    // What is inserted at one place keeps its order.
    edits.sort_by_key(|edit| (edit.at.span.start, edit.at.span.end));
    let ends_with_return = text.find('\n').is_some_and(|end| text.get(..end).is_some_and(|line| line.ends_with('\r')));
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        let range = if edit.text.is_empty() { with_its_line(text, edit.at.span.range()) } else { edit.at.span.range() };
        let start = range.start.max(done);
        out.push_str(text.get(done..start).unwrap_or(""));
        if ends_with_return {
            out.push_str(&edit.text.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            out.push_str(&edit.text);
        }
        done = range.end.max(done);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// A stretch that is taken out, widened to whole lines where nothing else stands on them, else to the space behind it.
fn with_its_line(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or("");
    let behind = text.get(range.end..).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line_end = behind.find('\n').map_or(text.len(), |end| range.end + end + 1);
    let is_blank = |range: Range<usize>| text.get(range).is_some_and(|part| part.trim().is_empty());
    if !range.is_empty() && is_blank(start..range.start) && is_blank(range.end..line_end) {
        start..line_end
    } else {
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::source::{Loc, Span};

    fn finding(edits: &[(u32, u32, &str)], safe: bool) -> Finding {
        let at = |start, end| Loc::new(FileId(0), Span::new(start, end));
        let mut finding = Finding::new("a/b", Level::Error, "x", at(0, 0));
        let edits =
            edits.iter().map(|&(start, end, text)| Edit { at: at(start, end), text: text.to_owned() }).collect();
        finding.fixes.push(Fix { title: "x".into(), safe, edits });
        finding
    }

    fn applied(text: &str, all: &[Finding], even_unsafe: bool) -> String {
        apply(text, &choose(all, FileId(0), even_unsafe))
    }

    #[test]
    fn edits_never_overlap() {
        let all = [finding(&[(0, 3, "one")], true), finding(&[(2, 5, "x")], true), finding(&[(3, 6, "two")], true)];
        assert_eq!(applied("abcdef", &all, false), "onetwo");
        let inserts = [finding(&[(1, 1, "x")], true), finding(&[(1, 1, "y")], true), finding(&[(1, 1, "x")], true)];
        assert_eq!(applied("ab", &inserts, false), "axyb");
        let beside = [finding(&[(0, 1, "x")], true), finding(&[(1, 1, "y")], true)];
        assert_eq!(applied("ab", &beside, false), "xb");
        // A fix is applied as a whole or not at all.
        let both = [finding(&[(0, 1, "x")], true), finding(&[(4, 5, "y"), (0, 1, "z")], true)];
        assert_eq!(applied("abcdef", &both, false), "xbcdef");
    }

    #[test]
    fn what_is_not_safe_is_asked_for() {
        let all = [finding(&[(0, 1, "x")], false), finding(&[(1, 2, "y")], true)];
        assert_eq!(applied("ab", &all, false), "ay");
        assert_eq!(applied("ab", &all, true), "xy");
        let mut accepted = all[1].clone();
        accepted.accepted = Some("so it is".into());
        assert_eq!(applied("ab", &[accepted], true), "ab");
    }

    #[test]
    fn line_ends_stay_and_empty_lines_go() {
        assert_eq!(applied("a\r\nb\r\n", &[finding(&[(1, 1, "\nx")], true)], false), "a\r\nx\r\nb\r\n");
        assert_eq!(applied("a\n  b.\nc", &[finding(&[(4, 6, "")], true)], false), "a\nc");
        assert_eq!(applied("a\n  b. c\n", &[finding(&[(4, 6, "")], true)], false), "a\n   c\n");
    }
}
