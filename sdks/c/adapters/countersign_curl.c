#include "countersign_curl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SKEW_SECONDS_MAX 900
#define UNAUTHORIZED 401

static countersign_error refuse(countersign_curl_result *result, countersign_error error)
{
    snprintf(result->message, sizeof result->message, "%s", countersign_error_message(error));
    return error;
}

/* The authority of a URL without user and password, and its path and query as they stand there. */
static bool split_url(const char *url, countersign_text *authority, countersign_text *target)
{
    const char *start = url == NULL ? NULL : strstr(url, "://");
    if (start == NULL)
        return false;
    start += 3;
    const char *end = start + strcspn(start, "/?#");
    for (const char *at = start; at < end; at++)
        if (*at == '@')
            start = at + 1;
    *authority = (countersign_text){start, (size_t)(end - start)};
    *target = (countersign_text){end, strcspn(end, "#")};
    return authority->size > 0;
}

static char *copy(char *out, countersign_text text)
{
    if (text.size > 0)
        memcpy(out, text.data, text.size);
    out[text.size] = '\0';
    return out + text.size;
}

/* A target as it is sent: an empty path is "/". To be freed. */
static char *whole_target(countersign_text target)
{
    bool has_path = target.size > 0 && target.data[0] == '/';
    char *whole = malloc(target.size + 2);
    if (whole != NULL)
        copy(copy(whole, countersign_text_of(has_path ? "" : "/")), target);
    return whole;
}

static bool is_named(const countersign_header *header, const char *name)
{
    return header->name.size == strlen(name) && curl_strnequal(header->name.data, name, header->name.size);
}

static bool has_header(const countersign_curl_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (is_named(&request->headers[i], name))
            return true;
    return false;
}

static bool is_blank(countersign_text value)
{
    size_t blanks = 0;
    while (blanks < value.size && (value.data[blanks] == ' ' || value.data[blanks] == '\t'))
        blanks++;
    return blanks == value.size;
}

/* Appends a line. libcurl sends a header without value only if its name ends in a semicolon. */
static bool append(struct curl_slist **list, countersign_header header)
{
    char *line = malloc(header.name.size + header.value.size + 3);
    if (line == NULL)
        return false;
    char *end = copy(line, header.name);
    if (is_blank(header.value))
        copy(end, countersign_text_of(";"));
    else
        copy(copy(end, countersign_text_of(": ")), header.value);
    struct curl_slist *longer = curl_slist_append(*list, line);
    free(line);
    *list = longer != NULL ? longer : *list;
    return longer != NULL;
}

/* Leaves out headers that libcurl would add by itself, unsigned. */
static bool append_omissions(struct curl_slist **list, const countersign_curl_request *request)
{
    static const char *const lines[][2] = {{"Content-Type", "Content-Type:"}, {"Expect", "Expect:"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (has_header(request, lines[i][0]))
            continue;
        struct curl_slist *longer = curl_slist_append(*list, lines[i][1]);
        if (longer == NULL)
            return false;
        *list = longer;
    }
    return true;
}

static bool append_all(struct curl_slist **list, const countersign_curl_request *request,
                       const countersign_header *given, size_t given_count, const countersign_signed *added)
{
    bool is_done = append_omissions(list, request);
    for (size_t i = 0; is_done && i < given_count; i++)
        is_done = append(list, given[i]);
    for (size_t i = 0; is_done && i < added->header_count; i++)
        is_done = append(list, added->headers[i]);
    return is_done;
}

/* Signs what was put together; the list is empty unless it is complete. */
static countersign_error sign(const countersign_curl *client, const countersign_curl_request *request,
                              const countersign_request *wire, struct curl_slist **list,
                              countersign_curl_result *result)
{
    countersign_signed added;
    int64_t now = (int64_t)time(NULL) + client->clock_offset_seconds;
    countersign_error error = countersign_sign(client->signer, wire, now, &added);
    snprintf(result->message, sizeof result->message, "%s", added.message);
    if (error == COUNTERSIGN_OK && !append_all(list, request, wire->headers, wire->header_count, &added)) {
        curl_slist_free_all(*list);
        *list = NULL;
        error = refuse(result, COUNTERSIGN_OUT_OF_MEMORY);
    }
    countersign_signed_free(&added);
    return error;
}

countersign_error countersign_curl_headers(const countersign_curl *client, const countersign_curl_request *request,
                                           struct curl_slist **headers, countersign_curl_result *result)
{
    countersign_text authority, rest;
    *result = (countersign_curl_result){.code = CURLE_OK};
    *headers = NULL;
    if (!split_url(request->url, &authority, &rest))
        return refuse(result, COUNTERSIGN_BAD_TARGET);
    char *target = whole_target(rest);
    countersign_header *given = calloc(request->header_count + 1, sizeof *given);
    countersign_error error = COUNTERSIGN_OUT_OF_MEMORY;
    if (target != NULL && given != NULL) {
        size_t count = 0;
        if (!has_header(request, "Host"))
            given[count++] = (countersign_header){countersign_text_of("Host"), authority};
        for (size_t i = 0; i < request->header_count; i++)
            given[count++] = request->headers[i];
        countersign_request wire = {
            .method = countersign_text_of(request->method),
            .target = countersign_text_of(target),
            .headers = given,
            .header_count = count,
            .body = request->body,
            .payload = request->payload,
        };
        error = sign(client, request, &wire, headers, result);
    } else {
        refuse(result, error);
    }
    free(target);
    free(given);
    return error;
}

/* Methods whose requests have a length even if there is no body. */
static bool has_length(const countersign_curl_request *request)
{
    static const char *const methods[] = {"POST", "PUT", "PATCH"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(request->method, methods[i]) == 0)
            return true;
    return request->body.size > 0;
}

static void set_body(CURL *handle, const countersign_curl_request *request)
{
    if (!has_length(request)) {
        curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(handle, CURLOPT_NOBODY, strcmp(request->method, "HEAD") == 0 ? 1L : 0L);
        return;
    }
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request->body.size > 0 ? request->body.data : "");
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
}

/* Sends a signed request once. */
static CURLcode send_once(CURL *handle, const countersign_curl_request *request, struct curl_slist *headers)
{
    countersign_text authority, rest;
    char *target = split_url(request->url, &authority, &rest) ? whole_target(rest) : NULL;
    if (target == NULL)
        return CURLE_OUT_OF_MEMORY;
    set_body(handle, request);
    curl_easy_setopt(handle, CURLOPT_URL, request->url);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(handle, CURLOPT_REQUEST_TARGET, target);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(handle);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, NULL);
    curl_easy_setopt(handle, CURLOPT_REQUEST_TARGET, NULL);
    free(target);
    return code;
}

static countersign_error sign_and_send(const countersign_curl *client, CURL *handle,
                                       const countersign_curl_request *request, countersign_curl_result *result)
{
    struct curl_slist *headers;
    countersign_error error = countersign_curl_headers(client, request, &headers, result);
    if (error != COUNTERSIGN_OK)
        return error;
    result->code = send_once(handle, request, headers);
    if (result->code != CURLE_OK)
        snprintf(result->message, sizeof result->message, "%s", curl_easy_strerror(result->code));
    curl_slist_free_all(headers);
    return error;
}

bool countersign_curl_learn_clock(countersign_curl *client, CURL *handle)
{
    long status = 0;
    struct curl_header *date;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status != UNAUTHORIZED || curl_easy_header(handle, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
        return false;
    int64_t server_time = (int64_t)curl_getdate(date->value, NULL), system_time = (int64_t)time(NULL);
    int64_t distance = server_time - (system_time + client->clock_offset_seconds);
    if (server_time < 0 || (distance <= SKEW_SECONDS_MAX && distance >= -SKEW_SECONDS_MAX))
        return false;
    client->clock_offset_seconds = server_time - system_time;
    return true;
}

countersign_error countersign_curl_perform(countersign_curl *client, CURL *handle,
                                           const countersign_curl_request *request, countersign_curl_result *result)
{
    countersign_error error = sign_and_send(client, handle, request, result);
    bool has_answer = error == COUNTERSIGN_OK && result->code == CURLE_OK;
    if (!has_answer || !client->correct_clock || !countersign_curl_learn_clock(client, handle))
        return error;
    if (request->restart != NULL)
        request->restart(request->context);
    return sign_and_send(client, handle, request, result);
}
