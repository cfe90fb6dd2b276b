use super::*;

const CODE: &str = "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe";

fn refusal(header: &str) -> Error {
    match parse(header.as_bytes()) {
        Ok(_) => panic!("accepted: {header}"),
        Err(error) => error,
    }
}

fn is_malformed(header: &str) -> bool {
    matches!(refusal(header), Error::MalformedAuthorization(_))
}

#[test]
fn blanks_around_the_commas_are_optional() {
    for separator in [",", ", ", ",  ", " ,\t"] {
        let header = format!(
            "SDK-HMAC-SHA256  Access=AK{separator}SignedHeaders=host;x-sdk-date{separator}Signature={CODE}"
        );
        let parsed = parse(header.as_bytes()).unwrap().unwrap();
        assert_eq!((parsed.access_key, parsed.signed_headers.as_str()), ("AK", "host;x-sdk-date"));
    }
}

#[test]
fn other_schemes_are_not_ours() {
    for header in ["", "Basic YTpi", "Bearer t", "OBS AK:sig", "AWS4-HMAC-SHA256 Credential=x"] {
        assert!(parse(header.as_bytes()).unwrap().is_none(), "{header}");
    }
}

#[test]
fn unknown_tokens_of_the_family_are_refused() {
    for token in ["SDK-HMAC-MD5", "sdk-hmac-sha256", "V11-HMAC-SM3", "SDK-"] {
        let header = format!("{token} Access=AK, SignedHeaders=x-sdk-date, Signature={CODE}");
        assert_eq!(refusal(&header), Error::UnsupportedAlgorithm, "{token}");
    }
}

#[test]
fn a_missing_or_empty_access_key_has_its_own_error() {
    for start in ["", "Acc=AK", "Access=", "Credential=AK/20250102/r/s", "access=AK"] {
        let header = format!("SDK-HMAC-SHA256 {start}, SignedHeaders=x-sdk-date, Signature={CODE}");
        assert_eq!(refusal(&header), Error::MissingAccessKey, "{start}");
    }
}

#[test]
fn a_scope_has_three_parts() {
    for scope in ["", "/", "/20250102", "/20250102/r", "/20250102/r/s/t", "/20250102//s"] {
        let header =
            format!("V11-HMAC-SHA256 Credential=AK{scope}, SignedHeaders=x-sdk-date, Signature={CODE}");
        assert!(is_malformed(&header), "{scope}");
    }
    let header =
        format!("V11-HMAC-SHA256 Credential=AK/20250102/r/s, SignedHeaders=x-sdk-date, Signature={CODE}");
    let parsed = parse(header.as_bytes()).unwrap().unwrap();
    assert_eq!((parsed.access_key, parsed.scope), ("AK", "20250102/r/s"));
}

#[test]
fn parameters_are_exactly_three_in_order() {
    for rest in [
        format!("SignedHeaders=x-sdk-date, Access=AK, Signature={CODE}"),
        format!("Access=AK, Access=AK, SignedHeaders=x-sdk-date, Signature={CODE}"),
        format!("Access=AK, SignedHeaders=x-sdk-date, Signature={CODE}, Signature={CODE}"),
        "Access=AK, SignedHeaders=x-sdk-date".to_owned(),
        format!("Access=AK, Signature={CODE}"),
        "Access=AK, SignedHeaders=x-sdk-date, Signature=".to_owned(),
    ] {
        assert!(matches!(
            refusal(&format!("SDK-HMAC-SHA256 {rest}")),
            Error::MalformedAuthorization(_) | Error::MissingAccessKey
        ));
    }
}

#[test]
fn signed_names_are_lower_case_unique_and_include_the_date() {
    for names in [
        "",
        "host",
        "Host;x-sdk-date",
        "x-sdk-date;",
        "host;host;x-sdk-date",
        "a b;x-sdk-date",
        "a\n;x-sdk-date",
        "authorization;x-sdk-date",
    ] {
        let header = format!("SDK-HMAC-SHA256 Access=AK, SignedHeaders={names}, Signature={CODE}");
        assert!(is_malformed(&header), "{names}");
    }
    let many: Vec<String> = (0..SIGNED_HEADERS_MAX).map(|number| format!("x-{number}")).collect();
    let header =
        format!("SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date;{}, Signature={CODE}", many.join(";"));
    assert!(is_malformed(&header));
}

#[test]
fn a_code_is_64_lower_case_digits() {
    for signature in
        [&CODE[1..], &CODE[2..], &CODE.to_uppercase(), &format!("{CODE}00"), &CODE.replace('7', "g")]
    {
        let header = format!("SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date, Signature={signature}");
        assert!(is_malformed(&header), "{signature}");
    }
}

#[test]
fn a_curve_signature_has_an_even_bounded_number_of_digits() {
    for signature in ["3".to_owned(), "30".repeat(81)] {
        let header = format!("SDK-SM2-SM3 Access=AK, SignedHeaders=x-sdk-date, Signature={signature}");
        assert!(is_malformed(&header), "{signature}");
    }
}
