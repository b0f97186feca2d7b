//! The page itself: files that are part of the program.

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

const PAGE: &str = include_str!("../../../templates/label/page.html");
/// A file of the page and its name.
macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../templates/label/", $name)),
        )
    };
}

const FILES: [(&str, &str); 20] = [
    file!("ahead.js"),
    file!("api.js"),
    file!("app.css"),
    file!("app.js"),
    file!("article.js"),
    file!("choices.js"),
    file!("conflict.js"),
    file!("curve.js"),
    file!("delivery.js"),
    file!("dialogs.js"),
    file!("draft.js"),
    file!("element.js"),
    file!("flow.js"),
    file!("keys.js"),
    file!("progress.js"),
    file!("readings.js"),
    file!("search.js"),
    file!("suggestion.js"),
    file!("tab.js"),
    file!("trouble.js"),
];

/// The page fetches everything relative to itself, so its address must end with a slash.
pub(super) async fn redirect(uri: Uri) -> Redirect {
    Redirect::permanent(&format!("{}/", uri.path()))
}

pub(super) async fn page() -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response()
}

pub(super) async fn file(Path(name): Path<String>) -> Response {
    let found = FILES.iter().find(|(file, _)| *file == name);
    let Some((name, content)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.ends_with(".css") {
        true => "text/css; charset=utf-8",
        false => "text/javascript; charset=utf-8",
    };
    ([(CONTENT_TYPE, kind)], *content).into_response()
}
