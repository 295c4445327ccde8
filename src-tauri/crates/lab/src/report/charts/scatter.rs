//! A scatter chart of the vulnerabilities by score and EPSS. A ring marks those in CISA's catalogue of exploited vulnerabilities; the
//! lesson's own vulnerability is labelled.

use findings::{Point, Summary};
use i18n::{
    Localizer, Message,
    format::{self, count, or_none},
};

use super::{FULL, Figure, at, class, line, severity_name, text};
use crate::report::markup::Markup;

const LEFT: f64 = 64.0;
/// Leaves space on the right for the labels of points with score 10.
const RIGHT: f64 = FULL - 112.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 330.0;
/// The EPSS values with a grid line.
const CHANCES: [f64; 7] = [0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0];
/// The maximum number of labels; more would overlap.
const NAMED: usize = 9;

/// Draws the vulnerabilities by score and EPSS.
pub(in crate::report) fn scatter(page: &mut Markup, words: &Localizer, summary: &Summary) {
    let kev = summary.points.iter().filter(|point| point.kev == Some(true)).count();
    let id =
        if summary.kev_unknown.unique == 0 { "report-chart-scatter-says" } else { "report-chart-scatter-says-unknown" };
    let says = Message::new(id)
        .with("shown", summary.points.iter().map(|point| point.unique).sum::<usize>())
        .with("kev", summary.kev.unique)
        .with("unknown", summary.kev_unknown.unique)
        .with("none", summary.without_point);
    let mut rows: Vec<&Point> = summary.points.iter().collect();
    rows.sort_by(|a, b| b.epss.total_cmp(&a.epss).then(b.score.total_cmp(&a.score)));
    let figure = Figure {
        title: words.text_by_id("report-chart-scatter"),
        says: words.text(&says),
        width: FULL,
        height: 384.0,
        headers: [
            "report-vulnerability",
            "report-severity",
            "report-score",
            "report-epss",
            "report-kev",
            "report-unique",
        ]
        .iter()
        .map(|id| words.text_by_id(id))
        .collect(),
        rows: rows.iter().map(|point| row(words, point)).collect(),
        words,
    };
    figure.draw(page, |svg| {
        axes(svg, words);
        for point in &summary.points {
            dot(svg, words, point);
        }
        if kev > 0 {
            key(svg, words);
        }
        names(svg, words, &summary.points);
    });
}

fn row(words: &Localizer, point: &Point) -> Vec<String> {
    vec![
        point.example.clone(),
        severity_name(words, point.severity),
        format::score(point.score),
        epss(point),
        or_none(point.kev, |listed| words.text_by_id(if listed { "report-yes" } else { "report-no" })),
        count(point.unique),
    ]
}

/// The EPSS of a point's vulnerabilities: one value, or the lowest and the greatest.
fn epss(point: &Point) -> String {
    let (lowest, greatest) = (format::percent(point.lowest_epss), format::percent(point.greatest_epss));
    if lowest == greatest { lowest } else { format!("{lowest} – {greatest}") }
}

/// The position of a point. EPSS is drawn on a square root scale, since most values are small.
fn place(point: &Point) -> (f64, f64) {
    (across(point.score), up(point.epss))
}

fn across(score: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * score.clamp(0.0, 10.0) / 10.0
}

fn up(chance: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * chance.clamp(0.0, 1.0).sqrt()
}

fn radius(point: &Point) -> f64 {
    (4.0 + (point.unique.max(1) as f64).sqrt() * 1.4).min(16.0)
}

fn axes(svg: &mut Markup, words: &Localizer) {
    for chance in CHANCES {
        line(svg, "grid", (LEFT, up(chance)), (RIGHT, up(chance)));
        text(svg, "soft small end", (LEFT - 8.0, up(chance) + 4.0), &format!("{:.0}%", chance * 100.0));
    }
    for score in 0..=10_u8 {
        let x = across(f64::from(score));
        line(svg, "grid", (x, TOP), (x, BOTTOM));
        text(svg, "soft small mid", (x, BOTTOM + 18.0), &score.to_string());
    }
    line(svg, "axis", (LEFT, BOTTOM), (RIGHT, BOTTOM));
    line(svg, "axis", (LEFT, TOP), (LEFT, BOTTOM));
    text(svg, "soft small mid", (f64::midpoint(LEFT, RIGHT), BOTTOM + 40.0), &words.text_by_id("report-axis-score"));
    text(svg, "soft small", (4.0, TOP - 8.0), &words.text_by_id("report-axis-epss"));
}

fn dot(svg: &mut Markup, words: &Localizer, point: &Point) {
    let (x, y) = place(point);
    let (cx, cy, r) = (at(x), at(y), at(radius(point)));
    let colour = format!("dot s-{}", class(point.severity));
    let more = if point.unique > 1 { format!(" (+{})", point.unique - 1) } else { String::new() };
    let title = format!(
        "{}{more}: {}, {} {}, {} {}",
        point.example,
        severity_name(words, point.severity),
        words.text_by_id("report-score"),
        format::score(point.score),
        words.text_by_id("report-epss"),
        epss(point)
    );
    svg.within("circle", &[("class", &colour), ("cx", &cx), ("cy", &cy), ("r", &r)], |circle| {
        circle.element("title", &[], &title);
    });
    if point.kev == Some(true) {
        let ring = at(radius(point) + 3.0);
        svg.element("circle", &[("class", "kev"), ("cx", &cx), ("cy", &cy), ("r", &ring)], "");
    }
}

fn key(svg: &mut Markup, words: &Localizer) {
    svg.element("circle", &[("class", "kev"), ("cx", &at(LEFT + 16.0)), ("cy", "36"), ("r", "6")], "");
    text(svg, "small", (LEFT + 28.0, 40.0), &words.text_by_id("report-kev-ring"));
}

/// Labels the lesson's vulnerability and those in CISA's catalogue, the most likely first, without overlaps.
fn names(svg: &mut Markup, words: &Localizer, points: &[Point]) {
    let mut named: Vec<&Point> = points.iter().filter(|point| point.kev == Some(true) || point.log4shell).collect();
    named.sort_by(|a, b| b.log4shell.cmp(&a.log4shell).then(b.epss.total_cmp(&a.epss)));
    let mut taken: Vec<[f64; 4]> = Vec::new();
    if named.iter().any(|point| point.kev == Some(true)) {
        // The area of the key.
        taken.push([LEFT, 24.0, LEFT + 300.0, 48.0]);
    }
    // A label must not cover another labelled point either.
    let dots: Vec<[f64; 4]> = named
        .iter()
        .map(|point| (place(point), radius(point) + 3.0))
        .map(|((x, y), reach)| [x - reach, y - reach, x + reach, y + reach])
        .collect();
    taken.extend(dots);
    for point in named.into_iter().take(NAMED) {
        let name = if point.log4shell { words.text_by_id("report-log4shell") } else { point.example.clone() };
        let wide = name.chars().map(|letter| if letter.is_ascii() { 7.2 } else { 13.0 }).sum::<f64>();
        let Some((box_, from)) = free(place(point), radius(point), wide, &taken) else { continue };
        let class = if point.log4shell { "small strong" } else { "small" };
        line(svg, "lead", from, (if from.0 < box_[0] { box_[0] - 2.0 } else { box_[2] + 2.0 }, box_[1] + 8.0));
        super::rect(svg, "plate", [box_[0] - 1.0, box_[1], wide + 2.0, 16.0], "");
        text(svg, class, (box_[0], box_[1] + 12.0), &name);
        taken.push(box_);
    }
}

/// A free position for a label beside a point: its box, and the start of the line to it.
fn free((x, y): (f64, f64), radius: f64, wide: f64, taken: &[[f64; 4]]) -> Option<([f64; 4], (f64, f64))> {
    let reach = radius + 14.0;
    let down = [0.0, 20.0, -20.0, 40.0, -40.0, 60.0, 80.0, 100.0, 120.0];
    down.into_iter().flat_map(|shift| [(1.0, shift), (-1.0, shift)]).find_map(|(side, shift)| {
        let left = if side > 0.0 { x + reach } else { x - reach - wide };
        let box_ = [left, y + shift - 8.0, left + wide, y + shift + 8.0];
        let inside = box_[0] > LEFT && box_[2] < FULL - 2.0 && box_[1] > TOP - 12.0 && box_[3] < BOTTOM;
        let clear = taken
            .iter()
            .all(|other| box_[2] < other[0] || other[2] < box_[0] || box_[3] < other[1] || other[3] < box_[1]);
        (inside && clear).then_some((box_, (x + side * radius, y)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_overlap() {
        let mut taken = Vec::new();
        while let Some((label, _)) = free((500.0, 30.0), 6.0, 110.0, &taken) {
            assert!(taken.iter().all(|other: &[f64; 4]| label[1] >= other[3]
                || label[3] <= other[1]
                || label[0] >= other[2]
                || label[2] <= other[0]));
            taken.push(label);
        }
        assert!(taken.len() > 3);
    }
}
