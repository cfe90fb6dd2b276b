#include "check.h"

#define NOON INT64_C(1136214245) /* 2006-01-02 15:04:05 */
#define EMPTY_DIGEST "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static countersign_signer *signer_with(countersign_signer_options options)
{
    countersign_signer *signer;
    options.access_key = options.access_key == NULL ? "AccessKey" : options.access_key;
    options.secret_key = options.secret_key == NULL ? "SecretKey" : options.secret_key;
    CHECK(countersign_signer_create(&options, &signer) == COUNTERSIGN_OK);
    return signer;
}

static error refusal_of(countersign_signer_options options)
{
    countersign_signer *signer;
    error refusal = countersign_signer_create(&options, &signer);
    CHECK((refusal == COUNTERSIGN_OK) == (signer != NULL));
    countersign_signer_free(signer);
    return refusal;
}

static countersign_request get(const char *target, const countersign_header *headers, size_t count)
{
    return (countersign_request){
        .method = TEXT("GET"),
        .target = countersign_text_of(target),
        .headers = headers,
        .header_count = count,
    };
}

static void check_canonical(countersign_request request, const char *expected)
{
    countersign_signer *signer = signer_with((countersign_signer_options){.algorithm = NULL});
    countersign_signed result;
    CHECK(countersign_explain(signer, &request, NOON, &result) == COUNTERSIGN_OK);
    CHECK_TEXT(result.canonical_request, expected);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void check_refusal(countersign_request request, error expected, const char *message)
{
    countersign_signer *signer = signer_with((countersign_signer_options){.project_id = "p"});
    countersign_signed result;
    CHECK(countersign_sign(signer, &request, NOON, &result) == expected);
    CHECK(result.header_count == 0 && result.canonical_request.size == 0);
    CHECK(strstr(result.message, message) != NULL);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void the_published_example_is_reproduced(void)
{
    countersign_signer *signer = signer_with((countersign_signer_options){
        .access_key = "QTWAOYTTINDUT2QVKYUC",
        .secret_key = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
    });
    const countersign_header headers[] = {
        {LITERAL("Content-Type"), LITERAL("application/json")},
        {LITERAL("Host"), LITERAL("service.region.example.com")},
    };
    countersign_request request = get("/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2"
                                      "&marker=13551d6b-755d-4757-b956-536f674975c0",
                                      headers, 2);
    countersign_signed result;
    CHECK(countersign_explain(signer, &request, 1573789015, &result) == COUNTERSIGN_OK);
    CHECK(result.header_count == 2);
    CHECK_TEXT(result.headers[0].name, "X-Sdk-Date");
    CHECK_TEXT(result.headers[0].value, "20191115T033655Z");
    CHECK_TEXT(result.headers[1].name, "Authorization");
    CHECK_TEXT(result.headers[1].value,
               "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, "
               "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe");
    CHECK_TEXT(result.string_to_sign, "SDK-HMAC-SHA256\n20191115T033655Z\n"
                                      "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void signing_tells_headers_only(void)
{
    countersign_signer *signer = signer_with((countersign_signer_options){.algorithm = NULL});
    const countersign_header host = {LITERAL("Host"), LITERAL("h")};
    countersign_request request = get("/", &host, 1);
    countersign_signed result;
    CHECK(countersign_sign(signer, &request, NOON, &result) == COUNTERSIGN_OK);
    CHECK(result.header_count == 2 && result.canonical_request.size == 0 && result.string_to_sign.size == 0);
    CHECK(strlen(result.headers[1].value.data) == result.headers[1].value.size);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void headers_are_added_in_the_order_of_the_contract(void)
{
    static const char *const names[] = {"X-Sdk-Date",       "X-Project-Id",         "X-Domain-Id",
                                        "X-Security-Token", "X-Sdk-Content-Sha256", "Authorization"};
    countersign_signer *signer = signer_with((countersign_signer_options){
        .project_id = "project",
        .domain_id = "domain",
        .security_token = "token",
    });
    const countersign_header host = {LITERAL("host"), LITERAL("h")};
    countersign_request request = get("/", &host, 1);
    request.payload = COUNTERSIGN_PAYLOAD_UNSIGNED;
    countersign_signed result;
    CHECK(countersign_explain(signer, &request, NOON, &result) == COUNTERSIGN_OK);
    CHECK(result.header_count == COUNTERSIGN_HEADERS_ADDED_MAX);
    for (size_t i = 0; i < result.header_count; i++)
        CHECK_TEXT(result.headers[i].name, names[i]);
    CHECK_TEXT(result.canonical_request,
               "GET\n/\n\nhost:h\nx-domain-id:domain\nx-project-id:project\nx-sdk-content-sha256:UNSIGNED-PAYLOAD\n"
               "x-sdk-date:20060102T150405Z\nx-security-token:token\n\n"
               "host;x-domain-id;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token\nUNSIGNED-PAYLOAD");
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void headers_are_signed_trimmed_and_sorted_and_without_those_that_proxies_rewrite(void)
{
    const countersign_header headers[] = {
        {LITERAL("X-B"), LITERAL(" two\t")},  {LITERAL("Host"), LITERAL("h")},
        {LITERAL("x-b"), LITERAL("one")},     {LITERAL("X_Under"), LITERAL("1")},
        {LITERAL("X-Blank"), LITERAL(" ")},   {LITERAL("Content-Length"), LITERAL("0")},
        {LITERAL("TE"), LITERAL("trailers")}, {LITERAL("X-Empty"), {NULL, 0}},
    };
    check_canonical(
        get("/a", headers, sizeof headers / sizeof *headers),
        "GET\n/a/\n\nhost:h\nx-b:one\nx-b:two\nx-sdk-date:20060102T150405Z\n\nhost;x-b;x-sdk-date\n" EMPTY_DIGEST);
}

static void a_name_with_a_blank_line_is_left_out_with_all_its_lines(void)
{
    const countersign_header headers[] = {
        {LITERAL("X-A"), LITERAL("1")}, {LITERAL("x-a"), LITERAL(" ")}, {LITERAL("Host"), LITERAL("h")},
        {LITERAL("X-A"), LITERAL("")},  {LITERAL("X-B"), LITERAL("1")},
    };
    check_canonical(get("/", headers, sizeof headers / sizeof *headers),
                    "GET\n/\n\nhost:h\nx-b:1\nx-sdk-date:20060102T150405Z\n\nhost;x-b;x-sdk-date\n" EMPTY_DIGEST);
    const countersign_header blank_host = {LITERAL("Host"), LITERAL("\t")};
    check_refusal(get("/", &blank_host, 1), COUNTERSIGN_MISSING_HOST, "add the one that will be sent");
}

static void many_headers_are_sorted_like_few(void)
{
    enum { COUNT = 60 };
    char names[COUNT][8];
    countersign_header headers[COUNT + 1] = {{LITERAL("Host"), LITERAL("h")}};
    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "x-%02d", (i * 37) % COUNT);
        headers[i + 1] = countersign_header_of(names[i], "1");
    }
    countersign_signer *signer = signer_with((countersign_signer_options){.algorithm = NULL});
    countersign_request request = get("/", headers, COUNT + 1);
    countersign_signed result;
    CHECK(countersign_explain(signer, &request, NOON, &result) == COUNTERSIGN_OK);
    const char *block = strstr(result.headers[1].value.data, "host;x-00;x-01;x-02;");
    CHECK(block != NULL && strstr(block, ";x-58;x-59;x-sdk-date, Signature=") != NULL);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void check_target(const char *target, const char *path, const char *query)
{
    const countersign_header host = {LITERAL("Host"), LITERAL("h")};
    char expected[512];
    snprintf(expected, sizeof expected,
             "GET\n%s\n%s\nhost:h\nx-sdk-date:20060102T150405Z\n\nhost;x-sdk-date\n" EMPTY_DIGEST, path, query);
    check_canonical(get(target, &host, 1), expected);
}

static void paths_are_decoded_once_and_encoded(void)
{
    check_target("/", "/", "");
    check_target("/a", "/a/", "");
    check_target("/a//b/", "/a//b/", "");
    check_target("/a%2Fb/./c", "/a/b/./c/", "");
    check_target("/a%7e%2b+*%25", "/a~%2B%2B%2A%25/", "");
    check_target("/\xc3\xa9%zz%4", "/%C3%A9%25zz%254/", "");
    check_target("/a%2541", "/a%2541/", "");
}

static void queries_are_sorted_by_decoded_name_and_value(void)
{
    check_target("/?b=2&a=10&a=9&%61=1", "/", "a=1&a=10&a=9&b=2");
    check_target("/?&b&a=&&", "/", "a=&b=");
    check_target("/?a=b=c", "/", "a=b%3Dc");
    check_target("/?=1&%", "/", "=1&%25=");
    check_target("/?%C3%A9=1&z=2&~=3", "/", "z=2&~=3&%C3%A9=1");
    check_target("/?a=+&a=%20&a=?", "/", "a=%20&a=%2B&a=%3F");
    check_target("/?", "/", "");
}

static void a_body_is_signed_by_its_digest(void)
{
    const countersign_header host = {LITERAL("Host"), LITERAL("h")};
    countersign_request request = get("/", &host, 1);
    request.body = TEXT("{}");
    check_canonical(request, "GET\n/\n\nhost:h\nx-sdk-date:20060102T150405Z\n\nhost;x-sdk-date\n"
                             "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

static void the_scoped_algorithm_names_its_scope(void)
{
    countersign_signer *signer = signer_with((countersign_signer_options){
        .algorithm = COUNTERSIGN_V11_HMAC_SHA256,
        .region = "test-region-1",
        .service = "demo",
    });
    const countersign_header host = {LITERAL("Host"), LITERAL("h")};
    countersign_request request = get("/", &host, 1);
    countersign_signed result;
    static const char start[] =
        "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=host;x-sdk-date, Signature=";
    CHECK(countersign_explain(signer, &request, NOON, &result) == COUNTERSIGN_OK);
    CHECK(strncmp(result.headers[1].value.data, start, sizeof start - 1) == 0);
    CHECK(strstr(result.string_to_sign.data, "\n20060102/test-region-1/demo\n") != NULL);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
}

static void signers_that_could_not_sign_are_not_made(void)
{
    CHECK(refusal_of((countersign_signer_options){.secret_key = "s"}) == COUNTERSIGN_MISSING_CREDENTIALS);
    CHECK(refusal_of((countersign_signer_options){.access_key = "a", .secret_key = ""}) ==
          COUNTERSIGN_MISSING_CREDENTIALS);
    static const char *const bad_keys[] = {"a b", "a,b", "a\n", "\xc3\xa9"};
    for (size_t i = 0; i < 4; i++)
        CHECK(refusal_of((countersign_signer_options){.access_key = bad_keys[i], .secret_key = "s"}) ==
              COUNTERSIGN_BAD_CREDENTIALS);
    countersign_signer_options options = {.access_key = "a/b", .secret_key = "s"};
    CHECK(refusal_of(options) == COUNTERSIGN_OK);
    options.algorithm = COUNTERSIGN_V11_HMAC_SHA256;
    CHECK(refusal_of(options) == COUNTERSIGN_BAD_CREDENTIALS);
    options.access_key = "a";
    CHECK(refusal_of(options) == COUNTERSIGN_MISSING_SCOPE);
    options.region = "r";
    options.service = "a/b";
    CHECK(refusal_of(options) == COUNTERSIGN_BAD_SCOPE);
    options.service = "s";
    CHECK(refusal_of(options) == COUNTERSIGN_OK);
    options.security_token = "to\nken";
    CHECK(refusal_of(options) == COUNTERSIGN_BAD_CREDENTIALS);
    options.security_token = NULL;
    options.project_id = "p\r";
    CHECK(refusal_of(options) == COUNTERSIGN_BAD_HEADER);
    static const char *const unsupported[] = {"SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3", "SDK-HMAC-MD5",
                                              "sdk-hmac-sha256"};
    for (size_t i = 0; i < 4; i++)
        CHECK(refusal_of(
                  (countersign_signer_options){.access_key = "a", .secret_key = "s", .algorithm = unsupported[i]}) ==
              COUNTERSIGN_UNSUPPORTED_ALGORITHM);
}

static void what_cannot_be_sent_as_it_is_is_refused(void)
{
    const countersign_header host = {LITERAL("Host"), LITERAL("h")};
    check_refusal(get("/", NULL, 0), COUNTERSIGN_MISSING_HOST, "add the one that will be sent");
    static const char *const bad_targets[] = {"", "a", "http://h/", "/a b", "/a\t", "/a\x7f", "*"};
    for (size_t i = 0; i < sizeof bad_targets / sizeof *bad_targets; i++)
        check_refusal(get(bad_targets[i], &host, 1), COUNTERSIGN_BAD_TARGET, "percent-encoded");
    countersign_request request = get("/", &host, 1);
    request.target = TEXT("/a\0b");
    check_refusal(request, COUNTERSIGN_BAD_TARGET, "percent-encoded");
    request = get("/", &host, 1);
    static const char *const bad_methods[] = {"", "GE T", "GET\n", "G:"};
    for (size_t i = 0; i < sizeof bad_methods / sizeof *bad_methods; i++) {
        request.method = countersign_text_of(bad_methods[i]);
        check_refusal(request, COUNTERSIGN_BAD_METHOD, "GET or POST");
    }
}

static void headers_that_cannot_be_sent_or_are_taken_are_named(void)
{
    static const struct {
        countersign_header header;
        error refusal;
        const char *message;
    } cases[] = {
        {{LITERAL("a"), LITERAL("b\r\nc: d")}, COUNTERSIGN_BAD_HEADER, "the header \"a\" cannot be sent"},
        {{LITERAL("a"), LITERAL("b\0c")}, COUNTERSIGN_BAD_HEADER, "the header \"a\" cannot be sent"},
        {{LITERAL("a b\n"), LITERAL("c")}, COUNTERSIGN_BAD_HEADER, "the header \"a b?\" cannot be sent"},
        {{LITERAL(""), LITERAL("c")}, COUNTERSIGN_BAD_HEADER, "the header \"\" cannot be sent"},
        {{LITERAL("Host"), LITERAL("i")}, COUNTERSIGN_TAKEN_HEADER, "the header \"Host\" is the signer's to add"},
        {{LITERAL("x-sdk-DATE"), LITERAL("i")}, COUNTERSIGN_TAKEN_HEADER, "x-sdk-DATE"},
        {{LITERAL("authorization"), LITERAL("i")}, COUNTERSIGN_TAKEN_HEADER, "authorization"},
        {{LITERAL("X-Sdk-Content-Sm3"), LITERAL("i")}, COUNTERSIGN_TAKEN_HEADER, "X-Sdk-Content-Sm3"},
        {{LITERAL("X-Project-Id"), LITERAL("i")}, COUNTERSIGN_TAKEN_HEADER, "X-Project-Id"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const countersign_header headers[] = {{LITERAL("host"), LITERAL("h")}, cases[i].header};
        check_refusal(get("/", headers, 2), cases[i].refusal, cases[i].message);
    }
}

static bool holds(const void *memory, size_t bytes, const char *secret)
{
    for (size_t i = 0; i + strlen(secret) <= bytes; i++)
        if (memcmp((const char *)memory + i, secret, strlen(secret)) == 0)
            return true;
    return false;
}

static void a_signer_does_not_keep_the_secret(void)
{
    static const char *const algorithms_of_all[] = {COUNTERSIGN_SDK_HMAC_SHA256, COUNTERSIGN_V11_HMAC_SHA256,
                                                    COUNTERSIGN_SDK_HMAC_SM3};
    for (size_t i = 0; i < 3; i++) {
        countersign_signer *signer = signer_with((countersign_signer_options){
            .secret_key = "a-secret-to-search",
            .algorithm = algorithms_of_all[i],
            .region = "r",
            .service = "s",
        });
        CHECK(holds(signer, signer->bytes, "AccessKey"));
        CHECK(!holds(signer, signer->bytes, "a-secret-to-search"));
        countersign_signer_free(signer);
    }
}

static void dates_are_written_and_read_alike_on_every_day(void)
{
    char date[DATE_BYTES + 1], before[DATE_BYTES + 1] = "";
    for (int64_t seconds = 0; seconds <= LAST_SECOND; seconds += DAY_SECONDS + 3607) {
        int64_t read;
        write_date(seconds, date);
        CHECK(read_date(countersign_text_of(date), &read) && read == seconds);
        CHECK(strcmp(before, date) < 0);
        memcpy(before, date, sizeof before);
    }
    write_date(951782400, date);
    CHECK_TEXT(countersign_text_of(date), "20000229T000000Z");
    write_date(LAST_SECOND, date);
    CHECK_TEXT(countersign_text_of(date), "99991231T235959Z");
}

static void times_out_of_range_are_the_nearest_in_it(void)
{
    CHECK(time_of(INT64_MAX) == LAST_SECOND);
    CHECK(time_of(-1) == 0);
    CHECK(time_of(0) == 0);
    CHECK(time_of(COUNTERSIGN_NOW) > 1573789015);
}

static void every_error_has_a_name_and_a_sentence(void)
{
    for (int i = COUNTERSIGN_OUT_OF_MEMORY; i <= COUNTERSIGN_BODY_INCOMPLETE; i++) {
        CHECK(strlen(countersign_error_name((error)i)) > 5);
        CHECK(strlen(countersign_error_message((error)i)) > 20);
        CHECK(strlen(countersign_error_message((error)i)) < COUNTERSIGN_MESSAGE_BYTES_MAX);
    }
    CHECK_TEXT(countersign_text_of(countersign_error_name((error)999)), "Unknown");
}

int main(void)
{
    RUN(the_published_example_is_reproduced);
    RUN(signing_tells_headers_only);
    RUN(headers_are_added_in_the_order_of_the_contract);
    RUN(headers_are_signed_trimmed_and_sorted_and_without_those_that_proxies_rewrite);
    RUN(a_name_with_a_blank_line_is_left_out_with_all_its_lines);
    RUN(many_headers_are_sorted_like_few);
    RUN(paths_are_decoded_once_and_encoded);
    RUN(queries_are_sorted_by_decoded_name_and_value);
    RUN(a_body_is_signed_by_its_digest);
    RUN(the_scoped_algorithm_names_its_scope);
    RUN(signers_that_could_not_sign_are_not_made);
    RUN(what_cannot_be_sent_as_it_is_is_refused);
    RUN(headers_that_cannot_be_sent_or_are_taken_are_named);
    RUN(a_signer_does_not_keep_the_secret);
    RUN(dates_are_written_and_read_alike_on_every_day);
    RUN(times_out_of_range_are_the_nearest_in_it);
    RUN(every_error_has_a_name_and_a_sentence);
    return 0;
}
