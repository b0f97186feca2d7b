//! What the page is told, as JSON.

use super::super::writer::{Refused, Saved};
use super::super::{Desk, Label, Progress, Refusal, RetrainingState};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// A request that is not answered: what went wrong, and what to do.
pub(super) struct Told {
    status: StatusCode,
    what: String,
    remedy: String,
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let body = json!({"error": self.what, "remedy": self.remedy});
        (self.status, Json(body)).into_response()
    }
}

pub(super) fn refuse(
    status: StatusCode,
    what: impl Into<String>,
    remedy: impl Into<String>,
) -> Told {
    Told {
        status,
        what: what.into(),
        remedy: remedy.into(),
    }
}

/// A label with its revision.
pub(super) fn label(label: Option<&Label>, revision: u64) -> Value {
    label.map_or(Value::Null, |label| {
        json!({
            "labels": label.labels,
            "holder": label.holder,
            "unsure": label.unsure,
            "note": label.note,
            "skipped": label.skipped,
            "revision": revision,
        })
    })
}

/// How far an annotator is, and how far the learning.
#[derive(Serialize)]
pub(super) struct FullProgress {
    #[serde(flatten)]
    own: Progress,
    total: usize,
    retraining: Option<RetrainingState>,
    /// Why the labels file is not up to date.
    warning: Option<String>,
}

impl FullProgress {
    pub fn new(desk: &Desk, own: Progress) -> Self {
        Self {
            own,
            total: desk.total(),
            retraining: desk.retraining.progress(),
            warning: desk.trouble(),
        }
    }
}

/// A label that is on the disk.
pub(super) fn saved(desk: &Desk, saved: Saved) -> Response {
    Json(json!({
        "saved": true,
        "revision": saved.revision,
        "label": label(saved.label.as_ref(), saved.revision),
        "progress": FullProgress::new(desk, saved.progress),
    }))
    .into_response()
}

/// A label that was taken back.
pub(super) fn undone(desk: &Desk, saved: Saved) -> Response {
    Json(json!({
        "undone": saved.sentence.filter(|&id| id < desk.corpus.len()),
        "revision": saved.revision,
        "label": label(saved.label.as_ref(), saved.revision),
        "progress": FullProgress::new(desk, saved.progress),
    }))
    .into_response()
}

pub(super) fn refused(refused: Refused) -> Response {
    match refused {
        Refused::By(refusal) => unknown(refusal).into_response(),
        Refused::Conflict(current, revision) => {
            let body = json!({
                "error": "this sentence was labelled in another tab meanwhile",
                "remedy": "look at the label that is stored, and change it or leave it",
                "label": label(current.as_ref(), revision),
                "revision": revision,
            });
            (StatusCode::CONFLICT, Json(body)).into_response()
        }
        Refused::Disk(what, remedy) => {
            refuse(StatusCode::INSUFFICIENT_STORAGE, what, remedy).into_response()
        }
    }
}

pub(super) fn unknown(refusal: Refusal) -> Told {
    let (what, remedy) = match refusal {
        Refusal::Unknown { what, remedy } => (what, remedy),
        Refusal::Conflict => (
            "the label was changed meanwhile".into(),
            "reload the page".into(),
        ),
    };
    refuse(StatusCode::UNPROCESSABLE_ENTITY, what, remedy)
}
