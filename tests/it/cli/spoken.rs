//! Recordings in which somebody says what a test wants: syllables from a train of pulses and noise
//! through three formants, for runs that are to find lines where they are said.

use std::f64::consts::{PI, TAU};
#[cfg(unix)]
use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

#[cfg(unix)]
use assert_cmd::cargo::cargo_bin;

const HERTZ: usize = 16_000;
const HERTZ_F: f64 = 16_000.0;

/// Half a second, and a second at either end.
const REST: usize = HERTZ / 2;
const MARGIN: usize = HERTZ;

/// Ten lines of eight or so syllables of which [`SYLLABLES`] says how they sound.
pub(super) const LINES: [&str; 10] = [
    "妈妈西沙那沙木衣",
    "乌木书他他妈妈你",
    "你西苏八书八乌丝",
    "那沙木衣西木沙那",
    "他妈妈你苏你他书",
    "书八乌丝衣乌八妈",
    "西木沙那沙西那苏",
    "苏你他书妈妈西沙",
    "衣乌八妈乌木书他",
    "沙西那苏你西苏八",
];

/// Characters, what each begins with, and its vowel.
const SYLLABLES: [(char, &str, char); 13] = [
    ('妈', "m", 'a'),
    ('木', "m", 'u'),
    ('那', "n", 'a'),
    ('你', "n", 'i'),
    ('沙', "sh", 'a'),
    ('书', "sh", 'u'),
    ('丝', "s", 'i'),
    ('苏', "s", 'u'),
    ('西', "x", 'i'),
    ('八', "b", 'a'),
    ('他', "t", 'a'),
    ('衣', "", 'i'),
    ('乌', "", 'u'),
];

/// The three formants of each vowel, in hertz.
const VOWELS: [(char, [f64; 3]); 3] = [
    ('a', [800.0, 1250.0, 2600.0]),
    ('i', [280.0, 2300.0, 3000.0]),
    ('u', [320.0, 750.0, 2300.0]),
];

/// Somebody who speaks.
#[derive(Default)]
pub(super) struct Speaker {
    samples: Vec<f64>,
    scatter: u32,
}

/// A recording of all [`LINES`], and when each of them begins, in milliseconds.
pub(super) fn lines() -> (Vec<u8>, Vec<u32>) {
    spoken(&LINES)
}

/// The same of other ones.
pub(super) fn spoken(lines: &[&str]) -> (Vec<u8>, Vec<u32>) {
    let mut speaker = Speaker::default();
    let starts = lines.iter().map(|line| speaker.say(line)).collect();
    (speaker.wav(), starts)
}

/// A recording of nine hours of silence, which takes no room on the disk and a while to listen to.
#[cfg(unix)]
pub(super) fn hours_of_silence(path: &Path) {
    let mut wav = Speaker::default().wav();
    let bytes: u32 = 1 << 30;
    wav[4..8].copy_from_slice(&(36 + bytes).to_le_bytes());
    wav[40..44].copy_from_slice(&bytes.to_le_bytes());
    fs::write(path, wav).expect("a file");
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.set_len(44 + u64::from(bytes)))
        .expect("a file");
}

/// Stops a run in a folder so often while it listens, and gives its exit code.
#[cfg(unix)]
pub(super) fn stopped(folder: &Path, arguments: &[&str], signals: &[&str]) -> Option<i32> {
    let mut run = Command::new(cargo_bin!("zimu"))
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a run");
    for signal in signals {
        thread::sleep(Duration::from_millis(1500));
        let pid = run.id().to_string();
        let sent = Command::new("kill").args([signal, &*pid]).status();
        assert!(sent.expect("a signal").success());
    }
    run.wait().expect("an end").code()
}

impl Speaker {
    /// Says a line and rests; gives the millisecond in which it begins.
    pub(super) fn say(&mut self, line: &str) -> u32 {
        if self.samples.is_empty() {
            self.rest(MARGIN);
        }
        let start = self.samples.len() * 1000 / HERTZ;
        line.chars().for_each(|character| self.syllable(character));
        self.rest(REST);
        start as u32
    }

    /// All of it in a file, with a hiss over it.
    pub(super) fn wav(mut self) -> Vec<u8> {
        self.rest(MARGIN);
        let bytes = 2 * self.samples.len() as u32;
        let mut wav = b"RIFF".to_vec();
        wav.extend((36 + bytes).to_le_bytes());
        wav.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
        wav.extend((HERTZ as u32).to_le_bytes());
        wav.extend((2 * HERTZ as u32).to_le_bytes());
        wav.extend(*b"\x02\0\x10\0data");
        wav.extend(bytes.to_le_bytes());
        for sample in std::mem::take(&mut self.samples) {
            let sample = sample + 0.0005 * self.noise();
            wav.extend(((sample * 20_000.0) as i16).to_le_bytes());
        }
        wav
    }

    fn rest(&mut self, samples: usize) {
        self.samples.resize(self.samples.len() + samples, 0.0);
    }

    fn syllable(&mut self, character: char) {
        let known = SYLLABLES.iter().find(|(known, ..)| *known == character);
        let (_, begins, vowel) = known.expect("a character whose sound is known");
        match *begins {
            "m" => self.voice([270.0, 1000.0, 2200.0], 1100, 0.05),
            "n" => self.voice([270.0, 1500.0, 2200.0], 1100, 0.05),
            "sh" => self.hiss(2800.0, 1600, 0.04),
            "s" => self.hiss(6000.0, 1600, 0.04),
            "x" => self.hiss(4500.0, 1600, 0.04),
            "b" => self.burst(800.0, 160, 0.05),
            "t" => self.burst(3500.0, 700, 0.04),
            _ => {}
        }
        let vowels = VOWELS.iter().find(|(known, _)| known == vowel);
        self.voice(vowels.expect("a vowel").1, 2000, 0.12);
    }

    /// Pulses of 120 hertz through formants.
    fn voice(&mut self, formants: [f64; 3], samples: usize, loud: f64) {
        let pulse = |at| f64::from(u8::from(at % (HERTZ / 120) == 0));
        let pulses: Vec<f64> = (0..samples).map(pulse).collect();
        let through = formants.iter().zip([80.0, 100.0, 150.0]);
        let sound = through.fold(pulses, |sound, (formant, wide)| {
            formed(&sound, *formant, wide)
        });
        self.add(&sound, loud);
    }

    fn hiss(&mut self, formant: f64, samples: usize, loud: f64) {
        let noise: Vec<f64> = (0..samples).map(|_| self.noise()).collect();
        self.add(&formed(&noise, formant, 800.0), loud);
    }

    fn burst(&mut self, formant: f64, samples: usize, loud: f64) {
        self.rest(500);
        self.hiss(formant, samples, loud);
    }

    /// As loud as that on average.
    fn add(&mut self, sound: &[f64], loud: f64) {
        let squares: f64 = sound.iter().map(|sample| sample * sample).sum();
        let samples = sound.iter().fold(0.0, |count, _| count + 1.0);
        let is = (squares / samples).sqrt();
        self.samples
            .extend(sound.iter().map(|sample| sample * loud / is));
    }

    fn noise(&mut self) -> f64 {
        let next = self
            .scatter
            .wrapping_mul(1_103_515_245)
            .wrapping_add(12_345);
        self.scatter = next % (1 << 31);
        f64::from(self.scatter) / f64::from(1 << 30) - 1.0
    }
}

/// What a resonance makes of a sound.
fn formed(sound: &[f64], formant: f64, wide: f64) -> Vec<f64> {
    let radius = (-PI * wide / HERTZ_F).exp();
    let near = 2.0 * radius * (TAU * formant / HERTZ_F).cos();
    let far = -radius * radius;
    let (mut last, mut before) = (0.0, 0.0);
    let each = sound.iter().map(|sample| {
        let now = (1.0 - near - far) * sample + near * last + far * before;
        (last, before) = (now, last);
        now
    });
    each.collect()
}
