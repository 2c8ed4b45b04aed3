//! Rules written as data: what they find, what is said of those that cannot be used, and what they leave alone.

#![allow(missing_docs, reason = "tests")]

use rapporteur::rules::language;

#[test]
fn the_rules_of_the_standard_library_can_be_used() {
    let mistakes: Vec<String> =
        language::mistakes().iter().map(|finding| format!("{} ({:?})", finding.message, finding.help)).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}
