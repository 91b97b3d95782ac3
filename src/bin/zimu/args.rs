//! The words of the command line, as values. Below this file nobody knows clap.

mod batch;
mod check;
mod diff;
mod known;
mod layout;
mod pipe;
mod profiles;
mod retime;
mod sheet;
mod told;

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use zimu::align::Absent;
use zimu::format::Format;
use zimu::model::{LanguageTag, Timestamp};
use zimu::text::encoding::Encoding;
use zimu::text::script::Script;

pub(crate) use batch::{BatchArguments, BatchReport};
pub(crate) use check::{
    CheckArguments, CheckReport, RulesArguments, RulesCommand, Tolerance, rule, tolerance,
};
pub(crate) use diff::{DiffArguments, DiffReport};
pub(crate) use known::{KnownArguments, SpeakerArguments, pace};
use known::{duration, length};
pub(crate) use layout::{Layout, LayoutArguments, layout};
pub(crate) use pipe::PipeArguments;
pub(crate) use profiles::{ProfilesArguments, ProfilesCommand};
pub(crate) use retime::RetimeArguments;
pub(crate) use sheet::SheetArguments;
pub(crate) use told::ReportArguments;

/// Chinese transcripts into captions that read well and keep pace with the voice.
#[derive(Debug, Parser)]
#[command(name = "zimu", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make captions from transcripts: one utterance a line, no times needed
    Caption(Box<CaptionArguments>),
    /// Make the captions of a whole catalogue: only what changed, and over nobody's own fix
    Batch(Box<BatchArguments>),
    /// Turn caption files, and all below a folder, into other formats
    Convert(ConvertArguments),
    /// Put captions at other times: the file stays as it is but for its times
    Retime(Box<RetimeArguments>),
    /// Check captions against the limits of a profile, and the rules of the script
    Check(Box<CheckArguments>),
    /// Compare two caption files: what became of each cue. Exit 1 where they differ
    Diff(DiffArguments),
    /// Make a sheet for a translator (.tsv, .csv, .po, .xlf), or put one back with --apply
    Sheet(Box<SheetArguments>),
    /// Ask for the times that would help a transcript most: it is printed with a line for each
    Anchors(AnchorsArguments),
    /// Learn how a speaker speaks from captions that are right, for --voice
    Calibrate(CalibrateArguments),
    /// Caption the transcripts of a stream: a job of JSON a line in, an answer a line out
    Pipe(Box<PipeArguments>),
    /// List the caption formats, and what each has room for
    Formats,
    /// List the profiles: the limits of platforms and style guides; or show all of one
    Profiles(ProfilesArguments),
    /// List the rules that captions are checked by
    Rules(RulesArguments),
    /// Show the settings that hold in this folder: those of the nearest zimu.toml upward
    Settings(SettingsArguments),
}

#[derive(Debug, Args)]
pub(crate) struct CaptionArguments {
    #[command(flatten)]
    pub(crate) files: FileArguments,

    #[command(flatten)]
    pub(crate) limits: LimitArguments,

    #[command(flatten)]
    pub(crate) known: KnownArguments,

    /// What becomes of lines that are not heard in --media: none has a caption, or each has an
    /// estimated time, where there is any between its neighbours
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        requires = "media",
        default_value = "drop",
        hide_default_value = true
    )]
    pub(crate) absent: AbsentLines,

    /// Take the length of --media alone, and do not listen to it
    #[arg(long, requires = "media", conflicts_with = "absent")]
    pub(crate) media_length_only: bool,

    /// Print why, line by line, on the standard output: how each line was read; of breaks, and of
    /// marks that are shown otherwise; when each is spoken, with what is counted of it. Captions
    /// are then written only with -o
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) explain: Option<Explain>,

    #[command(flatten)]
    pub(crate) told: ReportArguments<Report>,

    /// Who speaks, with commas between: names that are labels where they begin a line, and no
    /// others are [default: found out]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) speakers: Vec<String>,

    /// A translation, line for line (`-` or nothing: none), or in captions, one an utterance;
    /// shown below the Chinese
    #[arg(long, value_name = "FILE", group = "translated")]
    pub(crate) second: Option<PathBuf>,

    /// Language of the translation [default: the tag in its name, else en]
    #[arg(long, value_name = "TAG", requires = "translated")]
    pub(crate) second_lang: Option<LanguageTag>,

    /// Each line of Chinese has its translation below it [default: found out]
    #[arg(long, group = "translated")]
    pub(crate) interleaved: bool,

    #[command(flatten)]
    pub(crate) script: ScriptArguments,

    /// The same captions in other scripts too, with commas between: zh-Hans, zh-Hant, zh-Hant-TW,
    /// zh-Hant-HK
    #[arg(long, value_name = "TAG", value_delimiter = ',', value_parser = script)]
    pub(crate) also: Vec<Script>,
}

/// What lines and cues are cut by.
#[derive(Debug, Args)]
pub(crate) struct LimitArguments {
    /// Limits to caption for: a profile's name (see `zimu profiles`) or a TOML file [default:
    /// that of zimu.toml, else youtube]
    #[arg(long, value_name = "NAME|FILE", env = "ZIMU_PROFILE")]
    pub(crate) profile: Option<String>,

    /// Terms that no line or cue breaks, one a line (`#` begins a comment), besides those of
    /// zimu.toml
    #[arg(long, value_name = "FILE", env = "ZIMU_TERMS")]
    pub(crate) terms: Option<PathBuf>,
}

/// What is asked of Simplified and Traditional.
#[derive(Clone, Debug, Args)]
pub(crate) struct ScriptArguments {
    /// Write Chinese in this script: hans, hant, or with a region's own words hant-tw or hant-hk
    #[arg(long, value_name = "SCRIPT", value_parser = script)]
    pub(crate) script: Option<Script>,

    /// Terms that go before the tables of --script and --also, one a line: what is written, a tab,
    /// what it becomes; or a term alone that is never converted. Besides that of zimu.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) glossary: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AnchorsArguments {
    /// Transcript to read; `-` is the standard input
    #[arg(value_name = "INPUT")]
    pub(crate) input: PathBuf,

    /// How far apart known times are to be
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "2:00")]
    pub(crate) every: Timestamp,

    #[command(flatten)]
    pub(crate) known: KnownArguments,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CalibrateArguments {
    /// Captions of one channel, with times that are right; `-` is the standard input. Or one folder of
    /// transcripts, some with such captions beside them
    #[arg(required = true, value_name = "CAPTIONS")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write the voice [default: the standard output; of a folder, a zimu-voice.toml in
    /// the folder of each channel, where a batch finds it]
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,

    /// Replace a file that holds something else
    #[arg(long)]
    pub(crate) overwrite: bool,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// What becomes of lines that nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AbsentLines {
    Drop,
    Estimate,
}

impl From<AbsentLines> for Absent {
    fn from(lines: AbsentLines) -> Self {
        match lines {
            AbsentLines::Drop => Self::Drop,
            AbsentLines::Estimate => Self::Estimate,
        }
    }
}

/// What a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    Json,
}

/// What is explained. What each is stands with the option: help of their own would make the
/// whole page twice as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Explain {
    Reading,
    Breaks,
    Timing,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ConvertArguments {
    #[command(flatten)]
    pub(crate) files: FileArguments,

    /// Format of the inputs [default: what the content says, else the ending]
    #[arg(long, value_name = "FORMAT", value_parser = readable)]
    pub(crate) from: Option<&'static Format>,

    /// Captions in a second language, wherever they are cut; shown below those of the input
    #[arg(long, value_name = "FILE")]
    pub(crate) second: Option<PathBuf>,

    /// Language of the second, or of what an input in two languages has besides Chinese [default:
    /// the tag in its name, else that of its script]
    #[arg(long, value_name = "TAG")]
    pub(crate) second_lang: Option<LanguageTag>,

    /// Limits to wrap the second language by where its cues are joined or parted: a profile's name
    /// or a TOML file [default: netflix-en, or for Chinese that of zimu.toml, else youtube]
    #[arg(long, value_name = "NAME|FILE", requires = "second")]
    pub(crate) second_profile: Option<String>,
    #[command(flatten)]
    pub(crate) script: ScriptArguments,
}

/// What every command has that reads files and writes captions.
#[derive(Clone, Debug, Args)]
pub(crate) struct FileArguments {
    /// Files to read; `-` is the standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write: a file, a folder (with `/` at its end), or `-` for the standard
    /// output [default: beside the input, as STEM.LANG.EXT]
    #[arg(short, long, value_name = "FILE|DIR/|-")]
    pub(crate) output: Option<PathBuf>,

    /// Formats to write, with commas between [default: the output's ending, else srt]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = writable)]
    pub(crate) to: Vec<&'static Format>,

    /// Language of the captions [default: the tag in the input's name, else that of zimu.toml,
    /// else Simplified or Traditional by its characters]
    #[arg(long, value_name = "TAG", env = "ZIMU_LANG")]
    pub(crate) lang: Option<LanguageTag>,

    #[command(flatten)]
    pub(crate) layout: LayoutArguments,

    /// Replace files that hold something else
    #[arg(long)]
    pub(crate) overwrite: bool,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// What every command has that reads a text, and tells what was found in it.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadingArguments {
    /// Encoding of the input: utf-8, utf-16le, utf-16be, utf-32le, utf-32be, gb18030, big5
    /// [default: found out]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    /// Count repairs as faults: exit 1 where anything had to be mended
    #[arg(long)]
    pub(crate) strict: bool,

    /// Say nothing but errors: faults, and with --strict repairs
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SettingsArguments {
    /// Print the JSON schema of a zimu.toml
    #[arg(long)]
    pub(crate) schema: bool,

    /// Print the JSON schema of what one talk of a catalogue has for its own (talk.zimu.toml)
    #[arg(long, conflicts_with = "schema")]
    pub(crate) talk_schema: bool,
}

pub(crate) fn encoding(name: &str) -> Result<Encoding, String> {
    let known = || {
        let names = Encoding::ALL.map(|encoding| encoding.to_string().to_lowercase());
        format!("expected one of {}", names.join(", "))
    };
    Encoding::named(name).ok_or_else(known)
}

pub(crate) fn script(name: &str) -> Result<Script, String> {
    let names = || Script::ALL.map(|script| script.subtags().to_lowercase());
    Script::named(name).ok_or_else(|| {
        let names = names().join(", ");
        format!("expected one of {names}, or a tag of Chinese in one of them such as zh-Hant")
    })
}

pub(crate) fn readable(id: &str) -> Result<&'static Format, String> {
    let format = Format::named(id).filter(|format| format.can_read());
    format.ok_or_else(|| format!("expected one of {}", crate::outputs::readable_ids()))
}

pub(crate) fn writable(id: &str) -> Result<&'static Format, String> {
    let format = Format::named(id).filter(|format| format.can_write());
    format.ok_or_else(|| format!("expected one of {}", crate::outputs::writable_ids()))
}
