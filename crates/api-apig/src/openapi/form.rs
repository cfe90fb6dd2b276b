//! The multipart form that carries a document.

use crate::call::Call;
use countersign_api_types::openapi::ImportForm;
use countersign_control::Error;
use futures_util::stream;
use multer::{Field, Multipart};
use std::convert::Infallible;

/// Most bytes of a field other than the document.
const FIELD_BYTES_MAX: usize = 1_024;

/// The form of the call. A field that no form has is refused.
pub(super) fn read(call: &Call) -> Result<ImportForm, Error> {
    let boundary = multer::parse_boundary(&call.content_type).map_err(|_| Error::unreadable(NO_FORM))?;
    let body = stream::iter([Ok::<_, Infallible>(call.body.clone())]);
    // The body is there as a whole, so that nothing is waited for.
    tokio::runtime::Handle::current().block_on(fields(Multipart::new(body, boundary)))
}

const NO_FORM: &str = "multipart/form-data with a boundary is expected";

async fn fields(mut multipart: Multipart<'_>) -> Result<ImportForm, Error> {
    let mut form = ImportForm::default();
    while let Some(field) = multipart.next_field().await.map_err(Error::unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let slot = match name.as_str() {
            "is_create_group" => &mut form.is_create_group,
            "group_id" => &mut form.group_id,
            "extend_mode" => &mut form.extend_mode,
            "simple_mode" => &mut form.simple_mode,
            "mock_mode" => &mut form.mock_mode,
            "api_mode" => &mut form.api_mode,
            "file_name" => {
                let document = field.bytes().await.map_err(Error::unreadable)?;
                form.file_name = Some(document.to_vec());
                continue;
            }
            _ => return Err(Error::unreadable(format_args!("unknown field `{}`", name.escape_debug()))),
        };
        *slot = Some(text(field, &name).await?);
    }
    Ok(form)
}

async fn text(field: Field<'_>, name: &str) -> Result<String, Error> {
    let bytes = field.bytes().await.map_err(Error::unreadable)?;
    if bytes.len() > FIELD_BYTES_MAX {
        return Err(Error::invalid(name));
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| Error::invalid(name))
}
