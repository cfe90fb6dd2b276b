use super::*;

fn source() -> source::Authorizer {
    source::Authorizer {
        id: AuthorizerId::parse("a").unwrap(),
        url: Some("http://127.0.0.1:9000/check?of=us".to_owned()),
        identities: vec![],
        ttl_seconds: 60,
        user_data: String::new(),
        takes_body: false,
        context: ContextValues::Texts,
        timeout_ms: 5_000,
    }
}

fn identified(pattern: &str) -> source::Authorizer {
    let (name, pattern) = ("X-Who".to_owned(), Some(pattern.to_owned()));
    let identity = source::IdentitySource { name, location: Location::Header, pattern };
    source::Authorizer { identities: vec![identity], ..source() }
}

fn compile(source: &source::Authorizer) -> Result<Authorizer, Fault> {
    Authorizer::compile(source, 0)
}

#[test]
fn a_functions_address_is_an_http_url() {
    let function = Function::parse("https://functions.example.com/check?of=us").unwrap();
    assert_eq!((function.origin.tls, function.origin.port), (true, 443));
    assert_eq!(
        (&*function.origin.host, function.target.to_string()),
        ("functions.example.com", "/check?of=us".to_owned())
    );
    assert_eq!(Function::parse("http://[::1]:9000").unwrap().target, "/");
    for bad in
        ["", "/check", "ftp://a/", "http:///x", "http://user@a/", "http://a:0/", "example.com", "http://a b/"]
    {
        assert!(Function::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    assert_eq!(compile(&identified("(")).err(), Some(Fault::Invalid("pattern")));
    assert!(compile(&identified("user[0-9]+|admin")).is_ok());
}

#[test]
fn identities_stand_in_headers_or_in_the_query() {
    let mut odd = identified("a");
    odd.identities[0].location = Location::Path;
    assert_eq!(compile(&odd).err(), Some(Fault::Invalid("location of an identity")));
    odd.identities[0].location = Location::Header;
    odd.identities[0].name = "a b".to_owned();
    assert_eq!(compile(&odd).err(), Some(Fault::Invalid("identity name")));
}

#[test]
fn an_authorizer_keeps_its_version_until_its_settings_change() {
    let prints = Fingerprints::default();
    let first = Authorizers::compile(&[source()], None, &prints).unwrap();
    let same = Authorizers::compile(&[source()], Some(&first), &prints).unwrap();
    let changed = source::Authorizer { user_data: "x".to_owned(), ..source() };
    let changed = Authorizers::compile(&[changed], Some(&first), &prints).unwrap();
    let of = |authorizers: &Authorizers| Arc::clone(authorizers.get(&source().id).unwrap());
    assert!(Arc::ptr_eq(&of(&first), &of(&same)));
    assert_ne!(of(&first).version, of(&changed).version);
}
