//! What a file says, word for word: the tree that the parser makes and the resolver reads.
//!
//! Every node holds places in the text, not the text itself; what a word means (which verb, which party, which unit) is
//! not known here. An absent optional place is an empty span.

pub mod rule;

use crate::source::Span;
use std::fmt;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree<'a> {
    /// Its items in the order of the text.
    pub items: Vec<Item<'a>>,
    /// Every comment, `//` to the end of its line.
    pub comments: Vec<Span>,
    /// Stretches that could not be read; a name that stands in one may have been declared there.
    pub skipped: Vec<Span>,
}

/// `keyword name "Label" { entries }`, and `import "file" as name`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    /// From the keyword to the closing brace.
    pub span: Span,
    /// The word that says what it is: `party`, `troops`, `import`, …
    pub keyword: Span,
    /// The name; of an import the name after `as`; empty where there is none.
    pub name: Span,
    /// The label; of an import the file.
    pub label: Option<Text>,
    /// Whether a block `{ … }` was written, be it empty.
    pub has_block: bool,
    /// What stands in the block.
    pub entries: &'a [Entry<'a>],
    /// Whether something in it could not be read, so that nothing may be concluded from what is absent.
    pub damaged: bool,
}

/// What stands in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry<'a> {
    /// `name: value, value`
    Field(Field<'a>),
    /// `FR shall deploy force.`
    Norm(&'a Norm<'a>),
    /// `field strength { … }`, `version ru { … }`
    Item(&'a Item<'a>),
    /// `accept troops/strength because "…".`
    Acceptance(&'a Acceptance<'a>),
    /// A line of a scenario.
    Sentence(&'a Sentence<'a>),
    /// `for:`, `expect:` or `mark:` of a rule.
    Rule(&'a rule::Line<'a>),
}

/// `name: value, value`, or `when: phrases`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field<'a> {
    /// From the name to the last value.
    pub span: Span,
    /// The name without its colon.
    pub name: Span,
    /// The values, in order.
    pub values: &'a [Value<'a>],
    /// The phrases of a `when:` field.
    pub phrases: &'a [Phrase<'a>],
    /// Whether it could not be read to its end.
    pub damaged: bool,
}

/// One value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value<'a> {
    /// All its words.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind<'a>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueKind<'a> {
    /// Quoted prose: an open point where something else belongs.
    Text(Text),
    /// `open`: left open on purpose.
    Open,
    /// `yes`
    Yes,
    /// `no`
    No,
    /// `none`
    None,
    /// A name or a word: `FR`, `treaty`, `force(a)`; with a share `UNC 5`, `FR 40%` and a date `MLC on 1999-08-01`.
    Name {
        /// The name.
        name: Reference,
        /// The number behind it, its `%` included; absent where there is none.
        count: Option<Number>,
        /// The date after `on`.
        on: Option<&'a TimePoint<'a>>,
    },
    /// `quantity of personnel`, `start of withdrawal` where no duration follows.
    Of(Reference, Reference),
    /// `troops/strength`
    Code(Span),
    /// An amount of something; never a length of time.
    Amount(&'a Amount),
    /// A length of time: `at least 6 months`, `28..31 days`.
    Length(Length),
    /// A point in time that is not a bare name: `2026-01-06`, `signature + 30 days`.
    Time(&'a TimePoint<'a>),
}

/// A quoted text, with its quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The quotation marks and all between them.
    pub span: Span,
    /// Whether it has three quotation marks at each end.
    pub long: bool,
}

/// A name, with all that stands against it: `force`, `june.zones`, `force(a)`, `assistance(a).2`.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Reference {
    /// All of it.
    pub span: Span,
    path_end: u32,
    letter_end: u32,
}

impl Reference {
    /// A name or path alone.
    pub const fn path_only(span: Span) -> Self {
        Self { span, path_end: span.end, letter_end: 0 }
    }

    /// A path that ends at `path_end`, and a letter behind its bracket that ends at `letter_end`.
    pub(crate) const fn with_letter(span: Span, path_end: u32, letter_end: u32) -> Self {
        Self { span, path_end, letter_end }
    }

    /// The name or path.
    pub const fn path(self) -> Span {
        Span::new(self.span.start, self.path_end)
    }

    /// The letter between the brackets; empty where there is none.
    pub const fn letter(self) -> Span {
        if self.letter_end == 0 { Span::new(0, 0) } else { Span::new(self.path_end + 1, self.letter_end) }
    }

    /// The number of the act behind them; empty where there is none.
    pub const fn act(self) -> Span {
        let start = self.letter_end + 2;
        if self.letter_end == 0 || start >= self.span.end { Span::new(0, 0) } else { Span::new(start, self.span.end) }
    }
}

/// Shows its parts as places, like every other node.
impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { span, .. } = self;
        let (path, letter, act) = (self.path(), self.letter(), self.act());
        f.debug_struct("Reference")
            .field("span", span)
            .field("path", &path)
            .field("letter", &letter)
            .field("act", &act)
            .finish()
    }
}

/// Digits, `10_000`, `2.5`, or a fraction `2/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The digits.
    pub span: Span,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// `minute`
    Minute,
    /// `hour`
    Hour,
    /// `day`
    Day,
    /// `week`
    Week,
    /// `month`
    Month,
    /// `year`
    Year,
}

/// What bounds an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `at least n`, `no fewer than n`, `no less than n`
    AtLeast,
    /// `at most n`, `no more than n`
    AtMost,
    /// `up to n`: at most, and zero will do
    UpTo,
    /// `more than n`
    MoreThan,
    /// `fewer than n`, `less than n`
    FewerThan,
    /// `about n`
    About,
    /// `exactly n`
    Exactly,
}

/// How many, how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// All its words, without the object.
    pub span: Span,
    /// The words before the number.
    pub bound: Option<Bound>,
    /// The number, or what stands in its place.
    pub kind: AmountKind,
    /// `a further n`
    pub further: bool,
    /// What is counted; see [`Unit`].
    pub unit: Unit,
    /// `per month`, `per hub`; empty where there is none.
    pub per: Span,
    /// `… times every 2 weeks`
    pub every: Option<Duration>,
}

/// The number of an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AmountKind {
    /// `n` or `n..m`, with a scale word: the power of ten that it stands for.
    Range {
        /// The lower number.
        low: Number,
        /// The upper one.
        high: Option<Number>,
        /// 0, 3, 6 or 9.
        scale: u8,
    },
    /// `equal shares`
    EqualShares,
    /// `the remaining`
    Remaining,
}

/// What follows or precedes the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing on its line.
    None,
    /// `%`
    Percent,
    /// Three capitals before the number.
    Currency(Span),
    /// The word behind the number, on its line: a unit, or the thing counted.
    Word(Span),
}

/// `30 days`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// Number and unit.
    pub span: Span,
    /// The number.
    pub number: Number,
    /// The unit.
    pub unit: TimeUnit,
}

/// `at least 6 months`, `28..31 days`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// All its words.
    pub span: Span,
    /// The words before the number.
    pub bound: Option<Bound>,
    /// The lower number.
    pub low: Number,
    /// The upper one.
    pub high: Option<Number>,
    /// The unit.
    pub unit: TimeUnit,
}

/// A point in time: a base, moved by durations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimePoint<'a> {
    /// All its words.
    pub span: Span,
    /// What it is counted from.
    pub base: TimeBase,
    /// How far from there; `14 days before T` is an offset too.
    pub offsets: &'a [Offset],
}

/// `+ 14 days`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// Whether it goes back in time.
    pub back: bool,
    /// How far.
    pub by: Duration,
}

/// What a point in time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBase {
    /// `2026-01-06`
    Date(Span),
    /// `2001-10`
    Month(Span),
    /// `2026-01-06T04:00+02:00`
    Instant(Span),
    /// An event, a clause, a phase, `signature`, `expiry`.
    Name(Reference),
    /// `start of X`, `end of X`, `fulfilment of X`: the word, then X.
    Of(Span, Reference),
    /// `entry into force`, of the instrument checked or of the one named.
    EntryIntoForce(Option<Reference>),
    /// A quoted description.
    Text(Text),
}

/// A sentence that says who must, may or must not do what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norm<'a> {
    /// From the letter or subject to the full stop.
    pub span: Span,
    /// The word between brackets before it; empty where there is none.
    pub letter: Span,
    /// `only FR may …`
    pub only: bool,
    /// Who; of a passive what; empty for `there shall be`.
    pub subject: Things<'a>,
    /// Whether it begins with `there`.
    pub there: bool,
    /// The modal words.
    pub modal: Modal,
    /// `each` or `jointly`, on either side of the modal.
    pub manner: Option<Manner>,
    /// The phrases between the modal and the first act: they hold for every act.
    pub phrases: &'a [Phrase<'a>],
    /// The acts, at least one unless damaged.
    pub acts: &'a [Act<'a>],
    /// Whether it could not be read to its end.
    pub damaged: bool,
}

/// How several actors owe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// Each of them owes all of it.
    Each,
    /// They owe it together.
    Jointly,
}

/// How strongly a norm binds, by its modal words; ordered from the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// `may`, `is entitled to`: permission
    Option,
    /// `should`, `endeavours to`: effort only
    Effort,
    /// `intends to`, `stands ready to`: no obligation
    Intent,
    /// `will`, `commits to`: political obligation
    Firm,
    /// `shall`, `undertakes to`: obligation
    Duty,
}

/// What a norm does with its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// It is to be done: `shall`, `will`, `intends to`, `should`; the strength says how firmly.
    Oblige,
    /// It is not to be done: `shall not`, `may not`, `refrains from`.
    Forbid,
    /// It may be done: `may`, `is entitled to`.
    Permit,
    /// It need not be done: `is not obliged to`.
    Release,
}

/// The modal words of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modal {
    /// All of them, `not` and a chained `endeavour to` or `refrain from` included.
    pub span: Span,
    /// The weakest strength among them.
    pub strength: Strength,
    /// What they do with the act, `not` and `refrain from` taken in.
    pub mode: Mode,
    /// Whether it ends in `refrain from`, so that a gerund follows.
    pub gerund: bool,
}

/// Actors, objects or places, joined by `,` and `and`, or by `or`.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Things<'a> {
    /// Them, in order.
    pub list: &'a [Thing<'a>],
    /// Whether `or` joins them: one is enough.
    pub any: bool,
}

/// One actor, object or place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thing<'a> {
    /// All its words.
    pub span: Span,
    /// What it is.
    pub kind: ThingKind<'a>,
}

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThingKind<'a> {
    /// A name.
    Name(Reference),
    /// Quoted, so nobody knows what it is.
    Text(Text),
    /// `the parties`: all signatories.
    TheParties,
    /// `all parties`: every declared party.
    AllParties,
    /// `no party`, `nobody`
    Nobody,
    /// `anyone except X`
    AnyoneExcept(&'a Things<'a>),
    /// An amount with what it is of, if a word says so: `40% of force`, `3 brigades`.
    Amount(&'a (Amount, Option<Reference>)),
}

/// One act of a norm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Act<'a> {
    /// From its mark or verb to its last phrase.
    pub span: Span,
    /// The mark between brackets before it; empty where there is none.
    pub letter: Span,
    /// How it is said.
    pub form: ActForm,
    /// The verb as written: infinitive, participle after `be`, gerund after `refrain from`. Empty for `there shall be`.
    pub verb: Span,
    /// What is done; of a passive this is the norm's subject, and this is empty.
    pub objects: Things<'a>,
    /// Where, when, with whom, on what condition.
    pub phrases: &'a [Phrase<'a>],
    /// What `ensure that` promises for others.
    pub ensured: Option<&'a Ensured<'a>>,
}

/// How an act is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActForm {
    /// `FR shall deploy force`
    Active,
    /// `force shall be deployed by FR`
    Passive,
    /// `there shall be a commission`
    Constitutive,
}

/// `ensure that FR, GB deploy force`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ensured<'a> {
    /// Who is to act, without being bound by this.
    pub actors: Things<'a>,
    /// What they are to do.
    pub act: Act<'a>,
}

/// The word or words that begin a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the words it is named after")]
pub enum Lead {
    In,
    To,
    From,
    At,
    On,
    Along,
    Across,
    Near,
    Against,
    About,
    AccordingTo,
    With,
    For,
    Under,
    InAgreementWith,
    InParallelWith,
    InAccordanceWith,
    OnlyInOrderTo,
    SubjectTo,
    Notwithstanding,
    WithoutPrejudiceTo,
    ExceptAsIn,
    Except,
    Within,
    By,
    NoLaterThan,
    NoEarlierThan,
    Before,
    After,
    Upon,
    UponEach,
    Until,
    Every,
    During,
    If,
    Unless,
    While,
    /// `as CLAUSE begins`
    As,
    /// A quoted phrase without a leading word.
    Words,
}

/// One phrase of a norm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phrase<'a> {
    /// All its words.
    pub span: Span,
    /// What it begins with.
    pub lead: Lead,
    /// The rest.
    pub body: PhraseBody<'a>,
}

/// What follows the leading word of a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PhraseBody<'a> {
    /// Names or quoted descriptions. What a bare name is (place, actor, event) the resolver tells by its kind.
    Names(Things<'a>),
    /// A number of things: `to 800_000 personnel`, `by 40%`; with [`Lead::Every`] how often: `3 times every 2 weeks`.
    Amount(&'a Amount),
    /// A point in time that is not a bare name: `by 2026-07-01`, `after ceasefire + 3 days`.
    Time(&'a TimePoint<'a>),
    /// `within 30 days`, with the point it counts from, if one is named.
    Within(Duration, Option<&'a TimePoint<'a>>),
    /// `30 days after T`, `at least 14 days before T`: [`Lead::After`] or [`Lead::Before`].
    Distance(Length, &'a TimePoint<'a>),
    /// `for 6 months`: [`Lead::For`]
    Length(Length),
    /// `every 2 weeks`, `every month`
    Every(Option<Number>, TimeUnit),
    /// `if`, `unless`, `while`
    Condition(&'a Condition<'a>),
    /// Quoted words: with [`Lead::Words`] words with no test, with [`Lead::OnlyInOrderTo`] the purpose.
    Text(Text),
}

/// A condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition<'a> {
    /// All its words.
    pub span: Span,
    /// What it is.
    pub kind: ConditionKind<'a>,
}

/// What a condition is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConditionKind<'a> {
    /// Every one holds.
    And(&'a [Condition<'a>]),
    /// At least one holds.
    Or(&'a [Condition<'a>]),
    /// It does not hold.
    Not(&'a Condition<'a>),
    /// An event has happened, a phase runs, a clause is fulfilled; or what the state says.
    Holds(Reference, Option<State>),
    /// A quoted description.
    Text(Text),
}

/// `is fulfilled`, `is not broken`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Which.
    pub kind: StateKind,
    /// Whether `not` stands before it.
    pub negated: bool,
}

/// The states that a clause can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    /// All its duties to achieve are done.
    Fulfilled,
    /// One of its norms is broken.
    Broken,
    /// One of its duties is due.
    Due,
    /// It applies.
    InForce,
}

/// `accept troops/strength until 2026-12-31 because "set in the annex".`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acceptance<'a> {
    /// From `accept` to the full stop.
    pub span: Span,
    /// The codes or groups.
    pub codes: &'a [Span],
    /// The end date; empty where there is none.
    pub until: Span,
    /// The reason.
    pub because: Option<Text>,
}

/// A line of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sentence<'a> {
    /// From its first word to the full stop.
    pub span: Span,
    /// What it says.
    pub kind: SentenceKind<'a>,
}

/// What a line of a scenario says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SentenceKind<'a> {
    /// `ceasefire on 2026-03-01.`, `attack never.`, `force(a) is fulfilled on 2026-03-20.`
    Story {
        /// The event or clause.
        what: Reference,
        /// What is said of a clause.
        state: Option<State>,
        /// When; absent for `never`.
        when: Option<Phrase<'a>>,
    },
    /// `expect FR obliged to deploy by 2026-04-13.`
    Expect {
        /// Who, or the clause whose state is expected.
        who: Things<'a>,
        /// `obliged`, `expected`, `free`, `forbidden`, `entitled`, `in breach`, or a state; the words as written.
        verdict: Span,
        /// What is expected of a clause.
        state: Option<State>,
        /// What they are obliged, free, … to do.
        act: Option<Act<'a>>,
        /// `of CLAUSE`, for `in breach of`.
        of: Option<Reference>,
        /// `by T`, `on T`.
        when: Option<Phrase<'a>>,
    },
}

impl<'a> Item<'a> {
    /// The fields of the block, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Field(field) => Some(field),
            _ => None,
        })
    }

    /// The norms of the block, in order.
    pub fn norms(&self) -> impl Iterator<Item = &Norm<'a>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Norm(norm) => Some(&**norm),
            _ => None,
        })
    }

    /// The items nested in the block, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Item(item) => Some(&**item),
            _ => None,
        })
    }
}
