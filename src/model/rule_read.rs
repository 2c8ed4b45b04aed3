//! From the tree of a rule to the rule: names interned, numbers and dates read.

use super::calendar;
use super::names::{Symbol, known};
use super::quantity::{Rational, number};
use super::rule::*;
use super::suggest::closest;
use super::time::{Anchor, Length, Offset, Time};
use super::vocabulary_read::Reader;
use crate::finding::{Finding, Level};
use crate::source::Span;
use crate::syntax::quoted::unquote;
use crate::syntax::tree::rule::{self as tree, LineKind};
use crate::syntax::tree::{AmountKind, Duration, Entry, Item, Text, TimeBase, TimePoint, Unit as TreeUnit, ValueKind};

impl Reader<'_> {
    /// Takes a rule in. One that expects something is a rule of its file; one that does not changes the rule of its name.
    pub(super) fn rule(&mut self, item: &Item) {
        let Some(name) = self.name(item) else { return };
        let expects = item.rule_lines().any(|line| matches!(line.kind, LineKind::Expect(..)));
        let group = group(self.file.path());
        let own = |rule: &&mut Rule| rule.name == name && (!expects || rule.group == group);
        let known = self.vocabulary.rules.iter_mut().rev().find(own).map(|rule| rule.clone());
        let mut rule = match known {
            Some(rule) => rule,
            None if expects || item.damaged => self.new_rule(item, name, group),
            None => return self.no_such_rule(item, name),
        };
        rule.damaged |= item.damaged;
        rule.at = self.at(item.name);
        if let Some(label) = self.label(item) {
            rule.label = label;
        }
        self.facts(item, &mut rule);
        if expects || item.damaged {
            self.lines(item, &mut rule);
        } else if let Some(line) = item.rule_lines().next() {
            let word = self.file.slice(line.name).to_owned();
            let help = "write `expect:` with what must hold, or take this line out to change only texts and level";
            self.broken(line.name, format!("`{word}:` stands in a rule that expects nothing"), help);
        }
        let same = |known: &Rule| known.name == rule.name && known.group == rule.group;
        match self.vocabulary.rules.iter_mut().find(|known| same(known)) {
            Some(known) => *known = rule,
            None => self.vocabulary.rules.push(rule),
        }
    }

    fn new_rule(&mut self, item: &Item, name: Symbol, group: Box<str>) -> Rule {
        Rule {
            name,
            group,
            label: self.label_or_name(item, name, true),
            level: Some(Level::Warning),
            bindings: Vec::new(),
            expect: Vec::new(),
            message: Words::default(),
            marks: Vec::new(),
            help: Words::default(),
            what: "".into(),
            why: "".into(),
            source: "".into(),
            bad: Vec::new(),
            good: Vec::new(),
            shown: "".into(),
            at: self.at(item.name),
            damaged: false,
        }
    }

    /// A rule that only changes another one, which there is not.
    fn no_such_rule(&mut self, item: &Item, name: Symbol) {
        let known = self.vocabulary.rules.iter().map(|rule| self.names.text(rule.name));
        let near = closest(self.names.text(name), known).map(|near| format!("did you mean `{near}`? "));
        let help =
            format!("{}a rule of its own says `for: x in SET` and `expect:` what must hold", near.unwrap_or_default());
        let message =
            format!("the rule `{}` expects nothing, and there is no such rule to change", self.names.text(name));
        self.broken(item.name, message, help);
    }

    /// Level, texts and examples.
    fn facts(&mut self, item: &Item, rule: &mut Rule) {
        let mut seen = [false; 2];
        for field in item.fields() {
            let word = self.file.slice(field.name);
            match word {
                "level" => rule.level = self.level(field),
                "message" => rule.message = self.field_words(field),
                "help" => rule.help = self.field_words(field),
                "what" => rule.what = self.text(field),
                "why" => rule.why = self.text(field),
                "source" => rule.source = self.text(field),
                "bad" | "good" => {
                    let good = usize::from(word == "good");
                    let list = if good == 1 { &mut rule.good } else { &mut rule.bad };
                    // An override brings its own examples.
                    if let Some(seen) = seen.get_mut(good)
                        && !std::mem::replace(seen, true)
                    {
                        list.clear();
                    }
                    let texts = field.values.iter().map(|value| self.word(value).into());
                    list.extend(texts);
                }
                _ => {
                    let known: Vec<&str> = LINES.iter().map(|(name, _)| *name).collect();
                    self.unknown_attribute(field, &known);
                }
            }
        }
    }

    fn field_words(&self, field: &crate::syntax::tree::Field) -> Words {
        match field.values.first() {
            Some(value) if matches!(value.kind, ValueKind::Text(_)) => {
                Words { text: self.text(field), at: self.at(value.span) }
            }
            _ => Words { text: self.text(field), at: self.at(field.span) },
        }
    }

    /// What the rule ranges over, expects and marks.
    fn lines(&mut self, item: &Item, rule: &mut Rule) {
        (rule.bindings, rule.marks, rule.expect) = (Vec::new(), Vec::new(), Vec::new());
        let mut shown = Vec::new();
        for line in item.rule_lines() {
            match &line.kind {
                LineKind::For(bindings) => rule.bindings.extend(bindings.iter().map(|one| self.binding(one))),
                LineKind::Expect(expected, words) => {
                    let must = self.expression(expected);
                    rule.expect.push(Expectation { must, words: words.map(|words| self.quoted(words)) });
                }
                LineKind::Mark(set, words) => {
                    let (set, words) = (self.set(set), words.map(|words| self.quoted(words)).unwrap_or_default());
                    rule.marks.push(Mark { set, words });
                    continue;
                }
            }
            let words = self.file.slice(line.span);
            shown.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        rule.shown = shown.join("\n").into();
        let at = item.name;
        for (lacks, what, help) in [
            (rule.bindings.is_empty(), "ranges over nothing", "write `for: x in SET`, such as `for: t in troops`"),
            (
                rule.message.text.is_empty(),
                "says nothing to the drafter",
                "write `message: \"…\"`, a sentence with `{x}` for values",
            ),
        ] {
            if lacks && !item.damaged {
                let name = self.names.text(rule.name).to_owned();
                self.broken(at, format!("the rule `{name}` {what}"), help);
                rule.damaged = true;
            }
        }
    }

    fn binding(&mut self, binding: &tree::Binding) -> Binding {
        Binding {
            name: self.names.intern(self.file.slice(binding.name)),
            at: self.at(binding.name),
            set: self.path(binding.set),
            condition: binding.condition.map(|condition| self.expression(condition)),
        }
    }

    fn set(&mut self, set: &tree::Set) -> Set {
        match set {
            tree::Set::Path(span) => Set::Path(self.path(*span)),
            tree::Set::Where(binding) => Set::Where(Box::new(self.binding(binding))),
        }
    }

    fn path(&mut self, span: Span) -> Path {
        let mut parts = Vec::new();
        let mut start = span.start;
        for part in self.file.slice(span).split('.') {
            let place = Span::new(start, start + part.len() as u32);
            parts.push((self.names.intern(part), self.at(place)));
            start = place.end + 1;
        }
        let mut parts = parts.into_iter();
        let at = self.at(span);
        Path { at, head: parts.next().unwrap_or((known::EMPTY, at)), steps: parts.collect() }
    }

    fn expression(&mut self, expression: &tree::Expression) -> Expression {
        use tree::ExpressionKind as Tree;
        let at = self.at(expression.span);
        let kind = match &expression.kind {
            Tree::Implies(both) => {
                ExpressionKind::Implies(Box::new((self.expression(&both.0), self.expression(&both.1))))
            }
            Tree::Any(all) => ExpressionKind::Any(all.iter().map(|one| self.expression(one)).collect()),
            Tree::All(all) => ExpressionKind::All(all.iter().map(|one| self.expression(one)).collect()),
            Tree::Not(inner) => ExpressionKind::Not(Box::new(self.expression(inner))),
            Tree::Quantified(quantifier, binding) => {
                ExpressionKind::Quantified(*quantifier, Box::new(self.binding(binding)))
            }
            Tree::Has(path) => ExpressionKind::Has(self.path(*path)),
            Tree::Compare(both, comparison) => {
                let both = (self.expression(&both.0), self.expression(&both.1));
                ExpressionKind::Compare(Box::new(both), *comparison)
            }
            Tree::Path(path) => ExpressionKind::Path(self.path(*path)),
            Tree::Count(set) => ExpressionKind::Count(self.set(set)),
            Tree::Sum(path, binding) => {
                let path = self.path(*path);
                ExpressionKind::Sum(path, Box::new(self.binding(binding)))
            }
            Tree::Amount(amount) => self.amount(amount),
            Tree::Duration(duration) => self.length(duration),
            Tree::Time(time) => ExpressionKind::Time(self.time(time)),
            Tree::Text(text) => ExpressionKind::Text(self.quoted(*text).text),
        };
        Expression { at, kind }
    }

    fn amount(&mut self, amount: &crate::syntax::tree::Amount) -> ExpressionKind {
        let AmountKind::Range { low, scale, .. } = amount.kind else {
            return ExpressionKind::Amount(Rational::ZERO, Unit::None);
        };
        let value = self.number_at(low.span) * Rational::from_integer(10_i128.pow(u32::from(scale.min(9))));
        match amount.unit {
            TreeUnit::None => ExpressionKind::Amount(value, Unit::None),
            TreeUnit::Percent => ExpressionKind::Amount(value / Rational::from_integer(100), Unit::Percent),
            TreeUnit::Currency(span) => {
                let currency = self.names.intern(self.file.slice(span));
                ExpressionKind::Amount(value, Unit::Currency(currency))
            }
            TreeUnit::Word(span) => {
                let word = self.names.intern(self.file.slice(span));
                ExpressionKind::Amount(value, Unit::Word(word, self.at(span)))
            }
        }
    }

    fn number_at(&mut self, span: Span) -> Rational {
        let text = self.file.slice(span);
        number(text).unwrap_or_else(|_| {
            self.broken(
                span,
                format!("`{text}` is no number that can be reckoned with"),
                "a number has at most 15 digits",
            );
            Rational::ZERO
        })
    }

    fn length(&mut self, duration: &Duration) -> ExpressionKind {
        let (low, high) = Offset::range_of(self.number_at(duration.number.span), duration.unit).unwrap_or_default();
        ExpressionKind::Length(Length { at: self.at(duration.span), low: Some(low), high: Some(high), about: false })
    }

    fn time(&mut self, time: &TimePoint) -> Time {
        let anchor = match time.base {
            TimeBase::Date(span) => calendar::date(self.file.slice(span)).map(Anchor::Date),
            TimeBase::Month(span) => calendar::month(self.file.slice(span)).map(Anchor::Month),
            TimeBase::Instant(span) => calendar::instant(self.file.slice(span)).map(Anchor::Instant),
            _ => None,
        };
        if anchor.is_none() {
            let text = self.file.slice(time.span).to_owned();
            self.broken(time.span, format!("no calendar has `{text}`"), "write a date such as `2026-01-06`");
        }
        let mut offset = Offset::ZERO;
        for one in time.offsets {
            let by = Offset::of(self.number_at(one.by.number.span), one.by.unit).unwrap_or_default();
            offset = offset.plus(if one.back { by.back() } else { by });
        }
        Time { at: self.at(time.span), anchor: anchor.unwrap_or(Anchor::Open), offset }
    }

    fn quoted(&self, text: Text) -> Words {
        Words { text: unquote(self.file.slice(text.span)).into(), at: self.at(text.span) }
    }

    fn broken(&mut self, span: Span, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(CODE, Level::Error, message, self.at(span)).help(help));
    }
}

/// The group of the rules of a file: its name without folder and ending, as a word.
fn group(path: &str) -> Box<str> {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.split('.').next().unwrap_or(file);
    let word: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let word = word.trim_matches('-').to_lowercase();
    if word.is_empty() { "own".into() } else { word.into() }
}

impl<'a> Item<'a> {
    /// The lines of a rule that are no plain fields, in order.
    fn rule_lines(&self) -> impl Iterator<Item = &tree::Line<'a>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Rule(line) => Some(&**line),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_grouped_by_their_file() {
        assert_eq!(&*group("library/Fisheries Rules.decl"), "fisheries-rules");
        assert_eq!(&*group("<stdin>"), "stdin");
        assert_eq!(&*group(""), "own");
    }
}
