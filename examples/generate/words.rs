//! The words that a draft is made from.

pub const STEMS: [&str; 12] = ["Nor", "Sud", "Esk", "Vest", "Alt", "Mer", "Bel", "Kor", "Tir", "Val", "Ost", "Gran"];
pub const ENDINGS: [&str; 6] = ["land", "avia", "mark", "onia", "stan", "ia"];
pub const REGIONS: [&str; 12] =
    ["northern", "southern", "eastern", "western", "upper", "lower", "inner", "outer", "old", "new", "green", "white"];
pub const GROUNDS: [&str; 12] = [
    "valley", "plain", "coast", "district", "crossing", "heights", "zone", "corridor", "port", "airfield", "line",
    "forest",
];
pub const HAPPENINGS: [(&str, &str, &str); 12] = [
    ("ceasefire", "A ceasefire enters into force", "no shot fired over the line for 72 hours"),
    ("handover", "Authority is handed over", "the protocol of transfer bears both signatures"),
    ("breach", "A breach of the ceasefire", "any use of fire-arms over the line"),
    ("attack", "An armed attack", "use of armed force by more than 50 persons on the territory of a signatory"),
    ("ratification", "The last ratification is deposited", "the depositary has recorded all instruments"),
    ("inspection", "The first inspection is finished", "the report of the inspectors is delivered"),
    ("election", "Elections are held", "the result is published by the electoral commission"),
    ("request", "The host asks for assistance", "a letter of the head of government reaches the secretariat"),
    ("clearance", "The mines are cleared", "the certificate of clearance is issued"),
    ("arrival", "The advance party has arrived", "the advance party reports its full strength"),
    ("return", "The displaced have returned", "nine of ten registered families live at home again"),
    ("settlement", "A settlement is signed", "the heads of government have signed the settlement"),
];
pub const THINGS: [(&str, &str); 8] = [
    ("heavy-guns", "guns of 100 mm calibre or more"),
    ("patrol-boats", "patrol boats"),
    ("bridging-sets", "bridging sets"),
    ("radio-stations", "radio stations"),
    ("mine-ploughs", "mine ploughs"),
    ("relief-trucks", "relief trucks"),
    ("field-hospitals", "field hospitals"),
    ("air-defence-batteries", "air-defence batteries"),
];
pub const DURATIONS: [&str; 6] = ["72 hours", "10 days", "30 days", "6 weeks", "3 months", "1 year"];
pub const MODALS: [&str; 6] = ["shall", "will", "undertakes to", "stands ready to", "should", "intends to"];
pub const QUOTED: [&str; 4] = [
    "the Parties shall take the measures set out below",
    "each Party bears the costs of its own contingent",
    "with effect from the day on which the last notification is received",
    "the Commission decides within the time set out in this Article",
];
