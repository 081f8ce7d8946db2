//! `network.gexf` and `network.graphml`: the network for Gephi, networkx, igraph, Cytoscape.
//!
//! Both say the same: who the nodes are, how often they occur, which community they belong to, and the measures
//! of every edge. GEXF adds colours and sizes, so that Gephi shows communities at once.
//!
//! Sources: GEXF 1.3 (<https://gexf.net>), GraphML 1.0 (<http://graphml.graphdrawing.org>).

use std::{borrow::Cow, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    super::{Report, visible::xml},
    Out,
};
use crate::count::{Network, NetworkEdge, NetworkNode};

/// Something that is said of a node or an edge.
struct Attribute<T> {
    name: &'static str,
    ty: Type,
    /// Its value; `None` where it is not known.
    value: fn(&T) -> Option<String>,
}

#[derive(Clone, Copy)]
enum Type {
    Text,
    Whole,
    Measure,
}

const NODES: &[Attribute<NetworkNode>] = &[
    Attribute { name: "kind", ty: Type::Text, value: |node| Some(node.kind.to_owned()) },
    Attribute { name: "language", ty: Type::Text, value: |node| node.language.map(|l| l.code().to_owned()) },
    Attribute { name: "tf", ty: Type::Whole, value: |node| Some(node.tf.to_string()) },
    Attribute { name: "df", ty: Type::Whole, value: |node| Some(node.df.to_string()) },
    Attribute { name: "degree", ty: Type::Whole, value: |node| Some(node.degree.to_string()) },
    Attribute { name: "strength", ty: Type::Measure, value: |node| measure(node.strength) },
    Attribute { name: "community", ty: Type::Whole, value: |node| Some(node.community.to_string()) },
];

const EDGES: &[Attribute<NetworkEdge>] = &[
    Attribute { name: "npmi", ty: Type::Measure, value: |edge| measure(edge.npmi) },
    Attribute { name: "logdice", ty: Type::Measure, value: |edge| measure(edge.logdice) },
    Attribute { name: "g2", ty: Type::Measure, value: |edge| measure(edge.g2) },
    Attribute { name: "q", ty: Type::Measure, value: |edge| measure(edge.q) },
];

/// Colours that stay apart for colour-blind readers (Okabe & Ito 2008); later communities are grey.
pub(super) const COLOURS: [[u8; 3]; 7] =
    [[0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0], [86, 180, 233], [170, 155, 20]];
const GREY: [u8; 3] = [150, 150, 150];

type Xml<'a, 'w> = Writer<&'a mut Out<'w>>;

/// Writes `network.gexf`.
pub(super) fn write_gexf(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let network = &report.summary.network;
    let more = [("xmlns:viz", "http://gexf.net/1.3/viz"), ("version", "1.3")];
    whole(out, "gexf", ["http://gexf.net/1.3", "http://gexf.net/1.3/gexf.xsd"], &more, |to| {
        element(to, "meta", &[], |to| {
            text(to, "creator", &format!("tongwen {}", report.run.version))?;
            text(to, "description", "terms and instruments that stand in the same sentences")
        })?;
        element(to, "graph", &[("mode", "static"), ("defaultedgetype", "undirected")], |to| {
            gexf_attributes(to, "node", NODES)?;
            gexf_attributes(to, "edge", EDGES)?;
            element(to, "nodes", &[], |to| network.nodes.iter().try_for_each(|node| gexf_node(to, node)))?;
            element(to, "edges", &[], |to| {
                (0..).zip(&network.edges).try_for_each(|(at, edge)| gexf_edge(to, at, edge, network))
            })
        })
    })
}

/// Writes `network.graphml`.
pub(super) fn write_graphml(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    const SPACE: [&str; 2] =
        ["http://graphml.graphdrawing.org/xmlns", "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"];
    let network = &report.summary.network;
    whole(out, "graphml", SPACE, &[], |to| {
        key(to, "label", "node", Type::Text)?;
        NODES.iter().try_for_each(|attribute| key(to, attribute.name, "node", attribute.ty))?;
        key(to, "weight", "edge", Type::Measure)?;
        EDGES.iter().try_for_each(|attribute| key(to, attribute.name, "edge", attribute.ty))?;
        element(to, "graph", &[("id", "network"), ("edgedefault", "undirected")], |to| {
            for node in &network.nodes {
                element(to, "node", &[("id", &xml(&node.id))], |to| {
                    datum(to, "label", &node.label)?;
                    data(to, NODES, node)
                })?;
            }
            for edge in &network.edges {
                let [source, target] = ends(edge, network);
                element(to, "edge", &[("source", &source), ("target", &target)], |to| {
                    datum(to, "weight", &measure(edge.weight).unwrap_or_default())?;
                    data(to, EDGES, edge)
                })?;
            }
            Ok(())
        })
    })
}

/// A document with its root, which lies in a namespace with a schema.
fn whole(
    out: &mut Out<'_>,
    root: &str,
    [space, schema]: [&str; 2],
    more: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml<'_, '_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut to = Writer::new_with_indent(out, b' ', 1);
    to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let location = format!("{space} {schema}");
    let common = [
        ("xmlns", space),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", location.as_str()),
    ];
    element(&mut to, root, &[&common, more].concat(), inner)
}

/// An element with what is in it.
fn element<'a, 'w>(
    to: &mut Xml<'a, 'w>,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml<'a, 'w>) -> io::Result<()>,
) -> io::Result<()> {
    to.create_element(name).with_attributes(attributes.iter().copied()).write_inner_content(inner)?;
    Ok(())
}

/// An element with nothing in it.
fn empty(to: &mut Xml<'_, '_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    to.create_element(name).with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}

/// An element with text in it.
fn text(to: &mut Xml<'_, '_>, name: &str, value: &str) -> io::Result<()> {
    to.create_element(name).write_text_content(BytesText::new(&xml(value)))?;
    Ok(())
}

/// The ids of both nodes of an edge.
fn ends<'n>(edge: &NetworkEdge, network: &'n Network) -> [Cow<'n, str>; 2] {
    [edge.a, edge.b].map(|at| xml(&network.nodes[at].id))
}

fn gexf_attributes<T>(to: &mut Xml<'_, '_>, class: &str, attributes: &[Attribute<T>]) -> io::Result<()> {
    element(to, "attributes", &[("class", class), ("mode", "static")], |to| {
        attributes.iter().try_for_each(|Attribute { name, ty, .. }| {
            empty(to, "attribute", &[("id", name), ("title", name), ("type", type_name(*ty))])
        })
    })
}

fn gexf_node(to: &mut Xml<'_, '_>, node: &NetworkNode) -> io::Result<()> {
    element(to, "node", &[("id", &xml(&node.id)), ("label", &xml(&node.label))], |to| {
        values(to, NODES, node)?;
        let [r, g, b] = COLOURS.get(node.community as usize).unwrap_or(&GREY).map(|part| part.to_string());
        empty(to, "viz:color", &[("r", &r), ("g", &g), ("b", &b)])?;
        empty(to, "viz:size", &[("value", &format!("{:.1}", 2.0 + (node.tf as f64).sqrt()))])
    })
}

fn gexf_edge(to: &mut Xml<'_, '_>, at: usize, edge: &NetworkEdge, network: &Network) -> io::Result<()> {
    let [source, target] = ends(edge, network);
    let (id, weight) = (at.to_string(), measure(edge.weight).unwrap_or_default());
    let attributes = [("id", &*id), ("source", &*source), ("target", &*target), ("weight", &*weight)];
    element(to, "edge", &attributes, |to| values(to, EDGES, edge))
}

fn values<T>(to: &mut Xml<'_, '_>, attributes: &'static [Attribute<T>], of: &T) -> io::Result<()> {
    element(to, "attvalues", &[], |to| {
        known(attributes, of)
            .try_for_each(|(name, value)| empty(to, "attvalue", &[("for", name), ("value", &xml(&value))]))
    })
}

fn key(to: &mut Xml<'_, '_>, name: &str, of: &str, ty: Type) -> io::Result<()> {
    empty(to, "key", &[("id", &key_id(name)), ("for", of), ("attr.name", name), ("attr.type", type_name(ty))])
}

fn data<T>(to: &mut Xml<'_, '_>, attributes: &'static [Attribute<T>], of: &T) -> io::Result<()> {
    known(attributes, of).try_for_each(|(name, value)| datum(to, name, &value))
}

fn datum(to: &mut Xml<'_, '_>, name: &str, value: &str) -> io::Result<()> {
    let id = key_id(name);
    to.create_element("data").with_attribute(("key", &*id)).write_text_content(BytesText::new(&xml(value)))?;
    Ok(())
}

/// Keys of GraphML share one space of names with nodes and edges.
fn key_id(name: &str) -> String {
    format!("d_{name}")
}

/// Its name in both languages.
const fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Text => "string",
        Type::Whole => "long",
        Type::Measure => "double",
    }
}

/// What is known of a node or an edge, by the names of the attributes.
fn known<T>(attributes: &'static [Attribute<T>], of: &T) -> impl Iterator<Item = (&'static str, String)> {
    attributes.iter().filter_map(move |attribute| Some((attribute.name, (attribute.value)(of)?)))
}

/// The shortest digits of a finite measure.
fn measure(value: f64) -> Option<String> {
    value.is_finite().then(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    #[test]
    fn names_never_leave_their_attributes() {
        let mut case = fixture::case();
        let hostile = "\"/><node id='x'/>&\u{1b}\u{ffff}\u{0}";
        (case.summary.network.nodes[0].id, case.summary.network.nodes[0].label) = (hostile.into(), hostile.into());
        for write in [write_gexf, write_graphml] {
            let mut out = Vec::new();
            write(&case.report(), &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(!text.contains("<node id='x'") && text.contains("&lt;node id="));
            assert!(text.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{ffff}')));
            let mut reader = quick_xml::Reader::from_str(&text);
            while !matches!(reader.read_event().unwrap(), Event::Eof) {}
        }
    }
}
