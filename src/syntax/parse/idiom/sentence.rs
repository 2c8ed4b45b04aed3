//! Idioms of sentences and names.

use super::{Entry, Idiom, Known, amount, is, is_one, over, row};
use crate::source::Span;
use crate::syntax::idiom;
use crate::syntax::lex::Kind;
use crate::syntax::parse::modal::is_modal;
use crate::syntax::parse::treaty::{in_draft_words, is_adjective};
use crate::syntax::parse::{Tokens, is_name};
use crate::syntax::treaty as words_of_treaties;
use crate::syntax::trouble;
use crate::syntax::word::Word;

/// The idioms that count even where each word of them was understood.
pub(super) const SURE: &[Idiom] = &[
    precedence,
    under_any_circumstances,
    amount::at_the_latest,
    amount::last_of_several,
    amount::event_of,
    amount::fraction,
];

/// The idioms of sentences and names. Of two that begin at the same word the first counts.
pub(super) const IDIOMS: &[Idiom] = &[
    sentence_in_field,
    empty_subject,
    there_shall_be,
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
    while i.index() + end < entry.end && !matches!(i.ahead(end).kind, Kind::Stop | Kind::Semicolon) && end < to + 30 {
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

/// `There shall be a commission`
fn there_shall_be<'c, 'a>(i: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    let begins = i.index() <= entry.start.index() + 3 && is(i, 0, "there") && is_modal(i.skip(1));
    let be = (2..4).find(|&n| i.ahead(n).word == Word::Be).filter(|_| begins)?;
    let forbids = i.ahead(be + 1).word == Word::No || i.ahead(be - 1).word == Word::Not;
    let article = usize::from(matches!(i.ahead(be + 1).word, Word::A | Word::An | Word::The | Word::No));
    (article > 0).then(|| {
        let span = over(i, be + 1 + article);
        (span, idiom::there_shall_be(i.loc(span), i.text(span), forbids))
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

/// `Article 6 prevails over Article 2`, `access shall have precedence over weapons`
fn precedence<'c, 'a>(first: Tokens<'c, 'a>, entry: &Entry<'c, 'a>) -> Known {
    const LONGEST: usize = 16;
    let marked = entry.start.kind() == Kind::OpenBracket && entry.start.ahead(2).kind == Kind::CloseBracket;
    if first.index() != entry.start.index() + if marked { 3 } else { 0 } {
        return None;
    }
    let over_which = |i: Tokens<'c, 'a>| {
        row(i, &[&["prevail", "prevails"], &["over"]])
            .max(row(i, &[&["have", "has", "take", "takes"], &["precedence", "priority"], &["over"]]))
    };
    let at = (1..LONGEST).find(|&n| over_which(first.skip(n)) > 0)?;
    let i = first.skip(at);
    let behind = i.index() + over_which(i);
    let named = |from: usize, to: usize| {
        let words = in_draft_words(entry.start.at(from), to);
        i.cx.declared(&words)
            .map_or_else(|| words.split(' ').collect::<Vec<_>>().join("-"), |item| item.name.to_string())
    };
    let modal = entry.modal.filter(|modal| *modal < i.index()).unwrap_or(i.index());
    let is_part = |at: usize| matches!(entry.start.at(at).kind(), Kind::Word | Kind::Number | Kind::Path);
    let end = (behind..entry.end).find(|&at| !is_part(at)).filter(|end| *end > behind)?;
    let span = over(first, behind - first.index());
    Some((
        span,
        idiom::precedence(
            i.loc(span),
            i.text(over(i, over_which(i))),
            &named(first.index(), modal),
            &named(behind, end),
        ),
    ))
}
