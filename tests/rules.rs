//! Every `case` and `not` of every rule is one named test: `cargo test --test rules zh.date.month`.

use std::{fs, path::Path, sync::Arc};

use libtest_mimic::{Arguments, Failed, Trial};
use tongwen::{
    check::{Wrong, check_case, check_not},
    engine::Engine,
    segment::UnknownWords,
};

fn main() {
    let engine = Arc::new(Engine::load(None, UnknownWords::Split).expect("the built-in rules load"));
    let mut trials = Vec::new();
    for (at, rule) in engine.rules.rules.iter().enumerate() {
        for (number, case) in rule.entry.case.iter().enumerate() {
            let engine = Arc::clone(&engine);
            trials.push(Trial::test(format!("{}: {}", rule.name, case.text), move || {
                let rule = &engine.rules.rules[at];
                verdict(check_case(&engine, rule, &rule.entry.case[number]))
            }));
        }
        for (number, sentence) in rule.entry.not.iter().enumerate() {
            let engine = Arc::clone(&engine);
            trials.push(Trial::test(format!("{}: not {sentence}", rule.name), move || {
                let rule = &engine.rules.rules[at];
                verdict(check_not(&engine, rule, &rule.entry.not[number]))
            }));
        }
    }
    trials.push(Trial::test("the built-in files hold as an overlay", built_in_as_overlay));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// Who wants other rules begins with a copy of these.
fn built_in_as_overlay() -> Result<(), Failed> {
    let copy = tempfile::tempdir()?;
    for language in ["zh", "en"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(language);
        fs::create_dir(copy.path().join(language))?;
        for file in fs::read_dir(from)? {
            let file = file?;
            fs::copy(file.path(), copy.path().join(language).join(file.file_name()))?;
        }
    }
    let laid_over = Engine::load(Some(copy.path()), UnknownWords::Split)?;
    let built_in = Engine::load(None, UnknownWords::Split)?;
    // Words that are counted must not count twice.
    for list in ["en.law.jurisdiction_words", "zh.law.jurisdiction_words", "zh.figure.taiwan"] {
        if laid_over.rules.list(list) != built_in.rules.list(list) {
            return Err(format!("{list} is another one").into());
        }
    }
    Ok(())
}

fn verdict(wrong: Option<Wrong>) -> Result<(), Failed> {
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(format!("{}:{}: {}", wrong.path.display(), wrong.line, wrong.message).into()),
    }
}
