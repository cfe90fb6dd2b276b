#include "check.h"

static void check_digest(hash_name name, text bytes, const char *expected)
{
    hash function;
    uint8_t digest[DIGEST_BYTES];
    char hex[HEX_DIGITS];
    CHECK(hash_find(&function, name));
    CHECK(hash_digest(&function, bytes, digest));
    write_hex(digest, hex);
    CHECK_TEXT(((text){hex, HEX_DIGITS}), expected);
}

static void sha256_gives_the_digests_of_its_standard(void)
{
    check_digest(HASH_SHA256, TEXT(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest(HASH_SHA256, TEXT("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_digest(HASH_SHA256, TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void sha256_gives_the_digest_of_a_million_letters(void)
{
    size_t bytes = 1000000;
    char *letters = malloc(bytes);
    memset(letters, 'a', bytes);
    check_digest(HASH_SHA256, (text){letters, bytes},
                 "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void sm3_gives_the_digests_of_its_standard(void)
{
    check_digest(HASH_SM3, TEXT(""), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    check_digest(HASH_SM3, TEXT("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    check_digest(HASH_SM3, TEXT("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"),
                 "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

static void a_digest_does_not_depend_on_the_pieces(void)
{
    char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (hash_name name = HASH_SHA256; name < HASH_COUNT; name++) {
        hash function;
        CHECK(hash_find(&function, name));
        for (size_t length = 0; length <= sizeof bytes; length++) {
            uint8_t whole[DIGEST_BYTES], pieces[DIGEST_BYTES];
            hasher state;
            CHECK(hash_digest(&function, (text){bytes, length}, whole));
            size_t first = length * 2 / 3, second = length / 5;
            hasher_start(&state, &function);
            hasher_update(&state, (text){bytes, first - second});
            hasher_update(&state, (text){bytes + first - second, second});
            hasher_update(&state, (text){bytes + first, length - first});
            CHECK(hasher_finish(&state, pieces));
            CHECK(digests_equal(whole, pieces));
        }
    }
}

/* RFC 4231, cases 1, 2 and 6. */
static void authentication_codes_are_those_of_the_standard(void)
{
    char long_key[131], short_key[20];
    memset(long_key, 0xaa, sizeof long_key);
    memset(short_key, 0x0b, sizeof short_key);
    const struct {
        text key, message;
        const char *code;
    } cases[] = {
        {{short_key, sizeof short_key},
         LITERAL("Hi There"),
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {LITERAL("Jefe"), LITERAL("what do ya want for nothing?"),
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {{long_key, sizeof long_key},
         LITERAL("Test Using Larger Than Block-Size Key - Hash Key First"),
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    hash function;
    CHECK(hash_find(&function, HASH_SHA256));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t code[DIGEST_BYTES];
        char hex[HEX_DIGITS];
        hmac_key key;
        hmac_key_start(&key, &function, cases[i].key);
        CHECK(hmac_code(&key, cases[i].message, code));
        hmac_key_release(&key);
        write_hex(code, hex);
        CHECK_TEXT(((text){hex, HEX_DIGITS}), cases[i].code);
    }
}

static void digests_differ_if_any_byte_does(void)
{
    uint8_t one[DIGEST_BYTES] = {0}, other[DIGEST_BYTES] = {0};
    CHECK(digests_equal(one, other));
    for (int i = 0; i < DIGEST_BYTES; i++) {
        other[i] = 0x80;
        CHECK(!digests_equal(one, other));
        other[i] = 0;
    }
}

#ifdef HAS_SHA_INSTRUCTIONS
static void the_processors_instructions_hash_like_plain_code(void)
{
    uint32_t plain[8], fast[8];
    uint8_t blocks[5 * BLOCK_BYTES];
    for (size_t i = 0; i < sizeof blocks; i++)
        blocks[i] = (uint8_t)(i * 37 + 11);
    memcpy(plain, sha256_start, sizeof plain);
    memcpy(fast, sha256_start, sizeof fast);
    sha256_compress(plain, blocks, 5);
    sha256_compress_x86(fast, blocks, 5);
    CHECK(memcmp(plain, fast, sizeof plain) == 0);
}
#endif

int main(void)
{
    RUN(sha256_gives_the_digests_of_its_standard);
    RUN(sha256_gives_the_digest_of_a_million_letters);
    RUN(sm3_gives_the_digests_of_its_standard);
    RUN(a_digest_does_not_depend_on_the_pieces);
    RUN(authentication_codes_are_those_of_the_standard);
    RUN(digests_differ_if_any_byte_does);
#ifdef HAS_SHA_INSTRUCTIONS
    if (has_sha_instructions())
        RUN(the_processors_instructions_hash_like_plain_code);
    else
        puts("  this processor has no instructions to compare with plain code");
#endif
    return 0;
}
