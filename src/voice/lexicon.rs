//! What a word can be, looked up without regard to case: closed classes, verbs, kinds of nouns.

use super::verbs;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tags(u64);

macro_rules! tags {
    ($($name:ident)+) => { tags!(@ 0u32, $($name)+); };
    (@ $bit:expr, $name:ident $($rest:ident)*) => {
        pub const $name: Tags = Tags(1 << $bit);
        tags!(@ $bit + 1, $($rest)*);
    };
    (@ $bit:expr,) => {};
}

#[rustfmt::skip]
impl Tags {
    tags! {
        // Verbs by meaning, then by form.
        SAY TELL VIEW HOPE RATE TREAT PLEDGE FACTIVE AIM LIGHT RAISING OTHER_VERB WEAK
        BARE FINITE PAST ING NOUNLIKE
        // Closed classes.
        DETERMINER QUANTIFIER POSSESSIVE PRONOUN FIRST_PERSON DUMMY PREPOSITION COORDINATOR
        SUBORDINATOR RELATIVE THAT AS TO BE HAVE DO MODAL NEGATION ADVERB TIME
        // Nouns and adjectives.
        OPINION ATTITUDE SPEAKER DOCUMENT OWN_TEXT TITLE PERSPECTIVE THING
        // Punctuation and shape, set by the tokeniser.
        COMMA BREAK OPEN_QUOTE CLOSE_QUOTE CAPITAL GENITIVE WORD
    }
}

impl Tags {
    /// Every verb class that reports.
    pub const REPORTS: Tags = Tags::SAY
        .and(Tags::TELL)
        .and(Tags::VIEW)
        .and(Tags::HOPE)
        .and(Tags::RATE)
        .and(Tags::TREAT)
        .and(Tags::PLEDGE);
    /// The signs that part a sentence into segments.
    pub const PARTS: Tags = Tags::COMMA
        .and(Tags::BREAK)
        .and(Tags::OPEN_QUOTE)
        .and(Tags::CLOSE_QUOTE);
    /// Every auxiliary.
    pub const AUXILIARY: Tags = Tags::BE.and(Tags::HAVE).and(Tags::DO).and(Tags::MODAL);
    /// What can open a noun phrase.
    pub const OPENS_PHRASE: Tags = Tags::DETERMINER.and(Tags::QUANTIFIER).and(Tags::POSSESSIVE);
    /// Every verb class.
    pub const VERB: Tags = Tags::REPORTS
        .and(Tags::FACTIVE)
        .and(Tags::AIM)
        .and(Tags::LIGHT)
        .and(Tags::RAISING)
        .and(Tags::OTHER_VERB);

    /// Both sets joined.
    pub const fn and(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }

    /// Whether the two sets meet.
    pub const fn any(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Tags {
    type Output = Tags;

    fn bitor(self, other: Tags) -> Tags {
        self.and(other)
    }
}

/// The classes of a word; none for one that is not listed.
pub(super) fn look_up(word: &str) -> Tags {
    let mut lower = [0u8; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else {
        return Tags::default();
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    LEXICON.get(&*lower).copied().unwrap_or_default()
}

/// The longest listed word in bytes; a test holds it.
const LONGEST: usize = 15;

static LEXICON: LazyLock<FxHashMap<Box<[u8]>, Tags>> = LazyLock::new(|| {
    let mut lexicon: FxHashMap<Box<[u8]>, Tags> = FxHashMap::default();
    let mut add = |word: &str, tags: Tags| {
        let entry = lexicon.entry(word.as_bytes().into()).or_default();
        *entry = entry.and(tags);
    };
    for (tags, rows) in verbs::CLASSES {
        for (form, shape) in rows.split(',').flat_map(verbs::forms) {
            add(&form, tags.and(shape));
        }
    }
    for word in verbs::NOUNLIKE.split_whitespace() {
        add(word, Tags::NOUNLIKE);
    }
    for (tags, words) in WORDS {
        for word in words.split_whitespace() {
            add(word, *tags);
        }
    }
    for (tags, nouns) in NOUNS {
        for noun in nouns.split_whitespace() {
            add(noun, *tags);
            add(&plural(noun), *tags);
        }
    }
    lexicon
});

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x', 'h']) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Words that do not inflect, class by class.
const WORDS: &[(Tags, &str)] = &[
    (Tags::DETERMINER, "a an the this that these those no another any every"),
    (
        Tags::QUANTIFIER,
        "all another both each few half half many more most much neither none one several some such two three four
         five six seven eight nine ten eleven twelve dozen dozens hundreds thousands other others either",
    ),
    (Tags::POSSESSIVE, "his her its their our my your whose"),
    (Tags::PRONOUN, "he she they i we you it him them himself herself themselves itself"),
    (Tags::FIRST_PERSON, "i we my our us me"),
    (Tags::SPEAKER, "businessmen fisherman fishermen man men people spokesman spokesmen woman women"),
    (Tags::DUMMY, "it there this that these those you nobody none nothing everything what which"),
    (
        Tags::PREPOSITION,
        "about above according across after against ahead along amid among around at because before behind below beneath
         beside besides between beyond by concerning despite down during except for from in inside into like near
         of off on onto out outside over per regarding since through throughout towards toward under unlike until
         up upon via with within without",
    ),
    (Tags::COORDINATOR, "and but or nor yet"),
    (
        Tags::SUBORDINATOR,
        "although though while whereas if unless because since when whenever whether until before after lest
         than how why where whatever",
    ),
    (Tags::RELATIVE, "who which whom whose what"),
    (Tags::THAT, "that"),
    (Tags::AS, "as"),
    (Tags::TO, "to"),
    (Tags::BE, "am is are was were be been being"),
    (Tags::HAVE, "have has had having"),
    (Tags::DO, "do does did"),
    (Tags::MODAL, "can could may might must shall should will would ought cannot"),
    (
        Tags::NEGATION,
        "not never hardly scarcely neither nor isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't
         didn't cannot",
    ),
    (
        Tags::ADVERB,
        "again also already always even ever first further however indeed instead just later likewise meanwhile
         moreover nevertheless nonetheless now often once only otherwise perhaps quite rather seldom since sometimes
         soon still then therefore though thus today too twice well yesterday tomorrow afterwards recently long
         himself herself themselves itself here there furthermore besides second secondly third thirdly firstly
         finally similarly so yet very longer widely beforehand privately",
    ),
    (
        Tags::TIME,
        "january february march april may june july august september october november december monday tuesday
         wednesday thursday friday saturday sunday today yesterday tomorrow spring summer autumn winter week month
         year day morning evening weekend weeks months years days ago last next",
    ),
    (
        Tags::ATTITUDE,
        "adamant afraid alarmed angry anxious apprehensive bullish certain concerned confident
         convinced disappointed doubtful enthusiastic fearful hopeful lukewarm nervous optimistic persuaded
         pessimistic positive sanguine satisfied sceptical skeptical sure suspicious unconvinced uneasy unhappy unmoved unsure
         upbeat wary worried",
    ),
    (
        Tags::TITLE,
        "mr mrs ms miss dr prof professor sir dame lord lady president prime minister premier chancellor secretary
         general admiral marshal colonel major captain lieutenant commander ambassador envoy senator congressman
         congresswoman governor mayor king queen prince princess emperor pope cardinal archbishop bishop judge
         justice commissioner director chairman chairwoman chair chief deputy vice former foreign finance defence
         defense interior economy trade energy state cabinet speaker spokesman spokeswoman spokesperson press
         special under acting incoming outgoing ex-president then-president analyst economist historian diplomat
         negotiator representative leader head rear air brigadier sergeant councillor
         fisheries agriculture justice industry security national adviser advisor political scientist mediator",
    ),
];

/// Nouns, whose plurals are listed with them.
const NOUNS: &[(Tags, &str)] = &[
    (
        Tags::OPINION,
        "accusation allegation argument assertion assessment assumption assurance belief case claim complaint concern
         conclusion confidence contention conviction criticism doubt estimate expectation explanation fear forecast
         hope impression insistence interpretation judgement judgment message objection opinion optimism pessimism
         position prediction pledge promise report rumour rumor satisfaction scepticism skepticism speculation
         stance statement suggestion suspicion theory thesis verdict view warning worry word response reply answer reaction determination displeasure regret readiness willingness disappointment alarm surprise",
    ),
    (
        Tags::PERSPECTIVE,
        "view opinion perspective viewpoint standpoint judgement judgment words eyes mind estimation assessment account
         reckoning admission phrase formulation vantage interpretation",
    ),
    (
        Tags::DOCUMENT,
        "statement communiqué communique declaration letter memorandum report study survey poll newspaper daily
         magazine website editorial leaflet manifesto resolution press media commentary data",
    ),
    (
        Tags::OWN_TEXT,
        "article paper essay note brief commentary piece newsletter column chapter section analysis memo post
         contribution briefing",
    ),
    (
        Tags::SPEAKER,
        "academic activist administration adviser advisor agency aide ally ambassador analyst army association
         authority author bank bishop board body cabinet camp candidate capital chair chairman
         chairwoman chamber chief colleague commander commentator commission commissioner committee company
         congress conservative council counterpart country court critic defender delegate delegation democrat
         department deputy diplomat director doctor economist editor envoy executive expert faction farmer father
         federation firm friend general government governor group guest hardliner hawk dove head historian
         hostage industry insider institute institution insurer interlocutor investor islander journalist judge king
         lawyer leader leadership lieutenant lobby majority league mayor mediator member minister ministry moderate mother military movement
         nationalist navy negotiator observer office officer official operator opponent opposition optimist panel organisation
         organization owner parliament participant partner party people person pessimist policymaker politician
         premier president professor proponent realist rebel regime reporter representative republican researcher
         resident respondent sceptic skeptic scholar school scientist secretary senator service shopkeeper side source
         specialist spokesperson spokeswoman student supporter team think-tank trader troop union voter
         veteran villager witness man worker writer executive chancellor businesspeople clergy police
         public pollster utility whip auditor neighbour neighbor enthusiast advocate adherent",
    ),
    (
        Tags::THING,
        "agreement approach argument article aspect case change condition consequence contrast deal decision development
         difference difficulty episode event evidence example experience fact factor finding history
         incident indication indicator issue law lesson map matter measure move number observation outcome pattern plan point policy
         precedent principle problem process programme project proposal protocol question reason record
         result round series share sign situation step study success summit talk term test text theory
         thing time trend treaty visit war word wording economy region island border meeting calculation
         clause provision schedule custom tradition logic deadline formula price",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_fits_and_is_found() {
        let longest = LEXICON.keys().map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST));
        assert!(look_up("Insisted").any(Tags::SAY));
        assert!(look_up("sceptics").any(Tags::SPEAKER));
        assert_eq!(look_up("quux"), Tags::default());
    }
}
