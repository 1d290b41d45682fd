/* For realpath. */
#define _XOPEN_SOURCE 700

#include "words.h"

#include "problems.h"

#include <stdlib.h>
#include <string.h>

char *cli_folder_name(const char *path)
{
    char *real = realpath(path, NULL);
    const char *slash = real == NULL ? NULL : strrchr(real, '/');
    char *name = slash == NULL ? NULL : strdup(slash + 1);
    free(real);
    return name;
}

nlc_error cli_word_add(nlc_text *command, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,+@:";
    if (word[0] != 0 && word[strspn(word, plain)] == 0)
        return nlc_text_print(command, " %s", word);
    nlc_error error = nlc_text_print(command, " '");
    for (; *word != 0 && error == NLC_OK; word++)
        error = *word == '\'' ? nlc_text_print(command, "'\\''") : nlc_text_add(command, word, 1);
    return error == NLC_OK ? nlc_text_print(command, "'") : error;
}
