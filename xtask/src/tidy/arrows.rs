//! Dependencies between crates, checked against the picture in ARCHITECTURE.md.

use crate::places::root;
use crate::process::{command, output};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const PREFIX: &str = "countersign-";

/// Which crate may name which in `[dependencies]`. A new edge is a line here and in ARCHITECTURE.md.
const EDGES: &[(&str, &[&str])] = &[
    ("types", &[]),
    ("cost", &[]),
    ("sign", &["types"]),
    ("verify", &["types", "sign"]),
    ("backend-verify", &["types", "verify"]),
    ("sign-http", &["types", "sign"]),
    ("samples", &["types", "sign", "sign-http"]),
    ("diagnosis", &["types", "sign", "verify"]),
    ("snapshot", &["types", "sign", "verify", "token"]),
    ("throttle", &[]),
    ("gateway", &["types", "sign", "verify", "token", "throttle", "snapshot", "diagnosis"]),
    ("store", &[]),
    ("store-sqlite", &["store"]),
    ("token", &["types"]),
    ("policy", &["types"]),
    ("oidc", &["types"]),
    ("identity", &["types", "store", "token", "policy", "oidc"]),
    ("control", &["types", "sign", "store", "snapshot"]),
    ("openapi", &["types", "control"]),
    ("api-types", &[]),
    ("api-edge", &["types", "verify", "identity"]),
    ("api-identity", &["types", "verify", "token", "oidc", "identity", "api-types", "api-edge"]),
    ("api-apig", &["types", "verify", "token", "identity", "control", "openapi", "api-types", "api-edge"]),
    (
        "server",
        &[
            "types",
            "sign",
            "snapshot",
            "gateway",
            "store",
            "store-sqlite",
            "identity",
            "control",
            "api-apig",
            "api-identity",
        ],
    ),
    ("conformance", &["types", "sign", "verify"]),
    ("cli", &["types", "sign", "verify", "conformance", "diagnosis", "server"]),
];

/// Crates that decide and compute only: nothing below them may bring a runtime, a clock or randomness of its own.
const PURE: &[&str] =
    &["types", "sign", "verify", "diagnosis", "token", "policy", "oidc", "throttle", "snapshot"];
const RUNTIMES: &[&str] = &["tokio", "hyper", "mio", "socket2"];
/// Curve libraries bring a random source of their own; the crate itself may not name one.
const RANDOM: &[&str] = &["getrandom", "rand", "rand_core"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `null` for `[dependencies]`; `dev` and `build` are of no concern here.
    kind: Option<String>,
}

/// Every edge that is not in the picture, every crate that is not, and every runtime below a pure crate.
pub(super) fn faults() -> Result<Vec<String>> {
    let graph = Graph::read()?;
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut faults = Vec::new();
    for name in graph.members.iter().filter_map(|name| name.strip_prefix(PREFIX)) {
        let Some(edges) = allowed.get(name) else {
            faults.push(format!(
                "crate `{name}` has no place in the picture: add it to ARCHITECTURE.md and EDGES"
            ));
            continue;
        };
        for target in graph.direct(&format!("{PREFIX}{name}")) {
            let internal = target.strip_prefix(PREFIX);
            if internal.is_some_and(|target| !edges.contains(&target)) {
                faults
                    .push(format!("`{name}` depends on `{target}`, an arrow that is not in ARCHITECTURE.md"));
            }
        }
    }
    for name in PURE {
        let below = graph.below(&format!("{PREFIX}{name}"));
        for runtime in RUNTIMES.iter().filter(|runtime| below.contains(**runtime)) {
            faults.push(format!("`{name}` has no I/O and no clock, yet `{runtime}` is below it"));
        }
        let direct = graph.direct(&format!("{PREFIX}{name}"));
        for source in RANDOM.iter().filter(|source| direct.iter().any(|target| target == **source)) {
            faults.push(format!("`{name}` has no random source, yet it names `{source}`"));
        }
    }
    Ok(faults)
}

/// Normal dependencies by package name.
struct Graph {
    members: Vec<String>,
    edges: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn read() -> Result<Self> {
        let text = output(command("cargo", &root()).args(["metadata", "--format-version", "1", "--locked"]))?;
        let metadata: Metadata = serde_json::from_str(&text).context("cannot read cargo metadata")?;
        let names: BTreeMap<String, String> =
            metadata.packages.into_iter().map(|package| (package.id, package.name)).collect();
        let name = |id: &String| names.get(id).cloned().unwrap_or_default();
        let edges = metadata.resolve.nodes.iter().map(|node| {
            let normal = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind.is_none()));
            (name(&node.id), normal.map(|dep| name(&dep.pkg)).collect())
        });
        Ok(Self { edges: edges.collect(), members: metadata.workspace_members.iter().map(name).collect() })
    }

    fn direct(&self, name: &str) -> &[String] {
        self.edges.get(name).map_or(&[], Vec::as_slice)
    }

    fn below(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            for target in self.direct(next) {
                if found.insert(target.as_str()) {
                    open.push(target);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &[&str])]) -> Graph {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let edges = edges.iter().map(|(name, targets)| ((*name).to_owned(), owned(targets))).collect();
        Graph { members: Vec::new(), edges }
    }

    #[test]
    fn below_follows_every_arrow_once_even_in_a_ring() {
        let graph = graph(&[("a", &["b"]), ("b", &["c", "a"]), ("c", &["tokio"])]);
        assert_eq!(graph.below("a"), BTreeSet::from(["a", "b", "c", "tokio"]));
        assert_eq!(graph.below("c"), BTreeSet::from(["tokio"]));
    }

    #[test]
    fn the_picture_itself_has_no_ring() {
        let graph = graph(EDGES);
        for (name, _) in EDGES {
            assert!(!graph.below(name).contains(name), "{name} reaches itself");
        }
    }

    #[test]
    fn the_gateway_never_reaches_the_control_plane() {
        let below = graph(EDGES);
        let below = below.below("gateway");
        for forbidden in ["store", "store-sqlite", "control", "identity", "api-types", "api-apig"] {
            assert!(!below.contains(forbidden), "{forbidden}");
        }
    }
}
