//! `stance label`: a page to label sentences on, served on this machine.

use super::args::refuse_overwriting;
use super::label_address::{keep, kept};
use super::progress::{Progress, say};
use super::tagging::read_options;
use crate::article::source::open;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::labelling::server::{Address, Service, bind, serve};
use crate::labelling::{Corpus, Desk, Guide, Queue, Retraining, check_name};
use crate::tagger::{Settings, Tagger};
use std::path::PathBuf;
use std::sync::Arc;

/// Label sentences by hand, on a page that this machine serves to its own browser
///
/// Every label is on the disk before the next sentence shows: in FILE.csv.journal at once, and in
/// FILE.csv, which the other commands read, right after. Ends with Ctrl-C; the same command goes
/// on where it stopped.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles: files, folders or -
    #[arg(required = true, value_name = "ARTICLES")]
    inputs: Vec<PathBuf>,
    /// The table that the labels are written to (CSV); what is in it stays
    #[arg(long, value_name = "FILE.csv")]
    labels: PathBuf,
    /// The inputs are tables of ready sentences: one row is one sentence
    #[arg(long)]
    sentences: bool,
    /// Who labels [default: asked by the page]
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// The order in which sentences are offered at first
    #[arg(long, value_enum, default_value_t)]
    queue: QueueName,
    /// The label sets, their order and meaning
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// A guide for annotators, to be shown on the page [default: the meanings in the codebook]
    #[arg(long, value_name = "FILE.md")]
    guide: Option<PathBuf>,
    /// The model that suggests until there is one of these labels [default: the one that comes
    /// with the program]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Show the model's suggestion before the choice; it makes labels more like the model
    #[arg(long)]
    suggest: bool,
    /// Learn a model from the labels after so many new ones; 0: never
    #[arg(long, value_name = "N", default_value_t = 50)]
    retrain_every: usize,
    #[command(flatten)]
    opening: Opening,
}

/// How the page is opened.
#[derive(Debug, clap::Args)]
pub(super) struct Opening {
    /// The port of the page [default: any that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Print the address and open no browser
    #[arg(long)]
    no_open: bool,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum QueueName {
    #[default]
    Reading,
    Uncertain,
    Diverse,
    Audit,
}

impl From<QueueName> for Queue {
    fn from(name: QueueName) -> Self {
        match name {
            QueueName::Reading => Self::Reading,
            QueueName::Uncertain => Self::Uncertain,
            QueueName::Diverse => Self::Diverse,
            QueueName::Audit => Self::Audit,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<()> {
    let read = args.inputs.iter().filter(|input| !input.is_dir());
    let read = read
        .chain(&args.model)
        .chain(&args.guide)
        .chain(&args.codebook);
    refuse_overwriting(Some(&args.labels), read)?;
    check_annotator(args.annotator.as_deref())?;
    let codebook = match &args.codebook {
        Some(file) => Codebook::read(file)?,
        None => Codebook::shipped(),
    };
    let guide = match &args.guide {
        Some(file) => Guide::new(
            std::fs::read_to_string(file)
                .map_err(|error| Error::io("cannot read the guide", error).at(file))?,
        ),
        None => Guide::of(&codebook),
    };
    let first = match &args.model {
        Some(file) => (Tagger::load(file)?, file.display().to_string()),
        None => (Tagger::shipped(), "shipped".to_owned()),
    };
    let corpus = read_corpus(args)?;
    let retraining = Retraining::new(args.retrain_every, Settings::default(), first, &codebook);
    let service = Service {
        desk: Desk::open(corpus, codebook, &args.labels, None, retraining)?,
        guide,
        annotator: args.annotator.clone(),
        queue: args.queue.into(),
        suggest: args.suggest,
    };
    run_page(service, &args.opening)
}

/// Refuses a name that nobody can have.
pub(super) fn check_annotator(name: Option<&str>) -> Result<()> {
    match name.filter(|name| check_name(name).is_err()) {
        None => Ok(()),
        Some(name) => Err(Error::usage(format!("`{name}` is no name of an annotator"))
            .remedy("give one of 1 to 100 characters, without space around it")),
    }
}

fn read_corpus(args: &Args) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    match args.sentences {
        true => corpus.add_tables(&args.inputs, None, &read_options())?,
        false => add_articles(&mut corpus, &args.inputs),
    }
    match corpus.is_empty() {
        false => Ok(corpus),
        true => Err(Error::input("no sentence to label")
            .at(&args.inputs[0])
            .remedy("name a file or folder that holds articles")),
    }
}

/// Adds all articles that can be read; of others it is said that they cannot.
pub(super) fn add_articles(corpus: &mut Corpus, inputs: &[PathBuf]) {
    let progress = Progress::counting("articles");
    let mut articles = Vec::new();
    for article in open(inputs, &read_options()) {
        match article {
            Ok(article) => articles.push(article),
            Err(error) => progress.note(&format!("error: {error}")),
        }
        progress.add(1);
    }
    corpus.add_articles(&articles);
}

/// Serves the page until Ctrl-C.
pub(super) fn run_page(service: Service, opening: &Opening) -> Result<()> {
    let service = Arc::new(service);
    let learner = service.clone();
    std::thread::spawn(move || learner.desk.learn());
    let served = serve_until_interrupted(&service, opening);
    let labels = &service.desk.labels_file;
    let closed = service.desk.close();
    if served.is_ok() && closed.is_ok() {
        keep(labels, None);
    }
    served.and(closed)?;
    let store = service.desk.store();
    let written = store.labels();
    let written = written
        .iter()
        .filter(|(_, _, label)| label.says_something());
    say(&format!(
        "labels in {}: {}",
        labels.display(),
        written.count()
    ));
    Ok(())
}

fn serve_until_interrupted(service: &Arc<Service>, opening: &Opening) -> Result<()> {
    let failed = |error| Error::io("cannot serve the page", error);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let labels = &service.desk.labels_file;
    runtime.block_on(async {
        let end = interrupted().map_err(failed)?;
        let (listener, address) = listen(opening.port, kept(labels)).await?;
        keep(labels, Some(&address));
        say(&format!(
            "{} sentences of {} articles; labels go to {}",
            service.desk.corpus.len(),
            service.desk.corpus.articles.len(),
            labels.display()
        ));
        say(&format!("open {}", address.url()));
        say("end with Ctrl-C");
        if !opening.no_open {
            // Whoever has no browser has the address.
            let _ = open::that_detached(address.url());
        }
        serve(listener, &address, service.clone(), end)
            .await
            .map_err(failed)
    })
}

/// Takes the port asked for, or that of a server that crashed, so that its open pages go on, or
/// any other.
async fn listen(
    port: Option<u16>,
    before: Option<Address>,
) -> Result<(tokio::net::TcpListener, Address)> {
    if let Some(before) = before.filter(|before| port.is_none_or(|port| port == before.port))
        && let Ok(listener) = bind(before.port).await
    {
        return Ok((listener, before));
    }
    let refused = |error| {
        Error::io("cannot listen on this port", error)
            .remedy("leave --port out, and any that is free is taken")
    };
    let listener = bind(port.unwrap_or(0)).await.map_err(refused)?;
    let port = listener.local_addr().map_err(refused)?.port();
    Ok((listener, Address::new(port)?))
}

/// Ctrl-C, or being asked to end by the system. Listens from now on, not only once it is awaited:
/// whoever reads the address may end the server at once.
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut terminated = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
