//! Norms: who must, may or must not do what, where, when and on what condition.

use super::clause::Target;
use super::quantity::Quantity;
use super::time::{TimePhrase, Window};
use super::vocabulary::ActionId;
use super::{ClauseId, Symbol};
use crate::source::Loc;
pub use crate::syntax::tree::{ActForm, Lead, Manner, Mode, StateKind, Strength};

/// One act that somebody must, may or must not do.
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// The clause it stands in.
    pub clause: ClauseId,
    /// The mark of its sentence: `a` of `(a)`.
    pub letter: Option<Symbol>,
    /// The mark of its own act, where the acts of the sentence have marks.
    pub mark: Option<Symbol>,
    /// Which act of its sentence it is, from 1; absent where the sentence has only one.
    pub act: Option<u32>,
    /// The whole sentence.
    pub sentence: Loc,
    /// Its own act with its phrases.
    pub at: Loc,
    /// How it is said.
    pub form: ActForm,
    /// Who.
    pub actors: Actors,
    /// What the norm does with the act.
    pub mode: Mode,
    /// How firmly.
    pub strength: Strength,
    /// The modal words.
    pub modal: Loc,
    /// Whether it says `only`: a permission, and a ban on every other declared party.
    pub only: bool,
    /// The verb as written.
    pub verb: Symbol,
    /// Its place.
    pub verb_at: Loc,
    /// The verb as the vocabulary knows it.
    pub action: Option<ActionId>,
    /// How many or how much of the objects.
    pub quantity: Option<Box<Quantity>>,
    /// What is done, moved, paid, built.
    pub objects: Objects,
    /// Places and other roles, in the order of the text.
    pub roles: Vec<Role>,
    /// The phrases of time as written, those of `when:` included.
    pub times: Vec<TimePhrase>,
    /// The window that they make together.
    pub window: Window,
    /// What must hold besides: every one of these.
    pub guard: Vec<Guard>,
    /// How it stands to other clauses.
    pub orders: Vec<Order>,
    /// Words with no test: quoted phrases.
    pub words: Vec<Prose>,
    /// `only in order to "…"`
    pub purpose: Option<Box<Prose>>,
    /// What `ensure that` promises for others; its own clause, letter and window are those of this norm.
    pub ensures: Option<Box<Norm>>,
    /// Whether a part of it could not be read.
    pub damaged: bool,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Actors {
    /// Them; empty where nobody is named.
    pub list: Vec<Target>,
    /// Whether `or` joins them.
    pub any: bool,
    /// `each` or `jointly`, if said.
    pub manner: Option<Manner>,
}

/// What is acted on.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Objects {
    /// Them.
    pub list: Vec<Target>,
    /// Whether `or` joins them.
    pub any: bool,
}

/// A phrase that says where, to whom, with whom or under what.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// What it is to the act.
    pub kind: RoleKind,
    /// The word that leads it.
    pub lead: Lead,
    /// Who, what or where.
    pub target: Target,
    /// The whole phrase.
    pub at: Loc,
}

/// What a phrase is to the act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum RoleKind {
    /// Where it is done, or where it leads to.
    Place,
    /// Where it comes from.
    Origin,
    /// Who gets it.
    Recipient,
    /// Whom it is against.
    Against,
    /// What it is about.
    About,
    /// What it follows: a plan, a text.
    AccordingTo,
    /// With whom it is done.
    Partner,
    /// With what it is done.
    Means,
    /// For whom or what.
    Beneficiary,
    /// Under whose command, or under what.
    Under,
    /// Whose consent is a precondition.
    Consent,
    /// In parallel with what.
    Parallel,
}

/// A condition of a norm.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// The whole phrase.
    pub at: Loc,
    /// `if`, `unless` or `while`.
    pub lead: Lead,
    /// The condition as written; `unless` is not yet turned round.
    pub condition: Condition,
}

/// What must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Every one.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// An event has happened, a phase runs, a clause is fulfilled or in the state named.
    Holds(Target, Option<StateKind>),
}

/// How a norm stands to other clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The relation.
    pub kind: OrderKind,
    /// The clause, norm, instrument, or an exempt actor, thing or place; or words.
    pub target: Target,
    /// The whole phrase.
    pub at: Loc,
}

/// The relations among clauses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OrderKind {
    /// `subject to X`: X wins
    SubjectTo,
    /// `notwithstanding X`: this wins
    Notwithstanding,
    /// `except as in X`: X carves its hole
    ExceptAsIn,
    /// `except X`: X is exempt
    Except,
    /// `without prejudice to X`: both apply
    WithoutPrejudiceTo,
    /// `in accordance with X`
    InAccordanceWith,
}

/// Quoted words in a norm.
#[derive(Clone, Debug, PartialEq)]
pub struct Prose {
    /// Their place, quotation marks included.
    pub at: Loc,
    /// The words, unescaped.
    pub text: Box<str>,
}
