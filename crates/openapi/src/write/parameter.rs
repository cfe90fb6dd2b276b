//! Declared parameters of the request.

use super::Members;
use crate::keys::{ORCHESTRATIONS, OURS, PASS_THROUGH, SAMPLE};
use crate::text::Dialect;
use countersign_control::apis::{Location, Parameter, ValueType};
use serde_json::{Map, Value};

pub(super) fn write(parameter: &Parameter, dialect: Dialect) -> Value {
    let mut object = Map::new();
    object.set("name", parameter.name.as_str());
    object.set("in", place(parameter.location));
    object.set("required", parameter.required);
    object.set_some("description", parameter.remark.as_deref());
    match dialect {
        Dialect::Swagger => {
            limits(parameter, &mut object);
            object.set_some(SAMPLE, parameter.sample.as_deref());
        }
        Dialect::OpenApi => {
            let mut schema = Map::new();
            limits(parameter, &mut schema);
            object.set("schema", schema);
            object.set_some("example", parameter.sample.as_deref());
        }
    }
    object.set_some(PASS_THROUGH, parameter.pass_through.map(|yes| if yes { "always" } else { "never" }));
    object.set_some(ORCHESTRATIONS, parameter.orchestrations.clone());
    let mut ours = Map::new();
    ours.set("checked", parameter.checked);
    ours.set_some("json_schema", parameter.json_schema.as_deref());
    object.set(OURS, ours);
    Value::Object(object)
}

const fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    }
}

fn limits(parameter: &Parameter, object: &mut Map<String, Value>) {
    let is_number = parameter.value_type == ValueType::Number;
    object.set("type", if is_number { "number" } else { "string" });
    let value = |text: &str| if is_number { number(text) } else { Value::from(text) };
    object.set_some("default", parameter.default.as_deref().map(value));
    let enumerations = parameter.enumerations.as_deref();
    object.set_some("enum", enumerations.map(|all| all.split(',').map(value).collect::<Vec<_>>()));
    object.set_some("minimum", parameter.min_number);
    object.set_some("maximum", parameter.max_number);
    object.set_some("minLength", parameter.min_chars);
    object.set_some("maxLength", parameter.max_chars);
    object.set_some("pattern", parameter.regular.as_deref());
}

/// The number, as far as it reads back as the same text.
fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
    whole.map_or_else(|| Value::from(text), Value::from)
}
