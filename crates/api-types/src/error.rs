use serde::{Deserialize, Serialize};

/// Body of every refusal of the management API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// `APIG.nnnn`, `APIC.nnnn`, or `COUNTERSIGN.nnnn` for what the contract has no code for.
    pub error_code: String,
    /// What is wrong, in words.
    pub error_msg: String,
}
