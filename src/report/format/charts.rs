//! The drawings of the page, as SVG text made from numbers alone: the same on every machine, without a script.
//!
//! Colours are classes (the page knows light and dark), years are years, bars start at zero, every bar says
//! its number when pointed at, and years without anything keep their place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::super::{table::grouped, visible::visible};

/// Counts by year, split into parts that are stacked from the bottom (`classes` name their colours).
pub(super) struct YearBars<'a> {
    /// Drawn from `first` to `last`, both included.
    pub(super) first: i16,
    pub(super) last: i16,
    /// Parts of the bar of a year, from the bottom.
    pub(super) parts: &'a BTreeMap<i16, Vec<u64>>,
    pub(super) classes: &'a [&'a str],
    /// Height of the highest bar, in pixels.
    pub(super) height: u32,
    /// Years set off by a line below the axis.
    pub(super) band: Option<(i16, i16)>,
}

const WIDTH: f64 = 960.0;
/// Room for each year where there are few: bars side by side, not strewn over the page.
const FEW_YEARS_STEP: f64 = 60.0;

/// Bars by year over the full width, the highest with its number.
pub(super) fn year_bars(chart: &YearBars<'_>) -> String {
    let years = f64::from(chart.last - chart.first + 1);
    let width = (years * FEW_YEARS_STEP).min(WIDTH);
    let step = width / years;
    let total = |year: i16| chart.parts.get(&year).map_or(0, |parts| parts.iter().sum::<u64>());
    let highest = (chart.first..=chart.last).map(total).max().unwrap_or_default().max(1);
    let (top, height) = (16.0, f64::from(chart.height));
    let axis = top + height;
    let mut svg = open("years", width, axis + 22.0);
    if width < WIDTH {
        svg = svg.replacen(r#"class="years""#, &format!(r#"class="years" style="width:{width}px;min-width:0""#), 1);
    }
    let every = label_step(chart.last - chart.first + 1);
    let label_all = years <= 30.0;
    for (place, year) in (chart.first..=chart.last).enumerate() {
        let left = place as f64 * step;
        let count = total(year);
        let mut bottom = axis;
        for (part, class) in chart.parts.get(&year).into_iter().flatten().zip(chart.classes) {
            let tall = *part as f64 / highest as f64 * height;
            bottom -= tall;
            if *part > 0 {
                let _ = write!(
                    svg,
                    r#"<rect class="{class}" x="{:.1}" y="{bottom:.1}" width="{:.1}" height="{tall:.1}"><title>{year}: {}</title></rect>"#,
                    left + step * 0.12,
                    (step * 0.76).min(34.0),
                    grouped(&count.to_string()),
                );
            }
        }
        let middle = left + step * 0.12 + (step * 0.76).min(34.0) / 2.0;
        if count > 0 && (label_all || count == highest) {
            let _ = write!(
                svg,
                r#"<text class="n" x="{middle:.1}" y="{:.1}">{}</text>"#,
                bottom - 4.0,
                grouped(&count.to_string())
            );
        }
        if year % every == 0 || (years as i16) < every {
            let _ = write!(
                svg,
                r#"<text class="y" x="{:.1}" y="{:.1}">{year}</text>"#,
                middle.clamp(15.0, width - 15.0),
                axis + 17.0
            );
        }
    }
    let _ = write!(svg, r#"<path class="axis" d="M0 {axis:.1}H{width}"/>"#);
    if let Some((from, to)) = chart.band {
        let place = |year: i16| f64::from(year.clamp(chart.first, chart.last + 1) - chart.first) * step;
        let _ = write!(svg, r#"<path class="band" d="M{:.1} {axis:.1}H{:.1}"/>"#, place(from), place(to + 1));
    }
    close(svg)
}

/// Counts by year as a line of thin bars in a table row; all rows share the years, each has its own scale.
pub(super) fn sparkline(by_year: &BTreeMap<i16, u64>, first: i16, last: i16) -> String {
    let (width, height) = (132.0, 24.0);
    let step = width / f64::from(last - first + 1);
    let highest = by_year.range(first..=last).map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let mut svg = open("spark", width, height);
    let mut path = String::new();
    for (year, count) in by_year.range(first..=last).filter(|(_, count)| **count > 0) {
        let tall = (*count as f64 / highest as f64 * (height - 3.0)).max(1.5);
        let left = f64::from(year - first) * step + step * 0.15;
        let wide = step * 0.7;
        let _ = write!(path, "M{left:.1} {:.1}h{wide:.1}v{tall:.1}h-{wide:.1}z", height - 1.0 - tall);
    }
    let _ = write!(svg, r#"<path class="axis" d="M0 {:.1}H{width}"/><path class="law" d="{path}"/>"#, height - 0.5);
    close(svg)
}

/// Measures by period as a line of thin bars, with one period set off.
pub(super) fn course(periods: &[String], by_period: &BTreeMap<String, f64>, marked: &str) -> String {
    let (width, height) = (132.0, 24.0);
    let step = width / periods.len().max(1) as f64;
    let highest = by_period.values().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut svg = open("spark", width, height);
    for (at, period) in periods.iter().enumerate() {
        let Some(value) = by_period.get(period).filter(|value| **value > 0.0) else { continue };
        let tall = (value / highest * (height - 3.0)).max(1.5);
        let class = if period == marked { "mark" } else { "zh" };
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="{:.1}" y="{:.1}" width="{:.1}" height="{tall:.1}"/>"#,
            at as f64 * step + step * 0.12,
            height - 1.0 - tall,
            step * 0.76,
        );
    }
    let _ = write!(svg, r#"<path class="axis" d="M0 {:.1}H{width}"/>"#, height - 0.5);
    close(svg)
}

/// A few labelled counts as bars standing side by side: which articles are cited how often.
pub(super) fn columns(bars: &[(String, u64)]) -> String {
    let (step, height, top) = (46.0, 56.0, 15.0);
    let highest = bars.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let axis = top + height;
    let mut svg = open("columns", step * bars.len().max(1) as f64, axis + 20.0);
    for (place, (label, count)) in bars.iter().enumerate() {
        let middle = (place as f64 + 0.5) * step;
        let tall = (*count as f64 / highest as f64 * height).max(1.0);
        let _ = write!(
            svg,
            r#"<rect class="law" x="{:.1}" y="{:.1}" width="26" height="{tall:.1}"/><text class="n" x="{middle:.1}" y="{:.1}">{}</text><text class="y" x="{middle:.1}" y="{:.1}">{}</text>"#,
            middle - 13.0,
            axis - tall,
            axis - tall - 4.0,
            grouped(&count.to_string()),
            axis + 15.0,
            escaped(label),
        );
    }
    let _ = write!(svg, r#"<path class="axis" d="M0 {axis:.1}H{:.1}"/>"#, step * bars.len() as f64);
    close(svg)
}

/// A pair of the matrix.
pub(super) struct Link<'a> {
    pub(super) a: &'a str,
    pub(super) b: &'a str,
    /// Strength that decides colour and order.
    pub(super) npmi: f64,
    /// Shown when pointed at.
    pub(super) count: u64,
}

/// Lower bounds of the five colours of [`matrix`].
pub(super) const STEPS: [f64; 5] = [0.0, 0.2, 0.3, 0.4, 0.5];

/// Who goes with whom: half a matrix with the names along its diagonal, neighbours in meaning side by side.
pub(super) fn matrix(links: &[Link<'_>]) -> String {
    let names = in_chains(links);
    let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let cell = 22.0;
    let side = cell * names.len() as f64;
    let mut svg = open("matrix", side + 190.0, side + 6.0);
    for link in links {
        let (left, right) = (place[link.a], place[link.b]);
        let (column, row) = (left.min(right), left.max(right));
        let colour = STEPS.iter().filter(|bound| link.npmi >= **bound).count().max(1);
        let _ = write!(
            svg,
            r#"<rect class="h{colour}" x="{:.0}" y="{:.0}" width="20" height="20"><title>{} + {}: {} · NPMI {:.2}</title></rect>"#,
            column as f64 * cell,
            row as f64 * cell,
            escaped(link.a),
            escaped(link.b),
            grouped(&link.count.to_string()),
            link.npmi,
        );
    }
    for (at, name) in names.iter().enumerate() {
        let edge = at as f64 * cell;
        let _ = write!(
            svg,
            r#"<path class="axis" d="M0 {:.0}H{:.0}"/><text x="{:.0}" y="{:.0}">{}</text>"#,
            edge + 21.0,
            edge + 20.0,
            edge + 4.0,
            edge + 15.0,
            escaped(&cut(name, 26.0)),
        );
    }
    close(svg)
}

/// The names in an order that puts each beside the one it is most strongly tied to.
fn in_chains<'a>(links: &[Link<'a>]) -> Vec<&'a str> {
    let mut ties: BTreeMap<&str, BTreeMap<&'a str, f64>> = BTreeMap::new();
    for link in links {
        ties.entry(link.a).or_default().insert(link.b, link.npmi);
        ties.entry(link.b).or_default().insert(link.a, link.npmi);
    }
    let weight = |name: &str| ties[name].values().sum::<f64>();
    let mut left: BTreeSet<&'a str> = links.iter().flat_map(|link| [link.a, link.b]).collect();
    let mut order: Vec<&'a str> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let tie = |name: &str| order.last().and_then(|last| ties[*last].get(name)).copied();
        let rank = |name: &&str| (tie(name).unwrap_or(-1.0), weight(name));
        let next = left.iter().copied().reduce(|best, name| if rank(&name) > rank(&best) { name } else { best });
        let Some(next) = next else { break };
        left.remove(next);
        order.push(next);
    }
    order
}

/// The text up to a width in columns (a Han character takes two), with `…` where something is left out.
pub(super) fn cut(text: &str, columns: f64) -> String {
    let mut used = 0.0;
    for (at, character) in text.char_indices() {
        used += if character.is_ascii() { 1.0 } else { 2.0 };
        if used > columns {
            return format!("{}…", text[..at].trim_end());
        }
    }
    text.to_owned()
}

/// Columns that a text takes; a Han character takes two.
pub(super) fn columns_of(text: &str) -> f64 {
    text.chars().map(|character| if character.is_ascii() { 1.0 } else { 2.0 }).sum()
}

/// A row of the heat map.
pub(super) struct HeatRow {
    /// In Chinese and in English; where one is not known, the same.
    pub(super) names: [String; 2],
    pub(super) by_year: BTreeMap<i16, u64>,
}

/// Lower bounds of the five colours of [`heat`].
pub(super) const HEAT: [u64; 5] = [1, 3, 10, 30, 100];

/// Who is named when: a row a name, a column a year, darker where there are more.
pub(super) fn heat(rows: &[HeatRow], first: i16, last: i16) -> String {
    let (left, top, high) = (300.0, 20.0, 22.0);
    let years = f64::from(last - first + 1);
    let step = ((WIDTH - left) / years).min(46.0);
    let mut svg = open("heat", WIDTH, top + high * rows.len() as f64 + 4.0);
    let every = [1, 2, 5, 10, 20].into_iter().find(|every| step * f64::from(*every) >= 34.0).unwrap_or(50);
    for (place, year) in (first..=last).enumerate().filter(|(_, year)| year % every == 0 || years < 3.0) {
        let middle = left + (place as f64 + 0.5) * step;
        let _ = write!(svg, r#"<text class="y" x="{middle:.1}" y="13">{year}</text>"#);
    }
    for (at, row) in rows.iter().enumerate() {
        let edge = top + at as f64 * high;
        for (name, class) in row.names.iter().zip(["in-zh", "in-en"]) {
            let _ = write!(
                svg,
                r#"<text class="name {class}" x="{:.1}" y="{:.1}">{}<title>{}</title></text>"#,
                left - 8.0,
                edge + 15.0,
                escaped(&cut(name, 38.0)),
                escaped(name),
            );
        }
        let _ = write!(svg, r#"<path class="axis" d="M{left} {:.1}h{:.1}"/>"#, edge + high - 0.5, step * years);
        for (year, count) in row.by_year.range(first..=last).filter(|(_, count)| **count > 0) {
            let colour = HEAT.iter().filter(|bound| count >= *bound).count();
            let _ = write!(
                svg,
                r#"<rect class="h{colour}" x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}"><title>{} · {year}: {}</title></rect>"#,
                left + f64::from(year - first) * step + 0.5,
                edge + 1.0,
                step - 1.0,
                high - 2.5,
                escaped(&row.names[0]),
                grouped(&count.to_string()),
            );
        }
    }
    close(svg)
}

fn label_step(years: i16) -> i16 {
    [1, 2, 5, 10, 20, 50].into_iter().find(|step| years / step <= 24).unwrap_or(100)
}

pub(super) fn open(class: &str, width: f64, height: f64) -> String {
    format!(
        r#"<svg class="{class}" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-hidden="true">"#
    )
}

pub(super) fn close(mut svg: String) -> String {
    svg.push_str("</svg>");
    svg
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Vec<Link<'static>> {
        let link = |a, b, npmi| Link { a, b, npmi, count: 7 };
        vec![link("数据", "安全", 0.6), link("数据", "个人", 0.2), link("data", "<b>", 0.4), link("个人", "信息", 0.5)]
    }

    #[test]
    fn a_matrix_is_the_same_whatever_the_order_of_its_pairs() {
        let names = in_chains(&links());
        let mut turned = links();
        turned.reverse();
        assert_eq!(in_chains(&turned), names);
        assert_eq!(names, ["数据", "安全", "个人", "信息", "<b>", "data"]);
    }

    #[test]
    fn names_in_drawings_are_escaped() {
        let svg = matrix(&links());
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
        assert!(columns(&[("\u{202e}\"".into(), 1)]).contains("\\u{202e}&quot;"));
    }

    #[test]
    fn years_are_years_and_counts_have_groups() {
        let parts = BTreeMap::from([(2005, vec![1_200, 34]), (2008, vec![0, 5])]);
        let chart = YearBars { first: 2005, last: 2008, parts: &parts, classes: &["zh", "en"], height: 60, band: None };
        let svg = year_bars(&chart);
        assert!(svg.contains(">2005</text>") && svg.contains(">2006</text>") && svg.contains(">1,234</text>"));
        assert_eq!(svg, year_bars(&chart));
    }

    #[test]
    fn a_heat_map_has_a_cell_for_each_year_with_a_count() {
        let row = HeatRow {
            names: ["<数据>".into(), "<data>".into()],
            by_year: BTreeMap::from([(2016, 2), (2018, 40), (1999, 1)]),
        };
        let svg = heat(&[row], 2015, 2020);
        assert_eq!(svg.matches("<rect").count(), 2, "1999 lies outside");
        assert!(svg.contains(r#"class="h1""#) && svg.contains(r#"class="h4""#) && !svg.contains("<数据>"));
    }

    #[test]
    fn a_cut_counts_han_characters_twice() {
        assert_eq!(cut("网络安全法", 10.0), "网络安全法");
        assert_eq!(cut("网络安全法", 9.0), "网络安全…");
        assert_eq!(cut("Data Security", 5.0), "Data…");
    }
}
