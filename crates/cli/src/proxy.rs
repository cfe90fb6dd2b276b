//! `countersign proxy`: signs what tools send that cannot sign.

mod forward;
mod refusal;
mod route;

use crate::credentials::{Credentials, Signing};
use crate::exit::usage;
use anyhow::Context;
use countersign_sign::Signer;
use hyper::Uri;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use route::Routes;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Arguments of `proxy`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/proxy.txt"))]
pub(crate) struct Arguments {
    /// Address to listen on, of loopback; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8088")]
    listen: SocketAddr,
    /// Where requests for the proxy itself go: http[s]://host[:port][/prefix].
    #[arg(long, value_name = "URL", required_unless_present = "only")]
    to: Option<Uri>,
    /// Host header of requests that go to --to, where it is not the URL's.
    #[arg(long, value_name = "NAME", requires = "to")]
    host: Option<String>,
    /// Host that is signed for when the proxy is used as an HTTP proxy; may be repeated.
    #[arg(long, value_name = "HOST")]
    only: Vec<String>,
    /// Send over TLS what arrives for --only hosts.
    #[arg(long, requires = "only")]
    tls: bool,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    signing: Signing,
}

/// What every request needs.
struct Proxy {
    signer: Signer,
    routes: Routes,
}

/// Serves until it is interrupted.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if !arguments.listen.ip().is_loopback() {
        return Err(usage("the proxy signs for whoever reaches it; --listen must be a loopback address"));
    }
    let signer = arguments.signing.signer(&arguments.credentials.configuration()?)?;
    let routes = Routes::new(arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(arguments.listen, Arc::new(Proxy { signer, routes })))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(listen: SocketAddr, proxy: Arc<Proxy>) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}; choose another address by --listen"))?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        tokio::select! {
            accepted = listener.accept() => connection(accepted?.0, Arc::clone(&proxy)),
            interrupted = tokio::signal::ctrl_c() => return Ok(interrupted?),
        }
    }
}

fn connection(stream: tokio::net::TcpStream, proxy: Arc<Proxy>) {
    let service = service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move { Ok::<_, Infallible>(forward::answer(&proxy, request).await) }
    });
    let served =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    // A connection that breaks off is its client's business.
    tokio::spawn(async move { drop(served.await) });
}
