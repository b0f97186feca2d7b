//! The notebooks run with the program as it is, and carry what they print.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Executes the notebook `argv[1]` in the folder `argv[2]` and writes it, with its outputs, to
/// `argv[3]`.
const EXECUTE: &str = r#"
import sys
import nbformat
from nbclient import NotebookClient

source, folder, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
NotebookClient(
    notebook,
    timeout=300,
    kernel_name="python3",
    record_timing=False,
    resources={"metadata": {"path": folder}},
).execute()
notebook.metadata["language_info"] = {"name": "python"}
nbformat.write(notebook, target)
"#;

/// What `notebooks/requirements.txt` lists, as Python imports it.
const IMPORTS: &str = "import ipykernel, matplotlib, nbclient, nbformat, pandas";

#[test]
fn the_notebook_runs_with_the_program() {
    let python = std::env::var_os("STANCE_PYTHON").unwrap_or_else(|| OsString::from("python3"));
    let mut importing = Command::new(&python);
    importing.args(["-c", IMPORTS]);
    if !importing.output().is_ok_and(|found| found.status.success()) {
        println!(
            "skipped: {} cannot `{IMPORTS}`; see notebooks/README.md",
            python.display()
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("explore.ipynb");
    let executed = Command::new(&python)
        .args(["-c", EXECUTE])
        .args([&notebook(), &notebooks(), &copy])
        .env("STANCE", assert_cmd::cargo::cargo_bin!("stance"))
        .output()
        .unwrap();
    assert!(
        executed.status.success(),
        "{}",
        String::from_utf8_lossy(&executed.stderr)
    );
    assert_outputs(&copy);
    // The flag that renews golden files renews this one, too.
    if std::env::var("INSTA_UPDATE").is_ok_and(|wish| wish == "always") {
        std::fs::copy(&copy, notebook()).unwrap();
    }
}

#[test]
fn the_notebook_carries_its_outputs() {
    assert_outputs(&notebook());
}

/// Every cell of code has been run, in order and without an error, and two of them drew.
fn assert_outputs(file: &Path) {
    let notebook: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let cells = notebook["cells"].as_array().unwrap();
    let code: Vec<&Value> = cells
        .iter()
        .filter(|cell| cell["cell_type"] == "code")
        .collect();
    let outputs = || {
        code.iter()
            .flat_map(|cell| cell["outputs"].as_array().unwrap())
    };
    for (at, cell) in code.iter().enumerate() {
        assert_eq!(cell["execution_count"], at + 1, "cell {at}");
    }
    assert!(outputs().all(|output| output["output_type"] != "error"));
    let drawn = outputs().filter(|output| output["data"]["image/png"].is_string());
    assert_eq!(drawn.count(), 2);
}

fn notebooks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks")
}

fn notebook() -> PathBuf {
    notebooks().join("explore.ipynb")
}
