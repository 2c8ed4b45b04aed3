//! Fields and their values, read by the kind that declares the field.

use super::Resolver;
use super::amount::AmountPlace;
use super::scope::{Named, Want};
use crate::finding::{Finding, Level};
use crate::model::clause::{Field, Value, ValueKind};
use crate::model::names::{Symbol, known};
use crate::model::quantity::{Measure, Quantity, Rational};
use crate::model::suggest::{closest, listed, ticked};
use crate::model::time::{Offset, Point, Time};
use crate::model::vocabulary::{FieldSpec, FieldType, Kind};
use crate::model::{Entity, MentionRole};
use crate::source::Span;
use crate::syntax::tree::{self, Number, Reference};

impl Resolver<'_> {
    /// The fields of an item, `when:` left out.
    pub(super) fn fields(&mut self, item: &tree::Item, kind: Option<&Kind>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(item.fields().count());
        let mut unknown: Vec<&tree::Field> = Vec::new();
        for field in item.fields() {
            let name = self.symbol(field.name);
            if name == known::WHEN {
                continue;
            }
            let spec = kind.and_then(|kind| kind.field(name));
            if let Some(kind) = kind.filter(|_| spec.is_none())
                && !self.other_field(field, kind)
            {
                unknown.push(field);
            }
            let repeatable = matches!(name, known::PARTS | known::TEXT | known::NOTE | known::SOURCE);
            if !repeatable && let Some(first) = fields.iter().take(64).find(|field| field.name == name) {
                let finding = Finding::new(
                    "structure/duplicate-field",
                    Level::Warning,
                    format!("`{}:` stands twice", self.text(field.name)),
                    self.at(field.name),
                )
                .saying("again")
                .label(first.name_at, "first here")
                .help("put all values behind one of them, with commas between them");
                self.report(finding);
            }
            let values = field.values.iter().map(|value| self.value(value, spec)).collect();
            let (name_at, at) = (self.at(field.name), self.at(field.span));
            fields.push(Field { name, name_at, at, values, damaged: field.damaged });
        }
        if let Some(kind) = kind {
            self.unknown_fields(&unknown, kind);
        }
        fields
    }

    /// Reports a field that its kind has under another name, if it is one.
    fn other_field(&mut self, field: &tree::Field, kind: &Kind) -> bool {
        let word = self.text(field.name);
        let model = &self.ground.model;
        let names = || kind.fields.iter().map(|field| model.text(field.name));
        let called = |spec: &&FieldSpec| {
            crate::syntax::fits(&spec.label, word) || spec.also.iter().any(|also| model.text(*also) == word)
        };
        let near = kind.fields.iter().find(called).map(|spec| model.text(spec.name)).or_else(|| closest(word, names()));
        let Some(near) = near.map(str::to_owned) else { return false };
        let at = self.at(field.name);
        let message = format!("`{}` has no field `{word}`", model.text(kind.name));
        let finding = Finding::new("structure/unknown-field", Level::Warning, message, at).saying("no such field");
        self.report(finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), false, at, near));
        true
    }

    /// Reports the fields of one item that its kind does not have, all at once: they mostly say one thing together.
    fn unknown_fields(&mut self, unknown: &[&tree::Field], kind: &Kind) {
        let Some((first, others)) = unknown.split_first() else { return };
        let words: Vec<String> = unknown.iter().map(|field| format!("`{}`", self.text(field.name))).collect();
        let all = ticked(kind.fields.iter().map(|field| self.ground.model.text(field.name)), 14);
        let kind = self.ground.model.text(kind.name);
        let plural = if others.is_empty() { "" } else { "s" };
        let message = format!("`{kind}` has no field{plural} {}", listed(&words, "and"));
        let mut finding = Finding::new("structure/unknown-field", Level::Warning, message, self.at(first.name))
            .saying("no such field");
        for other in others.iter().take(4) {
            finding = finding.label(self.at(other.name), "nor this one");
        }
        let note: Vec<String> = unknown
            .iter()
            .map(|field| self.text(Span::new(field.name.start, field.span.end)).replace([':', '"'], ""))
            .collect();
        let note = note.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let note = if note.len() <= 60 { note } else { "…".to_owned() };
        self.report(finding.help(format!(
            "its fields are {all}, and `rapporteur explain {kind}` tells of each; what fits none of them can stand in \
             `note: \"{note}\"`"
        )));
    }

    /// `3/4 majority` where a share belongs: the words, after saying that the number alone is one.
    fn majority(&mut self, amount: &tree::Amount, spec: Option<&FieldSpec>, span: Span) -> Option<Box<str>> {
        let tree::Unit::Word(unit) = amount.unit else { return None };
        let counts = ["majority", "majorities", "vote", "votes"].contains(&self.text(unit));
        if !counts || !spec.is_some_and(|spec| spec.types.contains(&FieldType::Share)) {
            return None;
        }
        let (at, words) = (self.at(span), self.text(span));
        let share = self.text(Span::new(span.start, unit.start)).trim_end();
        let finding =
            Finding::new("structure/wrong-value", Level::Warning, format!("`{words}` is written `{share}`"), at)
                .saying("a share in other words")
                .help(format!("write `{share}`"))
                .fix(format!("write `{share}`"), true, at, share);
        self.report(finding);
        Some(words.into())
    }

    fn value(&mut self, value: &tree::Value, spec: Option<&FieldSpec>) -> Value {
        let span = value.span;
        if let tree::ValueKind::Amount(amount) = &value.kind
            && let Some((name, count)) = self.share_of_party(amount)
        {
            return Value { at: self.at(span), kind: self.name_value(&name, Some(count), spec) };
        }
        if let tree::ValueKind::Amount(amount) = &value.kind
            && let Some(words) = self.majority(amount, spec, span)
        {
            return Value { at: self.at(span), kind: ValueKind::Prose(words) };
        }
        let kind = match &value.kind {
            tree::ValueKind::Text(text) => ValueKind::Prose(self.words(*text)),
            tree::ValueKind::Open => ValueKind::Open,
            tree::ValueKind::None => ValueKind::None,
            tree::ValueKind::Yes => self.yes_no(ValueKind::Yes, known::YES, span, spec),
            tree::ValueKind::No => self.yes_no(ValueKind::No, known::NO, span, spec),
            tree::ValueKind::Name { name, count, .. } => self.name_value(name, *count, spec),
            tree::ValueKind::Of(first, second) => {
                if let Some(spec) = spec.filter(|spec| !spec.types.is_empty()) {
                    self.wrong_value(spec, span, "put it in quotation marks".into());
                }
                ValueKind::Of(self.symbol(first.span), self.symbol(second.span))
            }
            tree::ValueKind::Code(code) => {
                if let Some(spec) =
                    spec.filter(|spec| lacks(spec, |kind| matches!(kind, FieldType::Code | FieldType::Text)))
                {
                    self.wrong_value(spec, span, String::new());
                }
                ValueKind::Code(self.text(*code).into())
            }
            tree::ValueKind::Amount(amount) => {
                let mut quantity = self.quantity(amount, None, AmountPlace::Field);
                if let Some(spec) = spec {
                    self.fit(&mut quantity, spec, span);
                }
                ValueKind::Quantity(Box::new(quantity))
            }
            tree::ValueKind::Length(length) => {
                let fits = |kind: &FieldType| match kind {
                    FieldType::Length | FieldType::Time | FieldType::Text | FieldType::Quantity(None) => true,
                    FieldType::Quantity(Some(measure)) => *measure == known::TIME,
                    _ => false,
                };
                if let Some(spec) = spec.filter(|spec| lacks(spec, fits)) {
                    self.wrong_unit(spec, span, "a length of time");
                }
                ValueKind::Length(Box::new(self.length(length)))
            }
            tree::ValueKind::Time(point) => {
                let fits = |kind: &FieldType| matches!(kind, FieldType::Time | FieldType::Event | FieldType::Text);
                if let Some(spec) = spec.filter(|spec| lacks(spec, fits)) {
                    self.wrong_value(spec, span, String::new());
                }
                ValueKind::Time(Box::new(self.time(point, Point::Start, MentionRole::Field)))
            }
        };
        Value { at: self.at(span), kind }
    }

    /// `UNC 5` looks like five of a currency, and is a party with its share where a party is called so.
    fn share_of_party(&self, amount: &tree::Amount) -> Option<(Reference, Number)> {
        let tree::Unit::Currency(span) = amount.unit else { return None };
        let tree::AmountKind::Range { low, high: None, scale: 0 } = amount.kind else { return None };
        let name = self.ground.model.names.get(self.text(span))?;
        let plain = amount.bound.is_none() && amount.per.is_empty() && amount.every.is_none() && !amount.further;
        let is_party = matches!(self.lookup(name), Some(Entity::Party(_)));
        (plain && is_party).then(|| (Reference::path_only(span), low))
    }

    fn yes_no(&mut self, kind: ValueKind, word: Symbol, span: Span, spec: Option<&FieldSpec>) -> ValueKind {
        let fits = |kind: &FieldType| match kind {
            FieldType::YesNo | FieldType::Text | FieldType::Name => true,
            FieldType::Word(words) => words.contains(&word),
            _ => false,
        };
        if let Some(spec) = spec.filter(|spec| lacks(spec, fits)) {
            self.wrong_value(spec, span, String::new());
        }
        kind
    }

    fn name_value(&mut self, name: &Reference, count: Option<Number>, spec: Option<&FieldSpec>) -> ValueKind {
        let (word, span) = (self.symbol(name.path()), name.span);
        let types = spec.map_or(&[] as &[FieldType], |spec| &spec.types);
        if name.letter().is_empty() {
            let is_listed = |kind: &FieldType| matches!(kind, FieldType::Word(words) if words.contains(&word));
            if types.iter().any(is_listed) {
                return ValueKind::Word(word);
            }
            let open_word = |kind: &FieldType| matches!(kind, FieldType::Name | FieldType::Code | FieldType::Word(_));
            if !types.is_empty() && types.iter().all(open_word) {
                return self.word_value(word, span, spec);
            }
        }
        match self.named(name) {
            Named::Norms(norms) => {
                self.mention_norms(norms, span, MentionRole::Field);
                let fits = |kind: &FieldType| {
                    matches!(kind, FieldType::Clause | FieldType::Time | FieldType::Event | FieldType::Text)
                };
                if let Some(spec) = spec.filter(|spec| lacks(spec, fits)) {
                    self.wrong_value(spec, span, String::new());
                }
                ValueKind::Norms(norms)
            }
            Named::Entity(entity) => self.entity_value(entity, span, count, spec),
            Named::Nothing(word) => self.unknown_value(word, span, count, spec),
        }
    }

    fn entity_value(
        &mut self,
        entity: Entity,
        span: Span,
        count: Option<Number>,
        spec: Option<&FieldSpec>,
    ) -> ValueKind {
        self.mention(entity, span, MentionRole::Field);
        if let Some(spec) =
            spec.filter(|spec| !spec.types.is_empty() && !spec.types.iter().any(|kind| fits(kind, entity)))
        {
            let as_time = spec.types.contains(&FieldType::Time)
                && matches!(entity, Entity::Event(_) | Entity::Phase(_) | Entity::Clause(_) | Entity::Instrument(_));
            if as_time {
                let anchor = self.entity_time(entity, span, Point::Start);
                return ValueKind::Time(Box::new(Time { at: self.at(span), anchor, offset: Offset::ZERO }));
            }
            let wanted = type_list(&spec.types);
            self.wrong_kind(entity, span, &wanted, &example(spec));
        }
        let count = count.and_then(|count| self.count(count)).map(Box::new);
        ValueKind::Entity(entity, count)
    }

    /// A word that nothing declares.
    fn unknown_value(
        &mut self,
        word: Symbol,
        span: Span,
        count: Option<Number>,
        spec: Option<&FieldSpec>,
    ) -> ValueKind {
        let types = spec.map_or(&[] as &[FieldType], |spec| &spec.types);
        let has = |wanted: fn(&FieldType) -> bool| types.iter().any(wanted);
        if has(|kind| matches!(kind, FieldType::Time))
            && let Some(time) = self.milestone_value(word, span)
        {
            return ValueKind::Time(Box::new(time));
        }
        if types.is_empty() {
            return ValueKind::Word(word);
        }
        if let Some(entity) = self.standard_thing(word, span) {
            let takes_things = has(|kind| matches!(kind, FieldType::Thing | FieldType::Text | FieldType::Quantity(_)));
            if takes_things {
                return self.entity_value(entity, span, count, None);
            }
        }
        if has(|kind| matches!(kind, FieldType::Thing)) {
            let entity = self.undeclared_thing(word, span);
            return self.entity_value(entity, span, count, None);
        }
        let names_party = has(|kind| matches!(kind, FieldType::Party));
        let names_place = has(|kind| matches!(kind, FieldType::Place));
        let names_time = has(|kind| matches!(kind, FieldType::Event | FieldType::Phase | FieldType::Time));
        let names_clause = has(|kind| matches!(kind, FieldType::Clause));
        let names_other = has(|kind| matches!(kind, FieldType::Instrument | FieldType::Text));
        let is_word = has(|kind| matches!(kind, FieldType::Word(_) | FieldType::Name | FieldType::Code));
        if is_word || !(names_party || names_place || names_time || names_clause || names_other) {
            return self.word_value(word, span, spec);
        }
        let want = match (names_party, names_place, names_time, names_clause) {
            (true, false, false, false) => Want::Actor,
            (false, true, false, false) => Want::Place,
            (false, false, true, _) => Want::Time,
            (false, false, false, true) => Want::Clause,
            _ => Want::Any,
        };
        self.undefined(word, span, want);
        ValueKind::Word(word)
    }

    /// A word where only words may stand.
    fn word_value(&mut self, word: Symbol, span: Span, spec: Option<&FieldSpec>) -> ValueKind {
        let Some(spec) = spec else { return ValueKind::Word(word) };
        for kind in &spec.types {
            match kind {
                FieldType::Name => {
                    if spec.name == known::CHECKLIST {
                        self.known_checklist(word, spec, span);
                    }
                    return ValueKind::Word(word);
                }
                FieldType::Code => return ValueKind::Code(self.text(span).into()),
                _ => {}
            }
        }
        let list = spec.types.iter().find_map(|kind| match kind {
            FieldType::Word(words) => Some(words),
            _ => None,
        });
        let Some(words) = list else {
            self.wrong_value(spec, span, String::new());
            return ValueKind::Word(word);
        };
        self.no_such_word(words, span, spec);
        ValueKind::Word(word)
    }

    /// Reports a checklist that neither the standard library nor the draft has.
    fn known_checklist(&mut self, word: Symbol, spec: &FieldSpec, span: Span) {
        let lists: Vec<Symbol> = self.vocabulary.checklists.iter().map(|checklist| checklist.name).collect();
        if !lists.contains(&word) {
            self.no_such_word(&lists, span, spec);
        }
    }

    /// Reports a word that is none of those that a field takes.
    fn no_such_word(&mut self, words: &[Symbol], span: Span, spec: &FieldSpec) {
        let words = || words.iter().map(|word| self.ground.model.text(*word));
        let text = self.text(span);
        let near = closest(text, words()).map(str::to_owned);
        let all = ticked(words(), 14).replace(" and ", " or ");
        let field = self.ground.model.text(spec.name);
        let at = self.at(span);
        let message = format!("`{text}` is no word for `{field}:`");
        let finding = Finding::new("structure/wrong-value", Level::Warning, message, at).saying("not one of its words");
        let finding = match near {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), false, at, near)
            }
            None => finding.help(format!("write {all}; or say it in quotation marks")),
        };
        self.report(finding);
    }

    fn wrong_value(&mut self, spec: &FieldSpec, span: Span, help: String) {
        let (text, wanted) = (self.text(span), type_list(&spec.types));
        let message = format!("`{text}` does not fit `{}:`, where {wanted} belongs", self.ground.model.text(spec.name));
        let help = if help.is_empty() { example(spec) } else { help };
        self.warning("structure/wrong-value", message, span, format!("{wanted} belongs here"), help);
    }

    fn wrong_unit(&mut self, spec: &FieldSpec, span: Span, what: &str) {
        let (text, field) = (self.text(span), self.ground.model.text(spec.name));
        let wanted = spec.types.iter().find_map(|kind| match kind {
            FieldType::Quantity(Some(measure)) => Some(self.ground.model.text(*measure).to_owned()),
            _ => None,
        });
        let Some(wanted) = wanted else { return self.wrong_value(spec, span, String::new()) };
        let message = format!("`{text}` is {what}, and `{field}:` is counted in {wanted}");
        self.warning("quantity/wrong-unit", message, span, format!("not counted in {wanted}"), example(spec));
    }

    /// Settles an amount by what its field holds, and reports one that cannot be meant.
    fn fit(&mut self, quantity: &mut Quantity, spec: &FieldSpec, span: Span) {
        let types = &spec.types;
        let one = Rational::from_integer(1);
        let is_part = quantity.high.is_some_and(|high| high.value <= one);
        if quantity.measure == Measure::Number && types.contains(&FieldType::Share) && is_part {
            quantity.measure = Measure::Share;
        }
        let measure = quantity.measure;
        let fits = |kind: &FieldType| match (kind, measure) {
            (FieldType::Text | FieldType::Quantity(None), _) => true,
            // A bare number is of what the field counts; what a share or a rest is of, the clause says.
            (FieldType::Quantity(_), Measure::Number | Measure::Share | Measure::EqualShares | Measure::Remaining) => {
                true
            }
            (FieldType::Quantity(Some(wanted)), Measure::Unit(unit)) => {
                self.vocabulary.unit_of(unit).is_some_and(|unit| unit.measures == *wanted)
            }
            (FieldType::Quantity(Some(wanted)), Measure::Money(_)) => *wanted == known::MONEY,
            // Reported already.
            (FieldType::Quantity(_), Measure::Unknown(_)) => true,
            (FieldType::Quantity(Some(wanted)), Measure::Counted(entity)) => !self.is_measured(*wanted, entity),
            (FieldType::Thing, Measure::Counted(_)) => true,
            (FieldType::Number, Measure::Number) => true,
            (FieldType::Number | FieldType::Share, Measure::Share) => true,
            (FieldType::Share, Measure::EqualShares) => true,
            _ => false,
        };
        if lacks(spec, fits) {
            let what = match measure {
                Measure::Unit(unit) => {
                    let measures = self.vocabulary.unit_of(unit).map(|unit| unit.measures);
                    format!("an amount of {}", measures.map_or("", |measures| self.ground.model.text(measures)))
                }
                Measure::Money(_) => "an amount of money".to_owned(),
                Measure::Counted(entity) => format!("a number of `{}`", self.ground.model.name(entity)),
                Measure::Share => "a share".to_owned(),
                _ => "a number".to_owned(),
            };
            self.wrong_unit(spec, span, &what);
        }
    }

    /// Whether a counted thing cannot be of a measure: length, time and money are never counted in things.
    fn is_measured(&self, measure: Symbol, entity: Entity) -> bool {
        let physical =
            ["distance", "money", "time", "area", "weight", "speed"].contains(&self.ground.model.text(measure));
        physical || matches!(entity, Entity::Place(_) | Entity::Party(_) | Entity::Event(_))
    }
}

/// Whether a field has kinds of values, and none of them is such.
fn lacks(spec: &FieldSpec, fits: impl Fn(&FieldType) -> bool) -> bool {
    !spec.types.is_empty() && !spec.types.iter().any(fits)
}

/// Whether a declared item can be the value of such a field.
fn fits(kind: &FieldType, entity: Entity) -> bool {
    match kind {
        FieldType::Party => matches!(entity, Entity::Party(_) | Entity::Clause(_)),
        FieldType::Place => matches!(entity, Entity::Place(_) | Entity::Clause(_)),
        FieldType::Event => matches!(entity, Entity::Event(_)),
        FieldType::Phase => matches!(entity, Entity::Phase(_)),
        FieldType::Thing => matches!(entity, Entity::Thing(_) | Entity::Clause(_) | Entity::Term(_)),
        FieldType::Clause => matches!(entity, Entity::Clause(_)),
        FieldType::Instrument => matches!(entity, Entity::Instrument(_)),
        FieldType::Text | FieldType::Name => true,
        _ => false,
    }
}

/// `a party`, `a place or an event`: what may stand in a field, for messages.
fn type_list(types: &[FieldType]) -> String {
    let mut words: Vec<&str> = types
        .iter()
        .map(|kind| match kind {
            FieldType::Text => "a quotation",
            FieldType::Word(_) => "one of its words",
            FieldType::Party => "a party",
            FieldType::Place => "a place",
            FieldType::Event => "an event",
            FieldType::Phase => "a phase",
            FieldType::Thing => "a thing",
            FieldType::Clause => "a clause",
            FieldType::Instrument => "an instrument",
            FieldType::Time => "a point in time",
            FieldType::Length => "a length of time",
            FieldType::Quantity(_) => "an amount",
            FieldType::Number => "a number",
            FieldType::Share => "a share",
            FieldType::YesNo => "`yes` or `no`",
            FieldType::Code => "a code",
            FieldType::Name => "a name",
        })
        .collect();
    // Amounts of several measures are one word to a drafter.
    words.dedup();
    crate::model::listed(&words, "or")
}

/// The field's own example, as help.
fn example(spec: &FieldSpec) -> String {
    if spec.example.is_empty() {
        "or put it in quotation marks, and it is kept as an open point".to_owned()
    } else {
        format!("for example `{}`; words in quotation marks are kept as an open point", spec.example)
    }
}
