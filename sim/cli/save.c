#include "save.h"

#include "problems.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

nlc_csv_style cli_csv_style(const cli_arguments *arguments)
{
    const char *style = cli_value(arguments, "csv");
    return style != NULL && strcmp(style, "excel-id") == 0 ? NLC_CSV_EXCEL_ID : NLC_CSV_PLAIN;
}

int cli_folder_make(const cli_arguments *arguments, const char *folder)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return CLI_DONE;
    cli_complain(arguments->command, "%s: cannot make the folder: %s", folder, strerror(errno));
    return CLI_FAILED;
}

static int complain(const cli_arguments *arguments, const char *path, nlc_error error)
{
    const char *why = error == NLC_ERROR_IO && errno != 0 ? strerror(errno) : nlc_error_text(error);
    cli_complain(arguments->command, "%s: cannot be written: %s", path, why);
    return CLI_FAILED;
}

/* Closes the file in any case. A network file system may tell only then that the disk is full. */
static nlc_error finish(FILE *file, nlc_error error)
{
    if (error == NLC_OK && (fflush(file) != 0 || fsync(fileno(file)) != 0))
        error = NLC_ERROR_IO;
    const int why = errno;
    if (fclose(file) != 0 && error == NLC_OK)
        return NLC_ERROR_IO;
    errno = why;
    return error;
}

static nlc_error write_and_rename(const char *part, const char *path, nlc_error (*write)(const void *context, FILE *file),
                                  const void *context)
{
    errno = 0;
    FILE *file = fopen(part, "wb");
    if (file == NULL)
        return NLC_ERROR_IO;
    nlc_error error = finish(file, write(context, file));
    if (error == NLC_OK && rename(part, path) != 0)
        error = NLC_ERROR_IO;
    const int why = errno;
    if (error != NLC_OK)
        unlink(part);
    errno = why;
    return error;
}

int cli_save(const cli_arguments *arguments, const char *folder, const char *name,
             nlc_error (*write)(const void *context, FILE *file), const void *context)
{
    nlc_text path = {0}, part = {0};
    nlc_error error = nlc_text_print(&path, "%s/%s", folder, name);
    if (error == NLC_OK)
        error = nlc_text_print(&part, "%s/.%s.part", folder, name);
    if (error == NLC_OK)
        error = write_and_rename(part.data, path.data, write, context);
    const int code = error == NLC_OK ? CLI_DONE : complain(arguments, path.data != NULL ? path.data : name, error);
    nlc_text_free(&path);
    nlc_text_free(&part);
    return code;
}
