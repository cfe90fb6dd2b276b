//! Mistakes of method, path, query and host.

use crate::Spoiled;

pub(crate) const CASES: &[Spoiled] = &[
    ("method-lower-case", |case| case.signing.method = "post".to_owned()),
    ("method-overridden", |case| {
        case.send("X-HTTP-Method-Override", "MERGE");
        case.signing.method = "MERGE".to_owned();
    }),
    ("method-changed", |case| case.signing.method = "PUT".to_owned()),
    ("path-without-final-slash", |case| _ = case.signing.path.pop()),
    ("path-as-sent", |case| case.signing.path = "/v1/shops/caf%C3%A9/a%20b/x:y/".to_owned()),
    ("path-not-encoded", |case| case.signing.path = "/v1/shops/caf\u{e9}/a b/x:y/".to_owned()),
    ("path-double-encoded", |case| {
        case.signing.path = "/v1/shops/caf%25C3%25A9/a%2520b/x%3Ay/".to_owned();
    }),
    ("path-reserved-kept", |case| case.targets("/a%21%20/b%2A", "/a!%20/b*/", "")),
    ("path-plus-for-space", |case| {
        case.signing.path = "/v1/shops/caf%C3%A9/a+b/x%3Ay/".to_owned();
    }),
    ("path-escapes-lower-case", |case| {
        case.signing.path = "/v1/shops/caf%c3%a9/a%20b/x%3ay/".to_owned();
    }),
    ("path-slashes-encoded", |case| case.targets("/v1/orders", "%2Fv1%2Forders/", "")),
    ("path-slashes-encoded", |case| case.targets("/v1/a%2Fb:c", "/v1/a%2Fb%3Ac/", "")),
    ("path-dot-segments-removed", |case| case.targets("/v1/./a/../b", "/v1/b/", "")),
    ("path-slashes-merged", |case| case.targets("/v1//orders", "/v1/orders/", "")),
    ("path-with-query", |case| case.targets("/v1/orders?a=1", "/v1/orders?a=1", "")),
    ("path-with-query", |case| case.targets("/v1/orders?a=1", "/v1/orders/?a=1", "a=1")),
    ("path-is-url", |case| {
        case.targets("/v1/orders", "https://Api.example.com:8443/v1/orders", "");
    }),
    ("path-left-out", |case| case.signing.path = "/".to_owned()),
    ("forwarded-prefix", |case| {
        case.send("X-Forwarded-Prefix", "/shop");
        case.targets("/v1/orders", "/shop/v1/orders/", "");
    }),
    ("path-prefix-stripped", |case| {
        case.known.prefixes.push("/shop/");
        case.targets("/v1/orders", "/shop/v1/orders/", "");
    }),
    ("path-prefix-added", |case| case.targets("/shop/eu/v1/orders?a=1", "/v1/orders/", "a=1")),
    ("path-rewritten", |case| {
        case.send("X-Original-URI", "/old/orders?a=1");
        case.targets("/new/orders?a=1", "/old/orders/", "a=1");
    }),
    ("query-left-out", |case| case.signing.query = String::new()),
    ("query-line-missing", |case| {
        case.targets("/v1/orders", "/v1/orders/", "");
        case.signing.canonical = |signing| signing.canonical_lines("\n").replacen("\n\n", "\n", 1);
    }),
    ("query-as-sent", |case| {
        case.signing.query = "b-c=1&b=2&a=x%20y&Z=1&t=9&t=8&none&p=%2F:".to_owned();
    }),
    ("query-unsorted", |case| {
        case.signing.query = "b-c=1&b=2&a=x%20y&Z=1&t=9&t=8&none=&p=%2F%3A".to_owned();
    }),
    ("query-unsorted", |case| {
        case.signing.query = "Z=1&b=2&b-c=1&none=&p=%2F%3A&t=8&t=9&a=x%20y".to_owned();
    }),
    ("query-sorted-as-text", |case| {
        case.signing.query = "Z=1&a=x%20y&b-c=1&b=2&none=&p=%2F%3A&t=8&t=9".to_owned();
    }),
    ("query-sorted-ignoring-case", |case| {
        case.signing.query = "a=x%20y&b=2&b-c=1&none=&p=%2F%3A&t=8&t=9&Z=1".to_owned();
        // Seven parameters out of place: more than one that was appended.
        case.target = case.target.replace("Z=1", "Z=1&Y=1");
        case.signing.query.insert_str(case.signing.query.len() - 4, "&Y=1");
    }),
    ("query-not-encoded", |case| {
        case.signing.query = "Z=1&a=x y&b=2&b-c=1&none=&p=/:&t=8&t=9".to_owned();
    }),
    ("query-double-encoded", |case| {
        case.signing.query = "Z=1&a=x%2520y&b=2&b-c=1&none=&p=%252F%3A&t=8&t=9".to_owned();
    }),
    ("query-reserved-kept", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&none=&p=%2F:&t=8&t=9".to_owned();
    }),
    ("query-plus-for-space", |case| {
        case.signing.query = "Z=1&a=x+y&b=2&b-c=1&none=&p=%2F%3A&t=8&t=9".to_owned();
    }),
    ("query-plus-for-space", |case| {
        case.targets("/v1/orders?b=1&a=x+y&c=/", "/v1/orders/", "a=x%20y&b=1&c=%2F");
    }),
    ("query-escapes-lower-case", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&none=&p=%2f%3a&t=8&t=9".to_owned();
    }),
    ("query-empty-value-without-equals", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&none&p=%2F%3A&t=8&t=9".to_owned();
    }),
    ("query-empty-value-left-out", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&p=%2F%3A&t=8&t=9".to_owned();
    }),
    ("query-repeated-name-lost", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&none=&p=%2F%3A&t=8".to_owned();
    }),
    ("query-repeated-name-joined", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&b-c=1&none=&p=%2F%3A&t=9%2C8".to_owned();
    }),
    ("query-with-question-mark", |case| case.signing.query.insert(0, '?')),
    ("query-parameter-added", |case| {
        case.signing.query = "Z=1&a=x%20y&b=2&none=&p=%2F%3A&t=8&t=9".to_owned();
    }),
    ("host-lower-cased", |case| case.signing.set("host", "api.example.com:8443")),
    ("host-without-port", |case| case.signing.set("host", "Api.example.com")),
    ("host-with-port", |case| {
        case.send("Host", "api.example.com");
        case.signing.set("host", "api.example.com:443");
    }),
    ("host-with-port", |case| {
        case.known.hosts.push("10.0.0.1:18080");
        case.send("Host", "api.example.com");
        case.signing.set("host", "api.example.com:18080");
    }),
    ("host-forwarded", |case| {
        case.send("X-Forwarded-Host", "shop.example.org");
        case.signing.set("host", "shop.example.org");
    }),
    ("host-forwarded", |case| {
        case.send("Forwarded", "for=10.1.2.3;host=\"shop.example.org:8080\";proto=https, for=10.0.0.1");
        case.signing.set("host", "shop.example.org:8080");
    }),
    ("host-of-another-name", |case| {
        case.known.hosts.push("internal.example.net");
        case.signing.set("host", "internal.example.net:8443");
    }),
    ("host-localhost", |case| case.signing.set("host", "localhost:8443")),
    ("host-localhost", |case| case.signing.set("host", "127.0.0.1")),
    ("host-with-scheme", |case| case.signing.set("host", "https://Api.example.com:8443")),
];
