//! `stance label`: a page to label sentences on, served on this machine.

use super::args::refuse_overwriting;
use super::label_address::{keep, kept};
use super::progress::{Progress, say};
use super::tagging::read_options;
use crate::article::source::open;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::labelling::server::{Address, Service, bind, serve};
use crate::labelling::{Corpus, Desk, Disputed, Guide, Queue, Retraining, check_name};
use crate::tagger::{Settings, Tagger};
use std::path::{Path, PathBuf};
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
    /// The inputs are tables of ready sentences: one row is one sentence
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    page: PageArgs,
    /// The order in which sentences are offered at first
    #[arg(long, value_enum, default_value_t)]
    queue: QueueName,
}

/// How the page is served, and where the labels go.
#[derive(Debug, clap::Args)]
pub(super) struct PageArgs {
    /// The table that the labels are written to (CSV); what is in it stays
    #[arg(long, value_name = "FILE.csv")]
    pub labels: PathBuf,
    #[command(flatten)]
    pub serving: ServingArgs,
}

/// How the page is served.
#[derive(Debug, clap::Args)]
pub(super) struct ServingArgs {
    /// Who labels [default: asked by the page]
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// The model that suggests until there is one of these labels [default: the one that comes
    /// with the program]
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// A guide for annotators, to be shown on the page [default: the meanings in the codebook]
    #[arg(long, value_name = "FILE.md")]
    pub guide: Option<PathBuf>,
    /// Show the model's suggestion before the choice; it makes labels more like the model
    #[arg(long)]
    pub suggest: bool,
    /// Learn a model from the labels after so many new ones; 0: never
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub retrain_every: usize,
    /// The port of the page [default: any that is free]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// The label sets, their order and meaning
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
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
    let labels = &args.page.labels;
    let serving = &args.page.serving;
    let read = serving.reads();
    let inputs: Vec<&PathBuf> = args.inputs.iter().filter(|input| !input.is_dir()).collect();
    refuse_overwriting(Some(labels), read.chain(inputs))?;
    let corpus = match args.sentences {
        true => read_tables(&args.inputs)?,
        false => read_articles(&args.inputs)?,
    };
    if corpus.is_empty() {
        return Err(Error::input("no sentence to label")
            .at(&args.inputs[0])
            .remedy("name a file or folder that holds articles"));
    }
    run_page(corpus, labels, None, args.queue.into(), serving)
}

fn read_articles(inputs: &[PathBuf]) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let progress = Progress::counting("articles");
    let options = read_options();
    for article in open(inputs, &options) {
        match article {
            Ok(article) => corpus.add_article(&article),
            Err(error) => progress.note(&format!("error: {error}")),
        }
        progress.add(1);
    }
    Ok(corpus)
}

/// The sentences of tables, a row each.
pub(super) fn read_tables(inputs: &[PathBuf]) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let options = read_options();
    for input in inputs {
        corpus.add_table(input, &options)?;
    }
    Ok(corpus)
}

impl ServingArgs {
    fn reads(&self) -> impl Iterator<Item = &PathBuf> {
        self.model.iter().chain(&self.guide).chain(&self.codebook)
    }

    fn first_model(&self) -> Result<(Tagger, String)> {
        match &self.model {
            Some(path) => Ok((Tagger::load(path)?, path.display().to_string())),
            None => Ok((Tagger::shipped(), "shipped".to_owned())),
        }
    }
}

/// Serves the page until Ctrl-C.
pub(super) fn run_page(
    corpus: Corpus,
    labels: &Path,
    disputed: Option<Disputed>,
    queue: Queue,
    args: &ServingArgs,
) -> Result<()> {
    if let Some(name) = &args.annotator {
        check_name(name).map_err(|_| {
            Error::usage(format!("`{name}` is no name of an annotator"))
                .remedy("give one of 1 to 100 characters")
        })?;
    }
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
    let first = Some(args.first_model()?);
    let retraining = Retraining::new(args.retrain_every, Settings::default(), first, &codebook);
    let service = Arc::new(Service {
        desk: Desk::open(corpus, codebook, labels, disputed, retraining)?,
        guide,
        annotator: args.annotator.clone(),
        queue,
        suggest: args.suggest,
    });
    let learner = service.clone();
    std::thread::spawn(move || learner.desk.learn());
    let served = serve_until_interrupted(&service, args);
    let closed = service.desk.close();
    if closed.is_ok() {
        keep(&service.desk.labels_file, None);
    }
    served.and(closed)?;
    let store = service.desk.store();
    let count = store
        .labels()
        .iter()
        .filter(|(_, _, label)| label.says_something())
        .count();
    say(&format!(
        "{count} labelled sentences in {}",
        labels.display()
    ));
    Ok(())
}

fn serve_until_interrupted(service: &Arc<Service>, args: &ServingArgs) -> Result<()> {
    let failed = |error| Error::io("cannot serve the page", error);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let labels = &service.desk.labels_file;
    runtime.block_on(async {
        let (listener, address) = listen(args.port, kept(labels)).await?;
        keep(labels, Some(&address));
        say(&format!(
            "{} sentences of {} articles; labels go to {}",
            service.desk.corpus.len(),
            service.desk.corpus.articles.len(),
            labels.display()
        ));
        say(&format!("open {}", address.url()));
        say("end with Ctrl-C");
        if !args.no_open {
            // Whoever has no browser has the address.
            let _ = open::that_detached(address.url());
        }
        serve(listener, &address, service.clone(), interrupted())
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

/// Waits for Ctrl-C, or for being asked to end by the system.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
