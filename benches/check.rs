//! How fast captions are checked by all rules, and mended: a hundred thousand cues of two lines.
//!
//! `clean` breaks no rule, so that it is what looking takes; in `broken` every cue is too fast, and in
//! `mended` it stays longer.

use divan::{Bencher, black_box};
use zimu::check::{Checking, check, fix};
use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
use zimu::profile::Profile;

const CUES: u32 = 100_000;

fn main() {
    divan::main();
}

/// Cues of up to 19 characters, each shown for so long.
fn track(duration_ms: u32) -> Track {
    let above = [
        "今天我们来谈谈",
        "我们坐的火车",
        "其中九成的人",
        "都没有想到",
    ];
    let below = [
        "字幕应该怎么断行",
        "快要进站了",
        "是头一回坐船",
        "茶已经泡好了",
    ];
    let mut builder = TrackBuilder::new();
    let chinese = builder.language(&LanguageTag::ZH_HANS);
    for cue in 0..CUES {
        let [first, second] = [cue, cue / 3].map(|at| at as usize % above.len());
        builder.line(above[first], chinese);
        builder.line(below[second], chinese);
        let start = Timestamp::from_millis(cue * 3_000);
        let times = CueTimes::new(start, start.later(duration_ms));
        builder.cue(CueId::numbered(cue + 1), times);
    }
    builder.finish()
}

/// What is done to a track.
fn done<T>(bencher: Bencher<'_, '_>, work: impl Fn(&Checking<'_>) -> T + Sync) {
    let profile = Profile::named("netflix-zh-hans").expect("a profile of the table");
    let english = Profile::named("netflix-en").expect("a profile of the table");
    let checking = Checking {
        second: Some(&english),
        ..Checking::of(&profile)
    };
    bencher.bench(|| work(black_box(&checking)));
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    let track = track(2_000);
    done(bencher, |checking| check(&track, checking));
}

#[divan::bench]
fn broken(bencher: Bencher<'_, '_>) {
    let track = track(840);
    done(bencher, |checking| check(&track, checking));
}

#[divan::bench]
fn mended(bencher: Bencher<'_, '_>) {
    let track = track(1_400);
    done(bencher, |checking| fix(&track, checking, &|_| Ok(())));
}
