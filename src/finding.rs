//! What the checker has to say: plain data, open to every station after it.
//!
//! A finding knows a code, places and words. It knows no rule and no terminal.

use crate::source::Loc;
use std::borrow::Cow;

/// How bad a finding is; ordered from the mildest to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Worth knowing.
    Advice,
    /// A gap or a doubt that a careful drafter would close.
    Warning,
    /// The text cannot be applied as it stands.
    Error,
}

impl Level {
    /// The word that a person reads and a `level:` field holds.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Advice => "advice",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level of such a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Level::Advice, Level::Warning, Level::Error].into_iter().find(|level| level.word() == word)
    }
}

/// `group/name`: what a finding is of. Codes never change their meaning.
pub type Code = Cow<'static, str>;

/// What the findings of a code have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Title {
    /// `group/name`
    pub code: &'static str,
    /// How bad they are by themselves.
    pub level: Level,
    /// The defect in at most eight words, lower case.
    pub title: &'static str,
}

impl Title {
    /// A code, its level and the defect.
    pub const fn new(code: &'static str, level: Level, title: &'static str) -> Self {
        Self { code, level, title }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Certainty {
    /// It holds whatever happens.
    #[default]
    Certain,
    /// It holds in the story that the finding tells.
    Conditional,
    /// It holds if things that the draft leaves open are the same.
    Possible,
}

impl Certainty {
    /// The word used in machine formats.
    pub const fn word(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Conditional => "conditional",
            Certainty::Possible => "possible",
        }
    }
}

/// A place that takes part in a finding, and what it does there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The words underlined.
    pub at: Loc,
    /// What stands there, in the drafter's words; short, lower case, no full stop. May be empty for the first label.
    pub text: Cow<'static, str>,
    /// The part this place plays: `obliges`, `forbids`, `defines`, …; empty where it is only the place of the finding.
    pub role: &'static str,
}

/// One step of a story: an event and when it comes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoryStep {
    /// The event, by its label.
    pub event: String,
    /// `day 0`, `2026-03-01`, `never`.
    pub at: String,
    /// What the story takes for broken by it: "Russia breaks `peace`".
    pub assumes: Option<String>,
}

/// A change to one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The words replaced; empty to insert before them.
    pub at: Loc,
    /// What to put there.
    pub text: String,
}

/// A way to resolve a finding by editing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the edit does, as a command: "write `10_000`".
    pub title: String,
    /// Whether it keeps the meaning that the drafter must have had.
    pub safe: bool,
    /// The edits, none overlapping another.
    pub edits: Vec<Edit>,
}

/// One thing that the checker reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// `group/name`.
    pub code: Code,
    /// How bad it is.
    pub level: Level,
    /// One sentence that a drafter understands alone, no full stop; the user's own names in backticks.
    pub message: String,
    /// The places, the one to look at first in front. Never empty.
    pub labels: Vec<Label>,
    /// What to write instead, in the draft's own language.
    pub help: Option<String>,
    /// A line that would settle it, where one line does: `strength: 10_000 personnel`. The help holds it as well.
    pub example: Option<String>,
    /// The clause or item it is about, by name.
    pub clause: Option<String>,
    /// The norms that clash, `force(a)`; empty for everything but a contradiction.
    pub clauses: Vec<String>,
    /// Whether `clauses` is known to be a smallest set.
    pub minimal: bool,
    /// How many more of the same it stands for, neither labelled nor named.
    pub also: usize,
    /// How sure it is.
    pub certainty: Certainty,
    /// The dated story in which it happens.
    pub story: Vec<StoryStep>,
    /// Edits that would resolve it, the best first.
    pub fixes: Vec<Fix>,
    /// The reason under which the drafters accept it.
    pub accepted: Option<String>,
    /// Whether a baseline knows it.
    pub known: bool,
}

impl Finding {
    /// A finding with one place; the other parts are added by the methods below.
    pub fn new(code: impl Into<Code>, level: Level, message: impl Into<String>, at: Loc) -> Self {
        Self {
            code: code.into(),
            level,
            message: message.into(),
            labels: vec![Label { at, text: Cow::Borrowed(""), role: "" }],
            help: None,
            example: None,
            clause: None,
            clauses: Vec::new(),
            minimal: true,
            also: 0,
            certainty: Certainty::Certain,
            story: Vec::new(),
            fixes: Vec::new(),
            accepted: None,
            known: false,
        }
    }

    /// Says what stands at the first place.
    pub fn saying(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Adds a further place.
    pub fn label(mut self, at: Loc, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push(Label { at, text: text.into(), role: "" });
        self
    }

    /// Says what to write instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Gives a line that would settle it.
    pub fn example(mut self, line: impl Into<String>) -> Self {
        self.example = Some(line.into());
        self
    }

    /// Names the clause or item it is about.
    pub fn about(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// Adds a fix of a single edit.
    pub fn fix(mut self, title: impl Into<String>, safe: bool, at: Loc, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { title: title.into(), safe, edits: vec![Edit { at, text: text.into() }] });
        self
    }

    /// The place to look at first.
    pub fn at(&self) -> Loc {
        self.labels.first().map(|label| label.at).unwrap_or_default()
    }

    /// Whether it is still to be settled: neither accepted nor known.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none() && !self.known
    }

    /// The part of the code before the slash.
    pub fn group(&self) -> &str {
        self.code.split('/').next().unwrap_or(&self.code)
    }
}
