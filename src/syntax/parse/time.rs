//! Points in time and references.

use super::amount::duration;
use super::{Few, Parsed, Tokens, is_name};
use super::{idiom, treaty};
use crate::syntax::lex::{Kind, Token};
use crate::syntax::tree::{Offset, Reference, Text, TimeBase, TimePoint};
use crate::syntax::trouble;
use crate::syntax::word::Word;

/// reference = PATH | REF
pub(super) fn reference<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Reference> {
    let token = i.peek();
    if is_name(token) && (i.ahead(1).kind != Kind::Word || !treaty::is_determined(i)) {
        return Ok((i.skip(1), read_reference(i, token)));
    }
    if let Some(behind) = treaty::determiners(i) {
        return reference(behind);
    }
    if token.kind == Kind::Word {
        let text = i.text(token.span);
        return i.fail(trouble::reserved(i.here(), text));
    }
    i.expected("a name")
}

/// Takes a name apart: path, letter, number of the act.
pub(super) fn read_reference(i: Tokens<'_, '_>, token: Token) -> Reference {
    let span = token.span;
    if token.kind == Kind::Word {
        return Reference::path_only(span);
    }
    let text = i.text(span);
    match (text.find('('), text.find(')')) {
        (Some(open), Some(close)) => Reference::with_letter(span, span.start + open as u32, span.start + close as u32),
        _ => Reference::path_only(span),
    }
}

/// text = STRING
pub(super) fn text(token: Token) -> Option<Text> {
    match token.kind {
        Kind::Text => Some(Text { span: token.span, long: false }),
        Kind::LongText => Some(Text { span: token.span, long: true }),
        _ => None,
    }
}

/// Whether the token is a date, a month or an instant.
#[inline]
pub(in crate::syntax) fn month_or_date(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Month | Kind::Instant)
}

/// Whether a point in time stands here that is more than a bare name.
pub(super) fn is_exact(i: Tokens<'_, '_>) -> bool {
    let token = i.peek();
    if month_or_date(token.kind) {
        return true;
    }
    if token.kind == Kind::Number {
        return i.ahead(1).word.time_unit().is_some();
    }
    if matches!(token.word, Word::The | Word::A) {
        return treaty::is_date_of(i);
    }
    if !is_name(token) {
        return false;
    }
    let next = i.ahead(1);
    matches!(next.kind, Kind::Plus | Kind::Minus)
        || next.word == Word::Of
        || (token.word == Word::Entry && next.word == Word::Into)
        || (next.word.time_unit().is_some() && !next.first)
}

/// point = base { sign duration } | duration ("after" | "before") point | STRING
pub(super) fn point<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, TimePoint<'a>> {
    let token = start.peek();
    let from = token.span.start;
    if token.kind == Kind::Number || token.kind == Kind::Word && treaty::number_in_words(start).is_some() {
        let (i, by) = duration(start)?;
        let back = match i.word() {
            Word::After | Word::From => false,
            Word::Before => true,
            _ => return i.expected("`after` or `before` and an event (such as `30 days after ceasefire`)"),
        };
        let (i, mut time) = point(i.skip(1))?;
        time.offsets = with_offset(i, time.offsets, Offset { back, by });
        time.span = i.span_from(from);
        return Ok((i, time));
    }
    let (i, base) = base(start)?;
    let (i, offsets) = offsets(i)?;
    Ok((i, TimePoint { span: i.span_from(from), base, offsets }))
}

/// base = DATE | MONTH | INSTANT | reference [ "of" reference ] | "entry" "into" "force" [ "of" reference ] | STRING
fn base<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, TimeBase> {
    let token = i.peek();
    match token.kind {
        // `31 March of each year`: what people type has no hyphen behind the year.
        Kind::Date if i.text(token.span).as_bytes().get(4) != Some(&b'-') && idiom::is_yearly(i) => {
            Ok((idiom::yearly(i), TimeBase::Date(token.span)))
        }
        Kind::Date => Ok((i.skip(1), TimeBase::Date(token.span))),
        Kind::Month => Ok((i.skip(1), TimeBase::Month(token.span))),
        Kind::Instant => Ok((i.skip(1), TimeBase::Instant(token.span))),
        Kind::Text | Kind::LongText => {
            let quoted = Text { span: token.span, long: token.kind == Kind::LongText };
            Ok((i.skip(1), TimeBase::Text(quoted)))
        }
        Kind::Word if token.word == Word::Entry && i.ahead(1).word == Word::Into && i.ahead(2).word == Word::Force => {
            let i = i.skip(3);
            if i.word() != Word::Of {
                return Ok((i, TimeBase::EntryIntoForce(None)));
            }
            let (i, instrument) = reference(i.skip(1))?;
            Ok((i, TimeBase::EntryIntoForce(Some(instrument))))
        }
        Kind::Word if treaty::is_date_of(i) => base(treaty::date_of(i)),
        // People write `of the ceasefire`, `after the ceasefire`.
        Kind::Word if matches!(token.word, Word::The | Word::A | Word::An) && is_name(i.ahead(1)) => {
            i.report(treaty::article(i));
            base(i.skip(1))
        }
        // `of any violation`: two names in a row are no point in time.
        Kind::Word if i.ahead(1).kind == Kind::Word && treaty::is_determined(i) => {
            base(treaty::determiners(i).unwrap_or_else(|| i.skip(1)))
        }
        _ if is_name(token) => {
            let (i, name) = reference(i)?;
            if i.word() == Word::Of {
                let (i, of) = reference(i.skip(1))?;
                return Ok((i, TimeBase::Of(name.span, of)));
            }
            Ok((i, TimeBase::Name(name)))
        }
        Kind::Word => i.fail(trouble::reserved(i.here(), i.text(token.span))),
        _ => i.expected("a date, an event or another point in time"),
    }
}

/// { sign duration }
fn offsets<'c, 'a>(mut i: Tokens<'c, 'a>) -> Parsed<'c, 'a, &'a [Offset]> {
    let is_hour = i.kind() == Kind::Comma && i.ahead(1).kind == Kind::Number && i.ahead(2).kind == Kind::Colon;
    if !matches!(i.kind(), Kind::Plus | Kind::Minus | Kind::To)
        && !is_hour
        && i.word() != Word::At
        && i.word().time_unit().is_none()
    {
        return Ok((i, &[]));
    }
    if month_or_date(i.previous().kind)
        && let Some(behind) = treaty::behind_date(i)
    {
        return Ok((behind, &[]));
    }
    let mut offsets = Few::new();
    // `signed-14 days` arrives as the name `signed-14` and the word `days`.
    if i.word().time_unit().is_some() && !i.peek().first {
        let before = i.previous();
        let name = i.text(before.span);
        if let Some((base, number)) = name.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit())) {
            let unit = i.text(i.peek().span);
            i.report_and_guess(trouble::minus_spacing(i.loc(before.span), base, number, unit));
            return Ok((i.skip(1), &[]));
        }
    }
    loop {
        let back = match i.kind() {
            Kind::Plus => false,
            Kind::Minus => true,
            _ => return Ok((i, i.keep(&offsets))),
        };
        let (next, by) = duration(i.skip(1))?;
        offsets.push(Offset { back, by });
        i = next;
    }
}

/// A list of offsets with one more.
pub(super) fn with_offset<'a>(i: Tokens<'_, 'a>, offsets: &[Offset], more: Offset) -> &'a [Offset] {
    let mut all: Few<Offset> = Few::from_slice(offsets);
    all.push(more);
    i.keep(&all)
}

/// Whether a word can begin the modal words of a sentence.
pub(in crate::syntax) fn is_modal_start(word: Word) -> bool {
    use Word::*;
    matches!(
        word,
        Shall
            | Must
            | Will
            | May
            | Should
            | Undertakes
            | Undertake
            | Guarantees
            | Guarantee
            | Agrees
            | Agree
            | Commits
            | Commit
            | Pledges
            | Pledge
            | Intends
            | Intend
            | Plans
            | Plan
            | Aims
            | Aim
            | Proposes
            | Propose
            | Endeavours
            | Endeavour
            | Seeks
            | Seek
            | Recommends
            | Recommend
            | Stands
            | Stand
            | Reserves
            | Reserve
            | Refrains
            | Refrain
            | Is
            | Are
    )
}
