//! From the tree of vocabulary items to the vocabulary: kinds, verbs, units, lexicons, checklists.
//!
//! A later definition overrides an earlier one attribute by attribute. Knows nothing of drafts.

use super::names::{Names, Symbol, known};
use super::quantity::{Rational, number};
use super::suggest::{closest, ticked};
use super::vocabulary::*;
use super::{Acceptance, calendar};
use crate::finding::{Finding, Level};
use crate::source::{FileId, Loc, SourceFile, Span};
use crate::syntax::quoted::unquote;
use crate::syntax::tree::{self, AmountKind, Entry, Field, Item, Value, ValueKind};
use std::borrow::Cow;

/// The words that make an item part of the vocabulary.
pub(crate) const KEYWORDS: [Symbol; 6] =
    [known::KIND, known::ACTION, known::UNIT, known::LEXICON, known::CHECKLIST, known::RULE];

/// Reads the vocabulary items of one file.
pub(crate) struct Reader<'a> {
    pub(crate) names: &'a mut Names,
    pub(crate) vocabulary: &'a mut Vocabulary,
    pub(crate) id: FileId,
    pub(crate) file: &'a SourceFile,
    pub(crate) findings: &'a mut Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// Takes one item in; items that are no vocabulary are passed over.
    pub(crate) fn item(&mut self, item: &Item) {
        match self.names.get(self.file.slice(item.keyword)) {
            Some(known::KIND) => self.kind(item),
            Some(known::ACTION) => self.action(item),
            Some(known::UNIT) => self.unit(item),
            Some(known::LEXICON) => self.lexicon(item),
            Some(known::CHECKLIST) => self.checklist(item),
            Some(known::RULE) => self.rule(item),
            _ => {}
        }
    }

    fn kind(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let at = self.at(item.name);
        let id = match self.vocabulary.kind_ids.get(&name) {
            Some(&id) => id,
            None if name == known::EVERY_CLAUSE => KindId(u32::MAX),
            None => {
                let label = self.label_or_name(item, name, true);
                self.vocabulary.kinds.push(new_kind(name, label, at));
                let id = KindId(self.vocabulary.kinds.len() as u32 - 1);
                self.vocabulary.kind_ids.insert(name, id);
                id
            }
        };
        let mut kind = match self.vocabulary.kinds.get_mut(id.0 as usize) {
            Some(kind) => kind.clone(),
            None => {
                let fields = std::mem::take(&mut self.vocabulary.every_clause);
                Kind { fields, ..new_kind(name, "every clause".into(), at) }
            }
        };
        if let Some(label) = self.label(item) {
            kind.label = label;
        }
        for field in item.fields() {
            match self.attribute(field) {
                known::ACT => kind.acts = self.words(field),
                known::CLAUSE => kind.is_clause = self.flag(field),
                known::WHY => kind.why = self.text(field),
                known::SOURCE => kind.source = self.text(field),
                known::EXAMPLE => kind.example = self.text(field),
                known::MET_BY => kind.met_by = self.evidence(field),
                _ => self.unknown_attribute(field, &["act", "clause", "why", "source", "example", "met-by"]),
            }
        }
        for nested in item.items() {
            if self.file.slice(nested.keyword) == "field" {
                self.field(&mut kind.fields, nested);
            } else {
                let word = self.file.slice(nested.keyword);
                self.wrong(
                    nested.keyword,
                    format!("a kind holds fields, not `{word}`"),
                    "write `field NAME \"label\" { … }`",
                );
            }
        }
        match self.vocabulary.kinds.get_mut(id.0 as usize) {
            Some(old) => *old = kind,
            None => self.vocabulary.every_clause = kind.fields,
        }
    }

    fn field(&mut self, fields: &mut Vec<FieldSpec>, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let place = fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
            let label = self.label_or_name(item, name, false);
            fields.push(FieldSpec {
                name,
                label,
                also: Vec::new(),
                types: Vec::new(),
                level: None,
                why: "".into(),
                source: "".into(),
                example: "".into(),
                met_by: Vec::new(),
                after: Vec::new(),
                inherited: false,
                at: self.at(item.name),
            });
            fields.len() - 1
        });
        let Some(spec) = fields.get_mut(place) else { return };
        spec.inherited = false;
        if let Some(label) = self.label(item) {
            spec.label = label;
        }
        let mut words = None;
        for field in item.fields() {
            match self.attribute(field) {
                known::IS => spec.types = self.types(field),
                known::WORDS => words = Some(self.words(field)),
                known::ALSO => spec.also = self.words(field),
                known::LEVEL => spec.level = self.level(field),
                known::WHY => spec.why = self.text(field),
                known::SOURCE => spec.source = self.text(field),
                known::EXAMPLE => spec.example = self.text(field),
                known::MET_BY => spec.met_by = self.evidence(field),
                known::AFTER => spec.after = self.evidence(field),
                _ => self.unknown_attribute(
                    field,
                    &["is", "words", "also", "level", "why", "source", "example", "met-by", "after"],
                ),
            }
        }
        if let Some(words) = words {
            spec.types.retain(|kind| !matches!(kind, FieldType::Word(_)));
            spec.types.push(FieldType::Word(words));
        }
    }

    fn types(&mut self, field: &Field) -> Vec<FieldType> {
        let mut types = Vec::with_capacity(field.values.len());
        for value in field.values {
            if let ValueKind::Of(what, measure) = &value.kind
                && self.file.slice(what.span) == "quantity"
            {
                types.push(FieldType::Quantity(Some(self.names.intern(self.file.slice(measure.span)))));
                continue;
            }
            let word = self.word(value);
            match TYPES.iter().find(|(name, _)| *name == word) {
                Some((_, kind)) => types.push(kind.clone()),
                None => {
                    let near = closest(&word, TYPES.iter().map(|(name, _)| *name));
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("a value is one of {}", ticked(TYPES.iter().map(|(name, _)| *name), 99)),
                    };
                    self.wrong(value.span, format!("`{word}` is no kind of value"), help);
                }
            }
        }
        types
    }

    fn evidence(&mut self, field: &Field) -> Vec<Evidence> {
        let mut evidence = Vec::with_capacity(field.values.len());
        for value in field.values {
            let word = self.word(value);
            let found = match word.split_once('/') {
                Some((group, name)) => {
                    let name = self.names.intern(name);
                    match GROUPS.iter().find(|(known, _)| *known == group) {
                        Some((_, of)) => Some(of(name)),
                        None => Some(Evidence::FieldOf(self.names.intern(group), name)),
                    }
                }
                None => EVIDENCE.iter().find(|(name, _)| *name == word).map(|(_, evidence)| *evidence),
            };
            match found {
                Some(found) => evidence.push(found),
                None => {
                    let all = ticked(EVIDENCE.iter().map(|(name, _)| *name), 99);
                    let help = match closest(&word, EVIDENCE.iter().map(|(name, _)| *name)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "a field is met by {all}, or by `action/VERB`, `duty/VERB`, `field/NAME`, `clause/KIND`, `KIND/FIELD`"
                        ),
                    };
                    self.wrong(value.span, format!("nothing in a clause is called `{word}`"), help);
                }
            }
        }
        evidence
    }

    fn action(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let verb = self.names.text(name).to_owned();
        let mut action = match self.vocabulary.action_ids.get(&name) {
            Some(&id) if self.vocabulary.action(id).name == name => self.vocabulary.action(id).clone(),
            _ => Action {
                name,
                label: verb.replace('-', " ").into(),
                participle: past(&verb).into(),
                gerund: continuous(&verb).into(),
                nature: Nature::Achieve,
                opposites: Vec::new(),
                is: Vec::new(),
                exclusive: false,
                agrees_to_agree: false,
                outcome_free: false,
                presupposes: false,
                through: None,
                takes: Vec::new(),
                at: self.at(item.name),
            },
        };
        if let Some(label) = self.label(item) {
            action.label = label;
        }
        for field in item.fields() {
            match self.attribute(field) {
                known::PARTICIPLE => action.participle = self.text(field),
                known::GERUND => action.gerund = self.text(field),
                known::NATURE => {
                    let natures =
                        [("achieve", Nature::Achieve), ("maintain", Nature::Maintain), ("refrain", Nature::Refrain)];
                    action.nature = self.one_of(field, &natures).unwrap_or(action.nature);
                }
                known::OPPOSITE => action.opposites = self.words(field),
                known::IS => action.is = self.words(field),
                known::TAKES => action.takes = self.words(field),
                known::EXCLUSIVE => action.exclusive = self.flag(field),
                known::AGREES_TO_AGREE => action.agrees_to_agree = self.flag(field),
                known::OUTCOME_FREE => action.outcome_free = self.flag(field),
                known::PRESUPPOSES => action.presupposes = self.one_of(field, &[("ongoing", ())]).is_some(),
                known::THROUGH => action.through = Some(self.text(field)).map(|word| self.names.intern(&word)),
                _ => self.unknown_attribute(
                    field,
                    &[
                        "participle",
                        "gerund",
                        "nature",
                        "opposite",
                        "is",
                        "takes",
                        "exclusive",
                        "agrees-to-agree",
                        "outcome-free",
                        "presupposes",
                        "through",
                    ],
                ),
            }
        }
        let id = match self.vocabulary.action_ids.get(&name) {
            Some(&id) if self.vocabulary.action(id).name == name => id,
            _ => ActionId(self.vocabulary.actions.len() as u32),
        };
        // The infinitive goes before another verb's participle of the same spelling (`found`).
        self.vocabulary.action_ids.insert(name, id);
        for form in [&action.participle, &action.gerund] {
            let form = self.names.intern(&form.replace(' ', "-"));
            self.vocabulary.action_ids.entry(form).or_insert(id);
        }
        match self.vocabulary.actions.get_mut(id.0 as usize) {
            Some(old) => *old = action,
            None => self.vocabulary.actions.push(action),
        }
    }

    fn unit(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let known_id = self.vocabulary.unit_ids.get(&name).copied();
        let mut unit = match known_id {
            Some(id) => self.vocabulary.unit(id).clone(),
            None => {
                let plural = format!("{}s", self.names.text(name));
                Unit { name, plural: self.names.intern(&plural), measures: name, factor: None, at: self.at(item.name) }
            }
        };
        for field in item.fields() {
            match self.attribute(field) {
                known::PLURAL => {
                    let plural = self.text(field);
                    unit.plural = self.names.intern(&plural);
                }
                known::MEASURES => unit.measures = self.words(field).first().copied().unwrap_or(unit.measures),
                known::FACTOR => unit.factor = self.factor(field),
                _ => self.unknown_attribute(field, &["plural", "measures", "factor"]),
            }
        }
        let id = known_id.unwrap_or(UnitId(self.vocabulary.units.len() as u32));
        self.vocabulary.unit_ids.insert(unit.name, id);
        self.vocabulary.unit_ids.insert(unit.plural, id);
        match self.vocabulary.units.get_mut(id.0 as usize) {
            Some(old) => *old = unit,
            None => self.vocabulary.units.push(unit),
        }
    }

    fn factor(&mut self, field: &Field) -> Option<Rational> {
        let value = field.values.first()?;
        let factor = match &value.kind {
            ValueKind::Amount(amount) => match amount.kind {
                AmountKind::Range { low, high: None, scale } => number(self.file.slice(low.span))
                    .ok()
                    .map(|n| n * Rational::from_integer(10_i128.pow(u32::from(scale.min(9))))),
                _ => None,
            },
            ValueKind::Text(text) => number(&unquote(self.file.slice(text.span))).ok(),
            _ => None,
        };
        let factor = factor.filter(|factor| *factor > Rational::ZERO);
        if factor.is_none() {
            self.wrong(
                value.span,
                "a factor is a number above zero".to_owned(),
                "write `factor: 1_000`, or `factor: 1/3`",
            );
        }
        factor
    }

    fn lexicon(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let place = self.vocabulary.lexicons.iter().position(|lexicon| lexicon.name == name);
        let mut lexicon = match place.and_then(|place| self.vocabulary.lexicons.get(place)) {
            Some(lexicon) => lexicon.clone(),
            None => Lexicon {
                name,
                label: self.label_or_name(item, name, true),
                words: Vec::new(),
                alone: Vec::new(),
                definitions: true,
                level: Level::Warning,
                why: "".into(),
                help: "".into(),
                source: "".into(),
                bad: "".into(),
                good: "".into(),
                at: self.at(item.name),
            },
        };
        lexicon.at = self.at(item.name);
        if let Some(label) = self.label(item) {
            lexicon.label = label;
        }
        for field in item.fields() {
            match self.attribute(field) {
                known::WORDS => lexicon.words = self.expressions(field),
                known::ALONE => lexicon.alone = self.expressions(field),
                known::DEFINITIONS => lexicon.definitions = self.flag(field),
                known::LEVEL => lexicon.level = self.level(field).unwrap_or(lexicon.level),
                known::WHY => lexicon.why = self.text(field),
                known::HELP => lexicon.help = self.text(field),
                known::SOURCE => lexicon.source = self.text(field),
                known::BAD => lexicon.bad = self.text(field),
                known::GOOD => lexicon.good = self.text(field),
                _ => self.unknown_attribute(
                    field,
                    &["words", "alone", "definitions", "level", "why", "help", "source", "bad", "good"],
                ),
            }
        }
        match place.and_then(|place| self.vocabulary.lexicons.get_mut(place)) {
            Some(old) => *old = lexicon,
            None => self.vocabulary.lexicons.push(lexicon),
        }
    }

    fn checklist(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let place = self.vocabulary.checklists.iter().position(|checklist| checklist.name == name);
        let mut checklist = match place.and_then(|place| self.vocabulary.checklists.get(place)) {
            Some(checklist) => checklist.clone(),
            None => {
                let label = self.label_or_name(item, name, true);
                Checklist {
                    name,
                    label,
                    extends: None,
                    why: "".into(),
                    source: "".into(),
                    requires: Vec::new(),
                    acceptances: Vec::new(),
                    levels: Vec::new(),
                    at: self.at(item.name),
                }
            }
        };
        if let Some(label) = self.label(item) {
            checklist.label = label;
        }
        for field in item.fields() {
            let level = match self.attribute(field) {
                known::EXTENDS => {
                    checklist.extends = self.words(field).first().copied();
                    continue;
                }
                known::WHY => {
                    checklist.why = self.text(field);
                    continue;
                }
                known::SOURCE => {
                    checklist.source = self.text(field);
                    continue;
                }
                known::REQUIRES => {
                    checklist.requires = self.words(field);
                    continue;
                }
                known::ERROR => Some(Level::Error),
                known::WARNING => Some(Level::Warning),
                known::ADVICE => Some(Level::Advice),
                known::OFF => None,
                _ => {
                    let known = ["extends", "requires", "error", "warning", "advice", "off", "why", "source"];
                    self.unknown_attribute(field, &known);
                    continue;
                }
            };
            for value in field.values {
                let code: Box<str> = self.word(value).into();
                checklist.levels.retain(|(known, ..)| *known != code);
                checklist.levels.push((code, level, self.at(value.span)));
            }
        }
        for entry in item.entries {
            if let Entry::Acceptance(acceptance) = entry {
                let acceptance = self.acceptance(acceptance);
                checklist.acceptances.push(acceptance);
            }
        }
        match place.and_then(|place| self.vocabulary.checklists.get_mut(place)) {
            Some(old) => *old = checklist,
            None => self.vocabulary.checklists.push(checklist),
        }
    }

    /// What is accepted in every text that is read by a checklist.
    fn acceptance(&mut self, acceptance: &tree::Acceptance) -> Acceptance {
        let until = (!acceptance.until.is_empty()).then(|| {
            let text = self.file.slice(acceptance.until).to_owned();
            let date = calendar::date(&text);
            if date.is_none() {
                let help = "check the day and the month; a date is written year-month-day, `2026-01-06`";
                self.wrong(acceptance.until, format!("the calendar has no day `{text}`"), help);
            }
            date
        });
        Acceptance {
            at: self.at(acceptance.span),
            codes: acceptance.codes.iter().map(|code| (self.file.slice(*code).into(), self.at(*code))).collect(),
            until: until.flatten(),
            because: acceptance.because.map(|because| unquote(self.file.slice(because.span)).into()),
            within: None,
        }
    }

    pub(super) fn name(&mut self, item: &Item) -> Option<Symbol> {
        if item.name.is_empty() {
            let word = self.file.slice(item.keyword);
            self.wrong(
                item.keyword,
                format!("this `{word}` has no name"),
                format!("write `{word} NAME \"label\" {{ … }}`"),
            );
            return None;
        }
        Some(self.names.intern(self.file.slice(item.name)))
    }

    pub(super) fn label(&self, item: &Item) -> Option<Box<str>> {
        item.label.map(|label| unquote(self.file.slice(label.span)).into())
    }

    /// The label of an item that is new; where it is wanted and absent a finding.
    pub(super) fn label_or_name(&mut self, item: &Item, name: Symbol, wanted: bool) -> Box<str> {
        let label = self.label(item);
        let words: Box<str> = self.names.text(name).replace('-', " ").into();
        if wanted && label.is_none() {
            let (keyword, name) = (self.file.slice(item.keyword), self.file.slice(item.name));
            let message = format!("`{keyword} {name}` has no label to show in messages");
            let help = format!("write what it is called: `{keyword} {name} \"{words}\"`");
            let finding = Finding::new(CODE, Level::Warning, message, self.at(item.name)).help(help);
            self.findings.push(finding);
        }
        label.unwrap_or(words)
    }

    fn attribute(&mut self, field: &Field) -> Symbol {
        self.names.get(self.file.slice(field.name)).unwrap_or(known::EMPTY)
    }

    pub(super) fn unknown_attribute(&mut self, field: &Field, known: &[&str]) {
        let word = self.file.slice(field.name);
        let help = match closest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}:`?"),
            None => format!("what can stand here is {}", ticked(known.iter().copied(), 99)),
        };
        self.wrong(field.name, format!("`{word}:` says nothing here"), help);
    }

    /// A value as one word, whatever it looks like.
    pub(super) fn word(&self, value: &Value) -> Cow<'a, str> {
        let file: &'a SourceFile = self.file;
        match &value.kind {
            ValueKind::Text(text) => unquote(file.slice(text.span)),
            ValueKind::Name { name, .. } => Cow::Borrowed(file.slice(name.span)),
            _ => Cow::Borrowed(file.slice(value.span)),
        }
    }

    fn words(&mut self, field: &Field) -> Vec<Symbol> {
        let words: Vec<String> = field.values.iter().map(|value| self.word(value).into_owned()).collect();
        words.iter().map(|word| self.names.intern(word)).collect()
    }

    /// The expressions of a lexicon, small.
    fn expressions(&self, field: &Field) -> Vec<Box<str>> {
        field.values.iter().map(|value| self.word(value).trim().to_lowercase().into()).collect()
    }

    pub(super) fn text(&self, field: &Field) -> Box<str> {
        field.values.first().map(|value| self.word(value).into()).unwrap_or_default()
    }

    fn flag(&mut self, field: &Field) -> bool {
        self.one_of(field, &[("yes", true), ("no", false)]).unwrap_or(false)
    }

    pub(super) fn level(&mut self, field: &Field) -> Option<Level> {
        let levels = [Level::Error, Level::Warning, Level::Advice].map(|level| (level.word(), Some(level)));
        self.one_of(field, &[levels[0], levels[1], levels[2], ("none", None)]).flatten()
    }

    fn one_of<T: Copy>(&mut self, field: &Field, words: &[(&str, T)]) -> Option<T> {
        let value = field.values.first()?;
        let word = self.word(value).into_owned();
        let found = words.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let name = self.file.slice(field.name);
            let help = match closest(&word, words.iter().map(|(name, _)| *name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", ticked(words.iter().map(|(name, _)| *name), 99).replace(" and ", " or ")),
            };
            self.wrong(value.span, format!("`{word}` is no word for `{name}:`"), help);
        }
        found
    }

    pub(super) fn at(&self, span: Span) -> Loc {
        Loc::new(self.id, span)
    }

    fn wrong(&mut self, span: Span, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(CODE, Level::Error, message, self.at(span)).help(help));
    }
}

/// A kind of which nothing is known but its name.
fn new_kind(name: Symbol, label: Box<str>, at: Loc) -> Kind {
    Kind {
        name,
        label,
        is_clause: true,
        acts: Vec::new(),
        why: "".into(),
        source: "".into(),
        example: "".into(),
        met_by: Vec::new(),
        fields: Vec::new(),
        at,
    }
}

/// The code of what is wrong with a vocabulary.
pub(super) const CODE: &str = "structure/vocabulary";

const TYPES: &[(&str, FieldType)] = &[
    ("text", FieldType::Text),
    ("word", FieldType::Word(Vec::new())),
    ("party", FieldType::Party),
    ("place", FieldType::Place),
    ("event", FieldType::Event),
    ("phase", FieldType::Phase),
    ("thing", FieldType::Thing),
    ("clause", FieldType::Clause),
    ("instrument", FieldType::Instrument),
    ("time", FieldType::Time),
    ("length", FieldType::Length),
    ("quantity", FieldType::Quantity(None)),
    ("number", FieldType::Number),
    ("share", FieldType::Share),
    ("yes-no", FieldType::YesNo),
    ("code", FieldType::Code),
    ("name", FieldType::Name),
];

const EVIDENCE: &[(&str, Evidence)] = &[
    ("amount", Evidence::Amount),
    ("amount-each", Evidence::AmountEach),
    ("place", Evidence::Place),
    ("home", Evidence::Home),
    ("abroad", Evidence::Abroad),
    ("destination", Evidence::Destination),
    ("origin", Evidence::Origin),
    ("start", Evidence::Start),
    ("deadline", Evidence::Deadline),
    ("end", Evidence::End),
    ("actor", Evidence::Actor),
    ("sole", Evidence::Sole),
    ("recipient", Evidence::Recipient),
    ("object", Evidence::Object),
    ("under", Evidence::Under),
    ("consent", Evidence::Consent),
    ("means", Evidence::Means),
    ("interval", Evidence::Interval),
    ("lasting", Evidence::Lasting),
    ("forces", Evidence::Forces),
    ("duty", Evidence::Duty),
    ("ban", Evidence::Ban),
];

/// What becomes of the word behind a slash.
type Verb = fn(Symbol) -> Evidence;

/// What can stand before a slash; any other word there is a kind.
const GROUPS: [(&str, Verb); 12] = [
    ("action", Evidence::Action),
    ("duty", Evidence::DutyTo),
    ("sole", Evidence::SoleTo),
    ("object", Evidence::DoneTo),
    ("ban", Evidence::BanOn),
    ("only", Evidence::Only),
    ("anywhere", Evidence::Anywhere),
    ("thing", Evidence::Thing),
    ("names", Evidence::Names),
    ("field", Evidence::Field),
    ("says", Evidence::Says),
    ("clause", Evidence::Clause),
];

/// `deploy` → `deployed`, `hand-over` → `handed over`: how most verbs form their participle.
fn past(verb: &str) -> String {
    inflected(verb, |stem| match stem.strip_suffix('y') {
        _ if stem.ends_with('e') => format!("{stem}d"),
        Some(root) if !root.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{root}ied"),
        _ => format!("{stem}ed"),
    })
}

/// `deploy` → `deploying`, `finance` → `financing`.
fn continuous(verb: &str) -> String {
    inflected(verb, |stem| match stem.strip_suffix('e') {
        Some(root) if !root.ends_with(['e', 'o', 'y']) => format!("{root}ing"),
        _ => format!("{stem}ing"),
    })
}

/// Changes the first word of a verb and prints it without hyphens.
fn inflected(verb: &str, change: impl Fn(&str) -> String) -> String {
    match verb.split_once('-') {
        Some((stem, rest)) => format!("{} {}", change(stem), rest.replace('-', " ")),
        None => change(verb),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_form_their_forms() {
        assert_eq!((past("deploy"), continuous("deploy")), ("deployed".into(), "deploying".into()));
        assert_eq!((past("finance"), continuous("finance")), ("financed".into(), "financing".into()));
        assert_eq!((past("notify"), continuous("agree")), ("notified".into(), "agreeing".into()));
        assert_eq!(past("hand-over"), "handed over");
    }
}
