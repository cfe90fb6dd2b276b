//! Policies, from what a client writes to what the data plane evaluates.

use super::{backend, backend_authorizer, location, mappings};
use crate::Error;
use crate::apis::{Condition, ConditionOrigin, ConditionType, Definition, Effect, Policy};
use countersign_snapshot::source as snapshot;
use snapshot::{Subject, Test};

pub(super) fn freeze_all(definition: &Definition) -> Result<Vec<snapshot::Policy>, Error> {
    definition.policies.iter().map(|policy| freeze(definition, policy)).collect()
}

fn freeze(definition: &Definition, policy: &Policy) -> Result<snapshot::Policy, Error> {
    let conditions = policy.conditions.iter().map(|one| condition(definition, one));
    Ok(snapshot::Policy {
        effect: match policy.effect {
            Effect::All => snapshot::Effect::All,
            Effect::Any => snapshot::Effect::Any,
        },
        conditions: conditions.collect::<Result<_, _>>()?,
        backend: backend(&policy.backend)?,
        authorizer: backend_authorizer(&policy.backend)?,
        mappings: mappings(definition, &policy.mappings)?,
    })
}

fn condition(definition: &Definition, condition: &Condition) -> Result<snapshot::Condition, Error> {
    if condition.origin == ConditionOrigin::Source {
        return Ok(snapshot::Condition::Source(listed(&condition.value)));
    }
    Ok(snapshot::Condition::Text { subject: subject(definition, condition)?, test: test(condition)? })
}

fn subject(definition: &Definition, condition: &Condition) -> Result<Subject, Error> {
    let name = condition.subject();
    Ok(match condition.origin {
        ConditionOrigin::Parameter => {
            let parameter = definition.parameters.iter().find(|parameter| parameter.name == name);
            let parameter = parameter.ok_or_else(|| Error::mapping_undeclared(name))?;
            Subject::Parameter { name: name.to_owned(), location: location(parameter.location) }
        }
        ConditionOrigin::System if matches!(name, "req_path" | "reqPath") => Subject::Path,
        ConditionOrigin::System => Subject::Method,
        ConditionOrigin::Cookie => Subject::Cookie(name.to_owned()),
        ConditionOrigin::Authorizer => {
            Subject::Authorizer(name.strip_prefix(Condition::AUTHORIZER_PREFIX).unwrap_or(name).to_owned())
        }
        ConditionOrigin::Source | ConditionOrigin::Orchestration => {
            return Err(Error::not_built(format!("condition_origin {}", condition.origin.as_str())));
        }
    })
}

fn test(condition: &Condition) -> Result<Test, Error> {
    let value = condition.value.clone();
    Ok(match condition.comparison.ok_or_else(|| Error::missing("conditions.condition_type"))? {
        ConditionType::Exact => Test::Equal(value),
        ConditionType::Enum => Test::OneOf(listed(&value)),
        ConditionType::Pattern => Test::Pattern(value),
    })
}

/// The entries of a list with commas.
fn listed(value: &str) -> Vec<String> {
    Condition::entries(value).map(str::to_owned).collect()
}
