use super::*;
use serde_json::json;

fn claims(claims: Value) -> Claims {
    match claims {
        Value::Object(claims) => claims,
        _ => Claims::new(),
    }
}

fn ada() -> Claims {
    claims(json!({"first": "Ada", "last": "Lovelace", "team": ["core", "night"], "level": 7, "address": {}}))
}

fn apply(rules: &Value) -> Option<Mapped> {
    Mapping::parse(rules).unwrap().apply(&ada())
}

fn mapped(user_name: &str, groups: &[&str]) -> Option<Mapped> {
    let groups = groups.iter().map(|group| (*group).to_owned()).collect();
    Some(Mapped { user_name: user_name.to_owned(), groups })
}

fn named(condition: &Value) -> Value {
    json!([{"local": [{"user": {"name": "{0}"}}], "remote": [condition, {"type": "first"}]}])
}

#[test]
fn placeholders_stand_for_the_conditions_that_have_just_a_type() {
    let rules = json!([{
        "local": [{"user": {"name": "{0} {1}"}}, {"group": {"name": "level-{2}"}}],
        "remote": [
            {"type": "first"},
            {"type": "team", "any_one_of": ["core"]},
            {"type": "last"},
            {"type": "level"},
        ],
    }]);
    assert_eq!(apply(&rules), mapped("Ada Lovelace", &["level-7"]));
}

#[test]
fn groups_are_all_values_of_a_claim_or_a_list_of_names() {
    let rules = |groups: &str| {
        let local = json!([{"user": {"name": "{1}"}, "groups": groups}]);
        json!([{"local": local, "remote": [{"type": "team"}, {"type": "first"}]}])
    };
    assert_eq!(apply(&rules("{0}")), mapped("Ada", &["core", "night"]));
    assert_eq!(apply(&rules(r#"["a", "{1}s"]"#)), mapped("Ada", &["a", "Adas"]));
    assert_eq!(apply(&rules("one {x}")), mapped("Ada", &["one {x}"]));
}

#[test]
fn the_first_name_and_all_groups_of_the_rules_in_effect_count() {
    let rules = json!([
        {"local": [{"user": {"name": "nobody"}}], "remote": [{"type": "missing"}]},
        {"local": [{"group": {"name": "readers"}}], "remote": [{"type": "first"}]},
        {"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "first"}]},
        {"local": [{"user": {"name": "later"}, "groups": "[\"readers\", \"core\"]"}], "remote": [{"type": "last"}]},
    ]);
    assert_eq!(apply(&rules), mapped("Ada", &["readers", "core"]));
}

#[test]
fn conditions_compare_whole_values_or_search_with_regular_expressions() {
    let holds = |condition: Value| apply(&named(&condition)).is_some();
    assert!(holds(json!({"type": "team", "any_one_of": ["x", "night"]})));
    assert!(!holds(json!({"type": "team", "any_one_of": ["nigh"]})));
    assert!(holds(json!({"type": "team", "any_one_of": ["nigh"], "regex": true})));
    assert!(!holds(json!({"type": "team", "any_one_of": ["^nigh$"], "regex": true})));
    assert!(!holds(json!({"type": "team", "not_any_of": ["core"]})));
    assert!(holds(json!({"type": "missing", "not_any_of": ["core"]})));
    assert!(!holds(json!({"type": "missing", "any_one_of": ["core"]})));
}

#[test]
fn a_name_of_several_values_or_of_none_maps_nobody() {
    let rules = |claim| json!([{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": claim}]}]);
    for claim in ["team", "missing", "address"] {
        assert_eq!(apply(&rules(claim)), None, "{claim}");
    }
    assert_eq!(apply(&json!([{"local": [], "remote": [{"type": "first"}]}])), None);
}

#[test]
fn values_are_not_read_as_placeholders() {
    let rules = named(&json!({"type": "last"}));
    let tricky = claims(json!({"last": "{1}{2}", "first": "x"}));
    assert_eq!(Mapping::parse(&rules).unwrap().apply(&tricky).unwrap().user_name, "{1}{2}");
}

#[test]
fn rules_of_the_wrong_form_are_refused() {
    let first = json!({"type": "first"});
    let many: Vec<_> = vec![json!({"local": [], "remote": [first]}); 11];
    let refused = [
        json!({}),
        json!([]),
        json!(many),
        json!([{"local": []}]),
        json!([{"local": [], "remote": []}]),
        json!([{"local": [{"project": {"name": "x"}}], "remote": [first]}]),
        json!([{"local": [{"user": {"name": "{1}"}}], "remote": [first]}]),
        json!([{"local": [{"user": {"name": "{99999999999999999999999}"}}], "remote": [first]}]),
        named(&json!({"type": "last", "any_one_of": [], "not_any_of": []})),
        named(&json!({"type": "last", "any_one_of": ["("], "regex": true})),
        named(&json!({"type": "last", "any_one_of": ["(a{100}){100}{100}"], "regex": true})),
        named(&json!({"type": "last", "any_one_of": vec!["x"; 51]})),
    ];
    for rules in refused {
        assert!(Mapping::parse(&rules).is_err(), "{rules}");
    }
}
