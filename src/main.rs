//! The `stance` program; everything is in the library.

fn main() -> std::process::ExitCode {
    stance::cli::main()
}
