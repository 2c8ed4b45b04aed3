//! The formats for services: each is what its schema says, keeps to the limits of those who read it, and says the same of a text
//! whose lines have moved.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use quick_xml::events::Event;
use rapporteur::finding::{Finding, Level, StoryStep};
use rapporteur::load::NoFiles;
use rapporteur::model::standard::Standard;
use rapporteur::policy::Options;
use rapporteur::render::{Draft, Format, Report, Shown, Style, Unread, render};
use rapporteur::rules::pages;
use rapporteur::source::{FileId, Loc, SourceFile, Sources, Span};
use rapporteur::{Checked, check};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const CLASH: &str = r#"declaration paris "Paris" { signatories: FR, GB }
party FR "France"
party GB "United Kingdom"
place donbas "Donbas"
place east "East" { within: donbas }
event truce "The truce" { means: "no shot for 72 hours"  certified-by: FR }
event settlement "The settlement" { means: "the treaty is signed"  certified-by: GB  after: truce + 60 days }
troops force "Force" {
  (a) FR shall deploy force to east within 30 days of truce.
}
clause zone "Zone" {
  (a) no party shall deploy force to donbas until settlement.
}
"#;

fn checked(text: &str) -> Checked {
    check(Path::new("drafts/é 1.decl"), text, &NoFiles::default(), &Options::default())
}

fn report(checked: &Checked) -> Report<'_> {
    let mut report = Report::default();
    for finding in &checked.findings {
        report.summary.count(finding);
        report.shown.push(Shown { sources: &checked.sources, finding });
    }
    report
}

fn written(report: &Report, format: Format) -> String {
    render(report, format, Style::default())
}

fn json(report: &Report, format: Format) -> Value {
    serde_json::from_str(&written(report, format)).unwrap()
}

/// Holds a document against a schema in `tests/schemas`.
fn validate(document: &Value, schema: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    schemas.validate(document, index).map_err(|error| format!("{error:#}")).unwrap();
}

/// What is found in the bad drafts of all pages: every code there is.
fn everything() -> Vec<Checked> {
    let standard = Standard::embedded();
    let pages = pages::all(&standard.vocabulary, &standard.names);
    let bad = pages.flat_map(|page| page.bad);
    bad.enumerate()
        .map(|(i, example)| {
            let name = format!("drafts/{i}.decl");
            check(Path::new(&name), example.text, &NoFiles::default(), &Options::default())
        })
        .collect()
}

fn joined(all: &[Checked]) -> Report<'_> {
    let mut whole = Report::default();
    for one in all {
        let part = report(one);
        whole.summary.files += 1;
        whole.shown.extend(part.shown);
    }
    whole
}

#[test]
fn sarif_of_every_code_is_what_the_standard_says() {
    let all = everything();
    let log = json(&joined(&all), Format::Sarif);
    validate(&log, "sarif-2.1.0.json");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.len() > 150, "{}", rules.len());
    for rule in rules {
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("Why: "), "{rule}");
        assert!(rule["shortDescription"]["text"].as_str().unwrap().ends_with('.'), "{rule}");
        assert!(!rule["fullDescription"]["text"].as_str().unwrap().is_empty(), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[rule]["id"], result["ruleId"]);
    }
    let fingerprints: BTreeSet<String> = results.iter().map(|it| it["partialFingerprints"].to_string()).collect();
    assert_eq!(fingerprints.len(), results.len(), "two results have one fingerprint");
    assert!(results.iter().any(|result| !result["fixes"].is_null()));
}

#[test]
fn sarif_tells_a_clash_with_all_its_clauses_and_its_story() {
    let checked = checked(CLASH);
    let mut report = report(&checked);
    report.unread.push(Unread { file: "lost.decl".into(), reason: "there is no such file".into() });
    let log = json(&report, Format::Sarif);
    validate(&log, "sarif-2.1.0.json");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let results = run["results"].as_array().unwrap();
    let clash = results.iter().find(|it| it["ruleId"].as_str().unwrap().starts_with("contradiction/")).unwrap();
    let place = &clash["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "drafts/%C3%A9%201.decl");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(clash["relatedLocations"].as_array().unwrap().len(), 2);
    let steps = clash["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let finding = checked.findings.iter().find(|it| it.group() == "contradiction").unwrap();
    assert_eq!(steps.len(), finding.story.len() + 2);
    assert!(results.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])), "the worst come first");
}

fn rank(result: &Value) -> usize {
    ["error", "warning", "note"].iter().position(|level| result["level"] == *level).unwrap()
}

#[test]
fn sarif_leaves_accepted_findings_out_unless_asked() {
    let draft =
        CLASH.replace("signatories: FR, GB", "signatories: FR, GB  accept declaration/amendment because \"brief\".");
    let checked = checked(&draft);
    let report = report(&checked);
    let without = json(&report, Format::Sarif);
    assert!(!without.to_string().contains("declaration/amendment"));
    let style = Style { accepted: true, ..Style::default() };
    let with: Value = serde_json::from_str(&render(&report, Format::Sarif, style)).unwrap();
    validate(&with, "sarif-2.1.0.json");
    let results = with["runs"][0]["results"].as_array().unwrap();
    let accepted = results.iter().find(|it| it["ruleId"] == "declaration/amendment").unwrap();
    assert_eq!(accepted["suppressions"][0]["justification"], "brief");
}

/// The fingerprints of a draft in a format.
fn fingerprints(text: &str, format: Format) -> BTreeSet<String> {
    let checked = checked(text);
    let all = json(&report(&checked), format);
    let (list, key) = match format {
        Format::Sarif => (&all["runs"][0]["results"], "partialFingerprints"),
        _ => (&all, "fingerprint"),
    };
    list.as_array().unwrap().iter().map(|one| one[key].to_string()).collect()
}

#[test]
fn fingerprints_survive_moved_lines_and_new_marks() {
    let moved = format!("// a new line\n\n{CLASH}").replace("(a) no party shall", "(b)\n    no  party shall");
    for format in [Format::Sarif, Format::Gitlab] {
        assert_eq!(fingerprints(CLASH, format), fingerprints(&moved, format), "{format:?}");
        let other = CLASH.replace("shall deploy force to east", "shall deploy tanks to east");
        assert_ne!(fingerprints(CLASH, format), fingerprints(&other, format), "{format:?}");
    }
}

/// So many findings of each level in one file.
fn many(each: usize, message: &str) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("a.decl", "party FR\n".repeat(each)));
    let at = |i: usize| Loc::new(FileId(0), Span::new(9 * i as u32, 9 * i as u32 + 5));
    let levels = [Level::Advice, Level::Warning, Level::Error];
    let all = (0..each).flat_map(|i| levels.map(|level| Finding::new("time/test", level, message, at(i))));
    (sources, all.collect())
}

fn listed<'a>(sources: &'a Sources, findings: &'a [Finding]) -> Report<'a> {
    let mut report =
        Report { shown: findings.iter().map(|finding| Shown { sources, finding }).collect(), ..Report::default() };
    findings.iter().for_each(|finding| report.summary.count(finding));
    report
}

#[test]
fn sarif_keeps_within_the_limits_of_services() {
    let (sources, findings) = many(2_000, "x");
    let log = json(&listed(&sources, &findings), Format::Sarif);
    validate(&log, "sarif-2.1.0.json");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 5_000);
    assert_eq!(results.iter().filter(|it| it["level"] == "error").count(), 2_000);
    let note = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert_eq!(note, "The worst 5000 of 6000 findings are listed.");
    let (sources, findings) = many(40, &"x".repeat(100_000));
    let text = written(&listed(&sources, &findings), Format::Sarif);
    assert!(text.len() < 10_000_000 && text.contains("of 120 findings are listed."), "{}", text.len());
    let (sources, findings) = many(1, "x");
    let mut wide = findings[0].clone();
    wide.labels = vec![wide.labels[0].clone(); 500];
    let wide = [wide];
    let log = json(&listed(&sources, &wide), Format::Sarif);
    assert_eq!(log["runs"][0]["results"][0]["relatedLocations"].as_array().unwrap().len(), 100);
}

#[test]
fn github_is_shown_ten_of_a_kind_and_the_worst_first() {
    let (sources, findings) = many(12, "ten % of it,\nand: more");
    let text = written(&listed(&sources, &findings), Format::Github);
    for kind in ["error", "warning", "notice"] {
        assert_eq!(text.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count(), 10);
    }
    assert!(text.starts_with(
        "::error file=a.decl,line=1,endLine=1,col=1,endColumn=6,title=time/test::a.decl:1:1: ten %25 of it,%0Aand: more\n"
    ));
    let last = text.lines().last().unwrap();
    assert_eq!(last, "Not annotated, since only 10 of a kind are shown: 2 errors, 2 warnings, 2 pieces of advice.");
    let odd =
        Report { unread: vec![Unread { file: "a,b:c.decl".into(), reason: "no text".into() }], ..Report::default() };
    assert_eq!(written(&odd, Format::Github), "::error file=a%2Cb%3Ac.decl::a,b:c.decl: no text\n");
}

#[test]
fn gitlab_gets_a_list_of_issues() {
    let all = everything();
    let issues = json(&joined(&all), Format::Gitlab);
    validate(&issues, "gitlab-code-quality.json");
    let fingerprints: BTreeSet<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues.as_array().unwrap().len());
    assert_eq!(written(&Report::default(), Format::Gitlab), "[]\n");
}

/// The elements of an XML text with their attributes and their text, in order; fails where it is not well-formed.
fn elements(xml: &str) -> Vec<(String, String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<(String, String, String)> = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                found.push((tag.name().as_ref().to_owned(), attributes(&tag), String::new()));
            }
            Event::Empty(tag) => found.push((tag.name().as_ref().to_owned(), attributes(&tag), String::new())),
            Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.2.push_str(&text);
                }
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    found
}

fn attributes(tag: &quick_xml::events::BytesStart) -> String {
    let all = tag.attributes().map(|it| it.unwrap());
    all.map(|it| format!("{}={} ", it.key.as_ref(), it.value)).collect()
}

#[test]
fn junit_has_a_suite_a_file_and_a_case_a_clause() {
    let checked = checked(CLASH);
    let mut report = report(&checked);
    let clauses = [("force", 8), ("zone", 9), ("calm", 20)].map(|(name, line)| (name.to_owned(), line));
    report.drafts.push(Draft { file: "drafts/é 1.decl".into(), clauses: clauses.into(), fails: Some(Level::Error) });
    report.unread.push(Unread { file: "lost.decl".into(), reason: "it is <gone> & away".into() });
    let xml = written(&report, Format::Junit);
    let all = elements(&xml);
    let of = |kind: &str| all.iter().filter(move |(name, ..)| name == kind).collect::<Vec<_>>();
    let suites = of("testsuite");
    assert_eq!(suites.len(), 2, "{xml}");
    assert!(suites[0].1.starts_with("name=drafts/é 1.decl "), "{}", suites[0].1);
    assert!(suites[1].1.contains("errors=1"), "{}", suites[1].1);
    let cases = of("testcase");
    let named = |wanted: &str| cases.iter().filter(|case| case.1.starts_with(&format!("name={wanted} "))).count();
    assert_eq!((named("force"), named("zone"), named("calm"), named("paris")), (1, 1, 1, 1), "{xml}");
    let failures = of("failure");
    assert!(!failures.is_empty());
    assert!(failures.iter().all(|failure| failure.2.contains("error[") || failure.2.is_empty()), "{xml}");
    assert!(xml.contains("it is &lt;gone&gt; &amp; away"), "{xml}");
    let total: usize = all[0].1.split("tests=").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(total, cases.len());

    let all = everything();
    let mut strict = joined(&all);
    let name = |one: &Checked| one.sources.file(FileId(0)).path().to_owned();
    let failing = |one| Draft { file: name(one), clauses: Vec::new(), fails: Some(Level::Advice) };
    strict.drafts = all.iter().map(failing).collect();
    assert!(elements(&written(&strict, Format::Junit)).iter().all(|(name, ..)| name != "system-out"));
}

#[test]
fn markdown_is_a_comment_of_bounded_length() {
    let checked = checked(CLASH);
    let text = written(&report(&checked), Format::Markdown);
    assert!(text.starts_with("### rapporteur: "), "{text}");
    let clash = text.find("`contradiction/duty-against-ban`").unwrap();
    assert!(clash < text.find("`declaration/disputes`").unwrap(), "{text}");
    assert!(text.contains("<details>\n<summary>"), "{text}");
    let (sources, findings) = many(5_000, "x");
    let long = written(&listed(&sources, &findings), Format::Markdown);
    assert!(long.len() < 65_536 && long.contains("Not listed, for want of room: "), "{}", long.len());
    assert_eq!(long.matches("<details>").count(), long.matches("</details>").count());
    let none = written(&Report::default(), Format::Markdown);
    assert!(none.starts_with("### rapporteur: nothing to settle\n"), "{none}");
}

#[test]
fn no_word_of_a_draft_can_act_in_any_format() {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("a\u{1b}.decl", "party \u{1b}]]> FR ::error::\n"));
    let mut finding = Finding::new(
        "time/test",
        Level::Error,
        "`\u{1b}[31m` \u{202e} ]]> <script>",
        Loc::new(FileId(0), Span::new(6, 9)),
    )
    .help("<b>\u{7}\n::error::x");
    finding.story.push(StoryStep { event: "\u{9b}truce".into(), at: "day 0".into(), assumes: None });
    finding.clauses = vec!["force(a)".into()];
    let report = Report { shown: vec![Shown { sources: &sources, finding: &finding }], ..Report::default() };
    for format in [Format::Sarif, Format::Github, Format::Gitlab, Format::Junit, Format::Markdown] {
        let text = written(&report, format);
        let raw: Vec<char> = text.chars().filter(|&c| c != '\n' && rapporteur::render::text::is_hidden(c)).collect();
        assert!(raw.is_empty(), "{format:?} {raw:?} in {text}");
        assert!(format != Format::Github || text.lines().count() == 1, "{text}");
    }
    assert!(!written(&report, Format::Markdown).contains("<script>"));
    elements(&written(&report, Format::Junit));
}
