//! The command line: one file per command, and the only place that prints.

mod agree;
mod args;
mod card;
mod chart;
mod check;
mod compare;
mod evaluate;
mod explain;
mod extract_pdf;
mod inspect;
mod label;
mod label_address;
mod output;
mod progress;
mod report;
mod rows;
mod tag;
mod tagging;
mod terminal;
mod train;

use crate::error::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tags the sentences of articles by their stance on a settlement, and compares authors.
///
/// Input is files, folders or - (standard input). Results go to standard output or --output,
/// messages to standard error. Exit code 0: done; 1: could not; 2: wrong usage.
#[derive(Debug, Parser)]
#[command(name = "stance", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Use so many threads instead of one per core; results do not depend on it
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    #[command(flatten)]
    colour: colorchoice_clap::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Train(train::Args),
    Evaluate(evaluate::Args),
    Tag(tag::Args),
    Report(report::Args),
    Compare(compare::Args),
    Explain(explain::Args),
    Agree(agree::Args),
    Label(label::Args),
    Check(check::Args),
    Inspect(inspect::Args),
    #[command(hide = true)]
    ExtractPdf(extract_pdf::Args),
}

/// Runs the program on the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.colour.write_global();
    let result = start_threads(cli.threads).and_then(|()| match cli.command {
        Command::Train(args) => train::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Tag(args) => tag::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Agree(args) => agree::run(&args),
        Command::Label(args) => label::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::ExtractPdf(args) => extract_pdf::run(&args),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            progress::say(&format!("error: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}

fn start_threads(threads: Option<u16>) -> Result<()> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(|error| {
            crate::error::Error::usage(format!("cannot start {threads} threads: {error}"))
        })
}
