//! What a drafter brings from treaties, read as what it must mean, after saying how a draft puts it.
//!
//! Nothing here belongs to the language: every function stands where no production can go on.

use super::amount::{Measured, measured};
use super::modal::is_modal;
use super::norm::no_phrases;
use super::phrase::{led_by, phrase, starts_phrase};
use super::thing::{Slot, starts, thing, things};
use super::time::{is_modal_start, month_or_date};
use super::{Few, Parsed, Tokens, is_name};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::treaty;
use crate::syntax::tree::{Act, Lead, Phrase, PhraseBody, Text, Thing, ThingKind};
use crate::syntax::trouble;
use crate::syntax::typed;
use crate::syntax::word::Word;

/// What a production of this file gives: where reading goes on, if it applies.
type Mended<'c, 'a> = Result<Option<Tokens<'c, 'a>>, nom::Err<super::Fail>>;

/// Whether a word such as `each` or `all` stands before a name.
pub(super) fn is_before_name(i: Tokens<'_, '_>) -> bool {
    matches!(i.word(), Word::Each | Word::All | Word::Every) && !is_interval(i) && {
        let next = i.ahead(1);
        next.kind == Kind::Word && !next.first && (is_name(next) || next.word == Word::Of) && !is_modal(i.skip(1))
    }
}

/// Whether `every six months` or `every other month` stands here.
fn is_interval(i: Tokens<'_, '_>) -> bool {
    let count = i.skip(1);
    i.word() == Word::Every && (number_in_words(count).is_some() || every_other(count).is_some())
}

/// The number that `every other month` and `every third day` mean.
pub(super) fn every_other(i: Tokens<'_, '_>) -> Option<u32> {
    i.ahead(1).word.time_unit()?;
    match i.text(i.peek().span) {
        "other" | "second" => Some(2),
        "third" => Some(3),
        "fourth" => Some(4),
        _ => None,
    }
}

/// `Each Party`, `The Parties`, `any incident`, `this Agreement`.
pub(super) fn before_name<'c, 'a>(i: Tokens<'c, 'a>, slot: Slot) -> Option<Parsed<'c, 'a, Thing<'a>>> {
    let (token, next) = (i.peek(), i.ahead(1));
    if next.kind != Kind::Word || next.first || is_modal(i.skip(1)) || !(is_name(next) || next.word == Word::Of) {
        return None;
    }
    // `NO` and `ALL` are names.
    if i.text(token.span).bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let lower = |ahead: usize| i.text(i.ahead(ahead).span).to_ascii_lowercase();
    let (first, second) = (lower(0), lower(1));
    let one = matches!(&*second, "party" | "side" | "signatory");
    let several = |ahead: usize| matches!(&*lower(ahead), "parties" | "sides" | "signatories");
    let of_several = second == "of" && i.ahead(2).word == Word::The && several(3);
    let each = (ThingKind::TheParties, "the parties each");
    let found = match &*first {
        "each" | "every" | "any" | "either" if one => Some((2, each)),
        "a" if one && slot == Slot::Subject => Some((2, each)),
        "each" | "any" | "either" if of_several => Some((4, each)),
        "all" | "both" if of_several => Some((4, (ThingKind::TheParties, "the parties"))),
        "none" | "neither" if of_several => Some((4, (ThingKind::Nobody, "no party"))),
        "no" | "neither" if one => Some((2, (ThingKind::Nobody, "no party"))),
        "the"
            if several(2)
                && ["contracting", "states", "state", "participating", "signatory", "two", "three"]
                    .contains(&&*second) =>
        {
            Some((3, (ThingKind::TheParties, "the parties")))
        }
        "the" | "both" if several(1) => Some((2, (ThingKind::TheParties, "the parties"))),
        "all" if several(1) => Some((2, (ThingKind::AllParties, "all parties"))),
        _ => None,
    };
    if let Some((words, (kind, put))) = found {
        let behind = i.skip(words);
        let span = behind.span_from(token.span.start);
        let modal = if slot == Slot::Subject { modal_words(behind) } else { "" };
        // Behind a verb or the leading word of a phrase nobody is told apart, and in a ban all are meant anyway.
        let put = if slot == Slot::Subject && !modal.ends_with("not") { put } else { put.trim_end_matches(" each") };
        i.report(treaty::parties(i.loc(span), i.text(span), put, modal));
        i.cx.damaged.set(true);
        return Some(Ok((behind, Thing { span, kind })));
    }
    if slot == Slot::Subject && first == "this" && treaty::is_text(&second) {
        let span = token.span.to(next.span);
        return Some(i.fail(treaty::of_itself(i.loc(span), i.text(span))));
    }
    if slot == Slot::Subject && first == "the" && second == "present" && treaty::is_text(&lower(2)) {
        let span = token.span.to(i.ahead(2).span);
        return Some(i.fail(treaty::of_itself(i.loc(span), i.text(span))));
    }
    if slot == Slot::Subject && first == "no" {
        let behind = (1..6).find(|&n| !is_name(i.ahead(n)) || is_modal_start(i.ahead(n).word)).unwrap_or(2);
        let span = i.skip(behind).span_from(token.span.start);
        i.report_and_guess(treaty::no_such(i.loc(span), i.text(span)));
        return Some(Ok((i.skip(behind), Thing { span, kind: ThingKind::Nobody })));
    }
    if treaty::is_determiner(&first) && is_name(next) {
        i.report(treaty::determiner(i.here(), i.text(token.span), next.span.start));
        i.cx.damaged.set(true);
        return Some(thing(i.skip(1), slot));
    }
    None
}

/// Whether a name stands here behind an article or another word that names have none of: `each instalment`.
pub(super) fn is_determined(i: Tokens<'_, '_>) -> bool {
    let next = i.ahead(1);
    let is_article = matches!(i.word(), Word::The | Word::A | Word::An);
    i.kind() == Kind::Word
        && next.kind == Kind::Word
        && !next.first
        && is_name(next)
        && (is_article || treaty::is_determiner(i.text(i.peek().span)))
}

/// What is said of an article before a name.
pub(super) fn article(i: Tokens<'_, '_>) -> Finding {
    let name = i.ahead(1).span;
    trouble::article(i.here(), i.text(i.peek().span), name.start, i.text(name))
}

/// Behind an article or another word that names have none of, after saying so.
pub(super) fn determiners<'c, 'a>(i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    if !is_determined(i) {
        return None;
    }
    let is_article = matches!(i.word(), Word::The | Word::A | Word::An);
    i.report(if is_article {
        article(i)
    } else {
        treaty::determiner(i.here(), i.text(i.peek().span), i.ahead(1).span.start)
    });
    i.cx.damaged.set(true);
    Some(i.skip(1))
}

/// The words up to a token as a draft writes them: without articles, and with its own words for those of treaties.
pub(super) fn in_draft_words(mut i: Tokens<'_, '_>, to: usize) -> String {
    let mut words = String::new();
    while i.index() < to {
        let token = i.peek();
        let is_capital = treaty::is_article(i.text(token.span)) && is_name(i.ahead(1));
        if is_capital || is_determined(i) {
            i = i.skip(1);
            continue;
        }
        if !words.is_empty() && i.previous().span.end < token.span.start {
            words.push(' ');
        }
        match other_words(i) {
            Some((count, put)) => {
                words.push_str(put);
                i = i.skip(count);
            }
            None => {
                words.push_str(i.text(token.span));
                i = i.skip(1);
            }
        }
    }
    words
}

/// How many words say what one modal word says, which it is, and whether a gerund stands behind it: `has the right to`.
pub(super) fn other_modal(i: Tokens<'_, '_>) -> Option<(usize, &'static str, bool)> {
    const KNOWN: &[(&[&[&str]], &str)] = &[
        (&[&["has", "have"], &["the", "a"], &["right", "power", "authority", "option"], &["to"]], "may"),
        (&[&["is", "are"], &["free", "able"], &["to"]], "may"),
        (&[&["has", "have"], &["no"], &["right", "power", "authority"], &["to"]], "may not"),
        (&[&["is", "are"], &["prohibited", "barred", "precluded"], &["from"]], "shall not"),
        (&[&["is", "are"], &["forbidden", "prohibited"], &["to"]], "shall not"),
        (&[&["is", "are"], &["under"], &["no"], &["obligation", "duty"], &["to"]], "is not obliged to"),
        (&[&["has", "have"], &["no"], &["obligation", "duty"], &["to"]], "is not obliged to"),
        (&[&["does", "do"], &["not"], &["have", "need"], &["to"]], "is not obliged to"),
        (&[&["need", "needs"], &["not"]], "is not obliged to"),
        (&[&["has", "have"], &["an", "a", "the"], &["obligation", "duty"], &["to"]], "shall"),
        (&[&["is", "are"], &["under"], &["an", "the"], &["obligation", "duty"], &["to"]], "shall"),
        (&[&["has", "have"], &["to"]], "shall"),
        (&[&["is", "are"], &["bound"], &["to"]], "shall"),
    ];
    let is = |ahead: usize, words: &[&str]| {
        let token = i.ahead(ahead);
        token.kind == Kind::Word && words.contains(&i.text(token.span))
    };
    let found = KNOWN.iter().find(|(words, _)| words.iter().enumerate().all(|(ahead, one)| is(ahead, one)))?;
    Some((found.0.len(), found.1, is(found.0.len() - 1, &["from"])))
}

/// The modal words that stand here, as far as a message repeats them: `may`, `shall not`, `is entitled to`.
pub(super) fn modal_words<'c>(i: Tokens<'c, '_>) -> &'c str {
    const MOST_WORDS: usize = 5;
    if let Some((_, put, _)) = other_modal(i) {
        return put;
    }
    if !is_modal(i) {
        return "";
    }
    let plain = matches!(i.word(), Word::Shall | Word::Must | Word::Will | Word::May | Word::Should);
    let words = match (plain, i.ahead(1).word) {
        (true, Word::Not) => 2,
        (true, _) => 1,
        _ => (1..MOST_WORDS).find(|&n| matches!(i.ahead(n).word, Word::To)).map_or(1, |to| to + 1),
    };
    i.text(i.skip(words).span_from(i.peek().span.start))
}

/// `make every effort to reach`, in quotation marks or without: where the verb begins.
pub(super) fn effort<'c, 'a>(i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    const MOST_WORDS: usize = 9;
    let to = match i.kind() {
        Kind::Text if i.ahead(1).word == Word::To => 1,
        Kind::Word => (2..MOST_WORDS).find(|&n| i.ahead(n).word == Word::To || i.ahead(n).kind != Kind::Word)?,
        _ => return None,
    };
    let verb = i.ahead(to + 1);
    if i.ahead(to).word != Word::To || verb.kind != Kind::Word || !is_name(verb) || i.ahead(to).first {
        return None;
    }
    let words = i.peek().span.to(i.ahead(to - 1).span);
    if !treaty::is_effort(i.text(words).trim_matches('"')) {
        return None;
    }
    let all = words.to(i.ahead(to).span);
    i.report(treaty::effort(i.loc(all), i.text(all), i.text(verb.span)));
    i.cx.damaged.set(true);
    Some(i.skip(to + 1))
}

/// Behind the second word of a verb: `hand over`, `be carried out`.
pub(super) fn torn_verb<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    let (token, verb) = (i.peek(), i.previous());
    let is_particle = token.kind == Kind::Word
        && !token.first
        && token.word == Word::Other
        && matches!(i.text(token.span), "over" | "out" | "down" | "back" | "off" | "forward" | "apart");
    if !is_particle {
        return i;
    }
    let span = verb.span.to(token.span);
    i.report(treaty::torn_verb(i.loc(span), i.text(span)));
    i.cx.damaged.set(true);
    i.skip(1)
}

/// The phrase of a treaty that begins here in other words than a draft's: how many words, and what a draft writes.
pub(super) fn other_words(i: Tokens<'_, '_>) -> Option<(usize, &'static str)> {
    let is = |ahead: usize, word: &str| {
        let token = i.ahead(ahead);
        token.kind == Kind::Word && i.text(token.span).eq_ignore_ascii_case(word)
    };
    treaty::PHRASES
        .iter()
        .find(|(words, _)| words.iter().enumerate().all(|(ahead, word)| is(ahead, word)))
        .map(|(words, put)| (words.len(), *put))
}

/// Whether words begin here that nothing can test: `free of charge`.
pub(super) fn is_untested(i: Tokens<'_, '_>) -> bool {
    untested_ahead(i).is_some()
}

/// How many of the next words are ones that nothing can test.
fn untested_ahead(i: Tokens<'_, '_>) -> Option<usize> {
    let is = |ahead: usize, word: &str| {
        let token = i.ahead(ahead);
        token.kind == Kind::Word && i.text(token.span).eq_ignore_ascii_case(word)
    };
    let found = treaty::UNTESTED.iter().find(|words| words.iter().enumerate().all(|(ahead, word)| is(ahead, word)))?;
    Some(found.len())
}

/// Words that nothing can test, without their quotation marks: `in good faith`.
pub(super) fn untested_words<'c, 'a>(start: Tokens<'c, 'a>) -> Option<Parsed<'c, 'a, Phrase<'a>>> {
    let behind = start.skip(untested_ahead(start)?);
    Some(Ok((behind, words(start, behind.span_from(start.peek().span.start)))))
}

/// Behind `a distance of`, after saying that these words are left out.
pub(super) fn distance_of<'c, 'a>(i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    let is_distance = i.word() == Word::A && i.ahead(2).word == Word::Of && i.text(i.ahead(1).span) == "distance";
    if !is_distance || i.ahead(3).kind != Kind::Number {
        return None;
    }
    let span = i.peek().span.to(i.ahead(2).span);
    i.report(treaty::distance_of(i.loc(span), i.text(span), i.ahead(3).span.start));
    i.cx.damaged.set(true);
    Some(i.skip(3))
}

/// Behind `each side`, `on both sides` and the like, after saying how a draft puts it.
pub(super) fn each_side<'c, 'a>(i: Tokens<'c, 'a>, field: Span) -> Option<Tokens<'c, 'a>> {
    let on = usize::from(i.word() == Word::On);
    let which = i.text(i.ahead(on).span);
    let side = i.ahead(on + 1);
    let is_side = matches!(which, "each" | "either" | "both") && matches!(i.text(side.span), "side" | "sides");
    if !is_side || side.first {
        return None;
    }
    let behind = i.skip(on + 2);
    let span = behind.span_from(i.peek().span.start);
    i.report(treaty::each_side(i.loc(span), i.text(span), i.text(field)));
    i.cx.damaged.set(true);
    Some(behind)
}

/// Takes back that a name stands without its article, where more is to be said of the words behind it; where they begin.
pub(super) fn with_article(i: Tokens<'_, '_>, from: u32) -> u32 {
    let mut findings = i.cx.findings.borrow_mut();
    let is_article = |finding: &mut Finding| {
        finding.code == "syntax/article"
            && finding.fixes.first().and_then(|fix| fix.edits.first()).is_some_and(|edit| edit.at.span.end == from)
    };
    match findings.pop_if(is_article) {
        Some(article) => article.at().span.start,
        None => from,
    }
}

/// Behind `prior to` and the like, which stand for `before` or `after` behind a length of time.
pub(super) fn before_or_after<'c, 'a>(i: Tokens<'c, 'a>) -> Option<(Tokens<'c, 'a>, Lead)> {
    let (words, put) = other_words(i)?;
    let lead = lead_of(put).filter(|lead| matches!(lead, Lead::Before | Lead::After))?;
    Some((put_right(i, words, put), lead))
}

/// Reads a phrase in other words: whether the next words can begin one was asked before.
pub(super) fn in_other_words<'c, 'a>(start: Tokens<'c, 'a>) -> Option<Parsed<'c, 'a, Phrase<'a>>> {
    let (words, put) = other_words(start)?;
    let lead = lead_of(put)?;
    Some(led_by(start, put_right(start, words, put), lead))
}

/// Whether `per cent` stands here.
#[inline]
pub(super) fn is_per_cent(i: Tokens<'_, '_>) -> bool {
    i.word() == Word::Per && i.text(i.ahead(1).span) == "cent"
}

/// Behind `per cent`, after saying that it is one word.
pub(super) fn per_cent<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    put_right(i, 2, "percent")
}

/// Whether a word can be no verb by its ending: `unimpeded`, `territorial`.
pub(super) fn is_adjective(word: &str) -> bool {
    const VERBS: [&str; 22] = [
        "need", "feed", "exceed", "proceed", "succeed", "speed", "shed", "seed", "heed", "breed", "embed", "appeal",
        "reveal", "deal", "seal", "heal", "steal", "signal", "disposal", "repeal", "conceal", "trial",
    ];
    let ends = ["ed", "al", "ous", "ary", "ible"].iter().any(|end| word.ends_with(end));
    ends && !VERBS.contains(&word)
}

/// What a phrase begins with that is put right.
fn lead_of(put: &str) -> Option<Lead> {
    Some(match put {
        "upon" => Lead::Upon,
        "upon each" => Lead::UponEach,
        "if" => Lead::If,
        "while" => Lead::While,
        "with" => Lead::With,
        "for" => Lead::For,
        "by" => Lead::By,
        "from" => Lead::From,
        "about" => Lead::About,
        "in agreement with" => Lead::InAgreementWith,
        "in accordance with" => Lead::InAccordanceWith,
        "except" => Lead::Except,
        "no later than" => Lead::NoLaterThan,
        "no earlier than" => Lead::NoEarlierThan,
        "before" => Lead::Before,
        "after" => Lead::After,
        "until" => Lead::Until,
        "across" => Lead::Across,
        "to" => Lead::To,
        "in" => Lead::In,
        "notwithstanding" => Lead::Notwithstanding,
        _ => return None,
    })
}

/// Reports the next so many words, says what to put for them, and goes on behind them.
fn put_right<'c, 'a>(start: Tokens<'c, 'a>, words: usize, put: &str) -> Tokens<'c, 'a> {
    let behind = start.skip(words);
    let span = behind.span_from(start.peek().span.start);
    start.report(treaty::phrase(start.loc(span), start.text(span), put));
    start.cx.damaged.set(true);
    behind
}

/// Free words up to a place, kept as if they were quoted.
fn words<'a>(i: Tokens<'_, 'a>, span: Span) -> Phrase<'a> {
    i.report(trouble::unquoted(i.loc(span), i.text(span)));
    i.cx.damaged.set(true);
    Phrase { span, lead: Lead::Words, body: PhraseBody::Text(Text { span, long: false }) }
}

/// Behind the object and the phrases of an act, where neither another phrase nor the end of the act stands.
pub(super) fn behind_act<'c, 'a>(
    i: Tokens<'c, 'a>,
    act: &mut Act<'a>,
    phrases: &mut Few<Phrase<'a>>,
) -> Mended<'c, 'a> {
    let token = i.peek();
    if token.first || !matches!(token.kind, Kind::Word | Kind::Number | Kind::Fraction) {
        return Ok(None);
    }
    // `within 30 days breach`
    if let Some(Phrase { lead: Lead::Within, body: PhraseBody::Within(by, None), .. }) = phrases.last()
        && by.span.end == i.previous().span.end
        && let words = usize::from(token.word == Word::The)
        && is_name(i.ahead(words))
        && other_words(i).is_none()
    {
        let event = token.span.to(i.ahead(words).span);
        i.report(treaty::anchor(i.loc(event), i.text(by.span), i.text(i.ahead(words).span)));
        i.cx.damaged.set(true);
        return Ok(Some(i.skip(words + 1)));
    }
    // `between 2027-05-01 and 2027-06-01`
    let dates = [1, 3].map(|n| i.ahead(n));
    if i.ahead(2).word == Word::And
        && dates.iter().all(|date| month_or_date(date.kind))
        && i.text(token.span) == "between"
    {
        let [first, second] = dates.map(|date| date.span);
        i.report(treaty::dates(i.loc(token.span.to(second)), i.text(first), i.text(second)));
        i.cx.damaged.set(true);
        return Ok(Some(i.skip(4)));
    }
    if let Some(i) = how_often(i, phrases)? {
        return Ok(Some(i));
    }
    if let Some(read) = in_other_words(i).or_else(|| untested_words(i)) {
        let (i, one) = read?;
        phrases.push(one);
        return Ok(Some(i));
    }
    // `4 times a year`
    let unit = i.ahead(1);
    if matches!(token.word, Word::A | Word::An | Word::Per | Word::Each | Word::In) && unit.word.time_unit().is_some() {
        let behind = i.skip(2);
        let span = token.span.to(unit.span);
        i.report(treaty::every(i.loc(span), i.text(span), i.text(unit.span)));
        i.cx.damaged.set(true);
        return Ok(Some(behind));
    }
    let spelt = i.text(token.span);
    if token.kind == Kind::Word
        && let Some((_, put)) = treaty::PERIODICAL.iter().find(|(word, _)| *word == spelt)
    {
        let (_, unit) = put.split_once(' ').unwrap_or(("", put));
        i.report(treaty::every(i.here(), spelt, unit));
        i.cx.damaged.set(true);
        return Ok(Some(i.skip(1)));
    }
    if token.kind == Kind::Word && token.word == Word::Other && treaty::is_adverb(spelt) {
        phrases.push(words(i, token.span));
        return Ok(Some(i.skip(1)));
    }
    recipient_first(i, act, phrases)
}

/// `pay UA EUR 1 million`, `give UA notice`.
fn recipient_first<'c, 'a>(i: Tokens<'c, 'a>, act: &mut Act<'a>, phrases: &mut Few<Phrase<'a>>) -> Mended<'c, 'a> {
    const GIVING: [&str; 22] = [
        "give",
        "grant",
        "pay",
        "provide",
        "send",
        "offer",
        "lend",
        "supply",
        "deny",
        "allow",
        "deliver",
        "show",
        "award",
        "transfer",
        "refund",
        "reimburse",
        "owe",
        "hand",
        "sell",
        "lease",
        "assign",
        "allocate",
    ];
    let Some(last) = act.objects.list.last() else { return Ok(None) };
    let is_name = |thing: &Thing<'a>| matches!(thing.kind, ThingKind::Name(_) | ThingKind::TheParties);
    // `deploy 6_000 troops, SL 3_600 troops`: nobody receives what stands in a list with amounts.
    if !phrases.is_empty() || !act.objects.list.iter().all(is_name) || !GIVING.contains(&i.text(act.verb)) {
        return Ok(None);
    }
    let is_amount = measured(i) == Some(Measured::Amount);
    let is_gift = starts(i, Slot::Object) && i.text(last.span).bytes().all(|byte| !byte.is_ascii_lowercase());
    if !is_amount && !is_gift {
        return Ok(None);
    }
    let to = act.objects.list.first().map_or(last.span, |first| first.span.to(last.span));
    let from = i.peek().span.start;
    let (mut behind, given) = things(i, Slot::Object)?;
    let plain = behind;
    // `free access`: the words of one gift, which are joined.
    while super::is_name(behind.peek()) && !behind.peek().first && other_words(behind).is_none() {
        behind = behind.skip(1);
    }
    let gift = behind.span_from(from);
    let words = i.text(gift).split_whitespace().collect::<Vec<_>>();
    let words = if behind.index() > plain.index() { words.join("-") } else { words.join(" ") };
    let finding = treaty::recipient_first(i.loc(to.to(gift)), i.loc(to), i.text(to), &words);
    // `notice of an attack`: what is given has several words of its own.
    if behind.word() == Word::Of {
        i.report_and_guess(Finding { fixes: Vec::new(), ..finding });
    } else {
        i.report(finding);
    }
    i.cx.damaged.set(true);
    phrases.push(Phrase { span: to, lead: Lead::To, body: PhraseBody::Names(act.objects) });
    act.objects = given;
    Ok(Some(behind))
}

/// `twice a year`, `at least twice every month`, `once a week`.
pub(super) fn how_often<'c, 'a>(i: Tokens<'c, 'a>, phrases: &mut Few<Phrase<'a>>) -> Mended<'c, 'a> {
    let bound = match (i.word(), i.ahead(1).word) {
        (Word::At, Word::Least | Word::Most) => 2,
        (Word::Up, Word::To) => 2,
        (Word::About | Word::Exactly, _) => 1,
        _ => 0,
    };
    let token = i.ahead(bound);
    let (next, unit) = (i.ahead(bound + 1), i.ahead(bound + 2));
    let by_unit = matches!(next.word, Word::A | Word::An | Word::Per | Word::Each) && unit.word.time_unit().is_some();
    if token.kind != Kind::Word || token.first || !(by_unit || next.word == Word::Every) {
        return Ok(None);
    }
    let Some(number) = treaty::times(i.text(token.span)) else { return Ok(None) };
    i.cx.damaged.set(true);
    let behind = i.skip(bound + 1);
    if number == "1" && by_unit {
        // `at least once a month` is `every month`.
        let span = i.peek().span.to(unit.span);
        i.report(treaty::every(i.loc(span), i.text(span), i.text(unit.span)));
        return Ok(Some(behind.skip(2)));
    }
    if number == "1" {
        i.report(treaty::determiner(i.loc(token.span), i.text(token.span), next.span.start));
    } else {
        let span = if by_unit { token.span.to(unit.span) } else { token.span };
        i.report(treaty::how_often(i.loc(span), i.text(span), number, by_unit.then(|| i.text(unit.span))));
    }
    if by_unit {
        return Ok(Some(behind.skip(2)));
    }
    let (behind, one) = phrase(behind)?;
    phrases.push(one);
    Ok(Some(behind))
}

/// Words that nothing can be made of, up to the next phrase or the end of the act; what follows is read on a guess.
pub(super) fn free_words<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, ()> {
    // `determine whether an attack has occurred` is one object, up to the end.
    let before = i.previous();
    let asks = matches!(i.text(before.span), "whether" | "how" | "what" | "why" | "who" | "which" | "where" | "when");
    let from = if asks { before.span.start } else { i.peek().span.start };
    let is_word = |i: Tokens<'_, '_>| matches!(i.kind(), Kind::Word | Kind::Path | Kind::Number | Kind::Percent);
    let mut end = i.skip(1);
    let ends = |i: Tokens<'_, '_>| {
        starts_phrase(i) && (!asks || i.ahead(1).kind == Kind::Number || month_or_date(i.ahead(1).kind))
    };
    while is_word(end) && !end.peek().first && !ends(end) {
        end = end.skip(1);
    }
    let span = end.span_from(from);
    i.report_and_guess(trouble::unquoted(i.loc(span), i.text(span)));
    let (end, _) = no_phrases(end)?;
    super::norm::stop(end)
}

/// `if necessary`: a condition that nothing can test.
pub(super) fn untested<'c, 'a>(start: Tokens<'c, 'a>) -> Option<Parsed<'c, 'a, Phrase<'a>>> {
    let (token, next) = (start.ahead(1), start.ahead(2));
    let is_untested = token.kind == Kind::Word
        && matches!(
            start.text(token.span),
            "necessary"
                | "possible"
                | "appropriate"
                | "needed"
                | "required"
                | "requested"
                | "applicable"
                | "feasible"
                | "practicable"
                | "agreed"
                | "so"
        )
        && !matches!(next.word, Word::Is | Word::And | Word::Or);
    if !is_untested {
        return None;
    }
    let behind = start.skip(2);
    Some(Ok((behind, words(start, start.peek().span.to(token.span)))))
}

/// How many tokens a number in words and its unit take before a unit of time, and the number: `thirty`, `thirty (30)`.
pub(super) fn number_in_words(i: Tokens<'_, '_>) -> Option<(usize, u32)> {
    let next = i.ahead(1);
    let words = if next.word.time_unit().is_some() && !next.first {
        1
    } else if next.kind == Kind::OpenBracket && i.ahead(2).kind == Kind::Number && i.ahead(3).kind == Kind::CloseBracket
    {
        4
    } else {
        return None;
    };
    i.ahead(words).word.time_unit()?;
    Some((words, typed::number_word(i.text(i.peek().span))?))
}

/// Whether `the date of` stands before a point in time.
pub(super) fn is_date_of(i: Tokens<'_, '_>) -> bool {
    let article = usize::from(matches!(i.word(), Word::The | Word::A));
    let (date, of) = (i.ahead(article), i.ahead(article + 1));
    of.word == Word::Of && date.kind == Kind::Word && matches!(i.text(date.span), "date" | "day" | "moment" | "time")
}

/// Behind `the date of`, after saying that these words are left out.
pub(super) fn date_of<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    let behind = i.skip(2 + usize::from(matches!(i.word(), Word::The | Word::A)));
    let span = behind.span_from(i.peek().span.start);
    i.report(treaty::date_of(i.loc(span), i.text(span)));
    i.cx.damaged.set(true);
    behind
}

/// Behind a second date that a dash or points join to the first, or behind an hour of the day.
pub(super) fn behind_date<'c, 'a>(i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    let first = i.previous().span;
    let second = i.ahead(1);
    if matches!(i.kind(), Kind::Minus | Kind::To) && month_or_date(second.kind) && !second.first {
        let span = first.to(second.span);
        i.report(treaty::dates(i.loc(span), i.text(first), i.text(second.span)));
        i.cx.damaged.set(true);
        return Some(i.skip(2));
    }
    hour(i)
}

/// Behind `at 06:00 local time`, which stands behind a date.
fn hour<'c, 'a>(i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    let date = i.previous().span;
    let is = |ahead: usize, words: &[&str]| {
        let token = i.ahead(ahead);
        token.kind == Kind::Word && !token.first && words.contains(&i.text(token.span).to_ascii_lowercase().as_str())
    };
    let comma = usize::from(i.kind() == Kind::Comma);
    let at = comma + usize::from(i.ahead(comma).word == Word::At);
    let clock = [at, at + 1, at + 2].map(|n| i.ahead(n));
    let (mut end, hour) = match clock.map(|token| token.kind) {
        [Kind::Number, Kind::Colon, Kind::Number] => {
            let (hour, minute) = (i.text(clock[0].span), i.text(clock[2].span));
            (at + 3, format!("{hour:0>2}:{minute:0>2}"))
        }
        _ if at > comma && is(at, &["noon", "midday"]) => (at + 1, "12:00".to_owned()),
        _ if at > comma && is(at, &["midnight"]) => (at + 1, "00:00".to_owned()),
        _ => return None,
    };
    let mut greenwich = false;
    while end < at + 8
        && (is(
            end,
            &["hours", "hrs", "hour", "h", "local", "time", "standard", "greenwich", "mean", "central", "european"],
        ) || is(end, &["gmt", "utc", "zulu", "z", "cet", "cest", "eet", "eest", "msk", "est"]))
    {
        greenwich |= is(end, &["gmt", "utc", "zulu", "z", "greenwich"]);
        end += 1;
    }
    let behind = i.skip(end);
    let span = behind.span_from(date.start);
    let typed = i.text(date);
    i.report(treaty::hour(i.loc(span), &typed::iso(typed).unwrap_or_else(|| typed.to_owned()), &hour, greenwich));
    i.cx.explained.borrow_mut().push(span);
    i.cx.damaged.set(true);
    Some(behind)
}

/// Free words that make the value of a field, and where they end: words up to the end of the line, of which one is no name.
pub(super) fn free_value<'c, 'a>(start: Tokens<'c, 'a>, i: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    let mut end = i;
    let mut names_only = true;
    // With a full stop it may be a sentence of a scenario: `attack never.`
    let mut tells = false;
    while !end.peek().first && matches!(end.kind(), Kind::Word | Kind::Path | Kind::Number | Kind::Comma) {
        if is_modal(end) || matches!(end.word(), Word::Accept | Word::Expect | Word::Field | Word::Version) {
            return None;
        }
        names_only &= is_name(end.peek()) || end.kind() == Kind::Comma;
        tells |= matches!(end.word(), Word::Never | Word::On | Word::At | Word::After | Word::Before | Word::From);
        end = end.skip(1);
    }
    // What goes on with a modal on the next line is a sentence that begins on this one.
    let manner = usize::from(matches!(end.word(), Word::Each | Word::Jointly));
    if is_modal(end.skip(manner)) {
        return None;
    }
    // A word with a colon behind it is the next field.
    let whole = end.peek().first || matches!(end.kind(), Kind::CloseBrace | Kind::Field | Kind::End | Kind::Stop);
    if !whole || names_only || tells && end.kind() == Kind::Stop || end.index() <= start.index() + 1 {
        return None;
    }
    let span = end.span_from(start.peek().span.start);
    start.report(trouble::unquoted(start.loc(span), start.text(span)));
    start.cx.damaged.set(true);
    Some(if end.kind() == Kind::Stop && !end.peek().first { end.skip(1) } else { end })
}
