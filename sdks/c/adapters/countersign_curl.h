/*
 * Signs requests of libcurl (7.84 or later).
 *
 *     countersign_curl client = {.signer = signer};
 *     CURL *handle = curl_easy_init();
 *     countersign_curl_request request = {.method = "GET", .url =
 * "https://service.region.example.com/v1/vpcs?limit=2"}; countersign_curl_result result; if
 * (countersign_curl_perform(&client, handle, &request, &result) != COUNTERSIGN_OK) fprintf(stderr, "%s\n",
 * result.message);
 *
 * What is sent is what was signed: path and query stand on the wire as they stand in the URL, Host with the port that
 * stands there. Everything else is the caller's to set on the handle beforehand: where the answer goes, time limits,
 * TLS. Redirects should not be followed, since the signature holds for one target only.
 */
#ifndef COUNTERSIGN_CURL_H
#define COUNTERSIGN_CURL_H

#include "countersign.h"

#include <curl/curl.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Signs what it sends. It may be shared by threads unless it corrects its clock. */
typedef struct countersign_curl {
    const countersign_signer *signer;
    /* What to add to the system's clock. With `correct_clock` it changes. */
    int64_t clock_offset_seconds;
    /* After an answer of 401 whose Date is more than 15 minutes away: learn the difference, and send once again. */
    bool correct_clock;
} countersign_curl;

/* A request. Texts end in NUL. */
typedef struct countersign_curl_request {
    /* In upper case. */
    const char *method;
    /* With scheme and authority; already percent-encoded. */
    const char *url;
    /* Further headers. Host among them replaces that of the URL. */
    const countersign_header *headers;
    size_t header_count;
    countersign_text body;
    countersign_payload payload;
    /* Called, if set, before the request is sent once again: what arrived of the first answer is to be dropped. */
    void (*restart)(void *context);
    void *context;
} countersign_curl_request;

/* How it went. */
typedef struct countersign_curl_result {
    /* CURLE_OK if an answer arrived; its status is CURLINFO_RESPONSE_CODE of the handle. */
    CURLcode code;
    /* What is wrong, when it could not be signed or sent; else "". */
    char message[COUNTERSIGN_MESSAGE_BYTES_MAX];
} countersign_curl_result;

/*
 * Signs a request and sends it. Returns COUNTERSIGN_OK when it was signed; whether it was sent, `result->code` tells.
 *
 * Errors: those of countersign_sign, and BAD_TARGET for a URL without scheme and host.
 */
countersign_error countersign_curl_perform(countersign_curl *client, CURL *handle,
                                           const countersign_curl_request *request, countersign_curl_result *result);

/*
 * For those who set up the handle by themselves: the headers to add, with those of the request and Host, as a list for
 * CURLOPT_HTTPHEADER. The list must be freed by curl_slist_free_all. CURLOPT_REQUEST_TARGET must be the target of the
 * URL, because libcurl would otherwise tidy it up.
 */
countersign_error countersign_curl_headers(const countersign_curl *client, const countersign_curl_request *request,
                                           struct curl_slist **headers, countersign_curl_result *result);

/*
 * Looks at the answer that the handle got last. If it is 401 and its Date is more than 15 minutes away from the
 * client's clock, the client's clock is set by it.
 */
bool countersign_curl_learn_clock(countersign_curl *client, CURL *handle);

#ifdef __cplusplus
}
#endif

#endif
