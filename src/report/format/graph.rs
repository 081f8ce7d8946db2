//! `network.gexf` and `network.graphml`: the network for Gephi, networkx, igraph, Cytoscape.
//!
//! Both say the same: who the nodes are, how often they occur, which community they belong to, and the measures
//! of every edge. GEXF adds colours and sizes, so that Gephi shows communities at once.
//!
//! Sources: GEXF 1.3 (<https://gexf.net>), GraphML 1.0 (<http://graphml.graphdrawing.org>).

use std::io;

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
    let mut to = begin(out)?;
    to.create_element("gexf")
        .with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
            ("version", "1.3"),
        ])
        .write_inner_content(|to| {
            to.create_element("meta").write_inner_content(|to| {
                text(to, "creator", &format!("tongwen {}", report.run.version))?;
                text(to, "description", "terms and instruments that stand in the same sentences")
            })?;
            to.create_element("graph")
                .with_attributes([("mode", "static"), ("defaultedgetype", "undirected")])
                .write_inner_content(|to| {
                    gexf_attributes(to, "node", NODES)?;
                    gexf_attributes(to, "edge", EDGES)?;
                    to.create_element("nodes")
                        .write_inner_content(|to| network.nodes.iter().try_for_each(|node| gexf_node(to, node)))?;
                    to.create_element("edges").write_inner_content(|to| {
                        (0..).zip(&network.edges).try_for_each(|(at, edge)| gexf_edge(to, at, edge, network))
                    })?;
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(())
}

/// Writes `network.graphml`.
pub(super) fn write_graphml(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let network = &report.summary.network;
    let mut to = begin(out)?;
    to.create_element("graphml")
        .with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
            ),
        ])
        .write_inner_content(|to| {
            key(to, "label", "node", Type::Text)?;
            NODES.iter().try_for_each(|attribute| key(to, attribute.name, "node", attribute.ty))?;
            key(to, "weight", "edge", Type::Measure)?;
            EDGES.iter().try_for_each(|attribute| key(to, attribute.name, "edge", attribute.ty))?;
            to.create_element("graph")
                .with_attributes([("id", "network"), ("edgedefault", "undirected")])
                .write_inner_content(|to| {
                    for node in &network.nodes {
                        let id = xml(&node.id);
                        to.create_element("node").with_attribute(("id", &*id)).write_inner_content(|to| {
                            datum(to, "label", &node.label)?;
                            data(to, NODES, node)
                        })?;
                    }
                    for edge in &network.edges {
                        let (source, target) = (xml(&network.nodes[edge.a].id), xml(&network.nodes[edge.b].id));
                        to.create_element("edge")
                            .with_attributes([("source", &*source), ("target", &*target)])
                            .write_inner_content(|to| {
                                datum(to, "weight", &measure(edge.weight).unwrap_or_default())?;
                                data(to, EDGES, edge)
                            })?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(())
}

fn begin<'a, 'w>(out: &'a mut Out<'w>) -> io::Result<Xml<'a, 'w>> {
    let mut to = Writer::new_with_indent(out, b' ', 1);
    to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(to)
}

fn gexf_attributes<T>(to: &mut Xml<'_, '_>, class: &str, attributes: &[Attribute<T>]) -> io::Result<()> {
    to.create_element("attributes").with_attributes([("class", class), ("mode", "static")]).write_inner_content(
        |to| {
            for attribute in attributes {
                to.create_element("attribute")
                    .with_attributes([("id", attribute.name), ("title", attribute.name), ("type", gexf(attribute.ty))])
                    .write_empty()?;
            }
            Ok(())
        },
    )?;
    Ok(())
}

fn gexf_node(to: &mut Xml<'_, '_>, node: &NetworkNode) -> io::Result<()> {
    let (id, label) = (xml(&node.id), xml(&node.label));
    to.create_element("node").with_attributes([("id", &*id), ("label", &*label)]).write_inner_content(|to| {
        values(to, NODES, node)?;
        let [r, g, b] = COLOURS.get(node.community as usize).unwrap_or(&GREY).map(|part| part.to_string());
        to.create_element("viz:color").with_attributes([("r", &*r), ("g", &*g), ("b", &*b)]).write_empty()?;
        let size = format!("{:.1}", 2.0 + (node.tf as f64).sqrt());
        to.create_element("viz:size").with_attribute(("value", &*size)).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn gexf_edge(to: &mut Xml<'_, '_>, at: usize, edge: &NetworkEdge, network: &Network) -> io::Result<()> {
    let (source, target) = (xml(&network.nodes[edge.a].id), xml(&network.nodes[edge.b].id));
    let (id, weight) = (at.to_string(), measure(edge.weight).unwrap_or_default());
    to.create_element("edge")
        .with_attributes([("id", &*id), ("source", &*source), ("target", &*target), ("weight", &*weight)])
        .write_inner_content(|to| values(to, EDGES, edge))?;
    Ok(())
}

fn values<T>(to: &mut Xml<'_, '_>, attributes: &[Attribute<T>], of: &T) -> io::Result<()> {
    to.create_element("attvalues").write_inner_content(|to| {
        for attribute in attributes {
            if let Some(value) = (attribute.value)(of) {
                to.create_element("attvalue")
                    .with_attributes([("for", attribute.name), ("value", &*value)])
                    .write_empty()?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn key(to: &mut Xml<'_, '_>, name: &str, of: &str, ty: Type) -> io::Result<()> {
    let id = key_id(name);
    to.create_element("key")
        .with_attributes([("id", &*id), ("for", of), ("attr.name", name), ("attr.type", graphml(ty))])
        .write_empty()?;
    Ok(())
}

fn data<T>(to: &mut Xml<'_, '_>, attributes: &[Attribute<T>], of: &T) -> io::Result<()> {
    for attribute in attributes {
        if let Some(value) = (attribute.value)(of) {
            datum(to, attribute.name, &value)?;
        }
    }
    Ok(())
}

fn datum(to: &mut Xml<'_, '_>, name: &str, value: &str) -> io::Result<()> {
    let id = key_id(name);
    to.create_element("data").with_attribute(("key", &*id)).write_text_content(BytesText::new(&xml(value)))?;
    Ok(())
}

fn text(to: &mut Xml<'_, '_>, name: &str, value: &str) -> io::Result<()> {
    to.create_element(name).write_text_content(BytesText::new(&xml(value)))?;
    Ok(())
}

/// Keys of GraphML share one space of names with nodes and edges.
fn key_id(name: &str) -> String {
    format!("d_{name}")
}

const fn gexf(ty: Type) -> &'static str {
    match ty {
        Type::Text => "string",
        Type::Whole => "long",
        Type::Measure => "double",
    }
}

const fn graphml(ty: Type) -> &'static str {
    gexf(ty)
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
