//! Which kinds of files can be read, and which of them a file is: by its content where its name lies.
//!
//! Offices save pages as `.doc`, phones rename everything to `.txt`, and a mail program sends `notice.docx.pdf` that is
//! a Word document. The first bytes decide; the name decides among what the bytes leave open.

use super::{
    Reason, Refusal,
    declared::Parsed,
    doc, docx,
    encoding::Label,
    epub, html, markdown, members, odt,
    package::Package,
    parquet, pdf, rtf,
    sniff::{self, Content},
    txt, xlsx,
};

/// A kind of file that can be read.
pub(super) struct Format {
    /// Name in records.
    pub(super) name: &'static str,
    /// File name extensions, lower case.
    pub(super) extensions: &'static [&'static str],
    /// How its bytes become a text.
    pub(super) parse: Parse,
}

/// How the bytes of a file become a text.
pub(super) enum Parse {
    /// The bytes are text in some encoding, which the file may name or not.
    Text(Label, fn(String) -> Parsed),
    /// The reader takes the bytes as they are.
    Bytes(fn(&[u8]) -> Result<Parsed, Refusal>),
    /// The same, by other people's parsers that may hang, crash or eat memory: in a process of its own.
    Isolated(fn(&[u8]) -> Result<Parsed, Refusal>),
}

/// Every kind of file that can be read.
pub(super) const FORMATS: &[Format] = &[
    Format { name: "txt", extensions: &["txt", "text"], parse: Parse::Text(Label::Ignored, txt::parse) },
    Format { name: "markdown", extensions: &["md", "markdown"], parse: Parse::Text(Label::Ignored, markdown::parse) },
    Format {
        name: HTML,
        extensions: &["html", "htm", "xhtml", "shtml"],
        parse: Parse::Text(Label::Heeded, html::parse),
    },
    Format { name: DOCX, extensions: &["docx", "docm", "dotx"], parse: Parse::Bytes(docx::parse) },
    Format { name: DOC, extensions: &["doc", "dot", "wps"], parse: Parse::Isolated(doc::parse) },
    Format { name: ODT, extensions: &["odt", "ott"], parse: Parse::Bytes(odt::parse) },
    Format { name: EPUB, extensions: &["epub"], parse: Parse::Bytes(epub::parse) },
    Format { name: XLSX, extensions: &["xlsx", "xlsm", "xls", "et"], parse: Parse::Bytes(xlsx::parse) },
    Format { name: PDF, extensions: &["pdf"], parse: Parse::Isolated(pdf::parse) },
    // Read by way of `members`; only a child asks for it by name.
    Format { name: PARQUET, extensions: &[], parse: Parse::Isolated(parquet::parse) },
    Format { name: RTF, extensions: &["rtf"], parse: Parse::Bytes(rtf::parse) },
];

pub(super) const HTML: &str = "html";
const DOCX: &str = "docx";
const DOC: &str = "doc";
const ODT: &str = "odt";
const EPUB: &str = "epub";
const XLSX: &str = "xlsx";
const PDF: &str = "pdf";
const RTF: &str = "rtf";
pub(super) const PARQUET: &str = "parquet";

/// The format of that name.
pub(super) fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A name that stands in records: of a format, or of a kind of files with members.
pub(super) fn name_in_records(name: &str) -> Option<&'static str> {
    let holders = members::Kind::ALL.into_iter().map(members::Kind::name);
    FORMATS.iter().map(|format| format.name).chain(holders).find(|known| *known == name)
}

/// Extensions of all files that can be read, for messages.
pub(super) fn extensions() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).chain(members::EXTENSIONS).copied().collect()
}

/// The format that a file's name promises.
pub(super) fn by_extension(id: &str) -> Option<&'static Format> {
    // The id has the name that the user sees; the path of a followed link has another.
    let name = id.rsplit('/').next()?;
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// The format that a file has, by its first bytes and by what its name promises.
pub(super) fn by_content(promised: Option<&'static Format>, bytes: &[u8]) -> Result<&'static Format, Refusal> {
    let found = match sniff::content(bytes) {
        Some(Content::Zip) => Some(in_archive(bytes)?),
        Some(Content::Rtf) => Some(RTF),
        Some(Content::Pdf) => Some(PDF),
        Some(Content::Html) => Some(HTML),
        Some(Content::Ole) if is_sheet(promised) && !doc::is_locked_package(bytes) => return Err(unsupported("xls")),
        Some(Content::Ole) => Some(DOC),
        Some(Content::Other(what)) => return Err((Reason::Binary, format!("its content is not text: {what}"))),
        // Some programs write a few bytes before the mark.
        None if promised.is_some_and(|format| format.name == PDF) && sniff::has_pdf_mark(bytes) => Some(PDF),
        None => None,
    };
    match (found, promised) {
        (Some(found), _) => named(found).ok_or_else(|| unsupported(found)),
        (None, None) => Err((Reason::UnsupportedFormat, "no reader for it".to_owned())),
        (None, Some(promised)) => match promised.parse {
            Parse::Text(..) => Ok(promised),
            Parse::Bytes(_) | Parse::Isolated(_) => {
                Err((Reason::Malformed, format!("its name says {}, its content does not", promised.name)))
            }
        },
    }
}

/// What an archive is a document of.
pub(super) fn in_archive(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let mut package = Package::open(bytes)?;
    if package.has("[Content_Types].xml") {
        return Ok(match () {
            () if package.has("xl/workbook.xml") || package.has("xl/workbook.bin") => XLSX,
            () if package.has("ppt/presentation.xml") => "pptx",
            () => DOCX,
        });
    }
    if let Some(mimetype) = package.part("mimetype")? {
        return Ok(match mimetype.trim_ascii() {
            b"application/epub+zip" => EPUB,
            kind if kind.starts_with(b"application/vnd.oasis.opendocument.text") => ODT,
            _ => "opendocument",
        });
    }
    Ok(match () {
        () if package.has("word/document.xml") => DOCX,
        () if package.has("content.xml") => ODT,
        () if package.has("META-INF/container.xml") => EPUB,
        () => "zip",
    })
}

fn is_sheet(promised: Option<&Format>) -> bool {
    promised.is_some_and(|format| format.name == XLSX)
}

fn unsupported(format: &str) -> Refusal {
    let told = match format {
        "zip" => "it is a ZIP archive; give it a name that ends in .zip".to_owned(),
        "xls" => "an old spreadsheet (XLS); save it as xlsx".to_owned(),
        "pptx" | "opendocument" => format!("no reader for {format}; save it as docx, odt or pdf"),
        _ => format!("no reader for {format}"),
    };
    (Reason::UnsupportedFormat, told)
}
