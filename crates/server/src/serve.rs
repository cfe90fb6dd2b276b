//! The life of a server: start in order, announce, wait, drain.

use crate::{
    clock,
    config::{AccessLog, Config, Options},
    demo::Demo,
    installation::Installation,
    management,
    publisher::Publisher,
    ready,
    token_keys::Rotation,
    uses,
};
use anyhow::Context;
use countersign_gateway::Snapshots;
use std::{
    future::Future,
    io::{self, ErrorKind},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing::info;

const MIB: u64 = 1024 * 1024;

/// Runs the server until SIGTERM or SIGINT; in-flight requests finish first.
///
/// # Errors
/// When it cannot start (the message says what to do), or a listener fails.
pub fn serve(options: &Options) -> anyhow::Result<()> {
    let config = Config::load(options)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(run(&config, options))
}

async fn run(config: &Config, options: &Options) -> anyhow::Result<()> {
    let stop = stop_signal()?;
    let installation = Installation::open(config)?;
    if let Some(ready_file) = &options.ready_file {
        remove_stale(ready_file)?;
    }
    let publisher = Arc::new(publisher(&installation));
    let revisions = installation.store.watch();
    publisher.publish_at_start()?;

    let listener = TcpListener::bind(config.api.address)
        .await
        .with_context(|| format!("cannot listen on {}", config.api.address))?;
    let api_address = listener.local_addr()?;
    let api = countersign_api_apig::router(installation.control.clone(), Arc::clone(&installation.identity));
    let demo = if options.dev { Some(Demo::create(&api, &installation, api_address).await?) } else { None };
    publisher.publish_at_start()?;

    let gateway = countersign_gateway::start(gateway_config(config), publisher.snapshots.clone(), clock::now)
        .with_context(|| format!("cannot listen on {}", config.gateway.address))?;
    installation.prober.set_line(gateway.private_line());
    installation.counts.set_book(gateway.calls());
    installation.refusals.set_book(gateway.refusals());
    let publishing = tokio::spawn(Arc::clone(&publisher).run(revisions));
    let rotation = Rotation {
        identity: Arc::clone(&installation.identity),
        publisher: Arc::clone(&publisher),
        period: Duration::from_secs(config.identity.token_key_rotation_seconds.get()),
    };
    let rotating = tokio::spawn(rotation.run());
    let noting = tokio::spawn(uses::write_hourly(Arc::clone(&installation.identity)));
    let planes = management::Planes::new(api, installation.identity_api(config), gateway.metrics());
    let serving = tokio::spawn(management::serve(listener, planes, stop));

    let facts = ready::Facts {
        gateway: gateway.address(),
        api: api_address,
        region: &config.region,
        installation: &installation,
    };
    facts.announce(options.ready_file.as_deref())?;
    if let Some(demo) = demo {
        demo.show(gateway.address())?;
    }

    serving.await.context("the management listener was interrupted")?;
    publishing.abort();
    rotating.abort();
    noting.abort();
    uses::write(&installation.identity).await;
    info!("draining");
    let drain = Duration::from_secs(config.gateway.drain_seconds);
    tokio::task::spawn_blocking(move || gateway.shutdown(drain)).await.context("draining was interrupted")
}

fn publisher(installation: &Installation) -> Publisher {
    Publisher {
        control: installation.control.clone(),
        identity: Arc::clone(&installation.identity),
        vault: Arc::clone(&installation.vault),
        snapshots: Snapshots::default(),
        file: installation.snapshot_file.clone(),
        published: watch::Sender::default(),
    }
}

fn gateway_config(config: &Config) -> countersign_gateway::Config {
    countersign_gateway::Config {
        address: config.gateway.address,
        workers: config.gateway.workers,
        access_log: match &config.gateway.access_log {
            AccessLog::Stdout => countersign_gateway::AccessLog::Stdout,
            AccessLog::File(path) => countersign_gateway::AccessLog::File(path.clone()),
            AccessLog::Off => countersign_gateway::AccessLog::Off,
        },
        app_code_over_http: config.gateway.app_code_over_http,
        trusted_proxies: config.gateway.trusted_proxies.0.clone(),
        body_budget_bytes: config.gateway.body_memory_mib.saturating_mul(MIB),
        subdomain_calls_per_day: config.gateway.subdomain_calls_per_day,
        ..countersign_gateway::Config::default()
    }
}

/// A ready file of an earlier run would announce a server that is not there.
fn remove_stale(ready_file: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(ready_file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot replace the ready file {}", ready_file.display()))
        }
        _ => Ok(()),
    }
}

/// Resolves at the first SIGTERM or SIGINT; installed before anything is announced.
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
