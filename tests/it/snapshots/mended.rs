//! Captions that are mended: what becomes of each file that trips a rule.

use std::fmt::Write;
use std::path::Path;
use std::sync::PoisonError;

use insta::{assert_snapshot, glob};
use zimu::check::{Left, Mending, RULES, fix};
use zimu::format::Amending;

use super::checked::{fixture, read, track, with_checking};
use super::{ONE_SUITE, case, settings};
use crate::road::text_of;

#[test]
fn captions_are_mended() {
    let _alone = ONE_SUITE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut settings = settings("mended");
    settings.set_snapshot_path("../../../snapshots/mended");
    glob!("../../../fixtures/check", "*-trips.*", |path| {
        settings.bind(|| assert_snapshot!(&*case(path), mended(path)));
    });
}

/// What is mended in a file, and the file then.
fn mended(path: &Path) -> String {
    let text = text_of(path);
    let (format, track, places) = read(&text);
    let amending = Amending::of(format, &text, &track, &places);
    let fixed = with_checking(path, |checking| fix(&track, checking, &|_| Ok(())));
    let mut said = String::new();
    for finding in &fixed.mended {
        let id = finding.rule.id;
        say!(said, "mended {id}: {}\n", finding.message(&track));
    }
    for Left { finding, why } in &fixed.left {
        let why = why.map_or(String::new(), |why| format!(": {why}"));
        say!(said, "left {}{why}\n", finding.rule.id);
    }
    said + "\n" + &amending.print(&fixed.track, &fixed.kept)
}

/// What a rule is mended by mends the file that trips it.
#[test]
fn each_rule_that_is_mended_is_mended_in_its_fixture() {
    for rule in RULES {
        let path = fixture(rule.id, "trips");
        let fixed = with_checking(&path, |checking| fix(&track(&path), checking, &|_| Ok(())));
        let is_mended = fixed.mended.iter().any(|finding| finding.rule == rule);
        assert_eq!(
            is_mended,
            rule.mending() != Mending::Judgement,
            "{}",
            rule.id
        );
        let is_left = fixed.left.iter().any(|left| left.finding.rule == rule);
        assert_ne!(is_left, is_mended, "{}", rule.id);
    }
}
