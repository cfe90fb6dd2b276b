//! The verdict, for people and for programs.

use super::table::{Line, compare};
use anstyle::{AnsiColor, Style};
use countersign_diagnosis::{Detail, Diagnosis, Named, Proof, Verdict};
use serde_json::{Value, json};
use std::io::Write;

const BAD: Style = AnsiColor::Red.on_default();
const GOOD: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// Prints the verdict and the canonical request, with the lines marked that were signed otherwise.
///
/// # Errors
/// When standard output is closed.
pub(super) fn print(diagnosis: &Diagnosis, is_time_known: bool) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    let (word, style) = verdict(diagnosis);
    writeln!(out, "{style}{word}{style:#}: {}", diagnosis.code())?;
    if diagnosis.named().is_empty() {
        writeln!(out, "  {}", diagnosis.sentence())?;
    }
    for named in diagnosis.named() {
        print_named(&mut out, named)?;
    }
    if let Verdict::Tolerated(_) = diagnosis.verdict {
        writeln!(out, "  Official clients sign so, and this verifier takes it; stricter ones do not.")?;
    }
    if diagnosis.was_cut_short {
        writeln!(out, "  The request is too large for everything to be tried.")?;
    }
    if !is_time_known {
        writeln!(out, "{FAINT}  The time was not judged; give the server's with --at.{FAINT:#}")?;
    }
    let is_refused = matches!(diagnosis.verdict, Verdict::Refused(_));
    match &diagnosis.detail {
        Some(detail) if is_refused => print_canonical(&mut out, detail),
        _ => Ok(()),
    }
}

fn verdict(diagnosis: &Diagnosis) -> (&'static str, Style) {
    match diagnosis.verdict {
        Verdict::Verifies => ("accepted", GOOD),
        Verdict::Tolerated(_) => ("tolerated", GOOD),
        Verdict::Refused(_) => ("refused", BAD),
    }
}

fn print_named(out: &mut impl Write, named: &Named) -> anyhow::Result<()> {
    writeln!(out, "  {}", named.mistake.sentence())?;
    if let Some(particular) = &named.particular {
        writeln!(out, "  In particular: {particular:?}")?;
    }
    writeln!(out, "  What to change: {}", named.mistake.remedy())?;
    Ok(())
}

fn print_canonical(out: &mut impl Write, detail: &Detail) -> anyhow::Result<()> {
    writeln!(out)?;
    let Some(signed) = &detail.signed else {
        writeln!(out, "canonical request, as the server builds it")?;
        return Ok(detail.expected.split('\n').try_for_each(|line| writeln!(out, "  {}", visible(line)))?);
    };
    writeln!(
        out,
        "canonical request ({GOOD}-{GOOD:#} as the server builds it, {BAD}+{BAD:#} as it was signed)"
    )?;
    for line in compare(&detail.expected, signed) {
        match line {
            Line::Both(line) => writeln!(out, "  {}", visible(line))?,
            Line::Expected(line) => writeln!(out, "{GOOD}- {}{GOOD:#}", visible(line))?,
            Line::Signed(line) => writeln!(out, "{BAD}+ {}{BAD:#}", visible(line))?,
        }
    }
    Ok(())
}

/// With control characters escaped, so that nothing from a request moves the cursor.
fn visible(line: &str) -> String {
    let shown = |character: char| {
        if character.is_control() { character.escape_default().to_string() } else { character.to_string() }
    };
    line.chars().map(shown).collect()
}

/// Prints it as JSON.
///
/// # Errors
/// When standard output is closed.
pub(super) fn print_json(diagnosis: &Diagnosis) -> anyhow::Result<()> {
    let mistakes: Vec<Value> = diagnosis.named().iter().map(mistake).collect();
    let value = json!({
        "verdict": verdict(diagnosis).0,
        "code": diagnosis.code(),
        "sentence": diagnosis.sentence(),
        "mistakes": mistakes,
        "canonical_request": diagnosis.detail.as_ref().map(|detail| &detail.expected),
        "signed_canonical_request": diagnosis.detail.as_ref().and_then(|detail| detail.signed.as_ref()),
        "hashes": diagnosis.hashes,
        "cut_short": diagnosis.was_cut_short,
    });
    writeln!(std::io::stdout().lock(), "{value:#}")?;
    Ok(())
}

fn mistake(named: &Named) -> Value {
    json!({
        "code": named.mistake.code(),
        "sentence": named.mistake.sentence(),
        "remedy": named.mistake.remedy(),
        "particular": named.particular,
        "proof": match named.proof {
            Proof::Replayed => "replayed",
            Proof::Seen => "seen",
        },
    })
}
