//! Refused signatures, diagnosed where that is switched on: for an API, or for whatever an app calls.

use crate::apis::Api;
use crate::{Control, Error, InstanceRef, apis, apps};
use countersign_store::{Reader, find, put};
use countersign_types::{ApiId, AppId, InstanceId, Timestamp};

/// Knows the refusals that the data plane has diagnosed lately.
pub trait Refusals: Send + Sync + 'static {
    /// The refusal of this request, if the gateway has diagnosed it and still remembers.
    fn find(&self, gateway: &InstanceId, request_id: &str) -> Option<Diagnosed>;
}

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosed {
    /// Id of the request.
    pub request_id: String,
    /// When it was refused.
    pub time: Timestamp,
    /// The API that was called.
    pub api_id: ApiId,
    /// The access key that it named; empty if there is no such key.
    pub access_key: String,
    /// Reason codes joined by `+`, or `unknown`.
    pub code: String,
    /// What the caller was told.
    pub sentence: String,
    /// The mistakes one by one.
    pub mistakes: Vec<Mistake>,
    /// The canonical request as the gateway built it.
    pub canonical_request: Option<String>,
    /// The canonical request as the client signed it, if that is known.
    pub signed_canonical_request: Option<String>,
}

/// A mistake of the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its reason code.
    pub code: &'static str,
    /// What happened.
    pub sentence: &'static str,
    /// What to change.
    pub remedy: &'static str,
    /// What in particular was signed.
    pub particular: Option<String>,
}

impl Control {
    /// Whether refused signatures of the API are diagnosed.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn is_api_diagnosed(&self, at: &InstanceRef, id: &ApiId) -> Result<bool, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            Ok(apis::require(reader, at, id)?.diagnosed)
        })
    }

    /// Switches it; it acts at once.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn set_api_diagnosed(&self, at: &InstanceRef, id: &ApiId, diagnosed: bool) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let api = apis::require(writer, at, id)?;
            Ok(put(writer, &Api { diagnosed, ..api })?)
        })
    }

    /// Whether refused signatures with the app's key are diagnosed.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn is_app_diagnosed(&self, at: &InstanceRef, id: &AppId) -> Result<bool, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            Ok(apps::require(reader, at, id)?.diagnosed)
        })
    }

    /// Switches it; it acts at once.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn set_app_diagnosed(&self, at: &InstanceRef, id: &AppId, diagnosed: bool) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let mut app = apps::require(writer, at, id)?;
            app.diagnosed = diagnosed;
            Ok(put(writer, &app)?)
        })
    }

    /// Why a request was refused; `None` when its gateway has not diagnosed it, or has forgotten it.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn diagnosed_refusal(&self, at: &InstanceRef, request_id: &str) -> Result<Option<Diagnosed>, Error> {
        self.read(|reader| at.resolve(reader).map(drop))?;
        Ok(self.refusals.find(&at.id, request_id))
    }
}

/// Whether the API asks for it; one that is gone does not.
pub(crate) fn of_api(reader: &dyn Reader, gateway: &InstanceId, id: &ApiId) -> Result<bool, Error> {
    let api: Option<Api> = find(reader, gateway.as_str(), id.as_str())?;
    Ok(api.is_some_and(|api| api.diagnosed))
}
