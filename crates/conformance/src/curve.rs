//! Signatures of curves: of one text there are many, as clients draw their nonces at random.

use crate::own;
use crate::protocol::{Answer, SignTask, Signed};
use crate::wire;

/// Whether a signature of a curve is one that our verifier accepts. Others are one of a kind, and never are.
pub(crate) fn holds(task: &SignTask, signed: &Signed) -> bool {
    let is_of_curve = ["SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3"].contains(&task.algorithm.as_str());
    is_of_curve && matches!(own::verify(&wire::arrived(task, &signed.headers)), Answer::Verified { .. })
}
