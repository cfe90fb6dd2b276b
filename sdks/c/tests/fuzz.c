/* Bounded, and the same on every run: requests made of random parts, and mutations of signed ones. */
#include "check.h"

#define NOON INT64_C(1136214245) /* 2006-01-02 15:04:05 */
#define HEADERS_MAX 16
#define VALUE_BYTES_MAX 80

static uint64_t random_state = UINT64_C(0x9e3779b97f4a7c15);

/* A number below `limit`, by xorshift. */
static size_t draw(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % limit);
}

static text draw_piece(void)
{
    static const text pieces[] = {
        LITERAL("/"),    LITERAL("?"),   LITERAL("&"),        LITERAL("="),          LITERAL("%"), LITERAL("%2"),
        LITERAL("%2f"),  LITERAL("%41"), LITERAL("%00"),      LITERAL("+"),          LITERAL("a"), LITERAL("B"),
        LITERAL("~"),    LITERAL("10"),  LITERAL("9"),        LITERAL("..//"),       LITERAL("|"), LITERAL("\xc3\xa9"),
        LITERAL("\xff"), LITERAL(";"),   LITERAL(",Access="), LITERAL("x-sdk-date"), LITERAL(":"), LITERAL("#"),
    };
    return pieces[draw(sizeof pieces / sizeof *pieces)];
}

/* Pieces after each other, of at most `bytes_max` bytes. */
static text draw_text(char *room, size_t bytes_max, text start)
{
    writer out = {room, room + bytes_max, false};
    put(&out, start);
    for (size_t count = draw(12); count > 0; count--)
        put(&out, draw_piece());
    return since(&out, room);
}

/* A request that holds its own texts. */
typedef struct letter {
    countersign_request request;
    countersign_header headers[HEADERS_MAX];
    char names[HEADERS_MAX][16];
    char values[HEADERS_MAX][VALUE_BYTES_MAX];
    char target[200];
    char body[100];
} letter;

static void draw_letter(letter *drawn)
{
    static const text methods[] = {LITERAL("GET"), LITERAL("POST"), LITERAL("PUT"), LITERAL("DELETE")};
    drawn->request = (countersign_request){.method = methods[draw(4)], .headers = drawn->headers};
    drawn->request.target = draw_text(drawn->target, sizeof drawn->target, TEXT("/"));
    drawn->request.body = draw_text(drawn->body, sizeof drawn->body, TEXT(""));
    drawn->request.payload = draw(4) == 0 ? COUNTERSIGN_PAYLOAD_UNSIGNED : COUNTERSIGN_PAYLOAD_BODY;
    drawn->headers[0] = countersign_header_of("Host", "h.example.com:8080");
    size_t count = 1 + draw(6);
    for (size_t i = 1; i < count; i++) {
        snprintf(drawn->names[i], sizeof drawn->names[i], "X-%c%zu", (char)('A' + draw(4)), draw(3));
        drawn->headers[i].name = countersign_text_of(drawn->names[i]);
        drawn->headers[i].value = draw_text(drawn->values[i], VALUE_BYTES_MAX, draw(2) == 0 ? TEXT(" ") : TEXT(""));
    }
    drawn->request.header_count = count;
}

static const char *const all_algorithms[] = {COUNTERSIGN_SDK_HMAC_SHA256, COUNTERSIGN_V11_HMAC_SHA256,
                                             COUNTERSIGN_SDK_HMAC_SM3};

static countersign_signer *signers[3];
static countersign_verifier *verifier;

static void make_all(void)
{
    static const countersign_key key = {"AccessKey", "SecretKey"};
    for (size_t i = 0; i < 3; i++)
        CHECK(countersign_signer_create(
                  &(countersign_signer_options){
                      .access_key = "AccessKey",
                      .secret_key = "SecretKey",
                      .security_token = "token",
                      .algorithm = all_algorithms[i],
                      .region = "r",
                      .service = "s",
                  },
                  &signers[i]) == COUNTERSIGN_OK);
    countersign_verifier_options options = {
        .keys = &key, .key_count = 1, .algorithms = all_algorithms, .algorithm_count = 3};
    CHECK(countersign_verifier_create(&options, &verifier) == COUNTERSIGN_OK);
}

static void free_all(void)
{
    for (size_t i = 0; i < 3; i++)
        countersign_signer_free(signers[i]);
    countersign_verifier_free(verifier);
}

static error verdict_on(const countersign_request *request)
{
    countersign_verified result;
    error verdict = countersign_verify(verifier, request, NOON, &result);
    CHECK((verdict == COUNTERSIGN_OK) == (result.access_key.size > 0));
    CHECK(verdict != COUNTERSIGN_OUT_OF_MEMORY);
    countersign_verified_free(&result);
    return verdict;
}

/* Signs a letter, and adds the headers to it. */
static void draw_signed(letter *drawn, countersign_signed *added)
{
    draw_letter(drawn);
    CHECK(countersign_explain(signers[draw(3)], &drawn->request, NOON, added) == COUNTERSIGN_OK);
    for (size_t i = 0; i < added->header_count; i++)
        drawn->headers[drawn->request.header_count++] = added->headers[i];
}

static void whatever_can_be_signed_is_verified(void)
{
    for (int round = 0; round < 20000; round++) {
        letter drawn;
        countersign_signed added;
        draw_signed(&drawn, &added);
        CHECK(verdict_on(&drawn.request) == COUNTERSIGN_OK);
        drawn.request.method = TEXT("PATCH");
        CHECK(verdict_on(&drawn.request) == COUNTERSIGN_MISMATCH);
        countersign_signed_free(&added);
    }
}

/* Changes, drops, doubles or inserts a byte. */
static text mutate(char *room, size_t bytes_max, text from)
{
    writer out = {room, room + bytes_max, false};
    size_t place = from.size == 0 ? 0 : draw(from.size);
    put(&out, (text){from.data, place});
    size_t kind = draw(4);
    if (kind != 0)
        put_byte(&out, (char)draw(256));
    if (kind == 1)
        put(&out, draw_piece());
    size_t skipped = from.size == 0 ? 0 : place + (kind < 3);
    put(&out, (text){from.data + skipped, from.size - skipped});
    return since(&out, room);
}

static void no_mutation_of_a_request_breaks_the_verifier(void)
{
    char room[1024], target[512];
    size_t accepted = 0;
    for (int round = 0; round < 60000; round++) {
        letter drawn;
        countersign_signed added;
        draw_signed(&drawn, &added);
        countersign_header *changed = &drawn.headers[draw(drawn.request.header_count)];
        switch (draw(4)) {
        case 0:
            changed->name = mutate(room, sizeof room, changed->name);
            break;
        case 1:
            drawn.request.target = mutate(target, sizeof target, drawn.request.target);
            break;
        default:
            changed->value = mutate(room, sizeof room, changed->value);
        }
        accepted += verdict_on(&drawn.request) == COUNTERSIGN_OK;
        countersign_signed_free(&added);
    }
    /* Some mean the same: a name in another case, an empty piece of the query, a blank. */
    CHECK(accepted > 0 && accepted < 6000);
}

static void no_request_breaks_the_signer(void)
{
    char room[1024], target[512], message[512];
    for (int round = 0; round < 30000; round++) {
        letter drawn;
        countersign_signed result;
        draw_letter(&drawn);
        countersign_header *changed = &drawn.headers[draw(drawn.request.header_count)];
        if (draw(2) == 0)
            changed->name = mutate(room, sizeof room, changed->name);
        else
            changed->value = mutate(room, sizeof room, changed->value);
        drawn.request.target = mutate(target, sizeof target, drawn.request.target);
        drawn.request.method = mutate(message, sizeof message, drawn.request.method);
        error refusal = countersign_sign(signers[draw(3)], &drawn.request, NOON, &result);
        CHECK((refusal == COUNTERSIGN_OK) == (result.header_count > 0));
        CHECK(refusal != COUNTERSIGN_OUT_OF_MEMORY);
        countersign_signed_free(&result);
    }
}

static void no_message_breaks_the_difference(void)
{
    char shown[2048], mutated[2048], sentence[512];
    for (int round = 0; round < 20000; round++) {
        letter drawn;
        countersign_signed added;
        draw_signed(&drawn, &added);
        writer out = {shown, shown + sizeof shown, false};
        put(&out, TEXT("fail, canonicalRequest:"));
        for (size_t i = 0; i < added.canonical_request.size; i++)
            put_byte(&out, added.canonical_request.data[i] == '\n' ? '|' : added.canonical_request.data[i]);
        text message = since(&out, shown);
        countersign_difference(message, added.canonical_request, sentence, sizeof sentence);
        CHECK(strncmp(sentence, "no part differs", 15) == 0);
        countersign_difference(mutate(mutated, sizeof mutated, message), added.canonical_request, sentence,
                               1 + draw(sizeof sentence));
        CHECK(memchr(sentence, '\0', sizeof sentence) != NULL);
        countersign_difference(message, mutate(mutated, sizeof mutated, added.canonical_request), sentence,
                               sizeof sentence);
        countersign_signed_free(&added);
    }
}

int main(void)
{
    make_all();
    RUN(whatever_can_be_signed_is_verified);
    RUN(no_mutation_of_a_request_breaks_the_verifier);
    RUN(no_request_breaks_the_signer);
    RUN(no_message_breaks_the_difference);
    free_all();
    return 0;
}
