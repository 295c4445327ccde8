//! The preflight: one line per permission, with what is known about it before it is used.

use lab::{PermissionLine, PermissionStatus};
use unicode_width::UnicodeWidthStr;

use crate::console::{Console, Tone};

const STATUSES: [PermissionStatus; 5] = [
    PermissionStatus::Proven,
    PermissionStatus::Refused,
    PermissionStatus::ExpectedAllowed,
    PermissionStatus::ExpectedRefused,
    PermissionStatus::Unknown,
];

/// The permissions, as lines: the reason of one that is not proven follows it.
pub(crate) fn permissions(console: &Console, permissions: &[PermissionLine]) -> String {
    let localizer = console.localizer();
    let name = |status| localizer.text_by_id(name(status));
    let width = STATUSES.map(|status| name(status).width()).into_iter().max().unwrap_or_default();
    let mut lines = Vec::new();
    for line in permissions {
        let (mark, tone) = mark(line.status);
        let name = name(line.status);
        let padding = " ".repeat(width - name.width());
        let optional =
            if line.required { String::new() } else { format!(" {}", localizer.text_by_id("cli-permission-optional")) };
        let status = console.coloured(tone, &format!("{mark} {name}"));
        lines.push(format!("  {status}{padding}  {}{optional}", line.action));
        if let Some(reason) = &line.reason {
            lines.push(format!("  {}    → {}", " ".repeat(width), localizer.text(reason)));
        }
    }
    lines.join("\n")
}

fn mark(status: PermissionStatus) -> (&'static str, Tone) {
    match status {
        PermissionStatus::Proven => ("✓", Tone::Good),
        PermissionStatus::Refused => ("✗", Tone::Bad),
        PermissionStatus::ExpectedAllowed => ("+", Tone::Open),
        PermissionStatus::ExpectedRefused => ("-", Tone::Bad),
        PermissionStatus::Unknown => ("?", Tone::Open),
    }
}

fn name(status: PermissionStatus) -> &'static str {
    match status {
        PermissionStatus::Proven => "cli-permission-proven",
        PermissionStatus::Refused => "cli-permission-refused",
        PermissionStatus::ExpectedAllowed => "cli-permission-expected",
        PermissionStatus::ExpectedRefused => "cli-permission-doubtful",
        PermissionStatus::Unknown => "cli-permission-unknown",
    }
}

#[cfg(test)]
mod tests {
    use i18n::{Lang, Message};
    use lab::StepId;

    use super::*;

    #[test]
    fn every_status_is_distinct_without_colours_and_aligned() {
        let line = |(number, status): (usize, PermissionStatus)| PermissionLine {
            action: format!("ecr:Action{number}"),
            resources: vec!["*".to_owned()],
            step: StepId::Prepare,
            required: number != 2,
            status,
            reason: (status == PermissionStatus::Refused)
                .then(|| Message::new("problem-access-denied").with("action", "ecr:Action1")),
        };
        let all: Vec<_> = STATUSES.into_iter().enumerate().map(line).collect();
        for lang in Lang::ALL {
            insta::assert_snapshot!(format!("permissions_{lang}"), permissions(&Console::new(lang), &all));
        }
    }
}
