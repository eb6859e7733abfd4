//! `txtfp`: a pair is what shares a band and has 0.8 of its lanes equal, so near the threshold it is a
//! guess.
//!
//! Unicode is its strong side: NFKC, case folding and words by UAX #29. There are no spans, and lanes
//! that follow from two numbers a shingle are not independent of each other.

use ::txtfp::{
    Canonicalizer, CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, MinHashFingerprinter,
    Normalization, ShingleTokenizer, WordTokenizer,
};

use crate::peer::{BANDS, HASHES, Peer, ROWS, THRESHOLD};

/// As its README shows. To take all in bulk was no faster.
pub(crate) fn as_shown() -> impl Peer {
    Txtfp::new(Canonicalizer::default())
}

/// Without what of Unicode can be switched off; case is folded still.
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
