//! A character reference in, the character that it stands for out.
//!
//! By the steps of HTML ("named character reference state", "numeric character reference end
//! state"), which WebVTT takes over for the text of a cue. Of HTML's 2,231 names these are
//! the 106 that need no semicolon, those that begin like one of them and are another, and
//! those that captions hold besides; any other stays in the text as it is written.

use encoding_rs::WINDOWS_1252;

/// Names that need no semicolon, but for those of [`BARE_LATIN`].
const BARE: [(&str, char); 10] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("COPY", '©'),
    ("REG", '®'),
];

/// Names that need no semicolon, for U+00A0 to U+00FF in their order.
#[rustfmt::skip]
const BARE_LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para",
    "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc",
    "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc",
    "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave",
    "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve",
    "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml",
    "yacute", "thorn", "yuml",
];

/// Names that need their semicolon.
const WHOLE: [(&str, &str); 11] = [
    ("lrm", "\u{200e}"),
    ("rlm", "\u{200f}"),
    ("apos", "'"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("trade", "™"),
];

/// Names that need their semicolon and begin with one that needs none: without this table
/// `&notin;` would be read as `¬in;`.
#[rustfmt::skip]
const LONGER: [(&str, &str); 40] = [
    ("centerdot", "·"), ("copysr", "℗"), ("divideontimes", "⋇"), ("gtcc", "⪧"), ("gtcir", "⩺"),
    ("gtdot", "⋗"), ("gtlPar", "⦕"), ("gtquest", "⩼"), ("gtrapprox", "⪆"), ("gtrarr", "⥸"),
    ("gtrdot", "⋗"), ("gtreqless", "⋛"), ("gtreqqless", "⪌"), ("gtrless", "≷"), ("gtrsim", "≳"),
    ("ltcc", "⪦"), ("ltcir", "⩹"), ("ltdot", "⋖"), ("lthree", "⋋"), ("ltimes", "⋉"),
    ("ltlarr", "⥶"), ("ltquest", "⩻"), ("ltrPar", "⦖"), ("ltri", "◃"), ("ltrie", "⊴"),
    ("ltrif", "◂"), ("notin", "∉"), ("notinE", "⋹\u{338}"), ("notindot", "⋵\u{338}"),
    ("notinva", "∉"), ("notinvb", "⋷"), ("notinvc", "⋶"), ("notni", "∌"), ("notniva", "∌"),
    ("notnivb", "⋾"), ("notnivc", "⋽"), ("parallel", "∥"), ("timesb", "⊠"), ("timesbar", "⨱"),
    ("timesd", "⨰"),
];

/// The text that a text with references stands for.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let (character, length) = reference(&rest[at..]);
        plain.push_str(character.as_deref().unwrap_or(&rest[at..at + length]));
        rest = &rest[at + length..];
    }
    plain + rest
}

/// The character that a reference at the start of `text` stands for, and its length; no
/// character and the `&` alone where it is not one.
pub(super) fn reference(text: &str) -> (Option<String>, usize) {
    let body = &text[1..];
    let found = match body.strip_prefix('#') {
        Some(number) => numeric(number).map(|(character, length)| (character, 1 + length)),
        None => named(body),
    };
    found.map_or((None, 1), |(character, length)| {
        (Some(character), 1 + length)
    })
}

/// What stands behind `&`, as a name, and its length.
fn named(body: &str) -> Option<(String, usize)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
    let length = body.bytes().take_while(is_name).count();
    let name = &body[..length];
    if body[length..].starts_with(';') {
        let mut whole = WHOLE.iter().chain(&LONGER);
        if let Some((_, character)) = whole.find(|(known, _)| *known == name) {
            return Some(((*character).to_owned(), length + 1));
        }
    }
    let latin = BARE_LATIN.iter().copied().zip('\u{a0}'..);
    let bare = BARE.iter().copied().chain(latin);
    let (known, character) = bare
        .filter(|(known, _)| name.starts_with(known))
        .max_by_key(|(known, _)| known.len())?;
    let ends = body[known.len()..].starts_with(';');
    Some((character.to_string(), known.len() + usize::from(ends)))
}

/// What stands behind `&#`, as a number, and its length.
fn numeric(body: &str) -> Option<(String, usize)> {
    let digits = body.strip_prefix(['x', 'X']);
    let (digits, radix) = digits.map_or((body, 10), |digits| (digits, 16));
    let before = body.len() - digits.len();
    let is_digit = |c: char| c.is_digit(radix);
    let length = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let (digits, behind) = digits.split_at(length);
    let ends = behind.starts_with(';');
    // One that is too long for a number is none of a character either.
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    Some((character(code), before + length + usize::from(ends)))
}

fn character(code: u32) -> String {
    match code {
        // Written by those who took the bytes of Windows for Unicode.
        0x80..=0x9f => WINDOWS_1252.decode(&[code as u8]).0.into_owned(),
        0 => '\u{fffd}'.to_string(),
        _ => char::from_u32(code).unwrap_or('\u{fffd}').to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_need_no_semicolon_where_html_says_so() {
        for (written, expected) in [
            ("&copy 2024", "© 2024"),
            ("&copy=1", "©=1"),
            ("&COPY;&yuml;", "©ÿ"),
            ("&frac12kg", "½kg"),
            ("&timesaving", "×aving"),
            ("A&ampB&", "A&B&"),
            ("&hellip &hellip;", "&hellip …"),
            ("&notit;&notin;&notin", "¬it;∉¬in"),
            ("&gtdot;&gtdots;", "⋗>dots;"),
            ("&unknown;&;", "&unknown;&;"),
        ] {
            assert_eq!(unescaped(written), expected, "{written}");
        }
    }

    #[test]
    fn numbers_are_those_of_html() {
        for (written, expected) in [
            ("&#20013;&#x6587&#X4e2D;", "中文中"),
            ("&#133;&#x80;&#x9F&#147", "…€Ÿ“"),
            ("&#x81;", "\u{81}"),
            (
                "&#0;&#xD800;&#1114112;&#99999999999;",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&#65号&#65a&#x41g", "A号AaAg"),
            ("&#;&#x;&#甲", "&#;&#x;&#甲"),
        ] {
            assert_eq!(unescaped(written), expected, "{written}");
        }
    }

    #[test]
    fn the_names_of_latin_end_with_its_last_letter() {
        assert_eq!(unescaped("&nbsp&sup1&szlig&divide"), "\u{a0}¹ß÷");
    }
}
