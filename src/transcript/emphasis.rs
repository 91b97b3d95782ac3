//! Words in, the same words without the stars of Markdown out.
//!
//! A line has emphasis where all of its stars pair up, as Markdown's do: `这是**重点**`. One
//! that does not (`3 * 4`, a swear word) has none, and keeps its stars.

use memchr::memchr;

use crate::text::class::Class;

/// A run of stars is at most so long: `***` is bold and italic.
const LONGEST: usize = 3;

/// `words` without their stars; `None` where these are not plainly markup.
pub(super) fn plain(words: &str) -> Option<String> {
    memchr(b'*', words.as_bytes())?;
    is_balanced(words).then(|| words.replace('*', ""))
}

/// Whether every run of stars opens or closes something with one of its length.
fn is_balanced(words: &str) -> bool {
    let mut open: Vec<usize> = Vec::new();
    let mut rest = 0;
    while let Some(at) = memchr(b'*', &words.as_bytes()[rest..]) {
        let start = rest + at;
        let behind = words[start..].trim_start_matches('*');
        let length = words.len() - start - behind.len();
        rest = start + length;
        let before = words[..start].chars().next_back();
        let after = behind.chars().next();
        if open.last() == Some(&length) && closes(before, after) {
            open.pop();
        } else if length <= LONGEST && opens(before, after) {
            open.push(length);
        } else {
            return false;
        }
    }
    open.is_empty()
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    let is_begun = |c: char| Class::of(c) != Class::Space && !Class::of(c).closes();
    after.is_some_and(is_begun) && !before.is_some_and(|c| c.is_ascii_alphanumeric())
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    let is_ended = |c: char| !matches!(Class::of(c), Class::Space | Class::Open);
    before.is_some_and(is_ended) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_that_pair_up_are_not_words() {
        for (words, without) in [
            ("这是**重点**，记住", "这是重点，记住"),
            ("*轻声*说", "轻声说"),
            ("**“引用”**也算", "“引用”也算"),
            ("**一 *二* 三**和***四***", "一 二 三和四"),
        ] {
            assert_eq!(plain(words).as_deref(), Some(without), "{words}");
        }
    }

    #[test]
    fn other_stars_are_words() {
        for words in [
            "三 * 四 * 五",
            "2*3*4",
            "f**k 和 s**t",
            "他骂了句**，真**难听",
            "**没有结束",
            "评分 ****",
            "一颗* 两颗**",
            "没有星",
        ] {
            assert_eq!(plain(words), None, "{words}");
        }
    }
}
