//! Scenarios: the names in their sentences are settled, and nothing more.

use super::Resolver;
use super::phrase::{Act, Said};
use super::scope::{Named, Want};
use crate::model::norm::ActForm;
use crate::syntax::tree::{Entry, Reference, Sentence, SentenceKind, ThingKind, Things};

impl Resolver<'_> {
    /// Reports names in scenarios that nothing declares.
    pub(super) fn scenarios(&mut self) {
        let loaded = self.loaded;
        self.scenario = true;
        let items = loaded.units.first().map(|unit| unit.tree.items.as_slice()).unwrap_or_default();
        let source = self.source;
        for item in items.iter().filter(|item| source.slice(item.keyword) == "scenario") {
            for entry in item.entries {
                if let Entry::Sentence(sentence) = entry {
                    self.story(sentence);
                }
            }
        }
        self.scenario = false;
    }

    fn story(&mut self, sentence: &Sentence) {
        let plain = Act { form: ActForm::Active, through: None };
        let mut said = Said::default();
        match &sentence.kind {
            SentenceKind::Story { what, when, .. } => {
                self.known(what, Want::Time);
                self.phrases(when.as_slice(), plain, &mut said);
            }
            SentenceKind::Expect { who, state, act, of, when, .. } => {
                match state {
                    Some(_) => self.stated(who),
                    None => drop(self.actors(who)),
                }
                if let Some(act) = act {
                    let verb = self.symbol(act.verb);
                    let action = self.action(verb, act.verb, ActForm::Active, false);
                    let objects = self.objects(&act.objects);
                    let through = action.and_then(|id| self.vocabulary.action(id).through);
                    let through = through.filter(|_| objects.list.is_empty());
                    self.phrases(act.phrases, Act { form: ActForm::Active, through }, &mut said);
                }
                if let Some(of) = of {
                    self.known(of, Want::Clause);
                }
                self.phrases(when.as_slice(), plain, &mut said);
            }
        }
    }

    /// `expect force(a) is fulfilled`: a clause stands where else a party would.
    fn stated(&mut self, things: &Things) {
        for thing in things.list {
            if let ThingKind::Name(reference) = &thing.kind {
                self.known(reference, Want::Clause);
            }
        }
    }

    fn known(&mut self, reference: &Reference, want: Want) {
        if let Named::Nothing(name) = self.named(reference) {
            self.undefined(name, reference.span, want);
        }
    }
}
