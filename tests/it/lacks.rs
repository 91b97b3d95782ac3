//! A track that has all that a track can have in, what each format says that it loses of it out:
//! that is what its row does not say that it holds, no more and no less.

use std::collections::BTreeSet;

use zimu::format::{FORMATS, Feature, lower};
use zimu::model::Track;

use crate::road::{format, read};

/// Every feature has a cue here, and nearly every cue one feature.
const ALL: &str = r#"{"format":"zimu-cues","version":1,
"chapters":[{"start_ms":0,"title":"一"},{"start_ms":20000,"title":"二"},{"start_ms":40000,"title":"三"}],
"cues":[
{"id":"序","start_ms":0,"end_ms":3000,"lines":[{"language":"zh-Hans","text":"有名字的"}]},
{"id":"2","start_ms":1003,"end_ms":2007,"lines":[{"language":"zh-Hans","text":"同时还有一条"}]},
{"id":"3","start_ms":4000,"end_ms":5000,"speaker":"阿水","lines":[{"language":"zh-Hans","text":"有人说的"}]},
{"id":"4","start_ms":5000,"end_ms":6000,"position":8,"lines":[{"language":"zh-Hans","text":"在上面"}]},
{"id":"5","start_ms":6000,"end_ms":7000,"lines":[{"language":"zh-Hans","text":"两种话"},{"language":"en","text":"two languages"}]},
{"id":"6","start_ms":7000,"end_ms":8000,"lines":[{"language":"zh-Hans","text":"粗的","marks":[{"kind":"bold","start":0,"end":1}]}]},
{"id":"7","start_ms":8000,"end_ms":9000,"lines":[{"language":"zh-Hans","text":"渡口","marks":[{"kind":"ruby","start":0,"end":2,"reading":"dùkǒu"}]}]},
{"id":"8","start_ms":9000,"end_ms":10000,"lines":[]},
{"id":"9","start_ms":10000,"end_ms":11000,"lines":[{"language":"zh-Hans","text":"上"},{"language":"zh-Hans","text":""},{"language":"zh-Hans","text":"下"}]},
{"id":"10","start_ms":11000,"end_ms":12000,"lines":[{"language":"zh-Hans","text":"2024"}]},
{"id":"11","start_ms":12000,"end_ms":13000,"lines":[{"language":"zh-Hans","text":"<b>不是标签</b> {\\an8} \\N\uffff"},{"language":"zh-Hans","text":"[00:01.00]0:00:01.000,0:00:02.000"},{"language":"zh-Hans","text":"0:00:01.000,0:00:02.000"}]},
{"id":"12","start_ms":40000000,"end_ms":40001000,"lines":[{"language":"zh-Hans","text":"很久以后"}]}
]}"#;

fn all() -> Track {
    let reading = read(ALL, format("json"));
    assert_eq!(reading.diagnostics, []);
    reading.track
}

fn lost(format: &'static zimu::format::Format) -> BTreeSet<String> {
    let losses = lower(&mut all(), format);
    losses
        .iter()
        .map(|loss| format!("{:?}", loss.feature))
        .collect()
}

#[test]
fn what_a_format_does_not_hold_is_told_and_nothing_else() {
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        // Of a format without cues all that cues have is lost with them.
        let lacks = Feature::ALL.iter().filter(|&&feature| {
            let is_told = format.holds(Feature::Cues) || !feature.is_of_cues();
            !format.holds(feature) && is_told
        });
        let mut expected: BTreeSet<String> = lacks.map(|feature| format!("{feature:?}")).collect();
        // These chapters are what YouTube takes.
        expected.remove("AnyChapters");
        assert_eq!(lost(format), expected, "{}", format.id);
    }
}
