//! Tasks: from given to ended, and what a restart makes of them.

use crate::support::House;
use countersign_control::tasks::{TaskKind, TaskState};
use countersign_control::{Control, Error};
use countersign_types::{TaskId, Timestamp};

fn state(house: &House, id: &TaskId) -> TaskState {
    house.control.task(&house.at, id).unwrap().task.state
}

#[test]
fn a_task_waits_runs_and_ends_with_what_it_has_to_say() {
    let house = House::new();
    let good = house.control.open_task(&house.at, TaskKind::Import).unwrap();
    assert_eq!(state(&house, &good), TaskState::Waiting);
    house.control.begin_task(&house.at, &good).unwrap();
    assert_eq!(state(&house, &good), TaskState::Running);
    house.control.end_task(&house.at, &good, Ok("done".to_owned())).unwrap();
    let ended = house.control.task(&house.at, &good).unwrap();
    assert_eq!((ended.task.state, ended.outcome), (TaskState::Succeeded, Some(Ok("done".to_owned()))));
    let bad = house.control.open_task(&house.at, TaskKind::Export).unwrap();
    house.control.end_task(&house.at, &bad, Err(Error::import_empty())).unwrap();
    let ended = house.control.task(&house.at, &bad).unwrap();
    assert_eq!(ended.outcome.unwrap().unwrap_err().code, "APIG.3609");
}

#[test]
fn what_had_not_ended_when_the_process_did_has_failed() {
    let house = House::new();
    let [waiting, running, ended] =
        std::array::from_fn(|_| house.control.open_task(&house.at, TaskKind::Import).unwrap());
    house.control.begin_task(&house.at, &running).unwrap();
    house.control.end_task(&house.at, &ended, Ok(String::new())).unwrap();
    house.control.fail_interrupted_tasks().unwrap();
    let states = [&waiting, &running, &ended].map(|id| state(&house, id));
    assert_eq!(states, [TaskState::Failed, TaskState::Failed, TaskState::Succeeded]);
    let refused = house.control.task(&house.at, &running).unwrap().outcome.unwrap().unwrap_err();
    assert!(refused.message.contains("restarted"), "{}", refused.message);
}

#[test]
fn tasks_are_few_and_the_oldest_go_first() {
    let house = House::new();
    let open = || house.control.open_task(&house.at, TaskKind::Import);
    let unended: Vec<_> = (0..5).map(|_| open().unwrap()).collect();
    assert_eq!(open().unwrap_err().code(), Some("APIG.3718"));
    for id in &unended {
        house.control.end_task(&house.at, id, Ok(String::new())).unwrap();
    }
    for _ in 0..16 {
        let id = open().unwrap();
        house.control.end_task(&house.at, &id, Ok(String::new())).unwrap();
    }
    assert_eq!(house.control.task(&house.at, &unended[0]).unwrap_err().code(), Some("APIG.3093"));
    assert_eq!(state(&house, &unended[1]), TaskState::Succeeded);
}

#[test]
fn a_task_is_kept_for_a_day_after_it_was_given() {
    let house = House::new();
    let id = house.control.open_task(&house.at, TaskKind::Export).unwrap();
    let given = house.control.task(&house.at, &id).unwrap().task.given.unix();
    let much_later = Control { now: || Timestamp::from_unix(4_000_000_000), ..house.control.clone() };
    assert!(much_later.task(&house.at, &id).is_ok(), "it has not ended since {given}");
    house.control.end_task(&house.at, &id, Ok(String::new())).unwrap();
    assert_eq!(state(&house, &id), TaskState::Succeeded);
    assert_eq!(much_later.task(&house.at, &id).unwrap_err().code(), Some("APIG.3093"));
}
