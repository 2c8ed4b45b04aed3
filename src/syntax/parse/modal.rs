//! The modal words: how strongly a sentence binds, and whether it commands, forbids, permits or releases.

use super::{Fail, Parsed, Tokens};
use crate::syntax::tree::{Modal, Mode, Strength};
use crate::syntax::word::Word;

/// modal = plain-modal ["not"] { chain } | to-modal ["not"] "to" { chain } | ("is" | "are") ["not"] … "to" | …
///
/// `None` where no modal words stand; nothing has then been reported.
pub(super) fn modal<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Modal> {
    use Word::*;
    let from = start.peek().span.start;
    let not = |i: Tokens<'c, 'a>| if i.word() == Not { (i.skip(1), true) } else { (i, false) };
    let absent = Err(nom::Err::Error(Fail));
    let (i, strength, mode) = match start.word() {
        Shall | Must => {
            let (i, negated) = not(start.skip(1));
            (i, Strength::Duty, if negated { Mode::Forbid } else { Mode::Oblige })
        }
        Will => {
            let (i, negated) = not(start.skip(1));
            (i, Strength::Firm, if negated { Mode::Forbid } else { Mode::Oblige })
        }
        May => {
            let (i, negated) = not(start.skip(1));
            // `may not` forbids, always, and as firmly as `shall not`.
            if negated { (i, Strength::Duty, Mode::Forbid) } else { (i, Strength::Option, Mode::Permit) }
        }
        Should => {
            let (i, negated) = not(start.skip(1));
            (i, Strength::Effort, if negated { Mode::Forbid } else { Mode::Oblige })
        }
        Is | Are => {
            let (i, negated) = not(start.skip(1));
            let (words, strength, permits) = match (i.word(), i.ahead(1).word, i.ahead(2).word) {
                (Obliged, To, _) => (2, Strength::Duty, false),
                (Entitled | Authorised, To, _) => (2, Strength::Option, true),
                (Expected | Invited, To, _) => (2, Strength::Intent, false),
                (Requested, To, _) => (2, Strength::Effort, false),
                (Called, Upon, To) => (3, Strength::Effort, false),
                _ => return absent,
            };
            let mode = match (permits, negated) {
                (true, false) => Mode::Permit,
                (true, true) => Mode::Forbid,
                (false, false) => Mode::Oblige,
                (false, true) => Mode::Release,
            };
            let strength = if mode == Mode::Forbid { Strength::Duty } else { strength };
            (i.skip(words), strength, mode)
        }
        Stands | Stand if start.ahead(1).word == Ready && start.ahead(2).word == To => {
            (start.skip(3), Strength::Intent, Mode::Oblige)
        }
        Reserves | Reserve if (start.ahead(1).word, start.ahead(2).word, start.ahead(3).word) == (The, Right, To) => {
            (start.skip(4), Strength::Option, Mode::Permit)
        }
        Refrains | Refrain if start.ahead(1).word == From => {
            let i = start.skip(2);
            let modal = Modal { span: i.span_from(from), strength: Strength::Duty, mode: Mode::Forbid, gerund: true };
            return Ok((i, modal));
        }
        to_modal => {
            let strength = match to_modal {
                Undertakes | Undertake | Guarantees | Guarantee | Agrees | Agree => Strength::Duty,
                Commits | Commit | Pledges | Pledge => Strength::Firm,
                Intends | Intend | Plans | Plan | Aims | Aim | Proposes | Propose => Strength::Intent,
                Endeavours | Endeavour | Seeks | Seek | Recommends | Recommend => Strength::Effort,
                _ => return absent,
            };
            let (i, negated) = not(start.skip(1));
            if i.word() != To {
                return absent;
            }
            (i.skip(1), strength, if negated { Mode::Forbid } else { Mode::Oblige })
        }
    };
    let (i, strength, mode, gerund) = chain(i, strength, mode);
    Ok((i, Modal { span: i.span_from(from), strength, mode, gerund }))
}

/// chain = ("endeavour" | "seek" | "aim") ["not"] "to" | ["not"] "refrain" "from"
fn chain<'c, 'a>(
    mut i: Tokens<'c, 'a>,
    mut strength: Strength,
    mut mode: Mode,
) -> (Tokens<'c, 'a>, Strength, Mode, bool) {
    use Word::*;
    loop {
        match (i.word(), i.ahead(1).word) {
            (weaker @ (Endeavour | Seek | Aim), next) if next == To || (next == Not && i.ahead(2).word == To) => {
                let weaker = if weaker == Aim { Strength::Intent } else { Strength::Effort };
                strength = strength.min(weaker);
                if next == Not {
                    mode = negated(mode);
                }
                i = i.skip(if next == Not { 3 } else { 2 });
            }
            (Refrain, From) => return (i.skip(2), strength, negated(mode), true),
            _ => return (i, strength, mode, false),
        }
    }
}

/// `shall refrain from` forbids; `shall not refrain from` commands.
fn negated(mode: Mode) -> Mode {
    match mode {
        Mode::Oblige => Mode::Forbid,
        Mode::Forbid => Mode::Oblige,
        // `may refrain from` permits not to act.
        Mode::Permit => Mode::Release,
        Mode::Release => Mode::Permit,
    }
}
