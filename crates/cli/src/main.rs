//! The `countersign` command: serve; sign and call; manage what a server has; check conformance.
//!
//! Standard output is data, standard error is everything else. How a command ends stands in `exit`, where credentials
//! come from in `configuration`. Nothing here decides about signatures or requests: other crates do.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "output is what this crate is for")]

mod api;
mod call;
mod clock;
mod completion;
mod configuration;
mod configure;
mod conformance;
mod credentials;
mod curl;
mod exit;
mod explain;
mod load;
mod man;
mod manage;
mod outgoing;
mod output;
mod proxy;
#[cfg(test)]
mod reference;
mod request;
mod serve;
mod servers;
mod sign;
mod token;
mod transport;
mod whoami;

use clap::{CommandFactory, Parser, Subcommand};
use manage::{Anywhere, InGroup, InGroupAndEnvironment, Verb, resource};
use std::process::ExitCode;

/// Verification and routing allocate little, but the little counts: this allocator is the fastest measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sign, verify, proxy and manage AK/SK-signed APIs.
#[derive(Parser)]
#[command(name = "countersign", version, arg_required_else_help = true)]
#[command(after_help = include_str!("help/countersign.txt"))]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the gateway and its management API.
    Serve(serve::Arguments),
    /// Print the headers that sign a request.
    Sign(sign::Arguments),
    /// Sign a request, send it, print the answer.
    #[command(visible_alias = "curl")]
    Call(call::Arguments),
    /// Say why a signature does not verify.
    Explain(explain::Arguments),
    /// Sign what other tools send: a local proxy for those that cannot.
    Proxy(proxy::Arguments),
    /// Send signed requests over and over, and show how fast they are answered.
    Load(load::Arguments),
    /// Keep endpoints and credentials in profiles.
    Configure(configure::Arguments),
    /// Show which credential counts, and whose it is.
    Whoami(whoami::Arguments),
    /// Get a token from the identity API.
    Token(token::Arguments),
    /// Create or update objects from documents.
    Apply(manage::apply::Apply),
    /// Show what `apply` would change.
    Diff(manage::apply::Diff),
    /// API groups.
    #[command(subcommand)]
    Groups(Verb<Anywhere>),
    /// APIs, and what is published of them.
    #[command(subcommand)]
    Apis(manage::apis::ApiVerb),
    /// Apps, and what they may call.
    #[command(subcommand)]
    Apps(manage::apps::AppVerb),
    /// Environments.
    #[command(subcommand)]
    Environments(Verb<Anywhere>),
    /// Variables of environments.
    #[command(subcommand)]
    Variables(Verb<InGroupAndEnvironment>),
    /// Request throttling policies.
    #[command(subcommand)]
    Throttles(Verb<Anywhere>),
    /// Access control policies.
    #[command(subcommand)]
    Acls(Verb<Anywhere>),
    /// Signature keys, with which the gateway signs for backends.
    #[command(subcommand)]
    SignatureKeys(Verb<Anywhere>),
    /// Custom authorizers.
    #[command(subcommand)]
    Authorizers(Verb<Anywhere>),
    /// Gateway responses of a group.
    #[command(subcommand)]
    Responses(Verb<InGroup>),
    /// Grade signers and verifiers, of this build or of any other program.
    #[command(subcommand)]
    Conformance(conformance::Command),
    /// Print the completion of this command for a shell.
    Completion(completion::Arguments),
    /// Write manual pages.
    Man(man::Arguments),
}

/// The whole command line, described.
fn command() -> clap::Command {
    Arguments::command()
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Sign(arguments) => sign::run(&arguments),
        Command::Call(arguments) => call::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Proxy(arguments) => proxy::run(&arguments),
        Command::Load(arguments) => load::run(&arguments),
        Command::Configure(arguments) => configure::run(&arguments),
        Command::Whoami(arguments) => whoami::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::Apply(arguments) => manage::apply::apply(&arguments),
        Command::Diff(arguments) => manage::apply::diff(&arguments),
        Command::Groups(verb) => manage::run(&resource::GROUPS, &verb),
        Command::Apis(verb) => manage::apis::run(&verb),
        Command::Apps(verb) => manage::apps::run(&verb),
        Command::Environments(verb) => manage::run(&resource::ENVIRONMENTS, &verb),
        Command::Variables(verb) => manage::run(&resource::VARIABLES, &verb),
        Command::Throttles(verb) => manage::run(&resource::THROTTLES, &verb),
        Command::Acls(verb) => manage::run(&resource::ACLS, &verb),
        Command::SignatureKeys(verb) => manage::run(&resource::SIGNATURE_KEYS, &verb),
        Command::Authorizers(verb) => manage::run(&resource::AUTHORIZERS, &verb),
        Command::Responses(verb) => manage::run(&resource::RESPONSES, &verb),
        Command::Conformance(command) => conformance::run(&command),
        Command::Completion(arguments) => completion::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    outcome.unwrap_or_else(|error| exit::of_error(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_arguments_of_a_command_collide() {
        command().debug_assert();
    }
}
