//! A line in, the job that it is out, or what is wrong with it.
//!
//! A line is read twice over: first into its members as they are written, so that each wrong
//! value is told with its key; then each member. Of a line that is no job its id is still
//! told, as far as there is one.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use zimu::format::Format;
use zimu::model::{LanguageTag, Timestamp};
use zimu::text::script::Script;
use zimu::timing::{Voice, Voices};

use crate::args::Layout;
use crate::pipe::answer::Id;
use crate::pipe::no_job::{NoJob, is_id, said};
use crate::pipe::value::{
    format, given_format, layout, list, milliseconds, name, pace, parsed, profile, rate, script,
    shown, some, text, voice,
};

/// A transcript to caption, on one line. What is not given, or null, is that of the command line.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Job")]
pub(crate) struct JobForm<'j> {
    /// What the answer is told from others by: it is given back as it is written.
    #[serde(borrow)]
    #[schemars(with = "Option<Id>")]
    id: Option<&'j RawValue>,
    /// The transcript, or with `format` the captions.
    #[serde(borrow)]
    #[schemars(with = "String")]
    text: &'j RawValue,
    /// What `text` is where it is captions, which are converted: the id of a format that `zimu
    /// formats` lists, or `captions`, where the content says which.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    format: Option<&'j RawValue>,
    /// A file's name for it, such as `talk.zh-Hant.txt`: the language may stand in it, and
    /// messages name it. No file is read.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    name: Option<&'j RawValue>,
    /// Length of the recording: the last word ends there.
    #[serde(borrow)]
    #[schemars(with = "Option<u32>", extend("minimum" = 1))]
    duration_ms: Option<&'j RawValue>,
    /// What stands before the first word, such as an intro.
    #[serde(borrow)]
    #[schemars(with = "Option<u32>")]
    lead_in_ms: Option<&'j RawValue>,
    /// What stands behind the last word, where it is known how long all is.
    #[serde(borrow)]
    #[schemars(with = "Option<u32>")]
    lead_out_ms: Option<&'j RawValue>,
    /// The voice that speaks, as `zimu calibrate` has learned it: the tables of its file, or the
    /// text of it. In place of `pace` and `rate`.
    #[serde(borrow)]
    #[schemars(with = "Option<VoiceForm>")]
    voice: Option<&'j RawValue>,
    /// How fast the voice is: slow, audiobook, podcast, lecture, news or fast.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    pace: Option<&'j RawValue>,
    /// The same in syllables a second, with up to three decimals.
    #[serde(borrow)]
    #[schemars(with = "Option<f64>", extend("minimum" = 1, "maximum" = 11))]
    rate: Option<&'j RawValue>,
    /// Language of the captions, as a BCP 47 tag.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    language: Option<&'j RawValue>,
    /// Limits to caption for: the name of a built-in profile, or the tables of a profile's own
    /// file (see `zimu profiles --schema`).
    #[serde(borrow)]
    #[schemars(with = "Option<ProfileForm>")]
    profile: Option<&'j RawValue>,
    /// Who speaks: names that are labels where they begin a line, and no others are.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    speakers: Option<&'j RawValue>,
    /// A translation, line for line (`-` or nothing: none), or with `second_format` in captions,
    /// one an utterance; shown below the Chinese.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    second: Option<&'j RawValue>,
    /// What `second` is where it is captions, as `format` says it of `text`.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    second_format: Option<&'j RawValue>,
    /// Language of the translation, or of what captions have besides Chinese, as a BCP 47 tag.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    second_language: Option<&'j RawValue>,
    /// Write Chinese in this script: hans, hant, hant-tw or hant-hk.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    script: Option<&'j RawValue>,
    /// The same captions in these scripts too. With it, `layout` or `top` the answer has
    /// `outputs` in place of `captions`.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    also: Option<&'j RawValue>,
    /// How captions in two languages are laid out: `stacked`, both in each cue, `separate`, an
    /// output for each, or both.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>", extend("minItems" = 1))]
    layout: Option<&'j RawValue>,
    /// Language on top where both are in each cue, as a BCP 47 tag.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    top: Option<&'j RawValue>,
    /// Formats to write, by the ids that `zimu formats` lists.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>", extend("minItems" = 1))]
    to: Option<&'j RawValue>,
}

/// A voice, as its file holds it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is there for its schema")]
enum VoiceForm {
    /// The tables.
    Tables(Voices),
    /// The text in TOML.
    Text(String),
}

/// Limits of a job.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is there for its schema")]
enum ProfileForm {
    /// A built-in profile.
    Name(String),
    /// The tables.
    Tables(Map<String, Value>),
}

/// A transcript to caption, or captions to convert, and what was said of it.
#[derive(Debug)]
pub(crate) struct Job<'j> {
    pub(crate) id: Option<&'j RawValue>,
    pub(crate) text: String,
    /// Of captions.
    pub(crate) format: Option<JobFormat>,
    pub(crate) name: Option<String>,
    pub(crate) duration: Option<Timestamp>,
    pub(crate) lead_in: Option<Timestamp>,
    pub(crate) lead_out: Option<Timestamp>,
    pub(crate) voice: Option<JobVoice>,
    pub(crate) language: Option<LanguageTag>,
    pub(crate) profile: Option<JobProfile>,
    pub(crate) speakers: Option<Vec<String>>,
    pub(crate) second: Option<String>,
    pub(crate) second_format: Option<JobFormat>,
    pub(crate) second_language: Option<LanguageTag>,
    pub(crate) script: Option<Script>,
    pub(crate) also: Option<Vec<Script>>,
    pub(crate) layout: Option<Vec<Layout>>,
    pub(crate) top: Option<LanguageTag>,
    pub(crate) to: Option<Vec<&'static Format>>,
}

/// What captions are in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum JobFormat {
    /// What their content says.
    FoundOut,
    Named(&'static Format),
}

impl JobFormat {
    /// The one that somebody says.
    pub(crate) const fn named(self) -> Option<&'static Format> {
        match self {
            Self::FoundOut => None,
            Self::Named(format) => Some(format),
        }
    }
}

/// What a transcript is captioned for.
#[derive(Debug)]
pub(crate) enum JobProfile {
    /// A built-in profile.
    Named(String),
    /// One of the job's own, in TOML.
    Own(String),
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JobVoice {
    /// Somebody whose captions it was learned from.
    Learned(Voices),
    /// Anybody, so fast.
    Paced(Voices),
}

impl<'j> Job<'j> {
    /// # Errors
    /// [`NoJob`], at the first thing that is wrong.
    pub(crate) fn of(line: &'j [u8]) -> Result<Self, NoJob<'j>> {
        let without_id = |message| NoJob { id: None, message };
        let line = str::from_utf8(line).map_err(|error| {
            let at = error.valid_up_to() + 1;
            NoJob::in_line(line, format!("expected UTF-8, found none at byte {at}"))
        })?;
        if !line.starts_with('{') {
            let found = shown(line);
            return Err(without_id(format!(
                "expected a job in braces, found {found}"
            )));
        }
        let form: JobForm<'_> = serde_json::from_str(line)
            .map_err(|error| NoJob::in_line(line.as_bytes(), said(&error)))?;
        if let Some(wrong) = form.id.filter(|id| !is_id(id)) {
            let found = shown(wrong.get());
            let message = format!("id: expected text in quotes or a number, found {found}");
            return Err(without_id(message));
        }
        let id = form.id;
        form.job().map_err(|message| NoJob { id, message })
    }
}

impl<'j> JobForm<'j> {
    fn job(self) -> Result<Job<'j>, String> {
        self.check_use()?;
        Ok(Job {
            text: text(self.text).map_err(|error| format!("text: {error}"))?,
            format: member("format", self.format, given_format)?,
            name: member("name", self.name, name)?,
            duration: self.duration()?,
            lead_in: member("lead_in_ms", self.lead_in_ms, milliseconds)?,
            lead_out: member("lead_out_ms", self.lead_out_ms, milliseconds)?,
            voice: self.voice()?,
            language: member("language", self.language, parsed)?,
            profile: member("profile", self.profile, profile)?,
            speakers: member("speakers", self.speakers, |names| list(names, name))?,
            second: member("second", self.second, text)?,
            second_format: member("second_format", self.second_format, given_format)?,
            second_language: member("second_language", self.second_language, parsed)?,
            script: member("script", self.script, script)?,
            also: member("also", self.also, |scripts| {
                each_once(list(scripts, script)?)
            })?,
            layout: member("layout", self.layout, |layouts| {
                some("a layout", layouts, layout)
            })?,
            top: member("top", self.top, parsed)?,
            to: member("to", self.to, |formats| some("a format", formats, format))?,
            id: self.id,
        })
    }

    fn duration(&self) -> Result<Option<Timestamp>, String> {
        let duration = member("duration_ms", self.duration_ms, milliseconds)?;
        if duration == Some(Timestamp::ZERO) {
            return Err("duration_ms: expected more than no time at all, found 0".to_owned());
        }
        Ok(duration)
    }

    fn voice(&self) -> Result<Option<JobVoice>, String> {
        let learned = member("voice", self.voice, voice)?.map(JobVoice::Learned);
        let paced = |rate| JobVoice::Paced(Voice::at(rate).into());
        let of_pace = member("pace", self.pace, pace)?.map(paced);
        let of_rate = member("rate", self.rate, rate)?.map(paced);
        let mut voices = [learned, of_pace, of_rate].into_iter().flatten();
        match (voices.next(), voices.next()) {
            (voice, None) => Ok(voice),
            (_, Some(_)) => Err("expected one of voice, pace and rate, found two".to_owned()),
        }
    }

    /// That there is a use for each key: some are only of transcripts, or of a translation.
    fn check_use(&self) -> Result<(), String> {
        let of_transcripts = [
            ("duration_ms", self.duration_ms),
            ("lead_in_ms", self.lead_in_ms),
            ("lead_out_ms", self.lead_out_ms),
            ("voice", self.voice),
            ("pace", self.pace),
            ("rate", self.rate),
            ("profile", self.profile),
            ("speakers", self.speakers),
            ("second", self.second),
        ];
        let mut without_use = of_transcripts.iter().filter(|_| self.format.is_some());
        if let Some((key, _)) = without_use.find(|(_, json)| json.is_some()) {
            return Err(format!(
                "{key}: expected a transcript for it, found a `format` of captions"
            ));
        }
        if self.second_format.is_some() && self.second.is_none() {
            return Err(
                "second_format: expected the `second` that it is of, found none".to_owned(),
            );
        }
        Ok(())
    }
}

/// A script that is asked for twice would be two files of one name.
fn each_once(scripts: Vec<Script>) -> Result<Vec<Script>, String> {
    let mut each = scripts.iter().enumerate();
    match each.find(|(at, script)| scripts[..*at].contains(script)) {
        Some((_, twice)) => Err(format!(
            "expected each script once, found {} again",
            twice.subtags().to_lowercase()
        )),
        None => Ok(scripts),
    }
}

/// What is there of a member; what is wrong with it is told with its key.
fn member<'j, T>(
    key: &str,
    json: Option<&'j RawValue>,
    read: impl FnOnce(&'j RawValue) -> Result<T, String>,
) -> Result<Option<T>, String> {
    let value = json.map(read).transpose();
    value.map_err(|error| format!("{key}: {error}"))
}
