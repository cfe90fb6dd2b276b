//! Rules that turn claims into a user's name and groups.
//!
//! A rule reads `{"remote": [condition…], "local": [result…]}`. It takes effect when all its conditions hold: the claim
//! `type` is there, or has `any_one_of` some values, or `not_any_of` them (as regular expressions when `regex` is true).
//! A condition of the first kind yields its claim's values; `{0}` in a result stands for the first such condition,
//! `{1}` for the second. Results are `user.name`, `group.name` (one value each) and `groups` (any number).
//! The name is that of the first rule in effect that gives one, the groups are those of all of them.

use crate::id_token::Claims;
use regex::RegexBuilder;
use serde::Deserialize;
use serde_json::Value;

/// Most rules of a mapping, as published.
const RULES_MAX: usize = 10;
/// Most conditions and results of a rule each, and most values of a condition.
const LIST_MAX: usize = 50;
/// Largest compiled form of a regular expression, in bytes.
const REGEX_BYTES_MAX: usize = 64 * 1024;

/// Rules of a form that can be applied.
#[derive(Debug, Clone)]
pub struct Mapping(Vec<Rule>);

/// What the rules make of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// Name of the user.
    pub user_name: String,
    /// Names of groups, each once.
    pub groups: Vec<String>,
}

/// Why rules cannot be applied; the text says what they must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidMapping(pub &'static str);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    local: Vec<Local>,
    remote: Vec<Remote>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Local {
    user: Option<Named>,
    group: Option<Named>,
    groups: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remote {
    #[serde(rename = "type")]
    claim: String,
    any_one_of: Option<Vec<String>>,
    not_any_of: Option<Vec<String>>,
    regex: Option<bool>,
}

/// The values of each condition that yields any, by placeholder.
type Yields = Vec<Vec<String>>;

impl Mapping {
    /// Reads a list of rules.
    ///
    /// # Errors
    /// [`InvalidMapping`].
    pub fn parse(rules: &Value) -> Result<Self, InvalidMapping> {
        let rules: Vec<Rule> = Vec::deserialize(rules)
            .map_err(|_| InvalidMapping("a list of rules, each with local and remote as published"))?;
        if rules.is_empty() || rules.len() > RULES_MAX {
            return Err(InvalidMapping("1 to 10 rules"));
        }
        rules.iter().try_for_each(Rule::check)?;
        Ok(Self(rules))
    }

    /// What the rules make of these claims; `None` when no rule in effect gives a name.
    #[must_use]
    pub fn apply(&self, claims: &Claims) -> Option<Mapped> {
        let mut name = None;
        let mut groups = Vec::new();
        for outcome in self.0.iter().filter_map(|rule| rule.apply(claims)) {
            name = name.or(outcome.user_name);
            for group in outcome.groups {
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        name.map(|user_name| Mapped { user_name, groups })
    }
}

#[derive(Default)]
struct Outcome {
    user_name: Option<String>,
    groups: Vec<String>,
}

impl Rule {
    fn check(&self) -> Result<(), InvalidMapping> {
        if self.remote.is_empty() || self.remote.len() > LIST_MAX || self.local.len() > LIST_MAX {
            return Err(InvalidMapping("1 to 50 conditions, and at most 50 results, in a rule"));
        }
        self.remote.iter().try_for_each(Remote::check)?;
        let yielding = self.remote.iter().filter(|remote| remote.yields()).count();
        let named = |template: &String| placeholders(template).all(|number| number < yielding);
        if self.local.iter().flat_map(Local::templates).all(named) {
            Ok(())
        } else {
            Err(InvalidMapping("{0}, {1} and so on only up to the conditions that have just a type"))
        }
    }

    /// `None` when a condition does not hold, or a result needs one value and there are several.
    fn apply(&self, claims: &Claims) -> Option<Outcome> {
        let mut yields = Yields::new();
        for remote in &self.remote {
            let values = values(claims.get(&remote.claim));
            if !remote.holds(&values) {
                return None;
            }
            if remote.yields() {
                yields.push(values);
            }
        }
        let mut outcome = Outcome::default();
        for local in &self.local {
            if let Some(user) = &local.user {
                outcome.user_name = Some(fill(&user.name, &yields)?);
            }
            if let Some(group) = &local.group {
                outcome.groups.push(fill(&group.name, &yields)?);
            }
            if let Some(groups) = &local.groups {
                outcome.groups.extend(fill_list(groups, &yields)?);
            }
        }
        Some(outcome)
    }
}

impl Local {
    fn templates(&self) -> impl Iterator<Item = &String> {
        let names = [&self.user, &self.group].into_iter().flatten().map(|named| &named.name);
        names.chain(&self.groups)
    }
}

impl Remote {
    fn yields(&self) -> bool {
        self.any_one_of.is_none() && self.not_any_of.is_none()
    }

    fn check(&self) -> Result<(), InvalidMapping> {
        let listed = match (&self.any_one_of, &self.not_any_of) {
            (Some(_), Some(_)) => return Err(InvalidMapping("any_one_of or not_any_of, not both")),
            (Some(listed), None) | (None, Some(listed)) => listed.as_slice(),
            (None, None) => &[],
        };
        if listed.len() > LIST_MAX {
            return Err(InvalidMapping("at most 50 values in any_one_of and not_any_of"));
        }
        if self.regex == Some(true) && listed.iter().any(|pattern| regex(pattern).is_none()) {
            return Err(InvalidMapping("regular expressions without look-around and back-references"));
        }
        Ok(())
    }

    fn holds(&self, values: &[String]) -> bool {
        match (&self.any_one_of, &self.not_any_of) {
            (Some(listed), _) => self.meets(values, listed),
            (None, Some(listed)) => !self.meets(values, listed),
            (None, None) => !values.is_empty(),
        }
    }

    fn meets(&self, values: &[String], listed: &[String]) -> bool {
        if self.regex == Some(true) {
            let mut patterns = listed.iter().filter_map(|pattern| regex(pattern));
            patterns.any(|pattern| values.iter().any(|value| pattern.is_match(value)))
        } else {
            values.iter().any(|value| listed.contains(value))
        }
    }
}

/// Found anywhere in the value, unless it is anchored.
fn regex(pattern: &str) -> Option<regex::Regex> {
    RegexBuilder::new(pattern).size_limit(REGEX_BYTES_MAX).build().ok()
}

/// The values of a claim: a text, number or truth value, or a list of those.
fn values(claim: Option<&Value>) -> Vec<String> {
    match claim {
        Some(Value::Array(several)) => several.iter().filter_map(value).collect(),
        Some(one) => value(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn value(claim: &Value) -> Option<String> {
    match claim {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A placeholder alone stands for all its values; a JSON list names several groups; anything else is one.
fn fill_list(template: &str, yields: &Yields) -> Option<Vec<String>> {
    if let Some(number) = placeholder(template) {
        return yields.get(number).cloned();
    }
    match serde_json::from_str::<Vec<String>>(template) {
        Ok(several) => several.iter().map(|template| fill(template, yields)).collect(),
        Err(_) => fill(template, yields).map(|one| vec![one]),
    }
}

/// The template with every placeholder replaced by its only value.
fn fill(template: &str, yields: &Yields) -> Option<String> {
    pieces(template).try_fold(String::new(), |filled, piece| {
        let text = match placeholder(piece) {
            None => piece,
            Some(number) => match yields.get(number).map(Vec::as_slice) {
                Some([only]) => only,
                _ => return None,
            },
        };
        Some(filled + text)
    })
}

fn placeholders(template: &str) -> impl Iterator<Item = usize> {
    pieces(template).filter_map(placeholder)
}

/// The text cut before every `{` and after every `}`.
fn pieces(template: &str) -> impl Iterator<Item = &str> {
    template.split_inclusive('}').flat_map(|piece| {
        let (before, braced) = piece.split_at(piece.rfind('{').unwrap_or(0));
        [before, braced]
    })
}

/// `{7}` is number 7.
fn placeholder(piece: &str) -> Option<usize> {
    let digits = piece.strip_prefix('{')?.strip_suffix('}')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests;
