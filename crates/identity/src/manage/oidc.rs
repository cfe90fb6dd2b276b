//! What the tokens of an identity provider are checked with.

use super::identity_providers::get_identity_provider;
use crate::{AccessMode, Browser, Caller, Error, IdentityProvider, Live, OidcConfig};
use countersign_oidc::KeySet;
use countersign_store::{put, write};
use std::ops::RangeInclusive;

/// Characters of an address, as published.
const URL_CHARS: RangeInclusive<usize> = 10..=255;
/// Characters of the id of a client, as published.
const CLIENT_ID_CHARS: RangeInclusive<usize> = 5..=255;
/// What a browser may ask for.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// What to set; everything else stays.
#[derive(Default)]
pub struct OidcDraft {
    /// `program` or `program_console`.
    pub access_mode: Option<String>,
    /// Issuer of the tokens.
    pub idp_url: Option<String>,
    /// Whom the tokens must be for.
    pub client_id: Option<String>,
    /// For `program_console` only, like all that follows but the keys: the login page.
    pub authorization_endpoint: Option<String>,
    /// What is asked for, separated by spaces.
    pub scope: Option<String>,
    /// `id_token`.
    pub response_type: Option<String>,
    /// `fragment` or `form_post`.
    pub response_mode: Option<String>,
    /// A JSON Web Key Set.
    pub signing_key: Option<String>,
}

impl Live {
    /// Says for the first time what tokens are checked with.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NotFound`], [`Error::NameTaken`] when it was said already,
    /// or a fault.
    pub fn create_oidc_config(
        &self,
        caller: &Caller,
        id: &str,
        draft: &OidcDraft,
    ) -> Result<OidcConfig, Error> {
        caller.require_for_identity_provider("createOpenIDConnectConfig", id)?;
        self.set_oidc_config(caller, id, |current| match current {
            None => apply(None, draft),
            Some(_) => Err(Error::NameTaken("openid-connect-config".to_owned())),
        })
    }

    /// Changes what tokens are checked with from now on; what was issued stays.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NotFound`] for provider or configuration, or a fault.
    pub fn update_oidc_config(
        &self,
        caller: &Caller,
        id: &str,
        draft: &OidcDraft,
    ) -> Result<OidcConfig, Error> {
        caller.require_for_identity_provider("updateOpenIDConnectConfig", id)?;
        self.set_oidc_config(caller, id, |current| match current {
            None => Err(Error::NotFound { kind: "openid-connect-config", id: id.to_owned() }),
            Some(current) => apply(Some(current), draft),
        })
    }

    fn set_oidc_config(
        &self,
        caller: &Caller,
        id: &str,
        change: impl Fn(Option<OidcConfig>) -> Result<OidcConfig, Error>,
    ) -> Result<OidcConfig, Error> {
        write(self.identity.store.as_ref(), |writer| {
            let provider = get_identity_provider(writer, caller, id)?;
            let config = change(provider.oidc.clone())?;
            put(writer, &IdentityProvider { oidc: Some(config.clone()), ..provider })?;
            Ok(config)
        })
    }
}

fn apply(current: Option<OidcConfig>, draft: &OidcDraft) -> Result<OidcConfig, Error> {
    let (access_mode, idp_url, client_id, signing_key) = current.map_or((None, None, None, None), |config| {
        (Some(config.access_mode), Some(config.idp_url), Some(config.client_id), Some(config.signing_key))
    });
    let config = OidcConfig {
        access_mode: apply_access_mode(access_mode, draft)?,
        idp_url: set("idp_url", &draft.idp_url, idp_url)?,
        client_id: set("client_id", &draft.client_id, client_id)?,
        signing_key: set("signing_key", &draft.signing_key, signing_key)?,
    };
    check_url("idp_url", &config.idp_url)?;
    if !CLIENT_ID_CHARS.contains(&config.client_id.chars().count()) {
        return Err(Error::Invalid { field: "client_id", reason: "5 to 255 characters" });
    }
    KeySet::parse(&config.signing_key)
        .map_err(|invalid| Error::Invalid { field: "signing_key", reason: invalid.expected() })?;
    Ok(config)
}

fn apply_access_mode(current: Option<AccessMode>, draft: &OidcDraft) -> Result<AccessMode, Error> {
    let (is_program, browser) = match current {
        None => (None, None),
        Some(AccessMode::Program) => (Some(true), None),
        Some(AccessMode::ProgramConsole(browser)) => (Some(false), Some(browser)),
    };
    let is_program = match draft.access_mode.as_deref() {
        Some("program") => Some(true),
        Some("program_console") => Some(false),
        Some(_) => None,
        None => is_program,
    };
    match is_program {
        None => Err(Error::Invalid { field: "access_mode", reason: "program or program_console" }),
        Some(false) => Ok(AccessMode::ProgramConsole(apply_browser(browser, draft)?)),
        Some(true) if names_browser(draft) => {
            let reason = "program_console, or none of the members that only that has";
            Err(Error::Invalid { field: "access_mode", reason })
        }
        Some(true) => Ok(AccessMode::Program),
    }
}

fn apply_browser(current: Option<Browser>, draft: &OidcDraft) -> Result<Browser, Error> {
    let (endpoint, scope, mode) = current.map_or((None, None, None), |browser| {
        (Some(browser.authorization_endpoint), Some(browser.scope), Some(browser.response_mode))
    });
    let browser = Browser {
        authorization_endpoint: set("authorization_endpoint", &draft.authorization_endpoint, endpoint)?,
        scope: set("scope", &draft.scope, scope)?,
        response_mode: set("response_mode", &draft.response_mode, mode)?,
    };
    check_url("authorization_endpoint", &browser.authorization_endpoint)?;
    let asked: Vec<_> = browser.scope.split(' ').collect();
    if !asked.contains(&"openid") || !asked.iter().all(|one| SCOPES.contains(one)) {
        return Err(Error::Invalid { field: "scope", reason: "openid, and maybe email and profile" });
    }
    if draft.response_type.as_ref().is_some_and(|kind| kind != "id_token") {
        return Err(Error::Invalid { field: "response_type", reason: "id_token" });
    }
    if matches!(browser.response_mode.as_str(), "fragment" | "form_post") {
        Ok(browser)
    } else {
        Err(Error::Invalid { field: "response_mode", reason: "fragment or form_post" })
    }
}

const fn names_browser(draft: &OidcDraft) -> bool {
    draft.authorization_endpoint.is_some()
        || draft.scope.is_some()
        || draft.response_type.is_some()
        || draft.response_mode.is_some()
}

fn set(field: &'static str, wanted: &Option<String>, current: Option<String>) -> Result<String, Error> {
    wanted.clone().or(current).ok_or(Error::Invalid { field, reason: "a required member" })
}

fn check_url(field: &'static str, url: &str) -> Result<(), Error> {
    let is_good = URL_CHARS.contains(&url.len())
        && (url.starts_with("https://") || url.starts_with("http://"))
        && url.bytes().all(|byte| byte.is_ascii_graphic());
    if is_good { Ok(()) } else { Err(Error::Invalid { field, reason: "a URL of 10 to 255 characters" }) }
}
