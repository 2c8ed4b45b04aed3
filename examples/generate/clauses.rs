//! One function a kind of clause: its facts, complete but for a gap now and then, and its norms.

use super::words::{DURATIONS, MODALS, QUOTED, THINGS};
use super::{Drafter, put};
use std::fmt::Write as _;

impl Drafter {
    /// Writes one clause, of a kind as often as such kinds stand in a real draft.
    pub(super) fn clause(&mut self, number: usize) {
        if number % 25 == 1 {
            put!(self, "// {} Part {}\n", "-".repeat(60), number / 25 + 1);
        }
        match self.random.below(100) {
            0..8 => self.troops(number),
            8..16 => self.hub(number),
            16..24 => self.monitoring(number),
            24..32 => self.body(number),
            32..36 => self.ceasefire(number),
            36..48 => self.support(number),
            48..58 => self.commitment(number),
            58..72 => self.withdrawal(number),
            72..76 => self.closing(number),
            _ => self.provision(number),
        }
        put!(self, "}}\n");
    }

    /// Writes the first line of a clause and now and then the words that it rests on; gives its name.
    fn open(&mut self, kind: &str, stem: &str, label: &str, number: usize) -> String {
        let name = format!("{stem}-{number}");
        put!(self, "{kind} {name} \"{label} {number}\" {{");
        if self.random.chance(12) {
            let words = self.random.pick(&QUOTED);
            put!(self, "  text: \"{words}\"");
        }
        if self.random.chance(5) {
            put!(self, "  // To be read with the minutes of the last meeting.");
        }
        if self.random.chance(50) { &mut self.stronger } else { &mut self.weaker }.push(name.clone());
        name
    }

    fn troops(&mut self, number: usize) {
        let force = self.open("troops", "force", "Multinational force", number);
        let (place, event) = self.place_and_event(0);
        let host = self.host(&place);
        let (first, second) = (self.state(), self.state());
        let (low, share) = (self.random.between(2, 40) * 100, self.random.between(5, 50) * 10);
        self.fact("strength", &format!("{low}..{} personnel", low * 3), "several thousand");
        self.fact("mandate", "\"observe the line\", \"escort convoys\"", "contribute to stability as appropriate");
        self.fact("command", &first, "led by the willing states");
        self.fact("rules-of-engagement", "\"self-defence, and defence of the mandate\"", "appropriate force");
        self.fact("status", "\"as in the status agreement of 2024\"", "to be agreed");
        self.fact("protection", &host, "adequate protection");
        self.fact("funding", "\"each state bears the costs of its own contingent\"", "sufficient funds");
        put!(
            self,
            "  approval: \"none needed\"\n  revocation: \"in writing, 90 days ahead\"\n  rotation: \"one for one, with notice of 14 days\""
        );
        put!(
            self,
            "  (a) {first} shall deploy {share} personnel of {force} to {place} within {} of {event} in agreement with {host}.",
            self.random.pick(&DURATIONS)
        );
        if second != first {
            let modal = self.random.pick(&MODALS);
            put!(self, "  (b) {second} {modal} contribute to {force} by 2028-0{}-01.", self.random.between(1, 9));
        }
        put!(self, "  (c) {force} shall patrol {place} from {event} until 20{}-03-02.", self.random.between(30, 35));
        if self.random.chance(30) {
            put!(
                self,
                "  (d) {first} may station at most {} personnel of {force} in {place} during year-{}.",
                low * 3,
                self.random.between(1, 9)
            );
        }
        self.forces.push(force);
    }

    fn hub(&mut self, number: usize) {
        let hub = self.open("hub", "depot", "Depot", number);
        let (place, event) = self.place_and_event(1);
        let (host, owner) = (self.host(&place), self.state());
        self.fact("location", &place, "across the country");
        self.fact("owner", &owner, "the competent authorities");
        let stock = format!("{}, at most {} vehicles", self.thing(), self.random.between(20, 400));
        self.fact("inventory", &stock, "military equipment as needed");
        self.fact("access", &format!("{host}, OBSERVERS"), "as appropriate");
        self.fact("security", &host, "adequate guards");
        self.fact("release", "\"the owner, on request of the host, within 24 hours\"", "when necessary");
        self.fact("number", "1", "several");
        put!(self, "  closure: expiry\n  distance: at least {} km", self.random.between(20, 200));
        let condition = self.condition();
        put!(
            self,
            "  (a) {owner} shall establish {hub} in {place} no later than {event} + {}{condition}.",
            self.random.pick(&DURATIONS)
        );
        put!(self, "  (b) {hub} shall be inspected by OBSERVERS every {} months.", self.random.between(2, 12));
        self.hubs.push(hub);
    }

    fn monitoring(&mut self, number: usize) {
        let name = self.open("monitoring", "monitoring", "Monitoring", number);
        let (place, event) = self.place_and_event(2);
        let host = self.host(&place);
        self.fact("lead", "OBSERVERS", "to be proposed");
        self.fact("area", &place, "along the line");
        self.fact("methods", "\"patrols\", \"drones\", \"acoustic sensors\"", "appropriate means");
        self.fact("access", "\"everywhere, at any hour, after notice of 2 hours\"", "unhindered where feasible");
        self.fact("reports", "\"to the parties, every 14 days\"", "regularly");
        let hours = self.random.between(12, 72);
        self.fact("response-time", &format!("{hours} hours"), "without delay");
        self.fact("attribution", "LEAGUE", "to be decided");
        self.fact("baseline", "\"maps and lists handed over within 7 days of signature\"", "relevant data");
        let until = format!("20{}-12-31", self.random.between(30, 35));
        put!(self, "  (a) OBSERVERS shall monitor {place} from {event} until {until}.");
        put!(self, "  (b) OBSERVERS shall verify {name}(a) every {} weeks.", self.random.between(2, 8));
        if self.random.chance(60) {
            let (hours, scope) = (self.random.between(2, 12), self.random.pick(&["in", "at", "from"]));
            put!(self, "  (c) {host} shall admit OBSERVERS {scope} {place} within {hours} hours of {event}.");
        }
    }

    fn body(&mut self, number: usize) {
        let body = self.open("body", "commission", "Joint commission", number);
        let event = self.random.of(&self.events);
        let (first, second, third) = self.three_states();
        self.fact("founder", &format!("{first}, {second}"), "the parties concerned");
        self.fact("members", &format!("{first} 2, {second} 2, {third} 1"), "representatives");
        let rule = self.random.pick(&["unanimity", "consensus", "majority", "2/3"]);
        self.fact("decides", rule, "by mutual agreement");
        self.fact("chair", &third, "in turn");
        self.fact("on-deadlock", "\"the chair decides within 72 hours\"", "further consultations");
        self.fact("jurisdiction", &event, "relevant issues");
        self.fact("complainants", &format!("{first}, {second}, OBSERVERS"), "those concerned");
        let days = self.random.between(5, 60);
        self.fact("deadline", &format!("{days} days"), "in due course");
        self.fact("remedies", "\"a public finding\", \"compensation\"", "appropriate remedies");
        let effect = self.random.pick(&["binding", "recommendation"]);
        self.fact("effect", effect, "due regard");
        put!(self, "  evidence: \"reports of the monitors, and material that two members can examine\"");
        put!(self, "  (a) {first}, {second} shall establish {body} by 2026-{:02}-15.", self.random.between(5, 12));
        let days = self.random.between(7, 30);
        if self.random.chance(50) {
            put!(
                self,
                "  (b) {body} shall within {days} days of {event} (i) investigate {event}; (ii) attribute responsibility; \
                 (iii) publish reports."
            );
        } else {
            put!(
                self,
                "  (b) {body} shall settle disputes within {days} days of {event}; report to LEAGUE every 3 months."
            );
        }
        self.bodies.push(body);
    }

    fn ceasefire(&mut self, number: usize) {
        let _ = self.open("ceasefire", "truce", "Ceasefire", number);
        let place = self.random.of(&self.places);
        let (first, second, _) = self.three_states();
        let start = format!("2026-{:02}-01T06:00+02:00", self.random.between(4, 12));
        self.fact("start", &start, "as soon as possible");
        self.fact("acts", "\"fire of any weapon\", \"flights of armed drones\", \"laying of mines\"", "hostile acts");
        self.fact(
            "classes-of-breach",
            "\"incident\", \"violation\", \"violation with loss of life\"",
            "various violations",
        );
        self.fact("duration", "permanent", "until further notice");
        put!(self, "  monitoring: OBSERVERS\n  consequence: \"a public finding within 7 days\"");
        put!(self, "  orders: \"written orders to every unit at least 24 hours before the start\"");
        put!(self, "  heavy-weapons: at least 30 km\n  detainees: \"all for all, within 5 days of the start\"");
        put!(self, "  humanitarian-access: \"convoys, after notice of 24 hours\"\n  after-expiry: \"it has no end\"");
        put!(self, "  (a) {first}, {second} shall each cease attacks in {place} from {start}.");
        put!(self, "  (b) {first} shall refrain from deploying heavy-guns to {place}.");
    }

    fn support(&mut self, number: usize) {
        let _ = self.open("support", "support", "Support", number);
        let (donor, recipient, other) = self.three_states();
        let year = self.random.between(27, 34);
        let amount = format!("EUR {}.5 million per year", self.random.between(1, 90));
        self.fact("amount", &amount, "substantial assistance");
        self.fact("schedule", &format!("20{year}-06-01, 20{year}-12-01"), "in a timely manner");
        self.fact("until", &format!("20{}-03-02", year + 1), "as long as it takes");
        self.fact("oversight", "\"yearly audit by a court of auditors\"", "adequate oversight");
        let thing = self.thing();
        match self.random.below(4) {
            0 => put!(
                self,
                "  (a) {donor}, {other} will jointly provide {} {thing} to {recipient} by 20{year}-12-31.",
                self.random.between(10, 300)
            ),
            1 => put!(
                self,
                "  (a) {donor} will pay EUR {} million to {recipient} by 20{year}-06-30.",
                self.random.between(2, 80)
            ),
            2 => put!(
                self,
                "  (a) {donor} will train {} personnel of {recipient} within {} of signature.",
                self.random.between(2, 60) * 50,
                self.random.pick(&DURATIONS)
            ),
            _ => put!(self, "  (a) {thing} shall be delivered to {recipient} by {donor} before 20{year}-10-01."),
        }
        if self.random.chance(40) {
            put!(
                self,
                "  (b) {donor} shall deliver {}% of {thing} to {recipient} by 20{year}-06-01 with training.",
                self.random.between(1, 20) * 5
            );
        }
    }

    fn commitment(&mut self, number: usize) {
        let _ = self.open("commitment", "guarantee", "Assistance", number);
        let (first, second, third) = self.three_states();
        let at = self.states.iter().position(|state| *state == third).unwrap_or_default();
        let (place, event) = (self.random.of(&self.places), self.event_of(at, 3));
        self.fact("trigger", &event, "in case of aggression");
        self.fact("scope", "\"armed attack by land, sea or air, also by irregular forces\"", "hostile acts");
        let hours = self.random.between(12, 48);
        self.fact("consultation", &format!("{hours} hours"), "promptly");
        self.fact("attribution", "LEAGUE", "in close contact");
        self.fact("area", &place, "in the region");
        self.fact("duration", "10 years", "long-term");
        self.fact("shares", &format!("{first} 60, {second} 40"), "a fair share");
        let (hours, order) = (self.random.between(24, 96), self.order());
        let condition = self.condition();
        put!(self, "  (a) {first}, {second} shall assist {third} within {hours} hours of {event}{condition}{order}.");
        if self.random.chance(35) {
            put!(
                self,
                "  (b) {first} stands ready to support {third} with intelligence, logistics during year-{}.",
                self.random.between(1, 9)
            );
        }
        if self.random.chance(20) {
            put!(
                self,
                "  (c) {third} shall notify {first} about {event} within {} hours of {event}.",
                self.random.between(1, 12)
            );
        }
    }

    fn withdrawal(&mut self, number: usize) {
        let name = self.open("withdrawal", "withdrawal", "Withdrawal", number);
        let (place, event) = self.place_and_event(4);
        let force = if self.forces.is_empty() { "heavy-guns".to_string() } else { self.random.of(&self.forces) };
        let actor = self.state();
        self.fact("verification", "OBSERVERS", "appropriate verification");
        self.fact("baseline", "\"lists exchanged within 7 days of signature\"", "available data");
        if self.random.chance(50) {
            self.fact("from", &place, "the area concerned");
            put!(self, "  to: \"barracks\"");
            let days = self.random.between(5, 30);
            put!(self, "  (a) {actor} shall withdraw 40% of {force} from {place} within {days} days of {event}.");
            put!(self, "  (b) {actor} shall withdraw 60% of {force} from {place} within {} days of {event}.", days * 2);
            put!(self, "  parts: {name}(a), {name}(b)");
        } else {
            put!(
                self,
                "  to: \"barracks\"\n  (a) {force} shall be withdrawn from {place} by {actor} within {} of {event}.",
                self.random.pick(&DURATIONS)
            );
        }
    }

    fn closing(&mut self, number: usize) {
        let _ = self.open("final", "final", "Final provisions", number);
        self.fact("amendment", "\"in writing, with the consent of every signatory\"", "as agreed");
        self.fact("withdrawal", "12 months", "with due notice");
        put!(self, "  (a) the parties shall review accord by 20{}-03-02.", self.random.between(28, 35));
    }

    /// A provision of no particular kind: half of them short, as most articles of a real text are.
    fn provision(&mut self, number: usize) {
        let name = self.open("clause", "article", "Article", number);
        let (first, second, third) = self.three_states();
        let (place, event) = self.place_and_event(5);
        let days = self.random.between(2, 90);
        let (thing, order) = (self.thing(), self.order());
        match self.random.below(10) {
            0 => put!(
                self,
                "  {first} shall release {} prisoners to {second} within {days} days of {event}.",
                self.random.between(5, 900)
            ),
            1 => put!(
                self,
                "  {first} shall notify {second}, {third} about {event} at least {days} days before 2027-03-02{order}."
            ),
            2 => put!(self, "  {first} shall not deploy {thing} to {place} before {event}{order}."),
            3 => put!(
                self,
                "  {first} may inspect {thing} in {place} every {} weeks{order}.",
                self.random.between(1, 12)
            ),
            4 => put!(self, "  {first} undertakes to protect {place} against {second} while {event}."),
            5 => {
                put!(self, "  when: after {event}");
                put!(self, "  (a) {first} shall clear {place} by 2029-0{}-01.", self.random.between(1, 9));
                put!(self, "  (b) {second} shall finance {name}(a) until fulfilment of {name}(a).");
            }
            6 => put!(self, "  {first} shall ensure that {second} respect {place} from {event} until expiry."),
            7 => put!(self, "  {first} or {second} shall host {third} in {place} for {days} days{order}."),
            8 => put!(
                self,
                "  {first}, {second} shall consult about {event} upon each {event} within {days} hours of {event}."
            ),
            _ if !self.hubs.is_empty() && !self.bodies.is_empty() => {
                let (hub, body) = (self.random.of(&self.hubs), self.random.of(&self.bodies));
                put!(self, "  {first} shall guard {hub} under {body} according to {body} until 2035-12-31{order}.");
            }
            _ => put!(self, "  {first} should exchange {thing} with {second} within {days} days of signature."),
        }
    }

    /// A condition, for some norms.
    fn condition(&mut self) -> String {
        let (first, second) = (self.random.of(&self.events), self.random.of(&self.events));
        match self.random.below(20) {
            0 => format!(" if {first} and not {second}"),
            1 => format!(" unless {first}"),
            2 => format!(" if ({first} or {second})"),
            3 if !self.stronger.is_empty() => {
                format!(" if not {} is broken", self.random.of(&self.stronger))
            }
            _ => String::new(),
        }
    }

    /// A word on how a norm stands to another clause, for some norms. It is written before the clause's own full stop, and
    /// never points at the clause itself, which stands last in its list.
    fn order(&mut self) -> String {
        fn earlier(names: &[String]) -> &[String] {
            names.split_last().map_or(&[], |(_, rest)| rest)
        }
        let (stronger, weaker) = (earlier(&self.stronger), earlier(&self.weaker));
        if stronger.is_empty() || weaker.is_empty() {
            return String::new();
        }
        match self.random.below(40) {
            0 => format!(" subject to {}", self.random.of(stronger)),
            1 => format!(" notwithstanding {}", self.random.of(weaker)),
            2 => format!(" without prejudice to {}", self.random.of(stronger)),
            3 => format!(" in accordance with {}", self.random.of(stronger)),
            4 => format!(" except as in {}", self.random.of(stronger)),
            _ => String::new(),
        }
    }

    fn thing(&mut self) -> &'static str {
        let at = self.random.below(THINGS.len());
        THINGS.get(at).map_or("", |(name, _)| name)
    }

    fn state(&mut self) -> String {
        self.random.of(&self.states)
    }

    /// A place, and the event on which this kind of provision starts there: another kind waits for another event, and each
    /// kind for the same one wherever it speaks of the place.
    fn place_and_event(&mut self, kind: usize) -> (String, String) {
        let at = self.random.below(self.places.len());
        let place = self.places.get(at).cloned().unwrap_or_default();
        (place, self.event_of(at, kind))
    }

    fn event_of(&self, at: usize, kind: usize) -> String {
        let events = self.events.len().max(1);
        self.events.get((at + kind * self.places.len()) % events).cloned().unwrap_or_default()
    }

    /// Three states, none twice.
    fn three_states(&mut self) -> (String, String, String) {
        let first = self.random.below(self.states.len());
        let state =
            |offset: usize| self.states.get((first + offset) % self.states.len().max(1)).cloned().unwrap_or_default();
        (state(0), state(1), state(2))
    }
}
