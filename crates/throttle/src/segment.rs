//! A piece of a table: places that subjects claim once and keep.

use std::{
    num::NonZeroU64,
    sync::atomic::{
        AtomicU32, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};

/// Places that stand together: one line of a processor's cache holds them.
const BLOCK: usize = 4;
/// How many blocks a subject may stand in. They are spread over the segment, so that more than half of it is in use
/// before any subject finds no place.
const BLOCKS: usize = 8;

/// Size of a place in bytes.
pub(crate) const PLACE_BYTES: usize = size_of::<Place>();

/// Who stands here, 0 for nobody, and its calls.
#[derive(Debug, Default)]
struct Place {
    subject: AtomicU64,
    used: AtomicU32,
}

/// A power of two of places, at least a block, or none at all.
///
/// Subjects never leave: a place that is taken stays taken, and a subject without a place in a segment whose places
/// for it are all taken will never have one. So all threads agree where a subject stands.
#[derive(Debug)]
pub(crate) struct Segment {
    places: Box<[Place]>,
}

impl Segment {
    /// `places` is a power of two, and at least a block.
    pub(crate) fn new(places: usize) -> Self {
        Self { places: (0..places).map(|_| Place::default()).collect() }
    }

    /// A segment for nobody.
    pub(crate) fn none() -> Self {
        Self { places: Box::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The places that the subject may stand in, always in the same order.
    fn places(&self, subject: NonZeroU64) -> impl Iterator<Item = &Place> {
        let blocks = self.places.len() / BLOCK;
        let mask = blocks.wrapping_sub(1);
        // The highest bits have chosen the shard. An odd step leads through all blocks before it comes back.
        let (first, step) = (subject.get() as u32 as usize, (subject.get() >> 32) as usize | 1);
        let block = move |number: usize| (first.wrapping_add(number.wrapping_mul(step)) & mask) * BLOCK;
        let places = move |start: usize| self.places.get(start..start + BLOCK).unwrap_or_default();
        (0..BLOCKS.min(blocks)).flat_map(move |number| places(block(number)))
    }

    /// The count of the subject, if it stands here.
    pub(crate) fn find(&self, subject: NonZeroU64) -> Option<&AtomicU32> {
        for place in self.places(subject) {
            match place.subject.load(Acquire) {
                // It would stand here.
                0 => return None,
                holder if holder == subject.get() => return Some(&place.used),
                _ => {}
            }
        }
        None
    }

    /// Whether others stand wherever the subject could.
    pub(crate) fn is_full(&self, subject: NonZeroU64) -> bool {
        self.places(subject).all(|place| ![0, subject.get()].contains(&place.subject.load(Acquire)))
    }

    /// The count of the subject, which takes a place if it has none; `None` when there is none for it.
    pub(crate) fn claim(&self, subject: NonZeroU64) -> Option<&AtomicU32> {
        self.places(subject).find_map(|place| {
            let holder = match place.subject.load(Acquire) {
                // Whoever was quicker stands here now; it may be another thread with the same subject.
                0 => place
                    .subject
                    .compare_exchange(0, subject.get(), Release, Acquire)
                    .err()
                    .unwrap_or(subject.get()),
                holder => holder,
            };
            (holder == subject.get()).then_some(&place.used)
        })
    }
}

/// Raises a count while it is below the limit; the new count, or the one that is too high.
pub(crate) fn raise(count: &AtomicU32, limit: u32) -> Result<u32, u32> {
    count.fetch_update(Relaxed, Relaxed, |used| (used < limit).then(|| used + 1)).map(|used| used + 1)
}

/// Lowers a count that was raised.
pub(crate) fn lower(count: &AtomicU32) {
    count.fetch_sub(1, Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(number: u64) -> NonZeroU64 {
        NonZeroU64::new(number).unwrap()
    }

    #[test]
    fn a_place_stays_within_16_bytes() {
        assert_eq!(PLACE_BYTES, 16);
    }

    #[test]
    fn a_subject_keeps_its_place_and_a_full_segment_has_none_for_others() {
        let segment = Segment::new(32);
        for number in 1..=32 {
            segment.claim(subject(number)).unwrap().store(number as u32, Relaxed);
        }
        for number in 1..=32 {
            assert_eq!(segment.claim(subject(number)).unwrap().load(Relaxed), number as u32);
        }
        assert!(segment.claim(subject(33)).is_none());
        assert!(segment.find(subject(33)).is_none() && segment.is_full(subject(33)));
    }

    #[test]
    fn more_than_half_of_a_segment_is_in_use_before_anybody_finds_no_place() {
        let segment = Segment::new(1 << 15);
        let spread = |number: u64| subject((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let placed = (0..).take_while(|number| segment.claim(spread(*number)).is_some()).count();
        assert!(placed > 1 << 14, "{placed}");
    }

    #[test]
    fn a_segment_for_nobody_has_no_place() {
        assert!(Segment::none().claim(subject(1)).is_none());
        assert!(Segment::none().find(subject(1)).is_none());
    }
}
