//! Who may call: requirements, and the schemes that they name.

use super::Common;
use crate::keys::{AUTH_OPT, AUTH_TYPE, AUTHORIZER};
use crate::object::Object;
use countersign_control::Error;
use countersign_control::apis::{AppCode, Auth};

/// What callers must show.
pub(super) struct Credentials {
    pub(super) auth: Auth,
    pub(super) app_code: Option<AppCode>,
    pub(super) authorizer_id: Option<String>,
}

/// The operation's own requirement, else the document's. What cannot be required here is refused, never left out.
pub(super) fn read(
    operation: &mut Object<'_>,
    ours: &mut Object<'_>,
    common: &Common<'_>,
) -> Result<Credentials, Error> {
    let mut credentials = Credentials {
        auth: Auth::None,
        app_code: ours.word("app_code", AppCode::parse)?,
        authorizer_id: None,
    };
    let own = operation.value("security");
    let Some(requirements) = own.or(common.security) else { return Ok(credentials) };
    let wrong = |reason| operation.wrong("security", reason);
    let requirements = requirements.as_array().ok_or_else(|| wrong("a list is expected"))?;
    let names = match requirements.as_slice() {
        [] => return Ok(credentials),
        [one] => one.as_object().ok_or_else(|| wrong("an object is expected"))?.keys(),
        _ => return Err(wrong("alternatives cannot be required")),
    };
    for name in names {
        let scheme = common.security_schemes.as_ref().and_then(|schemes| schemes.named(name));
        let scheme = scheme.ok_or_else(|| wrong("a scheme is required that is not defined"))?;
        let place = operation.place(&format!("security.{name}"));
        credentials.require(name, operation.follow((scheme, place))?)?;
    }
    Ok(credentials)
}

impl Credentials {
    fn require(&mut self, name: &str, mut scheme: Object<'_>) -> Result<(), Error> {
        let kind = scheme.text(AUTH_TYPE)?;
        match (kind.as_deref(), scheme.object(AUTHORIZER)?) {
            (_, Some(_)) if self.authorizer_id.is_none() => {
                self.require_authorizer(name);
                Ok(())
            }
            (Some("AppSigv1"), None) if self.auth != Auth::Iam => {
                self.auth = Auth::App;
                self.app_code = app_code(&mut scheme)?.or(self.app_code);
                Ok(())
            }
            (Some("IAM"), None) if self.auth != Auth::App => {
                self.auth = Auth::Iam;
                Ok(())
            }
            _ => Err(scheme.wrong(AUTH_TYPE, "this cannot be required")),
        }
    }

    /// Alone it decides; beside another scheme it is the second factor. The scheme has its name.
    fn require_authorizer(&mut self, name: &str) {
        self.authorizer_id = Some(name.to_owned());
        if self.auth == Auth::None {
            self.auth = Auth::Authorizer;
        }
    }
}

fn app_code(scheme: &mut Object<'_>) -> Result<Option<AppCode>, Error> {
    let Some(mut options) = scheme.object(AUTH_OPT)? else { return Ok(None) };
    options.word("appcode-auth-type", |word| AppCode::parse(&word.to_ascii_uppercase()))
}
