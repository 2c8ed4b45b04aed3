//! What is said about text that cannot be read: one function a mistake that people make, its words and its fix.

use crate::finding::{Edit, Finding, Fix, Level, Title};
use crate::source::{Loc, Span};

/// The codes of this station; their pages are in `syntax.md`.
pub const TITLES: &[Title] = &[
    Title::new("syntax/no-draft", Level::Error, "a file that is no draft"),
    Title::new("syntax/unexpected", Level::Error, "something else belongs here"),
    Title::new("syntax/missing-stop", Level::Error, "a sentence without its full stop"),
    Title::new("syntax/missing-brace", Level::Error, "a block that is not closed"),
    Title::new("syntax/stray-brace", Level::Error, "a brace that closes nothing"),
    Title::new("syntax/unclosed-text", Level::Error, "a quotation that is not closed"),
    Title::new("syntax/typographic-quotes", Level::Error, "quotation marks of a word processor"),
    Title::new("syntax/typographic-dash", Level::Error, "a dash where a hyphen belongs"),
    Title::new("syntax/odd-space", Level::Advice, "white space that cannot be seen"),
    Title::new("syntax/tab", Level::Advice, "tabs in the text"),
    Title::new("syntax/stray-character", Level::Error, "a character that means nothing here"),
    Title::new("syntax/comment", Level::Error, "a comment that begins with #"),
    Title::new("syntax/digit-grouping", Level::Error, "digits grouped with commas or points"),
    Title::new("syntax/number-form", Level::Error, "a number as letters write it"),
    Title::new("syntax/date-form", Level::Error, "a date in another form"),
    Title::new("syntax/equals", Level::Error, "an equals sign for a colon"),
    Title::new("syntax/unknown-modal", Level::Error, "a modal word of unknown strength"),
    Title::new("syntax/article", Level::Error, "an article before a name"),
    Title::new("syntax/party-words", Level::Error, "all parties in other words"),
    Title::new("syntax/of-itself", Level::Error, "a sentence about the text itself"),
    Title::new("syntax/other-phrase", Level::Error, "a phrase in other words"),
    Title::new("syntax/recipient-first", Level::Error, "the recipient before what is given"),
    Title::new("syntax/phrase-first", Level::Error, "a phrase before the subject"),
    Title::new("syntax/and-between-acts", Level::Error, "`and` or `or` between two acts"),
    Title::new("syntax/and-between-phrases", Level::Error, "`and` or `or` between two phrases"),
    Title::new("syntax/in-duration", Level::Error, "`in` before a length of time"),
    Title::new("syntax/minus-spacing", Level::Error, "a minus without spaces"),
    Title::new("syntax/name-with-space", Level::Error, "a name of several words"),
    Title::new("syntax/stray-comma", Level::Error, "a comma that joins nothing"),
    Title::new("syntax/unquoted-words", Level::Error, "free words without quotation marks"),
    Title::new("syntax/reserved-name", Level::Error, "a word of the grammar as a name"),
    Title::new("syntax/underscore-in-name", Level::Error, "an underscore in a name"),
    Title::new("syntax/missing-reason", Level::Error, "an acceptance without a reason"),
    Title::new("syntax/too-deep", Level::Error, "brackets nested too deeply"),
    Title::new("syntax/too-many", Level::Error, "too many mistakes to list"),
];

/// A finding at level error, with what stands there.
pub(super) fn error(code: &'static str, message: impl Into<String>, at: Loc) -> Finding {
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
        .fix("put a plain space", true, loc, if is_invisible(c) { "" } else { " " })
}

pub(super) fn stray(loc: Loc, c: char) -> Finding {
    let shown = match c {
        _ if c.is_control() => format!("the control character U+{:04X}", c as u32),
        _ if is_invisible(c) => format!("the invisible character U+{:04X}", c as u32),
        _ => format!("`{c}`"),
    };
    let finding = error("syntax/stray-character", format!("{shown} means nothing here"), loc);
    match c {
        '…' => finding.help("a range is written with two points, `10..20`; words left out belong in a quotation"),
        '_' => Finding { code: "syntax/underscore-in-name".into(), ..finding }
            .help("join the words of a name with hyphens: `rules-of-engagement`"),
        '>' => finding.help("write `more than` or `at least` before the number: `more than 5_000 personnel`"),
        '<' => finding.help("write `fewer than` or `at most` before the number: `fewer than 5_000 personnel`"),
        '[' | ']' => {
            finding.help("write round brackets `(a)` for marks, and quotation marks for a gap: `\"to be agreed\"`")
        }
        '*' | '•' | '·' => finding.help("begin each sentence with its mark in brackets: `(a) FR shall …`"),
        _ => finding.saying("not part of the language").help("take it out, or put it into a quotation"),
    }
}

/// Whether a character takes no room and shows nothing.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A word with such a character inside it.
pub(super) fn hidden(loc: Loc, word: &str, c: char) -> Finding {
    let plain: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    let name = match c {
        '\u{AD}' => "a soft hyphen".to_owned(),
        '\u{200B}' => "a space of no width".to_owned(),
        _ => format!("the invisible character U+{:04X}", c as u32),
    };
    error("syntax/stray-character", format!("{name} is hidden inside `{plain}`"), loc)
        .saying("looks like one word and is not")
        .help(format!("delete the word and type it again: `{plain}`"))
        .fix(format!("write `{plain}`"), true, loc, plain)
}

/// A name with dashes for hyphens.
pub(super) fn dashed(loc: Loc, name: &str) -> Finding {
    let put: String = name.chars().map(|c| if super::typed::DASHES.contains(&c) { '-' } else { c }).collect();
    error("syntax/typographic-dash", "a typographic dash stands in this name", loc)
        .saying("a dash")
        .help(format!("write the hyphen of the keyboard: `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// A name with underscores for hyphens.
pub(super) fn underscored(loc: Loc, name: &str) -> Finding {
    let put = name.replace('_', "-");
    error("syntax/underscore-in-name", format!("`{name}` is joined with an underscore"), loc)
        .saying("names have hyphens")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
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
    let inside = open.len_utf8();
    let text = rest.get(inside..).unwrap_or("");
    // The first of both ends the search: a long line may be full of marks.
    match text.char_indices().find(|(_, c)| *c == '\n' || closing.contains(c)) {
        Some((at, c)) if c != '\n' => inside + at + c.len_utf8(),
        Some((at, _)) => unclosed_end(rest.get(..inside + at).unwrap_or(rest)).max(inside),
        None => unclosed_end(rest).max(inside),
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

/// Where an unclosed text over several lines is taken to end, and whether two marks close it there: at a line that ends with
/// two quotation marks, or before a line that closes a block; else with the file.
pub(super) fn unclosed_long_end(text: &str) -> (usize, bool) {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let plain = line.trim_end();
        if plain.ends_with("\"\"") && (number > 0 || plain.len() > 4) {
            return (at + plain.len(), true);
        }
        if number > 0 && plain == "}" {
            return (text.get(..at).unwrap_or(text).trim_end().len(), false);
        }
        at += line.len();
    }
    (text.len(), false)
}

/// Where an unclosed text is taken to end: before what closes the sentence or block at the end of its line.
pub(super) fn unclosed_end(line: &str) -> usize {
    // The brace of the block is no part of the label before it, nor is what stands behind the brace.
    let before = line.find('{').filter(|at| *at > 1).and_then(|at| line.get(..at));
    if let Some(label) = before {
        return label.trim_end().len().max(1);
    }
    let trimmed = line.trim_end();
    let trimmed = trimmed.strip_suffix('}').map_or(trimmed, str::trim_end);
    let trimmed = trimmed.strip_suffix(['.', ';']).unwrap_or(trimmed);
    trimmed.len().max(1)
}

pub(super) fn unclosed(loc: Loc) -> Finding {
    let end = Loc::new(loc.file, Span::new(loc.span.end, loc.span.end));
    error("syntax/unclosed-text", "this quotation is not closed", loc)
        .saying("opened here, and the line ends")
        .help("close it with `\"` on the same line; a text over several lines stands between `\"\"\"` and `\"\"\"`")
        .fix("close the quotation", false, end, "\"")
}

/// A text over several lines, whose three opening marks stand at `open`, and which is taken to end at `end`.
pub(super) fn unclosed_long(open: Loc, end: Loc, by_two: bool) -> Finding {
    let finding = error("syntax/unclosed-text", "this quotation is not closed", open)
        .help("close it with three quotation marks: `\"\"\"`");
    if by_two {
        finding.saying("opened with three marks").label(end, "closed with two").fix(
            "add the third mark",
            true,
            Loc::new(end.file, Span::new(end.span.end, end.span.end)),
            "\"",
        )
    } else {
        finding.saying("opened here, and nothing closes it")
    }
}

pub(super) fn grouped(loc: Loc, digits: &str) -> Finding {
    let put = digits.replace([',', '.'], "_");
    let finding = error("syntax/digit-grouping", format!("`{digits}` can be read as two different numbers"), loc)
        .saying("grouped with a comma or point")
        .help(format!("group digits with an underscore: `{put}`; a part of one stands behind a point, as in `2.5`"));
    finding.fix(format!("write `{put}`"), digits.contains(','), loc, put)
}

/// The whole text has nothing of a draft.
pub(super) fn no_draft(loc: Loc) -> Finding {
    error("syntax/no-draft", "this file is no draft", loc).saying("words of a letter, not of a draft").help(
        "a draft is a list of items, such as `party FR \"France\"` and `clause aid \"Aid\" { FR shall assist UA. }`; \
             `rapporteur new` writes one to start from",
    )
}

/// `expected` says what belongs here, and behind a bracket or colon what that looks like.
pub(super) fn unexpected(loc: Loc, found: &str, expected: &str) -> Finding {
    let cut = [" (", ": "].iter().filter_map(|mark| expected.find(mark)).min();
    let (what, example) = expected.split_at(cut.unwrap_or(expected.len()));
    let example = example.trim_start_matches([' ', '(', ':']).trim_end_matches(')').trim_start_matches("such as ");
    let finding = error("syntax/unexpected", format!("{found} stands where {what} belongs"), loc)
        .saying(format!("{what} belongs here"));
    if example.is_empty() {
        finding
    } else {
        finding.help(format!("write {what}, for example: {}", example.trim_start_matches("as in ")))
    }
}

pub(super) fn missing_stop(end: Loc, next: Loc) -> Finding {
    let place = Loc::new(end.file, Span::new(end.span.end, end.span.end));
    error("syntax/missing-stop", "this sentence has no full stop", end)
        .saying("the sentence ends here")
        .label(next, "and something new begins here")
        .help("end the sentence with a full stop")
        .fix("add the full stop", true, place, ".")
}

/// Two sentences with no space between them: `… UA.GB shall …`.
pub(super) fn joined_sentences(loc: Loc, words: &str) -> Finding {
    let dot = loc.span.start + words.rfind('.').unwrap_or_default() as u32 + 1;
    let place = Loc::new(loc.file, Span::new(dot, dot));
    error("syntax/missing-stop", format!("`{words}` is read as one name"), loc)
        .saying("one sentence ends in here, and another begins")
        .help("a full stop has a space or a line end behind it")
        .fix("put a space behind the full stop", true, place, " ")
}

/// A sentence that ends with another mark than a full stop.
pub(super) fn wrong_stop(loc: Loc, mark: &str) -> Finding {
    error("syntax/missing-stop", format!("this sentence ends with `{mark}` instead of a full stop"), loc)
        .saying("a full stop belongs here")
        .help("end each sentence with a full stop; `;` stands between two acts of one sentence")
        .fix("write the full stop", true, loc, ".")
}

pub(super) fn missing_brace(open: Loc, name: &str, next: Option<Loc>) -> Finding {
    let finding = error("syntax/missing-brace", format!("the closing brace `}}` of `{name}` is missing"), open)
        .saying("opened here");
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

/// `head` are the last words before the brace that is missing, `first` is what stands inside it; `closed` is whether the other
/// brace is there.
pub(super) fn missing_open_brace(head: Loc, name: &str, first: Loc, closed: bool) -> Finding {
    let place = Loc::new(head.file, Span::new(head.span.end, head.span.end));
    error("syntax/missing-brace", format!("the opening brace `{{` of `{name}` is missing"), head)
        .saying("it belongs behind this")
        .label(first, "this stands inside the block")
        .help("put `{` behind the label and `}` below the last line of the block")
        .fix("open the block", closed, place, " {")
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
    let say = match word.split(' ').next().unwrap_or(word) {
        "can" | "could" | "might" => {
            "a permission is written `may`; a possible content of a later text goes into the field `may-include:`"
        }
        "cannot" | "can't" => "a prohibition is written `shall not` or `may not`",
        "would" => "write `will` for a political obligation, `intends to` for an intent",
        "is" | "are" => {
            "a duty is written `shall` or `must`; what something is stands in a field where it is declared, or in `note: \"…\"`"
        }
        "does" | "do" => "write `shall` or `shall not` for a duty or a ban",
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

/// Words for what one modal word says: `has the right to`; `gerund` is whether the verb behind them stands in another form.
pub(super) fn other_modal(loc: Loc, words: &str, put: &str, gerund: bool) -> Finding {
    let finding = error("syntax/unknown-modal", format!("`{words}` is written `{put}`"), loc)
        .saying("a modal word in other words");
    if gerund {
        return finding
            .help("write `refrains from` before this form of the verb, or `shall not` before its plain form");
    }
    finding.help(format!("write `{put}`")).fix(format!("write `{put}`"), true, loc, put)
}

/// `never` or `only` where the verb belongs: `shall never enter`.
pub(super) fn misplaced(loc: Loc, word: &str) -> Finding {
    if word == "never" {
        return error("syntax/unknown-modal", "`never` is written `not`", loc)
            .saying("a ban in other words")
            .help("write `not`: `shall not …`")
            .fix("write `not`", true, loc, "not");
    }
    error("syntax/unexpected", "`only` stands before who may, not before the verb", loc).saying("only who, or only when?").help(
        "for one party alone write `only FR may …`; for a limit write the ban and its end: `FR shall not … until EVENT`, \
         `FR shall not … unless EVENT`",
    )
}

/// A modal word in capitals: `Shall`, `SHALL`.
pub(super) fn capital_modal(loc: Loc, word: &str) -> Finding {
    let small = word.to_lowercase();
    error("syntax/unknown-modal", format!("`{word}` is written in small letters: `{small}`"), loc)
        .saying("a modal word belongs here")
        .help(format!("write `{small}`; names in capitals stay free for states"))
        .fix(format!("write `{small}`"), true, loc, small)
}

/// A verb in the present tense where a modal word belongs: `FR deploys force`.
pub(super) fn present_tense(loc: Loc, verb: &str) -> Finding {
    let plain = match verb {
        _ if verb.ends_with("ies") => format!("{}y", verb.trim_end_matches("ies")),
        _ if ["shes", "ches", "sses", "xes"].iter().any(|end| verb.ends_with(end)) => {
            verb.strip_suffix("es").unwrap_or(verb).to_owned()
        }
        _ => verb.strip_suffix('s').unwrap_or(verb).to_owned(),
    };
    error("syntax/unknown-modal", format!("`{verb}` does not say how strongly this binds"), loc)
        .saying("a modal word belongs before this")
        .help(format!(
            "write `shall {plain}` for a duty, `will {plain}` for a political promise, `may {plain}` for a permission"
        ))
        .fix(format!("write `shall {plain}`"), false, loc, format!("shall {plain}"))
}

/// A field with nothing behind its colon.
pub(super) fn no_value(loc: Loc, name: &str) -> Finding {
    error("syntax/unexpected", format!("nothing stands behind `{name}:`"), loc)
        .saying("a value belongs behind the colon")
        .help(format!("write the value, or `{name}: open` where the drafters leave it open on purpose"))
}

/// A colon behind a modal word, which makes the name of a field of it.
pub(super) fn colon(loc: Loc, word: &str, colon: Loc) -> Finding {
    error("syntax/unexpected", format!("a colon stands behind `{word}`"), loc)
        .saying("only a field has a colon")
        .help(format!("leave the colon out: `{word} …`"))
        .fix("leave out the colon", true, colon, "")
}

/// The mark of a sentence without its second bracket: `(c FR shall`.
pub(super) fn open_mark(loc: Loc, letter: &str) -> Finding {
    let end = Loc::new(loc.file, Span::new(loc.span.end, loc.span.end));
    error("syntax/unexpected", "the bracket of this mark is not closed", loc)
        .saying("a mark stands in two brackets")
        .help(format!("write `({letter})`"))
        .fix("close the bracket", true, end, ")")
}

/// Quotation marks inside a quotation, which end it: `"The "red" depot"`.
pub(super) fn inner_quotes(loc: Loc) -> Finding {
    error("syntax/unclosed-text", "a quotation mark inside a quotation ends it", loc)
        .saying("this stands outside the quotation")
        .help("write `\\\"` for a quotation mark inside a quotation, or leave it out")
}

/// A mark behind an item or a field, which have none at their end.
pub(super) fn end_mark(loc: Loc, mark: &str, what: &str) -> Finding {
    error("syntax/unexpected", format!("`{mark}` stands at the end of {what}"), loc)
        .saying("leave this out")
        .help("only sentences and acceptances end with a mark, a full stop")
        .fix(format!("leave out `{mark}`"), true, loc, "")
}

/// A modal word or `not` for the second time; `next` is where the word behind it begins.
pub(super) fn twice(loc: Loc, word: &str, next: u32) -> Finding {
    error("syntax/unexpected", format!("`{word}` stands twice"), loc)
        .saying("leave this out")
        .help("one modal word says how strongly a sentence binds")
        .fix(format!("leave out `{word}`"), true, Loc::new(loc.file, Span::new(loc.span.start, next)), "")
}

/// A sentence that begins with its modal word.
pub(super) fn no_subject(loc: Loc, modal: &str) -> Finding {
    error("syntax/unexpected", "nobody stands before the modal word", loc)
        .saying("who?")
        .help(format!("begin the sentence with who acts: `FR {modal} …`"))
}

/// The mark of a sentence in another form: `1.`, `a)`.
pub(super) fn typed_mark(loc: Loc, letter: &str) -> Finding {
    error("syntax/unexpected", "the mark of a sentence stands in two brackets", loc)
        .saying("this mark")
        .help(format!("write `({letter})`"))
        .fix(format!("write `({letter})`"), true, loc, format!("({letter})"))
}

/// A colon behind the name of an item.
pub(super) fn colon_behind_name(loc: Loc, name: &str) -> Finding {
    error("syntax/unexpected", format!("a colon stands behind the name `{name}`"), loc)
        .saying("only a field has a colon")
        .help(format!("leave the colon out: `{name} \"…\"`"))
}

/// A path to import without its quotation marks.
pub(super) fn unquoted_file(loc: Loc, file: &str) -> Finding {
    error("syntax/unquoted-words", "the name of a file stands in quotation marks", loc)
        .saying("this file")
        .help(format!("write `import \"{file}\"`"))
        .fix("put it in quotation marks", true, loc, format!("\"{file}\""))
}

/// A gap of a form: `[number]`, `<date>`.
pub(super) fn gap(loc: Loc, words: &str) -> Finding {
    let inside: String = words.chars().filter(|c| !"[]<>".contains(*c)).collect();
    let inside = inside.trim();
    error("syntax/stray-character", format!("`{words}` stands in brackets of its own"), loc)
        .saying("a gap to be filled?")
        .help(format!("write the words in quotation marks, and they are reported as open: `\"{inside}\"`"))
        .fix("put quotation marks", true, loc, format!("\"{}\"", inside.replace('"', "")))
}

/// `!` or `?` at the end of a sentence.
pub(super) fn shouted(loc: Loc, mark: &str) -> Finding {
    error("syntax/stray-character", format!("`{mark}` means nothing here"), loc)
        .saying("a full stop belongs here")
        .help("end the sentence with a full stop")
        .fix("write the full stop", true, loc, ".")
}

/// `/* … */`
pub(super) fn block_comment(loc: Loc) -> Finding {
    error("syntax/comment", "a comment begins with `//` and ends with its line", loc)
        .saying("read as a comment")
        .help("write `//` before each line of the comment")
}

/// A range with a word, a minus or a sign for its points: `4_000 to 5_000`, `5_000+`.
pub(super) fn range(loc: Loc, typed: &str, put: &str) -> Finding {
    error("syntax/number-form", format!("`{typed}` is not written as an amount"), loc)
        .saying("an amount in another form")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// A number in words where digits belong.
pub(super) fn number_word(loc: Loc, word: &str, number: u32) -> Finding {
    error("syntax/number-form", format!("`{word}` is written in digits: `{number}`"), loc)
        .saying("a number in words")
        .help(format!("write `{number}`"))
        .fix(format!("write `{number}`"), true, loc, number.to_string())
}

/// An article before `name`, which begins at `next`: the space between goes with it.
pub(super) fn article(loc: Loc, word: &str, next: u32, name: &str) -> Finding {
    let with_space = Loc::new(loc.file, Span::new(loc.span.start, next));
    error("syntax/article", format!("names stand without `{word}`"), loc)
        .saying("leave this out")
        .help(format!("write the name alone: `{name}`"))
        .fix(format!("leave out `{word}`"), true, with_space, "")
}

/// A phrase before the subject; `put` is the sentence as a draft has it, where that can be told.
pub(super) fn phrase_first(loc: Loc, put: Option<&str>) -> Finding {
    error("syntax/phrase-first", "a sentence begins with its subject", loc)
        .saying("this phrase stands before the subject")
        .help(match put {
            Some(put) => format!("write who acts first and the phrase behind: `{put}`"),
            None => {
                "write who acts first and put the phrase behind the modal word or at the end: `FR shall assist UA upon attack.`"
                    .to_owned()
            }
        })
}

/// `and` or `or` before a second act; `may` is whether the sentence permits.
pub(super) fn and_between_acts(loc: Loc, joint: &str, may: bool) -> Finding {
    let finding = error("syntax/and-between-acts", format!("two acts are joined by `{joint}`"), loc)
        .saying("a second act begins behind this");
    match (joint, may) {
        ("or", false) => finding.help(
            "a sentence says what must be done, not a choice: write one act, or put both with a semicolon, \
             `FR shall deploy force; establish hubs.`",
        ),
        ("or", true) => finding
            .help("put a semicolon between two acts, and each is permitted: `FR may tax vessels; search vessels.`")
            .fix("write `;`", true, loc, ";"),
        _ => finding.help("put a semicolon between two acts: `FR shall deploy force; establish hubs.`").fix(
            "write `;`",
            true,
            loc,
            ";",
        ),
    }
}

pub(super) fn and_between_phrases(loc: Loc, joint: &str) -> Finding {
    let finding = error("syntax/and-between-phrases", format!("phrases follow each other without `{joint}`"), loc);
    if joint == "or" {
        return finding.saying("one or the other?").help(
            "a sentence holds all its phrases at once: write a sentence for each, `FR shall meet UA every week. FR shall \
             meet UA upon attack.`",
        );
    }
    finding
        .saying("leave this out")
        .help("write the phrases one after the other; several places stand in one list: `to ukraine, poland`")
}

pub(super) fn modal_again(loc: Loc) -> Finding {
    error("syntax/and-between-acts", "a second modal word stands in the same sentence", loc)
        .saying("a new sentence begins here")
        .help("end the first sentence with a full stop and repeat the subject: `FR shall deploy force. FR may establish hubs.`")
}

pub(super) fn in_duration(loc: Loc, duration: &str) -> Finding {
    error("syntax/in-duration", format!("`in {duration}` can mean within that time or only after it"), loc)
        .saying("a deadline, or a delay?")
        .help(format!("write `within {duration} of EVENT` for a deadline, `{duration} after EVENT` for a start"))
}

pub(super) fn minus_spacing(loc: Loc, name: &str, number: &str, unit: &str) -> Finding {
    error("syntax/minus-spacing", format!("`{name}-{number}` is read as one name"), loc)
        .saying("a hyphen inside a name")
        .help(format!("put a space on each side of a minus: `{name} - {number} {unit}`"))
        .fix("put spaces round the minus", true, loc, format!("{name} - {number}"))
}

pub(super) fn name_with_space(loc: Loc, words: &str) -> Finding {
    // `two brigades` is an amount, and its number is the mistake.
    let first = words.split_whitespace().next().unwrap_or_default();
    if let Some(number) = super::typed::number_word(first) {
        let word = Loc::new(loc.file, Span::new(loc.span.start, loc.span.start + first.len() as u32));
        return number_word(word, first, number);
    }
    let plain = |word: &&str| !super::treaty::is_article(word);
    let joined = words.split_whitespace().filter(plain).collect::<Vec<_>>().join("-");
    // Capitals belong to labels, to states and to the beginnings of sentences.
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
    };
    let small = |word: &str| word.chars().all(|c| c.is_lowercase() || c == '-');
    let is_title = words.split_whitespace().all(capital);
    let begins =
        words.split_once(' ').is_some_and(|(first, rest)| capital(first) && rest.split_whitespace().all(small));
    let joined = if is_title || begins { joined.to_lowercase() } else { joined };
    error("syntax/name-with-space", "a name is one word", loc)
        .saying("several words in a row")
        .help(format!("join the words with hyphens, `{joined}`, or put free words in quotation marks, `\"{words}\"`"))
}

/// A comma that joins nothing; with the second one where two enclose a phrase.
pub(super) fn stray_comma(loc: Loc, second: Option<Loc>) -> Finding {
    let (message, title) = match second {
        Some(_) => ("these commas join nothing", "leave out the commas"),
        None => ("this comma joins nothing", "leave out the comma"),
    };
    let mut finding = error("syntax/stray-comma", message, loc)
        .saying("leave it out")
        .help("commas stand only between names; phrases follow each other without one");
    let edits = [Some(loc), second].into_iter().flatten().map(|at| Edit { at, text: String::new() }).collect();
    finding.fixes.push(Fix { title: title.into(), safe: true, edits });
    match second {
        Some(second) => finding.label(second, "and this one"),
        None => finding,
    }
}

/// Adds to what is said of the words between two commas that the commas go.
pub(super) fn without_commas(finding: &mut Finding, first: Loc, second: Option<Loc>) {
    finding.help = finding.help.take().map(|help| format!("{help}; leave out the commas"));
    if let Some(fix) = finding.fixes.first_mut() {
        fix.edits.extend([Some(first), second].into_iter().flatten().map(|at| Edit { at, text: String::new() }));
        fix.edits.sort_by_key(|edit| edit.at.span);
    }
}

pub(super) fn unquoted(loc: Loc, words: &str) -> Finding {
    error("syntax/unquoted-words", "free words stand in quotation marks", loc)
        .saying("these words are not part of the language")
        .help(format!(
            "write `\"{words}\"` to keep the words as they are, or replace them by a time, place or condition"
        ))
        .fix("put them in quotation marks", true, loc, format!("\"{words}\""))
}

/// A word of the language where a name belongs.
pub(super) fn reserved(loc: Loc, word: &str) -> Finding {
    error("syntax/reserved-name", format!("`{word}` stands where a name belongs"), loc)
        .saying("a name belongs here")
        .help("write the name of what is meant, as it is declared, or words in quotation marks")
}

/// A word of the language where a verb belongs.
pub(super) fn reserved_verb(loc: Loc, word: &str) -> Finding {
    let finding =
        error("syntax/reserved-name", format!("`{word}` stands where a verb belongs"), loc).saying("which verb?");
    match word {
        "accept" => finding
            .help("write `approve`, `recognise` or `comply with`: `accept` begins an acceptance, which ends a finding"),
        "rule" => finding.help("write `decide`: `rule` begins an item"),
        "import" => finding.help("write `bring … to PLACE`: `import` names another file"),
        "expect" => finding.help("write a verb that says what is done: `expect` belongs to scenarios"),
        _ => finding.help("write what is done behind the modal word, for example: `shall deploy`"),
    }
}

/// A word of the language as the name of an item: `clause a "Aid"`.
pub(super) fn reserved_item(loc: Loc, word: &str, keyword: &str) -> Finding {
    let put = format!("{keyword}-{word}");
    error("syntax/reserved-name", format!("`{word}` is a word of the language and cannot be a name"), loc)
        .saying("another name belongs here")
        .help(format!("choose another name, such as `{put}`, or write it in capitals: `{}`", word.to_uppercase()))
        .fix(format!("write `{put}`"), false, loc, put)
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
