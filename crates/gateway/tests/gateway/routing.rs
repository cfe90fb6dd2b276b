use crate::world::{Change, HOST, World, get, id, mock, source};
use countersign_snapshot::{Snapshot, source::Protocol};

const NOT_PUBLISHED: &str = "The API does not exist or has not been published in the environment.";

fn world() -> World {
    World::new(vec![
        mock("GET", "/test", "exact"),
        mock("GET", "/pre", "prefix").prefix(),
        mock("POST", "/u/{id}", "parameter"),
        mock("GET", "/u/me", "literal"),
    ])
}

#[test]
fn a_published_path_is_answered_and_a_trailing_slash_is_another_path() {
    let world = world();
    assert_eq!(world.get("/test?x=1").text(), "exact");
    assert_eq!(world.get("/%74est").text(), "exact");
    world.get("/test/").assert_refused(404, "APIG.0101", NOT_PUBLISHED);
    assert_eq!(world.get("/pre/a/b").text(), "prefix");
    world.get("/prefix").assert_refused(404, "APIG.0101", NOT_PUBLISHED);
}

#[test]
fn a_wrong_method_is_told_apart_from_a_wrong_path() {
    world().call(get("/test").replace("GET", "POST")).assert_refused(
        404,
        "APIG.0101",
        "The API does not exist.",
    );
    world().get("/nowhere").assert_refused(404, "APIG.0101", NOT_PUBLISHED);
}

#[test]
fn a_literal_without_the_method_gives_way_to_a_parameter() {
    assert_eq!(world().call(format!("POST /u/me HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).text(), "parameter");
}

#[test]
fn hosts_are_compared_without_port_and_case_and_addresses_reach_the_default_group() {
    let world = world();
    for host in
        ["GROUP.example.COM", "group.example.com:8443", "127.0.0.1", "127.0.0.1:1", "[::1]:80", "localhost"]
    {
        assert_eq!(world.call(get("/test").replace(HOST, host)).text(), "exact", "{host}");
    }
    world.call(get("/test").replace(HOST, "unknown.example.com")).assert_refused(
        404,
        "APIG.0101",
        NOT_PUBLISHED,
    );
    let malformed = world.call(get("/test").replace(HOST, "a@b"));
    malformed.assert_refused(400, "APIG.0201", "API request error: the Host header is malformed");
}

#[test]
fn x_stage_selects_the_environment_by_name() {
    let mut staging = mock("GET", "/test", "staging");
    staging.env_id = id("env");
    staging.env_name = "staging".to_owned();
    staging.publish_id = id("staging-test");
    let world = World::new(vec![mock("GET", "/test", "release"), staging]);
    let call = |stage: &str| world.call(get("/test").replace("\r\n\r\n", &format!("\r\n{stage}\r\n\r\n")));
    assert_eq!(call("X-Other: 1").text(), "release");
    assert_eq!(call("x-stage: staging").text(), "staging");
    assert_eq!(call("X-STAGE: RELEASE").text(), "release");
    call("X-Stage: Staging").assert_refused(404, "APIG.0101", NOT_PUBLISHED);
    let twice = call("X-Stage: staging\r\nx-stage: staging");
    twice.assert_refused(400, "APIG.0201", "API request error: the X-Stage header stands more than once");
}

#[test]
fn ambiguous_paths_are_refused_before_routing() {
    let world = World::new(vec![mock("GET", "/", "everything").prefix()]);
    for path in [
        "/a/../b",
        "/a/./b",
        "/%2e%2e/a",
        "//a",
        "/a//b",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/%ff",
        "/a%",
    ] {
        world.get(path).assert_refused_with(400, "APIG.0201", "API request error: the path ");
    }
    assert_eq!(world.get("/fine/%E4%BD%A0").text(), "everything");
}

#[test]
fn an_https_api_is_not_served_in_cleartext() {
    let mut api = mock("GET", "/secure", "");
    api.definition.protocol = Protocol::Https;
    World::new(vec![api]).get("/secure").assert_refused(
        400,
        "APIG.0607",
        "The following protocol is supported: https",
    );
}

#[test]
fn a_swapped_snapshot_serves_the_next_request_of_an_open_connection() {
    let world = World::new(vec![mock("GET", "/v", "one")]);
    let mut client = world.client();
    assert_eq!(client.call(get("/v")).text(), "one");
    world.snapshots.swap(Snapshot::compile(&source(vec![mock("GET", "/v", "two")])).unwrap());
    assert_eq!(client.call(get("/v")).text(), "two");
}

#[test]
fn without_configuration_every_call_is_refused() {
    let snapshots = countersign_gateway::Snapshots::default();
    let running =
        countersign_gateway::start(countersign_gateway::Config::default(), snapshots, crate::world::clock)
            .unwrap();
    let response = crate::client::Client::connect(running.address()).call(get("/"));
    response.assert_refused(500, "APIG.0606", "Failed to load the API configurations.");
}
