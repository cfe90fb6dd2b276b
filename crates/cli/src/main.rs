//! The `countersign` command: serve, sign, call, and check conformance.
//!
//! Standard output is data, standard error is everything else. Exit codes: 0 success, 1 failure (and wrong
//! vectors), 2 wrong usage, 22 an answer of 400 or above to `call`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "output is what this crate is for")]

mod call;
mod conformance;
mod credentials;
mod request;
mod serve;
mod sign;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Verification and routing allocate little, but the little counts: this allocator is the fastest measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sign, verify, proxy and manage AK/SK-signed APIs.
#[derive(Parser)]
#[command(name = "countersign", version, arg_required_else_help = true)]
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
    Call(call::Arguments),
    /// Grade signers and verifiers, of this build or of any other program.
    #[command(subcommand)]
    Conformance(conformance::Command),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Sign(arguments) => sign::run(&arguments),
        Command::Call(arguments) => call::run(&arguments),
        Command::Conformance(command) => conformance::run(&command),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("countersign: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn no_two_arguments_of_a_command_collide() {
        Arguments::command().debug_assert();
    }
}
