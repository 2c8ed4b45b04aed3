//! Norms: a sentence with several acts is several norms, each with all that holds for it.

use super::Resolver;
use super::phrase::{Act, Said};
use super::thing::Several;
use crate::finding::{Finding, Level};
use crate::model::clause::{Target, What};
use crate::model::names::{Symbol, known};
use crate::model::norm::*;
use crate::model::quantity::{Quantity, Rational};
use crate::model::suggest::{closest, ticked};
use crate::model::time::{Length, Offset, TimePhrase, TimePhraseKind};
use crate::model::vocabulary::{Action, ActionId};
use crate::model::{ClauseId, Entity, NormId};
use crate::source::Span;
use crate::syntax::idiom;
use crate::syntax::tree::{self, TimeUnit};

/// What the acts of one sentence have in common.
struct Sentence<'t> {
    clause: ClauseId,
    tree: &'t tree::Norm<'t>,
    letter: Option<Symbol>,
}

impl Resolver<'_> {
    /// Reads a sentence. `first` is the number of its first norm, if its norms have numbers.
    pub(super) fn sentence(
        &mut self,
        clause: ClauseId,
        norm: &tree::Norm,
        when: &Said,
        first: Option<NormId>,
        out: &mut Vec<Norm>,
    ) {
        let letter = self.optional_symbol(norm.letter);
        let sentence = Sentence { clause, tree: norm, letter };
        self.norm = first;
        // In a sentence that could not be read to its end the parser may have taken any word for the verb.
        self.damaged = norm.damaged;
        let passive = norm.acts.iter().any(|act| act.form == ActForm::Passive);
        let form = if passive { ActForm::Passive } else { ActForm::Active };
        let mut shared = when.clone();
        self.phrases(norm.phrases, Act { form, through: None }, &mut shared);
        // Read once, so that nothing is reported twice.
        let active = norm.acts.iter().any(|act| act.form == ActForm::Active) || norm.acts.is_empty();
        let mut actors = if active { self.actors(&norm.subject) } else { Several::default() };
        let mut objects = if passive { self.objects(&norm.subject) } else { Several::default() };
        for (number, act) in norm.acts.iter().enumerate() {
            self.norm = first.map(|first| NormId(first.0 + number as u32));
            let act_number = (norm.acts.len() > 1).then_some(number as u32 + 1);
            let last = number + 1 == norm.acts.len();
            let said = if last { std::mem::take(&mut shared) } else { shared.clone() };
            let subject = if act.form == ActForm::Active { &mut actors } else { &mut objects };
            let subject = if last { std::mem::take(subject) } else { subject.clone() };
            let mut one = self.act(&sentence, act, said, subject);
            one.act = act_number;
            out.push(one);
        }
        if norm.acts.is_empty() {
            let mut one = self.empty(&sentence, norm.span);
            one.actors.list = actors.list;
            out.push(Norm { damaged: true, ..one });
        }
        self.norm = None;
        self.damaged = false;
    }

    fn act(&mut self, sentence: &Sentence, act: &tree::Act, mut said: Said, subject: Several) -> Norm {
        let mut norm = self.empty(sentence, act.span);
        norm.mark = self.optional_symbol(act.letter);
        norm.form = act.form;
        (norm.verb, norm.action) = self.verb(sentence, act);
        norm.verb_at = self.at(act.verb);
        norm.damaged |= act.form == ActForm::Passive && norm.action.is_none() && idiom::is_state(self.text(act.verb));
        match act.form {
            ActForm::Active => {
                norm.actors.list = subject.list;
                norm.actors.any = sentence.tree.subject.any;
                let objects = self.objects(&act.objects);
                norm.objects = Objects { list: objects.list, any: act.objects.any };
                norm.quantity = objects.quantity.or(subject.quantity);
            }
            ActForm::Passive => {
                norm.objects = Objects { list: subject.list, any: sentence.tree.subject.any };
                norm.quantity = subject.quantity;
            }
            ActForm::Constitutive => {
                let objects = self.objects(&act.objects);
                norm.objects = Objects { list: objects.list, any: act.objects.any };
                norm.quantity = objects.quantity;
            }
        }
        let through = norm.action.and_then(|id| self.vocabulary.action(id).through);
        let through = through.filter(|_| norm.objects.list.is_empty());
        self.phrases(act.phrases, Act { form: act.form, through }, &mut said);
        if let Some(ensured) = &act.ensured {
            self.ensured(sentence, ensured, &mut norm, &mut said);
        }
        self.take_in(&mut norm, said);
        self.takes(&norm);
        norm
    }

    /// `ensure that X deploy force`: when and on what condition X acts is when this is to be ensured.
    fn ensured(&mut self, sentence: &Sentence, ensured: &tree::Ensured, norm: &mut Norm, said: &mut Said) {
        let subject = self.actors(&ensured.actors);
        let times = Said {
            times: said.times.clone(),
            window: said.window.clone(),
            guard: said.guard.clone(),
            ..Said::default()
        };
        let mut inner = self.act(sentence, &ensured.act, times, subject);
        inner.actors.any = ensured.actors.any;
        inner.actors.manner = None;
        said.times.clone_from(&inner.times);
        said.window.clone_from(&inner.window);
        said.guard.clone_from(&inner.guard);
        norm.ensures = Some(Box::new(inner));
    }

    /// Puts what the phrases say into the norm.
    fn take_in(&mut self, norm: &mut Norm, said: Said) {
        let Said { agents, objects, quantity, roles, times, mut window, guard, orders, words, purpose } = said;
        if norm.form == ActForm::Passive {
            norm.actors.list.extend(agents);
        }
        if norm.objects.list.is_empty() {
            norm.objects = objects;
        }
        norm.quantity = norm.quantity.take().or(quantity);
        let mut times = times;
        if let Some(quantity) = &mut norm.quantity {
            rhythm(quantity, &mut times);
        }
        // An object that is counted by nothing else is what the number is of.
        if let Some(quantity) = &mut norm.quantity
            && let ([Target { what: What::Entity(entity), .. }], None) = (norm.objects.list.as_slice(), quantity.of)
        {
            quantity.of = Some(*entity);
        }
        if !norm.ensures_times() {
            self.lasting(&times, &mut window);
        }
        self.empty_window(&window);
        (norm.roles, norm.times, norm.window, norm.guard) = (roles, times, window, guard);
        (norm.orders, norm.words, norm.purpose) = (orders, words, purpose);
        // `nobody shall deploy` and `no party may deploy` ban it for all.
        let nobody = matches!(norm.actors.list.as_slice(), [Target { what: What::Nobody, .. }]);
        if nobody && matches!(norm.mode, Mode::Oblige | Mode::Permit) {
            // Whom nothing obliges is still allowed: `no party is obliged to deploy`.
            let modal = self.text(norm.modal.span);
            let lifts = norm.mode == Mode::Oblige && ["obliged", "required"].iter().any(|word| modal.contains(word));
            norm.mode = if lifts { Mode::Release } else { Mode::Forbid };
        }
    }

    fn empty(&self, sentence: &Sentence, span: Span) -> Norm {
        let tree = sentence.tree;
        Norm {
            clause: sentence.clause,
            letter: sentence.letter,
            mark: None,
            act: None,
            sentence: self.at(tree.span),
            at: self.at(span),
            form: ActForm::Active,
            actors: Actors { list: Vec::new(), any: false, manner: tree.manner },
            mode: tree.modal.mode,
            strength: tree.modal.strength,
            modal: self.at(tree.modal.span),
            only: tree.only,
            verb: known::EMPTY,
            verb_at: self.at(span),
            action: None,
            quantity: None,
            objects: Objects::default(),
            roles: Vec::new(),
            times: Vec::new(),
            window: Default::default(),
            guard: Vec::new(),
            orders: Vec::new(),
            words: Vec::new(),
            purpose: None,
            ensures: None,
            damaged: tree.damaged,
        }
    }

    /// The verb as written, and the action it is a form of.
    fn verb(&mut self, sentence: &Sentence, act: &tree::Act) -> (Symbol, Option<ActionId>) {
        if act.verb.is_empty() {
            return (known::EMPTY, None);
        }
        let verb = self.symbol(act.verb);
        let gerund = sentence.tree.modal.gerund && act.form == ActForm::Active;
        if self.says_what_somebody_is(sentence, act, verb) {
            return (verb, None);
        }
        let action = self.action(verb, act.verb, act.form, gerund);
        (verb, action)
    }

    /// `be responsible for transport`: no verb, after saying so.
    fn says_what_somebody_is(&mut self, sentence: &Sentence, act: &tree::Act, verb: Symbol) -> bool {
        let what = self.text(act.verb);
        let passive = act.form == ActForm::Passive && !self.vocabulary.action_ids.contains_key(&verb);
        if !passive || !idiom::is_state(what) {
            return false;
        }
        if self.out_of_turn() || self.damaged || self.vocabulary.actions.is_empty() {
            return true;
        }
        let list = sentence.tree.subject.list;
        let subject = list.first().zip(list.last()).map_or("", |(first, last)| self.text(first.span.to(last.span)));
        let object = act.phrases.iter().find_map(|phrase| match (phrase.lead, &phrase.body) {
            (tree::Lead::For | tree::Lead::To, tree::PhraseBody::Names(names)) => names.list.first(),
            _ => None,
        });
        let object = object.map(|thing| self.text(thing.span));
        let help = idiom::act_of_state(what, subject, self.text(sentence.tree.modal.span), object);
        let message = format!("`be {what}` says what somebody is, not what is done");
        let finding = Finding::new("structure/unknown-verb", Level::Warning, message, self.at(act.verb));
        self.report(finding.saying("no act").help(help));
        true
    }

    /// The verb of which this is what one does: `deploys`, `has`.
    fn third_person(&self, span: Span) -> Option<ActionId> {
        let text = self.text(span);
        let stem = text.strip_suffix('s')?;
        let known = |word: &str| {
            let id = self.vocabulary.action_ids.get(&self.ground.model.names.get(word)?).copied()?;
            (self.ground.model.text(self.vocabulary.action(id).name) == word).then_some(id)
        };
        match text {
            "has" => known("have"),
            _ => known(stem)
                .or_else(|| known(stem.strip_suffix('e')?))
                .or_else(|| known(&format!("{}y", stem.strip_suffix("ie")?))),
        }
    }

    /// Looks a verb up in the form that belongs where it stands.
    pub(super) fn action(&mut self, verb: Symbol, span: Span, form: ActForm, gerund: bool) -> Option<ActionId> {
        let vocabulary = self.vocabulary;
        let known_id = vocabulary.action_ids.get(&verb).copied();
        let known_id = if self.damaged { known_id } else { known_id.or_else(|| self.third_person(span)) };
        if let Some(id) = known_id.filter(|id| vocabulary.action(*id).name == verb)
            && form != ActForm::Passive
            && !gerund
        {
            return Some(id);
        }
        if known_id.is_none() && self.out_of_turn() {
            return None;
        }
        let wanted = |action: &Action| -> String {
            match (form, gerund) {
                (ActForm::Passive, _) => action.participle.replace(' ', "-"),
                (_, true) => action.gerund.replace(' ', "-"),
                _ => self.ground.model.text(action.name).to_owned(),
            }
        };
        let text = self.text(span);
        let at = self.at(span);
        if let Some(id) = known_id {
            let right = wanted(vocabulary.action(id));
            // A participle may be spelt like another verb's infinitive, which the table prefers.
            let other = || vocabulary.actions.iter().position(|action| wanted(action) == text);
            if right != text {
                if let Some(other) = other() {
                    return Some(ActionId(other as u32));
                }
                let finding = Finding::new(
                    "structure/unknown-verb",
                    Level::Warning,
                    format!("`{text}` is not the form of the verb that belongs here"),
                    at,
                )
                .saying("another form of the verb")
                .help(format!("write `{right}`"))
                .fix(format!("write `{right}`"), true, at, right);
                self.report(finding);
            }
            return Some(id);
        }
        if vocabulary.actions.is_empty() || self.damaged {
            return None;
        }
        // One verb is one gap in the vocabulary, however often it stands in the draft.
        if let Some(known) = self.unknown_verbs.get(&verb).and_then(|&index| self.findings.get_mut(index)) {
            if known.labels.len() < 4 {
                known.labels.push(crate::finding::Label { at, text: "and here".into(), role: "" });
            }
            return None;
        }
        let budget = self.suggestions.checked_sub(vocabulary.actions.len());
        let near = if budget.is_none() {
            None
        } else {
            let forms: Vec<String> = vocabulary.actions.iter().map(wanted).collect();
            closest(text, forms.iter().map(String::as_str)).map(str::to_owned)
        };
        self.suggestions = budget.unwrap_or(self.suggestions);
        // A slip of spelling is a defect of the draft; a verb that the vocabulary lacks is one of the vocabulary.
        let level = if near.is_some() { Level::Warning } else { Level::Advice };
        let finding = Finding::new("structure/unknown-verb", level, format!("`{text}` is no verb known here"), at)
            .saying("an unknown verb");
        let add = format!("`action {text} \"{}\" {{ nature: achieve }}`", text.replace('-', " "));
        let finding = match near {
            Some(near) => finding.help(format!("did you mean `{near}`? Otherwise add the verb: {add}")).fix(
                format!("write `{near}`"),
                false,
                at,
                near,
            ),
            None => finding.help(format!("`rapporteur explain actions` lists the verbs; add this one with {add}")),
        };
        if self.unit == 0 {
            self.unknown_verbs.insert(verb, self.findings.len());
        }
        self.report(finding);
        None
    }

    /// Reports an object that the verb cannot take.
    fn takes(&mut self, norm: &Norm) {
        let Some(id) = norm.action else { return };
        let action = self.vocabulary.action(id);
        if action.takes.is_empty() {
            return;
        }
        for target in &norm.objects.list {
            let What::Entity(entity) = target.what else { continue };
            if target.at.file != self.file || self.can_be_taken(&action.takes, entity) {
                continue;
            }
            let (verb, name) = (&action.label, self.text(target.at.span));
            let what = self.kind_words(entity);
            let finding = if action.takes == [known::NONE] {
                let message = format!("`{verb}` takes no object, and here `{name}` stands behind it");
                let finding = Finding::new("structure/wrong-kind", Level::Warning, message, target.at);
                finding.saying("an object").help(format!(
                    "say with a word before it what `{name}` is to the act: `to {name}`, `in {name}`, `with {name}`, `about {name}`"
                ))
            } else {
                let takes = ticked(action.takes.iter().map(|kind| self.ground.model.text(*kind)), 6);
                let message = format!("one does not {verb} `{name}`, which is {what}");
                let finding = Finding::new("structure/wrong-kind", Level::Warning, message, target.at);
                finding.saying(what).help(format!("what can stand behind `{verb}`: {takes}"))
            };
            let finding = match self.declared_at(entity) {
                Some(at) => finding.label(at, "declared here"),
                None => finding,
            };
            self.report(finding);
        }
    }

    /// Whether a declared item is of a kind that a verb takes. Of a thing nobody knows all that it is.
    fn can_be_taken(&self, takes: &[Symbol], entity: Entity) -> bool {
        if takes == [known::NONE] {
            return false;
        }
        matches!(entity, Entity::Thing(_) | Entity::Term(_)) || takes.contains(&self.ground.model.item(entity).kind)
    }
}

/// The units in which amounts recur.
const PERIODS: [(Symbol, TimeUnit); 5] = [
    (known::YEAR, TimeUnit::Year),
    (known::MONTH, TimeUnit::Month),
    (known::WEEK, TimeUnit::Week),
    (known::DAY, TimeUnit::Day),
    (known::HOUR, TimeUnit::Hour),
];

/// `pay EUR 1 million per month` is `pay EUR 1 million every month`: each is understood as both.
fn rhythm(quantity: &mut Quantity, times: &mut Vec<TimePhrase>) {
    let every = times.iter().find_map(|phrase| match &phrase.kind {
        TimePhraseKind::Every(length) => Some(length),
        _ => None,
    });
    if quantity.per.is_none() && every.is_none() {
        return;
    }
    for (name, unit) in PERIODS {
        let Some((low, high)) = Offset::range_of(Rational::from_integer(1), unit) else { continue };
        let (low, high) = (Some(low), Some(high));
        match every {
            Some(every) if quantity.per.is_none() && (every.low, every.high) == (low, high) => {
                quantity.per = Some(name)
            }
            None if quantity.per == Some(name) => {
                let kind = TimePhraseKind::Every(Length { at: quantity.at, low, high, about: false });
                return times.push(TimePhrase { at: quantity.at, kind });
            }
            _ => {}
        }
    }
}

impl Norm {
    /// Whether its window is that of what it ensures, and already complete.
    fn ensures_times(&self) -> bool {
        self.ensures.is_some()
    }
}
