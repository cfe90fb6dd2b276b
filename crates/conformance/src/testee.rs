//! A program that is graded: started here, asked line by line, and never trusted to be quick, brief or sane.

use crate::protocol::{Answer, Description, Question};
use serde::de::DeserializeOwned;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

/// The longest answer: canonical requests of the longest targets and headers, many times over.
const ANSWER_BYTES_MAX: u64 = 8 << 20;
/// How much of a senseless answer is shown.
const EXCERPT_CHARACTERS_MAX: usize = 120;

/// Who answers questions.
pub trait Subject {
    /// What it says about itself.
    fn description(&self) -> &Description;

    /// Its answer.
    ///
    /// # Errors
    /// [`Fault`] when there is none; then there will be no further ones.
    fn ask(&mut self, question: &Question) -> Result<Answer, Fault>;
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The command cannot be run.
    #[error("the testee cannot be started")]
    Start(#[source] io::Error),
    /// Nothing came in time.
    #[error("the testee gave no answer for {0} seconds; is its output flushed after every line?")]
    Silent(u64),
    /// It is gone.
    #[error("the testee ended ({0}) before it answered")]
    Ended(String),
    /// A line without an end.
    #[error("the testee's answer is longer than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
    /// Nothing but answers belongs on its standard output.
    #[error("the testee printed what is no answer of conformance/README.md: {0:?}")]
    Senseless(String),
    /// More lines than questions.
    #[error("the testee printed a line that nobody asked for: {0:?}")]
    Unasked(String),
}

/// A running testee; it is killed when this is dropped.
pub struct Testee {
    process: Child,
    questions: Sender<Vec<u8>>,
    answers: Receiver<Line>,
    patience: Duration,
    description: Description,
}

type Line = Result<Vec<u8>, Fault>;

impl Testee {
    /// Starts a command line through the shell and asks who it is. It has `patience` for every answer.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be started or does not answer.
    pub fn start(command: &str, patience: Duration) -> Result<Self, Fault> {
        let mut process = Command::new("sh")
            .args(["-c", &format!("exec {command}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Fault::Start)?;
        let broken = || Fault::Start(io::ErrorKind::BrokenPipe.into());
        let (input, output) =
            (process.stdin.take().ok_or_else(broken)?, process.stdout.take().ok_or_else(broken)?);
        let (questions, answers) = (write_from(input), read_into(output));
        let nobody =
            Description { name: String::new(), version: String::new(), verbs: vec![], algorithms: vec![] };
        let mut testee = Self { process, questions, answers, patience, description: nobody };
        testee.description = testee.exchange(&Question::Describe)?;
        Ok(testee)
    }

    fn exchange<T: DeserializeOwned>(&mut self, question: &Question) -> Result<T, Fault> {
        if let Ok(Ok(line)) = self.answers.try_recv() {
            return Err(Fault::Unasked(excerpt(&line)));
        }
        let mut line = serde_json::to_vec(question).expect("a question is plain text and lists");
        line.push(b'\n');
        // A testee that is gone shows itself where its answer is awaited.
        let _ = self.questions.send(line);
        let answer = match self.answers.recv_timeout(self.patience) {
            Ok(line) => line?,
            Err(RecvTimeoutError::Timeout) => return Err(Fault::Silent(self.patience.as_secs())),
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::Ended(self.end())),
        };
        serde_json::from_slice(&answer).map_err(|_| Fault::Senseless(excerpt(&answer)))
    }

    /// How it ended. Its output is closed, so that it has nothing more to say even if it still runs.
    fn end(&mut self) -> String {
        let _ = self.process.kill();
        self.process.wait().as_ref().map_or_else(ToString::to_string, ExitStatus::to_string)
    }
}

impl Subject for Testee {
    fn description(&self) -> &Description {
        &self.description
    }

    fn ask(&mut self, question: &Question) -> Result<Answer, Fault> {
        self.exchange(question)
    }
}

impl Drop for Testee {
    fn drop(&mut self) {
        self.end();
    }
}

/// Writes on a thread of its own, because a testee that does not read would block the runner.
fn write_from(mut input: ChildStdin) -> Sender<Vec<u8>> {
    let (sender, lines) = channel::<Vec<u8>>();
    thread::spawn(move || {
        for line in lines {
            if input.write_all(&line).and_then(|()| input.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

/// Reads on a thread of its own, so that waiting has an end. At most one line lies ready, however many come.
fn read_into(output: ChildStdout) -> Receiver<Line> {
    let (sender, lines) = sync_channel(1);
    thread::spawn(move || read_lines(BufReader::new(output), &sender));
    lines
}

fn read_lines(mut output: impl BufRead, lines: &SyncSender<Line>) {
    loop {
        let mut line = Vec::new();
        let read = output.by_ref().take(ANSWER_BYTES_MAX).read_until(b'\n', &mut line);
        if !matches!(read, Ok(1..)) {
            return;
        }
        let is_whole = line.len() < ANSWER_BYTES_MAX as usize || line.ends_with(b"\n");
        let sent = lines.send(if is_whole { Ok(line) } else { Err(Fault::TooLong) });
        if sent.is_err() || !is_whole {
            return;
        }
    }
}

fn excerpt(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim_end().chars().take(EXCERPT_CHARACTERS_MAX).collect()
}
