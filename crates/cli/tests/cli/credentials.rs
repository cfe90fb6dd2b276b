//! Where credentials come from, and which count.

use crate::home::Home;

const PROFILES: &str = "[profiles.default]\naccess_key = 'OURS'\nsecret_key = 'topsecret'\nproject_id = 'p1'\n\n\
                        [profiles.other]\naccess_key = 'OTHER'\nsecret_key = 'topsecret'\n";
const KOOCLI: &str = r#"{"language": "en", "current": "main", "profiles": [
    {"name": "main", "mode": "AKSK", "accessKeyId": "KOO", "secretAccessKey": "topsecret", "securityToken": "",
     "region": "eu-west-101", "projectId": "", "domainId": "", "readTimeout": 10},
    {"name": "second", "mode": "AKSK", "accessKeyId": "SECOND", "secretAccessKey": "topsecret"}]}"#;
const SDK: &str = "[basic]\nak = SDKFILE\nsk = topsecret\n";

const OURS: &str = ".config/countersign/config.toml";
const KOOCLIS: &str = ".hcloud/config.json";
const SDKS: &str = ".huaweicloud/credentials";

fn access_key(home: &Home, arguments: &[&str]) -> String {
    let ran = home.run(&[&["whoami", "-o", "tsv", "--query", "[access_key, source]"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!(ran.out.clone() + &ran.err).contains("topsecret"), "{ran:?}");
    ran.out
}

#[test]
fn each_place_counts_before_the_more_general_ones() {
    let mut home = Home::new();
    home.write(SDKS, SDK);
    assert_eq!(access_key(&home, &[]), "SDKFILE\nsection basic of ~/.huaweicloud/credentials\n");
    home.write(KOOCLIS, KOOCLI);
    assert_eq!(access_key(&home, &[]), "KOO\nKooCLI profile main of ~/.hcloud/config.json\n");
    home.write(OURS, PROFILES);
    assert_eq!(access_key(&home, &[]), "OURS\nprofile default of ~/.config/countersign/config.toml\n");
    home = home.with("COUNTERSIGN_PROFILE", "other");
    assert_eq!(access_key(&home, &[]), "OTHER\nprofile other of ~/.config/countersign/config.toml\n");
    home = home.with("HUAWEICLOUD_SDK_AK", "SDKENV").with("HUAWEICLOUD_SDK_SK", "topsecret");
    assert_eq!(access_key(&home, &[]), "SDKENV\nthe environment (HUAWEICLOUD_SDK_*)\n");
    home = home.with("COUNTERSIGN_ACCESS_KEY", "ENV").with("COUNTERSIGN_SECRET_KEY", "topsecret");
    assert_eq!(access_key(&home, &[]), "ENV\nthe environment (COUNTERSIGN_*)\n");
    let named = access_key(&home, &["--profile", "second"]);
    assert_eq!(named, "SECOND\nKooCLI profile second of ~/.hcloud/config.json\n");
    let given = ["--access-key", "ARG", "--secret-key", "topsecret", "--profile", "second"];
    assert_eq!(access_key(&home, &given), "ARG\nthe arguments\n");
}

#[test]
fn koocli_profiles_without_a_current_one_begin_with_default() {
    let home = Home::new();
    home.write(KOOCLIS, &KOOCLI.replace("\"current\": \"main\", ", "").replace("\"second\"", "\"default\""));
    assert_eq!(access_key(&home, &[]), "SECOND\nKooCLI profile default of ~/.hcloud/config.json\n");
}

#[test]
fn a_key_argument_takes_its_secret_from_the_environment() {
    let home = Home::new().with("COUNTERSIGN_SECRET_KEY", "topsecret");
    assert_eq!(access_key(&home, &["--cli-access-key", "ARG"]), "ARG\nthe arguments\n");
}

#[test]
fn project_and_token_belong_to_the_pair_that_counts() {
    let home = Home::new().with("COUNTERSIGN_ACCESS_KEY", "ENV").with("COUNTERSIGN_SECRET_KEY", "s");
    home.write(OURS, PROFILES);
    let signed = home.run(&["sign", "--json", "http://h/"]).json();
    assert!(signed["headers"].get("X-Project-Id").is_none(), "{signed}");
    let signed = home.run(&["sign", "--json", "--profile", "default", "http://h/"]).json();
    assert_eq!(signed["headers"]["X-Project-Id"], "p1");
    let signed = home.run(&["sign", "--json", "--project-id", "p2", "http://h/"]).json();
    assert_eq!(signed["headers"]["X-Project-Id"], "p2");
}

#[test]
fn the_other_clients_files_are_not_read_when_a_pair_is_known() {
    let home = Home::new();
    home.write(KOOCLIS, "not json");
    let ran = home.run(&["sign", "--access-key", "A", "--secret-key", "s", "http://h/"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn what_is_missing_or_broken_is_said_with_the_next_step() {
    let encrypted = KOOCLI.replacen('{', r#"{"authEncrypt": "true", "#, 1);
    let cases: [(&str, &str, &[&str], &str); 8] = [
        (
            "",
            "",
            &[],
            "no credentials; give --access-key and --secret-key, set COUNTERSIGN_ACCESS_KEY and \
                       COUNTERSIGN_SECRET_KEY, or run `countersign configure`",
        ),
        (
            "",
            "",
            &["--access-key", "A"],
            "there is no secret key in the arguments; give --secret-key or set \
                                          COUNTERSIGN_SECRET_KEY",
        ),
        (
            OURS,
            PROFILES,
            &["--profile", "no"],
            "no profile \"no\": there are default, other; make it with \
                                                `countersign configure --profile no`",
        ),
        (
            "",
            "",
            &["--profile", "no"],
            "no profile \"no\": there is none yet; make it with `countersign configure \
                                        --profile no`",
        ),
        (
            OURS,
            "[profiles.default]\nkey = 'x'\n",
            &[],
            "cannot understand ~/.config/countersign/config.toml at line 2",
        ),
        (
            OURS,
            "[profiles.default]\naccess_key = 'x'\n",
            &[],
            "there is no secret key in profile default of \
                     ~/.config/countersign/config.toml; run `countersign configure --profile default`",
        ),
        (KOOCLIS, "{\n1}", &[], "cannot understand ~/.hcloud/config.json at line 2; is it KooCLI's?"),
        (
            KOOCLIS,
            &encrypted,
            &[],
            "KooCLI keeps the keys of ~/.hcloud/config.json encrypted, and only it can read \
                                    them; run `countersign configure`",
        ),
    ];
    for (file, text, arguments, message) in cases {
        let home = Home::new();
        if !file.is_empty() {
            home.write(file, text);
        }
        let ran = home.run(&[&["whoami"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(message), "{}\nhas not\n{message}", ran.err);
    }
}

#[test]
fn configure_keeps_profiles_that_only_their_owner_reads() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let ran = home.run(&[
        "configure",
        "set",
        "--profile",
        "dev",
        "--endpoint",
        "http://127.0.0.1:1",
        "--access-key",
        "A",
        "--secret-key",
        "topsecret",
    ]);
    assert_eq!(ran.err, "countersign: profile dev is in ~/.config/countersign/config.toml\n");
    let mode = std::fs::metadata(home.path(OURS)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let list = home.run(&["configure", "list"]).json();
    assert_eq!(list[0]["name"], "dev");
    assert_eq!(list[0]["current"], true);
    assert_eq!(list[0]["secret_key"], "****");
    assert_eq!(home.run(&["configure", "get", "endpoint"]).out, "http://127.0.0.1:1\n");
    assert_eq!(home.run(&["configure", "get", "secret-key"]).out, "topsecret\n");

    home.run(&["configure", "set", "--profile", "dev", "--endpoint", ""]);
    assert_eq!(home.run(&["configure", "get", "endpoint"]).code, Some(2));
    assert_eq!(home.run(&["configure", "use", "no"]).code, Some(2));
    assert_eq!(home.run(&["configure", "delete", "dev"]).code, Some(0));
    assert_eq!(home.run(&["configure", "list"]).json(), serde_json::json!([]));
}

#[test]
fn configure_refuses_what_cannot_be_used() {
    let home = Home::new();
    for (arguments, message) in [
        (["configure", "set", "--endpoint=ftp://h"].as_slice(), "the endpoint must be http[s]://host[:port]"),
        (&["configure", "set", "--access-key=a\nb"], "the access key holds a control character"),
        (&["configure", "set"], "nothing to set"),
        (&["configure"], "there is no terminal to ask on; use `countersign configure set"),
        (&["configure", "import", "/nonexistent"], "cannot read /nonexistent"),
        (&["configure", "get", "color"], "choose one of endpoint"),
    ] {
        let ran = home.run(arguments);
        assert_ne!(ran.code, Some(0), "{arguments:?}");
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
    }
    assert!(!home.path(OURS).exists());
}

#[test]
fn configure_takes_what_the_server_wrote() {
    let home = Home::new();
    home.write(
        "ready.json",
        r#"{"gateway": "http://127.0.0.1:1", "api": "http://127.0.0.1:2", "password": "x",
        "project_id": "p", "instance_id": "i", "access_key": "A", "secret_key": "s"}"#,
    );
    assert_eq!(home.run(&["configure", "import", "ready.json"]).code, Some(0));
    assert_eq!(home.run(&["configure", "get", "endpoint"]).out, "http://127.0.0.1:2\n");
    let signed = home.run(&["sign", "--json", "/orders"]).json();
    assert_eq!(signed["headers"]["X-Project-Id"], "p");
}
