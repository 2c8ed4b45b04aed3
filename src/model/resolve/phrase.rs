//! Phrases: what a name behind a preposition is to the act, settled by the kind of what it names.

use super::Resolver;
use super::amount::AmountPlace;
use super::scope::{Named, Want};
use crate::model::clause::{Target, What};
use crate::model::names::{Symbol, known};
use crate::model::norm::*;
use crate::model::quantity::Quantity;
use crate::model::time::{Anchor, Length, Offset, Point, Time, TimePhrase, TimePhraseKind, Window};
use crate::model::{Entity, MentionRole};
use crate::source::{Loc, Span};
use crate::syntax::tree::{self, Phrase, PhraseBody, Thing, ThingKind, Things};

/// What phrases say together.
#[derive(Clone, Default)]
pub(super) struct Said {
    /// `by X` of a passive.
    pub(super) agents: Vec<Target>,
    /// Names that the verb's own preposition brings.
    pub(super) objects: Objects,
    pub(super) quantity: Option<Box<Quantity>>,
    pub(super) roles: Vec<Role>,
    pub(super) times: Vec<TimePhrase>,
    pub(super) window: Window,
    pub(super) guard: Vec<Guard>,
    pub(super) orders: Vec<Order>,
    pub(super) words: Vec<Prose>,
    pub(super) purpose: Option<Box<Prose>>,
}

/// What the act says about its phrases.
#[derive(Clone, Copy)]
pub(super) struct Act {
    /// Whether `by X` names who acts.
    pub(super) form: ActForm,
    /// The preposition that brings the object, where the act has none yet.
    pub(super) through: Option<Symbol>,
}

/// What a name can be to an act, beside its role.
enum Part {
    Role(RoleKind),
    Agent,
    Time,
    Wrong(&'static str, &'static str),
}

impl Resolver<'_> {
    /// Takes in several phrases.
    pub(super) fn phrases(&mut self, phrases: &[Phrase], act: Act, said: &mut Said) {
        for phrase in phrases {
            self.phrase(phrase, act, said);
        }
    }

    fn phrase(&mut self, phrase: &Phrase, act: Act, said: &mut Said) {
        let at = self.at(phrase.span);
        match &phrase.body {
            PhraseBody::Names(things) => match order_kind(phrase.lead) {
                Some(kind) => self.order(kind, things, at, said),
                None => self.names(phrase.lead, things, at, act, said),
            },
            PhraseBody::Amount(amount) if self.is_frequency(amount) => {
                let times = self.quantity(amount, None, AmountPlace::Norm);
                let every = match &amount.every {
                    Some(every) => Some(self.interval(Some(every.number), every.unit, every.span)),
                    None => self.period(amount.per),
                };
                push(&mut said.times, TimePhrase { at, kind: TimePhraseKind::Times(times.low, times.high, every) });
            }
            PhraseBody::Amount(amount) => {
                let quantity = self.quantity(amount, None, AmountPlace::Norm);
                said.quantity.get_or_insert_with(|| Box::new(quantity));
            }
            PhraseBody::Time(point) => {
                let time = self.time(point, bare_point(phrase.lead), MentionRole::Time);
                let time = if phrase.lead == Lead::During { at_start(time) } else { time };
                said.time(phrase.lead, time, at);
            }
            PhraseBody::Within(duration, point) => {
                let high = self.duration(duration);
                let length = Length { at: self.at(duration.span), low: None, high: Some(high), about: false };
                let anchor = point.as_ref().map(|point| self.time(point, Point::Start, MentionRole::Time));
                said.within(length, anchor, at);
            }
            PhraseBody::Distance(length, point) => {
                let read = self.length(length);
                let bare = bare_point(phrase.lead);
                let anchor = self.time(point, bare, MentionRole::Time);
                match phrase.lead {
                    Lead::Before => said.distance_before(read, length.bound, anchor, at),
                    _ => said.distance_after(read, length.bound, anchor, at),
                }
            }
            PhraseBody::Length(length) => {
                let length = self.length(length);
                push(&mut said.times, TimePhrase { at, kind: TimePhraseKind::For(length) });
            }
            PhraseBody::Every(number, unit) => {
                let every = self.interval(*number, *unit, phrase.span);
                push(&mut said.times, TimePhrase { at, kind: TimePhraseKind::Every(every) });
            }
            PhraseBody::Condition(condition) => {
                let condition = self.condition(condition);
                push(&mut said.guard, Guard { at, lead: phrase.lead, condition });
            }
            PhraseBody::Text(text) => {
                let prose = Prose { at: self.at(text.span), text: self.words(*text) };
                match phrase.lead {
                    Lead::OnlyInOrderTo => said.purpose = Some(Box::new(prose)),
                    _ => push(&mut said.words, prose),
                }
            }
        }
    }

    fn names(&mut self, lead: Lead, things: &Things, at: Loc, act: Act, said: &mut Said) {
        if act.through.is_some() && act.through == preposition(lead) && said.objects.list.is_empty() {
            let several = self.objects(things);
            said.objects = Objects { list: several.list, any: things.any };
            said.quantity = said.quantity.take().or(several.quantity);
            return;
        }
        let before = said.times.len();
        for thing in things.list {
            self.name(lead, thing, at, act, said);
        }
        // One of several triggers is enough: no single point starts the window, but one of them must have come.
        if things.any && said.times.len() > before + 1 && matches!(lead, Lead::From | Lead::On | Lead::At) {
            said.window.starts.retain(|edge| edge.at != at);
            said.window.ends.retain(|edge| edge.at != at);
            let one_of = said.times.iter().skip(before).filter_map(|phrase| match &phrase.kind {
                TimePhraseKind::After(time) | TimePhraseKind::On(time) => holding(time),
                _ => None,
            });
            let condition = Condition::Any(one_of.collect());
            push(&mut said.guard, Guard { at, lead: Lead::If, condition });
        }
    }

    fn name(&mut self, lead: Lead, thing: &Thing, at: Loc, act: Act, said: &mut Said) {
        let span = thing.span;
        let (what, part) = match &thing.kind {
            ThingKind::Name(reference) => {
                if let Some(time) = self.milestone_name(lead, reference) {
                    return said.time(lead, time, at);
                }
                self.named_part(lead, reference, act)
            }
            ThingKind::Text(text) => (What::Prose(self.words(*text)), self.part_of_words(lead, act)),
            ThingKind::Amount((amount, of)) => {
                let what = of.as_ref().map(|reference| self.object(reference, MentionRole::Other));
                let of =
                    what.as_ref().and_then(|what| if let What::Entity(entity) = what { Some(*entity) } else { None });
                let quantity = self.quantity(amount, of, AmountPlace::Norm);
                let counted = quantity.of;
                said.quantity.get_or_insert_with(|| Box::new(quantity));
                let what = what.or(counted.map(What::Entity));
                (what.unwrap_or_else(|| What::Prose(self.text(span).into())), Part::Role(thing_role(lead)))
            }
            _ => (self.several_parties(thing), party_part(lead, act.form)),
        };
        match part {
            Part::Role(kind) => {
                if kind == RoleKind::Parallel
                    && let Some(anchor) = clause_anchor(&what)
                {
                    said.time(lead, Time { at: self.at(span), anchor, offset: Offset::ZERO }, at);
                }
                let target = Target { at: self.at(span), what };
                push(&mut said.roles, Role { kind, lead, target, at });
            }
            Part::Agent => push(&mut said.agents, Target { at: self.at(span), what }),
            Part::Time => {
                let anchor = match what {
                    What::Prose(words) => Anchor::Prose(words),
                    What::Entity(entity) => self.entity_time(entity, span, bare_point(lead)),
                    What::Norms(norms) => Anchor::Norms(norms, Point::Fulfilment),
                    What::Unknown(name) => Anchor::Unknown(name),
                    _ => return,
                };
                let time = Time { at: self.at(span), anchor, offset: Offset::ZERO };
                let time = if lead == Lead::As { at_start(time) } else { time };
                let during = matches!(time.anchor, Anchor::Phase(..)) && matches!(lead, Lead::In | Lead::For);
                said.time(if during { Lead::During } else { lead }, time, at);
            }
            Part::Wrong(wanted, help) => {
                if let What::Entity(entity) = &what {
                    self.wrong_kind(*entity, span, wanted, help);
                } else {
                    let message = format!("`{}` does not fit here, where {wanted} belongs", self.text(span));
                    self.error("structure/wrong-kind", message, span, format!("{wanted} belongs here"), help.into());
                }
                let target = Target { at: self.at(span), what };
                push(&mut said.roles, Role { kind: thing_role(lead), lead, target, at });
            }
        }
    }

    /// What a name behind a preposition stands for, and what it is to the act.
    fn named_part(&mut self, lead: Lead, reference: &tree::Reference, act: Act) -> (What, Part) {
        let span = reference.span;
        match self.named(reference) {
            Named::Entity(entity) => {
                let part = self.part(lead, entity, act.form);
                self.mention(entity, span, role_of(&part));
                (What::Entity(entity), part)
            }
            Named::Norms(norms) => {
                let part = match lead {
                    Lead::By | Lead::As | Lead::On | Lead::From => Part::Time,
                    Lead::InParallelWith => Part::Role(RoleKind::Parallel),
                    _ => Part::Role(thing_role(lead)),
                };
                self.mention_norms(norms, span, role_of(&part));
                (What::Norms(norms), part)
            }
            Named::Nothing(name) => self.unnamed_part(lead, name, span, act),
        }
    }

    fn unnamed_part(&mut self, lead: Lead, name: Symbol, span: Span, act: Act) -> (What, Part) {
        let (want, part) = match lead {
            Lead::With | Lead::For | Lead::Against | Lead::About | Lead::AccordingTo => {
                let kind = thing_role(lead);
                if self.scenario {
                    self.undefined(name, span, Want::Any);
                    return (What::Unknown(name), Part::Role(kind));
                }
                let entity = self.undeclared_thing(name, span);
                self.mention(entity, span, MentionRole::Other);
                return (What::Entity(entity), Part::Role(kind));
            }
            Lead::By if act.form == ActForm::Passive => (Want::Actor, Part::Agent),
            Lead::By => (Want::Time, Part::Time),
            Lead::As | Lead::InParallelWith => (Want::Clause, Part::Role(RoleKind::Parallel)),
            Lead::InAgreementWith => (Want::Actor, Part::Role(RoleKind::Consent)),
            Lead::Under => (Want::Actor, Part::Role(RoleKind::Under)),
            Lead::In | Lead::At | Lead::Along | Lead::Across | Lead::Near | Lead::From => {
                // A thing of the standard library, `participate in exercises`.
                if let Some(entity) = self.standard_thing(name, span) {
                    self.mention(entity, span, MentionRole::Other);
                    return (What::Entity(entity), self.part(lead, entity, act.form));
                }
                (Want::Place, Part::Role(thing_role(lead)))
            }
            _ => {
                if let Some(entity) = self.standard_thing(name, span) {
                    self.mention(entity, span, MentionRole::Other);
                    return (What::Entity(entity), self.part(lead, entity, act.form));
                }
                (Want::Any, Part::Role(thing_role(lead)))
            }
        };
        self.undefined(name, span, want);
        (What::Unknown(name), part)
    }

    /// What something declared is to the act: a place before an actor before a point in time.
    fn part(&self, lead: Lead, entity: Entity, form: ActForm) -> Part {
        use Entity::*;
        const PLACE: (&str, &str) =
            ("a place", "write the name of a place, as in `in PLACE`, or put it in quotation marks");
        match (lead, entity) {
            (Lead::InParallelWith, Clause(_)) => Part::Role(RoleKind::Parallel),
            (Lead::As, Clause(_) | Phase(_) | Event(_)) => Part::Time,
            (Lead::As, _) => Part::Wrong("a clause", "write `as CLAUSE begins`"),
            (Lead::By, Party(_)) => party_part(lead, form),
            (Lead::By, Clause(_)) if form == ActForm::Passive && self.acts(entity) => Part::Agent,
            (Lead::By, Event(_) | Phase(_) | Clause(_) | Instrument(_)) => Part::Time,
            (Lead::By, _) => {
                Part::Wrong("a point in time or a party", "write a date or an event, as in `by 2026-07-01`")
            }
            (Lead::In | Lead::Along | Lead::Across | Lead::Near, Party(_)) => Part::Wrong(PLACE.0, PLACE.1),
            (Lead::In, Phase(_)) => Part::Time,
            (Lead::In, Instrument(_)) => Part::Role(RoleKind::AccordingTo),
            (Lead::In, Thing(_) | Event(_)) => Part::Role(RoleKind::About),
            (Lead::At, Party(_)) => Part::Wrong(PLACE.0, PLACE.1),
            (Lead::At | Lead::On | Lead::From, Event(_) | Phase(_)) => Part::Time,
            (Lead::At, Thing(_)) => Part::Role(RoleKind::About),
            (Lead::On, Party(_)) => Part::Role(RoleKind::Against),
            (Lead::On, Thing(_) | Clause(_) | Term(_) | Instrument(_)) => Part::Role(RoleKind::About),
            (Lead::To, Place(_)) => Part::Role(RoleKind::Place),
            (Lead::To, Clause(_)) if self.is_kind(entity, known::HUB) => Part::Role(RoleKind::Place),
            (Lead::To, _) => Part::Role(RoleKind::Recipient),
            (Lead::With, Party(_)) => Part::Role(RoleKind::Partner),
            (Lead::With, Clause(_)) if self.is_kind(entity, known::BODY) => Part::Role(RoleKind::Partner),
            (Lead::For, Phase(_)) => Part::Time,
            _ => Part::Role(thing_role(lead)),
        }
    }

    /// `by signature`, `from expiry`: a point of the instrument, unless something has this name.
    fn milestone_name(&mut self, lead: Lead, reference: &tree::Reference) -> Option<Time> {
        if !matches!(lead, Lead::By | Lead::From | Lead::On | Lead::At) || !reference.letter().is_empty() {
            return None;
        }
        let name = self.ground.model.names.get(self.text(reference.path()))?;
        if self.lookup(name).is_some() { None } else { self.milestone_value(name, reference.span) }
    }

    fn part_of_words(&self, lead: Lead, act: Act) -> Part {
        match lead {
            Lead::By if act.form == ActForm::Passive => Part::Agent,
            Lead::By | Lead::As => Part::Time,
            _ => Part::Role(thing_role(lead)),
        }
    }

    /// Whether a clause stands for somebody who acts.
    fn acts(&self, entity: Entity) -> bool {
        let kind = self.ground.model.item(entity).kind;
        matches!(kind, known::BODY | known::TROOPS | known::HUB)
    }

    fn is_kind(&self, entity: Entity, kind: Symbol) -> bool {
        self.ground.model.item(entity).kind == kind
    }

    fn order(&mut self, kind: OrderKind, things: &Things, at: Loc, said: &mut Said) {
        for thing in things.list {
            let span = thing.span;
            let what = match &thing.kind {
                ThingKind::Name(reference) => match self.named(reference) {
                    Named::Entity(entity) => {
                        self.mention(entity, span, MentionRole::Order);
                        What::Entity(entity)
                    }
                    Named::Norms(norms) => {
                        self.mention_norms(norms, span, MentionRole::Order);
                        What::Norms(norms)
                    }
                    Named::Nothing(name) => match self.standard_thing(name, span) {
                        Some(entity) => What::Entity(entity),
                        None => {
                            let want = if kind == OrderKind::Except { Want::Any } else { Want::Clause };
                            self.undefined(name, span, want);
                            What::Unknown(name)
                        }
                    },
                },
                _ => self.several_parties(thing),
            };
            let yields = matches!(kind, OrderKind::SubjectTo | OrderKind::Notwithstanding | OrderKind::ExceptAsIn);
            if yields && self.is_own(&what) {
                // A mark that the clause does not have has been reported.
                let marked = matches!(&thing.kind, ThingKind::Name(reference) if !reference.letter().is_empty());
                if !marked || matches!(what, What::Norms(_)) {
                    self.yields_to_itself(span);
                }
                continue;
            }
            push(&mut said.orders, Order { kind, target: Target { at: self.at(span), what }, at });
        }
    }

    /// Whether this is the sentence that is being read, or the clause in which it stands.
    fn is_own(&self, what: &What) -> bool {
        let Some(norm) = self.norm else { return false };
        match what {
            What::Entity(Entity::Clause(id)) => self.ground.model.clause(*id).norms.contains(&norm.0),
            What::Norms(norms) => norms.ids().any(|id| id == norm),
            _ => false,
        }
    }

    fn yields_to_itself(&mut self, span: Span) {
        let name = self.text(span);
        let clause = name.split('(').next().unwrap_or(name);
        let message = format!("`{name}` is where this stands, and nothing prevails over itself");
        let help = format!(
            "name the other sentence: mark the sentences of `{clause}` with `(a)`, `(b)`, and write for example `subject to {clause}(b)`"
        );
        self.error("structure/priority-cycle", message, span, "the clause of this very sentence".into(), help);
    }
}

/// Adds to a list that seldom holds more than one, without keeping room for more.
pub(super) fn push<T>(list: &mut Vec<T>, one: T) {
    if list.capacity() == 0 {
        list.reserve_exact(1);
    }
    list.push(one);
}

fn order_kind(lead: Lead) -> Option<OrderKind> {
    Some(match lead {
        Lead::SubjectTo => OrderKind::SubjectTo,
        Lead::Notwithstanding => OrderKind::Notwithstanding,
        Lead::WithoutPrejudiceTo => OrderKind::WithoutPrejudiceTo,
        Lead::ExceptAsIn => OrderKind::ExceptAsIn,
        Lead::Except => OrderKind::Except,
        Lead::InAccordanceWith => OrderKind::InAccordanceWith,
        _ => return None,
    })
}

/// What a thing behind this word is, where its kind does not say otherwise.
fn thing_role(lead: Lead) -> RoleKind {
    match lead {
        Lead::From => RoleKind::Origin,
        Lead::To => RoleKind::Recipient,
        Lead::Against => RoleKind::Against,
        Lead::About => RoleKind::About,
        Lead::AccordingTo => RoleKind::AccordingTo,
        Lead::With => RoleKind::Means,
        Lead::For => RoleKind::Beneficiary,
        Lead::Under => RoleKind::Under,
        Lead::InAgreementWith => RoleKind::Consent,
        Lead::InParallelWith | Lead::As => RoleKind::Parallel,
        _ => RoleKind::Place,
    }
}

/// What a party, or words that stand for parties, are behind this word.
fn party_part(lead: Lead, form: ActForm) -> Part {
    match lead {
        Lead::By if form == ActForm::Active => {
            Part::Wrong("a point in time", "who acts stands before the verb; after `by` write a date or an event")
        }
        Lead::By => Part::Agent,
        Lead::With => Part::Role(RoleKind::Partner),
        Lead::On => Part::Role(RoleKind::Against),
        _ => Part::Role(thing_role(lead)),
    }
}

fn role_of(part: &Part) -> MentionRole {
    match part {
        Part::Agent => MentionRole::Actor,
        Part::Time => MentionRole::Time,
        Part::Role(RoleKind::Place | RoleKind::Origin) => MentionRole::Place,
        Part::Role(_) | Part::Wrong(..) => MentionRole::Other,
    }
}

/// The preposition as a verb's `through:` names it.
fn preposition(lead: Lead) -> Option<Symbol> {
    Some(match lead {
        Lead::In => known::IN,
        Lead::To => known::TO,
        Lead::From => known::FROM,
        Lead::At => known::AT,
        Lead::On => known::ON,
        Lead::Against => known::AGAINST,
        Lead::About => known::ABOUT,
        Lead::With => known::WITH,
        Lead::For => known::FOR,
        Lead::Under => known::UNDER,
        Lead::By => known::BY,
        _ => return None,
    })
}

/// Which end of a phase its bare name means behind this word: `after transition` is after it is over.
fn bare_point(lead: Lead) -> Point {
    if lead == Lead::After { Point::End } else { Point::Start }
}

/// `during X` and `as X begins` mean its start, also where X is a clause.
fn at_start(time: Time) -> Time {
    let anchor = match time.anchor {
        Anchor::Clause(id, _) => Anchor::Clause(id, Point::Start),
        Anchor::Phase(id, _) => Anchor::Phase(id, Point::Start),
        Anchor::Norms(norms, _) => Anchor::Norms(norms, Point::Start),
        other => other,
    };
    Time { anchor, ..time }
}

fn clause_anchor(what: &What) -> Option<Anchor> {
    match what {
        What::Entity(Entity::Clause(id)) => Some(Anchor::Clause(*id, Point::Start)),
        What::Norms(norms) => Some(Anchor::Norms(*norms, Point::Start)),
        _ => None,
    }
}

/// That the anchor of a point has come, as a condition.
fn holding(time: &Time) -> Option<Condition> {
    let what = match time.anchor {
        Anchor::Event(id) => What::Entity(Entity::Event(id)),
        Anchor::Phase(id, _) => What::Entity(Entity::Phase(id)),
        Anchor::Clause(id, _) => What::Entity(Entity::Clause(id)),
        Anchor::Norms(norms, _) => What::Norms(norms),
        _ => return None,
    };
    Some(Condition::Holds(Target { at: time.at, what }, None))
}
