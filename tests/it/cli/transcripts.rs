//! What the options say of how a transcript is written.

use super::Desk;

/// Labels that come once each: nothing in the text says that they are any.
const TWO_SPEAKERS: &str = "客人：一壶茶\n掌柜：马上来\n";

/// The captions of `talk.txt` in WebVTT, which names speakers.
fn vtt(talk: &str, options: &[&str]) -> String {
    let desk = Desk::with("talk.txt", talk);
    let arguments = [&["caption", "talk.txt", "-o", "-", "--to", "vtt"], options].concat();
    desk.run(&arguments).ends(0).out
}

#[test]
fn speakers_are_those_that_are_named() {
    let found_out = vtt(TWO_SPEAKERS, &[]);
    assert!(found_out.contains("\n客人：一壶茶\n"), "{found_out}");
    let both = vtt(TWO_SPEAKERS, &["--speakers", "客人,掌柜"]);
    assert!(both.contains("\n<v 客人>一壶茶\n"), "{both}");
    assert!(both.contains("\n<v 掌柜>马上来\n"), "{both}");
    let one = vtt(&TWO_SPEAKERS.repeat(3), &["--speakers", "客人"]);
    assert!(one.contains("\n<v 客人>掌柜：马上来\n"), "{one}");
}
