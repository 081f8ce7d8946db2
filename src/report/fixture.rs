//! A made-up run over real law names, large enough to look at and to draw.

use std::collections::BTreeMap;

use jiff::civil::date;
use serde_json::json;

use super::{Report, RunInfo, Timing};
use crate::{
    count::{
        DateRow, DocumentRow, FigureRow, LawRow, Matrix, MatrixItem, Network, NetworkEdge, NetworkNode, PairRow, Quote,
        Summary, TermRow, Unit,
    },
    read::{FileRecord, Reason, Status},
    text::Language::{self, En, Zh},
};

/// A run that owns its numbers.
pub(super) struct Case {
    pub(super) summary: Summary,
    pub(super) files: Vec<FileRecord>,
    pub(super) run: RunInfo,
}

impl Case {
    pub(super) fn report(&self) -> Report<'_> {
        Report { summary: &self.summary, files: &self.files, run: &self.run }
    }
}

/// 44 documents of both languages, 2003 to 2025, and two files that could not be read in full.
pub(super) fn case() -> Case {
    let documents = documents();
    let mut files: Vec<FileRecord> = documents.iter().map(|document| record(&document.id, Status::Ok)).collect();
    files[3].status = Status::Partial;
    files[3].reason = Some(Reason::InvalidBytes);
    files[3].detail = Some("7 places were replaced".into());
    files.push(FileRecord {
        reason: Some(Reason::PermissionDenied),
        detail: Some("Permission denied (os error 13)".into()),
        ..record("zh/locked.txt", Status::Error)
    });
    files.push(FileRecord { reason: Some(Reason::Binary), ..record("zh/logo.png", Status::Skip) });
    let mut summary = Summary {
        laws: laws(),
        dates: dates(),
        figures: figures(),
        terms: terms(),
        network: network(&pairs()),
        pairs: pairs(),
        matrix: matrix(),
        documents,
        ..Summary::default()
    };
    let totals = &mut summary.totals;
    totals.documents = summary.documents.len() as u64;
    totals.sentences = 12_418;
    totals.tokens = BTreeMap::from([(Zh, 214_903), (En, 96_277)]);
    totals.types = BTreeMap::from([(Zh, 9_812), (En, 6_120)]);
    totals.mentions = BTreeMap::from([("law", 1_911), ("date", 870), ("money", 212), ("article_ref", 640)]);
    totals.laws = summary.laws.len() as u64;
    totals.unlisted_laws = summary.laws.iter().filter(|law| !law.listed).count() as u64;
    Case { summary, files, run: run() }
}

fn run() -> RunInfo {
    let parameters = [
        ("inputs", json!(["policy-papers"])),
        ("command", json!("tongwen analyze policy-papers --out report --group-by issuer")),
        ("group_by", json!("issuer")),
        ("rules", json!("built-in")),
        ("top_terms", json!(1000)),
    ];
    RunInfo {
        version: "0.1.0".into(),
        parameters: parameters.map(|(name, value)| (name.to_owned(), value)).into(),
        warnings: vec!["the table of metadata names zh/lost.txt, which is not among the inputs".into()],
        sheet_rows: 3_000,
        rules_fingerprint: "sha256:5e0f3c1a9b".into(),
        registry_fingerprint: "sha256:77ab0192cd".into(),
        timing: Timing { seconds: 1.84, bytes: 9_516_000, threads: 2, reused: 0 },
    }
}

fn record(path: &str, status: Status) -> FileRecord {
    FileRecord {
        path: path.into(),
        status,
        reason: None,
        detail: None,
        offset: None,
        count: None,
        encoding: Some("UTF-8"),
        format: Some("markdown"),
        bytes: 18_220,
        sha256: Some("9f2c".into()),
    }
}

const YEARS: [i16; 44] = [
    2003, 2005, 2005, 2010, 2012, 2013, 2014, 2015, 2015, 2016, 2016, 2016, 2017, 2017, 2017, 2017, 2018, 2018, 2019,
    2019, 2019, 2020, 2020, 2020, 2020, 2021, 2021, 2021, 2021, 2021, 2021, 2022, 2022, 2022, 2022, 2023, 2023, 2023,
    2024, 2024, 2024, 2024, 2025, 2025,
];

fn documents() -> Vec<DocumentRow> {
    let mut documents: Vec<DocumentRow> = YEARS.iter().enumerate().map(|(at, year)| document(at, *year)).collect();
    documents.sort_by(|left, right| left.id.cmp(&right.id));
    documents
}

fn document(at: usize, year: i16) -> DocumentRow {
    let english = at % 3 == 2;
    let language = if english { En } else { Zh };
    let title = match (english, at % 4) {
        (true, 0 | 1) => format!("China's Law-Based Cyberspace Governance in the New Era ({year})"),
        (true, _) => format!("Regulations on Network Data Security Management, explained ({year})"),
        (false, 0 | 1) => format!("新时代的中国网络法治建设（{year}年）"),
        (false, _) => format!("国务院关于加强数字政府建设的指导意见（{year}年）"),
    };
    DocumentRow {
        id: format!("{}/{year}-{at:02}.md", language.code()),
        title: Some(title),
        date: Some(date(year, (at % 12 + 1) as i8, (at % 27 + 1) as i8)),
        issuer: Some(if english { "State Council Information Office" } else { "国务院" }.into()),
        group: None,
        language: Some(language),
        characters: 18_000 + 300 * at as u64,
        sentences: 240 + at as u64,
        tokens: Language::ALL.map(|of| if of == language { 7_000 + at as u64 } else { 0 }),
        mentions: crate::value::Kind::ALL.map(|kind| match kind {
            crate::value::Kind::Law => 30 + at as u64,
            crate::value::Kind::Date => 12,
            _ => 0,
        }),
        laws: 4 + (at % 9) as u64,
        ..DocumentRow::default()
    }
}

const ZH: &str = "zh/2016-09.md";
const EN: &str = "en/2021-26.md";

fn matrix() -> Matrix {
    let items = ["安全", "数据"].map(|name| MatrixItem { name: name.into(), kind: "word" }).to_vec();
    let (counts, likeness) = (vec![9, 4, 4, 6], vec![1.0, 0.25, 0.25, 1.0]);
    Matrix { items, counts, likeness, order: vec![0, 1], merges: vec![(0, 1, 0.75)] }
}

/// A sentence with one mention in it.
pub(super) fn quote(document: &str, sentence: &str, mention: &str, locator: &str) -> Quote {
    let at = sentence.find(mention).unwrap_or_else(|| panic!("{mention} in {sentence}"));
    let start = sentence[..at].chars().count() as u32;
    Quote {
        document: document.into(),
        start: 1204,
        sentence: sentence.into(),
        mention: (start, start + mention.chars().count() as u32),
        locator: locator.into(),
    }
}

/// Id, both names, promulgated, effective, mentions in Chinese and in English, documents.
type Facts = (&'static str, &'static str, &'static str, &'static str, &'static str, u64, u64, u64);

#[rustfmt::skip]
const LAWS: &[Facts] = &[
    ("cybersecurity-law", "网络安全法", "Cybersecurity Law", "2016-11-07", "2017-06-01", 214, 96, 41),
    ("data-security-law", "数据安全法", "Data Security Law", "2021-06-10", "2021-09-01", 151, 70, 33),
    ("personal-information-protection-law", "个人信息保护法", "Personal Information Protection Law", "2021-08-20", "2021-11-01", 140, 66, 29),
    ("civil-code", "民法典", "Civil Code", "2020-05-28", "2021-01-01", 88, 41, 22),
    ("e-commerce-law", "电子商务法", "E-Commerce Law", "2018-08-31", "2019-01-01", 64, 30, 18),
    ("national-security-law", "国家安全法", "National Security Law", "2015-07-01", "2015-07-01", 57, 12, 15),
    ("criminal-law", "刑法", "Criminal Law", "1979-07-01", "1997-10-01", 50, 22, 17),
    ("cryptography-law", "密码法", "Cryptography Law", "2019-10-26", "2020-01-01", 44, 0, 9),
    ("electronic-signature-law", "电子签名法", "Electronic Signature Law", "2004-08-28", "2005-04-01", 31, 14, 12),
    ("anti-telecom-and-online-fraud-law", "反电信网络诈骗法", "Anti-Telecom and Online Fraud Law", "2022-09-02", "2022-12-01", 27, 13, 8),
    ("tort-law", "侵权责任法", "Tort Law", "2009-12-26", "2010-07-01", 19, 9, 7),
    ("export-control-law", "出口管制法", "Export Control Law", "2020-10-17", "2020-12-01", 0, 21, 6),
];

fn laws() -> Vec<LawRow> {
    let mut rows: Vec<LawRow> = LAWS.iter().map(law).collect();
    rows.push(unlisted("x-3f9a1c", Some("数据要素市场化配置改革方案"), None, 11));
    rows.push(unlisted("x-81be02", None, Some("Interim Measures for the Management of Generative AI Services"), 9));
    rows.push(unlisted("x-c0ffee", Some("未成年人网络保护条例（征求意见稿）"), None, 4));
    rows
}

fn law(&(id, zh, en, promulgated, effective, named_zh, named_en, documents): &Facts) -> LawRow {
    let first: i16 = promulgated[..4].parse().unwrap();
    let anaphora = (named_zh + named_en) / 5;
    let zh_sentence = format!(
        "2016年以来，国务院网信部门依照《中华人民共和国{zh}》第二十一条的规定，会同有关部门建立等级保护制度，超过1400万元的项目应当备案。"
    );
    let en_sentence = format!(
        "Operators shall, in accordance with Article 21 of the {en} of the People's Republic of China, fulfil their obligations of protection before the end of the year."
    );
    let quotes = [
        quote(ZH, &zh_sentence, &format!("《中华人民共和国{zh}》"), "第二章 · 第二十一条 · ¶3"),
        quote(
            EN,
            &en_sentence,
            &format!("{en} of the People's Republic of China"),
            "II. A Sound Legal Framework · ¶12",
        ),
        quote("zh/2021-27.md", &format!("违反{zh}的，依法处理。"), zh, "第六章 · 第七十四条"),
    ];
    LawRow {
        id: format!("cn-{id}"),
        title_zh: Some(format!("中华人民共和国{zh}")),
        title_en: Some(format!("{en} of the People's Republic of China")),
        listed: true,
        jurisdiction: "CN".into(),
        level: "law".into(),
        status: if id == "tort-law" { "repealed" } else { "in_force" }.into(),
        identifiers: vec![format!("/akn/cn/act/{promulgated}/{id}")],
        promulgated: promulgated.into(),
        effective: effective.into(),
        mentions: named_zh + named_en + anaphora,
        named: by_language(named_zh, named_en),
        anaphora,
        article_refs: documents * 3,
        documents_by_language: by_language(documents.min(named_zh), (documents / 3).min(named_en)),
        documents,
        first_document: Some(date(first.max(2003), 11, 7)),
        last_document: Some(date(2025, 3, 1)),
        by_year: (first.max(2003)..=2025)
            .map(|year| (year, (i64::from(year) * 7919 % 23) as u64 * named_zh.max(20) / 300))
            .collect(),
        surfaces: vec![
            (format!("《中华人民共和国{zh}》"), named_zh / 2),
            (format!("《{zh}》"), named_zh - named_zh / 2),
            (format!("{en} of the People's Republic of China"), named_en / 2),
            (en.to_owned(), named_en - named_en / 2),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect(),
        articles: [
            ("a21", 18),
            ("a37", 11),
            ("a21.p1", 5),
            ("a76", 5),
            ("a9", 3),
            ("a31", 2),
            ("a293.p1.i1", 1),
            ("ch3", 1),
        ]
        .map(|(article, count)| (article.to_owned(), count))
        .into(),
        quotes: quotes.into_iter().filter(|quote| named_en > 0 || &*quote.document != EN).collect(),
        ..LawRow::default()
    }
}

fn by_language(zh: u64, en: u64) -> BTreeMap<Language, u64> {
    [(Zh, zh), (En, en)].into_iter().filter(|(_, count)| *count > 0).collect()
}

fn unlisted(id: &str, zh: Option<&str>, en: Option<&str>, mentions: u64) -> LawRow {
    let name = zh.or(en).unwrap_or_default();
    let language = if zh.is_some() { Zh } else { En };
    LawRow {
        id: id.into(),
        title_zh: zh.map(str::to_owned),
        title_en: en.map(str::to_owned),
        mentions,
        named: BTreeMap::from([(language, mentions)]),
        documents_by_language: BTreeMap::from([(language, 3)]),
        documents: 3,
        first_document: Some(date(2022, 12, 2)),
        last_document: Some(date(2024, 1, 9)),
        by_year: BTreeMap::from([(2022, mentions / 2), (2023, 0), (2024, mentions - mentions / 2)]),
        surfaces: vec![(name.to_owned(), mentions)],
        quotes: vec![quote("zh/2022-33.md", &format!("为落实{name}，制定本办法。"), name, "第一条")],
        ..LawRow::default()
    }
}

fn dates() -> Vec<DateRow> {
    (0..40)
        .map(|at| {
            let year = [
                1949, 1982, 1994, 2000, 2003, 2005, 2008, 2010, 2012, 2013, 2014, 2015, 2016, 2016, 2017, 2017, 2018,
                2018, 2019, 2019, 2019, 2020, 2020, 2020, 2021, 2021, 2021, 2021, 2021, 2022, 2022, 2022, 2022, 2023,
                2023, 2024, 2025, 2027, 2030, 2035,
            ][at as usize];
            let (month, day) = ((at % 12 + 1) as i8, (at % 27 + 1) as i8);
            let (value, grain, first, last, written): (String, _, _, _, String) = match at % 4 {
                0 => (format!("{year}"), "year", date(year, 1, 1), date(year, 12, 31), format!("{year}年")),
                1 => (
                    format!("{year}-{month:02}"),
                    "month",
                    date(year, month, 1),
                    date(year, month, 28),
                    format!("{year}年{month}月"),
                ),
                _ => (
                    format!("{year}-{month:02}-{day:02}"),
                    "day",
                    date(year, month, day),
                    date(year, month, day),
                    format!("{year}年{month}月{day}日"),
                ),
            };
            let period = at == 36;
            DateRow {
                value: if period { "2021/2025".into() } else { value },
                kind: if period { "daterange" } else { "date" },
                grain,
                first: Some(first),
                last: Some(last),
                mentions: 3 + (at * 37 % 29) as u64,
                documents: 1 + (at % 9) as u64,
                quotes: vec![quote(
                    ZH,
                    &format!("《中华人民共和国网络安全法》自{written}起施行。"),
                    &written,
                    "附则 · 第七十九条",
                )],
            }
        })
        .collect()
}

fn figures() -> Vec<FigureRow> {
    let mut rows = Vec::new();
    for at in 0..40_u64 {
        let (kind, unit, low, modifier, written) = match at % 5 {
            0 => ("money", "CNY", format!("{}", (at + 1) * 14_000_000), "gt", format!("超过{}万元", (at + 1) * 1400)),
            1 => ("percent", "%", format!("{}.4", 99 - at), "", format!("{}.4%", 99 - at)),
            2 => ("figure", "case", format!("{}", at * 1_250), "approx", format!("约{}起案件", at * 1_250)),
            3 => ("duration", "P", "15".into(), "le", "15个工作日".into()),
            _ => ("money", "USD", format!("{}.5", at * 1_000), "", format!("{}.5美元", at * 1_000)),
        };
        let sentence = format!("截至2023年底，全国依法办理涉及金额或者数量为{written}的网络案件，较上年有所增加。");
        let high = if at == 10 { "200000000".into() } else { low.clone() };
        rows.push(FigureRow {
            kind,
            value: format!("{unit} {low}"),
            low,
            high,
            unit: if kind == "duration" { "P15BD".into() } else { unit.into() },
            modifier: if at == 10 { "" } else { modifier },
            per: if at == 7 { "year".into() } else { String::new() },
            mentions: 41 - at,
            documents: 1 + at % 6,
            quotes: vec![quote(ZH, &sentence, &written, "一、总体要求 · ¶2")],
        });
    }
    rows
}

const ZH_TERMS: &str = "数据 网络 安全 信息 管理 个人 服务 国家 部门 保护 互联网 规定 发展 平台 技术 企业 建设 政府 社会 用户 监督 关键 基础 设施 运营者 法律 人工智能 算法 未成年人 治理 数字 经济 创新 标准 责任 处罚 评估 跨境 传输 新质生产力";
const EN_TERMS: &str = "data cyberspace security information personal network protection service state government platform development technology internet rights public enterprise administration cyber digital law-based governance users infrastructure operators minors algorithm artificial-intelligence economy innovation standard liability penalty assessment cross-border transfer judicial cooperation global rule";

fn terms() -> Vec<TermRow> {
    let words =
        |list: &'static str, language| list.split(' ').enumerate().map(move |(at, term)| (term, language, at as u64));
    let mut rows: Vec<TermRow> = words(ZH_TERMS, Zh)
        .chain(words(EN_TERMS, En))
        .map(|(term, language, at)| {
            let tf = if language == Zh { 4_200 } else { 2_100 } / (at + 1);
            let quotes = if at > 20 {
                vec![]
            } else if language == Zh {
                vec![quote(
                    ZH,
                    &format!("坚持统筹发展和安全，依法加强{term}工作，维护公民、法人和其他组织的合法权益。"),
                    term,
                    "总则 · ¶1",
                )]
            } else {
                vec![quote(
                    EN,
                    &format!(
                        "China has continued to improve {term} and to promote law-based governance in cyberspace."
                    ),
                    term,
                    "Preamble · ¶2",
                )]
            };
            let pmw = tf as f64 / if language == Zh { 0.214_903 } else { 0.096_277 };
            TermRow {
                term: term.into(),
                language: Some(language),
                kind: "word",
                tf,
                df: 44 - at.min(40),
                pmw,
                stop: false,
                quotes,
                ..TermRow::default()
            }
        })
        .collect();
    rows.push(TermRow {
        term: "的".into(),
        language: Some(Zh),
        kind: "word",
        tf: 9_001,
        df: 30,
        pmw: 41_884.0,
        stop: true,
        quotes: vec![],
        ..TermRow::default()
    });
    rows.push(TermRow {
        term: "中华人民共和国网络安全法".into(),
        language: Some(Zh),
        kind: "law",
        tf: 214,
        df: 28,
        pmw: 995.8,
        stop: false,
        quotes: vec![],
        ..TermRow::default()
    });
    rows.sort_by(|left, right| right.tf.cmp(&left.tf).then_with(|| left.term.cmp(&right.term)));
    rows
}

/// The names of the pairs, tied as they are.
fn network(pairs: &[PairRow]) -> Network {
    let mut network = Network::default();
    for pair in pairs {
        let mut place = |name: &str, kind: &'static str| {
            let id = format!("{kind}:{name}");
            let known = network.nodes.iter().position(|node| node.id == id);
            let at = known.unwrap_or(network.nodes.len());
            if known.is_none() {
                let language = Some(if name.is_ascii() { En } else { Zh });
                let (label, community) = (name.replace('_', " "), at as u32 % 5);
                let (tf, df) = (pair.n_a, pair.n_b);
                network.nodes.push(NetworkNode {
                    id,
                    label,
                    kind,
                    language,
                    tf,
                    df,
                    degree: 0,
                    strength: 0.0,
                    community,
                });
            }
            network.nodes[at].degree += 1;
            network.nodes[at].strength += pair.n_ab as f64;
            at
        };
        let (a, b) = (place(&pair.a, pair.kinds.0), place(&pair.b, pair.kinds.1));
        let (weight, npmi, logdice, g2, q) = (pair.n_ab as f64, pair.npmi, pair.logdice, pair.g2, 0.001);
        network.edges.push(NetworkEdge { a, b, weight, npmi, logdice, g2, q });
    }
    network
}

fn pairs() -> Vec<PairRow> {
    let zh: Vec<&str> =
        ZH_TERMS.split(' ').take(14).chain(["中华人民共和国网络安全法", "中华人民共和国数据安全法"]).collect();
    let en: Vec<&str> =
        EN_TERMS.split(' ').take(12).chain(["Data_Security_Law_of_the_People's_Republic_of_China"]).collect();
    let mut rows = Vec::new();
    for (words, step) in [(&zh, 3), (&en, 4)] {
        for left in 0..words.len() {
            for right in (left + 1..words.len()).step_by(step) {
                let n_ab = (600 / (left + right + 1)) as u64 % 97 + 2;
                let sentence = format!("{} — {}.", words[left], words[right]);
                let kind = |term: &str| {
                    if term.chars().count() > 11 && (term.contains('_') || !term.is_ascii()) { "law" } else { "word" }
                };
                rows.push(PairRow {
                    unit: Unit::Sentence,
                    ids: (None, None),
                    first: None,
                    a: words[left].into(),
                    b: words[right].into(),
                    kinds: (kind(words[left]), kind(words[right])),
                    n_ab,
                    n_a: n_ab * 3,
                    n_b: n_ab * 2 + 5,
                    total: 12_418,
                    npmi: 0.15 + (n_ab % 60) as f64 / 80.0,
                    logdice: 7.0 + (n_ab % 50) as f64 / 8.0,
                    g2: n_ab as f64 * 9.37,
                    q: 0.001,
                    quotes: vec![quote(ZH, &sentence, words[left], "第三章 · 第四十条")],
                });
            }
        }
    }
    rows.sort_by(|left, right| {
        right.g2.total_cmp(&left.g2).then_with(|| (&left.a, &left.b).cmp(&(&right.a, &right.b)))
    });
    rows
}

/// 4,000 documents, long titles and sentences, and lists far longer than the page shows.
pub(super) fn large() -> Case {
    let mut case = case();
    let summary = &mut case.summary;
    let long = |text: &str| text.repeat(1 + 400 / text.len());
    summary.documents =
        (0..4_000).map(|at| DocumentRow { id: format!("zh/{at:04}.md"), ..document(at, YEARS[at % 44]) }).collect();
    case.files = summary.documents.iter().map(|document| record(&document.id, Status::Partial)).collect();
    let repeat = |at: usize, quotes: &[Quote]| -> Vec<Quote> {
        let quote = |quote: &Quote| Quote {
            document: format!("zh/{at:04}.md").into(),
            sentence: long(&quote.sentence).into(),
            ..quote.clone()
        };
        quotes.iter().chain(quotes).chain(quotes).map(quote).collect()
    };
    summary.laws = (0..3_000)
        .map(|at| {
            let law = &summary.laws[at % 15];
            LawRow { id: format!("{}-{at}", law.id), quotes: repeat(at, &law.quotes), ..law.clone() }
        })
        .collect();
    summary.dates = (0..5_000)
        .map(|at| DateRow { quotes: repeat(at, &summary.dates[at % 40].quotes), ..summary.dates[at % 40].clone() })
        .collect();
    summary.figures = (0..5_000)
        .map(|at| FigureRow {
            quotes: repeat(at, &summary.figures[at % 40].quotes),
            ..summary.figures[at % 40].clone()
        })
        .collect();
    summary.terms = (0..5_000)
        .map(|at| TermRow { quotes: repeat(at, &summary.terms[at % 80].quotes), ..summary.terms[at % 80].clone() })
        .collect();
    summary.pairs = (0..5_000)
        .map(|at| PairRow { quotes: repeat(at, &summary.pairs[at % 60].quotes), ..summary.pairs[at % 60].clone() })
        .collect();
    case
}
