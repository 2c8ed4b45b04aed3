//! Contradictions that a drafter would see as such, and sound drafts that look like them.

#![expect(clippy::panic, reason = "these are tests")]

use rapporteur::clash::{Clashes, Effort, clashes};
use rapporteur::load::NoFiles;
use rapporteur::model::Model;
use rapporteur::policy::Options;

const HEAD: &str = r#"
declaration d "Draft" { form: agreement  binding: legal  signed: 2026-01-06  signatories: FR, GB, UA }
party FR "France"
party GB "United Kingdom"
party UA "Ukraine"
party coalition "Coalition" { kind: coalition  members: FR, GB }
place ukraine "Ukraine" { of: UA }
place zone "Zone" { within: ukraine }
event ceasefire "Ceasefire"
event attack "Attack" { after: ceasefire }
event ratification "Ratification" { after: ceasefire + 40 days }
"#;

fn found(clauses: &str) -> (Model, Clashes) {
    let text = format!("{HEAD}{clauses}");
    let checked = rapporteur::check("a.decl".as_ref(), text.as_str(), &NoFiles::default(), &Options::default());
    for finding in &checked.findings {
        if finding.code.starts_with("syntax/")
            || ["structure/undefined-name", "structure/unknown-verb"].contains(&finding.code.as_ref())
        {
            panic!("{} {} in\n{clauses}", finding.code, finding.message);
        }
    }
    let clashes = clashes(&checked.model, Effort::NORMAL);
    (checked.model, clashes)
}

/// Each clash as `code: duty against ban, ban`.
fn told(clauses: &str) -> Vec<String> {
    let (model, clashes) = found(clauses);
    assert!(clashes.undecided.is_empty(), "{:?}", clashes.undecided);
    let one = |clash: &rapporteur::clash::Clash| {
        let against: Vec<String> = clash.against.iter().map(|norm| model.norm_name(*norm)).collect();
        format!("{}: {} against {}", clash.code, model.norm_name(clash.duty), against.join(", "))
    };
    clashes.found.iter().map(one).collect()
}

/// `clauses => clashes`
macro_rules! tells {
    ($($name:ident: $clauses:expr => [$($clash:literal),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            let expected: Vec<&str> = vec![$($clash),*];
            assert_eq!(told($clauses), expected);
        }
    )*};
}

tells! {
    a_duty_under_a_ban:
        "commitment one { FR shall deploy tanks to zone within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks to ukraine. }"
        => ["contradiction/duty-against-ban: one against two"];

    a_ban_that_ends_in_time:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks before ceasefire + 30 days. }"
        => [];

    a_ban_that_ends_a_day_late:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks until ceasefire + 31 days. }"
        => ["contradiction/duty-against-ban: one against two"];

    three_clauses_of_which_no_two_clash:
        "commitment one { FR shall deploy tanks within 60 days of ceasefire. }
         commitment two { no party shall deploy tanks from attack until attack + 31 days. }
         commitment three { FR shall not deploy tanks before ceasefire + 40 days. }"
        => ["contradiction/duty-against-ban: one against two, three"];

    a_coalition_may_use_any_member:
        "commitment one { coalition shall deploy tanks within 60 days of ceasefire. }
         commitment two { FR shall not deploy tanks. }"
        => [];

    a_ban_on_a_coalition_binds_each_member:
        "commitment one { GB shall deploy tanks within 60 days of ceasefire. }
         commitment two { coalition shall not deploy weapons. }"
        => ["contradiction/duty-against-ban: one against two"];

    more_general_verbs:
        "commitment one { GB shall deploy tanks within 60 days of ceasefire. }
         commitment two { GB shall not station tanks. }"
        => ["contradiction/duty-against-ban: one against two"];

    an_order_settles_it:
        "commitment one { GB shall deploy tanks within 60 days of ceasefire notwithstanding two. }
         commitment two { GB shall not deploy tanks. }"
        => [];

    breach_and_response:
        "commitment one { FR shall not deploy tanks. }
         commitment two { FR shall deploy tanks within 5 days of ceasefire if one is broken. }"
        => [];

    a_late_prerequisite:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks before attack. }"
        => ["time/unbounded-prerequisite: one against two"];

    a_prerequisite_that_is_always_too_late:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks before ratification. }"
        => ["contradiction/duty-against-ban: one against two"];

    a_right_that_nothing_is_left_of:
        "commitment one { FR may deploy tanks to zone. }
         commitment two { no party shall deploy tanks. }"
        => ["contradiction/empty-permission: one against two"];

    a_duty_and_an_exemption:
        "commitment one { FR shall deploy tanks by 2026-03-01. }
         commitment two { FR is not obliged to deploy tanks. }"
        => ["contradiction/duty-against-exemption: one against two"];

    two_leads:
        "commitment one { FR shall lead training. }
         commitment two { GB shall lead training. }"
        => ["contradiction/exclusive-role: one against two"];

    keeping_and_withdrawing:
        "commitment one { FR shall station tanks in ukraine until 2026-12-31. }
         commitment two { FR shall withdraw tanks from ukraine by 2026-06-30. }"
        => ["contradiction/exclusive-duties: two against one"];

    monitoring_throughout:
        "commitment one { FR shall patrol zone from ceasefire until 2026-12-31. }
         commitment two { FR shall not patrol zone from attack until attack + 3 days. }"
        => ["contradiction/duty-against-ban: one against two"];

    dated:
        "commitment one { FR shall deploy tanks by 2026-03-01. }
         commitment two { FR shall not deploy tanks until 2026-03-02. }"
        => ["contradiction/duty-against-ban: one against two"];

    dated_and_free_on_the_last_day:
        "commitment one { FR shall deploy tanks by 2026-03-02. }
         commitment two { FR shall not deploy tanks until 2026-03-02. }"
        => [];

    only_one_may:
        "commitment one { FR shall deploy tanks by 2026-03-02. }
         commitment two { only GB may deploy tanks. }"
        => ["contradiction/duty-against-ban: one against two"];

    months_are_28_to_31_days:
        "commitment one { FR shall deploy tanks within 1 month of ceasefire. }
         commitment two { FR shall not deploy tanks before ceasefire + 31 days. }"
        => [];

    unless_it_never_happens:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire unless attack. }
         commitment two { FR shall not deploy tanks if attack. }"
        => [];

    a_firm_ban_counts_before_advice:
        "action hold { nature: maintain }
         commitment one { anyone except UA shall hold. }
         commitment two { GB shall not hold. }
         commitment three { anyone except UA should not hold. }"
        => ["contradiction/duty-against-ban: one against two"];

    a_right_with_two_conditions:
        "commitment one { FR shall not deploy tanks from attack + 3 days until attack + 5 days. }
         commitment two { FR may deploy tanks for 5 days while not ceasefire or (ceasefire and attack). }"
        => ["contradiction/cut-permission: two against one"];

    all_but_one_and_its_group:
        "commitment one { anyone except FR shall not deploy tanks. }
         commitment two { anyone except FR shall deploy 2 tanks. }"
        => ["contradiction/duty-against-ban: two against one"];

    a_phase_that_never_runs:
        "phase pause { from: ceasefire + 2 days  until: ceasefire + 1 days }
         commitment one { FR shall deploy tanks within 4 days of ceasefire unless pause. }
         commitment two { nobody shall deploy tanks. }"
        => ["contradiction/duty-against-ban: one against two"];

    an_exact_right_bans_no_other_number:
        "commitment one { FR may deploy 4 tanks. }
         commitment two { FR may deploy 5..7 tanks. }"
        => [];

    a_right_that_an_event_ends:
        "commitment one { FR may deploy tanks if not ceasefire. }
         commitment two { nobody shall deploy tanks for 4 days. }"
        => ["contradiction/empty-permission: one against two"];

    a_right_that_each_ban_takes_in_its_own_case:
        "event vote
         commitment one { FR may deploy tanks if (ceasefire and not vote) or (vote and not ceasefire). }
         commitment two { FR shall not deploy tanks if ceasefire unless vote. }
         commitment three { FR shall not deploy tanks if vote unless ceasefire. }"
        => ["contradiction/empty-permission: one against two"];

    a_ban_until_what_ends_the_duty:
        "commitment one { FR shall deploy tanks before attack. }
         commitment two { FR shall not deploy tanks until attack. }"
        => ["contradiction/duty-against-ban: one against two"];

    a_duty_that_lasts_until_its_ban_does:
        "commitment one { FR shall monitor zone until attack. }
         commitment two { FR shall not monitor zone until attack. }"
        => ["contradiction/duty-against-ban: one against two"];

    a_right_of_which_a_zone_is_taken:
        "commitment one { FR may deploy tanks to ukraine. }
         commitment two { no party shall deploy weapons to zone. }"
        => ["contradiction/cut-permission: one against two"];

    a_right_that_begins_under_a_ban:
        "commitment one { FR may deploy tanks from ceasefire. }
         commitment two { FR shall not deploy tanks from attack until attack + 30 days. }"
        => ["contradiction/cut-permission: one against two"];

    a_right_that_names_its_limit:
        "commitment one { FR may deploy tanks to ukraine subject to two. }
         commitment two { no party shall deploy weapons to zone. }"
        => [];

    a_right_and_its_limit_in_one_clause:
        "commitment one { (a) FR may deploy tanks to ukraine. (b) FR shall not deploy tanks to zone. }"
        => [];

    a_right_with_an_exemption:
        "commitment one { FR may deploy tanks to ukraine except zone. }
         commitment two { FR shall not deploy tanks to zone. }"
        => [];

    a_cap_beside_a_right:
        "commitment one { FR may deploy tanks to ukraine. }
         commitment two { FR shall not deploy more than 300 tanks to ukraine. }"
        => [];

    another_place:
        "place elsewhere
         commitment one { FR may deploy tanks to ukraine. }
         commitment two { FR shall not deploy tanks to elsewhere. }"
        => [];

    caught_by_what_nobody_foresaw:
        "event ultimatum { after: ceasefire + 2 days }
         commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { no party shall deploy tanks after ultimatum. }"
        => ["contradiction/trap: one against two"];

    caught_by_two_bans_together:
        "event ultimatum { after: ceasefire + 2 days }
         commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { FR shall not deploy tanks from ultimatum until ultimatum + 10 days. }
         commitment three { no party shall deploy tanks from ceasefire + 40 days. }
         commitment four { FR shall not deploy tanks from ceasefire + 9 days. }"
        => ["contradiction/trap: one against two, four"];

    a_known_end_is_no_trap:
        "commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { no party shall deploy tanks from ceasefire + 9 days. }"
        => [];

    no_trap_of_ones_own_making:
        "event ultimatum { by: FR  after: ceasefire + 2 days }
         commitment one { FR shall deploy tanks within 30 days of ceasefire. }
         commitment two { no party shall deploy tanks after ultimatum. }"
        => [];

    a_duty_that_ends_with_what_shuts_the_trap:
        "event ultimatum { after: ceasefire + 2 days }
         commitment one { FR shall deploy tanks within 30 days of ceasefire unless ultimatum. }
         commitment two { no party shall deploy tanks after ultimatum. }"
        => [];

    no_latest_date_no_trap:
        "event ultimatum { after: ceasefire + 2 days }
         commitment one { FR shall deploy tanks after ceasefire. }
         commitment two { no party shall deploy tanks from ultimatum until ultimatum + 10 days. }"
        => [];
}
