//! TLS toward backends. The fixtures are a self-signed P-256 certificate for localhost, valid until 2126, and its
//! key, made with `openssl req -x509 -newkey ec -addext basicConstraints=critical,CA:FALSE` for
//! these tests alone.

use crate::{
    backend::{Backend, OK, read_request},
    world::{World, mock, source},
};
use countersign_gateway::{Config, TrustedRoots};
use countersign_snapshot::source::{self, Release};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use std::{
    io::{BufReader, Write},
    sync::Arc,
};

const CERTIFICATE: CertificateDer<'static> =
    CertificateDer::from_slice(include_bytes!("fixtures/backend-cert.der"));

fn backend() -> Backend {
    let key = PrivateKeyDer::try_from(&include_bytes!("fixtures/backend-key.der")[..]).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![CERTIFICATE], key).unwrap());
    Backend::raw(move |stream, _| {
        let mut reader =
            BufReader::new(StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream));
        while read_request(&mut reader).is_some() {
            reader.get_mut().write_all(OK).unwrap();
        }
    })
}

fn api(host: &str, backend: &Backend) -> Release {
    let mut api = mock("GET", "/", "");
    api.definition.backend = source::Backend::Http {
        tls: true,
        address: format!("{host}:{}", backend.address.port()),
        method: "ANY".to_owned(),
        path: "/".to_owned(),
        timeout_ms: 10_000,
        retries: Some(0),
    };
    api
}

fn world(trusted_roots: TrustedRoots, host: &str, backend: &Backend) -> World {
    let config = Config { workers: 1, trusted_roots, ..Config::default() };
    World::configured(config, &source(vec![api(host, backend)]))
}

#[test]
fn a_backend_with_a_trusted_certificate_for_its_name_is_reached_and_kept() {
    let backend = backend();
    let world = world(TrustedRoots::Only(vec![CERTIFICATE]), "localhost", &backend);
    assert_eq!(world.get("/").text(), "ok");
    assert_eq!(world.get("/").text(), "ok");
    assert_eq!(backend.connections(), 1);
}

#[test]
fn an_untrusted_certificate_or_one_for_another_name_is_502() {
    let backend = backend();
    for (roots, host) in
        [(TrustedRoots::Native, "localhost"), (TrustedRoots::Only(vec![CERTIFICATE]), "127.0.0.1")]
    {
        let refused = world(roots, host, &backend).get("/");
        refused.assert_refused(502, "APIG.0201", "Backend unavailable.");
    }
}
