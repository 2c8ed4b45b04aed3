//! What `rapporteur export` prints: it says what the draft says, and its schema holds for it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failure here is a failed test")]

use jiff::civil::date;
use rapporteur::model::clause::{Clause, Field, NormRef, Target, Value, ValueKind, Version, What};
use rapporteur::model::entity::{Event, Instrument, Item, Party, Phase, Place, Signatory, Term, Thing};
use rapporteur::model::norm::{
    ActForm, Actors, Condition, Guard, Lead, Manner, Mode, Norm, Objects, Order, OrderKind, Prose, Role, RoleKind,
    StateKind, Strength,
};
use rapporteur::model::quantity::{Limit, Measure, Quantity, Rational};
use rapporteur::model::time::{
    Anchor, Edge, Instant, Length, Milestone, Offset, Point, Time, TimePhrase, TimePhraseKind, Window,
};
use rapporteur::model::vocabulary::{Action, ActionId, Nature, Unit, UnitId, Vocabulary};
use rapporteur::model::{
    Acceptance, ClauseId, Entity, EventId, InstrumentId, Model, Names, NormId, PartyId, PhaseId, PlaceId, Symbol,
    ThingId,
};
use rapporteur::render::export::{SCHEMA, schema, to_json};
use rapporteur::source::{FileId, Loc, SourceFile, Sources, Span};
use serde_json::{Value as Json, json};

const SCHEMA_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/model.schema.json");

#[test]
fn the_schema_file_is_up_to_date() {
    let schema = schema();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SCHEMA_FILE, &schema).unwrap();
    }
    let file = std::fs::read_to_string(SCHEMA_FILE).unwrap_or_default();
    assert!(file == schema, "grammar/model.schema.json is out of date; UPDATE=1 cargo test --test export");
}

#[test]
fn an_exported_draft_is_valid_by_its_schema() {
    let (model, sources) = draft();
    check(&serde_json::from_str(&to_json(&model, &sources)).unwrap()).unwrap();
}

#[test]
fn the_schema_refuses_what_no_export_says() {
    let (model, sources) = draft();
    let good: Json = serde_json::from_str(&to_json(&model, &sources)).unwrap();
    let spoilt = |pointer: &str, value: Json| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        check(&bad).is_err()
    };
    assert!(spoilt("/schema", json!("rapporteur-model/0")));
    assert!(spoilt("/clauses/0/norms/0/mode", json!("hope")));
    assert!(spoilt("/clauses/0/norms/0/quantity/low/exact", json!("many")));
    assert!(spoilt("/clauses/0/norms/0/actors/list/0", json!({ "type": "party", "written": "FR" })));
    assert!(spoilt("/parties/0", json!({ "name": "FR" })));
}

#[test]
fn items_are_told_by_name_with_their_place() {
    let (model, sources) = draft();
    let export: Json = serde_json::from_str(&to_json(&model, &sources)).unwrap();
    assert_eq!(export["schema"], SCHEMA);
    assert_eq!(export["declaration"], "paris");
    assert_eq!(export["parties"][0]["label"], "France");
    assert_eq!(export["parties"][0]["kind"], "party");
    assert_eq!(export["parties"][0]["bound"], true);
    assert_eq!(export["parties"][2]["members"][0], json!({ "type": "party", "name": "FR", "written": "FR" }));
    assert_eq!(export["places"][0]["of"], "GB");
    let place = &export["clauses"][0]["place"];
    assert_eq!((&place["file"], &place["line"], &place["column"]), (&json!("paris.decl"), &json!(8), &json!(8)));
    let start = place["start"].as_u64().unwrap() as usize;
    assert!(TEXT[start..].starts_with("force {"));
}

#[test]
fn a_norm_says_who_must_do_what_when() {
    let (model, sources) = draft();
    let export: Json = serde_json::from_str(&to_json(&model, &sources)).unwrap();
    let norm = &export["clauses"][0]["norms"][0];
    assert_eq!(norm["name"], "force(a).1");
    assert_eq!(norm["sentence"], sentence());
    assert_eq!((&norm["mode"], &norm["strength"]), (&json!("oblige"), &json!("duty")));
    assert_eq!(norm["action"], json!({ "name": "deploy", "label": "deploy", "nature": "achieve" }));
    assert_eq!(norm["actors"]["list"][1]["name"], "GB");
    assert_eq!(norm["actors"]["manner"], "each");
    assert_eq!(norm["quantity"]["low"], json!({ "exact": "2.5", "value": 2.5, "strict": false }));
    assert_eq!(norm["quantity"]["measure"]["measures"], "formations");
    assert_eq!(norm["roles"][0]["role"], "place");
    assert_eq!(norm["roles"][0]["target"]["name"], "zone");
    assert_eq!(norm["times"][0]["phrase"], "within");
    assert_eq!(norm["times"][0]["length"]["high"], json!({ "months": 0, "days": 30, "minutes": 0 }));
    assert_eq!(norm["window"]["ends"][0]["time"]["anchor"], json!({ "type": "event", "name": "ceasefire" }));
    assert_eq!(norm["guard"][0]["condition"]["type"], "not");
    assert_eq!(norm["guard"][0]["condition"]["condition"]["target"]["norms"], json!(["force(a).2"]));
    assert_eq!(norm["ensures"], Json::Null);
    assert_eq!(export["clauses"][0]["norms"][1]["ensures"]["actors"]["list"][0]["type"], "anyone_except");
}

#[test]
fn values_of_fields_keep_their_types() {
    let (model, sources) = draft();
    let export: Json = serde_json::from_str(&to_json(&model, &sources)).unwrap();
    let fields = &export["clauses"][0]["fields"];
    let kinds: Vec<_> = fields[0]["values"].as_array().unwrap().iter().map(|value| &value["type"]).collect();
    let expected =
        ["open", "yes_no", "none", "prose", "entity", "norms", "word", "code", "quantity", "length", "time", "of"];
    assert_eq!(kinds, expected);
    assert_eq!(fields[0]["values"][4]["share"]["low"]["exact"], "2/3");
    assert_eq!(fields[0]["values"][10]["time"]["anchor"]["instant"], "2026-01-06T04:00:00+02:00");
}

/// What is wrong with an export, by the schema.
fn check(export: &Json) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("model.schema.json", serde_json::from_str(&schema()).unwrap()).unwrap();
    let index = compiler.compile("model.schema.json", &mut schemas).unwrap();
    schemas.validate(export, index).map_err(|error| format!("{error:#}"))
}

const TEXT: &str = "declaration paris { signatories: FR, GB }
party FR \"France\"
party GB
party coalition { members: FR, \"others\" }
place zone { of: GB }
event ceasefire
phase truce { from: ceasefire }
troops force {
  strength: open
  (a) FR, GB shall each deploy 2.5 divisions in zone within 30 days of ceasefire
    unless force(a).2 is broken; \"promptly\" ensure that anyone except FR complies.
  accept troops/strength because \"set in the annex\".
}
";

/// The norm of [`TEXT`].
fn sentence() -> &'static str {
    let (start, end) = (TEXT.find("(a)").unwrap(), TEXT.find("  accept").unwrap());
    TEXT[start..end].trim_end()
}

/// Makes the parts of a model from the words of [`TEXT`].
struct Maker {
    names: Names,
}

impl Maker {
    fn at(&self, words: &str) -> Loc {
        let start = TEXT.find(words).expect(words);
        Loc::new(FileId(0), Span::new(start as u32, (start + words.len()) as u32))
    }

    fn name(&mut self, name: &str) -> Symbol {
        self.names.intern(name)
    }

    fn item(&mut self, kind: &str, name: &str, label: Option<&str>) -> Item {
        let whole = self.at(&format!("{kind} {name}"));
        let start = whole.span.start + kind.len() as u32 + 1;
        Item {
            name: self.name(name),
            label: label.map(Into::into),
            kind: self.name(kind),
            at: Loc::new(FileId(0), Span::new(start, whole.span.end)),
            whole,
            fields: Vec::new(),
            damaged: false,
            own: true,
        }
    }

    fn target(&self, words: &str, what: What) -> Target {
        Target { at: self.at(words), what }
    }

    fn time(&self, words: &str, anchor: Anchor) -> Time {
        Time { at: self.at(words), anchor, offset: Offset::default() }
    }

    fn quantity(&self, words: &str, value: Rational, measure: Measure) -> Quantity {
        let limit = Some(Limit { value, strict: false });
        Quantity {
            at: self.at(words),
            low: limit,
            high: limit,
            about: false,
            up_to: false,
            further: false,
            measure,
            per: None,
            of: Some(Entity::Thing(ThingId(0))),
        }
    }

    fn days(&self, words: &str, days: i32) -> Length {
        let days = Some(Offset { days, ..Offset::default() });
        Length { at: self.at(words), low: None, high: days, about: false }
    }

    fn norm(&mut self, act: u32) -> Norm {
        Norm {
            clause: ClauseId(0),
            letter: Some(self.name("a")),
            mark: None,
            act: Some(act),
            sentence: self.at(sentence()),
            at: self.at("deploy 2.5 divisions"),
            form: ActForm::Active,
            actors: Actors::default(),
            mode: Mode::Oblige,
            strength: Strength::Duty,
            modal: self.at("shall"),
            only: false,
            verb: self.name("deploy"),
            verb_at: self.at("deploy"),
            action: Some(ActionId(0)),
            quantity: None,
            objects: Objects::default(),
            roles: Vec::new(),
            times: Vec::new(),
            window: Window::default(),
            guard: Vec::new(),
            orders: Vec::new(),
            words: Vec::new(),
            purpose: None,
            ensures: None,
            damaged: false,
        }
    }

    fn deploying(&mut self) -> Norm {
        let divisions = Measure::Unit(self.name("division"));
        let broken = Condition::Holds(
            self.target("force(a).2", What::Norms(NormRef { first: NormId(1), count: 1 })),
            Some(StateKind::Broken),
        );
        let ceasefire = || Anchor::Event(EventId(0));
        let edge = Edge {
            time: Time {
                offset: Offset { days: 30, ..Offset::default() },
                ..self.time("30 days of ceasefire", ceasefire())
            },
            inclusive: true,
            required: true,
            at: self.at("within 30 days of ceasefire"),
        };
        let within = TimePhraseKind::Within(self.days("30 days", 30), Some(self.time("ceasefire", ceasefire())));
        Norm {
            actors: Actors {
                list: vec![
                    self.target("FR", What::Entity(Entity::Party(PartyId(0)))),
                    self.target("GB", What::Entity(Entity::Party(PartyId(1)))),
                ],
                any: false,
                manner: Some(Manner::Each),
            },
            quantity: Some(Box::new(self.quantity("2.5 divisions", Rational::new(5, 2), divisions))),
            objects: Objects {
                list: vec![self.target("force", What::Entity(Entity::Clause(ClauseId(0))))],
                any: false,
            },
            roles: vec![Role {
                kind: RoleKind::Place,
                lead: Lead::In,
                target: self.target("zone", What::Entity(Entity::Place(PlaceId(0)))),
                at: self.at("in zone"),
            }],
            times: vec![TimePhrase { at: edge.at, kind: within }],
            window: Window { starts: Vec::new(), ends: vec![edge] },
            guard: vec![Guard {
                at: self.at("unless force(a).2 is broken"),
                lead: Lead::Unless,
                condition: Condition::Not(Box::new(broken)),
            }],
            orders: vec![Order {
                kind: OrderKind::SubjectTo,
                target: self.target("others", What::Prose("others".into())),
                at: self.at("others"),
            }],
            words: vec![Prose { at: self.at("\"promptly\""), text: "promptly".into() }],
            ..self.norm(1)
        }
    }

    fn ensuring(&mut self) -> Norm {
        let excepted = self.target("FR complies", What::Entity(Entity::Party(PartyId(0))));
        let anyone = self.target("anyone except FR", What::AnyoneExcept(vec![excepted]));
        let nobody = self.target("others", What::Nobody);
        let unknown = What::Unknown(self.name("x"));
        let unknown = self.target("others", unknown);
        let holds = Condition::Holds(self.target("others", What::AllParties), None);
        let inner = Norm {
            action: None,
            actors: Actors { list: vec![anyone], any: true, manner: None },
            objects: Objects { list: vec![nobody, unknown], any: true },
            guard: vec![Guard {
                at: self.at("others"),
                lead: Lead::If,
                condition: Condition::All(vec![Condition::Any(vec![holds.clone()]), holds]),
            }],
            ..self.norm(2)
        };
        Norm { ensures: Some(Box::new(inner)), ..self.norm(2) }
    }

    fn all_values(&mut self) -> Vec<Value> {
        let at = self.at("open");
        let instant = Instant { local: date(2026, 1, 6).at(4, 0, 0, 0), offset_minutes: Some(120) };
        let share = self.quantity("open", Rational::new(2, 3), Measure::Share);
        let money = Measure::Money(self.name("EUR"));
        let (word, of) = (self.name("treaty"), self.name("quantity"));
        [
            ValueKind::Open,
            ValueKind::Yes,
            ValueKind::None,
            ValueKind::Prose("several".into()),
            ValueKind::Entity(Entity::Party(PartyId(0)), Some(Box::new(share))),
            ValueKind::Norms(NormRef { first: NormId(0), count: 2 }),
            ValueKind::Word(word),
            ValueKind::Code("troops/strength".into()),
            ValueKind::Quantity(Box::new(self.quantity("open", Rational::from(1_000), money))),
            ValueKind::Length(Box::new(self.days("open", 7))),
            ValueKind::Time(Box::new(self.time("open", Anchor::Instant(instant)))),
            ValueKind::Of(of, word),
        ]
        .map(|kind| Value { at, kind })
        .into()
    }

    fn vocabulary(&mut self) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let at = Loc::default();
        vocabulary.actions.push(Action {
            name: self.name("deploy"),
            label: "deploy".into(),
            participle: "deployed".into(),
            gerund: "deploying".into(),
            nature: Nature::Achieve,
            opposites: Vec::new(),
            is: Vec::new(),
            exclusive: false,
            agrees_to_agree: false,
            outcome_free: false,
            presupposes: false,
            through: None,
            takes: Vec::new(),
            at,
        });
        let name = self.name("division");
        vocabulary.units.push(Unit {
            name,
            plural: self.name("divisions"),
            measures: self.name("formations"),
            factor: Some(Rational::from(1)),
            at,
        });
        vocabulary.unit_ids.insert(name, UnitId(0));
        vocabulary
    }
}

/// A draft in which everything that a model can hold occurs, or nearly so.
fn draft() -> (Model, Sources) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("paris.decl", TEXT));
    let mut make = Maker { names: Names::default() };
    let party = |item, members, of| Party { item, members, of, accepts: vec![ClauseId(0)], bound: true };
    let members = vec![
        make.target("FR", What::Entity(Entity::Party(PartyId(0)))),
        make.target("\"others\"", What::Prose("others".into())),
    ];
    let parties = vec![
        party(make.item("party", "FR", Some("France")), Vec::new(), None),
        party(make.item("party", "GB", None), Vec::new(), Some(PartyId(0))),
        party(make.item("party", "coalition", None), members, None),
    ];
    let ceasefire = make.time("ceasefire", Anchor::Event(EventId(0)));
    let name = make.name("strength");
    let mut item = make.item("troops", "force", None);
    let name_at = make.at("strength");
    item.fields = vec![Field { name, name_at, at: name_at, values: make.all_values(), damaged: false }];
    let norms = vec![make.deploying(), make.ensuring()];
    let force = Clause {
        item,
        norms: 0..2,
        instrument: Some(InstrumentId(0)),
        versions: vec![Version { name: make.name("ru"), at: name_at, norms: vec![make.norm(1)] }],
    };
    let declaration = Instrument {
        item: make.item("declaration", "paris", None),
        signatories: vec![Signatory {
            who: make.target("FR", What::TheParties),
            on: Some(make.time("FR", Anchor::Month(date(2026, 1, 1)))),
        }],
        signed: Some(make.time("FR", Anchor::Date(date(2026, 1, 6)))),
        in_force: Some(make.time("FR", Anchor::Instrument(InstrumentId(0), Milestone::Signature))),
        expires: Some(make.time("FR", Anchor::Open)),
        renews: false,
        prevails_over: Vec::new(),
    };
    let model = Model {
        declaration: Some(InstrumentId(0)),
        instruments: vec![declaration],
        parties,
        places: vec![Place {
            item: make.item("place", "zone", None),
            of: Some(PartyId(1)),
            within: vec![PlaceId(0)],
            overlaps: Vec::new(),
        }],
        things: vec![Thing {
            item: Item { own: false, ..make.item("place", "zone", None) },
            within: Vec::new(),
            declared: true,
        }],
        events: vec![Event {
            item: make.item("event", "ceasefire", None),
            by: Vec::new(),
            after: vec![
                make.time("truce", Anchor::Phase(PhaseId(0), Point::End)),
                make.time("force", Anchor::Clause(ClauseId(0), Point::Fulfilment)),
                make.time("force", Anchor::Norms(NormRef { first: NormId(0), count: 1 }, Point::Start)),
                make.time("force", Anchor::Prose("soon".into())),
            ],
            on: None,
            expected: None,
            recurring: false,
            perhaps: vec![EventId(0)],
        }],
        phases: vec![Phase {
            item: make.item("phase", "truce", None),
            from: Some(ceasefire),
            until: None,
            lasts: Some(make.days("truce", 30)),
        }],
        terms: vec![Term { item: make.item("event", "ceasefire", None), means: vec![Entity::Phase(PhaseId(0))] }],
        clauses: vec![force],
        norms,
        acceptances: vec![Acceptance {
            at: make.at("accept troops/strength because \"set in the annex\"."),
            codes: vec![("troops/strength".into(), make.at("troops/strength"))],
            until: Some(date(2026, 12, 31)),
            because: Some("set in the annex".into()),
            within: Some(Entity::Clause(ClauseId(0))),
        }],
        mentions: Vec::new(),
        skipped: false,
        vocabulary: make.vocabulary().into(),
        names: make.names,
    };
    (model, sources)
}
