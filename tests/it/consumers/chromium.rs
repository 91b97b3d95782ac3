//! The cues that a browser finds in a `<track>`.

use std::cmp::Reverse;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use zimu::model::{MarkKind, Position, Track};

use super::run;
use crate::road::{fixtures, format, read, text_of, written};

/// A page that loads each text of `FILES` as a track, and then holds what it found. Readings are
/// text to a page: they are told apart by their element.
const PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<pre></pre>
<video></video>
<script>
const seen = (cue) => {
  const fragment = cue.getCueAsHTML();
  const readings = [...fragment.querySelectorAll("rt")].map((rt) => {
    rt.remove();
    return rt.textContent;
  });
  const voices = [...fragment.querySelectorAll("span[title]")];
  return {
    start_ms: Math.round(cue.startTime * 1000),
    end_ms: Math.round(cue.endTime * 1000),
    text: fragment.textContent,
    readings: readings.filter((reading) => reading),
    speaker: voices.map((voice) => voice.title).find((name) => name) ?? null,
    place: [cue.line, cue.position, cue.align],
  };
};
const load = (text) => new Promise((done) => {
  const track = document.createElement("track");
  track.onload = () => done([...track.track.cues].map(seen));
  track.onerror = () => done([]);
  track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
  document.querySelector("video").append(track);
  track.track.mode = "hidden";
});
Promise.all(FILES.map(load)).then((found) => {
  const code = (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
  const plain = JSON.stringify(found).replace(/[<>&\x7f-\uffff]/g, code);
  document.querySelector("pre").textContent = plain;
});
</script>
"#;

/// What a browser makes of a page of `folder`, and what it says of it.
pub(super) fn shown(page: &str, more: &[&str], folder: &TempDir) -> (String, String) {
    let address = format!("file://{}", folder.path().join(page).display());
    let profile = format!("--user-data-dir={}", folder.path().join("user").display());
    let mut arguments = vec!["--headless", "--no-sandbox", "--disable-gpu", &profile];
    arguments.extend(more);
    // Time goes by as fast as there is nothing to wait for.
    arguments.extend(["--virtual-time-budget=60000", "--dump-dom", &address]);
    let output = run("chromium", "chromium", &arguments, folder);
    [output.stdout, output.stderr]
        .map(|text| String::from_utf8(text).expect("text"))
        .into()
}

/// What a browser finds in each text.
fn found_by_browser(texts: &[String]) -> Vec<Vec<Value>> {
    let folder = tempfile::tempdir().expect("a folder");
    let files = json!(texts).to_string().replace('<', "\\u003c");
    fs::write(
        folder.path().join("page.html"),
        PAGE.replace("FILES", &files),
    )
    .expect("a file");
    let (page, _) = shown("page.html", &[], &folder);
    let found = page.split_once("<pre>").and_then(|(_, behind)| {
        let (found, _) = behind.split_once("</pre>")?;
        serde_json::from_str::<Vec<Vec<Value>>>(found).ok()
    });
    found.unwrap_or_else(|| panic!("expected cues in a page, found {page}"))
}

/// The same of a track. A browser puts those of two cues of one start first that end later.
fn found_by_us(track: &Track) -> Vec<Value> {
    let mut cues: Vec<_> = track.cues().iter().collect();
    cues.sort_by_key(|cue| (cue.interval.start(), Reverse(cue.interval.end())));
    let cues = cues.into_iter().map(|cue| {
        let lines: Vec<_> = track.lines(cue).collect();
        let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
        let marks = lines.iter().flat_map(|line| line.marks);
        let readings = marks.filter_map(|mark| match mark.kind {
            MarkKind::Ruby(reading) => Some(track.reading(reading)),
            MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => None,
        });
        json!({
            "start_ms": cue.interval.start().millis(),
            "end_ms": cue.interval.end().millis(),
            "text": text.join("\n"),
            "readings": readings.collect::<Vec<_>>(),
            "speaker": track.speaker(cue),
            "place": place(track.position(cue).unwrap_or(Position::BottomCentre)),
        })
    });
    cues.collect()
}

/// Where cues of a position stand, as a browser says it: line, position, alignment.
fn place(position: Position) -> Value {
    let line = match position {
        Position::BottomLeft | Position::BottomCentre | Position::BottomRight => json!("auto"),
        Position::MiddleLeft | Position::MiddleCentre | Position::MiddleRight => json!(50),
        Position::TopLeft | Position::TopCentre | Position::TopRight => json!(0),
    };
    match position {
        Position::BottomLeft | Position::MiddleLeft | Position::TopLeft => {
            json!([line, 0, "left"])
        }
        Position::BottomCentre | Position::MiddleCentre | Position::TopCentre => {
            json!([line, "auto", "center"])
        }
        Position::BottomRight | Position::MiddleRight | Position::TopRight => {
            json!([line, 100, "right"])
        }
    }
}

/// What is left of a cue that nobody wrote for zimu: a time that no clock has is dropped by us,
/// and so are control characters and the end before the start, each with a finding.
fn as_mended(cue: &Value) -> Option<Value> {
    let (start_ms, end_ms) = (cue["start_ms"].as_u64()?, cue["end_ms"].as_u64()?);
    let text = |value: &Value| {
        let text = value.as_str()?.replace('\n', " ");
        Some(text.replace(|c: char| c.is_control(), ""))
    };
    Some(json!({
        "start_ms": start_ms,
        "end_ms": (start_ms < end_ms).then_some(end_ms),
        "text": text(&cue["text"]),
        "readings": cue["readings"],
        "speaker": text(&cue["speaker"]),
    }))
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_finds_the_cues_that_are_written() {
    let vtt = format("vtt");
    let paths = fixtures("vtt");
    let tracks = paths.iter().map(|path| read(&text_of(path), vtt).track);
    let texts: Vec<String> = tracks.map(|track| written(&track, vtt).0).collect();
    for ((text, found), path) in texts.iter().zip(found_by_browser(&texts)).zip(paths) {
        let expected = found_by_us(&read(text, vtt).track);
        assert_eq!(found, expected, "{}: {text}", path.display());
    }
}

#[test]
#[ignore = "needs chromium"]
fn zimu_reads_what_a_browser_does() {
    let vtt = format("vtt");
    let paths = fixtures("vtt");
    let texts: Vec<String> = paths.iter().map(|path| text_of(path)).collect();
    let mut count = 0;
    for ((text, found), path) in texts.iter().zip(found_by_browser(&texts)).zip(paths) {
        let found: Vec<Value> = found.iter().filter_map(as_mended).collect();
        let expected = found_by_us(&read(text, vtt).track);
        let mut expected: Vec<Value> = expected.iter().filter_map(as_mended).collect();
        for (ours, theirs) in expected.iter_mut().zip(&found) {
            if theirs["end_ms"].is_null() {
                ours["end_ms"] = Value::Null;
            }
        }
        count += found.len();
        assert_eq!(found, expected, "{}: {text}", path.display());
    }
    assert!(count > 0, "a browser that finds nothing agrees with all");
}
