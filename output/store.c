#include "store.h"

#include "problems.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Statements -------------------------------------------------------------------------------- */

nlc_error nlc_store_fail(nlc_store *self)
{
    const int code = self->db ? sqlite3_errcode(self->db) : SQLITE_NOMEM;
    const char *what = self->db ? sqlite3_errmsg(self->db) : "out of memory";
    if (code == SQLITE_NOMEM)
        return NLC_ERROR_MEMORY;
    nlc_error error;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        error =
            nlc_text_print(self->problems, "%s/%s: another nlcsim is working on this study; wait for it, or name another folder\n",
                           self->path, NLC_STORE_FILE);
    else if (code == SQLITE_FULL || (code == SQLITE_IOERR && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)))
        error = nlc_text_print(self->problems,
                               "%s/%s: the disk is full; make room and give the same command again: it goes on where it was\n",
                               self->path, NLC_STORE_FILE);
    else
        error = nlc_text_print(self->problems, "%s/%s: %s\n", self->path, NLC_STORE_FILE, what);
    return error != NLC_OK ? error : NLC_ERROR_IO;
}

nlc_error nlc_store_prepare(nlc_store *self, sqlite3_stmt **statement, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (!sql)
        return NLC_ERROR_MEMORY;
    const int code = sqlite3_prepare_v2(self->db, sql, -1, statement, NULL);
    sqlite3_free(sql);
    return code == SQLITE_OK ? NLC_OK : nlc_store_fail(self);
}

bool nlc_store_step(nlc_store *self, sqlite3_stmt *statement, nlc_error *error)
{
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        *error = nlc_store_fail(self);
    return code == SQLITE_ROW;
}

nlc_error nlc_store_do(nlc_store *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (!sql)
        return NLC_ERROR_MEMORY;
    const int code = sqlite3_exec(self->db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return code == SQLITE_OK ? NLC_OK : nlc_store_fail(self);
}

nlc_error nlc_store_about(nlc_store *self, const char *name, nlc_text *text)
{
    sqlite3_stmt *statement = NULL;
    nlc_error error = nlc_store_prepare(self, &statement, "SELECT value FROM about WHERE name = %Q", name);
    if (error == NLC_OK && nlc_store_step(self, statement, &error))
        error = nlc_text_print(text, "%s", (const char *)sqlite3_column_text(statement, 0));
    else if (error == NLC_OK)
        error = nlc_text_add(text, "", 0);
    sqlite3_finalize(statement);
    return error;
}

/* ---- Opening ----------------------------------------------------------------------------------- */

static nlc_error open_file(nlc_store *self, int flags)
{
    nlc_text file = {0};
    nlc_error error = nlc_text_print(&file, "%s/%s", self->path, NLC_STORE_FILE);
    struct stat status;
    if (error == NLC_OK && !(flags & SQLITE_OPEN_CREATE) && stat(file.data, &status) != 0) {
        error = nlc_text_print(self->problems, "%s: holds no study: there is no %s in it\n", self->path, NLC_STORE_FILE);
        error = error == NLC_OK ? NLC_ERROR_IO : error;
    }
    /* Calls come one at a time (sweep.h), so SQLite needs no locks of its own. */
    if (error == NLC_OK && sqlite3_open_v2(file.data, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        error = nlc_store_fail(self);
    nlc_text_free(&file);
    return error;
}

/* One writer at a time holds the file from its first write on. The journal works on network file systems,
 * which a write-ahead log does not. */
static nlc_error open_to_write(nlc_store *self)
{
    if (mkdir(self->path, 0777) != 0 && errno != EEXIST) {
        const nlc_error error = nlc_text_print(self->problems, "%s: cannot make the folder: %s\n", self->path, strerror(errno));
        return error != NLC_OK ? error : NLC_ERROR_IO;
    }
    nlc_error error = open_file(self, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (error == NLC_OK)
        error = nlc_store_do(self, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = -16384;");
    return error == NLC_OK ? nlc_store_do(self, "BEGIN EXCLUSIVE") : error;
}

static nlc_error make_tables(nlc_store *self)
{
    return nlc_store_do(
        self,
        "CREATE TABLE IF NOT EXISTS about(name TEXT PRIMARY KEY, value TEXT);"
        "CREATE TABLE IF NOT EXISTS factor(position INTEGER PRIMARY KEY, name TEXT, role TEXT, kind TEXT, low TEXT, high TEXT, "
        "levels TEXT, steps TEXT, distribution TEXT, scale TEXT, unit TEXT, meaning TEXT);"
        "CREATE TABLE IF NOT EXISTS outcome(position INTEGER PRIMARY KEY, name TEXT UNIQUE, chosen INTEGER, unit TEXT, decimals "
        "INTEGER, meaning TEXT);"
        "CREATE TABLE IF NOT EXISTS measure(position INTEGER PRIMARY KEY, name TEXT UNIQUE, unit TEXT, decimals INTEGER, meaning "
        "TEXT);"
        "CREATE TABLE IF NOT EXISTS variant(variant INTEGER PRIMARY KEY, label TEXT, model TEXT);"
        "CREATE TABLE IF NOT EXISTS file(variant INTEGER, folder TEXT, name TEXT, content BLOB, PRIMARY KEY(variant, folder, "
        "name));"
        "CREATE TABLE IF NOT EXISTS input(id INTEGER PRIMARY KEY, model TEXT, resolved TEXT, seed TEXT, UNIQUE(resolved, seed, "
        "model));"
        "CREATE TABLE IF NOT EXISTS run(input INTEGER, replicate INTEGER, columns INTEGER, series INTEGER, PRIMARY KEY(input, "
        "replicate)) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS series(input INTEGER, replicate INTEGER, month INTEGER, PRIMARY KEY(input, replicate, month)) "
        "WITHOUT ROWID;");
}

nlc_error nlc_store_create(nlc_store *self)
{
    const nlc_error error = open_to_write(self);
    return error == NLC_OK ? make_tables(self) : error;
}

nlc_error nlc_store_init(nlc_store *self, const nlc_study *study, const char *path, const nlc_store_options *options,
                         nlc_text *problems)
{
    *self = (nlc_store){.path = path,
                        .problems = problems,
                        .study = study,
                        .name = options->name,
                        .command = options->command,
                        .base = options->base,
                        .series = options->series};
    self->num_columns = options->num_columns;
    self->position = calloc((size_t)options->num_columns + 1, sizeof *self->position);
    if (!self->position)
        return NLC_ERROR_MEMORY;
    nlc_error error = nlc_store_create(self);
    if (error == NLC_OK)
        error = nlc_store_describe(self);
    if (error == NLC_OK)
        error = nlc_store_columns_add(self, options);
    if (error == NLC_OK)
        error = nlc_store_do(self, "COMMIT");
    return error == NLC_OK ? nlc_store_sink_prepare(self, options) : error;
}

nlc_error nlc_store_open(nlc_store *self, const char *path, nlc_text *problems)
{
    *self = (nlc_store){.path = path, .problems = problems};
    return open_file(self, SQLITE_OPEN_READWRITE);
}

nlc_error nlc_store_commit(nlc_store *self)
{
    if (!self->in_transaction)
        return NLC_OK;
    self->in_transaction = false;
    const nlc_error error = nlc_store_do(self, "COMMIT");
    if (error != NLC_OK && !sqlite3_get_autocommit(self->db))
        sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
    return error;
}

void nlc_store_free(nlc_store *self)
{
    sqlite3_stmt *const statements[] = {self->add_input,  self->find_input, self->add_point,   self->find_runs, self->add_run,
                                        self->add_series, self->copy_runs,  self->find_values, self->end_point};
    for (size_t k = 0; k < sizeof statements / sizeof *statements; k++)
        sqlite3_finalize(statements[k]);
    sqlite3_close(self->db);
    free(self->position);
    *self = (nlc_store){0};
}
