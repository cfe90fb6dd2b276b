//! READMEs of the libraries: one template, the words of the manifest, the samples as they are run in the tests.

use super::Library;
use crate::process::say;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// Renders and keeps the README of one library.
pub(super) fn write(library: &Library) -> Result<()> {
    let place = place(library);
    fs::write(&place, text(library)?).with_context(|| format!("cannot write {}", place.display()))?;
    say(&format!("{} is up to date", place.display()));
    Ok(())
}

/// Fails when the README is not what the template gives.
pub(super) fn require_fresh(library: &Library) -> Result<()> {
    if fs::read_to_string(place(library)).ok().as_ref() != Some(&text(library)?) {
        bail!("sdks/{}/README.md is old; write it anew by: cargo xtask libraries --readme", library.folder());
    }
    Ok(())
}

fn place(library: &Library) -> PathBuf {
    library.directory().join("README.md")
}

fn text(library: &Library) -> Result<String> {
    let template = super::manifests().join("README.template.md");
    let template =
        fs::read_to_string(&template).with_context(|| format!("cannot read {}", template.display()))?;
    fill(&template, &library.words()?)
        .with_context(|| format!("sdks/{}/library.toml misses something", library.folder()))
}

/// Replaces each `{name}` whose name is a word; what stands in the words is left as it is.
fn fill(template: &str, words: &[(&str, String)]) -> Result<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').context("a brace of the template is not closed")?;
        let word = words.iter().find(|(own, _)| *own == name);
        let (_, word) = word.with_context(|| format!("the template asks for {name}"))?;
        text.push_str(before);
        text.push_str(word);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in_and_their_own_braces_stay() {
        let words = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(fill("1{a}2{b}{a}", &words).unwrap(), "1{b}2x{b}");
    }

    #[test]
    fn a_word_that_is_missing_is_named() {
        assert!(fill("{sign_get}", &[]).unwrap_err().to_string().contains("sign_get"));
    }
}
