//! A line in, the job that it is out, or what is wrong with it.
//!
//! A line is read twice over: first into its members as they are written, so that each wrong
//! value is told with its key; then each member. Of a line that is no job its id is still
//! told, as far as there is one.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;
use zimu::format::Format;
use zimu::model::{LanguageTag, Timestamp};
use zimu::text::script::Script;
use zimu::timing::{Voice, Voices};

use crate::pipe::answer::Id;
use crate::pipe::value::{
    format, list, milliseconds, name, pace, parsed, rate, script, shown, text, voice,
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
    /// The transcript.
    #[serde(borrow)]
    #[schemars(with = "String")]
    text: &'j RawValue,
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
    /// Limits to caption for: the name of a built-in profile.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    profile: Option<&'j RawValue>,
    /// Who speaks: names that are labels where they begin a line, and no others are.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    speakers: Option<&'j RawValue>,
    /// A translation, line for line (`-` or nothing: none), shown below the Chinese.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    second: Option<&'j RawValue>,
    /// Language of the translation, as a BCP 47 tag.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    second_language: Option<&'j RawValue>,
    /// Write Chinese in this script: hans, hant, hant-tw or hant-hk.
    #[serde(borrow)]
    #[schemars(with = "Option<String>")]
    script: Option<&'j RawValue>,
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

/// A transcript to caption, and what was said of it.
#[derive(Debug)]
pub(crate) struct Job<'j> {
    pub(crate) id: Option<&'j RawValue>,
    pub(crate) text: String,
    pub(crate) name: Option<String>,
    pub(crate) duration: Option<Timestamp>,
    pub(crate) lead_in: Option<Timestamp>,
    pub(crate) lead_out: Option<Timestamp>,
    pub(crate) voice: Option<JobVoice>,
    pub(crate) language: Option<LanguageTag>,
    pub(crate) profile: Option<String>,
    pub(crate) speakers: Option<Vec<String>>,
    pub(crate) second: Option<String>,
    pub(crate) second_language: Option<LanguageTag>,
    pub(crate) script: Option<Script>,
    pub(crate) to: Option<Vec<&'static Format>>,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JobVoice {
    /// Somebody whose captions it was learned from.
    Learned(Voices),
    /// Anybody, so fast.
    Paced(Voices),
}

/// A line that is no job.
#[derive(Debug)]
pub(crate) struct NoJob<'j> {
    /// As far as it could be read.
    pub(crate) id: Option<&'j RawValue>,
    /// What was expected and what was found.
    pub(crate) message: String,
}

impl<'j> Job<'j> {
    /// # Errors
    /// [`NoJob`], at the first thing that is wrong.
    pub(crate) fn of(line: &'j [u8]) -> Result<Self, NoJob<'j>> {
        let without_id = |message| NoJob { id: None, message };
        let line = str::from_utf8(line).map_err(|error| {
            let at = error.valid_up_to() + 1;
            without_id(format!("expected UTF-8, found none at byte {at}"))
        })?;
        if !line.starts_with('{') {
            let found = shown(line);
            return Err(without_id(format!(
                "expected a job in braces, found {found}"
            )));
        }
        let form: JobForm<'_> = serde_json::from_str(line).map_err(|error| NoJob {
            id: id_in(line).filter(|id| is_id(id)),
            message: said(&error),
        })?;
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
        Ok(Job {
            text: text(self.text).map_err(|error| format!("text: {error}"))?,
            name: member("name", self.name, name)?,
            duration: self.duration()?,
            lead_in: member("lead_in_ms", self.lead_in_ms, milliseconds)?,
            lead_out: member("lead_out_ms", self.lead_out_ms, milliseconds)?,
            voice: self.voice()?,
            language: member("language", self.language, parsed)?,
            profile: member("profile", self.profile, text)?,
            speakers: member("speakers", self.speakers, |names| list(names, name))?,
            second: member("second", self.second, text)?,
            second_language: member("second_language", self.second_language, parsed)?,
            script: member("script", self.script, script)?,
            to: self.to()?,
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

    fn to(&self) -> Result<Option<Vec<&'static Format>>, String> {
        let formats = member("to", self.to, |formats| list(formats, format))?;
        if formats.as_ref().is_some_and(Vec::is_empty) {
            return Err("to: expected a format, found none".to_owned());
        }
        Ok(formats)
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

/// The id of a line that is no job: what stands behind its first key `id`.
fn id_in(line: &str) -> Option<&RawValue> {
    let mut id = None;
    // Where the line breaks off, the id may have been read.
    let _ = Deserializer::from_str(line).deserialize_map(FirstId(&mut id));
    id
}

struct FirstId<'f, 'j>(&'f mut Option<&'j RawValue>);

impl<'j> Visitor<'j> for FirstId<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a job")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" && self.0.is_none() {
                *self.0 = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

fn is_id(json: &RawValue) -> bool {
    json.get()
        .starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit())
}

/// What the reader of JSON says, in our words.
fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let message = &said[..said.rfind(" at line ").unwrap_or(said.len())];
    if let Some((found, keys)) = message
        .strip_prefix("unknown field ")
        .and_then(|said| said.split_once(", expected one of "))
    {
        return format!("expected one of the keys {keys}, found {}", shown(found));
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("expected the key {key}, found none");
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return format!("expected the key {key} once, found it again");
    }
    format!(
        "expected JSON, found it broken at byte {}: {message}",
        error.column()
    )
}
