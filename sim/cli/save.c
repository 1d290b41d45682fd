#include "save.h"

#include "load.h"
#include "problems.h"

#include <dirent.h>
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

/* A part of a file that a program that was killed left behind is no file of the user's. */
static bool is_part(const char *name)
{
    const size_t length = strlen(name);
    return length > 6 && name[0] == '.' && strcmp(name + length - 5, ".part") == 0;
}

static bool is_expected(const cli_written *written, const char *name)
{
    bool found = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || is_part(name);
    for (size_t k = 0; k < written->num && !found; k++)
        found = strcmp(name, written->names[k]) == 0;
    return found;
}

static bool has_mark(const char *folder, const cli_written *written)
{
    char start[1024];
    nlc_text path = {0};
    FILE *file = NULL;
    if (nlc_text_print(&path, "%s/%s", folder, written->names[0]) == NLC_OK)
        file = fopen(path.data, "rb");
    nlc_text_free(&path);
    if (file == NULL)
        return false;
    start[fread(start, 1, sizeof start - 1, file)] = '\0';
    fclose(file);
    return strstr(start, written->mark) != NULL;
}

static int refuse(const cli_arguments *arguments, const char *folder, const char *name)
{
    cli_complain(arguments->command,
                 "%s: this folder holds %s, which was not written by this command; name another folder, or a new one", folder,
                 name);
    return CLI_FAILED;
}

int cli_folder_check(const cli_arguments *arguments, const char *folder, const cli_written *written)
{
    DIR *entries = opendir(folder);
    if (entries == NULL)
        /* Making or writing it will say what else is wrong. */
        return errno == ENOMEM ? cli_fail(arguments, NLC_ERROR_MEMORY, folder) : CLI_DONE;
    const bool is_own = written->num > 0 && has_mark(folder, written);
    const cli_written nothing = {0};
    int code = CLI_DONE;
    for (struct dirent *entry = readdir(entries); entry != NULL && code == CLI_DONE; entry = readdir(entries))
        if (!is_expected(is_own ? written : &nothing, entry->d_name))
            code = refuse(arguments, folder, entry->d_name);
    closedir(entries);
    return code;
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
