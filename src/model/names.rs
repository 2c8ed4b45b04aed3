//! Interned names: each spelling once, equal symbols are equal names.
//!
//! The names of the standard library are interned once for the whole process; every model builds on them, so that a symbol of the
//! standard library is the same everywhere.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// An interned string: equal symbols are equal names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Symbol(pub u32);

/// Every name of a model, each once.
#[derive(Debug, Clone)]
pub struct Names {
    /// Names with smaller symbols, which others share.
    base: Option<Arc<Names>>,
    /// How many names stand below those of its own.
    below: usize,
    texts: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, Symbol>,
}

impl Default for Names {
    /// No names but those of [`known`].
    fn default() -> Self {
        let mut names = Names { base: None, below: 0, texts: Vec::new(), ids: FxHashMap::default() };
        for word in known::ALL {
            names.intern(word);
        }
        names
    }
}

impl Names {
    /// Names that begin with those of another, with the same symbols.
    pub fn on(base: &Arc<Names>) -> Self {
        let below = base.below + base.texts.len();
        Self { base: Some(Arc::clone(base)), below, texts: Vec::new(), ids: FxHashMap::default() }
    }

    /// Makes room for so many more names.
    pub fn reserve(&mut self, names: usize) {
        self.texts.reserve(names);
        self.ids.reserve(names);
    }

    /// The symbol of a name, new or known.
    pub fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.get(name) {
            return symbol;
        }
        let symbol = Symbol((self.below + self.texts.len()) as u32);
        let text: Arc<str> = name.into();
        self.texts.push(Arc::clone(&text));
        self.ids.insert(text, symbol);
        symbol
    }

    /// The symbol of a name that has been interned.
    pub fn get(&self, name: &str) -> Option<Symbol> {
        let own = || self.ids.get(name).copied();
        self.base.as_ref().and_then(|base| base.get(name)).or_else(own)
    }

    /// The name of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        match (symbol.0 as usize).checked_sub(self.below) {
            Some(own) => self.texts.get(own).map_or("", |text| text),
            None => self.base.as_ref().map_or("", |base| base.text(symbol)),
        }
    }
}

/// Words that the program itself looks for, as symbols that are the same in every model.
pub mod known {
    use super::Symbol;

    macro_rules! known {
        ($($name:ident $text:literal)*) => {
            /// Counts them.
            #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the constants they number")]
            enum Index { $($name),* }
            $(
                #[doc = concat!("`", $text, "`")]
                pub const $name: Symbol = Symbol(Index::$name as u32);
            )*
            /// All of them, in the order of their symbols.
            pub(super) const ALL: &[&str] = &[$($text),*];
        };
    }

    known! {
        EMPTY ""
        DECLARATION "declaration"
        INSTRUMENT "instrument"
        PARTY "party"
        PLACE "place"
        THING "thing"
        EVENT "event"
        PHASE "phase"
        TERM "term"
        SCENARIO "scenario"
        IMPORT "import"
        KIND "kind"
        ACTION "action"
        UNIT "unit"
        LEXICON "lexicon"
        CHECKLIST "checklist"
        RULE "rule"
        VERSION "version"
        FIELD "field"
        EVERY_CLAUSE "every-clause"
        BODY "body"
        HUB "hub"
        TROOPS "troops"
        TEXT "text"
        NOTE "note"
        SOURCE "source"
        WHEN "when"
        MEMBERS "members"
        OF "of"
        ACCEPTS "accepts"
        WITHIN "within"
        OVERLAPS "overlaps"
        BY "by"
        AFTER "after"
        ON "on"
        EXPECTED "expected"
        RECURRING "recurring"
        PERHAPS "perhaps"
        FROM "from"
        UNTIL "until"
        FOR "for"
        LASTS "lasts"
        MEANS "means"
        SIGNATORIES "signatories"
        SIGNED "signed"
        IN_FORCE "in-force"
        EXPIRES "expires"
        PREVAILS_OVER "prevails-over"
        PARTS "parts"
        REPLACES "replaces"
        MAY_INCLUDE "may-include"
        NONE "none"
        SIGNATURE "signature"
        EXPIRY "expiry"
        ENTRY_INTO_FORCE "entry-into-force"
        START "start"
        END "end"
        FULFILMENT "fulfilment"
        YES "yes"
        NO "no"
        OPEN "open"
        CLAUSE "clause"
        ACT "act"
        IS "is"
        WORDS "words"
        ALSO "also"
        LEVEL "level"
        WHY "why"
        EXAMPLE "example"
        MET_BY "met-by"
        PARTICIPLE "participle"
        GERUND "gerund"
        NATURE "nature"
        OPPOSITE "opposite"
        TAKES "takes"
        EXCLUSIVE "exclusive"
        AGREES_TO_AGREE "agrees-to-agree"
        OUTCOME_FREE "outcome-free"
        PRESUPPOSES "presupposes"
        THROUGH "through"
        PLURAL "plural"
        MEASURES "measures"
        FACTOR "factor"
        HELP "help"
        BAD "bad"
        GOOD "good"
        EXTENDS "extends"
        REQUIRES "requires"
        ERROR "error"
        WARNING "warning"
        ADVICE "advice"
        OFF "off"
        QUANTITY "quantity"
        PERSONNEL "personnel"
        IN "in"
        TO "to"
        AT "at"
        AGAINST "against"
        ABOUT "about"
        WITH "with"
        UNDER "under"
        MONEY "money"
        TIME "time"
        DEFINITIONS "definitions"
        ALONE "alone"
        FINAL "final"
        EXHAUSTIVE "exhaustive"
        ROLE "role"
        USED_BY "used-by"
        TOTAL "total"
        STRENGTH "strength"
        AMOUNT "amount"
        NUMBER "number"
        COUNT "count"
        ANNEXES "annexes"
        RENEWAL "renewal"
        AUTOMATIC "automatic"
        SUBJECT_TO "subject-to"
        SUPPORT "support"
        YEAR "year"
        MONTH "month"
        WEEK "week"
        DAY "day"
        HOUR "hour"
        ESTABLISH "establish"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_have_their_symbols() {
        let mut names = Names::default();
        assert_eq!(names.get("members"), Some(known::MEMBERS));
        assert_eq!(names.intern("under"), known::UNDER);
        let fr = names.intern("FR");
        assert_eq!(names.intern("FR"), fr);
        assert_eq!(names.text(fr), "FR");
    }
}
