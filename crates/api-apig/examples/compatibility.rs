//! Prints the text of `docs/compatibility.md`; `cargo xtask compatibility` puts it there.

#![allow(clippy::print_stdout, reason = "the text is the output")]

fn main() {
    print!("{}", countersign_api_apig::compatibility_markdown());
}
