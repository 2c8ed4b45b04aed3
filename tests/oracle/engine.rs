//! The engine's answers, as the oracle asks for them.

use crate::check::{Answer, Kind};
use crate::judge::Judge;
use rapporteur::clash::{Clash, Effort, PointOf, Scale, clashes};
use rapporteur::model::Model;
use rapporteur::model::norm::Mode;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// What the engine finds in a draft; an error where it left anything undecided or says what nobody can read.
pub fn answers(model: &Model) -> Result<Vec<Answer>, String> {
    let clashes = clashes(model, Effort::NORMAL);
    if !clashes.undecided.is_empty() {
        return Err(format!("undecided: {:?}", clashes.undecided));
    }
    if clashes.scale.tick != DAY {
        return Err(format!("{:?}, and all is said in days", clashes.scale));
    }
    clashes.found.iter().map(|clash| answer(model, clash, clashes.scale)).collect()
}

fn answer(model: &Model, clash: &Clash, scale: Scale) -> Result<Answer, String> {
    let permits = model.norm(clash.duty).mode == Mode::Permit;
    let kind = match (clash.code, clash.soft, permits) {
        ("contradiction/duty-against-ban", false, false) => Kind::Ban,
        ("contradiction/duty-against-ban", true, false) => Kind::WeakBan,
        ("contradiction/duty-against-exemption", false, false) => Kind::Release,
        ("contradiction/empty-permission", false, true) => Kind::Permission,
        ("contradiction/empty-permission", true, true) => Kind::WeakPermission,
        ("contradiction/trap", false, false) => Kind::Trap,
        ("contradiction/cut-permission", false, true) => Kind::Cut,
        ("time/unbounded-prerequisite", ..) => Kind::Late,
        _ => return Err(format!("no such clash: {clash:?}")),
    };
    if !clash.minimal {
        return Err(format!("not shown to be minimal: {clash:?}"));
    }
    let judge = Judge::new(model);
    let beginning = judge.beginning_point().map(|(id, milestone)| PointOf::Milestone(id, milestone));
    // The tick that is day 0: by the calendar, or as the story has it.
    let told_beginning = clash.story.iter().find(|(point, _)| Some(*point) == beginning).and_then(|(_, tick)| *tick);
    let first = match (scale.epoch, judge.day_0()) {
        (Some(epoch), Some(day_0)) => (day_0 - epoch).div_euclid(DAY),
        _ => told_beginning.unwrap_or(0),
    };
    let days = |(from, until): (i64, Option<i64>)| (from - first, until.map(|until| until - first));
    let mut told = vec![None; model.events.len()];
    for (point, tick) in &clash.story {
        let day = tick.map(|tick| tick - first);
        match point {
            PointOf::Event(event) => told[event.index()] = Some(day),
            PointOf::Origin | PointOf::Milestone(..) => {}
            other => return Err(format!("a story of {other:?}, of which the draft says nothing")),
        }
    }
    let cut = match clash.cut {
        Some(PointOf::Event(event)) => Some(event),
        None => None,
        other => return Err(format!("a trap shut by {other:?}")),
    };
    Ok(Answer {
        kind,
        cut,
        norm: clash.duty,
        set: clash.against.clone(),
        told,
        days: days(clash.days),
        banned: clash.banned.iter().map(|&(ban, from, until)| (ban, days((from, until)))).collect(),
    })
}
