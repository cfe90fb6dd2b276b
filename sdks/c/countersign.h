/*
 * Countersign: signs requests of the Huawei-Cloud family of APIs with an access key and a secret key, and verifies
 * them in backends. The rules are those of spec/protocol.md; comments cite its clauses.
 *
 * It never sends, never changes a request, keeps no global state and never shows a secret key.
 *
 * Signers and verifiers may be shared by threads: nothing changes them until they are freed. Texts have a length and
 * need no NUL at the end. What a function hands out lives in its result and ends with it:
 *
 *     countersign_signer *signer;
 *     countersign_error error = countersign_signer_create(
 *         &(countersign_signer_options){.access_key = access_key, .secret_key = secret_key}, &signer);
 *     ...
 *     countersign_signed signed_request;
 *     error = countersign_sign(signer, &request, COUNTERSIGN_NOW, &signed_request);
 *     for (size_t i = 0; error == COUNTERSIGN_OK && i < signed_request.header_count; i++)
 *         add_header(signed_request.headers[i].name, signed_request.headers[i].value);
 *     countersign_signed_free(&signed_request);
 *     countersign_signer_free(signer);
 */
#ifndef COUNTERSIGN_H
#define COUNTERSIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define COUNTERSIGN_VERSION "0.1.0"

/* The algorithms of this library (clause 4). */
#define COUNTERSIGN_SDK_HMAC_SHA256 "SDK-HMAC-SHA256"
#define COUNTERSIGN_V11_HMAC_SHA256 "V11-HMAC-SHA256"
#define COUNTERSIGN_SDK_HMAC_SM3 "SDK-HMAC-SM3"

/* Why a request cannot be signed, or is not let through. */
typedef enum countersign_error {
    COUNTERSIGN_OK = 0,
    /* No memory, or a request whose sizes exceed it; also when the cryptographic library fails. */
    COUNTERSIGN_OUT_OF_MEMORY,

    /* Access key or secret key is empty or absent. */
    COUNTERSIGN_MISSING_CREDENTIALS,
    /* Access key or security token has a character that cannot stand in its header. */
    COUNTERSIGN_BAD_CREDENTIALS,
    /* The request has no Host header. */
    COUNTERSIGN_MISSING_HOST,
    /* The method is not a token. */
    COUNTERSIGN_BAD_METHOD,
    /* The target is no origin form: no "/" in front, or blanks, or control characters. */
    COUNTERSIGN_BAD_TARGET,
    /* A name that is no header name, or a value with a control character. */
    COUNTERSIGN_BAD_HEADER,
    /* A header that the signer adds, or a second Host. */
    COUNTERSIGN_TAKEN_HEADER,
    /* Not an algorithm of this library, one that its cryptographic library lacks, or one that is not accepted. */
    COUNTERSIGN_UNSUPPORTED_ALGORITHM,
    /* Region or service of a scoped algorithm is missing. */
    COUNTERSIGN_MISSING_SCOPE,
    /* Region or service is not of A-Z a-z 0-9 - _ . */
    COUNTERSIGN_BAD_SCOPE,

    /* There is no signature of this protocol. */
    COUNTERSIGN_MISSING_AUTHORIZATION,
    /* A single header stands twice (clause 5.1). */
    COUNTERSIGN_DUPLICATE_HEADER,
    /* The Authorization header breaks the grammar (clause 2), or a signed value has a line break (clause 3.3). */
    COUNTERSIGN_MALFORMED_AUTHORIZATION,
    /* The Authorization header names no access key. */
    COUNTERSIGN_MISSING_ACCESS_KEY,
    /* X-Sdk-Date is missing. */
    COUNTERSIGN_MISSING_DATE,
    /* X-Sdk-Date is not of the form yyyyMMddTHHmmssZ. */
    COUNTERSIGN_BAD_DATE,
    /* The signing time is more than 15 minutes away; the message tells both times. */
    COUNTERSIGN_EXPIRED,
    /* No key has the name given. */
    COUNTERSIGN_UNKNOWN_KEY,
    /* The content hash header is neither a digest nor UNSIGNED-PAYLOAD. */
    COUNTERSIGN_BAD_CONTENT_HASH,
    /* The signature leaves the body out, which is not accepted. */
    COUNTERSIGN_UNSIGNED_PAYLOAD,
    /* The body is not the one that was declared. */
    COUNTERSIGN_CONTENT_HASH_MISMATCH,
    /* The signature is not that of this request under this key. */
    COUNTERSIGN_MISMATCH,

    /* The body is longer than accepted. Middleware only: status 413. */
    COUNTERSIGN_BODY_TOO_LONG,
    /* The body broke off. Middleware only: status 400. */
    COUNTERSIGN_BODY_INCOMPLETE
} countersign_error;

/* The name of an error, the same in all languages: "MissingHost". "Ok" for COUNTERSIGN_OK. */
const char *countersign_error_name(countersign_error error);

/* One sentence that says what to do about an error. It has static storage. */
const char *countersign_error_message(countersign_error error);

/* Bytes with a length. `data` may be NULL if `size` is 0. */
typedef struct countersign_text {
    const char *data;
    size_t size;
} countersign_text;

/* The text of a NUL-terminated string; of NULL the empty text. */
static inline countersign_text countersign_text_of(const char *string)
{
    countersign_text text = {string, string == NULL ? 0 : strlen(string)};
    return text;
}

/* One header line. */
typedef struct countersign_header {
    countersign_text name;
    countersign_text value;
} countersign_header;

/* A header line of two NUL-terminated strings. */
static inline countersign_header countersign_header_of(const char *name, const char *value)
{
    countersign_header header = {countersign_text_of(name), countersign_text_of(value)};
    return header;
}

/* What a signature says about the body. */
typedef enum countersign_payload {
    /* The body itself. */
    COUNTERSIGN_PAYLOAD_BODY = 0,
    /* Nothing: it leaves the body out, and X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD says so. */
    COUNTERSIGN_PAYLOAD_UNSIGNED
} countersign_payload;

/* A request exactly as it will be sent, or as it arrived. Nothing of it is copied or kept beyond the call. */
typedef struct countersign_request {
    /* The method, in upper case. */
    countersign_text method;
    /* Path and query as they stand on the request line: "/v1/vpcs?limit=2". */
    countersign_text target;
    /* The header lines. To sign, Host must be among them. */
    const countersign_header *headers;
    size_t header_count;
    /* The whole body, without any transfer coding. */
    countersign_text body;
    /* Signing only. */
    countersign_payload payload;
} countersign_request;

/* In place of a time: that of the system's clock. */
#define COUNTERSIGN_NOW INT64_MIN

/* The most bytes of an error's message, with the NUL at its end. */
#define COUNTERSIGN_MESSAGE_BYTES_MAX 256

/* ---- Signing ---------------------------------------------------------------------------------------------------- */

/* Signs with one key pair. It holds no state between requests. */
typedef struct countersign_signer countersign_signer;

/* What a signer is made from. All texts end in NUL and are copied; NULL and "" mean absent. */
typedef struct countersign_signer_options {
    /* Required. */
    const char *access_key;
    /* Required. It is not kept; what is derived from it is wiped by countersign_signer_free. */
    const char *secret_key;
    /* Of temporary credentials. Adds X-Security-Token. */
    const char *security_token;
    /* Adds X-Project-Id. */
    const char *project_id;
    /* Adds X-Domain-Id. */
    const char *domain_id;
    /* One of the algorithms above; SDK-HMAC-SHA256 if absent. */
    const char *algorithm;
    /* Required by V11-HMAC-SHA256, and of no effect with others. */
    const char *region;
    const char *service;
} countersign_signer_options;

/*
 * Makes a signer, to be freed by countersign_signer_free. On an error `*signer` is NULL.
 *
 * Errors: MISSING_CREDENTIALS, BAD_CREDENTIALS, BAD_HEADER (project or domain id), UNSUPPORTED_ALGORITHM,
 * MISSING_SCOPE, BAD_SCOPE, OUT_OF_MEMORY.
 */
countersign_error countersign_signer_create(const countersign_signer_options *options, countersign_signer **signer);

/* Wipes and frees a signer; NULL is no signer. */
void countersign_signer_free(countersign_signer *signer);

/* Date, project, domain, token, content hash and authorization. */
#define COUNTERSIGN_HEADERS_ADDED_MAX 6

/* What to add to the request, and how it came about. */
typedef struct countersign_signed {
    /* The headers to add, Authorization last. Names and values are followed by a NUL. */
    countersign_header headers[COUNTERSIGN_HEADERS_ADDED_MAX];
    size_t header_count;
    /* Of countersign_explain only. The canonical request repeats the security token, if there is one. */
    countersign_text canonical_request;
    countersign_text string_to_sign;
    /* What is wrong and what to do, when it could not be signed; else "". */
    char message[COUNTERSIGN_MESSAGE_BYTES_MAX];
    /* The library's own. */
    void *memory;
    size_t memory_bytes;
} countersign_signed;

/*
 * Signs a request as of `now`, seconds since 1970, or COUNTERSIGN_NOW. The result must be freed by
 * countersign_signed_free, whatever the outcome.
 *
 * Errors: MISSING_HOST, BAD_METHOD, BAD_TARGET, BAD_HEADER, TAKEN_HEADER, OUT_OF_MEMORY.
 */
countersign_error countersign_sign(const countersign_signer *signer, const countersign_request *request, int64_t now,
                                   countersign_signed *result);

/* Signs as countersign_sign does, and tells the canonical request and the string to sign. */
countersign_error countersign_explain(const countersign_signer *signer, const countersign_request *request, int64_t now,
                                      countersign_signed *result);

/* Wipes and frees what a result holds. */
void countersign_signed_free(countersign_signed *result);

/*
 * Reads the canonical request that a server shows in a refusal ("...canonicalRequest:" with "|" for line breaks)
 * beside one's own, and writes one sentence, with a NUL at its end, that says which part differs first: method, path,
 * query, a header by its name, the signed names, the payload; or that none differs. A sentence that is longer than
 * `sentence_bytes` is cut off.
 */
void countersign_difference(countersign_text error_msg, countersign_text canonical_request, char *sentence,
                            size_t sentence_bytes);

/* ---- Verifying -------------------------------------------------------------------------------------------------- */

/* Verifies what was signed with one of its keys. It holds no state between requests. */
typedef struct countersign_verifier countersign_verifier;

/* A key pair. */
typedef struct countersign_key {
    const char *access_key;
    const char *secret_key;
} countersign_key;

/*
 * Finds the secret of an access key and returns whether there is one. `*secret_key` must stay as it is until
 * countersign_verify returns. It may be called by several threads at once.
 */
typedef bool countersign_find_secret(void *context, countersign_text access_key, countersign_text *secret_key);

/* What a verifier is made from. Keys and names are copied. */
typedef struct countersign_verifier_options {
    /* The keys, unless `find_secret` is set. */
    const countersign_key *keys;
    size_t key_count;
    /* Finds the keys, called with `context`. */
    countersign_find_secret *find_secret;
    void *context;
    /* The algorithms accepted; SDK-HMAC-SHA256 alone if there are none. */
    const char *const *algorithms;
    size_t algorithm_count;
    /* Refuses signatures that leave the body out (clause 5.4). */
    bool refuse_unsigned_payload;
    /* The name of the header that carries the signature; Authorization if absent. */
    const char *header;
} countersign_verifier_options;

/*
 * Makes a verifier, to be freed by countersign_verifier_free. On an error `*verifier` is NULL.
 *
 * Errors: MISSING_CREDENTIALS (no keys, or an empty one), BAD_HEADER (the header's name), UNSUPPORTED_ALGORITHM,
 * OUT_OF_MEMORY.
 */
countersign_error countersign_verifier_create(const countersign_verifier_options *options,
                                              countersign_verifier **verifier);

/* Wipes and frees a verifier; NULL is no verifier. */
void countersign_verifier_free(countersign_verifier *verifier);

/* The verdict. */
typedef struct countersign_verified {
    /* Whose request it is; empty unless it is verified. Followed by a NUL. */
    countersign_text access_key;
    /* With MISMATCH what should have been signed, else empty. */
    countersign_text canonical_request;
    /* What is wrong, when it is not verified; else "". */
    char message[COUNTERSIGN_MESSAGE_BYTES_MAX];
    /* The library's own. */
    void *memory;
    size_t memory_bytes;
} countersign_verified;

/*
 * Verifies a request as of `now`, seconds since 1970, or COUNTERSIGN_NOW. Only COUNTERSIGN_OK means that it is
 * verified. The result must be freed by countersign_verified_free, whatever the outcome.
 *
 * Errors, the first that applies (clause 5.7): MISSING_AUTHORIZATION, UNSUPPORTED_ALGORITHM, MISSING_ACCESS_KEY,
 * MALFORMED_AUTHORIZATION, DUPLICATE_HEADER, MISSING_DATE, BAD_DATE, EXPIRED, UNKNOWN_KEY, BAD_CONTENT_HASH,
 * UNSIGNED_PAYLOAD, MISMATCH, CONTENT_HASH_MISMATCH; OUT_OF_MEMORY at any time.
 */
countersign_error countersign_verify(const countersign_verifier *verifier, const countersign_request *request,
                                     int64_t now, countersign_verified *result);

/* Wipes and frees what a result holds. */
void countersign_verified_free(countersign_verified *result);

#ifdef __cplusplus
}
#endif

#endif
