//! No text makes the parser panic or hang.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| rapporteur::laws::parses(text));
