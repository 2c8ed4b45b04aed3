//! One question to the solver: whether bans cover a claim in some history, as a formula over the points they hang on.

use super::condition::{at_most, happens};
use super::problem::{Ban, Claim, Kind, ORIGIN, PointId, PointOf, Term, Window};
use super::solver::{Budget, Example, Formula, Solver};
use super::timeline::Timeline;

/// Points that one question may hang on.
const MOST_POINTS: usize = 512;

/// One question to the solver: a claim, some bans, all points that they hang on.
pub(super) struct Query<'q> {
    line: &'q Timeline<'q>,
    claim: &'q Claim,
    bans: &'q [&'q Ban],
    /// Those that take part, sorted; each is its place in the solver, and the fact of that number that it comes.
    points: Vec<PointId>,
    pub(super) solver: Solver,
}

impl<'q> Query<'q> {
    /// None where it would hang on too many points, or the budget is spent.
    pub(super) fn new(
        line: &'q Timeline,
        claim: &'q Claim,
        bans: &'q [&'q Ban],
        prompt: bool,
        budget: &Budget,
    ) -> Option<Self> {
        let points = closure(line, windows(claim).chain(bans.iter().map(|ban| &ban.window)), &claim.needs)?;
        // To ask costs as much as to answer.
        budget.spend((points.len() + 2 * bans.len()) as i64);
        if budget.left() < 0 {
            return None;
        }
        // One more node than points: the day on which what is to last is banned.
        let solver = Solver::new(points.len() as u32 + 1, budget);
        let mut query = Query { line, claim, bans, points, solver };
        query.history();
        query.state(&active(&claim.window));
        query.state(&not_empty(&claim.window));
        query.state(&claim.needs);
        for (at, ban) in bans.iter().enumerate() {
            let mut applies = vec![active(&ban.window)];
            if prompt {
                applies.extend(late(line, ban, claim).into_iter().map(|point| earliest(line, claim, point)));
            }
            let applies = query.local(&Formula::all(applies));
            let used = query.used(at);
            query.solver.assert(&used.implies(applies));
        }
        Some(query)
    }

    /// That what is counted on has begun when a point comes, within the window of the claim, and that on some day from then on
    /// these others, which it does not start, leave an option of the claim free.
    pub(super) fn cut(&mut self, cut: PointId, others: &[Vec<usize>]) {
        let here = Term { point: cut, plus: 0 };
        for (at, ban) in self.bans.iter().enumerate() {
            let begun = ban.window.starts.iter().filter(|start| start.point != ORIGIN);
            let begun = Formula::all(begun.map(|start| at_most(Term { plus: 0, ..*start }, here)));
            let begun = self.local(&begun);
            let used = self.used(at);
            self.solver.assert(&used.implies(begun));
        }
        let Window { starts, ends } = &self.claim.window;
        self.state(&Formula::all(starts.iter().map(|start| at_most(*start, here))));
        // What has no latest date can always be kept later.
        self.state(&Formula::any(ends.iter().map(|end| happens(end.point))));
        let today = self.today();
        let inside = self.holds_on(&self.claim.window, today, 0);
        let free = Formula::any(others.iter().map(|group| {
            Formula::all(group.iter().filter_map(|&at| self.bans.get(at)).map(|ban| {
                Formula::all([self.local(&active(&ban.window)), self.holds_on(&ban.window, today, 0)]).not()
            }))
        }));
        self.solver.assert(&Formula::all([Formula::AtMost(0, today, 0), inside, free]));
    }

    /// What is known of the points.
    fn history(&mut self) {
        for &point in &self.points.clone() {
            let row = self.line.row(point);
            // Of one that never comes too, so that nothing is earlier than the origin.
            self.state(&at_most(Term { point: ORIGIN, plus: 0 }, Term { point, plus: 0 }));
            let mut facts = Vec::new();
            for after in row.after.iter().map(|known| known.term) {
                facts.push(Formula::all([happens(after.point), at_most(after, Term { point, plus: 0 })]));
            }
            for until in row.until.iter().map(|known| known.term) {
                facts.push(happens(until.point).implies(at_most(Term { point, plus: 0 }, until)));
            }
            self.state(&happens(point).implies(Formula::all(facts)));
            if let PointOf::Last(text) = row.of {
                let goes_on = self.claim.text == Some(text);
                let ends = happens(point);
                self.state(&if goes_on { ends.not() } else { ends });
            }
        }
    }

    /// Asserts a formula over points of the timeline.
    fn state(&mut self, formula: &Formula) {
        let formula = self.local(formula);
        self.solver.assert(&formula);
    }

    /// The same formula over the nodes of this solver.
    fn local(&self, formula: &Formula) -> Formula {
        let node = |point: u32| self.points.binary_search(&PointId(point)).unwrap_or(0) as u32;
        match formula {
            Formula::True => Formula::True,
            Formula::False => Formula::False,
            Formula::Fact(point) => Formula::Fact(node(*point)),
            Formula::AtMost(x, y, c) => Formula::AtMost(node(*x), node(*y), *c),
            Formula::Not(inner) => self.local(inner).not(),
            Formula::All(parts) => Formula::all(parts.iter().map(|part| self.local(part))),
            Formula::Any(parts) => Formula::any(parts.iter().map(|part| self.local(part))),
        }
    }

    /// That a ban is counted on.
    fn used(&self, at: usize) -> Formula {
        Formula::Fact((self.points.len() + at) as u32)
    }

    /// Counts on every ban.
    pub(super) fn count_on_all(&mut self) {
        let all = Formula::all((0..self.bans.len()).map(|at| self.used(at)));
        self.solver.assert(&all);
    }

    /// The day on which what is to last is banned.
    fn today(&self) -> u32 {
        self.points.len() as u32
    }

    /// The test points that need no example.
    pub(super) fn begin(&mut self, groups: &[Vec<usize>]) {
        if self.claim.kind == Kind::Maintain {
            let today = self.today();
            let inside = self.holds_on(&self.claim.window, today, 0);
            self.solver.assert(&Formula::AtMost(0, today, 0));
            self.solver.assert(&inside);
            for group in groups {
                let cover = self.one_of(group, today, 0);
                self.solver.assert(&cover);
            }
            return;
        }
        for group in groups {
            for window in windows(self.claim) {
                window.starts.iter().for_each(|start| self.demand(*start, window, group));
            }
        }
    }

    /// Where a term lies in a window of the claim, a ban of the group covers it.
    pub(super) fn demand(&mut self, term: Term, window: &Window, group: &[usize]) {
        let node = self.points.binary_search(&term.point).unwrap_or(0) as u32;
        let inside = self.holds_on(window, node, term.plus);
        let comes = self.local(&Formula::all([happens(term.point), active(window)]));
        let cover = self.one_of(group, node, term.plus);
        self.solver.assert(&Formula::all([comes, inside]).implies(cover));
    }

    fn one_of(&self, group: &[usize], node: u32, plus: i64) -> Formula {
        Formula::any(group.iter().filter_map(|&at| {
            let ban = self.bans.get(at)?;
            Some(Formula::all([self.used(at), self.holds_on(&ban.window, node, plus)]))
        }))
    }

    /// That a node, so many ticks later, lies in a window.
    fn holds_on(&self, window: &Window, node: u32, plus: i64) -> Formula {
        let place = |point: PointId| self.points.binary_search(&point).unwrap_or(0) as u32;
        let before = |x: u32, y: u32, c: i64| match x == y {
            true if c >= 0 => Formula::True,
            true => Formula::False,
            false => Formula::AtMost(x, y, c),
        };
        let starts = window.starts.iter().map(|start| before(place(start.point), node, plus - start.plus));
        let ends = window.ends.iter().map(|end| {
            let comes = self.local(&happens(end.point));
            comes.implies(before(node, place(end.point), end.plus - plus))
        });
        Formula::all(starts.chain(ends))
    }

    /// The bans of a group that cover the claim in an example, few of them; or the ends after which an instant is free.
    pub(super) fn sweep(&self, example: &Example, group: &[usize]) -> Result<Vec<usize>, Vec<Term>> {
        let counted = |at: &&usize| example.fact((self.points.len() + **at) as u32);
        let windows: Vec<(usize, i64, i64)> = group
            .iter()
            .filter(counted)
            .filter_map(|&at| {
                let (first, last) = self.days(example, &self.bans.get(at)?.window);
                Some((at, first, last))
            })
            .collect();
        let mut used: Vec<usize> = Vec::new();
        for (mut from, until) in self.spans(example) {
            let mut last_used = None;
            loop {
                let reaching = windows.iter().filter(|(_, first, last)| *first <= from && *last >= from);
                // The one that reaches farthest; of several the first, so that the answer is always the same.
                match reaching.max_by_key(|(at, _, last)| (*last, std::cmp::Reverse(*at))) {
                    Some(&(at, _, last)) => {
                        used.push(at);
                        last_used = Some(at);
                        if last >= until {
                            break;
                        }
                        from = last + 1;
                    }
                    None => {
                        let ban = last_used.and_then(|at| self.bans.get(at));
                        return Err(ban.map(|ban| ban.window.ends.to_vec()).unwrap_or_default());
                    }
                }
            }
        }
        Ok(used)
    }

    /// The ticks that must be covered in an example: each window that applies, or the one day of what is to last.
    fn spans(&self, example: &Example) -> Vec<(i64, i64)> {
        if self.claim.kind == Kind::Maintain {
            let today = example.value(self.today());
            return vec![(today, today)];
        }
        let node = |point: PointId| self.points.binary_search(&point).unwrap_or(0) as u32;
        let comes = |start: &Term| start.point == ORIGIN || example.fact(node(start.point));
        let applies = windows(self.claim).filter(|window| window.starts.iter().all(comes));
        applies.map(|window| self.days(example, window)).filter(|(first, last)| first <= last).collect()
    }

    /// First and last tick of a window in an example.
    pub(super) fn days(&self, example: &Example, window: &Window) -> (i64, i64) {
        let node = |point: PointId| self.points.binary_search(&point).unwrap_or(0) as u32;
        let value = |term: &Term| example.value(node(term.point)) + term.plus;
        let comes = |term: &&Term| term.point == ORIGIN || example.fact(node(term.point));
        let first = window.starts.iter().map(value).max().unwrap_or(0);
        let last = window.ends.iter().filter(comes).map(value).min().unwrap_or(i64::MAX);
        (first, last)
    }

    /// First and last tick of the claim; of what is to last from the day on which it is banned.
    pub(super) fn span(&self, example: &Example) -> (i64, Option<i64>) {
        let (first, last) = bounded(self.days(example, &self.claim.window));
        let first = if self.claim.kind == Kind::Maintain { example.value(self.today()) } else { first };
        (first, last)
    }

    /// When the points come that the claim and the bans counted on hang on.
    pub(super) fn story(&self, example: &Example, used: &[usize]) -> Vec<(PointId, Option<i64>)> {
        let bans = used.iter().filter_map(|&at| self.bans.get(at)).map(|ban| &ban.window);
        closure(self.line, windows(self.claim).chain(bans), &self.claim.needs)
            .unwrap_or_default()
            .into_iter()
            .filter(|&point| !matches!(self.line.row(point).of, PointOf::Origin | PointOf::Last(_)))
            .map(|point| {
                let node = self.points.binary_search(&point).unwrap_or(0) as u32;
                (point, example.fact(node).then(|| example.value(node)))
            })
            .collect()
    }
}

/// Every window in which a claim holds.
pub(super) fn windows(claim: &Claim) -> impl Iterator<Item = &Window> {
    std::iter::once(&claim.window).chain(&claim.also)
}

/// A window whose last tick may be the end of time.
pub(super) fn bounded((first, last): (i64, i64)) -> (i64, Option<i64>) {
    (first, (last != i64::MAX).then_some(last))
}

/// That all that a window waits for has come.
fn active(window: &Window) -> Formula {
    Formula::all(window.starts.iter().map(|start| happens(start.point)))
}

fn not_empty(window: &Window) -> Formula {
    Formula::all(window.ends.iter().map(|end| {
        let fits = window.starts.iter().map(|start| at_most(*start, *end));
        happens(end.point).implies(Formula::all(fits))
    }))
}

/// The points that end a ban and start neither it nor the claim: coming late, they keep it in force. What they wait for makes
/// them late as well.
fn late(line: &Timeline, ban: &Ban, claim: &Claim) -> Vec<PointId> {
    let starts = |point: PointId| {
        matches!(line.row(point).of, PointOf::Origin | PointOf::Last(_))
            || ban.window.starts.iter().chain(&claim.window.starts).any(|start| start.point == point)
    };
    let mut found: Vec<PointId> = Vec::new();
    let take = |found: &mut Vec<PointId>, point: PointId| {
        if !starts(point) && !found.contains(&point) {
            found.push(point);
        }
    };
    ban.window.ends.iter().for_each(|end| take(&mut found, end.point));
    let mut next = 0;
    while let Some(&point) = found.get(next) {
        next += 1;
        line.row(point).after.iter().for_each(|known| take(&mut found, known.term.point));
    }
    found
}

/// That a point comes, and as early as it can: nothing that it waits for lets it come sooner, or the claim would not apply.
fn earliest(line: &Timeline, claim: &Claim, point: PointId) -> Formula {
    let row = line.row(point);
    let here = Term { point, plus: 0 };
    let at_once = at_most(here, Term { point: ORIGIN, plus: 0 });
    let next = row.after.iter().map(|after| at_most(here, after.term));
    let applies = Formula::any(windows(claim).map(|it| Formula::all([active(it), not_empty(it)])));
    let idle = sooner(&Formula::all([applies, claim.needs.clone()]), point).not();
    Formula::all([happens(point), Formula::any([at_once].into_iter().chain(next).chain([idle]))])
}

/// What a formula says if a point comes a tick sooner.
fn sooner(formula: &Formula, point: PointId) -> Formula {
    match formula {
        Formula::True | Formula::False | Formula::Fact(_) => formula.clone(),
        Formula::AtMost(x, y, c) => {
            let (x_moves, y_moves) = (*x == point.0, *y == point.0);
            Formula::AtMost(*x, *y, c + i64::from(x_moves) - i64::from(y_moves))
        }
        Formula::Not(inner) => sooner(inner, point).not(),
        Formula::All(parts) => Formula::all(parts.iter().map(|part| sooner(part, point))),
        Formula::Any(parts) => Formula::any(parts.iter().map(|part| sooner(part, point))),
    }
}

/// All points that windows hang on, and those that these hang on; sorted, the origin first. None where they are too many.
fn closure<'w>(line: &Timeline, windows: impl Iterator<Item = &'w Window>, needs: &Formula) -> Option<Vec<PointId>> {
    let mut points = vec![ORIGIN];
    for window in windows {
        points.extend(window.starts.iter().chain(&window.ends).map(|term| term.point));
    }
    collect(needs, &mut points);
    points.sort_unstable();
    points.dedup();
    let mut next = 0;
    while let Some(&point) = points.get(next) {
        next += 1;
        let row = line.row(point);
        for known in row.after.iter().chain(&row.until) {
            if !points.contains(&known.term.point) {
                points.push(known.term.point);
            }
        }
        if points.len() > MOST_POINTS {
            return None;
        }
    }
    points.sort_unstable();
    Some(points)
}

fn collect(formula: &Formula, points: &mut Vec<PointId>) {
    match formula {
        Formula::True | Formula::False => {}
        Formula::Fact(point) => points.push(PointId(*point)),
        Formula::AtMost(x, y, _) => points.extend([PointId(*x), PointId(*y)]),
        Formula::Not(inner) => collect(inner, points),
        Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| collect(part, points)),
    }
}
