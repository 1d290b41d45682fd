/* A file that is being written: buffered, counted and hashed on the way. Errors stick: after the
 * first one nothing more is written, and it is told when the file is finished. */
#ifndef NLC_OUTPUT_FILE_H
#define NLC_OUTPUT_FILE_H

#include <nettle/sha2.h>
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
    uint64_t bytes; /* written so far, with what the buffer holds */
    struct sha256_ctx sha256;
} nlc_file;

nlc_error nlc_file_init(nlc_file *self, int descriptor);
void nlc_file_free(nlc_file *self);

/* Room for `length` more bytes, at most NLC_FILE_BUFFER, in the buffer; nlc_file_take then says how
 * many of them were filled. */
char *nlc_file_room(nlc_file *self, size_t length);
void nlc_file_take(nlc_file *self, size_t length);

void nlc_file_write(nlc_file *self, const char *data, size_t length);

/* Passes everything to the system and waits until it is on the disk. NLC_ERROR_IO with `error` set. */
nlc_error nlc_file_finish(nlc_file *self);

/* After nlc_file_finish: SHA-256 of the file, in hexadecimal. */
#define NLC_SHA256_LENGTH (2 * SHA256_DIGEST_SIZE + 1)
void nlc_file_hash(nlc_file *self, char text[NLC_SHA256_LENGTH]);

#endif
