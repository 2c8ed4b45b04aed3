//! Where a line can be put into an item, for fixes.

use super::Draft;
use crate::finding::Edit;
use crate::model::entity::Item;
use crate::source::{Loc, Span};

/// Puts a field behind the other lines of an item, with words that stand beside it as a comment where it has a line of its own.
pub(super) fn for_field(draft: Draft, item: &Item, field: &str, beside: &str) -> Edit {
    let source = draft.sources.file(item.whole.file);
    let whole = item.whole.span;
    let insert = |at: u32, text: String| Edit { at: Loc::new(item.whole.file, Span::new(at, at)), text };
    let Some(brace) = whole.end.checked_sub(1).filter(|_| source.slice(whole).ends_with('}')) else {
        return insert(whole.end, format!(" {{ {field} }}"));
    };
    let before = source.text().get(..brace as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let indent = before.get(line..).unwrap_or("");
    if line == 0 || !indent.trim().is_empty() {
        let gap = if before.ends_with(' ') { "" } else { " " };
        return insert(brace, format!("{gap} {field} "));
    }
    let comment = if beside.is_empty() { String::new() } else { format!("  // {beside}") };
    insert(line as u32, format!("{indent}  {field}{comment}\n"))
}
