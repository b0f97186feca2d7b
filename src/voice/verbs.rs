//! The verbs of speech and thought, by what they do to the voice of a sentence.
//!
//! A row is a lemma inflected by rule, or all its forms where the rule would go wrong. The
//! classes follow the cue lists of attribution research (Pareti 2016, "PARC 3.0", LREC; Saurí and
//! Pustejovsky 2009, "FactBank", for factive verbs). Every table is sorted.

use super::lexicon::Tags;

/// Every class: the tags of its forms and its rows, parted by commas.
pub(super) const CLASSES: &[(Tags, &str)] = &[
    (Tags::SAY, SAY),
    (Tags::SAY.and(Tags::WEAK), HINT),
    (Tags::TELL, TELL),
    (Tags::VIEW, VIEW),
    (Tags::VIEW.and(Tags::WEAK), FIND),
    (Tags::HOPE, HOPE),
    (Tags::RATE, RATE),
    (Tags::TREAT, TREAT),
    (Tags::PLEDGE, PLEDGE),
    (Tags::FACTIVE, FACTIVE),
    (Tags::AIM, AIM),
    (Tags::LIGHT, LIGHT),
    (Tags::RAISING, RAISING),
    (Tags::OTHER_VERB, OTHER),
];

/// Saying: what follows is the speaker's, whoever the subject is.
const SAY: &str = "
    add, admit admits admitted admitting, affirm, allege, answer, argue, assert, aver avers
    averred averring, caution, claim, clarify, comment, complain, concede, confess, contend,
    counter, declare, deny, disagree, emphasise, emphasize, exclaim, explain, insist, joke,
    lament, maintain, mention, note, object, observe, opine, point, proclaim, profess, protest,
    quip quips quipped quipping, reaffirm, reassert, recall, recount, reiterate, rejoin, remark,
    repeat, reply, report, respond, retort, say says said saying, state, stress, swear swears
    swore sworn swearing, testify, underline, underscore, urge, warn, write writes wrote written
    writing
";

/// Saying only if a speaker is the subject: figures "suggest", events "signal".
const HINT: &str = "
    acknowledge, announce, confirm, disclose, hint, imply, indicate, intimate, predict, reveal, rumor, rumour,
    signal signals signalled signaled signalling signaling, suggest
";

/// Saying to somebody, who stands between the verb and what is said.
const TELL: &str = "
    advise, assure, inform, notify, remind, tell tells told telling, warn
";

/// Thinking.
const VIEW: &str = "
    anticipate, believe, consider, deem, disbelieve, doubt, envisage, estimate, expect, forecast
    forecasts forecast forecasting, foresee foresees foresaw foreseen foreseeing, reckon,
    suspect, think thinks thought thinking
";

/// Thinking only with a speaker and a whole clause: one also "finds" a key and "holds" a meeting.
const FIND: &str = "
    assume, calculate, conclude, feel feels felt feeling, find finds found finding, guess, hold
    holds held holding, imagine, judge, presume, project, reason, speculate, suppose, surmise,
    trust
";

/// Hoping and fearing.
const HOPE: &str = "
    dread, fear, hope, wonder, worry
";

/// Judging something aloud; the object is the thing judged.
const RATE: &str = "
    accuse, applaud, attribute, blame, complain, condemn, credit, criticise, criticize,
    denounce, deny, deplore, deride, dismiss, dispute, emphasise, emphasize, hail, lament, laud,
    liken, oppose, point, praise, protest, reaffirm, reiterate, reject, ridicule, rule, stress,
    urge, vow, warn, welcome
";

/// Taking something *as* something, or calling it by a name.
const TREAT: &str = "
    brand, call, characterise, characterize, depict, describe, interpret, label labels labelled
    labeled labelling labeling, perceive, portray, present, regard, see sees saw seen seeing,
    speak speaks spoke spoken speaking, view
";

/// Acts done with words: reported only where the words themselves are given.
const PLEDGE: &str = "
    agree, appeal, ask, demand, offer, pledge, promise, propose, recommend, refuse, request,
    threaten, undertake undertakes undertook undertaken undertaking
";

/// Presupposing that what follows is true: the author vouches for it.
const FACTIVE: &str = "
    appreciate, discover, forget forgets forgot forgotten forgetting, grasp, know knows knew
    known knowing, learn learns learned learnt learning, notice, realise, realize, recognise,
    recognize, regret regrets regretted regretting, remember, understand understands understood
    understanding
";

/// Aims the author ascribes.
const AIM: &str = "
    aim, aspire, attempt, decide, desire, endeavour, intend, mean means meant meaning, plan
    plans planned planning, prefer prefers preferred preferring, seek seeks sought seeking,
    strive strives strove striven striving, try, want, wish
";

/// Empty verbs that carry a noun of saying or thinking: "voice the hope that".
const LIGHT: &str = "
    air, cast casts cast casting, convey, draw draws drew drawn drawing, express, give gives
    gave given giving, have, issue, leave leaves left leaving, let lets let letting, make makes
    made making, put puts put putting, raise, share, take takes took taken taking, voice
";

/// Verbs through which a subject reaches a later infinitive: "began to tell".
const RAISING: &str = "
    appear, begin begins began begun beginning, continue, go goes went gone going, hasten, seem,
    start, tend
";

/// Frequent finite verbs of no class; they only mark where a clause has its verb.
const OTHER: &str = "
    arrive, become becomes became become becoming, break breaks broke broken breaking, bring
    brings brought bringing, build builds built building, collapse, come comes came come coming,
    cost costs cost costing, fall falls fell fallen falling, get gets got getting, grow grows
    grew grown growing, keep keeps kept keeping, lead leads led leading, lie lies lay lain
    lying, lose loses lost losing, meet meets met meeting, need, overlook, remain, return, rise
    rises rose risen rising, run runs ran run running, sign, stand stands stood standing, stop
    stops stopped stopping, turn, use, win wins won winning, work
";

/// Forms that are as often nouns: verbs only where a subject stands before them.
pub(super) const NOUNLIKE: &str = "
    advise aim aims answer answers appeal appeals attempt attempts blame brand brands call calls
    caution claim claims comment comments counter counters demand demands desire desires dispute
    disputes doubt doubts estimate estimates fear fears feeling finding forecast forecasts found
    guess hold holds hope hopes issue issues joke judge judges label labels lament lead leads
    leave lies meaning means meeting need needs note notes object objects offer offers plan
    plans pledge pledges point points praise present project projects promise promises protest
    protests reason reasons regard regards remark remarks replies reply report reports request
    requests return returns rule rules saying share shares sign signal signals signs state
    states stress suspect suspects thought trust turn turns understanding undertaking use view
    views voice voices vow vows warning welcome wish wishes wonder work works worries worry
    writing writings
";

/// All forms of a row, each with its form tag.
pub(super) fn forms(row: &str) -> Vec<(String, Tags)> {
    let listed: Vec<&str> = row.split_whitespace().collect();
    if let [lemma] = listed[..] {
        let (third, past, participle) = inflect(lemma);
        return vec![
            (lemma.to_owned(), Tags::BARE),
            (third, Tags::FINITE),
            (past, Tags::PAST),
            (participle, Tags::ING),
        ];
    }
    let last = listed.len() - 1;
    let tag = |at: usize| match at {
        0 => Tags::BARE,
        1 => Tags::FINITE,
        _ if listed[at].ends_with("ing") && at + 2 >= last => Tags::ING,
        _ => Tags::PAST,
    };
    listed
        .iter()
        .enumerate()
        .map(|(at, &form)| (form.to_owned(), tag(at)))
        .collect()
}

/// Third person, past and -ing form of a regular verb whose last consonant is not doubled.
fn inflect(lemma: &str) -> (String, String, String) {
    let stem = &lemma[..lemma.len() - 1];
    let before_y = lemma.ends_with('y') && !stem.ends_with(['a', 'e', 'o', 'u']);
    if before_y {
        return (
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{lemma}ing"),
        );
    }
    if lemma.ends_with('e') {
        let participle = if lemma.ends_with("ee") { lemma } else { stem };
        return (
            format!("{lemma}s"),
            format!("{lemma}d"),
            format!("{participle}ing"),
        );
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| lemma.ends_with(end));
    let third = if hissing {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    (third, format!("{lemma}ed"), format!("{lemma}ing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for (_, rows) in CLASSES {
            assert!(rows.split(',').map(str::trim).is_sorted(), "{rows}");
        }
        assert!(NOUNLIKE.split_whitespace().is_sorted());
    }

    #[test]
    fn regular_verbs_are_inflected() {
        let all = |row| {
            forms(row)
                .into_iter()
                .map(|(form, _)| form)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(all("deny"), "deny denies denied denying");
        assert_eq!(all("agree"), "agree agrees agreed agreeing");
        assert_eq!(all("stress"), "stress stresses stressed stressing");
    }
}
