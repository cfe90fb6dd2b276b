use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::FeatureToggle;
use countersign_control::instances::features::FeatureState;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: FeatureToggle = call.json()?;
    let name = required("name", body.name)?;
    let state = if required("enable", body.enable)? { FeatureState::On } else { FeatureState::Off };
    let at = call.instance()?;
    let feature = call.control.set_feature(&at, &name, state, body.config.as_deref())?;
    Ok(Answer::json(&view(&at, feature)))
}
