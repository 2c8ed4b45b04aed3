//! Norms with their actors, verb and objects.

use super::amount::QuantityView;
use super::phrase::{GuardView, OrderView, ProseView, RoleView, TimePhraseView, WindowView};
use super::value::Target;
use super::{Position, View};
use crate::model::Entity;
use crate::model::norm::{self, Actors, Norm, Objects};
use crate::model::vocabulary::{self, ActionId};
use schemars::JsonSchema;
use serde::Serialize;

/// One act that somebody must, may or must not do.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Norm")]
pub struct NormView<'a> {
    /// What a draft calls it: `force(a)`, `assistance(a).2`. Norms of a clause without marks share the clause's name.
    name: String,
    /// Which norm of its clause it is, from 1.
    number: usize,
    /// The mark of its sentence: `a` of `(a)`.
    letter: Option<&'a str>,
    /// The mark of its own act, where the acts of the sentence have marks.
    mark: Option<&'a str>,
    /// Which act of its sentence it is, from 1; `null` where the sentence has only one.
    act: Option<u32>,
    /// The whole sentence.
    sentence: &'a str,
    /// Where its own act stands, with its phrases.
    place: Position<'a>,
    /// Whether a part of it could not be read.
    damaged: bool,
    /// How it is said.
    form: Form,
    /// Who.
    actors: ActorsView<'a>,
    /// What the norm does with the act.
    mode: Mode,
    /// How firmly.
    strength: Strength,
    /// The modal words in the draft: `shall`, `undertakes not to`.
    modal: &'a str,
    /// Whether it says `only`: a permission, and a ban on every other declared party.
    only: bool,
    /// The verb as written.
    verb: &'a str,
    /// The verb as the vocabulary knows it; `null` where it does not.
    action: Option<ActionView<'a>>,
    /// How many or how much of the objects.
    quantity: Option<QuantityView<'a>>,
    /// What is done, moved, paid, built.
    objects: ObjectsView<'a>,
    /// Places and other roles, in the order of the text.
    roles: Vec<RoleView<'a>>,
    /// The phrases of time as written, in the order of the text, those that hold for the whole clause or draft
    /// included.
    times: Vec<TimePhraseView<'a>>,
    /// The window that they make together.
    window: WindowView<'a>,
    /// What must hold besides: every one of these.
    guard: Vec<GuardView<'a>>,
    /// How it stands to other clauses.
    orders: Vec<OrderView<'a>>,
    /// Words with no test: quoted phrases.
    words: Vec<ProseView<'a>>,
    /// `only in order to "…"`
    purpose: Option<ProseView<'a>>,
    /// What `ensure that` promises for others: they are not bound by it. Its name and window are those of this norm.
    ensures: Option<Box<NormView<'a>>>,
}

words! {
    /// How a norm is said.
    Form = norm::ActForm {
        /// `FR shall deploy force`
        Active,
        /// `force shall be deployed by FR`
        Passive,
        /// `there shall be a commission`
        Constitutive,
    }
}

words! {
    /// What a norm does with its act.
    Mode = norm::Mode {
        /// It is to be done; the strength says how firmly.
        Oblige,
        /// It is not to be done.
        Forbid,
        /// It may be done.
        Permit,
        /// It need not be done.
        Release,
    }
}

words! {
    /// How strongly a norm binds, by its modal words, from the weakest to the strongest.
    Strength = norm::Strength {
        /// `may`, `is entitled to`: permission
        Option,
        /// `should`, `endeavours to`: effort only
        Effort,
        /// `intends to`, `stands ready to`: no obligation
        Intent,
        /// `will`, `commits to`: political obligation
        Firm,
        /// `shall`, `undertakes to`: obligation
        Duty,
    }
}

/// Who acts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Actors")]
struct ActorsView<'a> {
    /// Them; empty where nobody is named.
    list: Vec<Target<'a>>,
    /// Whether `or` joins them: one is enough.
    any: bool,
    /// Whether each owes all of it or they owe it together, where the draft says so.
    manner: Option<Manner>,
}

words! {
    /// How several actors owe one act.
    Manner = norm::Manner {
        /// Each of them owes all of it.
        Each,
        /// They owe it together.
        Jointly,
    }
}

/// What is acted on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Objects")]
struct ObjectsView<'a> {
    /// Them.
    list: Vec<Target<'a>>,
    /// Whether `or` joins them: one is enough.
    any: bool,
}

/// A verb of the vocabulary.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Action")]
struct ActionView<'a> {
    /// Its infinitive as drafts write it: `hand-over`.
    name: &'a str,
    /// As printed: `hand over`.
    label: &'a str,
    /// What keeping it looks like.
    nature: Nature,
}

words! {
    /// What keeping a norm with a verb looks like.
    Nature = vocabulary::Nature {
        /// Once within the window: deploy, withdraw, pay.
        Achieve,
        /// Throughout the window: monitor, host.
        Maintain,
        /// By not doing something: cease, refrain.
        Refrain,
    }
}

impl<'a> View<'a> {
    pub(super) fn norms(self, norms: &'a [Norm]) -> Vec<NormView<'a>> {
        norms.iter().enumerate().map(|(index, norm)| self.norm(norm, index + 1)).collect()
    }

    /// What a draft calls a norm.
    pub(super) fn norm_name(self, norm: &Norm) -> String {
        let mut name = self.name(Entity::Clause(norm.clause)).to_owned();
        if let Some(letter) = norm.letter {
            name = format!("{name}({})", self.text(letter));
        }
        if let Some(act) = norm.act {
            name = format!("{name}.{act}");
        }
        name
    }

    fn norm(self, norm: &'a Norm, number: usize) -> NormView<'a> {
        NormView {
            name: self.norm_name(norm),
            number,
            letter: norm.letter.map(|letter| self.text(letter)),
            mark: norm.mark.map(|mark| self.text(mark)),
            act: norm.act,
            sentence: self.written(norm.sentence),
            place: self.position(norm.at),
            damaged: norm.damaged,
            form: norm.form.into(),
            actors: self.actors(&norm.actors),
            mode: norm.mode.into(),
            strength: norm.strength.into(),
            modal: self.written(norm.modal),
            only: norm.only,
            verb: self.text(norm.verb),
            action: norm.action.map(|id| self.action(id)),
            quantity: norm.quantity.as_ref().map(|quantity| self.quantity(quantity)),
            objects: self.objects(&norm.objects),
            roles: norm.roles.iter().map(|role| self.role(role)).collect(),
            times: norm.times.iter().map(|phrase| self.time_phrase(phrase)).collect(),
            window: self.window(&norm.window),
            guard: norm.guard.iter().map(|guard| self.guard(guard)).collect(),
            orders: norm.orders.iter().map(|order| self.order(order)).collect(),
            words: norm.words.iter().map(|prose| self.prose(prose)).collect(),
            purpose: norm.purpose.as_ref().map(|prose| self.prose(prose)),
            ensures: norm.ensures.as_deref().map(|ensured| Box::new(self.norm(ensured, number))),
        }
    }

    fn actors(self, actors: &'a Actors) -> ActorsView<'a> {
        ActorsView { list: self.targets(&actors.list), any: actors.any, manner: actors.manner.map(Manner::from) }
    }

    fn objects(self, objects: &'a Objects) -> ObjectsView<'a> {
        ObjectsView { list: self.targets(&objects.list), any: objects.any }
    }

    fn action(self, id: ActionId) -> ActionView<'a> {
        let action = self.model.vocabulary.action(id);
        ActionView { name: self.text(action.name), label: &action.label, nature: action.nature.into() }
    }
}
