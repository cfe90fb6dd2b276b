//! The subjects of one window.

use crate::{Room, Subject, segment::Segment};
use once_cell::race::OnceBox;
use std::sync::{Arc, atomic::AtomicU32};

/// Parts of a page that grow on their own, so that growing costs little at a time.
const SHARDS: usize = 16;
/// Places of the segments of a shard, in the order in which they are made.
const SEGMENTS: [usize; 8] = [1 << 5, 1 << 7, 1 << 9, 1 << 11, 1 << 13, 1 << 15, 1 << 17, 1 << 19];

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
        self.placed(subject).or_else(|| self.is_crowded_out(subject).then_some(&self.crowd))
    }

    /// The subject's count. Of a subject that has none, all threads try the same places in the same order, and where
    /// one finds that there is none for it, no other will ever find one.
    pub(crate) fn count(&self, subject: Subject) -> &AtomicU32 {
        self.placed(subject).unwrap_or_else(|| self.place(subject))
    }

    /// The count of a subject that has a place: looked for where most are, in what was made last.
    fn placed(&self, subject: Subject) -> Option<&AtomicU32> {
        let made = self.shard(subject)?.0.iter().rev().filter_map(OnceBox::get);
        made.into_iter().find_map(|segment| segment.find(subject.0))
    }

    /// Whether there is no place for the subject, and there will be none.
    fn is_crowded_out(&self, subject: Subject) -> bool {
        let segments = self.shard(subject).into_iter().flat_map(|shard| &shard.0);
        segments.map(OnceBox::get).all(|made| made.is_some_and(|segment| segment.is_full(subject.0)))
    }

    fn place(&self, subject: Subject) -> &AtomicU32 {
        let segments = self.shard(subject).into_iter().flat_map(|shard| shard.0.iter().zip(SEGMENTS));
        let mut made = segments.map(|(cell, places)| cell.get().unwrap_or_else(|| self.grow(cell, places)));
        made.find_map(|segment| segment.claim(subject.0)).unwrap_or(&self.crowd)
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
