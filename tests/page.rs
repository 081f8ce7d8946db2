//! Does the page do what a reader asks of it? Opens it in Chromium, sorts, filters, switches the language, opens an
//! instrument, with and without its script. Skipped, and said so, where there is no Chromium.
#![expect(clippy::print_stderr, reason = "skipped tests are for the person who runs them")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// What `tests/page.js` must have seen.
const SEEN: [&str; 8] = ["sort", "filter", "filtered", "language", "dark", "opened", "keys", "wide"];

const PLAIN: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=4000",
];

/// Runs Chromium on a page; `None` where there is none.
fn chromium(page: &Path, more: &[&str]) -> Option<Output> {
    let profile = tempfile::tempdir().unwrap();
    let profile = format!("--user-data-dir={}", profile.path().display());
    let address = format!("file://{}", page.display());
    let run = |name: &str| Command::new(name).args(PLAIN).args(more).args([&profile, &address]).output().ok();
    let ended = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(run);
    if ended.is_none() {
        eprintln!("skipped: no Chromium to open the page with");
    }
    ended
}

/// The report of the sample documents.
fn page(home: &Path) -> String {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .arg("analyze")
        .arg(inputs)
        .args(["--quiet", "--format", "html", "--out"])
        .arg(home.join("out"))
        .status()
        .unwrap();
    assert!(ended.success());
    fs::read_to_string(home.join("out/report.html")).unwrap()
}

#[test]
fn a_reader_sorts_filters_and_opens() {
    let home = tempfile::tempdir().unwrap();
    let page = page(home.path());
    assert!(page.len() <= 2_000_000, "{} bytes", page.len());

    // As it is: nothing is refused, nothing is asked of the network, the script has run.
    let Some(ended) = chromium(&home.path().join("out/report.html"), &["--dump-dom"]) else { return };
    let (shown, told) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(shown.contains(r#"class="sort""#), "the script did not run");
    assert!(!told.contains("CONSOLE"), "{told}");

    // With a reader in it, who needs a page that lets one in.
    let policy = page.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = policy + page[policy..].find('>').unwrap() + 1;
    let reader = format!("<script>{}</script></body>", include_str!("page.js"));
    let open = format!("{}{}", &page[..policy], &page[end..]).replace("</body>", &reader);
    let copy = home.path().join("reader.html");
    fs::write(&copy, open).unwrap();
    for width in ["1440,900", "800,900", "500,900"] {
        let window = format!("--window-size={width}");
        let Some(ended) = chromium(&copy, &["--dump-dom", &window]) else { return };
        let shown = String::from_utf8_lossy(&ended.stdout);
        let seen = shown.split("<pre id=\"seen\">").nth(1).and_then(|rest| rest.split("</pre>").next());
        let seen: serde_json::Value = serde_json::from_str(seen.expect("the reader came to an end")).unwrap();
        for what in SEEN {
            assert_eq!(seen[what], true, "{what} at {width}: {seen}");
        }
    }
}

#[test]
fn without_its_script_the_page_is_complete_and_prints() {
    let home = tempfile::tempdir().unwrap();
    let page = page(home.path());
    let (before, after) = page.split_once("<script>").unwrap();
    let copy = home.path().join("plain.html");
    fs::write(&copy, format!("{before}{}", after.split_once("</script>").unwrap().1)).unwrap();
    for part in ["id=\"laws/", "<svg class=\"network\"", "<svg class=\"years\"", "class=\"said\""] {
        assert!(before.contains(part), "{part}");
    }
    let pdf = home.path().join("page.pdf");
    let Some(_) = chromium(&copy, &[&format!("--print-to-pdf={}", pdf.display())]) else { return };
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF"));
}
