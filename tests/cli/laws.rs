//! The laws that only a whole run can break.

use super::{ARTICLE, Folder, labels, stance};
use std::path::Path;

fn train(labels: &Path, model: &Path, threads: &str) {
    stance()
        .arg("train")
        .arg(labels)
        .args(["--label", "topic", "--threads", threads, "-o"])
        .arg(model)
        .assert()
        .success();
}

#[test]
fn a_model_does_not_depend_on_row_order_or_threads() {
    let folder = Folder::new();
    let table = labels();
    let forwards = folder.file("forwards.csv", &table);
    let (header, rows) = table.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let backwards = folder.file("backwards.csv", format!("{header}\n{}\n", rows.join("\n")));
    train(&forwards, &folder.path("a"), "1");
    train(&backwards, &folder.path("b"), "3");
    assert_eq!(
        std::fs::read(folder.path("a")).unwrap(),
        std::fs::read(folder.path("b")).unwrap()
    );
}

#[test]
fn an_article_is_tagged_alike_alone_in_company_and_on_any_number_of_threads() {
    let folder = Folder::new();
    let one = folder.file("one.txt", ARTICLE);
    let two = folder.file("two.txt", ARTICLE.replace("strait", "harbour"));
    let tag = |files: &[&Path], threads: &str| {
        let output = stance()
            .args(["tag", "--threads", threads])
            .args(files)
            .assert()
            .success();
        output.get_output().stdout.clone()
    };
    let alone = [tag(&[&one], "1"), tag(&[&two], "1")].concat();
    assert_eq!(alone, tag(&[&one, &two], "1"));
    assert_eq!(alone, tag(&[&one, &two], "4"));
}

/// The author's name must not reach the tags.
#[test]
fn tags_do_not_depend_on_who_wrote_the_article() {
    let folder = Folder::new();
    let sentences = |author: &str| {
        let file = folder.file(
            "article.md",
            format!("---\nauthor: {author}\n---\n\n{ARTICLE}"),
        );
        let output = stance().arg("tag").arg(file).assert().success();
        let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        let tags = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        tags.map(|tag| (tag["text"].clone(), tag["stance_probabilities"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(sentences("Ann Hope"), sentences("Bob Doubt"));
}
