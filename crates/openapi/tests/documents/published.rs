//! Documents in the style of the published guide: what its readers write.

use crate::support::{only, text};
use countersign_control::apis::{
    AppCode, Auth, Backend, Location, Matching, Method, Origin, Protocol, ValueType,
};
use countersign_openapi::{Modes, read};

const SWAGGER: &str = r##"
swagger: "2.0"
info: {title: users, description: about users, version: 1.0}
host: api.example.com
basePath: /v1/
schemes: [http, https]
paths:
  /users/{userId}:
    parameters:
      - {name: userId, in: path, type: string, required: true, description: from the path}
      - {name: limit, in: query, type: integer, maximum: 10.0, minimum: 0, default: 5}
    get:
      operationId: getUser
      description: get user by userId
      produces: [application/json]
      security: [{apig-auth-iam: []}]
      schemes: [https]
      parameters:
        - {name: userId, in: path, type: string, required: true, description: its own}
        - {name: payload, in: body, schema: {$ref: "#/definitions/tree"}}
        - {name: X-Auth-Token, in: header, type: string, required: true}
        - $ref: "#/parameters/kind"
      responses: {"200": {description: user information, x-apigateway-result-normal-sample: fine}}
      x-apigateway-request-type: public
      x-apigateway-cors: true
      x-apigateway-is-send-fg-body-base64: true
      x-apigateway-match-mode: NORMAL
      x-apigateway-backend:
        type: HTTP
        parameters:
          - {name: userId, value: userId, in: query, origin: REQUEST, description: user id}
          - {name: X-Invoke-User, value: apigateway, in: HEADER, origin: CONSTANT}
        httpEndpoints: {address: example.com, scheme: http, method: GET, path: /users, timeout: 30000}
definitions:
  tree: {type: object, properties: {left: {$ref: "#/definitions/tree"}}}
parameters:
  kind: {name: kind, in: query, type: string, enum: [a, b], maxLength: 3, x-apigateway-pass-through: always}
securityDefinitions:
  apig-auth-iam: {in: header, name: unused, type: apiKey, x-apigateway-auth-type: IAM}
"##;

#[test]
fn a_swagger_document_of_the_guide_becomes_the_definition_that_it_means() {
    let definition = only(SWAGGER).unwrap();
    assert_eq!((definition.name.as_str(), definition.path.as_str()), ("getUser", "/v1/users/{userId}"));
    assert_eq!((definition.auth, definition.protocol), (Auth::Iam, Protocol::Https));
    assert_eq!(
        (definition.public, definition.cors, definition.function_body_base64),
        (true, true, Some(true))
    );
    assert_eq!(definition.texts.normal_sample, text("fine"));
    let names: Vec<_> = definition.parameters.iter().map(|one| (one.name.as_str(), one.location)).collect();
    assert_eq!(names, [("userId", Location::Path), ("kind", Location::Query), ("limit", Location::Query)]);
    let [own, kind, limit] = definition.parameters.as_slice() else { panic!("three") };
    assert_eq!(own.remark, text("its own"));
    assert_eq!((kind.enumerations.clone(), kind.max_chars, kind.checked), (text("a,b"), Some(3), true));
    assert_eq!(
        (limit.value_type, limit.max_number, limit.default.clone()),
        (ValueType::Number, Some(10), text("5"))
    );
    let [_, constant] = definition.mappings.as_slice() else { panic!("two") };
    assert_eq!((constant.origin, constant.location), (Origin::Constant, Location::Header));
    let Backend::Http(server) = &definition.backend else { panic!("a server") };
    assert_eq!((server.address.as_deref(), server.timeout_ms), (Some("example.com"), 30_000));
}

const OPENAPI: &str = r##"
openapi: 3.0.0
info: {title: users, version: "1.0"}
servers: [{url: "http://abc.com"}, {url: "https://abc.com"}]
paths:
  /http-vpc:
    x-apigateway-any-method:
      operationId: userOperation
      parameters:
        - {description: signature, in: header, name: Authorization, required: true, schema: {type: string}}
        - in: query
          name: limit
          example: ""
          schema: {$ref: "#/components/schemas/limit"}
          x-apigateway-pass-through: never
      responses: {default-cors: {description: response example, x-apigateway-result-failure-sample: no}}
      security: [{apig-auth-app-header: []}]
      x-apigateway-backend:
        httpVpcEndpoints:
          cascade_flag: false
          description: ""
          enableClientSsl: false
          method: GET
          name: userVpc
          path: /users
          retryCount: "-1"
          scheme: http
          timeout: 30000
        parameters: [{in: HEADER, name: X-Invoke-User, origin: CONSTANT, value: apigateway}]
        type: HTTP-VPC
      x-apigateway-match-mode: SWA
      x-apigateway-request-type: public
components:
  schemas: {limit: {maxLength: 0, maximum: 0, minimum: 0, type: integer}}
  responses: {default-cors: {description: response example}}
  securitySchemes:
    apig-auth-app-header:
      in: header
      name: Authorization
      type: apiKey
      x-apigateway-auth-opt: {appcode-auth-type: header}
      x-apigateway-auth-type: AppSigv1
  x-apigateway-responses: {default: {}}
"##;

#[test]
fn an_openapi_document_of_the_guide_becomes_the_definition_that_it_means() {
    let definition = only(OPENAPI).unwrap();
    assert_eq!((definition.method, definition.matching), (Method::Any, Matching::Prefix));
    assert_eq!((definition.auth, definition.app_code), (Auth::App, AppCode::Header));
    assert_eq!(definition.protocol, Protocol::Both);
    let [limit] = definition.parameters.as_slice() else { panic!("credentials are no parameters") };
    assert_eq!(
        (limit.value_type, limit.checked, limit.pass_through),
        (ValueType::Number, false, Some(false))
    );
    let Backend::Http(server) = &definition.backend else { panic!("a server") };
    assert_eq!(server.channel.as_ref().map(|channel| channel.id.as_str()), Some("userVpc"));
    assert_eq!(server.retries, Some(-1));
    assert_eq!(definition.texts.failure_sample, text("no"));
}

#[test]
fn a_mode_fills_in_what_a_document_leaves_out() {
    let document = br#"{"swagger": "2.0", "info": {"title": "x"}, "paths": {"/a/{b}": {"get": {
        "parameters": [{"in": "path", "name": "b", "type": "string", "required": true}]}}}}"#;
    let read = |modes| read(document, modes).unwrap().candidates.remove(0).definition;
    assert_eq!(read(Modes::default()).unwrap_err().code, "APIG.2001");
    assert_eq!(read(Modes { mock: true, simple: false }).unwrap_err().code, "APIG.2001");
    let simple = read(Modes { simple: true, mock: false }).unwrap();
    assert_eq!((simple.name.as_str(), simple.backend.word()), ("get_a_b", "MOCK"));
}

#[test]
fn requirements_of_the_document_hold_where_an_operation_says_nothing() {
    let document = |own: &str| {
        format!(
            "{{openapi: 3.0.3, info: {{title: t}}, security: [{{app: []}}], \
             components: {{securitySchemes: {{app: {{x-apigateway-auth-type: AppSigv1}}}}}}, \
             paths: {{/a: {{get: {{operationId: abc, x-apigateway-backend: {{type: MOCK, mockEndpoints: {{}}}}{own}}}}}}}}}"
        )
    };
    assert_eq!(only(&document("")).unwrap().auth, Auth::App);
    assert_eq!(only(&document(", security: []")).unwrap().auth, Auth::None);
}
