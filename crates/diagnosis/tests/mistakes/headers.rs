//! Mistakes of other headers.

use crate::Spoiled;

pub(crate) const CASES: &[Spoiled] = &[
    ("content-type-charset", |case| case.send("Content-Type", "application/json; charset=utf-8")),
    ("content-type-charset", |case| case.signing.set("content-type", "application/json;charset=UTF-8")),
    ("content-type-missing", |case| _ = case.headers.remove(2)),
    ("content-type-changed", |case| case.send("Content-Type", "application/x-www-form-urlencoded")),
    ("header-not-sent", |case| case.sign("Connection", "keep-alive")),
    ("header-not-sent", |case| case.sign("Content-Length", &case.body.len().to_string())),
    ("header-rewritten", |case| {
        case.sign("X-Forwarded-For", "10.1.2.3");
        case.send("X-Forwarded-For", "10.1.2.3, 10.0.0.1");
    }),
    ("header-value-empty", |case| case.signing.set("content-type", "")),
    ("header-left-out", |case| _ = case.signing.block.remove(2)),
    ("header-not-listed", |case| {
        case.sign_and_send("X-Trace", "1");
        case.listed = "content-type;host;x-custom;x-sdk-date".to_owned();
    }),
    ("header-not-listed", |case| {
        case.sign_and_send("X-Trace", "1");
        case.listed = "content-type;host;x-custom;x-sdk-date".to_owned();
        case.signing.names.clone_from(&case.listed);
    }),
    ("header-names-not-lower-case", |case| {
        for line in &mut case.signing.block {
            line.0 =
                case.headers.iter().find(|other| other.0.eq_ignore_ascii_case(&line.0)).unwrap().0.clone();
        }
    }),
    ("header-names-not-lower-case", |case| {
        // The wire carries lower-case names, as in HTTP/2.
        for line in &mut case.headers {
            line.0 = line.0.to_lowercase();
        }
        let names = ["Content-Type", "Host", "X-Custom", "X-Sdk-Date"];
        for (line, name) in case.signing.block.iter_mut().zip(names) {
            name.clone_into(&mut line.0);
        }
        case.listed = names.join(";");
        case.signing.names = names.join(";");
    }),
    ("header-value-not-trimmed", |case| case.signing.set("x-custom", " two  words")),
    ("header-value-not-trimmed", |case| {
        for line in &mut case.signing.block {
            line.1.insert(0, ' ');
        }
    }),
    ("header-blanks-merged", |case| case.signing.set("x-custom", "two words")),
    ("header-block-unsorted", |case| {
        let block = &mut case.signing.block;
        *block = vec![block[1].clone(), block[3].clone(), block[0].clone(), block[2].clone()];
    }),
    ("signed-names-unsorted", |case| {
        case.listed = "host;x-sdk-date;content-type;x-custom".to_owned();
        let block = &mut case.signing.block;
        *block = vec![block[1].clone(), block[3].clone(), block[0].clone(), block[2].clone()];
    }),
    ("signed-names-unsorted", |case| {
        case.signing.names = "host;x-sdk-date;content-type;x-custom".to_owned();
    }),
    ("repeated-header-joined", |case| {
        case.headers.push(("X-Custom".to_owned(), "more".to_owned()));
        case.signing.set("x-custom", "more,two  words");
    }),
    ("repeated-header-joined", |case| {
        case.headers.push(("X-Custom".to_owned(), "zzz".to_owned()));
    }),
];
