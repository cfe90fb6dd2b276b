/* Calls an API of a gateway with the key and secret of an app. */
#include "countersign_curl.h"

#include <stdio.h>
#include <stdlib.h>

static int fail(const char *message)
{
    fprintf(stderr, "%s\n", message);
    return 1;
}

int main(void)
{
    countersign_signer *signer;
    countersign_error error = countersign_signer_create(
        &(countersign_signer_options){
            .access_key = getenv("COUNTERSIGN_ACCESS_KEY"), /* AppKey */
            .secret_key = getenv("COUNTERSIGN_SECRET_KEY"), /* AppSecret */
        },
        &signer);
    if (error != COUNTERSIGN_OK)
        return fail(countersign_error_message(error));

    /* The group's domain, when the URL holds an address. */
    const char *host = getenv("COUNTERSIGN_HOST");
    countersign_curl client = {.signer = signer, .correct_clock = true};
    countersign_header headers[] = {countersign_header_of("Host", host)};
    countersign_curl_request request = {
        .method = "GET",
        .url = getenv("COUNTERSIGN_URL"),
        .headers = headers,
        .header_count = host == NULL ? 0 : 1,
    };
    CURL *handle = curl_easy_init();
    countersign_curl_result result;
    long status = 0;
    error = countersign_curl_perform(&client, handle, &request, &result); /* prints the body */
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    printf("\n%ld %s\n", status, result.message);

    curl_easy_cleanup(handle);
    countersign_signer_free(signer);
    return error == COUNTERSIGN_OK && status / 100 == 2 ? 0 : 1;
}
