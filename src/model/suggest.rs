//! "Did you mean": the known word nearest to an unknown one, and lists of words for messages.

/// The candidate that a person most likely meant; the first of several that are equally near.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    // Two letters are a country code mostly: nearly every other code is one letter away, so only the case or the order may differ.
    let limit = if length <= 2 { 0 } else { (length / 3).max(1) };
    let turned: String = if length == 2 { word.chars().rev().collect() } else { String::new() };
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Every missing letter is one step; letters that are not ASCII have up to four bytes.
        let step = if word.is_ascii() && candidate.is_ascii() { 1 } else { 4 };
        if candidate.is_empty() || candidate == word || candidate.len().abs_diff(word.len()) > step * limit {
            continue;
        }
        let other = candidate.to_lowercase();
        let distance = if other == lower || candidate == turned { 0 } else { strsim::osa_distance(&lower, &other) };
        if distance <= limit && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `A`, `A and B`, `A, B and C`.
pub fn listed<S: AsRef<str>>(words: &[S], joint: &str) -> String {
    let mut text = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            text.push_str(if i + 1 == words.len() { joint } else { "," });
        }
        if i > 0 {
            text.push(' ');
        }
        text.push_str(word.as_ref());
    }
    if joint.starts_with(char::is_alphabetic) && words.len() > 1 {
        // The joint is a word and wants a space before it.
        let at = text.len() - joint.len() - 1 - words.last().map_or(0, |word| word.as_ref().len());
        text.insert(at, ' ');
    }
    text
}

/// The words between backticks, at most `most` of them, and how many more there are.
pub(crate) fn ticked<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let all: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match all.get(..most) {
        Some(shown) if all.len() > most => format!("{} and {} more", shown.join(", "), all.len() - most),
        _ => listed(&all, "and"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_country_code_is_not_guessed() {
        assert_eq!(closest("trops", ["party", "troops"]), Some("troops"));
        assert_eq!(closest("FR", ["GB", "DE"]), None);
        assert_eq!(closest("fr", ["GB", "FR"]), Some("FR"));
        assert_eq!(closest("BG", ["FR", "GB"]), Some("GB"));
        assert_eq!(closest("deploi", ["deploy", "deplore"]), Some("deploy"));
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed(&["A"], "and"), "A");
        assert_eq!(listed(&["A", "B"], "and"), "A and B");
        assert_eq!(listed(&["A", "B", "C"], "or"), "A, B or C");
    }
}
