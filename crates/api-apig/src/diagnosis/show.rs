use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::diagnosis::{DiagnosisView, MistakeView};
use countersign_control::Error;
use countersign_control::diagnosis::{Diagnosed, Mistake};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let id = call.parameter("request_id").unwrap_or_default();
    let diagnosed = call.control.diagnosed_refusal(&call.instance()?, id)?;
    Ok(Answer::json(&view(diagnosed.ok_or_else(|| Error::diagnosis_not_found(id))?)))
}

fn view(diagnosed: Diagnosed) -> DiagnosisView {
    DiagnosisView {
        request_id: diagnosed.request_id,
        time: diagnosed.time.rfc3339().to_string(),
        api_id: diagnosed.api_id.to_string(),
        access_key: diagnosed.access_key,
        code: diagnosed.code,
        sentence: diagnosed.sentence,
        mistakes: diagnosed.mistakes.into_iter().map(mistake).collect(),
        canonical_request: diagnosed.canonical_request,
        signed_canonical_request: diagnosed.signed_canonical_request,
    }
}

fn mistake(Mistake { code, sentence, remedy, particular }: Mistake) -> MistakeView {
    MistakeView { code, sentence, remedy, particular }
}
