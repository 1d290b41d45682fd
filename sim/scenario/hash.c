/* The hash that names a resolved scenario. */
#include "frame.h"

#include <nettle/sha2.h>
#include <string.h>

static void write_hex(const uint8_t *digest, char *hex)
{
    static const char letter[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
        hex[2 * i] = letter[digest[i] >> 4];
        hex[2 * i + 1] = letter[digest[i] & 15];
    }
    hex[NLC_HASH_LENGTH] = '\0';
}

/* Offset of the next line that begins a section, at or behind `at`. */
static size_t next_section(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] != '[') {
        const char *end = memchr(text + at, '\n', length - at);
        at = end ? (size_t)(end - text) + 1 : length;
    }
    return at;
}

size_t nlc_section_find(const char *text, size_t length, size_t *at)
{
    static const char last[] = "[run]\n";
    *at = next_section(text, length, *at);
    if (*at >= length || (length - *at >= sizeof last - 1 && memcmp(text + *at, last, sizeof last - 1) == 0))
        return 0;
    return next_section(text, length, *at + 1) - *at;
}

void nlc_section_hash(const char *text, size_t length, char hex[NLC_HASH_LENGTH + 1])
{
    struct sha256_ctx section;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&section);
    sha256_update(&section, length, (const uint8_t *)text);
    sha256_digest(&section, sizeof digest, digest);
    write_hex(digest, hex);
}

void nlc_sections_hash(const char (*section)[NLC_HASH_LENGTH + 1], uint32_t num, char hex[NLC_HASH_LENGTH + 1])
{
    struct sha256_ctx whole;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&whole);
    for (uint32_t k = 0; k < num; k++)
        sha256_update(&whole, NLC_HASH_LENGTH, (const uint8_t *)section[k]);
    sha256_digest(&whole, sizeof digest, digest);
    write_hex(digest, hex);
}

void nlc_resolved_hash(const char *text, size_t length, char hex[NLC_HASH_LENGTH + 1])
{
    struct sha256_ctx whole;
    uint8_t digest[SHA256_DIGEST_SIZE];
    size_t at = 0, size;
    sha256_init(&whole);
    while ((size = nlc_section_find(text, length, &at)) > 0) {
        nlc_section_hash(text + at, size, hex);
        sha256_update(&whole, NLC_HASH_LENGTH, (const uint8_t *)hex);
        at += size;
    }
    sha256_digest(&whole, sizeof digest, digest);
    write_hex(digest, hex);
}
