//! What callers may rely on of each step that decides when a cue is shown until.

use proptest::prelude::*;

use super::*;

/// A cue that is spoken, with what is behind it.
fn shown() -> impl Strategy<Value = Shown> {
    let next = prop::option::of(0..6000_u32);
    let media = prop::option::of(0..6000_u32);
    (0..4_000_000_u32, 1..9000_u32, 0..200_u32, next, media).prop_map(
        |(start, spoken, count, next, media)| {
            let end = start + spoken;
            // The next starts when this is said at the earliest, and no word is behind the end.
            let next = next.map(|later| end + later);
            let last = next.unwrap_or(end);
            Shown {
                times: Times {
                    start: Timestamp::from_millis(start),
                    end: Timestamp::from_millis(end),
                },
                count,
                next_start: next.map(Timestamp::from_millis),
                media_end: media.map(|later| Timestamp::from_millis(last + later)),
            }
        },
    )
}

fn profile() -> impl Strategy<Value = Profile> {
    let limits = (0..3000_u32, 0..500_u32, 0..1500_u32, 0..1500_u32);
    let longest = prop::option::of(500..9000_u32);
    let fastest = prop::option::of(1..30_u32);
    let extend = prop::option::of(0..2000_u32);
    (limits, longest, fastest, extend).prop_map(
        |((least, gap, chain, linger), longest, max_cps, out_time_extend_ms)| Profile {
            min_duration_ms: least,
            max_duration_ms: longest.map(|longest| longest.max(least)),
            min_gap_ms: gap,
            chain_below_ms: chain.max(gap),
            linger_ms: linger,
            max_cps,
            out_time_extend_ms,
            ..Profile::named("asis").expect("a profile of the table")
        },
    )
}

proptest! {
    #[test]
    fn no_text_has_more_to_read_than_its_bytes_say(text: String) {
        for counting in [Counting::Cjk, Counting::All] {
            let most = most_half_characters(text.len() as u32, counting);
            prop_assert!(half_characters(&text, counting) <= most);
        }
    }

    #[test]
    fn a_start_never_moves(shown in shown(), profile in profile()) {
        prop_assert_eq!(shown.interval(&profile).start(), shown.times.start);
    }

    #[test]
    fn nothing_is_shown_over_the_next_cue_or_behind_the_end(shown in shown(), profile in profile()) {
        let end = shown.interval(&profile).end();
        prop_assert!(shown.next_start.is_none_or(|next| end <= next));
        prop_assert!(shown.media_end.is_none_or(|media| end <= media));
    }

    #[test]
    fn a_gap_is_as_long_as_the_profile_asks_where_there_is_room(shown in shown(), profile in profile()) {
        let end = shown.interval(&profile).end();
        if let Some(next) = shown.next_start
            && next.earlier(profile.min_gap_ms) > shown.times.start
        {
            prop_assert!(end <= next.earlier(profile.min_gap_ms));
        }
    }

    #[test]
    fn a_gap_that_is_shorter_than_the_chain_limit_is_closed(shown in shown(), profile in profile()) {
        let longest = profile.max_duration_ms;
        let interval = shown.interval(&profile);
        let is_cut = longest.is_some_and(|longest| interval.duration_ms() == longest);
        if let (Some(next), None, false) = (shown.next_start, shown.media_end, is_cut) {
            let gap_ms = next.millis() - interval.end().millis();
            prop_assert!(gap_ms <= profile.min_gap_ms || gap_ms >= profile.chain_below_ms);
        }
    }

    #[test]
    fn it_lasts_as_long_as_it_may_and_should(shown in shown(), profile in profile()) {
        let interval = shown.interval(&profile);
        let longest_ms = profile.max_duration_ms.unwrap_or(u32::MAX);
        prop_assert!(interval.duration_ms() <= longest_ms);
        // With nothing behind it there is room for all that is asked for.
        if shown.next_start.is_none() && shown.media_end.is_none() {
            let spoken_ms = shown.times.end.millis() - shown.times.start.millis();
            let asked_ms = (spoken_ms + profile.linger_ms).max(profile.min_duration_ms);
            prop_assert!(interval.duration_ms() >= asked_ms.min(longest_ms));
        }
    }

    #[test]
    fn time_to_read_is_taken_from_free_time_alone(shown in shown(), profile in profile()) {
        let unread = Profile { max_cps: None, ..profile.clone() };
        let (with, without) = (shown.interval(&profile), shown.interval(&unread));
        prop_assert!(with.end() >= without.end());
    }
}
