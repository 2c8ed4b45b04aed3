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

/// The findings of one family on a draft.
fn findings(clauses: &str, code: &str) -> Vec<rapporteur::finding::Finding> {
    let text = format!("{HEAD}{clauses}");
    let checked = rapporteur::check("a.decl".as_ref(), text.as_str(), &NoFiles::default(), &Options::default());
    checked.findings.into_iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn a_story_says_who_breaks_what() {
    let clauses = "event new-attack \"New attack\" { by: RU  after: ceasefire }
         party RU \"Russia\"
         commitment one { FR shall deploy tanks within 5 days of ceasefire. }
         commitment two { no party shall deploy tanks from new-attack until new-attack + 30 days. }
         commitment peace { RU shall not attack UA. }";
    let found = findings(clauses, "contradiction/duty-against-ban");
    let assumed: Vec<_> = found.iter().flat_map(|one| &one.story).filter_map(|step| step.assumes.as_deref()).collect();
    assert_eq!(assumed, ["Russia breaks `peace`"]);
    // Who may attack breaks nothing, and neither does another than who is bound.
    let other = clauses.replace("RU shall not", "FR shall not");
    let found = findings(&other, "contradiction/duty-against-ban");
    assert!(found.iter().flat_map(|one| &one.story).all(|step| step.assumes.is_none()));
}

#[test]
fn many_duties_under_one_ban_are_one_finding() {
    let duties = |many: usize| -> String {
        (0..many)
            .map(|at| format!("commitment d{at} {{ FR shall deploy tanks within {} days of ceasefire. }}\n", at + 1))
            .collect()
    };
    let ban = "commitment two { FR shall not deploy tanks. }\n";
    let found = findings(&format!("{}{ban}", duties(9)), "contradiction/duty-against-ban");
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(one.message, "what 9 clauses demand, `two` forbids: `d0`, `d1`, `d2`, `d3`, `d4` and 4 more");
    assert_eq!((one.also, one.labels.len(), one.minimal), (4, 6, false));
    // A few are told each for itself, and so is one that accepts something.
    assert_eq!(findings(&format!("{}{ban}", duties(3)), "contradiction/duty-against-ban").len(), 3);
    let accepting = duties(9).replace("commitment d0 {", "commitment d0 { accept contradiction because \"known\".");
    assert_eq!(findings(&format!("{accepting}{ban}"), "contradiction/duty-against-ban").len(), 2);
    // Where the ban accepts it too, so much of it is hidden as both accept.
    let ban = ban.replace("two {", "two { accept contradiction because \"known\".");
    let found = findings(&format!("{accepting}{ban}"), "contradiction/duty-against-ban");
    let accepted = found.iter().filter(|one| one.accepted.is_some()).count();
    assert_eq!((found.len(), accepted), (9, 1));
}

#[test]
fn a_right_that_many_bans_limit_is_one_finding() {
    let bans: String = (0..8)
        .map(|at| {
            format!("place p{at} {{ within: ukraine }}\ncommitment b{at} {{ FR shall not deploy tanks to p{at}. }}\n")
        })
        .collect();
    let found = findings(
        &format!("commitment one {{ FR may deploy tanks to ukraine. }}\n{bans}"),
        "contradiction/cut-permission",
    );
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(one.message, "part of what `one` permits, 8 clauses forbid: `b0`, `b1`, `b2`, `b3`, `b4` and 3 more");
}

#[test]
fn what_could_not_be_judged_is_said_once() {
    let mut clauses = String::new();
    for at in 0..40 {
        clauses += &format!("event e{at}\ncommitment d{at} {{ FR shall deploy tanks within 200 days of e{at}. }}\n");
        clauses +=
            &format!("commitment b{at} {{ FR shall not deploy tanks from e{at} + 3 days until e{at} + 9 days. }}\n");
    }
    let text = format!("{HEAD}{clauses}");
    let effort = Effort { steps: 4_000, ..Effort::LOW };
    let options = Options { effort, ..Options::default() };
    let checked = rapporteur::check("a.decl".as_ref(), text.as_str(), &NoFiles::default(), &options);
    let undecided: Vec<_> = checked.findings.iter().filter(|one| one.code == "undecided/contradiction").collect();
    let [one] = undecided.as_slice() else { panic!("{undecided:#?}") };
    assert_eq!(one.also, 35, "{}", one.message);
    assert!(rapporteur::policy::is_undecided(&one.code));
}

/// One actor, one act and thousands of bans: what is counted from one event is decided without a search.
#[test]
fn many_bans_that_hang_on_one_event_are_decided() {
    let mut clauses = String::new();
    for at in 0..600 {
        clauses += &format!(
            "commitment b{at} {{ FR shall not deploy tanks from ceasefire + {} days until ceasefire + {} days. }}\n",
            3 * at,
            3 * at + 3
        );
    }
    let hole = clauses.replace("from ceasefire + 90 days", "from ceasefire + 91 days");
    let duty = "commitment one { FR shall deploy tanks from ceasefire + 2 days until ceasefire + 1700 days. }";
    let (model, all) = found(&format!("{clauses}{duty}"));
    let [one] = all.found.as_slice() else { panic!("{all:#?}") };
    assert_eq!((model.norm_name(one.duty).as_str(), one.against.len(), all.undecided.len()), ("one", 567, 0));
    let (_, all) = found(&format!("{hole}{duty}"));
    assert!(all.found.is_empty() && all.undecided.is_empty(), "{all:#?}");
}

/// What is said at the first contradiction of a draft: its message, its labels, its help.
fn said(clauses: &str) -> Vec<String> {
    let text = format!("{HEAD}{clauses}");
    let checked = rapporteur::check("a.decl".as_ref(), text.as_str(), &NoFiles::default(), &Options::default());
    let finding = checked.findings.iter().find(|finding| finding.code.starts_with("contradiction/"));
    let Some(finding) = finding else { panic!("no contradiction in\n{clauses}") };
    let labels = finding.labels.iter().map(|label| label.text.to_string());
    std::iter::once(finding.message.clone()).chain(labels).chain(finding.help.clone()).collect()
}

#[test]
fn whole_days_are_told_as_days_though_others_count_hours() {
    let all = said(
        "commitment hours { GB shall consult UA within 6 hours of attack. }
         commitment one { FR shall deploy tanks to zone by 2026-06-01. }
         commitment two { FR shall not deploy tanks to zone until 2026-07-01. }",
    );
    assert_eq!(all[1], "obliges France to act from 2026-01-06 to 2026-06-01");
    assert_eq!(all[2], "forbids it from 2026-01-06 to 2026-06-30");
    assert!(all[3].contains("run to 2026-07-01 at least (30 days longer)"), "{all:#?}");
    let all = said(
        "commitment hours { GB shall consult UA within 6 hours of attack. }
         commitment one { FR shall deploy tanks to zone within 10 days of attack. }
         commitment two { FR shall not deploy tanks to zone until attack + 20 days. }",
    );
    assert_eq!(all[1..3], ["obliges France to act from day 0 to day 10", "forbids it from day 0 to day 19"]);
}

#[test]
fn sentences_without_marks_are_told_apart() {
    let all =
        said("commitment one { FR shall deploy tanks to zone by 2026-06-01. FR shall not deploy tanks to zone. }");
    assert_eq!(all[0], "one sentence of `one` demands what another forbids");
    assert!(all.last().unwrap().contains("`subject to one(b)` in `one(a)`"), "{all:#?}");
}

#[test]
fn what_is_said_again_is_told_however_often() {
    let copies: String = (0..60)
        .map(|at| format!("commitment c{at} {{ FR shall deploy tanks within 5 days of ceasefire. }}\n"))
        .collect();
    assert_eq!(findings(&copies, "structure/duplicate").len(), 59);
    assert!(findings(&copies, "undecided/comparison").is_empty());
    // Many of one act, each at a time of its own, are not held against each other.
    let dates: String = (0..60)
        .map(|at| format!("commitment c{at} {{ FR shall deploy {at} tanks by 2031-01-01 + {at} days. }}\n"))
        .collect();
    for code in ["structure/duplicate", "undecided/comparison", "contradiction/quantity"] {
        assert!(findings(&dates, code).is_empty(), "{code}");
    }
}

#[test]
fn what_is_not_compared_is_not_passed_over_in_silence() {
    let stays = |many: u32| -> String {
        let one = |at: u32| {
            let (from, until) = (3 * at, 3 * at + 2);
            format!(
                "commitment c{at} {{ FR shall station {} tanks in ukraine from ceasefire + {from} days until ceasefire + {until} days. }}\n",
                at + 1
            )
        };
        (0..many).map(one).collect()
    };
    assert!(findings(&stays(30), "undecided/comparison").is_empty());
    let found = findings(&stays(40), "undecided/comparison");
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(one.message, "whether `c32` or one of 7 more states another amount of the same is not known");
    assert!(rapporteur::policy::is_undecided(&one.code));
}
