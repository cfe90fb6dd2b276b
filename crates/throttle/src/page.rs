//! The subjects of one window.

use crate::{
    Room, Subject,
    segment::{Found, Segment},
};
use once_cell::race::OnceBox;
use std::sync::{Arc, atomic::AtomicU32};

/// Parts of a page that grow on their own, so that growing costs little at a time.
const SHARDS: usize = 16;
/// Places of the segments of a shard, in the order in which they are made.
const SEGMENTS: [usize; 5] = [1 << 5, 1 << 8, 1 << 11, 1 << 14, 1 << 17];

/// The counts of one window. Subjects only come; they go with the window.
#[derive(Debug)]
pub(crate) struct Page {
    /// When the window ends.
    pub(crate) end: u64,
    shards: [Shard; SHARDS],
    /// The count of all for whom there is no place.
    crowd: AtomicU32,
    room: Arc<Room>,
}

/// Each segment is made when a subject finds no place in those before. One that could not be made is made empty: that
/// it has no place for anybody is settled then, until the window ends.
#[derive(Debug, Default)]
struct Shard([OnceBox<Segment>; SEGMENTS.len()]);

impl Page {
    pub(crate) fn new(end: u64, room: Arc<Room>) -> Self {
        Self { end, shards: Default::default(), crowd: AtomicU32::new(0), room }
    }

    fn shard(&self, subject: Subject) -> Option<&Shard> {
        self.shards.get((subject.0.get() >> 60) as usize)
    }

    /// The subject's count, if it has any.
    pub(crate) fn find(&self, subject: Subject) -> Option<&AtomicU32> {
        for segment in self.shard(subject)?.0.iter() {
            match segment.get()?.find(subject.0) {
                Found::Here(count) => return Some(count),
                Found::Nowhere => return None,
                Found::Full => {}
            }
        }
        Some(&self.crowd)
    }

    /// The subject's count.
    pub(crate) fn count(&self, subject: Subject) -> &AtomicU32 {
        let segments = self.shard(subject).into_iter().flat_map(|shard| shard.0.iter().zip(SEGMENTS));
        let mut grown = segments.map(|(cell, places)| cell.get().unwrap_or_else(|| self.grow(cell, places)));
        grown.find_map(|segment| segment.claim(subject.0)).unwrap_or(&self.crowd)
    }

    /// Of several threads that make the same segment, one succeeds and all use that one.
    fn grow<'p>(&self, cell: &'p OnceBox<Segment>, places: usize) -> &'p Segment {
        let made = if self.room.claim(places) { Segment::new(places) } else { Segment::none() };
        match cell.set(Box::new(made)) {
            Ok(()) => {}
            Err(unused) => self.room.release(unused.len()),
        }
        cell.get_or_init(|| Box::new(Segment::none()))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let made = self.shards.iter().flat_map(|shard| &shard.0).filter_map(OnceBox::get);
        self.room.release(made.map(Segment::len).sum());
    }
}
