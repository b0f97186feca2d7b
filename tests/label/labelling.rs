//! What an annotator does, and what becomes of it.

use super::client::{Project, Server, cell, program, request};
use serde_json::json;
use std::fs;

#[test]
fn labels_reach_the_file_and_the_other_commands() {
    let project = Project::new();
    let server = project.serve();
    let session = server.get("session");
    assert_eq!(session["total"], 8);
    assert_eq!(session["mode"], "label");
    assert_eq!(session["articles"][1]["authors"], json!(["Edda Holm"]));
    assert_eq!(session["sets"][0]["labels"][2]["key"], "3");
    let mut asked = request("ann", 3, "optimistic", 0);
    asked["note"] = json!("a \"note\", and\nmore");
    asked["unsure"] = json!(true);
    let saved = server.post("label", &asked).json();
    assert_eq!(saved["saved"], true);
    assert_eq!(saved["progress"]["labelled"], 1);
    assert_eq!(saved["progress"]["counts"]["stance"]["optimistic"], 1);
    // The same request again is the same answer, and no second label.
    assert_eq!(server.post("label", &asked).json()["revision"], 1);
    let both_articles = [
        (0, "sceptical"),
        (1, "neutral"),
        (2, "optimistic"),
        (4, "sceptical"),
        (5, "neutral"),
    ];
    for (sentence, stance) in both_articles {
        assert_eq!(server.label("ann", sentence, stance, 0).status, 200);
    }
    for (sentence, stance) in [(0, "sceptical"), (3, "optimistic"), (4, "sceptical")] {
        assert_eq!(server.label("bob", sentence, stance, 0).status, 200);
    }
    server.end();
    let rows = project.rows();
    assert_eq!(rows.len(), 9);
    let noted = rows
        .iter()
        .find(|row| !cell(row, "note").is_empty())
        .unwrap();
    assert_eq!(cell(noted, "article"), "strait");
    assert_eq!(cell(noted, "sentence"), "1");
    assert_eq!(cell(noted, "stance"), "optimistic");
    assert_eq!(cell(noted, "author"), "Edda Holm");
    assert_eq!(cell(noted, "unsure"), "yes");
    assert_eq!(cell(noted, "note"), "a \"note\", and\nmore");
    assert!(!project.path("labels.csv.address").exists());
    let agree = program()
        .arg("agree")
        .arg(project.labels())
        .output()
        .unwrap();
    assert!(agree.status.success(), "{agree:?}");
    let mut train = program();
    train
        .arg("train")
        .arg(project.labels())
        .args(["--label", "stance", "--folds", "2", "-o"]);
    let train = train.arg(project.path("m.safetensors")).output().unwrap();
    assert!(train.status.success(), "{train:?}");
}

#[test]
fn undo_goes_back_again_and_again() {
    let project = Project::new();
    let server = project.serve();
    server.label("ann", 0, "neutral", 0);
    server.label("ann", 0, "sceptical", 1);
    server.label("ann", 5, "optimistic", 0);
    let undone = server.undo("ann", "u1");
    assert_eq!(
        (&undone["undone"], &undone["label"]),
        (&json!(5), &json!(null))
    );
    // A request that is sent twice takes back one label.
    assert_eq!(server.undo("ann", "u1")["undone"], 5);
    let undone = server.undo("ann", "u2");
    assert_eq!(undone["undone"], 0);
    assert_eq!(undone["label"]["labels"]["stance"], "neutral");
    server.end();
    let server = project.serve();
    assert_eq!(
        server.get("sentence/0?annotator=ann")["label"]["labels"]["stance"],
        "neutral"
    );
    assert_eq!(server.undo("ann", "u3")["undone"], 0);
    assert_eq!(server.undo("ann", "u4")["undone"], json!(null));
    assert_eq!(server.get("progress?annotator=ann")["labelled"], 0);
    server.end();
    assert!(project.rows().is_empty());
}

#[test]
fn two_tabs_do_not_overwrite_each_other() {
    let project = Project::new();
    let server = project.serve();
    assert_eq!(server.label("ann", 2, "neutral", 0).status, 200);
    let refused = server.label("ann", 2, "sceptical", 0);
    assert_eq!(refused.status, 409);
    let told = refused.json();
    assert_eq!(told["revision"], 1);
    assert_eq!(told["label"]["labels"]["stance"], "neutral");
    assert_eq!(server.label("ann", 2, "sceptical", 1).status, 200);
    let article = server.get("sentence/2?annotator=ann");
    assert_eq!(article["label"]["labels"]["stance"], "sceptical");
}

#[test]
fn annotators_are_blind_to_one_another() {
    let project = Project::new();
    let server = project.serve();
    server.label("ann", 0, "sceptical", 0);
    let seen = server.get("sentence/0?annotator=bob");
    assert_eq!(seen["label"], json!(null));
    assert_eq!(seen["revision"], 0);
    assert!(!seen.to_string().contains("\"sceptical\""), "{seen}");
    assert_eq!(seen["paragraphs"][0][0]["labelled"], false);
    assert_eq!(
        server.get("next?annotator=bob&queue=reading")["sentence"],
        0
    );
    assert_eq!(
        server.get("next?annotator=ann&queue=reading")["sentence"],
        1
    );
    assert_eq!(server.get("progress?annotator=bob")["labelled"], 0);
    let hits = server.get("search?annotator=bob&q=CANAL");
    assert_eq!(hits["hits"][0]["match"], "canal");
    assert_eq!(hits["hits"][0]["labelled"], false);
    assert_eq!(server.undo("bob", "b1")["undone"], json!(null));
}

#[test]
fn queues_offer_every_sentence_once() {
    let project = Project::new();
    let server = project.serve();
    for queue in ["reading", "uncertain", "diverse", "audit"] {
        let annotator = format!("of-{queue}");
        let mut met = Vec::new();
        loop {
            let next = server.get(&format!("next?annotator={annotator}&queue={queue}"));
            let Some(id) = next["sentence"].as_u64() else {
                break;
            };
            met.push(id);
            assert!(met.len() <= 8, "{queue}: {met:?}");
            assert_eq!(
                server.label(&annotator, id as usize, "neutral", 0).status,
                200
            );
        }
        met.sort_unstable();
        assert_eq!(met, [0, 1, 2, 3, 4, 5, 6, 7], "{queue}");
    }
}

#[test]
fn suggestions_curve_and_guide_are_there() {
    let project = Project::new();
    let server = project.serve();
    let suggestion = server.get("suggestion/2");
    let stance = &suggestion["sets"]["stance"];
    assert!(stance["probabilities"][stance["label"].as_str().unwrap()].is_number());
    assert_eq!(suggestion["model"], "shipped");
    assert!(!suggestion["terms"].as_array().unwrap().is_empty());
    let curve = server.get("curve");
    assert!(curve["note"].as_str().unwrap().contains("switched off"));
    assert!(
        server.get("codebook")["html"]
            .as_str()
            .unwrap()
            .contains("<h2>stance</h2>")
    );
}

#[test]
fn rows_and_columns_that_are_not_ours_stay() {
    let project = Project::new();
    fs::write(
        project.labels(),
        "text,stance,source\nA sentence of long ago.,neutral,\"diary, 1998\"\n",
    )
    .unwrap();
    let server = project.serve();
    server.label("ann", 0, "sceptical", 0);
    server.end();
    let rows = project.rows();
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(&rows[0], "source"), "diary, 1998");
    assert_eq!(cell(&rows[0], "annotator"), "");
    assert_eq!(cell(&rows[1], "stance"), "sceptical");
}

#[test]
fn what_is_edited_in_the_file_is_taken_over() {
    let project = Project::new();
    let server = project.serve();
    server.label("ann", 0, "sceptical", 0);
    server.label("ann", 1, "neutral", 0);
    server.end();
    let edited = fs::read_to_string(project.labels()).unwrap();
    fs::write(
        project.labels(),
        edited.replacen("sceptical", "optimistic", 1),
    )
    .unwrap();
    let server = project.serve();
    let seen = server.get("sentence/0?annotator=ann");
    assert_eq!(seen["label"]["labels"]["stance"], "optimistic");
    server.end();
    fs::write(project.labels(), edited.replacen("sceptical", "cloudy", 1)).unwrap();
    let refused = project.command().output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("labels.csv:2: there is no label `cloudy`"),
        "{said}"
    );
}

#[test]
fn it_learns_on_the_way() {
    let project = Project::new();
    let mut command = project.command();
    command.args(["--retrain-every", "8"]);
    let server = Server::start(command);
    for (sentence, stance) in (0..8).zip(["sceptical", "neutral"].into_iter().cycle()) {
        assert_eq!(server.label("ann", sentence, stance, 0).status, 200);
    }
    let start = std::time::Instant::now();
    while server.get("suggestion/0")["model"] != "retrained on 8 labels" {
        assert!(start.elapsed().as_secs() < 60, "{:?}", server.get("curve"));
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    while server.get("curve")["points"].as_array().unwrap().is_empty() {
        assert!(start.elapsed().as_secs() < 120, "{:?}", server.get("curve"));
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let curve = server.get("curve");
    assert_eq!(curve["points"][0]["labels"], 8);
    assert!(
        curve["note"].as_str().unwrap().contains("too few authors"),
        "{curve}"
    );
    assert_eq!(
        server.get("progress?annotator=ann")["retraining"]["next"],
        16
    );
}

#[test]
fn sentences_of_unknown_authors_are_grouped_by_article() {
    let project = Project::new();
    for (name, text) in super::ARTICLES {
        let anonymous: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("By "))
            .collect();
        fs::write(project.path("articles").join(name), anonymous.join("\n")).unwrap();
    }
    let server = project.serve();
    for sentence in [0, 1, 3, 4] {
        server.label("ann", sentence, "neutral", 0);
    }
    server.end();
    let labelled = stance::labels::ReadLabels::default()
        .read(&[project.labels()])
        .unwrap();
    let groups: Vec<&str> = labelled.sentences.iter().map(|row| &*row.group).collect();
    assert_eq!(groups, ["canal", "canal", "strait", "strait"]);
}

#[test]
fn labels_of_articles_that_are_not_at_hand_stay() {
    let project = Project::new();
    let server = project.serve();
    for sentence in 0..8 {
        server.label("ann", sentence, "neutral", 0);
    }
    server.end();
    fs::remove_file(project.path("articles/strait.txt")).unwrap();
    let server = project.serve();
    let progress = server.get("progress?annotator=ann");
    assert_eq!(
        (&progress["labelled"], &progress["total"]),
        (&json!(3), &json!(3))
    );
    assert_eq!(server.label("ann", 0, "sceptical", 1).status, 200);
    server.end();
    let rows = project.rows();
    assert_eq!(rows.len(), 8);
    let changed = rows.iter().filter(|row| cell(row, "stance") == "sceptical");
    assert_eq!(changed.count(), 1);
}

#[test]
fn a_table_of_sentences_can_be_labelled() {
    let project = Project::new();
    let table = project.path("sentences.csv");
    let rows =
        "article,sentence,text,author\nb,2,Second.,Bo\nb,1,First.,Bo\na,1,Alone.,\nb,1,First.,Bo\n";
    fs::write(&table, rows).unwrap();
    let mut command = program();
    command
        .arg("label")
        .arg("--sentences")
        .arg(&table)
        .arg("--labels")
        .arg(project.labels());
    command.arg("--no-open");
    let server = Server::start(command);
    assert_eq!(server.get("session")["total"], 3);
    let shown = server.get("sentence/0?annotator=ann");
    assert_eq!(shown["paragraphs"][0][0]["text"], "First.");
    assert_eq!(shown["paragraphs"][0][1]["text"], "Second.");
    server.label("ann", 1, "neutral", 0);
    server.end();
    let rows = project.rows();
    let found = ["article", "sentence", "text", "author"].map(|name| cell(&rows[0], name));
    assert_eq!(found, ["b", "2", "Second.", "Bo"]);
}
