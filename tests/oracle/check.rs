//! Holds answers against the judge.

use crate::judge::{Family, Found, Judge, Level, Verdict, Window};
use rapporteur::model::{EventId, Model, NormId};
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
    /// A duty that something can make impossible before its time is over.
    Trap,
    /// A permission that a ban takes a part of.
    Cut,
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
    /// Of a trap what makes the duty impossible.
    pub cut: Option<EventId>,
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
    pub traps: usize,
    pub cuts: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.verdicts += other.verdicts;
        self.clashes += other.clashes;
        self.several += other.several;
        self.late += other.late;
        self.traps += other.traps;
        self.cuts += other.cuts;
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
    let own = || verdicts.iter().filter(|verdict| verdict.norm == norm);
    if kinds.is_empty() && own().any(|verdict| verdict.trap) {
        kinds.insert(Kind::Trap);
    }
    if kinds.iter().all(|kind| *kind == Kind::Late) && own().any(|verdict| !verdict.cuts.is_empty()) {
        kinds.insert(Kind::Cut);
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
            // Of a right each ban that takes a part is told.
            let cuts = verdicts.iter().filter(|verdict| verdict.norm == norm).flat_map(|verdict| &verdict.cuts);
            let wanted = if kind == Kind::Cut { cuts.collect::<BTreeSet<_>>().len() } else { 1 };
            if reported != wanted {
                let name = model.norm_name(norm);
                let _ = writeln!(wrong, "{name}: {kind:?} is to be reported {wanted} times, and is {reported} times");
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let of = |kind: Kind| answers.iter().filter(|answer| answer.kind == kind).count();
    Ok(Count {
        drafts: 1,
        verdicts: verdicts.len(),
        clashes: answers.len(),
        several: answers.iter().filter(|answer| answer.set.len() > 1).count(),
        late: of(Kind::Late),
        traps: of(Kind::Trap),
        cuts: of(Kind::Cut),
    })
}

/// What is wrong with an answer, if it is about this duty.
fn fault(judge: &Judge, verdict: &Verdict, answer: &Answer, last: i64) -> Option<String> {
    let Answer { kind, set, told, .. } = answer;
    let duty = verdict.duty;
    let told_last = told.iter().flatten().flatten().copied().max().unwrap_or(0).max(last);
    let (family, level) = (kind.family(), kind.level());
    if matches!(kind, Kind::Cut | Kind::Trap) {
        return fault_of_part(judge, verdict, answer, last, told_last);
    }
    let Some(scene) = judge.set_clashes_somewhere(duty, set, family, level, told, told_last) else {
        return Some("the story does not make it clash".to_owned());
    };
    if !judge.is_due(duty, set, family, answer.days, &scene) {
        return Some("these are not its days".to_owned());
    }
    if let Some((ban, ..)) =
        answer.banned.iter().find(|(ban, days)| !set.contains(ban) || !judge.bans_on(Some(duty), *ban, *days, &scene))
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
        Kind::Trap | Kind::Cut => false,
    };
    if !right {
        return Some(format!("reported at the wrong level: {found:?}"));
    }
    let smaller = judge.smaller(duty, set, family, level, last)?;
    Some(format!("{smaller:?} is enough"))
}

/// What is wrong with a trap or a cut, if it is about this duty.
fn fault_of_part(judge: &Judge, verdict: &Verdict, answer: &Answer, last: i64, told_last: i64) -> Option<String> {
    let Answer { kind, set, told, days, banned, cut, .. } = answer;
    let duty = verdict.duty;
    let mut story = None;
    judge.every_history(told_last, told, &mut |history| {
        let scene = judge.scene(history);
        let holds = match (kind, set.as_slice()) {
            (Kind::Cut, [ban]) => judge.cuts_on(duty, *ban, days.0, &scene),
            (Kind::Trap, _) => {
                let event = judge.traps(duty, Some(set), &scene);
                let on = |event: EventId| history[event.index()] == Some(days.0);
                // Two may come on the same day.
                event.is_some_and(on) && cut.is_some_and(on)
            }
            _ => false,
        };
        if holds {
            story = Some(scene);
        }
        story.is_none()
    });
    let Some(scene) = story else { return Some("the story does not hold".to_owned()) };
    // A right is cut on a day of its text.
    let text = Some(duty).filter(|_| *kind == Kind::Trap);
    if banned.iter().any(|(ban, days)| !set.contains(ban) || !judge.bans_on(text, *ban, *days, &scene)) {
        return Some("these are not the days of its bans".to_owned());
    }
    if let Some(ban) = set.iter().find(|ban| banned.iter().all(|(told, _)| told != *ban)) {
        return Some(format!("the days of {ban:?} are not told"));
    }
    let nothing_told = vec![None; told.len()];
    let parts = (0..(1_usize << set.len()) - 1)
        .map(|bits| (0..set.len()).filter(|i| bits & (1 << i) != 0).map(|i| set[i]).collect::<Vec<_>>());
    for part in parts.filter(|_| *kind == Kind::Trap) {
        let mut enough = false;
        judge.every_history(last, &nothing_told, &mut |history| {
            enough = judge.traps(duty, Some(&part), &judge.scene(history)).is_some();
            !enough
        });
        if enough {
            return Some(format!("{part:?} is enough"));
        }
    }
    None
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
