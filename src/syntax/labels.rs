//! What the items of a text are called, and what they are labelled: looked up only behind a mistake.

use std::collections::HashMap;

/// The names of a text by what a drafter would write for them: the name itself, its label, and the label without its number.
#[derive(Debug)]
pub(super) struct Labels {
    by_words: HashMap<String, Declared>,
    /// The first date of the text that stands behind `signed:`, or else anywhere: year, month and day.
    pub date: Option<(u32, u32, u32)>,
}

/// An item of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Declared {
    /// The word before its name: `party`, `event`.
    pub keyword: Box<str>,
    /// Its name.
    pub name: Box<str>,
}

impl Labels {
    /// Reads the heads of all items of a text, line by line.
    pub fn of(text: &str) -> Self {
        let mut by_words = HashMap::new();
        for line in text.lines() {
            let Some((declared, label)) = head(line.trim_start()) else { continue };
            let mut add = |words: &str| {
                by_words.entry(plain(words)).or_insert_with(|| declared.clone());
            };
            add(&declared.name);
            add(label);
            if let Some((number, words)) = numbered(label) {
                add(words);
                add(number);
            }
        }
        by_words.remove("");
        Self { by_words, date: first_date(text) }
    }

    /// The item that is called so, or labelled so.
    pub fn get(&self, words: &str) -> Option<&Declared> {
        self.by_words.get(&plain(words))
    }
}

/// Whether a drafter would call an item of this label so: by the label, or by the label without its number.
pub(crate) fn fits(label: &str, words: &str) -> bool {
    let words = plain(words);
    plain(label) == words
        || numbered(label).is_some_and(|(number, rest)| plain(rest) == words || plain(number) == words)
}

/// Keyword, name and label of the item that begins on a line.
fn head(line: &str) -> Option<(Declared, &str)> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let (keyword, rest) = line.split_once(' ')?;
    let (name, rest) = rest.trim_start().split_once(' ')?;
    if !is_word(keyword) || !is_word(name) {
        return None;
    }
    let declared = || Declared { keyword: keyword.into(), name: name.into() };
    match rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        Some((label, _)) => Some((declared(), label)),
        None => rest.trim_start().starts_with('{').then(|| (declared(), "")),
    }
}

/// `5. Joint Commission`, `Article 6: Access`: the number with its word, and the words behind it.
fn numbered(label: &str) -> Option<(&str, &str)> {
    const LONGEST_NUMBER: usize = 16;
    let at = label.find(['.', ':', ')', '–', '—']).filter(|at| *at <= LONGEST_NUMBER)?;
    let (number, words) = label.split_at(at);
    let has_number = number.chars().any(|c| c.is_ascii_digit()) || number.chars().all(|c| "IVXLC".contains(c));
    has_number.then(|| (number.trim(), words.trim_start_matches(|c: char| !c.is_alphanumeric())))
}

/// Words in small letters, hyphens and spaces being the same.
fn plain(words: &str) -> String {
    words
        .to_lowercase()
        .split([' ', '-', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn first_date(text: &str) -> Option<(u32, u32, u32)> {
    let signed = text.find("signed:").and_then(|at| text.get(at + "signed:".len()..));
    signed.and_then(|rest| date_in(rest.lines().next().unwrap_or(""))).or_else(|| text.lines().find_map(date_in))
}

/// The first date in a line.
fn date_in(line: &str) -> Option<(u32, u32, u32)> {
    let bytes = line.as_bytes();
    let part = |at: usize, length: usize| {
        let digits = line.get(at..at + length)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    memchr::memchr_iter(b'-', bytes).filter_map(|at| Some((part(at.checked_sub(4)?, 4)?, at))).find_map(|(year, at)| {
        let (month, day) = (part(at + 1, 2)?, part(at + 4, 2)?);
        (bytes.get(at + 3) == Some(&b'-')).then_some((year, month, day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_name_label_and_number() {
        let labels = Labels::of(
            "body commission \"5. Joint Commission\" {\n}\nplace camp \"Camp Alpha\"\nclause access \"Article 6: Access\" {\n\
             declaration d { signed: 2027-02-01 }\n",
        );
        let name = |words: &str| labels.get(words).map(|declared| &*declared.name);
        assert_eq!(name("Joint Commission"), Some("commission"));
        assert_eq!(name("joint-commission"), Some("commission"));
        assert_eq!(name("camp alpha"), Some("camp"));
        assert_eq!(name("article 6"), Some("access"));
        assert_eq!(name("Access"), Some("access"));
        assert_eq!(name("Camp Beta"), None);
        assert_eq!(labels.date, Some((2027, 2, 1)));
    }
}
