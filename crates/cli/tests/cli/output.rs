//! What the command prints, word for word: help, tables, errors. `INSTA_UPDATE=always` accepts changes.

use crate::home::{Home, Ran};

fn shown(arguments: &[&str]) -> String {
    let home = Home::new();
    home.write(
        ".config/countersign/config.toml",
        "[profiles.default]\nendpoint = 'http://127.0.0.1:1'\naccess_key = 'AK'\nsecret_key = 'topsecret'\n\
         [profiles.shop]\ngateway = 'http://127.0.0.1:2'\naccess_key = 'APPKEY'\nsecret_key = 'topsecret'\n",
    );
    std::fs::set_permissions(
        home.path(".config/countersign/config.toml"),
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    )
    .unwrap();
    let Ran { code, out, err } = home.run(arguments);
    assert!(!(out.clone() + &err).contains("topsecret"), "{out}{err}");
    format!("$ countersign {}\n{out}{err}exit {}", arguments.join(" "), code.unwrap())
}

macro_rules! snapshots {
    ($($name:ident: $arguments:expr;)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(shown(&$arguments));
            }
        )*
    };
}

snapshots! {
    help: ["--help"];
    help_of_call: ["call", "--help"];
    help_of_sign: ["sign", "--help"];
    help_of_configure: ["configure", "--help"];
    help_of_whoami: ["whoami", "--help"];
    help_of_token: ["token", "--help"];
    help_of_apply: ["apply", "--help"];
    help_of_apis: ["apis", "--help"];
    help_of_variables_create: ["variables", "create", "--help"];
    help_of_apis_publish: ["apis", "publish", "--help"];
    table_of_profiles: ["configure", "list", "--output", "table"];
    table_of_one_profile: ["configure", "show", "--profile", "shop", "--output", "table"];
    json_of_profiles: ["configure", "list"];
    tab_separated_profiles: ["configure", "list", "--output", "tsv", "--query", "[].[name, endpoint]"];
    curl_line: ["call", "--curl", "--profile", "shop", "--date", "20191115T033655Z", "-H", "X-Say: it's", "-d", "{}",
        "/orders?a=b%20c"];
    error_unknown_command: ["grups"];
    error_unknown_profile: ["whoami", "--profile", "no"];
    error_no_server: ["groups", "list", "--project-id", "p"];
    error_no_endpoint: ["groups", "list", "--profile", "shop"];
    error_wrong_url: ["call", "http://h/a b"];
    error_wrong_query: ["configure", "list", "--query", "[?"];
    error_wrong_member: ["groups", "create", "shop", "remark"];
}
