use crate::{
    backend::Backend,
    world::{Change, World, from, get, http, mock},
};
use countersign_snapshot::source::{Check, Location, MappedValue, Release};

fn refused(world: &World, target: &str, message: &str) {
    world.get(target).assert_refused(
        400,
        "APIG.0201",
        &format!("API request error: the parameter {message}"),
    );
}

fn checked(mut api: Release, change: impl FnOnce(&mut Check)) -> Release {
    let mut check =
        Check { number: false, min: None, max: None, min_chars: None, max_chars: None, one_of: vec![] };
    change(&mut check);
    api.definition.parameters.last_mut().unwrap().check = Some(check);
    api
}

#[test]
fn a_missing_required_parameter_is_named() {
    let backend = Backend::ok();
    let mut api = http("GET", "/", backend.address, "/").parameter("q", Location::Query);
    api.definition.parameters[0].required = true;
    let world = World::new(vec![api]);
    refused(&world, "/", "q is missing");
    refused(&world, "/?Q=1&x=q", "q is missing");
    assert_eq!(world.get("/?q=").text(), "ok");
    backend.received();
    refused(&world, "/?q=1&q=2", "q stands more than once");
}

#[test]
fn checks_refuse_what_does_not_fit() {
    let backend = Backend::ok();
    let api = http("GET", "/{id}", backend.address, "/").parameter("id", Location::Path);
    let api = checked(api, |check| {
        check.number = true;
        check.max = Some(10.0);
    });
    let api = checked(api.parameter("size", Location::Query), |check| check.max_chars = Some(2));
    let api = checked(api.parameter("kind", Location::Query), |check| {
        check.one_of = vec!["a".to_owned(), "b".to_owned()];
    });
    let world = World::new(vec![api]);
    refused(&world, "/x", "id is not a number");
    refused(&world, "/11", "id is out of range");
    refused(&world, "/1?size=abc", "size is too short or too long");
    refused(&world, "/1?kind=c", "kind is not one of the allowed values");
    assert_eq!(world.get("/10?size=%E4%BD%A0%E5%A5%BD&kind=b").text(), "ok");
}

#[test]
fn both_ends_of_every_limit_belong_to_it() {
    let api = mock("GET", "/", "ok").parameter("n", Location::Query);
    let api = checked(api, |check| {
        check.number = true;
        (check.min, check.max) = (Some(-1.5), Some(2.0));
    });
    let api = checked(api.parameter("X-Code", Location::Header), |check| {
        (check.min_chars, check.max_chars) = (Some(2), Some(3));
    });
    let world = World::new(vec![api]);
    for (number, fits) in [
        ("-1.5", true),
        ("2", true),
        ("2.0", true),
        ("-1.6", false),
        ("2.01", false),
        ("", false),
        ("0x1", false),
    ] {
        assert_eq!(world.get(&format!("/?n={number}")).status == 200, fits, "{number:?}");
    }
    for (code, fits) in [("ab", true), ("abc", true), ("a", false), ("abcd", false), ("", false)] {
        let request = get("/").replace("\r\n\r\n", &format!("\r\nx-code: {code}\r\n\r\n"));
        assert_eq!(world.call(request).status == 200, fits, "{code:?}");
    }
    assert_eq!(world.get("/").text(), "ok", "what was left out has no value to check");
}

#[test]
fn a_parameter_that_is_declared_to_pass_through_stays_although_it_is_mapped() {
    let backend = Backend::ok();
    let mut api = http("GET", "/", backend.address, "/")
        .parameter("a", Location::Query)
        .parameter("b", Location::Query)
        .parameter("X-C", Location::Header)
        .map("a2", Location::Query, from("a", Location::Query))
        .map("b2", Location::Query, from("b", Location::Query))
        .map("c2", Location::Query, from("X-C", Location::Header));
    for position in [0, 2] {
        api.definition.parameters[position].stays = true;
    }
    api.definition.parameters[2].default = Some("3".to_owned());
    let world = World::new(vec![api]);
    world.get("/?a=1&b=2");
    let request = backend.received();
    assert_eq!((request.target.as_str(), request.header("x-c")), ("/?a=1&a2=1&b2=2&c2=3", Some("3")));
}

#[test]
fn a_default_stands_in_where_the_parameter_would_stand() {
    let backend = Backend::ok();
    let mut api = http("GET", "/", backend.address, "/{kind}")
        .parameter("page", Location::Query)
        .parameter("moved", Location::Query)
        .map("m", Location::Query, from("moved", Location::Query))
        .map("kind", Location::Path, from("moved", Location::Query));
    api.definition.parameters[0].default = Some("1 st".to_owned());
    api.definition.parameters[1].default = Some("all".to_owned());
    let world = World::new(vec![api]);
    world.get("/?a");
    assert_eq!(backend.received().target, "/all?a&page=1%20st&m=all");
    world.get("/?page=2&moved=x%2Fy");
    assert_eq!(backend.received().target, "/x%2Fy?page=2&m=x%2Fy");
}

#[test]
fn what_is_not_moved_passes_byte_for_byte() {
    let backend = Backend::ok();
    let api = http("GET", "/", backend.address, "/")
        .parameter("in", Location::Query)
        .map("out", Location::Query, from("in", Location::Query))
        .map("fixed", Location::Query, MappedValue::Constant("a&b".to_owned()));
    let world = World::new(vec![api]);
    world.get("/?z=%7e&in=1&b&c=&a=+x%2b");
    assert_eq!(backend.received().target, "/?z=%7e&b&c=&a=+x%2b&out=1&fixed=a%26b");
    world.get("/");
    assert_eq!(backend.received().target, "/?fixed=a%26b");
    world.get("/?%69n=2&other");
    assert_eq!(backend.received().target, "/?other&out=2&fixed=a%26b");
}

#[test]
fn a_query_value_cannot_climb_out_of_its_place_in_the_path() {
    let backend = Backend::ok();
    let api = http("GET", "/", backend.address, "/base/{x}/end").parameter("x", Location::Query).map(
        "x",
        Location::Path,
        from("x", Location::Query),
    );
    let world = World::new(vec![api]);
    refused(&world, "/?x=..", "x is a dot segment");
    refused(&world, "/?x=", "x is empty");
    refused(&world, "/", "x is missing");
    world.get("/?x=../a");
    assert_eq!(backend.received().target, "/base/..%2Fa/end");
}
