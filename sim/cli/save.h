/* A file that stands under its name only once it is complete. */
#ifndef NLC_CLI_SAVE_H
#define NLC_CLI_SAVE_H

#include "cli.h"

#include "csv.h"
#include "nlcsim.h"

#include <stdio.h>

/* How tables are written: --csv. */
nlc_csv_style cli_csv_style(const cli_arguments *arguments);

/* Makes the folder unless it is there. Says what went wrong, and returns an exit code. */
int cli_folder_make(const cli_arguments *arguments, const char *folder);

/* Refuses a folder that holds anything but what this program wrote there before: files of these names
 * [num], of which the first has `mark` in its first lines. With no names, a folder that holds anything.
 * Says what is in the way, and returns an exit code; a folder that is not there is fine. */
typedef struct {
    const char *const *names; /* [num] */
    size_t num;
    const char *mark;
} cli_written;
int cli_folder_check(const cli_arguments *arguments, const char *folder, const cli_written *written);

/* Writes FOLDER/NAME with `write`, which gets `context` and returns NLC_ERROR_IO where the file fails.
 * What stood there before is replaced, or left as it was where writing fails. Says what went wrong, and
 * returns an exit code. */
int cli_save(const cli_arguments *arguments, const char *folder, const char *name,
             nlc_error (*write)(const void *context, FILE *file), const void *context);

#endif
