//! The session and the learning curve in the page's words.

use super::Service;
use crate::codebook::{Codebook, LabelSet};
use crate::labelling::{Corpus, Curve};
use crate::report::look;
use serde_json::{Value, json};

/// A gain that rounds to nothing is none.
const LEAST_GAIN: f64 = 0.005;
/// Fewer points leave a curve open.
const LEAST_POINTS: usize = 3;
/// Letters for sets that digits do not suffice for; the others are the page's commands.
const LETTERS: &str = "qwertyiopadfjlzvb";

pub(super) fn session(service: &Service) -> Value {
    let desk = &service.desk;
    let store = desk.store();
    let queues = desk.queues().iter().map(|queue| {
        let (name, about) = queue.words();
        json!({"id": queue.id(), "name": name, "about": about})
    });
    let voice = desk.codebook.voice();
    json!({
        "title": desk.codebook.title,
        "labels_file": desk.labels_file,
        "total": desk.total(),
        "sentences": desk.corpus.len(),
        "annotators": store.annotators().collect::<Vec<_>>(),
        "annotator": service.annotator,
        "mode": if desk.disputed.is_some() { "adjudicate" } else { "label" },
        "suggest": service.suggest,
        "queue": service.queue,
        "queues": queues.collect::<Vec<_>>(),
        "sets": sets(&desk.codebook),
        "voice": voice.map(|set| json!({"set": set.name, "own": set.own})),
        "holders": voice.is_some(),
        "articles": (0..desk.corpus.articles.len())
            .map(|at| article(&desk.corpus, at))
            .collect::<Vec<_>>(),
    })
}

pub(super) fn article(corpus: &Corpus, at: usize) -> Value {
    let article = &corpus.articles[at];
    json!({
        "index": at,
        "title": article.title.as_ref().unwrap_or(&article.name),
        "authors": article.authors,
        "date": article.date,
        "source": article.source,
        "first": article.sentences.start,
        "count": article.sentences.len(),
    })
}

fn sets(codebook: &Codebook) -> Vec<Value> {
    let keys = keys(&codebook.sets);
    let sets = codebook.sets.iter().zip(keys);
    sets.map(|(set, keys)| {
        let labels = set.labels.iter().zip(keys).enumerate();
        let labels = labels.map(|(at, (label, key))| {
            json!({
                "name": label.name,
                "meaning": label.meaning,
                "mark": look::mark(set, at),
                "colour": look::colour(set, at),
                "key": key,
            })
        });
        json!({"name": set.name, "about": set.question, "labels": labels.collect::<Vec<_>>()})
    })
    .collect()
}

/// A key for each label: digits while whole sets fit, then letters; a label too many has none.
fn keys(sets: &[LabelSet]) -> Vec<Vec<Option<String>>> {
    let mut digits = '1'..='9';
    let mut letters = LETTERS.chars();
    let mut of_set = |set: &LabelSet| {
        let fits = set.labels.len() <= digits.clone().count();
        let mut key = || match fits {
            true => digits.next(),
            false => letters.next(),
        };
        set.labels.iter().map(|_| key().map(String::from)).collect()
    };
    sets.iter().map(&mut of_set).collect()
}

/// The learning curve of the first label set that was learned, or why there is none.
pub(super) fn curve(found: Option<&Curve>, note: Option<&str>) -> Value {
    let Some(Curve { set, curve }) = found else {
        return json!({"points": [], "expected": null, "words": null, "score": "macro-F1", "note": note});
    };
    let points = curve.points.iter().map(|point| {
        json!({
            "labels": point.rows,
            "groups": point.groups,
            "score": point.macro_f1.value,
            "low": point.macro_f1.low,
            "high": point.macro_f1.high,
        })
    });
    let expected = curve.doubled.value.map(|score| {
        json!({
            "labels": curve.doubled_rows,
            "score": score,
            "low": curve.doubled.low,
            "high": curve.doubled.high,
        })
    });
    let words = outlook(curve);
    json!({
        "points": points.collect::<Vec<_>>(),
        "expected": expected,
        "words": words.as_ref().ok(),
        "score": "macro-F1",
        "set": set,
        "note": note.or(words.as_ref().err().map(|why| &**why)),
    })
}

/// "about 120 more labels for +2 points of macro-F1 (0 to +4)", or why that cannot be said.
fn outlook(curve: &crate::evaluate::LearningCurve) -> Result<String, String> {
    if curve.points.len() < LEAST_POINTS {
        return Err("there are too few authors to learn from parts of the labels; what more labels would bring cannot be told yet".into());
    }
    let points = |share: f64| format!("{:+.0}", 100.0 * share).replace('-', "−");
    match (curve.gain.value, curve.gain.low, curve.gain.high) {
        (Some(gain), Some(low), Some(high)) => {
            let more = curve.doubled_rows / 2;
            let doubt = if low < LEAST_GAIN {
                ", perhaps none"
            } else {
                ""
            };
            Ok(format!(
                "about {more} more labels for {} points of macro-F1 ({} to {}{doubt})",
                points(gain),
                points(low),
                points(high),
            ))
        }
        _ => Err(
            "the score does not rise with the labels: what more of them would bring cannot be told"
                .into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::keys;
    use crate::codebook::{Codebook, LabelSet};

    #[test]
    fn digits_go_to_whole_sets_and_letters_to_the_others() {
        let shown = |sets: &[LabelSet]| -> Vec<String> {
            let keys = keys(sets).into_iter();
            keys.map(|keys| keys.into_iter().flatten().collect())
                .collect()
        };
        let mut sets = Codebook::shipped().sets;
        assert_eq!(shown(&sets), ["123", "456", "78"]);
        let names = |count: u8| (0..count).map(|at| char::from(b'a' + at).to_string());
        sets.insert(1, LabelSet::plain("topic", names(12)));
        assert_eq!(shown(&sets), ["123", "qwertyiopadf", "456", "78"]);
        sets.insert(2, LabelSet::plain("more", names(12)));
        assert_eq!(shown(&sets)[2], "jlzvb", "labels too many have no key");
    }
}
