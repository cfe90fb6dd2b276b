//! The kinds of objects that the management API has, and how each is written on the wire.

use serde_json::Value;

/// One kind of object.
pub(crate) struct Resource {
    /// Its name in documents and sentences.
    pub(crate) kind: &'static str,
    /// Its path below the instance; `{member}` is the id of an object that it is in.
    pub(super) path: &'static str,
    /// The member of a page that holds the objects.
    pub(super) list: &'static str,
    /// The member that holds an object's name.
    pub(super) name: &'static str,
    /// The query parameter that looks for a name.
    pub(super) filter: Option<&'static str>,
    /// Whether one object has a path of its own to read; otherwise the list shows all of it.
    pub(super) has_show: bool,
    /// The objects that it is in: names are unique there.
    pub(super) scope: &'static [Reference],
    /// Objects that it names beside those.
    pub(super) references: &'static [Reference],
    /// The members of a change; what a change leaves out, the server resets.
    pub(super) fields: &'static [&'static str],
    /// A member that holds objects, and their member that is true where the server says what it does by itself:
    /// those objects, and that member of the others, are no part of a change.
    pub(super) inherited: Option<(&'static str, &'static str)>,
    /// What a table shows.
    pub(super) columns: &'static [&'static str],
}

/// A member that holds another object's id, and the word by which people name the object.
pub(crate) struct Reference {
    pub(super) word: &'static str,
    pub(super) member: &'static str,
    pub(super) to: &'static Resource,
}

/// All, what others refer to first.
pub(crate) const ALL: [&Resource; 10] = [
    &GROUPS,
    &ENVIRONMENTS,
    &VARIABLES,
    &RESPONSES,
    &AUTHORIZERS,
    &APIS,
    &APPS,
    &THROTTLES,
    &ACLS,
    &SIGNATURE_KEYS,
];

const IN_GROUP: Reference = Reference { word: "group", member: "group_id", to: &GROUPS };

pub(crate) static GROUPS: Resource = Resource {
    kind: "group",
    path: "api-groups",
    list: "groups",
    name: "name",
    filter: Some("name"),
    has_show: true,
    scope: &[],
    references: &[],
    fields: &["name", "remark"],
    inherited: None,
    columns: &["name", "id", "sl_domain", "remark"],
};

pub(crate) static ENVIRONMENTS: Resource = Resource {
    kind: "environment",
    path: "envs",
    list: "envs",
    name: "name",
    filter: Some("name"),
    has_show: false,
    scope: &[],
    references: &[],
    fields: &["name", "remark"],
    inherited: None,
    columns: &["name", "id", "remark"],
};

pub(crate) static VARIABLES: Resource = Resource {
    kind: "variable",
    path: "env-variables",
    list: "variables",
    name: "variable_name",
    filter: Some("variable_name"),
    has_show: true,
    scope: &[IN_GROUP, Reference { word: "environment", member: "env_id", to: &ENVIRONMENTS }],
    references: &[],
    fields: &["variable_value"],
    inherited: None,
    columns: &["variable_name", "variable_value", "id", "group_id", "env_id"],
};

pub(crate) static RESPONSES: Resource = Resource {
    kind: "response",
    path: "api-groups/{group_id}/gateway-responses",
    list: "responses",
    name: "name",
    filter: None,
    has_show: true,
    scope: &[IN_GROUP],
    references: &[],
    fields: &["name", "responses"],
    inherited: Some(("responses", "default")),
    columns: &["name", "id", "default"],
};

pub(crate) static AUTHORIZERS: Resource = Resource {
    kind: "authorizer",
    path: "authorizers",
    list: "authorizer_list",
    name: "name",
    filter: Some("name"),
    has_show: true,
    scope: &[],
    references: &[],
    fields: &[
        "name",
        "type",
        "authorizer_type",
        "authorizer_uri",
        "network_type",
        "authorizer_version",
        "authorizer_alias_uri",
        "identities",
        "ttl",
        "user_data",
        "ld_api_id",
        "need_body",
    ],
    inherited: None,
    columns: &["name", "id", "type", "authorizer_type", "authorizer_uri"],
};

pub(crate) static APIS: Resource = Resource {
    kind: "api",
    path: "apis",
    list: "apis",
    name: "name",
    filter: Some("name"),
    has_show: true,
    scope: &[IN_GROUP],
    references: &[
        Reference { word: "authorizer", member: "authorizer_id", to: &AUTHORIZERS },
        Reference { word: "response", member: "response_id", to: &RESPONSES },
    ],
    fields: &[
        "name",
        "type",
        "version",
        "req_protocol",
        "req_method",
        "req_uri",
        "auth_type",
        "auth_opt",
        "cors",
        "trace_enabled",
        "sampling_strategy",
        "sampling_param",
        "match_mode",
        "backend_type",
        "remark",
        "group_id",
        "body_remark",
        "result_normal_sample",
        "result_failure_sample",
        "authorizer_id",
        "tags",
        "response_id",
        "roma_app_id",
        "domain_name",
        "tag",
        "content_type",
        "is_send_fg_body_base64",
        "mock_info",
        "func_info",
        "req_params",
        "backend_params",
        "policy_mocks",
        "policy_functions",
        "backend_api",
        "policy_https",
    ],
    inherited: None,
    columns: &["name", "id", "group_name", "req_method", "req_uri", "auth_type", "run_env_name"],
};

pub(crate) static APPS: Resource = Resource {
    kind: "app",
    path: "apps",
    list: "apps",
    name: "name",
    filter: Some("name"),
    has_show: true,
    scope: &[],
    references: &[],
    fields: &["name", "remark", "app_key", "app_secret", "related_domain_id", "related_project_id"],
    inherited: None,
    columns: &["name", "id", "app_key", "remark"],
};

pub(crate) static THROTTLES: Resource = Resource {
    kind: "throttle",
    path: "throttles",
    list: "throttles",
    name: "name",
    filter: Some("name"),
    has_show: true,
    scope: &[],
    references: &[],
    fields: &[
        "name",
        "time_interval",
        "time_unit",
        "api_call_limits",
        "user_call_limits",
        "app_call_limits",
        "ip_call_limits",
        "type",
        "enable_adaptive_control",
        "remark",
    ],
    inherited: None,
    columns: &["name", "id", "api_call_limits", "time_interval", "time_unit", "bind_num"],
};

pub(crate) static ACLS: Resource = Resource {
    kind: "acl",
    path: "acls",
    list: "acls",
    name: "acl_name",
    filter: Some("name"),
    has_show: true,
    scope: &[],
    references: &[],
    fields: &["acl_name", "acl_type", "acl_value", "entity_type"],
    inherited: None,
    columns: &["acl_name", "id", "entity_type", "acl_type", "acl_value"],
};

pub(crate) static SIGNATURE_KEYS: Resource = Resource {
    kind: "signature-key",
    path: "signs",
    list: "signs",
    name: "name",
    filter: Some("name"),
    has_show: false,
    scope: &[],
    references: &[],
    fields: &["name", "sign_type", "sign_key", "sign_secret", "sign_algorithm"],
    inherited: None,
    columns: &["name", "id", "sign_type", "sign_key", "bind_num"],
};

impl Resource {
    /// Every reference, those of its scope first: the others are looked for in the same scope.
    pub(super) fn all_references(&self) -> impl Iterator<Item = &'static Reference> {
        self.scope.iter().chain(self.references)
    }

    /// What a change sends along of the object: not what only the server says.
    pub(super) fn change(&self, current: &Value) -> Value {
        let members = self.fields.iter().filter_map(|field| {
            let mut value = current.get(field).filter(|value| !value.is_null())?.clone();
            if let Some((_, mark)) = self.inherited.filter(|(holder, _)| holder == field) {
                leave_out(&mut value, mark);
            }
            Some(((*field).to_owned(), value))
        });
        Value::Object(members.collect())
    }

    /// Whether the scope's member stands in the path rather than in the body.
    pub(super) fn is_in_path(&self, member: &str) -> bool {
        self.path.contains(&format!("{{{member}}}"))
    }
}

/// Leaves out the objects whose `mark` is true, and the mark of the others.
fn leave_out(value: &mut Value, mark: &str) {
    let Value::Object(objects) = value else { return };
    objects.retain(|_, object| object.get(mark) != Some(&Value::Bool(true)));
    for object in objects.values_mut().filter_map(Value::as_object_mut) {
        object.shift_remove(mark);
    }
}

#[cfg(test)]
impl Resource {
    /// The words by which a document says where the object is.
    pub(crate) fn words(&self) -> String {
        self.scope.iter().map(|reference| format!("`{}`", reference.word)).collect::<Vec<_>>().join(", ")
    }

    /// The members that a document may have; words stand for members with ids.
    pub(crate) fn members(&self) -> String {
        let own = self.fields.iter().filter(|field| **field != self.name);
        let own = own.filter(|field| self.all_references().all(|reference| reference.member != **field));
        let words = self.references.iter().map(|reference| &reference.word);
        own.chain(words).map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_server_says_by_itself_is_no_part_of_a_change() {
        let current = json!({
            "id": "1", "name": "n",
            "responses": { "A": { "status": 401, "default": false }, "B": { "status": 500, "default": true } },
        });
        let change = json!({ "name": "n", "responses": { "A": { "status": 401 } } });
        assert_eq!(RESPONSES.change(&current), change);
    }

    #[test]
    fn what_is_referred_to_comes_before() {
        for (index, resource) in ALL.iter().enumerate() {
            for reference in resource.all_references() {
                let place = ALL.iter().position(|other| other.kind == reference.to.kind);
                assert!(place.is_some_and(|place| place < index), "{} {}", resource.kind, reference.word);
            }
        }
    }
}
