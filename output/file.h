/* A file that is being written: buffered, counted and hashed on the way. Errors stick: after the
 * first one nothing more is written, and it is told when the file is finished. */
#ifndef NLC_OUTPUT_FILE_H
#define NLC_OUTPUT_FILE_H

#include <assert.h>
#include <gcrypt.h>
#include <stddef.h>
#include <stdint.h>

#include "nlcsim.h"

/* The buffer; nlc_file_room gives at most this much at once. */
#define NLC_FILE_BUFFER ((size_t)1 << 16)

typedef struct {
    int descriptor; /* borrowed: who opened it closes it */
    int error;      /* errno of the first write that failed, or 0 */
    char *buffer;   /* [NLC_FILE_BUFFER], owned */
    size_t used;
    uint64_t bytes; /* passed to the system so far */
    gcry_md_hd_t hash; /* owned */
} nlc_file;

nlc_error nlc_file_init(nlc_file *self, int descriptor);
void nlc_file_free(nlc_file *self);

/* Passes what the buffer holds to the system. */
void nlc_file_flush(nlc_file *self);

/* Room for `length` more bytes, at most NLC_FILE_BUFFER, in the buffer; nlc_file_take then says how
 * many of them were filled. Here, because each cell of a table asks for room. */
static inline char *nlc_file_room(nlc_file *self, size_t length)
{
    assert(length <= NLC_FILE_BUFFER);
    if (NLC_FILE_BUFFER - self->used < length) {
        nlc_file_flush(self);
    }
    return self->buffer + self->used;
}

static inline void nlc_file_take(nlc_file *self, size_t length)
{
    assert(length <= NLC_FILE_BUFFER - self->used);
    self->used += length;
}

void nlc_file_write(nlc_file *self, const char *data, size_t length);

/* Passes everything to the system and waits until it is on the disk. NLC_ERROR_IO with `error` set. */
nlc_error nlc_file_finish(nlc_file *self);

/* After nlc_file_finish: the hash of the file as b2sum prints it, 512 bits of BLAKE2b in hexadecimal.
 * It costs an eighth of SHA-256 where a processor has no instructions for that. */
#define NLC_FILE_HASH_SIZE   64
#define NLC_FILE_HASH_LENGTH (2 * NLC_FILE_HASH_SIZE + 1)
void nlc_file_hash(nlc_file *self, char text[NLC_FILE_HASH_LENGTH]);

#endif
