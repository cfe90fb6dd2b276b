/*
 * Guards a backend on GNU libmicrohttpd (0.9.64 or later): lets through what is signed with one of the verifier's keys,
 * and answers everything else with {"error_code": "...", "error_msg": "..."}.
 *
 *     countersign_guard guard = {.verifier = verifier, .handle = handle};
 *     struct MHD_Daemon *daemon =
 *         MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, port, NULL, NULL, countersign_guard_access, &guard,
 *                          COUNTERSIGN_GUARD_OPTIONS(&guard), MHD_OPTION_END);
 *
 * It must stand where path and query still are what the client sent: behind no proxy that rewrites them, or Host.
 */
#ifndef COUNTERSIGN_MICROHTTPD_H
#define COUNTERSIGN_MICROHTTPD_H

#include "countersign.h"

#include <microhttpd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A request that passed. It lives until the handler returns. */
typedef struct countersign_guarded {
    /* Whose request it is. Followed by a NUL. */
    const char *access_key;
    const char *method;
    /* Path and query as they were sent. */
    const char *target;
    countersign_text body;
} countersign_guarded;

/* Answers a request that passed, as an access handler of libmicrohttpd does. */
typedef enum MHD_Result countersign_guard_handle(void *context, struct MHD_Connection *connection,
                                                 const countersign_guarded *request);

/* What is guarded, and how. It must stay as it is while the daemon runs. */
typedef struct countersign_guard {
    const countersign_verifier *verifier;
    countersign_guard_handle *handle;
    void *context;
    /* The longest body in bytes, which is kept in memory until it is verified; 12 MiB if 0. */
    size_t body_bytes_max;
} countersign_guard;

/* The access handler; its closure is a guard. */
enum MHD_Result countersign_guard_access(void *guard, struct MHD_Connection *connection, const char *url,
                                         const char *method, const char *version, const char *upload_data,
                                         size_t *upload_data_size, void **state);

/* Keeps the target before libmicrohttpd decodes it. Set by COUNTERSIGN_GUARD_OPTIONS. */
void *countersign_guard_open(void *guard, const char *uri, struct MHD_Connection *connection);

/* Frees what a request held. Set by COUNTERSIGN_GUARD_OPTIONS. */
void countersign_guard_close(void *guard, struct MHD_Connection *connection, void **state,
                             enum MHD_RequestTerminationCode code);

/* The options that the access handler needs. */
#define COUNTERSIGN_GUARD_OPTIONS(guard)                                                                               \
    MHD_OPTION_URI_LOG_CALLBACK, countersign_guard_open, (guard), MHD_OPTION_NOTIFY_COMPLETED,                         \
        countersign_guard_close, (guard)

#ifdef __cplusplus
}
#endif

#endif
