//! Asks a testee every vector, and says what its answers are worth.

use crate::curve;
use crate::difference;
use crate::failures::List;
use crate::protocol::{Answer, Named, Question};
use crate::report::{Outcome, Report};
use crate::testee::Subject;
use crate::vectors::{Expectation, Group, SignVector, Verdict, VerifyVector};
use anyhow::{Context, Result, ensure};

/// Told after each answer: how many there were, of how many, and of which vector.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize, &str);

/// Grades a signer.
///
/// # Errors
/// When the testee does not sign, or stops answering.
pub fn sign(
    subject: &mut impl Subject,
    groups: &[Group<SignVector>],
    allowed: &List,
    progress: Progress<'_>,
) -> Result<Report> {
    let mut run = Run::start("sign", subject, groups, allowed, progress)?;
    for group in groups {
        for vector in &group.vectors {
            let named = Named { id: vector.id.clone(), task: vector.task.clone() };
            let answer = run.ask(subject, &vector.id, &Question::Sign(named))?;
            let class = if matches!(vector.expect, Expectation::Error { .. }) { "refuse" } else { "sign" };
            let lacks = run.lacks(&vector.task.algorithm);
            run.add(&group.name, class, &vector.id, signed(vector, &answer, lacks));
        }
    }
    Ok(run.finish())
}

/// Grades a verifier.
///
/// # Errors
/// When the testee does not verify, stops answering, or a vector is broken.
pub fn verify(
    subject: &mut impl Subject,
    groups: &[Group<VerifyVector>],
    allowed: &List,
    progress: Progress<'_>,
) -> Result<Report> {
    let mut run = Run::start("verify", subject, groups, allowed, progress)?;
    for group in groups {
        for vector in &group.vectors {
            let task = vector.task().with_context(|| format!("the vector {} is broken", vector.id))?;
            let named = Named { id: vector.id.clone(), task };
            let answer = run.ask(subject, &vector.id, &Question::Verify(named))?;
            let lacks = vector.algorithm().is_some_and(|algorithm| run.lacks(algorithm));
            run.add(&vector.producer, vector.class(), &vector.id, verified(vector, &answer, lacks));
        }
    }
    Ok(run.finish())
}

/// What both verbs have in common.
struct Run<'a> {
    report: Report,
    allowed: &'a List,
    progress: Progress<'a>,
    done: usize,
    total: usize,
}

impl<'a> Run<'a> {
    fn start<T>(
        verb: &'static str,
        subject: &impl Subject,
        groups: &[Group<T>],
        allowed: &'a List,
        progress: Progress<'a>,
    ) -> Result<Self> {
        let description = subject.description().clone();
        let is_able = description.verbs.iter().any(|known| known == verb);
        ensure!(is_able, "{} does not {verb}; its verbs are {:?}", description.name, description.verbs);
        let total = groups.iter().map(|group| group.vectors.len()).sum();
        Ok(Self { report: Report::new(verb, description), allowed, progress, done: 0, total })
    }

    fn lacks(&self, algorithm: &str) -> bool {
        !self.report.testee.algorithms.iter().any(|known| known == algorithm)
    }

    fn ask(&mut self, subject: &mut impl Subject, id: &str, question: &Question) -> Result<Answer> {
        let answer = subject.ask(question).with_context(|| format!("asked {id}"))?;
        self.done += 1;
        (self.progress)(self.done, self.total, id);
        Ok(answer)
    }

    fn add(&mut self, group: &str, class: &str, id: &str, outcome: Outcome) {
        let reason = match &outcome {
            Outcome::Wrong(_) => self.allowed.allows(id),
            Outcome::Right => {
                self.allowed.passed(id);
                None
            }
            Outcome::Unsupported | Outcome::OptionalRefused => None,
        };
        self.report.add(group, class, id, outcome, reason);
    }

    fn finish(mut self) -> Report {
        self.report.stale = self.allowed.stale();
        self.report
    }
}

fn signed(vector: &SignVector, answer: &Answer, lacks: bool) -> Outcome {
    match (&vector.expect, answer) {
        (Expectation::Error { error }, Answer::Refused(refusal)) if refusal.error == *error => Outcome::Right,
        (Expectation::Error { error }, answer) => {
            Outcome::Wrong(format!("{} instead of the error {error}", told(answer)))
        }
        (Expectation::Signature { .. }, Answer::Signed(got)) => {
            let expected = vector.expect.signed();
            let holds = || curve::holds(&vector.task, got);
            difference::first(&expected, got, holds).map_or(Outcome::Right, Outcome::Wrong)
        }
        (Expectation::Signature { .. }, answer) if is_beyond(answer, lacks) => Outcome::Unsupported,
        (Expectation::Signature { .. }, answer) => {
            Outcome::Wrong(format!("{} instead of a signature", told(answer)))
        }
    }
}

fn verified(vector: &VerifyVector, answer: &Answer, lacks: bool) -> Outcome {
    match (vector.expect.result, answer) {
        (Verdict::Reject, Answer::Refused(refusal)) if vector.admits(&refusal.error) => Outcome::Right,
        (_, answer) if is_beyond(answer, lacks) => Outcome::Unsupported,
        (Verdict::Accept | Verdict::MayAccept, Answer::Verified { access_key }) => {
            let expected = vector.access_key();
            if access_key == expected {
                Outcome::Right
            } else {
                Outcome::Wrong(format!("access key {access_key:?} instead of {expected:?}"))
            }
        }
        (Verdict::MayAccept, Answer::Refused(_)) => Outcome::OptionalRefused,
        (Verdict::Accept | Verdict::MayAccept, answer) => Outcome::Wrong(told(answer)),
        (Verdict::Reject, answer) => {
            let class = vector.expect.error.as_deref().unwrap_or("reject");
            Outcome::Wrong(format!("{} instead of {class}", told(answer)))
        }
    }
}

/// An algorithm that the testee does not claim may be beyond it; one that it claims may not.
fn is_beyond(answer: &Answer, lacks: bool) -> bool {
    lacks
        && match answer {
            Answer::Unsupported { .. } => true,
            Answer::Refused(refusal) => refusal.error == "UnsupportedAlgorithm",
            _ => false,
        }
}

fn told(answer: &Answer) -> String {
    match answer {
        Answer::Refused(refusal) => format!("refused: {} ({:?})", refusal.error, refusal.message),
        Answer::Unsupported { unsupported } => format!("unsupported: {unsupported}"),
        Answer::Described(_) => "a description".to_owned(),
        Answer::Signed(_) => "signed".to_owned(),
        Answer::Verified { .. } => "accepted".to_owned(),
    }
}
