/* Signs a GET and sends it with libcurl, without the adapter. */
#include "countersign.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

/* Adds what the signer returned to the headers that libcurl sends. */
static struct curl_slist *list_of(const char *host, const countersign_signed *added)
{
    char line[4096];
    snprintf(line, sizeof line, "Host: %s", host);
    struct curl_slist *list = curl_slist_append(NULL, line);
    for (size_t i = 0; i < added->header_count; i++) {
        snprintf(line, sizeof line, "%s: %s", added->headers[i].name.data, added->headers[i].value.data);
        list = curl_slist_append(list, line);
    }
    return list;
}

static int fail(const char *message)
{
    fprintf(stderr, "%s\n", message);
    return 1;
}

int main(void)
{
    const char *url = getenv("COUNTERSIGN_URL"); /* http://host:port/path?query */
    const char *start = url == NULL ? NULL : strstr(url, "://");
    if (start == NULL)
        return fail("set COUNTERSIGN_URL to a URL");
    char host[256];
    snprintf(host, sizeof host, "%.*s", (int)strcspn(start + 3, "/"), start + 3);
    const char *target = start + 3 + strlen(host);

    countersign_signer *signer;
    countersign_error error = countersign_signer_create(
        &(countersign_signer_options){
            .access_key = getenv("COUNTERSIGN_ACCESS_KEY"),
            .secret_key = getenv("COUNTERSIGN_SECRET_KEY"),
        },
        &signer);
    if (error != COUNTERSIGN_OK)
        return fail(countersign_error_message(error));

    countersign_header headers[] = {countersign_header_of("Host", host)};
    countersign_request request = {
        .method = countersign_text_of("GET"),
        .target = countersign_text_of(target),
        .headers = headers,
        .header_count = 1,
    };
    countersign_signed added;
    error = countersign_sign(signer, &request, COUNTERSIGN_NOW, &added);
    if (error != COUNTERSIGN_OK)
        return fail(added.message);

    CURL *handle = curl_easy_init();
    struct curl_slist *list = list_of(host, &added);
    curl_easy_setopt(handle, CURLOPT_URL, url);
    curl_easy_setopt(handle, CURLOPT_REQUEST_TARGET, target);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
    long status = 0;
    CURLcode code = curl_easy_perform(handle); /* prints the body */
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    printf("\n%ld %s\n", status, curl_easy_strerror(code));

    curl_slist_free_all(list);
    curl_easy_cleanup(handle);
    countersign_signed_free(&added);
    countersign_signer_free(signer);
    return status / 100 == 2 ? 0 : 1;
}
