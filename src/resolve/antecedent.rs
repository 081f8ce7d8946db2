//! Which instrument 本法, 该条例, "this Act" or a bare 第二十二条 refers to.
//!
//! 本条例 in 《个人所得税法实施条例》 is the document itself; 本條例 in its rules of application is what
//! （以下簡稱本條例） said; 该法 is the law named last that is a 法 and not a 决定.
//!
//! Always true: an antecedent fits the head noun of what refers to it, or there is none.

use memchr::memmem;

use super::{EntityIx, amending, context::Context, title::fold};
use crate::{
    extract::{Anaphor, law::wording::without_additions},
    ruleset::Ruleset,
};

/// The instrument behind an anaphor, and whether a definition of the document says so.
pub(super) fn of_anaphor(words: &str, anaphor: &Anaphor, context: &Context) -> Option<(EntityIx, bool)> {
    let undetermined = words.split_once(' ').map_or(words, |(_, rest)| rest);
    // "the amended Statute"
    let told = ["new ", "revised ", "amended ", "draft ", "said ", "newly revised ", "newly amended ", "newly issued "]
        .iter()
        .find_map(|told| undetermined.strip_prefix(told));
    for form in [words, undetermined, told.unwrap_or(undetermined)] {
        if let Some(short) = context.short_forms.get(&fold(form)) {
            return Some((short.entity, true));
        }
    }
    if let Some(plan) = of_plan(undetermined, anaphor, context) {
        return Some((plan, false));
    }
    // "This Convention" in the schedule of an act that carries it out is not the act.
    let pact = matches!(anaphor.head.as_str(), "agreement" | "convention" | "treaty" | "protocol" | "declaration");
    if anaphor.own && pact && matches!(main_head(&context.own_title).as_str(), "act" | "law" | "statute") {
        let first = context.recent.iter().find(|(title, _)| {
            main_head(title) == anaphor.head || NAMED.contains(&&*anaphor.head) && is_called(title, &anaphor.head)
        });
        return first.map(|(_, entity)| (*entity, false));
    }
    // "This Law" in the new wording of a law that a decision amends
    if anaphor.own
        && anaphor.head.is_ascii()
        && !matches!(anaphor.head.as_str(), "decision" | "document")
        && context.amended.is_some()
        && amending::english::is_decision(&context.own_title)
    {
        return context.amended.map(|entity| (entity, false));
    }
    if anaphor.own {
        if let Some((_, entity)) = context.headings.iter().rev().find(|(title, _)| fits(title, &anaphor.head)) {
            return Some((*entity, false));
        }
        // "This statute" in a report is the one spoken of last; "this Act" is always the text's own.
        if context.own.is_none() && matches!(undetermined, "statute" | "law" | "directive" | "legislation") {
            let heads: &[&str] =
                if undetermined == "directive" { &["directive"] } else { &["act", "law", "code", "statute"] };
            let last = context.recent.iter().rev().find(|(title, _)| heads.iter().any(|head| fits(title, head)));
            return last.map(|(_, entity)| (*entity, false));
        }
        return context
            .own
            .filter(|_| {
                // 農業部公告：預告修正…辦法 is an announcement.
                let kind = context.own_title.split_once(['：', ':']).map_or("", |(kind, _)| kind);
                let told = !anaphor.head.is_ascii() && kind.ends_with(&anaphor.head);
                told || fits(&context.own_title, &anaphor.head) || is_any(&anaphor.head)
            })
            .map(|own| (own, false));
    }
    // "The Regulations shall be enforced …" in regulations are these.
    if words.starts_with(['t', 'T'])
        && words[1..].starts_with("he ")
        && let Some(own) = context.own.filter(|_| main_head(&context.own_title) == anaphor.head.trim_end_matches('s'))
    {
        return Some((own, false));
    }
    // "Enforcement Rules for the Forestry Act" are rules and no act; "the Executive Order" that an order speaks of is another one.
    let stem = anaphor.head.trim_end_matches('s');
    let called = |title: &str, entity: EntityIx| {
        if !stem.is_ascii() {
            return fits(title, &anaphor.head);
        }
        if NAMED.contains(&stem) {
            return is_called(title, stem);
        }
        let main = main_head(title);
        // "The statute" is an act, a law or a code.
        let statute =
            stem == "statute" && words.ends_with("statute") && matches!(main.as_str(), "act" | "law" | "code");
        statute
            || main == stem
            || !TITLE_HEADS.contains(&stem) && Some(entity) != context.own && fits(title, &anaphor.head)
    };
    // "Directive 2000/31/EC … That Directive": what was called by its number last.
    // "Article 9 of Decision No 1313/2013/EU and Article 3 of the same Decision"
    let that = words.get(..5).is_some_and(|that| that.eq_ignore_ascii_case("that ")) || words.starts_with("the same ");
    if that && let Some(entity) = context.numbered.get(&anaphor.head) {
        return Some((*entity, false));
    }
    // "section 530 of the Criminal Code … section 531 of that Act", "the Canada Pension Plan … that Act": the last statute.
    if stem == "act" && words.starts_with("that ") {
        // Canada's codes and plans are acts.
        let canadian = |title: &str| title == "Criminal Code" || title.starts_with("Canada ");
        let statute = |title: &str| matches!(main_head(title).as_str(), "act" | "law" | "statute") || canadian(title);
        return context.recent.iter().rev().find(|(title, _)| statute(title)).map(|(_, entity)| (*entity, false));
    }
    // "the Act" of regulations is the one under which they are made, whatever others they name.
    if stem == "act"
        && words == "the Act"
        && let Some(entity) = context.enabling
    {
        return Some((entity, false));
    }
    // A text that carries out an agreement names it first, and others later.
    let found = if matches!(stem, "agreement" | "treaty" | "convention") && context.own.is_some() {
        context.recent.iter().find(|(title, entity)| called(title, *entity))
    } else {
        context.recent.iter().rev().find(|(title, entity)| called(title, *entity))
    };
    if found.is_none() && is_any(&anaphor.head) {
        return context.recent.last().map(|(_, entity)| (*entity, false));
    }
    found.map(|(_, entity)| (*entity, false))
}

/// "the Action Plan" is the one of that name, and "this plan" below the notice that gives it out no notice.
fn of_plan(words: &str, anaphor: &Anaphor, context: &Context) -> Option<EntityIx> {
    if anaphor.head != "plan" {
        return None;
    }
    let action = words.to_ascii_lowercase().ends_with("action plan");
    let notice = |title: &str| ["Notice ", "Circular "].iter().any(|head| title.starts_with(head));
    let called = |(title, _): &&(String, EntityIx)| {
        !notice(title) && if action { title.contains("Action Plan") } else { fits(title, "plan") }
    };
    let found = match (anaphor.own, notice(&context.own_title)) {
        (true, true) => context.recent.iter().find(called),
        (true, false) => None,
        (false, _) if action => context.recent.iter().rev().find(called),
        (false, _) => None,
    };
    found.map(|(_, entity)| *entity)
}

/// "The CSRC published the Provisions on …. These Provisions take effect soon.": in a report without a title of its own the
/// instrument that was named when it first spoke so; where none was, its own name is not known, and later ones are others.
pub(super) fn own_of_report(anaphor: &Anaphor, context: &mut Context) -> Option<EntityIx> {
    // An act of the Union is a Regulation; what is told of here has the word in the plural.
    const KINDS: [(&str, &str); 6] = [
        ("provision", "Provisions"),
        ("measure", "Measures"),
        ("rule", "Rules"),
        ("regulation", "Regulations"),
        ("interpretation", "Interpretation"),
        ("guideline", "Guidelines"),
    ];
    let told = KINDS.iter().find(|(head, _)| *head == anaphor.head).map(|(_, told)| *told)?;
    if !anaphor.own || context.own.is_some() {
        return None;
    }
    if let Some(known) = context.spoken_of.get(&anaphor.head) {
        return *known;
    }
    let named = context.recent.iter().rev().find(|(title, _)| title.contains(told) && main_head(title) == anaphor.head);
    let named = named.map(|(_, entity)| *entity);
    context.spoken_of.insert(anaphor.head.clone(), named);
    named
}

/// The instrument that 《方案》 or 《纲要（草案）》 means where nothing defines it: the text's own, or the one named last whose
/// title ends like that, as a draft if this one is a draft and there are both.
pub(super) fn of_lone_head(title: &str, heads: &[String], context: &Context) -> Option<EntityIx> {
    let head = without_additions(title);
    if !heads.iter().any(|known| known == head) {
        return None;
    }
    let ends = |full: &str| {
        let bare = without_additions(full.trim_end_matches('》')).trim_end_matches('》');
        bare.len() > head.len() && bare.ends_with(head)
    };
    if let Some(own) = context.own.filter(|_| ends(&context.own_title)) {
        return Some(own);
    }
    let last = |addition: &str| {
        let mut named = context.recent.iter().rev();
        named.find(|(full, _)| ends(full) && full.ends_with(addition)).map(|(_, entity)| *entity)
    };
    last(&title[head.len()..]).or_else(|| last(""))
}

/// Heads that any instrument answers to.
fn is_any(head: &str) -> bool {
    matches!(head, "文件" | "document" | "instrument" | "memorandum")
}

/// Whether a title may be called by this head noun.
pub(super) fn fits(title: &str, head: &str) -> bool {
    // 该草案 is 《X法（草案）》.
    if matches!(head, "草案" | "征求意见稿" | "修订草案" | "送审稿") {
        return title.contains(head);
    }
    let title = without_additions(title);
    if head.is_ascii() {
        let title = title.to_ascii_lowercase();
        let stem = head.trim_end_matches('s');
        return title.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.trim_end_matches('s') == stem);
    }
    // 办法 ends like 法 and is none.
    if title.ends_with(head) {
        return head != "法" || !(title.ends_with("办法") || title.ends_with("辦法"));
    }
    match head {
        "法" => title.ends_with("法典"),
        "规划" | "计划" | "計畫" | "規劃" => {
            title.strip_suffix("纲要").or_else(|| title.strip_suffix("綱要")).is_some_and(|plan| plan.ends_with(head))
        }
        "意见" | "指导意见" => title.ends_with("意见"),
        "规定" => title.ends_with("规定") || title.ends_with("规定的决定"),
        _ => false,
    }
}

/// Heads that name nothing where another head stands in the title: "Measures for Achieving the Objectives of the Declaration".
const NAMED: [&str; 6] = ["agenda", "framework", "declaration", "covenant", "compact", "pact"];

fn is_called(title: &str, head: &str) -> bool {
    fits(title, head) && main_head(title).is_empty()
}

/// Heads of English titles, singular.
const TITLE_HEADS: [&str; 24] = [
    "act",
    "law",
    "code",
    "rule",
    "regulation",
    "measure",
    "provision",
    "standard",
    "direction",
    "statute",
    "ordinance",
    "convention",
    "treaty",
    "agreement",
    "protocol",
    "interpretation",
    "guideline",
    "order",
    "memorandum",
    "proclamation",
    "decision",
    "notice",
    "resolution",
    "directive",
];

/// The head of an English title, singular: "rule" of Enforcement Rules of the Forestry Act, "act" of Forestry Act.
pub(super) fn main_head(title: &str) -> String {
    const CONNECTORS: [&str; 10] =
        ["of", "for", "on", "governing", "concerning", "regarding", "between", "amending", "with", "to"];
    let lower = without_additions(title).to_ascii_lowercase();
    // "order: Implementing the CHIPS Act": what the opening words of the text said.
    if let Some(kind) =
        TITLE_HEADS.into_iter().find(|head| lower.strip_prefix(head).is_some_and(|rest| rest.starts_with(": ")))
    {
        return kind.to_owned();
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let head = |word: &str| TITLE_HEADS.into_iter().find(|head| word.trim_end_matches('s') == *head);
    // "Council Decision (EU) 2021/2227 … on the signing of the Protocol" is a decision.
    let issued = words.iter().position(|w| !matches!(*w, "council" | "commission" | "implementing" | "delegated"));
    if let Some(first) = issued
        && words
            .get(first + 1)
            .is_some_and(|next| matches!(*next, "eu" | "ec" | "eec") || next.starts_with(|c: char| c.is_ascii_digit()))
        && let Some(kind) = head(words[first])
    {
        return kind.to_owned();
    }
    // "Interpretation (II) of the Supreme People's Court on … the Application of Law"
    if let [first, counted, ..] = words[..]
        && counted.bytes().all(|b| b"ivx".contains(&b))
        && let Some(kind) = head(first)
    {
        return kind.to_owned();
    }
    let leads = words.windows(2).find_map(|pair| head(pair[0]).filter(|_| CONNECTORS.contains(&pair[1])));
    leads.or_else(|| words.iter().rev().find_map(|word| head(word))).unwrap_or_default().to_owned()
}

/// How far into a text the words that tell its kind may stand, in bytes.
const OPENING: usize = 16 << 10;

/// The kind of instrument that a text is: its title begins with words of the list `own_titles`, or the text has words of
/// `own_kinds` (words, then the kind), of which the first decide.
pub(super) fn kind_of<'r>(title: &str, text: &str, rules: &'r Ruleset) -> Option<&'r str> {
    let kinds = |list: &str| rules.list(list).iter().filter_map(|entry| entry.rsplit_once(' '));
    if let Some((_, kind)) = kinds("en.law.own_titles").find(|(words, _)| title.starts_with(words)) {
        return Some(kind);
    }
    let opening = &text[..text.floor_char_boundary(OPENING)];
    let may_hold = |words: &str| {
        memmem::find(opening.as_bytes(), words.split(' ').next().unwrap_or_default().as_bytes()).is_some()
    };
    let kinds: Vec<_> = kinds("en.law.own_kinds").filter(|(words, _)| may_hold(words)).collect();
    if kinds.is_empty() {
        return None;
    }
    // Line ends are blanks.
    let opening = opening.split_whitespace().collect::<Vec<_>>().join(" ");
    kinds.iter().filter_map(|(words, kind)| Some((opening.find(words)?, *kind))).min().map(|(_, kind)| kind)
}

/// Whether a title is one of a report: "Beijing's Expanding Toolkit: Export Controls Meet Data Law", "How Beijing Uses Trade Law".
fn is_headline(title: &str, verbs: &[String]) -> bool {
    // "China Amends Cybersecurity Law"
    let said = title.split(' ').skip(1).any(|word| verbs.iter().any(|verb| verb.eq_ignore_ascii_case(word)));
    let asks = [
        "How ",
        "Why ",
        "What ",
        "When ",
        "Where ",
        "Inside ",
        "Understanding ",
        "Explaining ",
        "A Primer ",
        "A Guide ",
    ];
    let parted = title.split_once(": ").is_some_and(|(before, behind)| {
        let lead = before.rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
        // "order: Implementing the CHIPS Act" says of which kind it is.
        // "Act 843: Data Protection Act of Ghana" begins with it.
        let first = before.split(' ').next().unwrap_or_default().to_ascii_lowercase();
        before.contains(' ')
            && behind.contains(' ')
            && ![first.as_str(), &lead].iter().any(|word| TITLE_HEADS.contains(&word.trim_end_matches('s')))
    });
    // "Enforcement of China's Noise Law"
    let spoken = [
        "Enforcement of ",
        "Implementation of ",
        "Drafting of ",
        "Analysis of ",
        "Overview of ",
        "Review of ",
        "Reform of ",
        "Comments on ",
        "Notes on ",
    ];
    let told = spoken.iter().any(|word| title.starts_with(word)) && !title.contains(" (");
    // "Quiet by Statute? Enforcement of China's Noise Law"
    let asked = title.contains("? ") || title.ends_with('?');
    let owned = ["China's ", "China’s ", "Beijing's ", "Beijing’s "].iter().any(|owner| title.contains(owner));
    asked || owned || told || said || title.is_ascii() && parted || asks.iter().any(|word| title.starts_with(word))
}

/// Whether a declared title is the name of an instrument.
pub(super) fn names_instrument(title: &str, rules: &Ruleset) -> bool {
    let bare = without_additions(title);
    let lower = bare.to_ascii_lowercase();
    if is_headline(title, rules.list("en.law.headline_verbs")) {
        return false;
    }
    // 環境部　公告 says whose announcement the text is.
    let issued =
        ["公告", "通告", "通知", "决定", "決定"].iter().find_map(|head| bare.strip_suffix(head)).map(str::trim_end);
    if issued.is_some_and(|body| rules.list("zh.law.body_endings").iter().any(|end| body.ends_with(end.as_str()))) {
        return false;
    }
    rules.list("zh.law.lone_heads").iter().any(|head| bare.ends_with(head.as_str()))
        || title.starts_with("Decision of ") && amending::english::is_decision(title)
        || ["Notice of the ", "Outline of the ", "Opinions of the ", "Circular of the ", "Announcement of the ", "Interpretation of the "]
            .iter()
            // "Interpretation of the network protection system" is an essay.
            .any(|head| title.strip_prefix(head).is_some_and(|of| !of.starts_with(|c: char| c.is_lowercase())))
        // Whole words: the Northern Border is no order.
        || ["act", "law", "code", "regulations", "measures", "provisions", "rules", "order"].iter().any(|head| {
            lower.rsplit(' ').next() == Some(head) || lower.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '))
        })
}
