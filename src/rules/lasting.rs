//! Whether an undertaking is meant to last: then nobody need say when it ends.

use super::Draft;
use crate::model::{ClauseId, known};
use crate::syntax::quoted::unquote;

/// Verbs of what is done once and for all.
const FOR_GOOD: [&str; 7] = ["recognise", "renounce", "relinquish", "cede", "waive", "abandon", "abolish"];

/// Words that say so, each with what must not follow: a lasting peace is an aim, a permanent member an office.
const WORDS: [(&str, &[&str]); 11] = [
    ("lasting", &["peace", "ceasefire", "settlement", "truce", "security", "solution", "stability"]),
    (
        "permanent",
        &["member", "members", "court", "council", "mission", "committee", "representative", "representatives"],
    ),
    ("permanently", &[]),
    ("perpetual", &[]),
    ("perpetuity", &[]),
    ("irrevocable", &[]),
    ("irrevocably", &[]),
    ("irreversible", &[]),
    ("indefinitely", &[]),
    ("forever", &[]),
    ("final status", &[]),
];

/// Whether a clause says that it lasts, in its label, its quoted text or its sentences, or can do nothing else.
pub(super) fn is_lasting(draft: Draft, id: ClauseId) -> bool {
    let clause = draft.model.clause(id);
    let text = clause.item.field(known::TEXT);
    let sentences = || draft.model.norms_of(id).map(|(_, norm)| norm);
    let mut words = clause
        .item
        .label
        .iter()
        .map(|label| label.to_string())
        .chain(text.iter().map(|field| unquote(draft.words(field.at)).into_owned()))
        .chain(sentences().map(|norm| draft.words(norm.sentence).to_owned()));
    words.any(|words| says_so(&words)) || {
        let mut verbs = sentences().map(|norm| draft.text(norm.verb)).peekable();
        verbs.peek().is_some() && verbs.all(|verb| FOR_GOOD.contains(&verb))
    }
}

/// Whether words such as `permanent` stand in a text, and speak of the undertaking.
fn says_so(text: &str) -> bool {
    let lower = text.to_lowercase();
    let all: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    WORDS.iter().any(|(words, but)| {
        let wanted: Vec<&str> = words.split(' ').collect();
        let found = all.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
        found.map(|(at, _)| at).any(|at| {
            let negated =
                at.checked_sub(1).and_then(|before| all.get(before)).is_some_and(|it| ["not", "non"].contains(it));
            !negated && all.get(at + wanted.len()).is_none_or(|next| !but.contains(next))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn what_is_lasting_is_told_from_what_is_hoped_to_last() {
        for text in ["a lasting undertaking", "shall permanently renounce", "the final-status of X", "In perpetuity"] {
            assert!(says_so(text), "{text}");
        }
        for text in
            ["until a lasting peace", "the permanent members", "not permanent", "a non-permanent seat", "finally"]
        {
            assert!(!says_so(text), "{text}");
        }
    }
}
