//! What is said about text that cannot be read: one function a mistake that people make, its words and its fix.

use crate::finding::{Edit, Finding, Fix, Level};
use crate::rules::{Rule, read};
use crate::source::{Loc, Span};

/// The codes of this station; their pages are in `syntax.md`.
pub const RULES: &[Rule] = &[
    read("syntax/unexpected", Level::Error, "something else belongs here"),
    read("syntax/missing-stop", Level::Error, "a sentence without its full stop"),
    read("syntax/missing-brace", Level::Error, "a block that is not closed"),
    read("syntax/stray-brace", Level::Error, "a brace that closes nothing"),
    read("syntax/unclosed-text", Level::Error, "a quotation that is not closed"),
    read("syntax/typographic-quotes", Level::Error, "quotation marks of a word processor"),
    read("syntax/typographic-dash", Level::Error, "a dash where a hyphen belongs"),
    read("syntax/odd-space", Level::Advice, "white space that cannot be seen"),
    read("syntax/tab", Level::Advice, "tabs in the text"),
    read("syntax/stray-character", Level::Error, "a character that means nothing here"),
    read("syntax/comment", Level::Error, "a comment that begins with #"),
    read("syntax/digit-grouping", Level::Error, "digits grouped with commas or points"),
    read("syntax/date-form", Level::Error, "a date in another order"),
    read("syntax/equals", Level::Error, "an equals sign for a colon"),
    read("syntax/unknown-modal", Level::Error, "a modal word of unknown strength"),
    read("syntax/article", Level::Error, "an article before a name"),
    read("syntax/phrase-first", Level::Error, "a phrase before the subject"),
    read("syntax/and-between-acts", Level::Error, "`and` between two acts"),
    read("syntax/and-between-phrases", Level::Error, "`and` between two phrases"),
    read("syntax/in-duration", Level::Error, "`in` before a length of time"),
    read("syntax/minus-spacing", Level::Error, "a minus without spaces"),
    read("syntax/name-with-space", Level::Error, "a name of several words"),
    read("syntax/stray-comma", Level::Error, "a comma that joins nothing"),
    read("syntax/unquoted-words", Level::Error, "free words without quotation marks"),
    read("syntax/reserved-name", Level::Error, "a word of the grammar as a name"),
    read("syntax/underscore-in-name", Level::Error, "an underscore in a name"),
    read("syntax/missing-reason", Level::Error, "an acceptance without a reason"),
    read("syntax/too-deep", Level::Error, "brackets nested too deeply"),
    read("syntax/too-many", Level::Error, "too many mistakes to list"),
];

/// A finding at level error, with what stands there.
fn error(code: &'static str, message: impl Into<String>, at: Loc) -> Finding {
    Finding::new(code, Level::Error, message, at)
}

fn at(loc: Loc, from: usize, to: usize) -> Loc {
    let start = loc.span.start;
    Loc::new(loc.file, Span::new(start + from as u32, start + to as u32))
}

pub(super) fn tab(loc: Loc) -> Finding {
    Finding::new("syntax/tab", Level::Advice, "this text is indented or spaced with tabs", loc)
        .saying("the first tab")
        .help("nothing is lost; `rapporteur fmt` turns tabs into spaces")
        .fix("put a space", true, loc, " ")
}

pub(super) fn odd_space(loc: Loc, c: char) -> Finding {
    let name = match c {
        '\u{FEFF}' => "a byte order mark",
        '\u{200B}' => "a space of no width",
        '\u{2028}' => "a line separator",
        _ => "a no-break or special space",
    };
    Finding::new("syntax/odd-space", Level::Advice, format!("{name} stands in the text"), loc)
        .saying("the first one; it cannot be seen")
        .help("nothing is lost; `rapporteur fmt` takes it out")
        .fix("put a plain space", true, loc, if c == '\u{FEFF}' { "" } else { " " })
}

pub(super) fn stray(loc: Loc, c: char) -> Finding {
    let shown = if c.is_control() { format!("the control character U+{:04X}", c as u32) } else { format!("`{c}`") };
    let finding = error("syntax/stray-character", format!("{shown} means nothing here"), loc);
    match c {
        '…' => finding.help("a range is written with two points, `10..20`; words left out belong in a quotation"),
        '_' => Finding { code: "syntax/underscore-in-name".into(), ..finding }
            .help("join the words of a name with hyphens: `rules-of-engagement`"),
        '[' | ']' | '<' | '>' => {
            finding.help("write round brackets `(a)` for marks, and quotation marks for a gap: `\"to be agreed\"`")
        }
        '*' | '•' | '·' => finding.help("begin each sentence with its mark in brackets: `(a) FR shall …`"),
        _ => finding.saying("take it out, or put it into a quotation"),
    }
}

pub(super) fn hash_comment(loc: Loc) -> Finding {
    error("syntax/comment", "a comment begins with `//`, not with `#`", loc)
        .saying("read as a comment")
        .help("write `//`")
        .fix("write `//`", true, loc, "//")
}

pub(super) fn dash(loc: Loc, between_numbers: bool) -> Finding {
    let (help, put) = if between_numbers {
        ("write two points for a range: `10_000..15_000`", "..")
    } else {
        ("write a hyphen: inside a name without spaces, as a minus with a space on each side", "-")
    };
    error("syntax/typographic-dash", "a typographic dash stands here", loc).saying("a dash").help(help).fix(
        format!("write `{put}`"),
        true,
        loc,
        put,
    )
}

/// How far a text in typographic quotation marks reaches: to its closing mark, or to the end of the line.
pub(super) fn typographic_end(rest: &str) -> usize {
    let open = rest.chars().next().unwrap_or('“');
    let closing: &[char] = match open {
        '„' | '‟' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '‘' | '‚' => &['’', '‘'],
        '’' => &['’'],
        '\'' => &['\''],
        '`' => &['`', '\''],
        _ => &['”', '“', '"'],
    };
    let line = rest.split('\n').next().unwrap_or(rest);
    let inside = open.len_utf8();
    match line.get(inside..).and_then(|text| text.find(closing).map(|i| (i, text))) {
        Some((i, text)) => inside + i + text.get(i..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8),
        None => unclosed_end(line).max(inside),
    }
}

pub(super) fn typographic(loc: Loc, quoted: &str) -> Finding {
    let mut chars = quoted.chars();
    let open = chars.next().unwrap_or('“');
    let close = chars.next_back().filter(|c| !c.is_alphanumeric() && !c.is_whitespace() && !".;,}".contains(*c));
    let mut edits = vec![Edit { at: at(loc, 0, open.len_utf8()), text: "\"".into() }];
    if let Some(close) = close {
        edits.push(Edit { at: at(loc, quoted.len() - close.len_utf8(), quoted.len()), text: "\"".into() });
    } else {
        edits.push(Edit { at: at(loc, quoted.len(), quoted.len()), text: "\"".into() });
    }
    let mut finding = error("syntax/typographic-quotes", format!("`{open}` is no quotation mark here"), loc)
        .saying("read as a quotation")
        .help("use the straight marks of the keyboard: \"…\"");
    finding.fixes.push(Fix { title: "write straight quotation marks".into(), safe: true, edits });
    finding
}

/// Where an unclosed text is taken to end: before what closes the sentence or block at the end of its line.
pub(super) fn unclosed_end(line: &str) -> usize {
    let trimmed = line.trim_end();
    let trimmed = trimmed.strip_suffix('}').map_or(trimmed, str::trim_end);
    let trimmed = trimmed.strip_suffix(['.', ';']).unwrap_or(trimmed);
    trimmed.len().max(1)
}

pub(super) fn unclosed(loc: Loc, long: bool) -> Finding {
    let mark = if long { "\"\"\"" } else { "\"" };
    let end = Loc::new(loc.file, Span::new(loc.span.end, loc.span.end));
    let finding = error("syntax/unclosed-text", "this quotation is not closed", loc).saying(if long {
        "opened here; the rest of the file is inside it"
    } else {
        "opened here, and the line ends"
    });
    if long {
        finding.help("close it with three quotation marks: `\"\"\"`")
    } else {
        finding
            .help("close it with `\"` on the same line; a text over several lines stands between `\"\"\"` and `\"\"\"`")
            .fix("close the quotation", false, end, mark)
    }
}

pub(super) fn grouped(loc: Loc, digits: &str) -> Finding {
    let put = digits.replace([',', '.'], "_");
    let finding = error("syntax/digit-grouping", format!("`{digits}` can be read as two different numbers"), loc)
        .saying("grouped with a comma or point")
        .help(format!(
            "group digits with an underscore: `{put}`; a fraction has a point and one, two or more than three digits"
        ));
    finding.fix(format!("write `{put}`"), digits.contains(','), loc, put)
}

/// A date in a form that people type.
#[derive(Debug, PartialEq)]
pub(super) struct TypedDate {
    /// How many bytes it takes.
    pub length: usize,
    /// The date it must mean, or nothing where day and month could be either.
    pub iso: Option<String>,
}

impl TypedDate {
    /// What is said of it at its place.
    pub fn finding(&self, loc: Loc) -> Finding {
        let finding = error("syntax/date-form", "a date is written year first", loc).saying("this date");
        match &self.iso {
            Some(iso) => finding.help(format!("write `{iso}`")).fix(format!("write `{iso}`"), true, loc, iso.clone()),
            None => finding
                .saying("day and month cannot be told apart")
                .help("write year, month and day with hyphens: `2026-01-06`"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month, from 1, that a word of at least three letters begins to name.
pub(super) fn month(word: &str) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    let sept = lower == "sept";
    MONTHS
        .iter()
        .position(|name| {
            *name == lower || (lower.len() == 3 && name.starts_with(&lower)) || (sept && *name == "september")
        })
        .map(|index| index + 1)
}

/// Reads `5 Jan 2026`, `5th January 2026`, `05/01/2026` or `5.1.2026` at the start of a text that begins with a digit.
pub(super) fn typed_date(text: &str) -> Option<TypedDate> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(text);
    let day: usize = text.get(..length)?.parse().ok()?;
    let rest = text.get(length..)?;
    let separator = rest.chars().next()?;
    if separator == '/' || separator == '.' {
        let rest = rest.get(1..)?;
        let second = digits(rest);
        let month: usize = rest.get(..second)?.parse().ok()?;
        let rest = rest.get(second..)?.strip_prefix(separator)?;
        let year = digits(rest);
        if year != 4 || second > 2 {
            return None;
        }
        let year_text = rest.get(..4)?;
        let iso = match (day, month) {
            (13..=31, 1..=12) => Some(format!("{year_text}-{month:02}-{day:02}")),
            (1..=12, 13..=31) => Some(format!("{year_text}-{day:02}-{month:02}")),
            _ if separator == '.' && (1..=12).contains(&month) => Some(format!("{year_text}-{month:02}-{day:02}")),
            _ => None,
        };
        return Some(TypedDate { length: length + 1 + second + 1 + 4, iso });
    }
    let suffix = ["st", "nd", "rd", "th"].iter().find(|suffix| rest.starts_with(**suffix)).map_or(0, |s| s.len());
    let after = rest.get(suffix..)?;
    let spaced = after.strip_prefix(' ').or_else(|| after.strip_prefix('-'))?;
    let letters = spaced.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = month(spaced.get(..letters)?)?;
    let after = spaced.get(letters..)?;
    let mut total = length + suffix + 1 + letters;
    let gap = after.bytes().take_while(|byte| matches!(byte, b' ' | b',' | b'-' | b'.')).count();
    let year = after.get(gap..).map_or(0, digits);
    if year != 4 {
        // `5 May` alone: a date without its year, but `6 may` could be a subject and its modal.
        return (spaced.starts_with(|c: char| c.is_ascii_uppercase()))
            .then_some(TypedDate { length: total, iso: None });
    }
    total += gap + 4;
    let year = after.get(gap..gap + 4)?;
    Some(TypedDate { length: total, iso: Some(format!("{year}-{month:02}-{day:02}")) })
}

pub(super) fn unexpected(loc: Loc, found: &str, expected: &str) -> Finding {
    error("syntax/unexpected", format!("{found} stands where {expected} belongs"), loc)
        .saying(format!("expected {expected}"))
}

pub(super) fn missing_stop(end: Loc, next: Loc) -> Finding {
    let place = Loc::new(end.file, Span::new(end.span.end, end.span.end));
    error("syntax/missing-stop", "this sentence has no full stop", end)
        .saying("the sentence ends here")
        .label(next, "and something new begins here")
        .help("end the sentence with a full stop")
        .fix("add the full stop", true, place, ".")
}

pub(super) fn missing_brace(open: Loc, name: &str, next: Option<Loc>) -> Finding {
    let finding =
        error("syntax/missing-brace", format!("the block of `{name}` is not closed"), open).saying("opened here");
    let finding = match next {
        Some(next) => finding.label(next, "a new item begins here").fix(
            "close the block",
            false,
            Loc::new(next.file, Span::new(next.span.start, next.span.start)),
            "}\n\n",
        ),
        None => finding,
    };
    finding.help("close it with `}` after its last line")
}

pub(super) fn missing_open_brace(loc: Loc, name: &str) -> Finding {
    let place = Loc::new(loc.file, Span::new(loc.span.start, loc.span.start));
    error("syntax/missing-brace", format!("the block of `{name}` is not opened"), loc)
        .saying("`{` is missing before this")
        .help("put `{` before the first line of the block and `}` after its last")
        .fix("open the block", true, place, "{ ")
}

pub(super) fn stray_brace(loc: Loc) -> Finding {
    error("syntax/stray-brace", "this brace closes nothing", loc)
        .saying("no block is open here")
        .help("take it out, or look above for a `{` that is missing or a `}` too many")
}

pub(super) fn equals(loc: Loc, name: &str) -> Finding {
    error("syntax/equals", format!("`{name}` is given with `=`"), loc)
        .saying("a colon belongs here")
        .help(format!("write `{name}: …`"))
}

pub(super) fn unknown_modal(loc: Loc, word: &str) -> Finding {
    let say = match word {
        "can" | "could" | "might" => {
            "a permission is written `may`; a possible content of a later text goes into the field `may-include:`"
        }
        "cannot" | "can't" => "a prohibition is written `shall not` or `may not`",
        "would" => "write `will` for a political obligation, `intends to` for an intent",
        "has" | "have" | "needs" | "need" | "ought" => "a duty is written `shall` or `must`",
        "hereby" | "jointly" | "also" => "a modal word follows the subject at once: `shall`, `will`, `may`, …",
        "wants" | "want" | "wishes" | "wish" | "hopes" | "hope" | "expects" | "expect" => {
            "an intent is written `intends to`"
        }
        "welcomes" | "welcome" | "notes" | "note" | "reaffirms" | "reaffirm" | "recalls" | "recall" | "underlines"
        | "stresses" => "such words bind nobody; keep them in the field `note:`",
        _ => {
            "after the subject comes a modal word: `shall`, `must`, `will`, `undertakes to`, `intends to`, `should`, `may`, `shall not`, …"
        }
    };
    error("syntax/unknown-modal", format!("`{word}` does not say how strongly this binds"), loc)
        .saying("a modal word belongs here")
        .help(say)
}

pub(super) fn article(loc: Loc, word: &str) -> Finding {
    // The space behind the article goes with it.
    let with_space = Loc::new(loc.file, Span::new(loc.span.start, loc.span.end + 1));
    error("syntax/article", format!("names stand without `{word}`"), loc)
        .saying("leave this out")
        .help("write the name alone, `commission shall …`; `the parties` stands for all signatories")
        .fix(format!("leave out `{word}`"), true, with_space, "")
}

pub(super) fn phrase_first(loc: Loc, phrase: &str) -> Finding {
    error("syntax/phrase-first", "a sentence begins with its subject", loc)
        .saying("this phrase stands before the subject")
        .help(format!("write who acts first and put the phrase behind the modal word or at the end: `FR shall {phrase} deploy force.`"))
}

pub(super) fn and_between_acts(loc: Loc) -> Finding {
    error("syntax/and-between-acts", "two acts are joined by `and`", loc)
        .saying("a second act begins behind this")
        .help("put a semicolon between two acts: `FR shall deploy force; establish hubs.`")
        .fix("write `;`", true, loc, ";")
}

pub(super) fn and_between_phrases(loc: Loc) -> Finding {
    error("syntax/and-between-phrases", "phrases follow each other without `and`", loc)
        .saying("leave this out")
        .help("write the phrases one after the other: `to ukraine within 30 days of ceasefire`")
}

pub(super) fn modal_again(loc: Loc) -> Finding {
    error("syntax/and-between-acts", "a second modal word stands in the same sentence", loc)
        .saying("a new sentence begins here")
        .help("end the first sentence with a full stop and repeat the subject: `FR shall deploy force. FR may establish hubs.`")
}

pub(super) fn in_duration(loc: Loc, duration: &str) -> Finding {
    error("syntax/in-duration", format!("`in {duration}` can mean within that time or only after it"), loc)
        .saying("in … what?")
        .help(format!("write `within {duration} of EVENT` for a deadline, `{duration} after EVENT` for a start"))
}

pub(super) fn minus_spacing(loc: Loc, name: &str, number: &str, unit: &str) -> Finding {
    error("syntax/minus-spacing", format!("`{name}-{number}` is read as one name"), loc)
        .saying("a hyphen inside a name")
        .help(format!("put a space on each side of a minus: `{name} - {number} {unit}`"))
        .fix("put spaces round the minus", true, loc, format!("{name} - {number}"))
}

pub(super) fn name_with_space(loc: Loc, words: &str) -> Finding {
    let joined = words.split_whitespace().collect::<Vec<_>>().join("-");
    error("syntax/name-with-space", "a name is one word", loc)
        .saying("several words in a row")
        .help(format!("join the words with hyphens, `{joined}`, or put free words in quotation marks, `\"{words}\"`"))
}

pub(super) fn stray_comma(loc: Loc) -> Finding {
    error("syntax/stray-comma", "this comma joins nothing", loc)
        .saying("leave it out")
        .help("commas stand only between names; phrases follow each other without one")
        .fix("leave out the comma", true, loc, "")
}

pub(super) fn unquoted(loc: Loc, words: &str) -> Finding {
    error("syntax/unquoted-words", "free words stand in quotation marks", loc)
        .saying("these words are not part of the language")
        .help(format!(
            "write `\"{words}\"` to keep the words as they are, or replace them by a time, place or condition"
        ))
        .fix("put them in quotation marks", true, loc, format!("\"{words}\""))
}

pub(super) fn reserved(loc: Loc, word: &str) -> Finding {
    error("syntax/reserved-name", format!("`{word}` is a word of the language and cannot be a name"), loc)
        .saying("a name belongs here")
        .help("choose another name; capitals are free (`IN`, `BY`, `NO` are countries)")
}

pub(super) fn missing_reason(loc: Loc) -> Finding {
    error("syntax/missing-reason", "an acceptance gives its reason", loc)
        .saying("no reason is given")
        .help("write: `accept troops/strength because \"set in the technical annex\".`")
}

pub(super) fn too_deep(loc: Loc) -> Finding {
    error("syntax/too-deep", "too many brackets or sentences inside each other", loc)
        .saying("nothing deeper is read")
        .help("split this into several sentences or clauses")
}

pub(super) fn too_many(loc: Loc, left_out: usize) -> Finding {
    error("syntax/too-many", format!("{left_out} more places cannot be read"), loc)
        .saying("the last one that is shown is before this")
        .help("repair the first ones and check again; is this a draft in the `.decl` language?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let read = |text| typed_date(text).map(|date| (date.length, date.iso));
        assert_eq!(read("5 Jan 2026."), Some((10, Some("2026-01-05".into()))));
        assert_eq!(read("5th January, 2026"), Some((17, Some("2026-01-05".into()))));
        assert_eq!(read("31/01/2026 x"), Some((10, Some("2026-01-31".into()))));
        assert_eq!(read("05/01/2026"), Some((10, None)));
        assert_eq!(read("5.1.2026."), Some((8, Some("2026-01-05".into()))));
        assert_eq!(read("5 days of"), None);
        assert_eq!(read("6 may not"), None);
        assert_eq!(read("2/3 of members"), None);
    }
}
