//! Contradictions in a drafter's words: who cannot keep what, the days of the story, and what would resolve it.

use super::{Draft, Rule, read, sequence, together};
use crate::clash::{Clash, PointOf, Scale, clashes};
use crate::finding::{Certainty, Edit, Finding, Fix, Label, Level, StoryStep};
use crate::model::norm::{ActForm, Norm};
use crate::model::time::{Anchor, Edge, Milestone, Point};
use crate::model::{Entity, Model, NormId};
use crate::source::{Loc, Span};
use std::borrow::Cow;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("contradiction/duty-against-ban", Level::Error, "a duty that other clauses forbid"),
    read("contradiction/duty-against-exemption", Level::Error, "a duty that another clause lifts"),
    read("contradiction/empty-permission", Level::Error, "a right of which nothing is left"),
    read("contradiction/exclusive-role", Level::Error, "two for what only one can do"),
    read("contradiction/exclusive-duties", Level::Error, "a duty that undoes another"),
    read("contradiction/trap", Level::Warning, "a duty that an event can make impossible"),
    read("contradiction/cut-permission", Level::Advice, "a right that another clause limits"),
    read("time/unbounded-prerequisite", Level::Warning, "a deadline that waits for an undated event"),
    read("undecided/contradiction", Level::Warning, "a clause that could not be judged"),
];

/// Looks for contradictions.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    let all = clashes(draft.model, draft.effort);
    let tell = Teller { model: draft.model, scale: all.scale };
    // What is never due is not late.
    let late = |clash: &Clash| clash.code == "time/unbounded-prerequisite";
    let due = |clash: &&Clash| !late(clash) || clash.days.1.is_some();
    // A right that has to wait for the end of a ban is told once.
    let mut waiting: Vec<NormId> = all.found.iter().filter(|it| late(it)).filter(due).map(|it| it.duty).collect();
    waiting.dedup();
    let fresh =
        |clash: &&Clash| clash.code != "contradiction/cut-permission" || waiting.binary_search(&clash.duty).is_err();
    let told = all.found.iter().filter(|clash| tell.own(clash)).filter(due).filter(fresh);
    found.extend(together::findings(&tell, told));
    sequence::tell(draft.model, &all, found);
    found.extend(together::undecided(draft.model, &all));
}

/// Says what clashes.
pub(super) struct Teller<'m> {
    pub(super) model: &'m Model,
    pub(super) scale: Scale,
}

/// How days are told: dates, or days counted from a tick.
#[derive(Clone, Copy)]
pub(super) enum Count {
    Dates,
    From(i64),
}

impl Teller<'_> {
    /// Whether a clause of the file under check takes part.
    fn own(&self, clash: &Clash) -> bool {
        let own = |norm: NormId| self.model.clause(self.model.norm(norm).clause).item.own;
        own(clash.duty) || clash.against.iter().any(|&norm| own(norm))
    }

    /// One clash as a finding.
    pub(super) fn finding(&self, clash: &Clash) -> Finding {
        let model = self.model;
        let duty = model.norm(clash.duty);
        let count = self.count(clash);
        let level = match clash.code {
            "contradiction/cut-permission" => Level::Advice,
            "time/unbounded-prerequisite" | "contradiction/trap" => Level::Warning,
            _ if clash.soft => Level::Warning,
            _ => Level::Error,
        };
        let mut finding = Finding::new(clash.code, level, self.message(clash), words(duty));
        if let Some(first) = finding.labels.first_mut() {
            first.text = Cow::Owned(self.obliges(clash, count));
            first.role = if permits(clash) { "permits" } else { "obliges" };
        }
        for &norm in &clash.against {
            let text = self.forbids(clash, norm, count);
            finding.labels.push(Label { at: words(model.norm(norm)), text: Cow::Owned(text), role: "forbids" });
        }
        finding.clause = Some(model.name(Entity::Clause(duty.clause)).to_owned());
        finding.clauses =
            std::iter::once(clash.duty).chain(clash.against.iter().copied()).map(|it| model.norm_name(it)).collect();
        finding.minimal = clash.minimal;
        finding.story = self.story(clash, count);
        finding.certainty = if finding.story.is_empty() { Certainty::Certain } else { Certainty::Conditional };
        finding.help = Some(self.help(clash, count));
        finding.fixes.extend(self.fix(clash));
        finding
    }

    fn message(&self, clash: &Clash) -> String {
        let model = self.model;
        let name = model.norm_name(clash.duty);
        let others = ticked_norms(model, &clash.against);
        let together = if clash.against.len() > 1 { " together" } else { "" };
        let one = clash.against.len() == 1;
        let verb = |singular: &'static str, plural: &'static str| if one { singular } else { plural };
        if one && self.alike(clash) && clash.code == "contradiction/duty-against-ban" {
            return format!("one sentence of `{name}` demands what another forbids");
        }
        match clash.code {
            "contradiction/exclusive-role" => {
                let duty = model.norm(clash.duty);
                let what = model.labels(&duty.objects.list, "and");
                let (names, both) = if one {
                    (format!("`{name}` and {others}"), "both")
                } else {
                    let all: Vec<NormId> = std::iter::once(clash.duty).chain(clash.against.iter().copied()).collect();
                    (ticked_norms(model, &all), "each")
                };
                format!("{names} {both} give somebody the one place to {} {what}", model.verb_label(duty))
            }
            "contradiction/exclusive-duties" => {
                format!("what `{name}` demands undoes what {others} {}", verb("demands", "demand"))
            }
            "contradiction/duty-against-exemption" => {
                format!("{others}{together} {} from what `{name}` demands", verb("releases", "release"))
            }
            "contradiction/empty-permission" => {
                format!("nothing is left of what `{name}` permits: {others}{together} {} it", verb("forbids", "forbid"))
            }
            "contradiction/cut-permission" => {
                format!(
                    "part of what `{name}` permits, {others} {}, and nothing says which yields",
                    verb("forbids", "forbid")
                )
            }
            "contradiction/trap" => {
                let event = clash.cut.map(|cut| self.point(cut)).unwrap_or_default();
                format!(
                    "whoever has not acted when \"{event}\" comes can no longer keep `{name}`: {others}{together} {} it",
                    verb("forbids", "forbid")
                )
            }
            "time/unbounded-prerequisite" => {
                format!("`{name}` may be due while {others} still {} it", verb("forbids", "forbid"))
            }
            _ if clash.soft => format!("what `{name}` wants, {others}{together} {} out", verb("rules", "rule")),
            _ => format!("what `{name}` demands, {others}{together} {}", verb("forbids", "forbid")),
        }
    }

    fn obliges(&self, clash: &Clash, count: Count) -> String {
        let duty = self.model.norm(clash.duty);
        let who = self.model.actors_label(duty);
        let (first, last) = clash.days;
        let maintain = self.maintains(clash);
        match clash.code {
            "contradiction/empty-permission" | "contradiction/cut-permission" => return format!("permits it to {who}"),
            "contradiction/exclusive-role" => return format!("gives it to {who}"),
            _ => {}
        }
        let whom = if who.is_empty() { "somebody".to_owned() } else { who };
        match last {
            Some(last) if clash.cut.is_some() => {
                let (by, cut) = (self.last_day(last, count), self.day(first, count));
                format!("obliges {whom} to act by {by}, and on {cut} it may not be done yet")
            }
            _ if maintain => format!("obliges {whom} on {} too", self.day(first, count)),
            Some(last) if self.is_one_day(first, last, count) => {
                format!("obliges {whom} on {}", self.day(first, count))
            }
            Some(last) => {
                format!("obliges {whom} to act from {} to {}", self.day(first, count), self.last_day(last, count))
            }
            None => format!("obliges {whom}, without a latest date"),
        }
    }

    fn maintains(&self, clash: &Clash) -> bool {
        use crate::model::vocabulary::Nature;
        let action = self.model.norm(clash.duty).action;
        action.is_some_and(|id| self.model.vocabulary.action(id).nature == Nature::Maintain) && !permits(clash)
    }

    fn forbids(&self, clash: &Clash, norm: NormId, count: Count) -> String {
        let what = match clash.code {
            "contradiction/duty-against-exemption" => "releases from it",
            "contradiction/exclusive-role" => {
                let who = self.model.actors_label(self.model.norm(norm));
                return format!("gives it to {who}");
            }
            "contradiction/exclusive-duties" => "demands the opposite",
            "contradiction/cut-permission" => "forbids part of it",
            _ => "forbids it",
        };
        let begins = self.model.instruments.is_empty() || clash.days.0 > 0;
        let spans: Vec<String> = clash
            .banned
            .iter()
            .filter(|(by, ..)| *by == norm)
            .filter_map(|&(_, first, last)| {
                // What began before the duty begins has always been forbidden, as far as it matters here.
                let before = first <= 0 && (begins || first < clash.days.0);
                match last {
                    Some(last) if self.is_one_day(first, last, count) => Some(format!("on {}", self.day(first, count))),
                    Some(last) if before => Some(format!("until {}", self.last_day(last, count))),
                    Some(last) => Some(format!("from {} to {}", self.day(first, count), self.last_day(last, count))),
                    None if first <= clash.days.0 => None,
                    None => Some(format!("from {} on", self.day(first, count))),
                }
            })
            .collect();
        if spans.is_empty() {
            match clash.code {
                "contradiction/cut-permission" => what.to_owned(),
                "contradiction/trap" => format!("{what} from then on"),
                _ => format!("{what} all that time"),
            }
        } else {
            format!("{what} {}", spans.join(" and "))
        }
    }

    /// Dates where a date bears on it; otherwise days counted from the first event of the story.
    fn count(&self, clash: &Clash) -> Count {
        let model = self.model;
        let dated = |edge: &Edge| match edge.time.anchor {
            Anchor::Date(_) | Anchor::Month(_) | Anchor::Instant(_) | Anchor::Instrument(..) => true,
            Anchor::Event(id) => model.event(id).on.is_some(),
            Anchor::Phase(..) => true,
            _ => false,
        };
        let norms = std::iter::once(clash.duty).chain(clash.against.iter().copied());
        let by_date =
            norms.map(|it| &model.norm(it).window).any(|window| window.starts.iter().chain(&window.ends).any(dated));
        if by_date && self.scale.epoch.is_some() {
            return Count::Dates;
        }
        let first = clash.story.iter().filter_map(|(_, at)| *at).min();
        Count::From(first.unwrap_or(0))
    }

    /// Whether a stretch is a day and no more.
    fn is_one_day(&self, first: i64, last: i64, count: Count) -> bool {
        first == last || self.day(first, count) == self.last_day(last, count)
    }

    /// The day that ends with a tick, the last on which something is so; with the hour where it ends within a day.
    fn last_day(&self, tick: i64, count: Count) -> String {
        match self.since(tick, count) {
            since if since == 0 || since + 1 == self.ticks_a_day() => self.day(tick - since, count),
            _ => self.day(tick + 1, count),
        }
    }

    fn ticks_a_day(&self) -> i64 {
        (24 * 60) / self.scale.tick.clamp(1, 24 * 60)
    }

    /// How many ticks of its day lie before a tick.
    fn since(&self, tick: i64, count: Count) -> i64 {
        match count {
            Count::Dates => self.scale.date(tick).map_or(0, |(_, minute)| minute / self.scale.tick.max(1)),
            Count::From(first) => (tick - first).rem_euclid(self.ticks_a_day()),
        }
    }

    /// The day on which a tick falls, with the hour where it is not the first of its day.
    pub(super) fn day(&self, tick: i64, count: Count) -> String {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        let whole = self.scale.tick % (24 * 60) == 0;
        match count {
            Count::Dates => match self.scale.date(tick) {
                Some((date, minute)) if whole || minute == 0 => date.to_string(),
                Some((date, minute)) => format!("{date} {}", clock(minute)),
                None => format!("day {tick}"),
            },
            Count::From(first) if whole => format!("day {}", tick - first),
            Count::From(first) => {
                let minutes = (tick - first) * self.scale.tick;
                let (days, minute) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
                if minute == 0 { format!("day {days}") } else { format!("day {days} {}", clock(minute)) }
            }
        }
    }

    fn story(&self, clash: &Clash, count: Count) -> Vec<StoryStep> {
        let mut steps: Vec<(PointOf, Option<i64>)> = clash.story.clone();
        steps.sort_by_key(|(_, at)| at.unwrap_or(i64::MAX));
        let told = steps.into_iter().filter(|(point, _)| !matches!(point, PointOf::Origin));
        told.map(|(point, at)| StoryStep {
            event: self.point(point),
            at: at.map_or_else(|| "never".to_owned(), |tick| self.day(tick, count)),
            assumes: clash.assumes.iter().find(|(of, _)| *of == point).map(|&(of, norm)| self.breaks(of, norm)),
        })
        .collect()
    }

    /// Who breaks a norm by bringing an event about: "Russia breaks `peace`".
    fn breaks(&self, point: PointOf, norm: NormId) -> String {
        let name = self.model.norm_name(norm);
        match point {
            PointOf::Event(id) | PointOf::Occurrence(id, _) => {
                let by = &self.model.event(id).by;
                let verb = if by.len() == 1 { "breaks" } else { "break" };
                format!("{} {verb} `{name}`", self.model.labels(by, "and"))
            }
            _ => format!("`{name}` is broken"),
        }
    }

    /// What a point is called in a story.
    pub(super) fn point(&self, point: PointOf) -> String {
        let model = self.model;
        match point {
            PointOf::Origin => "the start".to_owned(),
            PointOf::Event(id) | PointOf::Occurrence(id, _) => model.label(Entity::Event(id)).to_owned(),
            PointOf::Milestone(id, milestone) => {
                let what = match milestone {
                    Milestone::Signature => "signature of",
                    Milestone::EntryIntoForce => "entry into force of",
                    Milestone::Expiry => "expiry of",
                };
                format!("{what} {}", model.label(Entity::Instrument(id)))
            }
            PointOf::Norm(id, point) => of_clause(&model.norm_name(id), point),
            PointOf::Clause(id, point) => of_clause(model.name(Entity::Clause(id)), point),
            PointOf::Last(id) => format!("the last day of {}", model.label(Entity::Instrument(id))),
            PointOf::Breach(id) => format!("`{}` is broken", model.norm_name(id)),
        }
    }

    /// Whether what clashes stands in sentences of one clause that no mark tells apart.
    fn alike(&self, clash: &Clash) -> bool {
        let name = self.model.norm_name(clash.duty);
        clash.against.iter().any(|&norm| self.model.norm_name(norm) == name)
    }

    fn help(&self, clash: &Clash, count: Count) -> String {
        let model = self.model;
        let name = model.norm_name(clash.duty);
        let others = ticked_norms(model, &clash.against);
        let (first, last) = clash.days;
        // Sentences without marks have one name.
        if self.alike(clash) {
            let clause = model.name(Entity::Clause(model.norm(clash.duty).clause));
            return format!(
                "change one of them, or mark the sentences of `{clause}` with `(a)`, `(b)` and write which yields: `subject to {clause}(b)` in `{clause}(a)`"
            );
        }
        let ban_ends =
            clash.banned.iter().map(|(_, _, last)| *last).max_by_key(|last| last.unwrap_or(i64::MAX)).flatten();
        match clash.code {
            "contradiction/exclusive-role" => {
                format!(
                    "name one in both clauses, or say in which place or until when each of them leads (`{name}`, {others})"
                )
            }
            "time/unbounded-prerequisite" => {
                let waits =
                    clash.story.iter().filter(|(_, at)| at.is_none_or(|at| Some(at) > last)).map(|(point, _)| *point);
                let event = waits.map(|point| self.point(point)).next();
                match event {
                    Some(event) => {
                        format!("say by when \"{event}\" comes at the latest, or let `{name}` count from it")
                    }
                    None => format!("say what `{name}` gives way to: `subject to {}`", bare(model, &clash.against)),
                }
            }
            "contradiction/trap" => format!(
                "say what becomes of the duty then: `subject to {}` in `{name}`, or let it be done before",
                bare(model, &clash.against)
            ),
            "contradiction/cut-permission" => format!(
                "say which yields: `subject to {}` in `{name}`, or `except as in {name}` in {others}",
                bare(model, &clash.against)
            ),
            // The ban ends, though too late: a longer deadline is enough.
            _ if !self.maintains(clash)
                && clash.against.len() == 1
                && last.is_some()
                && ban_ends.is_some_and(|end| end >= first) =>
            {
                let (last, end) = (last.unwrap_or(first), ban_ends.unwrap_or(first));
                // Whoever has all of a day needs whole days more.
                let a_day = self.ticks_a_day();
                let all_day = self.since(last, count) + 1 == a_day;
                let short = if all_day { (end - last + 1 + a_day - 1) / a_day * a_day } else { end - last + 1 };
                format!(
                    "let `{name}` run to {} at least ({} longer), end {others} earlier, or write which of the two yields: `subject to {}`",
                    self.day(end + 1, count),
                    self.ticks(short),
                    bare(model, &clash.against)
                )
            }
            _ => format!(
                "change one of them, or write which yields: `subject to {}` in `{name}`, or `notwithstanding {}` where it prevails",
                bare(model, &clash.against),
                bare(model, &clash.against)
            ),
        }
    }

    /// A number of ticks in words: `2 days 6 hours`.
    pub(super) fn ticks(&self, ticks: i64) -> String {
        let minutes = ticks * self.scale.tick;
        let (days, rest) = (minutes / (24 * 60), minutes % (24 * 60));
        let parts = [(days, "day"), (rest / 60, "hour"), (rest % 60, "minute")];
        let said: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number != 0)
            .map(|(number, unit)| format!("{number} {unit}{}", if *number == 1 { "" } else { "s" }))
            .collect();
        if said.is_empty() { "no time".to_owned() } else { said.join(" ") }
    }

    /// `subject to` the one clause that forbids it: it changes what the text says, so it is never applied unasked.
    fn fix(&self, clash: &Clash) -> Option<Fix> {
        let [other] = clash.against.as_slice() else { return None };
        if self.alike(clash) {
            return None;
        }
        let duty = self.model.norm(clash.duty);
        if duty.act.is_some() || clash.code == "contradiction/exclusive-role" || !own_text(self.model, duty) {
            return None;
        }
        let end = duty.sentence.span.end.checked_sub(1)?;
        let at = Loc { span: Span { start: end, end }, ..duty.sentence };
        let text = format!(" subject to {}", self.model.norm_name(*other));
        Some(Fix {
            title: format!("let `{}` yield", self.model.norm_name(clash.duty)),
            safe: false,
            edits: vec![Edit { at, text }],
        })
    }
}

/// Whether what clashes is a right.
pub(super) fn permits(clash: &Clash) -> bool {
    matches!(clash.code, "contradiction/empty-permission" | "contradiction/cut-permission")
}

fn of_clause(name: &str, point: Point) -> String {
    match point {
        Point::Start => format!("`{name}` begins"),
        Point::End => format!("`{name}` ends"),
        Point::Fulfilment => format!("`{name}` is fulfilled"),
    }
}

/// The words of a norm: from those who act to its last phrase; of one of several acts its own words.
pub(super) fn words(norm: &Norm) -> Loc {
    match norm.actors.list.first() {
        Some(actor) if norm.act.is_none() && norm.form == ActForm::Active && actor.at.file == norm.at.file => {
            Loc { span: actor.at.span.to(norm.at.span), ..norm.at }
        }
        _ => norm.at,
    }
}

fn own_text(model: &Model, norm: &Norm) -> bool {
    model.clause(norm.clause).item.own
}

pub(super) fn ticked_norms(model: &Model, norms: &[NormId]) -> String {
    let names: Vec<String> = norms.iter().map(|norm| model.norm_name(*norm)).collect();
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    crate::model::listed(&names, "and")
}

pub(super) fn bare(model: &Model, norms: &[NormId]) -> String {
    let names: Vec<String> = norms.iter().map(|norm| model.norm_name(*norm)).collect();
    names.join(", ")
}
