//! Whatever ends a run, or keeps it from writing: nothing half-written is seen, and the next run gives the same bytes.
//!
//! Runs are killed, stopped, refused room and given faults by the system; then they are run once more and compared with one
//! that nobody disturbed. A few rounds each; more with `TONGWEN_ROUNDS=200 cargo test --test interrupted -- --nocapture`.
#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tongwen");

/// A folder with documents, and what a run that nobody disturbs makes of them.
struct Case {
    home: tempfile::TempDir,
    expected: BTreeMap<String, Vec<u8>>,
}

impl Case {
    /// So many documents, each of about so many bytes.
    fn new(count: usize, bytes: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
        let mut texts: Vec<PathBuf> = fs::read_dir(inputs).unwrap().map(|entry| entry.unwrap().path()).collect();
        texts.retain(|path| fs::read_to_string(path).is_ok());
        texts.sort();
        fs::create_dir(home.path().join("in")).unwrap();
        for number in 0..count {
            let text = fs::read_to_string(&texts[number % texts.len()]).unwrap();
            let extension = texts[number % texts.len()].extension().unwrap().to_str().unwrap();
            let copies = bytes / text.len() + 1;
            let own = format!("\n\n《第{number}号管理办法》自2021年9月{}日起施行。\n", number % 30 + 1);
            let name = home.path().join(format!("in/{number:03}.{extension}"));
            fs::write(name, text.repeat(copies) + &own).unwrap();
        }
        let mut case = Self { home, expected: BTreeMap::new() };
        let ended = case.run("expected", &["--no-store"]);
        assert_eq!(ended.status.code(), Some(0), "{}", told(&ended));
        case.expected = files(&case.path("expected"));
        assert!(case.expected.len() > 20, "{:?}", case.expected.keys());
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn command(&self, out: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(["analyze", "in", "--quiet", "--jobs", "1", "--out", out]);
        command.current_dir(self.home.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn run(&self, out: &str, more: &[&str]) -> Output {
        self.command(out).args(more).output().unwrap()
    }

    /// After whatever has happened to `out`: each file there is whole, and another run makes all of them.
    fn recovers(&self, out: &str, after: &str) {
        for (name, bytes) in files(&self.path(out)) {
            assert!(self.expected.get(&name) == Some(&bytes), "{after}: {name} is not what it should be");
        }
        let ended = self.run(out, &[]);
        assert_eq!(ended.status.code(), Some(0), "{after}, then: {}", told(&ended));
        self.is_complete(out, after);
    }

    fn is_complete(&self, out: &str, after: &str) {
        let found = files(&self.path(out));
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found), names(&self.expected), "{after}");
        for (name, bytes) in &self.expected {
            assert!(found[name] == *bytes, "{after}: {name} differs");
        }
        let left: Vec<_> = hidden(&self.path(out)).into_iter().filter(|name| name.contains("pending")).collect();
        assert!(left.is_empty(), "{after}: {left:?} was left behind");
    }
}

fn told(ended: &Output) -> String {
    format!("{:?}: {}", ended.status, String::from_utf8_lossy(&ended.stderr))
}

/// How often something is tried: `least`, or more where the environment says so.
fn rounds(least: usize) -> usize {
    std::env::var("TONGWEN_ROUNDS").ok().and_then(|many| many.parse().ok()).unwrap_or(least)
}

fn hidden(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

/// The visible files of a report folder, `run.json` without its block `timing`.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let name = entry.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let mut bytes = fs::read(entry.path()).unwrap();
        if name == "run.json" {
            let mut run: serde_json::Value = serde_json::from_slice(&bytes).expect("run.json is whole");
            run.as_object_mut().unwrap().remove("timing");
            // The line that was typed names the folder in some of these runs.
            run["parameters"].as_object_mut().unwrap().remove("command");
            bytes = serde_json::to_vec(&run).unwrap();
        }
        found.insert(name, bytes);
    }
    found
}

fn timing(out: &Path) -> serde_json::Value {
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    run["timing"].clone()
}

/// The same numbers in every run: a round that fails can be made again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let case = Case::new(30, 3_000);
    let out = case.path("out");
    assert_eq!(case.run("out", &[]).status.code(), Some(0));
    case.is_complete("out", "the first run");
    assert_eq!(timing(&out)["reused"], 0);

    // Nothing has changed: the report stays, even its timing.
    let before = fs::read(out.join("run.json")).unwrap();
    for more in [&[][..], &["--no-mtime"], &["--resume"]] {
        assert_eq!(case.run("out", more).status.code(), Some(0));
        assert!(fs::read(out.join("run.json")).unwrap() == before, "{more:?}");
    }
    // A table that somebody has changed is made anew, of what is known.
    fs::write(out.join("laws.csv"), "mine").unwrap();
    assert_eq!(case.run("out", &[]).status.code(), Some(0));
    case.is_complete("out", "a table was changed");
    assert_eq!(timing(&out)["reused"], 30);

    // Three files of thirty, one of them with its size and its time put back.
    for number in [3, 7] {
        let ends = ["txt", "md", "html"].map(|end| case.path(&format!("in/{number:03}.{end}")));
        let path = ends.into_iter().find(|path| path.exists()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + "\n依照《网络安全法》第七条。\n").unwrap();
    }
    let path = case.path("in/000.txt");
    let (text, time) = (fs::read_to_string(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    let end = text.len() - 1;
    fs::write(&path, format!("{} ", &text[..end])).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(case.run("out", &[]).status.code(), Some(0));
    assert_eq!(timing(&out)["reused"], 27);
    assert_eq!(case.run("other", &["--no-store"]).status.code(), Some(0));
    assert!(files(&out) == files(&case.path("other")), "with a store and without one");
    assert!(!hidden(&case.path("other")).iter().any(|name| name.contains("store")));

    // Other rules, other analyses; other formats do not matter to them.
    fs::create_dir_all(case.path("rules/zh")).unwrap();
    fs::write(case.path("rules/zh/stopwords.txt"), "办法\n").unwrap();
    assert_eq!(case.run("out", &["--format", "csv"]).status.code(), Some(0));
    assert_eq!(timing(&out)["reused"], 30);
    assert_eq!(case.run("out", &["--rules", "rules"]).status.code(), Some(0));
    assert_eq!(timing(&out)["reused"], 0);
    assert_eq!(case.run("out", &["--rules", "rules", "--format", "csv"]).status.code(), Some(0));
    assert_eq!(timing(&out)["reused"], 30);
    assert_eq!(case.run("out", &["--rules", "rules", "--format", "csv", "--fresh"]).status.code(), Some(0));
    assert_eq!(timing(&out)["reused"], 0);
}

#[test]
fn members_of_archives_are_known_again() {
    let case = Case::new(3, 2_000);
    let text = "依照《网络安全法》第七条，2021年11月1日起施行。《某某市某某办法》。";
    let lines: String = (0..9).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{text}{n}\"}}\n")).collect();
    fs::write(case.path("in/lines.jsonl"), lines.clone() + "{bad\n").unwrap();
    fs::write(case.path("in/rows.csv"), format!("id,text\n1,{text}\n")).unwrap();
    let same = |out: &str, reused: u64| {
        case.run(out, &[]);
        assert_eq!(timing(&case.path(out))["reused"], reused);
        fs::remove_dir_all(case.path("plain")).ok();
        case.run("plain", &["--no-store"]);
        assert!(files(&case.path(out)) == files(&case.path("plain")));
    };
    same("out", 0);
    fs::write(case.path("in/other.txt"), "《数据安全法》").unwrap();
    same("out", 3 + 10 + 1);
    fs::write(case.path("in/lines.jsonl"), lines + "{\"text\":\"新的\"}\n").unwrap();
    fs::write(case.path("meta.csv"), "path,title\nlines.jsonl/3,题目\n").unwrap();
    same("out", 3 + 1 + 1);
    assert_eq!(case.run("out", &["--meta", "meta.csv"]).status.code(), Some(0));
    assert_eq!(timing(&case.path("out"))["reused"], 3 + 1 + 1);
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    // Several batches, so that there is something to go on from.
    let case = Case::new(24, 250_000);
    let began = Instant::now();
    assert_eq!(case.run("clean", &[]).status.code(), Some(0));
    let whole = began.elapsed();
    let mut dice = Dice(11);
    let (mut landed, mut resumed) = (0, 0);
    for round in 0..rounds(5) {
        let out = format!("out-{round}");
        let mut child = case.command(&out).spawn().unwrap();
        thread::sleep(whole.mul_f64(dice.roll(1_000) as f64 / 1_000.0));
        child.kill().unwrap();
        landed += usize::from(child.wait().unwrap().signal().is_some());
        let store = case.path(&out).join(".tongwen.store");
        if round % 2 == 1 && store.exists() {
            // A power cut may cost the end of a file.
            let bytes = fs::metadata(&store).unwrap().len();
            let file = fs::File::options().write(true).open(&store).unwrap();
            file.set_len(bytes.saturating_sub(dice.roll(4_096))).unwrap();
        }
        case.recovers(&out, &format!("round {round}"));
        resumed += usize::from(timing(&case.path(&out))["reused"] != 0);
        fs::remove_dir_all(case.path(&out)).unwrap();
    }
    eprintln!("{landed} of {} runs were killed in time, {resumed} went on from what was kept", rounds(5));
    assert!(landed > 0);
}

#[test]
fn a_stopped_run_ends_soon_and_goes_on() {
    let case = Case::new(24, 250_000);
    for (signal, status, milliseconds) in [("-INT", 130, 1_000), ("-TERM", 143, 2_500)] {
        let child = case.command("out").spawn().unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        let began = Instant::now();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let ended = child.wait_with_output().unwrap();
        assert!(began.elapsed() < Duration::from_secs(2), "{signal}: {:?}", began.elapsed());
        // A fast machine is done before.
        if ended.status.code() != Some(0) {
            assert_eq!(ended.status.code(), Some(status), "{}", told(&ended));
        }
    }
    case.recovers("out", "two signals");
}

#[test]
fn a_second_run_names_the_first() {
    let case = Case::new(24, 250_000);
    let mut first = case.command("out").spawn().unwrap();
    let lock = case.path("out/.tongwen.lock");
    let began = Instant::now();
    while fs::read_to_string(&lock).unwrap_or_default().is_empty() && began.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(10));
    }
    let second = case.run("out", &[]);
    assert_eq!(second.status.code(), Some(3), "{}", told(&second));
    assert!(told(&second).contains(&format!("process {}", first.id())), "{}", told(&second));
    first.kill().unwrap();
    first.wait().unwrap();
    case.recovers("out", "the first one was killed");
}

/// Files may grow to so many blocks of 1,024 bytes and no further, as on a disk that is full.
#[test]
fn without_room_nothing_is_seen_and_the_cause_is_told() {
    let case = Case::new(20, 3_000);
    for blocks in [0, 4, 40, 160, 400].into_iter().take(rounds(5).max(5)) {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" analyze in --quiet --jobs 1 --out out");
        let ended = Command::new("bash")
            .args(["-c", &script, PROGRAM])
            .current_dir(case.home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let after = format!("{blocks} blocks");
        if ended.status.code() == Some(0) {
            case.is_complete("out", &after);
        } else {
            assert_eq!(ended.status.code(), Some(3), "{after}: {}", told(&ended));
            assert!(told(&ended).contains("cannot write"), "{after}: {}", told(&ended));
            assert!(files(&case.path("out")).is_empty(), "{after}");
        }
        case.recovers("out", &after);
        fs::remove_dir_all(case.path("out")).unwrap();
    }
}

/// Each call by which a run changes something on the disk fails once, or is the last one.
#[test]
fn a_fault_of_the_disk_is_told_and_the_next_run_is_whole() {
    const CALLS: &str =
        "write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat";
    let case = Case::new(20, 3_000);
    let traced = |more: &[&str], out: &str| {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "trace"]).args(more).arg(PROGRAM);
        command.args(["analyze", "in", "--quiet", "--jobs", "1", "--out", out]);
        command.current_dir(case.home.path()).stdin(Stdio::null()).output()
    };
    match traced(&["-e", &format!("trace={CALLS}")], "counted") {
        Ok(ended) if ended.status.success() => {}
        other => {
            let why = other.map_or_else(|fault| fault.to_string(), |ended| told(&ended));
            eprintln!("skipped: strace cannot follow a program here ({})", why.trim());
            return;
        }
    }
    // Each kind of call is counted by itself, thread by thread.
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for line in fs::read_to_string(case.path("trace")).unwrap().lines() {
        let Some((head, _)) = line.split_once('(') else { continue };
        let Some((thread, call)) = head.split_once(char::is_whitespace) else { continue };
        *counts.entry((call.trim().to_owned(), thread.to_owned())).or_default() += 1;
    }
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for ((call, _), count) in &counts {
        let most = kinds.entry(call).or_default();
        *most = (*most).max(*count);
    }
    assert!(kinds.len() > 4, "{counts:?}");
    let kinds: Vec<(&str, u64)> =
        kinds.into_iter().filter(|(call, _)| CALLS.split(',').any(|known| known == *call)).collect();
    let rounds = rounds(3 * kinds.len());
    let mut dice = Dice(5);
    let (mut told_of, mut unharmed, mut killed) = (0, 0, 0);
    for round in 0..rounds {
        let fault = ["error=ENOSPC", "error=EIO", "signal=KILL"][round % 3];
        let (call, calls) = kinds[round / 3 % kinds.len()];
        let at = 1 + dice.roll(calls);
        let inject = format!("inject={call}:{fault}:when={at}");
        let ended = traced(&["-e", &inject], "out").unwrap();
        let after = format!("{fault} at {call} {at} of {calls}");
        match ended.status.code() {
            Some(0) => {
                case.is_complete("out", &after);
                unharmed += 1;
            }
            Some(3) => {
                assert!(told(&ended).contains("error: "), "{after}: {}", told(&ended));
                told_of += 1;
            }
            // strace ends like the program that it follows.
            code => {
                assert!(fault.contains("KILL") && code.is_none_or(|code| code == 137), "{after}: {}", told(&ended));
                killed += 1;
            }
        }
        case.recovers("out", &after);
        fs::remove_dir_all(case.path("out")).unwrap();
    }
    eprintln!("{rounds} faults: {told_of} told, {unharmed} without harm, {killed} killed");
    assert!(told_of > 0 && killed > 0);
}
