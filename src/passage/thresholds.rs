//! Every threshold of the passage search, with its meaning and where its value comes from.
//!
//! `cargo bench --bench sensitivity` changes each by a fifth either way and prints what that does to
//! plagdet; the table stands in `BENCHMARKS.md`. What has no effect there has no place here.

macro_rules! thresholds {
    ($($(#[$meaning:meta])* $name:ident: $value:expr,)*) => {
        /// The thresholds that decide what is a passage.
        ///
        /// They are public for the bench that measures them, and no part of the interface: names and
        /// values may change with any version.
        #[doc(hidden)]
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct PassageThresholds {
            $($(#[$meaning])* pub $name: f64,)*
        }

        impl Default for PassageThresholds {
            fn default() -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl PassageThresholds {
            /// The names of all thresholds, in the order of this file.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// The threshold of that name, to change it.
            ///
            /// # Panics
            ///
            /// If no threshold has that name.
            pub fn by_name(&mut self, name: &str) -> &mut f64 {
                match name {
                    $(stringify!($name) => &mut self.$name,)*
                    _ => panic!("there is no threshold called {name}"),
                }
            }
        }
    };
}

thresholds! {
    // What a passage must weigh. Weights are natural logarithms (`weights`).

    /// The matched tokens of a passage inside one document weigh at least this, and more in long texts.
    least_weight: 2.0,
    /// A passage across documents weighs this many times as much: different writers share many common
    /// phrases.
    across_factor: 3.0,
    /// Counts of sentences are trusted in full from this many sentences on.
    trusted_sentences: 20.0,

    // Ordered matches (`aligned`).

    /// A run of this many equal tokens is a seed however common the tokens are. Inside one document it is
    /// a passage, too.
    seed_run: 8.0,

    // Matches in any order (`reworded`).

    /// Two sentences are a seed if the cosine of their weighted counts exceeds this.
    seed_cosine: 0.30,
    /// Sentences and paragraphs are looked up by this many of their rarest stems.
    rare_stems: 6.0,
    /// Seeds of one cluster are at most this many sentences apart, on both sides.
    cluster_jump: 3.0,
    /// A sentence at an end of a cluster goes if what only it supplies is less than this share of it.
    peel_share: 0.1,
    /// A stretch is trimmed where less than half its usual share of weight matches, but at least this.
    trim_share: 0.2,
    /// The stems that two stretches share, or their shared bigrams, weigh at least this.
    reworded_weight: 40.0,
    /// In the same order: at least this share of the smaller side's bigrams matches.
    order_share: 0.25,
    /// Alike in any order: the Dice coefficient exceeds this multiple of the background's 95th percentile,
    dice_factor: 2.5,
    /// but is never less than this,
    dice_least: 0.4,
    /// and never needs to be more than this.
    dice_most: 0.6,
    /// Paragraphs of which at least this share matches are taken as a whole.
    nearly_whole: 0.75,
    /// Where two paragraphs begin or end alike for this share of one of them, the rest has to be alike, too.
    equal_ends: 0.25,
    /// Between two verbatim stretches, text of which less than this share matches is unlike (`frames`).
    nearly_unlike: 0.25,
    /// Neighbouring stretches at most this many tokens apart are one, if they are alike as a whole.
    join_gap: 60.0,

    // Long stretches that a short one condenses (`summary`).

    /// A sentence counts as covered only if at least this many of its rarest stems are in the block.
    summary_rare: 2.0,
    /// A summary is covered better than halfway between what is usual and this.
    summary_full: 0.75,
    /// The share of a sentence that is usually covered is taken to be at least `trim_share` and at most this.
    summary_usual_most: 0.7,
    /// A summary ends where its balance has fallen this far below its best, in units of weight.
    summary_fall: 8.0,
    /// The long side is at least this many times as long as the summary.
    summary_longer: 2.0,
    /// At least this share of the summary's weight is covered.
    summary_covered: 0.65,
    /// The covered weight exceeds the usual one by this many standard deviations.
    summary_deviations: 5.0,
    /// The long side runs over the sentences that share this much of their weight with the summary.
    summary_hull_share: 0.12,
    /// The least cosine of both sides,
    summary_cosine: 0.35,
    /// and how many times that of any other stretch it is.
    summary_contrast: 1.3,

    /// A summary has no more than this share of its tokens in other reworded stretches.
    summary_known: 0.6,

    // Which candidates become passages (`select`).

    /// Of two matches of the same place, an ordered one counts this many times its weight.
    ordered_bonus: 1.25,
    /// A reworded stretch that overlaps a heavier one weighs at least this share of it.
    second_weight: 0.6,
}

/// Limits of the work. They bound time and memory on any input, and decide nothing in ordinary text.
pub(super) mod limits {
    /// An informative token is paired with at most this many others to seed an alignment.
    pub(in crate::passage) const SEED_PARTNERS: usize = 3;
    /// An alignment stops once its balance has fallen this far below its best.
    pub(in crate::passage) const PATIENCE: i64 = 12;
    /// Alignments match at most about this many times the tokens of the text; then they grow no more
    /// than [`SHORT`] matches to either side. Tables and loops come near this.
    pub(in crate::passage) const MATCHES: usize = 8;
    /// See [`MATCHES`].
    pub(in crate::passage) const SHORT: usize = 32;
    /// An alignment stops after this many more known matches than new ones.
    pub(in crate::passage) const KNOWN: usize = 128;
    /// A stem that more sentences or paragraphs of a document have leads to none of them.
    pub(in crate::passage) const POSTINGS: usize = 32;
    /// Two sentences of different documents count if they share this many of their rarest stems,
    pub(in crate::passage) const SHARED_STEMS: usize = 2;
    /// and two documents are compared if what their sentences share comes to this many.
    pub(in crate::passage) const SHARED_BY_DOCUMENTS: usize = 4;
    /// The documents compared come to at most this many times the tokens of all documents.
    pub(in crate::passage) const TIMES: u64 = 16;
    /// The usual likeness of two documents is taken from about this many sentences of each.
    pub(in crate::passage) const SAMPLE: usize = 64;
    /// The long side of a summary is looked for in blocks of this many tokens,
    pub(in crate::passage) const BLOCK: u32 = 2000;
    /// each this many after the one before it.
    pub(in crate::passage) const STEP: u32 = 1000;
    /// Pairs of documents with more blocks times tokens than this, for each token, have no summaries.
    pub(in crate::passage) const BLOCKS: u64 = 64;
    /// At most about this many passages lie over one place. Only text of very few words comes near this.
    pub(in crate::passage) const DEPTH: u32 = 16;
}
