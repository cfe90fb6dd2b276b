/* Signs and verifies what the conformance runner asks for: the protocol of conformance/README.md. */
#define _DEFAULT_SOURCE

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const algorithms[] = {
    COUNTERSIGN_SDK_HMAC_SHA256,
    COUNTERSIGN_V11_HMAC_SHA256,
    COUNTERSIGN_SDK_HMAC_SM3,
};

#define ALGORITHM_COUNT (sizeof algorithms / sizeof *algorithms)

/* Algorithms of the protocol that this library leaves out. */
static const char *const curves[] = {"SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3"};

static const char *curve_of(const char *algorithm)
{
    for (size_t i = 0; algorithm != NULL && i < sizeof curves / sizeof *curves; i++)
        if (strncmp(algorithm, curves[i], strlen(curves[i])) == 0)
            return curves[i];
    return NULL;
}

static int64_t read_now(const cJSON *job)
{
    struct tm date = {0};
    const char *now = string_member(job, "now");
    int count = sscanf(now == NULL ? "" : now, "%4d%2d%2dT%2d%2d%2dZ", &date.tm_year, &date.tm_mon, &date.tm_mday,
                       &date.tm_hour, &date.tm_min, &date.tm_sec);
    date.tm_year -= 1900;
    date.tm_mon -= 1;
    return count == 6 ? (int64_t)timegm(&date) : COUNTERSIGN_NOW;
}

static cJSON *refusal(countersign_error error, const char *message, const char *curve)
{
    cJSON *answer = cJSON_CreateObject();
    if (error == COUNTERSIGN_UNSUPPORTED_ALGORITHM && curve != NULL) {
        cJSON_AddStringToObject(answer, "unsupported", curve);
        return answer;
    }
    cJSON_AddStringToObject(answer, "error", countersign_error_name(error));
    cJSON_AddStringToObject(answer, "message", message);
    return answer;
}

static cJSON *describe(void)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "name", "countersign-c");
    cJSON_AddStringToObject(answer, "version", COUNTERSIGN_VERSION);
    cJSON *verbs = cJSON_AddArrayToObject(answer, "verbs");
    cJSON_AddItemToArray(verbs, cJSON_CreateString("sign"));
    cJSON_AddItemToArray(verbs, cJSON_CreateString("verify"));
    cJSON *names = cJSON_AddArrayToObject(answer, "algorithms");
    for (size_t i = 0; i < ALGORITHM_COUNT; i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(algorithms[i]));
    return answer;
}

static cJSON *signed_answer(const countersign_signed *result)
{
    cJSON *answer = cJSON_CreateObject(), *headers = cJSON_AddArrayToObject(answer, "headers");
    for (size_t i = 0; i < result->header_count; i++) {
        cJSON *line = cJSON_CreateArray();
        cJSON_AddItemToArray(line, cJSON_CreateString(result->headers[i].name.data));
        cJSON_AddItemToArray(line, cJSON_CreateString(result->headers[i].value.data));
        cJSON_AddItemToArray(headers, line);
    }
    add_text(answer, "canonical_request", result->canonical_request);
    add_text(answer, "string_to_sign", result->string_to_sign);
    return answer;
}

static countersign_error make_signer(const cJSON *job, countersign_signer **signer)
{
    const cJSON *credential = cJSON_GetObjectItem(job, "credential");
    return countersign_signer_create(
        &(countersign_signer_options){
            .access_key = string_member(credential, "access_key"),
            .secret_key = string_member(credential, "secret_key"),
            .security_token = string_member(credential, "security_token"),
            .project_id = string_member(credential, "project_id"),
            .domain_id = string_member(credential, "domain_id"),
            .algorithm = string_member(job, "algorithm"),
            .region = string_member(job, "region"),
            .service = string_member(job, "service"),
        },
        signer);
}

static cJSON *sign(const cJSON *job)
{
    countersign_signer *signer;
    countersign_error error = make_signer(job, &signer);
    if (error != COUNTERSIGN_OK)
        return refusal(error, countersign_error_message(error), curve_of(string_member(job, "algorithm")));
    const cJSON *wire = cJSON_GetObjectItem(job, "request");
    const char *payload = string_member(wire, "payload");
    countersign_request request = {
        .method = text_member(wire, "method"),
        .target = text_member(wire, "target"),
        .body = base64_member(wire, "body"),
        .payload = payload != NULL && strcmp(payload, "unsigned") == 0 ? COUNTERSIGN_PAYLOAD_UNSIGNED
                                                                       : COUNTERSIGN_PAYLOAD_BODY,
    };
    countersign_header *headers = headers_member(wire, "headers", utf8_text, &request.header_count);
    request.headers = headers;
    countersign_signed result;
    error = countersign_explain(signer, &request, read_now(job), &result);
    cJSON *answer = error == COUNTERSIGN_OK ? signed_answer(&result) : refusal(error, result.message, NULL);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
    free(headers);
    return answer;
}

static countersign_error make_verifier(const cJSON *job, countersign_verifier **verifier)
{
    const cJSON *list = cJSON_GetObjectItem(job, "keys"), *pair;
    countersign_key *keys = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *keys);
    countersign_verifier_options options = {.keys = keys, .algorithms = algorithms, .algorithm_count = ALGORITHM_COUNT};
    cJSON_ArrayForEach(pair, list)
    {
        keys[options.key_count++] =
            (countersign_key){string_member(pair, "access_key"), string_member(pair, "secret_key")};
    }
    countersign_error error = countersign_verifier_create(&options, verifier);
    free(keys);
    return error;
}

/* The algorithm that the Authorization header names, if this library leaves it out. */
static const char *curve_named(const countersign_request *request)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (curve_of(request->headers[i].value.data) != NULL)
            return curve_of(request->headers[i].value.data);
    return NULL;
}

static cJSON *verify(const cJSON *job)
{
    countersign_verifier *verifier;
    countersign_error error = make_verifier(job, &verifier);
    if (error != COUNTERSIGN_OK)
        return refusal(error, countersign_error_message(error), NULL);
    const cJSON *wire = cJSON_GetObjectItem(job, "request");
    countersign_request request = {
        .method = latin1_member(wire, "method"),
        .target = latin1_member(wire, "target"),
        .body = base64_member(wire, "body"),
    };
    countersign_header *headers = headers_member(wire, "headers", latin1_text, &request.header_count);
    request.headers = headers;
    countersign_verified result;
    error = countersign_verify(verifier, &request, read_now(job), &result);
    cJSON *answer;
    if (error == COUNTERSIGN_OK) {
        answer = cJSON_CreateObject();
        cJSON_AddStringToObject(answer, "access_key", result.access_key.data);
    } else {
        answer = refusal(error, result.message, curve_named(&request));
    }
    countersign_verified_free(&result);
    countersign_verifier_free(verifier);
    free(headers);
    return answer;
}

static cJSON *answer_to(const cJSON *job)
{
    const char *verb = string_member(job, "do");
    if (verb != NULL && strcmp(verb, "sign") == 0)
        return sign(job);
    if (verb != NULL && strcmp(verb, "verify") == 0)
        return verify(job);
    return describe();
}

int main(void)
{
    char *line = NULL;
    size_t bytes = 0;
    while (read_line(&line, &bytes)) {
        cJSON *job = parse_line(line);
        if (job == NULL) {
            fprintf(stderr, "a line is no JSON: %s\n", line);
            free(line);
            return 1;
        }
        print_line(answer_to(job));
        cJSON_Delete(job);
    }
    free(line);
    return 0;
}
