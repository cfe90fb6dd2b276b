//! Random requests, signed by a testee: our verifier must accept them, our signer must have signed them alike, and
//! so must a peer, unless the request has a property in which the peer is known to leave the protocol.

mod deviations;
mod generate;
mod outcome;
mod random;

pub use deviations::{DEVIATIONS, Deviation};
pub use outcome::{Disagreement, Explained, Outcome};

use crate::curve;
use crate::difference;
use crate::failures::List;
use crate::grade::Progress;
use crate::own;
use crate::protocol::{Answer, Named, Question, SignTask, Signed};
use crate::testee::Subject;
use crate::wire;
use anyhow::{Context, Result, bail};

/// A listed property of so many requests that explains no disagreement is stale. Rarer ones say nothing: whether
/// they matter follows from the rest of the request, and from the algorithms of the testee.
const OFTEN: u64 = 50;
/// Disagreements told in full.
const TOLD_MAX: usize = 20;

/// Which requests.
#[derive(Clone, Copy)]
pub struct Plan {
    /// All requests follow from it.
    pub seed: u64,
    /// How many.
    pub count: u64,
}

/// A signer to hold against, and where it may differ.
pub struct Peer<'a> {
    /// The signer.
    pub subject: &'a mut dyn Subject,
    /// Names of [`DEVIATIONS`].
    pub allowed: &'a List,
}

/// Runs the plan.
///
/// # Errors
/// When a signer stops answering, a list names no known property, or the peer agreed on nothing at all.
pub fn run(
    plan: Plan,
    testee: &mut dyn Subject,
    allowed: &List,
    mut peer: Option<Peer<'_>>,
    progress: Progress<'_>,
) -> Result<Outcome> {
    check_names(allowed)?;
    if let Some(peer) = &peer {
        check_names(peer.allowed)?;
    }
    let mut outcome = Outcome::empty(plan, testee, peer.as_ref());
    for case in 0..plan.count {
        let task = generate::task(plan.seed, case, &outcome.testee.algorithms);
        let id = format!("random-{}-{case}", plan.seed);
        outcome.note_properties(&task);
        let answer = ask(testee, &id, &task)?;
        outcome.hold_against_ours(case, &task, &answer, allowed);
        if let (Answer::Signed(signed), Some(peer)) = (&answer, &mut peer) {
            outcome.hold_against_peer(case, &task, signed, peer, &id)?;
        }
        progress(usize::try_from(case + 1)?, usize::try_from(plan.count)?, &id);
    }
    if peer.is_some() && outcome.agreed == 0 {
        bail!("the peer agreed on none of {} requests; is it a signer of this protocol?", plan.count);
    }
    outcome.conclude(allowed, peer.as_ref());
    Ok(outcome)
}

fn check_names(list: &List) -> Result<()> {
    let is_known = |name: &&str| DEVIATIONS.iter().any(|deviation| deviation.name == *name);
    match list.patterns().find(|name| !is_known(name)) {
        Some(name) => {
            let known: Vec<_> = DEVIATIONS.iter().map(|deviation| deviation.name).collect();
            bail!("{name:?} is no property of requests; they are: {}", known.join(", "))
        }
        None => Ok(()),
    }
}

fn ask(subject: &mut dyn Subject, id: &str, task: &SignTask) -> Result<Answer> {
    let question = Question::Sign(Named { id: id.to_owned(), task: task.clone() });
    subject.ask(&question).with_context(|| format!("asked {id} of {}", subject.description().name))
}

/// Whether a listed property of the request explains a disagreement.
fn explains(allowed: &List, task: &SignTask, difference: &str) -> bool {
    let mut held = DEVIATIONS.iter().filter(|deviation| deviation.explains(task, difference));
    held.any(|deviation| allowed.allows(deviation.name).is_some())
}

impl Outcome {
    fn note_properties(&mut self, task: &SignTask) {
        for deviation in DEVIATIONS.iter().filter(|deviation| (deviation.holds)(task)) {
            *self.held.entry(deviation.name).or_default() += 1;
        }
    }

    fn hold_against_ours(&mut self, case: u64, task: &SignTask, answer: &Answer, allowed: &List) {
        match ours(task, answer) {
            None => self.right += 1,
            Some(difference) if explains(allowed, task, &difference) => self.allowed += 1,
            Some(difference) => self.disagree(case, task, difference),
        }
    }

    /// The peer signs what the testee signed, and nothing else: which headers to sign is not the question.
    fn hold_against_peer(
        &mut self,
        case: u64,
        task: &SignTask,
        signed: &Signed,
        peer: &mut Peer<'_>,
        id: &str,
    ) -> Result<()> {
        if !peer.subject.description().algorithms.contains(&task.algorithm) {
            self.beyond_peer += 1;
            return Ok(());
        }
        let task = narrowed(task, signed);
        let difference = match ask(peer.subject, id, &task)? {
            Answer::Signed(again) => difference::first(signed, &again, || curve::holds(&task, &again)),
            Answer::Unsupported { .. } => {
                self.beyond_peer += 1;
                return Ok(());
            }
            answer => Some(format!("no signature but {}", serde_json::to_string(&answer)?)),
        };
        match difference {
            None => self.agreed += 1,
            Some(difference) if explains(peer.allowed, &task, &difference) => self.deviating += 1,
            Some(difference) => {
                let name = &peer.subject.description().name;
                self.disagree(case, &task, format!("{name}: {difference}"));
            }
        }
        Ok(())
    }

    fn disagree(&mut self, case: u64, task: &SignTask, difference: String) {
        self.wrong += 1;
        if self.disagreements.len() < TOLD_MAX {
            self.disagreements.push(Disagreement { case, difference, task: task.clone() });
        }
    }

    fn conclude(&mut self, allowed: &List, peer: Option<&Peer<'_>>) {
        let of_peer = peer.map(|peer| (peer.subject.description().name.clone(), peer.allowed));
        for (signer, list) in [Some((self.testee.name.clone(), allowed)), of_peer].into_iter().flatten() {
            self.deviations.extend(list.counts().map(|(name, reason, count)| Explained {
                signer: signer.clone(),
                name: name.to_owned(),
                reason: reason.to_owned(),
                count,
            }));
            let is_stale = |(name, _, count): &(&str, &str, usize)| {
                *count == 0 && self.held.get(name).is_some_and(|held| *held >= OFTEN)
            };
            let told = |(name, ..): (&str, &str, usize)| {
                format!("{signer} is listed with {name}, which explains nothing")
            };
            self.stale.extend(list.counts().filter(is_stale).map(told));
        }
    }
}

/// What our verifier and our signer have against an answer.
fn ours(task: &SignTask, answer: &Answer) -> Option<String> {
    let Answer::Signed(signed) = answer else {
        return Some("our signer: signs what the testee does not".to_owned());
    };
    match own::verify(&wire::arrived(task, &signed.headers)) {
        Answer::Refused(refusal) => {
            return Some(format!("our verifier: {} ({})", refusal.error, refusal.message));
        }
        Answer::Verified { .. } => {}
        _ => return Some("our verifier: no verdict".to_owned()),
    }
    let Answer::Signed(expected) = own::sign(task) else {
        return Some("our signer: does not sign what the testee signs".to_owned());
    };
    difference::first(&expected, signed, || curve::holds(task, signed))
        .map(|difference| format!("our signer: {difference}"))
}

/// The task with those headers only that the testee signed.
fn narrowed(task: &SignTask, signed: &Signed) -> SignTask {
    let names = signed.signed_names();
    let mut task = task.clone();
    task.request.headers.retain(|(name, value)| {
        let is_signed = names.iter().any(|signed| name.eq_ignore_ascii_case(signed));
        is_signed && !value.trim_matches([' ', '\t']).is_empty()
    });
    task
}
