//! The words a draft is read with: kinds with their fields, verbs, units, lexicons, checklists.
//!
//! All of it is `.decl` text, embedded or the user's own; this file holds what such text says once it is read.

use super::Symbol;
use crate::finding::Level;
use crate::model::Acceptance;
use crate::model::quantity::Rational;
use crate::source::Loc;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Of [`Vocabulary::actions`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ActionId(pub u32);

/// Of [`Vocabulary::units`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(pub u32);

/// Of [`Vocabulary::kinds`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KindId(pub u32);

/// Everything a vocabulary holds. A later definition of the same name replaces the earlier one, field by field for a kind.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Kinds of items.
    pub kinds: Vec<Kind>,
    /// Verbs.
    pub actions: Vec<Action>,
    /// Units.
    pub units: Vec<Unit>,
    /// Lists of vague words.
    pub lexicons: Vec<Lexicon>,
    /// Checklists.
    pub checklists: Vec<Checklist>,
    /// Rules.
    pub rules: Vec<super::rule::Rule>,
    /// Fields that every kind of clause has; already among the fields of each.
    pub every_clause: Vec<FieldSpec>,
    /// Kinds by name.
    pub kind_ids: FxHashMap<Symbol, KindId>,
    /// Verbs by infinitive, participle and gerund.
    pub action_ids: FxHashMap<Symbol, ActionId>,
    /// Units by singular and plural.
    pub unit_ids: FxHashMap<Symbol, UnitId>,
}

impl Vocabulary {
    /// The verb of an id; ids come from this vocabulary alone.
    #[expect(clippy::indexing_slicing, reason = "ids are handed out for this table")]
    pub fn action(&self, id: ActionId) -> &Action {
        &self.actions[id.0 as usize]
    }

    /// A verb and the more general ones that it is a kind of, itself first.
    pub fn general(&self, verb: ActionId) -> SmallVec<[ActionId; 4]> {
        let mut all: SmallVec<[ActionId; 4]> = SmallVec::from_iter([verb]);
        let mut next = 0;
        while let Some(&one) = all.get(next) {
            next += 1;
            for name in &self.action(one).is {
                if let Some(&id) = self.action_ids.get(name)
                    && !all.contains(&id)
                {
                    all.push(id);
                }
            }
        }
        all
    }

    /// The checklist of that name.
    pub fn checklist(&self, name: Symbol) -> Option<&Checklist> {
        self.checklists.iter().find(|checklist| checklist.name == name)
    }

    /// The unit of a word, singular or plural.
    pub fn unit_of(&self, word: Symbol) -> Option<&Unit> {
        self.unit_ids.get(&word).map(|&id| self.unit(id))
    }

    /// The unit of an id.
    #[expect(clippy::indexing_slicing, reason = "ids are handed out for this table")]
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// The kind of that name.
    #[expect(clippy::indexing_slicing, reason = "ids are handed out for this table")]
    pub fn kind(&self, name: Symbol) -> Option<&Kind> {
        self.kind_ids.get(&name).map(|id| &self.kinds[id.0 as usize])
    }
}

/// A kind of item: `troops`, `party`.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The keyword.
    pub name: Symbol,
    /// What it is called.
    pub label: Box<str>,
    /// Whether its items are clauses, and may hold norms.
    pub is_clause: bool,
    /// The verbs that are its business.
    pub acts: Vec<Symbol>,
    /// Why a text that needs a provision of this kind needs it.
    pub why: Box<str>,
    /// The practice or text behind it.
    pub source: Box<str>,
    /// A provision of this kind to start from; without one no checklist can ask for it.
    pub example: Box<str>,
    /// What else in a text makes such a provision unnecessary.
    pub met_by: Vec<Evidence>,
    /// Its fields in order, those that every clause has included.
    pub fields: Vec<FieldSpec>,
    /// Where it is defined.
    pub at: Loc,
}

impl Kind {
    /// The field of that name.
    pub fn field(&self, name: Symbol) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field that a kind declares.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSpec {
    /// Its name.
    pub name: Symbol,
    /// What it is called; the name where no label was given.
    pub label: Box<str>,
    /// What else drafters call it, for those who do.
    pub also: Vec<Symbol>,
    /// What its values may be; empty means anything.
    pub types: Vec<FieldType>,
    /// How bad its absence is; absent for a field that may be left out.
    pub level: Option<Level>,
    /// Why it matters.
    pub why: Box<str>,
    /// The practice or text behind it.
    pub source: Box<str>,
    /// A line that meets it.
    pub example: Box<str>,
    /// What else meets it.
    pub met_by: Vec<Evidence>,
    /// What must be there, one of these at least, or there is nothing to ask: how consent ends, where none is stated.
    pub after: Vec<Evidence>,
    /// Whether the kind has it only because every clause has it.
    pub inherited: bool,
    /// Where it is defined.
    pub at: Loc,
}

/// What a field's value may be.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// Prose is as good as anything; vague words in it are still reported.
    Text,
    /// One of a closed list of words.
    Word(Vec<Symbol>),
    /// A party, body or clause that can act.
    Party,
    /// A place, or a hub.
    Place,
    /// An event.
    Event,
    /// A phase.
    Phase,
    /// A thing.
    Thing,
    /// A clause or norm.
    Clause,
    /// An instrument.
    Instrument,
    /// A point in time.
    Time,
    /// A length of time.
    Length,
    /// An amount, of this measure (`personnel`, `distance`, `money`) if one is named.
    Quantity(Option<Symbol>),
    /// A bare number.
    Number,
    /// A part of a whole.
    Share,
    /// `yes` or `no`.
    YesNo,
    /// A code.
    Code,
    /// A name that need not be declared.
    Name,
}

/// What meets a field that is absent: something in the norms of the clause, or in norms elsewhere that act on it; for the
/// last ones something else in the draft.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Evidence {
    /// An amount.
    Amount,
    /// An amount that one party owes, or each of several.
    AmountEach,
    /// A place.
    Place,
    /// Places that all belong to those who act: nobody is abroad.
    Home,
    /// What leaves has been abroad: it leaves a whole country, or land of another party.
    Abroad,
    /// A place that something is to be brought to, and not one that a ban names.
    Destination,
    /// Where it comes from.
    Origin,
    /// A start: a date, or a trigger.
    Start,
    /// A latest date.
    Deadline,
    /// An end: `until`, `for`, `during`.
    End,
    /// A named actor.
    Actor,
    /// One party, and no other, is obliged.
    Sole,
    /// A recipient.
    Recipient,
    /// An object.
    Object,
    /// `under X`
    Under,
    /// Consent.
    Consent,
    /// `with X` that is no actor.
    Means,
    /// `every D`
    Interval,
    /// Words that make it last: `lasting`, `permanent`, `final status`; or nothing but verbs done once and for all, such as
    /// `recognise`.
    Lasting,
    /// There are forces to watch: its business is a place, a ceasefire, forces or weapons, or the draft has such clauses and it
    /// does not say.
    Forces,
    /// A duty: an obligation of strength `will` or more.
    Duty,
    /// A ban.
    Ban,
    /// `action/VERB`: somebody shall or may do this; named, where a party may stand in the field.
    Action(Symbol),
    /// `duty/VERB`: somebody named shall do this.
    DutyTo(Symbol),
    /// `sole/VERB`: one party, and no other, shall do this.
    SoleTo(Symbol),
    /// `object/VERB`: somebody named shall do this to the item itself.
    DoneTo(Symbol),
    /// `ban/VERB`: somebody named shall not do this to the item itself.
    BanOn(Symbol),
    /// `only/VERB`: the clause says nothing but this, what other `only/VERB` beside it name, and bans.
    Only(Symbol),
    /// `anywhere/VERB`: this shall or may be done, in whatever clause.
    Anywhere(Symbol),
    /// `thing/NAME`: something is to become of this thing or of a kind of it, in whatever clause.
    Thing(Symbol),
    /// `names/FIELD`: this other field of the same item names something declared.
    Names(Symbol),
    /// `field/NAME`: this other field of the same item.
    Field(Symbol),
    /// `says/WORD`: some field of the same item says this word.
    Says(Symbol),
    /// `clause/KIND`: a clause of this kind elsewhere in the draft.
    Clause(Symbol),
    /// `KIND/FIELD`: a clause of this kind that has this field, elsewhere in the draft; `declaration/FIELD` the declaration or
    /// its final provisions; of another kind that is no clause, an item that this one names.
    FieldOf(Symbol, Symbol),
}

/// A verb.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The infinitive as written in a draft: `hand-over`.
    pub name: Symbol,
    /// As printed: `hand over`.
    pub label: Box<str>,
    /// `handed over`, as printed; drafts write it with a hyphen.
    pub participle: Box<str>,
    /// `handing over`, as printed.
    pub gerund: Box<str>,
    /// What keeping it looks like.
    pub nature: Nature,
    /// Verbs that undo it.
    pub opposites: Vec<Symbol>,
    /// More general verbs: a ban on them bans this.
    pub is: Vec<Symbol>,
    /// Whether only one can do it for one thing in one place.
    pub exclusive: bool,
    /// Whether it only promises a later promise: `finalise`.
    pub agrees_to_agree: bool,
    /// Whether it says nothing about a result: `consider`, `address`.
    pub outcome_free: bool,
    /// Whether it presupposes that something is under way: `continue`.
    pub presupposes: bool,
    /// The word that brings its object: `to` of `contribute to`.
    pub through: Option<Symbol>,
    /// Kinds of clause or things that it takes as object; empty means any, `none` alone that it takes no object.
    pub takes: Vec<Symbol>,
    /// Where it is defined.
    pub at: Loc,
}

/// What keeping a norm with this verb looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Nature {
    /// Once within the window: deploy, withdraw, pay.
    Achieve,
    /// Throughout the window: monitor, host.
    Maintain,
    /// By not doing something: cease, refrain.
    Refrain,
}

/// A unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The singular.
    pub name: Symbol,
    /// The plural.
    pub plural: Symbol,
    /// What it measures: `personnel`, `distance`, `equipment`.
    pub measures: Symbol,
    /// How many base units of its measure it is, if it can be converted.
    pub factor: Option<Rational>,
    /// Where it is defined.
    pub at: Loc,
}

/// A list of vague words.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexicon {
    /// Its name: the code is `vague/NAME`.
    pub name: Symbol,
    /// What it is called.
    pub label: Box<str>,
    /// The words, lower case.
    pub words: Vec<Box<str>>,
    /// Words that are vague only where nothing else is said beside them.
    pub alone: Vec<Box<str>>,
    /// Whether they are vague in a definition too, where other words describe and do not promise.
    pub definitions: bool,
    /// How bad they are.
    pub level: Level,
    /// Why they are vague.
    pub why: Box<str>,
    /// What to write instead.
    pub help: Box<str>,
    /// The practice or text behind it.
    pub source: Box<str>,
    /// A bad and a good example, as drafts.
    pub bad: Box<str>,
    /// See `bad`.
    pub good: Box<str>,
    /// Where it is defined.
    pub at: Loc,
}

/// What a kind of text must hold, and how strictly it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist {
    /// Its name.
    pub name: Symbol,
    /// What it is called.
    pub label: Box<str>,
    /// The checklist it builds on.
    pub extends: Option<Symbol>,
    /// Why such a text is read so.
    pub why: Box<str>,
    /// The practice or text behind it.
    pub source: Box<str>,
    /// The kinds of provision that such a text has.
    pub requires: Vec<Symbol>,
    /// What is accepted in every text that is read by it.
    pub acceptances: Vec<Acceptance>,
    /// Codes and groups with the level they get here, `None` where they are switched off, and the place that says so.
    pub levels: Vec<(Box<str>, Option<Level>, Loc)>,
    /// Where it is defined.
    pub at: Loc,
}
