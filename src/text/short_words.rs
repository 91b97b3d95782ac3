//! Short words with what is known of each in, that of one word out.
//!
//! A word of up to fifteen bytes is one number, and lies near the place that this number says: most
//! words of a text are looked up in several lists, and are in none.

/// Longest word of a list, in bytes: one more byte of its number is its length.
const LONGEST: usize = 15;

/// Words, each with what is known of it.
#[derive(Debug)]
pub(super) struct ShortWords<T> {
    /// Those that have one home follow each other from there on; a place that is free ends them. At
    /// least half are, and the number of places is a power of two.
    keys: Vec<u128>,
    values: Vec<T>,
}

/// What is where no word is: the empty one is in no list.
const FREE: u128 = 0;

impl<T: Copy + Default> ShortWords<T> {
    /// Of rows that have words with spaces between. None is longer than fifteen bytes; of one that
    /// stands twice the first counts.
    pub(super) fn of(rows: impl IntoIterator<Item = (T, &'static str)>) -> Self {
        let words = rows.into_iter().flat_map(|(value, words)| {
            let keys = words.split_whitespace().filter_map(key);
            keys.map(move |key| (key, value))
        });
        let words: Vec<_> = words.collect();
        let places = (2 * words.len()).next_power_of_two();
        let (mut keys, mut values) = (vec![FREE; places], vec![T::default(); places]);
        for (key, value) in words {
            let mut at = home(key, places);
            while keys[at] != FREE {
                at = (at + 1) % places;
            }
            (keys[at], values[at]) = (key, value);
        }
        Self { keys, values }
    }

    /// What is known of a word.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        self.of_key(key(word)?)
    }

    /// What is known of a word in small letters, as the list has it, whatever its case.
    pub(super) fn get_in_any_case(&self, word: &str) -> Option<T> {
        let mut bytes = key(word)?.to_le_bytes();
        bytes.make_ascii_lowercase();
        self.of_key(u128::from_le_bytes(bytes))
    }

    fn of_key(&self, key: u128) -> Option<T> {
        let places = self.keys.len();
        let mut at = home(key, places);
        while self.keys[at] != key {
            if self.keys[at] == FREE {
                return None;
            }
            at = (at + 1) & (places - 1);
        }
        (key != FREE).then(|| self.values[at])
    }
}

/// Where a word lies, if no other one does.
const fn home(key: u128, places: usize) -> usize {
    let both = key as u64 ^ (key >> u64::BITS) as u64;
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> u32::BITS) as usize & (places - 1)
}

/// The bytes of a word and its length.
fn key(word: &str) -> Option<u128> {
    let mut bytes = [0; LONGEST + 1];
    bytes[..LONGEST]
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    bytes[LONGEST] = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        let words = ShortWords::of([(1, "了 人工智能的"), (2, "api")]);
        for (word, expected) in [
            ("了", Some(1)),
            ("了\0", None),
            ("", None),
            ("人工智能的", Some(1)),
            ("人工智能", None),
            ("人工智能的话", None),
            ("api", Some(2)),
            ("API", None),
        ] {
            assert_eq!(words.get(word), expected, "{word:?}");
        }
        assert_eq!(words.get_in_any_case("aPi"), Some(2));
    }
}
