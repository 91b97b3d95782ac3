//! Syllables are as many as are counted, and those that a reader says.

use proptest::prelude::*;

use super::*;

fn sounds(text: &str) -> Vec<Sound> {
    let syllables = syllables(text, &Readings::NONE);
    syllables.iter().map(|syllable| syllable.sound).collect()
}

fn spelled(pinyin: &str) -> Vec<Sound> {
    pinyin.split(' ').map(Sound::spelled).collect()
}

/// The vectors say in their third field what is read.
#[test]
fn what_is_written_sounds_as_it_is_read() {
    // One of two readings that take as long: 加 for 多, 一三 for 十三, 二 for to.
    const OTHERWISE: [&str; 5] = ["50+", "Python 3.13", "B2C", "R&D", "hi@zimu.example"];
    let vectors = [
        include_str!("../../../fixtures/reading/figures.tsv"),
        include_str!("../../../fixtures/reading/han.tsv"),
        include_str!("../../../fixtures/reading/latin.tsv"),
    ];
    let fields = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    let is_otherwise = |fields: &Vec<&str>| sounds(fields[0]) != sounds(fields[2]);
    let lines = vectors.iter().flat_map(|vectors| vectors.lines());
    let otherwise: Vec<_> = lines.map(fields).filter(is_otherwise).collect();
    let written: Vec<_> = otherwise.iter().map(|fields| fields[0]).collect();
    assert_eq!(written, OTHERWISE, "{otherwise:?}");
}

#[test]
fn signs_are_read_where_they_are_said() {
    for (written, read) in [
        ("15%-25%", "百分之十五到百分之二十五"),
        ("涨了5%，", "涨了百分之五"),
        ("¥250", "二百五十元"),
        ("2个人2点到2月", "两个人两点到二月"),
        ("拨打110", "拨打幺幺零"),
        ("2024-03-15", "二零二四年三月十五日"),
        ("5km", "五公里"),
        ("第12期", "第十二期"),
        ("二〇二四", "二零二四"),
    ] {
        assert_eq!(sounds(written), sounds(read), "{written}");
    }
}

#[test]
fn syllables_stand_where_they_are_read() {
    let text = "在95%的API这儿";
    let places: Vec<_> = syllables(text, &Readings::NONE)
        .iter()
        .map(|syllable| syllable.span.of(text))
        .collect();
    let expected = [
        "在", "95%", "95%", "95%", "95%", "95%", "95%", "的", "API", "API", "API", "这",
    ];
    assert_eq!(places, expected);
}

#[test]
fn words_sound_about_as_they_are_said() {
    for (word, expected) in [
        ("Google", "gu gou"),
        ("iOS", "ai ou ai-s"),
        ("line", "lai-n"),
        ("rust", "ra-s"),
        ("Python", "pi song"),
        ("model", "mou dei-l"),
        ("nvidia", "en fi di a"),
        ("mysql", "mi ai-s kiu ai-l"),
        ("café", "ka fei"),
        ("API", "ei pi ai"),
        ("W", "da bu liu"),
    ] {
        let sounds: Vec<_> = sounds(word).iter().map(ToString::to_string).collect();
        assert_eq!(sounds.join(" "), expected, "{word}");
    }
}

#[test]
fn readings_of_a_project_go_before_all() {
    let readings = Readings::new([
        ("zimu", Reading::As("字幕".to_owned())),
        ("重庆", Reading::Syllables(2)),
        ("Ωmega", Reading::Syllables(3)),
    ])
    .unwrap();
    let read = syllables("zimu重庆Ωmega", &readings);
    let sounds: Vec<_> = read.iter().map(|syllable| syllable.sound).collect();
    assert_eq!(sounds[..4], spelled("zi mu chong qing"));
    assert_eq!(sounds.len(), 4 + 3);
}

#[test]
fn what_cannot_be_read_is_free() {
    assert_eq!(sounds("𠮷か"), [Sound::Free; 2]);
    assert_eq!(sounds("мир"), [Sound::Free]);
}

proptest! {
    #[test]
    fn syllables_are_as_many_as_are_counted(text in "(\\PC|[0-9a-zA-Z%$¥.,:/-]|[这那儿子的地银行长大]|km|℃|²){0,40}") {
        let syllables = syllables(&text, &Readings::NONE);
        prop_assert_eq!(syllables.len(), Spoken::new(&text).said().syllables() as usize);
        for syllable in &syllables {
            prop_assert!(!syllable.span.of(&text).is_empty());
        }
    }

    #[test]
    fn words_have_as_many_syllables_as_are_asked_for(word in "[a-zA-Zéüß'Ωж]{0,12}", count in 0_u32..9) {
        let mut said = 0;
        latin::sounds(&word, count, |_| said += 1);
        prop_assert_eq!(said, count);
    }
}
