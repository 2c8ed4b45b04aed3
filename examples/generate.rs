//! Writes a draft of any size to standard output: `cargo run --release --example generate -- --clauses 10000 --seed 1`.
//!
//! The draft parses and every name in it is declared; as in a real draft a few facts are missing or vague (`--flawed PERCENT`).
//! The same numbers give the same text on every machine. Benchmarks include this file and call [`draft`].

#[path = "generate/clauses.rs"]
mod clauses;
#[path = "generate/random.rs"]
mod random;
#[path = "generate/words.rs"]
mod words;

use random::Random;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use words::{ENDINGS, GROUNDS, HAPPENINGS, REGIONS, STEMS, THINGS};

/// Writes a line of the draft; writing to a string cannot fail.
macro_rules! put {
    ($drafter:ident, $($text:tt)*) => {
        writeln!($drafter.out, $($text)*).unwrap_or_default()
    };
}
use put;

/// How many of a hundred facts a draft leaves out or leaves vague where nobody says otherwise.
const FLAWED: u64 = 3;

/// Writes a draft of that many clauses; the same numbers give the same text.
pub fn draft(clauses: usize, seed: u64) -> String {
    draft_with(clauses, seed, FLAWED)
}

/// Writes a draft in which that many of a hundred facts are left out or left vague.
pub fn draft_with(clauses: usize, seed: u64, flawed: u64) -> String {
    let mut drafter = Drafter::new(clauses, seed, flawed);
    for number in 1..=clauses {
        drafter.clause(number);
    }
    // What stands above the clauses is written last, when it is known which names they use.
    let clauses = std::mem::take(&mut drafter.out);
    let used = clauses.split(|letter: char| !letter.is_alphanumeric() && letter != '-').collect();
    drafter.header();
    drafter.parties();
    drafter.places(&used);
    drafter.events(&used);
    drafter.things(&used);
    drafter.out + &clauses
}

/// Reads the arguments and prints the draft.
#[allow(dead_code, reason = "a benchmark that includes this file has its own")]
fn main() -> ExitCode {
    let (mut clauses, mut seed, mut flawed) = (100, 1, FLAWED);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().and_then(|value| value.replace('_', "").parse::<u64>().ok());
        match (name.as_str(), value) {
            ("--clauses", Some(value)) => clauses = value,
            ("--seed", Some(value)) => seed = value,
            ("--flawed", Some(value)) if value <= 100 => flawed = value,
            _ => {
                eprintln!("usage: generate [--clauses N] [--seed N] [--flawed PERCENT]");
                return ExitCode::from(2);
            }
        }
    }
    let text = draft_with(usize::try_from(clauses).unwrap_or(usize::MAX), seed, flawed);
    // A reader that stops early, such as `head`, is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// The draft so far, and the names that it may use.
struct Drafter {
    out: String,
    random: Random,
    flawed: u64,
    states: Vec<String>,
    organisations: Vec<String>,
    places: Vec<String>,
    events: Vec<String>,
    forces: Vec<String>,
    hubs: Vec<String>,
    bodies: Vec<String>,
    /// Clauses that later ones may yield to, and those that later ones may set aside; no clause is in both, so that the order
    /// among clauses never runs in a circle.
    stronger: Vec<String>,
    weaker: Vec<String>,
}

impl Drafter {
    fn new(clauses: usize, seed: u64, flawed: u64) -> Self {
        // Parties, places and events grow more slowly than the text: 40, 150 and 400 of them for 10,000 clauses.
        let share = |power: f64, least: usize| least + (clauses as f64).powf(power) as usize;
        let mut drafter = Self {
            out: String::with_capacity(clauses * 480 + 4096),
            random: Random(seed),
            flawed,
            states: Vec::new(),
            organisations: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
            forces: Vec::new(),
            hubs: Vec::new(),
            bodies: Vec::new(),
            stronger: Vec::new(),
            weaker: Vec::new(),
        };
        let states = share(0.39, 3);
        drafter.states = STEMS
            .iter()
            .flat_map(|stem| ENDINGS.iter().map(move |ending| format!("{stem}{ending}")))
            .step_by(if states < 30 { 5 } else { 1 })
            .take(states)
            .collect();
        drafter.organisations = ["LEAGUE", "UNION", "OBSERVERS"].map(String::from).to_vec();
        drafter.places = names(&pairs(&REGIONS, &GROUNDS), share(0.54, 4));
        let happenings: Vec<String> = HAPPENINGS.iter().map(|(name, ..)| (*name).to_string()).collect();
        drafter.events = names(&happenings, share(0.65, 4));
        drafter
    }

    /// Writes a fact, or now and then leaves it out, open or vague.
    fn fact(&mut self, name: &str, value: &str, vague: &str) {
        if !self.random.chance(self.flawed) {
            let _ = writeln!(self.out, "  {name}: {value}");
            return;
        }
        let _ = match self.random.below(3) {
            0 => Ok(()),
            1 => writeln!(self.out, "  {name}: open"),
            _ => writeln!(self.out, "  {name}: \"{vague}\""),
        };
    }

    fn header(&mut self) {
        let signatories = self.states.join(", ");
        put!(self, "// Written by a program; no such states, and no such text.\n");
        put!(self, "declaration accord \"Accord on Security and Mutual Assistance\" {{");
        put!(self, "  form: agreement\n  binding: legal\n  signed: 2026-03-02\n  in-force: signature + 30 days");
        put!(self, "  expires: 2036-03-02\n  checklist: security-guarantee");
        put!(self, "  signatories: {signatories}");
        put!(self, "  languages: \"English\"\n  depositary: LEAGUE\n}}\n");
    }

    fn parties(&mut self) {
        for at in 0..self.states.len() {
            let state = self.states.get(at).cloned().unwrap_or_default();
            put!(self, "party {state} \"the Republic of {state}\" {{ kind: state }}");
        }
        for organisation in self.organisations.clone() {
            let all = self.states.join(", ");
            put!(self, "party {organisation} \"the {organisation}\" {{ kind: organisation  members: {all} }}");
        }
        put!(self, "");
    }

    /// The state whose place that is.
    fn host(&self, place: &str) -> String {
        let at = self.places.iter().position(|name| name == place).unwrap_or_default();
        self.states.get(at % self.states.len().max(1)).cloned().unwrap_or_default()
    }

    fn places(&mut self, used: &HashSet<&str>) {
        for at in 0..self.places.len() {
            let place = self.places.get(at).cloned().unwrap_or_default();
            // Some lie within an earlier place of the same state.
            let outer = at.checked_sub(self.states.len()).and_then(|earlier| self.places.get(earlier));
            let outer = outer.filter(|outer| used.contains(outer.as_str())).cloned();
            let outer = outer.filter(|_| self.random.chance(40));
            if !used.contains(place.as_str()) {
                continue;
            }
            let (host, label) = (self.host(&place), place.replace('-', " "));
            let within = outer.map_or(String::new(), |outer| format!("  within: {outer}"));
            put!(self, "place {place} \"the {label} of {host}\" {{ of: {host}{within} }}");
        }
        put!(self, "");
    }

    fn events(&mut self, used: &HashSet<&str>) {
        let mut earlier: Vec<String> = Vec::new();
        for at in 0..self.events.len() {
            let event = self.events.get(at).cloned().unwrap_or_default();
            if !used.contains(event.as_str()) {
                continue;
            }
            let (_, label, means) = HAPPENINGS.get(at % HAPPENINGS.len()).copied().unwrap_or_default();
            let (round, certifier) = (at / HAPPENINGS.len() + 1, self.random.of(&self.organisations));
            put!(self, "event {event} \"{label}, {round}\" {{");
            self.fact("means", &format!("\"{means}\""), "a credible and lasting settlement");
            self.fact("certified-by", &certifier, "the competent authorities");
            if !earlier.is_empty() && self.random.chance(40) {
                put!(self, "  after: {}", self.random.of(&earlier));
            }
            put!(self, "}}");
            earlier.push(event);
        }
        put!(self, "");
    }

    fn things(&mut self, used: &HashSet<&str>) {
        for (name, label) in THINGS.iter().filter(|(name, _)| used.contains(name)) {
            put!(self, "thing {name} \"{label}\"");
        }
        for year in 2027..=2035 {
            let name = format!("year-{}", year - 2026);
            if used.contains(name.as_str()) {
                put!(self, "phase {name} \"year {}\" {{ from: {year}-03-02  until: {}-03-02 }}", year - 2026, year + 1);
            }
        }
        put!(self, "");
    }
}

/// Joins each word of one list to each of another.
fn pairs(first: &[&str], second: &[&str]) -> Vec<String> {
    second.iter().flat_map(|ground| first.iter().map(move |region| format!("{region}-{ground}"))).collect()
}

/// Gives so many names, from the second round on with a number behind them.
fn names(words: &[String], count: usize) -> Vec<String> {
    let rounds = (1..).flat_map(|round| words.iter().map(move |word| (round, word)));
    let named = rounds.map(|(round, word)| if round == 1 { word.clone() } else { format!("{word}-{round}") });
    named.take(count).collect()
}
