//! Imports that a draft does not need.

use super::{Loaded, Unit};
use crate::finding::{Finding, Level};
use crate::source::{Loc, SourceFile, Span};
use crate::syntax::quoted::unquote;
use crate::syntax::tree::Item;
use rustc_hash::FxHashSet;

/// The items that have an effect only where they are named. Everything else (clauses, other texts, vocabulary) counts by itself.
const NAMED: [&str; 6] = ["party", "place", "thing", "event", "phase", "term"];

/// Finds the imports of a draft of which no name and no label stands anywhere else in it. `own` are its imports, each with the
/// unit it leads to. A library may import for others.
pub(super) fn look(loaded: &Loaded, own: &[(Loc, usize)]) -> Vec<Finding> {
    let Some(draft) = loaded.units.first().filter(|_| !own.is_empty()) else { return Vec::new() };
    let source = loaded.sources.file(draft.file);
    let keyword = |item: &Item| source.slice(item.keyword);
    if !draft.tree.items.iter().any(|item| keyword(item) == "declaration") {
        return Vec::new();
    }
    let imports = draft.tree.items.iter().filter(|item| keyword(item) == "import");
    let without = rest(source, imports.map(|item| item.span));
    let lower = without.to_lowercase();
    let words: FxHashSet<&str> = without.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let mut found = Vec::new();
    for &(at, unit) in own {
        let files = reached(loaded, unit);
        let needed = files.iter().any(|unit| {
            let file = loaded.sources.file(unit.file);
            unit.tree.items.iter().any(|item| match file.slice(item.keyword) {
                "import" => false,
                keyword if !NAMED.contains(&keyword) => true,
                _ => {
                    let label = item.label.map(|label| unquote(file.slice(label.span)).to_lowercase());
                    words.contains(file.slice(item.name)) || label.is_some_and(|label| lower.contains(&label))
                }
            })
        });
        let alias = draft.tree.items.iter().find(|item| item.span == at.span).map(|item| source.slice(item.name));
        if needed || alias.is_some_and(|alias| !alias.is_empty() && words.contains(alias)) {
            continue;
        }
        let finding =
            Finding::new("structure/unused-import", Level::Advice, "nothing in the draft uses this import", at)
                .saying("no name of this file stands anywhere else")
                .help("take the import out, or use what it declares")
                .fix("take it out", true, at, "");
        found.push(finding);
    }
    found
}

/// The text of a draft without some stretches of it.
fn rest(source: &SourceFile, without: impl Iterator<Item = Span>) -> String {
    let (mut out, mut done) = (String::new(), 0);
    let code = source.code();
    for span in without {
        out.push_str(code.get(done..span.start as usize).unwrap_or(""));
        done = span.end as usize;
    }
    out.push_str(code.get(done..).unwrap_or(""));
    out
}

/// A unit and all that it imports.
fn reached<'l, 'a>(loaded: &'l Loaded<'a>, unit: usize) -> Vec<&'l Unit<'a>> {
    let (mut open, mut seen) = (vec![unit], FxHashSet::default());
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        let Some(unit) = loaded.units.get(next).filter(|_| seen.insert(next)) else { continue };
        found.push(unit);
        open.extend(unit.imports.iter().map(|(_, unit)| *unit));
    }
    found
}
