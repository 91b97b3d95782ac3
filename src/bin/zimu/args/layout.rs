//! The words for how captions in two languages are laid out, and for whom.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use zimu::format::names::NameStyle;
use zimu::model::LanguageTag;

use crate::report::Failure;
use crate::targets::{TARGETS, Target};

/// How captions in two languages are laid out. What each is stands with the option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    Stacked,
    Separate,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct LayoutArguments {
    /// How captions in two languages are laid out: stacked, both in each cue, or separate, a file
    /// for each with the same times; with a comma between, both [default: as they come]
    #[arg(long, value_enum, value_name = "LAYOUT", value_delimiter = ',')]
    layout: Vec<Layout>,

    /// Language on top where both are in each cue [default with --layout stacked: Chinese]
    #[arg(long, value_name = "TAG")]
    pub(crate) top: Option<LanguageTag>,

    /// Whom the captions are for: picks --to, --layout and --name-style where they are not given
    /// (see `zimu formats`)
    #[arg(long = "for", value_name = "TARGET", value_parser = targets())]
    pub(crate) target: Option<&'static Target>,
}

impl LayoutArguments {
    /// The layouts that are asked for, each once; none where captions stay as they come.
    pub(crate) fn layouts(&self) -> Vec<Layout> {
        let wanted = match (&self.layout[..], &self.top, self.target) {
            ([], Some(_), _) => &[Layout::Stacked],
            ([], None, Some(target)) => target.layouts,
            (asked, ..) => asked,
        };
        let mut layouts = Vec::with_capacity(wanted.len());
        for layout in wanted {
            if !layouts.contains(layout) {
                layouts.push(*layout);
            }
        }
        layouts
    }

    /// Whether the layout is that of the command line, and not of whom the captions are for.
    pub(crate) const fn is_asked(&self) -> bool {
        !self.layout.is_empty()
    }

    /// Nothing is on top of another in a file of its own.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match &self.top {
            Some(top) if !self.layouts().contains(&Layout::Stacked) => {
                Err(Failure::plain(format!(
                    "expected --layout stacked for --top {top}, found separate: each language has a \
                 file of its own"
                )))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The style of names: the one that is asked for, else that of whom the captions are for.
    pub(crate) fn name_style(
        &self,
        asked: Option<&'static NameStyle>,
    ) -> Option<&'static NameStyle> {
        asked.or_else(|| NameStyle::named(self.target?.name_style))
    }
}

fn targets() -> impl TypedValueParser<Value = &'static Target> {
    let ids = TARGETS.iter().map(|target| target.id);
    PossibleValuesParser::new(ids).map(|id| Target::named(&id).unwrap_or(&TARGETS[0]))
}
