//! Crashes, full disks, damaged files, a second server.

use super::client::{Project, Server, cell, program};
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_killed_server_has_lost_nothing() {
    let project = Project::new();
    let server = project.serve();
    let (port, token) = (server.port, server.token.clone());
    for (sentence, annotator) in (0..8).flat_map(|at| [(at, "ann"), (at, "bob")]) {
        assert_eq!(server.label(annotator, sentence, "neutral", 0).status, 200);
    }
    server.kill();
    let server = project.serve();
    assert_eq!(
        (server.port, &server.token),
        (port, &token),
        "open pages go on"
    );
    assert_eq!(project.rows().len(), 16);
    assert_eq!(
        server.get("next?annotator=ann&queue=reading")["sentence"],
        serde_json::json!(null)
    );
    server.end();
    let server = project.serve();
    assert_ne!(server.token, token, "a clean end ends the address");
}

#[test]
fn a_server_killed_in_the_middle_has_every_label_it_answered_for() {
    let project = Project::new();
    for round in 0..5 {
        let server = project.serve();
        let acknowledged = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (server, acknowledged) = (&server, &acknowledged);
                scope.spawn(move || {
                    for sentence in 0..8 {
                        let name = format!("r{round}w{writer}");
                        let answer = server.label(&name, sentence, "neutral", 0);
                        acknowledged.fetch_add(usize::from(answer.status == 200), Ordering::SeqCst);
                    }
                });
            }
            while acknowledged.load(Ordering::SeqCst) < 5 + round {
                std::thread::yield_now();
            }
            let id = server.id().to_string();
            assert!(
                Command::new("kill")
                    .args(["-9", &id])
                    .status()
                    .unwrap()
                    .success()
            );
        });
        server.kill();
        let server = project.serve();
        let found = project.rows();
        let of_round = |row: &&Vec<(String, String)>| {
            cell(row, "annotator").starts_with(&format!("r{round}w"))
        };
        let found = found.iter().filter(of_round).count();
        let acknowledged = acknowledged.into_inner();
        assert!(found >= acknowledged, "{found} of {acknowledged} labels");
        server.end();
    }
}

#[test]
fn a_torn_last_line_is_cut_off_and_a_damaged_one_named() {
    let project = Project::new();
    let server = project.serve();
    for sentence in 0..3 {
        server.label("ann", sentence, "neutral", 0);
    }
    server.kill();
    let journal = project.path("labels.csv.journal");
    let whole = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, &whole[..whole.len() - 20]).unwrap();
    // The labels file may or may not have had the last label when the server was killed.
    fs::remove_file(project.labels()).unwrap();
    let server = project.serve();
    assert_eq!(project.rows().len(), 2);
    assert_eq!(server.label("ann", 3, "neutral", 0).status, 200);
    server.kill();
    let mut lines: Vec<&str> = whole.lines().collect();
    lines[1] = "{\"event\":\"lab";
    fs::write(&journal, lines.join("\n") + "\n").unwrap();
    let refused = project.command().output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("labels.csv.journal:2: this line of the journal is damaged"),
        "{said}"
    );
    assert!(said.contains("try: restore the journal"), "{said}");
}

#[test]
fn two_servers_do_not_write_one_file() {
    let project = Project::new();
    let _server = project.serve();
    let second = project.command().output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(
        said.contains("another program is labelling into this file"),
        "{said}"
    );
}

/// A limit on the size of files stands in for a full disk: writing past it fails as writing to a
/// full one does.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_refuses_the_label_and_loses_none() {
    let project = Project::new();
    let inner = project.command();
    let mut limited = Command::new("sh");
    // Blocks of 512 or 1,024 bytes: room for some labels, not for all.
    limited.args([
        "-c",
        "trap '' XFSZ; ulimit -f 5 || exit 77; exec \"$@\"",
        "sh",
    ]);
    limited.arg(inner.get_program()).args(inner.get_args());
    limited.args(["--retrain-every", "0"]);
    let server = Server::start(limited);
    let mut stored = Vec::new();
    let mut refused = 0;
    for (annotator, sentence) in (0..4).flat_map(|name| (0..8).map(move |at| (name, at))) {
        let answer = server.label(&format!("a{annotator}"), sentence, "neutral", 0);
        match answer.status {
            200 => stored.push((annotator, sentence)),
            507 => {
                refused += 1;
                let told = answer.json();
                assert!(
                    told["error"]
                        .as_str()
                        .unwrap()
                        .contains("cannot write the label")
                );
                assert!(told["remedy"].as_str().unwrap().contains("make room"));
                let seen = server.get(&format!("sentence/{sentence}?annotator=a{annotator}"));
                assert!(seen["label"].is_null(), "what is not stored does not show");
            }
            status => panic!("{status}: {answer:?}"),
        }
    }
    assert!(
        refused > 0 && stored.len() > 4,
        "{refused} refused, {} stored",
        stored.len()
    );
    server.kill();
    let server = project.serve();
    let rows = project.rows();
    assert_eq!(rows.len(), stored.len());
    assert_eq!(server.label("a3", 7, "neutral", 0).status, 200);
}

#[test]
fn labels_of_another_codebook_are_not_touched() {
    let project = Project::new();
    let server = project.serve();
    server.label("ann", 0, "neutral", 0);
    server.end();
    let codebook = project.path("other.toml");
    let other = "title = \"Other\"\n[[set]]\nname = \"topic\"\n[[set.label]]\nname = \"a\"\n[[set.label]]\nname = \"b\"\n";
    fs::write(&codebook, other).unwrap();
    let before = fs::read(project.labels()).unwrap();
    let refused = project
        .command()
        .arg("--codebook")
        .arg(codebook)
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("there is no label set"), "{said}");
    assert_eq!(fs::read(project.labels()).unwrap(), before);
}

#[test]
fn wrong_usage_is_explained() {
    let project = Project::new();
    let label = |arguments: &[&str]| {
        let mut command = program();
        command
            .arg("label")
            .arg(project.path("articles"))
            .args(arguments)
            .arg("--no-open");
        let output = command.current_dir(project.0.path()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let cases: [(&[&str], i32, &str); 4] = [
        (
            &["--labels", "labels.jsonl"],
            2,
            "labels are written as CSV",
        ),
        (&["--labels", "no/where.csv"], 1, "cannot open the journal"),
        (
            &["--labels", "l.csv", "--annotator", ""],
            2,
            "is no name of an annotator",
        ),
        (&[], 2, "--labels"),
    ];
    for (arguments, code, words) in cases {
        let (found, said) = label(arguments);
        assert_eq!(found, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words) && !said.contains("panicked"), "{said}");
    }
}
