//! `docs/diagnosis.md` lists every mistake, in the words of the crate.

use countersign_diagnosis::{Mistake, Part};
use std::fmt::Write;

const DOCUMENT: &str = include_str!("../../../docs/diagnosis.md");

const PARTS: [(Part, &str); 11] = [
    (Part::Request, "The Authorization header and its companions"),
    (Part::Key, "The key pair"),
    (Part::Time, "The signing time"),
    (Part::Method, "The method"),
    (Part::Path, "The path"),
    (Part::Query, "The query"),
    (Part::Host, "The Host header"),
    (Part::Headers, "Other headers"),
    (Part::Body, "The body"),
    (Part::Text, "The canonical request"),
    (Part::Signature, "String to sign and signature"),
];

fn tables() -> String {
    let mut text = String::new();
    for (part, title) in PARTS {
        let _ = write!(
            text,
            "\n### {title}\n\n| reason code | what happened | what to change |\n|---|---|---|\n"
        );
        for mistake in Mistake::ALL.iter().filter(|mistake| mistake.part() == part) {
            let _ =
                writeln!(text, "| `{}` | {} | {} |", mistake.code(), mistake.sentence(), mistake.remedy());
        }
    }
    text
}

/// To bring the document up to date, put what this prints behind the heading "Reason codes".
#[test]
fn the_document_lists_every_mistake() {
    let (_, listed) = DOCUMENT.split_once("## Reason codes\n").expect("the document has the heading");
    assert!(listed == tables(), "docs/diagnosis.md is not up to date; the tables are:\n{}", tables());
}
