//! What the data plane is given of apps and of the features that say how they may prove who they are.

use crate::support::House;
use countersign_control::Control;
use countersign_control::apps::{AppDraft, OpenApp};
use countersign_control::instances::features::FeatureState;
use countersign_snapshot::source::{App, AppFeatures, AppTokens, CodeDigest, Identity};
use countersign_types::{Passcode, SecretKey};

fn app(house: &House) -> OpenApp {
    let draft = AppDraft { name: "mobile".to_owned(), ..AppDraft::default() };
    house.control.create_app(&house.at, &draft).unwrap()
}

fn compiled(control: &Control) -> App {
    control.compile(Identity::default()).unwrap().apps.remove(0)
}

fn features(house: &House) -> AppFeatures {
    house.control.compile(Identity::default()).unwrap().gateways.remove(0).features.apps
}

fn on(house: &House, name: &str, config: &str) {
    house.control.set_feature(&house.at, name, FeatureState::On, Some(config)).unwrap();
}

#[test]
fn a_replaced_secret_is_gone_at_once_unless_the_installation_lets_it_hold() {
    let house = House::new();
    let app = app(&house).app;
    let reset = |control: &Control, secret: &str| {
        control.reset_app_secret(&house.at, &app.id, Some(SecretKey::new(secret))).unwrap();
    };
    reset(&house.control, "the-second");
    assert!(compiled(&house.control).previous.is_none());
    let patient = Control { app_secret_overlap_seconds: 1_000_000, ..house.control.clone() };
    reset(&patient, "the-third-one");
    reset(&patient, "the-fourth-one");
    reset(&patient, "the-fourth-one");
    let now = compiled(&patient);
    let previous = now.previous.unwrap();
    assert_eq!((now.secret.expose(), previous.secret.expose()), ("the-fourth-one", "the-third-one"));
    assert!(previous.until > (patient.now)());
    reset(&house.control, "the-fifth-one");
    assert!(compiled(&house.control).previous.is_none(), "without patience nothing old holds");
}

#[test]
fn an_overlap_that_is_over_is_not_handed_on() {
    let house = House::new();
    let app = app(&house).app;
    let hasty = Control { app_secret_overlap_seconds: 1, ..house.control.clone() };
    let draft = AppDraft {
        name: "mobile".to_owned(),
        secret: Some(SecretKey::new("the-second")),
        ..AppDraft::default()
    };
    hasty.update_app(&house.at, &app.id, &draft).unwrap();
    assert!(compiled(&hasty).previous.is_none());
}

#[test]
fn the_data_plane_is_given_digests_of_codes_and_never_a_code() {
    let house = House::new();
    let app = app(&house).app;
    let code = "c".repeat(64);
    house.control.create_app_code(&house.at, &app.id, Some(Passcode::new(code.as_str()))).unwrap();
    let source = house.control.compile(Identity::default()).unwrap();
    let given = source.apps[0].codes[0].to_string();
    assert_eq!(given, CodeDigest::of(&house.at.id, code.as_bytes()).to_string());
    assert!(!serde_json::to_string(&source).unwrap().contains(&code));
    assert!(!format!("{source:?}").contains(&given));
}

#[test]
fn a_feature_acts_only_when_it_is_on_by_switch_and_by_setting() {
    let house = House::new();
    assert_eq!(features(&house), AppFeatures::default());
    for (name, config) in [
        ("app_basic", "off"),
        ("app_secret", ""),
        ("app_api_key", "ON"),
        ("app_jwt", r#"{"enable":"off","auth_header":"Authorization"}"#),
        ("app_token", r#"{"app_token_uri":"/t"}"#),
        ("custom_auth_header", r#"{"app_auth_header":"not a name"}"#),
    ] {
        on(&house, name, config);
    }
    assert_eq!(features(&house), AppFeatures::default());
    for name in ["app_basic", "app_secret"] {
        on(&house, name, "on");
    }
    on(&house, "app_jwt", r#"{"enable":"on","auth_header":"X-Stamp"}"#);
    on(&house, "custom_auth_header", r#"{"app_auth_header":"X-My-Auth","backend_sign_header":""}"#);
    on(
        &house,
        "app_token",
        r#"{"enable":"on","app_token_expire_time":60,"refresh_token_expire_time":99999999}"#,
    );
    let tokens =
        AppTokens { path: "/v1/apigw/oauth2/token".to_owned(), access_seconds: 60, refresh_seconds: 7_200 };
    let all = AppFeatures {
        header: Some("x-my-auth".to_owned()),
        basic: true,
        secret: true,
        api_key: false,
        stamp_header: Some("x-stamp".to_owned()),
        tokens: Some(tokens),
    };
    assert_eq!(features(&house), all);
    on(&house, "app_api_key", "on");
    assert_eq!(features(&house), AppFeatures { secret: false, api_key: true, ..all });
}
