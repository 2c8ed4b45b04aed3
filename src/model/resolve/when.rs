//! Points in time.

use super::Resolver;
use super::scope::{Named, Want};
use crate::model::calendar;
use crate::model::names::{Symbol, known};
use crate::model::time::{Anchor, Milestone, Offset, Point, Time};
use crate::model::{Entity, InstrumentId, MentionRole};
use crate::source::Span;
use crate::syntax::tree::{Reference, TimeBase, TimePoint};

impl Resolver<'_> {
    /// A point in time as written. `bare` says which point of a phase its name alone means.
    pub(super) fn time(&mut self, point: &TimePoint, bare: Point, role: MentionRole) -> Time {
        let anchor = self.anchor(&point.base, bare, role);
        let mut offset = Offset::ZERO;
        for one in point.offsets {
            let by = self.duration(&one.by);
            offset = offset.plus(if one.back { by.back() } else { by });
        }
        Time { at: self.at(point.span), anchor, offset }
    }

    fn anchor(&mut self, base: &TimeBase, bare: Point, role: MentionRole) -> Anchor {
        match base {
            TimeBase::Date(span) => match calendar::date(self.text(*span)) {
                Some(date) => Anchor::Date(date),
                None => self.no_such_date(*span, "day"),
            },
            TimeBase::Month(span) => match calendar::month(self.text(*span)) {
                Some(date) => Anchor::Month(date),
                None => self.no_such_date(*span, "month"),
            },
            TimeBase::Instant(span) => match calendar::instant(self.text(*span)) {
                Some(instant) => Anchor::Instant(instant),
                None => self.no_such_date(*span, "moment"),
            },
            TimeBase::Text(text) => Anchor::Prose(self.words(*text)),
            TimeBase::Name(reference) => self.named_time(reference, bare, role),
            TimeBase::Of(word, reference) => self.point_of(*word, reference, role),
            TimeBase::EntryIntoForce(None) => self.milestone(Milestone::EntryIntoForce, known::ENTRY_INTO_FORCE),
            TimeBase::EntryIntoForce(Some(reference)) => self.milestone_of(Milestone::EntryIntoForce, reference, role),
        }
    }

    fn no_such_date(&mut self, span: Span, what: &str) -> Anchor {
        let text = self.text(span);
        let message = format!("the calendar has no {what} `{text}`");
        let help = "check the day, the month and the hour; a date is written year-month-day, `2026-01-06`";
        self.error("time/impossible-date", message, span, format!("no such {what}"), help.into());
        let name = self.symbol(span);
        Anchor::Unknown(name)
    }

    fn named_time(&mut self, reference: &Reference, bare: Point, role: MentionRole) -> Anchor {
        match self.named(reference) {
            Named::Entity(entity) => {
                self.mention(entity, reference.span, role);
                self.entity_time(entity, reference.span, bare)
            }
            Named::Norms(norms) => {
                self.mention_norms(norms, reference.span, role);
                Anchor::Norms(norms, if bare == Point::Start { bare } else { Point::Fulfilment })
            }
            Named::Nothing(name) => match milestone_word(name) {
                Some(milestone) => self.milestone(milestone, name),
                None => {
                    self.undefined(name, reference.span, Want::Time);
                    Anchor::Unknown(name)
                }
            },
        }
    }

    /// The point in time that a declared name alone stands for. A clause stands for its fulfilment, a phase for `bare`.
    pub(super) fn entity_time(&mut self, entity: Entity, span: Span, bare: Point) -> Anchor {
        match entity {
            Entity::Event(id) => Anchor::Event(id),
            Entity::Clause(id) => Anchor::Clause(id, Point::Fulfilment),
            Entity::Phase(id) => Anchor::Phase(id, bare),
            Entity::Instrument(id) => Anchor::Instrument(id, Milestone::EntryIntoForce),
            Entity::Party(_) | Entity::Place(_) | Entity::Thing(_) | Entity::Term(_) => {
                let help = "write a date, or the name of an event: `event NAME \"what happens\"`";
                self.wrong_kind(entity, span, "a point in time", help);
                Anchor::Unknown(self.symbol(span))
            }
        }
    }

    /// `start of X`, `end of X`, `fulfilment of X`, `signature of X`
    fn point_of(&mut self, word: Span, reference: &Reference, role: MentionRole) -> Anchor {
        let name = self.symbol(word);
        let point = match name {
            known::START => Point::Start,
            known::END => Point::End,
            known::FULFILMENT => Point::Fulfilment,
            _ => match milestone_word(name) {
                Some(milestone) => return self.milestone_of(milestone, reference, role),
                None => {
                    let message = format!("`{} of` is no point in time", self.text(word));
                    let help = format!(
                        "declare an event and name it alone (`event {} \"…\"`), or write `start of`, `end of`, `fulfilment of`, \
                         `signature of`, `entry into force of` or `expiry of`",
                        self.text(word)
                    );
                    self.error("structure/undefined-name", message, word, "not a point in time".into(), help);
                    return Anchor::Unknown(name);
                }
            },
        };
        let span = reference.span;
        match self.named(reference) {
            Named::Norms(norms) => {
                self.mention_norms(norms, span, role);
                Anchor::Norms(norms, point)
            }
            Named::Entity(entity) => {
                self.mention(entity, span, role);
                match (entity, point) {
                    (Entity::Clause(id), _) => Anchor::Clause(id, point),
                    (Entity::Phase(id), Point::Fulfilment) => Anchor::Phase(id, Point::End),
                    (Entity::Phase(id), _) => Anchor::Phase(id, point),
                    (Entity::Event(id), _) => Anchor::Event(id),
                    (Entity::Instrument(id), Point::Start) => Anchor::Instrument(id, Milestone::EntryIntoForce),
                    (Entity::Instrument(id), _) => Anchor::Instrument(id, Milestone::Expiry),
                    _ => self.entity_time(entity, span, point),
                }
            }
            Named::Nothing(name) => {
                self.undefined(name, span, Want::Time);
                Anchor::Unknown(name)
            }
        }
    }

    /// A milestone of the instrument that the text belongs to.
    fn milestone(&mut self, milestone: Milestone, name: Symbol) -> Anchor {
        match self.instrument.or(self.ground.model.declaration) {
            Some(instrument) => Anchor::Instrument(instrument, milestone),
            None => Anchor::Unknown(name),
        }
    }

    fn milestone_of(&mut self, milestone: Milestone, reference: &Reference, role: MentionRole) -> Anchor {
        match self.named(reference) {
            Named::Entity(Entity::Instrument(id)) => {
                self.mention(Entity::Instrument(id), reference.span, role);
                Anchor::Instrument(id, milestone)
            }
            Named::Entity(entity) => {
                self.wrong_kind(entity, reference.span, "an instrument", "");
                Anchor::Unknown(self.symbol(reference.span))
            }
            Named::Norms(_) => Anchor::Unknown(self.symbol(reference.span)),
            Named::Nothing(name) => {
                self.undefined(name, reference.span, Want::Any);
                Anchor::Unknown(name)
            }
        }
    }

    /// A milestone word as a point in time, in a field: `provisional-application: signature`.
    pub(super) fn milestone_value(&mut self, name: Symbol, span: Span) -> Option<Time> {
        let milestone = milestone_word(name)?;
        let anchor = self.milestone(milestone, name);
        Some(Time { at: self.at(span), anchor, offset: Offset::ZERO })
    }

    /// Whether an instrument says when it enters into force; its duties otherwise run from its signature.
    pub(super) fn beginning(&self, instrument: InstrumentId) -> Milestone {
        let row = self.ground.model.instrument(instrument);
        if row.in_force.is_some() { Milestone::EntryIntoForce } else { Milestone::Signature }
    }
}

fn milestone_word(name: Symbol) -> Option<Milestone> {
    match name {
        known::SIGNATURE | known::SIGNED => Some(Milestone::Signature),
        known::ENTRY_INTO_FORCE | known::IN_FORCE => Some(Milestone::EntryIntoForce),
        known::EXPIRY | known::EXPIRES => Some(Milestone::Expiry),
        _ => None,
    }
}
