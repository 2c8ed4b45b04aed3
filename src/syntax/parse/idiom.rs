//! What a whole entry suffers from where it could not be read: the first known idiom of treaties in it.
//!
//! Looked for only behind a mistake, so that a sound draft pays nothing. What is found takes the place of all that was said of
//! the words from there on: of one slip that nobody understands two findings say less than one.

mod amount;

use super::modal::is_modal;
use super::treaty::{in_draft_words, is_adjective, modal_words, number_in_words};
use super::{Tokens, is_name};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::idiom;
use crate::syntax::lex::Kind;
use crate::syntax::treaty as words_of_treaties;
use crate::syntax::trouble;
use crate::syntax::word::Word;
pub(super) use amount::{is_yearly, yearly};

/// An idiom: the words it takes, and what is said of it.
type Known = Option<(Span, Finding)>;

/// An entry that could not be read as it stands.
struct Entry<'c, 'a> {
    /// Its first token.
    start: Tokens<'c, 'a>,
    /// The index of the token behind its last one.
    end: usize,
    /// Where the modal words of a sentence begin.
    modal: Option<usize>,
    /// What was found odd in it and not understood, and whether it was taken for a name of several words.
    vague: Vec<(Span, bool)>,
}

/// Looks for a known idiom from `start` to `end`; `before` is how many findings there were ahead of this entry. Whether one was
/// found, and took the place of what was said.
pub(super) fn explain<'c, 'a>(start: Tokens<'c, 'a>, end: Tokens<'c, 'a>, before: usize) -> bool {
    // In a text full of mistakes nobody reads on to here.
    const ENOUGH: usize = 400;
    if before > ENOUGH {
        return false;
    }
    let end = end.index().max(start.index() + 1);
    let modal = (start.index()..end).find(|&at| is_modal(start.at(at)));
    let vague: Vec<(Span, bool)> = {
        let findings = start.cx.findings.borrow();
        let own = findings.get(before..).unwrap_or(&[]);
        own.iter().filter(|known| is_vague(known)).map(|known| (known.at().span, is_name_of_several(known))).collect()
    };
    let entry = Entry { start, end, modal, vague };
    for at in start.index()..end {
        let i = start.at(at);
        if !matches!(i.kind(), Kind::Word | Kind::Path | Kind::Number | Kind::Fraction | Kind::Field) {
            continue;
        }
        let found = SURE.iter().find_map(|idiom| idiom(i, &entry)).or_else(|| {
            // What stands behind all that is unclear explains none of it.
            let unclear = entry.vague.iter().any(|(span, _)| span.end + 1 >= i.peek().span.start);
            let mut idioms = amount::IDIOMS.iter().chain(IDIOMS);
            if unclear { idioms.find_map(|idiom| idiom(i, &entry)) } else { None }
        });
        if let Some((span, finding)) = found {
            let mut findings = start.cx.findings.borrow_mut();
            let mut number = 0;
            findings.retain(|known| {
                number += 1;
                // The word before it is part of it.
                number <= before || known.at().span.end + 1 < span.start
            });
            findings.push(finding);
            start.cx.explained.borrow_mut().push(span);
            start.cx.damaged.set(true);
            return true;
        }
    }
    false
}

/// Whether a finding says no more than that something is odd here.
fn is_vague(finding: &Finding) -> bool {
    match &*finding.code {
        "syntax/unexpected" | "syntax/name-with-space" | "syntax/unquoted-words" | "syntax/reserved-name" => true,
        "syntax/missing-stop" | "syntax/and-between-acts" | "syntax/recipient-first" => true,
        "syntax/unknown-modal" | "syntax/phrase-first" => finding.fixes.is_empty(),
        _ => false,
    }
}

/// Whether a finding took words in a row for one name.
fn is_name_of_several(finding: &Finding) -> bool {
    finding.code == "syntax/name-with-space"
}

/// What holds an idiom against the words that stand at a place of an entry.
type Idiom = for<'c, 'a> fn(Tokens<'c, 'a>, &Entry<'c, 'a>) -> Known;

/// The idioms that count even where each word of them was understood.
const SURE: &[Idiom] =
    &[under_any_circumstances, amount::at_the_latest, amount::last_of_several, amount::event_of, amount::fraction];

/// The idioms of sentences and names. Of two that begin at the same word the first counts.
const IDIOMS: &[Idiom] = &[
    sentence_in_field,
    empty_subject,
    neither,
    agree_that,
    closing_formula,
    all_of,
    own,
    adverb,
    has_no,
    make_available,
    enter_into_force,
    composed_of,
    subject_to_somebody,
    what_somebody_is,
    given_to,
    allowed_to,
    continue_to,
    purpose,
    article_of_text,
    labelled,
    told_condition,
];

impl<'c, 'a> Entry<'c, 'a> {
    /// The words from one token to another, on one line.
    fn words(&self, from: usize, to: usize) -> String {
        let start = self.start.at(from);
        let span = self.start.at(to.max(from + 1)).span_from(start.peek().span.start);
        start.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Who acts: the words before the modal, without the mark of the sentence.
    fn subject(&self) -> Option<String> {
        let modal = self.modal?;
        let from = self.start.index();
        let marked = self.start.kind() == Kind::OpenBracket && self.start.ahead(2).kind == Kind::CloseBracket;
        let from = from + if marked { 3 } else { 0 };
        (modal > from).then(|| self.words(from, modal))
    }

    /// The modal words.
    fn modal_words(&self) -> &'c str {
        self.modal.map_or("shall", |modal| modal_words(self.start.at(modal)))
    }

    /// Where the verb stands, if it is the first word behind the modal.
    fn verb(&self) -> Option<usize> {
        let modal = self.modal?;
        let words = self.modal_words().split_whitespace().count();
        let verb = self.start.at(modal + words);
        (modal + words < self.end && is_name(verb.peek())).then_some(modal + words)
    }

    /// `shall deploy`, or `shall …` where the verb is not to be found.
    fn deed(&self) -> String {
        match (self.modal, self.verb()) {
            (Some(modal), Some(verb)) => self.words(modal, verb + 1),
            _ => format!("{} …", self.modal_words()),
        }
    }
}

/// Whether so many tokens ahead there is this word, whatever its case.
fn is(i: Tokens<'_, '_>, ahead: usize, word: &str) -> bool {
    let token = i.ahead(ahead);
    token.kind == Kind::Word && i.text(token.span).eq_ignore_ascii_case(word)
}

/// Whether one of these words stands so many tokens ahead.
fn is_one(i: Tokens<'_, '_>, ahead: usize, words: &[&str]) -> bool {
    words.iter().any(|word| is(i, ahead, word))
}

/// How many of the next tokens are these words; none where they do not all stand here.
fn row(i: Tokens<'_, '_>, words: &[&[&str]]) -> usize {
    if words.iter().enumerate().all(|(ahead, one)| is_one(i, ahead, one)) { words.len() } else { 0 }
}

/// From the next token to behind so many.
fn over(i: Tokens<'_, '_>, tokens: usize) -> Span {
    i.skip(tokens).span_from(i.peek().span.start)
}

/// How many tokens a length of time takes that stands here, and how a draft writes it: `3 years`, `three (3) years`.
fn length(i: Tokens<'_, '_>) -> Option<(usize, String)> {
    if i.kind() == Kind::Number && i.ahead(1).word.time_unit().is_some() {
        return Some((2, i.text(over(i, 2)).to_owned()));
    }
    let (words, number) = number_in_words(i)?;
    Some((words + 1, format!("{number} {}", i.text(i.ahead(words).span))))
}

/// `withdrawal: any party may withdraw`: a sentence where a value belongs, all on the line of its field.
fn sentence_in_field<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if i.kind() != Kind::Field || i.index() != entry.start.index() || i.ahead(1).first {
        return None;
    }
    let line = (1..entry.end - i.index()).take_while(|&n| !i.ahead(n).first && i.ahead(n).kind != Kind::Field);
    let last = line.last()?;
    let modal = (2..=last).find(|&n| is_modal(i.skip(n)))?;
    // `members: FR, GB, UA shall deploy force.`: a list, and a sentence that belongs on the next line.
    let is_list = (1..modal).any(|n| i.ahead(n).kind == Kind::Comma);
    if is_list || i.ahead(last).kind == Kind::CloseBrace {
        return None;
    }
    let value = i.skip(1);
    let all = over(value, last);
    let last = if i.ahead(last).kind == Kind::Stop { last - 1 } else { last };
    let span = over(value, last);
    Some((span, idiom::sentence_in_field(i.loc(span), i.loc(all), i.text(i.peek().span), i.text(span))))
}

/// `Nothing in this agreement obliges …`
fn empty_subject<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let begins = i.index() <= entry.start.index() + 3;
    if !begins || !is(i, 0, "nothing") {
        return None;
    }
    let words = match row(i, &[&["nothing"], &["in"], &["this", "the"]]) {
        0 => 1,
        _ => 4,
    };
    let span = over(i, words);
    Some((span, idiom::empty_subject(i.loc(span), i.text(span))))
}

/// `Done in two originals …`
fn closing_formula<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let begins = i.index() <= entry.start.index() + 3;
    let words = row(i, &[&["done"], &["in", "at", "this"]]).max(row(i, &[&["in"], &["witness"], &["whereof"]]));
    (begins && words > 0).then(|| {
        let span = over(i, words);
        (span, idiom::closing_formula(i.loc(span), i.text(span)))
    })
}

/// `shall not attack under any circumstances`, `shall under no circumstances attack`
fn under_any_circumstances<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let circumstances: &[&str] = &["circumstances", "circumstance", "conditions", "event", "case"];
    let words = row(i, &[&["under", "in"], &["any", "all", "no"], circumstances]);
    if words == 0 {
        return None;
    }
    let span = over(i, words);
    let back = Span::new(i.previous().span.end, span.end);
    Some((span, idiom::under_any_circumstances(i.loc(span), i.loc(back), i.text(span), is(i, 1, "no"))))
}

/// `mission shall be subject to the jurisdiction of NL`
fn subject_to_somebody<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if row(i, &[&["be"], &["subject"], &["to"]]) == 0 {
        return None;
    }
    let subject = entry.subject()?;
    let rest = (3..entry.end - i.index()).take_while(|&n| matches!(i.ahead(n).kind, Kind::Word | Kind::Path));
    let rest: Vec<usize> = rest.collect();
    let has = |word: &str| rest.iter().any(|&n| is(i, n, word));
    let owner = rest
        .iter()
        .find(|&&n| matches!(i.ahead(n).word, Word::Of | Word::By) && is_name(i.ahead(n + 1)))
        .map(|&n| i.text(i.ahead(n + 1).span));
    let span = over(i, 3);
    let help = if has("jurisdiction") {
        format!("only {} may prosecute {subject}", owner.unwrap_or("PARTY"))
    } else {
        let verb = match () {
            () if has("inspection") || has("inspections") => "inspect",
            () if has("verification") => "verify",
            () if has("approval") => "approve",
            () if has("taxation") || has("tax") => "tax",
            () if has("review") => "review",
            () => "VERB",
        };
        format!("{} may {verb} {subject}", owner.unwrap_or("PARTY"))
    };
    Some((span, idiom::subject_to_somebody(i.loc(span), &subject, &help)))
}

/// `NL shall be the depositary`, `NL shall be responsible for transport`
fn what_somebody_is<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if i.word() != Word::Be || entry.modal.is_none_or(|modal| modal >= i.index()) {
        return None;
    }
    let article = usize::from(matches!(i.ahead(1).word, Word::The | Word::A | Word::An));
    let what = i.text(i.ahead(1 + article).span);
    if article == 0 && !idiom::is_state(what) || i.ahead(1 + article).kind != Kind::Word {
        return None;
    }
    let subject = entry.subject()?;
    let span = over(i, 2 + article);
    // What it is responsible for.
    let object = 2 + article + usize::from(matches!(i.ahead(2 + article).word, Word::For | Word::To | Word::Of));
    let object = (is_name(i.ahead(object)) && object > 2 + article).then(|| i.text(i.ahead(object).span));
    let modal = entry.modal_words();
    let help = idiom::act_of_state(what, &subject, modal, object);
    Some((span, idiom::what_somebody_is(i.loc(span), i.text(span), help)))
}

/// `NL shall be given lists of prisoners`
fn given_to<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if i.word() != Word::Be || !is_name(i.ahead(2)) || i.ahead(2).first {
        return None;
    }
    let plain = idiom::giving(i.text(i.ahead(1).span))?;
    let mut end = 3;
    while !i.ahead(end).first && (is_name(i.ahead(end)) || i.ahead(end).word == Word::Of) {
        end += 1;
    }
    let gift = i.text(over(i.skip(2), end - 2)).split_whitespace().collect::<Vec<_>>().join("-");
    let span = over(i, end);
    let put = format!("PARTY {} {plain} {gift} to {}", entry.modal_words(), entry.subject()?);
    Some((span, idiom::given_to(i.loc(span), i.text(over(i, 2)), plain, &put)))
}

/// `allow ICRC to deliver aid`
fn allowed_to<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let modal = match idiom::letting(i.text(i.peek().span)) {
        Some(modal) if entry.modal.is_some_and(|modal| modal < i.index()) => modal,
        _ => return None,
    };
    let to = (2..10).find(|&n| i.ahead(n).word == Word::To)?;
    let named = (1..to).all(|n| {
        let token = i.ahead(n);
        is_name(token) || token.kind == Kind::Comma || matches!(token.word, Word::And | Word::Or | Word::The)
    });
    let (verb, next) = (i.skip(to + 1), i.ahead(to + 2));
    let has_object = is_name(next) || matches!(next.word, Word::The | Word::A | Word::An | Word::All | Word::Be);
    if !named || !is_name(verb.peek()) && verb.word() != Word::Be || !has_object || next.first {
        return None;
    }
    let who = entry.words(i.index() + 1, i.index() + to);
    let mut end = to + 2;
    while i.index() + end < entry.end && !matches!(i.ahead(end).kind, Kind::Stop | Kind::Semicolon) && end < to + 8 {
        end += 1;
    }
    let deed = in_draft_words(i.skip(to + 1), i.index() + end);
    let span = over(i, to + 2);
    Some((span, idiom::allowed_to(i.loc(span), i.text(span), &who, modal, &deed)))
}

/// `in accordance with Article 6`
fn article_of_text<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    // `schedule 5 meetings` is an act, where the word has no capital.
    let parts = ["article", "annex", "section", "chapter", "paragraph"];
    let with_capital = ["Schedule", "Appendix", "Protocol", "Part"];
    let is_part = is_one(i, 0, &parts) || with_capital.contains(&i.text(i.peek().span));
    if !is_part || i.ahead(1).first || i.peek().span.end + 1 != i.ahead(1).span.start {
        return None;
    }
    let number = i.ahead(1);
    let is_number = number.kind == Kind::Number
        || number.kind == Kind::Word && number.span.end - number.span.start <= 4 && is_name(number);
    let span = over(i, 2);
    let declared = i.cx.declared(i.text(span)).map(|item| &*item.name);
    is_number.then(|| (span, idiom::article_of_text(i.loc(span), i.text(span), declared)))
}

/// `the Joint Commission`, where an item has this label: its name is what a draft writes.
fn labelled<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    const MOST_WORDS: usize = 8;
    let article = usize::from(matches!(i.word(), Word::The | Word::A | Word::An) || is(i, 0, "the"));
    if !is_name(i.ahead(article)) {
        return None;
    }
    let most = (article..article + MOST_WORDS)
        .take_while(|&n| i.index() + n < entry.end && i.ahead(n).kind == Kind::Word && (n == 0 || !i.ahead(n).first))
        .count();
    (2..=most).rev().find_map(|words| {
        let name = &i.cx.declared(i.text(over(i.skip(article), words)))?.name;
        let span = over(i, article + words);
        Some((span, idiom::labelled(i.loc(span), i.text(over(i.skip(article), words)), name)))
    })
}

/// `Neither NL nor SL shall attack zone`
fn neither<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let modal = entry.modal?;
    if !is(i, 0, "neither") || modal <= i.index() {
        return None;
    }
    let nor = (i.index() + 1..modal).find(|&at| is(i.at(at), 0, "nor"))?;
    let names = format!("{}, {}", entry.words(i.index() + 1, nor), entry.words(nor + 1, modal));
    let span = over(i, modal - i.index());
    let plain = match entry.modal_words() {
        "may" => "shall",
        other => other.trim_end_matches(" not"),
    };
    Some((span, idiom::neither(i.loc(span), i.text(span), &format!("{names} {plain} not"))))
}

/// `The Parties agree that NL shall leave zone`
fn agree_that<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let agrees =
        ["agree", "agrees", "confirm", "confirms", "declare", "declares", "recognise", "recognises", "note", "notes"];
    let begins = i.index() <= entry.start.index() + 6;
    if !begins || !is_one(i, 0, &agrees) || i.ahead(1).word != Word::That {
        return None;
    }
    let rest = in_draft_words(i.skip(2), entry.end.saturating_sub(1).min(i.index() + 16));
    let start = entry.start.peek().span.start;
    let span = i.skip(2).span_from(start);
    Some((span, idiom::agree_that(i.loc(span), i.text(over(i, 2)), rest.trim_end_matches('.'))))
}

/// `withdraw all of its weapons`
fn all_of<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    if !is_one(i, 0, &["all", "any", "each", "some", "both", "most", "none"]) || i.ahead(1).word != Word::Of {
        return None;
    }
    let mut words = 2;
    while words < 5 && is_one(i, words, &["the", "its", "their", "these", "those", "such", "his"]) {
        words += 1;
    }
    let parties = is_one(i, words, &["parties", "sides", "signatories"]);
    (is_name(i.ahead(words)) && !parties).then(|| {
        let span = over(i, words);
        (span, words_of_treaties::determiner(i.loc(span), i.text(span), i.ahead(words).span.start))
    })
}

/// `bear its own costs`
fn own<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let is_own = is_one(i, 0, &["its", "their", "his"]) && is(i, 1, "own") && is_name(i.ahead(2)) && !i.ahead(2).first;
    is_own.then(|| {
        let span = over(i, 2);
        (span, words_of_treaties::determiner(i.loc(span), i.text(span), i.ahead(2).span.start))
    })
}

/// `shall immediately withdraw weapons`
fn adverb<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let behind_modal = entry.modal.is_some_and(|modal| modal + entry.modal_words().split(' ').count() == i.index());
    let word = i.text(i.peek().span);
    let is_adverb =
        behind_modal && words_of_treaties::is_adverb(word) && (is_name(i.ahead(1)) || i.ahead(1).word == Word::Be);
    is_adverb.then(|| (i.peek().span, trouble::unquoted(i.here(), word)))
}

/// `NL shall have no weapons in zone`
fn has_no<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let verb = entry.verb()?;
    if i.word() != Word::No || i.index() != verb + 1 || !is_name(i.ahead(1)) {
        return None;
    }
    let name = i.text(i.ahead(1).span);
    let put = format!("{} not {} {name}", entry.modal_words(), i.text(i.previous().span));
    let span = over(i, 2);
    Some((span, idiom::ban(i.loc(span), i.text(span), &put)))
}

/// `make available 20 vehicles`, `make vehicles available`
fn make_available<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let words = row(i, &[&["make"], &["available"]]).max(if is(i, 0, "make") && is(i, 2, "available") { 1 } else { 0 });
    (words > 0).then(|| {
        let span = over(i, words);
        (span, idiom::verb(i.loc(span), i.text(span), "provide"))
    })
}

/// `shall enter into force`
fn enter_into_force<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let words = row(i, &[&["enter", "enters", "come", "comes"], &["into"], &["force", "effect", "operation"]]);
    (words > 0).then(|| {
        let span = over(i, words);
        (span, idiom::enter_into_force(i.loc(span), i.text(span)))
    })
}

/// `commission shall be composed of three members of each party`
fn composed_of<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let words = row(i, &[&["consist", "consists"], &["of"]])
        .max(row(i, &[&["be"], &["composed", "made"], &["of", "up"]]))
        .max(row(i, &[&["comprise", "comprises"]]));
    let subject = entry.subject().filter(|_| words > 0)?;
    let span = over(i, words);
    Some((span, idiom::composed_of(i.loc(span), i.text(span), &subject)))
}

/// `continue to host mission`
fn continue_to<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let verb = i.ahead(2);
    let goes_on = is_one(i, 0, &["continue", "continues"]) && entry.verb() == Some(i.index());
    (goes_on && i.ahead(1).word == Word::To && is_name(verb)).then(|| {
        let span = over(i, 3);
        (span, idiom::verb(i.loc(span), i.text(span), i.text(verb.span)))
    })
}

/// `cooperate to implement d`: an act behind `to`, for what the act before it is done.
fn purpose<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    const PARTS: &[&str] =
        &["upper", "lower", "inner", "outer", "north", "south", "east", "west", "central", "greater", "new"];
    let (verb, next) = (i.ahead(1), i.ahead(2));
    let name = i.text(verb.span);
    let lower = name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.ends_with("ern") && !PARTS.contains(&name);
    let one_name = entry.vague.iter().any(|(span, several)| *several && span.start == verb.span.start);
    let is_act = i.word() == Word::To && is_name(verb) && lower && one_name;
    if !is_act || is_adjective(name) || next.first || entry.verb().is_none_or(|verb| verb >= i.index()) {
        return None;
    }
    let ends = |n: &usize| {
        let token = i.ahead(*n);
        !matches!(token.kind, Kind::Word | Kind::Path) || token.first || token.word.leads()
    };
    let end = (1..12).find(ends)?;
    let span = over(i, end);
    Some((span, idiom::purpose(i.loc(span), i.text(span), i.text(over(i.skip(1), end - 1)))))
}

/// `if NL does not pay`, `unless otherwise agreed`: a condition that is told and not named.
fn told_condition<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    const LONGEST: usize = 24;
    if !matches!(i.word(), Word::If | Word::Unless | Word::While) {
        return None;
    }
    let ends = |n: usize| {
        matches!(i.ahead(n).kind, Kind::Stop | Kind::Semicolon | Kind::Comma | Kind::CloseBrace | Kind::End)
            || i.index() + n >= entry.end
    };
    let end = (1..LONGEST).find(|&n| ends(n))?;
    let in_a_row = (1..end.saturating_sub(1)).any(|n| is_name(i.ahead(n)) && is_name(i.ahead(n + 1)));
    let told = in_a_row || row(i.skip(1), &[&["the"], &["parties"]]) > 0;
    let quoted = (1..end).any(|n| matches!(i.ahead(n).kind, Kind::Text | Kind::LongText));
    if !told || quoted || end < 3 {
        return None;
    }
    let span = over(i, end);
    Some((span, idiom::told_condition(i.loc(span), i.text(i.peek().span), i.text(over(i.skip(1), end - 1)))))
}
