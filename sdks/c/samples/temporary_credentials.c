/* Signs with temporary credentials, which come with a security token. */
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
            .security_token = getenv("COUNTERSIGN_SECURITY_TOKEN"), /* sent and signed as X-Security-Token */
            .project_id = getenv("COUNTERSIGN_PROJECT_ID"),         /* sent and signed as X-Project-Id */
        },
        &signer);
    if (error != COUNTERSIGN_OK)
        return fail(countersign_error_message(error));

    countersign_curl client = {.signer = signer};
    countersign_curl_request request = {.method = "GET", .url = getenv("COUNTERSIGN_URL")};
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
