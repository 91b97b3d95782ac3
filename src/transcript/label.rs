//! A line in, the speaker's label that it may begin with out.
//!
//! `张三：` has the form of a label, and so has `例如：`. Here is what can be one at all; which
//! of them are is said by the whole transcript, in [`habits`](super::habits).

use crate::text::class::{Class, find_mark};
use crate::transcript::inline::in_brackets;

/// A label at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'l> {
    /// The speaker, without brackets, colon and spaces; empty for nobody.
    pub(super) name: &'l str,
    /// How plainly it is one.
    pub(super) form: LabelForm,
    /// Behind it and spaces.
    pub(super) text: &'l str,
}

/// How plainly something is a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelForm {
    /// `[说话人：张三]`: wherever it stands.
    Said,
    /// `张三：`, `【旁白】`: where the whole transcript is written so.
    Alike,
}

/// The brackets that a name may stand in, and what says in them that a name follows.
const BRACKETS: [(char, char); 2] = [('【', '】'), ('[', ']')];
const SAYS_SO: [&str; 2] = ["说话人", "speaker"];

/// A name is at most so wide, in half-width characters: twelve characters of Chinese.
const WIDEST_NAME: usize = 24;

/// What stands in names besides letters, digits and spaces: `Dr. Lee`, `让·雷诺`, `老周（主持）`.
const IN_NAMES: [char; 9] = ['·', '.', '-', '_', '\'', '（', '）', '(', ')'];

/// What a name does not end with: before these verbs stands who speaks, behind them what is
/// told of it. `他说：` is prose.
const SAYING: [&str; 22] = [
    "说", "說", "道", "问", "問", "答", "讲", "講", "喊", "叫", "称", "稱", "写", "寫", "想",
    "表示", "认为", "認為", "指出", "强调", "補充", "补充",
];

/// What has such an end or such a form, and is a label all the same.
const ROLES: [&str; 4] = ["问", "問", "答", "字幕"];

/// Words that begin a remark, not a turn.
const REMARKS: [&str; 44] = [
    "例如", "比如", "譬如", "注意", "注", "备注", "備註", "说明", "說明", "提示", "首先", "其次",
    "再次", "最后", "最後", "另外", "此外", "总之", "總之", "总结", "總結", "结论", "結論", "结果",
    "結果", "原因", "问题", "問題", "答案", "解释", "解釋", "重点", "重點", "标题", "標題", "时间",
    "時間", "地点", "地點", "来源", "來源", "一", "二", "三",
];

/// The label that a trimmed line may begin with.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    let first = line.chars().next()?;
    match BRACKETS.iter().find(|(open, _)| *open == first) {
        Some(&(open, close)) => bracketed(line, open, close),
        None => with_colon(line),
    }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// `【旁白】`, `[说话人：张三]`.
fn bracketed(line: &str, open: char, close: char) -> Option<Label<'_>> {
    let (inside, text) = line[open.len_utf8()..].split_once(close)?;
    let text = text.trim_start();
    let mut says_so = SAYS_SO.iter();
    let said = says_so.find_map(|word| Some(inside.trim().strip_prefix(word)?.trim_start()));
    if let Some(name) = said.and_then(|name| name.strip_prefix(is_colon)) {
        let (name, form) = (name.trim(), LabelForm::Said);
        return Some(Label { name, form, text });
    }
    let name = inside.trim();
    if in_brackets(name).is_some() {
        return None;
    }
    let narrow = name.chars().all(is_in_name) && width(name) <= WIDEST_NAME;
    let form = LabelForm::Alike;
    (narrow && is_name(name)).then_some(Label { name, form, text })
}

/// `张三：`.
fn with_colon(line: &str) -> Option<Label<'_>> {
    // Most lines have a mark that is in no name before any colon.
    let (end, colon) = find_mark(line, |c| !is_in_name(c))?;
    if !is_colon(colon) || line[..end].chars().nth(WIDEST_NAME).is_some() {
        return None;
    }
    let (name, text) = (line[..end].trim_end(), &line[end + colon.len_utf8()..]);
    let next = text.chars().next();
    // `比分 3：2`, `std::io`, `http://`, `C:\`.
    let is_ratio = |c: char| c.is_ascii_digit() && name.ends_with(|c: char| c.is_ascii_digit());
    let joins = |c: char| matches!(c, '/' | '\\' | ':') || c.is_ascii_alphanumeric();
    let inside = next.is_some_and(|next| is_ratio(next) || (colon == ':' && joins(next)));
    let form = LabelForm::Alike;
    let text = text.trim_start();
    (!inside && width(name) <= WIDEST_NAME && is_name(name)).then_some(Label { name, form, text })
}

fn is_in_name(c: char) -> bool {
    match Class::of(c) {
        Class::Sentence => c == '.',
        Class::Clause | Class::Enumeration => false,
        Class::Space => c == ' ',
        _ => IN_NAMES.contains(&c) || c.is_alphanumeric(),
    }
}

fn width(name: &str) -> usize {
    let cells = |c: char| if c.is_ascii() { 1 } else { 2 };
    name.chars().map(cells).sum()
}

/// Whether a name that is written like one is one: not a verb of saying, not a remark.
fn is_name(name: &str) -> bool {
    let begins = matches!(
        name.chars().next().map(Class::of),
        Some(Class::Han | Class::Kana | Class::Letter)
    );
    let says = SAYING.iter().any(|verb| name.ends_with(verb)) && !ROLES.contains(&name);
    // 第一、第二点、第三章 count; none of them speaks.
    begins && !says && !REMARKS.contains(&name) && !name.starts_with('第')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_name_with_a_colon_or_in_brackets() {
        for (line, name, text) in [
            ("主持人：你好", "主持人", "你好"),
            ("张三: 你好", "张三", "你好"),
            ("Speaker 1：你好", "Speaker 1", "你好"),
            ("老周（主持） ： 你好", "老周（主持）", "你好"),
            ("A: hello", "A", "hello"),
            ("问：几点", "问", "几点"),
            ("【旁白】你好", "【旁白】", "你好"),
            ("[Anna] hi", "[Anna]", "hi"),
            ("张三：", "张三", ""),
        ] {
            let found = label(line).unwrap_or_else(|| panic!("{line}"));
            let name = name.trim_matches(['【', '】', '[', ']']);
            assert_eq!((found.name, found.text), (name, text), "{line}");
            assert_eq!(found.form, LabelForm::Alike, "{line}");
        }
    }

    #[test]
    fn a_label_that_says_so_is_one_whatever_the_name() {
        for (line, name) in [
            ("[说话人：他说，]好", "他说，"),
            ("[speaker: 3] 好", "3"),
            ("【说话人：】好", ""),
        ] {
            let (form, text) = (LabelForm::Said, "好");
            assert_eq!(label(line), Some(Label { name, form, text }), "{line}");
        }
    }

    #[test]
    fn what_is_plainly_prose_has_no_label() {
        for line in [
            "他说：好",
            "老师问: 好",
            "例如：好",
            "第二点：好",
            "比分 3:2",
            "std::io 很好",
            "https://a.example",
            "C:\\temp",
            "今天，我们说两点：好",
            "这是一个很长很长的句子它后面才有：好",
            "12：好",
            "没有冒号",
            "【】好",
            "【音乐】好",
            "[3] 好",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}
