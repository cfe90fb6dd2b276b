use super::*;

fn headers(input: &Input) -> Vec<String> {
    let line = |(name, value): &(String, Vec<u8>)| format!("{name}: {}", String::from_utf8_lossy(value));
    input.headers.iter().map(line).collect()
}

#[test]
fn a_line_copied_from_a_browser_is_read() {
    let line = "curl 'https://api.example.com/v1/a?b=1' \\\n  -X 'POST' \\\n  -H 'accept: */*' \\\n  \
                -H 'content-type: application/json' \\\n  --data-raw $'{\"a\":\"it\\'s\\n\"}' \\\n  --compressed";
    let input = read(line).unwrap();
    assert_eq!((input.method.as_str(), input.target.as_slice()), ("POST", b"/v1/a?b=1".as_slice()));
    assert_eq!(input.body, b"{\"a\":\"it's\n\"}");
    assert!(headers(&input).contains(&"Host: api.example.com".to_owned()));
}

#[test]
fn data_makes_a_form_post_and_several_are_joined() {
    let input = read("curl -sS -d a=1 -db=2 http://h:80/").unwrap();
    assert_eq!((input.method.as_str(), input.body.as_slice()), ("POST", b"a=1&b=2".as_slice()));
    let expected =
        ["Host: h", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 7", "Accept: */*"];
    assert_eq!(headers(&input), expected);
}

#[test]
fn get_moves_the_data_into_the_query_and_head_is_a_method() {
    assert_eq!(read("curl -G -d a=1 'h/p?b=2'").unwrap().target, b"/p?b=2&a=1");
    assert_eq!(read("curl -I h").unwrap().method, "HEAD");
}

#[test]
fn headers_without_a_value_are_sent_empty_or_taken_out() {
    let input = read("curl -H 'X-Empty;' -H 'Accept:' -H 'Host: other' http://h/").unwrap();
    assert_eq!(headers(&input), ["X-Empty: ", "Host: other"]);
}

#[test]
fn dot_segments_are_resolved_unless_they_shall_stay() {
    assert_eq!(read("curl h/a/../b/./c?x=..").unwrap().target, b"/b/c?x=..");
    assert_eq!(read("curl --path-as-is h/a/../b").unwrap().target, b"/a/../b");
}

#[test]
fn what_cannot_be_understood_is_refused() {
    for line in ["curl", "curl 'open", "curl --form a=b h", "curl h -H", "curl -Q h"] {
        assert!(read(line).is_err(), "{line}");
    }
}
