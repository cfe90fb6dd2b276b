//! What a policy of the account's own allows and denies, operation by operation.

use crate::support::contract::Operation;
use crate::support::guard::{Outcome, Shows, all, outcome};
use crate::support::people::Person;
use crate::support::{Api, PROJECT, now, sign_with};
use countersign_identity::{Actor, Assignment, CustomPolicy, Place, Reach};
use countersign_types::{ProjectId, RoleId, UserId};
use serde_json::{Value, json};

const USER: &str = "plain";

/// A user whose only right is a policy, which can be replaced.
struct Subject {
    api: Api,
    person: Person,
}

impl Subject {
    fn new() -> Self {
        let api = Api::new();
        let person = api.user(USER, &[]);
        let (actor, role) = (Actor::User(UserId::parse(USER).unwrap()), RoleId::parse("own").unwrap());
        let place = Place::Project(ProjectId::parse(PROJECT).unwrap());
        api.store(&Assignment::new(api.made.domain.id.clone(), actor, place, role));
        Self { api, person }
    }

    /// From now on the user may do what these statements say.
    fn may(&self, statements: &Value) {
        self.api.store(&CustomPolicy {
            id: RoleId::parse("own").unwrap(),
            domain_id: self.api.made.domain.id.clone(),
            number: 1,
            display_name: "own".to_owned(),
            description: String::new(),
            description_cn: String::new(),
            reach: Reach::Project,
            document: json!({"Version": "1.1", "Statement": statements}),
            created: now(),
            updated: None,
        });
    }

    async fn ask(&self, operation: &Operation) -> Outcome {
        self.api.ask(&Shows::key(&self.person), operation).await
    }

    async fn ask_at(&self, target: &str, body: &Value) -> Outcome {
        let post = all().into_iter().find(|operation| operation.name == "CreateApiV2").unwrap();
        let target = self.api.path(target);
        let body = body.to_string().into_bytes();
        let request = sign_with(&self.person.signer(), now(), ("POST", &target), body);
        outcome(&post, &self.api.send(request).await)
    }
}

/// The action that a request without a body asks for.
fn action(operation: &Operation) -> &'static str {
    operation.actions.split(',').next().unwrap()
}

#[tokio::test]
async fn the_action_of_an_operation_alone_lets_it_pass_and_no_other() {
    let subject = Subject::new();
    let all = all();
    for operation in &all {
        subject.may(&json!([{"Effect": "Allow", "Action": [action(operation)]}]));
        assert_eq!(subject.ask(operation).await, Outcome::Passed, "{}", operation.name);
        let other = all.iter().find(|other| action(other) != action(operation)).unwrap();
        assert_eq!(subject.ask(other).await, Outcome::Forbidden, "{} {}", operation.name, other.name);
    }
}

#[tokio::test]
async fn a_denial_of_the_action_of_an_operation_wins_over_everything_allowed() {
    let subject = Subject::new();
    for operation in all() {
        subject.may(&json!([
            {"Effect": "Allow", "Action": ["apig:*:*"]},
            {"Effect": "Deny", "Action": [action(&operation)]},
        ]));
        assert_eq!(subject.ask(&operation).await, Outcome::Forbidden, "{}", operation.name);
    }
}

#[tokio::test]
async fn bringing_online_and_taking_offline_are_two_actions() {
    let subject = Subject::new();
    for (allowed, online, offline) in [
        ("apig:apis:publish", Outcome::Passed, Outcome::Forbidden),
        ("apig:apis:offline", Outcome::Forbidden, Outcome::Passed),
    ] {
        subject.may(&json!([{"Effect": "Allow", "Action": [allowed]}]));
        for (word, expected) in [("online", online), ("offline", offline)] {
            let many = format!("/apis/publish?action={word}");
            for (target, body) in [
                ("/apis/action", json!({"action": word})),
                // The JSON reader takes the members of an object as a list, too.
                ("/apis/action", json!([word, null, null, null])),
                (&many, json!({"action": "online"})),
            ] {
                assert_eq!(subject.ask_at(target, &body).await, expected, "{allowed} {target} {body}");
            }
        }
    }
}

#[tokio::test]
async fn a_policy_can_be_narrowed_to_a_gateway() {
    let subject = Subject::new();
    let gateway = subject.api.instance.id.clone();
    let resource = |path: &str| format!("apig:*:*:{path}");
    let of_this = [resource(&format!("instance:{gateway}"))];
    subject.may(&json!([{"Effect": "Allow", "Action": ["apig:*:*"], "Resource": of_this}]));
    for operation in all() {
        let is_on_it = operation.path.contains("{instance_id}");
        let expected = if is_on_it { Outcome::Passed } else { Outcome::Forbidden };
        assert_eq!(subject.ask(&operation).await, expected, "{}", operation.name);
    }
    for (path, reached) in [("instance:another", 0), ("certificate:*", 8)] {
        subject.may(&json!([{"Effect": "Allow", "Action": ["apig:*:*"], "Resource": [resource(path)]}]));
        let mut passed = 0;
        for operation in all() {
            passed += usize::from(subject.ask(&operation).await == Outcome::Passed);
        }
        assert_eq!(passed, reached, "{path}");
    }
}
