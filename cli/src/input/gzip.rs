//! Gzip as it is found: members one after the other, and perhaps zeros behind the last.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Decompresses all members. Zeros behind one, with which tapes and their images are padded, are passed
/// over, as `gzip` does it.
#[derive(Debug)]
pub(crate) struct Gunzip<R> {
    /// None when there is no more, or nothing that can be read.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Gunzip<R> {
    pub(crate) fn new(raw: R) -> Self {
        Self { member: Some(GzDecoder::new(raw)) }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
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

/// Whether anything but zeros comes, which is then what comes next.
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
