/* Sends one job, a line of JSON, through the adapter of libcurl: see sdks/README.md. */
#include "adapters/countersign_curl.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* The body of an answer. */
typedef struct body {
    char *data;
    size_t size;
} body;

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    body *received = context;
    char *longer = realloc(received->data, received->size + size * count + 1);
    if (longer == NULL)
        return 0;
    received->data = longer;
    memcpy(received->data + received->size, data, size * count);
    received->size += size * count;
    return size * count;
}

static void restart(void *context)
{
    ((body *)context)->size = 0;
}

static int fail(const char *message)
{
    fprintf(stderr, "%s\n", message);
    return 1;
}

static int send_job(const cJSON *job, countersign_curl *client, CURL *handle)
{
    body received = {NULL, 0};
    countersign_curl_result result;
    countersign_curl_request request = {
        .method = string_member(job, "method"),
        .url = string_member(job, "url"),
        .body = base64_member(job, "body"),
        .restart = restart,
        .context = &received,
    };
    countersign_header *headers = headers_member(job, "headers", utf8_text, &request.header_count);
    request.headers = headers;
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
    countersign_error error = countersign_curl_perform(client, handle, &request, &result);
    bool is_sent = error == COUNTERSIGN_OK && result.code == CURLE_OK;
    if (is_sent) {
        long status;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        cJSON *answer = cJSON_CreateObject();
        char *encoded = to_base64((countersign_text){received.data, received.size});
        cJSON_AddNumberToObject(answer, "status", (double)status);
        cJSON_AddStringToObject(answer, "body", encoded);
        print_line(answer);
        free(encoded);
    }
    free(headers);
    free(received.data);
    return is_sent ? 0 : fail(result.message);
}

static int run(const cJSON *job)
{
    countersign_signer *signer;
    countersign_error error = countersign_signer_create(
        &(countersign_signer_options){
            .access_key = getenv("COUNTERSIGN_ACCESS_KEY"),
            .secret_key = getenv("COUNTERSIGN_SECRET_KEY"),
            .security_token = getenv("COUNTERSIGN_SECURITY_TOKEN"),
            .project_id = getenv("COUNTERSIGN_PROJECT_ID"),
        },
        &signer);
    if (error != COUNTERSIGN_OK)
        return fail(countersign_error_message(error));
    const cJSON *offset = cJSON_GetObjectItem(job, "clock_offset_seconds");
    countersign_curl client = {
        .signer = signer,
        .clock_offset_seconds = offset == NULL ? 0 : (int64_t)offset->valuedouble,
        .correct_clock = cJSON_IsTrue(cJSON_GetObjectItem(job, "correct_clock")),
    };
    CURL *handle = curl_easy_init();
    int status = handle == NULL ? fail("libcurl gives no handle") : send_job(job, &client, handle);
    curl_easy_cleanup(handle);
    countersign_signer_free(signer);
    return status;
}

int main(void)
{
    char *line = NULL;
    size_t bytes = 0;
    cJSON *job = read_line(&line, &bytes) ? parse_line(line) : NULL;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int status = job == NULL ? fail("give a job as a line of JSON on standard input") : run(job);
    curl_global_cleanup();
    cJSON_Delete(job);
    free(line);
    return status;
}
