//! What the page calls things, in the two languages of its interface.

use serde::Serialize;

/// The same words for both kinds of readers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Both {
    pub(super) en: String,
    pub(super) zh: String,
}

impl Both {
    /// Both wordings.
    pub(super) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// A word that reads the same in both.
    pub(super) fn same(text: &str) -> Self {
        Self::new(text, text)
    }
}

/// Status of an instrument in the registry.
pub(super) fn status(code: &str) -> Both {
    look_up(STATUS, code)
}

/// Level of an instrument.
pub(super) fn level(code: &str) -> Both {
    look_up(LEVEL, code)
}

/// How exact a date is.
pub(super) fn grain(code: &str) -> Both {
    look_up(GRAIN, code)
}

/// Currency of an amount.
pub(super) fn currency(code: &str) -> Both {
    look_up(CURRENCY, code)
}

/// Why a file was not simply read.
pub(super) fn reason(code: &str) -> Both {
    look_up(REASON, code)
}

fn look_up(words: &[(&str, &str, &str)], code: &str) -> Both {
    let known = words.iter().find(|(name, _, _)| *name == code);
    known.map_or_else(|| Both::same(&code.replace('_', " ")), |(_, en, zh)| Both::new(*en, *zh))
}

const STATUS: &[(&str, &str, &str)] = &[
    ("", "not in the registry", "未收录"),
    ("in_force", "in force", "现行有效"),
    ("amended", "amended", "已修改"),
    ("repealed", "repealed", "已废止"),
    ("superseded", "superseded", "已被取代"),
    ("draft", "draft", "草案"),
    ("signed", "signed", "已签署"),
    ("negotiated", "negotiated", "已谈成"),
    ("unverified", "not verified", "未核实"),
];

const LEVEL: &[(&str, &str, &str)] = &[
    ("constitution", "constitution", "宪法"),
    ("law", "law", "法律"),
    ("decision", "decision", "决定"),
    ("administrative_regulation", "administrative regulation", "行政法规"),
    ("departmental_rule", "departmental rule", "部门规章"),
    ("normative_document", "normative document", "规范性文件"),
    ("judicial_interpretation", "judicial interpretation", "司法解释"),
    ("local_regulation", "local regulation", "地方性法规"),
    ("party_regulation", "Party regulation", "党内法规"),
    ("party_decision", "Party decision", "党的决定"),
    ("plan", "plan", "规划"),
    ("opinion", "opinion", "意见"),
    ("draft", "draft", "草案"),
    ("standard", "standard", "标准"),
    ("treaty", "treaty", "条约"),
    ("declaration", "declaration", "宣言"),
    ("recommendation", "recommendation", "建议书"),
    ("initiative", "initiative", "倡议"),
    ("white_paper", "white paper", "白皮书"),
    ("act", "act", "法案"),
    ("ordinance", "ordinance", "条例"),
    ("regulation_eu", "EU regulation", "欧盟条例"),
    ("directive_eu", "EU directive", "欧盟指令"),
    ("executive_order", "executive order", "行政命令"),
    ("federal_regulation", "federal regulation", "联邦法规"),
];

const GRAIN: &[(&str, &str, &str)] = &[
    ("day", "day", "日"),
    ("week", "week", "周"),
    ("month", "month", "月"),
    ("quarter", "quarter", "季度"),
    ("half", "half-year", "半年"),
    ("season", "season", "季节"),
    ("year", "year", "年"),
    ("decade", "decade", "年代"),
    ("century", "century", "世纪"),
];

const CURRENCY: &[(&str, &str, &str)] = &[
    ("CNY", "yuan (CNY)", "人民币（CNY）"),
    ("USD", "US dollars (USD)", "美元（USD）"),
    ("EUR", "euros (EUR)", "欧元（EUR）"),
    ("HKD", "Hong Kong dollars (HKD)", "港元（HKD）"),
    ("GBP", "pounds (GBP)", "英镑（GBP）"),
    ("JPY", "yen (JPY)", "日元（JPY）"),
];

const REASON: &[(&str, &str, &str)] = &[
    ("not_found", "gone while the run was going", "运行时已不存在"),
    ("permission_denied", "no permission to read it", "没有读取权限"),
    ("io_error", "disk or network fault", "磁盘或网络故障"),
    ("too_large", "too large", "文件过大"),
    ("not_a_regular_file", "not a regular file", "不是普通文件"),
    ("symlink", "symbolic link", "符号链接"),
    ("changed_while_reading", "changed while being read", "读取时被修改"),
    ("binary", "not text", "不是文本"),
    ("unsupported_format", "no reader for this format", "不支持的格式"),
    ("unsupported_encoding", "no decoder for this encoding", "不支持的编码"),
    ("invalid_bytes", "some bytes mean nothing in its encoding", "部分字节在其编码中无效"),
    ("low_confidence_encoding", "encoding guessed from too little", "编码依据不足，仅为推测"),
    ("too_deep", "nested too deep, flattened", "嵌套过深，已展平"),
    ("internal", "a reader gave up", "读取程序出错"),
];

/// What became of a file.
pub(super) fn file_status(code: &str) -> Both {
    look_up(FILE_STATUS, code)
}

const FILE_STATUS: &[(&str, &str, &str)] = &[
    ("ok", "read", "已读取"),
    ("partial", "read in part", "部分读取"),
    ("error", "not read", "未能读取"),
    ("skip", "left out", "已跳过"),
];

/// What happened to a term in a period.
pub(super) fn change(code: &str) -> Both {
    look_up(CHANGE, code)
}

const CHANGE: &[(&str, &str, &str)] = &[
    ("DEBUT", "new", "首次出现"),
    ("RISE", "rising", "上升"),
    ("FALL", "falling", "下降"),
    ("RETURN", "back", "重新出现"),
    ("VANISHED", "gone", "消失"),
];
