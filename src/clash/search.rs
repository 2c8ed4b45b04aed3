//! Whether bans leave a claim no way to be kept in some history.
//!
//! Every instant of a window is forbidden just if every *test point* is: a leftmost free instant is the start of the window or
//! comes right after the end of a ban. So "for every instant" becomes finitely many difference constraints; those after the
//! end of a ban are added one by one, where an example leaves an instant free.

use super::index::{Index, length};
use super::problem::{Ban, Claim, Kind, ORIGIN, PointId, Scope, Term, Window};
use super::query::{Query, bounded, windows};
use super::solver::{Answer, Budget};
use super::timeline::Timeline;
use crate::model::{Entity, Model};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// How far the search goes before it gives up. All limits count steps, none measures time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// Steps of the search for all claims of a draft together.
    pub steps: i64,
    /// Bans looked at for one act of one actor.
    pub bans: usize,
    /// Bans tried alone.
    pub alone: usize,
    /// Bans tried together.
    pub together: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort::NORMAL
    }
}

impl Effort {
    /// What a desk check spends.
    pub const NORMAL: Effort = Effort { steps: 1_000_000, bans: 8_192, alone: 24, together: 48 };
    /// For very large files.
    pub const LOW: Effort = Effort { steps: 100_000, bans: 256, alone: 8, together: 16 };
    /// For a last check before signature.
    pub const HIGH: Effort = Effort { steps: 100_000_000, bans: 100_000, alone: 256, together: 256 };

    /// What one of so many claims may spend: shares are fixed before the search, so that no order of work changes an answer.
    pub(super) fn shared_by(self, claims: usize) -> Effort {
        let share = self.steps / (claims as i64).max(1);
        let bans = (MOST_PAIRS / claims.max(1)).max(self.bans.min(FEW_BANS));
        let steps = share.clamp(MOST_STEPS / 100, MOST_STEPS.max(self.steps / 100));
        Effort { steps, bans: self.bans.min(bans), ..self }
    }
}

/// Steps that one claim may take where there are few.
const MOST_STEPS: i64 = 20_000;

/// Pairs of a claim and a ban that are looked at in a draft, apart from [`FEW_BANS`] for each claim.
const MOST_PAIRS: usize = 40_000_000;

/// Bans that are tried together first.
const FEW_TOGETHER: usize = 8;

/// Bans that are looked at for a claim however many claims there are.
const FEW_BANS: usize = 256;

/// What bans are counted on, and how strictly events keep their time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// The bans that count.
    pub(super) pool: fn(&Ban) -> bool,
    /// Whether whatever ends a ban comes as early as it can.
    pub(super) prompt: bool,
    /// A point, the last of the claim's starts, but for which the claim could still be kept.
    pub(super) cut: Option<PointId>,
}

/// One question about one claim.
struct Task<'t> {
    claim: &'t Claim,
    question: Question,
    budget: &'t Budget,
    /// For each option the bans that the cut does not start.
    others: Vec<Vec<u32>>,
    /// Whether all bans are known to be counted on together.
    at_once: bool,
}

/// A claim that cannot be kept.
#[derive(Clone, Debug)]
pub(super) struct Covered {
    /// The bans, sorted: none can be taken away.
    pub(super) bans: Vec<u32>,
    /// Whether that was shown to the end.
    pub(super) minimal: bool,
    /// The points of the story and when they come; absent where they never do.
    pub(super) story: Vec<(PointId, Option<i64>)>,
    /// First and last tick of the claim in the story; what is to last is banned on the first. No last tick: without end.
    pub(super) days: (i64, Option<i64>),
    /// First and last tick of each ban in the story.
    pub(super) banned: Vec<(i64, Option<i64>)>,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Limit {
    /// More bans than are looked at.
    Bans,
    /// More points than are looked at.
    Points,
    /// The solver gave up.
    Steps,
}

/// Looks for histories.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) model: &'a Model,
    pub(super) line: &'a Timeline<'a>,
    pub(super) index: &'a Index,
    pub(super) effort: Effort,
}

impl Search<'_> {
    /// The bans that cover every option of a claim in some history, if there are such.
    pub(super) fn covered(&self, claim: &Claim, question: Question) -> Result<Option<Covered>, Limit> {
        self.covered_within(claim, question, &Budget::new(self.effort.steps))
    }

    /// The same, with steps that are shared with other questions.
    pub(super) fn covered_within(
        &self,
        claim: &Claim,
        question: Question,
        budget: &Budget,
    ) -> Result<Option<Covered>, Limit> {
        let few = 64.min(self.effort.bans);
        match self.among(claim, question, few, budget) {
            Err(Limit::Bans) if few < self.effort.bans => self.among(claim, question, self.effort.bans, budget),
            answer => answer,
        }
    }

    /// The first and last tick on which a single ban holds while a claim does, in some history.
    pub(super) fn shared(&self, claim: &Claim, ban: u32, budget: &Budget) -> Result<Option<Covered>, Limit> {
        let question = Question { pool: |_| true, prompt: false, cut: None };
        let task = Task { claim, question, budget, others: Vec::new(), at_once: false };
        self.cover(&task, &[vec![ban]])
    }

    /// Whether a claim applies in some history; nobody knows where the budget is spent.
    pub(super) fn applies(line: &Timeline, claim: &Claim, effort: Effort) -> Option<bool> {
        let budget = Budget::new(effort.steps);
        match Query::new(line, claim, &[], false, &budget)?.solver.solve() {
            Answer::Holds(_) => Some(true),
            Answer::Fails => Some(false),
            Answer::Unknown => None,
        }
    }

    fn among(&self, claim: &Claim, question: Question, most: usize, budget: &Budget) -> Result<Option<Covered>, Limit> {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut capped = false;
        for option in options(claim) {
            let (found, more) = self.index.covering(self.model, claim, option, question.pool, most);
            capped |= more;
            if found.is_empty() {
                return if more { Err(Limit::Bans) } else { Ok(None) };
            }
            if !groups.contains(&found) {
                groups.push(found);
            }
        }
        if question.cut.is_none()
            && groups.iter().any(|group| group.len() > self.effort.alone)
            && let Some(groups) = self.in_line(claim, &groups, capped)
        {
            // Bans that are counted from the same point as the claim cover it in every history, or in none.
            let Some(groups) = groups else { return Ok(None) };
            let task = Task { claim, question, budget, others: Vec::new(), at_once: true };
            return match self.cover(&task, &groups)? {
                Some(covered) if groups.len() > 1 => self.smallest(&task, covered, &groups).map(Some),
                covered => Ok(covered),
            };
        }
        self.thin_out(&mut groups);
        let Some(first) = groups.first() else { return Ok(None) };
        let task = Task { claim, question, budget, others: self.uncut(question, &groups), at_once: false };
        // One ban for all first: most clashes are of two clauses.
        // What is to last clashes with a ban of one day.
        let lasts = claim.kind == Kind::Maintain;
        let may = |ban: &u32| lasts || could_cover(&claim.window, &self.index.ban(*ban).window);
        let alone = first.iter().copied().filter(may);
        let mut alone: Vec<u32> =
            alone.filter(|ban| groups.iter().all(|group| group.binary_search(ban).is_ok())).collect();
        alone.sort_by_cached_key(|&ban| self.rank(claim, ban));
        capped |= alone.len() > self.effort.alone;
        alone.truncate(self.effort.alone);
        for ban in alone {
            if let Some(covered) = self.cover(&task, &[vec![ban]])? {
                return Ok(Some(covered));
            }
        }
        // What one ban cannot do alone takes several: few of the broadest, or as many as are looked at together.
        let one = groups.first().and_then(|group| group.first()).copied();
        if groups.iter().flatten().all(|ban| Some(*ban) == one) {
            return if capped { Err(Limit::Bans) } else { Ok(None) };
        }
        let mut covered = None;
        if groups.iter().any(|group| group.len() > FEW_TOGETHER) {
            covered = self.cover(&task, &self.broadest(claim, &groups, FEW_TOGETHER))?;
        }
        if covered.is_none() {
            let together = self.broadest(claim, &groups, self.effort.together);
            capped |= together != groups;
            covered = self.cover(&task, &together)?;
        }
        if let Some(covered) = covered {
            let kept = self.groups(claim, question, most);
            return self.smallest(&task, covered, &kept).map(Some);
        }
        if capped { Err(Limit::Bans) } else { Ok(None) }
    }

    /// Of each group the few bans that cover a claim, as far as all are counted from one point; or that nothing covers it, if
    /// no other bans have been left out. Nothing where that does not decide it.
    fn in_line(&self, claim: &Claim, groups: &[Vec<u32>], capped: bool) -> Option<Option<Vec<Vec<u32>>>> {
        if claim.kind == Kind::Maintain || !claim.also.is_empty() {
            return None;
        }
        let (anchor, first, last) = straight(&claim.window)?;
        let mut covers: Vec<Vec<u32>> = Vec::new();
        for group in groups {
            let mut rows: Vec<(i64, i64, u32)> = Vec::new();
            let mut others = capped;
            for &ban in group {
                match straight(&self.index.ban(ban).window) {
                    Some((point, from, until)) if point == anchor => rows.push((from, until, ban)),
                    _ => others = true,
                }
            }
            rows.sort_unstable();
            let (mut cover, mut next, mut rows) = (Vec::new(), first, rows.into_iter().peekable());
            let free = loop {
                // The farthest of those that begin before the first day which is still free.
                let mut best: Option<(i64, u32)> = None;
                while let Some((_, until, ban)) = rows.next_if(|(from, ..)| *from <= next) {
                    if best.is_none_or(|(known, _)| known < until) {
                        best = Some((until, ban));
                    }
                }
                match best.filter(|(until, _)| *until >= next) {
                    Some((until, ban)) => {
                        cover.push(ban);
                        if until >= last {
                            break false;
                        }
                        next = until + 1;
                    }
                    None => break true,
                }
            };
            match (free, others) {
                (true, true) => return None,
                (true, false) => return Some(None),
                (false, _) => {
                    cover.sort_unstable();
                    covers.push(cover);
                }
            }
        }
        Some(Some(covers))
    }

    /// So many bans of each group at most, those that look as if they covered the claim.
    fn broadest(&self, claim: &Claim, groups: &[Vec<u32>], most: usize) -> Vec<Vec<u32>> {
        let mut groups = groups.to_vec();
        for group in groups.iter_mut().filter(|group| group.len() > most) {
            group.sort_by_cached_key(|&ban| self.rank(claim, ban));
            group.truncate(most);
            group.sort_unstable();
        }
        groups
    }

    /// Bans that look as if they covered a claim before others, broad ones before narrow ones.
    fn rank(&self, claim: &Claim, ban: u32) -> (usize, Reverse<i64>, u32) {
        let window = &self.index.ban(ban).window;
        (unlikely(&claim.window, window), Reverse(length(window)), ban)
    }

    /// Of bans that hold at the same time keeps one in each group, for each of them covers all of the option: one that stands
    /// in as many groups as any, so that few are needed together.
    fn thin_out(&self, groups: &mut [Vec<u32>]) {
        let mut places: FxHashMap<u32, usize> = FxHashMap::default();
        for &ban in groups.iter().flatten() {
            *places.entry(ban).or_default() += 1;
        }
        for group in groups {
            let places = |ban: u32| places.get(&ban).copied().unwrap_or(0);
            group.sort_by_key(|&ban| (Reverse(places(ban)), ban));
            let mut times: FxHashSet<&Window> = FxHashSet::default();
            group.retain(|&ban| times.insert(&self.index.ban(ban).window));
            group.sort_unstable();
        }
    }

    /// Of each option the bans that the cut does not start.
    fn uncut(&self, question: Question, groups: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let by_cut = |ban: u32| self.index.ban(ban).window.starts.iter().any(|start| Some(start.point) == question.cut);
        match question.cut {
            Some(_) => groups.iter().map(|group| group.iter().copied().filter(|&ban| !by_cut(ban)).collect()).collect(),
            None => Vec::new(),
        }
    }

    /// For each option all the bans that cover it. One that stood for another of the same time in one group may be needed in
    /// none, once the other does its work in all.
    fn groups(&self, claim: &Claim, question: Question, most: usize) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for option in options(claim) {
            let (found, _) = self.index.covering(self.model, claim, option, question.pool, most);
            if !groups.contains(&found) {
                groups.push(found);
            }
        }
        groups
    }

    /// Fewest of these bans that cover every option of a claim in some history, if they do.
    pub(super) fn covered_by(
        &self,
        claim: &Claim,
        question: Question,
        bans: &[u32],
        budget: &Budget,
    ) -> Result<Option<Covered>, Limit> {
        let all = self.groups(claim, question, self.effort.bans);
        let task = Task { claim, question, budget, others: self.uncut(question, &all), at_once: false };
        let only = |group: &Vec<u32>| group.iter().copied().filter(|ban| bans.contains(ban)).collect();
        let groups: Vec<Vec<u32>> = all.iter().map(only).collect();
        if groups.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        match self.cover(&task, &groups)? {
            Some(covered) => self.smallest(&task, covered, &groups).map(Some),
            None => Ok(None),
        }
    }

    /// Takes bans away as long as the rest still covers the claim in some history.
    fn smallest(&self, task: &Task, mut covered: Covered, groups: &[Vec<u32>]) -> Result<Covered, Limit> {
        for ban in covered.bans.clone().into_iter().rev() {
            let rest = |group: &Vec<u32>| -> Vec<u32> {
                group.iter().copied().filter(|one| *one != ban && covered.bans.contains(one)).collect()
            };
            let groups: Vec<Vec<u32>> = groups.iter().map(rest).collect();
            if !covered.bans.contains(&ban) || groups.iter().any(Vec::is_empty) {
                continue;
            }
            match self.cover(task, &groups) {
                Ok(Some(fewer)) => covered = fewer,
                Ok(None) => {}
                Err(_) => {
                    covered.minimal = false;
                    break;
                }
            }
        }
        Ok(covered)
    }

    /// A history in which bans of each group cover the claim.
    fn cover(&self, task: &Task, groups: &[Vec<u32>]) -> Result<Option<Covered>, Limit> {
        let Task { claim, question, budget, others, at_once } = task;
        let mut numbers: Vec<u32> = groups.iter().chain(others).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let bans: Vec<&Ban> = numbers.iter().map(|&number| self.index.ban(number)).collect();
        let Some(mut query) = Query::new(self.line, claim, &bans, question.prompt, budget) else {
            return Err(if budget.left() < 0 { Limit::Steps } else { Limit::Points });
        };
        let places = |group: &Vec<u32>| group.iter().filter_map(|number| numbers.binary_search(number).ok()).collect();
        let groups: Vec<Vec<usize>> = groups.iter().map(places).collect();
        if let Some(cut) = question.cut {
            let others: Vec<Vec<usize>> = others.iter().map(places).collect();
            query.cut(cut, &others);
        }
        query.begin(&groups);
        if *at_once {
            query.count_on_all();
        }
        let mut added: FxHashSet<(usize, Term)> = FxHashSet::default();
        loop {
            let example = match query.solver.solve() {
                Answer::Holds(example) => example,
                Answer::Fails => return Ok(None),
                Answer::Unknown => return Err(Limit::Steps),
            };
            let mut used: Vec<usize> = Vec::new();
            let mut free = false;
            for (number, group) in groups.iter().enumerate() {
                match query.sweep(&example, group) {
                    Ok(some) => used.extend(some),
                    Err(after) => {
                        free = true;
                        // The instant right after a ban is a test point; each is added once for each group.
                        let mut new = false;
                        for end in &after {
                            if added.insert((number, *end)) {
                                new = true;
                                for window in windows(claim) {
                                    query.demand(Term { plus: end.plus + 1, ..*end }, window, group);
                                }
                            }
                        }
                        if !new {
                            // Every test point is demanded and yet an instant is free: not a proof of anything.
                            return Err(Limit::Steps);
                        }
                    }
                }
            }
            if !free {
                used.sort_unstable();
                used.dedup();
                let bans = used.iter().filter_map(|&at| numbers.get(at).copied()).collect();
                let days = query.span(&example);
                let banned = used
                    .iter()
                    .filter_map(|&at| numbers.get(at))
                    .map(|&number| bounded(query.days(&example, &self.index.ban(number).window)));
                let banned = banned.collect();
                let story = query.story(&example, &used);
                return Ok(Some(Covered { bans, minimal: true, story, days, banned }));
            }
            if budget.left() < 0 {
                return Err(Limit::Steps);
            }
        }
    }
}

/// Everybody who may do what is claimed, with everything that it may be done with.
pub(super) fn options(claim: &Claim) -> impl Iterator<Item = (Option<Entity>, &Scope)> {
    claim.actors.iter().flat_map(|actor| claim.scopes.iter().map(move |scope| (*actor, scope)))
}

/// A window that hangs on a single point: the point, and the first and last tick counted from it.
fn straight(window: &Window) -> Option<(PointId, i64, i64)> {
    let point = window.starts.first()?.point;
    let on_it = window.starts.iter().chain(&window.ends).all(|term| term.point == point);
    let first = window.starts.iter().map(|start| start.plus).max()?;
    let last = window.ends.iter().map(|end| end.plus).min().unwrap_or(i64::MAX);
    on_it.then_some((point, first, last))
}

/// Whether a ban may cover a claim alone, as far as points tell that both are counted from.
fn could_cover(claim: &Window, ban: &Window) -> bool {
    let late = |start: &Term| claim.starts.iter().all(|own| own.point == start.point && own.plus < start.plus);
    let early = |end: &Term| {
        let comes = claim.starts.iter().any(|own| own.point == end.point) || end.point == ORIGIN;
        comes && claim.ends.iter().all(|own| own.point == end.point && own.plus > end.plus)
    };
    // Of two lengths that never change the shorter one does not cover the longer one.
    let short = || straight(claim).is_some_and(|(_, first, last)| longest(ban) < last.saturating_sub(first));
    !ban.starts.iter().any(late) && !ban.ends.iter().any(early) && !short()
}

/// The most that a window lasts, as far as its ends are counted from where it starts.
fn longest(window: &Window) -> i64 {
    let lengths = window.ends.iter().flat_map(|end| {
        let same = window.starts.iter().filter(|start| start.point == end.point);
        same.map(|start| end.plus - start.plus)
    });
    lengths.min().unwrap_or(i64::MAX)
}

/// How little a ban's window looks as if it covered a claim's: 0 where it always does.
fn unlikely(claim: &Window, ban: &Window) -> usize {
    let start = |start: &&Term| !claim.starts.iter().any(|own| own.point == start.point && own.plus >= start.plus);
    let end = |end: &&Term| !claim.ends.iter().any(|own| own.point == end.point && own.plus <= end.plus);
    ban.starts.iter().filter(start).count() + ban.ends.iter().filter(end).count()
}
