//! Documents that want time or memory: each is refused, or read, in proportion to its size.

use crate::support::refused;
use countersign_openapi::{DOCUMENT_BYTES_MAX, Modes, read};
use std::fmt::Write;

/// A document that holds this under some key.
fn within(text: &str) -> Vec<u8> {
    format!("swagger: '2.0'\ninfo: {{title: t}}\npaths: {{}}\ndefinitions: {text}").into_bytes()
}

#[test]
fn a_document_beyond_its_size_is_not_even_looked_at() {
    assert_eq!(refused(&vec![b' '; DOCUMENT_BYTES_MAX + 1]).0, "APIG.3603");
    assert_eq!(refused(&vec![b' '; DOCUMENT_BYTES_MAX]).0, "APIG.3609");
    assert_eq!(refused(&vec![b'x'; 10_000_000]).0, "APIG.3603");
}

#[test]
fn nesting_has_an_end() {
    for open in ["[", "{a: ", "{\"a\":[", "- ", "? "] {
        assert_eq!(refused(open.repeat(1_000_000).as_bytes()).0, "APIG.3600", "{open:?}");
        assert_eq!(refused(&within(&open.repeat(1_000_000))).0, "APIG.3600", "{open:?}");
    }
}

#[test]
fn aliases_cannot_multiply() {
    let mut laughs = "\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(laughs, "  a{level}: &a{level} [{below}]").unwrap();
    }
    assert_eq!(refused(&within(&laughs)).0, "APIG.3600");
    let long = format!("\n  a: &a {}\n  b: [{}]", "x".repeat(1_000_000), "*a, ".repeat(900));
    assert_eq!(refused(&within(&long)).0, "APIG.3600");
    assert_eq!(refused(&within("&a [*a]")).0, "APIG.3600");
    assert_eq!(refused(&within("*unknown")).0, "APIG.3600");
}

#[test]
fn many_small_nodes_are_too_many() {
    for (open, one, close) in [("[", "[],", "]"), ("[", "a,", "]"), ("[", "{},", "]")] {
        let document = within(&format!("{open}{}{close}", one.repeat(2_000_000)));
        assert_eq!(refused(&document).0, "APIG.3600", "{one:?}");
    }
}

/// A parameter of a megabyte, to which 300 operations refer fifty times each.
#[test]
fn references_cannot_multiply() {
    let list = "{$ref: '#/parameters/long'}, ".repeat(50);
    let mut document = format!(
        "swagger: '2.0'\ninfo: {{title: t}}\nparameters:\n  long: {{in: query, name: a, type: string, default: {}}}\npaths:\n",
        "x".repeat(1_000_000)
    );
    for number in 0..300 {
        writeln!(document, "  /a{number}: {{get: {{operationId: abc, parameters: [{list}]}}}}").unwrap();
    }
    let candidates = read(document.as_bytes(), Modes { simple: true, mock: true }).unwrap().candidates;
    assert_eq!(candidates.len(), 300);
    assert!(candidates.iter().all(|one| one.definition.is_err()));
    assert!(
        candidates.iter().any(|one| one.definition.as_ref().is_err_and(|reason| reason.code == "APIG.3603"))
    );
}

/// An operation with a wrong key of a megabyte, to which 300 paths refer.
#[test]
fn reasons_cannot_multiply() {
    let key = "k".repeat(1_000_000);
    let mut document = format!("swagger: '2.0'\ninfo: {{title: t}}\nx-shared:\n  ? {key}\n  : 1\npaths:\n");
    for number in 0..300 {
        writeln!(document, "  /a{number}: {{get: {{$ref: '#/x-shared'}}}}").unwrap();
    }
    let candidates = read(document.as_bytes(), Modes { simple: true, mock: true }).unwrap().candidates;
    let reasons = candidates.into_iter().map(|one| one.definition.unwrap_err());
    assert!(reasons.into_iter().all(|reason| reason.code == "APIG.3602" && reason.message.len() < 200));
}

#[test]
fn paths_that_refer_to_each_other_lead_nowhere() {
    let document = b"
swagger: '2.0'
info: {title: t}
paths:
  /a: {$ref: '#/paths/~1b'}
  /b: {$ref: '#/paths/~1a'}
";
    let candidates = read(document, Modes::default()).unwrap().candidates;
    let codes: Vec<_> = candidates.into_iter().map(|one| one.definition.unwrap_err().code).collect();
    assert_eq!(codes, ["APIG.3602", "APIG.3602"]);
}

#[test]
fn more_apis_than_one_import_may_bring_are_counted_before_they_are_read() {
    let shared = "{get: {}, put: {}, post: {}, delete: {}, head: {}, patch: {}, options: {}}";
    let mut document = format!("swagger: '2.0'\ninfo: {{title: t}}\nx-shared: {shared}\npaths:\n");
    for number in 0..50_000 {
        writeln!(document, "  /a{number}: {{$ref: '#/x-shared'}}").unwrap();
    }
    assert_eq!(refused(document.as_bytes()).0, "APIG.3127");
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        drop(read(&bytes, Modes::default()));
    }

    #[test]
    fn no_structure_breaks_the_reader(value in tree(), place in 0..4_usize) {
        let slot = |wanted: usize, other: &str| if wanted == place { value.clone() } else { other.to_owned() };
        let document = format!(
            "{{\"swagger\": \"2.0\", \"info\": {{\"title\": {}}}, \"paths\": {{\"/a\": {{\"get\": {}, \"parameters\": {}}}}}, \"security\": {}}}",
            slot(0, "\"t\""), slot(1, "{}"), slot(2, "[]"), slot(3, "[]")
        );
        drop(read(document.as_bytes(), Modes { simple: true, mock: true }));
    }
}

/// JSON with the keys that the reader knows.
fn tree() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let key = prop::sample::select(vec![
        "operationId",
        "parameters",
        "in",
        "name",
        "schema",
        "$ref",
        "x-apigateway-backend",
        "type",
        "httpEndpoints",
        "mockEndpoints",
        "x-apigateway-backend-policies",
        "conditions",
        "security",
        "responses",
        "servers",
        "url",
        "x-countersign",
        "enum",
        "minimum",
        "default",
        "schemes",
        "tags",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("\"#/paths/~1a/get\"".to_owned()),
        Just("\"MOCK\"".to_owned()),
        Just("\"query\"".to_owned()),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(|n| format!("{n:e}")),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::btree_map(key.clone(), inner, 0..5).prop_map(|members| {
                let members = members.iter().map(|(key, value)| format!("\"{key}\": {value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }),
        ]
    })
}
