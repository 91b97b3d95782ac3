//! The words for how captions in two languages are laid out, and for whom.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use zimu::format::names::{NAME_STYLES, NameStyle};
use zimu::model::LanguageTag;

use crate::called::Called;
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
    /// Whom the names of outputs are spelled for [default: that of zimu.toml, else zimu: talk.zh-Hans.srt]
    #[arg(long, value_name = "STYLE", value_parser = name_styles(), env = "ZIMU_NAME_STYLE")]
    name_style: Option<&'static NameStyle>,

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
    pub(crate) fn check(&self, called: &Called) -> Result<(), Failure> {
        match &self.top {
            Some(top) if !self.layouts().contains(&Layout::Stacked) => {
                Err(Failure::plain(format!(
                    "expected {} stacked for {} {top}, found separate: each language has a file of \
                     its own",
                    called.layout, called.top
                )))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The style of names: the one that is asked for, else that of whom the captions are for.
    pub(crate) fn name_style(&self) -> Option<&'static NameStyle> {
        let of_target = || NameStyle::named(self.target?.name_style);
        self.name_style.or_else(of_target)
    }

    /// The same where a job says how its captions are laid out, and which language is on top. What
    /// it does not say is as it was, unless that has no sense beside what it says.
    pub(crate) fn or_of_job(&self, layout: Option<Vec<Layout>>, top: Option<LanguageTag>) -> Self {
        let are_stacked = |layouts: &[Layout]| layouts.contains(&Layout::Stacked);
        let of_job = layout.is_some();
        let mut asked = Self {
            layout: layout.unwrap_or_else(|| self.layout.clone()),
            ..self.clone()
        };
        match top {
            Some(top) => {
                asked.top = Some(top);
                if !of_job && !are_stacked(&asked.layout) {
                    asked.layout.clear();
                }
            }
            None if of_job && !are_stacked(&asked.layout) => asked.top = None,
            None => {}
        }
        asked
    }
}

pub(crate) fn layout(name: &str) -> Result<Layout, String> {
    Layout::from_str(name, false).map_err(|_| "expected stacked or separate".to_owned())
}

fn name_styles() -> impl TypedValueParser<Value = &'static NameStyle> {
    let ids = NAME_STYLES.map(|style| style.id);
    PossibleValuesParser::new(ids).map(|id| NameStyle::named(&id).unwrap_or(NameStyle::DEFAULT))
}

fn targets() -> impl TypedValueParser<Value = &'static Target> {
    let ids = TARGETS.iter().map(|target| target.id);
    PossibleValuesParser::new(ids).map(|id| Target::named(&id).unwrap_or(&TARGETS[0]))
}
