//! No text makes the checker panic or hang, and no control character reaches the reader.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target checks one law")]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::checks(text));
