//! Recordings that are damaged in any way: they say how long they last, or why nobody knows.

use std::fs;

use proptest::prelude::*;

use crate::road;

/// Recordings of the fixtures.
fn recordings() -> Vec<Vec<u8>> {
    let folder = road::root().join("fixtures/media");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read(path).expect("a fixture"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_recording_makes_it_panic(
        which in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        length in any::<prop::sample::Index>(),
    ) {
        let mut bytes = which.get(&recordings()).clone();
        for (at, byte) in flips {
            *at.get_mut(&mut bytes) = byte;
        }
        bytes.truncate(length.index(2 * bytes.len() + 1));
        let _ = zimu::media::duration(std::io::Cursor::new(bytes));
    }
}
