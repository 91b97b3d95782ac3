//! `zimu sheet --from`: captions that were translated before in, what they know out.
//!
//! A channel publishes both languages in one file, or each in one of its own: files of one stem in
//! one folder, of which one says that it is in Chinese and one that it is in the language that is
//! asked for, are put together by their times.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use zimu::bilingual::pair_tracks;
use zimu::bilingual::sheet::Memory;
use zimu::format::names::Languages;
use zimu::model::LanguageTag;
use zimu::profile::Profile;
use zimu::segment::Layout;
use zimu::text::script::is_chinese;
use zimu::text::terms::Terms;

use crate::args::SheetArguments;
use crate::commands::Outcome;
use crate::commands::sheet::read_captions;
use crate::files::{folder_of, name_of};
use crate::inputs::Inputs;
use crate::report::Failure;
use crate::settings::Project;

/// The captions that translations are taken from.
pub(super) struct Past {
    pub(super) files: Vec<PathBuf>,
}

impl Past {
    /// Those that `arguments` name, and those in folders that they name.
    pub(super) fn of(arguments: &SheetArguments) -> Result<Self, Failure> {
        let files = match arguments.from.as_slice() {
            [] => Vec::new(),
            from => Inputs::below_folders(from, &arguments.files.reading)?.files,
        };
        Ok(Self { files })
    }

    /// What they know in `target`, and how reading them went.
    pub(super) fn memory(
        &self,
        target: &LanguageTag,
        profile: &Profile,
        arguments: &SheetArguments,
        project: &Project,
    ) -> Result<(Memory, Outcome), Failure> {
        let mut memory = Memory::default();
        let mut outcome = Outcome::Clean;
        let translations = self.files_in(target);
        for path in &self.files {
            let mut first = read_captions(path, Some(target), arguments, project)?;
            outcome = outcome.max(first.outcome);
            let is_source = only_language(path).is_some_and(|tag| is_chinese(&tag));
            let beside = translations.get(&talk_of(path)).filter(|_| is_source);
            let Some(beside) = beside.filter(|_| first.second.is_none()) else {
                memory.learn(&first.track, target);
                continue;
            };
            let second = read_captions(beside, Some(target), arguments, project)?;
            first.track.name_language(&first.first);
            let layout = Layout {
                profile,
                language: target,
                terms: &Terms::NONE,
            };
            let both = pair_tracks(&first.track, &second.track, layout).track;
            memory.learn(&both, target);
        }
        Ok((memory, outcome))
    }

    /// The files in a language alone, by their folders and stems.
    fn files_in(&self, target: &LanguageTag) -> HashMap<(&Path, String), &Path> {
        let files = self.files.iter().filter_map(|path| {
            let tag = only_language(path)?;
            (tag.primary() == target.primary()).then(|| (talk_of(path), path.as_path()))
        });
        files.collect()
    }
}

/// The folder and the stem that the files of one talk have in common.
fn talk_of(path: &Path) -> (&Path, String) {
    (folder_of(path), name_of(path).stem)
}

/// The language of a file whose name says one.
fn only_language(path: &Path) -> Option<LanguageTag> {
    match name_of(path).languages? {
        Languages::One(tag) => Some(tag),
        Languages::Two(..) => None,
    }
}
