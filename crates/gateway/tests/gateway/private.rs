use crate::world::{Change, HOST, World, get, mock, release};
use countersign_gateway::Scheme;
use countersign_snapshot::source::{Auth, Backend, Group, Protocol};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

/// Calls the draft through a private line and gives the whole answer.
fn call(world: &World, group: &Group, scheme: Scheme, request: &str) -> String {
    let line = world.running.as_ref().unwrap().private_line();
    let snapshot = line.public().unwrap().only(group).unwrap();
    let (mut near, far) = duplex(1024);
    let exchange = async {
        near.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        near.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::join!(exchange, line.serve(snapshot, scheme, far)).0 })
}

fn group(world_source: Vec<countersign_snapshot::source::Release>) -> Group {
    crate::world::source(world_source).groups.remove(0)
}

fn closing(target: &str) -> String {
    get(target).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
}

#[test]
fn what_it_serves_is_reached_through_its_stream_and_nowhere_else() {
    let world = World::new(vec![mock("GET", "/published", "published")]);
    let draft = group(vec![mock("GET", "/draft", "draft")]);
    let answer = call(&world, &draft, Scheme::Http, &closing("/draft"));
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\ndraft"), "{answer}");
    let other = call(&world, &draft, Scheme::Http, &closing("/published"));
    assert!(other.starts_with("HTTP/1.1 404 "), "{other}");
    assert_eq!(world.get("/draft").status, 404);
    assert_eq!(world.get("/published").text(), "published");
}

#[test]
fn the_scheme_is_the_one_it_was_asked_over() {
    let world = World::new(vec![]);
    let mut secure = mock("GET", "/secure", "secure");
    secure.definition.protocol = Protocol::Https;
    let mut clear = mock("GET", "/clear", "clear");
    clear.definition.protocol = Protocol::Http;
    let group = group(vec![secure, clear]);
    let status = |path: &str, scheme| call(&world, &group, scheme, &closing(path))[9..12].to_owned();
    assert_eq!(
        (status("/secure", Scheme::Https), status("/secure", Scheme::Http)),
        ("200".into(), "400".into())
    );
    assert_eq!(
        (status("/clear", Scheme::Http), status("/clear", Scheme::Https)),
        ("200".into(), "400".into())
    );
}

#[test]
fn an_api_asks_its_callers_here_as_it_does_everywhere() {
    let world = World::new(vec![]);
    let backend = Backend::Mock { status: 200, body: String::new(), headers: vec![] };
    let guarded = group(vec![release("GET", "/guarded", backend).auth(Auth::App)]);
    let refused = call(&world, &guarded, Scheme::Http, &closing("/guarded"));
    assert!(refused.starts_with("HTTP/1.1 401 ") && refused.contains("APIG.0303"), "{refused}");
    let elsewhere = closing("/guarded").replace(HOST, "elsewhere.example.com");
    assert!(call(&world, &guarded, Scheme::Http, &elsewhere).starts_with("HTTP/1.1 404 "));
}
