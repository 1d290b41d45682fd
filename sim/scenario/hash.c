/* The hash that names a resolved scenario. */
#include "scenario.h"

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

void nlc_resolved_hash(const char *text, size_t length, char hex[NLC_HASH_LENGTH + 1])
{
    static const char last[] = "[run]\n";
    struct sha256_ctx whole;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&whole);
    size_t at = next_section(text, length, 0);
    while (at < length && !(length - at >= sizeof last - 1 && memcmp(text + at, last, sizeof last - 1) == 0)) {
        const size_t end = next_section(text, length, at + 1);
        struct sha256_ctx section;
        sha256_init(&section);
        sha256_update(&section, end - at, (const uint8_t *)text + at);
        sha256_digest(&section, sizeof digest, digest);
        write_hex(digest, hex);
        sha256_update(&whole, NLC_HASH_LENGTH, (const uint8_t *)hex);
        at = end;
    }
    sha256_digest(&whole, sizeof digest, digest);
    write_hex(digest, hex);
}
