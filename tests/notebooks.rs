//! The notebooks run with the Python package as it is, and carry what they print.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use serde_json::Value;
use std::collections::BTreeSet;
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
    timeout=900,
    kernel_name="python3",
    record_timing=False,
    coalesce_streams=True,
    resources={"metadata": {"path": folder}},
).execute()
notebook.metadata["language_info"] = {"name": "python"}
nbformat.write(notebook, target)
"#;

/// What `notebooks/requirements.txt` lists, as Python imports it, and the package.
const IMPORTS: &str =
    "import ipykernel, matplotlib, nbclient, nbformat, numpy, pandas, pyarrow, stance";

/// What the notebook about Spark needs beside it.
const SPARK: &str = "import pyspark, shutil; assert shutil.which('java')";

/// Each notebook, and how many figures it draws.
const NOTEBOOKS: [(&str, usize); 4] = [
    ("authors_over_time.ipynb", 5),
    ("more_labels.ipynb", 4),
    ("retrain.ipynb", 3),
    ("spark.ipynb", 2),
];

#[test]
fn authors_over_time_runs() {
    assert_runs("authors_over_time.ipynb");
}

#[test]
fn more_labels_runs() {
    assert_runs("more_labels.ipynb");
}

#[test]
fn retrain_runs() {
    assert_runs("retrain.ipynb");
}

#[test]
fn spark_runs() {
    assert_runs_with("spark.ipynb", &format!("{IMPORTS}; {SPARK}"));
}

#[test]
fn all_notebooks_carry_their_outputs() {
    let found: BTreeSet<String> = std::fs::read_dir(notebooks())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ipynb"))
        .collect();
    let known = NOTEBOOKS.map(|(name, _)| name.to_owned());
    assert_eq!(found, BTreeSet::from(known), "each has a test of its own");
    for (name, figures) in NOTEBOOKS {
        assert_outputs(&notebooks().join(name), figures);
    }
}

fn assert_runs(name: &str) {
    assert_runs_with(name, IMPORTS);
}

/// A notebook runs from top to bottom where Python has what it needs.
fn assert_runs_with(name: &str, needs: &str) {
    let python = std::env::var_os("STANCE_PYTHON").unwrap_or_else(|| OsString::from("python3"));
    let mut importing = Command::new(&python);
    importing.args(["-c", needs]);
    if !importing.output().is_ok_and(|found| found.status.success()) {
        println!(
            "skipped: {} cannot `{needs}`; see notebooks/README.md",
            python.display()
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (notebook, copy) = (notebooks().join(name), folder.path().join(name));
    let executed = Command::new(&python)
        .args(["-c", EXECUTE])
        .args([&notebook, &notebooks(), &copy])
        .output()
        .unwrap();
    assert!(
        executed.status.success(),
        "{}",
        String::from_utf8_lossy(&executed.stderr)
    );
    let figures = NOTEBOOKS.iter().find(|(known, _)| *known == name).unwrap();
    assert_outputs(&copy, figures.1);
    // The flag that renews golden files renews the notebooks, too.
    if std::env::var("INSTA_UPDATE").is_ok_and(|wish| wish == "always") {
        std::fs::copy(&copy, notebook).unwrap();
    }
}

/// Every cell of code has been run, in order, without an error or a warning, and so many drew.
fn assert_outputs(file: &Path, figures: usize) {
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
    let name = file.display();
    for (at, cell) in code.iter().enumerate() {
        assert_eq!(cell["execution_count"], at + 1, "{name}, cell {at}");
    }
    for output in outputs() {
        assert_ne!(output["output_type"], "error", "{name}: {output}");
        assert_ne!(output["name"], "stderr", "{name}: {output}");
    }
    let drawn = outputs().filter(|output| output["data"]["image/png"].is_string());
    assert_eq!(drawn.count(), figures, "{name}");
}

fn notebooks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks")
}
