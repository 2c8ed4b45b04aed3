//! The modal words: how strongly a sentence binds, and whether it commands, forbids, permits or releases.

use super::time::is_modal_start;
use super::{Fail, Parsed, Tokens};
use crate::syntax::tree::{Modal, Mode, Strength};
use crate::syntax::word::Word;

/// Whether modal words begin here; `guarantee` and `plan` alone can be names.
pub(super) fn is_modal(i: Tokens<'_, '_>) -> bool {
    use Word::*;
    let next = i.ahead(1).word;
    match i.word() {
        Shall | Must | Will | May | Should | Is | Are => true,
        Stands | Stand => next == Ready,
        Reserves | Reserve => next == The,
        Refrains | Refrain => next == From,
        word => is_modal_start(word) && matches!(next, To | Not),
    }
}

/// modal = plain-modal ["not"] chain | to-modal ["not"] "to" chain | ("is" | "are") ["not"] participle chain | …
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
            let Some((i, strength, mode)) = participle(i, negated) else { return absent };
            (i, strength, mode)
        }
        Stands | Stand if start.ahead(1).word == Ready => {
            let (i, negated) = not(start.skip(2));
            if i.word() != To {
                return absent;
            }
            (i.skip(1), Strength::Intent, if negated { Mode::Forbid } else { Mode::Oblige })
        }
        Reserves | Reserve if (start.ahead(1).word, start.ahead(2).word) == (The, Right) => {
            let (i, negated) = not(start.skip(3));
            if i.word() != To {
                return absent;
            }
            (i.skip(1), Strength::Option, if negated { Mode::Release } else { Mode::Permit })
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

/// participle = "obliged" ["not"] "to" | "entitled" ["not"] "to" | … | "called" "upon" ["not"] "to"
///
/// `negated` where `not` stands before: `is not obliged to` releases, `is obliged not to` forbids.
fn participle<'c, 'a>(i: Tokens<'c, 'a>, before: bool) -> Option<(Tokens<'c, 'a>, Strength, Mode)> {
    use Word::*;
    let (words, strength, permits) = match (i.word(), i.ahead(1).word) {
        (Obliged | Required, _) => (1, Strength::Duty, false),
        (Entitled | Authorised | Allowed | Permitted, _) => (1, Strength::Option, true),
        (Expected | Invited, _) => (1, Strength::Intent, false),
        (Requested, _) => (1, Strength::Effort, false),
        (Called, Upon) => (2, Strength::Effort, false),
        _ => return None,
    };
    let i = i.skip(words);
    let (i, behind) = if i.word() == Not { (i.skip(1), true) } else { (i, false) };
    if i.word() != To {
        return None;
    }
    let plain = if permits { Mode::Permit } else { Mode::Oblige };
    let mode = if behind { negated(plain) } else { plain };
    let mode = match (mode, before) {
        (mode, false) => mode,
        (Mode::Permit, true) => Mode::Forbid,
        (Mode::Oblige, true) => Mode::Release,
        (Mode::Forbid, true) => Mode::Permit,
        (Mode::Release, true) => Mode::Oblige,
    };
    // Not to be entitled is to be forbidden, however weak the word.
    let strength = if permits && mode == Mode::Forbid { Strength::Duty } else { strength };
    Some((i.skip(1), strength, mode))
}

/// chain = { ("endeavour" | "seek" | "aim") ["not"] "to" | "be" ("obliged" | "required" | "entitled" | …) ["not"] "to" } ["refrain" "from"]
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
            (Be, Obliged | Required | Entitled | Authorised | Allowed | Permitted) => {
                let Some((rest, weaker, inner)) = participle(i.skip(1), mode == Mode::Forbid) else {
                    return (i, strength, mode, false);
                };
                strength = strength.min(weaker);
                mode = inner;
                i = rest;
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
