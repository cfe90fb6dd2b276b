//! JMESPath over a result.

use anyhow::anyhow;
use jmespath::Variable;
use serde_json::Value;

/// A compiled expression.
#[derive(Clone)]
pub(super) struct Query(jmespath::Expression<'static>);

/// Compiles an expression.
///
/// # Errors
/// Where and why it is none.
pub(super) fn parse(text: &str) -> Result<Query, String> {
    jmespath::compile(text).map(Query).map_err(|error| error.to_string())
}

impl Query {
    /// What the expression selects.
    ///
    /// # Errors
    /// When a function gets a value that it cannot take.
    pub(super) fn select(&self, value: &Value) -> anyhow::Result<Value> {
        let variable = Variable::try_from(value).map_err(|error| anyhow!("--query: {error}"))?;
        let found = self.0.search(variable).map_err(|error| anyhow!("--query: {error}"))?;
        Ok(serde_json::to_value(&*found)?)
    }
}
