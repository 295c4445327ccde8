//! Tables in a terminal. Widths are display widths: a Korean letter is two columns wide.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use findings::Row;
use i18n::{
    Localizer,
    format::{NONE, count, or_none, percent, plain, score},
};
use unicode_width::UnicodeWidthStr;

/// How many columns of a terminal a table takes at most.
pub(super) const WIDTH: usize = 80;

/// A table that fits [`WIDTH`]. `headings` are message ids; the columns in `numbers` are aligned to the right, and the cells
/// of those in `whole` are not broken into lines.
pub(super) fn table(
    localizer: &Localizer,
    headings: &[&str],
    numbers: &[usize],
    whole: &[usize],
    rows: Vec<Vec<String>>,
) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH as u16);
    let aligned = |column: usize, cell: Cell| {
        cell.set_alignment(if numbers.contains(&column) { CellAlignment::Right } else { CellAlignment::Left })
    };
    let cells = |texts: Vec<String>| {
        texts.into_iter().enumerate().map(|(column, text)| aligned(column, Cell::new(plain(&text)))).collect::<Vec<_>>()
    };
    let header: Vec<String> = headings.iter().map(|id| localizer.text_by_id(id)).collect();
    let widest_words: Vec<u16> = (0..header.len()).map(|at| widest_word(&header, &rows, at)).collect();
    table.set_header(cells(header));
    for row in rows {
        table.add_row(cells(row));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 0));
        if whole.contains(&at) {
            // A text that is broken into lines cannot be searched for.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(widest_words[at])));
        }
    }
    table.to_string()
}

/// The width of the widest word in a column.
fn widest_word(header: &[String], rows: &[Vec<String>], column: usize) -> u16 {
    let texts = std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).filter_map(|row| row.get(column));
    let widest = texts.flat_map(|text| text.split_whitespace()).map(UnicodeWidthStr::width).max();
    u16::try_from(widest.unwrap_or_default().min(WIDTH)).unwrap_or_default()
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
        "report-kev-short",
    ];
    let none = || NONE.to_owned();
    let lines = rows.iter().map(|row| {
        let package = match row.packages.as_slice() {
            [] => none(),
            [package] => without_group(package).to_owned(),
            [first, others @ ..] => format!("{} +{}", without_group(first), count(others.len())),
        };
        vec![
            row.severity.as_str().to_owned(),
            name(localizer, row),
            package,
            or_none(row.version.as_deref(), str::to_owned),
            or_none(row.fixed_in.as_deref(), str::to_owned),
            or_none(row.score, score),
            or_none(row.epss, percent),
            or_none(row.kev, |listed| localizer.text_by_id(if listed { "report-yes" } else { "report-no" })),
        ]
    });
    let lines: Vec<Vec<String>> = lines.collect();
    table(localizer, &headings, &[5, 6], &[0, 1, 5, 6], lines)
}

/// The id of a vulnerability, or its title; with a mark if it is suppressed.
fn name(localizer: &Localizer, row: &Row) -> String {
    let name = row.vulnerability_id.as_deref().unwrap_or(&row.title);
    if row.suppressed { format!("{name} ({})", localizer.text_by_id("report-suppressed")) } else { name.to_owned() }
}

/// The name of a package without the group of a Maven artifact, which is too long for a terminal.
fn without_group(package: &str) -> &str {
    package.rsplit_once(':').map_or(package, |(_, artifact)| artifact)
}

/// A digest shortened to 12 hexadecimal digits, as Docker shows it.
pub(crate) fn short(digest: &str) -> String {
    digest.trim_start_matches("sha256:").chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn wide_letters_keep_the_lines_of_a_table_straight() {
        let localizer = Localizer::new(Lang::Ko);
        let rows = vec![
            vec!["eks-security-prod".to_owned(), "예".to_owned()],
            vec!["한글 이름".to_owned(), "아니요".to_owned()],
        ];
        let table = table(&localizer, &["report-repository", "report-watched"], &[], &[], rows);
        let widths: Vec<_> = table.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }

    fn row(id: &str) -> Row {
        let long = "a-package-with-a-long-name-of-many-parts".to_owned();
        let document = serde_json::json!({
            "arn": "", "scan": 1, "ordinal": 0, "instances": 1, "findings": 1, "packages": [long, "other"],
            "vulnerabilityId": id, "title": "", "severity": "INFORMATIONAL", "status": null, "score": 10.0,
            "epss": 0.99999, "fixAvailable": null, "exploitAvailable": null, "kev": true, "package": null,
            "version": "1:2.36.1-8+deb11u1.20250101", "fixedIn": "1:2.36.1-8+deb11u2.20250101", "manager": null,
            "filePath": null, "layer": null, "repository": null, "digest": null, "firstObservedAt": null,
            "lastObservedAt": null,
        });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn a_table_of_vulnerabilities_fits_a_terminal_and_keeps_its_ids_whole() {
        for lang in Lang::ALL {
            let title = "An operating system that has reached its end of life";
            let rows = [row("CVE-2021-44228"), row("GHSA-xxxx-yyyy-zzzz"), row(title)];
            let table = vulnerabilities(&Localizer::new(lang), &rows);
            assert!(table.lines().all(|line| line.width() <= WIDTH), "{table}");
            for whole in ["a-package", "CVE-2021-44228", "GHSA-xxxx-yyyy-zzzz", "INFORMATIONAL", "10.0", "99.9%"] {
                assert!(table.contains(whole), "{whole} is broken:\n{table}");
            }
        }
    }

    #[test]
    fn a_suppressed_vulnerability_and_one_that_is_not_known_to_be_exploited_are_marked() {
        let localizer = Localizer::new(Lang::En);
        let suppressed = Row { suppressed: true, kev: Some(false), ..row("CVE-2021-1") };
        let line = |row: Row| vulnerabilities(&localizer, &[row]);
        assert!(line(suppressed).contains("(suppressed)") && !line(row("CVE-2021-2")).contains("(suppressed)"));
        let last = |kev| {
            let table = line(Row { kev, ..row("CVE-2021-3") });
            let cell =
                table.lines().find(|line| line.contains("CVE-2021-3")).unwrap().trim_end_matches('│').rsplit('┆');
            cell.into_iter().next().unwrap().trim().to_owned()
        };
        assert_eq!([last(Some(true)), last(Some(false)), last(None)], ["Yes", "No", NONE]);
    }

    #[test]
    fn findings_cannot_control_the_terminal() {
        let rows = vec![row("CVE-\u{1b}[2J\u{9b}\u{202e}1")];
        let table = vulnerabilities(&Localizer::new(Lang::En), &rows);
        assert!(table.contains("CVE-[2J1") && !table.chars().any(i18n::format::is_unprintable), "{table:?}");
    }
}
