//! A character reference in, the character that it stands for out.

/// References by name. The full table of HTML has 2,231; these are what captions hold.
const REFERENCES: [(&str, &str); 21] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("nbsp", "\u{a0}"),
    ("quot", "\""),
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
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("deg", "°"),
];

/// How many of them, from the first, need no semicolon, as HTML's oldest ones do.
const BARE: usize = 5;

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
    let name_length = body
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let name = &body[..name_length];
    let ends = body.as_bytes().get(name_length) == Some(&b';');
    let length = 1 + name_length + usize::from(ends);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        return match code {
            Some(0) => (Some("\u{fffd}".to_owned()), length),
            Some(code) => (
                Some(char::from_u32(code).unwrap_or('\u{fffd}').to_string()),
                length,
            ),
            None => (None, 1),
        };
    }
    let known = REFERENCES.iter().find(|(known, _)| *known == name);
    if let Some((_, character)) = known.filter(|_| ends) {
        return (Some((*character).to_owned()), length);
    }
    let bare = REFERENCES[..BARE]
        .iter()
        .find(|(known, _)| name.starts_with(known));
    bare.map_or((None, 1), |(bare, character)| {
        (Some((*character).to_owned()), 1 + bare.len())
    })
}
