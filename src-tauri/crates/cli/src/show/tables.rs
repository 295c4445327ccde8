//! Tables in a terminal. Widths are display widths: a Korean letter is two columns wide.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use findings::Row;
use i18n::Localizer;

/// A table. `headings` are message ids; the columns in `numbers` are aligned to the right.
pub(super) fn table(localizer: &Localizer, headings: &[&str], numbers: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    let aligned = |column: usize, cell: Cell| {
        cell.set_alignment(if numbers.contains(&column) { CellAlignment::Right } else { CellAlignment::Left })
    };
    let cells = |texts: Vec<String>| {
        texts.into_iter().enumerate().map(|(column, text)| aligned(column, Cell::new(text))).collect::<Vec<_>>()
    };
    table.set_header(cells(headings.iter().map(|id| localizer.text_by_id(id)).collect()));
    for row in rows {
        table.add_row(cells(row));
    }
    table.to_string()
}

/// A table of vulnerabilities.
pub(crate) fn vulnerabilities(localizer: &Localizer, rows: &[Row]) -> String {
    let headings = [
        "report-severity",
        "report-vulnerability",
        "report-package",
        "report-version",
        "report-fixed-in",
        "report-score",
        "report-epss",
        "report-kev",
    ];
    let none = || "–".to_owned();
    let lines = rows.iter().map(|row| {
        let package = match row.packages.as_slice() {
            [] => none(),
            [package] => package.clone(),
            [first, others @ ..] => format!("{first} +{}", others.len()),
        };
        vec![
            row.severity.as_str().to_owned(),
            plain(row.vulnerability_id.as_deref().unwrap_or(&row.title)),
            plain(&package),
            row.version.as_deref().map_or_else(none, plain),
            row.fixed_in.as_deref().map_or_else(none, plain),
            row.score.map_or_else(none, |score| format!("{score:.1}")),
            row.epss.map_or_else(none, |epss| format!("{:.1} %", epss * 100.0)),
            if row.kev { localizer.text_by_id("report-yes") } else { none() },
        ]
    });
    table(localizer, &headings, &[5, 6], lines.collect())
}

/// A digest shortened to 12 hexadecimal digits, as Docker shows it.
pub(crate) fn short(digest: &str) -> String {
    digest.trim_start_matches("sha256:").chars().take(12).collect()
}

/// Replaces control characters: text from outside must not control the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn wide_letters_keep_the_lines_of_a_table_straight() {
        let localizer = Localizer::new(Lang::Ko);
        let rows = vec![
            vec!["eks-security-prod".to_owned(), "예".to_owned()],
            vec!["한글 이름".to_owned(), "아니요".to_owned()],
        ];
        let table = table(&localizer, &["report-repository", "report-watched"], &[], rows);
        let widths: Vec<_> = table.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }

    #[test]
    fn findings_cannot_control_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\n"), "a\u{fffd}[2Jb\u{fffd}");
    }
}
