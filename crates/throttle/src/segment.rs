//! A piece of a table: places that subjects claim once and keep.

use std::{
    num::NonZeroU64,
    sync::atomic::{
        AtomicU32, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};

/// How many places a subject may stand in, beginning with the one that its hash names. Most of a segment is in use
/// before one of its subjects finds no place.
const PROBES: usize = 16;

/// Size of a place in bytes.
pub(crate) const PLACE_BYTES: usize = size_of::<Place>();

/// Who stands here, 0 for nobody, and its calls.
#[derive(Debug, Default)]
struct Place {
    subject: AtomicU64,
    used: AtomicU32,
}

/// A power of two of places, or none at all.
///
/// Subjects never leave: a place that is taken stays taken, and a subject without a place in a segment whose places
/// for it are all taken will never have one. So all threads agree where a subject stands.
#[derive(Debug)]
pub(crate) struct Segment {
    places: Box<[Place]>,
}

/// Where a subject stands in a segment.
pub(crate) enum Found<'s> {
    /// Here.
    Here(&'s AtomicU32),
    /// Nowhere yet; it would stand here.
    Nowhere,
    /// Nowhere, ever.
    Full,
}

impl Segment {
    /// `places` is a power of two.
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

    fn places(&self, subject: NonZeroU64) -> impl Iterator<Item = &Place> {
        let mask = self.places.len().wrapping_sub(1);
        // The low half; the high bits have chosen the shard.
        let first = subject.get() as u32 as usize;
        (0..PROBES.min(self.places.len())).filter_map(move |step| self.places.get((first + step) & mask))
    }

    /// Where the subject stands.
    pub(crate) fn find(&self, subject: NonZeroU64) -> Found<'_> {
        for place in self.places(subject) {
            match place.subject.load(Acquire) {
                0 => return Found::Nowhere,
                holder if holder == subject.get() => return Found::Here(&place.used),
                _ => {}
            }
        }
        Found::Full
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
        let segment = Segment::new(16);
        for number in 1..=16 {
            segment.claim(subject(number)).unwrap().store(number as u32, Relaxed);
        }
        for number in 1..=16 {
            assert_eq!(segment.claim(subject(number)).unwrap().load(Relaxed), number as u32);
        }
        assert!(segment.claim(subject(17)).is_none());
        assert!(matches!(segment.find(subject(17)), Found::Full));
    }

    #[test]
    fn a_segment_for_nobody_has_no_place() {
        assert!(Segment::none().claim(subject(1)).is_none());
        assert!(matches!(Segment::none().find(subject(1)), Found::Full));
    }
}
