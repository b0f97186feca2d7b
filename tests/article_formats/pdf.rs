//! PDF files, whole and broken, and extractors that fail in every way there is.
//!
//! The worker is this test program itself, by the test `worker`, through a line of shell.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stance::article::pdf::{PdfSettings, PdfWorker, extract_in_this_process, fault, from_pdf};

use super::pdf_file::{assemble, pdf};

const LINES: &[&str] = &[
    "The delegations met again on Monday in the old customs house, and once",
    "more they left without naming a day for the signing. Nobody in the hall",
    "(it seems) had expected them to do anything else.",
    "",
    "What has changed is the tone, which is warmer than it was.",
];

/// Writes the text of `STANCE_TEST_PDF` to `STANCE_TEST_TEXT`, if it is started as a worker.
#[test]
fn worker() {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    if let (Some(pdf), Some(text)) = (variable("STANCE_TEST_PDF"), variable("STANCE_TEST_TEXT")) {
        fs::write(text, extract_in_this_process(&pdf).unwrap()).unwrap();
    }
}

/// A worker that runs a line of shell, in which `$1` is the PDF.
fn shell(line: &str) -> PdfWorker {
    PdfWorker {
        program: "sh".into(),
        args: ["-c", line, "sh"].map(Into::into).to_vec(),
    }
}

fn own_worker() -> PdfWorker {
    let program = std::env::current_exe().unwrap();
    shell(&format!(
        "out=$(mktemp) && STANCE_TEST_PDF=\"$1\" STANCE_TEST_TEXT=\"$out\" '{}' --exact pdf::worker >/dev/null \
         && cat \"$out\"; code=$?; rm -f \"$out\"; exit $code",
        program.display()
    ))
}

/// Settings under which only the worker can succeed.
fn only(worker: PdfWorker) -> PdfSettings {
    PdfSettings {
        worker: Some(worker),
        pdftotext: "/nowhere/pdftotext".into(),
        ..PdfSettings::default()
    }
}

#[test]
fn a_pdf_is_read_line_by_line_over_its_pages() {
    let article = from_pdf("brief.pdf", &pdf(&[LINES, LINES]), &only(own_worker())).unwrap();
    assert_eq!(article.source, "brief.pdf");
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let expected = words(&[LINES, LINES].concat().join(" "));
    assert_eq!(words(&article.text), expected);
}

#[test]
fn broken_files_are_errors_that_name_the_file_and_a_remedy() {
    let whole = pdf(&[LINES]);
    let text = String::from_utf8(whole.clone()).unwrap();
    let encryption = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (x) /U (x) >> /ID [(a) (b)]";
    let long = text.replacen("/Length ", "/Length 99999999999999", 1);
    for (case, bytes) in [
        ("no pdf", b"<html>Not found</html>".to_vec()),
        ("header only", b"%PDF-1.7\n".to_vec()),
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("no page", pdf(&[])),
        ("no text", pdf(&[&[]])),
        (
            "encrypted",
            assemble(&["<< /Type /Catalog >>".to_owned()], encryption),
        ),
        (
            "no media box",
            text.replace("/MediaBox", "/Nothing_").into_bytes(),
        ),
        (
            "pages in a circle",
            text.replace("/Kids [4 0 R]", "/Kids [2 0 R]").into_bytes(),
        ),
        (
            "figures",
            pdf(&[&["1 2 3 4 5 6 7 8 9 10 11 12 13", "14 15 16 17 18 19"]]),
        ),
        (
            "split",
            pdf(&[&["T he de le ga ti ons m et a ga in o n M on da y i n t he o ld ho use"; 4]]),
        ),
        ("endless stream", long.into_bytes()),
    ] {
        let error = match from_pdf("file.pdf", &bytes, &only(own_worker())) {
            Err(error) => error,
            // The extractor repairs a wrong length by looking for `endstream`.
            Ok(article) => {
                assert_eq!(case, "endless stream");
                assert!(article.text.contains("customs house"));
                continue;
            }
        };
        assert!(
            error.to_string().starts_with("file.pdf: "),
            "{case}: {error}"
        );
        assert!(error.remedy.is_some(), "{case}: {error}");
        let remedy = error.remedy.unwrap_or_default();
        assert_eq!(
            remedy.contains("encrypted"),
            case == "encrypted",
            "{case}: {remedy}"
        );
    }
}

#[test]
fn an_extractor_that_never_ends_is_ended() {
    for line in ["sleep 60", "cat /dev/zero", "echo text; exec >&-; sleep 60"] {
        let settings = PdfSettings {
            time_limit: Duration::from_millis(400),
            max_text_bytes: 1 << 16,
            ..only(shell(line))
        };
        let started = Instant::now();
        let error = from_pdf("file.pdf", &pdf(&[LINES]), &settings).unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(20), "{line}");
        assert!(
            error.what.contains("took longer") || error.what.contains("more than"),
            "{error}"
        );
    }
}

#[test]
fn an_extractor_that_wants_too_much_memory_is_refused() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let limit = "test \"$(ulimit -v)\" = 65536 && echo 'The limit is in force here.'";
    let settings = PdfSettings {
        memory_limit: 64 << 20,
        ..only(shell(limit))
    };
    let article = from_pdf("file.pdf", &pdf(&[LINES]), &settings).unwrap();
    assert_eq!(article.text.trim(), "The limit is in force here.");
}

#[test]
fn what_the_worker_cannot_read_pdftotext_may() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let pdftotext = folder.path().join("pdftotext");
    fs::write(
        &pdftotext,
        "#!/bin/sh\ntest \"$4\" = - && test -f \"$3\" && echo 'The fallback read it.'\n",
    )
    .unwrap();
    fs::set_permissions(&pdftotext, fs::Permissions::from_mode(0o755)).unwrap();
    for line in [
        "exit 3",
        "kill -9 $$",
        "true",
        "echo 1234567890 1234567890",
        "printf '\\377\\376'",
    ] {
        let settings = PdfSettings {
            pdftotext: pdftotext.clone(),
            ..only(shell(line))
        };
        let article = from_pdf("file.pdf", &pdf(&[LINES]), &settings).unwrap();
        assert_eq!(article.text.trim(), "The fallback read it.", "{line}");
    }
}

#[test]
fn a_missing_extractor_is_named() {
    let settings = PdfSettings {
        pdftotext: "no-such-pdftotext".into(),
        ..PdfSettings::default()
    };
    let error = from_pdf("file.pdf", &pdf(&[LINES]), &settings).unwrap_err();
    assert!(
        error.what.contains("no-such-pdftotext is not installed"),
        "{error}"
    );
}

#[test]
fn the_extractor_in_this_process_fails_without_a_panic() {
    let error = extract_in_this_process(Path::new("/nowhere/file.pdf")).unwrap_err();
    assert!(error.to_string().starts_with("/nowhere/file.pdf: "));
}

#[test]
fn the_gate_knows_words_from_their_wreckage() {
    let prose = LINES.join("\n");
    assert_eq!(fault(&prose), None);
    for (name, text) in [
        ("glued", prose.replace(' ', "")),
        ("glued in part", prose.replacen(' ', "", 35)),
        ("spaced", prose.chars().flat_map(|c| [c, ' ']).collect()),
        ("unknown letters", prose.replace('e', "\u{fffd}")),
        ("private letters", prose.replace('e', "\u{e001}")),
        ("figures", prose.replace(|c: char| c.is_alphabetic(), "7")),
        ("nothing", " \n\u{c}\n".to_owned()),
    ] {
        assert!(fault(&text).is_some(), "{name}");
    }
    let chinese = "双方代表团星期一在旧海关大楼再次会面，离开时仍未确定签署日期。".repeat(9);
    assert_eq!(fault(&chinese), None);
    let russian =
        "Делегации снова встретились в понедельник и снова разошлись, не назвав дня. ".repeat(9);
    assert_eq!(fault(&russian), None);
}
