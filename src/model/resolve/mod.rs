//! From trees to the model: every name settled, every amount and time read. Cannot fail: what is wrong is reported, marked
//! damaged and gone past.
//!
//! Three passes: the vocabulary of all files; what is declared, with the numbers of all norms; then what is said of each.

mod ahead;
mod amount;
mod bound;
mod condition;
mod item;
mod norm;
mod phrase;
mod scenario;
mod scope;
mod thing;
mod value;
mod when;
mod window;

use super::names::{Names, Symbol, known};
use super::standard::Standard;
use super::vocabulary::Vocabulary;
use super::vocabulary_check::{check_evidence, share_fields};
use super::vocabulary_read::{KEYWORDS, Reader};
use super::{Acceptance, ClauseId, Entity, InstrumentId, Mention, MentionRole, Model, NormId, ThingId};
use crate::finding::{Finding, Level};
use crate::load::Loaded;
use crate::model::clause::NormRef;
use crate::model::norm::Norm;
use crate::source::{FileId, Loc, SourceFile, Span};
use crate::syntax::quoted::unquote;
use crate::syntax::tree;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a draft means, with the standard library that comes with the program.
pub fn resolve(loaded: &Loaded) -> (Model, Vec<Finding>) {
    resolve_with(loaded, Standard::embedded())
}

/// What a draft means, with this standard library.
pub fn resolve_with(loaded: &Loaded, standard: &Standard) -> (Model, Vec<Finding>) {
    let mut names = Names::on(&standard.names);
    let mut findings = Vec::new();
    let vocabulary = vocabulary(loaded, standard, &mut names, &mut findings);
    let mut resolver = Resolver::new(loaded, standard, &vocabulary, names, findings);
    let declared = resolver.declare();
    resolver.fill(&declared);
    resolver.scenarios();
    resolver.bind();
    let (mut model, findings) = resolver.finish();
    model.vocabulary = vocabulary;
    (model, findings)
}

/// The vocabulary of the standard library and of all files; an importing file overrides what it imports.
fn vocabulary(loaded: &Loaded, standard: &Standard, names: &mut Names, findings: &mut Vec<Finding>) -> Arc<Vocabulary> {
    let mut vocabulary = Arc::clone(&standard.vocabulary);
    let mut read = false;
    // Files are numbered before those they import, so that backwards every import comes before its importer.
    for (index, unit) in loaded.units.iter().enumerate().rev() {
        let file = loaded.sources.file(unit.file);
        let mut of_imports = Vec::new();
        for item in &unit.tree.items {
            let keyword = names.get(file.slice(item.keyword));
            if !keyword.is_some_and(|keyword| KEYWORDS.contains(&keyword)) {
                continue;
            }
            read = true;
            let own = if index == 0 { &mut *findings } else { &mut of_imports };
            let vocabulary = Arc::make_mut(&mut vocabulary);
            Reader { names, vocabulary, id: unit.file, file, findings: own }.item(item);
        }
        // A rule that cannot be used is an error of its library, whoever imports it.
        findings.extend(of_imports.into_iter().filter(|finding| finding.code == super::rule::CODE));
    }
    if read {
        share_fields(Arc::make_mut(&mut vocabulary));
        check_evidence(&vocabulary, names, findings);
    }
    vocabulary
}

/// What one file sees.
#[derive(Default, Clone)]
struct Scope {
    /// Its own names.
    names: FxHashMap<Symbol, Entity>,
    /// The same in the order of the text.
    order: Vec<(Symbol, Entity)>,
    /// The imports that have a name.
    aliases: FxHashMap<Symbol, usize>,
    /// The files whose names it shares, itself first.
    merged: Vec<usize>,
    /// What stands before its names in the draft: `june.`.
    prefix: Box<str>,
    /// The instrument that its clauses belong to.
    instrument: Option<InstrumentId>,
}

/// An item that has a row in the model.
struct Declared<'a> {
    unit: usize,
    item: &'a tree::Item<'a>,
    entity: Entity,
}

/// What is declared, and so can be named anywhere.
#[derive(Clone)]
struct Ground<'a> {
    /// With a row for everything declared; norms, mentions and acceptances are put in last.
    model: Model,
    scopes: Vec<Scope>,
    /// Norms by clause and letter.
    letters: FxHashMap<(ClauseId, Symbol), NormRef>,
    /// The item of each clause.
    clause_items: Vec<&'a tree::Item<'a>>,
    /// Things that no file declares, by spelling: undeclared ones, and those of the standard library that are used.
    things: FxHashMap<Symbol, ThingId>,
}

struct Resolver<'a> {
    loaded: &'a Loaded<'a>,
    standard: &'a Standard,
    vocabulary: &'a Vocabulary,
    /// Shared with those who read ahead, and then not written to.
    ground: Arc<Ground<'a>>,
    /// Whether items are read before their turn, with nothing known of those before them but that they are declared.
    ahead: bool,
    /// Whether an item that is read ahead needs what only its turn can give it: a new name or thing, or a finding that
    /// one before it may have made.
    stuck: bool,
    findings: Vec<Finding>,
    norms: Vec<Norm>,
    mentions: Vec<Mention>,
    acceptances: Vec<Acceptance>,
    /// Names already reported as undefined, with the finding.
    undefined: FxHashMap<(usize, Symbol), usize>,
    /// How many more names are compared for a "did you mean": each looks at every name.
    suggestions: usize,
    /// The file being read.
    unit: usize,
    file: FileId,
    source: &'a SourceFile,
    /// The instrument that the clause being read belongs to.
    instrument: Option<InstrumentId>,
    /// The norm being read.
    norm: Option<NormId>,
    /// Whether the sentence being read could not be read to its end.
    damaged: bool,
    /// Verbs that the vocabulary does not have, and the finding that says so.
    unknown_verbs: FxHashMap<Symbol, usize>,
    /// In a scenario nothing is mentioned, and nothing new is taken for a thing.
    scenario: bool,
}

impl<'a> Resolver<'a> {
    fn new(
        loaded: &'a Loaded<'a>,
        standard: &'a Standard,
        vocabulary: &'a Vocabulary,
        names: Names,
        findings: Vec<Finding>,
    ) -> Self {
        let model = Model {
            names,
            vocabulary: Arc::default(),
            declaration: None,
            instruments: Vec::new(),
            parties: Vec::new(),
            places: Vec::new(),
            things: Vec::new(),
            events: Vec::new(),
            phases: Vec::new(),
            terms: Vec::new(),
            clauses: Vec::new(),
            norms: Vec::new(),
            acceptances: Vec::new(),
            mentions: Vec::new(),
            skipped: loaded.units.iter().any(|unit| !unit.tree.skipped.is_empty()),
        };
        let ground = Ground {
            model,
            scopes: Vec::new(),
            letters: FxHashMap::default(),
            clause_items: Vec::new(),
            things: FxHashMap::default(),
        };
        Self::on(loaded, standard, vocabulary, Arc::new(ground), findings)
    }

    /// One who reads on what is declared so far.
    fn on(
        loaded: &'a Loaded<'a>,
        standard: &'a Standard,
        vocabulary: &'a Vocabulary,
        ground: Arc<Ground<'a>>,
        findings: Vec<Finding>,
    ) -> Self {
        let file = loaded.units.first().map(|unit| unit.file).unwrap_or_default();
        Self {
            loaded,
            standard,
            vocabulary,
            ground,
            ahead: false,
            stuck: false,
            findings,
            norms: Vec::new(),
            mentions: Vec::new(),
            acceptances: Vec::new(),
            undefined: FxHashMap::default(),
            suggestions: 100_000,
            unit: 0,
            file,
            source: loaded.sources.file(file),
            instrument: None,
            norm: None,
            damaged: false,
            unknown_verbs: FxHashMap::default(),
            scenario: false,
        }
    }

    /// Turns to another file.
    fn enter(&mut self, unit: usize) {
        let Some(file) = self.loaded.units.get(unit).map(|unit| unit.file) else { return };
        (self.unit, self.file) = (unit, file);
        self.source = self.loaded.sources.file(file);
    }

    fn text(&self, span: Span) -> &'a str {
        self.source.slice(span)
    }

    /// What is declared, to be written to.
    fn own(&mut self) -> &mut Ground<'a> {
        debug_assert!(!self.ahead, "who reads ahead only reads");
        Arc::make_mut(&mut self.ground)
    }

    fn symbol(&mut self, span: Span) -> Symbol {
        self.intern(self.source.slice(span))
    }

    fn intern(&mut self, name: &str) -> Symbol {
        match self.ground.model.names.get(name) {
            Some(symbol) => symbol,
            None if self.out_of_turn() => known::EMPTY,
            None => self.own().model.names.intern(name),
        }
    }

    /// Whether this is not the turn of the item being read, which then has to be read again.
    fn out_of_turn(&mut self) -> bool {
        self.stuck |= self.ahead;
        self.ahead
    }

    fn optional_symbol(&mut self, span: Span) -> Option<Symbol> {
        (!span.is_empty()).then(|| self.symbol(span))
    }

    fn words(&self, text: tree::Text) -> Box<str> {
        unquote(self.text(text.span)).into()
    }

    fn at(&self, span: Span) -> Loc {
        Loc::new(self.file, span)
    }

    /// Reports something about the file being read. Of an import only names that are not defined concern the draft.
    fn report(&mut self, finding: Finding) {
        if self.unit == 0 || finding.code.starts_with("structure/undefined-") {
            self.findings.push(finding);
        }
    }

    fn error(&mut self, code: &'static str, message: String, span: Span, label: String, help: String) {
        self.plain(code, Level::Error, message, span, label, help);
    }

    fn warning(&mut self, code: &'static str, message: String, span: Span, label: String, help: String) {
        self.plain(code, Level::Warning, message, span, label, help);
    }

    fn plain(&mut self, code: &'static str, level: Level, message: String, span: Span, label: String, help: String) {
        let mut finding = Finding::new(code, level, message, self.at(span)).saying(label);
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.report(finding);
    }

    fn mention(&mut self, entity: Entity, span: Span, role: MentionRole) {
        if !self.scenario {
            let mention = Mention { entity, at: self.at(span), norm: self.norm, role };
            self.mentions.push(mention);
        }
    }

    /// Brings the mentions of an item, those from `first` on, into the order of the text: its fields are read before its
    /// sentences, wherever they stand.
    fn in_order(&mut self, first: usize) {
        if let Some(mentions) = self.mentions.get_mut(first..) {
            mentions.sort_by_key(|mention| mention.at);
        }
    }

    fn finish(mut self) -> (Model, Vec<Finding>) {
        // Item by item they are in order already, but for the instruments, which are read first.
        self.in_order(0);
        let Self { ground, findings, norms, mentions, acceptances, .. } = self;
        let model = Arc::unwrap_or_clone(ground).model;
        (Model { norms, mentions, acceptances, ..model }, findings)
    }
}
