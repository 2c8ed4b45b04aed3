//! Idioms of amounts and times.

use super::{Entry, Known, is, is_one, length, over, row};
use crate::source::Span;
use crate::syntax::idiom;
use crate::syntax::lex::Kind;
use crate::syntax::parse::amount::{Measured, currency, measured};
use crate::syntax::parse::phrase::starts_phrase;
use crate::syntax::parse::{Tokens, is_name};
use crate::syntax::treaty as words_of_treaties;
use crate::syntax::typed;
use crate::syntax::word::Word;

/// Them, in the order in which they are asked at each word.
pub(super) const IDIOMS: &[super::Idiom] = &[
    amount_first,
    hour_first,
    between,
    times_in_words,
    not_more_than,
    total_of,
    notice,
    in_advance,
    first_months,
    working_days,
    every_quarter,
    monthly_basis,
    day_of_each_month,
    majority,
    instalments,
    counted_behind_with,
    several_amounts,
    distance,
    amount_of_name,
    bare_length,
];

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
pub(super) fn at_the_latest<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
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

/// `between 20 and 30 soldiers`
fn between<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let is_range = is(i, 0, "between")
        && i.ahead(1).kind == Kind::Number
        && i.ahead(2).word == Word::And
        && i.ahead(3).kind == Kind::Number;
    is_range.then(|| {
        let span = over(i, 4);
        let put = format!("{}..{}", i.text(i.ahead(1).span), i.text(i.ahead(3).span)).replace(',', "_");
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
pub(super) fn last_of_several<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
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
pub(super) fn event_of<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
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
    let moves =
        ["deploy", "send", "station", "contribute", "provide", "supply", "equip", "furnish", "present", "train"];
    let verb = entry.verb().map_or("deploy", |verb| i.text(i.at(verb).peek().span));
    let verb = if moves.contains(&verb) { verb } else { "deploy" };
    let span = over(i, end);
    let gives = ["provide", "supply", "equip", "furnish", "present"].contains(&verb) && is_name(i.previous());
    let to = gives.then(|| i.text(i.previous().span));
    let verb = if verb == "equip" { "provide" } else { verb };
    Some((span, idiom::counted_behind_with(i.loc(span), i.text(span), verb, &put, to)))
}

/// `deploy 6_000 troops, SL 3_600 troops and OSCE 2_400 troops`
fn several_amounts<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let amount = i.skip(1);
    let joined = matches!(i.previous().kind, Kind::Comma) || i.previous().word == Word::And;
    if !joined || !is_name(i.peek()) || currency(i).is_some() || measured(amount) != Some(Measured::Amount) {
        return None;
    }
    // `…, being 40 percent of the total` is an aside and nobody who pays.
    if i.text(i.peek().span).ends_with("ing") {
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

/// How many tokens behind a date say that it comes round each year: `of each year`.
fn each_year(behind: Tokens<'_, '_>) -> usize {
    row(behind, &[&["of"], &["each", "every", "the"], &["year"]])
        .max(row(behind, &[&["each", "every", "a", "per"], &["year"]]))
        .max(row(behind, &[&["annually", "yearly"]]))
}

/// Whether a date without its year stands here that comes round each year: `31 March of each year`.
pub(in crate::syntax::parse) fn is_yearly(i: Tokens<'_, '_>) -> bool {
    each_year(i.skip(1)) > 0 && typed::day_and_month(i.text(i.peek().span)).is_some()
}

/// Behind such a date, after saying how a draft writes it.
pub(in crate::syntax::parse) fn yearly<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    let words = each_year(i.skip(1));
    let (day, month) = typed::day_and_month(i.text(i.peek().span)).unwrap_or((1, 1));
    let span = over(i, words + 1);
    i.report(idiom::yearly(i.loc(span), i.text(span), &i.cx.next_day(Some(month), day)));
    i.cx.explained.borrow_mut().push(span);
    i.cx.damaged.set(true);
    i.skip(words + 1)
}

/// `a third of weapons`, `two thirds of weapons`, `half of weapons`
pub(super) fn fraction<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let count = match i.text(i.peek().span) {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        _ => 0,
    };
    let parts = i.ahead(usize::from(count > 0));
    let part = match i.text(parts.span) {
        "half" => 2,
        "third" | "thirds" => 3,
        "quarter" | "quarters" => 4,
        "fifth" | "fifths" => 5,
        _ => return None,
    };
    let words = 1 + usize::from(count > 0);
    if i.ahead(words).word != Word::Of || i.kind() != Kind::Word {
        return None;
    }
    let span = over(i, words);
    Some((span, idiom::number(i.loc(span), i.text(span), &format!("{}/{part}", count.max(1)))))
}

/// `up to four times a year`, `not more than four times per year`
fn times_in_words<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let (bound, put) = match () {
        () if row(i, &[&["up"], &["to"]]) > 0 => (2, "at most "),
        () if row(i, &[&["at"], &["most"]]) > 0 => (2, "at most "),
        () if row(i, &[&["at"], &["least"]]) > 0 => (2, "at least "),
        () if row(i, &[&["not", "no"], &["more"], &["than"]]) > 0 => (3, "at most "),
        () if row(i, &[&["not", "no"], &["less", "fewer"], &["than"]]) > 0 => (3, "at least "),
        () => (0, ""),
    };
    let number = i.ahead(bound);
    let digits = match number.kind {
        Kind::Number if bound == 3 => i.text(number.span).to_owned(),
        Kind::Word if bound > 0 => typed::number_word(i.text(number.span))?.to_string(),
        _ => return None,
    };
    let unit = i.ahead(bound + 3);
    let each = is_one(i, bound + 2, &["a", "an", "per", "each", "every"]);
    if i.ahead(bound + 1).word != Word::Times || !each || unit.word.time_unit().is_none() {
        return None;
    }
    let span = over(i, bound + 4);
    let put = format!("{put}{digits} times every {}", i.text(unit.span));
    Some((span, idiom::number(i.loc(span), i.text(span), &put)))
}

/// `not more than 500 troops`, `not exceeding 500 troops`
fn not_more_than<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let (words, put) = match () {
        () if row(i, &[&["not"], &["more"], &["than"]]) > 0 => (3, "at most"),
        () if row(i, &[&["not"], &["less", "fewer"], &["than"]]) > 0 => (3, "at least"),
        () if row(i, &[&["not"], &["exceeding"]]) > 0 => (2, "at most"),
        () => return None,
    };
    let is_number = i.ahead(words).kind == Kind::Number || currency(i.skip(words)).is_some();
    is_number.then(|| {
        let span = over(i, words);
        (span, words_of_treaties::phrase(i.loc(span), i.text(span), put))
    })
}

/// `5 working days`
fn working_days<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let number = match i.kind() {
        Kind::Number => i.text(i.peek().span).parse::<u32>().ok()?,
        Kind::Word => typed::number_word(i.text(i.peek().span))?,
        _ => return None,
    };
    let works = is_one(i, 1, &["working", "business", "calendar", "consecutive", "full"]);
    if !works || i.ahead(2).word.time_unit().is_none() {
        return None;
    }
    let is_work = is_one(i, 1, &["working", "business"]) && is_one(i, 2, &["day", "days"]);
    let span = over(i, 3);
    // A week has five of them.
    let days = if is_work { number + number / 5 * 2 } else { number };
    let put = format!("{days} {}", i.text(i.ahead(2).span));
    Some((span, idiom::working_days(i.loc(span), i.text(span), &put, is_work)))
}

/// `every quarter`
fn every_quarter<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let put = match i.text(i.ahead(1).span) {
        "quarter" => "3 months",
        "semester" => "6 months",
        "fortnight" => "2 weeks",
        _ => return None,
    };
    is_one(i, 0, &["every", "each", "per", "a"]).then(|| {
        let span = over(i, 2);
        (span, words_of_treaties::every(i.loc(span), i.text(span), put))
    })
}

/// `at least 30 days in advance`
fn in_advance<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let bound = if matches!((i.word(), i.ahead(1).word), (Word::At, Word::Least)) { 2 } else { 0 };
    let (words, put) = length(i.skip(bound))?;
    let behind = bound + words;
    let advance = row(i.skip(behind), &[&["in"], &["advance"]]).max(row(i.skip(behind), &[&["beforehand", "ahead"]]));
    (advance > 0).then(|| {
        let span = over(i, behind + advance);
        (span, idiom::in_advance(i.loc(span), i.text(span), &put))
    })
}

/// `during the first six months`
fn first_months<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    if !matches!(i.word(), Word::During | Word::For | Word::In | Word::Within)
        || row(i.skip(1), &[&["the"], &["first"]]) == 0
    {
        return None;
    }
    let one = i.ahead(3).word.time_unit().is_some().then(|| (1, format!("1 {}", i.text(i.ahead(3).span))));
    let (words, put) = length(i.skip(3)).or(one)?;
    let span = over(i, 3 + words);
    Some((span, idiom::first_months(i.loc(span), i.text(span), &put)))
}

/// `pay compensation of EUR 5 million`, `a battalion of 500 troops`
fn amount_of_name<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let article = usize::from(matches!(i.word(), Word::A | Word::An | Word::The));
    let (name, amount) = (i.ahead(article), i.skip(article + 2));
    let is_amount =
        amount.kind() == Kind::Number && amount.ahead(1).word.time_unit().is_none() || currency(amount).is_some();
    if !is_name(name)
        || i.ahead(article + 1).word != Word::Of
        || !is_amount
        || entry.modal.is_none_or(|at| at >= i.index())
    {
        return None;
    }
    let number = usize::from(amount.kind() == Kind::Word);
    let unit = amount.ahead(number + 1);
    if unit.kind == Kind::Percent || matches!(unit.word, Word::Percent | Word::Per) {
        return None;
    }
    let scale = usize::from(unit.word.scale().is_some());
    let has_unit = number == 0 && scale == 0 && is_name(unit) && !unit.first;
    let words = article + 3 + number + scale + usize::from(has_unit);
    let span = over(i, words);
    let given = i.text(over(amount, words - article - 2)).replace(',', "_");
    Some((span, idiom::amount_of_name(i.loc(span), i.text(span), i.text(name.span), &given)))
}

/// `at 06:00 on 3 February 2027`
fn hour_first<'c, 'a>(i: Tokens<'c, 'a>, _: &Entry<'c, 'a>) -> Known {
    let kinds = [1, 2, 3].map(|n| i.ahead(n).kind);
    if i.word() != Word::At || kinds != [Kind::Number, Kind::Colon, Kind::Number] {
        return None;
    }
    let hour = format!("{:0>2}:{:0>2}", i.text(i.ahead(1).span), i.text(i.ahead(3).span));
    let mut on = 4;
    while is_one(i, on, &["hours", "hrs", "h", "local", "time", "gmt", "utc"]) {
        on += 1;
    }
    let greenwich = (4..on).any(|n| is_one(i, n, &["gmt", "utc"]));
    let date = i.ahead(on + 1);
    if !matches!(i.ahead(on).word, Word::On | Word::Of) || date.kind != Kind::Date {
        return None;
    }
    let span = over(i, on + 2);
    let iso = typed::iso(i.text(date.span))?;
    Some((span, words_of_treaties::hour(i.loc(span), &iso, &hour, greenwich)))
}

/// `the course shall last 8..12 weeks`
fn bare_length<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let number = usize::from(matches!(i.ahead(1).kind, Kind::To | Kind::Minus)) * 2 + 1;
    let behind = i.ahead(number + 1);
    let ends = matches!(behind.kind, Kind::Stop | Kind::Semicolon);
    let is_length = i.kind() == Kind::Number && i.ahead(number).word.time_unit().is_some() && ends;
    if !is_length || entry.verb().is_none_or(|verb| verb >= i.index()) || !is_name(i.previous()) {
        return None;
    }
    let span = over(i, number + 1);
    let put = i.text(span).replacen('-', "..", 1);
    Some((span, idiom::bare_length(i.loc(span), i.text(span), &put)))
}
