use super::*;
use crate::Begin;

const MINUTE: Period = Period::new(60, Begin::At(0)).unwrap();

fn subject(number: u64) -> Subject {
    // An odd constant spreads the numbers over all bits, one to one.
    Subject::from_hash((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn with_room(places: usize) -> (Counters, Arc<Room>) {
    let room = Arc::new(Room::new(places));
    (Counters::new(Arc::clone(&room)), room)
}

#[test]
fn every_subject_has_its_own_count_however_many_there_are() {
    let (counters, room) = with_room(1 << 22);
    for number in 0..20_000 {
        assert_eq!(counters.take(subject(number), 2, MINUTE, 0).unwrap().used, 1);
    }
    for number in 0..20_000 {
        assert_eq!(counters.take(subject(number), 2, MINUTE, 1).unwrap().used, 2);
        assert!(counters.take(subject(number), 2, MINUTE, 1).is_err());
    }
    let bytes = ((1 << 22) - room.free()) * Room::PLACE_BYTES / 20_000;
    assert!(bytes <= 200, "{bytes} bytes a subject");
}

#[test]
fn who_finds_no_place_shares_one_count_within_the_limit() {
    let (counters, room) = with_room(0);
    assert!(counters.take(subject(1), 2, MINUTE, 0).is_ok());
    assert!(counters.take(subject(2), 2, MINUTE, 0).is_ok());
    assert!(counters.take(subject(3), 2, MINUTE, 0).is_err());
    assert_eq!(counters.look(subject(1), 2, MINUTE, 0).used, 2);
    assert_eq!(room.free(), 0);
}

#[test]
fn a_subject_without_a_place_gets_none_when_room_becomes_free_within_the_window() {
    let (counters, room) = with_room(0);
    counters.take(subject(1), 1, MINUTE, 0).unwrap();
    room.release(1 << 20);
    assert!(counters.take(subject(1), 1, MINUTE, 1).is_err());
    assert!(counters.take(subject(1), 1, MINUTE, 60).is_ok());
}

#[test]
fn room_comes_back_with_the_next_window_and_with_sweeping() {
    let (counters, room) = with_room(100_000);
    for number in 0..1_000 {
        counters.take(subject(number), 9, MINUTE, 0).unwrap();
    }
    let used = 100_000 - room.free();
    counters.take(subject(0), 9, MINUTE, 60).unwrap();
    let left = 100_000 - room.free();
    assert!(left < used && left > 0, "{used} {left}");
    counters.sweep(60 + 60 + 59);
    assert_eq!(room.free(), 100_000 - left);
    counters.sweep(60 + 60 + 60);
    assert_eq!(room.free(), 100_000);
}

#[test]
fn a_late_thread_counts_in_the_window_that_another_has_begun() {
    let (counters, _) = with_room(1_000);
    assert_eq!(counters.take(subject(1), 2, MINUTE, 60).unwrap().end, 120);
    assert_eq!(counters.take(subject(1), 2, MINUTE, 59).unwrap(), Standing { limit: 2, used: 2, end: 120 });
    assert!(counters.take(subject(1), 2, MINUTE, 59).is_err());
}

#[test]
fn what_is_given_back_can_be_taken_again() {
    let (counters, _) = with_room(1_000);
    let taken = counters.take(subject(1), 1, MINUTE, 0).unwrap();
    counters.give_back(subject(1), taken.end);
    assert_eq!(counters.take(subject(1), 1, MINUTE, 0).unwrap().used, 1);
    counters.give_back(subject(1), taken.end + 60);
    assert!(counters.take(subject(1), 1, MINUTE, 0).is_err());
}
