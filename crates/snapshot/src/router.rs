//! From method and decoded path to what is published there: a trie of whole segments.
//!
//! Order of preference: a template that describes the whole path before one that describes its beginning; among
//! those that describe the beginning (`{name+}` and prefixes) the one with more segments; at every segment a
//! literal before a parameter; at the same node `{name+}`, then a prefix that ends with a slash, then one
//! without. A template that has the path but not the method is passed over, and remembered for [`Lookup::NoMethod`].

use crate::{
    error::Fault,
    source::Matching,
    template::{Segment, Template},
};
use smallvec::SmallVec;
use std::collections::HashMap;

/// The methods an API can be published with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are their own description")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Head,
    Patch,
    Options,
    /// All of the others.
    Any,
}

impl Method {
    /// Reads the method of a request; `None` for one that no API can have.
    #[must_use]
    pub fn of_request(token: &str) -> Option<Self> {
        Some(match token {
            "GET" => Self::Get,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "DELETE" => Self::Delete,
            "HEAD" => Self::Head,
            "PATCH" => Self::Patch,
            "OPTIONS" => Self::Options,
            _ => return None,
        })
    }

    /// Reads the method of a definition.
    ///
    /// # Errors
    /// [`Fault::Invalid`] for anything but the seven methods and `ANY`.
    pub fn of_definition(text: &str) -> Result<Self, Fault> {
        if text == "ANY" { Ok(Self::Any) } else { Self::of_request(text).ok_or(Fault::Invalid("method")) }
    }
}

/// Texts of the variable segments, in the order of the path.
pub type Captures<'p> = SmallVec<[&'p str; 4]>;

/// The answer of a router.
#[derive(Debug)]
pub enum Lookup<'r, 'p, T> {
    /// The best match.
    Found(Match<'r, 'p, T>),
    /// The path is there, but not with this method.
    NoMethod,
    /// Nothing is published at the path.
    NoPath,
}

/// What was found and how.
#[derive(Debug)]
pub struct Match<'r, 'p, T> {
    /// What is published there.
    pub value: &'r T,
    /// The variable parts.
    pub captures: Captures<'p>,
    /// Segments of the path that the template describes, not counting `{name+}`.
    pub depth: usize,
}

/// A trie over whole path segments.
#[derive(Debug)]
pub struct Router<T> {
    nodes: Vec<Node>,
    values: Vec<T>,
}

#[derive(Debug, Default)]
struct Node {
    literals: Literals,
    parameter: Option<usize>,
    /// Templates that end here.
    here: Leaf,
    /// Templates that continue with `{name+}`.
    rest: Leaf,
    /// Prefixes that end here, with a trailing slash.
    below: Leaf,
    /// Prefixes that end here, without one.
    prefix: Leaf,
}

/// Most nodes have at most one literal child; a map for each would cost more than the routes themselves.
#[derive(Debug, Default)]
enum Literals {
    #[default]
    None,
    One(Box<str>, usize),
    Many(HashMap<Box<str>, usize, foldhash::fast::RandomState>),
}

/// What ends at one place, by method; positions in [`Router::values`].
type Leaf = SmallVec<[(Method, u32); 1]>;

impl<T> Default for Router<T> {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], values: Vec::new() }
    }
}

impl<T> Router<T> {
    /// Publishes a value.
    ///
    /// # Errors
    /// [`Fault::Duplicate`] when method, path and matching are taken; names of parameters do not distinguish.
    pub fn insert(
        &mut self,
        method: Method,
        template: &Template,
        matching: Matching,
        value: T,
    ) -> Result<(), Fault> {
        let mut segments = template.segments();
        let trailing =
            |segments: &[Segment]| matches!(segments.last(), Some(Segment::Literal(text)) if text.is_empty());
        let below = matching == Matching::Prefix && trailing(segments);
        if below || matches!(segments.last(), Some(Segment::Rest(_))) {
            segments = segments.split_last().map_or(segments, |(_, before)| before);
        }
        let node = segments.iter().fold(0, |node, segment| self.child(node, segment));
        let position = u32::try_from(self.values.len()).map_err(|_| Fault::TooLong("list of APIs"))?;
        let leaf = self.leaf(node, template, matching, below).ok_or(Fault::Invalid("path"))?;
        if leaf.iter().any(|(other, _)| *other == method) {
            return Err(Fault::Duplicate("combination of method, path and matching"));
        }
        leaf.push((method, position));
        self.values.push(value);
        Ok(())
    }

    fn leaf(
        &mut self,
        node: usize,
        template: &Template,
        matching: Matching,
        below: bool,
    ) -> Option<&mut Leaf> {
        let rest = matches!(template.segments().last(), Some(Segment::Rest(_)));
        let node = self.nodes.get_mut(node)?;
        Some(match matching {
            _ if rest => &mut node.rest,
            Matching::Exact => &mut node.here,
            Matching::Prefix if below => &mut node.below,
            Matching::Prefix => &mut node.prefix,
        })
    }

    fn child(&mut self, parent: usize, segment: &Segment) -> usize {
        let next = self.nodes.len();
        let Some(node) = self.nodes.get_mut(parent) else { return parent };
        let child = match segment {
            Segment::Literal(text) => node.literals.get_or_insert(text, next),
            Segment::Parameter(_) | Segment::Rest(_) => *node.parameter.get_or_insert(next),
        };
        if child == next {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Looks up a decoded path that begins with `/`.
    pub fn find<'r, 'p>(&'r self, method: &str, path: &'p str) -> Lookup<'r, 'p, T> {
        let mut search = Search {
            nodes: &self.nodes,
            method: Method::of_request(method),
            captures: Captures::new(),
            partial: None,
            path_known: false,
        };
        let below_root = path.strip_prefix('/');
        let exact = search.descend(0, below_root, 0);
        let found = match exact {
            Some((position, depth)) => Some((position, depth, search.captures)),
            None => search.partial,
        };
        match found.and_then(|(position, depth, captures)| {
            Some((self.values.get(position as usize)?, depth, captures))
        }) {
            Some((value, depth, captures)) => Lookup::Found(Match { value, captures, depth }),
            None if search.path_known => Lookup::NoMethod,
            None => Lookup::NoPath,
        }
    }

    /// All values in the order of insertion.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
}

impl Literals {
    fn get(&self, text: &str) -> Option<usize> {
        match self {
            Self::None => None,
            Self::One(only, child) => (**only == *text).then_some(*child),
            Self::Many(children) => children.get(text).copied(),
        }
    }

    fn get_or_insert(&mut self, text: &str, next: usize) -> usize {
        if let Some(child) = self.get(text) {
            return child;
        }
        match self {
            Self::None => *self = Self::One(text.into(), next),
            Self::One(only, child) => {
                let both = [(std::mem::take(only), *child), (text.into(), next)];
                *self = Self::Many(HashMap::from_iter(both));
            }
            Self::Many(children) => {
                children.insert(text.into(), next);
            }
        }
        next
    }
}

/// One walk. Every node is visited at most once, because its place in the trie fixes its place in the path.
struct Search<'r, 'p> {
    nodes: &'r [Node],
    method: Option<Method>,
    captures: Captures<'p>,
    /// The best template that describes only the beginning: position, depth, captures.
    partial: Option<(u32, usize, Captures<'p>)>,
    path_known: bool,
}

impl<'p> Search<'_, 'p> {
    /// Position and depth of the best template that describes the whole path; `left` is what follows the last
    /// slash that was passed, `None` at the end of the path.
    fn descend(&mut self, node: usize, left: Option<&'p str>, depth: usize) -> Option<(u32, usize)> {
        let node = self.nodes.get(node)?;
        let Some(left) = left else {
            let exact = self.choose(&node.here);
            self.offer(&node.prefix, depth, None);
            return exact.map(|position| (position, depth));
        };
        let (segment, after) =
            left.split_once('/').map_or((left, None), |(segment, after)| (segment, Some(after)));
        if let Some(child) = node.literals.get(segment)
            && let Some(found) = self.descend(child, after, depth + 1)
        {
            return Some(found);
        }
        if let Some(child) = node.parameter.filter(|_| !segment.is_empty()) {
            self.captures.push(segment);
            if let Some(found) = self.descend(child, after, depth + 1) {
                return Some(found);
            }
            self.captures.pop();
        }
        if !left.is_empty() {
            self.offer(&node.rest, depth, Some(left));
        }
        self.offer(&node.below, depth, None);
        self.offer(&node.prefix, depth, None);
        None
    }

    fn choose(&mut self, leaf: &Leaf) -> Option<u32> {
        self.path_known |= !leaf.is_empty();
        let method = self.method?;
        let with = |wanted: Method| leaf.iter().find(|(own, _)| *own == wanted);
        with(method).or_else(|| with(Method::Any)).map(|(_, position)| *position)
    }

    fn offer(&mut self, leaf: &Leaf, depth: usize, rest: Option<&'p str>) {
        let Some(position) = self.choose(leaf) else { return };
        if self.partial.as_ref().is_none_or(|(_, best, _)| depth > *best) {
            let mut captures = self.captures.clone();
            captures.extend(rest);
            self.partial = Some((position, depth, captures));
        }
    }
}

#[cfg(test)]
mod tests;
