//! AppKeys are unique over all gateways.

use super::App;
use crate::Error;
use countersign_store::{Document, Writer};
use countersign_types::{AccessKeyId, AppId};
use serde::{Deserialize, Serialize};

/// Holds an AppKey for its app. One scope for all gateways, because the data plane looks keys up without one.
#[derive(Debug, Serialize, Deserialize)]
struct AppKey {
    key: AccessKeyId,
    app_id: AppId,
}

const EVERYWHERE: &str = "everywhere";

impl Document for AppKey {
    const KIND: &'static str = "app_key";

    fn scope(&self) -> &str {
        EVERYWHERE
    }

    fn id(&self) -> &str {
        self.key.as_str()
    }
}

/// Removes the app and frees its key.
pub(crate) fn delete(writer: &mut dyn Writer, app: &App) -> Result<(), Error> {
    writer.delete(AppKey::KIND, EVERYWHERE, app.key.as_str())?;
    writer.delete(App::KIND, app.scope(), app.id.as_str())?;
    Ok(())
}

/// Takes the key for a new app.
pub(super) fn reserve(writer: &mut dyn Writer, app: &App) -> Result<(), Error> {
    if writer.get(AppKey::KIND, EVERYWHERE, app.key.as_str())?.is_some() {
        return Err(Error::app_key_taken());
    }
    Ok(countersign_store::put(writer, &AppKey { key: app.key.clone(), app_id: app.id.clone() })?)
}
