//! Authorizers beside others: as a second factor, and of backends.

use super::*;

#[test]
fn with_two_factors_both_must_hold() {
    let (yes, no, backend) = (allowing(), denying(), Backend::ok());
    let api = |path: &str, authorizer: &str| {
        let api = http("GET", path, backend.address, "/").auth(Auth::App).authorized("app");
        guarded(api, authorizer)
    };
    let authorizers = vec![authorizer("yes", &yes), authorizer("no", &no)];
    let world = serve(vec![api("/yes", "yes"), api("/no", "no")], authorizers);
    assert_refused(&world.call(Call::new(APP_KEY, "/no").bytes()), DENIED);
    let unsigned = world.get("/yes");
    unsigned.assert_refused_with(401, "APIG.0303", "Incorrect app authentication information");
    assert_eq!((yes.connections(), backend.connections()), (0, 0), "the first factor comes first");
    assert_eq!(world.call(Call::new(APP_KEY, "/yes").bytes()).text(), "ok");
}

#[test]
fn the_first_factor_is_not_told_to_the_function_unless_it_is_an_identity() {
    let webhook = allowing();
    let api = |path: &str, authorizer: &str| {
        guarded(mock("GET", path, "hello").auth(Auth::App).authorized("app"), authorizer)
    };
    let identities = vec![identified("Authorization", Location::Header, None)];
    let authorizers =
        vec![authorizer("blind", &webhook), Authorizer { identities, ..authorizer("seeing", &webhook) }];
    let world = serve(vec![api("/blind", "blind"), api("/seeing", "seeing")], authorizers);
    let headers_of = |path: &str| {
        assert_eq!(world.call(Call::new(APP_KEY, path).bytes()).text(), "hello");
        event(&webhook.received())["headers"].clone()
    };
    let blind = headers_of("/blind");
    assert!(blind["authorization"].is_null() && blind["x-sdk-date"].is_string(), "{blind}");
    assert!(headers_of("/seeing")["authorization"].as_str().unwrap().starts_with("SDK-HMAC-SHA256 "));
}

#[test]
fn an_app_without_authorization_stays_out_although_the_function_allows() {
    let (webhook, backend) = (allowing(), Backend::ok());
    let api = guarded(http("GET", "/", backend.address, "/").auth(Auth::App), "front");
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    let response = world.call(Call::new(APP_KEY, "/").bytes());
    response.assert_refused_with(403, "APIG.0304", "The app is not authorized");
    backend.assert_untouched();
}

#[test]
fn a_backends_authorizer_decides_before_the_backend_is_asked() {
    let (yes, no, backend) = (allowing(), denying(), Backend::ok());
    let api = |path: &str, authorizer: &str| {
        vouched(http("GET", path, backend.address, "/"), authorizer)
            .map("x-user", Location::Header, said(Side::Backend, "user"))
            .map("x-front", Location::Header, said(Side::Frontend, "user"))
    };
    let apis = vec![api("/yes", "yes"), api("/no", "no"), vouched(mock("GET", "/mock", "hello"), "no")];
    let world = serve(apis, vec![authorizer("yes", &yes), authorizer("no", &no)]);
    assert_refused(&world.get("/no"), DENIED);
    assert_refused(&world.get("/mock"), DENIED);
    assert_eq!(backend.connections(), 0);
    assert_eq!(world.get("/yes").text(), "ok");
    let received = backend.received();
    assert_eq!((received.header("x-user"), received.header("x-front")), (Some("abc"), None));
}

#[test]
fn what_the_function_says_chooses_the_backend_and_each_backend_has_its_own_authorizer() {
    let (front, no) = (counting().0, denying());
    let gold = |name: &str, number: &str| Policy {
        effect: Effect::All,
        conditions: vec![Condition::Text {
            subject: Subject::Authorizer("number".to_owned()),
            test: Test::Equal(number.to_owned()),
        }],
        backend: mock("GET", "/", name).definition.backend,
        authorizer: (name == "guarded").then(|| id("no")),
        mappings: vec![],
    };
    let mut api = guarded(mock("GET", "/", "default"), "front");
    api.definition.policies = vec![gold("first", "0"), gold("guarded", "1")];
    let authorizers = vec![Authorizer { ttl_seconds: 0, ..remembering(&front) }, authorizer("no", &no)];
    let world = serve(vec![api], authorizers);
    let call = || world.call(get("/", "X-Token: good\r\n"));
    assert_eq!(call().text(), "first");
    assert_refused(&call(), DENIED);
    assert_eq!(call().text(), "default");
    assert_eq!(no.connections(), 1);
}

#[test]
fn a_backends_authorizer_is_not_asked_about_a_call_that_goes_nowhere() {
    let webhook = allowing();
    let mut api = vouched(mock("GET", "/", "hello"), "back").parameter("q", Location::Query);
    api.definition.parameters[0].required = true;
    let world = serve(vec![api], vec![authorizer("back", &webhook)]);
    assert_eq!(world.get("/").status, 400);
    webhook.assert_untouched();
}

#[test]
fn a_backends_authorizer_without_identities_is_asked_once_for_all() {
    let (webhook, asked) = counting();
    let shared = Authorizer { identities: vec![], ..remembering(&webhook) };
    let shared = Authorizer { id: id("back"), ..shared };
    let world = serve(vec![vouched(mock("GET", "/", "hello"), "back")], vec![shared]);
    for token in ["good", "bad"] {
        assert_eq!(world.call(get("/", &format!("X-Token: {token}\r\n"))).text(), "hello");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
