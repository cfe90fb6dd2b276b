/*
 * The signing protocol in one file. Sections, each built on those before it:
 *
 *     wiping · hashes · authentication codes · texts · writing · percent-encoding · time · algorithms · errors ·
 *     canonical request · signer · difference · verifier
 *
 * SHA-256 and SM3 are its own; with COUNTERSIGN_OPENSSL defined they are those of OpenSSL 1.1.1 or later.
 */
#include "countersign.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define DIGEST_BYTES 32
#define HEX_DIGITS 64
#define BLOCK_BYTES 64

typedef countersign_text text;
typedef countersign_error error;

/* The text of a string literal, as an initializer and as a value. */
#define LITERAL(literal)                                                                                               \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }
#define TEXT(literal) ((text)LITERAL(literal))

/* ---- Wiping ----------------------------------------------------------------------------------------------------- */

/* Overwrites what may be secret, in a way that the compiler must not leave out. */
static void wipe(void *memory, size_t bytes)
{
    if (memory == NULL)
        return;
#if defined(__GNUC__)
    memset(memory, 0, bytes);
    __asm__ volatile("" : : "r"(memory) : "memory");
#else
    volatile unsigned char *byte = memory;
    while (bytes-- > 0)
        *byte++ = 0;
#endif
}

static void wipe_and_free(void *memory, size_t bytes)
{
    wipe(memory, bytes);
    free(memory);
}

/* ---- Hashes ----------------------------------------------------------------------------------------------------- */

/*
 * Both back ends have the same face: a `hash` is found once, a `hasher` is started or copied, fed, and finished or
 * released. A hasher that failed stays harmless, and finishing it tells.
 */
typedef enum hash_name { HASH_SHA256, HASH_SM3 } hash_name;

#define HASH_COUNT 2

#ifdef COUNTERSIGN_OPENSSL

#include <openssl/evp.h>

typedef struct hash {
    const EVP_MD *digest;
} hash;

/* Without a context it has failed. */
typedef struct hasher {
    EVP_MD_CTX *context;
} hasher;

static void hasher_release(hasher *state)
{
    EVP_MD_CTX_free(state->context);
    state->context = NULL;
}

static void hasher_start(hasher *state, const hash *function)
{
    state->context = EVP_MD_CTX_new();
    if (state->context != NULL && EVP_DigestInit_ex(state->context, function->digest, NULL) != 1)
        hasher_release(state);
}

static void hasher_copy(hasher *state, const hasher *other)
{
    state->context = other->context == NULL ? NULL : EVP_MD_CTX_new();
    if (state->context != NULL && EVP_MD_CTX_copy_ex(state->context, other->context) != 1)
        hasher_release(state);
}

static void hasher_update(hasher *state, text bytes)
{
    if (state->context != NULL && bytes.size > 0 && EVP_DigestUpdate(state->context, bytes.data, bytes.size) != 1)
        hasher_release(state);
}

static bool hasher_finish(hasher *state, uint8_t digest[DIGEST_BYTES])
{
    bool is_done = state->context != NULL && EVP_DigestFinal_ex(state->context, digest, NULL) == 1;
    hasher_release(state);
    return is_done;
}

/* Whether this build of OpenSSL has the hash and lets it be used. */
static bool hash_find(hash *function, hash_name name)
{
    uint8_t digest[DIGEST_BYTES];
    hasher trial;
#ifdef OPENSSL_NO_SM3
    if (name == HASH_SM3)
        return false;
    function->digest = EVP_sha256();
#else
    function->digest = name == HASH_SM3 ? EVP_sm3() : EVP_sha256();
#endif
    hasher_start(&trial, function);
    return hasher_finish(&trial, digest);
}

#else

/* Adds blocks to the state. SHA-256 and SM3 have blocks, state and padding of the same shape. */
typedef void compress(uint32_t state[8], const uint8_t *blocks, size_t block_count);

typedef struct hash {
    compress *compress;
    const uint32_t *start;
} hash;

typedef struct hasher {
    compress *compress;
    uint64_t bytes;
    uint32_t state[8];
    /* The start of a block that is not complete. */
    uint8_t rest[BLOCK_BYTES];
} hasher;

static inline uint32_t rotate_left(uint32_t word, unsigned count)
{
    return word << count | word >> ((32 - count) & 31);
}

static inline uint32_t rotate_right(uint32_t word, unsigned count)
{
    return word >> count | word << (32 - count);
}

static inline uint32_t read_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline void write_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(word >> (24 - 8 * i));
}

static const uint32_t sha256_start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static void sha256_block(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = read_word(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t low = rotate_right(w[i - 15], 7) ^ rotate_right(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t high = rotate_right(w[i - 2], 17) ^ rotate_right(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + low + w[i - 7] + high;
    }
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t high = rotate_right(v[4], 6) ^ rotate_right(v[4], 11) ^ rotate_right(v[4], 25);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t one = v[7] + high + choice + sha256_constants[i] + w[i];
        uint32_t low = rotate_right(v[0], 2) ^ rotate_right(v[0], 13) ^ rotate_right(v[0], 22);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + low + majority;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
    wipe(w, sizeof w);
}

static void sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t block_count)
{
    for (; block_count > 0; block_count--, blocks += BLOCK_BYTES)
        sha256_block(state, blocks);
}

#if defined(__GNUC__) && defined(__x86_64__)
#define HAS_SHA_INSTRUCTIONS

#include <cpuid.h>
#include <immintrin.h>

#define SHA_TARGET __attribute__((target("sha,sse4.1")))

/* The state lies in two registers as the instructions want it: ABEF and CDGH. */
typedef struct sha256_registers {
    __m128i abef;
    __m128i cdgh;
} sha256_registers;

/* Four rounds with the words given. */
SHA_TARGET static inline void sha256_four_rounds(sha256_registers *state, __m128i words, const uint32_t *constants)
{
    __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)constants));
    state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
    state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/* Replaces the four oldest of sixteen words, `w0`, by the four that follow, and does their rounds. */
SHA_TARGET static inline void sha256_next_rounds(sha256_registers *state, __m128i *w0, __m128i w1, __m128i w2,
                                                 __m128i w3, const uint32_t *constants)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*w0, w1), _mm_alignr_epi8(w3, w2, 4));
    *w0 = _mm_sha256msg2_epu32(sum, w3);
    sha256_four_rounds(state, *w0, constants);
}

SHA_TARGET static inline __m128i sha256_first_rounds(sha256_registers *state, const uint8_t *block, int quarter)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i words = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block + quarter), big_endian);
    sha256_four_rounds(state, words, sha256_constants + 4 * quarter);
    return words;
}

SHA_TARGET static void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t block_count)
{
    __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
    sha256_registers now = {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xf0)};
    for (; block_count > 0; block_count--, blocks += BLOCK_BYTES) {
        const sha256_registers before = now;
        __m128i w0 = sha256_first_rounds(&now, blocks, 0), w1 = sha256_first_rounds(&now, blocks, 1);
        __m128i w2 = sha256_first_rounds(&now, blocks, 2), w3 = sha256_first_rounds(&now, blocks, 3);
        for (int round = 16; round < 64; round += 16) {
            sha256_next_rounds(&now, &w0, w1, w2, w3, sha256_constants + round);
            sha256_next_rounds(&now, &w1, w2, w3, w0, sha256_constants + round + 4);
            sha256_next_rounds(&now, &w2, w3, w0, w1, sha256_constants + round + 8);
            sha256_next_rounds(&now, &w3, w0, w1, w2, sha256_constants + round + 12);
        }
        now.abef = _mm_add_epi32(now.abef, before.abef);
        now.cdgh = _mm_add_epi32(now.cdgh, before.cdgh);
    }
    __m128i feba = _mm_shuffle_epi32(now.abef, 0x1b), dchg = _mm_shuffle_epi32(now.cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

static bool has_sha_instructions(void)
{
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_SSE4_1) || !(ecx & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_SHA);
}
#endif

static const uint32_t sm3_start[8] = {
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
};

static void sm3_block(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[68], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = read_word(block + 4 * i);
    for (int i = 16; i < 68; i++) {
        uint32_t mixed = w[i - 16] ^ w[i - 9] ^ rotate_left(w[i - 3], 15);
        mixed ^= rotate_left(mixed, 15) ^ rotate_left(mixed, 23);
        w[i] = mixed ^ rotate_left(w[i - 13], 7) ^ w[i - 6];
    }
    memcpy(v, state, sizeof v);
    for (unsigned i = 0; i < 64; i++) {
        bool is_early = i < 16;
        uint32_t constant = rotate_left(is_early ? 0x79cc4519 : 0x7a879d8a, i % 32);
        uint32_t both = rotate_left(rotate_left(v[0], 12) + v[4] + constant, 7);
        uint32_t majority = (v[0] & v[1]) | (v[0] & v[2]) | (v[1] & v[2]);
        uint32_t choice = (v[4] & v[5]) | (~v[4] & v[6]);
        uint32_t one = (is_early ? v[0] ^ v[1] ^ v[2] : majority) + v[3] + (both ^ rotate_left(v[0], 12));
        uint32_t two = (is_early ? v[4] ^ v[5] ^ v[6] : choice) + v[7] + both + w[i];
        one += w[i] ^ w[i + 4];
        memmove(v + 1, v, 7 * sizeof *v);
        v[0] = one;
        v[2] = rotate_left(v[2], 9);
        v[4] = two ^ rotate_left(two, 9) ^ rotate_left(two, 17);
        v[6] = rotate_left(v[6], 19);
    }
    for (int i = 0; i < 8; i++)
        state[i] ^= v[i];
    wipe(w, sizeof w);
}

static void sm3_compress(uint32_t state[8], const uint8_t *blocks, size_t block_count)
{
    for (; block_count > 0; block_count--, blocks += BLOCK_BYTES)
        sm3_block(state, blocks);
}

static bool hash_find(hash *function, hash_name name)
{
    bool is_sm3 = name == HASH_SM3;
    function->start = is_sm3 ? sm3_start : sha256_start;
    function->compress = is_sm3 ? sm3_compress : sha256_compress;
#ifdef HAS_SHA_INSTRUCTIONS
    if (!is_sm3 && has_sha_instructions())
        function->compress = sha256_compress_x86;
#endif
    return true;
}

static void hasher_start(hasher *state, const hash *function)
{
    state->compress = function->compress;
    state->bytes = 0;
    memcpy(state->state, function->start, sizeof state->state);
}

static void hasher_copy(hasher *state, const hasher *other)
{
    *state = *other;
}

static void hasher_update(hasher *state, text bytes)
{
    size_t held = state->bytes % BLOCK_BYTES;
    state->bytes += bytes.size;
    if (bytes.size == 0)
        return;
    if (held > 0) {
        size_t missing = BLOCK_BYTES - held, taken = bytes.size < missing ? bytes.size : missing;
        memcpy(state->rest + held, bytes.data, taken);
        if (taken < missing)
            return;
        state->compress(state->state, state->rest, 1);
        bytes.data += taken;
        bytes.size -= taken;
    }
    size_t block_count = bytes.size / BLOCK_BYTES, whole = block_count * BLOCK_BYTES;
    state->compress(state->state, (const uint8_t *)bytes.data, block_count);
    memcpy(state->rest, bytes.data + whole, bytes.size - whole);
}

static void hasher_release(hasher *state)
{
    wipe(state, sizeof *state);
}

static bool hasher_finish(hasher *state, uint8_t digest[DIGEST_BYTES])
{
    size_t held = state->bytes % BLOCK_BYTES, block_count = held < BLOCK_BYTES - 8 ? 1 : 2;
    uint8_t padded[2 * BLOCK_BYTES] = {0};
    memcpy(padded, state->rest, held);
    padded[held] = 0x80;
    uint8_t *length = padded + block_count * BLOCK_BYTES - 8;
    write_word(length, (uint32_t)(state->bytes >> 29));
    write_word(length + 4, (uint32_t)(state->bytes << 3));
    state->compress(state->state, padded, block_count);
    for (int i = 0; i < 8; i++)
        write_word(digest + 4 * i, state->state[i]);
    wipe(padded, sizeof padded);
    hasher_release(state);
    return true;
}

#endif

static bool hash_digest(const hash *function, text bytes, uint8_t digest[DIGEST_BYTES])
{
    hasher state;
    hasher_start(&state, function);
    hasher_update(&state, bytes);
    return hasher_finish(&state, digest);
}

/* ---- Authentication codes --------------------------------------------------------------------------------------- */

/* HMAC under one key: the hashers of both passes, with the key already in them. */
typedef struct hmac_key {
    hasher inner;
    hasher outer;
} hmac_key;

static void hmac_key_release(hmac_key *key)
{
    hasher_release(&key->inner);
    hasher_release(&key->outer);
}

static void hmac_key_start(hmac_key *key, const hash *function, text secret)
{
    uint8_t pad[BLOCK_BYTES] = {0};
    hasher_start(&key->inner, function);
    hasher_start(&key->outer, function);
    bool is_usable = true;
    if (secret.size > BLOCK_BYTES)
        is_usable = hash_digest(function, secret, pad);
    else if (secret.size > 0)
        memcpy(pad, secret.data, secret.size);
    for (int i = 0; i < BLOCK_BYTES; i++)
        pad[i] ^= 0x36;
    hasher_update(&key->inner, (text){(const char *)pad, sizeof pad});
    for (int i = 0; i < BLOCK_BYTES; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    hasher_update(&key->outer, (text){(const char *)pad, sizeof pad});
    wipe(pad, sizeof pad);
    if (!is_usable)
        hmac_key_release(key);
}

static bool hmac_code(const hmac_key *key, text message, uint8_t code[DIGEST_BYTES])
{
    hasher inner, outer;
    hasher_copy(&inner, &key->inner);
    hasher_update(&inner, message);
    bool is_done = hasher_finish(&inner, code);
    hasher_copy(&outer, &key->outer);
    hasher_update(&outer, (text){(const char *)code, DIGEST_BYTES});
    return hasher_finish(&outer, code) && is_done;
}

static void write_hex(const uint8_t digest[DIGEST_BYTES], char hex[HEX_DIGITS])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
}

/* Compares in constant time. */
static bool digests_equal(const uint8_t one[DIGEST_BYTES], const uint8_t other[DIGEST_BYTES])
{
    volatile uint8_t difference = 0;
    for (int i = 0; i < DIGEST_BYTES; i++)
        difference |= one[i] ^ other[i];
    return difference == 0;
}

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

/* What a byte may be part of; bytes beyond ASCII are part of none. */
enum { UNRESERVED = 1, TOKEN = 2, SEPARATOR = 4 };

#define U (UNRESERVED | TOKEN)
#define T TOKEN
#define S SEPARATOR
static const uint8_t kinds[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, T, 0, T, T, T, T, T, 0, 0, T, T, 0, U, U, S, /*  !"#$%&'()*+,-./ */
    U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, 0, 0, /* 0123456789:;<=>? */
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* @ABCDEFGHIJKLMNO */
    U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, T, U, /* PQRSTUVWXYZ[\]^_ */
    T, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* `abcdefghijklmno */
    U, U, U, U, U, U, U, U, U, U, U, 0, T, 0, U, 0, /* pqrstuvwxyz{|}~  */
};
#undef U
#undef T
#undef S

static bool is_kind(char byte, int kind)
{
    return (kinds[(unsigned char)byte] & kind) != 0;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_visible(char byte)
{
    return byte > ' ' && byte < 0x7f;
}

/* A token of RFC 9110: a method or a header name. */
static bool is_token(text word)
{
    bool is_clean = word.size > 0;
    for (size_t i = 0; i < word.size; i++)
        is_clean &= is_kind(word.data[i], TOKEN);
    return is_clean;
}

/* Whether a header value breaks no line: it has no control character but the tab. */
static bool is_value(text value)
{
    bool is_clean = true;
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        is_clean &= (byte >= ' ' || byte == '\t') && byte != 0x7f;
    }
    return is_clean;
}

static text trim(text value)
{
    while (value.size > 0 && is_blank(value.data[0])) {
        value.data++;
        value.size--;
    }
    while (value.size > 0 && is_blank(value.data[value.size - 1]))
        value.size--;
    return value;
}

static bool equal(text one, text other)
{
    return one.size == other.size && (one.size == 0 || memcmp(one.data, other.data, one.size) == 0);
}

/* Whether a header name in any case is the given one in lower case. */
static bool is_named(text name, text lower_name)
{
    if (name.size != lower_name.size)
        return false;
    for (size_t i = 0; i < name.size; i++)
        if (lower(name.data[i]) != lower_name.data[i])
            return false;
    return true;
}

static int compare(text one, text other)
{
    size_t common = one.size < other.size ? one.size : other.size;
    int order = common == 0 ? 0 : memcmp(one.data, other.data, common);
    return order != 0 ? order : (one.size > other.size) - (one.size < other.size);
}

static bool has_byte(text bytes, char byte)
{
    return bytes.size > 0 && memchr(bytes.data, byte, bytes.size) != NULL;
}

/* Cuts the text before the first such byte off `*rest`, and the byte with it; everything if there is none. */
static text cut(text *rest, char byte)
{
    const char *end = rest->size == 0 ? NULL : memchr(rest->data, byte, rest->size);
    text piece = {rest->data, end == NULL ? rest->size : (size_t)(end - rest->data)};
    size_t taken = piece.size + (end != NULL);
    *rest = taken == 0 ? *rest : (text){rest->data + taken, rest->size - taken};
    return piece;
}

static bool cut_prefix(text *rest, text prefix)
{
    if (rest->size < prefix.size || memcmp(rest->data, prefix.data, prefix.size) != 0)
        return false;
    *rest = (text){rest->data + prefix.size, rest->size - prefix.size};
    return true;
}

typedef int compare_headers(const void *one, const void *other);

/* Sorts few in place, as they mostly are, and many in bounded time. */
static void sort(countersign_header *headers, size_t count, compare_headers *order)
{
    if (count > 24) {
        qsort(headers, count, sizeof *headers, order);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        countersign_header moved = headers[i];
        size_t place = i;
        for (; place > 0 && order(&headers[place - 1], &moved) > 0; place--)
            headers[place] = headers[place - 1];
        headers[place] = moved;
    }
}

static int by_name_and_value(const void *one, const void *other)
{
    const countersign_header *a = one, *b = other;
    int order = compare(a->name, b->name);
    return order != 0 ? order : compare(a->value, b->value);
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/*
 * Memory of one result: first the header lines it works on, then its texts. Its size is computed beforehand; a write
 * that would exceed it is left out and remembered, so that no mistake in the computation can become one in memory.
 */
typedef struct writer {
    char *at;
    char *end;
    bool is_overrun;
} writer;

static size_t plus(size_t one, size_t other)
{
    return one > SIZE_MAX - other ? SIZE_MAX : one + other;
}

static size_t times(size_t one, size_t other)
{
    return other != 0 && one > SIZE_MAX / other ? SIZE_MAX : one * other;
}

static void put(writer *out, text bytes)
{
    if ((size_t)(out->end - out->at) < bytes.size) {
        out->is_overrun = true;
        return;
    }
    if (bytes.size > 0)
        memcpy(out->at, bytes.data, bytes.size);
    out->at += bytes.size;
}

static void put_byte(writer *out, char byte)
{
    if (out->at < out->end)
        *out->at++ = byte;
    else
        out->is_overrun = true;
}

static void put_hex(writer *out, const uint8_t digest[DIGEST_BYTES])
{
    char hex[HEX_DIGITS];
    write_hex(digest, hex);
    put(out, (text){hex, HEX_DIGITS});
}

static void put_lower(writer *out, text name)
{
    char *start = out->at;
    put(out, name);
    for (; start < out->at; start++)
        *start = lower(*start);
}

/* What was written since a place, which stays what it is. */
static text since(const writer *out, const char *start)
{
    return (text){start, (size_t)(out->at - start)};
}

/* A copy that ends in NUL. */
static text put_copy(writer *out, text bytes)
{
    const char *start = out->at;
    put(out, bytes);
    text copy = since(out, start);
    put_byte(out, '\0');
    return copy;
}

/* Writes text from outside into a message: cut off, with `?` for what is not visible. */
static void quote(char *out, size_t out_bytes, text from)
{
    size_t length = from.size < out_bytes - 1 ? from.size : out_bytes - 1;
    for (size_t i = 0; i < length; i++)
        out[i] = is_visible(from.data[i]) || from.data[i] == ' ' ? from.data[i] : '?';
    out[length] = '\0';
}

#define QUOTE_BYTES_MAX 64

/* ---- Percent-encoding (clause 1.3) ------------------------------------------------------------------------------ */

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char small = lower(digit);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/* Takes the first byte that is meant; a `%` without two hex digits stands for itself. `rest` is not empty. */
static char decode_first(text *rest)
{
    char byte = rest->data[0];
    size_t taken = 1;
    if (byte == '%' && rest->size > 2) {
        int high = hex_value(rest->data[1]), low = hex_value(rest->data[2]);
        if (high >= 0 && low >= 0) {
            byte = (char)(high << 4 | low);
            taken = 3;
        }
    }
    *rest = (text){rest->data + taken, rest->size - taken};
    return byte;
}

/* Writes the bytes decoded once and encoded again; those of `kept` stand as they are. */
static void put_normalized(writer *out, text bytes, int kept)
{
    static const char digits[] = "0123456789ABCDEF";
    while (bytes.size > 0) {
        size_t length = 0;
        while (length < bytes.size && is_kind(bytes.data[length], kept))
            length++;
        put(out, (text){bytes.data, length});
        bytes = (text){bytes.data + length, bytes.size - length};
        if (bytes.size == 0)
            return;
        char byte = decode_first(&bytes);
        if (is_kind(byte, kept)) {
            put_byte(out, byte);
        } else {
            unsigned char code = (unsigned char)byte;
            put(out, (text){(const char[]){'%', digits[code >> 4], digits[code & 15]}, 3});
        }
    }
}

static int compare_decoded(text one, text other)
{
    while (one.size > 0 && other.size > 0) {
        unsigned char a = (unsigned char)decode_first(&one), b = (unsigned char)decode_first(&other);
        if (a != b)
            return a < b ? -1 : 1;
    }
    return (one.size > 0) - (other.size > 0);
}

static int by_decoded_name_and_value(const void *one, const void *other)
{
    const countersign_header *a = one, *b = other;
    int order = compare_decoded(a->name, b->name);
    return order != 0 ? order : compare_decoded(a->value, b->value);
}

/* ---- Time (clause 5.3) ------------------------------------------------------------------------------------------ */

#define DATE_BYTES 16
#define DAY_BYTES 8
#define DAY_SECONDS 86400
#define LAST_SECOND INT64_C(253402300799)
#define SKEW_SECONDS_MAX 900

/* The second that counts: that of the caller, between the years 1970 and 9999, or that of the system. */
static int64_t time_of(int64_t now)
{
    if (now == COUNTERSIGN_NOW)
        now = (int64_t)time(NULL);
    return now < 0 ? 0 : now > LAST_SECOND ? LAST_SECOND : now;
}

/* Days from 1970-01-01 to a day of a year of at least 1970; years begin in March, so that leap days come last. */
static int64_t days_of(int64_t year, int month, int day)
{
    int64_t since_march = (month + 9) % 12, years = year - (month < 3);
    int64_t days = years * 365 + years / 4 - years / 100 + years / 400;
    return days + (since_march * 153 + 2) / 5 + day - 1 - 719468;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static void write_digits(char *out, int64_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
}

/* Writes `yyyyMMddTHHmmssZ` and a NUL. */
static void write_date(int64_t seconds, char out[DATE_BYTES + 1])
{
    int64_t days = seconds / DAY_SECONDS, second = seconds % DAY_SECONDS;
    int64_t year = 1970 + days / 366;
    while (days_of(year + 1, 1, 1) <= days)
        year++;
    int month = 1;
    while (month < 12 && days_of(year, month + 1, 1) <= days)
        month++;
    write_digits(out, year, 4);
    write_digits(out + 4, month, 2);
    write_digits(out + 6, days - days_of(year, month, 1) + 1, 2);
    out[8] = 'T';
    write_digits(out + 9, second / 3600, 2);
    write_digits(out + 11, second / 60 % 60, 2);
    write_digits(out + 13, second % 60, 2);
    out[15] = 'Z';
    out[16] = '\0';
}

static int read_digits(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* Reads what write_date writes: a real instant, or it returns false. */
static bool read_date(text date, int64_t *seconds)
{
    static const char shape[] = "00000000T000000Z";
    if (date.size != DATE_BYTES)
        return false;
    for (int i = 0; i < DATE_BYTES; i++) {
        bool is_digit = date.data[i] >= '0' && date.data[i] <= '9';
        if (shape[i] == '0' ? !is_digit : date.data[i] != shape[i])
            return false;
    }
    int year = read_digits(date.data, 4), month = read_digits(date.data + 4, 2), day = read_digits(date.data + 6, 2);
    int hour = read_digits(date.data + 9, 2), minute = read_digits(date.data + 11, 2);
    int second = read_digits(date.data + 13, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds = days_of(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return true;
}

/* ---- Algorithms (clause 4) -------------------------------------------------------------------------------------- */

typedef struct algorithm {
    text token;
    hash_name hash;
    bool is_scoped;
    /* Known to the grammar, but not signed or accepted by this library. */
    bool is_curve;
} algorithm;

enum { ALGORITHM_COUNT = 5 };

static const algorithm algorithms[ALGORITHM_COUNT] = {
    {LITERAL(COUNTERSIGN_SDK_HMAC_SHA256), HASH_SHA256, false, false},
    {LITERAL(COUNTERSIGN_V11_HMAC_SHA256), HASH_SHA256, true, false},
    {LITERAL(COUNTERSIGN_SDK_HMAC_SM3), HASH_SM3, false, false},
    {LITERAL("SDK-ECDSA-P256-SHA256"), HASH_SHA256, false, true},
    {LITERAL("SDK-SM2-SM3"), HASH_SM3, false, true},
};

static const algorithm *algorithm_find(text token)
{
    for (size_t i = 0; i < ALGORITHM_COUNT; i++)
        if (equal(algorithms[i].token, token))
            return &algorithms[i];
    return NULL;
}

static text content_header(const algorithm *algorithm)
{
    return algorithm->hash == HASH_SM3 ? TEXT("X-Sdk-Content-Sm3") : TEXT("X-Sdk-Content-Sha256");
}

static const text unsigned_payload = LITERAL("UNSIGNED-PAYLOAD");

/*
 * Prepares what a key pair signs with: for an unscoped algorithm the secret, for the scoped one the first half of its
 * derivation, which has no scope in it (clause 4.2).
 */
static bool key_prepare(hmac_key *key, const algorithm *algorithm, const hash *function, text access_key, text secret)
{
    if (!algorithm->is_scoped) {
        hmac_key_start(key, function, secret);
        return true;
    }
    uint8_t extracted[DIGEST_BYTES] = {0};
    hmac_key salt;
    hmac_key_start(&salt, function, access_key);
    bool is_done = hmac_code(&salt, secret, extracted);
    hmac_key_release(&salt);
    hmac_key_start(key, function, (text){(const char *)extracted, DIGEST_BYTES});
    wipe(extracted, sizeof extracted);
    return is_done;
}

/* The code under a prepared key. `info` is the scope followed by the byte 1; it counts for the scoped algorithm. */
static bool key_code(const hmac_key *key, const algorithm *algorithm, const hash *function, text info,
                     text string_to_sign, uint8_t code[DIGEST_BYTES])
{
    if (!algorithm->is_scoped)
        return hmac_code(key, string_to_sign, code);
    uint8_t expanded[DIGEST_BYTES] = {0};
    char hex[HEX_DIGITS];
    hmac_key derived;
    bool is_done = hmac_code(key, info, expanded);
    write_hex(expanded, hex);
    hmac_key_start(&derived, function, (text){hex, HEX_DIGITS});
    is_done = hmac_code(&derived, string_to_sign, code) && is_done;
    hmac_key_release(&derived);
    wipe(expanded, sizeof expanded);
    wipe(hex, sizeof hex);
    return is_done;
}

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    const char *message;
} errors[] = {
    [COUNTERSIGN_OK] = {"Ok", ""},
    [COUNTERSIGN_OUT_OF_MEMORY] = {"OutOfMemory", "there is not enough memory; sign or verify a smaller request"},
    [COUNTERSIGN_MISSING_CREDENTIALS] = {"MissingCredentials",
                                         "access key or secret key is empty; give both, as the console shows them"},
    [COUNTERSIGN_BAD_CREDENTIALS] = {"BadCredentials",
                                     "access key or security token has a character that no header can carry; give "
                                     "them without quotes, blanks and line breaks"},
    [COUNTERSIGN_MISSING_HOST] = {"MissingHost",
                                  "the request has no Host header; add the one that will be sent, with its port"},
    [COUNTERSIGN_BAD_METHOD] = {"BadMethod", "the method is not a token; use one like GET or POST"},
    [COUNTERSIGN_BAD_TARGET] = {"BadTarget",
                                "the target must be path and query as they are sent: with / in front, and blanks and "
                                "control characters percent-encoded"},
    [COUNTERSIGN_BAD_HEADER] = {"BadHeader",
                                "a header cannot be sent; its name must be a token and its value without control "
                                "characters"},
    [COUNTERSIGN_TAKEN_HEADER] = {"TakenHeader", "a header is the signer's to add, or a second Host; leave it out"},
    [COUNTERSIGN_UNSUPPORTED_ALGORITHM] = {"UnsupportedAlgorithm", "the algorithm is not supported or accepted here"},
    [COUNTERSIGN_MISSING_SCOPE] = {"MissingScope", "the algorithm needs a region and a service; set both"},
    [COUNTERSIGN_BAD_SCOPE] = {"BadScope", "region and service must be of A-Z a-z 0-9 - _ and ."},
    [COUNTERSIGN_MISSING_AUTHORIZATION] = {"MissingAuthorization",
                                           "the request has no signature; sign it with a key of this service"},
    [COUNTERSIGN_DUPLICATE_HEADER] = {"DuplicateHeader", "a header that must be single stands more than once"},
    [COUNTERSIGN_MALFORMED_AUTHORIZATION] = {"MalformedAuthorization", "the Authorization header is malformed"},
    [COUNTERSIGN_MISSING_ACCESS_KEY] = {"MissingAccessKey", "Access or Credential is empty in Authorization"},
    [COUNTERSIGN_MISSING_DATE] = {"MissingDate", "the X-Sdk-Date header is missing; send it as it was signed"},
    [COUNTERSIGN_BAD_DATE] = {"BadDate", "the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ"},
    [COUNTERSIGN_EXPIRED] = {"Expired", "the signature is expired; set the signing machine's clock"},
    [COUNTERSIGN_UNKNOWN_KEY] = {"UnknownKey", "the access key is unknown here; sign with a key of this service"},
    [COUNTERSIGN_BAD_CONTENT_HASH] = {"BadContentHash",
                                      "the content hash header is neither a digest nor UNSIGNED-PAYLOAD"},
    [COUNTERSIGN_UNSIGNED_PAYLOAD] = {"UnsignedPayload",
                                      "a signature that leaves the body out is not accepted; sign the body"},
    [COUNTERSIGN_CONTENT_HASH_MISMATCH] = {"ContentHashMismatch", "the body does not match its declared hash"},
    [COUNTERSIGN_MISMATCH] = {"Mismatch", "the signature is not that of this request under this key"},
    [COUNTERSIGN_BODY_TOO_LONG] = {"BodyTooLong", "the body is longer than accepted; send a shorter one"},
    [COUNTERSIGN_BODY_INCOMPLETE] = {"BodyIncomplete", "the body broke off; send all of it"},
};

static bool is_error(error code)
{
    return (size_t)code < sizeof errors / sizeof *errors;
}

const char *countersign_error_name(countersign_error code)
{
    return is_error(code) ? errors[code].name : "Unknown";
}

const char *countersign_error_message(countersign_error code)
{
    return is_error(code) ? errors[code].message : "the error is unknown to this library";
}

/* Refuses with the sentence of the error, or with a better one. */
static error refuse(char message[COUNTERSIGN_MESSAGE_BYTES_MAX], error code, const char *better)
{
    snprintf(message, COUNTERSIGN_MESSAGE_BYTES_MAX, "%s", better != NULL ? better : countersign_error_message(code));
    return code;
}

static error malformed(char message[COUNTERSIGN_MESSAGE_BYTES_MAX], const char *reason)
{
    return refuse(message, COUNTERSIGN_MALFORMED_AUTHORIZATION, reason);
}

/* ---- Canonical request (clause 3) ------------------------------------------------------------------------------- */

/* Path and query of the target, split at the first `?`. */
static void split_target(text target, text *path, text *query)
{
    *query = target;
    *path = cut(query, '?');
}

static size_t pair_count_max(text query)
{
    size_t count = 1;
    for (size_t i = 0; i < query.size; i++)
        count += query.data[i] == '&';
    return count;
}

/* Splits at `&` without empty pieces, each piece at its first `=`; at most pair_count_max(query). */
static size_t read_pairs(text query, countersign_header *pairs)
{
    size_t count = 0;
    while (query.size > 0) {
        text value = cut(&query, '&');
        if (value.size == 0)
            continue;
        pairs[count].name = cut(&value, '=');
        pairs[count].value = value;
        count++;
    }
    return count;
}

/* Writes the lines of method, path and query (3.1, 3.2). `pairs` has room for those of the query. */
static void put_request_line(writer *out, const countersign_request *request, countersign_header *pairs)
{
    text path, query;
    split_target(request->target, &path, &query);
    put(out, request->method);
    put_byte(out, '\n');
    const char *start = out->at;
    put_normalized(out, path, UNRESERVED | SEPARATOR);
    if (out->at == start || out->at[-1] != '/')
        put_byte(out, '/');
    put_byte(out, '\n');
    size_t count = read_pairs(query, pairs);
    sort(pairs, count, by_decoded_name_and_value);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            put_byte(out, '&');
        put_normalized(out, pairs[i].name, UNRESERVED);
        put_byte(out, '=');
        put_normalized(out, pairs[i].value, UNRESERVED);
    }
    put_byte(out, '\n');
}

static void put_line(writer *out, text name, text value)
{
    put(out, name);
    put_byte(out, ':');
    put(out, value);
    put_byte(out, '\n');
}

/* The most bytes that the canonical request, the string to sign and the header of a request can have together. */
static size_t texts_bytes_max(const countersign_request *request, size_t more)
{
    /* Of a target each byte may become three, and each pair gains a `=`. */
    size_t bytes = plus(plus(request->method.size, times(request->target.size, 4)), more);
    for (size_t i = 0; i < request->header_count; i++) {
        const countersign_header *header = &request->headers[i];
        /* The name in lower case, in the block, in the list, and in the list of the Authorization header. */
        bytes = plus(bytes, plus(times(plus(header->name.size, 1), 4), plus(header->value.size, 1)));
    }
    return bytes;
}

/* What surrounds the header lines of a request: separators, digests, dates, keywords and names of added headers. */
#define FIXED_BYTES_MAX 1024

static void put_string_to_sign(writer *out, const algorithm *algorithm, text date, text scope,
                               const uint8_t digest[DIGEST_BYTES])
{
    put(out, algorithm->token);
    put_byte(out, '\n');
    put(out, date);
    put_byte(out, '\n');
    if (algorithm->is_scoped) {
        put(out, scope);
        put_byte(out, '\n');
    }
    put_hex(out, digest);
}

/* ---- Signer (clause 7) ------------------------------------------------------------------------------------------ */

/* Project, domain and token. */
#define IDENTITY_HEADERS_MAX 3

struct countersign_signer {
    const algorithm *algorithm;
    hash hash;
    hmac_key key;
    text access_key;
    /* "/REGION/SERVICE" of a scoped algorithm. */
    text region_service;
    countersign_header identity[IDENTITY_HEADERS_MAX];
    size_t identity_count;
    size_t bytes;
    char texts[];
};

static bool is_present(const char *string)
{
    return string != NULL && string[0] != '\0';
}

/* Whether an access key can stand in the Authorization header; `/` would end it where a scope follows. */
static bool is_access_key(text access_key, bool is_scoped)
{
    for (size_t i = 0; i < access_key.size; i++) {
        char byte = access_key.data[i];
        if (!is_visible(byte) || byte == ',' || (is_scoped && byte == '/'))
            return false;
    }
    return true;
}

static bool is_identity(const char *string)
{
    text value = countersign_text_of(string);
    return !is_present(string) || (is_value(value) && trim(value).size > 0);
}

static bool is_scope_part(const char *string)
{
    for (; *string != '\0'; string++)
        if (!is_kind(*string, UNRESERVED) || *string == '~')
            return false;
    return true;
}

static error check_options(const countersign_signer_options *options, const algorithm *algorithm)
{
    if (!is_present(options->access_key) || !is_present(options->secret_key))
        return COUNTERSIGN_MISSING_CREDENTIALS;
    if (algorithm == NULL || algorithm->is_curve)
        return COUNTERSIGN_UNSUPPORTED_ALGORITHM;
    if (!is_access_key(countersign_text_of(options->access_key), algorithm->is_scoped) ||
        !is_identity(options->security_token))
        return COUNTERSIGN_BAD_CREDENTIALS;
    if (!is_identity(options->project_id) || !is_identity(options->domain_id))
        return COUNTERSIGN_BAD_HEADER;
    if (!algorithm->is_scoped)
        return COUNTERSIGN_OK;
    if (!is_present(options->region) || !is_present(options->service))
        return COUNTERSIGN_MISSING_SCOPE;
    return is_scope_part(options->region) && is_scope_part(options->service) ? COUNTERSIGN_OK : COUNTERSIGN_BAD_SCOPE;
}

static void add_identity(countersign_signer *signer, writer *out, text name, const char *value)
{
    if (is_present(value))
        signer->identity[signer->identity_count++] =
            (countersign_header){name, put_copy(out, countersign_text_of(value))};
}

static void copy_options(countersign_signer *signer, const countersign_signer_options *options)
{
    writer out = {signer->texts, (char *)signer + signer->bytes, false};
    signer->access_key = put_copy(&out, countersign_text_of(options->access_key));
    add_identity(signer, &out, TEXT("X-Project-Id"), options->project_id);
    add_identity(signer, &out, TEXT("X-Domain-Id"), options->domain_id);
    add_identity(signer, &out, TEXT("X-Security-Token"), options->security_token);
    if (signer->algorithm->is_scoped) {
        const char *start = out.at;
        put_byte(&out, '/');
        put(&out, countersign_text_of(options->region));
        put_byte(&out, '/');
        put(&out, countersign_text_of(options->service));
        signer->region_service = since(&out, start);
    }
}

static size_t signer_bytes(const countersign_signer_options *options)
{
    const char *const strings[] = {options->access_key, options->security_token, options->project_id,
                                   options->domain_id,  options->region,         options->service};
    size_t bytes = sizeof(countersign_signer);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        bytes = plus(bytes, plus(countersign_text_of(strings[i]).size, 1));
    return bytes;
}

countersign_error countersign_signer_create(const countersign_signer_options *options, countersign_signer **signer)
{
    const char *token = is_present(options->algorithm) ? options->algorithm : COUNTERSIGN_SDK_HMAC_SHA256;
    const algorithm *algorithm = algorithm_find(countersign_text_of(token));
    *signer = NULL;
    error refusal = check_options(options, algorithm);
    if (refusal != COUNTERSIGN_OK)
        return refusal;
    size_t bytes = signer_bytes(options);
    countersign_signer *made = calloc(1, bytes);
    if (made == NULL)
        return COUNTERSIGN_OUT_OF_MEMORY;
    made->bytes = bytes;
    made->algorithm = algorithm;
    if (!hash_find(&made->hash, algorithm->hash)) {
        free(made);
        return COUNTERSIGN_UNSUPPORTED_ALGORITHM;
    }
    copy_options(made, options);
    text secret = countersign_text_of(options->secret_key);
    if (!key_prepare(&made->key, algorithm, &made->hash, made->access_key, secret)) {
        countersign_signer_free(made);
        return COUNTERSIGN_OUT_OF_MEMORY;
    }
    *signer = made;
    return COUNTERSIGN_OK;
}

void countersign_signer_free(countersign_signer *signer)
{
    if (signer == NULL)
        return;
    hmac_key_release(&signer->key);
    wipe_and_free(signer, signer->bytes);
}

/* Names that intermediaries add, drop or rewrite: a signature over them would not survive the way (7.3). */
static bool is_rewritten(text lower_name)
{
    static const text names[] = {
        LITERAL("connection"),
        LITERAL("content-length"),
        LITERAL("expect"),
        LITERAL("keep-alive"),
        LITERAL("proxy-authenticate"),
        LITERAL("proxy-authorization"),
        LITERAL("proxy-connection"),
        LITERAL("te"),
        LITERAL("trailer"),
        LITERAL("transfer-encoding"),
        LITERAL("upgrade"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (equal(lower_name, names[i]))
            return true;
    return false;
}

/* Names that only the signer may add. */
static bool is_reserved(text lower_name)
{
    return equal(lower_name, TEXT("authorization")) || equal(lower_name, TEXT("x-sdk-date")) ||
           equal(lower_name, TEXT("x-sdk-content-sha256")) || equal(lower_name, TEXT("x-sdk-content-sm3"));
}

/* The header lines to sign, added ones first: names in lower case, values trimmed. */
typedef struct signed_lines {
    countersign_header *lines;
    size_t count;
    size_t added_count;
    bool has_host;
} signed_lines;

static error refuse_header(char *message, error code, text name, const char *advice)
{
    char shown[QUOTE_BYTES_MAX];
    quote(shown, sizeof shown, name);
    snprintf(message, COUNTERSIGN_MESSAGE_BYTES_MAX, "the header \"%s\" %s", shown, advice);
    return code;
}

static bool is_taken(const signed_lines *lines, text lower_name)
{
    if (is_reserved(lower_name) || (lines->has_host && equal(lower_name, TEXT("host"))))
        return true;
    for (size_t i = 0; i < lines->added_count; i++)
        if (equal(lines->lines[i].name, lower_name))
            return true;
    return false;
}

static error add_line(signed_lines *lines, writer *out, const countersign_header *header, char *message)
{
    if (!is_token(header->name) || !is_value(header->value))
        return refuse_header(message, COUNTERSIGN_BAD_HEADER, header->name,
                             "cannot be sent; its name must be a token and its value without control characters");
    const char *start = out->at;
    put_lower(out, header->name);
    text name = since(out, start), value = trim(header->value);
    if (is_taken(lines, name))
        return refuse_header(message, COUNTERSIGN_TAKEN_HEADER, header->name,
                             "is the signer's to add, or a second Host; leave it out");
    if (has_byte(name, '_') || is_rewritten(name))
        return COUNTERSIGN_OK;
    lines->has_host |= equal(name, TEXT("host"));
    lines->lines[lines->count++] = (countersign_header){name, value};
    return COUNTERSIGN_OK;
}

/*
 * Leaves out the names of which a line is blank, with all their lines, because a verifier walks every line of a name.
 * The lines are sorted, so that the blank line of a name is its first.
 */
static void leave_out_blanks(signed_lines *lines)
{
    text blank = {NULL, 0};
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++) {
        countersign_header line = lines->lines[i];
        if (line.value.size == 0)
            blank = line.name;
        if (!equal(line.name, blank))
            lines->lines[kept++] = line;
    }
    lines->count = kept;
}

static bool has_line(const signed_lines *lines, text lower_name)
{
    for (size_t i = 0; i < lines->count; i++)
        if (equal(lines->lines[i].name, lower_name))
            return true;
    return false;
}

static void add_header(countersign_signed *result, signed_lines *lines, writer *out, text name, text value)
{
    countersign_header header = {name, put_copy(out, value)};
    result->headers[result->header_count++] = header;
    const char *start = out->at;
    put_lower(out, name);
    lines->lines[lines->count++] = (countersign_header){since(out, start), trim(header.value)};
    lines->added_count = lines->count;
}

/* Writes the names of sorted lines, each once. */
static text put_names(writer *out, const signed_lines *lines)
{
    const char *start = out->at;
    for (size_t i = 0; i < lines->count; i++) {
        text name = lines->lines[i].name;
        if (i > 0 && equal(name, lines->lines[i - 1].name))
            continue;
        if (i > 0)
            put_byte(out, ';');
        put(out, name);
    }
    return since(out, start);
}

static error check_request_line(const countersign_request *request, char *message)
{
    text target = request->target;
    if (!is_token(request->method))
        return refuse(message, COUNTERSIGN_BAD_METHOD, NULL);
    bool is_clean = target.size > 0 && target.data[0] == '/';
    for (size_t i = 0; i < target.size; i++) {
        unsigned char byte = (unsigned char)target.data[i];
        is_clean &= byte > ' ' && byte != 0x7f;
    }
    return is_clean ? COUNTERSIGN_OK : refuse(message, COUNTERSIGN_BAD_TARGET, NULL);
}

/* Allocates what signing a request needs: header lines, pairs of the query, texts. */
static bool start_signing(const countersign_signer *signer, const countersign_request *request,
                          countersign_signed *result, signed_lines *lines, writer *out)
{
    text path, query;
    split_target(request->target, &path, &query);
    size_t line_count = plus(plus(request->header_count, COUNTERSIGN_HEADERS_ADDED_MAX), pair_count_max(query));
    size_t identity_bytes = times(signer->bytes, 4);
    size_t lines_bytes = times(line_count, sizeof *lines->lines);
    size_t bytes = plus(lines_bytes, texts_bytes_max(request, plus(identity_bytes, FIXED_BYTES_MAX)));
    char *memory = malloc(bytes);
    if (memory == NULL)
        return false;
    result->memory = memory;
    result->memory_bytes = bytes;
    *lines = (signed_lines){.lines = (countersign_header *)(void *)memory};
    *out = (writer){memory + lines_bytes, memory + bytes, false};
    return true;
}

/* The lines of all headers to sign, sorted. */
static error collect_lines(const countersign_signer *signer, const countersign_request *request, text date,
                           countersign_signed *result, signed_lines *lines, writer *out)
{
    add_header(result, lines, out, TEXT("X-Sdk-Date"), date);
    for (size_t i = 0; i < signer->identity_count; i++)
        add_header(result, lines, out, signer->identity[i].name, signer->identity[i].value);
    if (request->payload == COUNTERSIGN_PAYLOAD_UNSIGNED)
        add_header(result, lines, out, content_header(signer->algorithm), unsigned_payload);
    for (size_t i = 0; i < request->header_count; i++) {
        error refusal = add_line(lines, out, &request->headers[i], result->message);
        if (refusal != COUNTERSIGN_OK)
            return refusal;
    }
    sort(lines->lines, lines->count, by_name_and_value);
    leave_out_blanks(lines);
    if (!has_line(lines, TEXT("host")))
        return refuse(result->message, COUNTERSIGN_MISSING_HOST, NULL);
    return COUNTERSIGN_OK;
}

/* Writes the canonical request and returns the signed names in it. */
static bool put_canonical(const countersign_signer *signer, const countersign_request *request,
                          const signed_lines *lines, writer *out, text *names)
{
    uint8_t digest[DIGEST_BYTES] = {0};
    put_request_line(out, request, lines->lines + lines->count);
    for (size_t i = 0; i < lines->count; i++)
        put_line(out, lines->lines[i].name, lines->lines[i].value);
    put_byte(out, '\n');
    *names = put_names(out, lines);
    put_byte(out, '\n');
    if (request->payload == COUNTERSIGN_PAYLOAD_UNSIGNED) {
        put(out, unsigned_payload);
        return true;
    }
    bool is_done = hash_digest(&signer->hash, request->body, digest);
    put_hex(out, digest);
    return is_done;
}

static text put_authorization(const countersign_signer *signer, writer *out, text scope, text names,
                              const uint8_t code[DIGEST_BYTES])
{
    bool is_scoped = signer->algorithm->is_scoped;
    const char *start = out->at;
    put(out, signer->algorithm->token);
    put(out, is_scoped ? TEXT(" Credential=") : TEXT(" Access="));
    put(out, signer->access_key);
    if (is_scoped)
        put_byte(out, '/');
    put(out, scope);
    put(out, TEXT(", SignedHeaders="));
    put(out, names);
    put(out, TEXT(", Signature="));
    put_hex(out, code);
    text authorization = since(out, start);
    put_byte(out, '\0');
    return authorization;
}

/* Everything after the header lines are known. */
static bool put_signature(const countersign_signer *signer, const countersign_request *request, text date,
                          const signed_lines *lines, countersign_signed *result, writer *out)
{
    uint8_t digest[DIGEST_BYTES] = {0};
    text names, scope = {out->at, 0}, info = {out->at, 0};
    if (signer->algorithm->is_scoped) {
        put(out, (text){date.data, DAY_BYTES});
        put(out, signer->region_service);
        scope = since(out, scope.data);
        put_byte(out, 1);
        info = since(out, scope.data);
    }
    const char *start = out->at;
    bool is_done = put_canonical(signer, request, lines, out, &names);
    result->canonical_request = since(out, start);
    is_done &= hash_digest(&signer->hash, result->canonical_request, digest);
    start = out->at;
    put_string_to_sign(out, signer->algorithm, date, scope, digest);
    result->string_to_sign = since(out, start);
    is_done &= key_code(&signer->key, signer->algorithm, &signer->hash, info, result->string_to_sign, digest);
    result->headers[result->header_count++] =
        (countersign_header){TEXT("Authorization"), put_authorization(signer, out, scope, names, digest)};
    return is_done && !out->is_overrun;
}

countersign_error countersign_explain(const countersign_signer *signer, const countersign_request *request, int64_t now,
                                      countersign_signed *result)
{
    char date[DATE_BYTES + 1];
    signed_lines lines;
    writer out;
    *result = (countersign_signed){.header_count = 0};
    error refusal = check_request_line(request, result->message);
    if (refusal == COUNTERSIGN_OK && !start_signing(signer, request, result, &lines, &out))
        refusal = refuse(result->message, COUNTERSIGN_OUT_OF_MEMORY, NULL);
    if (refusal != COUNTERSIGN_OK)
        return refusal;
    write_date(time_of(now), date);
    text signing_time = {date, DATE_BYTES};
    refusal = collect_lines(signer, request, signing_time, result, &lines, &out);
    if (refusal == COUNTERSIGN_OK && !put_signature(signer, request, signing_time, &lines, result, &out))
        refusal = refuse(result->message, COUNTERSIGN_OUT_OF_MEMORY, NULL);
    if (refusal != COUNTERSIGN_OK) {
        result->header_count = 0;
        result->canonical_request = result->string_to_sign = (text){NULL, 0};
    }
    return refusal;
}

countersign_error countersign_sign(const countersign_signer *signer, const countersign_request *request, int64_t now,
                                   countersign_signed *result)
{
    error refusal = countersign_explain(signer, request, now, result);
    result->canonical_request = result->string_to_sign = (text){NULL, 0};
    return refusal;
}

void countersign_signed_free(countersign_signed *result)
{
    wipe_and_free(result->memory, result->memory_bytes);
    *result = (countersign_signed){.header_count = 0};
}

/* ---- Difference ------------------------------------------------------------------------------------------------- */

/* Steps over a part that reads the same on both sides; otherwise cuts off what the server has in its place. */
static bool is_same_part(text *shown, text own, text *theirs)
{
    text rest = *shown;
    if (cut_prefix(&rest, own) && rest.size > 0 && rest.data[0] == '|') {
        *shown = (text){rest.data + 1, rest.size - 1};
        return true;
    }
    *theirs = cut(shown, '|');
    return false;
}

/* Quotes one of two different values from shortly before the place where they part. */
static void quote_from_difference(char out[QUOTE_BYTES_MAX], text value, text other)
{
    static const size_t shown_before = 16;
    size_t same = 0, skipped = 0;
    while (same < value.size && same < other.size && value.data[same] == other.data[same])
        same++;
    if (same > shown_before) {
        skipped = same - shown_before;
        memcpy(out, "...", 3);
        out += 3;
    }
    quote(out, QUOTE_BYTES_MAX - 3, (text){value.data + skipped, value.size - skipped});
}

static void tell_values(char *sentence, size_t bytes, const char *part, text own, text theirs)
{
    char signed_value[QUOTE_BYTES_MAX], shown_value[QUOTE_BYTES_MAX];
    quote_from_difference(signed_value, own, theirs);
    quote_from_difference(shown_value, theirs, own);
    snprintf(sentence, bytes, "%s differs: signed as \"%s\", the server read \"%s\"", part, signed_value, shown_value);
}

/* Tells two header lines apart. An empty line is the end of a block. */
static void tell_header(char *sentence, size_t bytes, text own, text theirs)
{
    char name[QUOTE_BYTES_MAX], part[QUOTE_BYTES_MAX + 16];
    bool is_only_theirs = own.size == 0;
    text own_name = cut(&own, ':'), their_name = cut(&theirs, ':');
    quote(name, sizeof name, is_only_theirs ? their_name : own_name);
    snprintf(part, sizeof part, "the header \"%s\"", name);
    if (is_only_theirs)
        snprintf(sentence, bytes, "%s differs: the server counts it among the signed ones, and it was not signed",
                 part);
    else if (!equal(own_name, their_name))
        snprintf(sentence, bytes, "%s differs: it was signed, and the server has another line in its place", part);
    else if (equal(own_name, TEXT("x-security-token")))
        snprintf(sentence, bytes, "%s differs: the server read another value than was signed", part);
    else
        tell_values(sentence, bytes, part, own, theirs);
}

/* What follows `canonicalRequest:`; nothing if it is not there. */
static text find_shown(text message)
{
    static const text marker = LITERAL("canonicalRequest:");
    for (; message.size > marker.size; message = (text){message.data + 1, message.size - 1})
        if (cut_prefix(&message, marker))
            return message;
    return (text){NULL, 0};
}

/* The payload line ends where the message goes on with something else. */
static text payload_of(text shown)
{
    size_t length = 0;
    while (length < shown.size && is_kind(shown.data[length], UNRESERVED))
        length++;
    return (text){shown.data, length};
}

void countersign_difference(countersign_text error_msg, countersign_text canonical_request, char *sentence,
                            size_t sentence_bytes)
{
    static const char *const parts[] = {"the method", "the path", "the query"};
    text shown = find_shown(error_msg), own = canonical_request, line, theirs;
    if (shown.size == 0) {
        snprintf(sentence, sentence_bytes, "the message shows no canonical request; give the server's whole error_msg");
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        line = cut(&own, '\n');
        if (!is_same_part(&shown, line, &theirs)) {
            tell_values(sentence, sentence_bytes, parts[i], line, theirs);
            return;
        }
    }
    do {
        line = cut(&own, '\n');
        if (!is_same_part(&shown, line, &theirs)) {
            tell_header(sentence, sentence_bytes, line, theirs);
            return;
        }
    } while (line.size > 0);
    line = cut(&own, '\n');
    if (!is_same_part(&shown, line, &theirs))
        tell_values(sentence, sentence_bytes, "the list of signed names", line, theirs);
    else if (!equal(own, payload_of(shown)))
        tell_values(sentence, sentence_bytes, "the payload", own, payload_of(shown));
    else
        snprintf(sentence, sentence_bytes,
                 "no part differs: the server read what was signed, so its secret key for this access key is another "
                 "one");
}

/* ---- Verifier (clause 5) ---------------------------------------------------------------------------------------- */

#define SIGNED_NAMES_MAX 100

struct countersign_verifier {
    hash hashes[HASH_COUNT];
    bool is_accepted[ALGORITHM_COUNT];
    bool refuse_unsigned_payload;
    countersign_find_secret *find_secret;
    void *context;
    /* The header that carries the signature, in lower case. */
    text header;
    size_t bytes;
    size_t key_count;
    /* Access keys and their secrets. Their texts follow. */
    countersign_header keys[];
};

static bool find_among_keys(void *context, text access_key, text *secret_key)
{
    const countersign_verifier *verifier = context;
    for (size_t i = 0; i < verifier->key_count; i++) {
        if (equal(verifier->keys[i].name, access_key)) {
            *secret_key = verifier->keys[i].value;
            return true;
        }
    }
    return false;
}

static error check_verifier_options(const countersign_verifier_options *options)
{
    if (options->find_secret == NULL && options->key_count == 0)
        return COUNTERSIGN_MISSING_CREDENTIALS;
    for (size_t i = 0; options->find_secret == NULL && i < options->key_count; i++)
        if (!is_present(options->keys[i].access_key) || !is_present(options->keys[i].secret_key))
            return COUNTERSIGN_MISSING_CREDENTIALS;
    if (is_present(options->header) && !is_token(countersign_text_of(options->header)))
        return COUNTERSIGN_BAD_HEADER;
    return COUNTERSIGN_OK;
}

static error accept_algorithm(countersign_verifier *verifier, const char *token)
{
    const algorithm *algorithm = algorithm_find(countersign_text_of(token));
    if (algorithm == NULL || algorithm->is_curve || !hash_find(&verifier->hashes[algorithm->hash], algorithm->hash))
        return COUNTERSIGN_UNSUPPORTED_ALGORITHM;
    verifier->is_accepted[algorithm - algorithms] = true;
    return COUNTERSIGN_OK;
}

static error accept_algorithms(countersign_verifier *verifier, const countersign_verifier_options *options)
{
    if (options->algorithm_count == 0)
        return accept_algorithm(verifier, COUNTERSIGN_SDK_HMAC_SHA256);
    error refusal = COUNTERSIGN_OK;
    for (size_t i = 0; refusal == COUNTERSIGN_OK && i < options->algorithm_count; i++)
        refusal = accept_algorithm(verifier, options->algorithms[i]);
    return refusal;
}

static void copy_keys(countersign_verifier *verifier, const countersign_verifier_options *options, text header)
{
    writer out = {(char *)(verifier->keys + verifier->key_count), (char *)verifier + verifier->bytes, false};
    for (size_t i = 0; i < verifier->key_count; i++) {
        verifier->keys[i].name = put_copy(&out, countersign_text_of(options->keys[i].access_key));
        verifier->keys[i].value = put_copy(&out, countersign_text_of(options->keys[i].secret_key));
    }
    const char *start = out.at;
    put_lower(&out, header);
    verifier->header = since(&out, start);
}

countersign_error countersign_verifier_create(const countersign_verifier_options *options,
                                              countersign_verifier **verifier)
{
    *verifier = NULL;
    error refusal = check_verifier_options(options);
    if (refusal != COUNTERSIGN_OK)
        return refusal;
    text header = countersign_text_of(is_present(options->header) ? options->header : "Authorization");
    size_t key_count = options->find_secret == NULL ? options->key_count : 0;
    size_t bytes = plus(sizeof **verifier, plus(times(key_count, sizeof *(*verifier)->keys), header.size));
    for (size_t i = 0; i < key_count; i++)
        bytes = plus(bytes, plus(strlen(options->keys[i].access_key), plus(strlen(options->keys[i].secret_key), 2)));
    countersign_verifier *made = calloc(1, bytes);
    if (made == NULL)
        return COUNTERSIGN_OUT_OF_MEMORY;
    made->bytes = bytes;
    made->key_count = key_count;
    made->refuse_unsigned_payload = options->refuse_unsigned_payload;
    made->find_secret = options->find_secret != NULL ? options->find_secret : find_among_keys;
    made->context = options->find_secret != NULL ? options->context : made;
    copy_keys(made, options, header);
    refusal = accept_algorithms(made, options);
    if (refusal != COUNTERSIGN_OK)
        countersign_verifier_free(made);
    else
        *verifier = made;
    return refusal;
}

void countersign_verifier_free(countersign_verifier *verifier)
{
    if (verifier != NULL)
        wipe_and_free(verifier, verifier->bytes);
}

/* The headers of which there must be at most one (5.1). */
enum {
    SINGLE_AUTHORIZATION,
    SINGLE_DATE,
    SINGLE_CONTENT_SHA256,
    SINGLE_CONTENT_SM3,
    SINGLE_HOST,
    SINGLE_SECURITY_TOKEN,
    SINGLE_PROJECT_ID,
    SINGLE_DOMAIN_ID,
    SINGLE_COUNT
};

static const text single_names[SINGLE_COUNT] = {
    LITERAL("authorization"),     LITERAL("x-sdk-date"),  LITERAL("x-sdk-content-sha256"),
    LITERAL("x-sdk-content-sm3"), LITERAL("host"),        LITERAL("x-security-token"),
    LITERAL("x-project-id"),      LITERAL("x-domain-id"),
};

/* The parsed Authorization header. */
typedef struct authorization {
    const algorithm *algorithm;
    text access_key;
    /* "DAY/REGION/SERVICE" of the scoped algorithm. */
    text scope;
    text signed_names;
    uint8_t code[DIGEST_BYTES];
} authorization;

/* What a request says about its own signature. Nothing is verified yet. */
typedef struct presented {
    bool is_there[SINGLE_COUNT];
    text single[SINGLE_COUNT];
    authorization authorization;
} presented;

/* Where the carrier of signatures is another header, Authorization is none of the verifier's business. */
static bool is_carrier(const countersign_verifier *verifier, text name)
{
    return is_named(name, verifier->header);
}

static int single_of(const countersign_verifier *verifier, text name)
{
    if (is_carrier(verifier, name))
        return SINGLE_AUTHORIZATION;
    for (int i = SINGLE_AUTHORIZATION + 1; i < SINGLE_COUNT; i++)
        if (is_named(name, single_names[i]))
            return i;
    return SINGLE_COUNT;
}

/* Gathers the single headers and returns one that stands twice, the carrier before any other; or SINGLE_COUNT. */
static int collect_singles(const countersign_verifier *verifier, const countersign_request *request, presented *found)
{
    int doubled = SINGLE_COUNT;
    for (size_t i = 0; i < request->header_count; i++) {
        int single = single_of(verifier, request->headers[i].name);
        if (single == SINGLE_COUNT)
            continue;
        if (found->is_there[single] && doubled != SINGLE_AUTHORIZATION)
            doubled = single;
        found->is_there[single] = true;
        found->single[single] = trim(request->headers[i].value);
    }
    return doubled;
}

static error refuse_doubled(const countersign_verifier *verifier, int single, char *message)
{
    text name = single == SINGLE_AUTHORIZATION ? verifier->header : single_names[single];
    return refuse_header(message, COUNTERSIGN_DUPLICATE_HEADER, name, "stands more than once; send it once");
}

static bool is_lower_token(text name)
{
    for (size_t i = 0; i < name.size; i++)
        if (lower(name.data[i]) != name.data[i])
            return false;
    return is_token(name);
}

/* Lower-case names, at most 100, each once, with the date and without the header that carries them (2.5). */
static const char *check_signed_names(text list)
{
    text names[SIGNED_NAMES_MAX], rest = list;
    size_t count = 0;
    bool has_date = false, is_last;
    do {
        text name = cut(&rest, ';');
        is_last = name.data + name.size == list.data + list.size;
        if (!is_lower_token(name))
            return "SignedHeaders has a name that is no lower-case header name";
        if (equal(name, TEXT("authorization")))
            return "SignedHeaders names authorization, which cannot sign itself";
        if (count == SIGNED_NAMES_MAX)
            return "SignedHeaders has too many names";
        for (size_t i = 0; i < count; i++)
            if (equal(names[i], name))
                return "SignedHeaders names a header twice";
        has_date |= equal(name, single_names[SINGLE_DATE]);
        names[count++] = name;
    } while (!is_last);
    return has_date ? NULL : "SignedHeaders does not name x-sdk-date";
}

/* Reads 64 hex digits, of lower case only if told so. */
static bool read_digest(text hex, bool (*is_digit)(char), uint8_t digest[DIGEST_BYTES])
{
    if (hex.size != HEX_DIGITS)
        return false;
    for (size_t i = 0; i < HEX_DIGITS; i++)
        if (!is_digit(hex.data[i]))
            return false;
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        digest[i] = (uint8_t)(hex_value(hex.data[2 * i]) << 4 | hex_value(hex.data[2 * i + 1]));
    return true;
}

static bool is_hex_digit(char digit)
{
    return hex_value(digit) >= 0;
}

static bool is_lower_hex_digit(char digit)
{
    return is_hex_digit(digit) && lower(digit) == digit;
}

/* The longest signature of a curve: a DER sequence of two 33-byte integers, with room for long lengths. */
#define CURVE_DIGITS_MAX 160

static const char *read_signature(text hex, authorization *read)
{
    if (!read->algorithm->is_curve)
        return read_digest(hex, is_lower_hex_digit, read->code) ? NULL : "Signature is not 64 lower-case hex digits";
    for (size_t i = 0; i < hex.size; i++)
        if (!is_lower_hex_digit(hex.data[i]))
            return "Signature is not lower-case hex";
    return hex.size % 2 == 0 && hex.size <= CURVE_DIGITS_MAX ? NULL : "Signature has not the length of one";
}

/* Splits `ACCESS-KEY/DAY/REGION/SERVICE`. */
static const char *read_credential(authorization *read, text credential)
{
    bool has_scope = has_byte(credential, '/');
    read->access_key = cut(&credential, '/');
    read->scope = credential;
    text day = cut(&credential, '/'), region = cut(&credential, '/'), service = credential;
    bool is_scope = day.size > 0 && region.size > 0 && service.size > 0 && !has_byte(service, '/');
    if (!has_scope)
        return "Credential has no scope";
    return is_scope ? NULL : "the scope is not day/region/service";
}

static bool all_visible(text word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!is_visible(word.data[i]))
            return false;
    return true;
}

static bool cut_parameter(text *parameters, text keyword, text *value)
{
    *value = trim(cut(parameters, ','));
    return cut_prefix(value, keyword);
}

/* The grammar of clause 2. A header of another scheme is no signature of this protocol. */
static error read_authorization(text header, authorization *read, char *message)
{
    size_t end = 0;
    while (end < header.size && !is_blank(header.data[end]))
        end++;
    text token = {header.data, end}, rest = {header.data + end, header.size - end}, family = {header.data, 4};
    if (end < family.size || !(is_named(family, TEXT("sdk-")) || is_named(family, TEXT("v11-"))))
        return refuse(message, COUNTERSIGN_MISSING_AUTHORIZATION, NULL);
    read->algorithm = algorithm_find(token);
    if (read->algorithm == NULL)
        return refuse(message, COUNTERSIGN_UNSUPPORTED_ALGORITHM, NULL);

    text credential, signature;
    bool is_scoped = read->algorithm->is_scoped;
    if (!cut_parameter(&rest, is_scoped ? TEXT("Credential=") : TEXT("Access="), &credential))
        return refuse(message, COUNTERSIGN_MISSING_ACCESS_KEY, NULL);
    const char *reason = NULL;
    if (is_scoped)
        reason = read_credential(read, credential);
    else
        read->access_key = credential;
    if (reason != NULL)
        return malformed(message, reason);
    if (!cut_parameter(&rest, TEXT("SignedHeaders="), &read->signed_names))
        return malformed(message, "SignedHeaders is missing or out of place");
    if (!cut_parameter(&rest, TEXT("Signature="), &signature))
        return malformed(message, "Signature is missing or out of place");
    if (signature.data + signature.size != header.data + header.size)
        return malformed(message, "something follows the signature");
    if (read->access_key.size == 0)
        return refuse(message, COUNTERSIGN_MISSING_ACCESS_KEY, NULL);
    if (!all_visible(read->access_key) || !all_visible(read->scope))
        return malformed(message, "access key or scope has a character that is not visible");
    reason = check_signed_names(read->signed_names);
    if (reason == NULL)
        reason = read_signature(signature, read);
    return reason == NULL ? COUNTERSIGN_OK : malformed(message, reason);
}

static error check_time(int64_t signing_time, int64_t server_time, char *message)
{
    char signed_date[DATE_BYTES + 1], server_date[DATE_BYTES + 1];
    int64_t distance = signing_time < server_time ? server_time - signing_time : signing_time - server_time;
    if (distance <= SKEW_SECONDS_MAX)
        return COUNTERSIGN_OK;
    write_date(signing_time, signed_date);
    write_date(server_time, server_date);
    snprintf(message, COUNTERSIGN_MESSAGE_BYTES_MAX,
             "signature expired, signature time:%s,server time:%s; set the signing machine's clock", signed_date,
             server_date);
    return COUNTERSIGN_EXPIRED;
}

/* All that the request says by itself, in the order of clause 5.7 up to the time. */
static error read_presented(const countersign_verifier *verifier, const countersign_request *request, int64_t now,
                            presented *found, char *message)
{
    int doubled = collect_singles(verifier, request, found);
    if (doubled == SINGLE_AUTHORIZATION)
        return refuse_doubled(verifier, doubled, message);
    if (!found->is_there[SINGLE_AUTHORIZATION])
        return refuse(message, COUNTERSIGN_MISSING_AUTHORIZATION, NULL);
    authorization *read = &found->authorization;
    error refusal = read_authorization(found->single[SINGLE_AUTHORIZATION], read, message);
    if (refusal != COUNTERSIGN_OK)
        return refusal;
    if (doubled != SINGLE_COUNT)
        return refuse_doubled(verifier, doubled, message);
    if (!found->is_there[SINGLE_DATE])
        return refuse(message, COUNTERSIGN_MISSING_DATE, NULL);
    text date = found->single[SINGLE_DATE], scope = read->scope;
    int64_t signing_time;
    if (!read_date(date, &signing_time))
        return refuse(message, COUNTERSIGN_BAD_DATE, NULL);
    if (read->algorithm->is_scoped && (scope.size < DAY_BYTES || memcmp(scope.data, date.data, DAY_BYTES) != 0))
        return malformed(message, "the day of the scope is not that of X-Sdk-Date");
    return check_time(signing_time, time_of(now), message);
}

/* What the content hash header declares about the body (5.4). */
typedef enum content_kind { CONTENT_UNDECLARED, CONTENT_DIGEST, CONTENT_UNSIGNED } content_kind;

typedef struct content {
    content_kind kind;
    /* The payload line: what is declared, or else the hex digest of the body. */
    text line;
    uint8_t declared[DIGEST_BYTES];
    /* Of the body, unless it is declared unsigned. */
    uint8_t actual[DIGEST_BYTES];
    char hex[HEX_DIGITS];
} content;

static error read_content(const presented *found, const hash *hash, text body, content *read)
{
    int single = found->authorization.algorithm->hash == HASH_SM3 ? SINGLE_CONTENT_SM3 : SINGLE_CONTENT_SHA256;
    read->line = found->single[single];
    if (!found->is_there[single])
        read->kind = CONTENT_UNDECLARED;
    else if (equal(read->line, unsigned_payload))
        read->kind = CONTENT_UNSIGNED;
    else if (read_digest(read->line, is_hex_digit, read->declared))
        read->kind = CONTENT_DIGEST;
    else
        return COUNTERSIGN_BAD_CONTENT_HASH;
    if (read->kind != CONTENT_UNSIGNED && !hash_digest(hash, body, read->actual))
        return COUNTERSIGN_OUT_OF_MEMORY;
    if (read->kind == CONTENT_UNDECLARED) {
        write_hex(read->actual, read->hex);
        read->line = (text){read->hex, HEX_DIGITS};
    }
    return COUNTERSIGN_OK;
}

/* A presented signature that waits for its payload line. */
typedef struct challenge {
    const presented *presented;
    const hash *hash;
    hmac_key key;
    /* The scope followed by the byte 1. */
    text info;
    /* The canonical request without its last line, written at the end of what `out` holds. */
    text head;
    writer out;
} challenge;

static bool has_line_break(text bytes)
{
    return has_byte(bytes, '\n') || has_byte(bytes, '\r') || has_byte(bytes, '\0');
}

/* Writes the lines of one signed name; one empty value if it is absent. `values` has room for all header lines. */
static bool put_signed_header(const countersign_verifier *verifier, const countersign_request *request, text name,
                              countersign_header *values, writer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++) {
        const countersign_header *header = &request->headers[i];
        if (!is_named(header->name, name) || is_carrier(verifier, header->name))
            continue;
        values[count] = (countersign_header){name, trim(header->value)};
        if (has_line_break(values[count++].value))
            return false;
    }
    sort(values, count, by_name_and_value);
    if (count == 0)
        put_line(out, name, TEXT(""));
    for (size_t i = 0; i < count; i++)
        put_line(out, name, values[i].value);
    return true;
}

static error put_head(const countersign_verifier *verifier, const countersign_request *request,
                      countersign_header *lines, challenge *made, char *message)
{
    text names = made->presented->authorization.signed_names, rest = names;
    const char *start = made->out.at;
    if (has_line_break(request->method))
        return malformed(message, "the method has a line break");
    put_request_line(&made->out, request, lines);
    while (rest.size > 0)
        if (!put_signed_header(verifier, request, cut(&rest, ';'), lines, &made->out))
            return malformed(message, "a signed header has a line break");
    put_byte(&made->out, '\n');
    put(&made->out, names);
    put_byte(&made->out, '\n');
    made->head = since(&made->out, start);
    return COUNTERSIGN_OK;
}

/* Allocates and writes all that the comparison needs but the key and the payload line. */
static error start_challenge(const countersign_verifier *verifier, const countersign_request *request,
                             const presented *found, countersign_verified *result, challenge *made)
{
    text path, query;
    split_target(request->target, &path, &query);
    size_t line_count = plus(request->header_count, pair_count_max(query));
    size_t lines_bytes = times(line_count, sizeof(countersign_header));
    size_t named_bytes = times(found->single[SINGLE_AUTHORIZATION].size, 4);
    size_t bytes = plus(lines_bytes, texts_bytes_max(request, plus(named_bytes, FIXED_BYTES_MAX)));
    char *memory = malloc(bytes);
    if (memory == NULL)
        return refuse(result->message, COUNTERSIGN_OUT_OF_MEMORY, NULL);
    result->memory = memory;
    result->memory_bytes = bytes;
    made->out = (writer){memory + lines_bytes, memory + bytes, false};
    const char *start = made->out.at;
    put(&made->out, found->authorization.scope);
    put_byte(&made->out, 1);
    made->info = since(&made->out, start);
    return put_head(verifier, request, (countersign_header *)(void *)memory, made, result->message);
}

/* The canonical request with one payload line. It stands until the next one is written. */
static text put_payload(const challenge *challenge, writer *out, text payload)
{
    *out = challenge->out;
    put(out, payload);
    return since(out, challenge->head.data);
}

/* Compares under one payload line. Returns false when the cryptographic library fails. */
static bool answers(const challenge *challenge, text payload, bool *is_equal)
{
    const authorization *read = &challenge->presented->authorization;
    uint8_t digest[DIGEST_BYTES] = {0};
    writer out;
    bool is_done = hash_digest(challenge->hash, put_payload(challenge, &out, payload), digest);
    const char *start = out.at;
    put_string_to_sign(&out, read->algorithm, challenge->presented->single[SINGLE_DATE], read->scope, digest);
    is_done &= key_code(&challenge->key, read->algorithm, challenge->hash, challenge->info, since(&out, start), digest);
    is_done &= !out.is_overrun;
    *is_equal = is_done && digests_equal(digest, read->code);
    wipe(digest, sizeof digest);
    return is_done;
}

/* The verdict on a request that is declared unsigned but was not signed so: perhaps it was as empty (5.4 c). */
static error judge_as_empty(const challenge *challenge, text body)
{
    uint8_t digest[DIGEST_BYTES];
    char hex[HEX_DIGITS];
    bool is_equal;
    if (!hash_digest(challenge->hash, TEXT(""), digest))
        return COUNTERSIGN_OUT_OF_MEMORY;
    write_hex(digest, hex);
    if (!answers(challenge, (text){hex, HEX_DIGITS}, &is_equal))
        return COUNTERSIGN_OUT_OF_MEMORY;
    if (!is_equal)
        return COUNTERSIGN_MISMATCH;
    return body.size == 0 ? COUNTERSIGN_OK : COUNTERSIGN_CONTENT_HASH_MISMATCH;
}

/* The verdict under a prepared key: the signature, then the body against its declared digest (5.7). */
static error judge(const challenge *challenge, const content *content, bool refuse_unsigned, text body)
{
    bool is_equal, is_unsigned = content->kind == CONTENT_UNSIGNED;
    if (!answers(challenge, content->line, &is_equal))
        return COUNTERSIGN_OUT_OF_MEMORY;
    if (is_unsigned && (!is_equal || refuse_unsigned)) {
        error verdict = judge_as_empty(challenge, body);
        return verdict == COUNTERSIGN_MISMATCH && refuse_unsigned ? COUNTERSIGN_UNSIGNED_PAYLOAD : verdict;
    }
    if (!is_equal)
        return COUNTERSIGN_MISMATCH;
    if (content->kind == CONTENT_DIGEST && !digests_equal(content->declared, content->actual))
        return COUNTERSIGN_CONTENT_HASH_MISMATCH;
    return COUNTERSIGN_OK;
}

/* Compares under the key found, and fills in the result. */
static error verify_with(const countersign_verifier *verifier, const countersign_request *request,
                         const presented *found, text secret_key, countersign_verified *result)
{
    const authorization *read = &found->authorization;
    challenge challenge = {.presented = found, .hash = &verifier->hashes[read->algorithm->hash]};
    content content;
    writer out;
    error verdict = read_content(found, challenge.hash, request->body, &content);
    if (verdict == COUNTERSIGN_OK)
        verdict = start_challenge(verifier, request, found, result, &challenge);
    if (verdict != COUNTERSIGN_OK)
        return verdict;
    if (key_prepare(&challenge.key, read->algorithm, challenge.hash, read->access_key, secret_key))
        verdict = judge(&challenge, &content, verifier->refuse_unsigned_payload, request->body);
    else
        verdict = COUNTERSIGN_OUT_OF_MEMORY;
    hmac_key_release(&challenge.key);
    if (verdict == COUNTERSIGN_MISMATCH)
        result->canonical_request = put_payload(&challenge, &out, content.line);
    if (verdict == COUNTERSIGN_OK)
        result->access_key = put_copy(&challenge.out, read->access_key);
    return verdict;
}

countersign_error countersign_verify(const countersign_verifier *verifier, const countersign_request *request,
                                     int64_t now, countersign_verified *result)
{
    presented found = {.is_there = {false}};
    text secret_key = {NULL, 0};
    *result = (countersign_verified){.memory = NULL};
    error verdict = read_presented(verifier, request, now, &found, result->message);
    const authorization *read = &found.authorization;
    if (verdict != COUNTERSIGN_OK)
        return verdict;
    /* An empty secret would be everybody's. */
    if (!verifier->find_secret(verifier->context, read->access_key, &secret_key) || secret_key.size == 0)
        verdict = COUNTERSIGN_UNKNOWN_KEY;
    else if (!verifier->is_accepted[read->algorithm - algorithms])
        verdict = COUNTERSIGN_UNSUPPORTED_ALGORITHM;
    else
        verdict = verify_with(verifier, request, &found, secret_key, result);
    if (verdict != COUNTERSIGN_OK && result->message[0] == '\0')
        refuse(result->message, verdict, NULL);
    return verdict;
}

void countersign_verified_free(countersign_verified *result)
{
    wipe_and_free(result->memory, result->memory_bytes);
    *result = (countersign_verified){.memory = NULL};
}
