//! The phrases of a norm: roles, times, window, conditions, order among clauses, words.

use super::amount::{LengthView, TimeView};
use super::value::Target;
use super::{Position, View};
use crate::model::norm::{self, Condition, Guard, Order, Prose, Role};
use crate::model::time::{Edge, TimePhrase, TimePhraseKind, Window};
use schemars::JsonSchema;
use serde::Serialize;

/// A phrase that says where, to whom, with whom or under what.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Role")]
pub struct RoleView<'a> {
    /// What it is to the act.
    role: RoleKind,
    /// The word or words that lead it.
    lead: Lead,
    /// Who, what or where.
    target: Target<'a>,
    /// The whole phrase in the draft.
    written: &'a str,
    /// Where it stands.
    place: Position<'a>,
}

words! {
    /// What a phrase is to the act.
    RoleKind = norm::RoleKind {
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
}

words! {
    /// The word or words that begin a phrase; `words` for a quoted phrase without any.
    Lead = norm::Lead {
        In, To, From, At, On, Along, Across, Near, Against, About, AccordingTo, With, For, Under, InAgreementWith,
        InParallelWith, InAccordanceWith, OnlyInOrderTo, SubjectTo, Notwithstanding, WithoutPrejudiceTo, ExceptAsIn,
        Except, Within, By, NoLaterThan, NoEarlierThan, Before, After, Upon, UponEach, Until, Every, During, If, Unless,
        While, As, Words,
    }
}

/// A phrase of time as written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TimePhrase")]
pub struct TimePhraseView<'a> {
    /// What it says.
    phrase: TimeWord,
    /// The length of time in it.
    length: Option<LengthView<'a>>,
    /// The point in time in it; `null` in a `within` that lacks its anchor.
    time: Option<TimeView<'a>>,
    /// The whole phrase in the draft.
    written: &'a str,
    /// Where it stands.
    place: Position<'a>,
}

/// What a phrase of time says.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum TimeWord {
    /// `within D of T`
    Within,
    /// `by T`, `no later than T`
    By,
    /// `before T`
    Before,
    /// `after T`, `from T`
    After,
    /// `no earlier than T`
    NotBefore,
    /// `upon T`
    Upon,
    /// `upon each E`
    UponEach,
    /// `D after T`
    DistanceAfter,
    /// `D before T`
    DistanceBefore,
    /// `until T`
    Until,
    /// `on T`, `at INSTANT`
    On,
    /// `for D`
    For,
    /// `every D`
    Every,
    /// `4 times`, `at least 4 times every D`
    Times,
    /// `during PHASE`
    During,
    /// `in parallel with CLAUSE`, `as CLAUSE begins`: each is a precondition of the other
    Together,
}

/// When an act may or must take place. Without an edge on a side only the instrument's own life bounds it there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Window")]
pub struct WindowView<'a> {
    /// It starts at the latest of these.
    starts: Vec<EdgeView<'a>>,
    /// It ends at the earliest of these.
    ends: Vec<EdgeView<'a>>,
}

/// One bound of a window.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edge")]
struct EdgeView<'a> {
    /// The point.
    time: TimeView<'a>,
    /// Whether the point itself is in the window.
    inclusive: bool,
    /// Whether there is no duty until the anchor has come; otherwise an anchor that never comes bounds nothing.
    required: bool,
    /// The phrase that says so.
    written: &'a str,
}

/// A condition of a norm.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Guard")]
pub struct GuardView<'a> {
    /// `if`, `unless` or `while`.
    lead: Lead,
    /// The condition as written; that of `unless` is not yet turned round.
    condition: ConditionView<'a>,
    /// The whole phrase in the draft.
    written: &'a str,
    /// Where it stands.
    place: Position<'a>,
}

/// What must hold.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(rename = "Condition")]
enum ConditionView<'a> {
    /// Every one of several conditions.
    All {
        /// The conditions.
        conditions: Vec<ConditionView<'a>>,
    },
    /// At least one of several conditions.
    Any {
        /// The conditions.
        conditions: Vec<ConditionView<'a>>,
    },
    /// The opposite of a condition.
    Not {
        /// The condition.
        condition: Box<ConditionView<'a>>,
    },
    /// An event has happened, a phase runs, a clause is fulfilled or in the state named.
    Holds {
        /// The event, phase or clause; or words.
        target: Target<'a>,
        /// The state of a clause, where one is named.
        state: Option<State>,
    },
}

words! {
    /// The states that a clause can be in.
    State = norm::StateKind {
        /// All its duties to achieve are done.
        Fulfilled,
        /// One of its norms is broken.
        Broken,
        /// One of its duties is due.
        Due,
        /// It applies.
        InForce,
    }
}

/// How a norm stands to other clauses.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Order")]
pub struct OrderView<'a> {
    /// The relation.
    order: OrderKind,
    /// The clause, norm, instrument, or an exempt actor, thing or place; or words.
    target: Target<'a>,
    /// The whole phrase in the draft.
    written: &'a str,
    /// Where it stands.
    place: Position<'a>,
}

words! {
    /// The relations among clauses.
    OrderKind = norm::OrderKind {
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
}

/// Quoted words in a norm.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Prose")]
pub struct ProseView<'a> {
    /// The words without their quotation marks.
    prose: &'a str,
    /// Where they stand, quotation marks included.
    place: Position<'a>,
}

impl<'a> View<'a> {
    pub(super) fn role(self, role: &'a Role) -> RoleView<'a> {
        RoleView {
            role: role.kind.into(),
            lead: role.lead.into(),
            target: self.target(&role.target),
            written: self.written(role.at),
            place: self.position(role.at),
        }
    }

    pub(super) fn time_phrase(self, phrase: &'a TimePhrase) -> TimePhraseView<'a> {
        use TimePhraseKind as Kind;
        let (word, length, time) = match &phrase.kind {
            Kind::Within(length, time) => (TimeWord::Within, Some(length), time.as_ref()),
            Kind::By(time) => (TimeWord::By, None, Some(time)),
            Kind::Before(time) => (TimeWord::Before, None, Some(time)),
            Kind::After(time) => (TimeWord::After, None, Some(time)),
            Kind::NotBefore(time) => (TimeWord::NotBefore, None, Some(time)),
            Kind::Upon(time) => (TimeWord::Upon, None, Some(time)),
            Kind::UponEach(time) => (TimeWord::UponEach, None, Some(time)),
            Kind::DistanceAfter(length, time) => (TimeWord::DistanceAfter, Some(length), Some(time)),
            Kind::DistanceBefore(length, time) => (TimeWord::DistanceBefore, Some(length), Some(time)),
            Kind::Until(time) => (TimeWord::Until, None, Some(time)),
            Kind::On(time) => (TimeWord::On, None, Some(time)),
            Kind::For(length) => (TimeWord::For, Some(length), None),
            Kind::Every(length) => (TimeWord::Every, Some(length), None),
            Kind::Times(_, _, length) => (TimeWord::Times, length.as_ref(), None),
            Kind::During(time) => (TimeWord::During, None, Some(time)),
            Kind::Together(time) => (TimeWord::Together, None, Some(time)),
        };
        TimePhraseView {
            phrase: word,
            length: length.map(|length| self.length(length)),
            time: time.map(|time| self.time(time)),
            written: self.written(phrase.at),
            place: self.position(phrase.at),
        }
    }

    pub(super) fn window(self, window: &'a Window) -> WindowView<'a> {
        let edges = |edges: &'a [Edge]| edges.iter().map(|edge| self.edge(edge)).collect();
        WindowView { starts: edges(&window.starts), ends: edges(&window.ends) }
    }

    fn edge(self, edge: &'a Edge) -> EdgeView<'a> {
        EdgeView {
            time: self.time(&edge.time),
            inclusive: edge.inclusive,
            required: edge.required,
            written: self.written(edge.at),
        }
    }

    pub(super) fn guard(self, guard: &'a Guard) -> GuardView<'a> {
        GuardView {
            lead: guard.lead.into(),
            condition: self.condition(&guard.condition),
            written: self.written(guard.at),
            place: self.position(guard.at),
        }
    }

    fn condition(self, condition: &'a Condition) -> ConditionView<'a> {
        let all = |list: &'a [Condition]| list.iter().map(|one| self.condition(one)).collect();
        match condition {
            Condition::All(list) => ConditionView::All { conditions: all(list) },
            Condition::Any(list) => ConditionView::Any { conditions: all(list) },
            Condition::Not(inner) => ConditionView::Not { condition: Box::new(self.condition(inner)) },
            Condition::Holds(target, state) => {
                ConditionView::Holds { target: self.target(target), state: state.map(State::from) }
            }
        }
    }

    pub(super) fn order(self, order: &'a Order) -> OrderView<'a> {
        OrderView {
            order: order.kind.into(),
            target: self.target(&order.target),
            written: self.written(order.at),
            place: self.position(order.at),
        }
    }

    pub(super) fn prose(self, prose: &'a Prose) -> ProseView<'a> {
        ProseView { prose: &prose.text, place: self.position(prose.at) }
    }
}
