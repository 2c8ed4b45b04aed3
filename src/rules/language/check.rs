//! Settles what every name of a rule means, and refuses what can never hold.

use super::plan::*;
use super::table;
use super::types::Type;
use super::world::Ground;
use crate::finding::{Finding, Level};
use crate::model::quantity::{Limit, Measure, Quantity};
use crate::model::rule::{
    self, Binding, CODE, Comparison, Expression, ExpressionKind, Mark, Quantifier, Rule, Unit, Words,
};
use crate::model::vocabulary::{FieldSpec, FieldType, Vocabulary};
use crate::model::{Names, Symbol, closest, ticked};
use crate::source::{Loc, Span};

/// Makes all rules of a vocabulary ready to run; those that cannot are reported where they are written.
pub fn compile(vocabulary: &Vocabulary, names: &Names) -> Pool {
    let mut pool = Pool::default();
    for rule in vocabulary.rules.iter().filter(|rule| !rule.damaged) {
        let known = pool.findings.len();
        let mut checker = Checker {
            vocabulary,
            names,
            pool: &mut pool,
            scope: Vec::new(),
            closed: Vec::new(),
            slots: 0,
            names_missing: false,
        };
        let plan = checker.rule(rule);
        if let (Some(plan), true) = (plan, pool.findings.len() == known) {
            pool.plans.push(plan);
        }
    }
    pool
}

struct Checker<'v> {
    vocabulary: &'v Vocabulary,
    names: &'v Names,
    pool: &'v mut Pool,
    scope: Vec<Variable>,
    /// The variables that have been known where their own condition ended.
    closed: Vec<Symbol>,
    slots: usize,
    /// Whether some expectation says what is missing, so that a text can tell it.
    names_missing: bool,
}

struct Variable {
    name: Symbol,
    slot: usize,
    of: Type,
}

/// A part of a path while it is checked.
type Name<'n> = (&'n str, Loc);

/// What a path must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A set, or several values.
    Several,
    /// A value of a variable.
    Value,
}

/// A path, and the only words that it can give, where they are few.
struct Found<'v> {
    path: Path,
    words: Vec<&'v str>,
}

impl<'v> Checker<'v> {
    fn rule(&mut self, rule: &Rule) -> Option<Plan> {
        let loops: Vec<Loop> = rule.bindings.iter().filter_map(|binding| self.open(binding, None)).collect();
        let complete = loops.len() == rule.bindings.len();
        let known = self.pool.findings.len();
        let expect: Vec<(Test, Option<Template>)> = rule
            .expect
            .iter()
            .filter_map(|expected| {
                let words = expected.words.as_ref().map(|words| self.template(words));
                Some((self.test(&expected.must)?, words))
            })
            .collect();
        self.names_missing = expect.iter().any(|(_, words)| words.is_some());
        let (message, help) = (self.template(&rule.message), self.template(&rule.help));
        let marks: Vec<_> = rule.marks.iter().filter_map(|mark| self.mark(mark)).collect();
        let code = format!("{}/{}", rule.group, self.names.text(rule.name));
        let help = (!rule.help.text.is_empty()).then_some(help);
        let plan = Plan { code, level: rule.level?, loops, expect, message, help, marks, slots: self.slots };
        (complete && self.pool.findings.len() == known).then_some(plan)
    }

    // ----------------------------------------------------------------------------------------------------- variables

    /// Reads a variable with its condition; it stays known to what follows.
    fn open(&mut self, binding: &Binding, quantifier: Option<Quantifier>) -> Option<Loop> {
        let set = self.path(&binding.set, Wanted::Several)?.path;
        let name = self.names.text(binding.name);
        if self.scope.iter().any(|known| known.name == binding.name) {
            self.wrong(
                binding.at,
                format!("`{name}` stands for something else already"),
                "give one of them another name",
            );
            return None;
        }
        let slot = self.slots;
        self.slots += 1;
        self.scope.push(Variable { name: binding.name, slot, of: set.gives.one() });
        let test = match &binding.condition {
            Some(condition) => Some(self.test(condition)?),
            None if quantifier == Some(Quantifier::Every) => {
                let help = format!("write `every {name} in … where` and what must hold of each");
                self.wrong(binding.at, format!("nothing is said of every `{name}`"), help);
                return None;
            }
            None => None,
        };
        let keys = match (&test, set.head) {
            (Some(test), Head::Ground(ground)) if set.steps.is_empty() => self.keys(ground, slot, test, quantifier),
            _ => Vec::new(),
        };
        Some(Loop { slot, set, test, keys })
    }

    /// The same, for what ends with its own expression.
    fn closed(&mut self, binding: &Binding, quantifier: Option<Quantifier>) -> Option<Loop> {
        let known = self.scope.len();
        let made = self.open(binding, quantifier);
        self.scope.truncate(known);
        self.closed.push(binding.name);
        made
    }

    fn members(&mut self, set: &rule::Set) -> Option<Members> {
        Some(match set {
            rule::Set::Path(path) => Members::Path(self.path(path, Wanted::Value)?.path),
            rule::Set::Where(binding) => Members::Where(Box::new(self.closed(binding, None)?)),
        })
    }

    /// Words to underline; what is said of them may speak of each.
    fn mark(&mut self, mark: &Mark) -> Option<(Members, Template)> {
        let known = self.scope.len();
        let members = match &mark.set {
            rule::Set::Path(path) => Members::Path(self.path(path, Wanted::Value)?.path),
            rule::Set::Where(binding) => Members::Where(Box::new(self.open(binding, None)?)),
        };
        let words = self.template(&mark.words);
        self.scope.truncate(known);
        Some((members, words))
    }

    // --------------------------------------------------------------------------------------------------------- tests

    fn test(&mut self, expression: &Expression) -> Option<Test> {
        let at = expression.at;
        Some(match &expression.kind {
            ExpressionKind::Implies(both) => {
                let (first, second) = (self.test(&both.0), self.test(&both.1));
                Test::Implies(Box::new((first?, second?)))
            }
            ExpressionKind::Any(all) => Test::Any(self.tests(all)?),
            ExpressionKind::All(all) => Test::All(self.tests(all)?),
            ExpressionKind::Not(inner) => Test::Not(Box::new(self.test(inner)?)),
            ExpressionKind::Quantified(quantifier, binding) => {
                Test::Quantified(*quantifier, Box::new(self.closed(binding, Some(*quantifier))?))
            }
            ExpressionKind::Has(path) => Test::Has(self.path(path, Wanted::Value)?.path),
            ExpressionKind::Compare(both, comparison) => self.compare(&both.0, &both.1, *comparison)?,
            ExpressionKind::Path(path) => {
                let found = self.path(path, Wanted::Value)?.path;
                if !found.gives.meets(Type::TRUTH) || !found.gives.is_only(Type::TRUTH.or(Type::TEXT)) {
                    let (path, words) = (self.written(path), found.gives.words());
                    let message = format!("`{path}` is {words}, and neither holds nor fails");
                    let help = if path.contains('.') {
                        format!("write `has {path}`, or compare it with something: `{path} is …`")
                    } else {
                        format!("say what must hold of it: `has {path}.…`, `{path} in …`")
                    };
                    self.wrong(at, message, help);
                    return None;
                }
                Test::Holds(found)
            }
            ExpressionKind::Count(_) | ExpressionKind::Sum(..) => {
                self.wrong(
                    at,
                    "a number neither holds nor fails".into(),
                    "compare it with another one: `count(…) >= 2`",
                );
                return None;
            }
            ExpressionKind::Amount(..)
            | ExpressionKind::Length(_)
            | ExpressionKind::Time(_)
            | ExpressionKind::Text(_) => {
                self.wrong(at, "a value neither holds nor fails".into(), "compare it with something");
                return None;
            }
        })
    }

    /// Reads all, so that every mistake is reported.
    fn tests(&mut self, all: &[Expression]) -> Option<Vec<Test>> {
        let read: Vec<Option<Test>> = all.iter().map(|one| self.test(one)).collect();
        read.into_iter().collect()
    }

    // --------------------------------------------------------------------------------------------------- comparisons

    fn compare(&mut self, left: &Expression, right: &Expression, comparison: Comparison) -> Option<Test> {
        let (bare_left, bare_right) = (self.bare(left, comparison, false), self.bare(right, comparison, true));
        let (one, two) = match (bare_left, bare_right) {
            (None, None) => (self.operand(left), self.operand(right)),
            (None, Some(word)) => match self.operand(left) {
                Some((operand, of, words)) => {
                    if let Some(test) = self.of_kind(&operand, of, word, comparison) {
                        return Some(test);
                    }
                    let literal = self.literal(word, right.at, of, &words);
                    (Some((operand, of, words)), literal)
                }
                None => (None, None),
            },
            (Some(word), None) => match self.operand(right) {
                Some((operand, of, words)) => (self.literal(word, left.at, of, &words), Some((operand, of, words))),
                None => (None, None),
            },
            (Some(word), Some(_)) => {
                self.no_variable(self.names.text(word), left.at);
                return None;
            }
        };
        let ((one, first, _), (two, second, _)) = (one?, two?);
        let words = comparison.words();
        let at = Loc::new(left.at.file, Span::new(left.at.span.start, right.at.span.end));
        let needs = match comparison {
            Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast => {
                Some((Type::MEASURED.or(Type::EVENT), "amounts, lengths and points in time"))
            }
            Comparison::Covers | Comparison::Within => Some((
                Type::ITEM.or(Type::ACTION),
                "what can lie in one another: places, kinds of things, groups of parties",
            )),
            Comparison::Says => {
                Some((Type::TEXT, "a label or quoted words with words to look for: `c.label says \"guarantee\"`"))
            }
            _ => None,
        };
        if let Some((fits, what)) = needs {
            for (of, expression) in [(first, left), (second, right)] {
                if !of.meets(fits) {
                    let help = format!("`{words}` compares {what}");
                    self.wrong(expression.at, format!("`{words}` cannot be asked of {}", of.words()), help);
                    return None;
                }
            }
        }
        let dated = |of: Type| if of.meets(Type::TIME) { of.or(Type::EVENT) } else { of };
        if !dated(first).meets(dated(second)) {
            let message = format!("{} is never `{words}` {}", capital(&first.words()), second.words());
            self.wrong(at, message, "compare values of one kind");
            return None;
        }
        let single = !matches!(
            comparison,
            Comparison::Is
                | Comparison::IsNot
                | Comparison::In
                | Comparison::NotIn
                | Comparison::Covers
                | Comparison::Within
                | Comparison::Says
        );
        for (of, expression, other) in [(first, left, right), (second, right, left)] {
            if single && of.many && !of.meets(Type::MEASURED) {
                let (several, one) = (self.shown(expression), self.shown(other));
                let help = match comparison {
                    Comparison::Equal => {
                        format!("write `{one} in {several}`, or `{several} is {one}` if one of them is enough")
                    }
                    Comparison::Unequal => format!("write `{one} not in {several}`"),
                    _ => format!(
                        "write `count({several})` for their number, or `every x in {several} where x {words} …`"
                    ),
                };
                self.wrong(expression.at, format!("`{several}` may be several"), help);
                return None;
            }
        }
        Some(Test::Compare(Box::new((one, two)), comparison))
    }

    /// A name alone that is no variable, and no set where a set belongs.
    fn bare(&self, expression: &Expression, comparison: Comparison, right: bool) -> Option<Symbol> {
        let ExpressionKind::Path(path) = &expression.kind else { return None };
        let name = path.head.0;
        if !path.steps.is_empty() || self.scope.iter().any(|known| known.name == name) {
            return None;
        }
        let set = match comparison {
            Comparison::In | Comparison::NotIn => right,
            Comparison::Covers | Comparison::Within => true,
            _ => false,
        };
        (!set || self.ground(self.names.text(name)).is_none()).then_some(name)
    }

    /// `c is troops`: a clause and the name of a kind.
    fn of_kind(&self, operand: &Operand, of: Type, word: Symbol, comparison: Comparison) -> Option<Test> {
        let is = matches!(comparison, Comparison::Is | Comparison::IsNot);
        let kind = self.vocabulary.kind(word).filter(|kind| kind.is_clause)?;
        let Operand::Path(path) = operand else { return None };
        let row = table::PATHS.iter().position(|row| row.name == "kind" && row.of.meets(Type::CLAUSE))?;
        if !is || !of.meets(Type::CLAUSE) {
            return None;
        }
        let mut path = path.clone();
        path.steps.push(Step { rows: vec![row], field: None });
        path.gives = Type::WORD;
        Some(Test::Compare(Box::new((Operand::Path(path), Operand::Word(kind.name))), comparison))
    }

    fn operand(&mut self, expression: &Expression) -> Option<(Operand, Type, Vec<&'v str>)> {
        Some(match &expression.kind {
            ExpressionKind::Path(path) => {
                let found = self.path(path, Wanted::Value)?;
                let of = found.path.gives;
                (Operand::Path(found.path), of, found.words)
            }
            ExpressionKind::Count(set) => (Operand::Count(self.members(set)?), Type::AMOUNT, Vec::new()),
            ExpressionKind::Sum(path, binding) => {
                let known = self.scope.len();
                let made = self.open(binding, None).and_then(|made| {
                    let summed = self.path(path, Wanted::Value)?.path;
                    if !summed.gives.meets(Type::AMOUNT) {
                        let words = summed.gives.words();
                        self.wrong(
                            path.at,
                            format!("{words} cannot be added up"),
                            "add up amounts: `sum(n.amount for n in …)`",
                        );
                        return None;
                    }
                    Some(Operand::Sum(summed, Box::new(made)))
                });
                self.scope.truncate(known);
                (made?, Type::AMOUNT, Vec::new())
            }
            ExpressionKind::Amount(value, unit) => {
                let measure = match unit {
                    Unit::None => Measure::Number,
                    Unit::Percent => Measure::Share,
                    Unit::Currency(currency) => Measure::Money(*currency),
                    Unit::Word(word, at) => match self.vocabulary.unit_of(*word) {
                        Some(unit) => Measure::Unit(unit.name),
                        None => {
                            self.no_unit(*word, *at);
                            return None;
                        }
                    },
                };
                let limit = Some(Limit { value: *value, strict: false });
                let quantity = Quantity {
                    at: expression.at,
                    low: limit,
                    high: limit,
                    about: false,
                    up_to: false,
                    further: false,
                    measure,
                    per: None,
                    of: None,
                };
                (Operand::Amount(Box::new(quantity)), Type::AMOUNT, Vec::new())
            }
            ExpressionKind::Length(length) => (Operand::Length(Box::new(length.clone())), Type::LENGTH, Vec::new()),
            ExpressionKind::Time(time) => (Operand::Time(Box::new(time.clone())), Type::TIME, Vec::new()),
            ExpressionKind::Text(text) => (Operand::Text(text.to_lowercase().into()), Type::TEXT, Vec::new()),
            _ => {
                self.wrong(
                    expression.at,
                    "this holds or fails, and is no value".into(),
                    "join conditions with `and`, `or`, `implies`",
                );
                return None;
            }
        })
    }

    /// A name that is a word, a verb, or something that a draft may declare, as what it is compared with wants it.
    fn literal(&mut self, word: Symbol, at: Loc, of: Type, words: &[&str]) -> Option<(Operand, Type, Vec<&'v str>)> {
        let text = self.names.text(word);
        if of.meets(Type::ACTION) {
            if let Some(&id) = self.vocabulary.action_ids.get(&word) {
                return Some((Operand::Action(id), Type::ACTION, Vec::new()));
            }
            let verbs = self.vocabulary.actions.iter().map(|action| self.names.text(action.name));
            let help = near(text, verbs, "`rapporteur explain actions` lists the verbs");
            self.wrong(at, format!("the vocabulary has no verb `{text}`"), help);
            return None;
        }
        let entities = of.and(Type::ITEM);
        if entities.is_nothing() && !of.meets(Type::WORD) {
            self.no_variable(text, at);
            return None;
        }
        if entities.is_nothing() && !words.is_empty() && !words.contains(&text) {
            let help = match closest(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", ticked(words.iter().copied(), 20)),
            };
            self.wrong(at, format!("it is never `{text}`"), help);
            return None;
        }
        Some((Operand::Word(word), of.one(), Vec::new()))
    }

    // --------------------------------------------------------------------------------------------------------- paths

    fn path(&mut self, path: &rule::Path, wanted: Wanted) -> Option<Found<'v>> {
        let parts = std::iter::once(path.head).chain(path.steps.iter().copied());
        let parts: Vec<Name> = parts.map(|(name, at)| (self.names.text(name), at)).collect();
        self.resolve(&parts, wanted)
    }

    fn resolve(&mut self, parts: &[Name], wanted: Wanted) -> Option<Found<'v>> {
        let (&(head, at), rest) = parts.split_first()?;
        let variable = self.scope.iter().rev().find(|known| self.names.text(known.name) == head);
        let (head, mut of) = match (variable, self.ground(head)) {
            (Some(known), _) => (Head::Slot(known.slot), known.of),
            (None, Some(ground)) => (Head::Ground(ground), ground.of(head)),
            (None, None) if wanted == Wanted::Several && rest.is_empty() => {
                let sets = table::SETS.iter().map(|set| set.name);
                let kinds = self.vocabulary.kinds.iter().map(|kind| self.names.text(kind.name));
                let known: Vec<&str> = sets.chain(kinds).collect();
                let help =
                    near(head, known, "a set is one of those that `rapporteur explain rule-language` lists, or a kind");
                self.wrong(at, format!("there is no set `{head}`"), help);
                return None;
            }
            (None, None) => {
                self.no_variable(head, at);
                return None;
            }
        };
        let (mut steps, mut words) = (Vec::new(), Vec::new());
        for &(name, at) in rest {
            let rows: Vec<usize> = table::PATHS
                .iter()
                .enumerate()
                .filter(|(_, row)| row.name == name && row.of.meets(of))
                .map(|(index, _)| index)
                .collect();
            let of_rows = rows.iter().filter_map(|row| table::PATHS.get(*row));
            let mut gives = of_rows.clone().map(|row| row.gives).fold(Type::NOTHING, Type::or);
            words = of_rows.flat_map(|row| row.words).copied().collect();
            let mut field = None;
            for spec in self.fields(of, Some(name)) {
                // What the program itself answers, no field answers for the same type.
                gives = gives.or(Type::of_field(&spec.types));
                field = Some(spec.name);
                for one in &spec.types {
                    if let FieldType::Word(list) = one {
                        words.extend(list.iter().map(|word| self.names.text(*word)));
                    }
                }
            }
            if rows.is_empty() && field.is_none() {
                self.no_path(name, at, of);
                return None;
            }
            of = if of.many { gives.many() } else { gives };
            steps.push(Step { rows, field });
        }
        Some(Found { path: Path { head, steps, gives: of }, words })
    }

    fn ground(&self, name: &str) -> Option<Ground> {
        if let Some(index) = table::SETS.iter().position(|set| set.name == name) {
            return Some(Ground::Set(index));
        }
        let kind = self.vocabulary.kind(self.names.get(name)?)?;
        Some(Ground::Kind(kind.name))
    }

    /// The fields that a value of a type can have, or those of one name.
    fn fields(&self, of: Type, name: Option<&str>) -> Vec<&'v FieldSpec> {
        let kinds = self.vocabulary.kinds.iter().filter(|kind| {
            let keyword = self.names.text(kind.name);
            match Type::of_keyword(keyword) {
                Some(one) if one == Type::INSTRUMENT => of.meets(one) && of.kind.is_none_or(|known| known == kind.name),
                Some(one) => of.meets(one),
                None => of.meets(Type::CLAUSE) && of.kind.is_none_or(|known| known == kind.name),
            }
        });
        let fields = kinds.flat_map(|kind| &kind.fields);
        fields.filter(|spec| name.is_none_or(|name| self.names.text(spec.name) == name)).collect()
    }

    // --------------------------------------------------------------------------------------------------------- texts

    fn template(&mut self, words: &Words) -> Template {
        let text = &*words.text;
        // Where nothing is escaped the text stands behind its quotation marks as it is.
        let marks = ((words.at.span.end - words.at.span.start) as usize).saturating_sub(text.len());
        let begin = if matches!(marks, 2 | 6) { Some(words.at.span.start + (marks / 2) as u32) } else { None };
        let place = |from: usize, to: usize| match begin {
            Some(begin) => Loc::new(words.at.file, Span::new(begin + from as u32, begin + to as u32)),
            None => words.at,
        };
        let (mut parts, mut plain, mut rest) = (Vec::new(), String::new(), 0);
        while let Some(found) = text.get(rest..).and_then(|tail| tail.find(['{', '}'])) {
            let at = rest + found;
            plain.push_str(text.get(rest..at).unwrap_or(""));
            let tail = text.get(at..).unwrap_or("");
            if tail.starts_with("{{") || tail.starts_with("}}") {
                plain.push_str(tail.get(..1).unwrap_or(""));
                rest = at + 2;
                continue;
            }
            let close = tail.find('}').filter(|_| tail.starts_with('{'));
            let Some(close) = close else {
                let mark = tail.get(..1).unwrap_or("");
                let help = format!("write `{mark}{mark}` for the mark itself, or `{{x}}` for the value of `x`");
                self.wrong(place(at, at + 1), format!("`{mark}` stands alone in this text"), help);
                rest = at + 1;
                continue;
            };
            let inside = tail.get(1..close).unwrap_or("");
            let inside_ticks = text.get(..at).is_some_and(|before| before.matches('`').count() % 2 == 1);
            let own_ticks = text.get(..at).is_some_and(|before| before.ends_with('`'))
                && tail.get(close + 1..).is_some_and(|after| after.starts_with('`'));
            let called = match (inside_ticks, own_ticks) {
                (true, true) => Called::Name,
                (true, false) => Called::Code,
                (false, _) => Called::Label,
            };
            let mut pieces = inside.split('|');
            let path = pieces.next().unwrap_or("").trim();
            let mut names: Vec<Name> = Vec::new();
            let mut start = at + 1 + inside.find(path).unwrap_or(0);
            for name in path.split('.') {
                names.push((name, place(start, start + name.len())));
                start += name.len() + 1;
            }
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            rest = at + close + 1;
            if inside == MISSING && self.names_missing {
                parts.push(Part::Missing);
                continue;
            }
            let found = self.resolve(&names, Wanted::Value);
            match (found, pieces.next(), pieces.next()) {
                (Some(found), Some(one), Some(several)) => {
                    parts.push(Part::Number(found.path, one.to_owned(), several.to_owned()));
                }
                (Some(_), Some(_), None) => {
                    let help = format!("write the word for one and the word for several: `{{{path}|is|are}}`");
                    self.wrong(place(at, at + close + 1), "a word for several is missing".into(), help);
                }
                (Some(found), None, _) => parts.push(Part::Value(found.path, called)),
                (None, ..) => {}
            }
        }
        plain.push_str(text.get(rest..).unwrap_or(""));
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Template { parts }
    }

    // ---------------------------------------------------------------------------------------------------------- keys

    /// The equalities that every candidate meets.
    fn keys(&mut self, ground: Ground, slot: usize, test: &Test, quantifier: Option<Quantifier>) -> Vec<Key> {
        let needed = match (quantifier, test) {
            // Of what the condition does not ask about, everything holds.
            (Some(Quantifier::Every), Test::Implies(both)) => &both.0,
            (Some(Quantifier::Every), _) => return Vec::new(),
            _ => test,
        };
        let mut keys = Vec::new();
        let mut tests = vec![needed];
        while let Some(test) = tests.pop() {
            match test {
                Test::All(all) => tests.extend(all.iter().rev()),
                Test::Compare(..) => keys.extend(self.keys_of(ground, slot, test)),
                // `n.action is deploy or n.action is station`: one table answers both.
                Test::Any(all) => {
                    let each: Vec<Vec<Key>> = all.iter().map(|one| self.keys_of(ground, slot, one)).collect();
                    let table = each.first().and_then(|keys| keys.first()).map(|key| key.table);
                    let outer = each.into_iter().map(|keys| keys.into_iter().find(|key| Some(key.table) == table));
                    if let (Some(table), Some(same)) = (table, outer.collect::<Option<Vec<Key>>>()) {
                        keys.push(Key { table, outer: same.into_iter().flat_map(|key| key.outer).collect() });
                    }
                }
                _ => {}
            }
        }
        self.narrowed(keys)
    }

    /// The same equalities, those with what the rule itself names taken into the tables of the others: what they leave need
    /// not be looked at for every value of another variable.
    fn narrowed(&mut self, keys: Vec<Key>) -> Vec<Key> {
        let fixed = |key: &Key| -> Option<Vec<Fixed>> {
            let one = |operand: &Operand| match operand {
                Operand::Action(action) => Some(Fixed::Action(*action)),
                Operand::Word(word) => Some(Fixed::Word(*word)),
                _ => None,
            };
            key.outer.iter().map(one).collect()
        };
        let only: Vec<(usize, Vec<Fixed>)> = keys.iter().filter_map(|key| Some((key.table, fixed(key)?))).collect();
        if only.is_empty() {
            return keys;
        }
        if let Some(ground) = self.pool.tables.get(only.first().map_or(0, |first| first.0)).map(|table| table.of)
            && only.len() == keys.len()
        {
            let table = Table { of: ground, steps: Vec::new(), general: false, all: false, only };
            return vec![Key { table: self.table(table), outer: Vec::new() }];
        }
        let open = keys.into_iter().filter(|key| fixed(key).is_none());
        open.map(|key| {
            let narrowed = self.pool.tables.get(key.table).map(|table| Table { only: only.clone(), ..table.clone() });
            Key { table: narrowed.map_or(key.table, |table| self.table(table)), ..key }
        })
        .collect()
    }

    /// The equalities that one comparison gives.
    fn keys_of(&mut self, ground: Ground, slot: usize, test: &Test) -> Vec<Key> {
        let Test::Compare(both, comparison) = test else { return Vec::new() };
        let (left, right) = (&both.0, &both.1);
        if !matches!(comparison, Comparison::Equal | Comparison::Is | Comparison::In) {
            return Vec::new();
        }
        let mut keys = Vec::new();
        for (inner, outer, turned) in [(left, right, false), (right, left, true)] {
            let Operand::Path(inner) = inner else { continue };
            if inner.head != Head::Slot(slot) || !can_be_key(inner, outer, slot) {
                continue;
            }
            // `n.action is deploy` holds for what is a kind of deploying, `deploy is n.action` the other way.
            let general = *comparison == Comparison::Is && inner.gives.meets(Type::ACTION);
            if general && turned {
                continue;
            }
            if let Some(outer) = copied(outer) {
                let all = *comparison == Comparison::In && !turned;
                let table = Table { of: ground, steps: inner.steps.clone(), general, all, only: Vec::new() };
                keys.push(Key { table: self.table(table), outer: vec![outer] });
            }
        }
        keys
    }

    fn table(&mut self, wanted: Table) -> usize {
        let tables = &mut self.pool.tables;
        tables.iter().position(|known| *known == wanted).unwrap_or_else(|| {
            tables.push(wanted);
            tables.len() - 1
        })
    }

    // ------------------------------------------------------------------------------------------------------ mistakes

    fn wrong(&mut self, at: Loc, message: String, help: impl Into<String>) {
        self.pool.findings.push(Finding::new(CODE, Level::Error, message, at).help(help));
    }

    fn no_variable(&mut self, name: &str, at: Loc) {
        let known: Vec<&str> = self.scope.iter().map(|known| self.names.text(known.name)).collect();
        let else_ = match known.as_slice() {
            [] => "a variable is named by `for: x in SET`, or behind `some`, `every`, `no`".to_owned(),
            known => format!("the variables here are {}", ticked(known.iter().copied(), 9)),
        };
        if self.closed.iter().any(|closed| self.names.text(*closed) == name) {
            let help = "put the whole condition of `where` between brackets: `where (… or …)`";
            return self.wrong(at, format!("`{name}` is not known here, behind its own condition"), help);
        }
        let help = near(name, known.clone(), &else_);
        self.wrong(at, format!("`{name}` is no variable of this rule"), help);
    }

    fn no_unit(&mut self, word: Symbol, at: Loc) {
        let text = self.names.text(word);
        let units = self.vocabulary.units.iter().flat_map(|unit| [unit.name, unit.plural]);
        let units: Vec<&str> = units.map(|unit| self.names.text(unit)).collect();
        let help = near(text, units, "`rapporteur explain units` lists the units");
        self.wrong(at, format!("the vocabulary has no unit `{text}`"), help);
    }

    fn no_path(&mut self, name: &str, at: Loc, of: Type) {
        let rows = table::PATHS.iter().filter(|row| row.of.meets(of)).map(|row| row.name);
        let fields = self.fields(of, None).into_iter().map(|spec| self.names.text(spec.name));
        let mut known: Vec<&str> = rows.chain(fields).collect();
        known.sort_unstable();
        known.dedup();
        let what = match of.kind {
            Some(kind) => format!("a `{}`", self.names.text(kind)),
            None => of.one().words(),
        };
        let else_ = if known.is_empty() {
            format!("nothing can be asked of {what}")
        } else {
            format!("{what} has {}", ticked(known.iter().copied(), 12))
        };
        let help = near(name, known.clone(), &else_);
        self.wrong(at, format!("{what} has no `{name}`"), help);
    }

    fn written(&self, path: &rule::Path) -> String {
        let parts = std::iter::once(path.head).chain(path.steps.iter().copied());
        parts.map(|(name, _)| self.names.text(name)).collect::<Vec<_>>().join(".")
    }

    fn shown(&self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Path(path) => self.written(path),
            _ => "…".to_owned(),
        }
    }
}

/// What stands in a text for the words of the expectations that do not hold.
const MISSING: &str = "missing";

/// Whether rows can be found by the values of a path.
fn can_be_key(inner: &Path, outer: &Operand, slot: usize) -> bool {
    let exact = Type::ITEM.or(Type::NORM).or(Type::ACTION).or(Type::WORD).or(Type::TEXT);
    inner.gives.is_only(exact)
        && match outer {
            Operand::Path(path) => path.head != Head::Slot(slot),
            Operand::Action(_) => true,
            // The name of something declared is looked up where it is compared.
            Operand::Word(_) => inner.gives.is_only(Type::WORD),
            _ => false,
        }
}

fn copied(operand: &Operand) -> Option<Operand> {
    Some(match operand {
        Operand::Path(path) => Operand::Path(path.clone()),
        Operand::Action(action) => Operand::Action(*action),
        Operand::Word(word) => Operand::Word(*word),
        _ => return None,
    })
}

/// The word that was meant, or where to look.
fn near<'w>(word: &str, known: impl IntoIterator<Item = &'w str>, otherwise: &str) -> String {
    match closest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
