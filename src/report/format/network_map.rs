//! The network as a picture: the strongest ties, communities by colour and hull, names that never lie on each other.
//!
//! Places are computed once, from numbers alone and with operations that are exact on every machine (no sines), so
//! the picture is the same bytes everywhere. A network of thousands of edges is a ball of hair; what is drawn is its
//! backbone, and [`Map`] tells how much was left out.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    super::table::grouped,
    charts::{close, columns_of, cut, escaped, open},
};
use crate::count::{Network, NetworkEdge, NetworkNode};

/// Most edges and nodes of the picture.
const EDGES: usize = 96;
const NODES: usize = 64;
/// Edges of one node, so that the most frequent word does not take them all.
const FAN: usize = 7;
/// Sentences that a tie needs to be drawn.
const THIN: f64 = 3.0;
/// Communities with a colour of their own.
const COLOURS: u32 = 7;

const WIDTH: f64 = 1120.0;
const HEIGHT: f64 = 680.0;
const STEPS: u32 = 420;

/// A picture and what it leaves out.
pub(super) struct Map {
    pub(super) svg: String,
    pub(super) nodes: usize,
    pub(super) edges: usize,
}

/// Draws the backbone; `label` gives a node its short name. Without three ties there is no picture.
pub(super) fn map(network: &Network, label: impl Fn(&NetworkNode) -> String) -> Map {
    let (nodes, edges) = backbone(network);
    if edges.len() < 3 {
        return Map { svg: String::new(), nodes: 0, edges: 0 };
    }
    let mut drawing = Drawing::new(network, &nodes, &edges);
    drawing.settle();
    drawing.fit();
    drawing.separate();
    let labels: Vec<String> = nodes.iter().map(|&node| cut(&label(&network.nodes[node]), 26.0)).collect();
    Map { svg: drawing.svg(&labels), nodes: nodes.len(), edges: edges.len() }
}

/// The strongest ties whose ends have room, without what hangs together with nothing else.
fn backbone(network: &Network) -> (Vec<usize>, Vec<&NetworkEdge>) {
    let mut fan: BTreeMap<usize, usize> = BTreeMap::new();
    let mut edges: Vec<&NetworkEdge> = Vec::new();
    for edge in network.edges.iter().filter(|edge| edge.weight >= THIN && edge.npmi > 0.0) {
        let ends = [edge.a, edge.b];
        let new = ends.iter().filter(|end| !fan.contains_key(end)).count();
        let room = ends.iter().all(|end| fan.get(end).is_none_or(|count| *count < FAN));
        if !room || fan.len() + new > NODES {
            continue;
        }
        ends.iter().for_each(|end| *fan.entry(*end).or_default() += 1);
        edges.push(edge);
        if edges.len() == EDGES {
            break;
        }
    }
    // A pair of its own says nothing that the table does not say.
    if edges.len() > 12 {
        edges.retain(|edge| fan[&edge.a] > 1 || fan[&edge.b] > 1);
    }
    let mut nodes: Vec<usize> = edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    (nodes, edges)
}

struct Drawing<'n> {
    nodes: Vec<&'n NetworkNode>,
    /// Places of both ends in `nodes`, and the strength from 0 to 1.
    ties: Vec<(usize, usize, f64)>,
    edges: Vec<&'n NetworkEdge>,
    places: Vec<(f64, f64)>,
    radius: Vec<f64>,
}

impl<'n> Drawing<'n> {
    fn new(network: &'n Network, nodes: &[usize], edges: &[&'n NetworkEdge]) -> Self {
        let place = |node: usize| nodes.binary_search(&node).unwrap_or_default();
        let nodes: Vec<&NetworkNode> = nodes.iter().map(|&node| &network.nodes[node]).collect();
        let most = nodes.iter().map(|node| node.tf).max().unwrap_or(1).max(1) as f64;
        // Scattered evenly by multiples of the plastic number (Roberts 2018), which takes no sine.
        let even = |at: usize, step: f64| ((at as f64 + 0.5) * step).fract();
        let places = (0..nodes.len())
            .map(|at| (even(at, 0.754_877_666_246_693) * WIDTH, even(at, 0.569_840_290_998_053) * HEIGHT))
            .collect();
        Self {
            radius: nodes.iter().map(|node| 4.0 + 10.0 * (node.tf as f64 / most).sqrt()).collect(),
            ties: edges.iter().map(|edge| (place(edge.a), place(edge.b), edge.npmi.clamp(0.05, 1.0))).collect(),
            edges: edges.to_vec(),
            nodes,
            places,
        }
    }

    /// Ties pull, all nodes push, less and less.
    ///
    /// Source: Fruchterman & Reingold (1991), *Software: Practice and Experience* 21(11).
    fn settle(&mut self) {
        let count = self.nodes.len();
        let ideal = 0.82 * (WIDTH * HEIGHT / count as f64).sqrt();
        // As strong as the push of all others at four fifths of the way to the edge.
        let inward = [WIDTH, HEIGHT].map(|side| count as f64 * ideal * ideal / (0.4 * side * 0.4 * side));
        for step in 0..STEPS {
            let mut moves = vec![(0.0, 0.0); count];
            for a in 0..count {
                for b in a + 1..count {
                    let (dx, dy, far) = self.between(a, b);
                    let push = ideal * ideal / far / far;
                    // Neighbours in meaning stay together, communities keep apart.
                    let push = if self.nodes[a].community == self.nodes[b].community { push } else { 1.5 * push };
                    shift(&mut moves, a, b, dx * push, dy * push);
                }
            }
            for &(a, b, strength) in &self.ties {
                let (dx, dy, far) = self.between(a, b);
                let pull = far / ideal * (0.5 + strength);
                shift(&mut moves, a, b, -dx * pull, -dy * pull);
            }
            let heat = 0.12 * WIDTH * f64::from(STEPS - step) / f64::from(STEPS);
            for (place, (x, y)) in self.places.iter_mut().zip(moves) {
                // Towards the middle, so that parts without a tie do not drift away.
                let (x, y) = (x + (WIDTH / 2.0 - place.0) * inward[0], y + (HEIGHT / 2.0 - place.1) * inward[1]);
                let far = (x * x + y * y).sqrt().max(1e-9);
                let scale = far.min(heat) / far;
                *place = (place.0 + x * scale, place.1 + y * scale);
            }
        }
    }

    fn between(&self, a: usize, b: usize) -> (f64, f64, f64) {
        let (dx, dy) = (self.places[a].0 - self.places[b].0, self.places[a].1 - self.places[b].1);
        (dx, dy, (dx * dx + dy * dy).sqrt().max(0.5))
    }

    /// Stretches the drawing over its frame, with room for names on both sides.
    fn fit(&mut self) {
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
        };
        let (left, right) = ends(&mut self.places.iter().map(|place| place.0));
        let (top, bottom) = ends(&mut self.places.iter().map(|place| place.1));
        let across = |value: f64, low: f64, high: f64, from: f64, to: f64| {
            if high - low < 1.0 { (from + to) / 2.0 } else { from + (value - low) / (high - low) * (to - from) }
        };
        for place in &mut self.places {
            place.0 = across(place.0, left, right, 90.0, WIDTH - 120.0);
            place.1 = across(place.1, top, bottom, 26.0, HEIGHT - 26.0);
        }
    }

    /// Moves nodes that lie on each other apart, within the frame.
    fn separate(&mut self) {
        for _ in 0..60 {
            for a in 0..self.nodes.len() {
                for b in a + 1..self.nodes.len() {
                    let (dx, dy, far) = self.between(a, b);
                    let short = self.radius[a] + self.radius[b] + 12.0 - far;
                    if short > 0.0 {
                        let (x, y) = (dx / far * short / 2.0, dy / far * short / 2.0);
                        shift(&mut self.places, a, b, x, y);
                    }
                }
            }
        }
        for place in &mut self.places {
            *place = (place.0.clamp(20.0, WIDTH - 20.0), place.1.clamp(20.0, HEIGHT - 20.0));
        }
    }

    fn svg(&self, labels: &[String]) -> String {
        let mut svg = open("network", WIDTH, HEIGHT);
        self.hulls(&mut svg);
        for (&(a, b, strength), edge) in self.ties.iter().zip(&self.edges) {
            let ((x1, y1), (x2, y2)) = (self.places[a], self.places[b]);
            let _ = write!(
                svg,
                r#"<path class="tie" d="M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}" stroke-width="{:.1}"><title>{} + {}: {} · NPMI {:.2}</title></path>"#,
                0.6 + 3.2 * strength,
                escaped(&self.nodes[a].label),
                escaped(&self.nodes[b].label),
                grouped(&format!("{:.0}", edge.weight)),
                edge.npmi,
            );
        }
        for ((node, (x, y)), radius) in self.nodes.iter().zip(&self.places).zip(&self.radius) {
            let name = escaped(&node.label);
            let title = format!("{name}: {} · df {}", grouped(&node.tf.to_string()), grouped(&node.df.to_string()));
            let class = colour(node.community);
            if node.kind == "law" {
                let side = radius * 1.8;
                let _ = write!(
                    svg,
                    r#"<rect class="{class}" data-name="{name}" x="{:.1}" y="{:.1}" width="{side:.1}" height="{side:.1}"><title>{title}</title></rect>"#,
                    x - side / 2.0,
                    y - side / 2.0,
                );
            } else {
                let _ = write!(
                    svg,
                    r#"<circle class="{class}" data-name="{name}" cx="{x:.1}" cy="{y:.1}" r="{radius:.1}"><title>{title}</title></circle>"#
                );
            }
        }
        self.names(&mut svg, labels);
        close(svg)
    }

    /// An area around each part of a community that hangs together in the picture and has three nodes or more.
    fn hulls(&self, svg: &mut String) {
        let mut part: Vec<usize> = (0..self.nodes.len()).collect();
        for _ in 0..self.nodes.len() {
            let before = part.clone();
            for &(a, b, _) in self.ties.iter().filter(|(a, b, _)| self.nodes[*a].community == self.nodes[*b].community)
            {
                let low = part[a].min(part[b]);
                (part[a], part[b]) = (low, low);
            }
            if part == before {
                break;
            }
        }
        for first in 0..self.nodes.len() {
            let members = part.iter().zip(&self.places).filter(|(of, _)| **of == first);
            let hull = hull(members.map(|(_, place)| *place).collect());
            let community = self.nodes[first].community;
            if hull.len() < 3 || community >= COLOURS {
                continue;
            }
            let path: Vec<String> = hull.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            let _ = write!(svg, r#"<path class="hull {}" d="M{}z"/>"#, colour(community), path.join("L"));
        }
    }

    /// Names beside their nodes, the most connected first; one that finds no free place is left to its tooltip.
    fn names(&self, svg: &mut String, labels: &[String]) {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        let weight = |at: usize| self.radius[at];
        order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
        let mut taken: Vec<Area> = self.places.iter().zip(&self.radius).map(|(p, r)| Area::around(*p, *r)).collect();
        for at in order {
            let ((x, y), radius) = (self.places[at], self.radius[at]);
            let (wide, high) = (6.6 * columns_of(&labels[at]) + 4.0, 14.0);
            let sides = [
                (x + radius + 3.0, y - 7.0, x + radius + 4.0, "start"),
                (x - radius - 3.0 - wide, y - 7.0, x - radius - 4.0, "end"),
                (x - wide / 2.0, y - radius - 16.0, x, "middle"),
                (x - wide / 2.0, y + radius + 2.0, x, "middle"),
            ];
            let free = sides.into_iter().find_map(|(left, top, anchor, side)| {
                let area = Area { left, top, right: left + wide, bottom: top + high };
                let inside = left >= 0.0 && area.right <= WIDTH && top >= 0.0 && area.bottom <= HEIGHT;
                let clear = taken.iter().enumerate().all(|(of, other)| of == at || !area.meets(other));
                (inside && clear).then_some((area, anchor, side))
            });
            if let Some((area, anchor, side)) = free {
                let class = if self.nodes[at].kind == "law" { "name law" } else { "name" };
                let _ = write!(
                    svg,
                    r#"<text class="{class}" x="{anchor:.1}" y="{:.1}" text-anchor="{side}">{}</text>"#,
                    area.top + 11.0,
                    escaped(&labels[at]),
                );
                taken.push(area);
            }
        }
    }
}

fn shift(moves: &mut [(f64, f64)], a: usize, b: usize, x: f64, y: f64) {
    moves[a] = (moves[a].0 + x, moves[a].1 + y);
    moves[b] = (moves[b].0 - x, moves[b].1 - y);
}

fn colour(community: u32) -> String {
    if community < COLOURS { format!("c{community}") } else { "cx".to_owned() }
}

struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn around((x, y): (f64, f64), radius: f64) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// The convex hull, by the monotone chain.
///
/// Source: Andrew (1979), *Information Processing Letters* 9(5).
fn hull(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if points.len() < 3 {
        return points;
    }
    let turn = |o: (f64, f64), a: (f64, f64), b: (f64, f64)| (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0);
    let half = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while chain.len() > 1 && turn(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0 {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut all = half(&mut points.iter().copied());
    all.extend(half(&mut points.iter().rev().copied()));
    all
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    fn picture() -> Map {
        map(&fixture::case().summary.network, |node| node.label.clone())
    }

    #[test]
    fn the_picture_is_bounded_and_the_same_each_time() {
        let map = picture();
        assert!(map.edges >= 3 && map.edges <= EDGES && map.nodes <= NODES);
        assert_eq!(map.svg, picture().svg);
        assert!(!map.svg.contains("NaN"));
    }

    #[test]
    fn names_do_not_lie_on_each_other() {
        let network = fixture::case().summary.network;
        let (nodes, edges) = backbone(&network);
        let mut drawing = Drawing::new(&network, &nodes, &edges);
        drawing.settle();
        drawing.fit();
        drawing.separate();
        let inside = |(x, y): &(f64, f64)| (0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y);
        assert!(drawing.places.iter().all(inside));
        let mut svg = String::new();
        drawing.names(&mut svg, &vec!["个人信息".to_owned(); nodes.len()]);
        assert!(svg.matches("<text").count() > nodes.len() / 2, "most have a name");
    }

    #[test]
    fn a_hull_holds_its_corners_only() {
        let square = vec![(0.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0)];
        assert_eq!(hull(square), [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
        assert!(hull(vec![(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).len() < 3);
    }
}
