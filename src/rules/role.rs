//! Who is bound: duties of those who never agreed, leads by outsiders, actors in words.

use super::ask::{add, binds, entities};
use super::structure::clause_name;
use super::vague::{Quote, Role as Words};
use super::{Draft, Report, Rule, advice, error, read, warning};
use crate::finding::{Finding, Level};
use crate::model::clause::{ValueKind, What};
use crate::model::entity::Item;
use crate::model::norm::{Mode, Norm, RoleKind, Strength};
use crate::model::{ClauseId, Entity, InstrumentId, PartyId, known, listed};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of this family.
pub const RULES: &[Rule] = &[
    error("role/unbound-party", "a duty of a party that never agreed", unbound_party),
    warning("role/non-party-role", "a part for somebody outside the text", non_party_role),
    advice("role/judge-in-own-cause", "a member that judges itself", judge_in_own_cause),
    warning("role/no-signatories", "nobody signs, so nobody is bound", no_signatories),
    UNNAMED,
];

const UNNAMED: Rule = read("role/unnamed-actor", Level::Warning, "an actor in words only");

/// The declaration of a draft with duties that names nobody who signs, and the place to say so.
pub(super) fn unsigned(draft: Draft) -> Option<(InstrumentId, Loc)> {
    let id = draft.model.declaration?;
    let instrument = draft.model.instrument(id);
    let item = &instrument.item;
    let named = instrument.signatories.iter().any(|signatory| matches!(signatory.who.what, What::Entity(_)));
    let adopted = draft.word(item, "form") == Some("resolution") && draft.has_field(item, "adopted");
    let duties = draft.own_norms().any(|(_, norm)| binds(norm) && belongs(draft, norm.clause, id));
    if named || adopted || item.damaged || !item.own || !duties {
        return None;
    }
    let field = draft.model.names.get("signatories").and_then(|name| item.field(name));
    if field.is_some_and(|field| field.damaged) {
        return None;
    }
    let value = field.and_then(|field| field.values.first());
    Some((id, value.map_or(item.at, |value| value.at)))
}

fn belongs(draft: Draft, clause: ClauseId, to: InstrumentId) -> bool {
    draft.model.clause(clause).instrument.is_none_or(|id| id == to)
}

fn no_signatories(draft: &Draft, report: &mut Report) {
    let Some((id, at)) = unsigned(*draft) else { return };
    let item = &draft.model.instrument(id).item;
    let open = at != item.at;
    let mut finding = report
        .finding("nobody signs, so the draft binds nobody", at)
        .saying(if open { "names nobody who signs" } else { "no `signatories`" })
        .help("write, for example: `signatories: FR, GB, UA`. A treaty binds only those who consent to it")
        .about(draft.text(item.name));
    let treaty = matches!(draft.word(item, "form"), Some("treaty" | "agreement"));
    if treaty || draft.word(item, "binding") == Some("legal") {
        finding.level = Level::Error;
    }
    report.push(finding);
}

/// What binds each party, itself or through one of its members: asked of every norm, so found out once.
struct Consent<'a> {
    draft: Draft<'a>,
    parties: Vec<Consents>,
}

/// What binds a party.
struct Consents {
    /// The declaration.
    declaration: bool,
    /// The clauses accepted without signing, with those that the party above it accepts.
    clauses: FxHashSet<ClauseId>,
}

impl<'a> Consent<'a> {
    fn of(draft: Draft<'a>) -> Self {
        let consents = |id: u32| {
            let all = draft.with_members(PartyId(id));
            let above = draft.model.party(PartyId(id)).of;
            Consents {
                declaration: all.iter().any(|&id| draft.model.party(id).bound),
                clauses: all.iter().chain(&above).flat_map(|&id| &draft.model.party(id).accepts).copied().collect(),
            }
        };
        Self { draft, parties: (0..draft.model.parties.len() as u32).map(consents).collect() }
    }

    /// Whether a party is bound by what stands in a clause, or may be: one of its members is.
    fn is_bound(&self, party: PartyId, clause: ClauseId) -> bool {
        let draft = self.draft;
        let Some(consents) = self.parties.get(party.index()) else { return false };
        if consents.clauses.contains(&clause) {
            return true;
        }
        let instrument = draft.model.clause(clause).instrument;
        let other = instrument.filter(|&id| Some(id) != draft.model.declaration).map(|id| draft.model.instrument(id));
        let Some(other) = other else { return consents.declaration };
        // A clause of another text binds those who signed that one; where it names nobody, nothing is known.
        let mut signatories = other.signatories.iter().filter_map(|signatory| signatory.who.entity()).peekable();
        signatories.peek().is_none()
            || signatories.any(|who| match who {
                Entity::Party(id) => {
                    draft.with_members(party).contains(&id)
                        || draft.with_members(id).contains(&party)
                        || draft.model.party(party).of == Some(id)
                }
                _ => true,
            })
    }

    /// The parties that a norm addresses without their consent, with the place that names each.
    fn strangers<'n>(&'n self, norm: &'n Norm) -> impl Iterator<Item = (PartyId, Loc)> + 'n {
        norm.actors.list.iter().filter_map(move |actor| match actor.what {
            What::Entity(Entity::Party(id)) if !self.is_bound(id, norm.clause) => Some((id, actor.at)),
            _ => None,
        })
    }
}

/// Whether the draft says who is bound at all: then it is worth asking who is not.
fn says_who_signs(draft: Draft) -> bool {
    draft.signatories().next().is_some()
}

/// Findings about one party in one clause, so that ten norms give one finding with ten places.
#[derive(Default)]
struct ByParty {
    rows: Vec<((PartyId, ClauseId), Finding)>,
}

impl ByParty {
    /// Adds a place to the finding, or the finding that `new` makes.
    fn add(&mut self, key: (PartyId, ClauseId), at: Loc, text: &'static str, new: impl FnOnce() -> Finding) {
        // Rows of one clause stand together, so the search back ends early.
        let row = self.rows.iter_mut().rev().take_while(|((_, clause), _)| *clause == key.1).find(|(k, _)| *k == key);
        match row {
            Some((_, finding)) => add(finding, at, text),
            None => self.rows.push((key, new())),
        }
    }

    fn report(self, report: &mut Report) {
        self.rows.into_iter().for_each(|(_, finding)| report.push(finding));
    }
}

fn unbound_party(draft: &Draft, report: &mut Report) {
    if !says_who_signs(*draft) {
        return;
    }
    let (consent, mut found) = (Consent::of(*draft), ByParty::default());
    for (_, norm) in draft.own_norms().filter(|(_, norm)| norm.strength >= Strength::Firm) {
        if !matches!(norm.mode, Mode::Oblige | Mode::Forbid) {
            continue;
        }
        for (party, at) in consent.strangers(norm) {
            found.add((party, norm.clause), at, "and here", || {
                let name = draft.model.name(Entity::Party(party));
                let clause = clause_name(*draft, norm);
                let other = draft.model.clause(norm.clause).instrument.filter(|id| Some(*id) != draft.model.declaration);
                let of = other.map_or_else(String::new, |id| format!(" of {}", draft.called(Entity::Instrument(id))));
                let what = if norm.mode == Mode::Forbid { "is forbidden something" } else { "is given a duty" };
                report
                    .finding(format!("`{name}` {what} but never agreed to it"), at)
                    .saying("neither signs nor accepts")
                    .label(draft.model.party(party).item.at, "declared here")
                    .help(match belongs_to_somebody(*draft, party) {
                        true => {
                            "say whose it is (`of: …` in its declaration), or declare it as a `body` that the draft creates"
                                .to_owned()
                        }
                        false => format!(
                            "add `{name}` to the `signatories:`{of}, write `accepts: {clause}` in its declaration, or let \
                             a signatory promise to ensure it"
                        ),
                    })
                    .about(clause)
            });
        }
    }
    found.report(report);
}

/// Whether a party is of a kind that does not sign for itself, and nobody says whose it is.
fn belongs_to_somebody(draft: Draft, party: PartyId) -> bool {
    let party = draft.model.party(party);
    let dependent = ["office", "armed-force", "parliament", "court", "company", "person"];
    party.of.is_none() && draft.word(&party.item, "kind").is_some_and(|kind| dependent.contains(&kind))
}

/// Fields that give somebody a part to play.
const PARTS: [&str; 8] =
    ["lead", "command", "chair", "casting-vote", "contributions", "contributors", "guarantors", "donors"];

fn non_party_role(draft: &Draft, report: &mut Report) {
    if !says_who_signs(*draft) {
        return;
    }
    let (consent, mut found) = (Consent::of(*draft), ByParty::default());
    for (id, clause) in draft.own_clauses() {
        // Whoever is given a duty in the same clause is told of already.
        let norms = || draft.model.norms_of(id).map(|(_, norm)| norm).filter(|norm| !norm.damaged);
        let dutiful =
            norms().filter(|norm| norm.strength >= Strength::Firm && matches!(norm.mode, Mode::Oblige | Mode::Forbid));
        let told: FxHashSet<PartyId> =
            dutiful.flat_map(|norm| consent.strangers(norm)).map(|(party, _)| party).collect();
        let said = |party: PartyId, at: Loc, what: String| {
            let name = draft.model.name(Entity::Party(party));
            let clause = draft.text(clause.item.name);
            report
                .finding(format!("the draft counts on `{name}` to {what}, and nothing binds it"), at)
                .saying("neither signs nor accepts")
                .help(format!("let `{name}` sign, or write `accepts: {clause}` in its declaration"))
                .about(clause)
        };
        for field in clause.item.fields.iter().filter(|field| PARTS.contains(&draft.text(field.name))) {
            for value in &field.values {
                let ValueKind::Entity(Entity::Party(party), _) = value.kind else { continue };
                if !told.contains(&party) && !consent.is_bound(party, id) {
                    let part = match draft.text(field.name) {
                        "lead" => "lead",
                        "command" => "command",
                        "chair" => "preside",
                        "casting-vote" => "decide",
                        _ => "contribute",
                    };
                    found.add((party, id), value.at, "and here", || said(party, value.at, part.to_owned()));
                }
            }
        }
        for norm in norms() {
            if norm.mode == Mode::Oblige && norm.strength < Strength::Firm && norm.strength > Strength::Option {
                for (party, at) in consent.strangers(norm).filter(|(party, _)| !told.contains(party)) {
                    found.add((party, id), at, "and here", || said(party, at, draft.verb(norm).to_owned()));
                }
            }
        }
    }
    found.report(report);
}

/// Actors in quoted words in which no lexicon finds anything, the same words once.
pub(super) fn unnamed_actors(draft: Draft, unknown: &[Quote], found: &mut Vec<Finding>) {
    let mut told: FxHashSet<&str> = FxHashSet::default();
    for quote in unknown.iter().filter(|quote| quote.role == Words::Actor) {
        if told.insert(draft.words(quote.at)) {
            let message = format!("{} names an actor in words only", draft.called(quote.about));
            let finding = UNNAMED
                .finding(message, quote.at)
                .saying("who is this?")
                .help("declare it as a `party`, with its `members:` if it is a group, and use its name");
            found.push(finding.about(draft.model.name(quote.about)));
        }
    }
}

/// For each body those of whom it may have to say that they did it: who brings an event about that it decides on, and who
/// keeps the ceasefire that it watches over.
fn suspects(draft: Draft) -> FxHashMap<Entity, Vec<PartyId>> {
    let model = draft.model;
    let named = |item: &Item, field: &str| -> Vec<Entity> {
        let field = model.names.get(field).and_then(|name| item.field(name));
        let values = field.into_iter().flat_map(|field| &field.values);
        let bodies = values.filter_map(|value| match value.kind {
            ValueKind::Entity(body @ Entity::Clause(_), _) => Some(body),
            _ => None,
        });
        bodies.collect()
    };
    let party = |entity: Entity| match entity {
        Entity::Party(id) => Some(id),
        _ => None,
    };
    // Only who says whose fault it was can say it of itself; an event may be a harmless one.
    let accuses = |norm: &Norm| matches!(draft.verb(norm), "attribute" | "impose" | "sanction");
    let judges = |body: &Entity| match body {
        Entity::Clause(id) => model.norms_of(*id).any(|(_, norm)| accuses(norm)),
        _ => false,
    };
    let mut found: FxHashMap<Entity, Vec<PartyId>> = FxHashMap::default();
    for event in model.events.iter().filter(|event| !event.by.is_empty()) {
        for body in named(&event.item, "certified-by").into_iter().filter(judges) {
            found.entry(body).or_default().extend(entities(&event.by).filter_map(party));
        }
    }
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| draft.text(clause.item.kind) == "ceasefire") {
        for body in named(&clause.item, "consequence") {
            let actors = model.norms_of(id).flat_map(|(_, norm)| &norm.actors.list);
            let all = actors.flat_map(|actor| draft.stands_for(actor)).filter_map(party);
            found.entry(body).or_default().extend(all);
        }
    }
    found
}

/// Verbs that bring a matter before somebody.
const BRINGS: [&str; 4] = ["request", "refer", "submit", "bring"];

/// Those who owe it that a matter is brought before an organisation in which they themselves sit.
fn forum_of_its_own(draft: &Draft, report: &mut Report) {
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm) && BRINGS.contains(&draft.text(norm.verb))) {
        let before = norm.roles.iter().filter(|role| matches!(role.kind, RoleKind::Origin | RoleKind::Recipient));
        let forum = before.filter_map(|role| match role.target.entity() {
            Some(Entity::Party(id)) if draft.word(&draft.model.party(id).item, "kind") == Some("organisation") => {
                Some((id, role.target.at))
            }
            _ => None,
        });
        for (forum, at) in forum {
            let members: Vec<PartyId> = draft.with_members(forum).into_iter().skip(1).collect();
            let own: Vec<String> = (norm.actors.list.iter())
                .flat_map(|actor| draft.stands_for(actor))
                .filter(|actor| matches!(actor, Entity::Party(id) if members.contains(id)))
                .map(|actor| draft.called(actor))
                .collect();
            if own.is_empty() {
                continue;
            }
            let name = draft.called(Entity::Party(forum));
            let sit = if own.len() == 1 { "sits" } else { "sit" };
            let finding = report
                .finding(format!("{} {sit} on {name} and may have to judge their own breach", listed(&own, "and")), at)
                .saying("the remedy, in the hands of those who owe it")
                .help(format!("name a second forum for the case that one of them is accused, or say what follows if {name} does not act"))
                .about(clause_name(*draft, norm));
            report.push(finding);
        }
    }
}

fn judge_in_own_cause(draft: &Draft, report: &mut Report) {
    forum_of_its_own(draft, report);
    let has = |item: &Item, field: &str| draft.has_field(item, field);
    let suspects = suspects(*draft);
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| clause.item.kind == known::BODY) {
        let item = &clause.item;
        if item.damaged || has(item, "recusal") || has(item, "advisory") {
            continue;
        }
        let Some(members) = item.field(known::MEMBERS) else { continue };
        let Some(suspects) = suspects.get(&Entity::Clause(id)) else { continue };
        let own = members.values.iter().find_map(|value| match value.kind {
            ValueKind::Entity(Entity::Party(party), _) => {
                let own = draft.with_members(party).into_iter().any(|party| suspects.contains(&party));
                own.then_some((party, value.at))
            }
            _ => None,
        });
        let Some((party, at)) = own else { continue };
        let name = draft.called(Entity::Clause(id));
        let finding = report
            .finding(format!("{} sits on {name} and may have to judge itself", draft.called(Entity::Party(party))), at)
            .saying("votes on its own breach")
            .help("add, for example: `recusal: \"a member that is accused does not vote on the finding\"`")
            .about(draft.text(item.name));
        report.push(finding);
    }
}
