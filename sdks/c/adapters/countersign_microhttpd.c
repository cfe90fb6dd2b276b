#include "countersign_microhttpd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY_BYTES_MAX_DEFAULT (12u * 1024 * 1024)
#define BODY_BYTES_FIRST 4096

/* What is gathered of one request. */
typedef struct state {
    char *target;
    char *body;
    size_t body_bytes;
    size_t body_room;
    bool is_begun;
    bool is_too_long;
} state;

static size_t body_bytes_max(const countersign_guard *guard)
{
    return guard->body_bytes_max != 0 ? guard->body_bytes_max : BODY_BYTES_MAX_DEFAULT;
}

void *countersign_guard_open(void *guard, const char *uri, struct MHD_Connection *connection)
{
    (void)guard;
    (void)connection;
    size_t bytes = strlen(uri) + 1;
    state *opened = calloc(1, sizeof *opened);
    char *target = malloc(bytes);
    if (opened == NULL || target == NULL) {
        free(opened);
        free(target);
        return NULL;
    }
    memcpy(target, uri, bytes);
    opened->target = target;
    return opened;
}

void countersign_guard_close(void *guard, struct MHD_Connection *connection, void **closed,
                             enum MHD_RequestTerminationCode code)
{
    (void)guard;
    (void)connection;
    (void)code;
    state *gathered = *closed;
    *closed = NULL;
    if (gathered == NULL)
        return;
    free(gathered->target);
    free(gathered->body);
    free(gathered);
}

static unsigned status_of(countersign_error error)
{
    switch (error) {
    case COUNTERSIGN_BODY_TOO_LONG:
        return MHD_HTTP_CONTENT_TOO_LARGE;
    case COUNTERSIGN_BODY_INCOMPLETE:
        return MHD_HTTP_BAD_REQUEST;
    case COUNTERSIGN_OUT_OF_MEMORY:
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    default:
        return MHD_HTTP_UNAUTHORIZED;
    }
}

/* Messages are visible ASCII, so that quotes and backslashes are all there is to escape. */
static void escape(char *out, const char *message)
{
    for (; *message != '\0'; message++) {
        if (*message == '"' || *message == '\\')
            *out++ = '\\';
        *out++ = *message;
    }
    *out = '\0';
}

static enum MHD_Result refuse(struct MHD_Connection *connection, countersign_error error, const char *message)
{
    char escaped[2 * COUNTERSIGN_MESSAGE_BYTES_MAX], body[sizeof escaped + 128];
    escape(escaped, message);
    int bytes = snprintf(body, sizeof body, "{\"error_code\": \"%s\", \"error_msg\": \"%s\"}",
                         countersign_error_name(error), escaped);
    struct MHD_Response *response = MHD_create_response_from_buffer((size_t)bytes, body, MHD_RESPMEM_MUST_COPY);
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    enum MHD_Result result = MHD_queue_response(connection, status_of(error), response);
    MHD_destroy_response(response);
    return result;
}

/* Whether the announced length already is too much. */
static bool announces_too_much(const countersign_guard *guard, struct MHD_Connection *connection)
{
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length != NULL && strtoull(length, NULL, 10) > body_bytes_max(guard);
}

/* Adds to the body, which never outgrows its bound. False without memory. */
static bool gather(state *gathered, size_t bytes_max, const char *data, size_t bytes)
{
    gathered->is_too_long |= bytes > bytes_max - gathered->body_bytes;
    if (gathered->is_too_long)
        return true;
    size_t needed = gathered->body_bytes + bytes;
    if (needed > gathered->body_room) {
        size_t room = gathered->body_room != 0 ? gathered->body_room : BODY_BYTES_FIRST;
        while (room < needed)
            room = room > bytes_max / 2 ? bytes_max : room * 2;
        char *longer = realloc(gathered->body, room);
        if (longer == NULL)
            return false;
        gathered->body = longer;
        gathered->body_room = room;
    }
    memcpy(gathered->body + gathered->body_bytes, data, bytes);
    gathered->body_bytes = needed;
    return true;
}

/* The header lines of a request. */
typedef struct lines {
    countersign_header *headers;
    size_t count;
} lines;

static enum MHD_Result add_line(void *context, enum MHD_ValueKind kind, const char *name, size_t name_bytes,
                                const char *value, size_t value_bytes)
{
    (void)kind;
    lines *all = context;
    all->headers[all->count++] = (countersign_header){{name, name_bytes}, {value, value_bytes}};
    return MHD_YES;
}

static bool read_lines(struct MHD_Connection *connection, lines *all)
{
    int count = MHD_get_connection_values_n(connection, MHD_HEADER_KIND, NULL, NULL);
    *all = (lines){calloc((size_t)(count > 0 ? count : 0) + 1, sizeof *all->headers), 0};
    if (all->headers != NULL)
        MHD_get_connection_values_n(connection, MHD_HEADER_KIND, add_line, all);
    return all->headers != NULL;
}

/* Verifies a complete request, and lets it through or refuses it. */
static enum MHD_Result decide(const countersign_guard *guard, struct MHD_Connection *connection, const char *method,
                              const state *gathered)
{
    lines all;
    if (!read_lines(connection, &all))
        return MHD_NO;
    countersign_text body = {gathered->body, gathered->body_bytes};
    countersign_request request = {
        .method = countersign_text_of(method),
        .target = countersign_text_of(gathered->target),
        .headers = all.headers,
        .header_count = all.count,
        .body = body,
    };
    countersign_verified verified;
    countersign_error error = countersign_verify(guard->verifier, &request, COUNTERSIGN_NOW, &verified);
    countersign_guarded passed = {verified.access_key.data, method, gathered->target, body};
    enum MHD_Result result = error == COUNTERSIGN_OK ? guard->handle(guard->context, connection, &passed)
                                                     : refuse(connection, error, verified.message);
    countersign_verified_free(&verified);
    free(all.headers);
    return result;
}

enum MHD_Result countersign_guard_access(void *closure, struct MHD_Connection *connection, const char *url,
                                         const char *method, const char *version, const char *upload_data,
                                         size_t *upload_data_size, void **opened)
{
    (void)url;
    (void)version;
    const countersign_guard *guard = closure;
    state *gathered = *opened;
    if (gathered == NULL)
        return MHD_NO;
    bool is_first = !gathered->is_begun;
    gathered->is_begun = true;
    if (is_first && announces_too_much(guard, connection))
        return refuse(connection, COUNTERSIGN_BODY_TOO_LONG, countersign_error_message(COUNTERSIGN_BODY_TOO_LONG));
    if (is_first)
        return MHD_YES;
    if (*upload_data_size > 0) {
        size_t bytes = *upload_data_size;
        *upload_data_size = 0;
        return gather(gathered, body_bytes_max(guard), upload_data, bytes) ? MHD_YES : MHD_NO;
    }
    if (gathered->is_too_long)
        return refuse(connection, COUNTERSIGN_BODY_TOO_LONG, countersign_error_message(COUNTERSIGN_BODY_TOO_LONG));
    return decide(guard, connection, method, gathered);
}
