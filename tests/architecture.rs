//! A room uses only rooms before it on the road.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

const ROAD: [&str; 16] = [
    "error",
    "codebook",
    "article",
    "sentence",
    "voice",
    "linear",
    "features",
    "labels",
    "metrics",
    "prevalence",
    "tagger",
    "evaluate",
    "compare",
    "report",
    "labelling",
    "cli",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(room: &str) -> Vec<PathBuf> {
    let mut found = vec![source().join(format!("{room}.rs"))];
    let mut folders = vec![source().join(room)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.retain(|file| file.is_file());
    assert!(!found.is_empty(), "there is no room `{room}`");
    found
}

/// Documentation may point ahead; code may not.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_room_uses_only_rooms_before_it() {
    for (place, room) in ROAD.iter().enumerate() {
        for file in files(room) {
            let code = code(&file);
            for later in &ROAD[place + 1..] {
                let used = code.contains(&format!("crate::{later}"));
                assert!(!used, "{} uses `{later}`", file.display());
            }
        }
    }
}

#[test]
fn the_library_lists_the_rooms_in_order() {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    let listed: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(listed, ROAD);
}

#[test]
fn only_the_command_line_prints() {
    for room in ROAD.iter().filter(|room| **room != "cli") {
        for file in files(room) {
            let code = code(&file);
            for printing in ["println!", "eprintln!", "print!(", "io::stdout"] {
                assert!(!code.contains(printing), "{} prints", file.display());
            }
        }
    }
}
