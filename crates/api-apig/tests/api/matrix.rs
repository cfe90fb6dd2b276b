//! Every operation of the contract, built or not, and every one of ours, called by everybody: who gets past its guard.

use crate::support::contract::{Operation, operations};
use crate::support::guard::{Outcome, Shows, all};
use crate::support::people::{OTHER_PROJECT, Person};
use crate::support::{Api, PROJECT};

/// Whether an operation changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Reads,
    Writes,
}

/// Operations that read although their method is POST.
const READING_POSTS: [&str; 4] =
    ["CheckApiGroupsV2", "CheckApisV2", "ListInstancesByTags", "ShowInstancesNumByTags"];

fn access(operation: &Operation) -> Access {
    let reads = operation.method == "GET" || READING_POSTS.contains(&operation.name);
    if reads { Access::Reads } else { Access::Writes }
}

/// Everything the person can show for the project.
fn every(api: &Api, person: &Person) -> [Shows; 3] {
    [Shows::key(person), Shows::temporary_key(api, person), Shows::token(api, person, PROJECT)]
}

/// Calls every operation of the project and lists where the outcome is another one.
async fn deviations(api: &Api, shows: &Shows, expected: impl Fn(&Operation) -> Outcome) -> Vec<String> {
    let mut deviations = Vec::new();
    for operation in all() {
        let (found, expected) = (api.ask(shows, &operation).await, expected(&operation));
        if found != expected {
            deviations.push(format!("{}: {found:?} instead of {expected:?}", operation.name));
        }
    }
    deviations
}

/// Nobody who is refused everywhere has changed anything.
async fn expect_refused(api: &Api, shows: &Shows, outcome: Outcome) {
    let before = api.revision();
    assert_eq!(deviations(api, shows, |_| outcome).await, [""; 0]);
    assert_eq!(api.revision(), before, "something was written");
}

#[test]
fn the_matrix_has_216_rows_and_each_names_its_action() {
    let rows = operations();
    assert_eq!(rows.len(), 216);
    for row in rows {
        assert!(row.actions.split(',').all(|action| action.starts_with("apig:")), "{}", row.name);
        assert!(matches!(row.action_source, "published" | "inferred"), "{}", row.name);
        let names_a_read = |action: &str| {
            let verb = action.rsplit(':').next().unwrap();
            verb.starts_with("get") || verb.starts_with("list")
        };
        let reads = row.actions.split(',').all(names_a_read);
        assert_eq!(reads, access(&row) == Access::Reads, "{} {}", row.name, row.actions);
    }
}

#[tokio::test]
async fn without_a_credential_nothing_passes() {
    expect_refused(&Api::new(), &Shows::Nothing, Outcome::Unauthenticated).await;
}

#[tokio::test]
async fn a_user_without_a_role_in_the_project_passes_nowhere() {
    let api = Api::new();
    let user = api.user("plain", &[]);
    expect_refused(&api, &Shows::key(&user), Outcome::Forbidden).await;
    expect_refused(&api, &Shows::temporary_key(&api, &user), Outcome::Forbidden).await;
}

#[tokio::test]
async fn a_user_with_a_role_that_has_nothing_to_do_with_gateways_passes_nowhere() {
    let api = Api::new();
    let user = api.user("other", &["member"]);
    expect_refused(&api, &Shows::key(&user), Outcome::Forbidden).await;
    expect_refused(&api, &Shows::token(&api, &user, PROJECT), Outcome::Forbidden).await;
}

#[tokio::test]
async fn a_user_who_reads_passes_where_nothing_changes() {
    let api = Api::new();
    for (name, role) in [("reader", "apig_read_only_access"), ("guest", "readonly")] {
        let user = api.user(name, &[role]);
        let expected = |operation: &Operation| match access(operation) {
            Access::Reads => Outcome::Passed,
            Access::Writes => Outcome::Forbidden,
        };
        let made = api.revision();
        for shows in every(&api, &user) {
            assert_eq!(deviations(&api, &shows, expected).await, [""; 0], "{role}");
        }
        assert_eq!(api.revision(), made, "something was written");
    }
}

#[tokio::test]
async fn the_administrator_of_another_account_passes_nowhere() {
    let api = Api::new();
    let stranger = api.stranger();
    expect_refused(&api, &Shows::key(&stranger), Outcome::Forbidden).await;
    expect_refused(&api, &Shows::temporary_key(&api, &stranger), Outcome::Forbidden).await;
    expect_refused(&api, &Shows::token(&api, &stranger, OTHER_PROJECT), Outcome::Forbidden).await;
}

#[tokio::test]
async fn an_administrator_passes_everywhere() {
    for role in ["apig_adm", "apig_full_access", "te_admin"] {
        let api = Api::new();
        let user = api.user("administrator", &[role]);
        assert_eq!(deviations(&api, &Shows::key(&user), |_| Outcome::Passed).await, [""; 0], "{role}");
    }
}

#[tokio::test]
async fn the_owner_passes_everywhere_with_every_credential() {
    let api = Api::new();
    for shows in every(&api, &api.owner) {
        assert_eq!(deviations(&api, &shows, |_| Outcome::Passed).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_token_of_the_owner_for_another_project_passes_nowhere() {
    let api = Api::new();
    let elsewhere = api.made.project.id.as_str();
    expect_refused(&api, &Shows::token(&api, &api.owner, elsewhere), Outcome::Forbidden).await;
}
