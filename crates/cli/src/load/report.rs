//! How the answers came, for people and for programs.

use super::tally::Tally;
use crate::exit;
use crate::output::Output;
use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

const PERCENTILES: [(&str, f64); 5] =
    [("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p99_9", 99.9), ("max", 100.0)];
/// Longest bar of the picture, in characters.
const BAR_CHARS: u64 = 40;

/// What a run showed.
pub(super) struct Report {
    pub(super) seconds: f64,
    pub(super) tally: Tally,
}

impl Report {
    /// Prints a picture on terminals, and JSON elsewhere or whatever form was asked for.
    pub(super) fn print(&self, output: &Output) -> anyhow::Result<()> {
        if output.is_free() && std::io::stdout().is_terminal() {
            let mut out = anstream::stdout().lock();
            out.write_all(self.picture().as_bytes())?;
            return Ok(out.flush()?);
        }
        output.print(&self.to_json(), &[])
    }

    /// 22 when a server refused, 1 when there was no answer.
    pub(super) fn exit(&self) -> ExitCode {
        let worst = self.tally.statuses.keys().copied().find(|status| *status >= 400);
        match worst {
            Some(status) => exit::of_status(status),
            None if self.tally.failures.is_empty() => ExitCode::SUCCESS,
            None => ExitCode::FAILURE,
        }
    }

    fn per_second(&self) -> f64 {
        if self.seconds > 0.0 { self.tally.answers() as f64 / self.seconds } else { 0.0 }
    }

    fn to_json(&self) -> Value {
        let latencies = &self.tally.latencies;
        let mut latency = json!({ "min": latencies.min(), "mean": latencies.mean().round() });
        for (name, percentile) in PERCENTILES {
            latency[name] = latencies.value_at_percentile(percentile).into();
        }
        let counts =
            self.buckets().map(|(microseconds, count)| json!({ "up_to_us": microseconds, "count": count }));
        json!({
            "answers": self.tally.answers(),
            "seconds": self.seconds,
            "answers_per_second": self.per_second(),
            "bytes": self.tally.bytes,
            "statuses": self.tally.statuses,
            "failures": self.tally.failures,
            "latency_us": latency,
            "histogram": counts.collect::<Vec<_>>(),
        })
    }

    /// Answers by latency; each step is twice as long as the one before, and empty ones at both ends are left out.
    fn buckets(&self) -> impl Iterator<Item = (u64, u64)> {
        let latencies = &self.tally.latencies;
        let steps = latencies.iter_log(64, 2.0);
        let counts = steps.map(|step| (step.value_iterated_to(), step.count_since_last_iteration()));
        counts.skip_while(|(_, count)| *count == 0)
    }

    fn picture(&self) -> String {
        let bold = Style::new().bold();
        let mut text = format!(
            "{bold}{} answers{bold:#} in {:.1} s: {bold}{:.0} a second{bold:#}, {} bytes\n",
            self.tally.answers(),
            self.seconds,
            self.per_second(),
            self.tally.bytes
        );
        for (status, count) in &self.tally.statuses {
            let color = if *status < 400 { AnsiColor::Green } else { AnsiColor::Red }.on_default();
            let _ = writeln!(text, "  {color}{status}{color:#}  {count}");
        }
        let red = AnsiColor::Red.on_default();
        for (reason, count) in &self.tally.failures {
            let _ = writeln!(text, "  {red}no answer{red:#}  {count}  {reason}");
        }
        for (name, percentile) in PERCENTILES {
            let microseconds = self.tally.latencies.value_at_percentile(percentile);
            let _ = writeln!(text, "  {:<6} {:>10}", name.replace('_', "."), readable(microseconds));
        }
        let most = self.buckets().map(|(_, count)| count).max().unwrap_or(0).max(1);
        for (microseconds, count) in self.buckets() {
            let bar = "█".repeat(usize::try_from(count.saturating_mul(BAR_CHARS) / most).unwrap_or_default());
            let _ = writeln!(text, "  ≤ {:>9}  {bar} {count}", readable(microseconds));
        }
        text
    }
}

/// Microseconds as people read them.
fn readable(microseconds: u64) -> String {
    let value = microseconds as f64;
    match microseconds {
        0..1_000 => format!("{microseconds} µs"),
        1_000..1_000_000 => format!("{:.2} ms", value / 1e3),
        _ => format!("{:.2} s", value / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut tally = Tally::default();
        for microseconds in 1..=1_000 {
            tally.answered(200, 10, microseconds);
        }
        Report { seconds: 2.0, tally }
    }

    #[test]
    fn every_answer_stands_in_the_histogram_once() {
        let json = report().to_json();
        let counts = json["histogram"].as_array().unwrap().iter().map(|step| step["count"].as_u64().unwrap());
        assert_eq!(counts.sum::<u64>(), 1_000);
        assert_eq!(
            (json["answers_per_second"].as_f64(), json["bytes"].as_u64()),
            (Some(500.0), Some(10_000))
        );
        assert_eq!(
            (json["latency_us"]["p50"].as_u64(), json["latency_us"]["max"].as_u64()),
            (Some(500), Some(1_000))
        );
    }

    #[test]
    fn refusals_and_silence_show_in_the_exit_code() {
        assert_eq!(report().exit(), ExitCode::SUCCESS);
        let mut silent = report();
        silent.tally.failed(&anyhow::anyhow!("nobody there"));
        assert_eq!(silent.exit(), ExitCode::FAILURE);
        silent.tally.answered(401, 0, 1);
        assert_eq!(silent.exit(), ExitCode::from(22));
    }

    #[test]
    fn people_see_bars_and_units() {
        let picture = report().picture();
        assert!(picture.contains("500 a second") && picture.contains("█"), "{picture}");
        assert_eq!([readable(999), readable(1_500), readable(2_000_000)], ["999 µs", "1.50 ms", "2.00 s"]);
    }
}
