//! The resolved model as JSON, for researchers and scripts, with its JSON Schema.
//!
//! A view and nothing else: every struct here says what the model already knows, with names in place of indices. Within
//! one major version of the schema keys are only added. Every key is always there: what is absent is `null` or an empty
//! list.

/// A JSON word for each variant of a model's enum, so that a renamed variant does not change the format unseen.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $from:ty { $($(#[$about:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$about])* $variant),* }

        impl From<$from> for $name {
            fn from(from: $from) -> Self {
                match from { $(<$from>::$variant => Self::$variant),* }
            }
        }
    };
}

mod amount;
mod norm;
mod phrase;
mod value;

use crate::model::clause::{Clause, Version};
use crate::model::entity::{Event, Instrument, Item, Party, Phase, Place, Signatory, Term, Thing};
use crate::model::{Acceptance, Entity, Model, Symbol};
use crate::source::{Loc, Sources};
use amount::{LengthView, TimeView};
use norm::NormView;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use value::{FieldView, Reference, Target};

/// What the export says it is; the number goes up when a key changes its meaning or goes away.
pub const SCHEMA: &str = "rapporteur-model/1";

/// The model as indented JSON, ending in a line end.
pub fn to_json(model: &Model, sources: &Sources) -> String {
    // Every key is a string and every number is finite, so that nothing here can fail.
    let mut json = serde_json::to_string_pretty(&View { model, sources }.document()).unwrap_or_default();
    json.push('\n');
    json
}

/// The JSON Schema of what [`to_json`] gives, as indented JSON, ending in a line end.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut json = serde_json::to_string_pretty(&generator.into_root_schema_for::<Document>()).unwrap_or_default();
    json.push('\n');
    json
}

/// A draft declaration with all that it imports, resolved: names, amounts, times and norms. Every key is always there;
/// what is absent is `null` or an empty list. Later versions of the same major schema may add keys.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "The resolved model of a draft, as `rapporteur export` prints it")]
struct Document<'a> {
    /// Which schema this is.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The version of rapporteur that wrote it.
    rapporteur: &'static str,
    /// The name of the instrument checked, one of `instruments`; `null` for a library.
    declaration: Option<&'a str>,
    /// Declarations and instruments; those of imported files included, as in all lists here.
    instruments: Vec<InstrumentView<'a>>,
    /// Whoever acts.
    parties: Vec<PartyView<'a>>,
    /// Territories, zones, lines and sites.
    places: Vec<PlaceView<'a>>,
    /// What is moved, counted, paid, held.
    things: Vec<ThingView<'a>>,
    /// Points in time that may or may never come.
    events: Vec<EventView<'a>>,
    /// Times between two points.
    phases: Vec<PhaseView<'a>>,
    /// Defined words.
    terms: Vec<TermView<'a>>,
    /// Provisions in the order of the text, each with its norms.
    clauses: Vec<ClauseView<'a>>,
    /// Findings that the drafters know of and stand by.
    acceptances: Vec<AcceptanceView<'a>>,
}

/// Where something stands.
#[derive(Serialize, JsonSchema)]
struct Position<'a> {
    /// The file, as it was named to rapporteur.
    file: &'a str,
    /// Line of its first character, from 1.
    line: u32,
    /// Column of its first character, from 1, in characters.
    column: u32,
    /// Line of the character after its last one.
    end_line: u32,
    /// Column of the character after its last one.
    end_column: u32,
    /// Offset of its first byte in the file, from 0.
    start: u32,
    /// Offset of the byte after its last one.
    end: u32,
}

/// What every declared item has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Item")]
struct ItemView<'a> {
    /// Its name as written where it is declared, an import's prefix included: `june.zones`.
    name: &'a str,
    /// What a reader calls it.
    label: Option<&'a str>,
    /// The keyword that declares it: `party`, `troops`.
    kind: &'a str,
    /// Whether it stands in the draft itself, and not in an import or the standard library.
    own: bool,
    /// Whether a part of it could not be read: nothing may be concluded from what is absent.
    damaged: bool,
    /// Where its name stands.
    place: Position<'a>,
    /// From its keyword to its closing brace.
    whole: Position<'a>,
    /// The facts that it states, in the order of the text. What they mean for the item stands under its other keys.
    fields: Vec<FieldView<'a>>,
}

/// The instrument checked, or another text that it stands beside.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Instrument")]
struct InstrumentView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Those who sign, in order.
    signatories: Vec<SignatoryView<'a>>,
    /// When it is signed.
    signed: Option<TimeView<'a>>,
    /// When it enters into force.
    in_force: Option<TimeView<'a>>,
    /// When it expires.
    expires: Option<TimeView<'a>>,
    /// Whether its term renews itself, so that it ends only when somebody ends it.
    renews: bool,
    /// Names of the instruments over which it prevails.
    prevails_over: Vec<&'a str>,
}

/// One who signs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Signatory")]
struct SignatoryView<'a> {
    /// Who: a party, or words.
    who: Target<'a>,
    /// When, if it is not the day of the others.
    on: Option<TimeView<'a>>,
}

/// Whoever acts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Party")]
struct PartyView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Its members; prose where they are not named.
    members: Vec<Target<'a>>,
    /// The party that it belongs to: an armed force to its state.
    of: Option<&'a str>,
    /// Names of the clauses whose duties it accepted without signing.
    accepts: Vec<&'a str>,
    /// Whether it is bound: it signs, or all its members are bound, or that to which it belongs is. A party that is not
    /// bound may still have accepted a clause.
    bound: bool,
}

/// A territory, zone, line or site.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Place")]
struct PlaceView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// The party whose it is.
    of: Option<&'a str>,
    /// Names of the places it lies within, directly.
    within: Vec<&'a str>,
    /// Names of the places it shares ground with without lying within them.
    overlaps: Vec<&'a str>,
}

/// What is moved, counted, paid, held.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Thing")]
struct ThingView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Names of the things it is a kind of, directly.
    within: Vec<&'a str>,
    /// Whether it is declared, by the draft or the standard library; otherwise its place is where it is first used.
    declared: bool,
}

/// A point in time that may or may never come.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Event")]
struct EventView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Who brings it about.
    by: Vec<Target<'a>>,
    /// What comes before it.
    after: Vec<TimeView<'a>>,
    /// The day it takes place.
    on: Option<TimeView<'a>>,
    /// The day it is expected.
    expected: Option<TimeView<'a>>,
    /// Whether it can happen more than once.
    recurring: bool,
    /// Names of events that may be the same, though no text says so.
    perhaps: Vec<&'a str>,
}

/// The time between two points.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Phase")]
struct PhaseView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Where it starts.
    from: Option<TimeView<'a>>,
    /// Where it ends.
    until: Option<TimeView<'a>>,
    /// How long it lasts.
    lasts: Option<LengthView<'a>>,
}

/// A defined word.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Term")]
struct TermView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// The names that its definition uses; prose counts as no name.
    means: Vec<Reference<'a>>,
}

/// A provision: facts about it, and norms.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Clause")]
struct ClauseView<'a> {
    #[serde(flatten)]
    item: ItemView<'a>,
    /// The name of the instrument it belongs to.
    instrument: Option<&'a str>,
    /// Its norms in the order of the text; a sentence with several acts is several norms.
    norms: Vec<NormView<'a>>,
    /// The same norms as other authentic texts have them: compared with `norms`, never added to them.
    versions: Vec<VersionView<'a>>,
}

/// The norms of a clause as another authentic text has them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Version")]
struct VersionView<'a> {
    /// Its name, a language mostly.
    name: &'a str,
    /// Where it stands.
    place: Position<'a>,
    /// Its norms.
    norms: Vec<NormView<'a>>,
}

/// A finding that the drafters know of and stand by.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Acceptance")]
struct AcceptanceView<'a> {
    /// The whole sentence.
    place: Position<'a>,
    /// The codes or groups of codes: `troops/strength`.
    codes: Vec<&'a str>,
    /// The last day on which it holds.
    #[schemars(extend("format" = "date"))]
    until: Option<String>,
    /// The reason.
    because: Option<&'a str>,
    /// The item it stands in; one in the declaration holds for the whole draft.
    within: Option<Reference<'a>>,
}

/// What the views are made from.
#[derive(Clone, Copy)]
struct View<'a> {
    model: &'a Model,
    sources: &'a Sources,
}

impl<'a> View<'a> {
    fn document(self) -> Document<'a> {
        let model = self.model;
        Document {
            schema: SCHEMA,
            rapporteur: env!("CARGO_PKG_VERSION"),
            declaration: model.declaration.map(|id| self.name(Entity::Instrument(id))),
            instruments: model.instruments.iter().map(|row| self.instrument(row)).collect(),
            parties: model.parties.iter().map(|row| self.party(row)).collect(),
            places: model.places.iter().map(|row| self.place(row)).collect(),
            things: model.things.iter().map(|row| self.thing(row)).collect(),
            events: model.events.iter().map(|row| self.event(row)).collect(),
            phases: model.phases.iter().map(|row| self.phase(row)).collect(),
            terms: model.terms.iter().map(|row| self.term(row)).collect(),
            clauses: model.clauses.iter().map(|row| self.clause(row)).collect(),
            acceptances: model.acceptances.iter().map(|row| self.acceptance(row)).collect(),
        }
    }

    fn instrument(self, row: &'a Instrument) -> InstrumentView<'a> {
        InstrumentView {
            item: self.item(&row.item),
            signatories: row.signatories.iter().map(|one| self.signatory(one)).collect(),
            signed: row.signed.as_ref().map(|time| self.time(time)),
            in_force: row.in_force.as_ref().map(|time| self.time(time)),
            expires: row.expires.as_ref().map(|time| self.time(time)),
            renews: row.renews,
            prevails_over: self.names(&row.prevails_over, Entity::Instrument),
        }
    }

    fn signatory(self, one: &'a Signatory) -> SignatoryView<'a> {
        SignatoryView { who: self.target(&one.who), on: one.on.as_ref().map(|time| self.time(time)) }
    }

    fn party(self, row: &'a Party) -> PartyView<'a> {
        PartyView {
            item: self.item(&row.item),
            members: self.targets(&row.members),
            of: row.of.map(|id| self.name(Entity::Party(id))),
            accepts: self.names(&row.accepts, Entity::Clause),
            bound: row.bound,
        }
    }

    fn place(self, row: &'a Place) -> PlaceView<'a> {
        PlaceView {
            item: self.item(&row.item),
            of: row.of.map(|id| self.name(Entity::Party(id))),
            within: self.names(&row.within, Entity::Place),
            overlaps: self.names(&row.overlaps, Entity::Place),
        }
    }

    fn thing(self, row: &'a Thing) -> ThingView<'a> {
        ThingView { item: self.item(&row.item), within: self.names(&row.within, Entity::Thing), declared: row.declared }
    }

    fn event(self, row: &'a Event) -> EventView<'a> {
        EventView {
            item: self.item(&row.item),
            by: self.targets(&row.by),
            after: row.after.iter().map(|time| self.time(time)).collect(),
            on: row.on.as_ref().map(|time| self.time(time)),
            expected: row.expected.as_ref().map(|time| self.time(time)),
            recurring: row.recurring,
            perhaps: self.names(&row.perhaps, Entity::Event),
        }
    }

    fn phase(self, row: &'a Phase) -> PhaseView<'a> {
        PhaseView {
            item: self.item(&row.item),
            from: row.from.as_ref().map(|time| self.time(time)),
            until: row.until.as_ref().map(|time| self.time(time)),
            lasts: row.lasts.as_ref().map(|length| self.length(length)),
        }
    }

    fn term(self, row: &'a Term) -> TermView<'a> {
        TermView { item: self.item(&row.item), means: row.means.iter().map(|&entity| self.reference(entity)).collect() }
    }

    fn clause(self, row: &'a Clause) -> ClauseView<'a> {
        let norms = self.model.norms.get(row.norms.start as usize..row.norms.end as usize).unwrap_or_default();
        ClauseView {
            item: self.item(&row.item),
            instrument: row.instrument.map(|id| self.name(Entity::Instrument(id))),
            norms: self.norms(norms),
            versions: row.versions.iter().map(|version| self.version(version)).collect(),
        }
    }

    fn version(self, version: &'a Version) -> VersionView<'a> {
        VersionView {
            name: self.text(version.name),
            place: self.position(version.at),
            norms: self.norms(&version.norms),
        }
    }

    fn acceptance(self, row: &'a Acceptance) -> AcceptanceView<'a> {
        AcceptanceView {
            place: self.position(row.at),
            codes: row.codes.iter().map(|(code, _)| code.as_ref()).collect(),
            until: row.until.map(|date| date.to_string()),
            because: row.because.as_deref(),
            within: row.within.map(|entity| self.reference(entity)),
        }
    }

    fn item(self, item: &'a Item) -> ItemView<'a> {
        ItemView {
            name: self.text(item.name),
            label: item.label.as_deref(),
            kind: self.text(item.kind),
            own: item.own,
            damaged: item.damaged,
            place: self.position(item.at),
            whole: self.position(item.whole),
            fields: item.fields.iter().map(|field| self.field(field)).collect(),
        }
    }

    fn position(self, at: Loc) -> Position<'a> {
        let file = self.sources.file(at.file);
        let (start, end) = (file.position(at.span.start), file.position(at.span.end));
        Position {
            file: file.path(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start: at.span.start,
            end: at.span.end,
        }
    }

    fn written(self, at: Loc) -> &'a str {
        self.sources.slice(at)
    }

    fn text(self, symbol: Symbol) -> &'a str {
        self.model.text(symbol)
    }

    fn name(self, entity: Entity) -> &'a str {
        self.model.name(entity)
    }

    fn names<Id: Copy>(self, ids: &[Id], entity: impl Fn(Id) -> Entity) -> Vec<&'a str> {
        ids.iter().map(|&id| self.name(entity(id))).collect()
    }
}
