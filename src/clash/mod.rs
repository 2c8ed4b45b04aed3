//! Contradictions: norms that no conduct can keep in some history.
//!
//! A *history* says of each event on which day it happens, or that it never does, within what the draft says of it. A norm
//! applies in a history when all that it waits for has come; then it has a window, from the latest of its starts to the earliest
//! of its ends. A duty to achieve clashes with bans that cover every way to do it on every day of its window, a duty to
//! maintain with bans that cover every way on one day, a permission with bans that leave nothing of it. What is reported is a
//! smallest set of clauses and a history in which it clashes.
//!
//! Norms become claims and bans (`lower`) over points of time (`timeline`), bans are kept by whom and what they bind
//! (`index`), and a search with a SAT solver and a theory of differences looks for histories (`search`). What it finds is
//! played through again by an evaluator that shares no code with it (`replay`) before it is told.

mod condition;
mod cut;
mod days;
mod deeds;
mod difference;
mod index;
mod life;
mod lower;
mod network;
mod never;
mod problem;
mod query;
mod replay;
mod search;
mod solver;
mod timeline;
mod trap;
mod waiting;

pub(crate) use days::{Calendar, Days};
pub use life::{Ended, Outlasting};
pub(crate) use lower::{ordered, replaced};
pub use network::{Chain, Hop, Unbounded};
pub use problem::PointOf;
pub use search::Effort;
pub use timeline::Scale;
pub use waiting::{Deadlock, Node, Wait};

use crate::model::norm::{Norm, Strength};
use crate::model::{Model, NormId};
use deeds::Deeds;
use index::Index;
use lower::Reader;
use problem::{Ban, Claim, Kind, Origin};
use rayon::prelude::*;
use search::{Covered, Limit, Question, Search};

/// All clashes of a draft.
#[derive(Debug, Default)]
pub struct Clashes {
    /// In the order of the norms that cannot be kept.
    pub found: Vec<Clash>,
    /// Norms of which nobody knows.
    pub undecided: Vec<Undecided>,
    /// Chains of time that do not fit.
    pub chains: Vec<Chain>,
    /// Duties whose deadlines may pass before what they wait for comes.
    pub unbounded: Vec<Unbounded>,
    /// Duties that outlast what they belong to.
    pub outlasting: Vec<Outlasting>,
    /// Norms whose conditions no history meets.
    pub never: Vec<NormId>,
    /// Norms and events that wait for each other.
    pub deadlocks: Vec<Deadlock>,
    /// What the ticks of the stories are.
    pub scale: Scale,
}

impl Clashes {
    /// What clashes with a norm; they are kept in the order of the norms.
    fn of(&self, duty: NormId) -> impl Iterator<Item = &Clash> {
        let from = self.found.partition_point(|it| it.duty < duty);
        self.found.iter().skip(from).take_while(move |it| it.duty == duty)
    }

    /// Leaves out what is little beside something worse of the same norm: a right that is empty is not cut, and a duty that
    /// cannot be kept is no trap.
    fn leave_the_worst(&mut self) {
        let worse = |it: &Clash| match it.code {
            CUT | TRAP => None,
            LATE => Some((it.duty, false)),
            _ => Some((it.duty, true)),
        };
        let mut worse: Vec<(NormId, bool)> = self.found.iter().filter_map(worse).collect();
        worse.sort_unstable();
        self.found.retain(|it| match it.code {
            CUT => worse.binary_search(&(it.duty, true)).is_err(),
            TRAP => worse.binary_search_by_key(&it.duty, |worse| worse.0).is_err(),
            _ => true,
        });
    }

    /// Takes a clash in if its story holds when it is played through, and nothing like it is told already.
    fn take(&mut self, model: &Model, clash: Clash) {
        // Two who lead the same are told once.
        let mirrored = |it: &Clash| it.code == clash.code && it.against == [clash.duty];
        if clash.code == "contradiction/exclusive-role"
            && let [other] = clash.against.as_slice()
            && self.of(*other).any(mirrored)
        {
            return;
        }
        // One of a norm's several actors or objects is enough; one who cannot act counts for more than one who is advised not to.
        let mut last = self.found.iter_mut().rev().take_while(|it| it.duty == clash.duty);
        let known = last.find(|it| it.code == clash.code && (clash.code != CUT || it.against == clash.against));
        if known.as_ref().is_some_and(|known| clash.soft || !known.soft) {
            return;
        }
        if !replay::holds(model, self.scale, &clash) {
            let limit = "the story found for it does not hold; please report this draft";
            self.undecided.push(Undecided { norm: clash.duty, limit });
        } else if let Some(known) = known {
            *known = clash;
        } else {
            self.found.push(clash);
        }
    }
}

/// A norm that others leave no way to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// `contradiction/…` or `time/unbounded-prerequisite`
    pub code: &'static str,
    /// The norm that cannot be kept.
    pub duty: NormId,
    /// The norms that leave no way to keep it, sorted; none can be taken away.
    pub against: Vec<NormId>,
    /// Whether that was shown to the end.
    pub minimal: bool,
    /// Whether one side is only a recommendation or an intent.
    pub soft: bool,
    /// The points of time in the story and when they come, in ticks from the origin; absent where they never do.
    pub story: Vec<(PointOf, Option<i64>)>,
    /// First and last tick of the duty in the story; what is to last is banned on the first. No last tick: without end.
    pub days: (i64, Option<i64>),
    /// Events of the story that somebody's act is which another norm forbids on that day, with that norm.
    pub assumes: Vec<(PointOf, NormId)>,
    /// Of a trap the point that shuts it; it comes on the first of the days.
    pub cut: Option<PointOf>,
    /// First and last tick of each ban in the story, by the norm that makes it; a norm may make several.
    pub banned: Vec<(NormId, i64, Option<i64>)>,
}

/// A norm of which the search does not know whether it can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The norm.
    pub norm: NormId,
    /// What stopped the search.
    pub limit: &'static str,
}

/// A right of which a ban takes part.
const CUT: &str = "contradiction/cut-permission";

/// A duty that cannot be kept any more by one who has not yet acted.
const TRAP: &str = "contradiction/trap";

/// A duty from which another norm releases.
const RELEASED: &str = "contradiction/duty-against-exemption";

/// A duty that cannot be kept where something else comes late.
const LATE: &str = "time/unbounded-prerequisite";

/// Said bans and all that duties ban.
fn firm(ban: &Ban) -> bool {
    !ban.soft && ban.origin != Origin::Release
}

/// Recommendations too.
fn any_ban(ban: &Ban) -> bool {
    ban.origin != Origin::Release
}

fn release(ban: &Ban) -> bool {
    ban.origin == Origin::Release
}

/// Looks for every norm of a draft that others leave no way to keep. Takes the same steps on every machine.
pub fn clashes(model: &Model, effort: Effort) -> Clashes {
    let mut reader = Reader::new(model);
    let index = Index::new(&mut reader);
    let claims = claims(&mut reader, &index);
    let chains = network::chains(&mut reader);
    let unbounded = network::unbounded(&mut reader);
    let outlasting = life::outlasting(&mut reader);
    let never = never::never(&mut reader, effort);
    let deadlocks = waiting::deadlocks(&reader, &index, &claims);
    reader.line.read();
    let search = Search { model, line: &reader.line, index: &index, effort: effort.shared_by(claims.len()) };
    let answers: Vec<(Vec<Clash>, Option<Undecided>)> = claims.par_iter().map(|claim| judge(&search, claim)).collect();
    let mut all =
        Clashes { chains, unbounded, outlasting, never, deadlocks, scale: reader.line.scale(), ..Clashes::default() };
    for (clashes, undecided) in answers {
        clashes.into_iter().for_each(|clash| all.take(model, clash));
        if let Some(undecided) = undecided
            && all.undecided.last().is_none_or(|last| last.norm != undecided.norm)
        {
            all.undecided.push(undecided);
        }
    }
    all.leave_the_worst();
    let deeds = Deeds::new(model);
    for clash in &mut all.found {
        clash.assumes = deeds.broken(model, all.scale, clash);
    }
    // What has a cut or a trap may have something worse too.
    let known = |norm: NormId| all.of(norm).any(|clash| !matches!(clash.code, CUT | TRAP));
    let open: Vec<Undecided> = all.undecided.iter().copied().filter(|one| !known(one.norm)).collect();
    all.undecided = open;
    all
}

fn claims(reader: &mut Reader, index: &Index) -> Vec<Claim> {
    let model = reader.model;
    let mut claims = Vec::new();
    for (number, norm) in model.norms.iter().enumerate() {
        let Some(action) = norm.action else { continue };
        // What nobody bans cannot clash.
        if index.any_on(reader.general(action)) {
            claims.extend(reader.claims(NormId(number as u32), norm));
        }
    }
    claims
}

/// All clashes of a claim, and what stopped the search for more.
fn judge(search: &Search, claim: &Claim) -> (Vec<Clash>, Option<Undecided>) {
    let mut found = Vec::new();
    let stopped = look(search, claim, &mut found).err().map(|limit| Undecided {
        norm: claim.norm,
        limit: match limit {
            Limit::Bans => "more clauses forbid it than are looked at together",
            Limit::Points => "the chain of events that it hangs on is too long",
            Limit::Steps => "the search took too many steps",
        },
    });
    (found, stopped)
}

fn look(search: &Search, claim: &Claim, found: &mut Vec<Clash>) -> Result<(), Limit> {
    let norm = search.model.norm(claim.norm);
    let ask = |pool: fn(&Ban) -> bool, prompt: bool| search.covered(claim, Question { pool, prompt, cut: None });
    let soft = is_soft(norm);
    if let Some(loose) = ask(firm, false)? {
        match ask(firm, true)? {
            Some(covered) => found.push(clash(search, claim, covered, soft)),
            None => found.push(Clash { code: LATE, ..clash(search, claim, loose, soft) }),
        }
    } else if search.index.any_soft(&claim.verbs)
        && let Some(covered) = ask(any_ban, true)?
    {
        found.push(clash(search, claim, covered, true));
    }
    if claim.kind != Kind::Permit
        && !soft
        && search.index.any_release(&claim.verbs)
        && let Some(covered) = ask(release, true)?
    {
        found.push(clash(search, claim, covered, false));
    }
    let late = |it: &Clash| it.code == LATE;
    if claim.kind == Kind::Permit && found.iter().all(late) {
        let (cuts, stopped) = search.cuts(claim);
        found.extend(cuts.into_iter().map(|covered| Clash { code: CUT, ..clash(search, claim, covered, false) }));
        stopped?;
    } else if found.is_empty()
        && !soft
        && let Some((point, covered)) = search.trap(claim, firm)?
    {
        let of = Some(search.line.row(point).of);
        found.push(Clash { code: TRAP, cut: of, ..clash(search, claim, covered, false) });
    }
    Ok(())
}

/// Whether a norm only recommends or announces.
fn is_soft(norm: &Norm) -> bool {
    matches!(norm.strength, Strength::Effort | Strength::Intent)
}

fn clash(search: &Search, claim: &Claim, covered: Covered, soft: bool) -> Clash {
    let bans = || covered.bans.iter().map(|&number| search.index.ban(number));
    let origin = bans().map(|ban| ban.origin).max().unwrap_or(Origin::Said);
    let code = match (origin, claim.kind) {
        (Origin::Exclusive, _) => "contradiction/exclusive-role",
        (Origin::Opposite, _) => "contradiction/exclusive-duties",
        (Origin::Release, _) => RELEASED,
        (Origin::Said | Origin::Others, Kind::Permit) => "contradiction/empty-permission",
        (Origin::Said | Origin::Others, _) => "contradiction/duty-against-ban",
    };
    let mut against: Vec<NormId> = bans().map(|ban| ban.norm).collect();
    against.sort_unstable();
    against.dedup();
    let story = covered.story.iter().map(|&(point, at)| (search.line.row(point).of, at)).collect();
    let banned = bans().zip(&covered.banned).map(|(ban, &(first, last))| (ban.norm, first, last)).collect();
    let (minimal, days) = (covered.minimal, covered.days);
    Clash { code, duty: claim.norm, against, minimal, soft, story, days, assumes: Vec::new(), cut: None, banned }
}
