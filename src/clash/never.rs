//! Clauses that can never apply: conditions that exclude each other, or what they wait for.

use super::condition;
use super::lower::Reader;
use super::problem::{Claim, Kind, Window};
use super::search::{Effort, Search};
use super::solver::Formula;
use super::timeline::{Timeline, Width};
use crate::model::NormId;
use crate::model::vocabulary::Nature;
use smallvec::SmallVec;

/// The norms of a draft whose conditions no history meets.
pub(super) fn never(reader: &mut Reader, effort: Effort) -> Vec<NormId> {
    let model = reader.model;
    let mut found = Vec::new();
    for (number, norm) in model.norms.iter().enumerate() {
        let id = NormId(number as u32);
        if norm.guard.is_empty() || !reader.counts(norm) {
            continue;
        }
        let Some(window) = reader.line.window(id, norm, Width::Widest) else { continue };
        let Some(parts) = condition::parts(&mut reader.line, model, id, norm) else { continue };
        reader.line.read();
        let achieve = norm.action.is_some_and(|action| model.vocabulary.action(action).nature == Nature::Achieve);
        let mut pieces: Vec<(Window, Formula)> = Vec::new();
        let mut unknown = false;
        for part in &parts {
            let these: Option<Vec<_>> = match achieve && norm.mode == crate::model::norm::Mode::Oblige {
                true => part.duty(&reader.line, &window).map(|piece| vec![piece]),
                false => part
                    .windows(&reader.line, &window)
                    .map(|windows| windows.into_iter().map(|window| (window, Formula::True)).collect()),
            };
            match these {
                Some(these) => pieces.extend(these),
                None => unknown = true,
            }
        }
        if !unknown && !pieces.iter().any(|(window, needs)| plain(&reader.line, window, needs)) {
            let claim = |(window, needs): (Window, Formula)| Claim {
                norm: id,
                kind: Kind::Achieve,
                verbs: Vec::new(),
                window,
                also: Vec::new(),
                text: None,
                needs,
                presupposes: SmallVec::new(),
                actors: SmallVec::new(),
                scopes: SmallVec::new(),
            };
            if pieces.into_iter().all(|piece| Search::applies(&reader.line, &claim(piece), effort) == Some(false)) {
                found.push(id);
            }
        }
    }
    found
}

/// Whether a window certainly opens in some history: each of its points is free and on one side only.
fn plain(line: &Timeline, window: &Window, needs: &Formula) -> bool {
    let free = |point| {
        let row = line.row(point);
        row.after.is_empty() && row.until.is_empty()
    };
    let opens = window
        .ends
        .iter()
        .all(|end| window.starts.iter().all(|start| start.point != end.point || start.plus <= end.plus));
    let points = || window.starts.iter().chain(&window.ends).map(|term| term.point);
    *needs == Formula::True
        && opens
        && points().all(free)
        && window
            .ends
            .iter()
            .all(|end| window.starts.iter().any(|start| start.point == end.point) || window.ends.len() == 1)
}
