//! Rules written as data: what they find, what is said of those that cannot be used, and what they leave alone.

#![allow(missing_docs, reason = "tests")]

#[path = "../examples/generate.rs"]
#[allow(dead_code, reason = "its command line is not needed here")]
mod generate;

use rapporteur::check;
use rapporteur::clash::Effort;
use rapporteur::finding::Finding;
use rapporteur::load::{NoFiles, load};
use rapporteur::model;
use rapporteur::policy::Options;
use rapporteur::rules::Draft;
use rapporteur::rules::language::{self, Rules, reference};
use rapporteur::source::Sources;
use rapporteur::syntax::Arena;
use std::fmt::Write;

#[test]
fn the_rules_of_the_standard_library_can_be_used() {
    let mistakes: Vec<String> =
        language::mistakes().iter().map(|finding| format!("{} ({:?})", finding.message, finding.help)).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

/// Checks a draft, and takes what concerns the rules of its own file, whose codes begin with its name.
fn found(text: &str) -> (Sources, Vec<Finding>) {
    found_with(text, Effort::NORMAL)
}

fn found_with(text: &str, effort: Effort) -> (Sources, Vec<Finding>) {
    let checked = check("own.decl".as_ref(), text, &NoFiles::default(), &Options { effort, ..Options::default() });
    let own = |it: &Finding| {
        matches!(it.group(), "own" | "syntax" | "undecided")
            || it.code == "structure/rule"
            || it.code == "structure/vocabulary"
    };
    (checked.sources, checked.findings.into_iter().filter(own).collect())
}

/// A rule over this draft.
fn with_rule(lines: &str) -> String {
    format!("{DRAFT}\nrule own-rule \"A rule\" {{\n{lines}\n}}\n")
}

const DRAFT: &str = r#"
declaration d "Declaration" { signatories: FR, GB }
party FR "France" { kind: state }
party GB "the United Kingdom" { kind: state }
party UA "Ukraine" { kind: state }
place west "Western Ukraine" { of: UA }
place lviv "Lviv" { within: west }
event truce "The truce" { on: 2027-03-01 }
troops force "Force" {
  strength: 5_000 personnel
  area: lviv
  (a) FR shall deploy 2_000 personnel of force to lviv by 2027-04-01.
  (b) GB shall deploy 3_000 personnel of force to west by 2027-04-01.
}
monitoring watch "Monitoring" {
  lead: GB
  GB shall monitor truce for 30 days.
}
"#;

/// What is said of a rule that expects this of every norm `n` and every clause `c`: the words underlined, the message, the help.
fn mistake(lines: &str) -> String {
    let text = with_rule(lines);
    let (sources, findings) = found(&text);
    let mut said = String::new();
    for finding in &findings {
        let _ = writeln!(
            said,
            "{}: `{}`: {} ({})",
            finding.code,
            sources.slice(finding.at()),
            finding.message,
            finding.help.as_deref().unwrap_or("")
        );
    }
    said.trim_end().to_owned()
}

#[test]
fn mistakes_in_rules_are_shown_where_they_stand_with_what_was_meant() {
    let cases = [
        ("for: t in trops", "there is no set `trops` (did you mean `troops`?)", "trops"),
        ("for: t in troops\nexpect: has t.aera", "a `troops` has no `aera` (did you mean `area`?)", "aera"),
        ("for: t in troops\nexpect: has u.area", "`u` is no variable of this rule (the variables here are `t`)", "u"),
        (
            "for: n in norms\nexpect: n.action is deploi",
            "the vocabulary has no verb `deploi` (did you mean `deploy`?)",
            "deploi",
        ),
        ("for: n in norms\nexpect: n.mode is permitt", "it is never `permitt` (did you mean `permit`?)", "permitt"),
        (
            "for: t in troops\nexpect: t.strength < 5 persone",
            "the vocabulary has no unit `persone` (did you mean `person`?)",
            "persone",
        ),
        (
            "for: n in norms\nexpect: n.actors = GB",
            "`n.actors` may be several (write `GB in n.actors`, or `n.actors is GB` if one of them is enough)",
            "n.actors",
        ),
        (
            "for: t in troops\nexpect: t.strength",
            "`t.strength` is an amount, and neither holds nor fails (write `has t.strength`, or compare it with something: `t.strength is …`)",
            "t.strength",
        ),
        (
            "for: t in troops\nfor: t in troops\nexpect: has t.area",
            "`t` stands for something else already (give one of them another name)",
            "t",
        ),
        (
            "for: n in norms\nexpect: count(n.actors)",
            "a number neither holds nor fails (compare it with another one: `count(…) >= 2`)",
            "count(n.actors)",
        ),
        (
            "for: t in troops, n in norms\nexpect: n < t",
            "`<` cannot be asked of a norm (`<` compares amounts, lengths and points in time)",
            "n",
        ),
    ];
    for (lines, said, words) in cases {
        let lines = if lines.contains("expect") { lines.to_owned() } else { format!("{lines}\nexpect: has t.area") };
        let said = format!("structure/rule: `{words}`: {said}");
        let got = mistake(&format!("{lines}\nmessage: \"m\""));
        assert!(got.starts_with(&said), "{lines}\nsays: {got}\nnot:  {said}");
    }
}

#[test]
fn a_text_is_checked_as_the_conditions_are() {
    let said = mistake("for: t in troops\nexpect: has t.exit\nmessage: \"{t.strenght}\"");
    assert!(said.contains("`strenght`: a `troops` has no `strenght` (did you mean `strength`?)"), "{said}");
    let said = mistake("for: t in troops\nexpect: has t.exit\nmessage: \"{t|is}\"");
    assert!(said.contains("a word for several is missing"), "{said}");
    let said = mistake("for: t in troops\nexpect: has t.exit\nmessage: \"{missing}\"");
    assert!(said.contains("`missing` is no variable of this rule"), "no expectation says what is missing: {said}");
}

#[test]
fn a_rule_that_cannot_be_used_finds_nothing_and_the_others_go_on() {
    let text = with_rule("for: t in troops\nexpect: has t.aera\nmessage: \"m\"")
        + "rule other \"Another\" {\n  for: t in troops\n  expect: has t.exit\n  message: \"`{t}`\"\n}\n";
    let codes: Vec<String> = found(&text).1.iter().map(|it| it.code.to_string()).collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert!(codes.contains(&"own/other".to_owned()) && codes.contains(&"structure/rule".to_owned()), "{codes:?}");
}

/// The messages of a rule over the draft.
fn messages(lines: &str) -> Vec<String> {
    let (_, findings) = found(&with_rule(lines));
    findings
        .into_iter()
        .map(|it| if it.group() == "own" { it.message } else { format!("{}: {}", it.code, it.message) })
        .collect()
}

#[test]
fn messages_name_what_they_speak_of_and_count_it() {
    let said = messages(
        "for: t in troops\nexpect: has t.exit\nmessage: \"`{t}` is {t}; {t.actors} {t.actors|deploys|deploy} {t.strength} {{so}}\"",
    );
    assert_eq!(said, ["`force` is Force; France and the United Kingdom deploy 5_000 personnel {so}"]);
    let said = messages(
        "for: m in monitoring\nexpect: has m.exit\nmessage: \"{m.actors} {m.actors|watches|watch} {m.norms.objects}\"",
    );
    assert_eq!(said, ["structure/rule: a `monitoring` has no `exit`"]);
    let said = messages(
        "for: m in monitoring\nexpect: has m.access\nmessage: \"{m.actors} {m.actors|watches|watch} {m.norms.objects}\"",
    );
    assert_eq!(said, ["the United Kingdom watches The truce"]);
    let said = messages(
        "for: m in monitoring\nexpect: has m.access, \"who may enter\"\nexpect: has m.lead, \"who leads\"\nexpect: has m.methods, \"how\"\nmessage: \"no {missing}\"",
    );
    assert_eq!(said, ["no who may enter and how"]);
}

#[test]
fn every_mark_is_underlined_and_the_first_is_where_the_finding_stands() {
    let text = with_rule(
        "for: t in troops\nexpect: has t.exit\nmessage: \"m\"\nmark: t.strength, \"so many\"\nmark: n in t.norms where n.actors is GB, \"by {n.actors}\"",
    );
    let (sources, findings) = found(&text);
    let labels: Vec<(&str, &str)> =
        findings[0].labels.iter().map(|label| (sources.slice(label.at), label.text.as_ref())).collect();
    assert_eq!(labels[0], ("5_000 personnel", "so many"));
    assert_eq!(labels[1].1, "by the United Kingdom");
    assert_eq!(labels[1].0, "deploy 3_000 personnel of force to west by 2027-04-01");
}

#[test]
fn conditions_hold_as_a_reader_says() {
    let holds = [
        "d.signatories is FR",
        "FR in d.signatories",
        "UA not in d.signatories",
        "some t in troops where t.area within west",
        "some t in troops where west covers t.area",
        "count(n in norms where n.action is deploy) = 2",
        "count(n in norms where n.action is station) = 2",
        "sum(n.amount for n in norms where n.action is deploy) = 5_000 personnel",
        "some t in troops where t.strength >= 5_000 personnel",
        "no t in troops where t.strength > 5 thousand personnel",
        "every p in d.signatories where p.kind is state",
        "every n in norms where n.action is monitor implies n.lasts = 30 days",
        "some e in events where e.on < 2027-04-01",
        "some t in troops where t.label says \"for\"",
        "not (some t in troops where t.label says \"orce\")",
        "some p in parties where not p.bound and p is UA",
        "some c in clauses where c is monitoring and c.lead is GB",
        "some c in clauses where c is not monitoring",
        "no n in norms where (n.mode is forbid or n.strength is intent)",
    ];
    for condition in holds {
        let said = messages(&format!("for: d in declaration\nexpect: {condition}\nmessage: \"no\""));
        assert!(said.is_empty(), "{condition}: {said:?}");
        let said = messages(&format!("for: d in declaration\nexpect: not ({condition})\nmessage: \"no\""));
        assert_eq!(said, ["no"], "{condition}, turned round");
    }
}

#[test]
fn what_a_draft_does_not_say_is_neither_reported_nor_taken_for_granted() {
    for condition in ["t.duration > 5 years", "t.ceiling < t.strength", "t.command is FR", "t.status in instruments"] {
        for turned in [condition.to_owned(), format!("not ({condition})")] {
            let said = messages(&format!("for: t in troops\nexpect: {turned}\nmessage: \"no\""));
            assert!(said.is_empty(), "{turned}: {said:?}");
        }
    }
}

#[test]
fn a_rule_that_compares_everything_with_everything_gives_up_and_says_so() {
    let mut text = with_rule(
        "for: a1 in norms, a2 in norms, a3 in norms, a4 in norms\nexpect: a1.position < 1 or a2.position >= a3.position or a4.position >= 0\nmessage: \"m\"",
    );
    for number in 0..300 {
        let _ = writeln!(text, "clause c{number} \"C\" {{ FR shall train UA by 2027-05-01. }}");
    }
    let started = std::time::Instant::now();
    let (_, findings) = found_with(&text, Effort::LOW);
    let codes: Vec<&str> = findings.iter().map(|it| it.code.as_ref()).collect();
    assert!(codes.contains(&"undecided/rule"), "{codes:?}");
    // It would take years; any bound that a slow machine keeps will do.
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn no_rule_of_the_standard_library_gives_up_on_a_large_draft() {
    let arena = Arena::new();
    let text = generate::draft(10_000, 1);
    let loaded = load("large.decl".as_ref(), text, &NoFiles::default(), &arena);
    let (model, _) = model::resolve(&loaded);
    let found = Rules::of(Draft { model: &model, sources: &loaded.sources, effort: Effort::NORMAL }).run();
    let gave_up: Vec<&str> =
        found.iter().filter(|it| it.code == "undecided/rule").map(|it| it.message.as_str()).collect();
    assert!(gave_up.is_empty() && found.len() > 100, "{} found, {gave_up:?}", found.len());
}

#[test]
fn a_deep_or_long_rule_is_refused_or_read_and_never_hangs() {
    let deep = format!("{}has t.exit{}", "(".repeat(5_000), ")".repeat(5_000));
    let said = mistake(&format!("for: t in troops\nexpect: {deep}\nmessage: \"m\""));
    assert!(said.contains("syntax/"), "{said}");
    let long = vec!["has t.area"; 5_000].join(" and ");
    assert!(messages(&format!("for: t in troops\nexpect: {long}\nmessage: \"m\"")).is_empty());
}

#[test]
fn a_rule_of_the_standard_library_is_changed_by_its_name() {
    let draft = "troops force \"Force\" {\n  strength: 15_000 personnel\n  ceiling: at most 12_000 personnel\n}\n";
    let level = |rule: &str| {
        let checked = check("own.decl".as_ref(), format!("{draft}{rule}"), &NoFiles::default(), &Options::default());
        let mut found = checked.findings.into_iter().filter(|it| it.code == "quantity/strength-over-ceiling");
        found.next().map(|it| (it.level.word(), it.message))
    };
    assert_eq!(level("").unwrap().0, "error");
    let (word, message) = level("rule strength-over-ceiling { level: advice  message: \"too many\" }").unwrap();
    assert_eq!((word, message.as_str()), ("advice", "too many"));
    assert_eq!(level("rule strength-over-ceiling { level: none }"), None);
    let slip = mistake("level: advice\n}\nrule strength-over-ceilling { level: none");
    assert!(slip.contains("did you mean `strength-over-ceiling`?"), "{slip}");
}

#[test]
fn every_example_of_the_reference_can_be_used() {
    let examples = reference::sections()
        .into_iter()
        .filter(|section| matches!(section.title.as_str(), "Conditions" | "Comparisons"));
    let mut seen = 0;
    for row in examples.flat_map(|section| section.rows) {
        let text = format!(
            "{DRAFT}thing weapons \"weapons\"\nrule shown \"Shown\" {{\n  for: {}\n  expect: {}\n  message: \"m\"\n}}\n",
            reference::SCOPE,
            row.name
        );
        let (sources, findings) = found(&text);
        let wrong: Vec<String> = findings
            .iter()
            .filter(|it| it.code != "own/shown")
            .map(|it| format!("{} at `{}`", it.message, sources.slice(it.at())))
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", row.name);
        seen += 1;
    }
    assert!(seen >= 23, "{seen}");
}

#[test]
fn a_checklist_that_names_what_there_is_not_is_an_error_of_the_library() {
    let text = "checklist ours \"Ours\" {\n  extends: treatty\n  requires: trops\n  error: troops/strenght\n}\n";
    let (sources, findings) = found(text);
    let said: Vec<(&str, &str)> =
        findings.iter().map(|it| (sources.slice(it.at()), it.help.as_deref().unwrap_or(""))).collect();
    assert!(said.contains(&("ours", "did you mean `treaty`?")), "{said:?}");
    assert!(said.contains(&("ours", "did you mean `troops`?")), "{said:?}");
    assert!(said.contains(&("troops/strenght", "did you mean `troops/strength`?")), "{said:?}");
}

#[test]
fn a_contradiction_is_accepted_in_each_of_its_clauses_or_not_at_all() {
    let draft = |declaration: &str, one: &str, two: &str| {
        format!(
            "declaration d \"D\" {{ signatories: FR {declaration} }}\nparty FR \"France\"\nplace east \"East\"\n\
             clause go \"Go\" {{ {one}\n FR shall deploy forces to east by 2027-03-01. }}\n\
             clause stay \"Stay\" {{ {two}\n FR shall not deploy forces to east. }}\n"
        )
    };
    let accepted = |text: String| {
        let checked = check("own.decl".as_ref(), text, &NoFiles::default(), &Options::default());
        let clash = checked.findings.iter().find(|it| it.code == "contradiction/duty-against-ban").unwrap().clone();
        let unused = checked.findings.iter().filter(|it| it.code == "structure/unused-acceptance").count();
        (clash.accepted.is_some(), unused, clash.help.unwrap_or_default())
    };
    let accept = "accept contradiction/duty-against-ban because \"to be settled at the table\".";
    assert!(!accepted(draft("", "", "")).0);
    let one = accepted(draft("", accept, ""));
    assert!(!one.0 && one.1 == 0 && one.2.contains("`stay` has to accept it too"), "{one:?}");
    assert!(accepted(draft("", accept, accept)).0);
    assert_eq!(accepted(draft(accept, "", "")).1, 1, "in the declaration it does no good");
}

#[test]
fn what_a_checklist_accepts_holds_for_every_text_that_is_read_by_it() {
    let text = "checklist ours \"Ours\" {\n  accept declaration/amendment until 2026-12-31 because \"house rule\".\n  accept hub because \"never\".\n}\n\
                declaration d \"D\" { checklist: ours  signatories: FR }\nparty FR \"France\"\n";
    let amendment = |day: i16| {
        let options = Options { today: Some(jiff::civil::date(day, 1, 1)), ..Options::default() };
        let findings = check("own.decl".as_ref(), text, &NoFiles::default(), &options).findings;
        let accepted = findings.iter().find(|it| it.code == "declaration/amendment").unwrap().accepted.clone();
        let about: Vec<String> =
            findings.iter().filter(|it| it.code.ends_with("-acceptance")).map(|it| it.code.to_string()).collect();
        (accepted, about)
    };
    assert_eq!(amendment(2026), (Some("house rule".to_owned()), vec![]));
    assert_eq!(amendment(2027), (None, vec!["structure/expired-acceptance".to_owned()]));
}
