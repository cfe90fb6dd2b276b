//! What is wrong about a document is told with its place, and holds up nothing else.

use crate::support::{only, refused};
use countersign_openapi::{Modes, read};

fn with_operation(operation: &str) -> String {
    format!(
        "{{swagger: '2.0', info: {{title: t}}, securityDefinitions: {{app: {{x-apigateway-auth-type: AppSigv1}}, \
         iam: {{x-apigateway-auth-type: IAM}}, basic: {{type: basic}}}}, parameters: {{loop: {{$ref: '#/parameters/back'}}, \
         back: {{$ref: '#/parameters/loop'}}}}, paths: {{/a: {{get: {{operationId: abc, x-apigateway-backend: {{type: MOCK, \
         mockEndpoints: {{}}}}, {operation}}}}}}}}}"
    )
}

#[test]
fn a_document_that_is_none_has_the_published_codes() {
    for (document, code) in [
        ("", "APIG.3609"),
        (" \n\t\r\n", "APIG.3609"),
        ("{", "APIG.3600"),
        ("a: [", "APIG.3600"),
        ("a: 1\na: 2", "APIG.3600"),
        ("a: 1\n---\nb: 2", "APIG.3600"),
        ("\u{0}", "APIG.3600"),
        ("[]", "APIG.3602"),
        ("just text", "APIG.3602"),
        ("{}", "APIG.3601"),
        ("{swagger: '1.2'}", "APIG.3601"),
        ("{openapi: 3.1.0}", "APIG.3601"),
        ("{swagger: '2.0', openapi: 3.0.0}", "APIG.3601"),
        ("{swagger: '2.0'}", "APIG.2001"),
        ("{swagger: '2.0', info: {}}", "APIG.2001"),
        ("{swagger: '2.0', info: [], paths: {}}", "APIG.3602"),
        ("{swagger: '2.0', info: {}, paths: {}, pahts: {}}", "APIG.3602"),
        ("{swagger: '2.0', info: {}, paths: {}, x-apigateway-nothing: {}}", "APIG.3602"),
        ("{swagger: '2.0', info: {}, paths: {}, x-apigateway-responses: {a: {TIRED: {}}}}", "APIG.3602"),
    ] {
        assert_eq!(refused(document.as_bytes()).0, code, "{document:?}");
    }
    assert_eq!(refused(b"\xff\xfe").0, "APIG.3600");
}

#[test]
fn a_reason_names_the_place() {
    let (code, message) = refused(b"{swagger: '2.0', info: {}, paths: {}, pahts: {}}");
    assert_eq!((code, message.contains("pahts: the key is unknown")), ("APIG.3602", true), "{message}");
    let (_, message) = refused(b"swagger: '2.0'\ninfo: {title: t}\npaths:\n  /a: {get: [}\n");
    assert!(message.contains("line 4"), "{message}");
    for (operation, place) in [
        ("deskription: x", "deskription: the key is unknown"),
        ("x-apigateway-cors: maybe", "x-apigateway-cors: true or false"),
        ("x-apigateway-match-mode: LOOSE", "x-apigateway-match-mode: the word"),
        ("parameters: {}", "parameters: a list"),
        ("parameters: [{in: query, name: a, type: string}, {in: nowhere}]", "parameters[1].in: the word"),
        ("parameters: [{in: query, name: a, mininum: 1}]", "parameters[0].mininum: the key"),
        ("parameters: [{in: query, name: a, minimum: 1.5}]", "parameters[0].minimum: a whole number"),
        ("parameters: [{$ref: '#/parameters/loop'}]", "parameters[0]: the reference leads through too many"),
        ("parameters: [{$ref: '#/parameters/none'}]", "parameters[0]: the reference leads nowhere"),
        ("parameters: [{$ref: 'file:///etc/passwd'}]", "parameters[0]: only references into"),
        ("parameters: [{$ref: 7}]", "parameters[0]: only references into"),
        ("schemes: [ws]", "schemes: http or https"),
        ("security: [{app: []}, {iam: []}]", "security: alternatives"),
        ("security: [{other: []}]", "security: a scheme is required that is not defined"),
        ("security: [{basic: []}]", "security.basic.x-apigateway-auth-type: this cannot"),
        ("security: [{app: [], iam: []}]", "security.iam.x-apigateway-auth-type: this cannot"),
        ("x-countersign: {color: red}", "x-countersign.color: the key is unknown"),
    ] {
        let reason = only(&with_operation(operation)).unwrap_err();
        assert_eq!(reason.code, "APIG.3602", "{operation}");
        assert!(reason.message.contains(place), "{operation}: {}", reason.message);
    }
}

#[test]
fn what_is_not_built_is_refused_and_never_left_out() {
    assert_eq!(only(&with_operation("x-apigateway-plugins: [cors]")).unwrap_err().code, "COUNTERSIGN.0501");
    assert!(only(&with_operation("x-apigateway-plugins: []")).is_ok());
}

#[test]
fn a_definition_must_satisfy_the_rules_of_the_management_api() {
    let reason = only(&with_operation("description: <script>")).unwrap_err();
    assert_eq!((reason.code, reason.message.contains("remark")), ("APIG.2012", true));
}

#[test]
fn one_bad_operation_holds_up_no_other() {
    let document = b"
swagger: '2.0'
info: {title: t}
paths:
  /bad: 7
  /mixed:
    get: {operationId: abc, x-apigateway-backend: {type: MOCK, mockEndpoints: {}}}
    put: text
    trace: {}
  x-of-others: 1
";
    let candidates = read(document, Modes::default()).unwrap().candidates;
    let told: Vec<_> = candidates
        .iter()
        .map(|one| {
            (one.path.as_str(), one.method.map_or("", |method| method.as_str()), one.definition.is_ok())
        })
        .collect();
    assert_eq!(
        told,
        [("/bad", "", false), ("/mixed", "GET", true), ("/mixed", "PUT", false), ("/mixed", "", false)]
    );
}
