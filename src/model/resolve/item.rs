//! What the fields of an item say, as facts that later stations need without reading fields again.

use super::phrase::{Act, Said};
use super::{Declared, Resolver};
use crate::model::calendar;
use crate::model::clause::{Field, Target, ValueKind, Version, What};
use crate::model::entity::Signatory;
use crate::model::names::{Symbol, known};
use crate::model::norm::{ActForm, Order, OrderKind};
use crate::model::time::{Anchor, Length, Milestone, Offset, Point, Time};
use crate::model::*;
use crate::source::Loc;
use crate::syntax::tree::{self, Entry};
use rustc_hash::FxHashMap;

/// What the `when:` of each instrument says.
pub(super) type When = FxHashMap<InstrumentId, Said>;

/// What is said of an item, its norms aside.
pub(super) struct Facts {
    fields: Vec<Field>,
    versions: Vec<Version>,
    instrument: Option<InstrumentId>,
}

impl<'a> Resolver<'a> {
    /// Reads what is said of every item: instruments first, because others count from their dates.
    pub(super) fn fill(&mut self, declared: &[Declared<'a>]) {
        let mut when = When::default();
        for one in declared {
            let Entity::Instrument(id) = one.entity else { continue };
            self.enter(one.unit);
            let mentioned = self.mentions.len();
            self.instrument = Some(id);
            let fields = self.item_fields(one.item, one.entity);
            self.instrument(id, one.item, fields);
            if let Some(said) = self.when(one.item) {
                when.insert(id, said);
            }
            self.in_order(mentioned);
        }
        let others: Vec<&Declared> =
            declared.iter().filter(|one| !matches!(one.entity, Entity::Instrument(_))).collect();
        self.side_by_side(&others, &when);
        self.renewals();
        self.enter(0);
        self.instrument = self.ground.model.declaration;
    }

    /// Texts that go on by themselves when their term ends, as they or their final provisions say.
    fn renewals(&mut self) {
        let automatic = |item: &Item| {
            let values = item.field(known::RENEWAL).into_iter().flat_map(|field| &field.values);
            values.into_iter().any(|value| value.kind == ValueKind::Word(known::AUTOMATIC))
        };
        let model = &self.ground.model;
        let of_themselves = model.instruments.iter().enumerate().filter(|(_, row)| automatic(&row.item));
        let finals = model.clauses.iter().filter(|clause| clause.item.kind == known::FINAL && automatic(&clause.item));
        let of_finals = finals.filter_map(|clause| clause.instrument.or(model.declaration)).map(InstrumentId::index);
        let renewed: Vec<usize> = of_themselves.map(|(index, _)| index).chain(of_finals).collect();
        for index in renewed {
            if let Some(row) = self.own().model.instruments.get_mut(index) {
                row.renews = true;
            }
        }
    }

    /// Reads what is said of an item that is no instrument.
    pub(super) fn item(&mut self, one: &Declared<'a>, when: &When) {
        let mentioned = self.mentions.len();
        let facts = self.said(one, when);
        self.keep(one.entity, facts);
        self.in_order(mentioned);
    }

    /// What is said of an item that is no instrument; its norms, mentions and acceptances are put behind those before it.
    pub(super) fn said(&mut self, one: &Declared<'a>, when: &When) -> Facts {
        self.turn_to(one.unit);
        let fields = self.item_fields(one.item, one.entity);
        match one.entity {
            Entity::Clause(id) => self.clause(id, one.item, fields, when),
            _ => Facts { fields, versions: Vec::new(), instrument: self.instrument },
        }
    }

    /// Turns to a file and to the instrument that its clauses belong to.
    fn turn_to(&mut self, unit: usize) {
        self.enter(unit);
        let scope = self.ground.scopes.get(unit);
        self.instrument = scope.and_then(|scope| scope.instrument).or(self.ground.model.declaration);
    }

    /// The fields of an item; what else stands in it is read or reported on the way.
    fn item_fields(&mut self, item: &'a tree::Item, entity: Entity) -> Vec<Field> {
        let kind = self.ground.model.item(entity).kind;
        let vocabulary = self.vocabulary;
        let fields = self.fields(item, vocabulary.kind(kind));
        for entry in item.entries {
            match entry {
                Entry::Acceptance(acceptance) => self.acceptance(acceptance, Some(entity)),
                Entry::Norm(norm) if !matches!(entity, Entity::Clause(_)) => {
                    let what = self.kind_words(entity);
                    let message = format!("a sentence stands in {what}, where it binds nobody");
                    let help = "put the sentence into a clause of its own, such as `commitment NAME \"…\" { … }`";
                    self.error("structure/wrong-kind", message, norm.span, "belongs in a clause".into(), help.into());
                }
                Entry::Item(nested) => self.nested(nested, entity),
                _ => {}
            }
        }
        fields
    }

    /// Reports an item in an item; only versions of a clause stand there.
    fn nested(&mut self, nested: &tree::Item, within: Entity) {
        let word = self.text(nested.keyword);
        if word == "version" && matches!(within, Entity::Clause(_)) {
            return;
        }
        let what = self.kind_words(within);
        let message = format!("a `{word}` cannot stand inside {what}");
        let help = "close the item before it with `}`, and let this one begin on a line of its own";
        self.error("structure/unknown-kind", message, nested.keyword, "stands inside another item".into(), help.into());
    }

    /// The phrases of `when:`; none where it opts out or says nothing.
    fn when(&mut self, item: &tree::Item) -> Option<Said> {
        // Only `when:` has phrases, or it has nothing.
        let field = item.fields().find(|field| field.values.is_empty() && self.text(field.name) == "when")?;
        let mut said = Said::default();
        self.phrases(field.phrases, Act { form: ActForm::Active, through: None }, &mut said);
        Some(said)
    }

    /// What a clause says, its fields read.
    fn clause(&mut self, id: ClauseId, item: &'a tree::Item, fields: Vec<Field>, when: &When) -> Facts {
        let named = fields.iter().find(|field| field.name == known::INSTRUMENT);
        if let Some(instrument) = named.and_then(|field| instruments(field).next()) {
            self.instrument = Some(instrument);
        }
        let own = self.when(item);
        let opts_out = item
            .fields()
            .filter(|field| field.values.iter().any(|value| matches!(value.kind, tree::ValueKind::None)))
            .any(|field| self.text(field.name) == "when");
        let general = self.instrument.filter(|_| !opts_out).and_then(|instrument| when.get(&instrument));
        let said = match (general, own) {
            (Some(general), Some(own)) => general.clone().and(own),
            (Some(general), None) => general.clone(),
            (None, Some(own)) => own,
            (None, None) => Said::default(),
        };
        let mut said = said;
        said.orders.extend(precedence(&fields));
        let mut norms = std::mem::take(&mut self.norms);
        let numbers = self.ground.model.clause(id).norms.clone();
        let before = norms.len();
        for norm in item.norms() {
            let first = NormId(numbers.start + (norms.len() - before) as u32);
            self.sentence(id, norm, &said, Some(first), &mut norms);
        }
        debug_assert_eq!(norms.len() - before, numbers.len(), "every norm has the number it was given");
        let mut versions = Vec::new();
        let source = self.source;
        for nested in item.items().filter(|nested| source.slice(nested.keyword) == "version") {
            let (name, at) = (self.symbol(nested.name), self.at(nested.span));
            let mut of_version = Vec::new();
            for norm in nested.norms() {
                self.sentence(id, norm, &said, None, &mut of_version);
            }
            versions.push(Version { name, at, norms: of_version });
        }
        self.norms = norms;
        Facts { fields, versions, instrument: self.instrument }
    }

    /// Puts what is said of an item into its row.
    pub(super) fn keep(&mut self, entity: Entity, facts: Facts) {
        let Entity::Clause(id) = entity else { return self.facts(entity, facts.fields) };
        if let Some(row) = self.own().model.clauses.get_mut(id.index()) {
            (row.item.fields, row.versions, row.instrument) = (facts.fields, facts.versions, facts.instrument);
        }
    }

    fn instrument(&mut self, id: InstrumentId, item: &tree::Item, fields: Vec<Field>) {
        let mut signatories: Vec<Signatory> = Vec::new();
        let source = self.source;
        for field in item.fields().filter(|field| source.slice(field.name) == "signatories") {
            for value in field.values {
                let on = match &value.kind {
                    tree::ValueKind::Name { on: Some(on), .. } => Some(self.time(on, Point::Start, MentionRole::Field)),
                    _ => None,
                };
                let place = self.at(value.span);
                let read = fields.iter().filter(|field| field.name == known::SIGNATORIES);
                let read = read.flat_map(|field| &field.values).find(|value| value.at == place);
                if let Some(who) = read.and_then(|value| target(&value.kind, place)) {
                    signatories.push(Signatory { who, on });
                }
            }
        }
        let signed = self.one_time(&fields, known::SIGNED);
        let in_force = self.one_time(&fields, known::IN_FORCE);
        if let Some(row) = self.own().model.instruments.get_mut(id.index()) {
            (row.signed, row.in_force) = (signed, in_force);
        }
        let expires = self.one_time(&fields, known::EXPIRES).or_else(|| self.term(id, &fields));
        let over = fields.iter().filter(|field| field.name == known::PREVAILS_OVER);
        let prevails_over = over.flat_map(instruments).collect();
        if let Some(row) = self.own().model.instruments.get_mut(id.index()) {
            row.expires = expires;
            row.signatories = signatories;
            row.prevails_over = prevails_over;
            row.item.fields = fields;
        }
    }

    /// `expires: 10 years`: counted from where the instrument begins.
    fn term(&self, id: InstrumentId, fields: &[Field]) -> Option<Time> {
        let value = fields.iter().find(|field| field.name == known::EXPIRES)?.values.first()?;
        let ValueKind::Length(length) = &value.kind else { return None };
        Some(Time { at: value.at, anchor: Anchor::Instrument(id, self.beginning(id)), offset: length.high? })
    }

    /// The facts of an item that is neither clause nor instrument.
    fn facts(&mut self, entity: Entity, fields: Vec<Field>) {
        match entity {
            Entity::Party(id) => {
                let members = targets(&fields, known::MEMBERS).collect();
                let of = entities(&fields, known::OF).find_map(party);
                let accepts = entities(&fields, known::ACCEPTS).filter_map(clause).collect();
                if let Some(row) = self.own().model.parties.get_mut(id.index()) {
                    (row.members, row.of, row.accepts, row.item.fields) = (members, of, accepts, fields);
                }
            }
            Entity::Place(id) => {
                let of = entities(&fields, known::OF).find_map(party);
                let within = entities(&fields, known::WITHIN).filter_map(place).collect();
                let overlaps = entities(&fields, known::OVERLAPS).filter_map(place).collect();
                if let Some(row) = self.own().model.places.get_mut(id.index()) {
                    (row.of, row.within, row.overlaps, row.item.fields) = (of, within, overlaps, fields);
                }
            }
            Entity::Thing(id) => {
                let within = entities(&fields, known::WITHIN).filter_map(thing).collect();
                if let Some(row) = self.own().model.things.get_mut(id.index()) {
                    (row.within, row.item.fields) = (within, fields);
                }
            }
            Entity::Event(id) => {
                let by = targets(&fields, known::BY).collect();
                let after = self.times(&fields, known::AFTER);
                let (on, expected) = (self.one_time(&fields, known::ON), self.one_time(&fields, known::EXPECTED));
                let recurring = fields.iter().any(|field| {
                    field.name == known::RECURRING && field.values.iter().any(|value| value.kind == ValueKind::Yes)
                });
                let perhaps = entities(&fields, known::PERHAPS).filter_map(event).collect();
                if let Some(row) = self.own().model.events.get_mut(id.index()) {
                    (row.by, row.after, row.on, row.expected) = (by, after, on, expected);
                    (row.recurring, row.perhaps, row.item.fields) = (recurring, perhaps, fields);
                }
            }
            Entity::Phase(id) => {
                let (from, until) = (self.one_time(&fields, known::FROM), self.one_time(&fields, known::UNTIL));
                let lasts = fields.iter().filter(|field| matches!(field.name, known::FOR | known::LASTS));
                let lasts = lasts.flat_map(|field| &field.values).find_map(|value| match &value.kind {
                    ValueKind::Length(length) => Some(Length::clone(length)),
                    _ => None,
                });
                if let Some(row) = self.own().model.phases.get_mut(id.index()) {
                    (row.from, row.until, row.lasts, row.item.fields) = (from, until, lasts, fields);
                }
            }
            Entity::Term(id) => {
                let means = entities(&fields, known::MEANS).collect();
                if let Some(row) = self.own().model.terms.get_mut(id.index()) {
                    (row.means, row.item.fields) = (means, fields);
                }
            }
            Entity::Instrument(_) | Entity::Clause(_) => {}
        }
    }

    fn one_time(&mut self, fields: &[Field], name: Symbol) -> Option<Time> {
        self.times(fields, name).into_iter().next()
    }

    /// The points in time of a field.
    fn times(&mut self, fields: &[Field], name: Symbol) -> Vec<Time> {
        let values = fields.iter().filter(|field| field.name == name).flat_map(|field| &field.values);
        let time = |value: &clause::Value| {
            let anchor = match &value.kind {
                ValueKind::Time(time) => return Some(Time::clone(time)),
                ValueKind::Open => Anchor::Open,
                ValueKind::Prose(words) => Anchor::Prose(words.clone()),
                ValueKind::Word(word) => Anchor::Unknown(*word),
                ValueKind::Norms(norms) => Anchor::Norms(*norms, Point::Fulfilment),
                ValueKind::Entity(Entity::Event(id), _) => Anchor::Event(*id),
                ValueKind::Entity(Entity::Clause(id), _) => Anchor::Clause(*id, Point::Fulfilment),
                ValueKind::Entity(Entity::Phase(id), _) => Anchor::Phase(*id, Point::Start),
                ValueKind::Entity(Entity::Instrument(id), _) => Anchor::Instrument(*id, Milestone::EntryIntoForce),
                _ => return None,
            };
            Some(Time { at: value.at, anchor, offset: Offset::ZERO })
        };
        values.filter_map(time).collect()
    }

    /// `accept troops/strength until 2026-12-31 because "…".`
    fn acceptance(&mut self, acceptance: &tree::Acceptance, within: Option<Entity>) {
        // An import accepts for itself; the draft is not bound by it.
        if self.unit != 0 {
            return;
        }
        let codes = acceptance.codes.iter().map(|code| (self.text(*code).into(), self.at(*code))).collect();
        let until = (!acceptance.until.is_empty()).then(|| {
            let date = calendar::date(self.text(acceptance.until));
            if date.is_none() {
                let text = self.text(acceptance.until);
                let message = format!("the calendar has no day `{text}`");
                let help = "check the day and the month; a date is written year-month-day, `2026-01-06`";
                self.error("time/impossible-date", message, acceptance.until, "no such day".into(), help.into());
            }
            date
        });
        let because = acceptance.because.map(|because| self.words(because));
        let at = self.at(acceptance.span);
        self.acceptances.push(Acceptance { at, codes, until: until.flatten(), because, within });
    }
}

impl Said {
    /// What both say.
    fn and(mut self, other: Said) -> Said {
        self.agents.extend(other.agents);
        self.objects.list.extend(other.objects.list);
        self.quantity = self.quantity.or(other.quantity);
        self.roles.extend(other.roles);
        self.times.extend(other.times);
        self.window.starts.extend(other.window.starts);
        self.window.ends.extend(other.window.ends);
        self.guard.extend(other.guard);
        self.orders.extend(other.orders);
        self.words.extend(other.words);
        self.purpose = self.purpose.or(other.purpose);
        self
    }
}

/// Who or what a value names; nothing where it is open.
fn target(kind: &ValueKind, at: Loc) -> Option<Target> {
    let what = match kind {
        ValueKind::Entity(entity, _) => What::Entity(*entity),
        ValueKind::Norms(norms) => What::Norms(*norms),
        ValueKind::Prose(words) => What::Prose(words.clone()),
        ValueKind::Word(word) => What::Unknown(*word),
        _ => return None,
    };
    Some(Target { at, what })
}

fn targets(fields: &[Field], name: Symbol) -> impl Iterator<Item = Target> {
    let values = fields.iter().filter(move |field| field.name == name).flat_map(|field| &field.values);
    values.filter_map(|value| target(&value.kind, value.at))
}

fn entities(fields: &[Field], name: Symbol) -> impl Iterator<Item = Entity> {
    targets(fields, name).filter_map(|target| target.entity())
}

/// How a clause as a whole stands to others, by its fields `prevails-over:` and `subject-to:`.
fn precedence(fields: &[Field]) -> impl Iterator<Item = Order> {
    fields.iter().flat_map(|field| {
        let kind = match field.name {
            known::PREVAILS_OVER => Some(OrderKind::Notwithstanding),
            known::SUBJECT_TO => Some(OrderKind::SubjectTo),
            _ => None,
        };
        let values = kind.into_iter().flat_map(|kind| field.values.iter().map(move |value| (kind, value)));
        values.filter_map(|(kind, value)| {
            let target = target(&value.kind, value.at)?;
            matches!(target.what, What::Entity(_) | What::Norms(_)).then_some(Order { kind, target, at: field.at })
        })
    })
}

fn instruments(field: &Field) -> impl Iterator<Item = InstrumentId> {
    field.values.iter().filter_map(|value| match value.kind {
        ValueKind::Entity(Entity::Instrument(id), _) => Some(id),
        _ => None,
    })
}

macro_rules! only {
    ($($name:ident $variant:ident $id:ident)*) => {$(
        fn $name(entity: Entity) -> Option<$id> {
            if let Entity::$variant(id) = entity { Some(id) } else { None }
        }
    )*};
}

only! { party Party PartyId  place Place PlaceId  thing Thing ThingId  event Event EventId  clause Clause ClauseId }
