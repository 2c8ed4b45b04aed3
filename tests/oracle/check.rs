//! Holds answers against the judge.

use crate::judge::{Family, Found, Judge, Level, Verdict, Window};
use rapporteur::model::{Model, NormId};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How a clash is reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Kind {
    /// A duty that a ban makes impossible.
    Ban,
    /// A duty that another norm releases from.
    Release,
    /// A permission that is never free.
    Permission,
    /// A duty that is impossible only where something else comes late.
    Late,
    /// As the first three, where a side is no more than an intention or an effort.
    WeakBan,
    WeakPermission,
}

impl Kind {
    /// What the norm is held against.
    pub fn family(self) -> Family {
        if self == Kind::Release { Family::Releases } else { Family::Bans }
    }

    pub fn level(self) -> Level {
        if self == Kind::Late { Level::Loose } else { Level::Tight }
    }
}

/// A clash that was reported.
#[derive(Clone, Debug)]
pub struct Answer {
    pub kind: Kind,
    pub norm: NormId,
    /// The bans or releases that it clashes with.
    pub set: Vec<NormId>,
    /// For each event: not told, or its day or never.
    pub told: Vec<Option<Option<i64>>>,
    /// The days of the duty, and of each ban.
    pub days: Window,
    pub banned: Vec<(NormId, Window)>,
}

/// What was asked and found of one draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub drafts: usize,
    pub verdicts: usize,
    pub clashes: usize,
    /// Those with more than one ban.
    pub several: usize,
    pub late: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.verdicts += other.verdicts;
        self.clashes += other.clashes;
        self.several += other.several;
        self.late += other.late;
    }
}

/// How the verdicts of one norm are to be reported. What is firm for one who owes it is so for the norm.
pub fn kinds(verdicts: &[Verdict], norm: NormId) -> BTreeSet<Kind> {
    let mut kinds: BTreeSet<Kind> = verdicts.iter().filter(|verdict| verdict.norm == norm).flat_map(kinds_of).collect();
    for (firm, weak) in [(Kind::Ban, Kind::WeakBan), (Kind::Permission, Kind::WeakPermission)] {
        if kinds.contains(&firm) {
            kinds.remove(&weak);
        }
    }
    kinds
}

/// Against bans and against releases.
fn kinds_of(verdict: &Verdict) -> impl Iterator<Item = Kind> + use<> {
    let [firm, weak] =
        if verdict.permits { [Kind::Permission, Kind::WeakPermission] } else { [Kind::Ban, Kind::WeakBan] };
    let bans = match verdict.bans {
        Found { firm_tight: true, .. } => Some(if verdict.weak { weak } else { firm }),
        Found { firm_loose: true, .. } => Some(Kind::Late),
        Found { any_tight: true, .. } => Some(weak),
        _ => None,
    };
    // Who need not act waits for nothing, so a release that may last is nobody's late prerequisite.
    let released = verdict.releases.firm_tight && !verdict.weak && !verdict.permits;
    bans.into_iter().chain(released.then_some(Kind::Release))
}

/// The norms that were asked about.
pub fn asked(verdicts: &[Verdict]) -> Vec<NormId> {
    let mut norms: Vec<NormId> = verdicts.iter().map(|verdict| verdict.norm).collect();
    norms.dedup();
    norms
}

/// The last day on which an event is tried: behind all that the lengths in a draft of that many events can tell apart.
pub fn last_day(model: &Model) -> i64 {
    if model.events.len() > 2 { 16 } else { 24 }
}

/// Whether the answers are those of the judge: each is sound and minimal, and none is missing. What is wrong otherwise.
pub fn check(model: &Model, judge: &Judge, verdicts: &[Verdict], answers: &[Answer]) -> Result<Count, String> {
    let last = last_day(model);
    let mut wrong = String::new();
    for answer in answers {
        let own = verdicts.iter().filter(|verdict| verdict.norm == answer.norm);
        let faults: Vec<Option<String>> = own.map(|verdict| fault(judge, verdict, answer, last)).collect();
        if faults.iter().all(Option::is_some) {
            let faults: Vec<String> = faults.into_iter().flatten().collect();
            let _ = writeln!(wrong, "{}: {}", shown(model, answer), faults.join("; "));
        }
    }
    for norm in asked(verdicts) {
        for kind in kinds(verdicts, norm) {
            let reported = answers.iter().filter(|one| one.norm == norm && one.kind == kind).count();
            if reported != 1 {
                let name = model.norm_name(norm);
                let _ = writeln!(wrong, "{name}: {kind:?} is to be reported once, and is {reported} times");
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Count {
        drafts: 1,
        verdicts: verdicts.len(),
        clashes: answers.len(),
        several: answers.iter().filter(|answer| answer.set.len() > 1).count(),
        late: answers.iter().filter(|answer| answer.kind == Kind::Late).count(),
    })
}

/// What is wrong with an answer, if it is about this duty.
fn fault(judge: &Judge, verdict: &Verdict, answer: &Answer, last: i64) -> Option<String> {
    let Answer { kind, set, told, .. } = answer;
    let duty = verdict.duty;
    let told_last = told.iter().flatten().flatten().copied().max().unwrap_or(0).max(last);
    let (family, level) = (kind.family(), kind.level());
    let Some(scene) = judge.set_clashes_somewhere(duty, set, family, level, told, told_last) else {
        return Some("the story does not make it clash".to_owned());
    };
    if !judge.is_due(duty, set, family, answer.days, &scene) {
        return Some("these are not its days".to_owned());
    }
    if let Some((ban, ..)) =
        answer.banned.iter().find(|(ban, days)| !set.contains(ban) || !judge.bans_on(*ban, *days, &scene))
    {
        return Some(format!("these are not the days of {ban:?}"));
    }
    if let Some(ban) = set.iter().find(|ban| answer.banned.iter().all(|(told, _)| told != *ban)) {
        return Some(format!("the days of {ban:?} are not told"));
    }
    let found = if family == Family::Bans { verdict.bans } else { verdict.releases };
    let firm_bans = set.iter().all(|ban| !judge.is_weak(*ban));
    let right = match kind {
        Kind::Late => !found.firm_tight && (firm_bans || !found.firm_loose),
        Kind::Ban | Kind::Release | Kind::Permission => firm_bans && !verdict.weak,
        Kind::WeakBan | Kind::WeakPermission if firm_bans => verdict.weak,
        Kind::WeakBan | Kind::WeakPermission => !found.firm_loose,
    };
    if !right {
        return Some(format!("reported at the wrong level: {found:?}"));
    }
    let smaller = judge.smaller(duty, set, family, level, last)?;
    Some(format!("{smaller:?} is enough"))
}

/// An answer in words.
pub fn shown(model: &Model, answer: &Answer) -> String {
    let set: Vec<String> = answer.set.iter().map(|id| model.norm_name(*id)).collect();
    let name = |event: usize| model.text(model.events[event].item.name);
    let days = answer.told.iter().enumerate().filter_map(|(event, told)| {
        Some(match (*told)? {
            Some(day) => format!("{} on day {day}", name(event)),
            None => format!("{} never", name(event)),
        })
    });
    let days: Vec<String> = days.collect();
    let (norm, set, days) = (model.norm_name(answer.norm), set.join(", "), days.join(", "));
    format!("{:?} {norm} {:?} against {set} {:?} ({days})", answer.kind, answer.days, answer.banned)
}
