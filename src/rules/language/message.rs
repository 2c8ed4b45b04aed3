//! What a rule says: its texts with the values of the draft in them.

use super::evaluate::{Machine, Spent};
use super::plan::{Called, Part, Template};
use super::value::{Value, Values};
use super::world::World;
use crate::model::listed;

impl<'m> Machine<'m, '_> {
    /// A text with its values.
    pub fn told(&mut self, template: &'m Template) -> Result<String, Spent> {
        let mut text = String::new();
        for part in &template.parts {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Value(path, as_) => {
                    let values = self.path(path)?;
                    text.push_str(&called(self.world(), &values, *as_));
                }
                Part::Missing => text.push_str(&listed(&self.missing()?, "and")),
                Part::Number(path, one, several) => {
                    let values = self.path(path)?;
                    text.push_str(if values.items.len() == 1 { one } else { several });
                }
            }
        }
        Ok(text)
    }
}

/// Values as a reader calls them, each once: `France and Ukraine`; or as they are written in the draft. Where there are several
/// between backticks of their own, each has its own.
fn called(world: &World, values: &Values, called: Called) -> String {
    const MOST: usize = 6;
    let mut words: Vec<String> = Vec::new();
    for item in &values.items {
        let word = one(world, item.value, item.at, called != Called::Label);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() {
        return "nothing".to_owned();
    }
    let rest = words.len().saturating_sub(MOST);
    words.truncate(MOST);
    match called {
        Called::Code => words.join(", "),
        Called::Name => words.join("`, `"),
        Called::Label if rest > 0 => format!("{} and {rest} more", words.join(", ")),
        Called::Label => listed(&words, "and"),
    }
}

fn one(world: &World, value: Value, at: crate::source::Loc, ticked: bool) -> String {
    let draft = world.draft;
    let written = || draft.words(at).split_whitespace().collect::<Vec<_>>().join(" ");
    match value {
        Value::Entity(entity) if ticked => match draft.model.name(entity) {
            "" => draft.kind(entity).to_owned(),
            name => name.to_owned(),
        },
        Value::Entity(entity) => draft.model.label(entity).to_owned(),
        Value::Norm(norm) => draft.model.norm_name(norm),
        Value::Action(action) => draft.model.vocabulary.action(action).label.to_string(),
        Value::Word(word) => draft.model.text(word).replace('-', " "),
        Value::Number(number) => number.to_string(),
        Value::Truth(holds) => if holds { "yes" } else { "no" }.to_owned(),
        Value::Text(words) if ticked => words.to_owned(),
        Value::Text(words) => format!("“{words}”"),
        Value::Amount(_) | Value::Length(_) | Value::Time(_) => written(),
    }
}
