//! `--chart`: pictures beside reports.

use super::{ARTICLE, Folder, stance};
use predicates::prelude::*;
use std::fs;

#[test]
fn a_chart_is_drawn_beside_the_report() {
    let folder = Folder::new();
    let article = folder.file("a.txt", ARTICLE);
    for command in ["report", "compare"] {
        for ending in ["svg", "png", "PNG"] {
            let chart = folder.path(&format!("{command}.{ending}"));
            let mut run = stance();
            run.arg(command).arg(&article).arg("--chart").arg(&chart);
            run.assert()
                .success()
                .stdout(predicate::str::contains("Edda Holm"));
            let bytes = fs::read(&chart).unwrap();
            match ending {
                "svg" => assert!(bytes.starts_with(b"<svg xmlns") && bytes.ends_with(b"</svg>")),
                _ => assert!(bytes.starts_with(b"\x89PNG")),
            }
        }
    }
}

#[test]
fn a_chart_that_cannot_be_is_refused_before_work_begins() {
    let folder = Folder::new();
    let article = folder.file("a.txt", ARTICLE);
    let svg = folder.file("in.svg", ARTICLE);
    let refuse = |inputs: &[&std::path::Path], chart: &std::path::Path, words: &str| {
        let mut command = stance();
        command
            .arg("compare")
            .args(inputs)
            .arg("--chart")
            .arg(chart);
        let words = predicate::str::contains(words.to_owned());
        command.assert().code(2).stdout("").stderr(words);
    };
    refuse(
        &[&article],
        &folder.path("chart.jpg"),
        "as .svg or .png\n  try:",
    );
    refuse(&[&article], &folder.path("chart"), "as .svg or .png");
    refuse(&[&article, &svg], &svg, "one of the inputs");
    assert_eq!(fs::read_to_string(&svg).unwrap(), ARTICLE);
    let both = folder.path("one.svg");
    let mut command = stance();
    command
        .arg("report")
        .arg(&article)
        .arg("--chart")
        .arg(&both)
        .arg("--output")
        .arg(&both);
    command
        .assert()
        .code(2)
        .stderr(predicate::str::contains("would be one file"));
    assert!(!both.exists());
    let nowhere = folder.path("nowhere/chart.svg");
    let mut command = stance();
    command
        .arg("compare")
        .arg(&article)
        .arg("--chart")
        .arg(nowhere);
    command.assert().code(1).stdout("");
}

#[test]
fn too_many_panels_are_refused_and_the_report_is_not_lost() {
    let folder = Folder::new();
    fs::create_dir(folder.path("articles")).unwrap();
    for number in 0..25 {
        folder.file(&format!("articles/{number}.txt"), ARTICLE);
    }
    let chart = folder.path("chart.svg");
    let mut command = stance();
    command
        .arg("report")
        .arg(folder.path("articles"))
        .arg("--chart")
        .arg(&chart);
    let words = predicate::str::contains("stance compare --by article --chart");
    command
        .assert()
        .code(2)
        .stdout(predicate::str::contains("Edda Holm"))
        .stderr(words);
    assert!(!chart.exists());
}
