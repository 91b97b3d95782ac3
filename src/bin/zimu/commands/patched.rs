//! A file as it was read and what is to be in its place in, the file with that in it out: in its
//! own encoding, with its own byte order mark.

use std::cell::Cell;
use std::io::{self, Write};

use zimu::text::encode::encode;

use crate::args::ReadingArguments;
use crate::commands::source::Source;
use crate::files::{self, Destination, Existing, Staged};
use crate::report::{self, Failure};

/// A text file whose bytes are at hand.
pub(super) struct Original<'a> {
    pub(super) source: &'a Source,
    pub(super) bytes: &'a [u8],
}

impl Original<'_> {
    /// Stages what `print` prints in the place of the text.
    pub(super) fn stage(
        &self,
        arguments: &ReadingArguments,
        destination: &Destination,
        existing: Existing,
        print: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Staged, Failure> {
        let told = Cell::new(!arguments.quiet);
        files::stage(destination, existing, |sink| {
            let (encoding, text) = (self.source.encoding, &self.source.text);
            let (mark, body) = self.bytes.split_at(self.source.mark_bytes);
            if body == text.as_bytes() {
                sink.write_all(mark)?;
                return print(sink);
            }
            // Another encoding: it is written only where that gives the bytes that were read.
            let is_faithful = encode(text, encoding).as_deref() == Some(body);
            let mut text = Vec::new();
            print(&mut text)?;
            let text = String::from_utf8(text).map_err(io::Error::other)?;
            if let Some(encoded) = encode(&text, encoding).filter(|_| is_faithful) {
                sink.write_all(mark)?;
                return sink.write_all(&encoded);
            }
            if told.replace(false) {
                report::note(&format!(
                    "{}: written as UTF-8: {encoding} has two forms for some of its characters",
                    self.source.path.display()
                ));
            }
            sink.write_all(text.as_bytes())
        })
    }
}
