//! Formatting twice is formatting once, and changes no word.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target checks one law")]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::formats(text));
