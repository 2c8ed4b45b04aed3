//! What a rule can name of a draft: the sets, and the paths from one value to others.
//!
//! Type checking, evaluation and the reference are made from this table, so that none knows what another does not.

use super::types::Type;
use super::value::{Gap, Value, Values};
use super::world::World;
use crate::model::Entity;
use crate::model::clause::Target;
use crate::model::norm::{Condition, Mode, Norm, OrderKind, RoleKind, Strength};
use crate::model::time::TimePhraseKind;
use crate::model::vocabulary::Nature;
use crate::rules::ask;

/// Everything of one sort in a draft.
#[derive(Debug)]
pub struct Set {
    /// How a rule calls it.
    pub name: &'static str,
    /// What is in it.
    pub of: Type,
    /// What it holds, for the reference.
    pub about: &'static str,
    /// All of it.
    pub all: for<'m> fn(&World<'m>, &mut Values<'m>),
}

/// A name behind a dot.
#[derive(Debug)]
pub struct Path {
    /// Of what values it can be asked.
    pub of: Type,
    /// The name.
    pub name: &'static str,
    /// What it gives.
    pub gives: Type,
    /// The words that it gives, where it gives one of a few.
    pub words: &'static [&'static str],
    /// What that is, for the reference.
    pub about: &'static str,
    /// Asks one value.
    pub get: Get,
}

/// How a path is followed from one value.
pub type Get = for<'m> fn(&World<'m>, Value<'m>, &mut Values<'m>);

const fn set(name: &'static str, of: Type, about: &'static str, all: for<'m> fn(&World<'m>, &mut Values<'m>)) -> Set {
    Set { name, of: of.many(), about, all }
}

const fn path(of: Type, name: &'static str, gives: Type, about: &'static str, get: Get) -> Path {
    Path { of, name, gives, words: &[], about, get }
}

const fn word(of: Type, name: &'static str, words: &'static [&'static str], about: &'static str, get: Get) -> Path {
    Path { of, name, gives: Type::WORD, words, about, get }
}

/// The sets besides the kinds, each of which is a set by its own name.
pub const SETS: &[Set] = &[
    set("clauses", Type::CLAUSE, "every provision, of whatever kind", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Clause(_)));
    }),
    set("norms", Type::NORM, "every act that somebody shall, may or shall not do", |w, out| {
        for (id, norm) in w.norms() {
            out.push(Value::Norm(id), norm.at);
        }
    }),
    set("parties", Type::PARTY, "whoever is declared as a `party`", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Party(_)));
    }),
    set("signatories", Type::PARTY, "those who sign the declaration", |w, out| {
        let signatories = w.draft.model.declaration.map(Entity::Instrument);
        if let Some(declaration) = signatories {
            signs(w, Value::Entity(declaration), out);
        }
    }),
    set("places", Type::PLACE, "what is declared as a `place`", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Place(_)));
    }),
    set(
        "things",
        Type::THING,
        "what is declared as a `thing`, and what sentences name without declaring it",
        |w, out| {
            entities(w, out, |entity| matches!(entity, Entity::Thing(_)));
        },
    ),
    set("events", Type::EVENT, "what is declared as an `event`", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Event(_)));
    }),
    set("phases", Type::PHASE, "what is declared as a `phase`", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Phase(_)));
    }),
    set("terms", Type::TERM, "what is declared as a `term`", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Term(_)));
    }),
    set("instruments", Type::INSTRUMENT, "the declaration, and the texts beside it", |w, out| {
        entities(w, out, |entity| matches!(entity, Entity::Instrument(_)));
    }),
    set("actions", Type::ACTION, "the verbs of the sentences, each once", |w, out| {
        let mut seen = rustc_hash::FxHashSet::default();
        for (_, norm) in w.norms() {
            if let Some(action) = norm.action.filter(|action| seen.insert(*action)) {
                out.push(Value::Action(action), norm.verb_at);
            }
        }
    }),
];

/// The names behind dots besides the fields, which are known by their own names.
pub const PATHS: &[Path] = &[
    // ------------------------------------------------------------------------------------------ whatever is declared
    path(Type::ITEM, "label", Type::TEXT, "what a reader calls it", |w, value, out| {
        let Value::Entity(entity) = value else { return };
        out.push(Value::Text(w.draft.model.label(entity)), w.draft.model.item(entity).at);
    }),
    path(Type::ITEM, "mentions", Type::NORM.many(), "the norms that name it, marked where they do", |w, value, out| {
        let Value::Entity(entity) = value else { return };
        for &(norm, at) in w.mentions(entity) {
            out.push(Value::Norm(norm), at);
        }
        out.lacks(w.gap());
    }),
    path(
        Type::ITEM.or(Type::NORM),
        "position",
        Type::AMOUNT,
        "its place in the order of the text, by which `a.position < b.position` takes each pair once",
        |w, value, out| {
            let at = match value {
                Value::Entity(entity) => w.draft.model.item(entity).at,
                Value::Norm(id) => w.draft.model.norm(id).at,
                _ => return,
            };
            out.push(Value::Number(at.span.start), at);
        },
    ),
    // ------------------------------------------------------------------------------------------------------- clauses
    path(Type::CLAUSE, "kind", Type::WORD, "its kind: `troops`, `hub`, `commitment`", |w, value, out| {
        let Value::Entity(entity) = value else { return };
        let item = w.draft.model.item(entity);
        out.push(Value::Word(item.kind), item.at);
    }),
    path(Type::CLAUSE, "norms", Type::NORM.many(), "its sentences, act by act", |w, value, out| {
        let Value::Entity(Entity::Clause(id)) = value else { return };
        for (norm, row) in w.draft.model.norms_of(id) {
            out.push(Value::Norm(norm), row.at);
        }
        damaged(w.draft.model.clause(id).item.damaged, out);
    }),
    path(Type::CLAUSE, "actors", Type::ACTOR.many(), "whoever acts in its sentences", |w, value, out| {
        of_norms(w, value, out, actors);
    }),
    path(Type::CLAUSE, "obliged", Type::ACTOR.many(), "whoever shall or will do something by it", |w, value, out| {
        let Value::Entity(Entity::Clause(id)) = value else { return };
        for (_, norm) in w.draft.model.norms_of(id).filter(|(_, norm)| ask::binds(norm)) {
            actors(w, norm, out);
        }
        damaged(w.draft.model.clause(id).item.damaged, out);
    }),
    path(
        Type::CLAUSE,
        "places",
        Type::GROUND.many(),
        "where its acts take place: by its fields `area` and `location`, and by its sentences",
        |w, value, out| {
            let Value::Entity(entity) = value else { return };
            for name in ["area", "location"] {
                w.field(entity, name, out);
            }
            of_norms(w, value, out, |w, norm, out| roles(w, norm, RoleKind::Place, out));
            silent(out);
        },
    ),
    path(Type::CLAUSE, "instrument", Type::INSTRUMENT, "the text that it belongs to", |w, value, out| {
        let Value::Entity(Entity::Clause(id)) = value else { return };
        if let Some(instrument) = w.draft.model.clause(id).instrument {
            let entity = Entity::Instrument(instrument);
            out.push(Value::Entity(entity), w.draft.model.item(entity).at);
        }
        silent(out);
    }),
    // ------------------------------------------------------------------------------------------------------- parties
    path(
        Type::PARTY,
        "bound",
        Type::TRUTH,
        "whether the declaration binds it: it signs, or all its members do, or that to which it belongs",
        |w, value, out| {
            let Value::Entity(entity @ Entity::Party(id)) = value else { return };
            let item = w.draft.model.item(entity);
            out.push(Value::Truth(w.draft.model.party(id).bound), item.at);
        },
    ),
    path(Type::PARTY, "everybody", Type::PARTY.many(), "it, its members, and theirs", |w, value, out| {
        let Value::Entity(Entity::Party(id)) = value else { return };
        for one in w.draft.with_members(id) {
            let party = w.draft.model.party(one);
            out.push(Value::Entity(Entity::Party(one)), party.item.at);
            if party.members.iter().any(|member| member.entity().is_none()) || party.item.damaged {
                out.lacks(Gap::Silent);
            }
        }
    }),
    path(Type::ACTOR, "acts", Type::NORM.many(), "the norms that name it as the one who acts", |w, value, out| {
        let Value::Entity(entity) = value else { return };
        for &norm in w.acts(entity) {
            out.push(Value::Norm(norm), w.draft.model.norm(norm).at);
        }
        out.lacks(w.gap());
    }),
    // -------------------------------------------------------------------------------------------------------- places
    path(Type::PLACE, "host", Type::PARTY, "whose it is, or whose the place around it is", |w, value, out| {
        let Value::Entity(Entity::Place(id)) = value else { return };
        let model = w.draft.model;
        let (mut around, mut next) = (vec![id], 0);
        while let Some(&place) = around.get(next) {
            next += 1;
            let row = model.place(place);
            damaged(row.item.damaged, out);
            if let Some(owner) = row.of {
                let at = row.item.field(crate::model::known::OF).and_then(|field| field.values.first());
                out.push(Value::Entity(Entity::Party(owner)), at.map_or(row.item.at, |value| value.at));
                break;
            }
            around.extend(row.within.iter().filter(|above| !around.contains(above)).copied().collect::<Vec<_>>());
        }
        silent(out);
    }),
    path(Type::PLACE, "around", Type::PLACE.many(), "it, and the places that it lies in", |w, value, out| {
        let Value::Entity(Entity::Place(id)) = value else { return };
        let model = w.draft.model;
        let (mut around, mut next) = (vec![id], 0);
        while let Some(&place) = around.get(next) {
            next += 1;
            let row = model.place(place);
            out.push(Value::Entity(Entity::Place(place)), row.item.at);
            damaged(row.item.damaged, out);
            around.extend(row.within.iter().filter(|above| !around.contains(above)).copied().collect::<Vec<_>>());
        }
    }),
    // ---------------------------------------------------------------------------------------------------- instruments
    path(Type::INSTRUMENT, "signatories", Type::PARTY.many(), "those who sign it", signs),
    // --------------------------------------------------------------------------------------------------------- norms
    path(Type::NORM, "clause", Type::CLAUSE, "the clause that it stands in", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        out.push(Value::Entity(Entity::Clause(norm.clause)), w.draft.model.clause(norm.clause).item.at);
    }),
    path(Type::NORM, "actors", Type::ACTOR.many(), "who acts; `the parties` are all signatories", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        actors(w, norm, out);
    }),
    path(
        Type::NORM,
        "action",
        Type::ACTION,
        "its verb: `n.action is deploy` holds for every verb that is a kind of deploying",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            match norm.action {
                Some(action) => out.push(Value::Action(action), norm.verb_at),
                None => out.push_text(w.draft.model.text(norm.verb), norm.verb_at),
            }
        },
    ),
    path(Type::NORM, "verb", Type::WORD, "its verb as written", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        out.push(Value::Word(norm.verb), norm.verb_at);
    }),
    word(
        Type::NORM,
        "mode",
        &["oblige", "forbid", "permit", "release"],
        "what it does with the act",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            let word = match norm.mode {
                Mode::Oblige => "oblige",
                Mode::Forbid => "forbid",
                Mode::Permit => "permit",
                Mode::Release => "release",
            };
            w.push_word(word, norm.modal, out);
        },
    ),
    word(
        Type::NORM,
        "strength",
        &["duty", "firm", "intent", "effort", "option"],
        "how firmly its modal words bind: `shall` is a duty, `will` firm, `intends to` intent, `should` effort, `may` an option",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            let word = match norm.strength {
                Strength::Duty => "duty",
                Strength::Firm => "firm",
                Strength::Intent => "intent",
                Strength::Effort => "effort",
                Strength::Option => "option",
            };
            w.push_word(word, norm.modal, out);
        },
    ),
    path(Type::NORM, "binds", Type::TRUTH, "whether somebody shall or will do it", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        out.push(Value::Truth(ask::binds(norm)), norm.modal);
    }),
    path(Type::NORM, "modal", Type::TEXT, "its modal words", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        out.push(Value::Text(w.draft.words(norm.modal)), norm.modal);
    }),
    path(
        Type::NORM,
        "objects",
        Type::ITEM.or(Type::NORM).many(),
        "what is done, moved, paid, built",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            targets(w, &norm.objects.list, out);
            if let Some(counted) = norm.quantity.as_ref().and_then(|quantity| w.draft.model.counted(quantity)) {
                out.push(Value::Entity(counted), norm.quantity.as_ref().map_or(norm.at, |quantity| quantity.at));
            }
            damaged(norm.damaged, out);
            silent(out);
        },
    ),
    path(Type::NORM, "amount", Type::AMOUNT, "how many or how much of it", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        if let Some(quantity) = &norm.quantity {
            out.push(Value::Amount(quantity), quantity.at);
        }
        damaged(norm.damaged, out);
        silent(out);
    }),
    path(Type::NORM, "places", Type::GROUND.many(), "where it is done, or where it leads to", |w, value, out| {
        role(w, value, RoleKind::Place, out);
    }),
    path(Type::NORM, "origins", Type::GROUND.many(), "where it comes from", |w, value, out| {
        role(w, value, RoleKind::Origin, out);
    }),
    path(Type::NORM, "recipients", Type::ITEM.many(), "`to X`: who gets it", |w, value, out| {
        role(w, value, RoleKind::Recipient, out);
    }),
    path(Type::NORM, "against", Type::ITEM.many(), "`against X`", |w, value, out| {
        role(w, value, RoleKind::Against, out);
    }),
    path(Type::NORM, "about", Type::ITEM.or(Type::NORM).many(), "`about X`", |w, value, out| {
        role(w, value, RoleKind::About, out);
    }),
    path(Type::NORM, "partners", Type::ITEM.many(), "`with X`: who does it too", |w, value, out| {
        role(w, value, RoleKind::Partner, out);
    }),
    path(Type::NORM, "means", Type::ITEM.many(), "`with X`: what it is done with", |w, value, out| {
        role(w, value, RoleKind::Means, out);
    }),
    path(Type::NORM, "beneficiaries", Type::ITEM.many(), "`for X`", |w, value, out| {
        role(w, value, RoleKind::Beneficiary, out);
    }),
    path(Type::NORM, "under", Type::ITEM.many(), "`under X`: under whose command, or under what", |w, value, out| {
        role(w, value, RoleKind::Under, out);
    }),
    path(
        Type::NORM,
        "consent",
        Type::ITEM.many(),
        "`in agreement with X`: whose consent is a precondition",
        |w, value, out| {
            role(w, value, RoleKind::Consent, out);
        },
    ),
    path(
        Type::NORM,
        "triggers",
        Type::EVENT.many(),
        "the events that must have come before it applies",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            for (phrase, event) in ask::triggers(norm) {
                out.push(Value::Entity(Entity::Event(event)), phrase.at);
            }
            damaged(norm.damaged, out);
        },
    ),
    path(
        Type::NORM,
        "conditions",
        Type::ITEM.or(Type::NORM).many(),
        "what `if`, `unless` and `while` name",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            for guard in &norm.guard {
                condition(w, &guard.condition, out);
            }
            damaged(norm.damaged, out);
        },
    ),
    path(Type::NORM, "deadlines", Type::TIME.many(), "the points in time at which its window ends", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        for edge in &norm.window.ends {
            out.push(Value::Time(&edge.time), edge.at);
        }
        damaged(norm.damaged, out);
    }),
    path(
        Type::NORM,
        "dated",
        Type::TRUTH,
        "whether it says when its act must be done at the latest",
        |w, value, out| {
            let Some(norm) = norm(w, value) else { return };
            out.push(Value::Truth(ask::has_latest(norm)), norm.at);
            damaged(norm.damaged, out);
        },
    ),
    path(Type::NORM, "lasts", Type::LENGTH, "`for 6 months`", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        for phrase in &norm.times {
            if let TimePhraseKind::For(length) = &phrase.kind {
                out.push(Value::Length(length), phrase.at);
            }
        }
        damaged(norm.damaged, out);
        silent(out);
    }),
    path(Type::NORM, "every", Type::LENGTH, "`every 2 weeks`", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        for phrase in &norm.times {
            if let TimePhraseKind::Every(length) | TimePhraseKind::Times(_, _, Some(length)) = &phrase.kind {
                out.push(Value::Length(length), phrase.at);
            }
        }
        damaged(norm.damaged, out);
        silent(out);
    }),
    path(
        Type::NORM,
        "yields-to",
        Type::ITEM.or(Type::NORM).many(),
        "`subject to X`, `except as in X`",
        |w, value, out| {
            orders(w, value, &[OrderKind::SubjectTo, OrderKind::ExceptAsIn], out);
        },
    ),
    path(Type::NORM, "overrides", Type::ITEM.or(Type::NORM).many(), "`notwithstanding X`", |w, value, out| {
        orders(w, value, &[OrderKind::Notwithstanding], out);
    }),
    path(Type::NORM, "words", Type::TEXT.many(), "its quoted phrases, which no test can be put to", |w, value, out| {
        let Some(norm) = norm(w, value) else { return };
        for words in &norm.words {
            out.push(Value::Text(&words.text), words.at);
        }
        damaged(norm.damaged, out);
    }),
    // -------------------------------------------------------------------------------------------------------- actions
    word(
        Type::ACTION,
        "nature",
        &["achieve", "maintain", "refrain"],
        "whether it is done once, kept up, or is to leave something undone",
        |w, value, out| {
            let Value::Action(id) = value else { return };
            let action = w.draft.model.vocabulary.action(id);
            let word = match action.nature {
                Nature::Achieve => "achieve",
                Nature::Maintain => "maintain",
                Nature::Refrain => "refrain",
            };
            w.push_word(word, action.at, out);
        },
    ),
    path(
        Type::ACTION,
        "exclusive",
        Type::TRUTH,
        "whether only one can do it for one thing in one place",
        |w, value, out| {
            let Value::Action(id) = value else { return };
            let action = w.draft.model.vocabulary.action(id);
            out.push(Value::Truth(action.exclusive), action.at);
        },
    ),
    path(Type::ACTION, "agrees-to-agree", Type::TRUTH, "whether it only promises a later promise", |w, value, out| {
        let Value::Action(id) = value else { return };
        let action = w.draft.model.vocabulary.action(id);
        out.push(Value::Truth(action.agrees_to_agree), action.at);
    }),
    path(Type::ACTION, "outcome-free", Type::TRUTH, "whether it says nothing about a result", |w, value, out| {
        let Value::Action(id) = value else { return };
        let action = w.draft.model.vocabulary.action(id);
        out.push(Value::Truth(action.outcome_free), action.at);
    }),
];

/// Every declared item of a sort.
fn entities<'m>(w: &World<'m>, out: &mut Values<'m>, sort: fn(&Entity) -> bool) {
    for entity in w.draft.model.entities().filter(sort) {
        out.push(Value::Entity(entity), w.draft.model.item(entity).at);
    }
}

fn norm<'m>(w: &World<'m>, value: Value<'m>) -> Option<&'m Norm> {
    match value {
        Value::Norm(id) => Some(w.draft.model.norm(id)),
        _ => None,
    }
}

/// Of what could not be read nothing is concluded.
fn damaged(is: bool, out: &mut Values) {
    if is {
        out.lacks(Gap::Damaged);
    }
}

/// What is not said may be as anybody likes.
fn silent(out: &mut Values) {
    if out.items.is_empty() {
        out.lacks(Gap::Silent);
    }
}

fn targets<'m>(w: &World<'m>, targets: &'m [Target], out: &mut Values<'m>) {
    for target in targets {
        out.push_target(w.draft.model, target);
    }
}

fn actors<'m>(w: &World<'m>, norm: &'m Norm, out: &mut Values<'m>) {
    targets(w, &norm.actors.list, out);
    damaged(norm.damaged, out);
    // Where nobody is named, anybody may be meant.
    if norm.actors.list.is_empty() {
        out.lacks(Gap::Silent);
    }
}

fn roles<'m>(w: &World<'m>, norm: &'m Norm, kind: RoleKind, out: &mut Values<'m>) {
    for role in norm.roles.iter().filter(|role| role.kind == kind) {
        out.push_target(w.draft.model, &role.target);
    }
    damaged(norm.damaged, out);
}

fn role<'m>(w: &World<'m>, value: Value<'m>, kind: RoleKind, out: &mut Values<'m>) {
    let Some(norm) = norm(w, value) else { return };
    roles(w, norm, kind, out);
    // An act takes place somewhere and has a recipient, said or not; it has no partner and needs no consent unless that is said.
    if matches!(kind, RoleKind::Place | RoleKind::Origin | RoleKind::Recipient) {
        silent(out);
    }
}

fn of_norms<'m>(w: &World<'m>, value: Value<'m>, out: &mut Values<'m>, get: fn(&World<'m>, &'m Norm, &mut Values<'m>)) {
    let Value::Entity(Entity::Clause(id)) = value else { return };
    for (_, norm) in w.draft.model.norms_of(id) {
        get(w, norm, out);
    }
    damaged(w.draft.model.clause(id).item.damaged, out);
}

fn orders<'m>(w: &World<'m>, value: Value<'m>, kinds: &[OrderKind], out: &mut Values<'m>) {
    let Some(norm) = norm(w, value) else { return };
    for order in norm.orders.iter().filter(|order| kinds.contains(&order.kind)) {
        out.push_target(w.draft.model, &order.target);
    }
    damaged(norm.damaged, out);
}

fn condition<'m>(w: &World<'m>, condition: &'m Condition, out: &mut Values<'m>) {
    let mut found = Vec::new();
    ask::condition_targets(condition, &mut found);
    for target in found {
        out.push_target(w.draft.model, target);
    }
}

/// Those who sign an instrument.
fn signs<'m>(w: &World<'m>, value: Value<'m>, out: &mut Values<'m>) {
    let Value::Entity(Entity::Instrument(id)) = value else { return };
    let row = w.draft.model.instrument(id);
    for signatory in &row.signatories {
        out.push_target(w.draft.model, &signatory.who);
    }
    damaged(row.item.damaged, out);
    silent(out);
}
