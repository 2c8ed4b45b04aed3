//! Amounts, conditions, orders and repetitions: what a drafter would see as a contradiction, and sound drafts that look like one.

#![expect(clippy::panic, reason = "these are tests")]

use rapporteur::finding::Finding;
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;
use rapporteur::{Checked, check};

/// The codes under test.
const CODES: &[&str] = &[
    "contradiction/quantity",
    "contradiction/sum",
    "contradiction/ceiling",
    "contradiction/floor",
    "contradiction/condition",
    "structure/priority-cycle",
    "structure/idle-priority",
    "structure/duplicate",
    "structure/subsumed",
    "time/gap",
];

const HEAD: &str = r#"
declaration d "Draft" { form: agreement  binding: legal  signed: 2026-01-06  signatories: FR, GB, UA }
party FR "France"
party GB "United Kingdom"
party UA "Ukraine"
party coalition "Coalition" { kind: coalition  members: FR, GB }
place ukraine "Ukraine" { of: UA }
place zone "Zone" { within: ukraine }
place depot "Depot" { within: zone }
place east "East" { within: ukraine }
place harbour "Harbour"
event ceasefire "Ceasefire"
event attack "Attack" { after: ceasefire }
event foreign-withdrawal "Foreign forces have left" { after: ceasefire }
thing fighters "Fighters" { total: 3_000 personnel }
troops force "Force" { strength: 10_000 personnel }
"#;

fn checked(text: &str) -> Checked {
    let checked = check("a.decl".as_ref(), text, &NoFiles::default(), &Options::default());
    for finding in &checked.findings {
        if finding.code.starts_with("syntax/")
            || ["structure/undefined-name", "structure/unknown-verb", "structure/unknown-norm"]
                .contains(&finding.code.as_ref())
        {
            panic!("{} {} in\n{text}", finding.code, finding.message);
        }
    }
    checked
}

fn ours(checked: &Checked) -> impl Iterator<Item = &Finding> {
    checked.findings.iter().filter(|finding| CODES.contains(&finding.code.as_ref()))
}

/// Each finding as `code level: words`.
fn told(clauses: &str) -> Vec<String> {
    let checked = checked(&format!("{HEAD}{clauses}"));
    let one = |it: &Finding| format!("{} {}: {}", it.code, it.level.word(), checked.sources.slice(it.at()));
    ours(&checked).map(one).collect()
}

/// `clauses => findings`
macro_rules! tells {
    ($($name:ident: $clauses:expr => [$($finding:literal),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            let expected: Vec<&str> = vec![$($finding),*];
            assert_eq!(told($clauses), expected);
        }
    )*};
}

// One thing, two amounts.
tells! {
    at_most_and_at_least_in_one_clause:
        "commitment one {
           (a) FR shall deploy at most 200 personnel of force to zone by 2026-06-30.
           (b) FR shall deploy at least 250 personnel of force to zone by 2026-06-30.
         }"
        => ["contradiction/quantity error: at least 250 personnel"];

    contributions_in_per_cent:
        "troops other { strength: 10_000 personnel  contributions: FR 60%, GB 50% }"
        => ["contradiction/sum error: contributions: FR 60%, GB 50%"];

    contributions_of_the_whole:
        "troops other { strength: 10_000 personnel  contributions: FR 60%, GB 40% }"
        => [];

    several_payers_together:
        "support one {
           amount: EUR 3 billion
           (a) FR shall pay EUR 2 billion to UA by 2026-12-01.
           (b) GB shall pay EUR 2 billion to UA by 2026-12-01.
         }"
        => ["contradiction/sum error: EUR 2 billion"];

    several_payers_within_the_whole:
        "support one {
           amount: EUR 4 billion
           (a) FR shall pay EUR 2 billion to UA by 2026-12-01.
           (b) GB shall pay EUR 1 billion to UA by 2026-12-01.
         }"
        => [];

    through_a_fund:
        "party fund \"Fund\"
         support one {
           amount: EUR 3 billion
           (a) FR shall pay EUR 2 billion to fund by 2026-11-01.
           (b) GB shall pay EUR 1 billion to fund by 2026-11-01.
           (c) fund shall pay EUR 3 billion to UA by 2026-12-01.
         }"
        => [];

    so_many_and_no_more_than_fewer:
        "commitment one {
           (a) FR shall deploy 300 personnel of force to zone by 2026-06-30.
           (b) FR shall deploy no more than 250 personnel of force to zone by 2026-06-30.
         }"
        => ["contradiction/quantity error: no more than 250 personnel"];

    stages_under_a_bound_of_their_own:
        "commitment one {
           (a) FR shall deploy at most 200 personnel to zone by 2026-06-30.
           (b) FR shall deploy 300 personnel to zone by 2026-09-30.
         }"
        => [];

    a_clause_that_yields_to_itself:
        "commitment one { FR shall deploy 300 personnel to zone by 2026-06-30 subject to one. }"
        => ["structure/priority-cycle error: one"];

    more_than_the_support:
        "support one { amount: EUR 3 billion  GB shall pay EUR 5 billion to UA by 2026-12-01. }"
        => ["contradiction/quantity error: EUR 5 billion"];

    every_year_of_a_yearly_support:
        "support one { amount: EUR 3 billion per year  GB shall pay EUR 4 billion to UA every year. }"
        => ["contradiction/quantity error: EUR 4 billion"];

    one_instalment_of_a_yearly_support:
        "support one { amount: EUR 3 billion per year  GB shall pay EUR 1 billion to UA every month. }"
        => [];

    so_many_times_is_no_amount:
        "support one { amount: EUR 12 million  GB shall pay EUR 2 million to UA 6 times by 2026-12-01. }"
        => [];

    two_amounts_by_one_day:
        "commitment one { FR shall deploy 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-06-30. }"
        => ["contradiction/quantity error: 8_000 personnel"];

    two_amounts_of_a_kind_of_thing_may_be_two_lots:
        "commitment one { FR shall deliver 5 tanks to UA by 2026-06-30. }
         commitment two { FR shall deliver 8 tanks to UA by 2026-06-30. }"
        => ["contradiction/quantity warning: 8 tanks"];

    two_shares_of_one_thing_make_it_up:
        "withdrawal one { FR shall withdraw 40% of force from zone by 2026-06-30. }
         withdrawal two { FR shall withdraw 60% of force from zone by 2026-06-30. }"
        => [];

    two_amounts_with_their_own_days_are_stages:
        "commitment one { FR shall deploy 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-12-31. }"
        => [];

    staged_within_thirty_days:
        "withdrawal out {
           (a) FR shall withdraw 10 tanks from zone within 10 days of ceasefire.
           (b) FR shall withdraw 20 tanks from zone within 20 days of ceasefire.
           (c) FR shall withdraw 30 tanks from zone within 30 days of ceasefire. }"
        => [];

    the_same_deadline_twice_for_different_subsets:
        "withdrawal out {
           (a) FR shall withdraw tanks from zone 1 day after ceasefire.
           (b) FR shall withdraw artillery from zone 11 days after ceasefire. }
         withdrawal air { FR shall withdraw aircraft from zone within 11 days of ceasefire. }"
        => [];

    to_lead_and_to_contribute:
        "commitment one { FR shall lead force. }
         commitment two { GB shall contribute 3_000 personnel to force by 2026-06-30. }
         commitment three { FR shall contribute 4_000 personnel to force by 2026-06-30. }"
        => [];

    parts_are_added_up:
        "commitment one { FR shall deploy 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 3_000 personnel of force to zone by 2026-06-30. }
         clause sum { parts: one, two }"
        => [];

    about_makes_no_error:
        "commitment one { FR shall deploy about 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-06-30. }"
        => [];

    a_range_that_holds_the_number:
        "commitment one { FR shall deploy 5_000..9_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-06-30. }"
        => [];

    battalions_are_no_personnel:
        "commitment one { FR shall deploy 5 battalions of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-06-30. }"
        => [];

    other_actors_places_or_conditions:
        "commitment one { FR shall deploy 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { GB shall deploy 4_000 personnel of force to zone by 2026-06-30. }
         commitment three { FR shall deploy 3_000 personnel of force to harbour by 2026-06-30. }
         commitment four { FR shall deploy 2_000 personnel of force to zone by 2026-06-30 if attack. }"
        => [];

    an_order_settles_two_amounts:
        "commitment one { FR shall deploy 5_000 personnel of force to zone by 2026-06-30. }
         commitment two { FR shall deploy 8_000 personnel of force to zone by 2026-06-30 notwithstanding one. }"
        => [];

    stationed_at_the_same_time:
        "commitment one { FR shall station 5_000 personnel of force in zone until 2026-12-31. }
         commitment two { FR shall station 8_000 personnel of force in zone from 2026-06-30 until 2027-12-31. }"
        => ["contradiction/quantity error: 8_000 personnel"];

    stationed_one_after_the_other:
        "commitment one { FR shall station 5_000 personnel of force in zone until 2026-06-30. }
         commitment two { FR shall station 8_000 personnel of force in zone from 2026-06-30 until 2027-12-31. }"
        => [];

    training_is_no_presence:
        "commitment one { FR shall train 500 personnel of force until 2026-12-31. }
         commitment two { FR shall train 800 personnel of force until 2027-12-31. }"
        => [];

    more_than_the_force_has:
        "commitment one { FR shall deploy 12_000 personnel of force to zone by 2026-06-30. }"
        => ["contradiction/quantity error: 12_000 personnel"];

    two_purposes_are_paid_twice:
        "support one { FR shall pay EUR 300 million to UA by 2026-06-30. }
         support two { FR shall pay EUR 400 million to UA by 2026-06-30. }"
        => [];

    two_recipients_in_the_fields:
        "support one { purpose: \"air defence\"  FR shall deliver 5 tanks to UA by 2026-06-30. }
         support two { purpose: \"training\"  FR shall deliver 8 tanks to UA by 2026-06-30. }"
        => [];
}

// Sums.
tells! {
    stages_over_the_total_of_a_thing:
        "clause arms {
           (a) FR shall disarm 2_000 personnel of fighters by 2026-06-30.
           (b) FR shall disarm 2_000 personnel of fighters by 2026-12-31. }"
        => ["contradiction/sum error: 2_000 personnel"];

    stages_that_make_the_total_or_less:
        "clause arms {
           (a) FR shall disarm 2_000 personnel of fighters by 2026-06-30.
           (b) FR shall disarm 500 personnel of fighters by 2026-12-31. }"
        => [];

    stages_under_the_total_of_their_clause:
        "withdrawal out { strength: 800 personnel
           (a) FR shall withdraw 300 personnel from zone by 2026-06-30.
           (b) FR shall withdraw 400 personnel from zone by 2026-12-31. }"
        => ["contradiction/sum warning: 300 personnel"];

    the_remaining_make_the_total:
        "withdrawal out { strength: 800 personnel
           (a) FR shall withdraw 300 personnel from zone by 2026-06-30.
           (b) FR shall withdraw 400 personnel from zone by 2026-09-30.
           (c) FR shall withdraw the remaining personnel from zone by 2026-12-31. }"
        => [];

    two_sides_have_their_own_stages:
        "withdrawal out { strength: 800 personnel
           (a) FR shall withdraw 800 personnel from zone by 2026-06-30.
           (b) GB shall withdraw 800 personnel from zone by 2026-06-30. }"
        => [];

    contributions_over_the_strength:
        "troops other { strength: 10_000 personnel  contributions: FR 6_000, GB 6_000 }"
        => ["contradiction/sum error: contributions: FR 6_000, GB 6_000"];

    contributions_within_the_strength:
        "troops other { strength: 10_000..15_000 personnel  contributions: FR 6_000, GB 6_000 }"
        => [];

    shares_near_a_hundred:
        "commitment one { shares: FR 60, GB 45 }
         commitment two { shares: FR 60, GB 40 }
         commitment three { shares: FR 1, GB 2 }"
        => ["contradiction/sum warning: shares: FR 60, GB 45"];
}

// Ceilings and floors.
tells! {
    two_duties_over_the_ceiling_of_a_place:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall station 3_000 personnel in north until 2027-01-01. }
         commitment two { GB shall station 2_500 personnel in north until 2027-06-01. }"
        => ["contradiction/ceiling error: 3_000 personnel"];

    two_duties_within_the_ceiling_of_a_place:
        "place north \"North\" { ceiling: 5_500 personnel }
         commitment one { FR shall station 3_000 personnel in north until 2027-01-01. }
         commitment two { GB shall station 2_500 personnel in north until 2027-06-01. }"
        => [];

    one_after_the_other_under_a_ceiling:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall station 3_000 personnel in north until 2027-01-01. }
         commitment two { GB shall station 2_500 personnel in north from 2027-01-01 until 2027-06-01. }"
        => [];

    deployed_and_not_taken_away:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall deploy 3_000 personnel to north by 2026-06-01. }
         commitment two { GB shall deploy 2_500 personnel to north by 2026-09-01. }"
        => ["contradiction/ceiling error: 3_000 personnel"];

    deployed_and_withdrawn_before_the_others_come:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall deploy 3_000 personnel to north by 2026-06-01. }
         commitment two { GB shall deploy 2_500 personnel to north by 2026-09-01. }
         commitment three { FR shall withdraw forces from north by 2026-08-01. }"
        => [];

    a_ban_on_more_than_a_number_counts_all_that_one_actor_owes:
        "commitment one { FR shall station 3_000 personnel in zone until 2027-01-01. }
         commitment two { FR shall station 2_500 personnel in east until 2027-06-01. }
         commitment three { FR, GB shall not station more than 5_000 personnel in ukraine. }"
        => ["contradiction/ceiling error: 3_000 personnel"];

    what_lies_within_is_not_counted_twice:
        "commitment one { FR shall station 3_000 personnel in depot until 2027-01-01. }
         commitment two { FR shall station 3_000..4_000 personnel in zone until 2027-06-01. }
         commitment three { FR, GB shall not station more than 5_000 personnel in ukraine. }"
        => [];

    a_member_acts_for_its_coalition:
        "commitment one { coalition shall station 3_000 personnel in zone until 2027-01-01. }
         commitment two { FR shall station 2_500 personnel in zone until 2027-06-01. }
         commitment three { there shall be at most 5_000 personnel in ukraine. }"
        => [];

    what_is_deployed_may_move_on:
        "commitment one { FR shall deploy 6_000 personnel of force to zone by 2026-03-01. }
         commitment two { FR shall deploy 6_000 personnel of force to harbour by 2026-09-01. }"
        => [];

    a_ceiling_for_each_is_no_ceiling_for_both:
        "commitment one { FR shall station 3_000 personnel in depot until 2027-01-01. }
         commitment two { GB shall station 2_500 personnel in zone until 2027-06-01. }
         commitment three { FR, GB shall not station more than 5_000 personnel in ukraine. }"
        => [];

    a_ceiling_for_all_together:
        "commitment one { FR shall station 3_000 personnel in depot until 2027-01-01. }
         commitment two { GB shall station 2_500 personnel in zone until 2027-06-01. }
         commitment three { there shall be at most 5_000 personnel in ukraine. }"
        => ["contradiction/ceiling error: 3_000 personnel"];

    contributions_of_two_over_the_strength:
        "commitment one { FR shall contribute 6_000 personnel to force by 2026-06-30. }
         commitment two { GB shall contribute 5_000 personnel to force by 2026-06-30. }"
        => ["contradiction/ceiling error: 6_000 personnel"];

    other_units_under_a_ceiling:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall station 3_000 personnel in north until 2027-01-01. }
         commitment two { GB shall station 25 battalions in north until 2027-06-01. }"
        => [];

    on_different_events_under_a_ceiling:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall station 3_000 personnel in north from ceasefire. }
         commitment two { GB shall station 2_500 personnel in north from attack. }"
        => [];

    on_one_event_under_a_ceiling:
        "place north \"North\" { ceiling: 5_000 personnel }
         commitment one { FR shall station 3_000 personnel in north from ceasefire. }
         commitment two { GB shall station 2_500 personnel in north from ceasefire + 30 days. }"
        => ["contradiction/ceiling error: 3_000 personnel"];

    a_floor_and_a_withdrawal_of_all:
        "commitment one { FR shall station at least 2_000 personnel of force in zone until 2027-01-01. }
         commitment two { FR shall withdraw force from zone by 2026-06-30. }"
        => ["contradiction/floor error: at least 2_000 personnel"];

    a_floor_and_a_withdrawal_of_most:
        "commitment one { FR shall station at least 4_000 personnel of force in zone until 2027-01-01. }
         commitment two { FR shall withdraw 70% of force from zone by 2026-06-30. }"
        => ["contradiction/floor error: at least 4_000 personnel"];

    a_floor_that_withdrawals_keep:
        "commitment one { FR shall station at least 4_000 personnel of force in zone until 2027-01-01. }
         commitment two { FR shall withdraw 60% of force from zone by 2026-06-30. }
         commitment three { FR shall withdraw force from zone by 2027-01-01. }"
        => [];

    a_floor_of_another_place:
        "commitment one { FR shall station at least 4_000 personnel of force in zone until 2027-01-01. }
         commitment two { FR shall withdraw 8_000 personnel of force from harbour by 2026-06-30. }"
        => [];
}

// Conditions.
tells! {
    a_deadline_and_a_condition:
        "clause one { FR shall disarm fighters within 30 days of signature. }
         clause two { FR shall disarm fighters after foreign-withdrawal. }"
        => ["contradiction/condition warning: after foreign-withdrawal"];

    a_deadline_and_an_if:
        "clause one { FR shall disarm fighters by 2026-03-01. }
         clause two { FR shall disarm fighters by 2026-03-01 if foreign-withdrawal. }"
        => ["contradiction/condition warning: if foreign-withdrawal"];

    what_is_handed_over_is_gone:
        "thing heavy \"Heavy weapons of France\" { of: FR }
         clause one { FR shall hand-over heavy to UA by 2026-03-01. }
         clause two { FR shall hand-over heavy to UA in parallel with out. }
         withdrawal out { GB shall withdraw tanks from zone. }"
        => ["contradiction/condition warning: in parallel with out"];

    two_cases_of_one_text:
        "clause one { FR shall withdraw force from zone within 30 days of attack. }
         clause two { FR shall withdraw force from zone in parallel with out. }
         withdrawal out { GB shall withdraw tanks from zone. }"
        => [];

    a_condition_that_both_have:
        "clause one { FR shall disarm fighters within 30 days of foreign-withdrawal. }
         clause two { FR shall disarm fighters after foreign-withdrawal. }"
        => [];

    a_condition_that_is_behind_the_other:
        "clause one { FR shall disarm fighters within 30 days of foreign-withdrawal. }
         clause two { FR shall disarm fighters after ceasefire. }"
        => [];

    a_response_is_no_condition:
        "clause one { FR shall withdraw force from zone by 2027-03-01. }
         clause two { FR shall withdraw force from zone within 30 days of attack. }
         clause three { FR shall withdraw force from zone within 30 days of ceasefire if one is broken. }"
        => [];

    what_is_supplied_may_be_owed_twice:
        "clause one { FR shall provide ammunition to UA by 2026-03-01. }
         clause two { FR shall provide ammunition to UA after attack. }"
        => [];

    a_permission_is_no_duty:
        "clause one { FR shall disarm fighters by 2026-03-01. }
         clause two { FR may disarm fighters after foreign-withdrawal. }"
        => [];

    an_order_settles_a_condition:
        "clause one { FR shall disarm fighters by 2026-03-01 subject to two. }
         clause two { FR shall disarm fighters after foreign-withdrawal. }"
        => [];

    a_condition_due_before_the_deadline:
        "clause one { FR shall disarm fighters by 2026-03-01. }
         clause two { FR shall disarm fighters after fulfilment of three. }
         clause three { GB shall withdraw tanks from zone by 2026-02-01. }"
        => [];
}

// Order among clauses.
tells! {
    three_clauses_in_a_ring:
        "clause one { FR shall deploy tanks to zone by 2026-03-01 subject to two. }
         clause two { FR shall not deploy tanks to zone before 2026-02-01 subject to three. }
         clause three { FR shall not deploy weapons to ukraine before 2026-02-10 subject to one. }"
        => ["structure/priority-cycle error: subject to two"];

    a_ring_of_two_within_a_ring_of_three:
        "clause one { FR shall deploy tanks to zone by 2026-03-01 subject to two. }
         clause two { FR shall not deploy tanks to zone before 2026-02-01 subject to three. }
         clause three { FR shall not deploy weapons to ukraine before 2026-02-10 subject to one  subject to two. }"
        => ["structure/priority-cycle error: subject to three"];

    a_chain_is_no_ring:
        "clause one { FR shall deploy tanks to zone by 2026-03-01 subject to two. }
         clause two { FR shall not deploy tanks to zone before 2026-02-01 subject to three. }
         clause three { FR shall not deploy weapons to ukraine before 2026-02-10 notwithstanding one. }"
        => [];

    instruments_that_prevail_over_each_other:
        "instrument left \"Left\" { form: annex  prevails-over: right }
         instrument right \"Right\" { form: annex  prevails-over: left }"
        => ["structure/priority-cycle error: prevails-over: right"];

    an_order_to_a_clause_with_nothing_in_common:
        "clause one { FR shall deploy tanks to zone by 2026-03-01 subject to two. }
         clause two { GB shall not send warships to harbour. }"
        => ["structure/idle-priority advice: subject to two"];

    an_order_to_a_clause_that_shares_a_place:
        "clause one { FR shall deploy tanks to depot by 2026-03-01 subject to two. }
         clause two { GB shall not send warships to ukraine. }"
        => [];

    an_order_to_words:
        "clause one { FR shall deploy tanks to zone by 2026-03-01 subject to two. }
         clause two { GB shall not send warships to harbour \"except in an emergency\". }"
        => [];
}

// Said twice.
tells! {
    the_same_norm_twice:
        "clause one { FR shall deploy tanks to zone by 2026-03-01. }
         clause two { FR shall deploy tanks to zone by 2026-03-01. }"
        => ["structure/duplicate advice: FR shall deploy tanks to zone by 2026-03-01"];

    another_day_place_amount_or_condition:
        "clause one { FR shall deploy tanks to zone by 2026-03-01. }
         clause two { FR shall deploy tanks to zone by 2026-04-01. }
         clause three { FR shall deploy tanks to harbour by 2026-03-01. }
         clause four { FR shall deploy 5 tanks to zone by 2026-03-01. }
         clause five { FR shall deploy tanks to zone by 2026-03-01 if attack. }
         clause six { FR should deploy ships to zone by 2026-03-01. }"
        => [];

    facts_that_set_two_clauses_apart:
        "hub one { location: zone  FR shall supply fuel to UA every 7 days. }
         hub two { location: harbour  FR shall supply fuel to UA every 7 days. }"
        => [];

    a_ban_within_a_ban:
        "clause one { coalition, FR shall not deploy weapons to zone. }
         clause two { FR shall not deploy tanks to zone. }"
        => ["structure/subsumed advice: FR shall not deploy tanks to zone"];

    a_weaker_norm_beside_the_firm_one:
        "clause one { FR shall deploy tanks to zone by 2026-03-01. }
         clause two { FR should deploy tanks to zone by 2026-03-01. }"
        => ["structure/subsumed advice: FR should deploy tanks to zone by 2026-03-01"];

    a_narrower_norm_that_adds_a_day:
        "clause one { FR, GB shall deploy tanks to zone. }
         clause two { FR shall deploy tanks to zone by 2026-03-01. }"
        => [];

    a_joint_duty_contains_no_single_one:
        "clause one { FR, GB shall jointly deploy tanks to zone by 2026-03-01. }
         clause two { FR shall deploy tanks to zone by 2026-03-01. }"
        => [];
}

// Gaps.
tells! {
    a_gap_between_two_watches:
        "ceasefire quiet { FR, GB shall cease hostilities until 2028-01-01. }
         monitoring first { UA shall monitor quiet until 2026-12-31. }
         monitoring second { UA shall monitor quiet from 2027-02-01 until 2028-06-01. }"
        => ["time/gap warning: from 2027-02-01"];

    watches_that_meet:
        "ceasefire quiet { FR, GB shall cease hostilities until 2028-01-01. }
         monitoring first { UA shall monitor quiet until 2027-02-01. }
         monitoring second { UA shall monitor quiet from 2027-02-01 until 2028-06-01. }"
        => [];

    a_gap_after_the_end_of_what_is_watched:
        "ceasefire quiet { FR, GB shall cease hostilities until 2026-12-31. }
         monitoring first { UA shall monitor quiet until 2026-12-31. }
         monitoring second { UA shall monitor quiet from 2027-02-01 until 2028-06-01. }"
        => [];

    a_gap_that_a_third_watch_fills:
        "ceasefire quiet { FR, GB shall cease hostilities until 2028-01-01. }
         monitoring first { UA shall monitor quiet until 2026-12-31. }
         monitoring second { UA shall monitor quiet from 2027-02-01 until 2028-06-01. }
         monitoring third { scope: quiet  UA shall observe \"what it can\" until 2028-06-01. }"
        => [];

    a_watch_that_is_continuous_and_comes_late:
        "ceasefire quiet { FR, GB shall cease hostilities from ceasefire until ceasefire + 90 days. }
         monitoring first { continuous: yes  UA shall monitor quiet from ceasefire + 10 days until ceasefire + 120 days. }"
        => ["time/gap warning: from ceasefire + 10 days"];

    a_watch_that_comes_late:
        "ceasefire quiet { FR, GB shall cease hostilities from ceasefire until ceasefire + 90 days. }
         monitoring first { UA shall monitor quiet from ceasefire + 10 days until ceasefire + 120 days. }"
        => [];

    an_empty_area_by_design:
        "withdrawal out { FR shall withdraw force from zone within 45 days of ceasefire. }
         troops inside { GB shall deploy tanks to zone 91 days after ceasefire. }"
        => [];
}
