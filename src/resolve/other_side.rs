//! Laws of the mainland in a text of Taiwan, of Taiwan in one of the mainland, and of others by the English name beside them.
//!
//! 大陸《刑法》 in a brief that compares both sides is not the Criminal Code of the Republic, and 《一般資料保護規則》（GDPR） is the
//! regulation whatever its translator called it.
//!
//! Always true: a title that both sides have is the other side's only where the words before it say so.

use rustc_hash::FxHashMap;

use super::{
    Link, Names, Tie,
    title::{Lookup, TitleIndex, fold},
};
use crate::{
    extract::{LawName, law::wording::canonical_spelling},
    ruleset::Ruleset,
    text::{Language, Span},
};

impl Names<'_> {
    /// 大陸《數據安全法》 in a text of Taiwan, 台湾地区《消费者保护法》 in one of the mainland: the row of the side that is told; what is in
    /// nobody's list is not the other side's law with the same title.
    pub(super) fn of_other_side(&mut self, state: &str, name: &LawName, key: &str) -> Option<Tie> {
        let away = match state {
            "CN" => self.traditional,
            "TW" => !self.traditional,
            _ => false,
        };
        if !away || name.language != Some(Language::Zh) {
            return None;
        }
        let rows = |lookup| match lookup {
            Lookup::One(row, _) => vec![row],
            Lookup::Several(rows) => rows,
            Lookup::None => Vec::new(),
        };
        let simplified = self.index.simplified(key);
        let mut all = rows(self.index.lookup(key));
        match state {
            "CN" => {
                all.extend(rows(self.index.lookup(&fold(&simplified))));
                if all.is_empty() {
                    all = self.in_own_words(&simplified, "CN");
                }
            }
            _ => all.extend(self.index.of_taiwan(self.rules, &simplified)),
        }
        all.sort_unstable();
        all.dedup();
        let of = |row: &u32| self.rules.registry.law(*row).is_some_and(|law| law.jurisdiction == state);
        let own: Vec<u32> = all.iter().copied().filter(of).collect();
        let entity = match own[..] {
            [row] => {
                return Some(Tie {
                    entity: Some(self.entities.listed(row)),
                    link: Link::Inferred,
                    candidates: Vec::new(),
                });
            }
            [] if !all.is_empty() => {
                self.entities.unlisted(&format!("{state} {key}"), &canonical_spelling(&name.title), Language::Zh)
            }
            _ => return None,
        };
        Some(Tie { entity: Some(entity), link: Link::None, candidates: Vec::new() })
    }

    /// The row of a state whose law has a title in Taiwan's words, here in simplified characters: 资料安全法, 人工智慧法.
    pub(super) fn in_own_words(&self, title: &str, state: &str) -> Vec<u32> {
        const MOST: usize = 32;
        let mut titles = vec![title.to_owned()];
        for (theirs, ours) in self.rules.list("zh.law.taiwan_words").iter().filter_map(|entry| entry.split_once('=')) {
            for at in 0..titles.len().min(MOST) {
                if titles[at].contains(theirs) {
                    titles.push(titles[at].replace(theirs, ours));
                }
            }
        }
        let of = |row: &u32| self.rules.registry.law(*row).is_some_and(|law| law.jurisdiction == state);
        let found = titles[1..].iter().filter_map(|title| match self.index.lookup(&fold(title)) {
            Lookup::One(row, _) => Some(vec![row]),
            Lookup::Several(rows) => Some(rows),
            Lookup::None => None,
        });
        let mut rows: Vec<u32> = found.flatten().filter(of).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The row whose name in English the brackets behind a title give that nobody's list has: 《一般資料保護規則》（GDPR）.
    pub(super) fn by_english_name(&self, name: &LawName, tie: &Tie) -> Option<u32> {
        let unlisted = tie.link == Link::None && tie.candidates.is_empty();
        let latin = |short: &&String| unlisted && name.language == Some(Language::Zh) && short.is_ascii();
        { name.defines.iter() }.filter(latin).find_map(|short| match self.index.lookup(&fold(short)) {
            Lookup::One(row, _) if short.contains(' ') || self.speaks_of(row) => Some(row),
            _ => None,
        })
    }

    /// Whether a title in a text of Taiwan is told to be the mainland's: by a word that only the mainland uses, or by its line,
    /// which has spoken of the mainland last.
    pub(super) fn is_of_mainland(&self, span: Span, name: &LawName) -> bool {
        const FAR: usize = 900;
        if self.rules.list("zh.law.mainland_words").iter().any(|word| name.title.contains(word.as_str())) {
            return true;
        }
        let before = &self.text[self.text.floor_char_boundary(span.start().saturating_sub(FAR))..span.start()];
        let line = before.rsplit('\n').next().unwrap_or(before);
        let spoken = ["大陸", "中國", "陸方"].iter().filter_map(|word| {
            // 臺灣地區與大陸地區人民關係條例 is Taiwan's.
            let at = line.rfind(word)?;
            (!line[at + word.len()..].starts_with("地區")).then_some(at)
        });
        let own = ["臺灣", "台灣", "我國", "本國"].iter().filter_map(|word| line.rfind(word)).max();
        spoken.max().is_some_and(|at| own.is_none_or(|own| own < at))
    }

    /// Whether the text speaks of Hong Kong or Macao: 國安法 in one that does not is Taiwan's.
    pub(super) fn speaks_of_region(&self) -> bool {
        ["HK", "MO"].iter().any(|state| self.spoken.of(state, self.text, self.rules))
    }
}

impl Names<'_> {
    /// 第3/2024號法律《對外貿易法》: behind its number a title is Macao's.
    pub(super) fn is_numbered_of_macao(&self, span: Span) -> bool {
        let before = self.text[..span.start()].trim_end_matches(['《', '「', ' ']);
        ["號法律", "號行政法規", "號法令", "號行政命令", "號行政長官批示"].iter().any(|word| before.ends_with(word))
    }
}

impl TitleIndex {
    /// Taiwan's rows with a title of this key, which is in simplified characters.
    fn of_taiwan(&self, rules: &Ruleset, key: &str) -> Vec<u32> {
        let all = self.taiwan.get_or_init(|| {
            let mut found: FxHashMap<String, Vec<u32>> = FxHashMap::default();
            for (law, row) in rules.registry.laws.iter().zip(0..).filter(|(law, _)| law.jurisdiction == "TW") {
                for title in std::iter::once(&law.title_zh).chain(&law.aliases_zh) {
                    found.entry(fold(&self.simplified(&fold(title)))).or_default().push(row);
                }
            }
            found
        });
        all.get(key).cloned().unwrap_or_default()
    }
}
