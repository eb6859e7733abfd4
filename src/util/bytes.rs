//! The header of stored values, and numbers in it.

use crate::util::error::Error;

/// What a kind of stored value is called, and the bytes that it begins with: the name of the kind, then
/// the version as two bytes, little-endian.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) what: &'static str,
    pub(crate) magic: [u8; 6],
    pub(crate) version: u16,
}

impl Header {
    /// Begins the bytes of a value.
    pub(crate) fn write(self, capacity: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + capacity);
        bytes.extend_from_slice(&self.magic);
        bytes.extend_from_slice(&self.version.to_le_bytes());
        bytes
    }

    /// Checks the header and returns the rest.
    pub(crate) fn read(self, bytes: &[u8]) -> Result<Rest<'_>, Error> {
        let malformed = |problem: String| Err(Error::malformed(self.what, problem));
        let Some((header, rest)) = bytes.split_first_chunk::<8>() else {
            return malformed(format!("{} bytes, too few for a header of 8", bytes.len()));
        };
        let [magic @ .., low, high] = *header;
        if magic != self.magic {
            let (found, wanted) = (magic.escape_ascii(), self.magic.escape_ascii());
            return malformed(format!("it begins with \"{found}\", not with \"{wanted}\""));
        }
        let version = u16::from_le_bytes([low, high]);
        if version != self.version {
            return malformed(format!("it has version {version}, only {} can be read", self.version));
        }
        Ok(Rest { what: self.what, bytes: rest })
    }
}

/// The bytes of a value that were not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rest<'a> {
    what: &'static str,
    bytes: &'a [u8],
}

impl<'a> Rest<'a> {
    /// Takes the next 8 bytes as a number.
    pub(crate) fn number(&mut self) -> Result<u64, Error> {
        let Some((number, rest)) = self.bytes.split_first_chunk() else {
            let problem = format!("{} bytes where a number of 8 should be", self.bytes.len());
            return Err(Error::malformed(self.what, problem));
        };
        self.bytes = rest;
        Ok(u64::from_le_bytes(*number))
    }

    /// Takes a text, behind its length in bytes.
    pub(crate) fn text(&mut self) -> Result<&'a str, Error> {
        let length = self.number()?;
        let text = usize::try_from(length).ok().and_then(|length| self.bytes.split_at_checked(length));
        let Some((text, rest)) = text else {
            let problem = format!("{} bytes where a text of {length} should be", self.bytes.len());
            return Err(Error::malformed(self.what, problem));
        };
        self.bytes = rest;
        let problem = |_| Error::malformed(self.what, "a text that is not UTF-8");
        std::str::from_utf8(text).map_err(problem)
    }

    /// The rest as `count` items of `N` bytes each.
    pub(crate) fn items<const N: usize>(self, count: u64) -> Result<&'a [[u8; N]], Error> {
        let (items, odd) = self.bytes.as_chunks();
        if items.len() as u64 != count || !odd.is_empty() {
            let problem = format!("{} bytes where {count} items of {N} bytes should be", self.bytes.len());
            return Err(Error::malformed(self.what, problem));
        }
        Ok(items)
    }
}
