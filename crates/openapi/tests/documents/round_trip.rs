//! What is written and read again is the same.

use crate::support::{answers, export, kinds, plain, rich, text};
use countersign_control::apis::{Definition, Texts};
use countersign_control::responses::ResponseDraft;
use countersign_control::transfer::Scope;
use countersign_openapi::{Dialect, Format, Modes, Writing, read, write};

const DIALECTS: [Dialect; 2] = [Dialect::Swagger, Dialect::OpenApi];
const FORMATS: [Format; 2] = [Format::Json, Format::Yaml];

fn every_way() -> impl Iterator<Item = Writing<'static>> {
    let version = "1.0";
    DIALECTS
        .into_iter()
        .flat_map(move |dialect| FORMATS.into_iter().map(move |format| Writing { dialect, format, version }))
}

/// What a document that holds these definitions is read as.
fn read_back(
    definitions: &[Definition],
    scope: Scope,
    writing: Writing<'_>,
    modes: Modes,
) -> Vec<Definition> {
    let document = write(&export(definitions.to_vec(), scope), writing).unwrap();
    let reading = read(document.as_bytes(), modes).unwrap();
    assert_eq!((reading.title.as_str(), reading.description), ("orders", text("All about orders: \"yes\"")));
    let read = |candidate: countersign_control::transfer::Candidate| {
        let definition = candidate.definition.unwrap_or_else(|reason| panic!("{reason:?} in {document}"));
        assert_eq!((candidate.path, candidate.method), (definition.path.clone(), Some(definition.method)));
        definition
    };
    let mut definitions: Vec<Definition> = reading.candidates.into_iter().map(read).collect();
    definitions.sort_by(|one, other| one.name.cmp(&other.name));
    definitions
}

#[test]
fn a_definition_with_everything_reads_back_as_it_was() {
    for writing in every_way() {
        assert_eq!(read_back(&[rich()], Scope::Whole, writing, Modes::default()), [rich()], "{writing:?}");
    }
}

#[test]
fn every_kind_of_backend_and_caller_reads_back_as_it_was() {
    let mut all = kinds();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    for writing in every_way() {
        assert_eq!(read_back(&kinds(), Scope::Draft, writing, Modes::default()), all, "{writing:?}");
    }
}

#[test]
fn a_front_tells_nothing_of_backends_and_a_mock_stands_in_for_them() {
    let modes = Modes { mock: true, ..Modes::default() };
    for writing in every_way() {
        let document = write(&export(vec![rich()], Scope::Front), writing).unwrap();
        assert!(!document.contains("#host#") && !document.contains("x-apigateway-backend"), "{document}");
        let [read] = read_back(&[rich()], Scope::Front, writing, modes).try_into().unwrap();
        assert_eq!(read.backend.word(), "MOCK");
        assert_eq!(
            Definition { backend: read.backend.clone(), policies: vec![], mappings: vec![], ..rich() },
            read
        );
    }
}

#[test]
fn gateway_responses_are_read_back_and_chosen_by_name() {
    let chosen = Definition { response_id: text("friendly"), ..plain("plain") };
    for writing in every_way() {
        let document = write(&export(vec![chosen.clone()], Scope::Whole), writing).unwrap();
        let reading = read(document.as_bytes(), Modes::default()).unwrap();
        assert_eq!(reading.candidates[0].definition.as_ref().unwrap().response_id, text("friendly"));
        assert_eq!(reading.responses, [ResponseDraft { name: "friendly".to_owned(), answers: answers() }]);
    }
}

#[test]
fn writing_what_was_read_gives_the_same_document() {
    for writing in every_way() {
        let written = export([vec![rich()], kinds()].concat(), Scope::Whole);
        let document = write(&written, writing).unwrap();
        let candidates = read(document.as_bytes(), Modes::default()).unwrap().candidates;
        let definitions: Vec<_> = candidates.into_iter().map(|one| one.definition.unwrap()).collect();
        assert_eq!(write(&export(definitions, Scope::Whole), writing).unwrap(), document);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_survives_either_format(sample in "(?s).{0,200}", remark in "[^<>]{0,80}") {
        let texts = Texts { normal_sample: Some(sample), remark: Some(remark), ..Texts::default() };
        let definition = Definition { texts, ..plain("plain") };
        for writing in every_way() {
            let read = read_back(std::slice::from_ref(&definition), Scope::Whole, writing, Modes::default());
            assert_eq!(read, std::slice::from_ref(&definition));
        }
    }
}
