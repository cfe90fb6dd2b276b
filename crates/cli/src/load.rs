//! `countersign load`: signed requests over and over.

mod report;
mod tally;
mod worker;

use crate::credentials::{Credentials, Signing};
use crate::output::Output;
use crate::request::Described;
use indicatif::{ProgressBar, ProgressStyle};
use report::Report;
use std::num::{NonZeroU32, NonZeroU64};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::task::JoinSet;
use tokio::time::Instant;
use worker::{Plan, Worker};

/// How often the progress is drawn anew.
const PROGRESS: Duration = Duration::from_millis(200);

/// Arguments of `load`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/load.txt"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    request: Described,
    /// Requests to send; without it as many as fit into --seconds.
    #[arg(short = 'n', long, value_name = "COUNT")]
    requests: Option<NonZeroU64>,
    /// How long to go on.
    #[arg(long, value_name = "SECONDS", default_value = "10", conflicts_with = "requests")]
    seconds: NonZeroU32,
    /// Connections, each with one request at a time.
    #[arg(short = 'c', long, value_name = "COUNT", default_value = "16")]
    connections: NonZeroU32,
    /// Requests a second over all connections; without it as fast as answers come.
    #[arg(long, value_name = "COUNT")]
    rate: Option<NonZeroU32>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    signing: Signing,
}

/// Sends, and shows what came back.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.credentials.configuration()?;
    let outgoing = arguments.request.outgoing(&configuration)?;
    let signer = arguments.signing.signer(&configuration)?;
    // What cannot be signed or reached is said at once, and not as a count of failures.
    outgoing.sign(&signer)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(async {
        crate::transport::connect(&outgoing.url).await?;
        let until = Instant::now() + Duration::from_secs(arguments.seconds.get().into());
        let plan = Plan::new(arguments.requests.map(NonZeroU64::get), until, arguments.rate);
        let worker = Worker { outgoing, signer, plan: Arc::new(plan) };
        Ok::<_, anyhow::Error>(drive(worker, arguments.connections.get()).await)
    })?;
    report.print(&arguments.output)?;
    Ok(report.exit())
}

/// Runs all workers to the end, or until somebody interrupts.
async fn drive(worker: Worker, connections: u32) -> Report {
    let (start, plan) = (Instant::now(), Arc::clone(&worker.plan));
    let mut workers: JoinSet<Tally> = (0..connections).map(|_| worker.clone().run()).collect();
    let bar = progress(&plan);
    let mut tick = tokio::time::interval(PROGRESS);
    let mut sum = Tally::default();
    loop {
        tokio::select! {
            done = workers.join_next() => match done {
                Some(tally) => sum.add(&tally.unwrap_or_default()),
                None => break,
            },
            _ = tick.tick() => bar.set_position(plan.done()),
            Ok(()) = tokio::signal::ctrl_c() => plan.stop(),
        }
    }
    bar.finish_and_clear();
    Report { seconds: start.elapsed().as_secs_f64(), tally: sum }
}

/// A bar where the number of requests is known, else a count; on terminals only.
fn progress(plan: &Plan) -> ProgressBar {
    let (bar, template) = match plan.requests() {
        Some(requests) => (ProgressBar::new(requests), "{bar:40.green} {pos}/{len} {per_sec} {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner:.green} {pos} requests {per_sec} {elapsed}"),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.expect("the templates above are well formed"))
}
