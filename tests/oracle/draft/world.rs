//! What a draft is about, and how its sentences are laid out in provisions.

use super::{Draft, Profile, Provision, Sentence, date};
use crate::random::Random;

pub(super) struct World {
    pub(super) profile: Profile,
    pub(super) random: Random,
    pub(super) items: Vec<String>,
    pub(super) dated: bool,
    pub(super) parties: Vec<&'static str>,
    pub(super) groups: Vec<&'static str>,
    pub(super) things: Vec<&'static str>,
    pub(super) places: Vec<&'static str>,
    pub(super) events: Vec<&'static str>,
    pub(super) phases: Vec<&'static str>,
    pub(super) verbs: Vec<&'static str>,
    pub(super) annex: bool,
    /// The longest time that is added.
    pub(super) longest: usize,
    /// What other provisions can be referred to as.
    pub(super) references: Vec<String>,
}

impl World {
    pub(super) fn new(profile: Profile, random: Random) -> Self {
        let mut world = World {
            profile,
            random,
            items: Vec::new(),
            dated: false,
            parties: vec!["Pa", "Pb", "Pc"],
            groups: Vec::new(),
            things: vec!["ta", "tb"],
            places: vec!["la", "lb"],
            events: Vec::new(),
            phases: Vec::new(),
            verbs: vec!["va"],
            annex: false,
            longest: 6,
            references: Vec::new(),
        };
        world.declare();
        world
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }

    pub(super) fn one(&mut self, all: &[&'static str]) -> &'static str {
        all[self.random.below(all.len())]
    }

    fn declare(&mut self) {
        self.dated = self.chance(75);
        self.declaration();
        for party in self.parties.clone() {
            self.items.push(format!("party {party} \"{party}\""));
        }
        let kinds = self.profile == Profile::Kinds;
        if kinds || self.chance(25) {
            self.groups.push("Ga");
            let members = if self.chance(60) { "Pa, Pb" } else { "Pb, Pc" };
            self.items.push(format!("party Ga \"Ga\" {{ kind: coalition  members: {members} }}"));
        }
        if kinds && self.chance(60) {
            self.groups.push("Gb");
            let members = *self.random.pick(&["Ga, Pc", "Pa, Pc", "Ga"]);
            self.items.push(format!("party Gb \"Gb\" {{ kind: coalition  members: {members} }}"));
        }
        self.things();
        self.happenings();
        self.actions();
    }

    fn declaration(&mut self) {
        let mut fields = vec!["signatories: Pa, Pb".to_owned()];
        if self.dated {
            if self.chance(12) {
                fields.push(format!("signed: 2025-12-{}  in-force: {}", 29 + self.random.below(3), date(0)));
            } else {
                fields.push(format!("signed: {}", date(0)));
            }
        }
        if self.chance(15) {
            let day = 6 + self.random.below(6);
            fields.push(if self.dated && self.chance(50) {
                format!("expires: {}", date(day))
            } else {
                format!("expires: {day} days")
            });
        }
        self.items.push(format!("declaration accord \"Accord\" {{ {} }}", fields.join("  ")));
        if self.dated && self.profile == Profile::Order && self.chance(40) {
            self.annex = true;
            let over = if self.chance(60) { "prevails-over: accord  " } else { "" };
            let day = if self.chance(70) { 0 } else { self.random.below(4) };
            self.items.push(format!("instrument annex \"Annex\" {{ {over}signed: {} }}", date(day)));
        }
    }

    fn things(&mut self) {
        let kinds = self.profile == Profile::Kinds;
        for (keyword, first) in [("thing", "t"), ("place", "l")] {
            self.items.push(format!("{keyword} {first}a \"{first}a\""));
            let within = if kinds || self.chance(20) { format!(" {{ within: {first}a }}") } else { String::new() };
            self.items.push(format!("{keyword} {first}b \"{first}b\"{within}"));
        }
        if kinds {
            self.things.extend(["tc", "td"]);
            self.places.push("lc");
            let above = *self.random.pick(&["tb", "ta", "ta, td"]);
            self.items.push(format!("thing tc \"tc\" {{ within: {above} }}"));
            self.items.push("thing td \"td\"".to_owned());
            let above = *self.random.pick(&["lb", "la"]);
            self.items.push(format!("place lc \"lc\" {{ within: {above} }}"));
        }
    }

    fn happenings(&mut self) {
        let count = [1, 2, 2, 2, 3][self.random.below(5)];
        self.longest = if count == 3 { 4 } else { 6 };
        let names: [&'static str; 3] = ["ea", "eb", "ec"];
        for (number, name) in names.into_iter().take(count).enumerate() {
            let mut fields = Vec::new();
            if self.dated && self.chance(6) {
                fields.push(format!("on: {}", date(self.random.below(6))));
            } else if self.chance(35) {
                let mut after = Vec::new();
                if number > 0 && self.chance(75) {
                    let earlier = self.random.below(number);
                    after.push(self.moved(names[earlier], 60));
                }
                if after.is_empty() || self.chance(20) {
                    let point = if self.dated && self.chance(50) {
                        date(self.random.below(5))
                    } else {
                        format!("signature + {} days", 1 + self.random.below(5))
                    };
                    after.push(point);
                }
                fields.push(format!("after: {}", after.join(", ")));
            }
            self.items.push(match fields.as_slice() {
                [] => format!("event {name} \"{name}\""),
                fields => format!("event {name} \"{name}\" {{ {} }}", fields.join("  ")),
            });
            self.events.push(name);
        }
        let phases = if self.profile == Profile::Conditions { 70 } else { 20 };
        for name in ["ha", "hb"] {
            if !self.chance(phases) {
                continue;
            }
            let from = self.point();
            let end = if self.chance(50) {
                format!("for: {} days", 1 + self.random.below(self.longest))
            } else {
                format!("until: {}", self.point())
            };
            self.items.push(format!("phase {name} \"{name}\" {{ from: {from}  {end} }}"));
            self.phases.push(name);
        }
    }

    fn actions(&mut self) {
        let nature = |world: &mut Self| if world.chance(70) { "achieve" } else { "maintain" };
        let first = nature(self);
        let mut say = |name: &str, nature: &str, is: &str| {
            let fields = format!("gerund: \"{name}ing\"  participle: \"{name}ed\"  nature: {nature}{is}");
            self.items.push(format!("action {name} \"{name}\" {{ {fields} }}"));
        };
        say("va", first, "");
        say("vm", "maintain", "");
        say("vr", "refrain", "");
        self.verbs.extend(["va", "vm"]);
        if self.chance(20) {
            self.verbs.push("vr");
        }
        if self.profile == Profile::Kinds || self.chance(15) {
            let (second, third) = (nature(self), nature(self));
            let above = *self.random.pick(&["vb", "va", "vm, vb"]);
            let mut say = |name: &str, nature: &str, is: &str| {
                self.items.push(format!("action {name} \"{name}\" {{ nature: {nature}  is: {is} }}"));
            };
            say("vb", second, "va");
            say("vc", third, above);
            self.verbs.extend(["vb", "vc"]);
        }
    }

    pub(super) fn write(&mut self) -> Draft {
        let mut sentences = Vec::new();
        let count = 2 + self.random.below(8);
        let mut sizes = Vec::new();
        while sizes.iter().sum::<usize>() < count {
            sizes.push(if self.chance(60) { 1 } else { 2 + self.random.below(3) });
        }
        let names = ["ca", "cb", "cc", "cd", "ce", "cf", "cg", "ch", "ci", "cj", "ck", "cl"];
        for (name, size) in names.iter().zip(&sizes) {
            self.references.push((*name).to_owned());
            if *size > 1 {
                self.references.extend((0..*size).map(|number| format!("{name}({})", letter(number))));
            }
        }
        let most = sizes.iter().sum::<usize>();
        if self.profile == Profile::Cover || self.chance(10) {
            sentences.extend(self.covered());
            sentences.truncate(most.max(6));
        }
        while sentences.len() < most {
            let norm = self.norm();
            sentences.push(norm);
        }
        let mut provisions = Vec::new();
        let mut rest = sentences.into_iter().peekable();
        for (number, name) in names.iter().enumerate() {
            if rest.peek().is_none() {
                break;
            }
            let size = sizes.get(number).copied().unwrap_or(1);
            let mut fields = Vec::new();
            if self.annex && self.chance(40) {
                fields.push("instrument: annex".to_owned());
            }
            if number > 0 && self.profile == Profile::Order && self.chance(6) {
                fields.push(format!("replaces: {}", names[self.random.below(number)]));
            }
            if self.chance(4) {
                fields.push(format!("when: after {}", self.one(&self.events.clone())));
            }
            let sentences = (0..size).map_while(|number| {
                let letter = (size > 1).then(|| letter(number));
                Some(Sentence { letter, words: rest.next()? })
            });
            provisions.push(Provision { name: (*name).to_owned(), fields, sentences: sentences.collect() });
        }
        Draft { items: self.items.clone(), provisions }
    }
}

fn letter(number: usize) -> char {
    char::from(b'a' + number as u8)
}
