//! Gzip files of several members, and with zero bytes as padding.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Decompresses all members. Skips zero bytes after a member, as `gzip` does; tapes and their images are
/// padded with them.
#[derive(Debug)]
pub(crate) struct GzipReader<R> {
    /// `None` at the end of the input, or after an error.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> GzipReader<R> {
    pub(crate) fn new(raw: R) -> Self {
        Self { member: Some(GzDecoder::new(raw)) }
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let more = skip_zeros(member.get_mut())?;
            let raw = self.member.take().map(GzDecoder::into_inner);
            self.member = raw.filter(|_| more).map(GzDecoder::new);
        }
        Ok(0)
    }
}

/// Skips zero bytes. Returns whether anything follows them.
fn skip_zeros(raw: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = raw.fill_buf()?;
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        if zeros < bytes.len() {
            raw.consume(zeros);
            return Ok(true);
        }
        if zeros == 0 {
            return Ok(false);
        }
        raw.consume(zeros);
    }
}
