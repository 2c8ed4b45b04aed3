//! `rapporteur explain`: the page of a code, and what the vocabulary knows.

use super::known::Known;
use super::{End, Failure, streams};
use crate::finding::Level;
use crate::model::vocabulary::{Action, Checklist, Kind, Nature, Vocabulary};
use crate::model::{Names, Symbol};
use crate::policy::Levels;
use crate::render::text::wrap;
use crate::rules::language::reference;
use crate::rules::pages::{self, Page};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// What `explain` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code (`troops/strength`), a group (`vague`), a kind of clause (`troops`), a verb (`deploy`), or `codes`, `kinds`,
    /// `actions`, `units`, `lexicons`, `checklists` for a list, `rule-language` for how rules are written
    #[arg(default_value = "")]
    what: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Layout::Text)]
    format: Layout,
    /// A draft whose own vocabulary counts too
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
}

/// How a page is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Layout {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What to print, both ways.
struct Answer {
    text: String,
    json: Value,
}

/// Explains one thing.
pub fn run(args: &Args) -> Result<End, Failure> {
    let known = Known::of(args.draft.as_deref())?;
    let words = Words { vocabulary: known.vocabulary(), names: known.names() };
    let what = args.what.trim();
    let answer = words.answer(what).ok_or_else(|| words.unknown(what))?;
    streams::say(&match args.format {
        Layout::Text => answer.text,
        Layout::Json => format!("{}\n", serde_json::to_string_pretty(&answer.json).unwrap_or_default()),
    })?;
    Ok(End::Good)
}

/// How wide text for people is.
const WIDTH: usize = 92;

struct Words<'a> {
    vocabulary: &'a Vocabulary,
    names: &'a Names,
}

impl<'a> Words<'a> {
    fn text(&self, symbol: Symbol) -> &'a str {
        self.names.text(symbol)
    }

    fn answer(&self, what: &str) -> Option<Answer> {
        match what {
            "" => Some(self.overview()),
            "codes" | "rules" => Some(self.list(self.codes(""))),
            "kinds" => Some(self.list(self.kinds())),
            "actions" | "verbs" => Some(self.list(self.actions())),
            "units" => Some(self.list(self.units())),
            "lexicons" => Some(self.list(self.lexicons())),
            "checklists" => Some(self.list(self.checklists())),
            "rule-language" => Some(rule_language()),
            code if code.contains('/') => pages::page(self.vocabulary, self.names, code).map(|found| page(&found)),
            word => self.word(word),
        }
    }

    fn word(&self, word: &str) -> Option<Answer> {
        let hyphened = word.replace(' ', "-");
        let symbol = self.names.get(&hyphened);
        if let Some(found) = symbol.and_then(|symbol| self.vocabulary.kind(symbol)) {
            return Some(self.kind(found));
        }
        if let Some(&id) = symbol.and_then(|symbol| self.vocabulary.action_ids.get(&symbol)) {
            return Some(self.action(self.vocabulary.action(id)));
        }
        if let Some(found) = symbol.and_then(|symbol| self.vocabulary.checklist(symbol)) {
            return Some(self.checklist(found));
        }
        if let Some(found) = self.vocabulary.lexicons.iter().find(|list| Some(list.name) == symbol) {
            let code = format!("vague/{}", self.text(found.name));
            return pages::page(self.vocabulary, self.names, &code).map(|found| page(&found));
        }
        let codes = self.codes(&format!("{word}/"));
        (!codes.is_empty()).then(|| self.list(codes))
    }

    fn unknown(&self, what: &str) -> Failure {
        let mut known: Vec<String> = self.codes("").into_iter().map(|(name, _)| name).collect();
        known.extend(known.clone().iter().filter_map(|code| Some(code.split_once('/')?.0.to_owned())));
        known.extend(self.kinds().into_iter().chain(self.actions()).map(|(name, _)| name));
        let near = |name: &String| strsim::osa_distance(what, name);
        let best = known.iter().min_by_key(|name| near(name)).filter(|name| near(name) <= 2.max(what.len() / 3));
        let hint = match best {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`rapporteur explain codes`, `… kinds` and `… actions` list what there is".to_owned(),
        };
        Failure::Usage(format!("nothing is called `{what}`; {hint}"))
    }

    // ------------------------------------------------------------------------------------------------------ lists

    fn overview(&self) -> Answer {
        let rows: Vec<(String, String)> = [
            ("codes", format!("{} findings that a draft can have", self.codes("").len())),
            ("kinds", format!("{} kinds of items, each with its fields", self.vocabulary.kinds.len())),
            ("actions", format!("{} verbs", self.vocabulary.actions.len())),
            ("units", format!("{} units", self.vocabulary.units.len())),
            ("lexicons", format!("{} lists of vague words", self.vocabulary.lexicons.len())),
            (
                "checklists",
                format!("{} kinds of text, and how strictly each is read", self.vocabulary.checklists.len()),
            ),
            ("rule-language", "how rules of your own are written".to_owned()),
        ]
        .map(|(name, about)| (name.to_owned(), about))
        .into();
        let mut answer = self.list(rows);
        answer.text.push_str("\n`rapporteur explain WORD` lists one of these, or explains a code, a kind or a verb.\n");
        answer
    }

    fn codes(&self, prefix: &str) -> Vec<(String, String)> {
        let all = pages::all(self.vocabulary, self.names);
        let wanted = all.filter(|page| page.code.starts_with(prefix));
        wanted.map(|page| (page.code.into_owned(), page.title.into_owned())).collect()
    }

    fn kinds(&self) -> Vec<(String, String)> {
        let kinds = self.vocabulary.kinds.iter().filter(|kind| self.text(kind.name) != "every-clause");
        kinds.map(|kind| (self.text(kind.name).to_owned(), kind.label.to_string())).collect()
    }

    fn actions(&self) -> Vec<(String, String)> {
        let nature = |action: &Action| format!("{} ({})", action.label, natures(action.nature));
        self.vocabulary.actions.iter().map(|action| (self.text(action.name).to_owned(), nature(action))).collect()
    }

    fn units(&self) -> Vec<(String, String)> {
        let units = self.vocabulary.units.iter();
        units.map(|unit| (self.text(unit.name).to_owned(), self.text(unit.measures).to_owned())).collect()
    }

    fn lexicons(&self) -> Vec<(String, String)> {
        let lists = self.vocabulary.lexicons.iter();
        lists.map(|list| (format!("vague/{}", self.text(list.name)), list.label.to_string())).collect()
    }

    fn checklists(&self) -> Vec<(String, String)> {
        let lists = self.vocabulary.checklists.iter();
        lists.map(|list| (self.text(list.name).to_owned(), list.label.to_string())).collect()
    }

    fn list(&self, rows: Vec<(String, String)>) -> Answer {
        let wide = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (name, about) in &rows {
            let _ = writeln!(text, "{name:wide$}  {about}");
        }
        let json = rows.into_iter().map(|(name, about)| json!({ "name": name, "about": about })).collect();
        Answer { text, json }
    }

    // ------------------------------------------------------------------------------------------------ single words

    fn kind(&self, kind: &Kind) -> Answer {
        let name = self.text(kind.name);
        let mut text = format!("{name}: {}\n", kind.label);
        let acts: Vec<&str> = kind.acts.iter().map(|&act| self.text(act)).collect();
        if !acts.is_empty() {
            let _ = writeln!(text, "\n{}", wrap(&format!("Its business: {}.", acts.join(", ")), WIDTH));
        }
        let mut fields = Vec::new();
        for spec in &kind.fields {
            let (field, level) = (self.text(spec.name), spec.level.map(|level| level.word()));
            let code = format!("{name}/{field}");
            if !spec.inherited {
                let _ = writeln!(text, "\n{field} ({}): {}", level.unwrap_or("may be left out"), spec.label);
                for line in wrap(&spec.why, WIDTH - 4).lines() {
                    let _ = writeln!(text, "    {line}");
                }
                if !spec.example.is_empty() {
                    let _ = writeln!(text, "      {}", spec.example.trim());
                }
            }
            fields.push(json!({ "name": field, "code": code, "level": level, "label": spec.label, "why": spec.why,
                "source": spec.source, "example": spec.example }));
        }
        let shared: Vec<&str> =
            kind.fields.iter().filter(|spec| spec.inherited).map(|spec| self.text(spec.name)).collect();
        if !shared.is_empty() {
            let _ = writeln!(text, "\n{}", wrap(&format!("As every clause: {}.", shared.join(", ")), WIDTH));
        }
        let json =
            json!({ "kind": name, "label": kind.label, "clause": kind.is_clause, "acts": acts, "fields": fields });
        Answer { text, json }
    }

    /// What a checklist asks for beyond what every text is asked for.
    fn checklist(&self, checklist: &Checklist) -> Answer {
        let name = self.text(checklist.name);
        let levels = Levels::new(self.vocabulary, self.names, name);
        let mut text = format!("{name}: {}\n", checklist.label);
        let mut say = |sentence: String| {
            let _ = writeln!(text, "\n{}", wrap(&sentence, WIDTH));
        };
        let why = [checklist.why.trim(), &format!("Source: {}.", checklist.source)].join("\n");
        say(if checklist.source.is_empty() { checklist.why.to_string() } else { why });
        if let Some(base) = checklist.extends {
            say(format!("It builds on `{}`.", self.text(base)));
        }
        let required: Vec<&Kind> = levels.required().filter_map(|kind| self.vocabulary.kind(kind)).collect();
        if !required.is_empty() {
            let kinds = required.iter().map(|kind| format!("`{}`", self.text(kind.name))).collect::<Vec<_>>();
            say(format!("Such a text has a provision of each of these kinds: {}.", kinds.join(", ")));
        }
        let by_level: Vec<(&str, Vec<&str>)> = [Some(Level::Error), Some(Level::Warning), Some(Level::Advice), None]
            .map(|level| {
                let own = checklist.levels.iter().filter(|(_, set, _)| *set == level).map(|(code, ..)| &**code);
                (level.map_or("off", Level::word), own.collect())
            })
            .into();
        for (word, codes) in by_level.iter().filter(|(_, codes)| !codes.is_empty()) {
            say(format!("{word}: {}.", codes.join(", ")));
        }
        for acceptance in &checklist.acceptances {
            let codes: Vec<&str> = acceptance.codes.iter().map(|(code, _)| &**code).collect();
            let until = acceptance.until.map(|until| format!(" until {until}")).unwrap_or_default();
            let because = acceptance.because.as_deref().unwrap_or("no reason is given");
            say(format!("accepted{until}: {} ({because}).", codes.join(", ")));
        }
        for kind in required.iter().filter(|kind| !kind.example.is_empty()) {
            let _ = writeln!(text, "\nFor example:\n");
            for line in kind.example.trim_matches('\n').lines() {
                let _ = writeln!(text, "{}", format!("    {line}").trim_end());
            }
        }
        let _ = writeln!(text, "\n`rapporteur rules --checklist {name}` lists every code with its level.");
        let json = json!({ "checklist": name, "label": checklist.label, "why": checklist.why, "source": checklist.source,
            "extends": checklist.extends.map(|base| self.text(base)),
            "requires": required.iter().map(|kind| self.text(kind.name)).collect::<Vec<_>>(),
            "levels": by_level.iter().map(|(word, codes)| json!({ "level": word, "codes": codes })).collect::<Vec<_>>() });
        Answer { text, json }
    }

    fn action(&self, action: &Action) -> Answer {
        let name = self.text(action.name);
        let list = |symbols: &[Symbol]| symbols.iter().map(|&symbol| self.text(symbol)).collect::<Vec<_>>();
        let mut text = format!("{name}: {}, {}, {}\n\n", action.label, action.participle, action.gerund);
        let mut say = |sentence: String| {
            let _ = writeln!(text, "{}", wrap(&sentence, WIDTH));
        };
        say(match action.nature {
            Nature::Achieve => "It is kept by doing it once within its time.".to_owned(),
            Nature::Maintain => "It is kept by doing it throughout its time.".to_owned(),
            Nature::Refrain => "It is kept by not doing something throughout its time.".to_owned(),
        });
        for (begin, symbols) in [
            ("It takes as object", &action.takes),
            ("It is undone by", &action.opposites),
            ("A ban on it follows from a ban on", &action.is),
        ] {
            if !symbols.is_empty() {
                say(format!("{begin}: {}.", list(symbols).join(", ")));
            }
        }
        for (holds, sentence) in [
            (action.exclusive, "Only one can do it for one thing in one place."),
            (action.agrees_to_agree, "It only promises a later promise."),
            (action.outcome_free, "It says nothing about a result."),
            (action.presupposes, "It presupposes that something is under way."),
        ] {
            if holds {
                say(sentence.to_owned());
            }
        }
        let json = json!({ "action": name, "label": action.label, "participle": action.participle,
            "gerund": action.gerund, "nature": natures(action.nature), "opposites": list(&action.opposites),
            "is": list(&action.is), "takes": list(&action.takes), "exclusive": action.exclusive,
            "agrees_to_agree": action.agrees_to_agree, "outcome_free": action.outcome_free,
            "presupposes": action.presupposes });
        Answer { text, json }
    }
}

/// How rules are written.
fn rule_language() -> Answer {
    let sections = reference::sections();
    let mut text = "The language of rules: what a `rule` of a library can say.\n".to_owned();
    for section in &sections {
        let _ = writeln!(text, "\n{}\n", section.title);
        if !section.about.is_empty() {
            let _ = writeln!(text, "{}\n", wrap(&section.about, WIDTH));
        }
        for row in &section.rows {
            let lines = wrap(&row.about, WIDTH - INDENT);
            let mut lines = lines.lines();
            let name = &row.name;
            // A long name has a line of its own.
            if name.chars().count() + 4 > INDENT {
                let _ = writeln!(text, "  {name}");
            } else {
                let _ = writeln!(text, "  {name:0$}{1}", INDENT - 2, lines.next().unwrap_or(""));
            }
            for line in lines {
                let _ = writeln!(text, "{:INDENT$}{line}", "");
            }
        }
    }
    let rows = |rows: &[reference::Row]| -> Vec<Value> {
        rows.iter().map(|row| json!({ "name": row.name, "about": row.about })).collect()
    };
    let json = sections
        .iter()
        .map(|section| json!({ "title": section.title, "about": section.about, "rows": rows(&section.rows) }))
        .collect();
    Answer { text, json }
}

/// Where the words about a name begin.
const INDENT: usize = 20;

const fn natures(nature: Nature) -> &'static str {
    match nature {
        Nature::Achieve => "achieve",
        Nature::Maintain => "maintain",
        Nature::Refrain => "refrain",
    }
}

/// The page of a code as data.
#[derive(Serialize)]
struct PageJson<'a> {
    code: &'a str,
    title: &'a str,
    level: Option<&'static str>,
    what: &'a str,
    why: &'a str,
    source: &'a str,
    accept: &'a str,
    files: BTreeMap<&'a str, &'a str>,
    bad: Vec<&'a str>,
    good: Vec<&'a str>,
}

fn page(page: &Page) -> Answer {
    let level = page.level.map(|level| level.word());
    let mut text = format!("{} ({}): {}\n", page.code, level.unwrap_or("advice where left open"), page.title);
    let mut say = |begin: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "\n{}", wrap(&format!("{begin}{words}"), WIDTH));
        }
    };
    say("", &page.what);
    say("Why: ", &page.why);
    say("Source: ", &page.source);
    let mut show = |title: &str, lines: &str| {
        let _ = writeln!(text, "\n{title}\n");
        for line in lines.trim_end().lines() {
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
    };
    for (name, beside) in &page.files {
        show(&format!("With a file {name} beside the draft:"), beside);
    }
    for (title, examples) in [("Not like this:", &page.bad), ("Like this:", &page.good)] {
        for example in examples {
            show(title, &example.text);
        }
    }
    if !page.accept.is_empty() {
        let _ = writeln!(text, "\n{}", wrap(&page.accept, WIDTH));
    }
    let examples = |list: &'_ [pages::Example]| list.iter().map(|example| example.text.clone()).collect::<Vec<_>>();
    let (bad, good) = (examples(&page.bad), examples(&page.good));
    let data = PageJson {
        code: &page.code,
        title: &page.title,
        level,
        what: &page.what,
        why: &page.why,
        source: &page.source,
        accept: &page.accept,
        files: page.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        bad: bad.iter().map(String::as_str).collect(),
        good: good.iter().map(String::as_str).collect(),
    };
    Answer { text, json: serde_json::to_value(data).unwrap_or_default() }
}
