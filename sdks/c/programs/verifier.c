/* A backend that answers what is signed with its key, until standard input ends: see sdks/README.md. */
#define _POSIX_C_SOURCE 200809L

#include "adapters/countersign_microhttpd.h"
#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const countersign_guarded *request)
{
    (void)context;
    cJSON *told = cJSON_CreateObject();
    cJSON_AddStringToObject(told, "access_key", request->access_key);
    cJSON_AddNumberToObject(told, "body_bytes", (double)request->body.size);
    char *body = cJSON_PrintUnformatted(told);
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(body), body, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    cJSON_free(body);
    cJSON_Delete(told);
    return result;
}

/* Listens on a free port of 127.0.0.1. */
static struct MHD_Daemon *start(countersign_guard *guard)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, countersign_guard_access, guard,
                            COUNTERSIGN_GUARD_OPTIONS(guard), MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
}

static void wait_for_end_of_input(void)
{
    while (getchar() != EOF)
        continue;
}

int main(void)
{
    countersign_key key = {required_setting("COUNTERSIGN_ACCESS_KEY"), required_setting("COUNTERSIGN_SECRET_KEY")};
    countersign_verifier *verifier;
    countersign_error error =
        countersign_verifier_create(&(countersign_verifier_options){.keys = &key, .key_count = 1}, &verifier);
    if (error != COUNTERSIGN_OK) {
        fprintf(stderr, "%s\n", countersign_error_message(error));
        return 2;
    }
    countersign_guard guard = {.verifier = verifier, .handle = answer};
    struct MHD_Daemon *daemon = start(&guard);
    if (daemon == NULL) {
        perror("cannot listen");
        countersign_verifier_free(verifier);
        return 1;
    }
    printf("listening on 127.0.0.1:%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    wait_for_end_of_input();
    MHD_stop_daemon(daemon);
    countersign_verifier_free(verifier);
    return 0;
}
