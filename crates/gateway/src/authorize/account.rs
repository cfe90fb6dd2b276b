//! Lists of accounts: whose users and agencies may call an API.

use super::reject;
use crate::{authenticate::Who, reject::Reject};
use countersign_snapshot::{Access, Principals};
use countersign_types::code;

/// Asks the API's lists of accounts. Only IAM callers have an account, that whose rights they use; everybody else is on
/// no list, so that a list that permits keeps them out and one that denies does not.
///
/// # Errors
/// 403: the lists do not let the caller pass.
pub(super) fn check(principals: &Principals, access: &Access, who: &Who<'_>) -> Result<(), Reject> {
    if !access.asks_for_account() {
        return Ok(());
    }
    let (is_admitted, code) = match who {
        Who::Iam { bearer, .. } => {
            let account = principals.account(bearer.domain_id());
            // What has no name could be on a list that denies it by name.
            (account.is_some() && access.admits_account(account), code::IAM_UNAUTHORIZED)
        }
        Who::Anonymous | Who::App { .. } | Who::Custom => (access.admits_account(None), code::ACCESS_DENIED),
    };
    if is_admitted { Ok(()) } else { Err(reject(code, "account_not_admitted")) }
}
