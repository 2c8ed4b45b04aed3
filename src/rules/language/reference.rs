//! The reference of the rule language, made from the tables that check and run it.

use super::table::{PATHS, Path, SETS};
use super::types::Type;
use crate::model::rule::{Comparison, LINES, Quantifier};
use crate::model::ticked;

/// A part of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// What holds for all of it; may be empty.
    pub about: String,
    /// What there is.
    pub rows: Vec<Row>,
}

/// One thing that a rule can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is written: a name, or an example.
    pub name: String,
    /// What it stands for.
    pub about: String,
}

/// The variables that the examples of conditions use.
pub const SCOPE: &str = "d in declaration, t in troops, e in events, p in parties, n in norms, m in norms";

/// All of it, in the order in which somebody who writes a rule needs it.
pub fn sections() -> Vec<Section> {
    let mut all = vec![lines(), sets()];
    all.extend(paths());
    all.extend([conditions(), comparisons(), values(), texts(), limits()]);
    all
}

fn section(title: &str, about: &str, rows: impl IntoIterator<Item = (String, String)>) -> Section {
    let rows = rows.into_iter().map(|(name, about)| Row { name, about }).collect();
    Section { title: title.to_owned(), about: about.to_owned(), rows }
}

fn owned((name, about): &(&str, &str)) -> (String, String) {
    ((*name).to_owned(), (*about).to_owned())
}

fn lines() -> Section {
    section(
        "Lines of a rule",
        "`rule NAME \"title\" { … }` in a library or a draft. Its code is the name of the file and its own: `fisheries/two-quotas`. \
         A rule without `expect:` changes level and texts of the rule of its name.",
        LINES.iter().map(|(name, about)| (format!("{name}:"), (*about).to_owned())),
    )
}

fn sets() -> Section {
    section(
        "Sets",
        "What `x in …` can range over. Each kind is a set by its name too, your own included: `t in troops`, `d in declaration`; \
         so is whatever a value leads to: `h in t.places.host`.",
        SETS.iter().map(|set| (set.name.to_owned(), set.about.to_owned())),
    )
}

/// The names behind dots, by what they are asked of.
fn paths() -> Vec<Section> {
    let mut of: Vec<Type> = Vec::new();
    for path in PATHS {
        if !of.contains(&path.of) {
            of.push(path.of);
        }
    }
    let one = |of: Type| {
        let rows = PATHS.iter().filter(|path| path.of == of).map(|path| (format!(".{}", path.name), gives(path)));
        let what = called(of).replace("anything declared", "whatever is declared").replace("or norms", "and of norms");
        let about = match of {
            _ if of == Type::ITEM => {
                "Each field of a kind is such a name too: `t.strength`, `e.means`; `rapporteur explain troops` lists those of \
                 a kind. A name that stands behind several values is asked of each of them."
            }
            _ => "",
        };
        section(&format!("Of {what}"), about, rows)
    };
    of.into_iter().map(one).collect()
}

/// What values of a type are called; what can be anything is not told one by one.
fn called(of: Type) -> String {
    match (of.and(Type::ITEM).one() == Type::ITEM, of.meets(Type::NORM)) {
        (true, false) => "anything declared".to_owned(),
        (true, true) => "anything declared, or norms".to_owned(),
        _ => of.words(),
    }
}

fn gives(path: &Path) -> String {
    let words = match path.words {
        [] => called(path.gives),
        words => ticked(words.iter().copied(), 99).replace(" and ", " or "),
    };
    format!("{words}: {}", path.about)
}

/// Conditions, each by an example.
pub const CONDITIONS: &[(&str, &str)] = &[
    ("n.binds and has t.area", "both hold"),
    ("n.binds or has t.area", "one of them holds, or both"),
    ("not n.binds", "it does not hold"),
    ("n.binds implies has n.amount", "where the first holds the second does too"),
    ("has t.area", "it is stated"),
    ("count(n.actors) >= 2", "how many there are, each counted once; also `count(x in SET where …)`"),
    (
        "sum(x.amount for x in norms where x.clause is t) <= 5_000 personnel",
        "what amounts come to together; unknown where one of them is not stated or has another unit",
    ),
];

fn conditions() -> Section {
    let quantified = Quantifier::ALL.map(|one| {
        let example = format!("{} x in norms where x.clause is t", one.word());
        let example = if one == Quantifier::Every { format!("{example} implies x.binds") } else { example };
        (example, one.about().to_owned())
    });
    section(
        "Conditions",
        "What stands behind `where` and `expect:`. `and` binds before `or`; behind `where` a condition with `or` stands in \
         brackets. What a draft leaves unsaid makes a condition neither true nor false, and of such a case nothing is reported.",
        CONDITIONS.iter().map(owned).chain(quantified),
    )
}

/// An example for each comparison, and what it says.
pub const fn example(comparison: Comparison) -> (&'static str, &'static str) {
    match comparison {
        Comparison::Equal => ("n.clause = t", "the same"),
        Comparison::Unequal => ("n.clause != t", "not the same"),
        Comparison::Less => ("e.on < 2027-01-01", "less, shorter, earlier"),
        Comparison::AtMost => ("t.strength <= 5_000 personnel", "the same or less"),
        Comparison::Greater => ("n.every > 7 days", "more, longer, later"),
        Comparison::AtLeast => ("count(t.norms) >= 2", "the same or more"),
        Comparison::Is => (
            "n.action is deploy",
            "one of several is: for verbs also what is a kind of it, for clauses their kind (`c is troops`)",
        ),
        Comparison::IsNot => ("p.kind is not coalition", "none of several is"),
        Comparison::In => ("p in d.signatories", "all of them are among these"),
        Comparison::NotIn => ("p not in n.actors", "none of them is among these"),
        Comparison::Covers => {
            ("weapons covers n.objects", "all of the second lie in the first: places, kinds of things, groups")
        }
        Comparison::Within => ("n.actors within p", "all of the first lie in the second"),
        Comparison::Says => ("t.label says \"guarantee\"", "the words have these in them, at the beginning of a word"),
    }
}

fn comparisons() -> Section {
    let rows = Comparison::ALL.map(|one| {
        let (example, about) = example(one);
        (example.to_owned(), about.to_owned())
    });
    section("Comparisons", "", rows)
}

fn values() -> Section {
    let rows = [
        ("5_000 personnel, EUR 3 million, 40%", "amounts, with the units of the vocabulary"),
        ("30 days, 6 months", "lengths of time"),
        ("2027-01-01", "days"),
        ("deploy, coalition", "a verb, or a word that a field can have"),
        ("weapons, UA", "the name of something that the draft declares"),
        ("\"guarantee\"", "words to look for, behind `says`"),
    ];
    section("Values", "", rows.iter().map(owned))
}

fn texts() -> Section {
    let rows = [
        ("{t}", "what a reader calls it: its label; several are listed with `and`"),
        ("`{t}`", "its name as the draft writes it"),
        ("{t.places.host}", "what a path leads to; of an amount or a day the words of the draft"),
        ("{missing}", "what the expectations say that do not hold, where they say what is missing"),
        ("{n.actors|is|are}", "the first word where there is one value, the second where there are several"),
        ("{{", "a brace"),
    ];
    section(
        "Texts",
        "What stands between braces in `message:`, `help:` and the words of a `mark:`.",
        rows.iter().map(owned),
    )
}

fn limits() -> Section {
    let rows = [
        ("=, is, in", "behind `where`, such a comparison with another variable is looked up and not searched for"),
        ("undecided/rule", "what is told where a rule would take more steps than it may; `--effort high` allows more"),
    ];
    section("Cost", "", rows.iter().map(owned))
}
