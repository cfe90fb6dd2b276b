//! From what a client writes to the domain.

use countersign_api_types::responses::{ResponseInfo, ResponseInfoHeader, ResponsesCreate};
use countersign_control::responses::{Answer, ResponseDraft};
use countersign_control::{Error, validate::required};
use countersign_types::ResponseType;

pub(super) fn draft(body: ResponsesCreate) -> Result<ResponseDraft, Error> {
    let answers = body.responses.unwrap_or_default().into_iter();
    Ok(ResponseDraft {
        name: required("name", body.name)?,
        answers: answers
            .map(|(name, info)| Ok((kind(&name)?, answer(info)?)))
            .collect::<Result<_, Error>>()?,
    })
}

pub(super) fn kind(name: &str) -> Result<ResponseType, Error> {
    ResponseType::parse(name).ok_or_else(|| Error::invalid("response_type"))
}

pub(super) fn answer(info: ResponseInfo) -> Result<Answer, Error> {
    let status = info.status.map(|status| u16::try_from(status).map_err(|_| Error::invalid("status")));
    Ok(Answer {
        status: status.transpose()?,
        body: required("body", info.body)?,
        headers: info.headers.unwrap_or_default().into_iter().map(line).collect::<Result<_, _>>()?,
    })
}

fn line(header: ResponseInfoHeader) -> Result<(String, String), Error> {
    Ok((required("headers.key", header.key)?, required("headers.value", header.value)?))
}
