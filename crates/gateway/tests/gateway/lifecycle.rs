use crate::{
    backend::{Backend, OK, read_request},
    world::{World, get, http, mock, source},
};
use countersign_gateway::{Config, Timeouts};
use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::{Mutex, mpsc::channel},
    thread,
    time::Duration,
};

/// A backend that answers when it is told to, and the two ends of telling.
fn gated() -> (Backend, std::sync::mpsc::Receiver<()>, std::sync::mpsc::Sender<()>) {
    let ((arrived, arrivals), (open, gate)) = (channel(), channel::<()>());
    let gate = Mutex::new(gate);
    let backend = Backend::raw(move |mut stream, _| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while read_request(&mut reader).is_some() {
            arrived.send(()).unwrap();
            let _opened_or_over = gate.lock().unwrap().recv();
            let _client_may_be_gone = stream.write_all(OK);
        }
    });
    (backend, arrivals, open)
}

#[test]
fn shutdown_finishes_requests_under_way_and_closes_idle_connections() {
    let (backend, arrivals, open) = gated();
    let mut world = World::new(vec![http("GET", "/slow", backend.address, "/"), mock("GET", "/", "in")]);
    let (mut idle, mut busy, mut silent) = (world.client(), world.client(), world.client());
    assert_eq!(idle.call(get("/")).text(), "in");
    busy.send(get("/slow"));
    arrivals.recv().unwrap();
    let address = world.address;
    let stopping = thread::spawn(move || world.shutdown(Duration::from_secs(20)));
    assert!(idle.is_closed() && silent.is_closed());
    open.send(()).unwrap();
    let last = busy.response();
    assert_eq!((last.text(), last.header("connection")), ("ok", Some("close")));
    assert!(busy.is_closed());
    stopping.join().unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn shutdown_does_not_wait_longer_than_it_was_told() {
    let (backend, arrivals, _never_opened) = gated();
    let mut world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let mut client = world.client();
    client.send(get("/"));
    arrivals.recv().unwrap();
    world.shutdown(Duration::from_millis(10));
    assert!(client.rest().is_empty());
}

#[test]
fn silent_and_slow_connections_are_closed() {
    let timeouts = Timeouts { head: Duration::ZERO, idle: Duration::ZERO, ..Timeouts::default() };
    let config = Config { workers: 1, timeouts, ..Config::default() };
    let world = World::configured(config, &source(vec![mock("GET", "/", "in")]));
    let (mut silent, mut slow, mut idle) = (world.client(), world.client(), world.client());
    slow.send("GET / HTTP/1.1\r\nHo");
    assert_eq!(idle.call(get("/")).text(), "in");
    for client in [&mut silent, &mut slow, &mut idle] {
        assert!(client.is_closed());
    }
}

#[test]
fn all_workers_share_the_port_and_the_snapshot() {
    let config = Config { workers: 3, ..Config::default() };
    let world = World::configured(config, &source(vec![mock("GET", "/", "in")]));
    for _ in 0..12 {
        assert_eq!(world.get("/").text(), "in");
    }
}

#[test]
fn more_connections_than_allowed_wait_their_turn() {
    let config = Config { workers: 1, connections_max: 1, ..Config::default() };
    let world = World::configured(config, &source(vec![mock("GET", "/", "in")]));
    let mut first = world.client();
    assert_eq!(first.call(get("/")).text(), "in");
    let mut second = world.client();
    second.send(get("/"));
    assert_eq!(first.call(get("/")).text(), "in");
    drop(first);
    assert_eq!(second.response().text(), "in");
}

#[test]
fn an_address_in_use_is_an_error_and_not_a_panic() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let config = Config { address: taken.local_addr().unwrap(), ..Config::default() };
    assert!(countersign_gateway::start(config, Default::default(), crate::world::clock).is_err());
}

#[test]
fn a_client_that_leaves_is_noticed_and_counted() {
    let (backend, arrivals, _never_opened) = gated();
    let mut world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let mut client = world.client();
    client.send(get("/"));
    arrivals.recv().unwrap();
    drop(client);
    let metrics = world.running.as_ref().unwrap().metrics();
    world.shutdown(Duration::from_secs(20));
    let mut text = String::new();
    metrics.encode(&mut text);
    assert!(text.contains("countersign_gateway_requests_aborted_total 1\n"), "{text}");
    assert!(text.contains("countersign_gateway_requests_in_flight 0\n"), "{text}");
}
