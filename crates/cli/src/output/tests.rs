use super::*;
use serde_json::json;

fn people() -> Value {
    json!([{ "name": "Ada", "id": 1, "tags": ["a"] }, { "name": "Bo\nb", "id": 22, "tags": [] }])
}

#[test]
fn a_table_shows_the_columns_asked_for() {
    assert_eq!(Form::Table.render(&people(), &["name", "id"]), "NAME  ID\nAda   1\nBo b  22\n");
    assert_eq!(Form::Table.render(&json!([]), &["name"]), "NAME\n");
}

#[test]
fn tab_separated_text_has_no_heading_and_one_line_a_row() {
    assert_eq!(Form::Tsv.render(&people(), &["id", "name"]), "1\tAda\n22\tBo b\n");
    assert_eq!(Form::Tsv.render(&json!("bare"), &[]), "bare\n");
    assert_eq!(Form::Tsv.render(&json!(["x", 2, null]), &[]), "x\n2\n\n");
    assert_eq!(Form::Tsv.render(&Value::Null, &[]), "");
}

#[test]
fn an_object_is_shown_member_by_member() {
    assert_eq!(Form::Tsv.render(&json!({ "a": 1, "b": { "c": true } }), &[]), "a\t1\nb\t{\"c\":true}\n");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    assert_eq!(Form::Table.render(&json!("a\u{1b}[2Jb\rc"), &[]), "a [2Jb c\n");
}

#[test]
fn a_query_selects_and_a_wrong_one_says_where() {
    let query = query::parse("[?id > `1`].name | [0]").unwrap();
    assert_eq!(query.select(&people()).unwrap(), json!("Bo\nb"));
    assert!(query::parse("[?id >").err().unwrap().contains("line 0"));
    assert!(query::parse("length(@[0].id)").unwrap().select(&people()).is_err());
}
