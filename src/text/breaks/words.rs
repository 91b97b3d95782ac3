//! A word in, what it is to its neighbours out: tables of the small words of Chinese.
//!
//! Only words whose part in a sentence is plain without reading it are here, in both
//! scripts; all others are just words. To teach zimu a word, add it to its row.

use std::sync::LazyLock;

use crate::text::breaks::BreakKind;
use crate::text::breaks::binds::is_unit;
use crate::text::han_set::HanSet;
use crate::text::short_words::ShortWords;

/// What a word is to the words beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Stays with the word before it: no line starts with it.
    pub(super) follows: bool,
    /// How much it wants the word behind it.
    pub(super) leads: Leads,
    /// What a break before it is, when it is better than between any two words.
    pub(super) opens: Option<BreakKind>,
    /// Ends a clause that has no mark: a break behind it is a good one.
    pub(super) closes: bool,
}

/// How much a word wants the one behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leads {
    /// Not at all.
    #[default]
    No,
    /// A line does not like to end with it.
    On,
    /// No line ends with it, but before a mark or a conjunction.
    Always,
}

const FOLLOWS: Role = Role {
    follows: true,
    leads: Leads::No,
    opens: None,
    closes: false,
};

const LEADS: Role = Role {
    follows: false,
    leads: Leads::On,
    opens: None,
    closes: false,
};

const fn opens(kind: BreakKind) -> Role {
    Role {
        opens: Some(kind),
        ..LEADS
    }
}

const CLOSES: Role = Role {
    closes: true,
    ..FOLLOWS
};

const fn always(role: Role) -> Role {
    Role {
        leads: Leads::Always,
        ..role
    }
}

/// The words of each role, with spaces between.
const ROLES: [(Role, &str); 11] = [
    // Verb + 了, noun + 的, noun + 上, and the particles that end a sentence.
    (
        FOLLOWS,
        "了 着 著 过 過 的 地 得 们 們 儿 吗 嗎 呢 吧 啊 呀 啦 嘛 哦 哇 咯 似的 \
         上 下 中 里 裡 内 內 外 间 間 起 等 等等 之一 之中 之内 之內 之间 之間 之外 之上 之下 \
         以上 以下 以来 以來 以内 以內 以外 为止 為止 左右 来说 來說 来讲 來講 而言 \
         完 掉 起来 起來 下去 \
         嘅 咗 緊 喇 咩 㗎 囉 嘞 喎 啫",
    ),
    // They end what is said of a time or a condition: 吃完饭以后, 下雨的话.
    (
        CLOSES,
        "时 時 时候 時候 后 後 之前 之后 之後 以前 以后 以後 的话 的話 嘅话 嘅話",
    ),
    // They join clauses: a line may well start with one.
    (
        opens(BreakKind::BeforeConjunction),
        "但 但是 可是 不过 不過 然而 而 而且 而是 并 并且 並 並且 或 或者 还是 還是 所以 因此 于是 於是 因为 因為 由于 由於 \
         如果 要是 假如 只要 只有 除非 即使 哪怕 虽然 雖然 尽管 儘管 既然 无论 無論 不管 否则 否則 不然 然后 然後 接着 接著 \
         那么 那麼 甚至 以及 同时 同時 直到 以便 以免 从而 從而 例如 比如 尤其 特别是 特別是 另外 此外 \
         不但 不仅 不僅 与其 與其 何况 何況 况且 況且 \
         其实 其實 事实上 事實上 后来 後來 首先 其次 毕竟 畢竟 反正 总之 總之 一边 一邊 一面",
    ),
    // They open a phrase about what follows, or join it to what stands before.
    (
        opens(BreakKind::BeforePhrase),
        "把 被 在 对 對 给 給 从 從 向 往 将 將 由 与 與 和 跟 同 比 按 用 以 为 為 为了 為了 根据 根據 通过 通過 关于 關於 \
         对于 對於 按照 随着 隨著 除了 经过 經過 沿着 沿著 朝 让 讓 使 叫 像 喺 畀",
    ),
    // They say when: what follows belongs to them.
    (
        opens(BreakKind::BeforePhrase),
        "每天 每年 每次 今天 昨天 明天 今年 去年 明年 现在 現在 如今 目前 最近 当时 當時 \
         而家 今日 聽日 琴日 尋日",
    ),
    // They begin what is said of the subject: a break before them is one between subject
    // and predicate.
    (
        opens(BreakKind::BeforePhrase),
        "是 就是 也 都 就 还 還 又 再 才 却 卻 已 已经 已經 正在 曾 曾经 曾經 将要 將要 会 會 能 可以 要 应该 應該 必须 必須 \
         可能 需要 愿意 願意 有 没 没有 沒 沒有 无 無 未 所 不 不会 不會 不能 不是 不再 别 別 也许 也許 或许 或許 大概 恐怕 似乎 好像 正 总是 總是 往往 常常 一直 仍然 终于 終於 只 来 來 去 用来 用來 用于 用於 \
         必 便 並不 并不 係 唔",
    ),
    // They say how much: 很难, 最有名.
    (always(LEADS), "很 最 更 太 挺 极 極 越"),
    // They say which one.
    (always(LEADS), "这 這 那 每 各 某 该 該 本 此 哪"),
    // They say more of the word behind them.
    (
        LEADS,
        "十分 非常 比较 比較 特别 特別 越来越 越來越 多么 多麼 几 幾 一 进一步 進一步 逐渐 逐漸 逐步 不断 不斷 难以 難以 足以 急于 急於 勇于 勇於 敢于 敢於 善于 善於 到 \
         我 你 您 他 她 它 谁 誰 佢",
    ),
    // They stand between two that they belong to: 诞生于硅谷, 三年前, 前总统.
    (
        Role {
            follows: true,
            ..LEADS
        },
        "于 於 前",
    ),
    // They say what kind of number or person follows.
    (
        LEADS,
        "第 约 約 大约 大約 将近 將近 接近 超过 超過 不到 至少 至多 近 达 達 共 总共 總共 一共 整整 足足 小 老 阿",
    ),
];

/// Words that follow only where none of these characters is next: 等你, 等三分钟, 上千人.
const UNLESS_BEFORE: [(&str, &str); 2] = [
    ("等", "你我他她它您谁誰咱一两兩三四五六七八九十半几幾"),
    ("上", "百千万萬亿億"),
];

/// Prepositions that may be a part of the verb before them: 住在, 写给, 走向.
static VERB_TAILS: HanSet =
    HanSet::of("在 给 給 从 從 向 往 将 將 以 为 為 成 到 于 於 自 用 按 比");

/// All rows as one table.
static TABLE: LazyLock<ShortWords<Role>> = LazyLock::new(|| ShortWords::of(ROLES));

/// Measures of time: each is a word of its own behind 这 or 每.
static OF_TIME: HanSet = HanSet::of("年月日号號天周秒岁歲");

/// 这个, 那家, 每次: a pronoun or numeral and a measure, but for one of time, which is whole.
pub(super) fn is_measured(word: &str) -> bool {
    let mut characters = word.chars();
    word.len() == "这个".len()
        && matches!(
            (characters.next(), characters.next(), characters.next()),
            (Some('这' | '這' | '那' | '每' | '某' | '各' | '几' | '幾' | '两' | '兩' | '一' | '呢' | '嗰'), Some(measure), None)
                if is_unit(measure) && !OF_TIME.holds(measure)
        )
}

impl Role {
    /// The role of a word; most have none.
    pub(super) fn of(word: &str) -> Self {
        TABLE.get(word).unwrap_or_default()
    }
}

/// Whether `word` does not follow what is before it after all, as what stands behind it,
/// with which `text` begins, is its own.
pub(super) fn leads_instead(word: &str, text: &str) -> bool {
    let behind = text[word.len()..].chars().next();
    let exception = UNLESS_BEFORE.iter().find(|(follows, _)| *follows == word);
    exception
        .is_some_and(|(_, next)| behind.is_some_and(|c| c.is_ascii_digit() || next.contains(c)))
}

/// Whether a word of one character may be a part of the verb before it.
pub(super) fn is_verb_tail(c: char) -> bool {
    VERB_TAILS.holds(c)
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
