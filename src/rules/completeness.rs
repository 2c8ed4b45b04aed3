//! What an item leaves out: fields that its kind asks for and nothing in its norms makes up for, fields left open, and
//! prose where a typed value belongs. The code is `KIND/FIELD`; all knowledge is in the vocabulary.

use super::evidence::{Asks, Shown};
use super::vague::Words;
use super::{Draft, ask, binding, role, room};
use crate::finding::{Finding, Fix, Level};
use crate::model::clause::{Field, ValueKind};
use crate::model::entity::Item;
use crate::model::norm::ActForm;
use crate::model::time::Anchor;
use crate::model::vocabulary::{Evidence, FieldSpec, FieldType, Kind};
use crate::model::{Entity, Symbol, known};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};

/// Looks at every declared item of the draft's own file.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    let draft = *draft;
    let shown = Shown::of(draft);
    let words = Words::of(draft);
    let awaited = awaited(draft);
    let told = Told {
        unsigned: role::unsigned(draft).map(|(id, _)| Entity::Instrument(id)),
        claim: binding::claim(draft).map(|(id, _)| Entity::Instrument(id)),
        founded_by_nobody: founded_by_nobody(draft),
        is_bilateral: draft.signatories().flat_map(|id| draft.with_members(id)).count() <= 2
            && draft.signatories().count() == 2,
    };
    let mut gaps: FxHashMap<(Symbol, usize), Gap> = FxHashMap::default();
    for (entity, item) in draft.own_items().filter(|(_, item)| !item.damaged) {
        let Some(kind) = draft.model.vocabulary.kind(item.kind) else { continue };
        for field in item.fields.iter().filter(|field| !field.damaged) {
            if let Some(spec) = kind.field(field.name)
                && !told.covers(draft, entity, spec)
            {
                found.extend(left_open(draft, entity, kind, spec, field));
                found.extend(in_words(draft, entity, kind, spec, field, &words));
            }
        }
        for (index, spec) in kind.fields.iter().enumerate() {
            let Some(level) = spec.level else { continue };
            let absent = item.field(spec.name).is_none() && asked(draft, &shown, entity, item, spec);
            if absent && !told.covers(draft, entity, spec) && !shown.meets(draft, entity, item, spec) {
                let gap = gaps.entry((kind.name, index)).or_insert_with(|| Gap::of(draft, kind, spec));
                let mut finding = gap.finding(draft, entity, level);
                let example = spec.example.lines().next().unwrap_or("").trim();
                let field = format!("{}: open", draft.text(spec.name));
                finding.fixes.push(Fix {
                    title: format!("write `{field}` for now"),
                    // That it is open on purpose is for the drafters to say.
                    safe: false,
                    edits: vec![room::for_field(draft, item, &field, example)],
                });
                if let Some(&at) = awaited.get(&entity).filter(|_| draft.text(spec.name) == "means") {
                    finding = finding.label(at, "this waits for it");
                }
                if let Entity::Clause(id) = entity
                    && spec.met_by.contains(&Evidence::Duty)
                    && let Some((modal, said)) = binding::softness(draft, id)
                {
                    finding = finding.label(modal, said);
                }
                found.push(finding);
            }
        }
    }
}

/// Whether there is something to ask: something of what a field comes after is there.
fn asked(draft: Draft, shown: &Shown, entity: Entity, item: &Item, spec: &FieldSpec) -> bool {
    spec.after.is_empty() || spec.after.iter().any(|&evidence| shown.holds(draft, entity, item, evidence, Asks::Who))
}

/// The events for which a norm waits, and the first place that says so: what counts as them matters most.
fn awaited(draft: Draft) -> FxHashMap<Entity, Loc> {
    let mut found = FxHashMap::default();
    for (_, norm) in draft.own_norms() {
        for phrase in &norm.times {
            if let Some(Anchor::Event(event)) = ask::time_of(phrase).map(|time| &time.anchor) {
                found.entry(Entity::Event(*event)).or_insert(phrase.at);
            }
        }
        let mut targets = Vec::new();
        norm.guard.iter().for_each(|guard| ask::condition_targets(&guard.condition, &mut targets));
        for target in targets {
            if let Some(event @ Entity::Event(_)) = target.entity() {
                found.entry(event).or_insert(target.at);
            }
        }
    }
    found
}

/// Gaps that another finding tells already, and better.
struct Told {
    unsigned: Option<Entity>,
    claim: Option<Entity>,
    /// What is to come about by nobody's hand, and where that is said: `structure/nobody-obliged` tells it.
    founded_by_nobody: FxHashSet<Entity>,
    is_bilateral: bool,
}

fn founded_by_nobody(draft: Draft) -> FxHashSet<Entity> {
    let agentless = draft
        .own_norms()
        .filter(|(_, norm)| norm.form != ActForm::Active && norm.actors.list.is_empty() && ask::binds(norm));
    agentless.flat_map(|(_, norm)| ask::entities(&norm.objects.list)).collect()
}

impl Told {
    fn covers(&self, draft: Draft, entity: Entity, spec: &FieldSpec) -> bool {
        match draft.text(spec.name) {
            "signatories" => self.unsigned == Some(entity),
            "binding" => self.claim == Some(entity),
            "founder" => self.founded_by_nobody.contains(&entity),
            "on-deadlock" => always_decides(draft, entity),
            // Of a text of two parties each keeps its own copy.
            "depositary" => self.is_bilateral && matches!(entity, Entity::Instrument(_)),
            // The event that a promise waits for is asked itself who establishes it.
            "attribution" => awaits_event(draft, entity),
            _ => false,
        }
    }
}

/// Whether a body cannot be divided: it decides by majority, and its votes are odd in number.
fn always_decides(draft: Draft, entity: Entity) -> bool {
    let item = draft.model.item(entity);
    let Some(members) = item.field(known::MEMBERS).filter(|_| draft.word(item, "decides") == Some("majority")) else {
        return false;
    };
    let votes = members.values.iter().map(|value| match &value.kind {
        ValueKind::Entity(Entity::Party(id), None) if draft.model.party(*id).members.is_empty() => Some(1),
        ValueKind::Entity(_, Some(quantity)) => {
            quantity.low.filter(|low| low.value.is_integer()).map(|low| low.value.to_integer())
        }
        _ => None,
    });
    votes.sum::<Option<i128>>().is_some_and(|votes| votes % 2 == 1)
}

fn awaits_event(draft: Draft, entity: Entity) -> bool {
    let Entity::Clause(id) = entity else { return false };
    let own = draft.model.item(entity).fields.iter().flat_map(|field| &field.values);
    let mut named = own.filter_map(|value| match &value.kind {
        ValueKind::Entity(entity, _) => Some(*entity),
        _ => None,
    });
    named.any(|entity| matches!(entity, Entity::Event(_)))
        || draft.model.norms_of(id).any(|(_, norm)| ask::triggers(norm).next().is_some())
}

/// The code of a field: `troops/strength`.
pub(super) fn code(draft: Draft, kind: &Kind, spec: &FieldSpec) -> String {
    format!("{}/{}", draft.text(kind.name), draft.text(spec.name))
}

/// What the absence of a field is told with: the same for every item of a kind, and a draft can have thousands.
struct Gap {
    code: String,
    says: String,
    label: String,
    help: String,
    example: String,
}

impl Gap {
    fn of(draft: Draft, kind: &Kind, spec: &FieldSpec) -> Self {
        Self {
            code: code(draft, kind, spec),
            says: Asked::of(&spec.label).missing(),
            label: format!("no `{}`", draft.text(spec.name)),
            help: help(draft, spec),
            example: spec.example.trim().to_owned(),
        }
    }

    fn finding(&self, draft: Draft, entity: Entity, level: Level) -> Finding {
        let message = format!("{} {}", draft.called(entity), self.says);
        let finding = Finding::new(self.code.clone(), level, message, draft.model.item(entity).at);
        let finding = about(draft, entity, finding.saying(self.label.clone())).help(self.help.clone());
        if self.example.is_empty() { finding } else { finding.example(self.example.clone()) }
    }
}

fn left_open(draft: Draft, entity: Entity, kind: &Kind, spec: &FieldSpec, field: &Field) -> Option<Finding> {
    let open = field.values.iter().find(|value| value.kind == ValueKind::Open)?;
    let message = format!("{} {}", draft.called(entity), Asked::of(&spec.label).open());
    let level = spec.level.unwrap_or(Level::Advice);
    let finding = Finding::new(code(draft, kind, spec), level, message, open.at).saying("left open on purpose");
    Some(about(draft, entity, finding).help(help(draft, spec)))
}

fn in_words(
    draft: Draft,
    entity: Entity,
    kind: &Kind,
    spec: &FieldSpec,
    field: &Field,
    words: &Words,
) -> Option<Finding> {
    if takes_text(spec) {
        return None;
    }
    let level = spec.level.unwrap_or(Level::Advice);
    // Words that a lexicon finds just as bad are told there, word for word.
    let mut quoted = field.values.iter().filter(|value| {
        matches!(value.kind, ValueKind::Prose(_)) && words.worst(draft, value.at).is_none_or(|worst| worst < level)
    });
    let first = quoted.next()?;
    let message = format!("{} {}", draft.called(entity), Asked::of(&spec.label).in_words());
    let finding = Finding::new(code(draft, kind, spec), level, message, first.at).saying("in words only");
    let finding = quoted.fold(finding, |finding, more| finding.label(more.at, "in words only"));
    Some(about(draft, entity, finding).help(help(draft, spec)))
}

/// Whether prose is as good as anything in a field.
pub(super) fn takes_text(spec: &FieldSpec) -> bool {
    spec.types.is_empty() || spec.types.contains(&FieldType::Text)
}

fn about(draft: Draft, entity: Entity, finding: Finding) -> Finding {
    match draft.model.name(entity) {
        "" => finding,
        name => finding.about(name),
    }
}

fn help(draft: Draft, spec: &FieldSpec) -> String {
    let write = match &*spec.example {
        "" => format!("write: `{}: …`", draft.text(spec.name)),
        example => format!("write, for example: `{}`", example.trim()),
    };
    let takes_nothing = spec.why.trim().is_empty();
    if takes_nothing { write } else { format!("{write}. {}", spec.why.trim()) }
}

/// A field's label as it stands in a sentence: `strength`, or a question as in `who certifies it`.
enum Asked {
    Thing(String),
    Question(String),
}

impl Asked {
    fn of(label: &str) -> Self {
        let label = lower_first(label.trim());
        let first = label.split_whitespace().next().unwrap_or("");
        match first {
            _ if label.split_whitespace().take(2).any(asks) => Self::Question(label),
            "the" | "a" | "an" | "any" | "its" | "each" => Self::Thing(label),
            // `the protection of the force`, not its own.
            _ if label.contains(" of ") => Self::Thing(format!("the {label}")),
            _ => Self::Thing(format!("its {label}")),
        }
    }

    fn missing(&self) -> String {
        match self {
            Self::Thing(thing) => format!("does not state {thing}"),
            Self::Question(question) => format!("does not say {question}"),
        }
    }

    fn open(&self) -> String {
        match self {
            Self::Thing(thing) => format!("leaves {thing} open"),
            Self::Question(question) => format!("leaves open {question}"),
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Thing(thing) => format!("states {thing} in words only"),
            Self::Question(question) => format!("says only in words {question}"),
        }
    }
}

fn asks(word: &str) -> bool {
    matches!(word, "who" | "whom" | "whose" | "what" | "when" | "where" | "how" | "whether" | "which" | "why")
}

/// A label with a small first letter, unless its first word is an abbreviation.
pub(super) fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_as_part_of_a_sentence() {
        assert_eq!(Asked::of("Strength").missing(), "does not state its strength");
        assert_eq!(Asked::of("who certifies it").open(), "leaves open who certifies it");
        assert_eq!(Asked::of("SOFA").in_words(), "states its SOFA in words only");
        assert_eq!(Asked::of("the rules on force").missing(), "does not state the rules on force");
    }
}
