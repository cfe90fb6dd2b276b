//! Prints the text of `docs/compatibility-identity.md`; `cargo xtask compatibility` writes it there.
#![expect(clippy::print_stdout, reason = "the text is the product")]

fn main() {
    print!("{}", countersign_api_identity::compatibility_markdown());
}
