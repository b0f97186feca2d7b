//! Colour, width and scripts of the world in the terminal.

use super::{Folder, stance};
use unicode_width::UnicodeWidthStr;

fn is_coloured(arguments: &[&str], no_colour: bool) -> bool {
    let mut command = stance();
    command.env_remove("NO_COLOR");
    if no_colour {
        command.env("NO_COLOR", "1");
    }
    let run = command
        .args(["explain", "A deal is close."])
        .args(arguments);
    run.assert().success().get_output().stdout.contains(&0x1b)
}

#[test]
fn colour_is_for_terminals_and_for_who_asks() {
    assert!(!is_coloured(&[], false), "a pipe is no terminal");
    assert!(is_coloured(&["--color", "always"], false));
    assert!(
        is_coloured(&["--color=always"], true),
        "an option is said later than a variable"
    );
    assert!(!is_coloured(&["--color", "never"], false));
}

#[test]
fn colour_goes_into_a_file_on_demand_alone() {
    let folder = Folder::new();
    let file = folder.path("explained.txt");
    for (when, coloured) in [("auto", false), ("never", false), ("always", true)] {
        stance()
            .args(["explain", "A deal is close.", "--color", when, "--output"])
            .arg(&file)
            .assert()
            .success();
        let written = std::fs::read(&file).unwrap();
        assert_eq!(written.contains(&0x1b), coloured, "--color {when}");
    }
}

#[test]
fn an_unknown_colour_is_wrong_usage() {
    stance()
        .args(["explain", "A deal is close.", "--color", "mauve"])
        .assert()
        .code(2);
}

/// Wide characters take two columns, combining marks none.
#[test]
fn lines_of_all_scripts_stay_within_the_width() {
    let folder = Folder::new();
    let authors =
        "山田太郎; Jose\u{301} A\u{301}lvarez; \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} Holm";
    let body =
        "交渉は再開された。合意は近いと大臣は述べた。両国は条約に署名する用意がある。".repeat(6);
    let table = format!("title,author,text\n合意は近い,{authors},\"{body} A deal is close.\"\n");
    let table = folder.file("articles.csv", table);
    for command in ["report", "compare"] {
        let run = stance().arg(command).arg(&table).assert().success();
        let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(printed.contains("山田太郎"));
        for line in printed.lines() {
            assert!(
                line.width() <= 100,
                "{command}: {} columns: {line}",
                line.width()
            );
        }
    }
}
