//! The standard library: the `.decl` files that come with the program.
//!
//! Holds their text alone; `model` reads them.

/// Every file: its name, and its text. A later one may override what an earlier one defines.
pub const FILES: &[(&str, &str)] = &[
    ("declaration.decl", include_str!("declaration.decl")),
    ("entities.decl", include_str!("entities.decl")),
    ("troops.decl", include_str!("troops.decl")),
    ("oversight.decl", include_str!("oversight.decl")),
    ("commitments.decl", include_str!("commitments.decl")),
    ("actions.decl", include_str!("actions.decl")),
    ("units.decl", include_str!("units.decl")),
    ("things.decl", include_str!("things.decl")),
    ("lexicon.decl", include_str!("lexicon.decl")),
    ("rules/role.decl", include_str!("rules/role.decl")),
    ("rules/binding.decl", include_str!("rules/binding.decl")),
    ("rules/time.decl", include_str!("rules/time.decl")),
    ("rules/quantity.decl", include_str!("rules/quantity.decl")),
    ("checklists.decl", include_str!("checklists.decl")),
];
