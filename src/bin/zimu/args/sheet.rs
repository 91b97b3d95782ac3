//! The words of `zimu sheet`.

use std::path::PathBuf;

use clap::Args;
use zimu::model::LanguageTag;

use crate::args::FileArguments;

#[derive(Debug, Args)]
pub(crate) struct SheetArguments {
    #[command(flatten)]
    pub(crate) files: FileArguments,

    /// Read a sheet back: captions in two languages are written, and what is of no cue is kept in
    /// SHEET.surplus.EXT
    #[arg(long, value_name = "SHEET")]
    pub(crate) apply: Option<PathBuf>,

    /// Use translations too that nobody has confirmed
    #[arg(long, requires = "apply")]
    pub(crate) fuzzy: bool,

    /// Captions in two languages, or folders of them: what they translate is filled in; what is
    /// much the same as theirs, as fuzzy
    #[arg(long, value_name = "PAST", conflicts_with = "apply", num_args = 1)]
    pub(crate) from: Vec<PathBuf>,

    /// Language of the translation [default: the tag in the sheet, or in a name, else en]
    #[arg(long, value_name = "TAG")]
    pub(crate) second_lang: Option<LanguageTag>,

    /// Limits of the translation: a profile's name or a TOML file [default: what the profile of
    /// zimu.toml names, else netflix-en]
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) second_profile: Option<String>,
}
