//! Generated text: looks like text to a tokeniser, and repeats only what it is asked to.
//!
//! Everything is computed from a seed with integers and IEEE arithmetic, so the text is the same on every
//! machine. A [`Writer`] writes words, paragraphs and documents in one [`Script`] and edits them. A
//! [`Corpus`] is many paragraphs, some of them edited copies of others. An [`Article`] is one document that
//! repeats some of its passages.
#![allow(dead_code, reason = "each bench and each test that includes this file uses a part of it")]

use std::collections::{BTreeSet, HashSet};

/// The random numbers of SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number in `0..end`; `end` is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with probability `1 / times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The parts from which the text of a script is made.
#[derive(Debug)]
pub(crate) struct Script {
    /// The most frequent words, separated by spaces.
    common: &'static str,
    syllable: fn(&mut Rng) -> String,
    /// The largest numbers of syllables in frequent and in rare words.
    syllables: [usize; 2],
    /// The text between words.
    space: &'static str,
    comma: &'static str,
    stops: &'static [&'static str],
    quotes: [&'static str; 2],
    /// Endings that are sometimes added to a word.
    suffix: &'static str,
}

/// Syllables with a beginning, a middle and an end.
macro_rules! syllables {
    ($($part:literal)*) => {
        |rng| [$($part),*].map(|part| rng.pick(&part.split(' ').collect::<Vec<_>>())).concat()
    };
}

pub(crate) static ENGLISH: Script = Script {
    common: "the of and to a in that is was it for on as with he be by at from his they are this or had \
        not but have an which one you were all her she there would their we him been has when who will no \
        more if out so up said what its about than into them can only other time new some could these two \
        may first then do any like my now over such our man me even most made after also did many off \
        before must well back through years much where your way down should because long each just state \
        those people too own under while last might us great still old see work life",
    syllable: syllables!(
        "b c d f g h l m n p r s t v w b d m n r br ch cl gr pl pr sh sp st th tr "
        "a e i o u a e i o ea ou ai"
        "      n r s t l nd m ck"
    ),
    syllables: [2, 3],
    space: " ",
    comma: ",",
    stops: &[".", ".", ".", ".", ".", "?", "!"],
    quotes: ["“", "”"],
    suffix: "’s",
};

pub(crate) static CYRILLIC: Script = Script {
    common: "и в не на я что он с как это по но она к из у за так же от мы бы вы о для то только еще был \
        до уже или нет его ее все они если когда да мне без есть под чем при во там тут даже где быть",
    syllable: syllables!(
        "б в г д ж з к л м н п р с т ф х ц ч ш ст пр гр кл "
        "а е и о у ы я ю ё э"
        "    н р с т л й м ть"
    ),
    syllables: [2, 4],
    space: " ",
    comma: ",",
    stops: &[".", ".", ".", "?", "!"],
    quotes: ["«", "»"],
    suffix: "-то",
};

pub(crate) static DEVANAGARI: Script = Script {
    common: "के में की है और से का को पर यह ने एक कि हैं भी नहीं तो ही या था हो कर इस जो वह लिए अपने साथ \
        कुछ गया बाद तक जा थे हुए होता रहा दो अब सकते किया",
    syllable: syllables!(
        "क ख ग घ च छ ज ट ड त थ द ध न प फ ब भ म य र ल व श स ह प्र त्र क्ष स्त"
        " ा ि ी ु ू े ै ो ौ"
        "    ं न र स त"
    ),
    syllables: [2, 4],
    space: " ",
    comma: ",",
    stops: &["।", "।", "।", "?"],
    quotes: ["“", "”"],
    suffix: "वाला",
};

pub(crate) static ARABIC: Script = Script {
    common: "في من على أن إلى عن مع هذا كان لا ما هو التي الذي هذه قد كل أو بعد بين ثم لم هي قبل حتى إذا عند \
        غير ذلك لكن أي منذ كما فقط",
    syllable: syllables!(
        "ب ت ث ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه و ي"
        " ا و ي  ا"
        "    ن ر ل م ة"
    ),
    syllables: [3, 4],
    space: " ",
    comma: "،",
    stops: &[".", ".", "؟"],
    quotes: ["«", "»"],
    suffix: "ها",
};

pub(crate) static HAN: Script = Script {
    common: "的 一 是 不 了 在 人 有 我 他 这 个 们 中 来 上 大 为 和 国 地 到 以 说 时 要 就 出 会 可 也 你 对 生 能",
    syllable: |rng| {
        let c = 0x4e00 + rng.below(3000) as u32;
        char::from_u32(c).expect("a character of the block of Han").to_string()
    },
    syllables: [2, 3],
    space: "",
    comma: "，",
    stops: &["。", "。", "。", "？"],
    quotes: ["“", "”"],
    suffix: "们",
};

/// All scripts with their names.
pub(crate) static SCRIPTS: [(&str, &Script); 5] = [
    ("english", &ENGLISH),
    ("cyrillic", &CYRILLIC),
    ("devanagari", &DEVANAGARI),
    ("arabic", &ARABIC),
    ("han", &HAN),
];

impl Script {
    /// The words of a text with their punctuation, or its characters in scripts without spaces.
    fn pieces<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let pieces = |part: &'a str| match self.space {
            "" => part.split_inclusive(|_| true).collect(),
            _ => vec![part],
        };
        text.split_whitespace().flat_map(pieces).collect()
    }

    /// The words of a generated text in lower case and without punctuation, as tokens should be.
    pub(crate) fn words(&self, text: &str) -> Vec<String> {
        let parts = self.pieces(text).into_iter().flat_map(|piece| piece.split('-'));
        let bare = |part: &str| part.replace(|c| ".,?!“”«»’।،؟，。？".contains(c), "").to_lowercase();
        parts.map(bare).filter(|word| !word.is_empty()).collect()
    }

    /// The resemblance of the word 3-grams of two texts, by a simple count.
    pub(crate) fn resemblance(&self, left: &str, right: &str) -> f64 {
        let [left, right] = [left, right].map(|text| self.words(text));
        let [l, r] = [&left, &right].map(|words| words.windows(3).collect::<BTreeSet<_>>());
        let shared = l.intersection(&r).count();
        shared as f64 / (l.len() + r.len() - shared) as f64
    }
}

/// The number of words in the vocabulary of a writer.
pub(crate) const VOCABULARY: usize = 20_000;

/// Generates text in one script.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    pub(crate) script: &'static Script,
    pub(crate) rng: Rng,
    /// The words by rank, the most frequent first.
    words: Vec<String>,
    /// Each word as often as its frequency requires, which falls with the rank (Zipf).
    urn: Vec<u16>,
}

impl Writer {
    /// A writer whose texts depend on `seed`; the vocabulary is the same for all seeds.
    pub(crate) fn new(script: &'static Script, seed: u64) -> Self {
        let urn = (0..VOCABULARY).flat_map(|rank| std::iter::repeat_n(rank as u16, 60_000 / (rank + 3)));
        Self { script, rng: Rng::new(seed), words: vocabulary(script), urn: urn.collect() }
    }

    pub(crate) fn english(seed: u64) -> Self {
        Self::new(&ENGLISH, seed)
    }

    pub(crate) fn word(&mut self) -> &str {
        &self.words[usize::from(self.rng.pick(&self.urn))]
    }

    /// A paragraph of `bytes` bytes, plus at most one word with its punctuation.
    pub(crate) fn paragraph(&mut self, bytes: usize) -> String {
        self.write(|text, _| text.len() >= bytes)
    }

    pub(crate) fn paragraph_of_words(&mut self, words: usize) -> String {
        self.write(|_, count| count >= words)
    }

    /// Writes sentences until `enough` is true for the text and the number of its words.
    fn write(&mut self, enough: impl Fn(&str, usize) -> bool) -> String {
        let script = self.script;
        let (mut text, mut count) = (String::new(), 0);
        while !enough(&text, count) {
            let length = 6 + self.rng.below(23);
            let quoted = match self.rng.below(4 * length) {
                start if start < length => start..length.min(start + 1 + self.rng.below(6)),
                _ => length..length,
            };
            for at in 0..length {
                if count > 0 {
                    text += script.space;
                }
                if at == quoted.start {
                    text += script.quotes[0];
                }
                let start = text.len();
                text += self.word();
                if at == 0 {
                    capitalise(&mut text, start);
                }
                if self.rng.once_in(35) {
                    text += script.suffix;
                }
                count += 1;
                let last = at + 1 == length || enough(&text, count);
                if quoted.contains(&at) && (last || at + 1 == quoted.end) {
                    text += script.quotes[1];
                }
                if last {
                    text += self.rng.pick(script.stops);
                    break;
                }
                if self.rng.once_in(12) {
                    text += script.comma;
                }
            }
        }
        text
    }

    /// `paragraph` after `edits` edits; each replaces, inserts or deletes one word at a random position.
    pub(crate) fn edited(&mut self, paragraph: &str, edits: usize) -> String {
        let mut pieces: Vec<String> = self.script.pieces(paragraph).into_iter().map(str::to_owned).collect();
        for _ in 0..edits {
            let at = self.rng.below(pieces.len());
            match self.rng.below(3) {
                0 => pieces[at] = self.word().to_owned(),
                1 if pieces.len() > 1 => drop(pieces.remove(at)),
                _ => pieces.insert(at, self.word().to_owned()),
            }
        }
        pieces.join(self.script.space)
    }

    /// `paragraph` after the number of edits that brings the resemblance near the wanted one.
    pub(crate) fn edited_to(&mut self, paragraph: &str, resemblance: f64) -> String {
        let words = self.script.pieces(paragraph).len();
        self.edited(paragraph, edits_for(words, resemblance))
    }

    /// Pairs of a paragraph of `words` words (60 or more) and an edited copy: `each` pairs for each of
    /// `slices` equal slices of the resemblances from 0.3 to 1.
    pub(crate) fn pairs(&mut self, words: usize, slices: usize, each: usize) -> Vec<EditedPair> {
        let width = 0.7 / slices as f64;
        let mut pairs = Vec::with_capacity(slices * each);
        while pairs.len() < slices * each {
            let low = 0.3 + width * (pairs.len() / each) as f64;
            let left = self.paragraph_of_words(words);
            let wanted = low + width * self.rng.unit();
            let right = self.edited_to(&left, wanted);
            let resemblance = self.script.resemblance(&left, &right);
            if (low..low + width).contains(&resemblance) {
                pairs.push(EditedPair { left, right, resemblance });
            }
        }
        pairs
    }

    /// A document of about `bytes` bytes in paragraphs of about 600 bytes. It repeats text only by chance.
    pub(crate) fn document(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 1000);
        while text.len() < bytes {
            let length = 300 + self.rng.below(600);
            text += &self.paragraph(length);
            text += "\n\n";
        }
        text
    }

    /// A document of paragraphs of about `bytes` bytes each. Passages of 8 to 30 words are repeated in a
    /// later paragraph, alternately word for word and with one word in eight replaced.
    pub(crate) fn article(&mut self, paragraphs: usize, bytes: usize, repeats: usize) -> Article {
        let script = self.script;
        let mut written: Vec<String> = (0..paragraphs).map(|_| self.paragraph(bytes)).collect();
        let mut passages = Vec::with_capacity(repeats);
        for repeat in 0..repeats {
            let to = 1 + self.rng.below(paragraphs - 1);
            let from = self.rng.below(to);
            let source = script.pieces(&written[from]);
            let length = source.len().min(8 + self.rng.below(23));
            let start = self.rng.below(source.len() - length + 1);
            let original = source[start..start + length].join(script.space);
            let mut copy: Vec<String> =
                source[start..start + length].iter().map(|&word| word.to_owned()).collect();
            if repeat % 2 == 1 {
                for at in (4..length).step_by(8) {
                    copy[at] = self.word().to_owned();
                }
            }
            let copy = copy.join(script.space);
            let mut target = script.pieces(&written[to]);
            target.insert(self.rng.below(target.len() + 1), &copy);
            written[to] = target.join(script.space);
            passages.push([original, copy]);
        }
        Article { text: written.join("\n\n"), passages }
    }
}

/// The number of edits after which a paragraph of `words` words has about this resemblance to the original.
///
/// An edit destroys eight thirds of the remaining 3-grams on average: 3 if a word is replaced or deleted, 2
/// if one is inserted. If the fraction `c` remains, the resemblance is `c / (2 - c)`.
pub(crate) fn edits_for(words: usize, resemblance: f64) -> usize {
    let stay = 1.0 - (8.0 / 3.0 / words.max(6) as f64);
    let wanted = 2.0 * resemblance / (1.0 + resemblance);
    let (mut edits, mut left) = (0, 1.0);
    // Stops when one more edit would lead away from the wanted resemblance.
    while left * (1.0 + stay) / 2.0 > wanted {
        left *= stay;
        edits += 1;
    }
    edits
}

fn vocabulary(script: &Script) -> Vec<String> {
    let mut rng = Rng::new(1);
    let mut words: Vec<String> = script.common.split_whitespace().map(str::to_owned).collect();
    let mut known: HashSet<String> = words.iter().cloned().collect();
    let [frequent, rare] = script.syllables;
    while words.len() < VOCABULARY {
        // One word in 64 is a number, except in scripts without spaces, where consecutive digits would form
        // one number. Short words run out, so later words may be longer.
        let most = if words.len() < 2500 { frequent } else { rare };
        let word: String = match words.len() % 64 {
            0 if !script.space.is_empty() => rng.below(10_000).to_string(),
            _ => (0..1 + rng.below(most)).map(|_| (script.syllable)(&mut rng)).collect(),
        };
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

fn capitalise(text: &mut String, start: usize) {
    let first = text[start..].chars().next().expect("a word has a character");
    let upper: String = first.to_uppercase().collect();
    text.replace_range(start..start + first.len_utf8(), &upper);
}

/// A paragraph, an edited copy, and their resemblance over word 3-grams.
#[derive(Clone, Debug)]
pub(crate) struct EditedPair {
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) resemblance: f64,
}

/// A document that repeats some of its passages.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) text: String,
    /// Each passage as written and as repeated. A later one may have been inserted into the middle of it.
    pub(crate) passages: Vec<[String; 2]>,
}

/// Paragraphs, some of them copies of others.
#[derive(Clone, Debug)]
pub(crate) struct Corpus {
    pub(crate) paragraphs: Vec<String>,
    /// The positions of each copy and of its original, which is not a copy. One copy in sixteen is exact; the
    /// resemblances of the others are spread evenly from about 0.4 to 1.
    pub(crate) copies: Vec<(usize, usize)>,
}

impl Corpus {
    /// Paragraphs of `bytes` bytes on average; the fraction `duplicates` of them are copies.
    pub(crate) fn new(paragraphs: usize, bytes: usize, duplicates: f64, seed: u64) -> Self {
        Self::of(&mut Writer::english(seed), paragraphs, bytes, duplicates)
    }

    /// The same with a writer of any script.
    pub(crate) fn of(writer: &mut Writer, count: usize, bytes: usize, duplicates: f64) -> Self {
        let originals = count - (count as f64 * duplicates) as usize;
        let mut paragraphs: Vec<String> = Vec::with_capacity(count);
        let mut copies = Vec::with_capacity(count - originals);
        for place in 0..count {
            if place < originals {
                let length = bytes / 2 + writer.rng.below(bytes);
                paragraphs.push(writer.paragraph(length));
                continue;
            }
            let original = writer.rng.below(originals);
            let exact = writer.rng.once_in(16);
            let wanted = if exact { 1.0 } else { 0.4 + 0.6 * writer.rng.unit() };
            let copy = writer.edited_to(&paragraphs[original], wanted);
            paragraphs.push(copy);
            copies.push((place, original));
        }
        let mut order: Vec<usize> = (0..count).collect();
        writer.rng.shuffle(&mut order);
        let mut places = vec![0; count];
        for (place, &before) in order.iter().enumerate() {
            places[before] = place;
        }
        Self {
            paragraphs: order.iter().map(|&before| std::mem::take(&mut paragraphs[before])).collect(),
            copies: copies.iter().map(|&(copy, original)| (places[copy], places[original])).collect(),
        }
    }

    /// The number of bytes of all paragraphs.
    pub(crate) fn bytes(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }

    /// All paragraphs as one document.
    pub(crate) fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// Texts for which a simple detector needs quadratic time, with their names. `size` is the number of lines,
/// or of kilobytes for a text of one line.
pub(crate) fn pathological(size: usize) -> [(&'static str, String); 5] {
    const LINE: &str = "All work and no play makes Jack a dull boy.";
    let mut writer = Writer::english(99);
    [
        ("equal lines", [LINE, "\n"].concat().repeat(size)),
        ("equal paragraphs", [LINE, "\n\n"].concat().repeat(size)),
        ("one word", "again ".repeat(8 * size)),
        ("one line", writer.paragraph(1000 * size)),
        ("no words", "… — ".repeat(size)),
    ]
}
