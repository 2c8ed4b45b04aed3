//! Words on a terminal: nothing that could move the cursor or turn the reading direction, and lines of a given width.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether a character would act on the terminal, or hide, instead of being seen.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// Appends a character as it may be shown: itself, or its number for one that is hidden.
pub fn push_visible(out: &mut String, c: char) {
    if is_hidden(c) {
        use std::fmt::Write;
        let _ = write!(out, "<U+{:04X}>", u32::from(c));
    } else {
        out.push(c);
    }
}

/// The text with hidden characters shown by their numbers; line ends stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            '\t' => shown.push(' '),
            '\r' => {}
            c => push_visible(&mut shown, c),
        }
    }
    Cow::Owned(shown)
}

/// Like [`visible`], on one line.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.contains('\n') { Cow::Owned(shown.split_whitespace().collect::<Vec<_>>().join(" ")) } else { shown }
}

/// How many columns a character takes.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text broken at spaces into lines of at most `width` columns; a longer word gets a line of its own, since a code or
/// a name that is cut in two can no longer be copied.
pub fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for (i, paragraph) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        // What is indented stays so: it is a draft.
        let indent = paragraph.len() - paragraph.trim_start_matches(' ').len();
        out.extend(std::iter::repeat_n(' ', indent));
        let mut used = 0;
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let size = word.width();
            if used > 0 && used + 1 + size > width {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += size;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_act_on_the_terminal_are_shown_by_number() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c"), "a<U+001B>[31mb<U+202E>c");
        assert_eq!(visible("Україна 名"), "Україна 名");
        assert_eq!(visible_line("one\ntwo\tthree"), "one two three");
    }

    #[test]
    fn lines_break_at_spaces_and_never_inside_a_code() {
        assert_eq!(wrap("a contradiction/duty-against-ban b", 8), "a\ncontradiction/duty-against-ban\nb");
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("名名 名名", 5), "名名\n名名");
    }
}
