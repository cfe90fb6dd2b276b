//! A signed request as a verifier receives it.

use crate::latin1;
use crate::protocol::{KeyPair, Received, SignTask, VerifyTask};

/// The request of a signing task with the signer's headers, as it arrives at a verifier that knows the key pair and
/// whose clock is right. Blanks around values do not survive the way.
pub(crate) fn arrived(task: &SignTask, added: &[(String, String)]) -> VerifyTask {
    let request = &task.request;
    let on_wire = |text: &str| latin1::text(text.trim_matches([' ', '\t']).as_bytes());
    let headers = request.headers.iter().chain(added);
    VerifyTask {
        now: task.now.clone(),
        keys: vec![KeyPair {
            access_key: task.credential.access_key.clone(),
            secret_key: task.credential.secret_key.clone(),
        }],
        request: Received {
            method: request.method.clone(),
            target: latin1::text(request.target.as_bytes()),
            headers: headers.map(|(name, value)| (name.clone(), on_wire(value))).collect(),
            body: request.body.clone(),
        },
    }
}
