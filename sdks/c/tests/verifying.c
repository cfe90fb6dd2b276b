#include "check.h"

#define NOON INT64_C(1136214245) /* 2006-01-02 15:04:05 */

#define HEADERS_MAX 12

/* A request that can be changed after it was signed. */
typedef struct mail {
    countersign_request request;
    countersign_header headers[HEADERS_MAX];
    countersign_signed added;
} mail;

static void add(mail *sent, const char *name, const char *value)
{
    CHECK(sent->request.header_count < HEADERS_MAX);
    sent->headers[sent->request.header_count++] = countersign_header_of(name, value);
    sent->request.headers = sent->headers;
}

static countersign_header *header_of(mail *sent, const char *name)
{
    for (size_t i = 0; i < sent->request.header_count; i++)
        if (equal(sent->headers[i].name, countersign_text_of(name)))
            return &sent->headers[i];
    check(false, name, __FILE__, __LINE__);
    return NULL;
}

static void sign_with(mail *sent, countersign_signer_options options)
{
    countersign_signer *signer;
    options.access_key = "AccessKey";
    options.secret_key = "SecretKey";
    CHECK(countersign_signer_create(&options, &signer) == COUNTERSIGN_OK);
    CHECK(countersign_sign(signer, &sent->request, NOON, &sent->added) == COUNTERSIGN_OK);
    for (size_t i = 0; i < sent->added.header_count; i++)
        add(sent, sent->added.headers[i].name.data, sent->added.headers[i].value.data);
    countersign_signer_free(signer);
}

static void post(mail *sent)
{
    *sent = (mail){.request = {.method = TEXT("POST"), .target = TEXT("/path?limit=1"), .body = TEXT("{\"a\":1}")}};
    add(sent, "Host", "h");
    add(sent, "Content-Type", "application/json");
}

static void post_signed(mail *sent)
{
    post(sent);
    sign_with(sent, (countersign_signer_options){.algorithm = NULL});
}

static error verdict_by(countersign_verifier_options options, const mail *sent, int64_t now,
                        countersign_verified *result)
{
    static const countersign_key key = {"AccessKey", "SecretKey"};
    countersign_verifier *verifier;
    if (options.keys == NULL && options.find_secret == NULL) {
        options.keys = &key;
        options.key_count = 1;
    }
    CHECK(countersign_verifier_create(&options, &verifier) == COUNTERSIGN_OK);
    error verdict = countersign_verify(verifier, &sent->request, now, result);
    CHECK((verdict == COUNTERSIGN_OK) == (result->access_key.size > 0));
    CHECK((verdict == COUNTERSIGN_OK) == (result->message[0] == '\0'));
    CHECK((verdict == COUNTERSIGN_MISMATCH) == (result->canonical_request.size > 0));
    countersign_verifier_free(verifier);
    return verdict;
}

static error verdict_at(const mail *sent, int64_t now)
{
    countersign_verified result;
    error verdict = verdict_by((countersign_verifier_options){.keys = NULL}, sent, now, &result);
    countersign_verified_free(&result);
    return verdict;
}

static error verdict_with(countersign_verifier_options options, const mail *sent)
{
    countersign_verified result;
    error verdict = verdict_by(options, sent, NOON, &result);
    countersign_verified_free(&result);
    return verdict;
}

static error verdict_on(const mail *sent)
{
    return verdict_at(sent, NOON);
}

static const char *const all_algorithms[] = {COUNTERSIGN_SDK_HMAC_SHA256, COUNTERSIGN_V11_HMAC_SHA256,
                                             COUNTERSIGN_SDK_HMAC_SM3};
static const countersign_verifier_options accepting_all = {.algorithms = all_algorithms, .algorithm_count = 3};

static void published_examples_are_verified(void)
{
    static const struct {
        const char *header_name, *header_value, *authorization;
    } cases[] = {
        {"X-Other", "1",
         "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, "
         "Signature=5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624"},
        {"X-Other", "1",
         "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=x-sdk-date, "
         "Signature=8fd3610508884bb19718317797c7378716a94bc740d97502e569322e366341cc"},
        {"TEST_UNDERSCORE", "TEST_VALUE",
         "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=test_underscore;x-sdk-date, "
         "Signature=daeadcf4a306599f7422401cc55d3718a23ef159fed370c62c551a2c45ae9655"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mail sent = {.request = {.method = TEXT("GET"), .target = TEXT("/path?limit=1")}};
        add(&sent, "Host", "example.huaweicloud.com");
        add(&sent, "X-Sdk-Date", "20060102T150405Z");
        add(&sent, cases[i].header_name, cases[i].header_value);
        add(&sent, "Authorization", cases[i].authorization);
        CHECK(verdict_with(accepting_all, &sent) == COUNTERSIGN_OK);
    }
}

static void what_is_signed_is_verified_with_each_algorithm(void)
{
    for (size_t i = 0; i < 3; i++) {
        for (int payload = COUNTERSIGN_PAYLOAD_BODY; payload <= COUNTERSIGN_PAYLOAD_UNSIGNED; payload++) {
            mail sent;
            countersign_verified result;
            post(&sent);
            sent.request.payload = (countersign_payload)payload;
            sign_with(&sent, (countersign_signer_options){
                                 .algorithm = all_algorithms[i], .region = "r", .service = "s", .project_id = "p"});
            CHECK(verdict_by(accepting_all, &sent, NOON, &result) == COUNTERSIGN_OK);
            CHECK_TEXT(result.access_key, "AccessKey");
            countersign_verified_free(&result);
            countersign_signed_free(&sent.added);
        }
    }
}

static void only_accepted_algorithms_are_accepted(void)
{
    mail sent;
    post(&sent);
    sign_with(&sent, (countersign_signer_options){.algorithm = COUNTERSIGN_SDK_HMAC_SM3});
    CHECK(verdict_on(&sent) == COUNTERSIGN_UNSUPPORTED_ALGORITHM);
    countersign_signed_free(&sent.added);
}

static void every_tampered_part_is_refused(void)
{
    mail sent;
    post_signed(&sent);
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    mail other = sent;
    other.request.method = TEXT("PUT");
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    other = sent;
    other.request.target = TEXT("/path?limit=2");
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    other.request.target = TEXT("/path/x?limit=1");
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    other = sent;
    other.request.body = TEXT("{\"a\":2}");
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    other.request.body = TEXT("");
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    other = sent;
    other.headers[1].value = TEXT("text/plain");
    other.request.headers = other.headers;
    CHECK(verdict_on(&other) == COUNTERSIGN_MISMATCH);
    countersign_signed_free(&sent.added);
}

static void every_digit_of_the_signature_counts(void)
{
    mail sent;
    post_signed(&sent);
    char authorization[256];
    countersign_header *header = header_of(&sent, "Authorization");
    snprintf(authorization, sizeof authorization, "%s", header->value.data);
    header->value = countersign_text_of(authorization);
    size_t length = strlen(authorization);
    for (size_t i = length - HEX_DIGITS; i < length; i++) {
        char kept = authorization[i];
        authorization[i] = kept == '0' ? '1' : '0';
        CHECK(verdict_on(&sent) == COUNTERSIGN_MISMATCH);
        authorization[i] = 'A';
        CHECK(verdict_on(&sent) == COUNTERSIGN_MALFORMED_AUTHORIZATION);
        authorization[i] = kept;
    }
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    countersign_signed_free(&sent.added);
}

static void a_mismatch_tells_what_should_have_been_signed(void)
{
    mail sent;
    countersign_verified result;
    post_signed(&sent);
    sent.request.body = TEXT("{}");
    CHECK(verdict_by((countersign_verifier_options){.keys = NULL}, &sent, NOON, &result) == COUNTERSIGN_MISMATCH);
    CHECK_TEXT(result.canonical_request,
               "POST\n/path/\nlimit=1\ncontent-type:application/json\nhost:h\nx-sdk-date:20060102T150405Z\n\n"
               "content-type;host;x-sdk-date\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    countersign_verified_free(&result);
    countersign_signed_free(&sent.added);
}

static void the_900th_second_is_in_time_on_both_sides(void)
{
    mail sent;
    countersign_verified result;
    post_signed(&sent);
    CHECK(verdict_at(&sent, NOON + 900) == COUNTERSIGN_OK);
    CHECK(verdict_at(&sent, NOON - 900) == COUNTERSIGN_OK);
    CHECK(verdict_at(&sent, NOON - 901) == COUNTERSIGN_EXPIRED);
    CHECK(verdict_at(&sent, 0) == COUNTERSIGN_EXPIRED);
    CHECK(verdict_by((countersign_verifier_options){.keys = NULL}, &sent, NOON + 901, &result) == COUNTERSIGN_EXPIRED);
    CHECK(strstr(result.message, "signature time:20060102T150405Z,server time:20060102T151906Z") != NULL);
    countersign_verified_free(&result);
    countersign_signed_free(&sent.added);
}

/* A request with this Authorization header and date; its signature is of nothing. */
static error verdict_on_header(const char *authorization, const char *date)
{
    mail sent = {.request = {.method = TEXT("GET"), .target = TEXT("/")}};
    if (authorization != NULL)
        add(&sent, "Authorization", authorization);
    if (date != NULL)
        add(&sent, "X-Sdk-Date", date);
    return verdict_with(accepting_all, &sent);
}

#define DATE "20060102T150405Z"
#define CODE "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"

static void requests_without_a_signature_of_this_protocol_are_told_so(void)
{
    static const char *const headers[] = {NULL,  "",           "Basic YTpi",        "Bearer t",
                                          "SDK", "OBS AK:sig", "AWS4-HMAC-SHA256 x"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        CHECK(verdict_on_header(headers[i], DATE) == COUNTERSIGN_MISSING_AUTHORIZATION);
}

static void the_grammar_is_held_to_the_letter(void)
{
    static const struct {
        const char *header;
        error verdict;
    } cases[] = {
        {"SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" CODE, COUNTERSIGN_MISMATCH},
        {"SDK-HMAC-SHA256\t Access=AccessKey \t,SignedHeaders=x-sdk-date\t,  Signature=" CODE, COUNTERSIGN_MISMATCH},
        {"SDK-HMAC-MD5 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" CODE, COUNTERSIGN_UNSUPPORTED_ALGORITHM},
        {"sdk-hmac-sha256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_UNSUPPORTED_ALGORITHM},
        {"V11-", COUNTERSIGN_UNSUPPORTED_ALGORITHM},
        {"SDK-HMAC-SHA256", COUNTERSIGN_MISSING_ACCESS_KEY},
        {"SDK-HMAC-SHA256 Access=, SignedHeaders=x-sdk-date, Signature=" CODE, COUNTERSIGN_MISSING_ACCESS_KEY},
        {"SDK-HMAC-SHA256 access=a, SignedHeaders=x-sdk-date, Signature=" CODE, COUNTERSIGN_MISSING_ACCESS_KEY},
        {"SDK-HMAC-SHA256 Access=a\x7f, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a", COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date", COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, Signature=" CODE, COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=" CODE ",",
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=" CODE "0",
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=, Signature=" CODE, COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=" CODE, COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=Host;x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date;, Signature=" CODE, COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=;x-sdk-date, Signature=" CODE, COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=b;x-sdk-date;b, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-HMAC-SHA256 Access=a, SignedHeaders=authorization;x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"V11-HMAC-SHA256 Credential=AccessKey/20060102/r/s, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MISMATCH},
        {"V11-HMAC-SHA256 Credential=/20060102/r/s, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MISSING_ACCESS_KEY},
        {"V11-HMAC-SHA256 Credential=a, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"V11-HMAC-SHA256 Credential=a/20060102/r, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"V11-HMAC-SHA256 Credential=a/20060102/r/s/t, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"V11-HMAC-SHA256 Credential=a/20060103/r/s, SignedHeaders=x-sdk-date, Signature=" CODE,
         COUNTERSIGN_MALFORMED_AUTHORIZATION},
        {"SDK-SM2-SM3 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=3045", COUNTERSIGN_UNSUPPORTED_ALGORITHM},
        {"SDK-SM2-SM3 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=304", COUNTERSIGN_MALFORMED_AUTHORIZATION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (verdict_on_header(cases[i].header, DATE) != cases[i].verdict)
            check(false, cases[i].header, __FILE__, __LINE__);
}

static void at_most_100_names_are_signed(void)
{
    char header[2048] = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date";
    for (int count = 1; count <= SIGNED_NAMES_MAX; count++) {
        char whole[sizeof header + 128];
        snprintf(whole, sizeof whole, "%s, Signature=" CODE, header);
        CHECK(verdict_on_header(whole, DATE) == COUNTERSIGN_MISMATCH);
        snprintf(header + strlen(header), sizeof header - strlen(header), ";x-%d", count);
    }
    char whole[sizeof header + 128];
    snprintf(whole, sizeof whole, "%s, Signature=" CODE, header);
    CHECK(verdict_on_header(whole, DATE) == COUNTERSIGN_MALFORMED_AUTHORIZATION);
}

static void dates_must_be_real_instants(void)
{
    static const char authorization[] = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" CODE;
    static const char *const dates[] = {"",
                                        "20060102",
                                        "20060102t150405z",
                                        "20060102T150405Z0",
                                        "20060102T15040 Z",
                                        "19691231T235959Z",
                                        "20061302T150405Z",
                                        "20060002T150405Z",
                                        "20060100T150405Z",
                                        "20060229T150405Z",
                                        "21000229T150405Z",
                                        "20060102T240000Z",
                                        "20060102T156000Z",
                                        "20060102T150460Z"};
    CHECK(verdict_on_header(authorization, NULL) == COUNTERSIGN_MISSING_DATE);
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        CHECK(verdict_on_header(authorization, dates[i]) == COUNTERSIGN_BAD_DATE);
    CHECK(verdict_on_header(authorization, "20040229T150405Z") == COUNTERSIGN_EXPIRED);
}

static void a_single_header_that_stands_twice_is_refused(void)
{
    static const char *const names[] = {"authorization",    "X-SDK-DATE",   "host",        "X-Sdk-Content-Sha256",
                                        "X-Security-Token", "X-Project-Id", "X-Domain-Id", "X-Sdk-Content-Sm3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        mail sent;
        countersign_verified result;
        post_signed(&sent);
        add(&sent, names[i], "1");
        add(&sent, names[i], "2");
        CHECK(verdict_by((countersign_verifier_options){.keys = NULL}, &sent, NOON, &result) ==
              COUNTERSIGN_DUPLICATE_HEADER);
        CHECK(strstr(result.message, "send it once") != NULL);
        countersign_verified_free(&result);
        countersign_signed_free(&sent.added);
    }
}

static void the_first_refusal_in_the_order_of_the_protocol_wins(void)
{
    mail sent;
    post(&sent);
    add(&sent, "Host", "again");
    CHECK(verdict_on(&sent) == COUNTERSIGN_MISSING_AUTHORIZATION);
    add(&sent, "Authorization", "SDK-HMAC-SHA256 Access=nobody, SignedHeaders=x-sdk-date");
    CHECK(verdict_on(&sent) == COUNTERSIGN_MALFORMED_AUTHORIZATION);
    header_of(&sent, "Authorization")->value =
        TEXT("SDK-HMAC-SM3 Access=nobody, SignedHeaders=x-sdk-date, Signature=" CODE);
    CHECK(verdict_on(&sent) == COUNTERSIGN_DUPLICATE_HEADER);
    header_of(&sent, "Host")->name = TEXT("X-Other");
    CHECK(verdict_on(&sent) == COUNTERSIGN_MISSING_DATE);
    add(&sent, "X-Sdk-Date", "19990101T000000Z");
    CHECK(verdict_on(&sent) == COUNTERSIGN_EXPIRED);
    header_of(&sent, "X-Sdk-Date")->value = TEXT(DATE);
    CHECK(verdict_on(&sent) == COUNTERSIGN_UNKNOWN_KEY);
    header_of(&sent, "Authorization")->value =
        TEXT("SDK-HMAC-SM3 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=" CODE);
    add(&sent, "X-Sdk-Content-Sm3", "no digest");
    CHECK(verdict_on(&sent) == COUNTERSIGN_UNSUPPORTED_ALGORITHM);
    CHECK(verdict_with(accepting_all, &sent) == COUNTERSIGN_BAD_CONTENT_HASH);
    header_of(&sent, "X-Sdk-Content-Sm3")->value = TEXT(CODE);
    CHECK(verdict_with(accepting_all, &sent) == COUNTERSIGN_MISMATCH);
}

static void a_declared_digest_is_held_against_the_body(void)
{
    mail sent = {.request = {.method = TEXT("POST"), .target = TEXT("/"), .body = TEXT("{}")}};
    add(&sent, "X-Sdk-Date", DATE);
    add(&sent, "X-Sdk-Content-Sha256", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    hash function;
    hmac_key key;
    uint8_t digest[DIGEST_BYTES];
    char authorization[256] = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=";
    char canonical[256], string_to_sign[256] = "SDK-HMAC-SHA256\n" DATE "\n";
    snprintf(canonical, sizeof canonical, "POST\n/\n\nx-sdk-date:" DATE "\n\nx-sdk-date\n%s",
             header_of(&sent, "X-Sdk-Content-Sha256")->value.data);
    CHECK(hash_find(&function, HASH_SHA256) && hash_digest(&function, countersign_text_of(canonical), digest));
    write_hex(digest, string_to_sign + strlen(string_to_sign));
    hmac_key_start(&key, &function, TEXT("SecretKey"));
    CHECK(hmac_code(&key, countersign_text_of(string_to_sign), digest));
    hmac_key_release(&key);
    write_hex(digest, authorization + strlen(authorization));
    add(&sent, "Authorization", authorization);
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    sent.request.body = TEXT("{ }");
    CHECK(verdict_on(&sent) == COUNTERSIGN_CONTENT_HASH_MISMATCH);
    header_of(&sent, "X-Sdk-Content-Sha256")->value = TEXT(CODE);
    CHECK(verdict_on(&sent) == COUNTERSIGN_MISMATCH);
    header_of(&sent, "X-Sdk-Content-Sha256")->value = TEXT("");
    CHECK(verdict_on(&sent) == COUNTERSIGN_BAD_CONTENT_HASH);
}

static void an_unsigned_payload_may_be_refused(void)
{
    mail sent;
    post(&sent);
    sent.request.payload = COUNTERSIGN_PAYLOAD_UNSIGNED;
    sign_with(&sent, (countersign_signer_options){.algorithm = NULL});
    countersign_verifier_options strict = {.refuse_unsigned_payload = true};
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    sent.request.body = TEXT("anything");
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    CHECK(verdict_with(strict, &sent) == COUNTERSIGN_UNSIGNED_PAYLOAD);
    sent.request.target = TEXT("/other");
    CHECK(verdict_on(&sent) == COUNTERSIGN_MISMATCH);
    countersign_signed_free(&sent.added);
}

static void what_was_declared_unsigned_but_signed_as_empty_must_be_empty(void)
{
    mail sent = {.request = {.method = TEXT("POST"), .target = TEXT("/")}};
    add(&sent, "Host", "h");
    sign_with(&sent, (countersign_signer_options){.algorithm = NULL});
    add(&sent, "X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    CHECK(verdict_with((countersign_verifier_options){.refuse_unsigned_payload = true}, &sent) == COUNTERSIGN_OK);
    sent.request.body = TEXT("x");
    CHECK(verdict_on(&sent) == COUNTERSIGN_CONTENT_HASH_MISMATCH);
    countersign_signed_free(&sent.added);
}

static void a_signed_value_with_a_line_break_is_refused(void)
{
    static const text values[] = {LITERAL("a\nb"), LITERAL("a\rb"), LITERAL("a\0b")};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        mail sent;
        post_signed(&sent);
        header_of(&sent, "Content-Type")->value = values[i];
        CHECK(verdict_on(&sent) == COUNTERSIGN_MALFORMED_AUTHORIZATION);
        header_of(&sent, "Content-Type")->value = TEXT("application/json");
        CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
        sent.request.method = values[i];
        CHECK(verdict_on(&sent) == COUNTERSIGN_MALFORMED_AUTHORIZATION);
        countersign_signed_free(&sent.added);
    }
}

static void an_absent_signed_header_counts_as_empty(void)
{
    mail sent;
    countersign_verified result;
    post_signed(&sent);
    header_of(&sent, "Content-Type")->name = TEXT("X-Other");
    CHECK(verdict_by((countersign_verifier_options){.keys = NULL}, &sent, NOON, &result) == COUNTERSIGN_MISMATCH);
    CHECK(strstr(result.canonical_request.data, "\ncontent-type:\n") != NULL);
    countersign_verified_free(&result);
    countersign_signed_free(&sent.added);
}

static void lines_of_one_name_are_sorted_by_value(void)
{
    mail sent;
    post(&sent);
    add(&sent, "X-Many", "b");
    add(&sent, "X-Many", " a ");
    sign_with(&sent, (countersign_signer_options){.algorithm = NULL});
    sent.headers[2].value = TEXT("a");
    sent.headers[3].value = TEXT("b");
    CHECK(verdict_on(&sent) == COUNTERSIGN_OK);
    sent.headers[3].value = TEXT("c");
    CHECK(verdict_on(&sent) == COUNTERSIGN_MISMATCH);
    countersign_signed_free(&sent.added);
}

static void another_header_may_carry_the_signature(void)
{
    mail sent;
    countersign_verifier_options options = {.header = "X-Backend-Signature"};
    post_signed(&sent);
    CHECK(verdict_with(options, &sent) == COUNTERSIGN_MISSING_AUTHORIZATION);
    header_of(&sent, "Authorization")->name = TEXT("x-backend-signature");
    add(&sent, "Authorization", "Basic YTpi");
    add(&sent, "Authorization", "Basic YTpi");
    CHECK(verdict_with(options, &sent) == COUNTERSIGN_OK);
    CHECK(verdict_on(&sent) == COUNTERSIGN_DUPLICATE_HEADER);
    countersign_signed_free(&sent.added);
}

static bool find_one(void *context, text access_key, text *secret_key)
{
    *secret_key = countersign_text_of(context);
    return equal(access_key, TEXT("AccessKey"));
}

static void keys_may_be_found_by_a_function(void)
{
    mail sent;
    post_signed(&sent);
    char right[] = "SecretKey", wrong[] = "AnotherKey", empty[] = "";
    CHECK(verdict_with((countersign_verifier_options){.find_secret = find_one, .context = right}, &sent) ==
          COUNTERSIGN_OK);
    CHECK(verdict_with((countersign_verifier_options){.find_secret = find_one, .context = wrong}, &sent) ==
          COUNTERSIGN_MISMATCH);
    CHECK(verdict_with((countersign_verifier_options){.find_secret = find_one, .context = empty}, &sent) ==
          COUNTERSIGN_UNKNOWN_KEY);
    countersign_signed_free(&sent.added);
}

static void the_key_named_is_the_one_that_counts(void)
{
    mail sent;
    post_signed(&sent);
    static const countersign_key both[] = {{"AccessKey", "SecretKey"}, {"Another", "AnotherKey"}};
    static const countersign_key crossed[] = {{"AccessKey", "AnotherKey"}, {"Another", "SecretKey"}};
    CHECK(verdict_with((countersign_verifier_options){.keys = both, .key_count = 2}, &sent) == COUNTERSIGN_OK);
    CHECK(verdict_with((countersign_verifier_options){.keys = crossed, .key_count = 2}, &sent) == COUNTERSIGN_MISMATCH);
    CHECK(verdict_with((countersign_verifier_options){.keys = both + 1, .key_count = 1}, &sent) ==
          COUNTERSIGN_UNKNOWN_KEY);
    countersign_signed_free(&sent.added);
}

static void verifiers_that_could_not_verify_are_not_made(void)
{
    static const countersign_key good = {"a", "s"}, empty = {"a", ""};
    static const char *const curve[] = {"SDK-SM2-SM3"};
    const struct {
        countersign_verifier_options options;
        error refusal;
    } cases[] = {
        {{.keys = NULL}, COUNTERSIGN_MISSING_CREDENTIALS},
        {{.keys = &empty, .key_count = 1}, COUNTERSIGN_MISSING_CREDENTIALS},
        {{.keys = &good, .key_count = 1, .header = "a b"}, COUNTERSIGN_BAD_HEADER},
        {{.keys = &good, .key_count = 1, .algorithms = curve, .algorithm_count = 1}, COUNTERSIGN_UNSUPPORTED_ALGORITHM},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        countersign_verifier *verifier;
        CHECK(countersign_verifier_create(&cases[i].options, &verifier) == cases[i].refusal);
        CHECK(verifier == NULL);
    }
}

int main(void)
{
    RUN(published_examples_are_verified);
    RUN(what_is_signed_is_verified_with_each_algorithm);
    RUN(only_accepted_algorithms_are_accepted);
    RUN(every_tampered_part_is_refused);
    RUN(every_digit_of_the_signature_counts);
    RUN(a_mismatch_tells_what_should_have_been_signed);
    RUN(the_900th_second_is_in_time_on_both_sides);
    RUN(requests_without_a_signature_of_this_protocol_are_told_so);
    RUN(the_grammar_is_held_to_the_letter);
    RUN(at_most_100_names_are_signed);
    RUN(dates_must_be_real_instants);
    RUN(a_single_header_that_stands_twice_is_refused);
    RUN(the_first_refusal_in_the_order_of_the_protocol_wins);
    RUN(a_declared_digest_is_held_against_the_body);
    RUN(an_unsigned_payload_may_be_refused);
    RUN(what_was_declared_unsigned_but_signed_as_empty_must_be_empty);
    RUN(a_signed_value_with_a_line_break_is_refused);
    RUN(an_absent_signed_header_counts_as_empty);
    RUN(lines_of_one_name_are_sorted_by_value);
    RUN(another_header_may_carry_the_signature);
    RUN(keys_may_be_found_by_a_function);
    RUN(the_key_named_is_the_one_that_counts);
    RUN(verifiers_that_could_not_verify_are_not_made);
    return 0;
}
