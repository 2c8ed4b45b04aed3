//! Rules that look candidates up find what they find when they try all.

#![allow(missing_docs, reason = "tests")]

use proptest::prelude::*;
use rapporteur::load::{NoFiles, load};
use rapporteur::model;
use rapporteur::rules::Draft;
use rapporteur::rules::language::Rules;
use rapporteur::syntax::Arena;
use std::path::Path;

/// A draft of parties, places, events of which two may be one, and clauses with such sentences.
fn draft() -> impl Strategy<Value = String> {
    let actor = prop::sample::select(vec!["FR", "GB", "pair", "FR, GB", "no party", "\"partners\"", "board"]);
    let modal = prop::sample::select(vec!["shall", "will", "may", "shall not", "intends to", "should"]);
    let verb =
        prop::sample::select(vec!["deploy", "station", "withdraw", "verify", "establish", "lead", "monitor", "frob"]);
    let object = prop::sample::select(vec!["forces", "c0", "c1", "c2", "board", "\"some troops\"", "", "ammunition"]);
    let place = prop::sample::select(vec!["", "to west", "to east", "to town", "to \"the area\""]);
    let time = prop::sample::select(vec!["", "by 2027-05-01", "within 30 days of truce", "upon calm", "every 7 days"]);
    let sentence = (actor, modal, verb, object, place, time).prop_map(|(actor, modal, verb, object, place, time)| {
        format!("{actor} {modal} {verb} {object} {place} {time}.")
    });
    let kind = prop::sample::select(vec!["troops", "monitoring", "withdrawal", "clause", "commitment"]);
    let field = prop::sample::select(vec![
        "",
        "lead: FR",
        "area: west",
        "area: open",
        "verification: GB, board",
        "duration: 5 years",
    ]);
    let clause = (kind, field, prop::collection::vec(sentence, 0..4));
    prop::collection::vec(clause, 1..6).prop_map(|clauses| {
        let mut text = HEAD.to_owned();
        for (number, (kind, field, sentences)) in clauses.into_iter().enumerate() {
            let sentences: String = sentences
                .iter()
                .enumerate()
                .map(|(i, one)| format!("  ({}) {one}\n", (b'a' + i as u8) as char))
                .collect();
            text.push_str(&format!("{kind} c{number} \"Clause {number}\" {{\n  {field}\n{sentences}}}\n"));
        }
        text
    })
}

const HEAD: &str = "\
declaration d \"D\" { signatories: FR, GB }
party FR \"France\"
party GB \"the United Kingdom\"
party UA \"Ukraine\"
party pair \"The pair\" { kind: coalition  members: FR, GB }
place west \"West\" { of: UA }
place town \"Town\" { within: west }
place east \"East\"
event truce \"Truce\" { by: FR }
event calm \"Calm\" { perhaps: truce }
body board \"Board\" { members: FR, GB  jurisdiction: truce }
";

/// A rule that lays two norms side by side, in one of the ways in which candidates can be looked up.
fn rule() -> impl Strategy<Value = String> {
    let alone = prop::sample::select(vec![
        "y.action is station",
        "y.action is withdraw",
        "(y.action is deploy or y.action is lead)",
        "y.mode is forbid",
        "y.strength is firm",
        "y.binds",
        "not y.binds",
        "y.clause is not troops",
        "y.actors is FR",
    ]);
    let both = prop::sample::select(vec![
        "y.action = x.action",
        "y.action is x.action",
        "y.actors is x.actors",
        "y.actors in x.actors",
        "y.objects is x.clause",
        "x.clause in y.objects",
        "y.clause is x.clause",
        "y.clause != x.clause",
        "y.triggers is x.triggers",
        "y.places is x.places",
        "y.mode = x.mode",
        "not (y.actors is x.actors)",
    ]);
    let form = prop::sample::select(vec![
        "for: x in norms\n  for: y in norms where WHERE\n  expect: x.position = y.position",
        "for: x in norms\n  expect: some y in norms where WHERE",
        "for: x in norms\n  expect: no y in norms where WHERE",
        "for: x in norms\n  expect: every y in norms where FIRST implies SECOND",
        "for: x in norms\n  expect: count(y in norms where WHERE) <= 1",
        "for: x in norms where some y in norms where WHERE\n  expect: x.binds",
    ]);
    (form, prop::collection::vec(alone, 0..2), prop::collection::vec(both, 1..3)).prop_map(|(form, alone, both)| {
        let (first, second) = (alone.first().copied().unwrap_or("y.binds"), both.first().copied().unwrap_or("y.binds"));
        let all = [alone.clone(), both].concat().join(" and ");
        let lines = form.replace("WHERE", &all).replace("FIRST", first).replace("SECOND", second);
        format!("\"Pairs\" {{\n  {lines}\n  message: \"`{{x}}`\"\n}}\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_looked_up_is_what_is_found_by_trying_all(text in draft(), rules in prop::collection::vec(rule(), 8)) {
        // Eight rules a draft, since to read the standard library takes longer than to run them.
        let rule: String = rules.iter().enumerate().map(|(i, rule)| format!("rule pairs{i} {rule}")).collect();
        let arena = Arena::new();
        let loaded = load(Path::new("own.decl"), format!("{text}{rule}"), &NoFiles::default(), &arena);
        let (model, _) = model::resolve(&loaded);
        let draft = Draft { model: &model, sources: &loaded.sources, effort: Default::default() };
        let quick = Rules::of(draft);
        prop_assert!(quick.mistakes().is_empty(), "{:?}\n{rule}", quick.mistakes());
        prop_assert_eq!(quick.run(), Rules::of(draft).trying_all().run(), "{}{}", text, rule);
    }
}

#[test]
fn the_rules_do_find_something_both_ways() {
    let text = format!(
        "{HEAD}clause c0 \"C\" {{ FR shall deploy forces to west. }}\nclause c1 \"C\" {{ FR shall not deploy forces to west. }}\n\
         rule pairs \"Pairs\" {{\n  for: x in norms, y in norms where y.action = x.action and y.mode is forbid and x.binds\n  \
         expect: x.clause = y.clause\n  message: \"m\"\n}}\n"
    );
    let arena = Arena::new();
    let loaded = load(Path::new("own.decl"), text, &NoFiles::default(), &arena);
    let (model, _) = model::resolve(&loaded);
    let draft = Draft { model: &model, sources: &loaded.sources, effort: Default::default() };
    for rules in [Rules::of(draft), Rules::of(draft).trying_all()] {
        assert_eq!(rules.run().iter().filter(|it| it.code == "own/pairs").count(), 1);
        assert_eq!(rules.run_one("own/pairs").len(), 1);
    }
}
