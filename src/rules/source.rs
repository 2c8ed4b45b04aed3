//! Whether a draft says what its source says: quotations that stand nowhere in it.
//!
//! Reads no file itself; who calls it brings the texts.

use super::{Draft, Rule, read};
use crate::finding::{Finding, Level};
use crate::model::Entity;
use crate::model::clause::ValueKind;
use crate::source::{FileId, Loc};
use rustc_hash::FxHashMap;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("source/quotation", Level::Warning, "a quotation that its source does not have"),
    read("source/unreadable", Level::Warning, "a source that cannot be read"),
];

/// Looks for every `text:` quotation in the file that the clause, or else the declaration, names as its `source:`.
///
/// `text_of` gives the text of a file as named in the draft's own file, or in words why it cannot be had. A source that
/// names no file (no word with a dot at its end, such as `paris.md`) is not looked for.
pub fn quotations(draft: &Draft, text_of: &mut dyn FnMut(FileId, &str) -> Result<String, String>) -> Vec<Finding> {
    let draft = *draft;
    let mut found = Vec::new();
    let mut texts: FxHashMap<String, Option<String>> = FxHashMap::default();
    let Some(quoted) = draft.model.names.get("text") else { return found };
    let general = draft.model.declaration.and_then(|id| source_of(draft, Entity::Instrument(id)));
    for (id, clause) in draft.own_clauses() {
        let Some((path, at)) = source_of(draft, Entity::Clause(id)).or_else(|| general.clone()) else {
            continue;
        };
        let fields = clause.item.fields.iter().filter(|field| field.name == quoted);
        for value in fields.flat_map(|field| &field.values) {
            let ValueKind::Prose(words) = &value.kind else { continue };
            let text = texts.entry(path.clone()).or_insert_with(|| match text_of(at.file, &path) {
                Ok(text) => Some(folded(&text)),
                Err(why) => {
                    let rule = Finding::new(
                        "source/unreadable",
                        Level::Warning,
                        format!("the source `{path}` cannot be read: {why}"),
                        at,
                    );
                    let help = "name a file beside the draft, or describe the source in words";
                    found.push(rule.saying("this file is not read").help(help));
                    None
                }
            });
            let Some(text) = text else { continue };
            if !occurs(text, words) {
                let name = draft.text(clause.item.name);
                let finding = Finding::new(
                    "source/quotation",
                    Level::Warning,
                    format!("`{path}` does not contain what `{name}` quotes"),
                    value.at,
                );
                found.push(
                    finding
                        .saying("not in the source")
                        .label(at, "the source named here")
                        .help("copy the words from the source; write `…` where something is left out")
                        .about(name),
                );
            }
        }
    }
    found
}

/// The file that an item names as its source.
fn source_of(draft: Draft, entity: Entity) -> Option<(String, Loc)> {
    let field = draft.model.item(entity).field(draft.model.names.get("source")?)?;
    field.values.iter().find_map(|value| match &value.kind {
        ValueKind::Prose(words) if is_path(words) => Some((words.trim().to_owned(), value.at)),
        _ => None,
    })
}

fn is_path(words: &str) -> bool {
    let words = words.trim();
    let name = words.rsplit('/').next().unwrap_or(words);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let looks_so = (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    looks_so && !words.contains(char::is_whitespace) && !words.contains("://")
}

/// Whether a folded text holds a quotation; what stands around an ellipsis may stand apart, in this order.
fn occurs(text: &str, words: &str) -> bool {
    let words = words.replace("[...]", "…").replace("[…]", "…").replace("...", "…");
    let mut rest = text;
    for part in words.split('…').map(folded) {
        let part = part.trim();
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    true
}

/// White space, quotation marks and dashes in one form each.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚' | '\'' => folded.push('"'),
            '–' | '—' | '‑' => folded.push('-'),
            // The mark of a quotation in Markdown belongs to the page, not to the words.
            '*' | '_' | '>' => {}
            letter if letter.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            letter => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_found_across_lines_marks_and_ellipses() {
        let text = folded("The members “stand\n   ready to commit”,\nin addition, to *robust* guarantees.");
        assert!(occurs(&text, "\"stand ready to commit\""));
        assert!(occurs(&text, "The members … robust guarantees"));
        assert!(!occurs(&text, "robust guarantees … The members"));
        assert!(!occurs(&text, "stand ready to agree"));
    }

    #[test]
    fn a_source_in_words_is_no_file() {
        assert!(is_path("texts/paris-2026.md"));
        assert!(!is_path("Minsk II, point 9"));
        assert!(!is_path("https://example.org/a.md"));
    }
}
