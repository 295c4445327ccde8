//! Changes of an input.

use proptest::{collection::vec, prelude::*, sample::Index};

/// Bytes at which programs that count wrongly break.
const INTERESTING: [&[u8]; 16] = [
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x80\0\0\0",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff\xff\xff\xff\xff",
    b"-1",
    b"0",
    b"18446744073709551616",
    b"1e400",
    b"../",
    b"/",
    b"\r\n",
    b"\"",
    b"\xf0\x9f\x92\xa9",
    b"%00",
];

/// The most that an input grows to.
const LONGEST: usize = 256 << 10;

/// An input of the corpus, by number, and what is changed in it.
#[derive(Clone, Debug)]
pub(crate) struct Mutations {
    input: usize,
    changes: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Interesting(Index, usize),
    Overwrite(Index, usize),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    /// Replaces the end by that of another input.
    Splice(Index, usize, Index),
    Truncate(Index),
}

/// Up to eight changes of one of this many inputs.
pub(crate) fn mutated(inputs: usize) -> impl Strategy<Value = Mutations> {
    let at = any::<Index>;
    let change = prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        2 => (at(), vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        3 => (at(), 0..INTERESTING.len()).prop_map(|(at, which)| Change::Interesting(at, which)),
        3 => (at(), 0..INTERESTING.len()).prop_map(|(at, which)| Change::Overwrite(at, which)),
        3 => (at(), 1..64_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (at(), 1..64_usize, 1..32_usize).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        2 => (at(), 0..inputs, at()).prop_map(|(at, other, from)| Change::Splice(at, other, from)),
        1 => at().prop_map(Change::Truncate),
    ];
    (0..inputs, vec(change, 1..8)).prop_map(|(input, changes)| Mutations { input, changes })
}

impl Mutations {
    /// The mutated input.
    pub(crate) fn apply(&self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.input].clone();
        for change in &self.changes {
            change.apply(&mut bytes, inputs);
            bytes.truncate(LONGEST);
        }
        bytes
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>, inputs: &[Vec<u8>]) {
        // A position of something new may also be the end.
        let gap = |at: &Index| at.index(bytes.len() + 1);
        let range = |at: &Index, length: usize| {
            let start = gap(at).min(bytes.len());
            start..(start + length).min(bytes.len())
        };
        match self {
            Self::Insert(at, new) => drop(bytes.splice(range(at, 0), new.iter().copied())),
            Self::Interesting(at, which) => drop(bytes.splice(range(at, 0), INTERESTING[*which].iter().copied())),
            Self::Overwrite(at, which) => {
                let new = INTERESTING[*which];
                drop(bytes.splice(range(at, new.len()), new.iter().copied()));
            }
            Self::Remove(at, length) => drop(bytes.drain(range(at, *length))),
            Self::Repeat(at, length, times) => {
                let range = range(at, *length);
                let new = bytes[range.clone()].repeat(*times);
                drop(bytes.splice(range.start..range.start, new));
            }
            Self::Splice(at, other, from) => {
                let other = &inputs[*other];
                bytes.truncate(gap(at));
                bytes.extend_from_slice(&other[from.index(other.len() + 1)..]);
            }
            Self::Truncate(at) => bytes.truncate(gap(at)),
            Self::Set(..) | Self::Flip(..) if bytes.is_empty() => {}
            Self::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Self::Flip(at, bit) => {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
        }
    }
}
