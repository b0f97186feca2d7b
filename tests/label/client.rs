//! The program as a server, and a small HTTP client.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A folder with articles and a labels file.
pub struct Project(pub tempfile::TempDir);

impl Project {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path("articles")).unwrap();
        for (name, text) in super::ARTICLES {
            fs::write(folder.path("articles").join(name), text).unwrap();
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn labels(&self) -> PathBuf {
        self.path("labels.csv")
    }

    /// The command that serves the articles.
    pub fn command(&self) -> Command {
        let mut command = program();
        command.arg("label").arg(self.path("articles"));
        command.arg("--labels").arg(self.labels());
        command.arg("--no-open");
        command
    }

    pub fn serve(&self) -> Server {
        let mut command = self.command();
        command.args(["--retrain-every", "0"]);
        Server::start(command)
    }

    /// The rows of the labels file: column and value.
    pub fn rows(&self) -> Vec<Vec<(String, String)>> {
        rows(&self.labels())
    }
}

pub fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("stance"));
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command
}

pub fn rows(path: &Path) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        let cells = names.iter().zip(row.iter());
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader.records().map(|found| row(found.unwrap())).collect()
}

/// A cell of a row.
pub fn cell<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    &row.iter().find(|(column, _)| column == name).unwrap().1
}

/// A running server.
pub struct Server {
    child: Child,
    pub port: u16,
    pub token: String,
}

/// An answer: status, head and body.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            said.push(line.clone());
            Some(line.strip_prefix("open http://127.0.0.1:")?.to_owned())
        });
        // Nobody reads on; what comes must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let address = address.unwrap_or_else(|| panic!("the server did not start: {said:?}"));
        let (port, token) = address.trim_end_matches('/').split_once('/').unwrap();
        Self {
            child,
            port: port.parse().unwrap(),
            token: token.to_owned(),
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends bytes and reads the answer.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return Answer {
                status: 0,
                head: String::new(),
                body: String::new(),
            };
        };
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        // A server that refuses a long body may close before it has read all of it.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// A request with a head of its own.
    pub fn with(&self, method: &str, path: &str, head: &str, body: &str) -> Answer {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{head}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.raw(request.as_bytes())
    }

    pub fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}\r\n", self.port)
    }

    pub fn api(&self, path: &str) -> String {
        format!("/{}/api/{path}", self.token)
    }

    pub fn get(&self, path: &str) -> Value {
        let answer = self.with("GET", &self.api(path), &self.host(), "");
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let head = format!("{}Content-Type: application/json\r\n", self.host());
        self.with("POST", &self.api(path), &head, &body.to_string())
    }

    /// Labels a sentence in all sets.
    pub fn label(&self, annotator: &str, sentence: usize, stance: &str, revision: u64) -> Answer {
        self.post("label", &request(annotator, sentence, stance, revision))
    }

    pub fn undo(&self, annotator: &str, request: &str) -> Value {
        self.post("undo", &json!({"annotator": annotator, "request": request}))
            .json()
    }

    /// Ends the server as Ctrl-C does.
    pub fn end(mut self) {
        let killed = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        let start = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "the server does not end"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(self.child.wait().unwrap().success());
    }

    /// Ends the server as a crash does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn request(annotator: &str, sentence: usize, stance: &str, revision: u64) -> Value {
    json!({
        "annotator": annotator,
        "sentence": sentence,
        "labels": {"stance": stance, "role": "claim", "voice": "author"},
        "holder": null,
        "unsure": false,
        "note": "",
        "skipped": false,
        "revision": revision,
        "request": format!("{annotator}-{sentence}-{stance}-{revision}"),
    })
}
