//! Drafts of a few lines, and what a careful reader says of each.

use crate::check::Kind::{self, *};

/// A draft behind [`HEAD`], and all that clashes in it.
pub struct Case {
    /// What it is about.
    pub why: &'static str,
    pub draft: &'static str,
    pub clashes: &'static [Clash],
}

/// A norm that clashes: its name, how it is reported, and the smallest sets of norms that it clashes with. With several sets any
/// of them may be reported.
pub struct Clash(pub &'static str, pub Kind, pub &'static [&'static [&'static str]]);

/// The day of signature is day 0.
pub const HEAD: &str = r#"
declaration accord "Accord" { signatories: FR, GB, UA, RU  signed: 2026-01-01 }
party FR "France"
party GB "United Kingdom"
party UA "Ukraine"
party RU "Russia"
party coalition "Coalition" { kind: coalition  members: FR, GB }
place ukraine "Ukraine"
place east "The east" { within: ukraine }
place donetsk "Donetsk" { within: east }
place west "The west" { within: ukraine }
thing arms "Arms"
thing tanks "Tanks" { within: arms }
thing heavy-tanks "Heavy tanks" { within: tanks }
thing rifles "Rifles" { within: arms }
event ceasefire "Ceasefire"
event attack "Attack"
event request "Request"
action place-forces "place forces" { nature: achieve }
action base-forces "base forces" { nature: achieve  is: place-forces }
action base-fleet "base a fleet" { nature: achieve  is: base-forces }
action watch "watch" { nature: maintain }
action supply "supply" { nature: achieve }
"#;

pub const CASES: &[Case] = &[
    Case {
        why: "A duty and a ban on the same, both without end.",
        draft: "commitment do { FR shall supply tanks. }
                commitment ban { FR shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban on others is no ban.",
        draft: "commitment do { FR shall supply tanks. }
                commitment ban { GB shall not supply tanks. }",
        clashes: &[],
    },
    Case {
        why: "The trigger need never fire, and still both cannot be kept when it does.",
        draft: "commitment do { FR shall supply tanks within 10 days of attack. }
                commitment ban { no party shall supply tanks from attack until attack + 30 days. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "Two triggers: the contradiction shows only where the one comes soon after the other.",
        draft: "commitment do { FR shall supply tanks within 5 days of request. }
                commitment ban { FR shall not supply tanks from attack until attack + 20 days. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "The same two triggers, but the ban is too short to fill the window: only who waits is caught.",
        draft: "commitment do { FR shall supply tanks within 5 days of request. }
                commitment ban { FR shall not supply tanks from attack until attack + 5 days. }",
        clashes: &[Clash("do", Trap, &[&["ban"]])],
    },
    Case {
        why: "Three clauses clash though no two do: two bans fill the window together.",
        draft: "commitment do { FR shall supply tanks within 60 days of ceasefire. }
                commitment early { FR shall not supply tanks from ceasefire until ceasefire + 30 days. }
                commitment later { FR shall not supply tanks from ceasefire + 30 days until ceasefire + 61 days. }",
        clashes: &[Clash("do", Ban, &[&["early", "later"]])],
    },
    Case {
        why: "The same, with a day left free between the bans.",
        draft: "commitment do { FR shall supply tanks within 60 days of ceasefire. }
                commitment early { FR shall not supply tanks from ceasefire until ceasefire + 30 days. }
                commitment later { FR shall not supply tanks from ceasefire + 31 days until ceasefire + 61 days. }",
        clashes: &[],
    },
    Case {
        why: "Three clauses with two triggers: the second ban fills what the first leaves only if the attack comes then.",
        draft: "commitment do { FR shall supply tanks within 6 days of ceasefire. }
                commitment early { FR shall not supply tanks from ceasefire until ceasefire + 4 days. }
                commitment hot { no party shall supply arms from attack until attack + 3 days. }",
        clashes: &[Clash("do", Ban, &[&["early", "hot"]])],
    },
    Case {
        why: "Four clauses clash though no three do: a member each.",
        draft: "party PL \"Poland\"
                commitment do { FR, GB or PL shall supply tanks by 2026-01-10. }
                commitment first { FR shall not supply tanks. }
                commitment second { GB shall not supply arms. }
                commitment third { PL shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["first", "second", "third"]])],
    },
    Case {
        why: "Two bans leave nothing; a third of the same time forbids part of it again and is not to blame.",
        draft: "commitment do { FR or GB shall supply tanks or rifles by 2026-02-01. }
                commitment tanks-ban { FR, GB shall not supply tanks. }
                commitment second { GB shall not supply. }
                commitment third { FR shall not supply. }",
        clashes: &[Clash("do", Ban, &[&["second", "third"]])],
    },
    Case {
        why: "One attack is enough to shut the trap; the second ban only joins in where another event shuts it.",
        draft: "commitment do { FR shall supply tanks by 2026-01-08. }
                commitment hot { FR shall not supply tanks from attack until attack + 2 days. }
                commitment asked { FR shall not supply tanks from request until request + 2 days. }",
        clashes: &[Clash("do", Trap, &[&["hot"], &["asked"]])],
    },
    Case {
        why: "The end of the text is no deadline: where the ceasefire comes shortly before it, nobody is late.",
        draft: "instrument annex \"Annex\" { signed: 2026-01-01  expires: 2026-01-15 }
                commitment do { instrument: annex  FR shall supply tanks within 6 days of ceasefire. }
                commitment ban { instrument: annex  FR shall not supply tanks until ceasefire + 4 days. }
                commitment later { instrument: annex  FR shall supply rifles after ceasefire. }
                commitment first { instrument: annex  FR shall not supply rifles until ceasefire + 4 days. }
                commitment right { instrument: annex  FR may base-fleet within 6 days of ceasefire. }
                commitment wait { instrument: annex  FR shall not base-fleet until ceasefire + 4 days. }",
        clashes: &[Clash("right", Cut, &[&["wait"]])],
    },
    Case {
        why: "A ban that lasts as long as its text leaves no day for a duty without a deadline.",
        draft: "instrument annex \"Annex\" { signed: 2026-01-01  expires: 2026-01-15 }
                commitment do { instrument: annex  FR shall supply tanks after ceasefire. }
                commitment ban { instrument: annex  FR shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "What is to last ends with its text; a ban behind it is none.",
        draft: "instrument annex \"Annex\" { signed: 2026-01-01  expires: 2026-02-01 }
                commitment do { instrument: annex  FR shall watch from 2026-01-10. }
                commitment ban { FR shall not watch from 2026-02-02 until 2026-02-10. }
                commitment early { FR shall not watch from 2026-02-01 until 2026-02-10. }",
        clashes: &[Clash("do", Ban, &[&["early"]])],
    },
    Case {
        why: "A ban of another text is over when that text is.",
        draft: "instrument annex \"Annex\" { signed: 2026-01-01  expires: 2026-02-01 }
                commitment do { FR shall supply tanks by 2026-02-10. }
                commitment ban { instrument: annex  FR shall not supply tanks. }
                commitment soon { FR shall supply rifles by 2026-01-20. }
                commitment other { instrument: annex  FR shall not supply rifles. }",
        clashes: &[Clash("soon", Ban, &[&["other"]])],
    },
    Case {
        why: "A breach is no contradiction: what is owed after it is owed.",
        draft: "commitment peace { RU shall not supply tanks. }
                commitment help { FR shall supply tanks within 5 days of attack. }",
        clashes: &[],
    },
    Case {
        why: "Stages with growing deadlines are no contradiction, and neither is a ban that is over before the first.",
        draft: "commitment stages {
                  (a) FR shall supply 100 tanks by 2026-02-01.
                  (b) FR shall supply 200 tanks by 2026-03-01.
                  (c) FR shall not supply tanks before 2026-02-01.
                }",
        clashes: &[],
    },
    Case {
        why: "The ban is over only on the day after the deadline.",
        draft: "commitment do { FR shall supply tanks by 2026-02-01. }
                commitment ban { FR shall not supply tanks before 2026-02-02. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "`until` leaves its day free.",
        draft: "commitment do { FR shall supply tanks on 2026-02-01. }
                commitment ban { FR shall not supply tanks until 2026-02-01. }",
        clashes: &[],
    },
    Case {
        why: "A general ban and the exception that it names.",
        draft: "commitment general { no party shall supply arms except as in special. }
                commitment special { FR shall supply tanks within 10 days of attack. }",
        clashes: &[],
    },
    Case {
        why: "The same exception, which nobody names.",
        draft: "commitment general { no party shall supply arms. }
                commitment special { FR shall supply tanks within 10 days of attack. }",
        clashes: &[Clash("special", Ban, &[&["general"]])],
    },
    Case {
        why: "A duty that yields.",
        draft: "commitment do { FR shall supply tanks subject to ban. }
                commitment ban { FR shall not supply arms. }",
        clashes: &[],
    },
    Case {
        why: "A duty that wins over one of two bans.",
        draft: "commitment do { FR shall supply tanks notwithstanding ban(a). }
                commitment ban { (a) FR shall not supply tanks. (b) FR shall not supply arms. }",
        clashes: &[Clash("do", Ban, &[&["ban(b)"]])],
    },
    Case {
        why: "`without prejudice to` orders nothing.",
        draft: "commitment do { FR shall supply tanks without prejudice to ban. }
                commitment ban { FR shall not supply arms. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A duty without end outlasts a ban with one.",
        draft: "commitment do { FR shall supply tanks after ceasefire. }
                commitment ban { FR shall not supply tanks until 2027-01-01. }",
        clashes: &[],
    },
    Case {
        why: "Late prerequisite: the ceasefire only has to come too late.",
        draft: "commitment do { FR shall supply tanks by 2026-01-10. }
                commitment ban { FR shall not supply tanks until ceasefire. }",
        clashes: &[Clash("do", Late, &[&["ban"]])],
    },
    Case {
        why: "The earliest ceasefire is too late already.",
        draft: "event truce \"Truce\" { after: signature + 10 days }
                commitment do { FR shall supply tanks by 2026-01-10. }
                commitment ban { FR shall not supply tanks until truce. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban without end, but for a condition that is over when the prerequisite comes.",
        draft: "commitment do { FR shall supply tanks by 2026-01-10. }
                commitment ban { FR shall not supply tanks unless request. }",
        clashes: &[Clash("do", Late, &[&["ban"]])],
    },
    Case {
        why: "What starts the duty is not late for it.",
        draft: "commitment do { FR shall supply tanks within 10 days of attack. }
                commitment ban { FR shall not supply tanks until attack + 20 days. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "What is owed throughout clashes with a ban of one day.",
        draft: "commitment do { FR shall watch tanks. }
                commitment ban { FR shall not watch tanks on 2026-02-01. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "What is owed once does not.",
        draft: "commitment do { FR shall supply tanks by 2026-02-02. }
                commitment ban { FR shall not supply tanks on 2026-02-01. }",
        clashes: &[],
    },
    Case {
        why: "What is owed throughout a phase, and a ban that starts with its last day.",
        draft: "phase pause \"Pause\" { from: ceasefire  for: 10 days }
                commitment do { FR shall watch tanks during pause. }
                commitment last { FR shall not watch tanks 9 days after ceasefire. }
                commitment behind { FR shall not watch tanks 10 days after ceasefire. }",
        clashes: &[Clash("do", Ban, &[&["last"]])],
    },
    Case {
        why: "One of several may do it: a ban on one leaves the others.",
        draft: "commitment do { FR or GB shall supply tanks. }
                commitment ban { FR shall not supply tanks. }",
        clashes: &[],
    },
    Case {
        why: "Each of several owes it.",
        draft: "commitment do { FR, GB shall supply tanks. }
                commitment ban { FR shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "Owed together: one of them is enough.",
        draft: "commitment do { FR, GB shall jointly supply tanks. }
                commitment ban { FR shall not supply tanks. }",
        clashes: &[],
    },
    Case {
        why: "A coalition acts through any member.",
        draft: "commitment do { coalition shall supply tanks. }
                commitment first { FR shall not supply tanks. }",
        clashes: &[],
    },
    Case {
        why: "A coalition all of whose members are barred.",
        draft: "commitment do { coalition shall supply tanks. }
                commitment first { FR shall not supply tanks. }
                commitment second { GB shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["first", "second"]])],
    },
    Case {
        why: "Each member owes it.",
        draft: "commitment do { coalition shall each supply tanks. }
                commitment first { FR shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["first"]])],
    },
    Case {
        why: "A ban on a coalition binds its members.",
        draft: "commitment do { GB shall supply tanks. }
                commitment ban { coalition shall not supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban on a place bans what lies within it, and not the other way round.",
        draft: "commitment inner { FR shall place-forces in donetsk. }
                commitment outer { GB shall place-forces in ukraine. }
                commitment nowhere { UA shall place-forces. }
                commitment ban { no party shall place-forces in east. }",
        clashes: &[Clash("inner", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban on a kind bans what is of that kind, and not the other way round.",
        draft: "commitment inner { FR shall supply heavy-tanks. }
                commitment outer { GB shall supply arms. }
                commitment beside { UA shall supply rifles. }
                commitment ban { no party shall supply tanks. }",
        clashes: &[Clash("inner", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban on a general verb bans the special one, however far down.",
        draft: "commitment inner { FR shall base-fleet in west. }
                commitment outer { GB shall base-forces in west. }
                commitment ban { no party shall place-forces. }",
        clashes: &[Clash("inner", Ban, &[&["ban"]]), Clash("outer", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban on the special verb leaves the general one.",
        draft: "commitment do { FR shall place-forces in west. }
                commitment ban { no party shall base-forces. }",
        clashes: &[],
    },
    Case {
        why: "One of two objects is enough, and each of two is not.",
        draft: "commitment one { FR shall supply tanks or rifles. }
                commitment two { GB shall supply tanks and rifles. }
                commitment ban { no party shall supply rifles. }",
        clashes: &[Clash("two", Ban, &[&["ban"]])],
    },
    Case {
        why: "Supplied to one, and barred to the other.",
        draft: "commitment do { FR shall supply tanks to UA. }
                commitment ban { FR shall not supply tanks to RU. }",
        clashes: &[],
    },
    Case {
        why: "Nobody owes what he need not do.",
        draft: "commitment do { FR shall supply tanks within 10 days of request. }
                commitment free { FR is not obliged to supply arms. }",
        clashes: &[Clash("do", Release, &[&["free"]])],
    },
    Case {
        why: "A permission that is never free.",
        draft: "commitment free { FR may supply tanks within 10 days of request. }
                commitment ban { FR shall not supply arms. }",
        clashes: &[Clash("free", Permission, &[&["ban"]])],
    },
    Case {
        why: "A permission that is free on one day.",
        draft: "commitment free { FR may supply tanks within 10 days of request. }
                commitment ban { FR shall not supply arms from request until request + 10 days. }",
        clashes: &[Clash("free", Cut, &[&["ban"]])],
    },
    Case {
        why: "A wish against a ban, and a duty against a wish.",
        draft: "commitment wish { FR should supply tanks. }
                commitment ban { FR shall not supply arms. }
                commitment do { GB shall supply rifles. }
                commitment better { GB should not supply arms. }",
        clashes: &[Clash("do", WeakBan, &[&["better"]]), Clash("wish", WeakBan, &[&["ban"]])],
    },
    Case {
        why: "A duty to promise and a duty in law are both firm.",
        draft: "commitment do { FR commits to supply tanks. }
                commitment ban { FR undertakes not to supply arms. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "Where a firm ban is enough the weak one is not counted.",
        draft: "commitment do { FR shall supply tanks. }
                commitment better { FR should not supply tanks. }
                commitment ban { FR shall not supply arms. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A condition that opens the one and closes the other.",
        draft: "commitment do { FR shall supply tanks by 2026-02-01 if attack. }
                commitment ban { FR shall not supply tanks unless attack. }",
        clashes: &[],
    },
    Case {
        why: "A condition with `or`: one way of meeting it is enough to clash.",
        draft: "commitment do { FR shall supply tanks by 2026-01-05 if attack or request. }
                commitment ban { FR shall not supply tanks if request. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A duty only where the attack does not come, and a ban only after it.",
        draft: "commitment do { FR shall supply tanks by 2026-01-05 unless attack. }
                commitment ban { FR shall not supply tanks after attack. }",
        clashes: &[],
    },
    Case {
        why: "Amounts: the ban leaves smaller ones.",
        draft: "commitment few { FR shall supply 10 tanks. }
                commitment many { GB shall supply at least 30 tanks. }
                commitment some { UA shall supply at least 10 tanks. }
                commitment ban { no party shall supply more than 20 tanks. }",
        clashes: &[Clash("many", Ban, &[&["ban"]])],
    },
    Case {
        why: "Only one may.",
        draft: "commitment only-one { only GB may supply arms. }
                commitment do { FR shall supply tanks. }
                commitment same { GB shall supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["only-one"]])],
    },
    Case {
        why: "Only the coalition may, so its members may.",
        draft: "commitment only-one { only coalition may supply arms. }
                commitment do { FR shall supply tanks. }
                commitment other { UA shall supply tanks. }",
        clashes: &[Clash("other", Ban, &[&["only-one"]])],
    },
    Case {
        why: "A party, a kind and a place that the ban exempts.",
        draft: "commitment first { FR shall supply tanks in donetsk. }
                commitment second { GB shall supply heavy-tanks in west. }
                commitment third { GB shall supply rifles in donetsk. }
                commitment fourth { GB shall supply rifles in west. }
                commitment ban { no party shall supply arms except FR, tanks and east. }",
        clashes: &[Clash("fourth", Ban, &[&["ban"]])],
    },
    Case {
        why: "What a ban exempts leaves a duty to do something of which it is a part.",
        draft: "commitment do { GB shall supply arms in ukraine. }
                commitment ban { no party shall supply arms except heavy-tanks. }",
        clashes: &[],
    },
    Case {
        why: "Words that nobody can test make no ban.",
        draft: "commitment do { FR shall supply tanks. }
                commitment ban { FR shall not supply tanks \"where avoidable\". }
                commitment aim { FR shall not supply tanks only in order to \"provoke\". }",
        clashes: &[],
    },
    Case {
        why: "A clause that another replaces counts for nothing.",
        draft: "commitment do { FR shall supply tanks. }
                commitment ban { FR shall not supply tanks. }
                commitment newer { replaces: ban  FR shall not supply rifles. }",
        clashes: &[],
    },
    Case {
        why: "The instrument prevails over its annex.",
        draft: "instrument annex \"Annex\" { prevails-over: accord  signed: 2026-01-01 }
                commitment do { FR shall supply tanks. }
                commitment ban { instrument: annex  FR shall not supply tanks. }",
        clashes: &[],
    },
    Case {
        why: "Quoted objects are the same where the words are.",
        draft: "commitment do { FR shall supply \"fast boats\". }
                commitment other { GB shall supply \"slow boats\". }
                commitment ban { no party shall supply \"fast boats\". }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "The same day is early enough.",
        draft: "commitment do { FR shall supply tanks within 3 days of request. }
                commitment ban { FR shall not supply tanks after attack. }
                commitment order { GB shall supply rifles within 3 days of attack. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "An event that comes well behind another cannot come before its deadline.",
        draft: "event second \"Second\" { after: ceasefire + 10 days }
                commitment do { FR shall supply tanks within 5 days of ceasefire. }
                commitment ban { FR shall not supply tanks after second. }",
        clashes: &[],
    },
    Case {
        why: "The last days of a duty that a phase shortens lie in a ban.",
        draft: "phase pause \"Pause\" { from: ceasefire  until: second }
                event second \"Second\" { after: ceasefire }
                commitment do { FR shall watch tanks during pause. }
                commitment ban { FR shall not watch tanks 10 days after ceasefire. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "`from` an event `until` the same is no time at all.",
        draft: "commitment do { FR shall watch tanks from ceasefire until ceasefire. }
                commitment ban { FR shall not watch tanks. }",
        clashes: &[],
    },
    Case {
        why: "Where one actor is barred firmly and the other only in a wish, the firm ban is told.",
        draft: "commitment do { FR, GB shall watch tanks. }
                commitment wish { FR should not watch tanks. }
                commitment ban { GB shall not watch tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "Something is left of a permission if it can be used before the event that opens it anew.",
        draft: "commitment free { FR may supply tanks for 5 days while not attack or (attack and request). }
                commitment ban { FR shall not supply tanks from request + 3 days until request + 5 days. }",
        clashes: &[Clash("free", Cut, &[&["ban"]])],
    },
    Case {
        why: "A permission that an event ends within the time of a ban.",
        draft: "commitment free { FR may supply tanks unless attack. }
                commitment ban { nobody shall supply tanks for 4 days. }",
        clashes: &[Clash("free", Permission, &[&["ban"]])],
    },
    Case {
        why: "A phase of no length prevents nothing.",
        draft: "phase pause \"Pause\" { from: attack + 2 days  until: attack + 1 days }
                commitment do { FR shall supply tanks within 4 days of attack unless pause. }
                commitment ban { nobody shall supply tanks. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A phase that is over when the duty begins does not prevent it, and one that begins in its time does.",
        draft: "phase opening \"Opening\" { from: signature  for: 5 days }
                phase inside \"Inside\" { from: attack + 2 days  for: 5 days }
                commitment free { FR shall supply tanks within 4 days of attack unless inside. }
                commitment do { FR shall supply rifles within 4 days of attack unless opening. }
                commitment ban { nobody shall supply arms. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A permission of a number is no ban on other numbers, but `at most` is one on more.",
        draft: "commitment some { FR may supply 4 tanks. }
                commitment another { FR may supply 5..7 tanks. }
                commitment few { GB may supply at most 4 tanks. }
                commitment do { GB shall supply 5 tanks. }",
        clashes: &[Clash("do", Ban, &[&["few"]])],
    },
    Case {
        why: "What a late event waits for is late as well, unless the duty starts with it.",
        draft: "event talks \"Talks\"
                event truce \"Truce\" { after: talks }
                commitment do { FR shall supply tanks by 2026-01-10. }
                commitment other { GB shall supply tanks within 5 days of talks. }
                commitment ban { nobody shall supply tanks until truce. }
                commitment later { nobody shall supply tanks until talks + 6 days. }",
        clashes: &[Clash("do", Late, &[&["ban"], &["later"]]), Clash("other", Ban, &[&["later"]])],
    },
    Case {
        why: "A permission that each of two bans takes in its own case: nothing is left, however late the other event comes.",
        draft: "commitment free { FR may supply tanks if (ceasefire and not attack) or (attack and not ceasefire). }
                commitment first { FR shall not supply tanks if ceasefire unless attack. }
                commitment second { FR shall not supply tanks if attack unless ceasefire. }",
        clashes: &[Clash("free", Permission, &[&["first"], &["second"]])],
    },
    Case {
        why: "A ban until the event that ends the duty is no late prerequisite: there is no day on which it is free.",
        draft: "commitment do { FR shall supply tanks before attack. }
                commitment ban { FR shall not supply tanks until attack. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A ban that is over three days before the event that ends the duty: only a late one leaves no time.",
        draft: "commitment do { FR shall supply tanks within 6 days of ceasefire before attack. }
                commitment ban { FR shall not supply tanks until attack - 3 days. }",
        clashes: &[Clash("do", Late, &[&["ban"]])],
    },
    Case {
        why: "A ban with a date, or with the event that starts the duty, is known when the duty begins and catches nobody.",
        draft: "commitment do { FR shall supply tanks within 9 days of request. }
                commitment dated { FR shall not supply tanks from 2026-01-05. }
                commitment other { GB shall supply tanks by 2026-01-20. }
                commitment known { GB shall not supply tanks from 2026-01-10. }
                commitment third { UA shall supply tanks within 9 days of request. }
                commitment same { UA shall not supply tanks from request + 5 days. }",
        clashes: &[Clash("do", Ban, &[&["dated"]])],
    },
    Case {
        why: "Who has not acted when the attack comes is caught, unless the attack is his own or there is time after it.",
        draft: "event strike \"Strike\" { by: GB }
                commitment do { FR shall supply tanks within 9 days of request. }
                commitment own { GB shall supply tanks within 9 days of request. }
                commitment slow { UA shall supply tanks within 9 days of request. }
                commitment ban { FR, GB shall not supply tanks after strike. }
                commitment notice { UA shall not supply tanks 10 days after strike. }",
        clashes: &[Clash("do", Ban, &[&["ban"]]), Clash("own", Ban, &[&["ban"]]), Clash("slow", Ban, &[&["notice"]])],
    },
    Case {
        why: "The same with an event that cannot come before the duty is owed.",
        draft: "event strike \"Strike\" { after: request + 1 days }
                event blow \"Blow\" { by: GB  after: request + 1 days }
                commitment do { FR shall supply tanks within 9 days of request. }
                commitment own { GB shall supply tanks within 9 days of request. }
                commitment ban { FR shall not supply tanks after strike. }
                commitment notice { GB shall not supply tanks after blow. }",
        clashes: &[Clash("do", Trap, &[&["ban"]])],
    },
    Case {
        why: "The same where the duty holds in a phase that begins only later.",
        draft: "event truce \"Truce\" { after: request + 1 days }
                event strike \"Strike\" { after: truce + 1 days }
                phase lull \"Lull\" { from: truce  until: attack }
                commitment do { FR shall supply tanks by attack while lull. }
                commitment ban { FR shall not supply tanks after strike. }",
        clashes: &[Clash("do", Trap, &[&["ban"]])],
    },
    Case {
        why: "Neither holds in a phase: that it may come late is no excuse for the days before it.",
        draft: "phase lull \"Lull\" { from: attack  for: 2 days }
                commitment do { FR shall watch tanks until entry into force + 10 days unless lull. }
                commitment ban { FR shall not watch tanks unless lull. }",
        clashes: &[Clash("do", Ban, &[&["ban"]])],
    },
    Case {
        why: "A right to supply all arms, and a ban on tanks: part of it is gone, unless a sentence says so.",
        draft: "commitment free { FR may supply arms. }
                commitment other { GB may supply arms except tanks. }
                commitment both { (a) UA may supply arms. (b) UA shall not supply tanks. }
                commitment ban { FR, GB shall not supply tanks. }",
        clashes: &[Clash("free", Cut, &[&["ban"]])],
    },
    Case {
        why: "A right everywhere, and a ban in one place; a right in one place, and a ban in another.",
        draft: "commitment free { FR may supply tanks in ukraine. }
                commitment other { GB may supply tanks in west. }
                commitment ban { no party shall supply arms in east. }",
        clashes: &[Clash("free", Cut, &[&["ban"]])],
    },
    Case {
        why: "Who prevails is written, or a wish is all that stands against the right.",
        draft: "commitment free { FR may supply arms subject to ban. }
                commitment other { GB may supply arms. }
                commitment third { UA may supply arms. }
                commitment ban { FR shall not supply tanks. }
                commitment hole { GB shall not supply tanks except as in other. }
                commitment wish { UA should not supply tanks. }",
        clashes: &[],
    },
];
