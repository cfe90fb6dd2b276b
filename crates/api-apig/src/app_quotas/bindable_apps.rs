use super::{app_view, apps};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::app_quotas::QuotaAppFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    Ok(Answer::page("apps", apps(call, QuotaAppFilter::Bindable)?, app_view))
}
