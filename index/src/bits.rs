//! Numbers in bits, and a checksum behind stored values.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::error::Error;

/// Appends numbers bit by bit, the lowest first.
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `bits` bits of `value`, at most 56.
    pub(crate) fn write(&mut self, value: u64, bits: u32) {
        debug_assert!(bits <= 56 && value >> bits == 0, "{value} in {bits} bits");
        self.pending |= value << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Appends a number in Rice code: its upper bits as that many ones and a zero, then its lowest `low` bits.
    pub(crate) fn write_rice(&mut self, value: u64, low: u32) {
        let mut upper = value >> low;
        while upper >= 32 {
            self.write(u64::from(u32::MAX), 32);
            upper -= 32;
        }
        self.write((1 << upper) - 1, upper as u32 + 1);
        self.write(value & ((1 << low) - 1), low);
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Reads what a [`BitWriter`] wrote. Behind the end there are zeros.
#[derive(Clone, Debug)]
pub(crate) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next 57 bits or more, without taking them.
    #[inline]
    fn peek(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(word) => u64::from_le_bytes(*word),
            None => {
                let mut word = [0; 8];
                word[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(word)
            }
        };
        word >> (self.at % 8)
    }

    /// Takes `bits` bits, at most 56.
    #[inline]
    pub(crate) fn read(&mut self, bits: u32) -> u64 {
        let value = self.peek() & ((1 << bits) - 1);
        self.at += bits as usize;
        value
    }

    #[inline]
    pub(crate) fn read_rice(&mut self, low: u32) -> u64 {
        let mut upper = 0;
        loop {
            let ones = self.peek().trailing_ones().min(56);
            self.at += ones as usize;
            upper += u64::from(ones);
            // Behind the end there are no ones.
            if ones < 56 {
                break;
            }
        }
        self.at += 1;
        upper << low | self.read(low)
    }

    /// Takes a number in Rice code and one of `bits` bits, mostly with a single look at the bytes.
    #[inline]
    pub(crate) fn read_rice_and(&mut self, low: u32, bits: u32) -> (u64, u64) {
        let word = self.peek();
        let upper = word.trailing_ones();
        let all = upper + 1 + low + bits;
        if all > 57 {
            return (self.read_rice(low), self.read(bits));
        }
        self.at += all as usize;
        let word = word >> (upper + 1);
        let rice = u64::from(upper) << low | (word & ((1 << low) - 1));
        (rice, word >> low & ((1 << bits) - 1))
    }
}

/// Appends a number, seven bits a byte.
pub(crate) fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number that [`write_number`] wrote.
pub(crate) fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Appends a checksum over the key of a value and the value.
pub(crate) fn seal(key: &[u8], mut value: Vec<u8>) -> Vec<u8> {
    let sum = checksum(key, &value);
    value.extend_from_slice(&sum);
    value
}

/// The value, if the checksum behind it is right.
pub(crate) fn unseal<'a>(what: &str, key: &[u8], sealed: &'a [u8]) -> Result<&'a [u8], Error> {
    match sealed.split_last_chunk() {
        Some((value, sum)) if checksum(key, value) == *sum => Ok(value),
        _ => Err(Error::damaged(format_args!("the checksum of {what} is wrong"))),
    }
}

fn checksum(key: &[u8], value: &[u8]) -> [u8; 4] {
    let seed = xxh3_64_with_seed(key, 0);
    (xxh3_64_with_seed(value, seed) as u32).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 5, 127, 128, 300, 70_000, 1 << 20, (1 << 39) - 1];
        let mut writer = BitWriter::default();
        for &number in &numbers {
            writer.write(number, 40);
            writer.write_rice(number % 5000, 4);
            writer.write_rice(number, 39);
            writer.write_rice(number % 300, 2);
            writer.write(number % 1024, 10);
        }
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes);
        for &number in &numbers {
            assert_eq!(reader.read(40), number);
            assert_eq!(reader.read_rice(4), number % 5000);
            assert_eq!(reader.read_rice(39), number);
            assert_eq!(reader.read_rice_and(2, 10), (number % 300, number % 1024));
        }
        let mut bytes = Vec::new();
        numbers.iter().chain(&[u64::MAX]).for_each(|&number| write_number(&mut bytes, number));
        let mut rest = &bytes[..];
        for &number in numbers.iter().chain(&[u64::MAX]) {
            assert_eq!(read_number(&mut rest), Some(number));
        }
        assert_eq!(read_number(&mut rest), None);
        assert_eq!(read_number(&mut &[0xff; 20][..]), None);
    }

    #[test]
    fn a_changed_bit_breaks_the_seal() {
        let sealed = seal(b"key", b"value".to_vec());
        assert_eq!(unseal("it", b"key", &sealed).unwrap(), b"value");
        assert!(unseal("it", b"kez", &sealed).is_err());
        for bit in 0..8 * sealed.len() {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal("it", b"key", &changed).is_err());
        }
    }
}
