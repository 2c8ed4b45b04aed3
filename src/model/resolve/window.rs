//! Windows: from the phrases of time to the points between which an act may or must take place.

use super::Resolver;
use super::phrase::{Said, push};
use crate::model::time::{Anchor, Edge, Length, Offset, Point, Time, TimePhrase, TimePhraseKind, Window};
use crate::source::Loc;
use crate::syntax::tree::{Bound, Lead};

/// Whether the point itself is in the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    In,
    Out,
}

impl Said {
    /// Takes in a phrase of time with a point: `by T`, `after T`, …
    pub(super) fn time(&mut self, lead: Lead, time: Time, at: Loc) {
        let kind = match lead {
            Lead::By | Lead::NoLaterThan => {
                // With `T + D` not before T itself.
                if time.offset > Offset::ZERO && !time.is_dated() {
                    self.start(Time { offset: Offset::ZERO, ..time.clone() }, End::In, at);
                }
                self.end(time.clone(), End::In, at);
                TimePhraseKind::By(time)
            }
            Lead::NoEarlierThan => {
                self.start(time.clone(), End::In, at);
                TimePhraseKind::NotBefore(time)
            }
            Lead::Before => {
                self.end(time.clone(), End::Out, at);
                TimePhraseKind::Before(time)
            }
            Lead::Upon => {
                self.start(time.clone(), End::In, at);
                TimePhraseKind::Upon(time)
            }
            Lead::UponEach => {
                self.start(time.clone(), End::In, at);
                TimePhraseKind::UponEach(time)
            }
            Lead::Until => {
                self.end(time.clone(), End::Out, at);
                TimePhraseKind::Until(time)
            }
            Lead::During => {
                self.start(time.clone(), End::In, at);
                if let Some(end) = end_of(&time) {
                    self.end(end, End::Out, at);
                }
                TimePhraseKind::During(time)
            }
            Lead::As | Lead::InParallelWith => {
                self.start(time.clone(), End::In, at);
                TimePhraseKind::Together(time)
            }
            Lead::On | Lead::At | Lead::In => {
                self.start(time.clone(), End::In, at);
                self.end(time.clone(), End::In, at);
                TimePhraseKind::On(time)
            }
            _ => {
                self.start(time.clone(), End::In, at);
                TimePhraseKind::After(time)
            }
        };
        push(&mut self.times, TimePhrase { at, kind });
    }

    /// `within D of T`
    pub(super) fn within(&mut self, length: Length, anchor: Option<Time>, at: Loc) {
        if let (Some(anchor), Some(high)) = (&anchor, length.high) {
            self.start(anchor.clone(), End::In, at);
            self.end(anchor.moved(high), End::In, at);
        }
        push(&mut self.times, TimePhrase { at, kind: TimePhraseKind::Within(length, anchor) });
    }

    /// `D after T`: from that point on; with a bound as it says.
    pub(super) fn distance_after(&mut self, length: Length, bound: Option<Bound>, anchor: Time, at: Loc) {
        let exact = bound == Some(Bound::Exactly) || (length.low != length.high && length.low.is_some());
        match (length.low, length.about) {
            (Some(low), false) => {
                let end = if bound == Some(Bound::MoreThan) { End::Out } else { End::In };
                self.start(anchor.moved(low), end, at);
            }
            _ => self.start(anchor.clone(), End::In, at),
        }
        if let Some(high) = length.high.filter(|_| (exact || length.low.is_none()) && !length.about) {
            let end = if bound == Some(Bound::FewerThan) { End::Out } else { End::In };
            self.end(anchor.moved(high), end, at);
        }
        push(&mut self.times, TimePhrase { at, kind: TimePhraseKind::DistanceAfter(length, anchor) });
    }

    /// `D before T`: up to that point; with a bound as it says.
    pub(super) fn distance_before(&mut self, length: Length, bound: Option<Bound>, anchor: Time, at: Loc) {
        let exact = bound == Some(Bound::Exactly) || (length.low != length.high && length.high.is_some());
        if let Some(low) = length.low.filter(|_| !length.about) {
            let end = if bound == Some(Bound::MoreThan) { End::Out } else { End::In };
            self.end(anchor.moved(low.back()), end, at);
        } else {
            self.end(anchor.clone(), End::In, at);
        }
        if let Some(high) = length.high.filter(|_| (exact || length.low.is_none()) && !length.about) {
            let end = if bound == Some(Bound::FewerThan) { End::Out } else { End::In };
            self.start(anchor.moved(high.back()), end, at);
        }
        push(&mut self.times, TimePhrase { at, kind: TimePhraseKind::DistanceBefore(length, anchor) });
    }

    fn start(&mut self, time: Time, end: End, at: Loc) {
        push(&mut self.window.starts, Edge { time, inclusive: end == End::In, required: true, at });
    }

    fn end(&mut self, time: Time, end: End, at: Loc) {
        push(&mut self.window.ends, Edge { time, inclusive: end == End::In, required: false, at });
    }
}

impl Resolver<'_> {
    /// Ends a window that lasts: `for D` counts from where the window starts, which all phrases together say.
    pub(super) fn lasting(&self, times: &[TimePhrase], window: &mut Window) {
        for phrase in times {
            let TimePhraseKind::For(length) = &phrase.kind else { continue };
            let Some(high) = length.high.or(length.low).filter(|_| !length.about) else { continue };
            let starts: Vec<Time> = match window.starts.as_slice() {
                [] => self.opening(phrase.at).into_iter().collect(),
                starts => starts.iter().map(|edge| edge.time.clone()).collect(),
            };
            // With several starts the latest counts, and nobody knows yet which that is.
            if let [start] = starts.as_slice() {
                let time = start.moved(high);
                window.ends.push(Edge { time, inclusive: false, required: false, at: phrase.at });
            }
        }
    }

    /// Where a window without a start begins: with the instrument.
    fn opening(&self, at: Loc) -> Option<Time> {
        let instrument = self.instrument.or(self.ground.model.declaration)?;
        let anchor = Anchor::Instrument(instrument, self.beginning(instrument));
        Some(Time { at, anchor, offset: Offset::ZERO })
    }

    /// Reports a window of two dates that ends before it starts.
    pub(super) fn empty_window(&mut self, window: &Window) {
        for start in &window.starts {
            for end in &window.ends {
                if start.at == end.at || start.time.at.file != self.file {
                    continue;
                }
                let order = start.time.compare(&end.time);
                if order != Some(std::cmp::Ordering::Greater) {
                    continue;
                }
                let from = self.text(start.time.at.span).to_owned();
                let until = self.text(end.time.at.span).to_owned();
                let finding = crate::finding::Finding::new(
                    "time/impossible-range",
                    crate::finding::Level::Error,
                    format!("the time ends at `{until}`, before it starts at `{from}`"),
                    end.at,
                )
                .saying("ends here")
                .label(start.at, "starts only here")
                .help("let the act start earlier or end later");
                self.report(finding);
                return;
            }
        }
    }
}

/// The end of what a point is the start of.
fn end_of(time: &Time) -> Option<Time> {
    let anchor = match time.anchor {
        Anchor::Phase(id, _) => Anchor::Phase(id, Point::End),
        Anchor::Clause(id, _) => Anchor::Clause(id, Point::End),
        Anchor::Norms(norms, _) => Anchor::Norms(norms, Point::End),
        Anchor::Date(_) | Anchor::Month(_) => return Some(time.clone()),
        _ => return None,
    };
    Some(Time { anchor, ..time.clone() })
}
