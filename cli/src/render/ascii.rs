//! Output for terminals that show ASCII only.

use std::io::{self, Write};

/// Passes text on, in ASCII if that is wanted: quotes, dashes and other signs become those of a typewriter, and
/// anything else a question mark for each of its columns.
#[derive(Debug)]
pub(crate) struct Ascii<W> {
    out: W,
    ascii: bool,
    /// The first bytes of a character whose other bytes have not come yet.
    partial: Vec<u8>,
}

impl<W: Write> Ascii<W> {
    pub(crate) fn new(out: W, ascii: bool) -> Self {
        Self { out, ascii, partial: Vec::new() }
    }
}

impl<W: Write> Write for Ascii<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.ascii {
            return self.out.write(bytes);
        }
        self.partial.extend_from_slice(bytes);
        let valid = match std::str::from_utf8(&self.partial) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.partial.split_off(valid);
        // All of it is valid.
        let text = String::from_utf8(std::mem::replace(&mut self.partial, rest)).unwrap_or_default();
        let mut ascii = String::with_capacity(text.len());
        text.chars().for_each(|c| push_ascii(&mut ascii, c));
        self.out.write_all(ascii.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn push_ascii(text: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => text.push(c),
        '“' | '”' | '„' | '«' | '»' => text.push('"'),
        '‘' | '’' | '‚' => text.push('\''),
        '…' => text.push_str("..."),
        '→' => text.push_str("->"),
        '\u{2010}'..='\u{2015}' => text.push('-'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => text.push(' '),
        _ => text.extend(std::iter::repeat_n('?', super::printable::char_width(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_those_of_a_typewriter() {
        let mut out = Vec::new();
        let mut ascii = Ascii::new(&mut out, true);
        write!(ascii, "a\x1b[1m: “dusk” → ‘dawn’… – é 渡 e\u{301}").unwrap();
        // A character in two pieces.
        ascii.write_all(&"ü".as_bytes()[..1]).unwrap();
        ascii.write_all(&"ü".as_bytes()[1..]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\x1b[1m: \"dusk\" -> 'dawn'... - ? ?? e?");
    }
}
