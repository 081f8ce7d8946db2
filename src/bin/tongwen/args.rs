//! Every command and option, with the help that explains it.

mod keeping;
mod words;
mod written;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, builder::Styles};
use tongwen::{
    count::{Period, Unit},
    text::GroupBy,
};

use self::{
    keeping::Keeping,
    words::{Folds, Shortest},
    written::Written,
};
use crate::{Failure, config, terminal};

/// Which laws, dates, figures and terms do Chinese and English policy documents name, and what goes with what?
#[derive(Debug, Parser)]
#[command(name = "tongwen", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  tongwen analyze policies/ --out report/          read a folder, write a report folder
  tongwen analyze policies/ --out report/ --meta sources.csv --group-by issuer
  tongwen extract notice.html                      what one document names, as JSONL
  tongwen explain notice.md:12                     why line 12 means what it means
  tongwen kwic cn-cybersecurity-law policies/      every place that names this law, in both languages

Results go to standard output or --out, progress and warnings to standard error.

Exit status:
  0         all well
  1         some files or lines could not be read; the others were
  2         the command, a rule or a configuration is wrong; nothing was done
  3         the run could not finish
  130, 143  stopped by a signal

`tongwen help COMMAND` explains a command.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Analyze(Analyze),
    Extract(Extract),
    Segment(Segment),
    Explain(Explain),
    Kwic(Kwic),
    Rules(Rules),
    Eval(Eval),
    Bench(Bench),
    Completions(Completions),
}

/// Read folders of documents and write a report folder.
///
/// Reads all documents below the inputs (txt, Markdown, HTML, docx, odt, rtf, pdf, epub, xlsx; rows of csv and jsonl;
/// all of them inside zip and tar.gz), finds laws, dates and figures, counts them with the terms around them, and
/// writes report.html, tables and mentions.jsonl into the folder --out. Files appear there whole, when all of them are
/// ready. The result is the same for any number of threads.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen analyze policies/ --out report/
  tongwen analyze zh/ en/ extra.html --out report/ --jobs 4
  tongwen analyze policies/ --out report/ --group-by path:1     compare the folders in policies/
  tongwen analyze policies/ --out report/ --format csv,html
  tongwen analyze policies/ --out report/ --config tongwen.toml

A configuration holds long options by name; the command line wins:
  # tongwen.toml
  out = \"report\"
  group-by = \"issuer\"
  strict = true

A table of metadata has a column `path` and any of title, date, issuer, group, language:
  path,title,date,issuer
  2016/csl.html,中华人民共和国网络安全法,2016-11-07,全国人大常委会")]
pub(crate) struct Analyze {
    /// Folders and files to read.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Folder for the report; it is made if need be.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Threads [default: all cores]; any number gives the same result.
    #[arg(long, short = 'j', value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<usize>,
    /// TOML file with any of these options; the command line wins.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    /// CSV, TSV or JSONL table with a row for each file: path, title, date, issuer, group, language, anything else.
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// Compare groups of documents: a metadata field, `language`, `year`, `issuer`, or a level of the path (`path:1`)
    /// [default: the field `group`, where documents have it].
    #[arg(long, value_name = "FIELD")]
    pub(crate) group_by: Option<GroupBy>,
    #[command(flatten)]
    pub(crate) folds: Folds,
    #[command(flatten)]
    pub(crate) shortest: Shortest,
    #[command(flatten)]
    pub(crate) written: Written,
    /// What two terms must share to count as a pair: document, paragraph, sentence, or window:K for at most K tokens
    /// apart; several with commas. The first one makes the network and the matrices.
    #[arg(long, value_name = "UNIT", value_delimiter = ',', default_value = "sentence")]
    pub(crate) unit: Vec<Unit>,
    /// Rows and columns of the co-word matrices.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = upto)]
    pub(crate) matrix: usize,
    /// Terms and laws in the network at most.
    #[arg(long, value_name = "N", default_value_t = 80, value_parser = upto)]
    pub(crate) network_nodes: usize,
    /// Ties in the network at most, the strongest.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) network_edges: usize,
    /// How time is cut for trends: year, quarter, month, or plan (five-year plans).
    #[arg(long, value_name = "PERIOD", default_value = "year", value_parser = period)]
    pub(crate) period: Period,
    /// Rows of key terms, the same share for each group.
    #[arg(long, value_name = "N", default_value_t = 400_000)]
    pub(crate) keyness_rows: usize,
    /// Write into a folder that holds files of these names which are not of an earlier run; they are replaced.
    #[arg(long)]
    pub(crate) force: bool,
    /// Exit with 1 also where a file could only be read in part.
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) keeping: Keeping,
    #[command(flatten)]
    pub(crate) walk: Walk,
    /// No progress and no summary; only what went wrong.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Rules and words, the same for all commands that read texts.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Ruling {
    /// Folder laid over the built-in rules, word lists and registry (zh/date.toml, registry/laws.tsv, ...).
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// Join Chinese characters outside the dictionary into words by a statistical model.
    #[arg(long)]
    pub(crate) guess_words: bool,
}

/// What is read of folders.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Walk {
    /// Also read files and folders whose name begins with a dot.
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Follow symbolic links that stay inside their input folder.
    #[arg(long)]
    pub(crate) follow_links: bool,
    /// Largest file that is read: bytes, or with a unit (64MB, 1GiB); at most 1GiB.
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size)]
    pub(crate) max_file_size: u64,
}

/// List the mentions of one document as JSONL.
///
/// One mention a line: kind, start and end (in characters), the words, their value. With --jsonl the input is one
/// document a line, {"id": ..., "text": ...} with optional lang, date and title, and the output one line a document
/// in the same order.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen extract notice.html
  echo '2016年11月，《网络安全法》公布。' | tongwen extract
  echo 'Sales rose 5% last year.' | tongwen extract --date 2023-06
  tongwen extract --jsonl < documents.jsonl > mentions.jsonl")]
pub(crate) struct Extract {
    /// A document (txt, Markdown, HTML, docx, pdf, ...); `-` or nothing for text on standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// One document a line in, one line a document out.
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Every layer: the number inside an amount, the ends of a range.
    #[arg(long)]
    pub(crate) nested: bool,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    #[command(flatten)]
    pub(crate) declared: DeclaredArgs,
}

/// What the user knows about a single document.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct DeclaredArgs {
    /// Date of the document (2016, 2016-11 or 2016-11-07), for years that the text leaves out.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<jiff::civil::Date>,
    /// Language of the document: zh or en.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<tongwen::text::Language>,
}

/// Print sentences as tokens: one sentence a line.
///
/// document-id TAB group TAB tokens separated by one space. The tokens are what `analyze` counts: words outside laws,
/// dates and figures, and each named law as one token, its official title with `_` for blanks.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen segment notice.html
  tongwen segment policies/ --group path:1 > tokens.tsv
  tongwen segment --jsonl documents.jsonl | cut -f3 | tr ' ' '\\n' | sort | uniq -c | sort -rn | head")]
pub(crate) struct Segment {
    /// A file, a folder, or `-` (also: nothing) for text on standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// One JSON document a line in.
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// What stands in the second column: a metadata field, `language`, `year`, `issuer` or `path:1`
    /// [default: the field `group`, else the language].
    #[arg(long, value_name = "FIELD")]
    pub(crate) group: Option<GroupBy>,
    /// CSV, TSV or JSONL table with a row for each file of the folder, as for `analyze`.
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// Print instruments by their ids (cn-cybersecurity-law), which no other word or instrument has.
    #[arg(long)]
    pub(crate) ids: bool,
    #[command(flatten)]
    pub(crate) folds: Folds,
    #[command(flatten)]
    pub(crate) shortest: Shortest,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    #[command(flatten)]
    pub(crate) walk: Walk,
}

/// Show which rule found what in a document, and why it means that.
///
/// Lines are counted in the text as it is read: of a Markdown file or a page without its marks.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen explain notice.md           the whole document
  tongwen explain notice.md:12        the sentences of line 12
  tongwen explain - < notice.txt")]
pub(crate) struct Explain {
    /// A file, with a line number behind a colon to see that line only; `-` for standard input.
    #[arg(value_name = "FILE[:LINE]")]
    pub(crate) place: PathBuf,
    /// Every layer: the number inside an amount, the ends of a range.
    #[arg(long)]
    pub(crate) nested: bool,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    #[command(flatten)]
    pub(crate) declared: DeclaredArgs,
}

/// Concordance: every place where a term, a law or a kind of mention stands, with its context.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen kwic 数据出境 policies/
  tongwen kwic 'data export' policies/ --width 60
  tongwen kwic cn-cybersecurity-law policies/      all its names, Chinese and English
  tongwen kwic money policies/ --limit 20          every amount of money
  tongwen kwic 数据 policies/ --sort right          by what follows
  tongwen kwic cn-cybersecurity-law policies/ --meta sources.csv --format csv > places.csv
  tongwen kwic --literal date policies/            the word `date` itself

Kinds: law, law_anaphor, article_ref, doc_number, standard, code_ref, date, daterange, duration,
money, percent, figure.")]
pub(crate) struct Kwic {
    /// A term, the id of a law (cn-..., x-...) or a kind (law, date, money, ...).
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,
    /// Folders and files to search.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Order of the places: as documents and texts go, or by the words before or behind the hit.
    #[arg(long, value_name = "ORDER", default_value = "document", value_parser = ["document", "left", "right"])]
    pub(crate) sort: String,
    /// Lines for people, one JSON object a line, or a table that opens in Excel.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "jsonl", "csv"])]
    pub(crate) format: String,
    /// CSV, TSV or JSONL table with a row for each file, as for `analyze`: title, date, issuer, group.
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// What the column `group` holds, as for `analyze` [default: the field `group`].
    #[arg(long, value_name = "FIELD")]
    pub(crate) group_by: Option<GroupBy>,
    /// Columns of context on either side.
    #[arg(long, value_name = "COLUMNS", default_value_t = 40)]
    pub(crate) width: usize,
    /// At most so many places, the first in their order.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Take the query as words, even where it names a law or a kind.
    #[arg(long)]
    pub(crate) literal: bool,
    /// The same as --format jsonl.
    #[arg(long, conflicts_with = "format")]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) folds: Folds,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    #[command(flatten)]
    pub(crate) walk: Walk,
}

/// Work on rules.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    Check(RulesCheck),
}

/// Run every case of every rule.
///
/// A rule carries sentences in which it must find something (case) and sentences in which it must not (not). Each
/// is tried with all rules in place; what comes out otherwise is named with file, line and column.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen rules check                 the built-in rules
  tongwen rules check my-rules/       with your folder laid over them")]
pub(crate) struct RulesCheck {
    /// Folder laid over the built-in rules.
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// Measure precision, recall and F1 against annotated documents.
///
/// A gold line is {"id", "lang", "text", "mentions": [{"kind", "start", "end", "text", "value", "neutral"}]}.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen eval gold.jsonl
  tongwen eval gold.jsonl --errors 50
  tongwen eval gold.jsonl --json scores.json")]
pub(crate) struct Eval {
    /// Annotated documents.
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,
    /// Also write the numbers as JSON (`-` for standard output, in place of the table).
    #[arg(long, value_name = "OUT")]
    pub(crate) json: Option<PathBuf>,
    /// Print the first N differences.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
}

/// Measure throughput on your own documents, stage by stage.
///
/// Documents are read into memory first. Each number is the median of three runs.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen bench policies/
  tongwen bench policies/ --json > bench.json")]
pub(crate) struct Bench {
    /// Folders and files; without any, a built-in sample.
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Threads of the last measurement [default: all cores].
    #[arg(long, short = 'j', value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<usize>,
    /// JSON on standard output in place of the table.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) ruling: Ruling,
    #[command(flatten)]
    pub(crate) walk: Walk,
}

/// Print a completion script for a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongwen completions bash > ~/.local/share/bash-completion/completions/tongwen
  tongwen completions zsh > ~/.zfunc/_tongwen
  tongwen completions fish > ~/.config/fish/completions/tongwen.fish")]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

/// The command line, with the configuration it names. Leaves the program for --help, --version and mistakes of usage.
pub(crate) fn parse() -> Result<Cli, Failure> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let words = config::extend(&command(), words)?;
    let matches = command().try_get_matches_from(words).unwrap_or_else(|fault| fault.exit());
    Ok(Cli::from_arg_matches(&matches).unwrap_or_else(|fault| fault.exit()))
}

/// The command as clap knows it.
pub(crate) fn command() -> clap::Command {
    let command = Cli::command().args_override_self(true);
    if terminal::no_color() { command.styles(Styles::plain()).color(clap::ColorChoice::Never) } else { command }
}

/// As many items as take part in pairs.
fn upto(words: &str) -> Result<usize, String> {
    match words.parse::<usize>() {
        Ok(n) if n <= 2_000 => Ok(n),
        _ => Err("a number from 0 to 2000".to_owned()),
    }
}

fn jobs(words: &str) -> Result<usize, String> {
    match words.parse::<usize>() {
        Ok(n) if (1..=4096).contains(&n) => Ok(n),
        _ => Err("a number from 1 to 4096".to_owned()),
    }
}

/// `1048576`, `64MB`, `1.5 GiB`.
fn size(words: &str) -> Result<u64, String> {
    let wrong = || "write bytes, or a number with kB, MB, GB, KiB, MiB or GiB".to_owned();
    let split = words.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(words.len());
    let (number, unit) = words.split_at(split);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    let bytes = number * factor as f64;
    if !(1.0..=f64::from(1 << 30)).contains(&bytes) {
        return Err("a size from 1 byte to 1GiB".to_owned());
    }
    Ok(bytes as u64)
}

/// A day; for a month or a year its first day.
pub(crate) fn date(words: &str) -> Result<jiff::civil::Date, String> {
    tongwen::wire::first_day(words).ok_or_else(|| "write 2016, 2016-11 or 2016-11-07".to_owned())
}

fn period(words: &str) -> Result<Period, String> {
    Period::named(words).ok_or_else(|| "write year, quarter, month or plan".to_owned())
}

fn language(words: &str) -> Result<tongwen::text::Language, String> {
    tongwen::text::Language::from_code(words).ok_or_else(|| "write zh or en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("64MB"), Ok(64_000_000));
        assert_eq!(size("1.5 KiB"), Ok(1536));
        assert_eq!(size("7"), Ok(7));
        assert!(size("2GiB").is_err() && size("x").is_err() && size("0").is_err());
    }

    #[test]
    fn a_coarse_date_is_its_first_day() {
        assert_eq!(date("2016").unwrap(), jiff::civil::date(2016, 1, 1));
        assert_eq!(date("2016-11").unwrap(), jiff::civil::date(2016, 11, 1));
        assert!(date("2016-13").is_err());
    }
}
