//! Reads `grammar/decl.ebnf` and decides by it alone whether a text is in the language.
//!
//! Shares nothing with the parser: the scanner, the token productions and the recogniser follow the words of the grammar.

use std::collections::HashMap;

/// The grammar file.
pub const TEXT: &str = include_str!("../../grammar/decl.ebnf");

/// The right side of a production.
#[derive(Debug)]
pub enum Expr {
    /// `"shall"`, `"{"`
    Literal(String),
    /// A token production, by name.
    Token(String),
    /// A production, by its position.
    Rule(usize),
    Seq(Vec<Expr>),
    /// The alternatives, each with a number of its own in the whole grammar.
    Alt(Vec<(usize, Expr)>),
    Opt(Box<Expr>),
    Rep(Box<Expr>),
}

/// The whole grammar.
pub struct Grammar {
    pub names: Vec<String>,
    pub rules: Vec<Expr>,
    /// The token productions with their prose.
    pub tokens: HashMap<String, String>,
    /// The words of the token production `RESERVED`.
    pub reserved: Vec<String>,
    /// How many alternatives there are in all choices.
    pub alternatives: usize,
}

impl Grammar {
    /// Reads the file.
    pub fn read() -> Self {
        let parts = split(TEXT);
        let mut productions: Vec<(String, Vec<Part>)> = Vec::new();
        let mut i = 0;
        while i < parts.len() {
            let Part::Name(name) = &parts[i] else { panic!("a production begins with its name, not {:?}", parts[i]) };
            assert_eq!(parts[i + 1], Part::Mark('='), "behind {name}");
            let end = (i..parts.len()).find(|&at| parts[at] == Part::Mark(';')).expect("a production ends with `;`");
            assert!(productions.iter().all(|(known, _)| known != name), "{name} is there twice");
            productions.push((name.clone(), parts[i + 2..end].to_vec()));
            i = end + 1;
        }
        let mut tokens = HashMap::new();
        let mut bodies = Vec::new();
        for (name, body) in productions {
            match &body[..] {
                [Part::Prose(prose)] => {
                    tokens.insert(name, prose.clone());
                }
                _ => bodies.push((name, body)),
            }
        }
        let names: Vec<String> = bodies.iter().map(|(name, _)| name.clone()).collect();
        let mut reader = Reader { names: &names, tokens: &tokens, alternatives: 0 };
        let rules = bodies
            .iter()
            .map(|(name, body)| {
                let mut at = 0;
                let rule = reader.choice(body, &mut at);
                assert_eq!(at, body.len(), "{name} cannot be read to its end");
                rule
            })
            .collect();
        let alternatives = reader.alternatives;
        let reserved = tokens["RESERVED"].split_whitespace().map(str::to_owned).collect();
        Self { names, rules, tokens, reserved, alternatives }
    }

    /// The position of a production.
    pub fn rule(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| panic!("no production {name}"))
    }

    /// Whether a text is in the language.
    pub fn accepts(&self, text: &str) -> bool {
        let Some(tokens) = scan(text) else { return false };
        let mut run = Run { grammar: self, tokens: &tokens, known: HashMap::new() };
        run.rule(self.rule("draft"), 0).is_some_and(|end| tokens[end].kind == Kind::End)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Name(String),
    Literal(String),
    Prose(String),
    Mark(char),
}

fn split(mut text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    loop {
        text = text.trim_start();
        let Some(first) = text.chars().next() else { return parts };
        if text.starts_with("(*") {
            text = &text[text.find("*)").expect("a comment is closed") + 2..];
        } else if first == '"' || first == '?' {
            let end = 1 + text[1..].find(first).expect("what is quoted is closed");
            let inside = text[1..end].trim().to_owned();
            parts.push(if first == '"' { Part::Literal(inside) } else { Part::Prose(inside) });
            text = &text[end + 1..];
        } else if first.is_alphabetic() {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
            parts.push(Part::Name(text[..end].to_owned()));
            text = &text[end..];
        } else {
            parts.push(Part::Mark(first));
            text = &text[1..];
        }
    }
}

struct Reader<'a> {
    names: &'a [String],
    tokens: &'a HashMap<String, String>,
    alternatives: usize,
}

impl Reader<'_> {
    fn choice(&mut self, parts: &[Part], at: &mut usize) -> Expr {
        let mut all = vec![self.sequence(parts, at)];
        while parts.get(*at) == Some(&Part::Mark('|')) {
            *at += 1;
            all.push(self.sequence(parts, at));
        }
        if all.len() == 1 {
            return all.remove(0);
        }
        let first = self.alternatives;
        self.alternatives += all.len();
        Expr::Alt(all.into_iter().enumerate().map(|(index, one)| (first + index, one)).collect())
    }

    fn sequence(&mut self, parts: &[Part], at: &mut usize) -> Expr {
        let mut all = Vec::new();
        while let Some(part) = parts.get(*at) {
            match part {
                Part::Mark('|' | ']' | '}' | ')') => break,
                Part::Mark(open) => {
                    *at += 1;
                    let inside = self.choice(parts, at);
                    let (close, made) = match open {
                        '[' => (']', Expr::Opt(Box::new(inside))),
                        '{' => ('}', Expr::Rep(Box::new(inside))),
                        '(' => (')', inside),
                        other => panic!("`{other}` in a production"),
                    };
                    assert_eq!(parts.get(*at), Some(&Part::Mark(close)));
                    *at += 1;
                    all.push(made);
                    continue;
                }
                Part::Literal(text) => all.push(Expr::Literal(text.clone())),
                Part::Prose(prose) => panic!("prose stands alone in a token production: {prose}"),
                Part::Name(name) => all.push(match self.names.iter().position(|known| known == name) {
                    Some(index) => Expr::Rule(index),
                    None => {
                        assert!(self.tokens.contains_key(name), "no production {name}");
                        Expr::Token(name.clone())
                    }
                }),
            }
            *at += 1;
        }
        if all.len() == 1 { all.remove(0) } else { Expr::Seq(all) }
    }
}

/// What a token is by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Word,
    Path,
    Field,
    Number,
    Fraction,
    Date,
    Month,
    Instant,
    String,
    Mark,
    /// What means nothing outside a block in another language.
    Odd,
    End,
}

/// A token of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    /// Whether it is the first on its line.
    pub first: bool,
}

/// Cuts a text into tokens; `None` where a quotation is not closed.
pub fn scan(text: &str) -> Option<Vec<Token>> {
    let all: Vec<char> = text.chars().collect();
    let get = |at: usize| all.get(at).copied().unwrap_or('\n');
    let digit = |at: usize| get(at).is_ascii_digit();
    let letter = |at: usize| get(at).is_alphanumeric() || get(at) == '\u{2BC}';
    let word_end = |mut at: usize| {
        while letter(at) || (get(at) == '-' && letter(at + 1)) {
            at += 1;
        }
        at
    };
    let digits = |mut at: usize| {
        while digit(at) || get(at) == '_' {
            at += 1;
        }
        at
    };
    let shape = |at: usize, shape: &str| {
        shape.chars().enumerate().all(|(i, c)| if c == '0' { digit(at + i) } else { get(at + i) == c })
    };
    let mut tokens = Vec::new();
    let (mut at, mut first) = (0, true);
    while at < all.len() {
        let from = at;
        let kind = match all[at] {
            '\n' => {
                first = true;
                at += 1;
                continue;
            }
            ' ' | '\t' | '\r' => {
                at += 1;
                continue;
            }
            '/' if get(at + 1) == '/' => {
                while at < all.len() && all[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            '"' if shape(at, "\"\"\"") => {
                at += 3;
                while at < all.len() && !shape(at, "\"\"\"") {
                    at += 1;
                }
                if at >= all.len() {
                    return None;
                }
                at += 3;
                Kind::String
            }
            '"' => {
                at += 1;
                while get(at) != '"' {
                    if get(at) == '\n' {
                        return None;
                    }
                    at += if get(at) == '\\' { 2 } else { 1 };
                }
                at += 1;
                Kind::String
            }
            c if c.is_ascii_digit() => {
                if shape(at, "0000-00") && !digit(at + 7) {
                    if shape(at, "0000-00-00T") {
                        at += 11;
                        while digit(at) || get(at) == ':' {
                            at += 1;
                        }
                        if get(at) == 'Z' {
                            at += 1;
                        } else if matches!(get(at), '+' | '-') && digit(at + 1) {
                            at += 1;
                            while digit(at) || get(at) == ':' {
                                at += 1;
                            }
                        }
                        Kind::Instant
                    } else if shape(at, "0000-00-00") {
                        at += 10;
                        Kind::Date
                    } else {
                        at += 7;
                        Kind::Month
                    }
                } else {
                    at = digits(at);
                    let short = (1..=3).contains(&(at - from)) && get(from) != '0';
                    let grouped = |mark: char| short && get(at) == mark && digits(at + 1) == at + 4;
                    let rest: String = all[(at + 4).min(all.len())..].iter().take(9).collect();
                    let scaled = [" thousand", " million", " billion"].iter().any(|scale| rest.starts_with(scale));
                    let next: String = all[at..].iter().take_while(|c| c.is_alphanumeric()).collect();
                    let typed = ["k", "K", "tsd", "mn", "mln", "mio", "Mio", "MM", "M", "bn", "Bn", "BN", "mrd", "Mrd"]
                        .contains(&next.as_str())
                        || get(at) == ',' && digit(at + 1) && get(at + 5) != '-'
                        || short && get(at) == ' ' && digits(at + 1) == at + 4 && !['-', '/'].contains(&get(at + 4))
                        || at - from == 4 && get(at) == '-' && digit(at + 1);
                    if typed || (grouped(',') && get(at + 4) != '-') || (grouped('.') && !scaled) {
                        tokens.push(Token { kind: Kind::Odd, text: all[from..at].iter().collect(), first });
                        continue;
                    }
                    match get(at) {
                        '/' if digit(at + 1) => {
                            at = digits(at + 1);
                            Kind::Fraction
                        }
                        '.' if digit(at + 1) => {
                            at = digits(at + 1);
                            Kind::Number
                        }
                        _ => Kind::Number,
                    }
                }
            }
            c if c.is_alphabetic() => {
                at = word_end(at);
                let alone = at;
                while get(at) == '.' && get(at + 1).is_alphabetic() {
                    at = word_end(at + 1);
                }
                if get(at) == '(' && word_end(at + 1) > at + 1 && get(word_end(at + 1)) == ')' {
                    at = word_end(at + 1) + 1;
                    if get(at) == '.' && digit(at + 1) {
                        at += 1;
                        while digit(at) {
                            at += 1;
                        }
                    }
                }
                let mut colon = at;
                while matches!(get(colon), ' ' | '\t') {
                    colon += 1;
                }
                if at == alone && get(colon) == ':' {
                    tokens.push(Token { kind: Kind::Field, text: all[from..at].iter().collect(), first });
                    first = false;
                    at = colon + 1;
                    continue;
                }
                if at == alone { Kind::Word } else { Kind::Path }
            }
            '.' if get(at + 1) == '.' => {
                at += 2;
                Kind::Mark
            }
            '<' | '>' | '!' if get(at + 1) == '=' => {
                at += 2;
                Kind::Mark
            }
            '<' | '>' | '{' | '}' | '(' | ')' | ',' | ';' | '.' | '/' | '%' | '+' | '-' | '=' => {
                at += 1;
                Kind::Mark
            }
            _ => {
                at += 1;
                Kind::Odd
            }
        };
        tokens.push(Token { kind, text: all[from..at].iter().collect(), first });
        first = false;
    }
    tokens.push(Token { kind: Kind::End, text: String::new(), first: true });
    Some(tokens)
}

/// One decision: where each production ends that was tried at a token.
struct Run<'a> {
    grammar: &'a Grammar,
    tokens: &'a [Token],
    known: HashMap<(usize, usize), Option<usize>>,
}

impl Run<'_> {
    fn rule(&mut self, rule: usize, at: usize) -> Option<usize> {
        if let Some(&end) = self.known.get(&(rule, at)) {
            return end;
        }
        let grammar = self.grammar;
        let end = self.expr(&grammar.rules[rule], at);
        self.known.insert((rule, at), end);
        end
    }

    fn expr(&mut self, expr: &Expr, at: usize) -> Option<usize> {
        match expr {
            Expr::Literal(text) => self.is_literal(at, text).then_some(at + 1),
            Expr::Token(name) => self.token(name, at),
            Expr::Rule(rule) => self.rule(*rule, at),
            Expr::Seq(all) => all.iter().try_fold(at, |at, one| self.expr(one, at)),
            Expr::Alt(all) => all.iter().find_map(|(_, one)| self.expr(one, at)),
            Expr::Opt(inside) => Some(self.expr(inside, at).unwrap_or(at)),
            Expr::Rep(inside) => {
                let mut at = at;
                while let Some(end) = self.expr(inside, at).filter(|&end| end > at) {
                    at = end;
                }
                Some(at)
            }
        }
    }

    fn at(&self, at: usize) -> &Token {
        &self.tokens[at.min(self.tokens.len() - 1)]
    }

    fn is_literal(&self, at: usize, text: &str) -> bool {
        let token = self.at(at);
        matches!(token.kind, Kind::Word | Kind::Mark) && token.text == text
    }

    fn is_name(&self, at: usize) -> bool {
        self.at(at).kind == Kind::Word && !self.grammar.reserved.contains(&self.at(at).text)
    }

    fn is_period(&self, at: usize) -> bool {
        let units = "minute minutes hour hours day days week weeks month months year years";
        self.at(at).kind == Kind::Word && units.split(' ').any(|unit| unit == self.at(at).text)
    }

    /// Whether one of the modals that are no reserved words begins here.
    fn is_free_modal(&self, at: usize) -> bool {
        let next = |words: &[&str]| words.iter().any(|word| self.is_literal(at + 1, word));
        match self.at(at).text.as_str() {
            "stands" | "stand" => next(&["ready"]),
            "reserves" | "reserve" => next(&["the"]),
            "refrains" | "refrain" => next(&["from"]),
            _ => {
                let mut run = Run { grammar: self.grammar, tokens: self.tokens, known: HashMap::new() };
                run.rule(self.grammar.rule("to-modal"), at).is_some() && next(&["to", "not"])
            }
        }
    }

    /// The token productions, as their prose has them.
    fn token(&mut self, name: &str, at: usize) -> Option<usize> {
        let token = self.at(at).clone();
        let (word, same_line) = (token.kind == Kind::Word, !token.first);
        let one_of = |words: &[&str]| word && words.contains(&token.text.as_str());
        let takes = match name {
            "WORD" => word,
            "NAME" | "VERB" => self.is_name(at),
            "KEYWORD" => self.is_name(at) && token.text != "scenario",
            "PATH" => token.kind == Kind::Path,
            "LETTER" => word || token.kind == Kind::Number,
            "FOR" => token.kind == Kind::Field && token.text == "for",
            "EXPECT" => token.kind == Kind::Field && token.text == "expect",
            "MARK" => token.kind == Kind::Field && token.text == "mark",
            "FACT" => token.kind == Kind::Field && !["for", "expect", "mark", "when"].contains(&token.text.as_str()),
            "DOTTED" => token.kind == Kind::Path && !token.text.contains('('),
            "COUNTED" => token.kind == Kind::Path && token.text.starts_with("count(") && token.text.ends_with(')'),
            "MEASURE" => self.is_name(at) && same_line && token.text != "implies",
            "FIELD" => token.kind == Kind::Field && token.text != "when",
            "WHEN" => token.kind == Kind::Field && token.text == "when",
            "STOP" => self.is_literal(at, "."),
            "NUMBER" => token.kind == Kind::Number,
            "FRACTION" => token.kind == Kind::Fraction,
            "DATE" => token.kind == Kind::Date,
            "MONTH" => token.kind == Kind::Month,
            "INSTANT" => token.kind == Kind::Instant,
            "STRING" => token.kind == Kind::String,
            "UNIT" => (self.is_name(at) || token.kind == Kind::Path) && same_line,
            "SCALE" => one_of(&["thousand", "million", "billion"]) && same_line,
            "PERCENT" => one_of(&["percent"]) && same_line,
            "TIMES" => one_of(&["times"]) && same_line,
            "PERIOD" => self.is_period(at),
            "TIME-UNIT" => self.is_period(at) && same_line,
            "CURRENCY" => {
                let capitals = word && token.text.len() == 3 && token.text.chars().all(|c| c.is_ascii_uppercase());
                let number = self.at(at + 1).kind == Kind::Number && !self.at(at + 1).first;
                capitals && number && !self.is_period(at + 2) && !self.is_literal(at + 2, "%")
            }
            "COUNT" => token.kind == Kind::Number && same_line && !self.is_period(at + 1),
            "ITEM-NAME" => self.is_name(at) && same_line && !self.is_free_modal(at),
            "FIELD-NAME" => word && same_line,
            "LABEL" => token.kind == Kind::String && (same_line || self.is_literal(at + 1, "{")),
            "BARE" => {
                let next = self.at(at + 1);
                let alone = next.first || next.kind == Kind::Field || [",", "}"].contains(&next.text.as_str());
                word && !self.is_name(at) && alone
            }
            "BREAK" => return (token.first || self.is_literal(at, "}")).then_some(at),
            "MORE" => return (!token.first || token.kind != Kind::String).then_some(at),
            "NO-LENGTH" => {
                let length = self.grammar.rule("length");
                return self.rule(length, at).is_none().then_some(at);
            }
            "NO-TIMES" => {
                let frequency = self.grammar.rule("frequency");
                return self.rule(frequency, at).is_none().then_some(at);
            }
            other => panic!("the recogniser does not know the token {other}"),
        };
        takes.then_some(at + 1)
    }
}
