//! No text makes the parser panic or hang.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target checks one law")]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::parses(text));
