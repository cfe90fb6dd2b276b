//! Declared parameters of the request.

use crate::keys::{ORCHESTRATIONS, PASS_THROUGH, SAMPLE};
use crate::object::Object;
use crate::text::Dialect;
use countersign_control::apis::{Location, Parameter, ValueType};
use countersign_control::{Error, quota};
use serde_json::Value;

/// Keys that say nothing to a gateway.
const SILENT: &[&str] = &[
    "$ref",
    "allowEmptyValue",
    "allowReserved",
    "collectionFormat",
    "content",
    "deprecated",
    "examples",
    "explode",
    "format",
    "items",
    "style",
];

/// The operation's parameters, and those of its path that it does not declare itself.
pub(super) fn all(
    operation: &mut Object<'_>,
    of_path: Vec<(&Value, String)>,
    dialect: Dialect,
) -> Result<Vec<Parameter>, Error> {
    let own = operation.list("parameters")?.unwrap_or_default();
    if own.len() > quota::API_PARAMETERS.most {
        return Err(Error::api_parameters_exceeded());
    }
    let mut parameters: Vec<Parameter> = Vec::new();
    for item in own {
        parameters.extend(read(operation.follow(item)?, dialect)?);
    }
    let declared = parameters.len();
    for item in of_path {
        let Some(inherited) = read(operation.follow(item)?, dialect)? else { continue };
        let is_it = |own: &Parameter| own.name == inherited.name && own.location == inherited.location;
        if !parameters.iter().take(declared).any(is_it) {
            parameters.push(inherited);
        }
    }
    Ok(parameters)
}

/// One parameter; none, when it describes what gateways do not look at.
fn read(mut object: Object<'_>, dialect: Dialect) -> Result<Option<Parameter>, Error> {
    let location = match object.required_text("in")?.as_str() {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "body" | "formData" | "cookie" => return Ok(None),
        _ => return Err(object.wrong("in", "the word has no meaning here")),
    };
    let name = object.required_text("name")?;
    if location == Location::Header && is_credential(&name) {
        return Ok(None);
    }
    let mut ours = object.ours()?;
    let limits = match dialect {
        Dialect::Swagger => Limits::read(&mut object)?,
        Dialect::OpenApi => match object.object("schema")? {
            Some(mut schema) => Limits::read(&mut schema)?,
            None => Limits::default(),
        },
    };
    let checked = ours.flag("checked")?.unwrap_or(limits.limit_something());
    let parameter = Parameter {
        id: String::new(),
        name,
        value_type: limits.value_type,
        location,
        required: object.flag("required")?.unwrap_or(location == Location::Path),
        default: limits.default,
        sample: object.scalar(SAMPLE)?.or(object.scalar("example")?),
        checked,
        enumerations: limits.enumerations,
        min_number: limits.min_number,
        max_number: limits.max_number,
        min_chars: limits.min_chars,
        max_chars: limits.max_chars,
        regular: limits.regular,
        json_schema: ours.text("json_schema")?,
        pass_through: object.word(PASS_THROUGH, always)?,
        orchestrations: object.texts(ORCHESTRATIONS)?,
        remark: object.text("description")?,
    };
    ours.finish()?;
    object.ignore(SILENT);
    object.finish()?;
    Ok(Some(parameter))
}

/// Headers that carry credentials belong to the security of an operation, as OpenAPI has it.
fn is_credential(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("x-auth-token")
}

fn always(word: &str) -> Option<bool> {
    match word {
        "always" => Some(true),
        "never" => Some(false),
        _ => None,
    }
}

/// What values are allowed.
struct Limits {
    value_type: ValueType,
    default: Option<String>,
    enumerations: Option<String>,
    min_number: Option<i64>,
    max_number: Option<i64>,
    min_chars: Option<i64>,
    max_chars: Option<i64>,
    regular: Option<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            value_type: ValueType::Text,
            default: None,
            enumerations: None,
            min_number: None,
            max_number: None,
            min_chars: None,
            max_chars: None,
            regular: None,
        }
    }
}

impl Limits {
    /// From the parameter itself in Swagger, from its schema in OpenAPI. Of what schemas say beyond this, a gateway
    /// checks nothing.
    fn read(object: &mut Object<'_>) -> Result<Self, Error> {
        Ok(Self {
            value_type: match object.text("type")?.as_deref() {
                Some("integer" | "long" | "float" | "double" | "number") => ValueType::Number,
                _ => ValueType::Text,
            },
            default: match object.value("default") {
                Some(Value::Array(_) | Value::Object(_)) | None => None,
                Some(_) => object.scalar("default")?,
            },
            enumerations: object.texts("enum")?.map(|values| values.join(",")),
            min_number: object.number("minimum")?,
            max_number: object.number("maximum")?,
            min_chars: object.number("minLength")?,
            max_chars: object.number("maxLength")?,
            regular: object.text("pattern")?,
        })
    }

    /// Zeros stand for "no limit".
    fn limit_something(&self) -> bool {
        let numbers = [self.min_number, self.max_number, self.min_chars, self.max_chars];
        let texts = [&self.enumerations, &self.regular];
        numbers.iter().flatten().any(|number| *number != 0)
            || texts.into_iter().flatten().any(|text| !text.is_empty())
    }
}
