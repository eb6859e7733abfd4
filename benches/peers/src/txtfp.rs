//! `txtfp`: two texts are a pair if they share a band and at least 0.8 of their lanes are equal. This is an
//! estimate, which may be wrong near the threshold.
//!
//! It has good support of Unicode: NFKC, case folding and words by UAX #29. There are no spans. Its lanes are
//! computed from two numbers for each shingle, so they are not independent of each other.

use ::txtfp::{
    Canonicalizer, CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, MinHashFingerprinter,
    Normalization, ShingleTokenizer, WordTokenizer,
};

use crate::peer::{BANDS, HASHES, Peer, ROWS, THRESHOLD};

/// The code of its README. Inserting all texts at once was not faster.
pub(crate) fn as_shown() -> impl Peer {
    Txtfp::new(Canonicalizer::default())
}

/// Without the Unicode steps that can be switched off; case is still folded.
pub(crate) fn lean() -> impl Peer {
    let builder = CanonicalizerBuilder {
        normalization: Normalization::None,
        case_fold: CaseFold::Simple,
        strip_bidi: false,
        strip_format: false,
        apply_confusable: false,
    };
    Txtfp::new(builder.build())
}

struct Txtfp {
    fingerprinter: MinHashFingerprinter<ShingleTokenizer<WordTokenizer>, HASHES>,
    index: LshIndex<HASHES>,
}

impl Txtfp {
    fn new(canonicalizer: Canonicalizer) -> Self {
        let tokenizer = ShingleTokenizer { k: 3, inner: WordTokenizer };
        Self {
            fingerprinter: MinHashFingerprinter::new(canonicalizer, tokenizer),
            index: LshIndex::with_bands_rows(BANDS, ROWS).expect("the bands take all hashes"),
        }
    }
}

impl Peer for Txtfp {
    fn take(&mut self, place: u32, text: &str, near: impl FnMut(u32)) {
        let signature = self.fingerprinter.fingerprint(text).expect("the text has words");
        let found = self.index.query_with_threshold(&signature, THRESHOLD as f32);
        found.into_iter().map(|id| id as u32).for_each(near);
        self.index.insert(u64::from(place), signature);
    }
}
