/* For readlink. */
#define _XOPEN_SOURCE 700

#include "own.h"

#include "problems.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat what;
    return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

/* The folder of the program itself, with a slash, in `path`. */
static bool program_folder(char path[PATH_MAX])
{
    const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length <= 0)
        return false;
    path[length] = 0;
    char *slash = strrchr(path, '/');
    if (slash != NULL)
        slash[1] = 0;
    return slash != NULL;
}

nlc_error cli_own_folder(const char *installed, const char *source, nlc_text *path)
{
    /* Installed, in a build folder of the sources, or in one inside that. */
    const char *const from[] = {"../share/nlcsim", "..", "../.."}, *const names[] = {installed, source, source};
    char program[PATH_MAX];
    const bool is_known = program_folder(program);
    for (size_t k = 0; is_known && k < sizeof from / sizeof *from; k++) {
        path->length = 0;
        const nlc_error error = nlc_text_print(path, "%s%s/%s", program, from[k], names[k]);
        if (error != NLC_OK || is_folder(path->data))
            return error;
    }
    path->length = 0;
    return nlc_text_print(path, "%s/%s", NLC_DATA_FOLDER, installed);
}
