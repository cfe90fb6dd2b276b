//! What a diagnosis says.

use crate::Mistake;

/// The reason code when no known mistake explains the signature.
pub const UNKNOWN: &str = "unknown";

/// What became of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The verdict.
    pub verdict: Verdict,
    /// The canonical requests; `None` if the request says too little to make one.
    pub detail: Option<Detail>,
    /// How many hashes and HMACs were computed.
    pub hashes: u32,
    /// Whether the search ended before everything was tried, because of its limits.
    pub was_cut_short: bool,
}

/// Whether the request verifies, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Verifies,
    /// It does, because this verifier knows how official clients stray (§5.5); strict verifiers refuse it.
    Tolerated(Vec<Named>),
    /// It does not; these mistakes were made. None: the secret key is another one, or the mistake is not known.
    Refused(Vec<Named>),
}

/// A mistake found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub mistake: Mistake,
    /// What in particular, such as the host that was signed; for the operator and the owner of the key. Never a secret.
    pub particular: Option<String>,
    /// How it is known.
    pub proof: Proof,
}

/// How a mistake is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// With it the presented signature comes out.
    Replayed,
    /// The request shows it.
    Seen,
}

/// The canonical requests, with tokens and cookies blanked out; bytes that are not UTF-8 become U+FFFD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// As documented (§3).
    pub expected: String,
    /// As the client signed it, if that is known.
    pub signed: Option<String>,
}

impl Diagnosis {
    /// The mistakes found, in either verdict.
    #[must_use]
    pub fn named(&self) -> &[Named] {
        match &self.verdict {
            Verdict::Verifies => &[],
            Verdict::Tolerated(named) | Verdict::Refused(named) => named,
        }
    }

    /// The reason codes, joined by `+`: `verifies`, [`UNKNOWN`], or those of the mistakes.
    #[must_use]
    pub fn code(&self) -> String {
        match (&self.verdict, self.named()) {
            (Verdict::Verifies, _) => "verifies".to_owned(),
            (_, []) => UNKNOWN.to_owned(),
            (_, named) => named.iter().map(|named| named.mistake.code()).collect::<Vec<_>>().join("+"),
        }
    }

    /// The sentences, for anybody: they say nothing that the request's sender does not know.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (&self.verdict, self.named()) {
            (Verdict::Verifies, _) => "The signature is right.".to_owned(),
            (_, []) => "No known mistake explains the signature: the secret key is another one, or the request was changed on the way.".to_owned(),
            (_, named) => named.iter().map(|named| named.mistake.sentence()).collect::<Vec<_>>().join(" "),
        }
    }
}
