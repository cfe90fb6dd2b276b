//! The official SDKs' credentials file: sections `basic` (of a project) and `global` (of an account).

use super::places::{self, Places};
use super::{Field, Layer, Settings, Source};

/// In this order: most calls act in a project.
const SECTIONS: [&str; 2] = ["basic", "global"];
const NAMES: [(Field, &str); 6] = [
    (Field::AccessKey, "ak"),
    (Field::SecretKey, "sk"),
    (Field::SecurityToken, "security_token"),
    (Field::ProjectId, "project_id"),
    (Field::DomainId, "domain_id"),
    (Field::IdentityEndpoint, "iam_endpoint"),
];

/// The first section with a key pair.
///
/// # Errors
/// When the file exists and cannot be read.
pub(super) fn read(places: &Places) -> anyhow::Result<Option<Layer>> {
    let Some(path) = &places.sdk else { return Ok(None) };
    let Some(text) = places::read(path)? else { return Ok(None) };
    let mut layers = SECTIONS.into_iter().map(|section| Layer {
        source: Source::SdkFile { section, file: path.clone() },
        settings: settings(&text, section),
    });
    Ok(layers.find(|layer| layer.settings.has_key()))
}

fn settings(text: &str, section: &str) -> Settings {
    let field = |name: &str| NAMES.iter().find(|(_, known)| *known == name).map(|(field, _)| *field);
    entries(text, section).filter_map(|(name, value)| Some((field(&name)?, value))).collect()
}

/// Names and values of one section, as Python's configparser reads them: `=` or `:` between them, comments on lines
/// of their own, names in any case.
fn entries<'a>(text: &'a str, section: &'a str) -> impl Iterator<Item = (String, &'a str)> {
    let mut is_inside = false;
    text.lines().map(str::trim).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            is_inside = name == section;
            return None;
        }
        if !is_inside || line.starts_with(['#', ';']) {
            return None;
        }
        let (name, value) = line.split_once(['=', ':'])?;
        Some((name.trim().to_ascii_lowercase(), value.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_read_as_configparser_does() {
        let text =
            "[global]\nak = other\n[basic]\n# sk = no\nAK= key \nsk : a=b:c\n\nproject_id=\n[x]\nak=y\n";
        let settings = settings(text, "basic");
        assert_eq!(settings.get(Field::AccessKey), Some("key"));
        assert_eq!(settings.get(Field::SecretKey), Some("a=b:c"));
        assert_eq!(settings.get(Field::ProjectId), None);
    }
}
