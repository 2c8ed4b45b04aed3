//! Names: what is declared where, and what a name in a file stands for.

use super::ahead::MENTIONS;
use super::{Declared, Resolver, Scope};
use crate::finding::{Finding, Level};
use crate::model::clause::{Clause, NormRef};
use crate::model::entity::*;
use crate::model::names::{Symbol, known};
use crate::model::suggest::{closest, ticked};
use crate::model::vocabulary_read::KEYWORDS;
use crate::model::*;
use crate::source::{Loc, Span};
use crate::syntax::tree::{self, Reference};
use crate::syntax::{self, idiom, treaty};

/// What a reference stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    Entity(Entity),
    Norms(NormRef),
    /// Nothing that a file declares.
    Nothing(Symbol),
}

/// What an undefined name was wanted for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Want {
    Actor,
    Place,
    Time,
    Clause,
    Any,
}

impl<'a> Resolver<'a> {
    /// Gives every item a row and every norm a number.
    pub(super) fn declare(&mut self) -> Vec<Declared<'a>> {
        let loaded = self.loaded;
        let items = loaded.units.iter().map(|unit| unit.tree.items.len()).sum();
        let mut declared = Vec::with_capacity(items);
        self.own().model.names.reserve(items);
        self.link();
        for (index, unit) in loaded.units.iter().enumerate() {
            self.enter(index);
            for item in &unit.tree.items {
                if let Some(entity) = self.declare_item(item) {
                    declared.push(Declared { unit: index, item, entity });
                    self.bring_in(item, entity);
                }
            }
        }
        self.enter(0);
        self.duplicates_of_imports();
        let norms = self.ground.model.clauses.last().map_or(0, |clause| clause.norms.end as usize);
        self.norms.reserve_exact(norms);
        self.mentions.reserve(MENTIONS * norms);
        declared
    }

    /// What each file sees of the others.
    fn link(&mut self) {
        let units = &self.loaded.units;
        self.own().scopes = units.iter().map(|_| Scope::default()).collect();
        for (index, unit) in units.iter().enumerate() {
            let mut merged = vec![index];
            let mut next = 0;
            while let Some(&one) = merged.get(next) {
                next += 1;
                for (alias, target) in units.get(one).map(|unit| unit.imports.as_slice()).unwrap_or_default() {
                    if alias.is_none() && !merged.contains(target) {
                        merged.push(*target);
                    }
                }
            }
            let aliases: Vec<(Symbol, usize)> = unit
                .imports
                .iter()
                .filter_map(|(alias, target)| Some((self.intern(alias.as_deref()?), *target)))
                .collect();
            if let Some(scope) = self.own().scopes.get_mut(index) {
                scope.merged = merged;
                scope.aliases.extend(aliases);
            }
        }
        self.prefixes();
    }

    /// How the draft itself would write the names of each file.
    fn prefixes(&mut self) {
        let mut seen = vec![false; self.ground.scopes.len()];
        let mut queue: Vec<(usize, Box<str>)> = vec![(0, "".into())];
        let mut next = 0;
        while let Some((index, prefix)) = queue.get(next).cloned() {
            next += 1;
            let Some(scope) = self.ground.scopes.get(index) else { continue };
            for one in scope.merged.clone() {
                if std::mem::replace(seen.get_mut(one).unwrap_or(&mut true), true) {
                    continue;
                }
                if let Some(scope) = self.own().scopes.get_mut(one) {
                    scope.prefix = prefix.clone();
                }
                for (alias, target) in self.loaded.units.get(one).map(|u| u.imports.as_slice()).unwrap_or_default() {
                    if let Some(alias) = alias {
                        queue.push((*target, format!("{prefix}{alias}.").into()));
                    }
                }
            }
        }
    }

    fn declare_item(&mut self, item: &'a tree::Item) -> Option<Entity> {
        let kind = self.symbol(item.keyword);
        if KEYWORDS.contains(&kind) || matches!(kind, known::IMPORT | known::SCENARIO) {
            return None;
        }
        let name = self.text(item.name);
        let prefix = self.ground.scopes.get(self.unit).map_or("", |scope| &*scope.prefix);
        let name = if prefix.is_empty() || name.is_empty() {
            self.intern(name)
        } else {
            let name = format!("{prefix}{name}");
            self.intern(&name)
        };
        let at = self.at(if item.name.is_empty() { item.keyword } else { item.name });
        let label = item.label.map(|label| self.words(label));
        let (whole, own) = (self.at(item.span), self.unit == 0);
        let row = Item { name, label, kind, at, whole, fields: Vec::new(), damaged: item.damaged, own };
        let vocabulary = self.vocabulary;
        let model = &mut self.own().model;
        Some(match kind {
            known::DECLARATION | known::INSTRUMENT => {
                let id = InstrumentId(model.instruments.len() as u32);
                model.instruments.push(Instrument {
                    item: row,
                    signatories: Vec::new(),
                    signed: None,
                    in_force: None,
                    expires: None,
                    renews: false,
                    prevails_over: Vec::new(),
                });
                if kind == known::DECLARATION {
                    self.declaration(id, item);
                }
                Entity::Instrument(id)
            }
            known::PARTY => {
                model.parties.push(Party {
                    item: row,
                    members: Vec::new(),
                    of: None,
                    accepts: Vec::new(),
                    bound: false,
                });
                Entity::Party(PartyId(model.parties.len() as u32 - 1))
            }
            known::PLACE => {
                model.places.push(Place { item: row, of: None, within: Vec::new(), overlaps: Vec::new() });
                Entity::Place(PlaceId(model.places.len() as u32 - 1))
            }
            known::EVENT => {
                model.events.push(Event {
                    item: row,
                    by: Vec::new(),
                    after: Vec::new(),
                    on: None,
                    expected: None,
                    recurring: false,
                    perhaps: Vec::new(),
                });
                Entity::Event(EventId(model.events.len() as u32 - 1))
            }
            known::PHASE => {
                model.phases.push(Phase { item: row, from: None, until: None, lasts: None });
                Entity::Phase(PhaseId(model.phases.len() as u32 - 1))
            }
            known::TERM => {
                model.terms.push(Term { item: row, means: Vec::new() });
                Entity::Term(TermId(model.terms.len() as u32 - 1))
            }
            _ if kind == known::THING || vocabulary.kind(kind).is_some_and(|kind| !kind.is_clause) => {
                model.things.push(Thing { item: row, within: Vec::new(), declared: true });
                Entity::Thing(ThingId(model.things.len() as u32 - 1))
            }
            _ => self.declare_clause(row, item),
        })
    }

    /// The first declaration of a file is the instrument of its clauses; a second one is one too many.
    fn declaration(&mut self, id: InstrumentId, item: &tree::Item) {
        let first = self.ground.scopes.get(self.unit).and_then(|scope| scope.instrument);
        match first {
            Some(first) => {
                let before = self.ground.model.instrument(first).item.at;
                let message = "a draft has one declaration, and this is its second".to_owned();
                let finding = Finding::new("structure/duplicate-name", Level::Error, message, self.at(item.keyword))
                    .saying("a second declaration")
                    .label(before, "the first declaration")
                    .help("call another text that this one stands beside an `instrument`");
                self.report(finding);
            }
            None => {
                let unit = self.unit;
                if let Some(scope) = self.own().scopes.get_mut(unit) {
                    scope.instrument = Some(id);
                }
                if self.unit == 0 {
                    self.own().model.declaration = Some(id);
                }
            }
        }
    }

    fn declare_clause(&mut self, mut row: Item, item: &'a tree::Item) -> Entity {
        let id = ClauseId(self.ground.model.clauses.len() as u32);
        if self.vocabulary.kind(row.kind).is_none() && !self.vocabulary.kinds.is_empty() {
            self.unknown_kind(item);
            row.damaged = true;
        }
        let start = self.ground.model.clauses.last().map_or(0, |clause| clause.norms.end);
        let mut next = start;
        for norm in item.norms() {
            let count = norm.acts.len().max(1) as u32;
            if !norm.letter.is_empty() {
                self.letter(id, norm.letter, NormRef { first: NormId(next), count });
            }
            next += count;
        }
        // The marks of acts begin anew in every sentence, so that they name an act only where nothing else has the mark.
        let mut first = start;
        for norm in item.norms() {
            for (number, act) in norm.acts.iter().enumerate() {
                if !act.letter.is_empty() {
                    let letter = self.symbol(act.letter);
                    let act = NormRef { first: NormId(first + number as u32), count: 1 };
                    self.own().letters.entry((id, letter)).or_insert(act);
                }
            }
            first += norm.acts.len().max(1) as u32;
        }
        self.own().clause_items.push(item);
        self.own().model.clauses.push(Clause { item: row, norms: start..next, instrument: None, versions: Vec::new() });
        Entity::Clause(id)
    }

    fn letter(&mut self, clause: ClauseId, letter: Span, norms: NormRef) {
        let symbol = self.symbol(letter);
        let before = self.ground.letters.get(&(clause, symbol)).copied();
        let Some(_) = before else {
            self.own().letters.insert((clause, symbol), norms);
            return;
        };
        let text = self.text(letter);
        let first = self.ground.clause_items.get(clause.index()).copied();
        let first = first
            .and_then(|item| item.norms().map(|norm| norm.letter).find(|mark| self.text(*mark) == text))
            .unwrap_or(letter);
        let finding = Finding::new(
            "structure/duplicate-name",
            Level::Error,
            format!("two sentences of this clause are marked `({text})`"),
            self.at(letter),
        )
        .saying("marked the same")
        .label(self.at(first), "the first one")
        .help("give each sentence a mark of its own, so that others can refer to it");
        self.report(finding);
    }

    fn unknown_kind(&mut self, item: &tree::Item) {
        let word = self.text(item.keyword);
        let near = {
            let (model, vocabulary) = (&self.ground.model, self.vocabulary);
            let others = ["import", "scenario", "kind", "action", "unit", "lexicon", "checklist"];
            let kinds = vocabulary.kinds.iter().map(|kind| model.text(kind.name));
            closest(word, kinds.chain(others)).map(str::to_owned)
        };
        let mut finding = Finding::new(
            "structure/unknown-kind",
            Level::Error,
            format!("`{word}` is no kind of item"),
            self.at(item.keyword),
        )
        .saying("no kind of item");
        finding = match near {
            Some(near) => {
                let at = self.at(item.keyword);
                finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), false, at, near)
            }
            None => {
                let kinds = self.vocabulary.kinds.iter().filter(|kind| kind.is_clause);
                let kinds = ticked(kinds.map(|kind| self.ground.model.text(kind.name)), 12);
                finding.help(format!(
                    "a provision is one of {kinds}; or define the kind yourself: `kind {word} \"…\" {{ … }}`"
                ))
            }
        };
        self.report(finding);
    }

    /// Makes the name of an item known in its file.
    fn bring_in(&mut self, item: &tree::Item, entity: Entity) {
        if item.name.is_empty() {
            return;
        }
        let name = self.symbol(item.name);
        let unit = self.unit;
        let Some(scope) = self.own().scopes.get_mut(unit) else { return };
        match scope.names.get(&name) {
            None => {
                scope.names.insert(name, entity);
                scope.order.push((name, entity));
            }
            Some(&first) => self.duplicate(entity, first),
        }
    }

    fn duplicate(&mut self, second: Entity, first: Entity) {
        let (at, before) = (self.ground.model.item(second).at, self.ground.model.item(first).at);
        let name = self.ground.model.name(second);
        let what = self.kind_words(first);
        let finding = Finding::new("structure/duplicate-name", Level::Error, format!("`{name}` is declared twice"), at)
            .saying("declared again")
            .label(before, format!("first declared here, as {what}"))
            .help("one name stands for one thing; rename one of the two, or merge them")
            .about(name.to_owned());
        self.report(finding);
    }

    fn duplicates_of_imports(&mut self) {
        let Some(scope) = self.ground.scopes.first().filter(|scope| scope.merged.len() > 1) else { return };
        let imported = scope.merged.iter().skip(1).filter_map(|&unit| self.ground.scopes.get(unit)).collect::<Vec<_>>();
        let twice: Vec<(Entity, Entity)> = scope
            .order
            .iter()
            .filter_map(|&(name, own)| Some((own, imported.iter().find_map(|other| other.names.get(&name).copied())?)))
            .collect();
        for (own, other) in twice {
            self.duplicate(own, other);
        }
    }

    /// What a path stands for in the file being read, standard things aside.
    pub(super) fn lookup(&self, name: Symbol) -> Option<Entity> {
        if let Some(entity) = self.lookup_in(self.unit, name) {
            return Some(entity);
        }
        let mut text = self.ground.model.text(name);
        let mut unit = self.unit;
        while let Some((alias, rest)) = text.split_once('.') {
            let alias = self.ground.model.names.get(alias)?;
            let merged = &self.ground.scopes.get(unit)?.merged;
            unit = merged.iter().find_map(|&one| self.ground.scopes.get(one)?.aliases.get(&alias).copied())?;
            text = rest;
            if let Some(found) = self.ground.model.names.get(rest).and_then(|rest| self.lookup_in(unit, rest)) {
                return Some(found);
            }
        }
        self.declaration_of(unit, text)
    }

    /// What the name of an imported file stands for by itself: its declaration.
    fn declaration_of(&self, unit: usize, alias: &str) -> Option<Entity> {
        let alias = self.ground.model.names.get(alias)?;
        let merged = &self.ground.scopes.get(unit)?.merged;
        let target = merged.iter().find_map(|&one| self.ground.scopes.get(one)?.aliases.get(&alias).copied())?;
        self.ground.scopes.get(target)?.instrument.map(Entity::Instrument)
    }

    fn lookup_in(&self, unit: usize, name: Symbol) -> Option<Entity> {
        let scope = self.ground.scopes.get(unit)?;
        scope.merged.iter().find_map(|&one| self.ground.scopes.get(one)?.names.get(&name).copied())
    }

    /// What a reference stands for; letters that do not exist are reported.
    pub(super) fn named(&mut self, reference: &Reference) -> Named {
        let path = self.symbol(reference.path());
        let Some(entity) = self.lookup(path) else { return Named::Nothing(path) };
        if reference.letter().is_empty() {
            return Named::Entity(entity);
        }
        let Entity::Clause(clause) = entity else {
            let what = self.kind_words(entity);
            let message = format!("`{}` is {what}, which has no sentences to refer to", self.ground.model.text(path));
            let at = self.ground.model.item(entity).at;
            let finding = Finding::new("structure/unknown-norm", Level::Error, message, self.at(reference.span))
                .label(at, "declared here")
                .help(format!("write `{}` alone", self.ground.model.text(path)));
            self.report(finding);
            return Named::Entity(entity);
        };
        let letter = self.symbol(reference.letter());
        let Some(&norms) = self.ground.letters.get(&(clause, letter)) else {
            self.unknown_norm(clause, reference);
            return Named::Entity(entity);
        };
        if reference.act().is_empty() {
            return Named::Norms(norms);
        }
        match self.text(reference.act()).parse::<u32>() {
            Ok(act) if (1..=norms.count).contains(&act) => {
                Named::Norms(NormRef { first: NormId(norms.first.0 + act - 1), count: 1 })
            }
            _ => {
                let (whole, act) = (self.text(reference.span), self.text(reference.act()));
                let message = format!("`{whole}` is act {act} of a sentence that has {}", norms.count);
                let help = if norms.count == 1 {
                    "leave the number out".to_owned()
                } else {
                    format!("write a number from 1 to {}", norms.count)
                };
                self.error("structure/unknown-norm", message, reference.span, "there is no such act".into(), help);
                Named::Norms(norms)
            }
        }
    }

    fn unknown_norm(&mut self, clause: ClauseId, reference: &Reference) {
        let (path, letter) = (self.text(reference.path()), self.text(reference.letter()));
        let item = self.ground.clause_items.get(clause.index()).copied();
        let file = self.ground.model.clause(clause).item.at.file;
        let source = self.loaded.sources.file(file);
        let there: Vec<&str> =
            item.map(|item| marks(item).map(|mark| source.slice(mark)).collect()).unwrap_or_default();
        let help = if there.is_empty() {
            format!("its sentences have no marks; write `{path}` alone, or mark them `(a)`, `(b)`, …")
        } else {
            format!(
                "there is {}",
                ticked(
                    there
                        .iter()
                        .map(|letter| format!("{path}({letter})"))
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str),
                    12
                )
            )
        };
        let at = self.ground.model.clause(clause).item.at;
        let finding = Finding::new(
            "structure/unknown-norm",
            Level::Error,
            format!("`{path}` has no sentence marked `({letter})`"),
            self.at(reference.span),
        )
        .saying("there is no such sentence")
        .label(at, "the clause")
        .help(help);
        self.report(finding);
    }

    /// Reports a name that nothing declares, once for each file.
    pub(super) fn undefined(&mut self, name: Symbol, span: Span, want: Want) {
        if self.out_of_turn() {
            return;
        }
        let at = self.at(span);
        if let Some(&before) = self.undefined.get(&(self.unit, name)) {
            if let Some(finding) = self.findings.get_mut(before)
                && finding.labels.len() < 4
                && finding.labels.iter().all(|label| label.at != at)
            {
                finding.labels.push(crate::finding::Label { at, text: "and here".into(), role: "" });
            }
            return;
        }
        let text = self.ground.model.text(name).to_owned();
        // Where a stretch could not be read, the name may be declared in it.
        let skipped = self.loaded.units.get(self.unit).map(|unit| unit.tree.skipped.as_slice()).unwrap_or_default();
        if skipped.iter().any(|span| self.text(*span).contains(&*text)) {
            return;
        }
        let source = self.loaded.sources.file(self.file);
        let before = source.code().get(..span.start as usize).unwrap_or("");
        let behind = source.code().get(span.end as usize..).unwrap_or("");
        if let Some(manner) = idiom::manner(before, &text, behind, want == Want::Actor) {
            // Of `by agreement in writing` the first name has told it.
            if manner.told_before {
                return;
            }
            let at = self.at(Span::new(span.start - manner.before, span.end + manner.behind));
            let finding = Finding::new("structure/undefined-name", Level::Error, manner.message, at)
                .saying(manner.label)
                .help(manner.help);
            let finding = match manner.put {
                Some(put) => finding.fix("put it in quotation marks", true, at, put),
                None => finding,
            };
            self.undefined.insert((self.unit, name), self.findings.len());
            return self.report(finding);
        }
        let near = self.near(&text, want);
        let finding = Finding::new("structure/undefined-name", Level::Error, format!("nothing declares `{text}`"), at)
            .saying(match want {
                Want::Actor => "no party of this name",
                Want::Place => "no place of this name",
                Want::Time => "no event or other point in time of this name",
                Want::Clause => "no clause of this name",
                Want::Any => "nothing of this name",
            });
        let declare = match want {
            Want::Actor => format!("declare it (`party {text} \"…\"`), or put it in quotation marks"),
            Want::Place => format!("declare it (`place {text} \"…\"`), or put it in quotation marks"),
            Want::Time => format!("declare it (`event {text} \"…\"`), or put it in quotation marks"),
            Want::Clause => "write the name of a clause, event or instrument that is declared".to_owned(),
            Want::Any => "declare it, or put it in quotation marks".to_owned(),
        };
        let verb = self.vocabulary.action_ids.get(&name).map(|id| self.vocabulary.action(*id).name);
        // `within 24 hours of request`: many verbs are nouns as well.
        let verb = verb.filter(|_| want != Want::Time);
        let finding = match (verb, near) {
            (Some(verb), _) => finding.help(format!(
                "`{text}` is a verb: it stands behind the modal word, `shall {} …`, with a semicolon before a second one",
                self.ground.model.text(verb)
            )),
            (None, Some(near)) => finding.help(format!("did you mean `{near}`? Otherwise {declare}")).fix(
                format!("write `{near}`"),
                false,
                at,
                near,
            ),
            (None, None) => finding.help(declare),
        };
        self.undefined.insert((self.unit, name), self.findings.len());
        self.report(finding);
    }

    /// The name in scope that was most likely meant: one that fits, or one whose label is this word.
    fn near(&mut self, text: &str, want: Want) -> Option<String> {
        let scope = self.ground.scopes.get(self.unit)?;
        let visible: Vec<(Symbol, Entity)> = scope
            .merged
            .iter()
            .filter_map(|&one| self.ground.scopes.get(one))
            .flat_map(|scope| scope.order.iter().copied())
            .collect();
        self.suggestions = self.suggestions.checked_sub(visible.len())?;
        let fits = |entity: Entity| match want {
            Want::Actor => matches!(entity, Entity::Party(_) | Entity::Clause(_)),
            Want::Place => matches!(entity, Entity::Place(_) | Entity::Clause(_)),
            Want::Time => matches!(entity, Entity::Event(_) | Entity::Phase(_) | Entity::Clause(_)),
            Want::Clause => matches!(entity, Entity::Clause(_) | Entity::Event(_) | Entity::Instrument(_)),
            Want::Any => true,
        };
        let model = &self.ground.model;
        let labelled = visible
            .iter()
            .find(|(_, entity)| model.item(*entity).label.as_deref().is_some_and(|label| syntax::fits(label, text)));
        if let Some((name, _)) = labelled {
            return Some(model.text(*name).to_owned());
        }
        let fitting = visible.iter().filter(|(_, entity)| fits(*entity)).map(|(name, _)| model.text(*name));
        closest(text, fitting).map(str::to_owned)
    }

    /// `a party`, `a clause of kind `hub``: what an entity is, for messages.
    pub(super) fn kind_words(&self, entity: Entity) -> String {
        match entity {
            Entity::Instrument(_) => "an instrument".into(),
            Entity::Party(_) => "a party".into(),
            Entity::Place(_) => "a place".into(),
            Entity::Thing(_) => "a thing".into(),
            Entity::Event(_) => "an event".into(),
            Entity::Phase(_) => "a phase".into(),
            Entity::Term(_) => "a defined term".into(),
            Entity::Clause(_) => format!("a `{}` clause", self.ground.model.text(self.ground.model.item(entity).kind)),
        }
    }

    /// Reports an item that is not what belongs where it stands.
    pub(super) fn wrong_kind(&mut self, entity: Entity, span: Span, wanted: &str, help: &str) {
        // Nobody knows what belongs where in a sentence that could not be read.
        if self.damaged {
            return;
        }
        let (name, what) = (self.text(span), self.kind_words(entity));
        let mut finding = Finding::new(
            "structure/wrong-kind",
            Level::Error,
            format!("`{name}` is {what}, and {wanted} belongs here"),
            self.at(span),
        )
        .saying(format!("{wanted} belongs here"));
        let at = self.declared_at(entity);
        if let Some(at) = at {
            finding = finding.label(at, format!("declared as {what}"));
        }
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.report(finding);
    }

    /// Where a file declares it, if one does.
    pub(super) fn declared_at(&self, entity: Entity) -> Option<Loc> {
        let undeclared = matches!(entity, Entity::Thing(id) if self.ground.things.values().any(|&thing| thing == id));
        (!undeclared).then(|| self.ground.model.item(entity).at)
    }

    /// The thing of a spelling that no file declares: of the standard library, or taken for one with an advice.
    pub(super) fn undeclared_thing(&mut self, name: Symbol, span: Span) -> Entity {
        if let Some(&id) = self.ground.things.get(&name) {
            return Entity::Thing(id);
        }
        if let Some(entity) = self.standard_thing(name, span) {
            return entity;
        }
        if self.out_of_turn() {
            return Entity::Thing(ThingId(0));
        }
        let text = self.ground.model.text(name).to_owned();
        let mut help =
            format!("declare it (`thing {text} \"…\"`) if the draft says more about it, or put it in quotation marks");
        if let Some(said) = treaty::instead(&text) {
            help = said;
        } else if self.vocabulary.action_ids.contains_key(&name) {
            help = format!("if it is a second act, put a semicolon before it: `…; {text} …`. Otherwise {help}");
        } else if let Some(near) = self.near(&text, Want::Any) {
            help = format!("did you mean `{near}`? Otherwise {help}");
        }
        if self.damaged {
            return self.new_thing(name, None, span, false);
        }
        let message = format!("`{text}` is not declared and is taken for a thing of its own");
        let finding = Finding::new("structure/undeclared-thing", Level::Advice, message, self.at(span))
            .saying("not declared")
            .help(help);
        self.report(finding);
        self.new_thing(name, None, span, false)
    }

    /// A thing of the standard library, taken into the model where it is used first.
    pub(super) fn standard_thing(&mut self, name: Symbol, span: Span) -> Option<Entity> {
        if let Some(&id) = self.ground.things.get(&name) {
            return Some(Entity::Thing(id));
        }
        let thing = self.standard.things.get(&name)?;
        if self.out_of_turn() {
            return None;
        }
        let entity = self.new_thing(name, thing.label.clone(), span, true);
        let within: Vec<ThingId> = thing
            .within
            .iter()
            .filter_map(|&above| match self.lookup(above).or_else(|| self.standard_thing(above, span))? {
                Entity::Thing(id) => Some(id),
                _ => None,
            })
            .collect();
        if let Entity::Thing(id) = entity
            && let Some(row) = self.own().model.things.get_mut(id.index())
        {
            row.within = within;
        }
        Some(entity)
    }

    fn new_thing(&mut self, name: Symbol, label: Option<Box<str>>, span: Span, declared: bool) -> Entity {
        let (at, own) = (self.at(span), self.unit == 0 && !declared);
        let item = Item { name, label, kind: known::THING, at, whole: at, fields: Vec::new(), damaged: false, own };
        let id = ThingId(self.ground.model.things.len() as u32);
        self.own().model.things.push(Thing { item, within: Vec::new(), declared });
        self.own().things.insert(name, id);
        Entity::Thing(id)
    }
}

/// The marks of a clause's sentences and acts, in order.
fn marks(item: &tree::Item) -> impl Iterator<Item = Span> {
    let of_norm = |norm: &'_ tree::Norm| {
        let acts: Vec<Span> = norm.acts.iter().map(|act| act.letter).collect();
        std::iter::once(norm.letter).chain(acts)
    };
    item.norms().flat_map(of_norm).filter(|mark| !mark.is_empty())
}
