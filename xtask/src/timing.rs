//! How long the parts of a task take.

use std::time::{Duration, Instant};

/// The parts that have run, in order.
#[derive(Default)]
pub(crate) struct Timings {
    parts: Vec<Part>,
}

struct Part {
    name: &'static str,
    duration: Duration,
    passed: bool,
}

impl Timings {
    /// Runs a part and records how long it took.
    pub(crate) fn measure<T>(
        &mut self,
        name: &'static str,
        part: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        let start = Instant::now();
        let result = part();
        self.parts.push(Part { name, duration: start.elapsed(), passed: result.is_ok() });
        result
    }

    /// A line for each part, and the total.
    pub(crate) fn table(&self) -> String {
        let total = self.parts.iter().map(|part| part.duration).sum();
        let width = self.parts.iter().map(|part| part.name.len()).max().unwrap_or_default();
        let lines = self.parts.iter().map(|part| {
            let mark = if part.passed { "" } else { "  FAILED" };
            format!("  {:width$}  {}{mark}\n", part.name, minutes(part.duration))
        });
        format!("\n── time\n\n{}  {:width$}  {}\n", lines.collect::<String>(), "total", minutes(total))
    }
}

/// `12:03`: minutes and seconds.
fn minutes(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:3}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_part_its_time_and_the_total() {
        let part = |name, seconds, passed| Part { name, duration: Duration::from_secs(seconds), passed };
        let timings = Timings { parts: vec![part("clippy", 125, true), part("tests", 3600, false)] };
        assert_eq!(timings.table(), "\n── time\n\n  clippy    2:05\n  tests    60:00  FAILED\n  total    62:05\n");
    }

    #[test]
    fn a_part_that_fails_is_recorded_too() {
        let mut timings = Timings::default();
        assert!(timings.measure("build", || Err::<(), _>("no compiler".to_owned())).is_err());
        assert!(timings.table().contains("FAILED"));
    }
}
