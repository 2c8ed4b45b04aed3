//! Sentences made at random.

use super::world::World;
use super::{Profile, date};

impl World {
    /// `ea`, mostly with something added.
    pub(super) fn moved(&mut self, point: &str, percent: usize) -> String {
        if self.chance(percent) {
            format!("{point} + {} days", self.random.below(self.longest + 1))
        } else {
            point.to_owned()
        }
    }

    pub(super) fn point(&mut self) -> String {
        match self.random.below(10) {
            0..=1 if self.dated => date(self.random.below(8)),
            2 => self.moved("signature", 90),
            3 if self.dated && self.items[0].contains("in-force") => self.moved("entry into force", 60),
            4 if !self.phases.is_empty() => {
                let end = if self.chance(50) { "start" } else { "end" };
                let phase = self.one(&self.phases.clone());
                self.moved(&format!("{end} of {phase}"), 50)
            }
            _ => {
                let event = self.one(&self.events.clone());
                self.moved(event, 50)
            }
        }
    }

    fn days(&mut self) -> usize {
        1 + self.random.below(self.longest)
    }

    /// When a duty or permission is due: mostly with an end.
    fn due(&mut self) -> String {
        let (event, days, point) = (self.one(&self.events.clone()), self.days(), self.point());
        match self.random.below(14) {
            0..=3 => format!(" within {} days of {event}", self.random.below(self.longest + 1)),
            4 => format!(" by {point}"),
            5 => format!(" before {point}"),
            6 if !self.phases.is_empty() => format!(" during {}", self.one(&self.phases.clone())),
            7 => format!(" from {event} until {point}"),
            8 => format!(" from {event} for {days} days"),
            9 => format!(" on {point}"),
            10 => format!(" after {event} by {point}"),
            11 => format!(" at least {days} days before {event}"),
            12 => format!(" {days} days after {event}"),
            _ => self.held(),
        }
    }

    /// When a ban or a duty to maintain holds: mostly long.
    fn held(&mut self) -> String {
        let (event, days, point) = (self.one(&self.events.clone()), self.days(), self.point());
        match self.random.below(18) {
            0..=4 => String::new(),
            5 => format!(" after {event}"),
            6 => format!(" upon {event}"),
            7 => format!(" {days} days after {event}"),
            8 => format!(" no earlier than {point}"),
            9..=10 => format!(" until {point}"),
            11..=12 => format!(" from {event} until {point}"),
            13 => format!(" from {event} until {event} + {days} days"),
            14 => format!(" from {event} for {days} days"),
            15 => format!(" before {point}"),
            16 if !self.phases.is_empty() => format!(" during {}", self.one(&self.phases.clone())),
            _ => format!(" for {days} days"),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        let choice = self.random.below(if depth == 0 { 5 } else { 10 });
        match choice {
            0..=2 => self.one(&self.events.clone()).to_owned(),
            3 if !self.phases.is_empty() => self.one(&self.phases.clone()).to_owned(),
            3 => self.one(&self.events.clone()).to_owned(),
            4 => format!("not {}", self.one(&self.events.clone())),
            5 => format!("not ({})", self.condition(depth - 1)),
            6..=7 => format!("({}) and {}", self.condition(depth - 1), self.condition(depth - 1)),
            _ => format!("{} or ({})", self.condition(depth - 1), self.condition(depth - 1)),
        }
    }

    /// ` if …`, now and then.
    fn perhaps_condition(&mut self) -> String {
        let percent = if self.profile == Profile::Conditions { 55 } else { 10 };
        if !self.chance(percent) {
            return String::new();
        }
        let lead = *self.random.pick(&["if", "unless", "while"]);
        format!(" {lead} {}", self.condition(2))
    }

    fn perhaps_order(&mut self) -> String {
        let percent = if self.profile == Profile::Order { 35 } else { 4 };
        if !self.chance(percent) || self.references.is_empty() {
            return String::new();
        }
        let order = *self.random.pick(&[
            "subject to",
            "notwithstanding",
            "except as in",
            "subject to",
            "notwithstanding",
            "without prejudice to",
            "in accordance with",
        ]);
        let other =
            if self.annex && self.chance(15) { "annex".to_owned() } else { self.random.pick(&self.references).clone() };
        format!(" {order} {other}")
    }

    fn actor(&mut self) -> &'static str {
        if !self.groups.is_empty() && self.chance(35) {
            return self.one(&self.groups.clone());
        }
        // One of them acts more often than the others.
        if self.chance(55) { "Pa" } else { self.one(&self.parties.clone()) }
    }

    /// Actors of a duty, and the word that says how they owe it.
    fn owing(&mut self) -> (String, &'static str) {
        match self.random.below(12) {
            0 => {
                let (one, other) = (self.actor(), self.actor());
                (format!("{one} or {other}"), "")
            }
            1 => {
                let (one, other) = (self.actor(), self.actor());
                (format!("{one}, {other}"), *self.random.pick(&["", "", " jointly", " each"]))
            }
            2 => (
                (*self.random.pick(&["the parties", "all parties"])).to_owned(),
                *self.random.pick(&["", " jointly", " each"]),
            ),
            3 => ("anyone except Pa".to_owned(), ""),
            4 => (self.actor().to_owned(), " each"),
            _ => (self.actor().to_owned(), ""),
        }
    }

    fn barred(&mut self) -> String {
        match self.random.below(8) {
            0 => "the parties".to_owned(),
            1 => {
                let (one, other) = (self.actor(), self.actor());
                format!("{one}, {other}")
            }
            2 => format!("anyone except {}", self.actor()),
            _ => self.actor().to_owned(),
        }
    }

    fn amount(&mut self) -> String {
        let number = 1 + self.random.below(5);
        match self.random.below(7) {
            0 => format!("at least {number} "),
            1 => format!("at most {number} "),
            2 => format!("more than {number} "),
            3 => format!("fewer than {number} "),
            4 => format!("{number}..{} ", number + self.random.below(3)),
            _ => format!("{number} "),
        }
    }

    /// What it is done to, where and to whom; of a ban less is said.
    fn matter(&mut self, duty: bool) -> String {
        let things = self.things.clone();
        let verb = self.one(&self.verbs.clone());
        let thing = self.one(&things);
        let mut words = verb.to_owned();
        let without_object = if duty { 15 } else { 40 };
        if !self.chance(without_object) {
            words += " ";
            match self.random.below(16) {
                0 => words += &format!("{thing} or {}", self.one(&things)),
                1 => words += &format!("{thing}, {}", self.one(&things)),
                2 => words += &format!("\"{}\"", ["boats", "ships"][self.random.below(2)]),
                3 => {
                    let amount = self.amount();
                    words += &format!("{amount}{thing}");
                }
                _ => words += thing,
            }
        }
        if self.chance(if duty { 40 } else { 25 }) {
            words += &format!(" in {}", self.one(&self.places.clone()));
        }
        if self.chance(4) {
            words += &format!(" from {}", self.one(&self.places.clone()));
        }
        if self.chance(if duty { 15 } else { 8 }) {
            words += &format!(" to {}", self.one(&["Pb", "Pc"]));
        }
        words
    }

    fn duty(&mut self) -> String {
        let weak = if self.profile == Profile::Strengths { 35 } else { 2 };
        let modal = if self.chance(weak) {
            *self.random.pick(&["should", "intends to", "endeavours to", "stands ready to"])
        } else {
            *self.random.pick(&["shall", "shall", "shall", "must", "will", "commits to", "undertakes to", "agrees to"])
        };
        let (actors, manner) = self.owing();
        // Mostly before the modal, as one says it.
        let (before, behind) = if self.chance(50) { (manner, "") } else { ("", manner) };
        let mut acts = Vec::new();
        let count = if self.chance(8) { 2 } else { 1 };
        for _ in 0..count {
            let (matter, order, due) = (self.matter(true), self.perhaps_order(), self.due());
            acts.push(format!("{matter}{order}{due}{}", self.perhaps_condition()));
        }
        format!("{actors}{before} {modal}{behind} {}", acts.join("; "))
    }

    fn permission(&mut self) -> String {
        let (matter, order, due, condition) =
            (self.matter(true), self.perhaps_order(), self.due(), self.perhaps_condition());
        if self.chance(25) {
            let actor = self.actor();
            return format!("only {actor} may {matter}{order}{due}{condition}");
        }
        let (actors, manner) = self.owing();
        let modal = *self.random.pick(&["may", "may", "is entitled to"]);
        format!("{actors}{manner} {modal} {matter}{order}{due}{condition}")
    }

    fn release(&mut self) -> String {
        let (actors, matter) = (self.barred(), self.matter(false));
        let (order, held, condition) = (self.perhaps_order(), self.held(), self.perhaps_condition());
        format!("{actors} is not obliged to {matter}{order}{held}{condition}")
    }

    fn ban(&mut self) -> String {
        let held = self.held();
        let matter = self.matter(false);
        self.ban_on(&matter, &held)
    }

    fn ban_on(&mut self, matter: &str, held: &str) -> String {
        let weak = if self.profile == Profile::Strengths { 35 } else { 2 };
        let subject = match self.random.below(5) {
            _ if self.chance(weak) => {
                format!("{} {}", self.barred(), *self.random.pick(&["should not", "intends not to"]))
            }
            0 => (*self.random.pick(&["no party shall", "nobody may", "nobody shall"])).to_owned(),
            1 => format!("{} {}", self.barred(), *self.random.pick(&["must not", "will not", "undertakes not to"])),
            2 => format!("{} may not", self.barred()),
            _ => format!("{} shall not", self.barred()),
        };
        let mut except = String::new();
        if self.chance(if matches!(self.profile, Profile::Kinds | Profile::Order) { 15 } else { 5 }) {
            let (party, thing, place) = (self.actor(), self.one(&self.things.clone()), self.one(&self.places.clone()));
            except = format!(" except {}", *self.random.pick(&[party, thing, place]));
        }
        let words = match self.random.below(60) {
            0 => " \"where they can\"",
            1 => " only in order to \"provoke\"",
            _ => "",
        };
        // A quotation right behind the verb would be its object.
        let words = if matter.contains(' ') { words } else { "" };
        format!("{subject} {matter}{except}{}{words}{held}{}", self.perhaps_order(), self.perhaps_condition())
    }

    pub(super) fn norm(&mut self) -> String {
        let [duty, permission, release] = match self.profile {
            Profile::Permissions => [20, 25, 20],
            _ => [35, 3, 3],
        };
        match self.random.below(100) {
            n if n < duty => self.duty(),
            n if n < duty + permission => self.permission(),
            n if n < duty + permission + release => self.release(),
            _ => self.ban(),
        }
    }

    /// A duty with several ways of meeting it over several days, and bans that leave little or nothing of it.
    pub(super) fn covered(&mut self) -> Vec<String> {
        let (length, event) = (2 + self.random.below(self.longest - 1), self.one(&self.events.clone()));
        let actors = &["Pa", "Pb", "Pc"][..[1, 1, 2, 3][self.random.below(4)]];
        let things = &["ta", "tb"][..[1, 1, 1, 2][self.random.below(4)]];
        let verb = if self.chance(85) { "va" } else { "vm" };
        let dated = self.dated && self.chance(20);
        let base = if dated { "signature" } else { event };
        let modal = if self.profile == Profile::Permissions && self.chance(40) { "may" } else { "shall" };
        let duty =
            format!("{} {modal} {verb} {} within {length} days of {base}", actors.join(" or "), things.join(" or "));
        let mut sentences = vec![duty];
        let mut from = 0;
        while from <= length {
            let until = (from + 1 + self.random.below(3)).min(length + 1);
            // A day too early or too late, now and then.
            let (mut starts, mut ends) = (from, until);
            match self.random.below(14) {
                0 => starts += 1,
                1 => ends -= 1,
                2 => ends += 1,
                3 => starts = starts.saturating_sub(1),
                _ => {}
            }
            let all_actors = actors.len() == 1 || self.chance(60);
            let all_things = things.len() == 1 || self.chance(60);
            let groups: Vec<String> =
                if all_actors { vec![actors.join(", ")] } else { actors.iter().map(|one| (*one).to_owned()).collect() };
            for group in groups {
                for thing in
                    if all_things { vec![String::new()] } else { things.iter().map(|one| format!(" {one}")).collect() }
                {
                    let free = self.one(&self.events.clone());
                    let when = match self.random.below(6) {
                        0..=1 if free != base && ends > starts => {
                            format!("from {free} until {free} + {} days", ends - starts)
                        }
                        2 if dated => format!("from {} until {}", date(starts), date(ends)),
                        3 if starts == 0 => format!("until {base} + {ends} days"),
                        4 if ends > length => format!("no earlier than {base} + {starts} days"),
                        _ => format!("from {base} + {starts} days until {base} + {ends} days"),
                    };
                    sentences.push(format!("{group} shall not {verb}{thing} {when}"));
                }
            }
            from = until;
        }
        sentences
    }
}
