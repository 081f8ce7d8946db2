//! The names that other systems have for an instrument, where they follow from its number or its date.
//!
//! | system | of | identifier |
//! |---|---|---|
//! | CELEX and ELI (European Union) | `Regulation (EU) 2016/679` | `celex:32016R0679`, `http://data.europa.eu/eli/reg/2016/679/oj` |
//! | unitedstates/citation | `47 USC 230(c)(1)`, `45 CFR 164.502`, `Public Law 117-167` | `usc/47/230/c/1`, `cfr/45/164.502`, `us-law/public/117/167` |
//! | the same | `124 Stat. 2031`, `75 Fed. Reg. 55601` | `stat/124/2031`, `fedreg/75/55601` |
//! | Akoma Ntoso | a row of the registry with its date | `/akn/cn/act/2016-11-07/cybersecurity-law` |
//!
//! Nothing is looked up: a number that means several things, or a list, has none.

use super::Law;

/// Identifiers of a number in its normal form.
///
/// ```
/// use tongwen::ruleset::identifiers;
/// assert_eq!(identifiers("47 USC 230(c)(1)"), ["usc/47/230/c/1"]);
/// assert_eq!(identifiers("Directive 2000/31/EC"), ["celex:32000L0031", "http://data.europa.eu/eli/dir/2000/31/oj"]);
/// ```
#[must_use]
pub fn identifiers(norm: &str) -> Vec<String> {
    american(norm).map_or_else(|| european(norm).map_or_else(Vec::new, Vec::from), |one| vec![one])
}

impl Law {
    /// Identifiers of a row: by its numbers, and as an Akoma Ntoso IRI by its date and name.
    #[must_use]
    pub fn identifiers(&self) -> Vec<String> {
        let mut all: Vec<String> = self.doc_numbers.iter().flat_map(|number| identifiers(number)).collect();
        let country = self.jurisdiction.to_ascii_lowercase();
        let act = country.len() == 2 && !self.promulgated.is_empty();
        if let Some((_, name)) = self.id.split_once('-').filter(|_| act) {
            all.push(format!("/akn/{country}/act/{}/{name}", self.promulgated));
        }
        all
    }
}

fn american(norm: &str) -> Option<String> {
    if let Some(number) = norm.strip_prefix("Public Law ") {
        let (congress, law) = number.split_once('-').filter(|(a, b)| is_number(a) && is_number(b))?;
        return Some(format!("us-law/public/{congress}/{law}"));
    }
    let (volume, rest) = norm.split_once(' ').filter(|(volume, _)| is_number(volume))?;
    let of = |source: &str| rest.strip_prefix(source)?.strip_prefix(' ');
    if let Some(page) = of("Stat.").filter(|page| is_number(page)) {
        return Some(format!("stat/{volume}/{page}"));
    }
    if let Some(page) = of("Fed. Reg.").filter(|page| is_number(page)) {
        return Some(format!("fedreg/{volume}/{page}"));
    }
    let (source, section) = of("USC").map(|s| ("usc", s)).or_else(|| of("CFR").map(|s| ("cfr", s)))?;
    let section = section.strip_suffix(" et seq.").unwrap_or(section);
    let section = ["part ", "Part "].iter().find_map(|part| section.strip_prefix(part)).unwrap_or(section);
    let (section, inner) = section.find('(').map_or((section, ""), |at| section.split_at(at));
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let parts = inner.strip_prefix('(').map_or(Some(""), |inner| inner.strip_suffix(')'))?;
    // 2000e-5 and 2291-4 are sections, 1701-1708 and 668dd-668ee are stretches of them.
    let stretch = section.split_once('-').is_some_and(|(from, to)| {
        let digits = |text: &str| {
            text.bytes()
                .take_while(u8::is_ascii_digit)
                .fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
        };
        digits(to) >= digits(from)
    });
    if section.is_empty() || stretch || !section.chars().all(|c| plain(c) || c == '-') {
        return None;
    }
    let mut all = format!("{source}/{volume}/{section}");
    for part in parts.split(")(").filter(|part| !part.is_empty()) {
        if !part.chars().all(plain) {
            return None;
        }
        all.push('/');
        all.push_str(part);
    }
    Some(all)
}

/// CELEX number and ELI of an act of the European Union.
fn european(norm: &str) -> Option<[String; 2]> {
    let (kind, number) = norm.rsplit_once(' ')?;
    let (words, numbered) = match kind.strip_suffix(" No") {
        Some(words) => (words, true),
        None => (kind, false),
    };
    let words = ["(EU)", "(EC)", "(EEC)", "(Euratom)", "(CFSP)"]
        .iter()
        .find_map(|union| words.strip_suffix(union))
        .unwrap_or(words);
    let (letter, eli) = match words.trim_end() {
        "Regulation" => ('R', "reg"),
        "Implementing Regulation" => ('R', "reg_impl"),
        "Delegated Regulation" => ('R', "reg_del"),
        "Directive" => ('L', "dir"),
        "Implementing Directive" => ('L', "dir_impl"),
        "Delegated Directive" => ('L', "dir_del"),
        "Decision" => ('D', "dec"),
        "Implementing Decision" => ('D', "dec_impl"),
        "Framework Decision" => ('F', "dec_framw"),
        "Recommendation" => ('H', "reco"),
        _ => return None,
    };
    let mut parts = number.split('/');
    let (first, second) = (parts.next()?, parts.next()?);
    let union = parts.next();
    // "Regulation (EC) No 1907/2006" has the year behind, "Directive 2000/31/EC" and "Regulation (EU) 2016/679" before.
    // "Regulation (EC) 45/2001" leaves out the "No".
    let behind = numbered || first.len() < 4 && second.len() == 4;
    let (year, number) = if behind { (second, first) } else { (first, second) };
    let known = union.is_none_or(|union| matches!(union, "EU" | "EC" | "EEC" | "JHA" | "CFSP" | "Euratom" | "ECSC"));
    if !known || parts.next().is_some() || !is_number(year) || !is_number(number) || number.len() > 4 {
        return None;
    }
    let year = match year.len() {
        2 => format!("19{year}"),
        4 => year.to_owned(),
        _ => return None,
    };
    let plain = number.trim_start_matches('0');
    Some([format!("celex:3{year}{letter}{number:0>4}"), format!("http://data.europa.eu/eli/{eli}/{year}/{plain}/oj")])
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_several_systems() {
        for (norm, wanted) in [
            ("42 USC 1395dd", "usc/42/1395dd"),
            ("50 USC 1701 et seq.", "usc/50/1701"),
            ("45 CFR 164.502(a)", "cfr/45/164.502/a"),
            ("42 USC 2000e-5(b)", "usc/42/2000e-5/b"),
            ("22 USC 2291-4", "usc/22/2291-4"),
            ("45 CFR Part 164", "cfr/45/164"),
            ("Public Law 111-203", "us-law/public/111/203"),
            ("124 Stat. 2031", "stat/124/2031"),
            ("75 Fed. Reg. 55601", "fedreg/75/55601"),
            ("Regulation (EC) No 1907/2006", "celex:32006R1907 http://data.europa.eu/eli/reg/2006/1907/oj"),
            ("Regulation (EC) 45/2001", "celex:32001R0045 http://data.europa.eu/eli/reg/2001/45/oj"),
            ("Regulation (EEC) No 4064/89", "celex:31989R4064 http://data.europa.eu/eli/reg/1989/4064/oj"),
            (
                "Implementing Regulation (EU) 2019/947",
                "celex:32019R0947 http://data.europa.eu/eli/reg_impl/2019/947/oj",
            ),
            ("Directive 93/13/EEC", "celex:31993L0013 http://data.europa.eu/eli/dir/1993/13/oj"),
            ("Decision 2010/87/EU", "celex:32010D0087 http://data.europa.eu/eli/dec/2010/87/oj"),
            ("Recommendation 2003/361/EC", "celex:32003H0361 http://data.europa.eu/eli/reco/2003/361/oj"),
            ("Framework Decision 2008/977/JHA", "celex:32008F0977 http://data.europa.eu/eli/dec_framw/2008/977/oj"),
        ] {
            assert_eq!(identifiers(norm).join(" "), wanted, "{norm}");
        }
    }

    #[test]
    fn lists_and_numbers_of_others_have_none() {
        for norm in [
            "42 USC 1395dd, 1396",
            "50 USC 1701-1708",
            "10 USC 801-946a",
            "16 USC 668dd-668ee",
            "国发〔2015〕50号",
            "Executive Orders 13660, 13661",
            "GB/T 35273-2020",
            "S.C. 2018, c. 12",
            "Regulation 5",
        ] {
            assert_eq!(identifiers(norm), <[String; 0]>::default(), "{norm}");
        }
    }
}
