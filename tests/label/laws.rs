//! Laws of the journal and of what is made of it.

use jiff::Timestamp;
use proptest::prelude::*;
use stance::article::from_text;
use stance::codebook::Codebook;
use stance::labelling::{
    Corpus, Event, Guide, Label, LabelRequest, Order, Store, UndoRequest, Verdict, recover,
};
use std::sync::Arc;

fn corpus() -> Arc<Corpus> {
    let mut corpus = Corpus::default();
    for (name, text) in super::ARTICLES {
        corpus.add_article(&from_text(name, text.to_owned()));
    }
    Arc::new(corpus)
}

/// What somebody does: label a sentence (with which label, skipped or not) or take a label back.
#[derive(Debug, Clone)]
enum Deed {
    Label(usize, usize, bool, String),
    Undo,
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let label = (0..8_usize, 0..3_usize, any::<bool>(), "[a-zé\n\"{} ]{0,8}")
        .prop_map(|(at, label, skipped, note)| Deed::Label(at, label, skipped, note));
    let deed = prop_oneof![3 => label, 1 => Just(Deed::Undo)];
    prop::collection::vec((0..2_usize, deed), 0..40)
}

const NAMES: [&str; 2] = ["ann", "bob"];

/// Does all that through requests, as the server would. Returns the store and its journal.
fn carry_out(deeds: &[(usize, Deed)]) -> (Store, Vec<Event>) {
    let codebook = Codebook::shipped();
    let mut store = Store::new(corpus());
    let mut journal = Vec::new();
    for (number, (who, deed)) in deeds.iter().enumerate() {
        let annotator = NAMES[*who].to_owned();
        let request = format!("request {number}");
        let verdict = match deed {
            Deed::Undo => {
                store.judge_undo(&UndoRequest { annotator, request }, Timestamp::UNIX_EPOCH)
            }
            Deed::Label(sentence, label, skipped, note) => {
                let set = &codebook.sets[0];
                let asked = LabelRequest {
                    revision: store.revision(&annotator, *sentence),
                    annotator,
                    sentence: *sentence,
                    label: Label {
                        labels: [(set.name.clone(), set.labels[*label].name.clone())].into(),
                        note: note.clone(),
                        skipped: *skipped,
                        ..Label::default()
                    },
                    request,
                };
                store.judge(&asked, &codebook, Timestamp::UNIX_EPOCH)
            }
        };
        if let Verdict::Do(event) = verdict.unwrap() {
            store.apply(&event);
            journal.push(*event);
        }
    }
    (store, journal)
}

fn bytes(events: &[Event]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for event in events {
        serde_json::to_writer(&mut bytes, event).unwrap();
        bytes.push(b'\n');
    }
    bytes
}

fn replay(events: &[Event]) -> Store {
    let mut store = Store::new(corpus());
    for event in events {
        store.apply(event);
    }
    store
}

/// Everything that can be asked of a store.
fn state(store: &Store) -> String {
    let codebook = Codebook::shipped();
    let progress = |name| store.progress(name, &codebook, Timestamp::UNIX_EPOCH);
    let revisions: Vec<u64> = (0..8)
        .flat_map(|at| NAMES.map(|name| store.revision(name, at)))
        .collect();
    format!(
        "{:?} {revisions:?} {:?}",
        store.labels(),
        NAMES.map(progress)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn replaying_the_journal_gives_the_state(deeds in deeds()) {
        let (store, journal) = carry_out(&deeds);
        let (read, length) = recover(&bytes(&journal)).unwrap();
        prop_assert_eq!(length, bytes(&journal).len());
        prop_assert_eq!(&read, &journal);
        prop_assert_eq!(state(&replay(&read)), state(&store));
    }

    #[test]
    fn any_beginning_of_the_journal_gives_its_whole_lines(deeds in deeds(), cut in 0.0..=1.0_f64) {
        let journal = carry_out(&deeds).1;
        let whole = bytes(&journal);
        let cut = (whole.len() as f64 * cut) as usize;
        let lines = whole[..cut].iter().filter(|&&byte| byte == b'\n').count();
        let (read, length) = recover(&whole[..cut]).unwrap();
        // A last line that lacks nothing but its end is whole.
        prop_assert!(read.len() == lines || read.len() == lines + 1 && length == cut);
        prop_assert_eq!(&read[..], &journal[..read.len()]);
        prop_assert_eq!(bytes(&read).len().abs_diff(length) <= 1, true);
    }

    #[test]
    fn undo_takes_back_exactly_the_last_label(deeds in deeds(), at in 0..8_usize, label in 0..3_usize) {
        let before = carry_out(&deeds).0;
        let mut more = deeds.clone();
        more.push((0, Deed::Label(at, label, false, String::new())));
        more.push((0, Deed::Undo));
        let after = carry_out(&more).0;
        prop_assert_eq!(before.labels(), after.labels());
        prop_assert_eq!(after.revision(NAMES[0], at), before.revision(NAMES[0], at) + 2);
        let codebook = Codebook::shipped();
        for name in NAMES {
            let progress = |store: &Store| store.progress(name, &codebook, Timestamp::UNIX_EPOCH);
            prop_assert_eq!(progress(&before).counts, progress(&after).counts);
        }
    }

    #[test]
    fn undoing_everything_leaves_nothing(deeds in deeds()) {
        let mut all = deeds.clone();
        all.extend(deeds.iter().flat_map(|_| [(0, Deed::Undo), (1, Deed::Undo)]));
        let store = carry_out(&all).0;
        prop_assert!(store.labels().is_empty());
        prop_assert_eq!(store.count(), 0);
    }

    #[test]
    fn what_one_does_the_other_does_not_see(deeds in deeds()) {
        let own: Vec<(usize, Deed)> = deeds.iter().filter(|(who, _)| *who == 0).cloned().collect();
        let (both, alone) = (carry_out(&deeds).0, carry_out(&own).0);
        for at in 0..8 {
            prop_assert_eq!(both.label(NAMES[0], at), alone.label(NAMES[0], at));
            prop_assert_eq!(both.revision(NAMES[0], at), alone.revision(NAMES[0], at));
        }
    }

    #[test]
    fn a_request_is_carried_out_once(deeds in deeds()) {
        let (store, journal) = carry_out(&deeds);
        for event in &journal {
            let asked = UndoRequest { annotator: event.annotator.clone(), request: event.request.clone() };
            let again = store.judge_undo(&asked, Timestamp::UNIX_EPOCH).unwrap();
            prop_assert!(matches!(again, Verdict::Done(_)), "{:?}", again);
        }
    }

    #[test]
    fn no_bytes_break_the_journal(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = recover(&bytes);
    }
}

#[test]
fn the_queues_hold_every_sentence_once() {
    let corpus = corpus();
    for order in [Order::reading(8), Order::audit(8), Order::spread(&corpus)] {
        let mut ids: Vec<usize> = order.ids().collect();
        ids.sort_unstable();
        assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
    let spread: Vec<usize> = Order::spread(&corpus).ids().take(4).collect();
    let first_article = spread.iter().filter(|&&id| id < 5).count();
    assert_eq!(first_article, 2, "the articles take turns: {spread:?}");
    let order = Order::reading(3);
    assert_eq!(order.next(Some(1), |_| true), Some(2));
    assert_eq!(
        order.next(Some(2), |_| true),
        Some(0),
        "from the end to the beginning"
    );
    assert_eq!(order.next(Some(2), |id| id == 2), None);
}

#[test]
fn the_guide_is_harmless() {
    let text = "# Guide\n\n<script>alert(1)</script>\n\nSee <b onclick='x'>this</b>, [a](javascript:alert(1)), \
                [b](https://a.example/), ![c](https://a.example/c.png).";
    let html = Guide::new(text.into()).html;
    assert!(
        html.contains("<h1>Guide</h1>") && html.contains("href=\"https://a.example/\""),
        "{html}"
    );
    for harm in ["<script", "<b ", "javascript:", "<img"] {
        assert!(!html.contains(harm), "{harm}: {html}");
    }
}

#[test]
fn a_corrected_article_keeps_its_labels() {
    let before = corpus();
    let mut after = Corpus::default();
    let (name, text) = super::ARTICLES[0];
    let text = text.replace("The two governments", "A first word. The two governments");
    after.add_article(&from_text(name, text));
    for at in 0..5 {
        let place = before.place(at);
        assert_eq!(after.find(&place), Some(at + 1), "{place:?}");
    }
    assert_eq!(after.find(&before.place(5)), None);
}
