//! Languages in the names of files: `talk.zh-Hans.srt`, `talk.chs.srt`.

use std::path::Path;

use zimu::model::LanguageTag;

/// What files are tagged with besides BCP 47.
const ALIASES: [(&str, &str); 12] = [
    ("chs", "zh-Hans"),
    ("zhs", "zh-Hans"),
    ("sc", "zh-Hans"),
    ("简体", "zh-Hans"),
    ("简中", "zh-Hans"),
    ("cht", "zh-Hant"),
    ("zht", "zh-Hant"),
    ("tc", "zh-Hant"),
    ("繁體", "zh-Hant"),
    ("繁中", "zh-Hant"),
    ("chi", "zh"),
    ("eng", "en"),
];

/// The name of a file without its ending and its tag, and the language of the tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaggedStem {
    pub(crate) stem: String,
    pub(crate) tag: Option<LanguageTag>,
}

/// Takes the name of a file apart.
pub(crate) fn tagged_stem(path: &Path) -> TaggedStem {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if let Some((base, tag)) = stem.rsplit_once('.')
        && !base.is_empty()
        && let Some(tag) = tag_of(tag)
    {
        let stem = base.to_owned();
        return TaggedStem {
            stem,
            tag: Some(tag),
        };
    }
    TaggedStem {
        stem: stem.into_owned(),
        tag: None,
    }
}

/// The language of a tag in a file's name. Only two-letter languages are taken for tags: a
/// longer word (`talk.new.srt`) is more likely a word.
fn tag_of(text: &str) -> Option<LanguageTag> {
    let lower = text.to_lowercase();
    if let Some((_, tag)) = ALIASES.iter().find(|(alias, _)| *alias == lower) {
        return tag.parse().ok();
    }
    let tag: LanguageTag = text.replace('_', "-").parse().ok()?;
    (tag.primary().len() == 2).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_names() {
        for (name, stem, tag) in [
            ("talk.txt", "talk", None),
            ("talk.zh-Hans.srt", "talk", Some("zh-Hans")),
            ("talk.ZH_cn.srt", "talk", Some("zh-CN")),
            ("talk.chs.srt", "talk", Some("zh-Hans")),
            ("a.b.繁體.srt", "a.b", Some("zh-Hant")),
            ("talk.final.srt", "talk.final", None),
            ("talk.new.srt", "talk.new", None),
            (".en.srt", ".en", None),
        ] {
            let found = tagged_stem(Path::new(name));
            assert_eq!(found.stem, stem, "{name}");
            assert_eq!(found.tag.as_ref().map(LanguageTag::as_str), tag, "{name}");
        }
    }
}
