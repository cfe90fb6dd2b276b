//! Schemes that APIs may be called over.

use crate::object::Object;
use countersign_control::Error;

/// What one level of a document says about schemes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Schemes {
    /// Whether it says anything.
    pub(super) said: bool,
    pub(super) http: bool,
    pub(super) https: bool,
}

impl Schemes {
    /// Swagger lists them.
    pub(super) fn listed(object: &mut Object<'_>) -> Result<Self, Error> {
        let words = object.texts("schemes")?.unwrap_or_default();
        Ok(words.iter().map(String::as_str).collect())
    }

    /// OpenAPI has them in the URLs of servers, as far as those are absolute.
    pub(super) fn of_servers(object: &mut Object<'_>) -> Result<Self, Error> {
        let mut said = Self::default();
        for mut server in object.objects("servers")? {
            let url = server.text("url")?.unwrap_or_default();
            said.extend(url.split_once("://").map(|(scheme, _)| scheme));
        }
        Ok(said)
    }
}

impl<'a> Extend<&'a str> for Schemes {
    fn extend<I: IntoIterator<Item = &'a str>>(&mut self, words: I) {
        for word in words {
            self.said = true;
            self.http |= word.eq_ignore_ascii_case("http");
            self.https |= word.eq_ignore_ascii_case("https");
        }
    }
}

impl<'a> FromIterator<&'a str> for Schemes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut said = Self::default();
        said.extend(words);
        said
    }
}
