//! The text of an XML file in, its pieces out, whatever state it is in.
//!
//! The tokens are quick-xml's. What is not well-formed is mended where it stands: a `<` that
//! begins no tag is text, and a tag that has another `<` in it ends before that. Each such mend
//! looks at a part of the file once more; a file in which that is too much is cut off there.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::format::ttml::ids::is_start;

/// How often a file may be looked through again because of what is wrong with it.
const MOST_AGAIN: usize = 4;

/// A piece of a file, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Start(&'t str),
    /// A start tag and its end in one.
    Empty(&'t str),
    End(&'t str),
    Text(&'t str),
    /// A CDATA section without what is around it.
    Plain(&'t str),
    /// `&name;`
    Reference(&'t str),
    /// A document type.
    Doctype(&'t str),
    /// A `<` or a `&` that is text, though it may not stand there.
    Bare(&'t str),
    /// A tag that another begins in.
    Broken(&'t str),
    /// All that follows cannot be read.
    Rest(&'t str),
}

/// The pieces of a file.
pub(super) struct Pieces<'t> {
    source: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where the reader began.
    base: usize,
    /// How many bytes may be looked at once more.
    left: usize,
    /// Read, and not given yet.
    next: Option<Piece<'t>>,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(source: &'t str) -> Self {
        let mut pieces = Self {
            source,
            reader: Reader::from_str(""),
            base: 0,
            left: source.len().saturating_mul(MOST_AGAIN),
            next: None,
        };
        pieces.go_on_at(0);
        pieces
    }

    fn go_on_at(&mut self, at: usize) {
        let rest = self.source.get(at..).unwrap_or_default();
        // The reader leaves a byte order mark out, and does not count it.
        let marks = rest.len() - rest.trim_start_matches('\u{feff}').len();
        self.base = at + marks;
        self.reader = Reader::from_str(&rest[marks..]);
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
    }

    fn here(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(self.source.len())
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.source.get(from..to).unwrap_or_default()
    }

    /// A piece that begins with a `<`: a tag or a part of one.
    fn tag(&mut self, raw: &'t str, start: usize, whole: Piece<'t>) -> Piece<'t> {
        let name = raw.strip_prefix('<').unwrap_or(raw);
        let name = name.strip_prefix('/').unwrap_or(name);
        if !name.starts_with(is_start) {
            return self.again(start, 1, raw.len(), Piece::Bare);
        }
        // A `<` may not stand in a tag, not even between quotes.
        let Some(inner) = raw[1..].find('<').map(|at| at + 1) else {
            return whole;
        };
        let closed = raw[..inner].find('>').map(|at| at + 1);
        self.again(start, closed.unwrap_or(inner), raw.len(), Piece::Broken)
    }

    /// Takes `length` bytes at `start`, and reads on behind them; the reader has been `seen`
    /// bytes ahead.
    fn again(
        &mut self,
        start: usize,
        length: usize,
        seen: usize,
        piece: fn(&'t str) -> Piece<'t>,
    ) -> Piece<'t> {
        match self.left.checked_sub(seen) {
            Some(left) => {
                self.left = left;
                self.go_on_at(start + length);
                piece(self.slice(start, start + length))
            }
            None => self.rest(start),
        }
    }

    fn rest(&mut self, start: usize) -> Piece<'t> {
        self.go_on_at(self.source.len());
        Piece::Rest(self.slice(start, self.source.len()))
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if let Some(piece) = self.next.take() {
            return Some(piece);
        }
        loop {
            let start = self.here();
            let event = self.reader.read_event();
            let end = self.here();
            let raw = self.slice(start, end);
            return Some(match event {
                Ok(Event::Eof) => return None,
                Ok(Event::Start(_)) => self.tag(raw, start, Piece::Start(raw)),
                Ok(Event::Empty(_)) => self.tag(raw, start, Piece::Empty(raw)),
                Ok(Event::End(_)) => self.tag(raw, start, Piece::End(raw)),
                Ok(Event::Text(_)) if raw.is_empty() => continue,
                // What follows the `&` is text like any other.
                Ok(Event::Text(_)) if raw.starts_with('&') => {
                    self.next = Some(Piece::Text(&raw[1..])).filter(|_| raw.len() > 1);
                    Piece::Bare(&raw[..1])
                }
                Ok(Event::Text(_)) => Piece::Text(raw),
                Ok(Event::CData(_)) => {
                    let inner = raw.strip_prefix("<![CDATA[").unwrap_or(raw);
                    Piece::Plain(inner.strip_suffix("]]>").unwrap_or(inner))
                }
                Ok(Event::GeneralRef(_)) => Piece::Reference(raw),
                Ok(Event::DocType(_)) => Piece::Doctype(raw),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                Err(_) => {
                    // The reader may have gone to the end to find the rest of a tag.
                    let seen = self.slice(start, self.source.len());
                    match seen.as_bytes() {
                        [b'<', b'!' | b'?', ..] | [] => self.rest(start),
                        _ => match self.tag(seen, start, Piece::Rest(seen)) {
                            Piece::Rest(_) => self.rest(start),
                            piece => piece,
                        },
                    }
                }
            });
        }
    }
}
