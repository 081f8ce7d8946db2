//! Files made to harm whoever reads them: each costs itself and nothing else.
//!
//! Every class of `docs/SECURITY.md` is made here, small, and read by the program as users start it: what became of
//! each file stands in `run.json`, nothing hangs, nothing of the outside comes in.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Write},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use zip::write::SimpleFileOptions;

const LAW: &str = "依照《网络安全法》第七条，2021年11月1日起施行。";
const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(before: &str, body: &str) -> Vec<u8> {
    let main = format!("{before}<w:document {W}><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", main.as_bytes())])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A PDF file of one page; `catalog` and `stream` are written into it as they are.
fn pdf(catalog: &str, pages: &str, stream: &[u8], dictionary: &str) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>/XObject<</X 4 0 R>>>>/Contents 4 0 R>>";
    let objects = [
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        pages.as_bytes().to_vec(),
        page.as_bytes().to_vec(),
        [format!("<<{dictionary}/Length {}>>\nstream\n", stream.len()).as_bytes(), stream, b"\nendstream"].concat(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    file.extend(b"xref\n0 6\n0000000000 65535 f \n");
    offsets.iter().for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Name, content, and what may become of it: `status` or `status reason`.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
    let entity = "<!DOCTYPE z [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>";
    let mut deep_zip = zipped(&[("x.txt", LAW.as_bytes())]);
    for _ in 0..5 {
        deep_zip = zipped(&[("z.zip", &deep_zip)]);
    }
    let many: Vec<(String, Vec<u8>)> = (0..10_050).map(|n| (format!("{n}.txt"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let attributes: String = (0..60_000).map(|n| format!(" a{n}=''")).collect();
    let spread = pdf("", PAGES, &deflated(&vec![b' '; 80 << 20]), "/Filter/FlateDecode");
    let act = b"BT /F1 12 Tf 40 700 Td (Under the Data Security Law a fine applies.) Tj ET";
    let ok = pdf("", PAGES, act, "");
    let doc = include_bytes!("documents/notice.doc").to_vec();
    let mut locked = doc.clone();
    // The flags of the file information block.
    let block = doc.windows(2).position(|bytes| bytes == b"\xec\xa5").unwrap();
    locked[block + 11] |= 1;
    let mut promising = doc.clone();
    promising[block + 0x4c..block + 0x50].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    // Found by fuzzing: the end of a note lies thousands of millions of characters away.
    let mut noting = doc.clone();
    noting[0xc5f] = 0xfc;
    vec![
        ("good.docx", docx("", &paragraph(LAW)), &["ok"]),
        ("good.pdf", ok.clone(), &["ok"]),
        ("good.zip", zipped(&[("a.txt", LAW.as_bytes())]), &["ok"]),
        ("lies/docx.txt", docx("", &paragraph(LAW)), &["ok"]),
        ("lies/pdf.html", ok.clone(), &["ok"]),
        ("lies/html.docx", format!("<html><p>{LAW}").into_bytes(), &["ok"]),
        ("lies/text.docx", LAW.as_bytes().to_vec(), &["error malformed"]),
        ("lies/text.parquet", LAW.as_bytes().to_vec(), &["error malformed"]),
        ("sizes.parquet", [b"PAR1".as_slice(), &[0xff; 300], b"\xff\xff\xff\x7fPAR1"].concat(), &["error malformed"]),
        (
            "footer.parquet",
            [b"PAR1".as_slice(), &[0x19; 64], b"\x40\0\0\0PAR1"].concat(),
            &["error malformed", "error reader_died"],
        ),
        ("lies/zip.txt", zipped(&[("a.txt", b"x")]), &["error unsupported_format"]),
        ("entity.docx", docx(entity, &paragraph("&x;")), &["error forbidden_markup"]),
        ("attributes.docx", docx("", &format!("<w:p{attributes}/>{}", paragraph(LAW))), &["ok", "partial too_deep"]),
        ("deep.docx", docx("", &format!("{}{}", paragraph(LAW), "<w:x>".repeat(50_000))), &["partial too_deep"]),
        ("bomb.docx", docx("", &paragraph(&"x".repeat(60 << 20))), &["error expands_too_much"]),
        ("cut.docx", docx("", &paragraph(LAW))[..200].to_vec(), &["error malformed"]),
        ("empty.docx", Vec::new(), &["error malformed"]),
        ("good.doc", doc.clone(), &["ok"]),
        ("lies/doc.txt", doc.clone(), &["ok"]),
        ("lies/text.doc", LAW.as_bytes().to_vec(), &["error malformed"]),
        ("cut.doc", doc[..doc.len() / 2].to_vec(), &["error malformed"]),
        ("promises.doc", promising, &["error malformed"]),
        ("notes.doc", noting, &["error malformed", "error reader_died"]),
        ("locked.doc", locked, &["error encrypted"]),
        (
            "chain.doc",
            [&doc[..512], &[0; 512], &doc[1024..]].concat(),
            &["error malformed", "error time_limit", "error reader_died"],
        ),
        ("deep.rtf", [b"{\\rtf1 ".to_vec(), vec![b'{'; 200_000]].concat(), &["error too_deep"]),
        ("bin.rtf", b"{\\rtf1 x{\\bin2147483647 ".to_vec(), &["partial malformed"]),
        ("deep.zip", deep_zip, &["partial members"]),
        ("many.zip", zipped(&many), &["error expands_too_much"]),
        ("slip.zip", zipped(&[("../../slip.txt", LAW.as_bytes())]), &["partial members"]),
        ("bomb.zip", zipped(&[("x.txt", &vec![b'x'; 60 << 20])]), &["partial members"]),
        (
            "bomb.txt.gz",
            {
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
                packer.write_all(&vec![b'x'; 60 << 20]).unwrap();
                packer.finish().unwrap()
            },
            &["error expands_too_much"],
        ),
        (
            "lines.jsonl",
            format!("{{\"id\":\"a\",\"text\":\"{LAW}\"}}\n{{\"id\":\n{}\n", "[".repeat(100_000)).into_bytes(),
            &["partial members"],
        ),
        (
            "garbage.pdf",
            [b"%PDF-1.5\n".to_vec(), (0..9000_u32).map(|n| ((n * n) >> 3) as u8).collect()].concat(),
            &["error malformed"],
        ),
        ("cut.pdf", ok[..ok.len() / 2].to_vec(), &["ok", "error malformed"]),
        (
            "deep.pdf",
            pdf(&format!("/X {}{}", "[".repeat(20_000), "]".repeat(20_000)), PAGES, act, ""),
            &["ok", "error malformed", "error reader_died"],
        ),
        (
            "cycle.pdf",
            pdf("", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>", act, ""),
            &["ok", "error malformed", "error time_limit", "error reader_died"],
        ),
        (
            "self.pdf",
            pdf(
                "",
                PAGES,
                b"/X Do /X Do /X Do /X Do",
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>",
            ),
            &["ok", "error time_limit", "error reader_died"],
        ),
        ("bomb.pdf", spread, &["ok", "error time_limit", "error reader_died", "error expands_too_much"]),
    ]
}

fn records(report: &Path) -> BTreeMap<String, String> {
    let run: serde_json::Value = serde_json::from_slice(&fs::read(report.join("run.json")).unwrap()).unwrap();
    let told = |file: &serde_json::Value| {
        let reason = file["reason"].as_str().map(|reason| format!(" {reason}")).unwrap_or_default();
        (file["path"].as_str().unwrap().to_owned(), format!("{}{reason}", file["status"].as_str().unwrap()))
    };
    run["files"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn hostile_files_cost_themselves_only() {
    let folder = tempfile::tempdir().unwrap();
    let files = hostile();
    for (name, bytes, _) in &files {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let began = Instant::now();
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["analyze", "in", "--out", "report", "--jobs", "2"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{stderr}");
    assert!(began.elapsed() < Duration::from_secs(300));
    let records = records(&folder.path().join("report"));
    for (name, _, expected) in &files {
        let found = records.get(*name).map(String::as_str);
        assert!(found.is_some_and(|found| expected.contains(&found)), "{name}: {found:?}, expected {expected:?}");
    }
    let named = |path: &str| records.get(path).map(String::as_str);
    assert_eq!(named("slip.zip/\\x2e\\x2e/\\x2e\\x2e/slip.txt"), Some("partial unsafe_name"));
    assert_eq!(named("lines.jsonl/a"), Some("ok"));
    assert_eq!(named("lines.jsonl/#2"), Some("error malformed"));
    let mentions = fs::read_to_string(folder.path().join("report/mentions.jsonl")).unwrap();
    for name in [
        "good.docx",
        "good.doc",
        "good.pdf",
        "good.zip/a.txt",
        "lies/docx.txt",
        "lies/pdf.html",
        "attributes.docx",
        "deep.docx",
    ] {
        assert!(mentions.contains(&format!("\"document\":\"{name}\"")), "{name} has mentions");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing beside the inputs and the report: {left:?}");
}

/// The same numbers in every run: a file that fails can be made again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    /// Bytes with a few changes: another byte, a piece missing, a piece twice, a mark of the format.
    fn mutate(&mut self, bytes: &[u8]) -> Vec<u8> {
        const MARKS: [&[u8]; 12] = [
            b"<",
            b">",
            b"{",
            b"}",
            b"\\u-1 ",
            b"\\'",
            b"</w:p>",
            b"<w:tbl>",
            b"<w:tc>",
            b"&#x110000;",
            b"\0",
            b"\\bin9 ",
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..[1, 3, 10, 50][self.roll(4)] {
            let at = self.roll(bytes.len());
            let end = (at + self.roll(40)).min(bytes.len());
            match self.roll(4) {
                0 if at < bytes.len() => bytes[at] = self.roll(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                _ => drop(bytes.splice(at..at, MARKS[self.roll(MARKS.len())].to_vec())),
            }
        }
        bytes
    }
}

#[test]
fn mutants_are_records_and_never_panics() {
    use tongwen::read::{Limits, Metadata, Reason, WalkOptions, read_all, walk};
    let folder = tempfile::tempdir().unwrap();
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("年"), paragraph("元"));
    let body = format!(
        "{}{table}<w:p><w:r><w:t>甲<w:br/></w:t></w:r><w:del><w:r/></w:del></w:p>{}",
        paragraph(LAW),
        paragraph(LAW)
    );
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let rich = b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 x;}}\\f0\\'b5\\'da\\u19968?\\par{\\footnote n}\\trowd a\\cell b\\cell\\row}";
    let mut dice = Dice(7);
    for n in 0..150 {
        let part = dice.mutate(document.as_bytes());
        let parts: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &part)];
        let whole = zipped(&parts);
        let files = [
            ("docx", whole.clone()),
            ("zip", dice.mutate(&whole)),
            ("rtf", dice.mutate(rich)),
            ("html", dice.mutate(format!("<html><table><tr><td>{LAW}<td>x</table><pre>a</pre>").as_bytes())),
            ("jsonl", dice.mutate(format!("{{\"id\":\"a\",\"text\":\"{LAW}\",\"date\":\"2016-11-07\"}}\n").as_bytes())),
            ("doc", dice.mutate(include_bytes!("documents/notice.doc"))),
            ("csv", dice.mutate(format!("id,text,date\n1,\"{LAW}\",2016-11-07\n").as_bytes())),
        ];
        for (kind, bytes) in files {
            fs::write(folder.path().join(format!("{n}.{kind}")), bytes).unwrap();
        }
    }
    let mut count = 0;
    for source in walk(&[folder.path().to_owned()], &WalkOptions::default()).unwrap() {
        read_all(&source, &Metadata::none(), &Limits::default(), &mut |reading| {
            assert_ne!(reading.record.reason, Some(Reason::Internal), "{}", reading.record.path);
            count += 1;
            std::ops::ControlFlow::Continue(())
        });
    }
    assert!(count >= 1_050, "{count}");
}
