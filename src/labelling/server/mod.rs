//! The page's server: on this machine only, for whoever knows the token in its address.

mod answers;
mod files;
mod guard;
mod requests;
mod words;

use super::{Desk, Guide};
use crate::error::{Error, Result};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use guard::Hosts;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// The longest body of a request, in bytes.
const LONGEST_BODY: usize = 64 << 10;
/// Connections that are still open so long after the end are cut.
const GRACE: Duration = Duration::from_secs(2);

/// What the page is served from, and how it starts.
#[derive(Debug)]
pub struct Service {
    /// The labels and all that belongs to them.
    pub desk: Desk,
    /// What annotators read about the labels.
    pub guide: Guide,
    /// Who labels, if the command line says.
    pub annotator: Option<String>,
    /// The queue to begin with.
    pub queue: super::Queue,
    /// Whether suggestions are shown before the choice.
    pub suggest: bool,
}

/// Where a server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The port on this machine.
    pub port: u16,
    /// What only those know who were given the address: 32 hexadecimal digits.
    pub token: String,
}

impl Address {
    /// An address at any free port (0) or the one given, with a token from the operating system.
    ///
    /// # Errors
    /// If the operating system gives no random bytes.
    pub fn new(port: u16) -> Result<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)
            .map_err(|error| Error::input(format!("no random bytes for the token: {error}")))?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { port, token })
    }

    /// As it is opened in a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }
}

/// Takes the port on this machine, and no other interface.
///
/// # Errors
/// If the port is taken.
pub async fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves the page until `end`.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    address: &Address,
    service: Arc<Service>,
    end: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let router = router(address, service);
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let mut server = tokio::spawn(server.into_future());
    end.await;
    let _ = stop.send(());
    match tokio::time::timeout(GRACE, &mut server).await {
        Ok(Ok(served)) => served,
        Ok(Err(error)) => Err(std::io::Error::other(error)),
        Err(_) => {
            server.abort();
            Ok(())
        }
    }
}

fn router(address: &Address, service: Arc<Service>) -> Router {
    let root = format!("/{}", address.token);
    let api = |path: &str| format!("{root}/api/{path}");
    Router::new()
        .route(&root, get(files::redirect))
        .route(&format!("{root}/"), get(files::page))
        .route(&format!("{root}/{{file}}"), get(files::file))
        .route(&api("session"), get(requests::session))
        .route(&api("next"), get(requests::next))
        .route(&api("sentence/{id}"), get(requests::sentence))
        .route(&api("suggestion/{id}"), get(requests::suggestion))
        .route(&api("label"), post(requests::label))
        .route(&api("undo"), post(requests::undo))
        .route(&api("progress"), get(requests::progress))
        .route(&api("curve"), get(requests::curve))
        .route(&api("search"), get(requests::search))
        .route(&api("codebook"), get(requests::codebook))
        .fallback(guard::nothing)
        .method_not_allowed_fallback(guard::other_method)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(
            Arc::new(Hosts::new(address.port)),
            guard::check,
        ))
        .layer(from_fn(guard::seal))
        .with_state(service)
}
