//! Load on the labelling server: so many labels a second for so long, on a corpus of so many
//! sentences; then the server is killed, started again and ended, and every label that it answered
//! for must stand in the labels file once, and no other.
//!
//! ```sh
//! cargo build --release && cargo run --release --example label_load -- 200 60 100000
//! ```
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement that prints; what fails is its end"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ANNOTATORS: usize = 8;

fn main() {
    let mut given = std::env::args()
        .skip(1)
        .map(|number| number.parse::<usize>().unwrap());
    let rate = given.next().unwrap_or(200);
    let seconds = given.next().unwrap_or(60);
    let sentences = given.next().unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    write_articles(&articles, sentences);
    let labels = folder.path().join("labels.csv");

    let start = Instant::now();
    let mut server = Server::start(&articles, &labels);
    println!(
        "{sentences} sentences: ready after {:.1} s",
        start.elapsed().as_secs_f64()
    );
    server.time_reading();
    let requests = (rate * seconds).min(sentences * ANNOTATORS);
    let outcome = server.load(rate, requests);
    report(&outcome, rate, requests);
    server.kill();
    let start = Instant::now();
    let mut server = Server::start(&articles, &labels);
    println!(
        "killed and started again: ready after {:.1} s",
        start.elapsed().as_secs_f64()
    );
    server.kill();
    check(&labels, &outcome.stored);
}

/// Articles of fifty sentences that differ.
fn write_articles(folder: &Path, sentences: usize) {
    fs::create_dir(folder).unwrap();
    let words = [
        "talks", "strait", "envoy", "treaty", "ferry", "island", "budget", "harbour",
    ];
    for article in 0..sentences.div_ceil(50) {
        let mut text = format!(
            "A note on round {article}\n\nBy Author {}\n\n",
            number(article % 97)
        );
        for at in article * 50..((article + 1) * 50).min(sentences) {
            let [a, b] = [at % 8, at / 8 % 8].map(|word| words[word]);
            let end = if at % 5 == 4 { "\n\n" } else { " " };
            write!(
                text,
                "The {a} and the {b} of case {at} stand where they stood last year.{end}"
            )
            .unwrap();
        }
        fs::write(folder.join(format!("round-{article:05}.txt")), text).unwrap();
    }
}

fn number(at: usize) -> String {
    let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
    format!("{}{}", letter(at / 26).to_uppercase(), letter(at))
}

struct Server {
    child: Child,
    port: u16,
    token: String,
}

struct Outcome {
    /// Annotator and sentence of every label that was answered for.
    stored: Vec<(usize, usize)>,
    refused: usize,
    latencies: Vec<Duration>,
    took: Duration,
}

impl Server {
    fn start(articles: &Path, labels: &Path) -> Self {
        let program: PathBuf = std::env::current_exe().unwrap();
        let program = program
            .parent()
            .and_then(Path::parent)
            .unwrap()
            .join("stance");
        let mut command = Command::new(program);
        command
            .arg("label")
            .arg(articles)
            .arg("--labels")
            .arg(labels);
        command
            .args(["--no-open", "--retrain-every", "0"])
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .find_map(|line| {
                Some(
                    line.ok()?
                        .strip_prefix("open http://127.0.0.1:")?
                        .to_owned(),
                )
            })
            .unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let (port, token) = address.trim_end_matches('/').split_once('/').unwrap();
        Self {
            child,
            port: port.parse().unwrap(),
            token: token.to_owned(),
        }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How long it takes to be told what to label next, and to be shown it.
    fn time_reading(&self) {
        let mut connection = self.connect();
        for path in [
            "next?annotator=a0&queue=reading",
            "next?annotator=a0&queue=audit",
            "next?annotator=a0&queue=diverse",
            "sentence/99?annotator=a0",
            "search?annotator=a0&q=case%2099",
            "progress?annotator=a0",
        ] {
            let first = connection.ask("GET", &self.path(path), "").1;
            let again = connection.ask("GET", &self.path(path), "").1;
            println!("  {path}: {:.1} ms, again {:.1} ms", ms(first), ms(again));
        }
    }

    fn path(&self, api: &str) -> String {
        format!("/{}/api/{api}", self.token)
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection {
            port: self.port,
            reader: BufReader::new(stream),
        }
    }

    /// Sends the labels of all annotators, each over a connection of its own, at an even pace.
    fn load(&self, rate: usize, requests: usize) -> Outcome {
        let start = Instant::now();
        let gap = Duration::from_secs_f64(ANNOTATORS as f64 / rate as f64);
        let of_all: Vec<Vec<(usize, u16, Duration)>> = std::thread::scope(|scope| {
            let annotator = |who: usize| {
                scope.spawn(move || {
                    let mut connection = self.connect();
                    let own = requests / ANNOTATORS;
                    let label = |at: usize| {
                        let due = gap.mul_f64(at as f64 + who as f64 / ANNOTATORS as f64);
                        std::thread::sleep(due.saturating_sub(start.elapsed()));
                        let (status, took) =
                            connection.ask("POST", &self.path("label"), &body(who, at));
                        (at, status, took)
                    };
                    (0..own).map(label).collect()
                })
            };
            let threads: Vec<_> = (0..ANNOTATORS).map(annotator).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        let mut outcome = Outcome {
            stored: Vec::new(),
            refused: 0,
            latencies: Vec::new(),
            took: start.elapsed(),
        };
        for (who, answers) in of_all.into_iter().enumerate() {
            for (sentence, status, took) in answers {
                outcome.latencies.push(took);
                match status {
                    200 => outcome.stored.push((who, sentence)),
                    _ => outcome.refused += 1,
                }
            }
        }
        outcome.latencies.sort_unstable();
        outcome
    }
}

/// What an annotator says of a sentence.
fn body(who: usize, sentence: usize) -> String {
    let label = ["sceptical", "neutral", "optimistic"][(who + sentence) % 3];
    format!(
        "{{\"annotator\":\"a{who}\",\"sentence\":{sentence},\"labels\":{{\"stance\":\"{label}\"}},\
         \"revision\":0,\"request\":\"{who}-{sentence}\"}}"
    )
}

struct Connection {
    port: u16,
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Sends a request and reads its answer: status, and how long it took.
    fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, Duration) {
        let start = Instant::now();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        self.reader.get_mut().write_all(request.as_bytes()).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.reader.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        });
        let mut answer = vec![0; length.unwrap()];
        self.reader.read_exact(&mut answer).unwrap();
        (
            head.split(' ').nth(1).unwrap().parse().unwrap(),
            start.elapsed(),
        )
    }
}

fn report(outcome: &Outcome, rate: usize, requests: usize) {
    let at = |share: f64| {
        let last = outcome.latencies.len() - 1;
        ms(outcome.latencies[(last as f64 * share) as usize])
    };
    let seconds = outcome.took.as_secs_f64();
    println!(
        "{requests} labels asked at {rate} a second: {} stored, {} refused in {seconds:.1} s ({:.0} a second)",
        outcome.stored.len(),
        outcome.refused,
        outcome.latencies.len() as f64 / seconds,
    );
    println!(
        "answered, on the disk, after {:.1} ms (median), {:.1} ms (99 of 100), {:.1} ms (longest)",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

/// Every label that was answered for stands in the file once.
fn check(labels: &Path, stored: &[(usize, usize)]) {
    let mut rows = csv::Reader::from_path(labels).unwrap();
    let names = rows.headers().unwrap().clone();
    let column = |name: &str| names.iter().position(|column| column == name).unwrap();
    let [annotator, text, stance] = ["annotator", "text", "stance"].map(column);
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in rows.records() {
        let row = row.unwrap();
        let key = (row[annotator].to_owned(), row[text].to_owned());
        found.entry(key).or_default().push(row[stance].to_owned());
    }
    let words = [
        "talks", "strait", "envoy", "treaty", "ferry", "island", "budget", "harbour",
    ];
    let mut lost = 0;
    for &(who, at) in stored {
        let [a, b] = [at % 8, at / 8 % 8].map(|word| words[word]);
        let text = format!("The {a} and the {b} of case {at} stand where they stood last year.");
        let label = ["sceptical", "neutral", "optimistic"][(who + at) % 3];
        let rows = found.get(&(format!("a{who}"), text));
        lost += usize::from(rows.is_none_or(|rows| rows[0] != label));
    }
    let rows: usize = found.values().map(Vec::len).sum();
    let doubled = found.values().filter(|rows| rows.len() > 1).count();
    println!("labels file: {rows} rows, {lost} labels lost or wrong, {doubled} doubled");
    assert!(lost == 0 && doubled == 0 && rows == stored.len());
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
