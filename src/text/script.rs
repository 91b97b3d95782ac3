//! Text or a tag in, Simplified or Traditional out.
//!
//! Both scripts share most characters. Those that stand on one side only decide, by
//! count over the first few thousand characters.

use std::cmp::Ordering;

use crate::model::LanguageTag;
use crate::text::han_set::HanSet;

/// A way to write Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional, of no region that is known.
    Hant,
    /// Traditional as in Taiwan.
    HantTw,
    /// Traditional as in Hong Kong.
    HantHk,
}

/// The languages that are Chinese.
const CHINESE: [&str; 7] = ["zh", "yue", "nan", "wuu", "hak", "gan", "hsn"];

/// What the parts of a tag say, the strongest first.
const WRITTEN: [(&str, Script); 8] = [
    ("Hans", Script::Hans),
    ("TW", Script::HantTw),
    ("HK", Script::HantHk),
    ("MO", Script::HantHk),
    ("Hant", Script::Hant),
    ("CN", Script::Hans),
    ("SG", Script::Hans),
    ("MY", Script::Hans),
];

impl Script {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hans, Self::Hant, Self::HantTw, Self::HantHk];

    /// The subtags that say it: `Hant-TW`.
    #[must_use]
    pub const fn subtags(self) -> &'static str {
        match self {
            Self::Hans => "Hans",
            Self::Hant => "Hant",
            Self::HantTw => "Hant-TW",
            Self::HantHk => "Hant-HK",
        }
    }

    /// The script that is meant by its subtags, or by a tag of Chinese in it, in any case.
    ///
    /// ```
    /// use zimu::text::script::Script;
    ///
    /// assert_eq!(Script::named("hant-tw"), Some(Script::HantTw));
    /// assert_eq!(Script::named("zh-HK"), Some(Script::HantHk));
    /// assert_eq!(Script::named("zh"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let is_it = |script: &Self| script.subtags().eq_ignore_ascii_case(name);
        let by_subtags = Self::ALL.into_iter().find(is_it);
        by_subtags.or_else(|| Self::of_tag(&name.parse().ok()?))
    }

    /// What a tag of Chinese says of it, by its script and its region.
    ///
    /// ```
    /// use zimu::text::script::Script;
    ///
    /// assert_eq!(Script::of_tag(&"zh-Hant-MO".parse()?), Some(Script::HantHk));
    /// assert_eq!(Script::of_tag(&"zh-Hans-HK".parse()?), Some(Script::Hans));
    /// assert_eq!(Script::of_tag(&"zh".parse()?), None);
    /// assert_eq!(Script::of_tag(&"en-HK".parse()?), None);
    /// # Ok::<(), zimu::model::UnknownLanguage>(())
    /// ```
    #[must_use]
    pub fn of_tag(tag: &LanguageTag) -> Option<Self> {
        let has = |part: &str| tag.as_str().split('-').skip(1).any(|found| found == part);
        let (_, script) = WRITTEN.iter().find(|(part, _)| has(part))?;
        is_chinese(tag).then_some(*script)
    }

    /// The tag of a language that is written so.
    ///
    /// ```
    /// use zimu::model::LanguageTag;
    /// use zimu::text::script::Script;
    ///
    /// assert_eq!(Script::HantTw.tag(&LanguageTag::ZH_HANS).as_str(), "zh-Hant-TW");
    /// ```
    #[must_use]
    pub fn tag(self, language: &LanguageTag) -> LanguageTag {
        let tag = format!("{}-{}", language.primary(), self.subtags());
        tag.parse().unwrap_or_else(|_| self.family())
    }

    /// Simplified or Traditional.
    #[must_use]
    pub const fn family(self) -> LanguageTag {
        match self {
            Self::Hans => LanguageTag::ZH_HANS,
            Self::Hant | Self::HantTw | Self::HantHk => LanguageTag::ZH_HANT,
        }
    }
}

/// Whether a tag is that of Chinese, of any kind.
#[must_use]
pub fn is_chinese(tag: &LanguageTag) -> bool {
    CHINESE.contains(&tag.primary())
}

/// How much of a text is looked at.
const SAMPLE_CHARACTERS: usize = 4000;

/// Frequent characters of Simplified that Traditional text does not have, and on the
/// second line their Traditional forms, in the same order.
const PAIRS: [&str; 2] = [
    "们这个说时国会对发为来学过还没样间现实关车长问开门见点与东书业严习买乱争产亲从众优传伤伦体价儿兴写军农决况净减击办务动劳势单卖卫厂历压县参双变号听员响团园图场坏块坚声处备头夸奋妈孙宁宝审宽宾导层岁币师带帮应库废张弹强归当录总态怀恶戏战户执扩扫报担择换据损摄数断无旧显晓术机杀权条极构标树档检欢气汉济测浓满灵烟热爱状独环电画疗础确离种积称穷竞笔简类纪约级纯线组细织终经结给络统继续维综绿网罗职联脑节药虽装观规视觉览计订认讨让训议记讲许论设访证评识诉词译试话该语误请诸读课谁调谈谢贝负财责败货质购费资赏赛转轮软轻输达迁运进远连适选递邮释针钟钱银错锁键镇闭闻队阳阴阶际陆险随难预领频题颜额风飞饭馆马验骑鱼鸟鸡麦黄齐龙",
    "們這個說時國會對發為來學過還沒樣間現實關車長問開門見點與東書業嚴習買亂爭產親從眾優傳傷倫體價兒興寫軍農決況淨減擊辦務動勞勢單賣衛廠歷壓縣參雙變號聽員響團園圖場壞塊堅聲處備頭誇奮媽孫寧寶審寬賓導層歲幣師帶幫應庫廢張彈強歸當錄總態懷惡戲戰戶執擴掃報擔擇換據損攝數斷無舊顯曉術機殺權條極構標樹檔檢歡氣漢濟測濃滿靈煙熱愛狀獨環電畫療礎確離種積稱窮競筆簡類紀約級純線組細織終經結給絡統繼續維綜綠網羅職聯腦節藥雖裝觀規視覺覽計訂認討讓訓議記講許論設訪證評識訴詞譯試話該語誤請諸讀課誰調談謝貝負財責敗貨質購費資賞賽轉輪軟輕輸達遷運進遠連適選遞郵釋針鐘錢銀錯鎖鍵鎮閉聞隊陽陰階際陸險隨難預領頻題顏額風飛飯館馬驗騎魚鳥雞麥黃齊龍",
];

/// The Chinese that a text is written in, or `None` where no character tells.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::text::script::detect;
///
/// assert_eq!(detect("这个问题"), Some(LanguageTag::ZH_HANS));
/// assert_eq!(detect("這個問題"), Some(LanguageTag::ZH_HANT));
/// assert_eq!(detect("人工智能"), None);
/// ```
#[must_use]
pub fn detect(text: &str) -> Option<LanguageTag> {
    detect_in([text])
}

/// The Chinese that some texts are written in together: see [`detect`].
#[must_use]
pub fn detect_in<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<LanguageTag> {
    let [simplified, traditional] = &ONE_SIDED;
    let (mut simplified_count, mut traditional_count) = (0_u32, 0_u32);
    let characters = texts.into_iter().flat_map(str::chars);
    for c in characters.filter(|c| !c.is_ascii()).take(SAMPLE_CHARACTERS) {
        simplified_count += u32::from(simplified.holds(c));
        traditional_count += u32::from(traditional.holds(c));
    }
    match simplified_count.cmp(&traditional_count) {
        Ordering::Greater => Some(LanguageTag::ZH_HANS),
        Ordering::Less => Some(LanguageTag::ZH_HANT),
        Ordering::Equal => None,
    }
}

/// Whether a frequent character is never written in Simplified, or never in Traditional, where
/// `family` is the one of the two that a text is in.
///
/// ```
/// use zimu::text::script::{Script, is_of_the_other};
///
/// assert!(is_of_the_other('這', Script::Hans));
/// assert!(!is_of_the_other('这', Script::Hans));
/// assert!(!is_of_the_other('人', Script::HantTw));
/// ```
#[must_use]
pub fn is_of_the_other(c: char, family: Script) -> bool {
    let [simplified, traditional] = &ONE_SIDED;
    let other = match family {
        Script::Hans => traditional,
        Script::Hant | Script::HantTw | Script::HantHk => simplified,
    };
    other.holds(c)
}

/// [`PAIRS`], ready to be asked.
static ONE_SIDED: [HanSet; 2] = [HanSet::of(PAIRS[0]), HanSet::of(PAIRS[1])];

#[cfg(test)]
mod tests {
    use super::PAIRS;

    #[test]
    fn the_two_lists_stand_side_by_side() {
        let [simplified, traditional] = PAIRS.map(|list| list.chars().collect::<Vec<_>>());
        assert_eq!(simplified.len(), traditional.len());
        assert!(
            simplified
                .iter()
                .zip(&traditional)
                .all(|(hans, hant)| hans != hant)
        );
    }
}
