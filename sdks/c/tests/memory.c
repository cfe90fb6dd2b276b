/* The library's allocations come here: they can fail, and what it frees is looked at. */
#include "check.h"

#define BLOCKS_MAX 8

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void __real_free(void *memory);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void __wrap_free(void *memory);

static long allocations_left = -1;
static struct {
    const char *memory;
    size_t bytes;
} blocks[BLOCKS_MAX];
static size_t freed_count;

static bool may_allocate(void)
{
    if (allocations_left == 0)
        return false;
    allocations_left -= allocations_left > 0;
    return true;
}

static void *keep(void *memory, size_t bytes)
{
    size_t i = 0;
    while (i < BLOCKS_MAX && blocks[i].memory != NULL)
        i++;
    CHECK(i < BLOCKS_MAX);
    blocks[i].memory = memory;
    blocks[i].bytes = bytes;
    return memory;
}

void *__wrap_malloc(size_t bytes)
{
    return may_allocate() ? keep(__real_malloc(bytes), bytes) : NULL;
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return may_allocate() ? keep(__real_calloc(count, bytes), count * bytes) : NULL;
}

void __wrap_free(void *memory)
{
    for (size_t i = 0; memory != NULL && i < BLOCKS_MAX; i++) {
        if (blocks[i].memory != memory)
            continue;
        for (size_t j = 0; j < blocks[i].bytes; j++)
            CHECK(blocks[i].memory[j] == '\0');
        blocks[i].memory = NULL;
        freed_count++;
    }
    __real_free(memory);
}

static const countersign_header host = {LITERAL("Host"), LITERAL("h")};
static const countersign_request request = {
    .method = LITERAL("POST"),
    .target = LITERAL("/path?b=2&a=1"),
    .headers = &host,
    .header_count = 1,
    .body = LITERAL("body"),
};

static error make_signer(countersign_signer **signer)
{
    return countersign_signer_create(&(countersign_signer_options){.access_key = "AccessKey",
                                                                   .secret_key = "SecretKey",
                                                                   .security_token = "SecurityToken"},
                                     signer);
}

static error make_verifier(countersign_verifier **verifier)
{
    static const countersign_key key = {"AccessKey", "SecretKey"};
    return countersign_verifier_create(&(countersign_verifier_options){.keys = &key, .key_count = 1}, verifier);
}

/* Signs, verifies what was signed, and refuses it with another body. Ends at the first error. */
static error do_everything(void)
{
    countersign_signer *signer;
    countersign_verifier *verifier = NULL;
    countersign_signed added = {.header_count = 0};
    countersign_verified verified = {.memory = NULL};
    error failure = make_signer(&signer);
    if (failure == COUNTERSIGN_OK)
        failure = make_verifier(&verifier);
    if (failure == COUNTERSIGN_OK)
        failure = countersign_explain(signer, &request, 1000, &added);
    if (failure == COUNTERSIGN_OK) {
        countersign_header headers[COUNTERSIGN_HEADERS_ADDED_MAX + 1] = {host};
        memcpy(headers + 1, added.headers, sizeof added.headers);
        countersign_request sent = request;
        sent.headers = headers;
        sent.header_count = added.header_count + 1;
        failure = countersign_verify(verifier, &sent, 1000, &verified);
        sent.body = TEXT("another body");
        countersign_verified refused;
        if (failure == COUNTERSIGN_OK && countersign_verify(verifier, &sent, 1000, &refused) != COUNTERSIGN_MISMATCH)
            failure = COUNTERSIGN_OUT_OF_MEMORY;
        if (failure == COUNTERSIGN_OK)
            countersign_verified_free(&refused);
    }
    countersign_verified_free(&verified);
    countersign_signed_free(&added);
    countersign_verifier_free(verifier);
    countersign_signer_free(signer);
    return failure;
}

static void all_that_is_freed_has_been_wiped(void)
{
    freed_count = 0;
    CHECK(do_everything() == COUNTERSIGN_OK);
    CHECK(freed_count == 5);
    for (size_t i = 0; i < BLOCKS_MAX; i++)
        CHECK(blocks[i].memory == NULL);
}

static void every_failing_allocation_is_told(void)
{
    long count = 0;
    do {
        allocations_left = count++;
    } while (do_everything() == COUNTERSIGN_OUT_OF_MEMORY);
    allocations_left = -1;
    CHECK(count == 6);
}

static void sizes_are_never_computed_beyond_the_largest(void)
{
    CHECK(plus(1, 2) == 3 && times(2, 3) == 6 && times(0, SIZE_MAX) == 0);
    CHECK(plus(SIZE_MAX, 1) == SIZE_MAX && plus(1, SIZE_MAX) == SIZE_MAX);
    CHECK(times(SIZE_MAX / 2, 3) == SIZE_MAX && times(3, SIZE_MAX / 2) == SIZE_MAX);
}

static void a_write_beyond_the_room_is_left_out_and_remembered(void)
{
    char room[4] = "abcd";
    writer out = {room, room + 3, false};
    put(&out, TEXT("xy"));
    put(&out, TEXT("zz"));
    CHECK(out.is_overrun && memcmp(room, "xycd", 4) == 0);
    put_byte(&out, 'z');
    put_byte(&out, 'z');
    CHECK(memcmp(room, "xyzd", 4) == 0);
}

static void freeing_twice_or_nothing_does_no_harm(void)
{
    countersign_signed added = {.header_count = 0};
    countersign_verified verified = {.memory = NULL};
    countersign_signed_free(&added);
    countersign_signed_free(&added);
    countersign_verified_free(&verified);
    countersign_signer_free(NULL);
    countersign_verifier_free(NULL);
}

int main(void)
{
    RUN(all_that_is_freed_has_been_wiped);
    RUN(every_failing_allocation_is_told);
    RUN(sizes_are_never_computed_beyond_the_largest);
    RUN(a_write_beyond_the_room_is_left_out_and_remembered);
    RUN(freeing_twice_or_nothing_does_no_harm);
    return 0;
}
