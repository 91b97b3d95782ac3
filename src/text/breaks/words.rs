//! A word in, what it is to its neighbours out: tables of the small words of Chinese.
//!
//! Only words whose part in a sentence is plain without reading it are here, in both
//! scripts; all others are just words. To teach zimu a word, add it to its row.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::breaks::BreakKind;
use crate::text::breaks::binds::is_unit;

/// What a word is to the words beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Stays with the word before it: no line starts with it.
    pub(super) follows: bool,
    /// Leads to the word behind it: a line does not like to end with it.
    pub(super) leads: bool,
    /// What a break before it is, when it is better than between any two words.
    pub(super) opens: Option<BreakKind>,
}

const FOLLOWS: Role = Role {
    follows: true,
    leads: false,
    opens: None,
};

const LEADS: Role = Role {
    follows: false,
    leads: true,
    opens: None,
};

const fn opens(kind: BreakKind) -> Role {
    Role {
        follows: false,
        leads: true,
        opens: Some(kind),
    }
}

/// The words of each role, with spaces between.
const ROLES: [(Role, &str); 7] = [
    // Verb + 了, noun + 的, noun + 上, and the particles that end a sentence.
    (
        FOLLOWS,
        "了 着 著 过 過 的 地 得 们 們 儿 吗 嗎 呢 吧 啊 呀 啦 嘛 哦 哇 咯 似的 的话 的話 \
         上 下 中 里 裡 内 內 外 间 間 后 後 时 時 起 等 等等 之一 之中 之内 之內 之间 之間 之前 之后 之後 之外 之上 之下 \
         以上 以下 以来 以來 以内 以內 以外 以后 以後 以前 为止 為止 左右 来说 來說 来讲 來講 而言 \
         嘅 咗 緊 喇 咩 㗎 囉 嘞 喎 啫",
    ),
    // They join clauses: a line may well start with one.
    (
        opens(BreakKind::BeforeConjunction),
        "但 但是 可是 不过 不過 然而 而 而且 而是 并 并且 並 並且 或 或者 还是 還是 所以 因此 于是 於是 因为 因為 由于 由於 \
         如果 要是 假如 只要 只有 除非 即使 哪怕 虽然 雖然 尽管 儘管 既然 无论 無論 不管 否则 否則 不然 然后 然後 接着 接著 \
         那么 那麼 甚至 以及 同时 同時 直到 以便 以免 从而 從而 例如 比如 尤其 特别是 特別是 另外 此外 \
         不但 不仅 不僅 与其 與其 何况 何況 况且 況且",
    ),
    // They open a phrase about what follows, or join it to what stands before.
    (
        opens(BreakKind::BeforePhrase),
        "把 被 在 对 對 给 給 从 從 向 往 将 將 由 与 與 和 跟 同 比 按 用 以 为 為 为了 為了 根据 根據 通过 通過 关于 關於 \
         对于 對於 按照 随着 隨著 除了 经过 經過 沿着 沿著 朝 让 讓 使 叫 喺 畀",
    ),
    // They begin what is said of the subject: a break before them is one between subject
    // and predicate.
    (
        opens(BreakKind::BeforePhrase),
        "是 就是 也 都 就 还 還 又 再 才 却 卻 已 已经 已經 正在 曾 曾经 曾經 将要 將要 会 會 能 可以 要 应该 應該 必须 必須 \
         可能 需要 愿意 願意 有 没 没有 沒 沒有 无 無 未 所 不 不会 不會 不能 不是 不再 别 別 总是 總是 往往 常常 一直 仍然 终于 終於 只 \
         必 便 並不 并不 係 唔",
    ),
    // They say more of the word behind them.
    (
        LEADS,
        "很 最 更 太 挺 极 極 十分 非常 比较 比較 特别 特別 越 越来越 越來越 这 這 那 每 各 某 该 該 本 此 哪 几 幾 多么 多麼 \
         一 进一步 進一步 逐渐 逐漸 逐步 不断 不斷 难以 難以 足以 到",
    ),
    // They stand between two that they belong to: 诞生于硅谷, 三年前, 前总统.
    (
        Role {
            follows: true,
            leads: true,
            opens: None,
        },
        "于 於 前",
    ),
    // They say what kind of number or person follows.
    (
        LEADS,
        "第 约 約 大约 大約 将近 將近 接近 超过 超過 不到 至少 至多 近 达 達 共 总共 總共 小 老 阿",
    ),
];

/// All rows as one table.
static TABLE: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let row = |(role, words): (Role, &'static str)| {
        words.split_whitespace().map(move |word| (word, role))
    };
    ROLES.into_iter().flat_map(row).collect()
});

/// The longest word of the table, in bytes.
const LONGEST_BYTES: usize = 12;

/// 这个, 那家, 每次: a pronoun or numeral and a measure.
fn is_measured(word: &str) -> bool {
    let mut characters = word.chars();
    matches!(
        (characters.next(), characters.next(), characters.next()),
        (Some('这' | '這' | '那' | '每' | '某' | '各' | '几' | '幾' | '两' | '兩' | '一' | '呢' | '嗰'), Some(measure), None)
            if is_unit(measure)
    )
}

impl Role {
    /// The role of a word; most have none.
    pub(super) fn of(word: &str) -> Self {
        if word.len() > LONGEST_BYTES {
            return Self::default();
        }
        let known = TABLE.get(word).copied();
        known.unwrap_or(if is_measured(word) {
            LEADS
        } else {
            Self::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once_and_is_found() {
        let mut words: Vec<_> = ROLES
            .iter()
            .flat_map(|(_, words)| words.split_whitespace())
            .collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|word| Role::of(word) != Role::default()));
    }
}
