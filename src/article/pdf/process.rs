//! A child process with a limit on time, memory and output.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How often a child is asked whether it has ended, once its output has.
const POLL: Duration = Duration::from_millis(5);

/// What a child process may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) time: Duration,
    /// Bytes of address space.
    pub(super) memory: u64,
    /// Bytes on standard output.
    pub(super) output: u64,
}

/// What the command writes to its standard output, or in words what went wrong. The child has
/// ended when this returns.
pub(super) fn output_of(
    program: &Path,
    args: &[OsString],
    limits: Limits,
) -> Result<Vec<u8>, String> {
    let name = program.file_name().unwrap_or(program.as_os_str()).display();
    let deadline = Instant::now() + limits.time;
    let mut child = start(program, args, limits.memory).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{name} is not installed"),
        _ => format!("{name} cannot be started: {error}"),
    })?;
    let result = watch(&mut child, deadline, limits);
    if result.is_err() {
        // It fails if the child has ended already, which is what is wanted.
        let _ = child.kill();
        let _ = child.wait();
    }
    result.map_err(|failure| format!("{name} {failure}"))
}

fn watch(child: &mut Child, deadline: Instant, limits: Limits) -> Result<Vec<u8>, String> {
    let output = child.stdout.take().ok_or("has no output")?;
    let (sender, receiver) = mpsc::channel();
    // Not joined: a grandchild could hold the pipe open after the child was killed.
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.take(limits.output + 1).read_to_end(&mut bytes);
        // Nobody waits for it any more if the time is over.
        let _ = sender.send(read.map(|_| bytes));
    });
    let too_slow = || format!("took longer than {} s", limits.time.as_secs_f32());
    let left = deadline.saturating_duration_since(Instant::now());
    let bytes = receiver.recv_timeout(left).map_err(|_| too_slow())?;
    let bytes = bytes.map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > limits.output {
        return Err(format!("gave more than {} bytes", limits.output));
    }
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(bytes),
            Ok(Some(status)) => return Err(format!("failed ({status})")),
            Ok(None) if Instant::now() < deadline => thread::sleep(POLL),
            Ok(None) => return Err(too_slow()),
            Err(error) => return Err(format!("was lost: {error}")),
        }
    }
}

/// Starts the command under `ulimit -v`, which takes kilobytes. Where the system refuses the limit
/// the command runs without it.
#[cfg(unix)]
fn start(program: &Path, args: &[OsString], memory: u64) -> io::Result<Child> {
    const LIMITED: &str = r#"(ulimit -v "$0") 2>/dev/null && ulimit -v "$0"; exec "$@""#;
    // `sh` would hide that the program is missing.
    if !is_installed(program) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let mut limited = Command::new("/bin/sh");
    limited.args(["-c", LIMITED, &(memory / 1_024).to_string()]);
    spawn(limited.arg(program).args(args))
}

#[cfg(not(unix))]
fn start(program: &Path, args: &[OsString], _memory: u64) -> io::Result<Child> {
    spawn(Command::new(program).args(args))
}

#[cfg(unix)]
fn is_installed(program: &Path) -> bool {
    let has_folder = program.components().count() > 1;
    let folders = std::env::var_os("PATH").unwrap_or_default();
    program.is_file() && has_folder
        || !has_folder
            && std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

fn spawn(command: &mut Command) -> io::Result<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}
