/* Posts JSON through the adapter of libcurl. */
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
            .access_key = getenv("COUNTERSIGN_ACCESS_KEY"),
            .secret_key = getenv("COUNTERSIGN_SECRET_KEY"),
        },
        &signer);
    if (error != COUNTERSIGN_OK)
        return fail(countersign_error_message(error));

    countersign_curl client = {.signer = signer, .correct_clock = true};
    countersign_header headers[] = {countersign_header_of("Content-Type", "application/json")};
    countersign_curl_request request = {
        .method = "POST",
        .url = getenv("COUNTERSIGN_URL"),
        .headers = headers,
        .header_count = 1,
        .body = countersign_text_of("{\"name\": \"demo\"}"),
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
