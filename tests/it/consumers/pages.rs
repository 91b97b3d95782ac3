//! The pages of `--report html`, opened by a browser: it shows what is in them, and runs nothing else.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::json;
use tempfile::TempDir;

use super::chromium::shown;
use crate::road::root;

/// Words that are a script or an element if they get out of their place.
const HOSTILE: &str = "</script><script>document.title = 'run'</script>\
    <img src=x onerror=\"document.title = 'run'\">\u{2028}\u{202e}渡船";

/// The same as a browser writes text.
const AS_TEXT: &str = "&lt;/script&gt;&lt;script&gt;document.title = 'run'&lt;/script&gt;\
    &lt;img src=x onerror=\"document.title = 'run'\"&gt;\u{2028}\u{202e}渡船";

/// What the browser says of scripts that fail, and of all that the policy of a page stops.
const COMPLAINTS: &str = "CONSOLE";

/// Opens the page that a command prints, with what stands behind its address.
fn opened(arguments: &[&str], asked: &str, folder: &TempDir) -> String {
    let mut zimu = Command::new(cargo_bin!("zimu"));
    let page = zimu
        .args(arguments)
        .args(["-q", "--report", "html"])
        .current_dir(folder.path());
    let page = page.output().expect("a run").stdout;
    fs::write(folder.path().join("page.html"), page).expect("a file");
    let logging = ["--enable-logging=stderr", "--window-size=1280,900"];
    let (page, says) = shown(&format!("page.html{asked}"), &logging, folder);
    assert!(!says.contains(COMPLAINTS), "{says}");
    page
}

/// A file in zimu's own form, each cue of which says so and is called so: two seconds, with a gap
/// that is too short behind every other one.
fn captions(words: &str, cues: u32) -> String {
    let cue = |at: u32| {
        let (start, end) = (2000 * at, 2000 * at + 1800 + 190 * ((at + 1) % 2));
        json!({
            "id": format!("{words}{at}"), "start_ms": start, "end_ms": end, "speaker": words,
            "lines": [{"language": "zh-Hans", "text": words}],
        })
    };
    let cues: Vec<_> = (0..cues).map(cue).collect();
    json!({"format": "zimu-cues", "version": 1, "cues": cues}).to_string()
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    folder
}

const CHECK: [&str; 5] = ["check", "--profile", "netflix-zh-hans", "--only", "gap"];

/// How often a part is in a page.
fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_shows_words_and_runs_none() {
    let files = folder(&[
        ("old.json", captions(HOSTILE, 4)),
        ("new.json", captions(&format!("{HOSTILE}了"), 4)),
    ]);
    let checked = opened(&[&CHECK[..], &["old.json"]].concat(), "", &files);
    let compared = opened(&["diff", "old.json", "new.json"], "", &files);
    let line = |text: &str| format!("<p lang=\"zh-Hans\" dir=\"auto\">{text}</p>");
    assert_eq!(count(&checked, &line(AS_TEXT)), 2, "{checked}");
    assert_eq!(count(&compared, &line(AS_TEXT)), 4, "{compared}");
    assert_eq!(
        count(&compared, &line(&format!("{AS_TEXT}<ins>了</ins>"))),
        4,
        "{compared}"
    );
    for (page, title) in [
        (checked, "old.json · zimu check"),
        (compared, "old.json → new.json · zimu diff"),
    ] {
        assert!(page.contains(&format!("<title>{title}</title>")), "{page}");
        assert_eq!(
            (count(&page, "<script"), count(&page, "<img")),
            (2, 0),
            "{page}"
        );
    }
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_draws_what_was_found() {
    let files = folder(&[
        ("talk.json", captions("渡船靠岸", 5)),
        ("more.json", captions("茶", 3)),
    ]);
    let page = opened(
        &[&CHECK[..], &["talk.json", "more.json"]].concat(),
        "#1.3",
        &files,
    );
    // The first and the third of five are followed too closely; the third is asked for.
    assert_eq!(count(&page, "role=\"listitem\""), 2, "{page}");
    assert_eq!(count(&page, "<g class=\"cue "), 5, "{page}");
    assert!(page.contains("class=\"cue warning picked\""), "{page}");
    let pointed_at = "aria-setsize=\"2\" aria-posinset=\"2\" aria-current=\"true\"";
    assert!(page.contains(pointed_at), "{page}");
    assert_eq!(count(&page, "<path class=\"gap warning\""), 2, "{page}");
    assert_eq!(count(&page, "<tr data-file="), 2, "{page}");
    assert!(page.contains("limit 9/s"), "{page}");
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_draws_what_became_of_cues() {
    let case = root().join("fixtures/compare/several");
    let files = folder(
        &["old.srt", "new.srt"]
            .map(|name| (name, fs::read_to_string(case.join(name)).expect("a file"))),
    );
    let page = opened(&["diff", "old.srt", "new.srt"], "", &files);
    for part in [
        "class=\"dots few\"",
        "<rect class=\"bin\"",
        "class=\"ribbon wording\"",
        "<ins>能</ins>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

/// Only what is near to be seen is in the document.
#[test]
#[ignore = "needs chromium"]
fn a_browser_opens_many_cues() {
    let files = folder(&[("talk.json", captions("渡船", 40_000))]);
    let page = opened(&[&CHECK[..], &["talk.json"]].concat(), "#1.30001", &files);
    assert!(page.contains("20,000 cues with findings</h2>"));
    assert!((40..400).contains(&count(&page, "role=\"listitem\"")));
    assert!(page.contains("aria-posinset=\"15001\" aria-current=\"true\""));
}
