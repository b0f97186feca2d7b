//! Who is let in, and what every answer carries.

use super::answers::refuse;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The names the server goes by. Any other name in `Host` is that of a foreign site which was
/// pointed at this machine (DNS rebinding).
pub(super) struct Hosts([String; 2]);

impl Hosts {
    pub fn new(port: u16) -> Self {
        Self([format!("127.0.0.1:{port}"), format!("localhost:{port}")])
    }

    fn hold(&self, host: &str) -> bool {
        self.0.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

/// Refuses requests that were sent to another host, or by the page of another site.
pub(super) async fn check(
    State(hosts): State<Arc<Hosts>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if !only(headers, HOST).is_some_and(|host| hosts.hold(host)) {
        return refuse(
            StatusCode::FORBIDDEN,
            "this server answers to 127.0.0.1 and localhost alone",
            "open the address that `stance label` printed",
        )
        .into_response();
    }
    let own = |origin: &str| {
        origin
            .strip_prefix("http://")
            .is_some_and(|host| hosts.hold(host))
    };
    if headers.contains_key(ORIGIN) && !only(headers, ORIGIN).is_some_and(own) {
        return refuse(
            StatusCode::FORBIDDEN,
            "the request comes from the page of another site",
            "use the page at the address that `stance label` printed",
        )
        .into_response();
    }
    next.run(request).await
}

/// The value of a header that stands there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Gives every answer the headers that keep the page to itself.
pub(super) async fn seal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A wrong token, or no such path: nothing is said.
pub(super) async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// A path that there is, asked in another way.
pub(super) async fn other_method(request: Request) -> Response {
    let method = request.method().clone();
    refuse(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not what this address is for"),
        "GET what is to be read, POST labels and undo",
    )
    .into_response()
}
