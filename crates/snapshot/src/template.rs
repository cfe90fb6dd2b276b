//! Path templates: `/users/{id}/files/{path+}`.

use crate::{error::Fault, path};

/// Longest template in bytes.
const BYTES_MAX: usize = 1024;

/// One segment of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// This text; the empty text as the last segment is a trailing slash.
    Literal(Box<str>),
    /// `{name}`: any one segment that is not empty.
    Parameter(Box<str>),
    /// `{name+}`: everything that is left, at least one character; only as the last segment.
    Rest(Box<str>),
}

/// A parsed template: its segments in order, without the leading slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    segments: Vec<Segment>,
}

impl Template {
    /// Reads a template; literals follow the same spelling policy as request paths.
    ///
    /// # Errors
    /// [`Fault`] for a relative or ambiguous path, a brace inside a segment, `{name+}` before the end, a name
    /// that is empty or stands twice, and for texts over 1024 bytes.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > BYTES_MAX {
            return Err(Fault::TooLong("path"));
        }
        let decoded = path::decode(text).map_err(Fault::Path)?;
        let segments = decoded.split('/').skip(1).map(segment).collect::<Result<Vec<_>, _>>()?;
        let template = Self { segments };
        template.check_names()?;
        Ok(template)
    }

    /// The segments in order.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Names of the parameters in the order of the path.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Parameter(name) | Segment::Rest(name) => Some(&**name),
        })
    }

    fn check_names(&self) -> Result<(), Fault> {
        let before_last = self.segments.iter().rev().skip(1);
        if before_last.clone().any(|segment| matches!(segment, Segment::Rest(_))) {
            return Err(Fault::Template("a {name+} segment must be the last one"));
        }
        let mut names: Vec<_> = self.names().collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.get(1)) {
            return Err(Fault::Template("a parameter stands twice"));
        }
        Ok(())
    }
}

fn segment(text: &str) -> Result<Segment, Fault> {
    if !text.contains(['{', '}']) {
        return Ok(Segment::Literal(text.into()));
    }
    let inner = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .ok_or(Fault::Template("a parameter must be a whole segment"))?;
    let (name, rest) = inner.strip_suffix('+').map_or((inner, false), |name| (name, true));
    if name.is_empty()
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    {
        return Err(Fault::Template("a parameter name must be letters, digits, '-', '_' or '.'"));
    }
    Ok(if rest { Segment::Rest(name.into()) } else { Segment::Parameter(name.into()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_that_mean_nothing_or_two_things_are_refused() {
        for text in [
            "", "a", "/a//b", "/{", "/{}", "/{+}", "/x{a}", "/{a}y", "/{a}/{a}", "/{a+}/b", "/{a b}", "/../a",
        ] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_trailing_slash_is_an_empty_last_segment() {
        let template = Template::parse("/a/{id}/{rest+}").unwrap();
        assert_eq!(template.names().collect::<Vec<_>>(), ["id", "rest"]);
        assert_ne!(Template::parse("/a").unwrap(), Template::parse("/a/").unwrap());
    }
}
