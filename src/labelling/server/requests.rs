//! One function for each address of the API.

use super::super::retraining::sentences;
use super::super::writer::{Job, Refused, Reply, Saved};
use super::super::{Queue, check_name};
use super::answers::{self, FullProgress, Told, refuse};
use super::{Service, words};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

type Desked = State<Arc<Service>>;
type Answered = Result<Response, Told>;
type Asked<T> = Result<Query<T>, QueryRejection>;

/// An article is shown whole up to so many sentences, and around the sentence beyond.
const SHOWN: usize = 400;
/// So many terms explain a suggestion.
const TERMS: usize = 8;

#[derive(Deserialize)]
pub(super) struct Who {
    annotator: String,
}

#[derive(Deserialize)]
pub(super) struct Where {
    annotator: String,
    queue: Queue,
    after: Option<usize>,
}

#[derive(Deserialize)]
pub(super) struct What {
    annotator: String,
    q: String,
}

pub(super) async fn session(State(service): Desked) -> Response {
    Json(words::session(&service)).into_response()
}

pub(super) async fn next(State(service): Desked, asked: Asked<Where>) -> Answered {
    let asked = query(asked, |asked| &asked.annotator)?;
    off_thread(move || {
        let next = service
            .desk
            .next(&asked.annotator, asked.queue, asked.after);
        Json(json!({"sentence": next})).into_response()
    })
    .await
}

pub(super) async fn sentence(
    State(service): Desked,
    Path(id): Path<String>,
    asked: Asked<Who>,
) -> Answered {
    let asked = query(asked, |asked| &asked.annotator)?;
    let id = sentence_of(&service, &id)?;
    Ok(Json(in_article(&service, id, &asked.annotator)).into_response())
}

/// A sentence in its article, as one annotator may see it.
fn in_article(service: &Service, id: usize, annotator: &str) -> Value {
    let desk = &service.desk;
    let store = desk.store();
    let article = desk.corpus.sentences[id].article;
    let whole = desk.corpus.articles[article].sentences.clone();
    let shown = match whole.len() <= SHOWN {
        true => whole,
        false => {
            let start = id
                .saturating_sub(SHOWN / 2)
                .clamp(whole.start, whole.end - SHOWN);
            start..start + SHOWN
        }
    };
    let first = desk.codebook.sets.first().map_or("", |set| &*set.name);
    let ids: Vec<usize> = shown.collect();
    let paragraphs = ids
        .chunk_by(|&a, &b| {
            let [a, b] = [a, b].map(|at| desk.corpus.sentences[at].paragraph);
            a == b
        })
        .map(|paragraph| {
            let sentence = |&at: &usize| {
                let label = store.label(annotator, at);
                json!({
                    "id": at,
                    "text": desk.corpus.sentences[at].text,
                    "labelled": label.is_some_and(|label| !label.labels.is_empty()),
                    "label": label.and_then(|label| label.labels.get(first)),
                })
            };
            paragraph.iter().map(sentence).collect::<Vec<_>>()
        });
    let revision = store.revision(annotator, id);
    let mut answer = json!({
        "id": id,
        "article": words::article(&desk.corpus, article),
        "paragraphs": paragraphs.collect::<Vec<_>>(),
        "label": answers::label(store.label(annotator, id), revision),
        "revision": revision,
    });
    if let Some(disputed) = &desk.disputed {
        answer["readings"] = json!(disputed.get(&id).map_or(&[][..], |readings| readings));
    }
    answer
}

pub(super) async fn suggestion(State(service): Desked, Path(id): Path<String>) -> Answered {
    let id = sentence_of(&service, &id)?;
    off_thread(move || Json(suggest(&service, id)).into_response()).await
}

/// What the model says of a sentence, and the terms that moved its first answer most.
fn suggest(service: &Service, id: usize) -> Value {
    let desk = &service.desk;
    let Some(lesson) = desk.retraining.lesson() else {
        return json!({"sets": {}, "terms": [], "holder": null, "model": null});
    };
    let tags = lesson.tags_of(&desk.corpus, id);
    let heads = lesson.tagger.heads();
    let mut sets = serde_json::Map::new();
    for (head, tag) in heads.iter().zip(&tags.tags) {
        let labels = head.set.names().zip(&tag.probabilities);
        let probabilities: serde_json::Map<String, Value> = labels
            .map(|(name, &p)| (name.to_owned(), json!(p)))
            .collect();
        let label = &head.set.labels[tag.label].name;
        let known = desk
            .codebook
            .set(&head.set.name)
            .is_some_and(|set| set.index(label).is_some());
        if known {
            let said =
                json!({"label": label, "probabilities": probabilities, "unsure": tag.unsure});
            sets.insert(head.set.name.clone(), said);
        }
    }
    let around = desk.corpus.surroundings(id);
    let explained = lesson.tagger.explain_one(
        &sentences(&desk.corpus, around.clone()),
        id - around.start,
        0,
    );
    let likeliest = tags.tags.first().map_or(0, |tag| tag.label);
    let terms = explained.get(likeliest).map(|why| {
        let most = why.contributions.iter().take(TERMS);
        most.map(|term| json!([term.term, term.value]))
            .collect::<Vec<_>>()
    });
    json!({"sets": sets, "terms": terms, "holder": tags.holder, "model": lesson.origin})
}

pub(super) async fn label(
    State(service): Desked,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answered {
    store(service, &headers, body, Job::Label, answers::saved).await
}

pub(super) async fn undo(
    State(service): Desked,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answered {
    store(service, &headers, body, Job::Undo, answers::undone).await
}

/// Hands a request to the writer and waits until it is on the disk.
async fn store<T: DeserializeOwned>(
    service: Arc<Service>,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    job: fn(T, Reply) -> Job,
    answer: fn(&super::Desk, Saved) -> Response,
) -> Answered {
    let asked = parse(headers, body)?;
    let (reply, answered) = tokio::sync::oneshot::channel();
    service.desk.hand(job(asked, reply));
    Ok(match answered.await {
        Ok(Ok(saved)) => {
            let desk = &service.desk;
            desk.retraining.count(desk.store().count());
            answer(desk, saved)
        }
        Ok(Err(refused)) => answers::refused(refused),
        Err(_) => answers::refused(Refused::Disk(
            "the server is ending and stores nothing more".into(),
            "start `stance label` again; the page keeps the label until then".into(),
        )),
    })
}

fn parse<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, Told> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let is_json = |kind: &str| {
        let essence = kind.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    };
    if !kind.is_some_and(is_json) {
        return Err(refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body is not said to be JSON",
            "send it as Content-Type: application/json",
        ));
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => refuse(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body has more than {} bytes", super::LONGEST_BODY),
            "write a shorter note",
        ),
        status => refuse(status, rejection.body_text(), "send the request again"),
    })?;
    serde_json::from_slice(&body).map_err(|error| {
        refuse(
            StatusCode::BAD_REQUEST,
            format!("the body is not what is expected: {error}"),
            "reload the page",
        )
    })
}

pub(super) async fn progress(State(service): Desked, asked: Asked<Who>) -> Answered {
    let asked = query(asked, |asked| &asked.annotator)?;
    let desk = &service.desk;
    let own = desk
        .store()
        .progress(&asked.annotator, &desk.codebook, Timestamp::now());
    Ok(Json(FullProgress::new(desk, own)).into_response())
}

pub(super) async fn curve(State(service): Desked) -> Response {
    let (curve, note) = service.desk.retraining.curve();
    Json(words::curve(curve.as_ref(), note.as_deref())).into_response()
}

pub(super) async fn search(State(service): Desked, asked: Asked<What>) -> Answered {
    let asked = query(asked, |asked| &asked.annotator)?;
    off_thread(move || {
        let corpus = &service.desk.corpus;
        let (hits, more) = corpus.search(&asked.q);
        let store = service.desk.store();
        let hits = hits.iter().map(|hit| {
            let article = &corpus.articles[corpus.sentences[hit.id].article];
            let label = store.label(&asked.annotator, hit.id);
            let mut shown = json!(hit);
            shown["title"] = json!(article.title.as_ref().unwrap_or(&article.name));
            shown["labelled"] = json!(label.is_some_and(|label| !label.labels.is_empty()));
            shown
        });
        Json(json!({"hits": hits.collect::<Vec<_>>(), "more": more})).into_response()
    })
    .await
}

pub(super) async fn codebook(State(service): Desked) -> Response {
    Json(&service.guide).into_response()
}

/// What stands after the `?`, if it makes sense and names an annotator.
fn query<T>(asked: Asked<T>, annotator: fn(&T) -> &String) -> Result<T, Told> {
    let Query(asked) = asked.map_err(|rejection| {
        refuse(
            StatusCode::BAD_REQUEST,
            rejection.body_text(),
            "reload the page",
        )
    })?;
    match check_name(annotator(&asked)) {
        Ok(()) => Ok(asked),
        Err(refusal) => Err(answers::unknown(refusal)),
    }
}

fn sentence_of(service: &Service, id: &str) -> Result<usize, Told> {
    let total = service.desk.corpus.len();
    let known = id.parse().ok().filter(|&id: &usize| id < total);
    known.ok_or_else(|| {
        refuse(
            StatusCode::UNPROCESSABLE_ENTITY,
            "there is no such sentence",
            format!("name one below {total}"),
        )
    })
}

/// Work that takes more than a moment must not hold up other answers.
async fn off_thread(work: impl FnOnce() -> Response + Send + 'static) -> Answered {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server broke down over this request",
            "reload the page; the labels are safe",
        )
    })
}
