//! Makes vectors of the cases in spec/cases: `cargo run -p countersign-conformance --example vectors`.

use anyhow::{Context, Result};
use countersign_conformance::vectors::{refusals_of, vectors_of};
use std::fs;
use std::path::Path;

fn main() -> Result<()> {
    make("sign", |text| Ok(vectors_of(text)?.to_text()?))?;
    make("verify", |text| Ok(refusals_of(text)?.to_text()?))
}

fn make(folder: &str, vectors: impl Fn(&str) -> Result<String>) -> Result<()> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    for entry in fs::read_dir(spec.join("cases").join(folder))? {
        let path = entry?.path();
        let text = vectors(&fs::read_to_string(&path)?)
            .with_context(|| format!("cannot make vectors of {}", path.display()))?;
        let name = Path::new(path.file_name().context("a file has a name")?).with_extension("json");
        fs::write(spec.join("vectors").join(folder).join(name), text)?;
    }
    Ok(())
}
