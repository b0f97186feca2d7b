//! Requests that are refused, each with a clear answer.

use super::client::{Answer, Project, Server, request};
use serde_json::json;

fn told(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    let body = answer.json();
    assert!(body["error"].as_str().unwrap().contains(words), "{body}");
    assert!(!body["remedy"].as_str().unwrap().is_empty(), "{body}");
}

fn silent(answer: &Answer) {
    assert_eq!((answer.status, &*answer.body), (404, ""), "{answer:?}");
}

/// Nothing that was refused has left a trace.
fn unharmed(server: &Server) {
    assert_eq!(server.get("progress?annotator=ann")["labelled"], 0);
}

#[test]
fn foreign_hosts_and_origins_are_refused() {
    let project = Project::new();
    let server = project.serve();
    let page = format!("/{}/", server.token);
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "evil.example\r\nHost: 127.0.0.1",
    ] {
        let answer = server.with("GET", &page, &format!("Host: {host}\r\n"), "");
        told(&answer, 403, "127.0.0.1 and localhost alone");
    }
    let body = request("ann", 0, "neutral", 0).to_string();
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "http://localhost",
    ] {
        let head = format!(
            "{}Origin: {origin}\r\nContent-Type: application/json\r\n",
            server.host()
        );
        let answer = server.with("POST", &server.api("label"), &head, &body);
        told(&answer, 403, "page of another site");
    }
    unharmed(&server);
    let own = format!(
        "Host: localhost:{0}\r\nOrigin: http://localhost:{0}\r\n",
        server.port
    );
    assert_eq!(server.with("GET", &page, &own, "").status, 200);
}

#[test]
fn nothing_is_said_without_the_token() {
    let project = Project::new();
    let server = project.serve();
    let wrong = "0".repeat(server.token.len());
    let upper = server.token.to_uppercase();
    let paths = [
        "/".to_owned(),
        format!("/{wrong}/"),
        format!("/{wrong}/api/session"),
        format!("/{}/", &server.token[1..]),
        format!("/{upper}x/"),
        "/api/session".to_owned(),
        format!("/{}/../../etc/passwd", server.token),
        format!("/{}/%2e%2e%2fCargo.toml", server.token),
        format!("/{}/..%5clabels.csv", server.token),
        format!("/{}/api/../labels.csv", server.token),
        format!("/{}/labels.csv", server.token),
    ];
    for path in paths {
        silent(&server.with("GET", &path, &server.host(), ""));
    }
    let body = request("ann", 0, "neutral", 0).to_string();
    let head = format!("{}Content-Type: application/json\r\n", server.host());
    silent(&server.with("POST", &format!("/{wrong}/api/label"), &head, &body));
    unharmed(&server);
}

#[test]
fn oversized_and_malformed_requests_are_refused() {
    let project = Project::new();
    let server = project.serve();
    let json = format!("{}Content-Type: application/json\r\n", server.host());
    let label = server.api("label");
    let long = " ".repeat((64 << 10) + 1);
    told(
        &server.with("POST", &label, &json, &long),
        413,
        "more than 65536 bytes",
    );
    for body in ["", "{", "[]", "{\"annotator\": 7}", "\u{0}", "null"] {
        told(
            &server.with("POST", &label, &json, body),
            400,
            "not what is expected",
        );
    }
    let plain = format!("{}Content-Type: text/plain\r\n", server.host());
    let body = request("ann", 0, "neutral", 0).to_string();
    told(
        &server.with("POST", &label, &plain, &body),
        415,
        "not said to be JSON",
    );
    told(
        &server.with("DELETE", &label, &server.host(), ""),
        405,
        "DELETE",
    );
    told(
        &server.with("POST", &server.api("session"), &json, "{}"),
        405,
        "POST",
    );
    let head = "x".repeat(2_000_000);
    let answer = server.with("GET", "/", &format!("{}X: {head}\r\n", server.host()), "");
    // Too long for the server, which may hang up before all of it is sent; and no path anyway.
    assert!([0, 404, 431].contains(&answer.status), "{}", answer.status);
    assert_eq!(server.raw(b"\x16\x03\x01 not http\r\n\r\n").status, 400);
    unharmed(&server);
}

#[test]
fn what_there_is_not_is_refused() {
    let project = Project::new();
    let server = project.serve();
    let with = |field: &str, value: serde_json::Value| {
        let mut asked = request("ann", 0, "neutral", 0);
        asked[field] = value;
        server.post("label", &asked)
    };
    told(&with("sentence", json!(8)), 422, "there is no sentence 8");
    told(
        &with("labels", json!({"stance": "cloudy"})),
        422,
        "no label `cloudy` in set `stance`",
    );
    told(
        &with("labels", json!({"weather": "cloudy"})),
        422,
        "no label set `weather`",
    );
    told(
        &with("annotator", json!("")),
        422,
        "no name of an annotator",
    );
    told(
        &with("annotator", json!("a".repeat(101))),
        422,
        "no name of an annotator",
    );
    told(
        &with("annotator", json!("a\nb")),
        422,
        "no name of an annotator",
    );
    told(&with("request", json!("")), 422, "no name of its own");
    told(&with("note", json!("n".repeat(10_001))), 422, "too long");
    told(&with("sentence", json!(-1)), 400, "not what is expected");
    let ask = |path: &str| server.with("GET", &server.api(path), &server.host(), "");
    told(&ask("sentence/8?annotator=ann"), 422, "no such sentence");
    told(&ask("sentence/x?annotator=ann"), 422, "no such sentence");
    told(
        &ask("suggestion/99999999999999999999"),
        422,
        "no such sentence",
    );
    told(&ask("next?annotator=ann&queue=sideways"), 400, "queue");
    told(&ask("progress?annotator="), 422, "no name of an annotator");
    told(&ask("progress"), 400, "annotator");
    unharmed(&server);
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let project = Project::new();
    let server = project.serve();
    let page = server.with("GET", &format!("/{}/", server.token), &server.host(), "");
    let refused = server.with("GET", "/", &server.host(), "");
    for answer in [page, refused] {
        let head = answer.head.to_lowercase();
        for line in [
            "content-security-policy: default-src 'none'; script-src 'self'",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
        ] {
            assert!(head.contains(line), "{line}: {head}");
        }
    }
}
