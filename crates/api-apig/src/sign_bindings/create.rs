use super::view::bound_key;
use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::signature_keys::{
    BoundSignatureKeyView, SignatureKeyBind, SignatureKeyBindingsView, SignedApiView,
};
use countersign_control::{Error, SignatureKey, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: SignatureKeyBind = call.json()?;
    let key = id("sign_id", required("sign_id", body.sign_id)?)?;
    let publications = required("publish_ids", body.publish_ids)?;
    let publications: Vec<_> =
        publications.into_iter().map(|text| id("publish_ids", text)).collect::<Result<_, _>>()?;
    let bound = call.control.bind::<SignatureKey>(&call.instance()?, &key, &publications)?;
    let bindings = bound.into_iter().map(|bound| {
        let binding_time = bound.binding.created.rfc3339_nanos().to_string();
        let view = bound_key(&call.control, bound)?;
        Ok(BoundSignatureKeyView { at: SignedApiView { binding_time, ..view.at }, ..view })
    });
    Ok(Answer::json(&SignatureKeyBindingsView { bindings: bindings.collect::<Result<_, Error>>()? }))
}
