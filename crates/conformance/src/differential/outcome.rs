//! What came of random requests.

use super::{Peer, Plan};
use crate::protocol::{Description, SignTask};
use crate::testee::Subject;
use serde::Serialize;
use std::collections::BTreeMap;

/// What came of a run.
#[derive(Serialize)]
pub struct Outcome {
    /// Who signed.
    pub testee: Description,
    /// Who signed again.
    pub peer: Option<Description>,
    /// All requests follow from it.
    pub seed: u64,
    /// How many there were.
    pub count: u64,
    /// Signatures that our verifier accepts and our signer makes.
    pub right: u64,
    /// Requests that the testee signs otherwise, and may.
    pub allowed: u64,
    /// Signatures that the peer makes as well.
    pub agreed: u64,
    /// Requests that the peer cannot be asked to sign.
    pub beyond_peer: u64,
    /// Requests that the peer signs otherwise, and may.
    pub deviating: u64,
    /// Listed properties, with their reasons and how many disagreements each explains.
    pub deviations: Vec<Explained>,
    /// How many disagreements nothing explains.
    pub wrong: u64,
    /// The first of them.
    pub disagreements: Vec<Disagreement>,
    /// Entries of lists that explain nothing.
    pub stale: Vec<String>,
    /// Requests with each property.
    #[serde(skip)]
    pub(super) held: BTreeMap<&'static str, u64>,
}

/// A listed property.
#[derive(Serialize)]
pub struct Explained {
    /// Whose it is.
    pub signer: String,
    /// Name of the property.
    pub name: String,
    /// Why it may be so.
    pub reason: String,
    /// How many disagreements it explains.
    pub count: usize,
}

/// Two signers that sign one request in two ways.
#[derive(Serialize)]
pub struct Disagreement {
    /// Number of the request.
    pub case: u64,
    /// With whom, and where.
    pub difference: String,
    /// The request.
    pub task: SignTask,
}

impl Outcome {
    /// Nothing asked yet.
    pub(super) fn empty(plan: Plan, testee: &dyn Subject, peer: Option<&Peer<'_>>) -> Self {
        let (right, allowed, agreed, beyond_peer, deviating, wrong) = Default::default();
        let (deviations, disagreements, stale, held) = Default::default();
        Self {
            testee: testee.description().clone(),
            peer: peer.map(|peer| peer.subject.description().clone()),
            seed: plan.seed,
            count: plan.count,
            right,
            allowed,
            agreed,
            beyond_peer,
            deviating,
            deviations,
            wrong,
            disagreements,
            stale,
            held,
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.wrong == 0 && self.stale.is_empty()
    }

    /// For people: a line for each signer, one for each property that explained something, and the sum.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { seed, count, right, allowed, agreed, deviating, beyond_peer, wrong, .. } = self;
        let mut text = format!("{}: {right} of {count} right, {allowed} allowed to fail\n", self.testee.name);
        if let Some(peer) = &self.peer {
            let name = &peer.name;
            text +=
                &format!("{name}: {agreed} agreed, {deviating} deviate as listed, {beyond_peer} beyond it\n");
        }
        for Explained { signer, name, reason, count } in &self.deviations {
            text += &format!("  {signer} {name}: {count} ({reason})\n");
        }
        text + &format!(
            "differential: {wrong} disagreements, {} stale entries, seed {seed}\n",
            self.stale.len()
        )
    }
}
