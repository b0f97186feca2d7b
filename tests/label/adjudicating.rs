//! `stance agree --adjudicate`.

use super::client::{Project, Server, cell, program, request, rows};
use std::fs;

const READINGS: &str = "article,sentence,text,reader,stance,note\n\
strait,1,Talks resumed in May.,ann,neutral,\n\
strait,2,A deal is close.,ann,optimistic,sure of it\n\
strait,3,Nobody smiled.,ann,neutral,\n\
strait,1,Talks resumed in May.,bob,neutral,\n\
strait,2,A deal is close.,bob,sceptical,\n\
strait,3,Nobody smiled.,bob,neutral,\n";

#[test]
fn disagreements_open_in_the_page() {
    let project = Project::new();
    let table = project.path("readings.csv");
    fs::write(&table, READINGS).unwrap();
    let settled = project.path("settled.csv");
    let mut command = program();
    command
        .arg("agree")
        .arg(&table)
        .arg("--adjudicate")
        .arg("--labels")
        .arg(&settled);
    command.args(["--adjudicator", "cy", "--no-open"]);
    let server = Server::start(command);
    let session = server.get("session");
    assert_eq!(
        (&session["mode"], &session["total"]),
        (&"adjudicate".into(), &1.into())
    );
    assert_eq!(session["annotator"], "cy");
    assert_eq!(
        server.get("next?annotator=cy&queue=disagreements")["sentence"],
        1
    );
    let seen = server.get("sentence/1?annotator=cy");
    assert_eq!(
        seen["paragraphs"][0].as_array().unwrap().len(),
        3,
        "with its neighbours"
    );
    assert_eq!(seen["readings"][0]["annotator"], "ann");
    assert_eq!(seen["readings"][0]["labels"]["stance"], "optimistic");
    assert_eq!(seen["readings"][0]["note"], "sure of it");
    assert_eq!(seen["readings"][1]["labels"]["stance"], "sceptical");
    let mut asked = request("cy", 1, "optimistic", 0);
    asked["labels"] = serde_json::json!({"stance": "optimistic"});
    assert_eq!(server.post("label", &asked).status, 200);
    let next = server.get("next?annotator=cy&queue=disagreements");
    assert!(next["sentence"].is_null());
    server.end();
    let found = rows(&settled);
    assert_eq!(found.len(), 1);
    assert_eq!(cell(&found[0], "annotator"), "cy");
    assert_eq!(cell(&found[0], "text"), "A deal is close.");
}

#[test]
fn readers_who_agree_need_no_adjudicator() {
    let project = Project::new();
    let table = project.path("readings.csv");
    fs::write(&table, READINGS.replace("optimistic", "sceptical")).unwrap();
    let mut command = program();
    command
        .arg("agree")
        .arg(&table)
        .args(["--adjudicate", "--no-open"]);
    let refused = command.current_dir(project.0.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("the readers agree on everything"), "{said}");
}
