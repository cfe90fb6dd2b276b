use super::*;
use proptest::prelude::*;

fn router(routes: &[(&'static str, &'static str, Matching)]) -> Router<&'static str> {
    let mut router = Router::default();
    for (method, path, matching) in routes {
        let method = Method::of_definition(method).unwrap();
        router.insert(method, &Template::parse(path).unwrap(), *matching, *path).unwrap();
    }
    router
}

fn found(router: &Router<&'static str>, method: &str, path: &str) -> &'static str {
    match router.find(method, path) {
        Lookup::Found(found) => found.value,
        Lookup::NoMethod => "no method",
        Lookup::NoPath => "no path",
    }
}

#[test]
fn a_trailing_slash_is_significant() {
    let router = router(&[("GET", "/test", Matching::Exact)]);
    assert_eq!(found(&router, "GET", "/test"), "/test");
    assert_eq!(found(&router, "GET", "/test/"), "no path");
}

#[test]
fn a_prefix_matches_on_segment_borders_only() {
    let router = router(&[("GET", "/test/AA", Matching::Prefix)]);
    for (path, expected) in [
        ("/test/AA", "/test/AA"),
        ("/test/AA/BB", "/test/AA"),
        ("/test/AA/", "/test/AA"),
        ("/test/AACC", "no path"),
    ] {
        assert_eq!(found(&router, "GET", path), expected, "{path}");
    }
}

#[test]
fn unknown_path_and_unknown_method_are_different_answers() {
    let router = router(&[("GET", "/a", Matching::Exact), ("ANY", "/any", Matching::Exact)]);
    assert_eq!(found(&router, "POST", "/a"), "no method");
    assert_eq!(found(&router, "POST", "/b"), "no path");
    assert_eq!(found(&router, "PATCH", "/any"), "/any");
    assert_eq!(found(&router, "TRACE", "/any"), "no method");
}

#[test]
fn exact_beats_prefix_and_literal_beats_parameter_and_the_longest_prefix_wins() {
    let router = router(&[
        ("GET", "/a/{x}", Matching::Exact),
        ("GET", "/a/b", Matching::Exact),
        ("GET", "/a", Matching::Prefix),
        ("GET", "/a/b", Matching::Prefix),
        ("GET", "/{x}/b/c", Matching::Prefix),
        ("GET", "/a/{rest+}", Matching::Exact),
        ("GET", "/", Matching::Prefix),
    ]);
    assert_eq!(found(&router, "GET", "/a/b"), "/a/b");
    assert_eq!(found(&router, "GET", "/a/c"), "/a/{x}");
    assert_eq!(found(&router, "GET", "/a/b/d"), "/a/b");
    assert_eq!(found(&router, "GET", "/a/b/c/d"), "/{x}/b/c");
    assert_eq!(found(&router, "GET", "/a/x/y"), "/a/{rest+}");
    assert_eq!(found(&router, "GET", "/q"), "/");
}

#[test]
fn a_better_path_without_the_method_gives_way_to_one_that_has_it() {
    let router = router(&[("GET", "/a", Matching::Exact), ("POST", "/a", Matching::Prefix)]);
    assert_eq!(found(&router, "POST", "/a"), "/a");
}

#[test]
fn captures_hold_the_variable_segments_in_order() {
    let router = router(&[("GET", "/u/{id}/f/{path+}", Matching::Exact)]);
    let Lookup::Found(found) = router.find("GET", "/u/7/f/x/y/") else { panic!("not found") };
    assert_eq!(found.captures.as_slice(), ["7", "x/y/"]);
    assert_eq!(found.depth, 3);
}

#[test]
fn the_same_route_twice_is_refused_whatever_its_parameters_are_called() {
    let mut router = Router::default();
    let insert = |router: &mut Router<()>, path| {
        router.insert(Method::Get, &Template::parse(path).unwrap(), Matching::Exact, ())
    };
    assert!(insert(&mut router, "/{a}").is_ok());
    assert!(insert(&mut router, "/{b}").is_err());
}

/// A matcher that looks at every route: the meaning of the trie in a few lines.
fn naive(routes: &[(String, Matching)], path: &str) -> Option<usize> {
    let segments: Vec<_> = path.split('/').skip(1).collect();
    let rank = |(template, matching): &(String, Matching)| -> Option<(bool, usize, Vec<bool>, u8)> {
        let mut own: Vec<_> = template.split('/').skip(1).collect();
        let rest = own.last().is_some_and(|last| last.ends_with("+}"));
        let below = *matching == Matching::Prefix && own.last() == Some(&"");
        if rest || below {
            own.pop();
        }
        let fits =
            |own: &str, given: &str| if own.starts_with('{') { !given.is_empty() } else { own == given };
        let begins =
            own.len() <= segments.len() && own.iter().zip(&segments).all(|(own, given)| fits(own, given));
        let left = segments.get(own.len()..).unwrap_or_default();
        let whole = begins && left.is_empty();
        let literals = own.iter().map(|own| !own.starts_with('{')).collect();
        match matching {
            _ if rest => (begins && left.iter().any(|left| !left.is_empty())).then_some((
                false,
                own.len(),
                literals,
                2,
            )),
            Matching::Exact => whole.then_some((true, own.len(), literals, 0)),
            Matching::Prefix if below => (begins && !whole).then_some((false, own.len(), literals, 1)),
            Matching::Prefix => begins.then_some((false, own.len(), literals, 0)),
        }
    };
    let ranked = routes.iter().enumerate().filter_map(|(index, route)| Some((rank(route)?, index)));
    ranked.max_by(|(left, _), (right, _)| left.cmp(right)).map(|(_, index)| index)
}

fn template() -> impl Strategy<Value = String> {
    let segment = prop::sample::select(vec!["a", "b", "{p}"]);
    let tail = prop::sample::select(vec!["", "/", "/{q+}"]);
    (prop::collection::vec(segment, 0..4), tail).prop_map(|(segments, tail)| {
        let head = segments.iter().enumerate().map(|(index, segment)| match *segment {
            "{p}" => format!("/{{p{index}}}"),
            literal => format!("/{literal}"),
        });
        let text = head.collect::<String>() + tail;
        if text.is_empty() { "/".to_owned() } else { text }
    })
}

proptest! {
    #[test]
    fn the_trie_agrees_with_a_linear_matcher(
        routes in prop::collection::vec((template(), any::<bool>()), 1..24),
        path in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..6),
        trailing in any::<bool>(),
    ) {
        let mut router = Router::default();
        let mut kept: Vec<(String, Matching)> = Vec::new();
        for (text, prefix) in routes {
            let matching = if prefix { Matching::Prefix } else { Matching::Exact };
            let template = Template::parse(&text).unwrap();
            if router.insert(Method::Get, &template, matching, kept.len()).is_ok() {
                kept.push((text, matching));
            }
        }
        let mut path = path.iter().map(|segment| format!("/{segment}")).collect::<String>();
        if trailing || path.is_empty() {
            path.push('/');
        }
        let trie = match router.find("GET", &path) {
            Lookup::Found(found) => Some(*found.value),
            _ => None,
        };
        prop_assert_eq!(trie, naive(&kept, &path), "{} in {:?}", path, kept);
    }
}
