/* Words of a command line that gives the same results again. */
#ifndef NLC_CLI_WORDS_H
#define NLC_CLI_WORDS_H

#include "nlcsim.h"

/* The last part of a path as the file system knows it, so that `.` has a name too. Owned by the caller;
 * NULL with errno set. */
char *cli_folder_name(const char *path);

/* Appends a blank and a word for a POSIX shell, quoted where it needs that. NLC_ERROR_MEMORY. */
nlc_error cli_word_add(nlc_text *command, const char *word);

#endif
