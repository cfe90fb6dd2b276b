//! Where names are looked for.

use serde_json::Value;

/// Words and names of the objects to look in.
pub(crate) trait Named: clap::Args {
    /// As documents would say it.
    fn words(&self) -> Vec<(String, Value)>;
}

/// Names are unique on the gateway.
#[derive(clap::Args)]
pub(crate) struct Anywhere {}

/// In a group.
#[derive(clap::Args)]
pub(crate) struct InGroup {
    /// Group, by name or id.
    #[arg(short, long, value_name = "NAME")]
    group: Option<String>,
}

/// In a group and an environment.
#[derive(clap::Args)]
pub(crate) struct InGroupAndEnvironment {
    #[command(flatten)]
    group: InGroup,
    /// Environment, by name or id.
    #[arg(short, long, value_name = "NAME", alias = "env")]
    environment: Option<String>,
}

impl Named for Anywhere {
    fn words(&self) -> Vec<(String, Value)> {
        Vec::new()
    }
}

impl Named for InGroup {
    fn words(&self) -> Vec<(String, Value)> {
        word("group", self.group.as_deref())
    }
}

impl Named for InGroupAndEnvironment {
    fn words(&self) -> Vec<(String, Value)> {
        let mut words = self.group.words();
        words.extend(word("environment", self.environment.as_deref()));
        words
    }
}

fn word(word: &str, name: Option<&str>) -> Vec<(String, Value)> {
    name.map(|name| (word.to_owned(), name.into())).into_iter().collect()
}
