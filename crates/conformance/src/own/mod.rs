//! This project's own signer and verifier, answering as a testee does.

mod sign;
mod verify;

pub use sign::sign;
pub use verify::verify;

use crate::protocol::{Answer, Description, Question, Refusal};
use crate::testee::{Fault, Subject};
use countersign_sign::Algorithm;
use std::io::{self, BufRead, Write};

/// The signer and the verifier of this build.
pub struct Own(Description);

impl Default for Own {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self(Description {
            name: "countersign-rust".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            verbs: words(&["sign", "verify"]),
            algorithms: words(&Algorithm::ALL.map(Algorithm::token)),
        })
    }
}

impl Subject for Own {
    fn description(&self) -> &Description {
        &self.0
    }

    fn ask(&mut self, question: &Question) -> Result<Answer, Fault> {
        Ok(match question {
            Question::Describe => Answer::Described(self.0.clone()),
            Question::Sign(named) => sign(&named.task),
            Question::Verify(named) => verify(&named.task),
        })
    }
}

/// Answers the questions of a runner until its input ends: the testee of the Rust crates.
///
/// # Errors
/// When input or output breaks. A line that is no question is answered with `BadQuestion`.
pub fn serve(input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut own = Own::default();
    for line in input.lines() {
        let answer = match serde_json::from_str::<Question>(&line?) {
            Ok(question) => own.ask(&question).map_err(io::Error::other)?,
            Err(error) => Answer::Refused(refusal("BadQuestion", error)),
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn refusal(error: &str, message: impl std::fmt::Display) -> Refusal {
    Refusal { error: error.to_owned(), message: message.to_string() }
}
