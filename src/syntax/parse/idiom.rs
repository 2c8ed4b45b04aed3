//! What a whole entry suffers from where it could not be read: the first known idiom of treaties in it.
//!
//! Looked for only behind a mistake, so that a sound draft pays nothing. What is found takes the place of all that was said of
//! the words from there on: of one slip that nobody understands two findings say less than one.

use super::amount::{Measured, currency, measured};
use super::modal::is_modal;
use super::phrase::starts_phrase;
use super::treaty::{in_draft_words, modal_words, number_in_words};
use super::{Tokens, is_name};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::idiom;
use crate::syntax::lex::Kind;
use crate::syntax::treaty as words_of_treaties;
use crate::syntax::typed;
use crate::syntax::word::Word;

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
    let entry = Entry { start, end, modal };
    for at in start.index()..end {
        let i = start.at(at);
        if !matches!(i.kind(), Kind::Word | Kind::Path | Kind::Number | Kind::Fraction | Kind::Field) {
            continue;
        }
        if let Some((span, finding)) = IDIOMS.iter().find_map(|idiom| idiom(i, &entry)) {
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

/// The idioms, each with the words that it begins at. Of two that begin at the same word the first counts.
const IDIOMS: &[for<'c, 'a> fn(Tokens<'c, 'a>, &Entry<'c, 'a>) -> Known] = &[
    sentence_in_field,
    empty_subject,
    closing_formula,
    amount_first,
    at_the_latest,
    under_any_circumstances,
    between,
    dashed_range,
    total_of,
    notice,
    monthly_basis,
    day_of_each_month,
    last_of_several,
    event_of,
    majority,
    instalments,
    subject_to_somebody,
    what_somebody_is,
    given_to,
    allowed_to,
    counted_behind_with,
    several_amounts,
    distance,
    article_of_text,
    labelled,
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

/// `At least 25% of costs must be spent`: a sentence that begins with an amount, and a capital.
fn amount_first<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if i.index() > entry.start.index() + 3 || entry.modal.is_none_or(|modal| modal <= i.index()) {
        return None;
    }
    let words = row(i, &[&["at"], &["least", "most"]])
        .max(row(i, &[&["up"], &["to"]]))
        .max(row(i, &[&["more", "fewer", "less"], &["than"]]))
        .max(row(i, &[&["no"], &["more", "fewer", "less"], &["than"]]));
    let number = i.ahead(words);
    let is_capital = i.text(i.peek().span).starts_with(|c: char| c.is_ascii_uppercase());
    if words == 0 || !is_capital || !(number.kind == Kind::Number || currency(i.skip(words)).is_some()) {
        return None;
    }
    let span = over(i, words);
    Some((span, idiom::in_small_letters(i.loc(span), i.text(span))))
}

/// `by 2027-03-01 at the latest`
fn at_the_latest<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let words = row(i, &[&["at"], &["the"], &["latest"]]);
    if words == 0 {
        return None;
    }
    let span = over(i, words);
    let before = (entry.start.index()..i.index()).rev().take(8).map(|at| i.at(at));
    let lead = before.clone().find(|i| i.word().leads()).map(Tokens::word);
    let back = Span::new(i.previous().span.end, span.end);
    Some((span, idiom::at_the_latest(i.loc(span), i.loc(back), !matches!(lead, Some(Word::On | Word::At | Word::In)))))
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

/// `between 20 and 30 soldiers`
fn between<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let is_range = is(i, 0, "between")
        && i.ahead(1).kind == Kind::Number
        && i.ahead(2).word == Word::And
        && i.ahead(3).kind == Kind::Number;
    is_range.then(|| {
        let span = over(i, 4);
        let put = format!("{}..{}", i.text(i.ahead(1).span), i.text(i.ahead(3).span));
        (span, idiom::range(i.loc(span), i.text(span), &put))
    })
}

/// `8-12 weeks`
fn dashed_range<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let (low, dash, high) = (i.peek(), i.ahead(1), i.ahead(2));
    let is_range = low.kind == Kind::Number
        && dash.kind == Kind::Minus
        && high.kind == Kind::Number
        && low.span.end == dash.span.start
        && dash.span.end == high.span.start;
    is_range.then(|| {
        let span = over(i, 3);
        let put = format!("{}..{}", i.text(low.span), i.text(high.span));
        (span, idiom::range(i.loc(span), i.text(span), &put))
    })
}

/// `a total of EUR 3 million`, `a period of three years`, `a maximum of 200 troops`
fn total_of<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    const WHOLE: &[&str] =
        &["total", "sum", "amount", "number", "period", "term", "duration", "time", "maximum", "minimum", "strength"];
    if !matches!(i.word(), Word::A | Word::The) {
        return None;
    }
    // `a total sum of`, `a maximum period of`
    let plain = usize::from(i.ahead(3).word == Word::Of && is_one(i, 1, &["total", "maximum", "minimum"]));
    if i.ahead(plain + 2).word != Word::Of || !is_one(i, plain + 1, WHOLE) {
        return None;
    }
    let bound = match () {
        () if is(i, 1, "maximum") => "at most ",
        () if is(i, 1, "minimum") => "at least ",
        () => "",
    };
    let what = i.skip(plain + 3);
    if let Some((words, put)) = length(what) {
        let span = over(i, plain + 3 + words);
        return Some((span, idiom::plain_amount(i.loc(span), i.text(span), &format!("{bound}{put}"))));
    }
    let is_amount = what.kind() == Kind::Number
        || currency(what).is_some()
        || what.ahead(1).kind == Kind::Number && what.kind() == Kind::Word;
    is_amount.then(|| {
        let span = over(i, plain + 3);
        let number = what.ahead(usize::from(what.kind() == Kind::Word));
        let digits = what.text(number.span);
        let digits = typed::number(digits).map_or_else(|| digits.replace(',', "_"), |typed| typed.put);
        let amount = match what.kind() {
            Kind::Word => format!("{} {digits}", what.text(what.peek().span)),
            _ => digits,
        };
        let with_space = Span::new(span.start, what.peek().span.start);
        (span, idiom::total_of(i.loc(span), i.loc(with_space), i.text(span), bound, &amount))
    })
}

/// `with 12 months' notice`, `upon six months notice`, `subject to 30 days of prior written notice`
fn notice<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    const KINDS: &[&str] = &["written", "prior", "advance", "previous", "formal", "of", "in", "a"];
    let (lead, words) = match i.word() {
        Word::With | Word::Upon | Word::On | Word::At | Word::After | Word::By | Word::Under => (1, 1),
        Word::Subject if i.ahead(1).word == Word::To => (2, 2),
        _ if is_one(i, 0, &["giving", "following"]) => (1, 1),
        _ => (0, 0),
    };
    let words = words + usize::from(is(i, words, "giving"));
    let words = words + usize::from(lead > 0 && matches!(i.ahead(words).word, Word::A | Word::The));
    let bound = match (i.ahead(words).word, i.ahead(words + 1).word) {
        (Word::At, Word::Least) => 2,
        (Word::No, Word::Less | Word::Fewer) => 3,
        _ => 0,
    };
    let (count, length) = length(i.skip(words + bound))?;
    let behind = words + bound + count;
    let kinds = (0..4).take_while(|&n| is_one(i, behind + n, KINDS)).count();
    let notice = i.ahead(behind + kinds);
    if notice.kind != Kind::Word || !is_one(i, behind + kinds, &["notice", "notification"]) {
        return None;
    }
    let span = over(i, behind + kinds + 1);
    let word = i.text(notice.span);
    let declared = i.cx.declared(word).filter(|item| &*item.keyword == "event").map(|item| &*item.name);
    Some((span, idiom::notice(i.loc(span), i.text(span), &length, word, declared)))
}

/// `on a monthly basis`
fn monthly_basis<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    if row(i, &[&["on"], &["a", "an"]]) == 0 || !is(i, 3, "basis") {
        return None;
    }
    let how = i.text(i.ahead(2).span);
    let span = over(i, 4);
    let put = match words_of_treaties::PERIODICAL.iter().find(|(word, _)| *word == how) {
        Some((_, put)) => put,
        None if how == "annual" => &"every year",
        None => return Some((span, idiom::untested(i.loc(span), i.text(span)))),
    };
    let unit = put.split_once(' ').map_or(*put, |(_, unit)| unit);
    Some((span, words_of_treaties::every(i.loc(span), i.text(span), unit)))
}

/// `on the first day of each month`
fn day_of_each_month<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    const ORDINALS: &[&str] = &["first", "last", "second", "third", "1st", "15th"];
    let the = match (i.word(), i.ahead(1).word) {
        (Word::On | Word::By, Word::The) => 2,
        _ => return None,
    };
    let numbered = i.ahead(the).kind == Kind::Number;
    if !numbered && !is_one(i, the, ORDINALS) {
        return None;
    }
    let kind = usize::from(is_one(i, the + 1, &["working", "business", "calendar"]));
    let day = the + 1 + kind;
    let behind = (1..4).find(|&n| i.ahead(day + n).word.time_unit().is_some())?;
    let between = (1..behind).all(|n| is_one(i, day + n, &["of", "each", "every", "the", "a"]));
    if !between || !i.ahead(day).kind.eq(&Kind::Word) || day + behind >= entry.end {
        return None;
    }
    let unit = i.text(i.ahead(day + behind).span).trim_end_matches('s');
    let which = i.text(i.ahead(the).span);
    let span = over(i, day + behind + 1);
    let number = which.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let date = is_one(i, day, &["day"]).then(|| match (which, number) {
        ("first", _) => i.cx.next_day(None, 1),
        ("second", _) => i.cx.next_day(None, 2),
        ("third", _) => i.cx.next_day(None, 3),
        (_, Some(day)) => i.cx.next_day(None, day),
        _ => i.cx.next_day(None, 28),
    });
    Some((span, idiom::day_of_each(i.loc(span), i.text(span), unit, date.as_deref())))
}

/// `upon the last of the two notifications`
fn last_of_several<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let the = usize::from(i.word() == Word::The);
    let which = ["last", "first", "later", "latter", "earlier", "latest", "earliest", "second"];
    if !is_one(i, the, &which) || i.ahead(the + 1).word != Word::Of {
        return None;
    }
    let mut words = the + 2;
    while is_one(i, words, &["the", "both", "two", "three", "these", "those", "all", "such"]) {
        words += 1;
    }
    if !is_name(i.ahead(words)) {
        return None;
    }
    let which = match i.text(i.ahead(the).span) {
        "later" | "latter" | "latest" => "last",
        "earlier" | "earliest" => "first",
        other => other,
    };
    let noun = i.text(i.ahead(words).span);
    let one = noun.strip_suffix('s').unwrap_or(noun);
    let span = over(i, words + 1);
    Some((span, idiom::last_of_several(i.loc(span), i.text(span), which, one)))
}

/// `within 30 days of receipt of an invoice`
fn event_of<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    const POINTS: &[&str] =
        &["start", "end", "fulfilment", "signature", "expiry", "entry", "date", "day", "moment", "time"];
    let after =
        matches!(i.previous().word, Word::Of | Word::After | Word::Upon | Word::Before | Word::From | Word::Until);
    let article = usize::from(matches!(i.word(), Word::The | Word::A | Word::An));
    let what = i.ahead(article);
    let behind = article + 2 + usize::from(matches!(i.ahead(article + 2).word, Word::The | Word::A | Word::An));
    let is_event = after && is_name(what) && i.ahead(article + 1).word == Word::Of && is_name(i.ahead(behind));
    if !is_event || is_one(i, article, POINTS) || what.first {
        return None;
    }
    let span = over(i, behind + 1);
    let words = i.text(over(i.skip(article), behind + 1 - article));
    Some((span, idiom::event_of(i.loc(span), words, i.text(what.span))))
}

/// `decides: two-thirds majority`
fn majority<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    if entry.start.kind() != Kind::Field || !is(i, 1, "majority") {
        return None;
    }
    let put = match i.text(i.peek().span) {
        "two-thirds" => "2/3",
        "three-quarters" | "three-fourths" => "3/4",
        "three-fifths" => "3/5",
        "simple" | "absolute" => "majority",
        _ => return None,
    };
    let span = over(i, 2);
    Some((span, idiom::majority(i.loc(span), i.text(span), put)))
}

/// `in four equal instalments`
fn instalments<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    if i.word() != Word::In {
        return None;
    }
    let last =
        (2..5).find(|&n| is_one(i, n, &["instalments", "installments", "tranches", "parts", "phases", "stages"]))?;
    let counted = i.ahead(1).kind == Kind::Number || typed::number_word(i.text(i.ahead(1).span)).is_some();
    let plain = (1..last).all(|n| matches!(i.ahead(n).kind, Kind::Word | Kind::Number));
    (plain && (counted || is(i, 1, "equal"))).then(|| {
        let span = over(i, last + 1);
        (span, idiom::instalments(i.loc(span), i.text(span)))
    })
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

/// `deploy mission with up to 200 observers`
fn counted_behind_with<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let amount = i.skip(1);
    if i.word() != Word::With || measured(amount) != Some(Measured::Amount) {
        return None;
    }
    let mut end = 2;
    while i.index() + end < entry.end && !i.ahead(end).first {
        let next = i.skip(end);
        let is_part = matches!(next.kind(), Kind::Word | Kind::Number | Kind::To | Kind::Percent);
        // `up to` and `at most` begin a phrase elsewhere.
        let is_bound = i.ahead(end - 1).kind == Kind::Word && next.word() == Word::To || next.kind() == Kind::Number;
        if !is_part || !is_bound && (starts_phrase(next) || matches!(next.word(), Word::And | Word::Or)) {
            break;
        }
        end += 1;
    }
    let number = (1..end).rev().find(|&n| matches!(i.ahead(n).kind, Kind::Number | Kind::Percent))?;
    let counted = i.text(over(i.skip(number + 1), (end - number - 1).max(1)));
    let head = i.text(over(amount, number));
    let put = if end > number + 1 {
        format!("{head} {}", counted.split_whitespace().collect::<Vec<_>>().join("-"))
    } else {
        head.to_owned()
    };
    let verb = entry.verb().map_or("deploy", |verb| i.text(i.at(verb).peek().span));
    let span = over(i, end);
    Some((span, idiom::counted_behind_with(i.loc(span), i.text(span), verb, &put)))
}

/// `deploy 6_000 troops, SL 3_600 troops and OSCE 2_400 troops`
fn several_amounts<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let amount = i.skip(1);
    let joined = matches!(i.previous().kind, Kind::Comma) || i.previous().word == Word::And;
    if !joined || !is_name(i.peek()) || currency(i).is_some() || measured(amount) != Some(Measured::Amount) {
        return None;
    }
    let verb = entry.verb()?;
    let counts = |at: usize| matches!(i.at(at).kind(), Kind::Number | Kind::Percent);
    if !(verb..i.index()).any(counts) {
        return None;
    }
    let number = (1..8).find(|&n| i.ahead(n).kind == Kind::Number)?;
    let unit = i.ahead(number + 1);
    let has_unit = unit.kind == Kind::Percent || is_name(unit) && !unit.first || unit.word.scale().is_some();
    let per_cent = unit.word == Word::Per && is(i, number + 2, "cent");
    let span = over(i, number + 1 + usize::from(has_unit) + 2 * usize::from(per_cent));
    let given = i.text(over(i.skip(1), number + usize::from(has_unit))).replace(',', "_");
    let percent = if per_cent { " percent" } else { "" };
    let put = format!("{} {} {given}{percent} …", i.text(i.peek().span), entry.deed());
    Some((span, idiom::several_amounts(i.loc(span), &put)))
}

/// `withdraw weapons 2 km from zone`
fn distance<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let bound = match (i.word(), i.ahead(1).word) {
        (Word::At, Word::Least | Word::Most) => 2,
        (Word::About | Word::Exactly, _) => 1,
        _ => 0,
    };
    let (unit, from) = (i.ahead(bound + 1), i.ahead(bound + 2));
    const UNITS: [&str; 8] = ["km", "kilometres", "kilometers", "metres", "meters", "m", "miles", "nm"];
    let is_distance =
        i.ahead(bound).kind == Kind::Number && UNITS.contains(&i.text(unit.span)) && from.word == Word::From;
    if !is_distance || !is_name(i.previous()) || entry.modal.is_none_or(|modal| modal >= i.index()) {
        return None;
    }
    let span = over(i, bound + 3);
    Some((span, idiom::distance(i.loc(span), i.text(span))))
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

/// How many tokens behind a date say that it comes round each year: `of each year`.
fn each_year(behind: Tokens<'_, '_>) -> usize {
    row(behind, &[&["of"], &["each", "every", "the"], &["year"]])
        .max(row(behind, &[&["each", "every", "a", "per"], &["year"]]))
        .max(row(behind, &[&["annually", "yearly"]]))
}

/// Whether a date without its year stands here that comes round each year: `31 March of each year`.
pub(super) fn is_yearly(i: Tokens<'_, '_>) -> bool {
    each_year(i.skip(1)) > 0 && typed::day_and_month(i.text(i.peek().span)).is_some()
}

/// Behind such a date, after saying how a draft writes it.
pub(super) fn yearly<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    let words = each_year(i.skip(1));
    let (day, month) = typed::day_and_month(i.text(i.peek().span)).unwrap_or((1, 1));
    let span = over(i, words + 1);
    i.report(idiom::yearly(i.loc(span), i.text(span), &i.cx.next_day(Some(month), day)));
    i.cx.explained.borrow_mut().push(span);
    i.cx.damaged.set(true);
    i.skip(words + 1)
}
