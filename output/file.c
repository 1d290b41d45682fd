#include "file.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

nlc_error nlc_file_init(nlc_file *self, int descriptor)
{
    memset(self, 0, sizeof *self);
    self->descriptor = descriptor;
    /* The library has to be asked for its version before anything else. */
    gcry_check_version(NULL);
    self->buffer = malloc(NLC_FILE_BUFFER);
    if (self->buffer == NULL || gcry_md_open(&self->hash, GCRY_MD_BLAKE2B_512, 0) != 0) {
        nlc_file_free(self);
        return NLC_ERROR_MEMORY;
    }
    return NLC_OK;
}

void nlc_file_free(nlc_file *self)
{
    gcry_md_close(self->hash);
    self->hash = NULL;
    free(self->buffer);
    self->buffer = NULL;
}

static void write_out(nlc_file *self, const char *data, size_t length)
{
    gcry_md_write(self->hash, data, length);
    self->bytes += length;
    while (length > 0 && self->error == 0) {
        ssize_t written = write(self->descriptor, data, length);
        if (written >= 0) {
            data += written;
            length -= (size_t)written;
        } else if (errno != EINTR) {
            self->error = errno;
        }
    }
}

void nlc_file_flush(nlc_file *self)
{
    write_out(self, self->buffer, self->used);
    self->used = 0;
}

void nlc_file_write(nlc_file *self, const char *data, size_t length)
{
    if (length > NLC_FILE_BUFFER / 2) {
        nlc_file_flush(self);
        write_out(self, data, length);
        return;
    }
    memcpy(nlc_file_room(self, length), data, length);
    nlc_file_take(self, length);
}

nlc_error nlc_file_finish(nlc_file *self)
{
    nlc_file_flush(self);
    if (self->error == 0 && fsync(self->descriptor) != 0) {
        self->error = errno;
    }
    return self->error == 0 ? NLC_OK : NLC_ERROR_IO;
}

void nlc_file_hash(nlc_file *self, char text[NLC_FILE_HASH_LENGTH])
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *digest = gcry_md_read(self->hash, GCRY_MD_BLAKE2B_512);
    for (size_t k = 0; k < NLC_FILE_HASH_SIZE; k++) {
        text[2 * k] = digits[digest[k] >> 4];
        text[2 * k + 1] = digits[digest[k] & 15];
    }
    text[2 * NLC_FILE_HASH_SIZE] = '\0';
}
