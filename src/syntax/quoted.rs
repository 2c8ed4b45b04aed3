//! The words inside quotation marks.

use std::borrow::Cow;

/// The words of a quoted text: without its marks, whichever they are, and with `\" \\ \n` resolved. In a text over several
/// lines the indentation that all its lines share is taken off, and so are line ends next to the marks.
pub fn unquote(quoted: &str) -> Cow<'_, str> {
    if let Some(plain) = plain(quoted) {
        return Cow::Borrowed(plain);
    }
    if let Some(rest) = quoted.strip_prefix("\"\"\"") {
        return Cow::Owned(dedent(rest.strip_suffix("\"\"\"").unwrap_or(rest)));
    }
    let inside = without_marks(quoted);
    if inside.contains('\\') { Cow::Owned(unescape(inside)) } else { Cow::Borrowed(inside) }
}

/// What stands between two straight marks with nothing in it that means something else, as nearly always.
fn plain(quoted: &str) -> Option<&str> {
    let inside = quoted.strip_prefix('"')?.strip_suffix('"')?;
    memchr::memchr2(b'"', b'\\', inside.as_bytes()).is_none().then_some(inside)
}

/// The stretch between the marks, escapes as they stand.
fn without_marks(quoted: &str) -> &str {
    let is_mark = |c: char| "\"“”„‟«»‘’‚'`".contains(c);
    let inside = match quoted.strip_prefix(is_mark) {
        Some(inside) => inside,
        None => return quoted,
    };
    match inside.strip_suffix(is_mark) {
        Some(closed) if !inside.ends_with("\\\"") || inside.ends_with("\\\\\"") => closed,
        _ => inside,
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            _ => plain.push(c),
        }
    }
    plain
}

fn dedent(text: &str) -> String {
    let text = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or(line.trim_start())).collect();
    let mut plain = lines.join("\n");
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_escapes_go() {
        assert_eq!(unquote(r#""as \"soon\" as\n possible""#), "as \"soon\" as\n possible");
        assert_eq!(unquote("“credible”"), "credible");
        assert_eq!(unquote("\"open"), "open");
        assert_eq!(unquote("as soon as"), "as soon as");
    }

    #[test]
    fn long_texts_lose_their_common_indentation() {
        assert_eq!(unquote("\"\"\"\n    party FR\n      kind\n    \"\"\""), "party FR\n  kind");
    }
}
