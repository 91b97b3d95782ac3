//! Files of XML as another parser than ours sees them.

use std::fs;

use zimu::format::FORMATS;

use super::run;
use crate::road::{fixtures, read, text_of, written};

/// A parser that takes nothing that is not well-formed, nor a prefix without its namespace.
#[test]
#[ignore = "needs libxml2-utils"]
fn an_xml_parser_takes_what_is_written() {
    let is_xml = |media_type: &str| media_type.ends_with("xml");
    let formats = FORMATS.iter().filter(|format| is_xml(format.media_type));
    let mut count = 0;
    for format in formats.filter(|format| format.can_read() && format.can_write()) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut arguments = vec!["--noout".to_owned()];
        for (at, path) in fixtures(format.id).iter().enumerate() {
            let (text, _) = written(&read(&text_of(path), format).track, format);
            let name = format!("{at}.xml");
            fs::write(folder.path().join(&name), text).expect("a file");
            arguments.push(name);
        }
        count += fixtures(format.id).len();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let says = run("xmllint", "libxml2-utils", &arguments, &folder).stderr;
        assert_eq!(String::from_utf8_lossy(&says), "", "{}", format.id);
    }
    assert!(count > 0, "expected a format of XML that is written");
}
