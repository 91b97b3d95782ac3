//! What stays together by its form: quantities, names, annotations, addresses.

use std::sync::LazyLock;

use crate::model::Span;
use crate::text::class::{Class, find_mark};
use crate::text::clusters::Clusters;
use crate::text::han_set::HanSet;
use crate::text::short_words::ShortWords;
use crate::text::width::half_cells;

/// Units and measures that stay with the number before them even over a space. One
/// character each: of a longer unit the first is enough, as the rest is a word.
static UNITS: HanSet = HanSet::of(
    "年月日号號时時点點分秒周岁歲天週个個万萬亿億千百十元块塊角名位人只隻条條张張本册冊台臺辆輛架件项項次届屆期集章节節版楼樓层層级級倍成度米厘毫公克斤吨噸升瓦伏赫美英欧歐港枚颗顆粒篇份套组組部座间間家所场場轮輪季代款种種句段步遍回字口星寸匹棵艘头頭串排队隊批页頁卷折分刻钟鐘码碼平帧幀像多余餘来來兆盒盆瓶杯碗包袋双雙对對把根支枝栋棟幢扇面堆捆束幅尊门門样樣宗笔筆滴片丝絲股阵陣顿頓趟番罐桶筐箱盘盤锅鍋勺壶壺口户戶桌株朵棵丛叢首部则則类類班些起",
);

/// Units behind which a smaller one may follow: 3 年 2 个月, 九点半, 两块五.
static PARTED: HanSet = HanSet::of("年月点點时時分块塊元角斤尺");

/// Words that make one unit with the measure before them: 三个人, 半个小时, 两块钱.
static COUNTED: LazyLock<ShortWords<()>> = LazyLock::new(|| ShortWords::of([((), COUNTED_WORDS)]));

const COUNTED_WORDS: &str = "人 月 小时 小時 钟头 鐘頭 星期 礼拜 禮拜 钱 錢 钟 鐘 字 百分点 百分點 \
                      字节 字節 比特 赫兹 赫茲 半 多 余 餘 零 来 來";

/// Numerals written in Chinese.
static NUMERALS: HanSet = HanSet::of("〇零一二三四五六七八九十百千万萬亿億两兩几幾半");

/// What may stand before the numerals of a number.
const NUMBER_PREFIXES: [&str; 6] = ["第", "好", "百分之", "千分之", "万分之", "萬分之"];

/// Han characters that may stand between a number and its unit: 10 多万, 三百余人.
static ABOUT: HanSet = HanSet::of("多余餘来來几幾");

pub(super) fn is_unit(c: char) -> bool {
    UNITS.holds(c)
}

pub(super) fn is_about(c: char) -> bool {
    ABOUT.holds(c)
}

pub(super) fn is_parted(c: char) -> bool {
    PARTED.holds(c)
}

pub(super) fn is_counted(word: &str) -> bool {
    COUNTED.get(word).is_some()
}

/// Signs of a currency: behind their number there is no other unit.
pub(super) const fn is_currency(c: char) -> bool {
    matches!(c, '¥' | '￥' | '$' | '＄' | '€' | '£')
}

/// Whether a word is a number in Chinese numerals, what one begins with, or one with its
/// unit: 三百, 第, 百分之九, 三百多, 十月, 两个.
pub(super) fn is_number_word(word: &str) -> bool {
    // Nearly every word begins with something else, and then that is all that is asked.
    word.starts_with(|c| is_numeral(c) || matches!(c, '第' | '好')) && is_number(word)
}

/// The same, of a word that begins with a numeral or one of [`NUMBER_PREFIXES`].
fn is_number(word: &str) -> bool {
    let numerals = NUMBER_PREFIXES
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .unwrap_or(word);
    let rest = numerals.trim_start_matches(is_numeral);
    rest.is_empty() || (rest.len() < numerals.len() && rest.chars().all(is_unit))
}

pub(super) fn is_numeral(c: char) -> bool {
    NUMERALS.holds(c)
}

/// Signs before a number that stay with it.
pub(super) const fn is_prefix(c: char) -> bool {
    matches!(
        c,
        '第' | '¥' | '￥' | '$' | '＄' | '€' | '£' | '№' | '#' | '+' | '±' | '−' | '≈' | '约'
    )
}

/// Signs behind a number that stay with it.
pub(super) const fn is_suffix(c: char) -> bool {
    matches!(c, '%' | '％' | '‰' | '℃' | '°' | '′' | '″' | '+')
}

/// Marks that join two numbers into one when they stand between digits.
pub(super) const fn joins_digits(c: char) -> bool {
    matches!(
        c,
        '.' | '．' | ':' | '：' | ',' | '/' | '／' | '–' | '~' | '～' | '〜' | '—'
    )
}

/// Marks behind which an address or a long compound is best broken.
pub(super) const fn ends_part(c: char) -> bool {
    matches!(c, '/' | '?' | '&' | '=' | '-' | '_' | '.' | '#' | ',' | ':')
}

/// `①` and its kin, which belong to what they stand behind.
pub(super) const fn is_annotation_sign(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '†' | '‡' | '※' | '™' | '®' | '©')
}

/// Widest annotation in brackets, in half cells.
const ANNOTATION_HALF_CELLS: u32 = 16;

/// Whether brackets that begin `text` annotate the word before them: `[1]`, a reading
/// (`（hànzì）`, `（かんじ）`), the Latin form of a name (`（AI）`).
pub(super) fn annotates(text: &str) -> bool {
    let mut characters = text.chars();
    let close = match characters.next() {
        Some('（') => '）',
        Some('(') => ')',
        Some('[') => ']',
        Some('［') => '］',
        Some('〔') => '〕',
        _ => return false,
    };
    let inside = characters.as_str();
    // No further than an annotation may reach: a text of brackets alone stays cheap.
    let reach = inside.chars().take(ANNOTATION_HALF_CELLS as usize + 1);
    let mut bytes = 0;
    for c in reach {
        if c == close {
            return bytes > 0 && half_cells(&inside[..bytes]) <= ANNOTATION_HALF_CELLS;
        }
        let is_note = matches!(Class::of(c), Class::Letter | Class::Digit | Class::Kana)
            || matches!(c, ' ' | '-' | '.' | '\'' | '’' | '·');
        if !is_note {
            return false;
        }
        bytes += c.len_utf8();
    }
    false
}

/// How many bytes of a name there may be on each side of a `·`: four characters. Names are
/// in no dictionary, so where one begins can only be guessed.
const NAME_BYTES: usize = 12;

/// The names with `·` in a text, rising. On each side of the dot the word
/// that touches it, and where that is a single character the single characters beyond it.
pub(super) fn names(text: &str, word_starts: &[u32]) -> Vec<Span> {
    let is_dot = |c| Class::of(c) == Class::Interpunct;
    let Some((first, _)) = find_mark(text, is_dot) else {
        return Vec::new();
    };
    let behind = text[first..].char_indices();
    let dots = behind
        .map(|(at, c)| (first + at, c))
        .filter(|(_, c)| is_dot(*c));
    let name = |(dot, c): (usize, char)| {
        let first = word_starts.partition_point(|&start| (start as usize) < dot);
        let before = word_starts[..first].windows(2).rev();
        let before = before.map(|pair| (pair[0] as usize, pair[1] as usize));
        let touching = word_starts[..first]
            .last()
            .map(|&start| (start as usize, dot));
        let start = dot - name_bytes(text, touching.into_iter().chain(before));
        let behind = dot + c.len_utf8();
        let after = &word_starts[word_starts.partition_point(|&start| (start as usize) < behind)..];
        let ends = after
            .iter()
            .skip(1)
            .map(|&end| end as usize)
            .chain([text.len()]);
        let after = after.iter().map(|&start| start as usize).zip(ends);
        Span::new(start, behind + name_bytes(text, after))
    };
    dots.map(name).collect()
}

/// Length of a name whose words come from the dot outwards.
fn name_bytes(text: &str, words: impl Iterator<Item = (usize, usize)>) -> usize {
    let mut bytes = 0;
    for (start, end) in words {
        let is_han = text[start..end].chars().all(|c| Class::of(c) == Class::Han);
        let is_single = Clusters::of(&text[start..end]).nth(1).is_none();
        if !is_han || bytes + end - start > NAME_BYTES || (bytes > 0 && !is_single) {
            break;
        }
        bytes += end - start;
        if !is_single {
            break;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_number_begins_otherwise(word in "[第好百千万萬分之一两半多年月个天的a5]{1,6}|\\PC+") {
            prop_assert_eq!(is_number_word(&word), is_number(&word));
        }
    }
}
