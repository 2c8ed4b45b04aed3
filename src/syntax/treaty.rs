//! Words of treaties that a draft puts otherwise: one function each, with what is said about it and its fix.

use super::trouble::error;
use crate::finding::Finding;
use crate::source::{Loc, Span};

/// The phrases of treaties, how a draft writes them, and how many of their words stand before what they are about.
pub(super) const PHRASES: &[(&[&str], &str)] = &[
    (&["in", "the", "event", "of"], "upon"),
    (&["in", "the", "event", "that"], "if"),
    (&["in", "the", "case", "of"], "upon"),
    (&["in", "case", "of"], "upon"),
    (&["in", "cooperation", "with"], "with"),
    (&["in", "co-operation", "with"], "with"),
    (&["in", "coordination", "with"], "with"),
    (&["in", "conjunction", "with"], "with"),
    (&["on", "behalf", "of"], "for"),
    (&["on", "or", "before"], "by"),
    (&["as", "of"], "from"),
    (&["as", "from"], "from"),
    (&["as", "long", "as"], "while"),
    (&["with", "regard", "to"], "about"),
    (&["with", "respect", "to"], "about"),
    (&["with", "the", "consent", "of"], "in agreement with"),
    (&["with", "the", "agreement", "of"], "in agreement with"),
    (&["with", "the", "exception", "of"], "except"),
    (&["except", "for"], "except"),
    (&["subject", "to", "the", "consent", "of"], "in agreement with"),
    (&["not", "later", "than"], "no later than"),
    (&["not", "earlier", "than"], "no earlier than"),
    (&["not", "before"], "no earlier than"),
    (&["not", "until"], "no earlier than"),
    (&["not", "after"], "no later than"),
    (&["back", "into"], "to"),
    (&["back", "to"], "to"),
    (&["back", "from"], "from"),
    (&["out", "of"], "from"),
    (&["onto"], "to"),
    (&["via"], "across"),
    (&["prior", "to"], "before"),
    (&["subsequent", "to"], "after"),
    (&["following"], "after"),
    (&["once"], "after"),
    (&["pending"], "until"),
    (&["till"], "until"),
    (&["since"], "from"),
    (&["starting", "from"], "from"),
    (&["starting", "on"], "from"),
    (&["beginning", "on"], "from"),
    (&["pursuant", "to"], "in accordance with"),
    (&["through"], "across"),
    (&["throughout"], "across"),
    (&["into"], "to"),
    (&["inside"], "in"),
    (&["towards"], "to"),
    (&["toward"], "to"),
    (&["together", "with"], "with"),
    (&["jointly", "with"], "with"),
    (&["alongside"], "with"),
    (&["concerning"], "about"),
    (&["regarding"], "about"),
    (&["despite"], "notwithstanding"),
    (&["irrespective", "of"], "notwithstanding"),
    (&["other", "than"], "except"),
    (&["save", "for"], "except"),
    (&["excluding"], "except"),
    (&["when"], "if"),
    (&["where"], "if"),
    (&["whenever"], "upon each"),
    (&["provided", "that"], "if"),
    (&["so", "long", "as"], "while"),
];

/// Phrases that nothing can test, which a draft keeps in quotation marks.
pub(super) const UNTESTED: &[&[&str]] = &[
    &["at", "all", "times"],
    &["at", "any", "time"],
    &["in", "good", "faith"],
    &["in", "due", "course"],
    &["in", "principle"],
    &["without", "delay"],
    &["without", "undue", "delay"],
    &["without", "further", "delay"],
    &["without", "exception"],
    &["without", "hindrance"],
    &["in", "a", "timely", "manner"],
    &["on", "a", "regular", "basis"],
    &["with", "immediate", "effect"],
    &["if", "and", "when", "necessary"],
    &["at", "the", "earliest"],
    &["free", "of", "charge"],
    &["free", "of", "duty"],
    &["as", "appropriate"],
    &["by", "mutual", "consent"],
    &["by", "mutual", "agreement"],
    &["by", "common", "agreement"],
    &["in", "kind"],
    &["in", "cash"],
];

/// How often something is done, in one word.
pub(super) const PERIODICAL: &[(&str, &str)] = &[
    ("daily", "every day"),
    ("weekly", "every week"),
    ("fortnightly", "every 2 weeks"),
    ("monthly", "every month"),
    ("quarterly", "every 3 months"),
    ("annually", "every year"),
    ("yearly", "every year"),
];

/// How often, as a number: `twice a year`.
pub(super) fn times(word: &str) -> Option<&'static str> {
    match word {
        "once" => Some("1"),
        "twice" => Some("2"),
        "thrice" => Some("3"),
        _ => None,
    }
}

/// Whether a word says how something is done, and is no name: `immediately`.
pub(super) fn is_adverb(word: &str) -> bool {
    const NAMES: [&str; 10] =
        ["supply", "resupply", "assembly", "family", "reply", "ally", "anomaly", "monopoly", "only", "fly"];
    let last = word.rsplit('-').next().unwrap_or(word);
    (word.ends_with("ly") && !NAMES.contains(&last))
        || matches!(word, "forthwith" | "together" | "again" | "thereafter" | "thereupon" | "instead")
}

/// What to write for a word that says how or how often, where it stands for a thing: `withdraw immediately`.
pub fn instead(word: &str) -> Option<String> {
    if let Some((_, put)) = PERIODICAL.iter().find(|(known, _)| *known == word) {
        return Some(format!("write `{put}`"));
    }
    match times(word) {
        Some("1") => Some("leave it out before `every`".to_owned()),
        Some(number) => Some(format!("write `{number} times`")),
        None if is_adverb(word) => Some(format!("words that say how or when stand in quotation marks: `\"{word}\"`")),
        None if matches!(word, "it" | "them" | "itself" | "themselves") => {
            Some("write the name of what is meant".to_owned())
        }
        None => None,
    }
}

/// Whether a word stands before a name in treaties and is left out in drafts; articles have their own test.
pub(super) fn is_determiner(word: &str) -> bool {
    const ALL: [&str; 14] =
        ["all", "each", "every", "any", "both", "this", "these", "those", "such", "said", "its", "their", "his", "our"];
    ALL.contains(&word)
}

/// Whether a word is an article.
pub(super) fn is_article(word: &str) -> bool {
    ["the", "a", "an", "The", "A", "An"].contains(&word)
}

/// Whether a text calls itself so: `this Agreement`.
pub(super) fn is_text(word: &str) -> bool {
    const ALL: [&str; 14] = [
        "agreement",
        "declaration",
        "memorandum",
        "treaty",
        "accord",
        "protocol",
        "communique",
        "convention",
        "instrument",
        "charter",
        "statement",
        "resolution",
        "arrangement",
        "text",
    ];
    ALL.contains(&word)
}

/// Whether a quotation, or a row of words, only promises to try: `make every effort`.
pub(super) fn is_effort(words: &str) -> bool {
    let mut all = words.split_whitespace();
    let verb = all.next().unwrap_or_default();
    ["make", "use", "do", "exert", "undertake", "spare"].contains(&verb)
        && all.any(|word| {
            ["effort", "efforts", "endeavour", "endeavours", "utmost", "everything", "best"].contains(&word)
        })
}

/// A word before a name that is left out: `all prisoners`, `its forces`. `next` is where the name begins.
pub(super) fn determiner(loc: Loc, word: &str, next: u32) -> Finding {
    let small = word.to_lowercase();
    let help = match &*small {
        "its" | "their" | "his" | "our" => {
            "write the name alone; whose it is can be said where it is declared: `thing guns \"Guns\" { of: FR }`"
        }
        "all" | "each" | "every" | "any" | "both" => {
            "write the name alone, `release prisoners`: it stands for all of them; `upon each EVENT` repeats a duty"
        }
        _ => "write the name alone: it means the same thing wherever it stands",
    };
    error("syntax/article", format!("names stand without `{word}`"), loc).saying("leave this out").help(help).fix(
        format!("leave out `{word}`"),
        true,
        Loc::new(loc.file, Span::new(loc.span.start, next)),
        "",
    )
}

/// `SL's weapons`; `with_space` ends where the next word begins.
pub(super) fn possessive(loc: Loc, with_space: Loc, name: &str) -> Finding {
    error("syntax/article", format!("names stand without `{name}'s`"), loc)
        .saying("whose it is")
        .help(format!(
            "write the name alone; whose it is can be said where it is declared: `thing NAME \"…\" {{ of: {name} }}`"
        ))
        .fix("leave this out", true, with_space, "")
}

/// `12 months' time`: the mark of a possessive behind a length of time.
pub(super) fn possessive_time(loc: Loc, unit: &str) -> Finding {
    error("syntax/stray-character", format!("`{unit}` stands without an apostrophe"), loc)
        .saying("leave this out")
        .help(format!("write the length of time and what it is counted from: `12 {unit} after EVENT`"))
        .fix("leave this out", true, loc, "")
}

/// `Each Party`, `The Parties`: `put` is how a draft says it, `modal` the modal words behind, or nothing.
pub(super) fn parties(loc: Loc, words: &str, put: &str, modal: &str) -> Finding {
    let modal = match modal.split_once(' ') {
        _ if modal.is_empty() => "shall".to_owned(),
        Some(("is", rest)) => format!("are {rest}"),
        _ => modal.to_owned(),
    };
    if put == "no party" && ["are obliged", "are required"].iter().any(|duty| modal.starts_with(duty)) {
        // `no party is obliged to` would be read as `no party shall`.
        return error(
            "syntax/party-words",
            format!("`{words}` with `{}` is written `the parties`", modal.replacen("are", "is", 1)),
            loc,
        )
        .saying("nobody, or everybody not?")
        .help(format!("write `the parties {} …`: nobody has to", modal.replacen("are", "are not", 1)));
    }
    let help = match put {
        "the parties each" => format!("write `the parties {modal} each …`: all signatories, each for itself"),
        "no party" => format!("write `no party {modal} …`: a ban on every party that the draft declares"),
        _ if modal.ends_with("not") => format!("write `the parties {modal} …`: it binds every signatory"),
        _ => "write `the parties` for all signatories, in small letters; `all parties` are all that the draft declares"
            .to_owned(),
    };
    error("syntax/party-words", format!("`{words}` is written `{put}`"), loc)
        .saying("all parties in other words")
        .help(help)
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `This Agreement shall …`
pub(super) fn of_itself(loc: Loc, words: &str) -> Finding {
    error("syntax/of-itself", format!("`{words}` obliges nobody"), loc).saying("who?").help(
        "what holds for the whole text is a field of the declaration: `in-force:`, `expires:`, `amendment:`, \
             `depositary:`; a sentence says who shall do what",
    )
}

/// A phrase in words that a draft has others for.
pub(super) fn phrase(loc: Loc, words: &str, put: &str) -> Finding {
    let finding =
        error("syntax/other-phrase", format!("`{words}` is written `{put}`"), loc).saying("a phrase in other words");
    let finding = match put {
        "upon" => finding.help("write `upon EVENT` for what follows it at once, or `if EVENT` for a condition"),
        "across" => {
            finding.help("write `across PLACE` or `along PLACE`, with its `width:` where the place is declared")
        }
        _ => finding.help(format!("write `{put} …`")),
    };
    finding.fix(format!("write `{put}`"), put != "upon" && put != "across", loc, put)
}

/// An event behind a length of time, with nothing between: `within 30 days breach`.
pub(super) fn anchor(loc: Loc, by: &str, event: &str) -> Finding {
    error("syntax/unexpected", format!("`of` is missing between `{by}` and `{event}`"), loc)
        .saying("counted from this?")
        .help(format!("write `within {by} of {event}`"))
        .fix("write `of`", true, loc, format!("of {event}"))
}

/// `a year` behind how often: `4 times a year`.
pub(super) fn every(loc: Loc, words: &str, unit: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `every {unit}`"), loc)
        .saying("how often")
        .help(format!("write `every {unit}`"))
        .fix(format!("write `every {unit}`"), true, loc, format!("every {unit}"))
}

/// `the date of signature`
pub(super) fn date_of(loc: Loc, words: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is left out before a point in time"), loc)
        .saying("leave this out")
        .help("write the event alone: `from signature`, `within 30 days of ceasefire`")
}

/// `twice`, or `twice a year` with its unit.
pub(super) fn how_often(loc: Loc, word: &str, number: &str, unit: Option<&str>) -> Finding {
    let put = match unit {
        Some(unit) => format!("{number} times every {unit}"),
        None => format!("{number} times"),
    };
    error("syntax/number-form", format!("`{word}` is written in digits: `{put}`"), loc)
        .saying("how often")
        .help(format!("write `{number} times every year`, or `every 6 months` for a regular interval"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// The recipient before what is given: `pay UA EUR 1 million`.
pub(super) fn recipient_first(all: Loc, to: Loc, recipient: &str, given: &str) -> Finding {
    let put = format!("{given} to {recipient}");
    error("syntax/recipient-first", format!("`{recipient}` stands before what it is given"), to)
        .saying("who receives it")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, all, put)
}

/// `to a distance of 15 km`
pub(super) fn distance_of(loc: Loc, words: &str, next: u32) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is left out before a number"), loc)
        .saying("leave this out")
        .help("write the number alone: `to 15 km from PLACE`")
        .fix("leave it out", true, Loc::new(loc.file, Span::new(loc.span.start, next)), "")
}

/// A width that is counted on each side: `width: 10 km on each side`.
pub(super) fn each_side(loc: Loc, words: &str, field: &str) -> Finding {
    error("syntax/unexpected", format!("`{words}` stands behind the value of `{field}:`"), loc)
        .saying("each side?")
        .help("write both sides together, `width: 20 km`, or how far it reaches to each side, `each-side: 10 km`")
}

/// `of` between two names; `told` is whether the verb says something to somebody.
pub(super) fn of(loc: Loc, words: &str, told: bool) -> Finding {
    if told {
        return error("syntax/unexpected", "`of` stands where `about` belongs", loc)
            .saying("`about` belongs here")
            .help("`of` joins a part to its whole; write `about` for what something concerns")
            .fix("write `about`", true, loc, "about");
    }
    let joined =
        words.split_whitespace().filter(|word| !is_article(word) && !is_determiner(word)).collect::<Vec<_>>().join("-");
    error("syntax/unexpected", "`of` joins no two names", loc).saying("two names").help(format!(
        "make one name of them, `{joined}`, or quote the words, `\"{words}\"`; `of` stands behind an amount, \
         `40% of weapons`, and in `start of PHASE`"
    ))
}

/// A promise to try in words of its own: `make every effort to reach`.
pub(super) fn effort(loc: Loc, words: &str, verb: &str) -> Finding {
    error("syntax/unknown-modal", format!("`{words}` is written `endeavour to`"), loc)
        .saying("a promise to try, and no more")
        .help(format!("write `shall endeavour to {verb} …`, or `shall {verb} …` where the result is owed"))
        .fix("write `endeavour to`", false, loc, "endeavour to")
}

/// A verb of two words: `hand over`.
pub(super) fn torn_verb(loc: Loc, words: &str) -> Finding {
    let put = words.split_whitespace().collect::<Vec<_>>().join("-");
    error("syntax/name-with-space", format!("`{words}` is written as one word"), loc)
        .saying("one verb")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// The name of a field in two words: `certified by: FR`.
pub(super) fn torn_field(loc: Loc, words: &str) -> Finding {
    let put = words.split_whitespace().collect::<Vec<_>>().join("-");
    error("syntax/name-with-space", "the name of a field is one word", loc)
        .saying("several words")
        .help(format!("write `{put}:`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// Words of the language with a colon behind them: `subject to: access`.
pub(super) fn torn_phrase(loc: Loc, words: &str, put: &str, value: &str) -> Finding {
    error("syntax/name-with-space", format!("`{words}` is no name of a field"), loc)
        .saying("several words before a colon")
        .help(format!("write `{put} {value}`"))
}

/// A year alone where a time belongs: `in 2027`.
pub(super) fn year(loc: Loc, year: &str) -> Finding {
    error("syntax/date-form", format!("the year `{year}` is no point in time"), loc)
        .saying("the whole year, or by its end?")
        .help(format!("write `by {year}-12-31`, or `from {year}-01-01 until {year}-12-31`"))
}

/// Two dates with a dash or points between them.
pub(super) fn dates(loc: Loc, first: &str, second: &str) -> Finding {
    error("syntax/date-form", "two dates are joined by words", loc)
        .saying("from one date to another")
        .help(format!("in a sentence write `from {first} until {second}`; in a field write the later date"))
}

/// An hour of the day behind a date: `2027-03-03 at 06:00`; `greenwich` is whether the words name its time zone.
pub(super) fn hour(loc: Loc, date: &str, hour: &str, greenwich: bool) -> Finding {
    let finding = error("syntax/date-form", "an hour of the day stands in the date", loc);
    if greenwich {
        let put = format!("{date}T{hour}Z");
        return finding.saying("at this hour").help(format!("write `{put}`")).fix(
            format!("write `{put}`"),
            true,
            loc,
            put,
        );
    }
    let put = format!("{date}T{hour}+02:00");
    finding
        .saying("at this hour, but in which country?")
        .help(format!("write `{put}` for two hours ahead of Greenwich, `{date}T{hour}Z` for Greenwich time"))
        .fix(format!("write `{put}`"), false, loc, put)
}

/// A number in words with its digits behind it: `thirty (30)`.
pub(super) fn number_twice(loc: Loc, words: &str, digits: &str) -> Finding {
    error("syntax/number-form", format!("`{words}` is written once: `{digits}`"), loc)
        .saying("a number in words")
        .help(format!("write `{digits}`"))
        .fix(format!("write `{digits}`"), true, loc, digits)
}

/// A subject that says nobody of a kind may: `no vessel shall`.
pub(super) fn no_such(loc: Loc, words: &str) -> Finding {
    error("syntax/party-words", format!("`{words}` names nobody who is bound"), loc)
        .saying("who shall not?")
        .help("write who must not do it: `no party shall …`, `FR shall not …`, or `only FR may …`")
}
