//! Management verbs against a server that answers what the test says: paging, refusals, secrets.

use crate::home::Home;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

/// Answers requests one after the other and returns their first lines.
fn server(answers: Vec<(&'static str, String)>) -> (Home, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = Home::new()
        .with("COUNTERSIGN_ENDPOINT", &format!("http://{}", listener.local_addr().unwrap()))
        .with("COUNTERSIGN_ACCESS_KEY", "A")
        .with("COUNTERSIGN_SECRET_KEY", "topsecret")
        .with("COUNTERSIGN_PROJECT_ID", "p")
        .with("COUNTERSIGN_INSTANCE_ID", "i");
    let served = std::thread::spawn(move || {
        let answer = |(status, body): (&str, String)| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.extend(byte);
            }
            let length = body.len();
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
            String::from_utf8(head).unwrap().lines().next().unwrap().to_owned()
        };
        answers.into_iter().map(answer).collect()
    });
    (home, served)
}

fn page(names: &[&str], total: usize) -> (&'static str, String) {
    let envs: Vec<_> = names.iter().map(|name| serde_json::json!({ "name": name, "id": name })).collect();
    ("200 OK", serde_json::json!({ "size": names.len(), "total": total, "envs": envs }).to_string())
}

#[test]
fn lists_are_read_to_their_end() {
    let (home, served) = server(vec![page(&["a", "b"], 3), page(&["c"], 3)]);
    let ran = home.run(&["environments", "list", "-o", "tsv", "--query", "[].name"]);
    assert_eq!(ran.out, "a\nb\nc\n", "{ran:?}");
    let base = "GET /v2/p/apigw/instances/i/envs";
    let lines =
        [format!("{base}?offset=0&limit=500 HTTP/1.1"), format!("{base}?offset=2&limit=500 HTTP/1.1")];
    assert_eq!(served.join().unwrap(), lines);
}

#[test]
fn a_list_that_promises_more_than_it_gives_ends() {
    let (home, served) = server(vec![page(&["a"], 9), page(&[], 9)]);
    assert_eq!(home.run(&["environments", "list", "-o", "tsv", "--query", "[].name"]).out, "a\n");
    assert_eq!(served.join().unwrap().len(), 2);
}

#[test]
fn a_refusal_exits_22_with_the_servers_words() {
    let body = r#"{"error_msg": "No permission", "error_code": "APIG.1005"}"#.to_owned();
    let (home, served) = server(vec![("403 Forbidden", body)]);
    let ran = home.run(&["groups", "create", "shop"]);
    served.join().unwrap();
    assert_eq!((ran.code, ran.out.as_str()), (Some(22), ""));
    assert!(ran.err.ends_with("answered 403 Forbidden: No permission (APIG.1005)\n"), "{}", ran.err);
}

#[test]
fn a_wrong_clock_is_named_when_a_signature_is_refused() {
    let (home, served) = server(vec![(
        "401 Unauthorized\r\nDate: Fri, 17 Dec 2021 06:58:04 GMT",
        r#"{"error_msg": "expired", "error_code": "APIG.0301"}"#.to_owned(),
    )]);
    let ran = home.run(&["whoami"]);
    served.join().unwrap();
    assert_eq!(ran.code, Some(22));
    assert!(
        ran.err.contains("access key A from the environment (COUNTERSIGN_*): GET http://"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("expired (APIG.0301); this clock and the server's differ by"), "{}", ran.err);
}

#[test]
fn an_answer_that_is_no_json_is_said_to_be_none() {
    let (home, served) = server(vec![("200 OK", "<html>".to_owned())]);
    let ran = home.run(&["groups", "list"]);
    served.join().unwrap();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("did not answer JSON; is it the management API's URL?"), "{}", ran.err);
}

#[test]
fn several_of_one_name_are_not_guessed_at() {
    let (home, served) = server(vec![page(&["a", "a"], 2)]);
    let ran = home.run(&["environments", "show", "a"]);
    served.join().unwrap();
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there are 2 environments named \"a\"; say which by its id"), "{}", ran.err);
}

#[test]
fn names_cannot_leave_their_place_in_the_url() {
    let (home, served) = server(vec![page(&[], 0), page(&[], 0)]);
    let ran = home.run(&["environments", "show", "a&limit=1/../?"]);
    assert_eq!(ran.code, Some(1));
    assert!(served.join().unwrap()[0].contains("&name=a%26limit%3D1%2F..%2F%3F&precise_search=name "));
}

#[test]
fn documents_that_cannot_be_read_are_named_before_anything_is_sent() {
    let home = Home::new();
    for (text, message) in [
        ("kind: [", "wrong.yaml is neither YAML nor JSON"),
        ("- 1", "wrong.yaml, document 1: it is no object; write kind, name and members"),
        ("kind: group", "wrong.yaml, document 1: it has no name"),
        (
            "kind: group\nname: a\n---\nkind: grupo\nname: b",
            "document 2: there is no kind \"grupo\"; choose one of group,",
        ),
    ] {
        home.write("wrong.yaml", text);
        let ran = home.run(&["apply", "-f", "wrong.yaml"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(message), "{}", ran.err);
    }
    let ran = home.run(&["diff", "-f", "none.yaml"]);
    assert_eq!(ran.err, "countersign: cannot read none.yaml: No such file or directory (os error 2)\n");
}

#[test]
fn a_refusal_cannot_drive_the_terminal() {
    let body = "{\"error_msg\": \"a\\u001b[2Jb\\r\\nc\", \"error_code\": \"X\"}".to_owned();
    let (home, served) = server(vec![("400 Bad Request", body)]);
    let ran = home.run(&["groups", "list"]);
    served.join().unwrap();
    assert!(ran.err.ends_with("answered 400 Bad Request: a [2Jb  c (X)\n"), "{}", ran.err);
}
