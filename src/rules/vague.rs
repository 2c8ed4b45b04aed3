//! Words that nobody can test: the lexicons of the vocabulary, and quoted words that no lexicon knows.

use super::ask::{add, condition_targets};
use super::completeness::{lower_first, takes_text};
use super::{Draft, Report, Rule, read, warning};
use crate::finding::{Finding, Level};
use crate::model::clause::{Target, ValueKind, What};
use crate::model::norm::{Lead, Norm, OrderKind, RoleKind};
use crate::model::standard::Standard;
use crate::model::time::Anchor;
use crate::model::vocabulary::Lexicon;
use crate::model::{Entity, known};
use crate::source::{Loc, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

const CONDITION: Rule = read("vague/untested-condition", Level::Warning, "condition in words that nobody can test");

/// The rows of this family; the lexicons of the vocabulary add theirs.
pub const RULES: &[Rule] =
    &[CONDITION, warning("vague/unbounded-place", "near or along without a distance", unbounded_place)];

/// Looks through all quoted words once: for the words of every lexicon, and for those that none knows.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    let draft = *draft;
    let words = Words::of(draft);
    let mut unknown = Vec::new();
    // The same words in the same sentence, repeated clause after clause, are one defect.
    let mut told: FxHashMap<(usize, &str, u32), usize> = FxHashMap::default();
    let defined = Defined::of(draft);
    let mut in_sentences: FxHashSet<(Entity, usize)> = FxHashSet::default();
    for quote in quotes(draft) {
        let mut hits = words.hits(draft, quote.at);
        in_sentences.extend(hits.iter().map(|(lexicon, _)| (quote.about, *lexicon)));
        if hits.is_empty() {
            unknown.push(quote);
        }
        hits.retain(|(lexicon, at)| {
            let described = quote.role == Role::Definition
                && draft.model.vocabulary.lexicons.get(*lexicon).is_some_and(|list| !list.definitions);
            !described && !defined.covers(draft, quote, *at)
        });
        for (lexicon, at) in hits {
            let Some(list) = draft.model.vocabulary.lexicons.get(lexicon) else { continue };
            // Where a typed value belongs, the graver of the two defects is told.
            if matches!(quote.role, Role::TypedField(level) if level > list.level) {
                continue;
            }
            let key = (lexicon, draft.words(quote.at), at.span.start - quote.at.span.start);
            if let Some(known) = told.get(&key).and_then(|&index| found.get_mut(index)) {
                add(known, at, "and here");
                continue;
            }
            told.insert(key, found.len());
            found.push(about(draft, quote.about, vague(draft, quote, list, at)));
        }
    }
    in_original(draft, &words, &defined, &in_sentences, found);
    super::role::unnamed_actors(draft, &unknown, found);
    untested_conditions(draft, &unknown, found);
}

/// Vague words in the text as it is quoted. The item says in fields and sentences what they come to, so that they are worth an
/// advice, and none where the same defect is told of the item itself.
fn in_original(
    draft: Draft,
    words: &Words,
    defined: &Defined,
    told: &FxHashSet<(Entity, usize)>,
    found: &mut Vec<Finding>,
) {
    for (entity, item) in draft.own_items() {
        let texts = item.fields.iter().filter(|field| field.name == known::TEXT).flat_map(|field| &field.values);
        for value in texts.filter(|value| matches!(value.kind, ValueKind::Prose(_))) {
            let quote = Quote { at: value.at, about: entity, role: Role::Original };
            for (lexicon, at) in words.hits(draft, quote.at) {
                let Some(list) = draft.model.vocabulary.lexicons.get(lexicon) else { continue };
                if told.contains(&(entity, lexicon)) || defined.covers(draft, quote, at) {
                    continue;
                }
                let mut finding = vague(draft, quote, list, at);
                finding.level = Level::Advice;
                found.push(about(draft, entity, finding));
            }
        }
    }
}

/// What the draft itself defines: such words are as precise as their definition, which is looked through where it stands.
struct Defined {
    /// Names with spaces and labels, lower case, with the item that says what they mean; the first where there are several.
    names: FxHashMap<String, Entity>,
}

/// How many words before and behind a vague one may belong to a defined expression.
const AROUND: usize = 4;

impl Defined {
    fn of(draft: Draft) -> Self {
        let mut names = FxHashMap::default();
        for (entity, item) in draft.own_items() {
            let can_define = matches!(entity, Entity::Term(_) | Entity::Event(_) | Entity::Thing(_));
            if can_define && item.field(known::MEANS).is_some() {
                let name = draft.text(item.name).replace('-', " ");
                for name in [name.as_str(), item.label.as_deref().unwrap_or("")] {
                    names.entry(name.to_lowercase()).or_insert(entity);
                }
            }
        }
        Self { names }
    }

    /// Whether a vague word is part of a defined expression.
    fn covers(&self, draft: Draft, quote: Quote, at: Loc) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let text = draft.words(quote.at);
        let start = (at.span.start - quote.at.span.start) as usize;
        let end = (at.span.end - quote.at.span.start) as usize;
        let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
        let starts = before.char_indices().rev().filter(|(_, c)| !c.is_alphanumeric()).map(|(i, c)| i + c.len_utf8());
        let ends: Vec<usize> = (after.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(i, _)| end + i))
            .chain([text.len()])
            .take(AROUND)
            .collect();
        let mut starts = starts.chain([0]).take(AROUND);
        // Nothing is defined by its own name.
        starts.any(|from| {
            ends.iter()
                .filter_map(|&until| text.get(from..until))
                .any(|words| self.names.get(words.to_lowercase().as_str()).is_some_and(|entity| *entity != quote.about))
        })
    }
}

fn vague(draft: Draft, quote: Quote, list: &Lexicon, at: Loc) -> Finding {
    let message = match draft.model.name(quote.about) {
        "" => format!("`{}` is vague", folded(draft.words(at))),
        name => format!("`{}` in `{name}` is vague", folded(draft.words(at))),
    };
    let code = format!("vague/{}", draft.text(list.name));
    let finding = Finding::new(code, list.level, message, at).saying(lower_first(&list.label));
    if list.help.trim().is_empty() { finding } else { finding.help(list.help.trim()) }
}

fn about(draft: Draft, entity: Entity, finding: Finding) -> Finding {
    match draft.model.name(entity) {
        "" => finding,
        name => finding.about(name),
    }
}

/// Quoted words of the draft's own file, and what they stand for.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    /// The string with its quotation marks.
    pub(super) at: Loc,
    /// The item it stands in.
    pub(super) about: Entity,
    /// Where in it.
    pub(super) role: Role,
}

/// Where quoted words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// In a field that takes prose, or that no kind declares.
    Field,
    /// Where the words of the text itself are kept, which the item puts into sentences.
    Original,
    /// Where an item says what it means.
    Definition,
    /// In a field where a typed value belongs, and how bad prose is there.
    TypedField(Level),
    /// Who acts.
    Actor,
    /// A condition, a point in time, or what the norm is subject to.
    Condition,
    /// Everything else in a norm.
    Other,
}

/// Every quoted stretch of the draft's own file that may be vague, once each, in the order of the text within an item.
pub(super) fn quotes(draft: Draft) -> Vec<Quote> {
    let mut found = Vec::new();
    for (entity, item) in draft.own_items() {
        let kind = draft.model.vocabulary.kind(item.kind);
        for field in &item.fields {
            // Words that are quoted from elsewhere, or say why.
            if matches!(field.name, known::TEXT | known::SOURCE | known::NOTE | known::ROLE | known::USED_BY) {
                continue;
            }
            let typed = kind.and_then(|kind| kind.field(field.name)).filter(|spec| !takes_text(spec));
            let role = match typed {
                _ if field.name == known::MEANS => Role::Definition,
                Some(spec) => Role::TypedField(spec.level.unwrap_or(Level::Advice)),
                None => Role::Field,
            };
            let prose = field.values.iter().filter(|value| matches!(value.kind, ValueKind::Prose(_)));
            found.extend(prose.map(|value| Quote { at: value.at, about: entity, role }));
        }
    }
    // A `when:` stands in every norm of its clause, or of the whole draft.
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    for (_, norm) in draft.own_norms() {
        quotes_of(norm, &mut |at, role| {
            if seen.insert(at) {
                found.push(Quote { at, about: stands_in(draft, norm, at), role });
            }
        });
    }
    found
}

/// The item in which a part of a norm stands: its clause, or the declaration where a `when:` there holds for all clauses.
fn stands_in(draft: Draft, norm: &Norm, at: Loc) -> Entity {
    let whole = draft.model.clause(norm.clause).item.whole;
    let inside = whole.file == at.file && whole.span.contains(at.span);
    match draft.model.declaration.filter(|_| !inside) {
        Some(declaration) => Entity::Instrument(declaration),
        None => Entity::Clause(norm.clause),
    }
}

fn quotes_of(norm: &Norm, found: &mut impl FnMut(Loc, Role)) {
    let is_prose = |target: &&Target| matches!(target.what, What::Prose(_));
    norm.actors.list.iter().filter(is_prose).for_each(|it| found(it.at, Role::Actor));
    norm.objects.list.iter().filter(is_prose).for_each(|it| found(it.at, Role::Other));
    norm.roles.iter().map(|role| &role.target).filter(is_prose).for_each(|it| found(it.at, Role::Other));
    norm.words.iter().for_each(|it| found(it.at, Role::Other));
    norm.purpose.iter().for_each(|it| found(it.at, Role::Other));
    for order in norm.orders.iter().filter(|order| matches!(order.target.what, What::Prose(_))) {
        let gates = order.kind == OrderKind::SubjectTo;
        found(order.target.at, if gates { Role::Condition } else { Role::Other });
    }
    let mut targets = Vec::new();
    norm.guard.iter().for_each(|guard| condition_targets(&guard.condition, &mut targets));
    targets.into_iter().filter(is_prose).for_each(|it| found(it.at, Role::Condition));
    for time in norm.times.iter().filter_map(super::ask::time_of) {
        if matches!(time.anchor, Anchor::Prose(_)) {
            found(time.at, Role::Condition);
        }
    }
    if let Some(inner) = &norm.ensures {
        quotes_of(inner, found);
    }
}

/// The words of all lexicons, found by the first word of each.
#[derive(Clone, Default)]
pub(super) struct Words {
    /// By the key of the first [`word`], the longest expression first; one that begins with a mark has the key of no word.
    patterns: FxHashMap<u64, SmallVec<[Pattern; 2]>>,
    /// Which keys there can be, by their upper bits: most words of a text begin no expression, and are seen not to here.
    begins: Vec<u64>,
}

/// How many bits tell which keys there can be.
const BITS: usize = 1 << 13;

/// The bit of a key: its upper bits, which a multiplication mixes best.
fn bit(key: u64) -> usize {
    (key >> 51) as usize
}

/// An expression of a lexicon.
#[derive(Clone, Copy)]
struct Pattern {
    lexicon: usize,
    /// Its place among the words of the lexicon, those that are vague alone behind the others.
    nth: usize,
}

impl Pattern {
    /// The expression, and whether it is vague only where nothing else is said.
    fn read(self, lists: &[Lexicon]) -> (&str, bool) {
        let Some(list) = lists.get(self.lexicon) else { return ("", false) };
        let alone = self.nth >= list.words.len();
        let word = if alone { list.alone.get(self.nth - list.words.len()) } else { list.words.get(self.nth) };
        (word.map_or("", |word| word), alone)
    }
}

/// The lexicons that come with the program, sorted once: most drafts have no other.
static STANDARD: LazyLock<Words> = LazyLock::new(|| Words::build(&Standard::embedded().vocabulary.lexicons));

impl Words {
    /// The lexicons of a draft.
    pub(super) fn of(draft: Draft) -> Cow<'static, Words> {
        let (own, standard) = (&draft.model.vocabulary, &Standard::embedded().vocabulary);
        if Arc::ptr_eq(own, standard) || own.lexicons == standard.lexicons {
            Cow::Borrowed(&*STANDARD)
        } else {
            Cow::Owned(Self::build(&own.lexicons))
        }
    }

    fn build(lists: &[Lexicon]) -> Self {
        let mut words = Self::default();
        for (lexicon, list) in lists.iter().enumerate() {
            for nth in 0..list.words.len() + list.alone.len() {
                let pattern = Pattern { lexicon, nth };
                let (text, _) = pattern.read(lists);
                if !text.is_empty() {
                    words.patterns.entry(word(text, 0).1).or_default().push(pattern);
                }
            }
        }
        words.begins = vec![0; BITS / 64];
        for &key in words.patterns.keys() {
            if let Some(bits) = words.begins.get_mut(bit(key) / 64) {
                *bits |= 1 << (bit(key) % 64);
            }
        }
        for patterns in words.patterns.values_mut() {
            patterns.sort_by_key(|pattern| Reverse(pattern.read(lists).0.len()));
        }
        words
    }

    /// The longest expression that stands where a text has a word of this key, and where it ends.
    fn at(&self, lists: &[Lexicon], text: &str, (start, key): (usize, u64)) -> Option<(Pattern, usize)> {
        if self.begins.get(bit(key) / 64)? >> (bit(key) % 64) & 1 == 0 {
            return None;
        }
        let patterns = self.patterns.get(&key)?;
        let rest = text.get(start..)?;
        let stands = |pattern: &&Pattern| {
            let (words, _) = pattern.read(lists);
            // Their last letters tell most of them apart.
            let last = |text: &str| text.as_bytes().get(words.len().wrapping_sub(1)).map(u8::to_ascii_lowercase);
            let same = last(rest) == last(words);
            let same = same && rest.get(..words.len()).is_some_and(|there| there.eq_ignore_ascii_case(words));
            same && word(rest, words.len()).0 == words.len()
        };
        let pattern = patterns.iter().find(stands)?;
        Some((*pattern, start + pattern.read(lists).0.len()))
    }

    /// The worst level of the vague words in a quoted stretch.
    pub(super) fn worst(&self, draft: Draft, quote: Loc) -> Option<Level> {
        let lists = &draft.model.vocabulary.lexicons;
        let levels =
            self.hits(draft, quote).into_iter().filter_map(|(index, _)| lists.get(index).map(|list| list.level));
        levels.max()
    }

    /// The vague words of a quoted stretch: the lexicon, and their exact place in the text.
    pub(super) fn hits(&self, draft: Draft, quote: Loc) -> Vec<(usize, Loc)> {
        let lists = &draft.model.vocabulary.lexicons;
        let raw = draft.words(quote);
        let marks = if raw.len() >= 6 && raw.starts_with("\"\"\"") { 3 } else { usize::from(raw.starts_with('"')) };
        let inner = raw.get(marks..raw.len().saturating_sub(marks)).unwrap_or("");
        let base = quote.span.start + marks as u32;
        let (text, places) = fold(inner);
        let mut found = Vec::new();
        let place = |at: usize| match &places {
            Some(places) => places.get(at).copied().unwrap_or(inner.len() as u32),
            None => at as u32,
        };
        let mut next = 0;
        while next < text.len() {
            let start = next;
            let (behind, key) = word(&text, start);
            let Some((pattern, end)) = self.at(lists, &text, (start, key)) else {
                // Behind the word and the mark that follows it, mostly a space: an expression is never joined to a word.
                let mark = text.as_bytes().get(behind).filter(|byte| !byte.is_ascii());
                let mark = mark.and_then(|_| text.get(behind..)?.chars().next());
                next = behind + mark.map_or(1, char::len_utf8);
                continue;
            };
            next = end;
            let at = Loc::new(quote.file, Span::new(base + place(start), base + place(end - 1) + 1));
            if !pattern.read(lists).1 || says_nothing_else(&text, start, end) {
                found.push((pattern.lexicon, at));
            }
        }
        found
    }
}

/// Whether a stretch is all of a text, but for an article before it and a full stop behind it.
fn says_nothing_else(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or("").trim().to_ascii_lowercase();
    let after = text.get(end..).unwrap_or("").trim();
    matches!(before.as_str(), "" | "the" | "all" | "all the" | "other" | "their" | "its") && matches!(after, "" | ".")
}

/// Where the word ends that stands at a place: letters, digits and hyphens, or none; and a number that is the same for the
/// same word, be its letters of ASCII small or capital.
fn word(text: &str, start: usize) -> (usize, u64) {
    let bytes = text.as_bytes();
    let with = |key: u64, byte: u8| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let (mut end, mut key) = (start, 0u64);
    while let Some(&byte) = bytes.get(end) {
        // One look at a table for most letters: every quoted word of a draft is read here.
        let small = SMALL.get(usize::from(byte)).copied().unwrap_or(0);
        if small != 0 {
            (key, end) = (with(key, small), end + 1);
            continue;
        }
        let letter = if byte < 0x80 { None } else { text.get(end..).and_then(|rest| rest.chars().next()) };
        let Some(letter) = letter.filter(|letter| letter.is_alphanumeric()) else { break };
        let length = letter.len_utf8();
        key = bytes.get(end..end + length).unwrap_or(&[]).iter().fold(key, |key, &byte| with(key, byte));
        end += length;
    }
    (end, key)
}

/// The letters, digits and hyphens of ASCII, small; 0 for every other byte.
static SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let it = byte as u8;
        if it.is_ascii_alphanumeric() || it == b'-' {
            small[byte] = it.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// The text with every run of white space one space and every escape one byte, and where each byte came from; the text
/// itself where there is nothing to fold.
fn fold(raw: &str) -> (Cow<'_, str>, Option<Vec<u32>>) {
    let mut before = 0;
    let folds = raw.bytes().any(|byte| {
        let twice = byte == b' ' && before == b' ';
        before = byte;
        twice || matches!(byte, b'\\' | b'\n' | b'\r' | b'\t')
    });
    if !folds {
        return (Cow::Borrowed(raw), None);
    }
    let (mut text, mut places) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
    let mut letters = raw.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let letter = match letter {
            '\\' => letters.next().map_or('\\', |(_, next)| if next == 'n' { ' ' } else { next }),
            letter => letter,
        };
        if letter.is_whitespace() {
            if !text.ends_with(' ') {
                text.push(' ');
                places.push(at as u32);
            }
            continue;
        }
        let before = text.len();
        text.push(letter);
        places.extend((at as u32..).take(text.len() - before));
    }
    (Cow::Owned(text), Some(places))
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Quoted conditions that no lexicon knows, the same words once.
fn untested_conditions(draft: Draft, unknown: &[Quote], found: &mut Vec<Finding>) {
    let mut told: FxHashMap<&str, usize> = FxHashMap::default();
    for quote in unknown.iter().filter(|quote| quote.role == Role::Condition) {
        let words = draft.words(quote.at);
        if let Some(known) = told.get(words).and_then(|&index| found.get_mut(index)) {
            add(known, quote.at, "and here");
            continue;
        }
        told.insert(words, found.len());
        let message = format!("{} hangs on words that nobody can test", draft.called(quote.about));
        let finding = CONDITION.finding(message, quote.at).saying("who decides whether this is so?").help(
            "declare an event that says what it `means:` and who it is `certified-by:`, and name it here instead",
        );
        found.push(about(draft, quote.about, finding));
    }
}

/// `along`, `across` and `near` a place that has no width or distance.
fn unbounded_place(draft: &Draft, report: &mut Report) {
    let words = Words::of(*draft);
    for (_, norm) in draft.own_norms() {
        for role in norm.roles.iter().filter(|role| role.kind == RoleKind::Place) {
            let lead = match role.lead {
                Lead::Along => "along",
                Lead::Across => "across",
                Lead::Near => "near",
                _ => continue,
            };
            let bounded = role.target.entity().is_none_or(|entity| {
                let item = draft.model.item(entity);
                ["width", "each-side", "distance"].iter().any(|field| draft.has_field(item, field))
            });
            let is_words = matches!(role.target.what, What::Prose(_));
            let vague = is_words && words.hits(*draft, role.target.at).is_empty();
            if vague || !bounded {
                let what = draft.target(&role.target);
                let at = Loc::new(role.at.file, role.at.span.to(role.target.at.span));
                let finding = report
                    .finding(format!("`{lead}` {what} has no measure"), at)
                    .saying("how far does this reach?")
                    .about(draft.text(draft.model.clause(norm.clause).item.name))
                    .help(format!("give the place a `width:` or `distance:`, or say `in` a place instead of `{lead}`"));
                report.push(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let (text, places) = fold("as soon\n    as \\\"possible");
        assert_eq!(text, "as soon as \"possible");
        let places = places.unwrap();
        assert_eq!(places.len(), text.len());
        assert_eq!(places[text.find("as \"").unwrap()], 12);
        assert_eq!(places[text.find("possible").unwrap()], 17);
    }

    #[test]
    fn a_word_is_not_part_of_another() {
        let lists = &Standard::embedded().vocabulary.lexicons;
        let ends = |text: &str, start| STANDARD.at(lists, text, (start, word(text, start).1)).map(|(_, end)| end);
        assert_eq!(ends("very Regularly…", 5), Some(14));
        assert_eq!(ends("as soon as possible", 0), Some(19));
        assert_eq!(ends("as soon as possibly", 0), None);
        assert_eq!(ends("regularly-held", 0), None);
        assert_eq!(word("über all", 0).0, "über".len());
        assert_eq!(word("über ALL", 6), word("über all", 6));
    }
}
