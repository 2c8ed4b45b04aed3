//! How the parts of a draft hang together: names nobody uses, what defines itself, duties of nobody, events from nowhere.

use super::ask::{binds, entities};
use super::loops::cycles;
use super::{Draft, Report, Rule, advice, error, read, texts, warning};
use crate::finding::{Finding, Level};
use crate::model::clause::{Target, ValueKind, What};
use crate::model::entity::Item;
use crate::model::norm::{ActForm, Norm, RoleKind};
use crate::model::time::Anchor;
use crate::model::vocabulary::Nature;
use crate::model::{ClauseId, Entity, EventId, PartyId, PlaceId, TermId, ThingId, known};
use crate::source::Loc;
use crate::syntax::lex::lex;
use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("structure/undefined-name", Level::Error, "a name that nothing declares"),
    read("structure/undeclared-thing", Level::Advice, "a thing that nothing declares"),
    read("structure/duplicate-name", Level::Error, "one name for two things"),
    read("structure/duplicate-field", Level::Warning, "the same field twice"),
    read("structure/unknown-kind", Level::Error, "an item of no known kind"),
    read("structure/unknown-field", Level::Warning, "a field that its kind does not have"),
    read("structure/unknown-verb", Level::Warning, "a verb that the vocabulary does not have"),
    read("structure/unknown-unit", Level::Warning, "a unit that the vocabulary does not have"),
    read("structure/unknown-norm", Level::Error, "a norm that its clause does not have"),
    read("structure/wrong-kind", Level::Error, "a name of the wrong kind"),
    read("structure/wrong-value", Level::Warning, "a value that its field does not take"),
    read("structure/import-missing", Level::Error, "an import that cannot be read"),
    read("structure/import-cycle", Level::Error, "files that import each other"),
    read("structure/import-outside", Level::Error, "an import from outside the project"),
    read("structure/unused-import", Level::Advice, "an import that nothing uses"),
    read("structure/vocabulary", Level::Error, "a vocabulary item that cannot be used"),
    read("structure/unused-acceptance", Level::Warning, "an acceptance that hides nothing"),
    read("structure/expired-acceptance", Level::Warning, "an acceptance past its date"),
    read("structure/unacceptable", Level::Error, "an acceptance of what cannot be accepted"),
    advice("structure/unused-name", "a name that nothing uses", unused_name),
    error("structure/circular-definition", "a definition that leads back to itself", circular_definition),
    error("structure/circular-containment", "a whole that is its own part", circular_containment),
    error("structure/circular-order", "an event that comes after itself", circular_order),
    error("structure/nobody-obliged", "a duty that names nobody", nobody_obliged),
    advice("structure/signatories-differ", "participants that do not sign", texts::signatories_differ),
    warning("structure/empty-definition", "a definition that repeats the name", empty_definition),
    warning("structure/missing-annex", "an annex that nothing declares", texts::missing_annex),
    warning("structure/no-precedence", "two texts, and neither prevails", texts::no_precedence),
    advice("structure/no-prevailing-language", "several languages, and none prevails", texts::no_prevailing_language),
    error("structure/versions-differ", "authentic versions that say different things", texts::versions_differ),
    advice("structure/silent-party", "a party that no clause binds", silent_party),
    advice("structure/no-norms", "a clause that obliges and permits nothing", no_norms),
];

fn unused_name(draft: &Draft, report: &mut Report) {
    if draft.model.declaration.is_none() {
        return;
    }
    let mut used: FxHashSet<Entity> = FxHashSet::default();
    for mention in &draft.model.mentions {
        let whole = draft.model.item(mention.entity).whole;
        if whole.file != mention.at.file || !whole.span.contains(mention.at.span) {
            used.insert(mention.entity);
        }
    }
    used.extend(draft.signatories().map(Entity::Party));
    used.extend(draft.model.parties.iter().flat_map(|party| entities(&party.members)));
    used.extend(draft.model.parties.iter().filter_map(|party| party.of).map(Entity::Party));
    used.extend(draft.model.places.iter().filter_map(|place| place.of).map(Entity::Party));
    let everybody = draft.own_norms().any(|(_, norm)| {
        let all = |actor: &Target| matches!(actor.what, What::AllParties | What::Nobody | What::AnyoneExcept(_));
        norm.only || norm.actors.list.iter().any(all)
    });
    let stories = words_of_stories(*draft);
    let unread = words_of_damaged(draft);
    let mut unused: Vec<&Item> = Vec::new();
    for (entity, item) in draft.own_items() {
        let counts = match entity {
            // A witness is named for the sake of being named.
            Entity::Party(_) => !everybody && !draft.has_field(item, "role"),
            // The event says itself where it is used.
            Entity::Event(_) if draft.has_field(item, "used-by") => false,
            Entity::Place(_) | Entity::Thing(_) | Entity::Event(_) | Entity::Phase(_) | Entity::Term(_) => true,
            Entity::Instrument(_) | Entity::Clause(_) => false,
        };
        if !counts || item.damaged || used.contains(&entity) || stories.contains(draft.text(item.name)) {
            continue;
        }
        // It may be used in what could not be read, by its name or by its label.
        let label = item.label.as_deref().unwrap_or("").to_lowercase();
        let mut labelled = label.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).peekable();
        if unread.contains(draft.text(item.name))
            || labelled.peek().is_some() && labelled.all(|word| unread.contains(word))
        {
            continue;
        }
        unused.push(item);
    }
    let quoted = quoted_names(*draft, &unused);
    for item in unused.into_iter().filter(|item| !quoted.contains(&item.at)) {
        let name = draft.text(item.name);
        let finding = report
            .finding(format!("nothing in the draft uses `{name}`"), item.at)
            .saying("declared here and never named again")
            .help(format!("use `{name}` in a clause, or leave this {} out", draft.text(item.kind)))
            .about(name)
            .fix("leave it out", false, item.whole, "");
        report.push(finding);
    }
}

/// Those of some items whose label stands in quoted words of another item.
fn quoted_names(draft: Draft, items: &[&Item]) -> FxHashSet<Loc> {
    let mut found: FxHashSet<Loc> = FxHashSet::default();
    let labelled: Vec<&&Item> =
        items.iter().filter(|item| item.label.as_deref().is_some_and(|it| it.len() > 2)).collect();
    let labels = labelled.iter().filter_map(|item| item.label.as_deref());
    let labels: Vec<&str> = labels.map(|label| label.strip_prefix("the ").unwrap_or(label)).collect();
    if labels.is_empty() {
        return found;
    }
    let Ok(automaton) = AhoCorasick::builder().ascii_case_insensitive(true).build(&labels) else { return found };
    for quote in super::vague::quotes(draft) {
        for hit in automaton.find_overlapping_iter(draft.words(quote.at)) {
            let item = labelled.get(hit.pattern().as_usize());
            found.extend(item.filter(|item| !item.whole.span.contains(quote.at.span)).map(|item| item.at));
        }
    }
    found
}

/// The words of a draft's scenarios, which are no part of the model: what stands there is used.
fn words_of_stories<'a>(draft: Draft<'a>) -> FxHashSet<&'a str> {
    let Some(own) = draft.own_items().next().map(|(_, item)| item.at.file) else { return FxHashSet::default() };
    let code = draft.sources.file(own).code();
    // Most drafts have none, and need not be read again.
    if memchr::memmem::find(code.as_bytes(), b"scenario").is_none() {
        return FxHashSet::default();
    }
    let tokens = lex(own, code, 0).tokens.into_iter();
    let words = tokens.filter_map(|token| code.get(token.span.start as usize..token.span.end as usize));
    let stories = words.skip_while(|word| *word != "scenario");
    stories.flat_map(|word| word.split(|c: char| !c.is_alphanumeric() && c != '-')).collect()
}

/// The words of the items that could not be read as they stand, as written and in small letters.
fn words_of_damaged(draft: &Draft) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    for (_, item) in draft.own_items().filter(|(_, item)| item.damaged) {
        for word in draft.sources.slice(item.whole).split(|c: char| !c.is_alphanumeric() && c != '-') {
            words.insert(word.to_owned());
            words.insert(word.to_lowercase());
        }
    }
    words
}

/// A finding on a ring of items: first place the first of them, the others as labels.
fn ring(draft: Draft, report: &Report, items: &[Entity], verb: &str) -> Option<Finding> {
    let first = *items.first()?;
    let own = items.iter().any(|&entity| draft.model.item(entity).own);
    if !own {
        return None;
    }
    let chain: Vec<String> = items.iter().chain([&first]).map(|&entity| draft.called(entity)).collect();
    let message = match items {
        [_] => format!("{} {verb} itself", draft.called(first)),
        _ => format!("{} {verb} itself: {}", draft.called(first), chain.join(", then ")),
    };
    let finding = report.finding(message, draft.model.item(first).at).saying(format!("{verb} itself"));
    let others = items.iter().zip(chain.iter().skip(1)).skip(1);
    let finding = others
        .fold(finding, |finding, (&entity, next)| finding.label(draft.model.item(entity).at, format!("{verb} {next}")));
    Some(finding.about(draft.model.name(first)))
}

fn circular_definition(draft: &Draft, report: &mut Report) {
    // Terms and events define each other by name; nodes are the terms, then the events.
    let model = draft.model;
    let terms = model.terms.len();
    let node = |entity: Entity| match entity {
        Entity::Term(TermId(id)) => Some(id as usize),
        Entity::Event(EventId(id)) => Some(terms + id as usize),
        _ => None,
    };
    let entity = |node: usize| match node.checked_sub(terms) {
        None => Entity::Term(TermId(node as u32)),
        Some(event) => Entity::Event(EventId(event as u32)),
    };
    let means = model.names.get("means");
    let rings = cycles(terms + model.events.len(), |at| match entity(at) {
        Entity::Term(id) => model.term(id).means.iter().copied().filter_map(node).collect(),
        it => {
            let field = means.and_then(|name| model.item(it).field(name));
            let values = field.into_iter().flat_map(|field| &field.values);
            let named = values.filter_map(|value| match value.kind {
                ValueKind::Entity(entity, _) => Some(entity),
                _ => None,
            });
            named.filter_map(node).collect()
        }
    });
    for nodes in rings {
        let items: Vec<Entity> = nodes.into_iter().map(entity).collect();
        let found = ring(*draft, report, &items, "is defined by");
        found.into_iter().for_each(|it| report.push(it.help("say in one of them what it means without the others")));
    }
}

fn circular_containment(draft: &Draft, report: &mut Report) {
    let model = draft.model;
    let parties = cycles(model.parties.len(), |at| {
        let Some(party) = model.parties.get(at) else { return Vec::new() };
        let members = entities(&party.members).filter_map(|entity| match entity {
            Entity::Party(PartyId(id)) => Some(id as usize),
            _ => None,
        });
        members.collect()
    });
    let places = cycles(model.places.len(), |at| {
        model.places.get(at).map_or_else(Vec::new, |place| place.within.iter().map(|id| id.index()).collect())
    });
    let things = cycles(model.things.len(), |at| {
        model.things.get(at).map_or_else(Vec::new, |thing| thing.within.iter().map(|id| id.index()).collect())
    });
    let rings = (parties.into_iter().map(|ring| (ring, Entity::Party(PartyId(0)))))
        .chain(places.into_iter().map(|ring| (ring, Entity::Place(PlaceId(0)))))
        .chain(things.into_iter().map(|ring| (ring, Entity::Thing(ThingId(0)))));
    for (nodes, table) in rings {
        let of = |node: usize| match table {
            Entity::Party(_) => Entity::Party(PartyId(node as u32)),
            Entity::Place(_) => Entity::Place(PlaceId(node as u32)),
            _ => Entity::Thing(ThingId(node as u32)),
        };
        let items: Vec<Entity> = nodes.into_iter().map(of).collect();
        let (verb, help) = match table {
            Entity::Party(_) => ("is a member of", "take one of them out of the `members:` of the other"),
            _ => ("lies within", "take one `within:` out"),
        };
        // Members are listed by the whole, places and things by the part.
        let items = if matches!(table, Entity::Party(_)) { items.into_iter().rev().collect() } else { items };
        ring(*draft, report, &items, verb).into_iter().for_each(|it| report.push(it.help(help)));
    }
}

fn circular_order(draft: &Draft, report: &mut Report) {
    let model = draft.model;
    let rings = cycles(model.events.len(), |at| {
        let after = model.events.get(at).into_iter().flat_map(|event| &event.after);
        let events = after.filter_map(|time| match time.anchor {
            Anchor::Event(id) => Some(id.index()),
            _ => None,
        });
        events.collect()
    });
    for nodes in rings {
        let items: Vec<Entity> = nodes.into_iter().map(|node| Entity::Event(EventId(node as u32))).collect();
        let found = ring(*draft, report, &items, "comes after");
        found.into_iter().for_each(|it| report.push(it.help("take one `after:` out: none of these can ever happen")));
    }
}

fn nobody_obliged(draft: &Draft, report: &mut Report) {
    // What somebody is named for elsewhere: the same act on the same thing.
    let mut named: FxHashSet<(&str, Entity)> = FxHashSet::default();
    let mut made: FxHashSet<Entity> = FxHashSet::default();
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm) && !norm.actors.list.is_empty()) {
        for object in entities(&norm.objects.list) {
            named.insert((draft.verb(norm), object));
            if matches!(draft.verb(norm), "establish" | "create" | "set up" | "found" | "form" | "convene") {
                made.insert(object);
            }
        }
    }
    for (_, norm) in draft.own_norms() {
        let agentless = norm.form != ActForm::Active && norm.actors.list.is_empty();
        if !agentless || !binds(norm) {
            continue;
        }
        let elsewhere = entities(&norm.objects.list).any(|object| match norm.form {
            ActForm::Constitutive => made.contains(&object),
            _ => named.contains(&(draft.verb(norm), object)),
        });
        if elsewhere {
            continue;
        }
        let what = norm.objects.list.first().map(|object| draft.target(object));
        let what = what.unwrap_or_else(|| "this".to_owned());
        let (message, at, help) = match norm.form {
            ActForm::Constitutive => (
                format!("nobody is obliged to bring {what} about"),
                norm.modal,
                format!("write: `FR, GB shall establish {}.`", bare(&what)),
            ),
            _ => (
                format!("nobody is named who must {} {what}", draft.verb(norm)),
                Loc::new(norm.modal.file, norm.modal.span.to(norm.verb_at.span)),
                "name who does it: add `by` and a party before the full stop".to_owned(),
            ),
        };
        let mut finding = report
            .finding(message, at)
            .saying("by whom?")
            .help(help)
            .about(draft.text(draft.model.clause(norm.clause).item.name));
        // What is kept up rather than done may describe a state: no error then.
        if draft.action(norm).is_some_and(|action| action.nature != Nature::Achieve) {
            finding.level = Level::Warning;
        }
        report.push(finding);
    }
}

fn bare(quoted: &str) -> &str {
    quoted.trim_matches('`')
}

fn silent_party(draft: &Draft, report: &mut Report) {
    let mut addressed: FxHashSet<Entity> = FxHashSet::default();
    let (mut actors, mut signatories): (FxHashSet<Entity>, bool) = (FxHashSet::default(), false);
    let mut named: FxHashMap<PartyId, Loc> = FxHashMap::default();
    let mut norms = 0;
    for (_, norm) in draft.own_norms() {
        norms += 1;
        if norm.only {
            return;
        }
        for actor in &norm.actors.list {
            // Most actors act in many norms; whom each stands for is asked once.
            let is_new = match actor.what {
                What::Entity(entity) => actors.insert(entity),
                What::TheParties => !std::mem::replace(&mut signatories, true),
                _ => true,
            };
            if is_new {
                addressed.extend(draft.stands_for(actor));
            }
        }
        for role in norm.roles.iter().filter(|role| role.kind == RoleKind::Against) {
            if let Some(Entity::Party(id)) = role.target.entity() {
                named.entry(id).or_insert(role.target.at);
            }
        }
    }
    for event in draft.model.events.iter().filter(|event| event.item.own) {
        for by in &event.by {
            if let Some(Entity::Party(id)) = by.entity() {
                named.entry(id).or_insert(by.at);
            }
        }
    }
    if norms == 0 {
        return;
    }
    // Where duties name nobody, one who signs and owes nothing by name may say that none of them is meant for it.
    let unnamed = draft.own_norms().any(|(_, norm)| binds(norm) && norm.actors.list.is_empty());
    let mut signs: FxHashSet<PartyId> = FxHashSet::default();
    if let Some(id) = draft.model.declaration.filter(|_| unnamed) {
        for signatory in &draft.model.instrument(id).signatories {
            if let Some(Entity::Party(id)) = signatory.who.entity() {
                named.entry(id).or_insert_with(|| {
                    signs.insert(id);
                    signatory.who.at
                });
            }
        }
    }
    for (i, party) in draft.model.parties.iter().enumerate().filter(|(_, party)| party.item.own) {
        let id = PartyId(i as u32);
        let Some(&at) = named.get(&id) else { continue };
        let owner = party.of.is_some_and(|owner| addressed.contains(&Entity::Party(owner)));
        let whole = draft.with_members(id).into_iter().any(|id| addressed.contains(&Entity::Party(id)));
        let acts = matches!(
            draft.word(&party.item, "kind"),
            Some("state" | "government" | "armed-force" | "non-state-group" | "coalition")
        );
        if owner || whole || !acts || draft.has_field(&party.item, "role") {
            continue;
        }
        let name = draft.text(party.item.name);
        let (message, here, help) = if signs.contains(&id) {
            let message = format!("`{name}` signs, and no norm says that it owes anything");
            (message, "signs here", format!("name `{name}` in the duties that are its own, or state its `role:`"))
        } else {
            let message = format!("the draft counts on `{name}` but binds it to nothing");
            (message, "named here", format!("write what `{name}` shall or shall not do, or state its `role:`"))
        };
        let finding = report
            .finding(message, party.item.at)
            .saying("no norm names it as the one who acts")
            .label(at, here)
            .help(help)
            .about(name);
        report.push(finding);
    }
}

fn no_norms(draft: &Draft, report: &mut Report) {
    let named: FxHashSet<ClauseId> = draft
        .model
        .mentions
        .iter()
        .filter(|mention| mention.norm.is_some())
        .filter_map(|mention| match mention.entity {
            Entity::Clause(id) => Some(id),
            _ => None,
        })
        .collect();
    for (id, clause) in draft.own_clauses() {
        let item = &clause.item;
        let acts = draft.model.vocabulary.kind(item.kind).is_some_and(|kind| !kind.acts.is_empty());
        if !acts || item.damaged || !clause.norms.is_empty() || !clause.versions.is_empty() || named.contains(&id) {
            continue;
        }
        // Final provisions are facts about the text: its term, how it is amended.
        if item.kind == known::FINAL && !item.fields.is_empty() {
            continue;
        }
        let name = draft.called(Entity::Clause(id));
        let finding = report
            .finding(format!("{name} obliges nobody to anything"), item.at)
            .saying("facts only, no norm")
            .help("add who shall do what, for example: `FR, GB shall deploy force.`");
        report.push(finding.about(draft.text(item.name)));
    }
}

fn empty_definition(draft: &Draft, report: &mut Report) {
    let plain = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let kept: Vec<String> = words.filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the")).collect();
        kept.join(" ")
    };
    for (entity, item) in draft.own_items().filter(|(_, item)| !item.damaged) {
        if !matches!(entity, Entity::Event(_) | Entity::Term(_) | Entity::Thing(_)) {
            continue;
        }
        let Some(field) = item.field(known::MEANS) else { continue };
        let [value] = field.values.as_slice() else { continue };
        let ValueKind::Prose(words) = &value.kind else { continue };
        let (said, name) = (plain(words), draft.text(item.name));
        if said.is_empty() || (said != plain(name) && item.label.as_deref().is_none_or(|label| said != plain(label))) {
            continue;
        }
        let finding = report
            .finding(format!("the definition of `{name}` only repeats its name"), value.at)
            .saying("says no more than the name")
            .help("say what can be seen from outside: who records what, where, for how long")
            .about(name);
        report.push(finding);
    }
}

/// The clause of a norm, by name.
pub(super) fn clause_name<'a>(draft: Draft<'a>, norm: &Norm) -> &'a str {
    draft.text(draft.model.clause(norm.clause).item.name)
}
