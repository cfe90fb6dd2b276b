//! Rules for the conditions of policies.

use super::parameters::is_header_token;
use crate::apis::backend::Condition;
use crate::apis::definition::Definition;
use crate::apis::words::{ConditionOrigin, ConditionType, Method};
use crate::validate::{check, is_length};
use crate::{Error, Instance, quota};
use countersign_snapshot::{AddressSet, Pattern};

/// The feature without which no condition looks at cookies.
const COOKIE_FEATURE: &str = "policy_cookie_param";

pub(super) fn check_conditions(definition: &Definition, conditions: &[Condition]) -> Result<(), Error> {
    check("policies.conditions", !conditions.is_empty())?;
    if conditions.len() > quota::API_CONDITIONS.most {
        return Err(Error::api_conditions_exceeded());
    }
    conditions.iter().try_for_each(|condition| {
        check("conditions.condition_value", is_length(&condition.value, (1, 1_024)))?;
        check_subject(definition, condition)?;
        check_test(condition)
    })
}

/// Refuses conditions that need a feature which the gateway does not have.
pub(in crate::apis) fn check_features(definition: &Definition, instance: &Instance) -> Result<(), Error> {
    let has_feature = || instance.features.get(COOKIE_FEATURE).is_some_and(|feature| feature.enabled);
    let mut all = definition.policies.iter().flat_map(|policy| &policy.conditions);
    let asks = all.any(|condition| condition.origin == ConditionOrigin::Cookie);
    check("conditions.condition_origin", !asks || has_feature())
}

/// What a condition looks at must be named, and be there.
fn check_subject(definition: &Definition, condition: &Condition) -> Result<(), Error> {
    let name = condition.subject();
    let given = |member: &str| if name.is_empty() { Err(Error::missing(member)) } else { Ok(()) };
    match condition.origin {
        ConditionOrigin::Source | ConditionOrigin::Orchestration => Ok(()),
        ConditionOrigin::Parameter => {
            given("conditions.req_param_name")?;
            let is_declared = definition.parameters.iter().any(|parameter| parameter.name == name);
            if is_declared { Ok(()) } else { Err(Error::mapping_undeclared(name)) }
        }
        ConditionOrigin::System => {
            given("conditions.sys_param_name")?;
            let known = ["req_path", "req_method", "reqPath", "reqMethod"];
            check("conditions.sys_param_name", known.contains(&name))
        }
        ConditionOrigin::Cookie => {
            given("conditions.cookie_param_name")?;
            check("conditions.cookie_param_name", is_length(name, (1, 255)) && is_header_token(name))
        }
        ConditionOrigin::Authorizer => {
            given("conditions.frontend_authorizer_param_name")?;
            let key = name.strip_prefix(Condition::AUTHORIZER_PREFIX);
            let is_named = key.is_some_and(|key| is_length(key, (1, 64)));
            check(
                "conditions.frontend_authorizer_param_name",
                is_named && definition.frontend_authorizer().is_some(),
            )
        }
    }
}

/// The value must be one that can be compared with.
fn check_test(condition: &Condition) -> Result<(), Error> {
    let value = condition.value.as_str();
    if condition.origin == ConditionOrigin::Source {
        // Ranges, which make sets of addresses too, are unknown to conditions.
        let is_list = !value.contains('-')
            && Condition::entries(value).next().is_some()
            && AddressSet::parse(Condition::entries(value)).is_ok();
        return check("conditions.condition_value", is_list);
    }
    let comparison = condition.comparison.ok_or_else(|| Error::missing("conditions.condition_type"))?;
    let is_method = matches!(condition.subject(), "req_method" | "reqMethod");
    if condition.origin == ConditionOrigin::System && is_method {
        return check_method(comparison, value);
    }
    let fits = match comparison {
        ConditionType::Exact => true,
        ConditionType::Enum => Condition::entries(value).next().is_some(),
        ConditionType::Pattern => Pattern::parse(value).is_ok(),
    };
    check("conditions.condition_value", fits)
}

/// A method is equal to one or to one of several; patterns are documented as not allowed.
fn check_method(comparison: ConditionType, value: &str) -> Result<(), Error> {
    check("conditions.condition_type", comparison != ConditionType::Pattern)?;
    let is_method = |text: &str| Method::parse(text).is_some_and(|method| method != Method::Any);
    let fits = match comparison {
        ConditionType::Enum => {
            let mut entries = Condition::entries(value).peekable();
            entries.peek().is_some() && entries.all(is_method)
        }
        ConditionType::Exact | ConditionType::Pattern => is_method(value),
    };
    check("conditions.condition_value", fits)
}
