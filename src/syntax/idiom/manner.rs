//! Names that are none: how something is done, where a time, a place or somebody who acts belongs.

/// What is said of a name that stands for a manner or for nobody, where a time, a place or somebody who acts belongs.
#[derive(Debug, PartialEq)]
pub struct Manner {
    /// How many bytes before the name belong to the words.
    pub before: u32,
    /// How many bytes behind it do.
    pub behind: u32,
    /// The message.
    pub message: String,
    /// What is said at the words.
    pub label: &'static str,
    /// What to write.
    pub help: String,
    /// What stands for the words, if that is clear.
    pub put: Option<String>,
    /// Whether the name before it has told all this.
    pub told_before: bool,
}

/// Whether a name that nothing declares is no name but part of a phrase that treaties have, `by negotiation`, `in writing`, or a
/// subject that nobody is, `Termination`; `before` and `behind` are the text round it.
pub fn manner(before: &str, name: &str, behind: &str, acts: bool) -> Option<Manner> {
    let lower = name.to_lowercase();
    let lead = before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let plain = Manner {
        before: 0,
        behind: 0,
        message: format!("`{name}` is nobody who acts"),
        label: "who?",
        help: String::new(),
        put: None,
        told_before: false,
    };
    if acts && !["by", "under", "with"].contains(&lead) {
        let help = match &*lower {
            "termination" | "withdrawal" | "denunciation" | "expiry" | "expiration" | "suspension" => {
                "write who still owes what: `PARTY shall … until 2026-12-31`, and how the text ends in its declaration: \
                 `withdrawal: at least 6 months`, `expires: 2026-12-31`"
            }
            "amendment" | "amendments" => "write the field `amendment: \"…\"` of the declaration",
            "ratification" | "accession" | "approval" => {
                "write the field `in-force:` or `approval:` of the declaration"
            }
            "disputes" | "differences" => {
                "write who settles them: `the parties shall settle disputes \"by negotiation\"`"
            }
            "parties" | "signatories" | "sides" | "participants" | "they" | "both" => {
                "write `the parties` for all signatories, or the names of those who are meant"
            }
            "there" => "write `there` in small letters, or who does it: `PARTY shall establish commission`",
            "it" | "this" | "he" => "write the name of who is meant",
            "nothing" | "everything" | "nobody" => "write who is bound: `no party shall …` forbids it to all",
            _ => return None,
        };
        return Some(Manner { help: help.into(), ..plain });
    }
    const MEANS: [&str; 26] = [
        "negotiation",
        "negotiations",
        "consultation",
        "consultations",
        "arbitration",
        "mediation",
        "conciliation",
        "consensus",
        "agreement",
        "consent",
        "diplomacy",
        "correspondence",
        "acclamation",
        "majority",
        "unanimity",
        "vote",
        "lot",
        "mail",
        "post",
        "telephone",
        "air",
        "sea",
        "land",
        "road",
        "rail",
        "letter",
    ];
    const MANNERS: [&str; 30] = [
        "writing",
        "advance",
        "full",
        "part",
        "principle",
        "person",
        "public",
        "private",
        "confidence",
        "turn",
        "practice",
        "particular",
        "general",
        "good",
        "kind",
        "cash",
        "english",
        "french",
        "spanish",
        "russian",
        "arabic",
        "chinese",
        "ukrainian",
        "german",
        "portuguese",
        "italian",
        "turkish",
        "duplicate",
        "triplicate",
        "circumstances",
    ];
    let says = match lead {
        "by" if MEANS.contains(&&*lower) => "when",
        "in" | "under" if MANNERS.contains(&&*lower) => "where",
        _ => return None,
    };
    let start = before.trim_end().len() - lead.len();
    let so_far = before.get(..start).unwrap_or("").trim_end();
    let told_before = lower == "writing"
        && ["agreement", "consent", "letter"].iter().any(|word| so_far.ends_with(word))
        && so_far.rsplit(' ').nth(1) == Some("by");
    let more = if behind.starts_with(" in writing") { " in writing" } else { "" };
    let words = format!("{} {name}{more}", lead);
    let help = match says {
        "when" => format!("write how in quotation marks, `\"{words}\"`; after `by` stands a time: `by 2026-07-01`"),
        _ => format!("write how in quotation marks: `\"{words}\"`"),
    };
    Some(Manner {
        before: (before.len() - start) as u32,
        behind: more.len() as u32,
        message: format!("`{words}` says how, not {says}"),
        label: "how it is done",
        help,
        put: Some(format!("\"{words}\"")),
        told_before,
    })
}
