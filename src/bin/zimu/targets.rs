//! Whom captions are made for: one row a platform or player, with what it takes best.

use crate::args::Layout;

/// Formats, names and layout that suit somebody.
#[derive(Debug)]
pub(crate) struct Target {
    /// What it is called on the command line.
    pub(crate) id: &'static str,
    /// Ids of formats.
    pub(crate) formats: &'static [&'static str],
    pub(crate) layouts: &'static [Layout],
    /// The id of a style of names.
    pub(crate) name_style: &'static str,
}

pub(crate) const TARGETS: [Target; 4] = [
    // Viewers choose one of a video's tracks, each of which is in one language, and the language
    // is chosen at the upload ("Add subtitles & captions" in its help). Of SubRip it takes "basic
    // versions": no markup is known there.
    Target {
        id: "youtube",
        formats: &["srt"],
        layouts: &[Layout::Separate],
        name_style: "zimu",
    },
    // Its own form of captions, and one track for each language that a viewer can choose.
    Target {
        id: "bilibili",
        formats: &["bcc"],
        layouts: &[Layout::Separate],
        name_style: "zimu",
    },
    // Its clients draw SubRip themselves; for ASS many have the server encode the video anew
    // ("Codec Support" in its docs). Files in two languages are found as `ze`.
    Target {
        id: "jellyfin",
        formats: &["srt"],
        layouts: &[Layout::Stacked],
        name_style: "jellyfin",
    },
    // libass draws a style for each language, and `--sub-auto=exact` finds names of letters.
    Target {
        id: "mpv",
        formats: &["ass"],
        layouts: &[Layout::Stacked],
        name_style: "mpv",
    },
];

impl Target {
    pub(crate) fn named(id: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zimu::format::Format;
    use zimu::format::names::NameStyle;

    #[test]
    fn all_that_suits_somebody_is_there() {
        for target in &TARGETS {
            assert!(!target.formats.is_empty() && !target.layouts.is_empty());
            for id in target.formats {
                assert!(Format::named(id).is_some_and(Format::can_write), "{id}");
            }
            assert!(NameStyle::named(target.name_style).is_some());
        }
    }
}
