//! What makes up for a field that is absent, and what does not.

#![allow(missing_docs, reason = "tests")]

use rapporteur::check;
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;

const HEAD: &str = "declaration d \"Agreement\" { form: agreement  binding: legal  signatories: FR, UA, GB }\n\
    party FR \"France\"\nparty GB \"United Kingdom\"\nparty UA \"Ukraine\"\n\
    place ukraine \"Ukraine\" { of: UA }\nplace lviv \"Lviv\" { within: ukraine }\n";

/// The codes found in a draft with the usual head.
fn codes(body: &str) -> Vec<String> {
    of(&format!("{HEAD}{body}\n"))
}

fn of(text: &str) -> Vec<String> {
    let checked = check("a.decl".as_ref(), text, &NoFiles::default(), &Options::default());
    let unread: Vec<_> = checked.findings.iter().filter(|finding| finding.group() == "syntax").collect();
    assert!(unread.is_empty(), "{unread:#?}");
    checked.findings.iter().map(|finding| finding.code.to_string()).collect()
}

#[track_caller]
fn asks(body: &str, code: &str) {
    let found = codes(body);
    assert!(found.iter().any(|it| it == code), "{code} is not asked: {found:?}");
}

#[track_caller]
fn is_silent(body: &str, code: &str) {
    let found = codes(body);
    assert!(found.iter().all(|it| it != code), "{code} is asked: {found:?}");
}

#[test]
fn a_duty_counts_and_an_intention_does_not() {
    asks("troops force \"F\" { FR intends to pay EUR 5 million for force. }", "troops/funding");
    is_silent("troops force \"F\" { FR shall pay EUR 5 million for force. }", "troops/funding");
    is_silent("troops force \"F\" {}\nclause money \"M\" { FR shall pay EUR 5 million for force. }", "troops/funding");
    asks("monitoring watch \"W\" { FR, GB shall monitor ukraine. }", "monitoring/lead");
    is_silent("monitoring watch \"W\" { FR shall monitor ukraine. }", "monitoring/lead");
}

#[test]
fn who_founds_a_body_is_somebody_and_founds_that_body() {
    asks("body board \"B\" { board shall establish \"a register\" in lviv. board shall create lviv. }", "body/founder");
    is_silent("body board \"B\" { FR, UA shall establish board within 30 days of signature. }", "body/founder");
    // Told at the words, and not once more.
    let agentless = codes("body board \"B\" { board shall be established. }");
    assert!(agentless.contains(&"structure/nobody-obliged".to_owned()), "{agentless:?}");
    assert!(!agentless.contains(&"body/founder".to_owned()), "{agentless:?}");
}

#[test]
fn a_final_clause_answers_what_it_states() {
    let clause = "final closing \"Final\" { in-force: signature }";
    is_silent(clause, "declaration/in-force");
    asks(clause, "declaration/amendment");
    asks(clause, "declaration/expires");
    is_silent("final closing \"Final\" { d shall enter-into-force upon signature. }", "declaration/in-force");
}

#[test]
fn the_end_of_a_promise_is_not_the_end_of_the_text_but_the_other_way_round() {
    asks("commitment help \"H\" { duration: 10 years }", "declaration/expires");
    asks("support help \"H\" { FR shall terminate lviv. }", "declaration/expires");
    let ending = HEAD.replace("form: agreement", "form: agreement  expires: 2036-01-01");
    let found = of(&format!("{ending}monitoring watch \"W\" {{ FR shall monitor ukraine. }}\n"));
    assert!(!found.contains(&"monitoring/until".to_owned()), "{found:?}");
}

#[test]
fn who_stands_at_home_needs_no_host() {
    is_silent("troops guard \"G\" { UA shall deploy guard to lviv by 2027-01-01. }", "troops/consent");
    asks("troops force \"F\" { FR shall deploy force to lviv by 2027-01-01. }", "troops/consent");
    asks("troops force \"F\" { consent: UA  FR shall deploy force to lviv by 2027-01-01. }", "troops/revocation");
    is_silent("troops force \"F\" { FR shall deploy force to lviv by 2027-01-01. }", "troops/revocation");
}

#[test]
fn an_event_that_names_its_certifier_answers_for_the_promise() {
    let event = "event attack \"A\" { means: \"fire across the line\"  certified-by: FR }\n";
    let promise = "commitment help \"H\" { FR shall assist UA within 72 hours of attack. }";
    is_silent(&format!("{event}{promise}"), "commitment/attribution");
    asks("commitment help \"H\" { FR shall assist UA by 2027-01-01. }", "commitment/attribution");
}

#[test]
fn what_another_clause_says_of_a_ceasefire_is_not_asked_again() {
    let quiet = "ceasefire quiet \"Q\" { FR, UA shall cease hostilities in lviv from 2027-01-01 until 2027-06-01. }\n";
    asks(quiet, "ceasefire/detainees");
    is_silent(
        &format!("{quiet}clause home \"H\" {{ FR, UA shall release prisoners by 2027-02-01. }}"),
        "ceasefire/detainees",
    );
    asks(quiet, "ceasefire/after-expiry");
    is_silent("ceasefire quiet \"Q\" { duration: permanent }", "ceasefire/after-expiry");
    is_silent("ceasefire quiet \"Q\" { start: 2027-01-01 }", "ceasefire/after-expiry");
    is_silent(&format!("{quiet}monitoring watch \"W\" {{ GB shall monitor quiet. }}"), "monitoring/area");
}

#[test]
fn a_body_is_asked_for_what_it_does() {
    asks("body board \"B\" { board shall attribute responsibility. }", "body/evidence");
    is_silent("body board \"B\" { board shall meet every 30 days. }", "body/evidence");
    asks("body board \"B\" { members: FR, UA  decides: majority }", "body/on-deadlock");
    is_silent("body board \"B\" { members: FR, UA, GB  decides: majority }", "body/on-deadlock");
    is_silent("body board \"B\" { members: FR 2, UA 1  decides: majority }", "body/on-deadlock");
    is_silent("body board \"B\" { members: FR, UA  decides: chair }", "body/on-deadlock");
}

#[test]
fn the_copy_of_a_text_of_two_needs_no_depositary() {
    let of_two = "declaration d \"Agreement\" { signatories: FR, UA }\nparty FR \"France\"\nparty UA \"Ukraine\"\n";
    assert!(!of(of_two).contains(&"declaration/depositary".to_owned()));
    asks("", "declaration/depositary");
}

#[test]
fn a_passive_says_what_becomes_of_something_and_not_who_does_it() {
    let quiet = "ceasefire quiet \"Q\" { FR, UA shall cease hostilities in lviv from 2027-01-01 until 2027-06-01. }\n";
    let passive =
        |verb: &str, what: &str| format!("{quiet}clause deed \"D\" {{ {what} shall be {verb} by 2027-02-01. }}");
    is_silent(&passive("released", "prisoners"), "ceasefire/detainees");
    asks(&passive("monitored", "quiet"), "ceasefire/monitoring");
}

#[test]
fn heavy_weapons_are_dealt_with_whatever_becomes_of_them_but_a_gift() {
    let quiet = "thing guns \"G\" { within: heavy-weapons }\n\
        ceasefire quiet \"Q\" { FR, UA shall cease hostilities in lviv from 2027-01-01 until 2027-06-01. }\n";
    for act in ["hand-over guns to UA", "destroy tanks", "store guns in lviv", "move artillery to lviv"] {
        is_silent(&format!("{quiet}clause arms \"A\" {{ FR shall {act}. }}"), "ceasefire/heavy-weapons");
    }
    for act in ["deliver guns to UA", "hand-over prisoners to UA", "destroy mines"] {
        asks(&format!("{quiet}clause arms \"A\" {{ FR shall {act}. }}"), "ceasefire/heavy-weapons");
    }
}

#[test]
fn who_leaves_a_country_is_not_asked_where_to_and_a_ban_gives_no_destination() {
    let out = |from: &str, more: &str| {
        format!("withdrawal out \"O\" {{ FR shall withdraw forces from {from} by 2027-01-01. {more} }}")
    };
    is_silent(&out("ukraine", ""), "withdrawal/to");
    asks(&out("lviv", ""), "withdrawal/to");
    asks(&out("lviv", "FR shall not deploy forces to lviv."), "withdrawal/to");
    asks("withdrawal out \"O\" { UA shall withdraw forces from ukraine by 2027-01-01. }", "withdrawal/to");
}

#[test]
fn a_ban_on_attacking_a_force_protects_it() {
    let force = "troops force \"F\" { FR shall deploy force to lviv by 2027-01-01. }\n";
    is_silent(&format!("{force}clause safe \"S\" {{ no party shall attack force. }}"), "troops/protection");
    asks(&format!("{force}clause safe \"S\" {{ no party shall attack lviv. }}"), "troops/protection");
    asks("troops force \"F\" { force shall not attack \"civilians\". }", "troops/protection");
}

#[test]
fn an_event_made_of_declared_events_is_established_by_theirs() {
    let vote = "event vote \"V\" { means: \"vote of the house\"  certified-by: FR }\n";
    is_silent(&format!("{vote}event both \"B\" {{ means: vote }}"), "event/certified-by");
    asks(&format!("{vote}event both \"B\" {{ means: \"the vote\" }}"), "event/certified-by");
}

#[test]
fn a_commitment_is_asked_for_what_its_kind_of_act_calls_for() {
    let of = |act: &str| format!("commitment c \"C\" {{ FR {act}. }}");
    for field in ["trigger", "attribution", "response-time", "consultation", "scope", "shares", "area"] {
        let code = format!("commitment/{field}");
        is_silent(&of("undertakes to respect borders"), &code);
        is_silent(&of("undertakes not to attack UA"), &code);
    }
    for field in ["trigger", "attribution", "response-time", "consultation", "scope", "area"] {
        asks(&of("shall defend UA"), &format!("commitment/{field}"));
        // One lasting undertaking does not answer for a promise of help beside it.
        asks(&of("undertakes to respect borders. FR shall defend UA"), &format!("commitment/{field}"));
    }
    for field in ["scope", "shares", "area"] {
        is_silent("commitment c \"C\" { FR, UA shall consult. }", &format!("commitment/{field}"));
        asks("commitment c \"C\" { FR, GB shall assist UA. }", &format!("commitment/{field}"));
    }
    asks("commitment c \"C\" { FR, UA shall consult. }", "commitment/trigger");
}

#[test]
fn what_is_to_last_needs_no_end() {
    let promise = |words: &str| format!("commitment status \"Status\" {{ {words} }}");
    asks(&promise("FR shall assist UA with weapons upon breach."), "commitment/duration");
    asks(&promise("text: \"until a lasting peace\" FR shall assist UA upon breach."), "commitment/duration");
    is_silent(&promise("text: \"a permanent undertaking\" FR shall assist UA upon breach."), "commitment/duration");
    is_silent("commitment status \"Final status\" { FR shall respect ukraine. }", "commitment/duration");
    is_silent(&promise("FR, GB shall recognise ukraine."), "commitment/duration");
}

#[test]
fn who_watches_an_election_has_no_line_to_patrol() {
    let watch = |body: &str| format!("thing election \"E\" {{}}\nmonitoring watch \"W\" {{ {body} }}");
    for code in ["area", "methods", "access", "response-time", "baseline"] {
        let code = format!("monitoring/{code}");
        is_silent(&watch("FR shall monitor election."), &code);
        is_silent(&watch("FR shall monitor \"the freedom of the press\"."), &code);
        asks(&watch("FR shall monitor heavy-weapons."), &code);
        asks(&watch(""), &code);
    }
    asks(&watch("FR shall monitor election."), "monitoring/reports");
}

#[test]
fn versions_are_compared_by_their_times_and_not_by_their_words() {
    let both = |one: &str, other: &str| {
        format!(
            "event breach \"B\" {{}}\ncommitment c \"C\" {{ FR shall assist UA {one}. \
             version ru \"Russian text\" {{ FR shall assist UA {other}. }} }}"
        )
    };
    for (one, other) in [
        ("by 2026-05-01", "no later than 2026-05-01"),
        ("within 72 hours of breach", "within 3 days of breach"),
        ("after breach until 2027-01-01", "until 2027-01-01 after breach"),
        ("by breach + 14 days", "by 14 days after breach"),
        ("every 2 weeks", "every 14 days"),
        ("\"as soon as possible\"", "\"in the shortest possible time\""),
    ] {
        is_silent(&both(one, other), "structure/versions-differ");
    }
    for (one, other) in [
        ("by 2026-05-01", "before 2026-05-01"),
        ("within 30 days of breach", "within 1 month of breach"),
        ("upon breach", "upon each breach"),
        ("every 2 weeks", "every 15 days"),
        ("by 2026-05-01", "within 3 days of breach"),
    ] {
        asks(&both(one, other), "structure/versions-differ");
    }
}
