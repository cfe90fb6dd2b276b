//! Makes spec/vectors/sign from spec/cases/sign: `cargo run -p countersign-conformance --example sign_vectors`.

use anyhow::{Context, Result};
use countersign_conformance::vectors::vectors_of;
use std::fs;
use std::path::Path;

fn main() -> Result<()> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    for entry in fs::read_dir(spec.join("cases/sign"))? {
        let path = entry?.path();
        let file = vectors_of(&fs::read_to_string(&path)?)
            .with_context(|| format!("cannot make vectors of {}", path.display()))?;
        let name = Path::new(path.file_name().context("a file has a name")?).with_extension("json");
        fs::write(spec.join("vectors/sign").join(name), file.to_text()?)?;
    }
    Ok(())
}
