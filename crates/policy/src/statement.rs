//! One statement of a policy.

use crate::action::Actions;
use crate::condition::{self, Condition};
use crate::resource::Resources;
use crate::{Error, Kind, Request};
use serde_json::{Map, Value};

const MEMBERS: [&str; 5] = ["Effect", "Action", "NotAction", "Resource", "Condition"];

/// What a statement is about.
#[derive(Debug)]
pub(crate) struct Statement {
    actions: Actions,
    /// About every other action.
    is_inverted: bool,
    /// `None` for every resource.
    resources: Option<Resources>,
    conditions: Box<[Condition]>,
}

/// What a statement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

impl Statement {
    pub(crate) fn parse(value: &Value, kind: Kind) -> Result<(Effect, Self), Error> {
        let members = value.as_object().ok_or(Error::Statements)?;
        if let Some(key) = members.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
            return Err(Error::Key { key: key.clone() });
        }
        let effect = effect(members)?;
        let (actions, is_inverted) = actions(members)?;
        if is_inverted && effect == Effect::Allow && kind == Kind::FineGrained {
            return Err(Error::AllowNotAction);
        }
        let resources = members.get("Resource").map(Resources::parse).transpose()?;
        if resources.as_ref().is_some_and(|(_, is_old)| *is_old) && members.contains_key("Condition") {
            return Err(Error::OldCondition);
        }
        let conditions = members.get("Condition").map(condition::parse).transpose()?;
        let resources = resources.map(|(resources, _)| resources);
        let conditions = conditions.unwrap_or_default().into();
        Ok((effect, Self { actions, is_inverted, resources, conditions }))
    }

    pub(crate) fn applies(&self, request: &Request<'_>) -> bool {
        self.actions.contain(&request.action) != self.is_inverted
            && self.resources.as_ref().is_none_or(|resources| resources.contain(&request.resource))
            && self.conditions.iter().all(|condition| condition.holds(request.context, request.service))
    }
}

fn effect(members: &Map<String, Value>) -> Result<Effect, Error> {
    match members.get("Effect").and_then(Value::as_str) {
        Some(text) if text.eq_ignore_ascii_case("allow") => Ok(Effect::Allow),
        Some(text) if text.eq_ignore_ascii_case("deny") => Ok(Effect::Deny),
        _ => Err(Error::Effect),
    }
}

fn actions(members: &Map<String, Value>) -> Result<(Actions, bool), Error> {
    match (members.get("Action"), members.get("NotAction")) {
        (Some(_), Some(_)) => Err(Error::ActionAndNotAction),
        (Some(list), None) => Ok((Actions::parse(list)?, false)),
        (None, Some(list)) => Ok((Actions::parse(list)?, true)),
        (None, None) => Err(Error::Actions),
    }
}
