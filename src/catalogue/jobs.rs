//! The names of all files below a folder in, which of them are captioned out, and what goes
//! with each.
//!
//! Files belong together that stand in one folder and have one stem: `talk.txt`,
//! `talk.en.txt`, `talk.mp4`, `talk.info.json`. What each of them is for, its ending says
//! ([`ENDINGS`]) and the language in its name.

use std::collections::{BTreeMap, HashMap};

use crate::format::names::{Languages, Name};
use crate::format::{FORMATS, Format, is_shared_extension};
use crate::text::script::is_chinese;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One utterance a line: it is captioned, or it is the translation of one that is.
    Transcript,
    /// Captions: they are converted, or they are the translation of a transcript.
    Captions,
    /// What yt-dlp says of a recording: how long it is.
    Info,
    /// A recording: how long it is.
    Media,
    /// What holds for one transcript alone.
    Overrides,
}

/// An ending of names, and what files with it are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// With its first dot, in lower case.
    pub ending: &'static str,
    /// What they are for.
    pub role: Role,
}

const fn of(ending: &'static str, role: Role) -> Ending {
    Ending { ending, role }
}

/// The endings of all that is no caption file; longer ones go before shorter ones. Those of
/// captions are [`FORMATS`]', but for the ones that most files have for another reason.
pub const ENDINGS: &[Ending] = &[
    of(".info.json", Role::Info),
    of(".zimu.toml", Role::Overrides),
    of(".txt", Role::Transcript),
    of(".md", Role::Transcript),
    of(".mp4", Role::Media),
    of(".m4a", Role::Media),
    of(".mp3", Role::Media),
    of(".wav", Role::Media),
    of(".flac", Role::Media),
    of(".ogg", Role::Media),
    of(".opus", Role::Media),
    of(".mkv", Role::Media),
    of(".webm", Role::Media),
];

/// One file to make captions of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The transcript, or the captions.
    pub input: String,
    /// Which of the two.
    pub kind: Kind,
    /// What may be its translation. Where there are several, somebody has to say which.
    pub seconds: Vec<String>,
    /// What says how long the recording is; it goes before the recording itself.
    pub info: Option<String>,
    /// The recording.
    pub media: Option<String>,
    /// What holds for it alone.
    pub overrides: Option<String>,
    /// The voices of its channel: of the nearest folder that has them.
    pub voices: Option<String>,
}

/// What is made captions of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A transcript is captioned.
    Transcript,
    /// Captions are converted.
    Captions,
}

/// The name of a file with the voices of the talks in its folder and below.
pub const VOICES_FILE: &str = "zimu-voice.toml";

/// A transcript of which captions are there already: these are what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The transcript.
    pub path: String,
    /// The captions.
    pub captions: String,
    /// What holds for it alone.
    pub overrides: Option<String>,
}

/// What a folder has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// By input.
    pub jobs: Vec<Job>,
    /// By path.
    pub asides: Vec<Aside>,
}

/// The jobs of a folder, of the paths of all files below it in any order.
///
/// ```
/// use zimu::catalogue::jobs;
///
/// let found = jobs(["a/talk.en.txt", "a/talk.txt", "a/talk.info.json", "cover.jpg"]);
/// let [job] = &found.jobs[..] else { panic!() };
/// assert_eq!(job.input, "a/talk.txt");
/// assert_eq!(job.seconds, ["a/talk.en.txt"]);
/// assert_eq!(job.info.as_deref(), Some("a/talk.info.json"));
/// ```
#[must_use]
pub fn jobs<'l>(listing: impl IntoIterator<Item = &'l str>) -> Found {
    let mut groups: BTreeMap<(&str, String), Group<'l>> = BTreeMap::new();
    let mut voiced: HashMap<&str, &str> = HashMap::new();
    for path in listing {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if name == VOICES_FILE {
            voiced.insert(folder, path);
            continue;
        }
        let Some((role, rest)) = role(name) else {
            continue;
        };
        let name = Name::of(rest);
        let member = Member {
            path,
            languages: name.languages,
        };
        let group = groups.entry((folder, name.stem)).or_default();
        group.of(role).push(member);
    }
    let mut found = Found::default();
    for group in groups.into_values() {
        group.jobs(&mut found);
    }
    found.jobs.sort_by(|one, other| one.input.cmp(&other.input));
    found.asides.sort_by(|one, other| one.path.cmp(&other.path));
    let spoken = found
        .jobs
        .iter_mut()
        .filter(|job| job.kind == Kind::Transcript);
    for job in spoken {
        let mut folders = folders_of(&job.input);
        job.voices = folders.find_map(|folder| voiced.get(folder).map(ToString::to_string));
    }
    found
}

/// The folders that a path is in, the nearest first; the last has no name.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices('/').map(|(end, _)| end);
    ends.chain([0]).map(|end| &path[..end])
}

/// Whether a file with that name has a part in a talk.
///
/// ```
/// use zimu::catalogue::is_of_a_talk;
///
/// assert!(is_of_a_talk("talk.en.txt") && is_of_a_talk("talk.SRT"));
/// assert!(!is_of_a_talk("cover.jpg"));
/// ```
#[must_use]
pub fn is_of_a_talk(name: &str) -> bool {
    role(name).is_some()
}

/// What a file is for, and its name without what says so.
fn role(name: &str) -> Option<(Role, &str)> {
    let lower = name.to_ascii_lowercase();
    let known = ENDINGS.iter().find(|known| lower.ends_with(known.ending));
    if let Some(Ending { ending, role }) = known {
        return Some((*role, &name[..name.len() - ending.len()]));
    }
    let (rest, extension) = name.rsplit_once('.')?;
    let mut readable = FORMATS.iter().filter(|format| format.can_read());
    let is_captions = readable.any(|format: &Format| format.has_extension(extension));
    (is_captions && !is_shared_extension(extension)).then_some((Role::Captions, rest))
}

/// The files of one stem.
#[derive(Default)]
struct Group<'l> {
    transcripts: Vec<Member<'l>>,
    captions: Vec<Member<'l>>,
    infos: Vec<Member<'l>>,
    media: Vec<Member<'l>>,
    overrides: Vec<Member<'l>>,
}

/// A file, and what its name says of its language.
struct Member<'l> {
    path: &'l str,
    languages: Option<Languages>,
}

impl Member<'_> {
    /// In Chinese, as whatever names no language is.
    fn is_chinese(&self) -> bool {
        let languages = self.languages.as_ref();
        languages.is_none_or(|languages| is_chinese(languages.first()))
    }
}

impl<'l> Group<'l> {
    fn of(&mut self, role: Role) -> &mut Vec<Member<'l>> {
        match role {
            Role::Transcript => &mut self.transcripts,
            Role::Captions => &mut self.captions,
            Role::Info => &mut self.infos,
            Role::Media => &mut self.media,
            Role::Overrides => &mut self.overrides,
        }
    }

    fn jobs(self, found: &mut Found) {
        let job = |member: &Member<'_>, kind, seconds| Job {
            input: member.path.to_owned(),
            kind,
            seconds,
            info: first(&self.infos),
            media: first(&self.media),
            overrides: first(&self.overrides),
            voices: None,
        };
        let is_chinese = |member: &&Member<'_>| member.is_chinese();
        let chinese = self.captions.iter().filter(is_chinese);
        let made = chinese.min_by_key(|member| member.path);
        if let Some(captions) = made {
            // Somebody has put them at their times.
            let transcripts = self.transcripts.iter().filter(is_chinese);
            found.asides.extend(transcripts.map(|transcript| Aside {
                path: transcript.path.to_owned(),
                captions: captions.path.to_owned(),
                overrides: first(&self.overrides),
            }));
        }
        let has_transcript = self.transcripts.iter().any(Member::is_chinese);
        let is_captioned = has_transcript && made.is_none();
        let are_seconds = |members: &[Member<'_>]| {
            let others = members.iter().filter(|member| !member.is_chinese());
            let mut seconds: Vec<_> = others.map(|member| member.path.to_owned()).collect();
            seconds.sort_unstable();
            seconds
        };
        if is_captioned {
            let mut seconds = are_seconds(&self.transcripts);
            seconds.extend(are_seconds(&self.captions));
            let firsts = self.transcripts.iter().filter(is_chinese);
            let firsts = firsts.map(|first| job(first, Kind::Transcript, seconds.clone()));
            found.jobs.extend(firsts);
            return;
        }
        let captions = self.captions.iter();
        let converted = captions.map(|captions| job(captions, Kind::Captions, Vec::new()));
        found.jobs.extend(converted);
        if made.is_none() {
            // In another language, and of nothing that is in Chinese.
            let others = self.transcripts.iter();
            let others = others.map(|other| job(other, Kind::Transcript, Vec::new()));
            found.jobs.extend(others);
        }
    }
}

fn first(members: &[Member<'_>]) -> Option<String> {
    let first = members.iter().min_by_key(|member| member.path);
    first.map(|member| member.path.to_owned())
}
