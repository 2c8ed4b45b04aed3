//! What is said of a known idiom of treaties, and what a draft writes for it: one function each.

mod manner;

use super::trouble::{error, unquoted};
use crate::finding::Finding;
use crate::source::{Loc, Span};
pub use manner::{Manner, manner};

/// A sentence where the value of a field belongs; `all` ends with its full stop, if it has one.
pub(super) fn sentence_in_field(loc: Loc, all: Loc, field: &str, words: &str) -> Finding {
    let quoted = words.replace('"', "");
    let help = match field {
        "withdrawal" | "termination" => {
            format!(
                "write the time alone, `{field}: at least 6 months`, or the words in quotation marks, `\"{quoted}\"`"
            )
        }
        _ => format!("put the words in quotation marks, `{field}: \"{quoted}\"`, or the sentence into a clause"),
    };
    error("syntax/unquoted-words", format!("a sentence stands behind `{field}:`"), loc)
        .saying("a value belongs here")
        .help(help)
        .fix("put it in quotation marks", true, all, format!("\"{quoted}\""))
}

/// `Nothing in this agreement …`
pub(super) fn empty_subject(loc: Loc, words: &str) -> Finding {
    error("syntax/of-itself", format!("`{words}` names nobody who is bound"), loc).saying("who?").help(
        "what a clause leaves untouched stands in that clause, `without prejudice to CLAUSE`; words that bind nobody \
         are kept in `note: \"…\"`",
    )
}

/// `There shall be a commission`, `There shall be no weapons`
pub(super) fn there_shall_be(loc: Loc, words: &str, forbids: bool) -> Finding {
    let help = if forbids {
        "write who must not do what: `no party shall deploy weapons`"
    } else {
        "write who does it, `PARTY shall establish commission`, or `there shall be commission` in small letters and without an article"
    };
    error("syntax/unexpected", format!("`{words}` names nobody who acts"), loc).saying("who?").help(help)
}

/// `Done in two originals …`
pub(super) fn closing_formula(loc: Loc, words: &str) -> Finding {
    error("syntax/of-itself", format!("`{words} …` closes a letter, and obliges nobody"), loc)
        .saying("no party acts here")
        .help("say it in fields of the declaration: `signed: 2026-01-06`, `place: \"Paris\"`, `languages: \"English\"`")
}

/// `At least 25% of costs …`
pub(super) fn in_small_letters(loc: Loc, words: &str) -> Finding {
    let put = words.to_lowercase();
    error("syntax/other-phrase", format!("`{words}` is written `{put}`"), loc)
        .saying("a capital")
        .help(format!("write `{put}`: a word with a capital is a name"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `by 2027-03-01 at the latest`; `back` begins with the space before it.
pub(super) fn at_the_latest(loc: Loc, back: Loc, said_before: bool) -> Finding {
    let finding =
        error("syntax/other-phrase", "`at the latest` is left out behind a date", loc).saying("leave this out");
    if said_before {
        finding.help("`by 2026-03-01` is that day at the latest").fix("leave it out", true, back, "")
    } else {
        finding.help("write `by` before the date, `by 2026-03-01`: that day at the latest")
    }
}

/// `under any circumstances`, or `under no circumstances`, which forbids.
pub(super) fn under_any_circumstances(loc: Loc, back: Loc, words: &str, forbids: bool) -> Finding {
    if forbids {
        return error("syntax/other-phrase", format!("`{words}` is written `not`"), loc)
            .saying("a ban in other words")
            .help("leave this out and write the ban behind the modal word: `shall not …`");
    }
    error("syntax/other-phrase", format!("`{words}` is left out"), loc)
        .saying("leave this out")
        .help("a sentence holds always, unless it says `if`, `unless` or `until`")
        .fix("leave it out", true, back, "")
}

/// `between 20 and 30 soldiers`
pub(super) fn range(loc: Loc, typed: &str, put: &str) -> Finding {
    error("syntax/number-form", format!("`{typed}` is written `{put}`"), loc)
        .saying("from one number to another")
        .help(format!("write two points for a range: `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `a period of three years`
pub(super) fn plain_amount(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `{put}`"), loc)
        .saying("a length of time in other words")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `a total of EUR 3 million`; `with_space` ends where the amount begins, `bound` is what to write before it.
pub(super) fn total_of(loc: Loc, with_space: Loc, words: &str, bound: &str, amount: &str) -> Finding {
    let finding = match bound {
        "" => {
            error("syntax/other-phrase", format!("`{words}` is left out before a number"), loc).saying("leave this out")
        }
        _ => error("syntax/other-phrase", format!("`{words}` is written `{}`", bound.trim_end()), loc)
            .saying("a bound in other words"),
    };
    finding.help(format!("write the amount alone: `{bound}{amount} …`")).fix(
        if bound.is_empty() { "leave it out".to_owned() } else { format!("write `{}`", bound.trim_end()) },
        true,
        with_space,
        bound,
    )
}

/// `with 12 months' notice`; `event` is the event of this name, where the draft declares one.
pub(super) fn notice(loc: Loc, words: &str, length: &str, word: &str, event: Option<&str>) -> Finding {
    let name = event.unwrap_or(word);
    let put = format!("no earlier than {length} after {name}");
    let declare = if event.is_some() { String::new() } else { format!(" and declare `event {name} \"…\"`") };
    error("syntax/other-phrase", format!("`{words}` is counted from nothing"), loc)
        .saying("counted from which event?")
        .help(format!(
            "write `{put}`{declare}; how the whole text is left says the declaration, `withdrawal: at least {length}`"
        ))
        .fix(format!("write `{put}`"), false, loc, put)
}

/// Words that nothing can test: `on a regular basis`.
pub(super) fn untested(loc: Loc, words: &str) -> Finding {
    unquoted(loc, words)
}

/// `on the first day of each month`; `date` is the first such day, where it can be told.
pub(super) fn day_of_each(loc: Loc, words: &str, unit: &str, date: Option<&str>) -> Finding {
    let finding =
        error("syntax/date-form", format!("`{words}` is no point in time"), loc).saying("a day that comes again");
    match date {
        Some(date) if unit == "month" || unit == "year" || unit == "week" => {
            let put = format!("every {unit} from {date}");
            finding.help(format!("write how often and the first day: `{put}`")).fix(
                format!("write `{put}`"),
                false,
                loc,
                put,
            )
        }
        _ => finding.help(format!("write how often, `every {unit}`, and put the words for the day in quotation marks")),
    }
}

/// `by 31 March of each year`, `date` being the first such day.
pub(super) fn yearly(loc: Loc, words: &str, date: &str) -> Finding {
    let put = format!("every year from {date}");
    error("syntax/date-form", format!("`{words}` lacks its first year"), loc)
        .saying("a day that comes again")
        .help(format!("write how often and the first day, without `by` or `on`: `{put}`"))
}

/// `upon the last of the two notifications`
pub(super) fn last_of_several(loc: Loc, words: &str, which: &str, one: &str) -> Finding {
    let name = format!("{which}-{one}");
    error("syntax/other-phrase", format!("`{words}` has no name"), loc)
        .saying("an event of its own")
        .help(format!("name it, `{name}`, and say what it is: `event {name} \"…\" {{ means: \"{words}\" }}`"))
        .fix(format!("write `{name}`"), false, loc, name)
}

/// `within 30 days of receipt of an invoice`
pub(super) fn event_of(loc: Loc, words: &str, name: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` has no name"), loc)
        .saying("an event of its own")
        .help(format!("name it, `{name}`, and say what it is: `event {name} \"…\" {{ means: \"{words}\" }}`"))
        .fix(format!("write `{name}`"), false, loc, name)
}

/// `two-thirds majority`
pub(super) fn majority(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/number-form", format!("`{words}` is written `{put}`"), loc)
        .saying("a share in other words")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `in four equal instalments`
pub(super) fn instalments(loc: Loc, words: &str) -> Finding {
    error("syntax/unquoted-words", format!("`{words}` leaves open when each is due"), loc)
        .saying("no dates")
        .help(format!("write a sentence for each part, with its amount and its date; or keep the words, `\"{words}\"`"))
        .fix("put them in quotation marks", true, loc, format!("\"{words}\""))
}

/// `mission shall be subject to the jurisdiction of NL`
pub(super) fn subject_to_somebody(loc: Loc, subject: &str, put: &str) -> Finding {
    error("syntax/unexpected", format!("who does what to `{subject}` is not said"), loc)
        .saying("no act")
        .help(format!("say who may or shall do it: `{put}`; `subject to` ranks clauses, `subject to CLAUSE`"))
}

/// Whether a word behind `be` says what somebody is, and not what is done.
pub fn is_state(word: &str) -> bool {
    const ALL: [&str; 18] = [
        "responsible",
        "liable",
        "free",
        "able",
        "answerable",
        "accountable",
        "eligible",
        "depositary",
        "party",
        "neutral",
        "member",
        "guarantor",
        "available",
        "applicable",
        "inviolable",
        "immune",
        "null",
        "payable",
    ];
    ALL.contains(&word)
}

/// `NL shall be the depositary`, `NL shall be responsible for transport`
pub(super) fn what_somebody_is(loc: Loc, words: &str, help: String) -> Finding {
    error("syntax/unexpected", format!("`{words}` says what somebody is, not what is done"), loc)
        .saying("no act")
        .help(help)
}

/// What to write for what somebody is, and of what, if that is said: `responsible`, `transport`.
pub fn act_of_state(what: &str, subject: &str, modal: &str, object: Option<&str>) -> String {
    match (what, object) {
        ("depositary", _) => format!("write the field `depositary: {subject}` of the declaration"),
        ("chair" | "chairperson" | "chairman" | "president" | "head", _) => {
            format!("write the field `chair: {subject}` of the body, or `{subject} {modal} chair BODY`")
        }
        ("free" | "able" | "eligible", _) => format!("write `{subject} may …`"),
        ("liable", Some(object)) => format!("write what it does: `{subject} {modal} compensate {object}`"),
        ("payable", _) => format!("write who pays: `PARTY {modal} pay {subject} to PARTY`"),
        (_, Some(object)) => format!("write what it does: `{subject} {modal} provide {object}`"),
        _ => {
            format!("write what it does, `{subject} {modal} …`, or what it is where it is declared: `role: \"{what}\"`")
        }
    }
}

/// The verb of which this is the participle, where it takes a recipient before what is given.
pub(super) fn giving(participle: &str) -> Option<&'static str> {
    Some(match participle {
        "given" => "give",
        "granted" => "grant",
        "paid" => "pay",
        "sent" => "send",
        "offered" => "offer",
        "shown" => "show",
        "lent" => "lend",
        "awarded" => "award",
        "allowed" => "allow",
        "denied" => "deny",
        "provided" => "provide",
        _ => return None,
    })
}

/// `NL shall be given lists`
pub(super) fn given_to(loc: Loc, words: &str, verb: &str, put: &str) -> Finding {
    error("syntax/recipient-first", format!("who must {verb} it is not said"), loc)
        .saying(format!("what is given stands behind `{words}`"))
        .help(format!("write who gives first: `{put}`"))
}

/// The modal word for what somebody is let or made to do.
pub(super) fn letting(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "allow" | "permit" | "authorise" | "authorize" | "enable" | "entitle" => "may",
        "require" | "oblige" | "order" | "instruct" | "compel" | "request" | "ask" => "shall",
        _ => return None,
    })
}

/// `allow SL to enter zone`
pub(super) fn allowed_to(loc: Loc, words: &str, who: &str, modal: &str, deed: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `{who} {modal}`"), loc)
        .saying("an act of somebody else")
        .help(format!("write it as a sentence of its own, `{who} {modal} {deed}`, or keep the words: `\"to {deed}\"`"))
}

/// `deploy mission with up to 200 observers`; `to` is who receives it, where the verb gives.
pub(super) fn counted_behind_with(loc: Loc, words: &str, verb: &str, put: &str, to: Option<&str>) -> Finding {
    let finding =
        error("syntax/unexpected", format!("an amount stands in `{words}`"), loc).saying("`with` has a name behind it");
    match to {
        Some(to) => finding.help(format!("write what is given first: `{verb} {put} to {to}`")),
        None => finding.help(format!("write the amount as an act of its own: `…; {verb} {put} …`")),
    }
}

/// `deploy 6_000 troops, SL 3_600 troops`
pub(super) fn several_amounts(loc: Loc, put: &str) -> Finding {
    error("syntax/and-between-acts", "several parties have amounts of their own here", loc)
        .saying("another party begins here")
        .help(format!("write a sentence for each party: `{put}`"))
}

/// `withdraw weapons 2 km from zone`
pub(super) fn distance(loc: Loc, words: &str) -> Finding {
    let start = Loc::new(loc.file, Span::new(loc.span.start, loc.span.start));
    error("syntax/other-phrase", format!("`{words}` is written `to {words}`"), loc)
        .saying("`to` belongs before this")
        .help(format!("write `to {words} PLACE`"))
        .fix("write `to`", true, start, "to ")
}

/// `Article 6`; `declared` is the name of the item with this label.
pub(super) fn article_of_text(loc: Loc, words: &str, declared: Option<&str>) -> Finding {
    if let Some(name) = declared {
        return labelled(loc, words, name);
    }
    error("syntax/name-with-space", format!("`{words}` is no name"), loc)
        .saying("two words")
        .help(format!("write the name of the clause; where none has this label, quote it: `\"{words}\"`"))
}

/// Words that are the label of an item, which has a name.
pub(super) fn labelled(loc: Loc, words: &str, name: &str) -> Finding {
    error("syntax/name-with-space", format!("`{words}` is called `{name}` here"), loc)
        .saying("a label, not a name")
        .help(format!("write `{name}`, the name before its label"))
        .fix(format!("write `{name}`"), true, loc, name)
}

/// A number in words, or a share: `two thirds`, `up to four times a year`.
pub(super) fn number(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/number-form", format!("`{words}` is written `{put}`"), loc)
        .saying("a number in words")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), true, loc, put)
}

/// `5 working days`; `put` counts every day.
pub(super) fn working_days(loc: Loc, words: &str, put: &str, is_work: bool) -> Finding {
    let help = if is_work {
        format!("write how many days of the calendar: `{put}` are as long")
    } else {
        format!("write `{put}`: every day of the calendar counts")
    };
    error("syntax/other-phrase", format!("`{words}` is written `{put}`"), loc)
        .saying("which days count?")
        .help(help)
        .fix(format!("write `{put}`"), !is_work, loc, put)
}

/// `at least 30 days in advance`
pub(super) fn in_advance(loc: Loc, words: &str, length: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is counted from nothing"), loc)
        .saying("before which event?")
        .help(format!("write `at least {length} before EVENT`"))
}

/// `during the first six months`
pub(super) fn first_months(loc: Loc, words: &str, length: &str) -> Finding {
    let put = format!("for {length} from signature");
    error("syntax/other-phrase", format!("`{words}` is counted from nothing"), loc)
        .saying("counted from which event?")
        .help(format!("write `{put}`, or another event for `signature`"))
        .fix(format!("write `{put}`"), false, loc, put)
}

/// `the course shall last 8..12 weeks`
pub(super) fn bare_length(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `for {put}`"), loc)
        .saying("how long?")
        .help(format!("write `for {put}`, or `within {put} of EVENT` for a deadline"))
        .fix(format!("write `for {put}`"), false, loc, format!("for {put}"))
}

/// `access prevails over weapons`
pub(super) fn precedence(loc: Loc, words: &str, first: &str, second: &str) -> Finding {
    error("syntax/of-itself", format!("`{words}` is no act of `{first}`"), loc)
        .saying("which clause prevails?")
        .help(format!("write the field `prevails-over: {second}` into `{first}`, or `notwithstanding {second}` behind an act in it"))
}

/// `compensation of EUR 5 million`, `a battalion of 500 troops`
pub(super) fn amount_of_name(loc: Loc, words: &str, name: &str, amount: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `{amount}`"), loc)
        .saying("a name and its amount")
        .help(format!("write the amount alone, `{amount}`; what it is for stands behind `for`: `{amount} for {name}`"))
        .fix(format!("write `{amount}`"), false, loc, amount)
}

/// `Neither NL nor SL shall …`
pub(super) fn neither(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/party-words", format!("`{words}` is a ban in other words"), loc)
        .saying("who shall not?")
        .help(format!("write `{put} …`"))
}

/// `The Parties agree that …`; `rest` is what they agree.
pub(super) fn agree_that(loc: Loc, words: &str, rest: &str) -> Finding {
    error("syntax/unknown-modal", format!("`{words}` says nothing of its own"), loc)
        .saying("leave this out")
        .help(format!("begin with who acts: `{rest}`"))
}

/// `shall have no weapons`
pub(super) fn ban(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is a ban in other words"), loc)
        .saying("a ban stands behind the modal word")
        .help(format!("write `{put}`"))
}

/// A verb of several words: `make available`, `continue to host`.
pub(super) fn verb(loc: Loc, words: &str, put: &str) -> Finding {
    error("syntax/other-phrase", format!("`{words}` is written `{put}`"), loc)
        .saying("one verb")
        .help(format!("write `{put}`"))
        .fix(format!("write `{put}`"), false, loc, put)
}

/// `shall enter into force`
pub(super) fn enter_into_force(loc: Loc, words: &str) -> Finding {
    error("syntax/name-with-space", format!("`{words}` is no verb of one word"), loc).saying("one verb").help(
        "when the text enters into force says its field `in-force: signature`; of another one write `shall enter-into-force`",
    )
}

/// `commission shall consist of 6 members`
pub(super) fn composed_of(loc: Loc, words: &str, subject: &str) -> Finding {
    error("syntax/unexpected", format!("`{words}` says what `{subject}` is, not what it does"), loc)
        .saying("no act")
        .help("write a field where it is declared, with how many each sends: `members: FR 3, GB 3`")
}

/// `cooperate to implement the agreement`
pub(super) fn purpose(loc: Loc, words: &str, act: &str) -> Finding {
    let put = format!("only in order to \"{act}\"");
    error("syntax/unquoted-words", format!("`{words}` is a purpose, or an act of its own"), loc)
        .saying("a second act?")
        .help(format!(
            "write the purpose in quotation marks, `{put}`, or put a semicolon before a second act: `; {act}`"
        ))
        .fix("write it as a purpose", false, loc, put)
}

/// `if NL does not pay`
pub(super) fn told_condition(loc: Loc, lead: &str, words: &str) -> Finding {
    let put = format!("{lead} \"{}\"", words.replace('"', ""));
    error("syntax/unquoted-words", "this condition is told, not named", loc)
        .saying("words, and no event")
        .help(format!("write `{put}`, or declare an event for it and name that: `{lead} EVENT`"))
        .fix("put it in quotation marks", false, loc, put)
}
