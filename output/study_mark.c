/* The mark is made of what the results follow from, not of the tables' bytes, which `--csv` changes. */
#include "study_mark.h"

#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "problems.h"

static nlc_error add_rows(nlc_store *store, const char *sql, nlc_text *text)
{
    sqlite3_stmt *row = NULL;
    nlc_error error = nlc_store_prepare(store, &row, "%s", sql);
    while (error == NLC_OK && nlc_store_step(store, row, &error)) {
        for (int k = 0; k < sqlite3_column_count(row) && error == NLC_OK; k++) {
            const char *cell = (const char *)sqlite3_column_text(row, k);
            error = nlc_text_print(text, "%s\t", cell == NULL ? "" : cell);
        }
        error = error == NLC_OK ? nlc_text_add(text, "\n", 1) : error;
    }
    sqlite3_finalize(row);
    return error;
}

nlc_error nlc_study_mark_make(nlc_store *store, char mark[NLC_STUDY_MARK_LENGTH + 1])
{
    nlc_text text = {0};
    char hash[NLC_FILE_HASH_LENGTH];
    nlc_error error = add_rows(store,
                               "SELECT p.point, p.runs, p.settings, i.model, i.resolved, i.seed FROM point p LEFT JOIN input i ON "
                               "i.id = p.input ORDER BY p.point",
                               &text);
    if (error == NLC_OK) {
        error =
            add_rows(store, "SELECT name, role, kind, low, high, levels, distribution, scale FROM factor ORDER BY position", &text);
    }
    if (error == NLC_OK) {
        nlc_bytes_hash(text.data, text.length, hash);
        snprintf(mark, NLC_STUDY_MARK_LENGTH + 1, "%.*s", NLC_STUDY_MARK_LENGTH, hash);
    }
    nlc_text_free(&text);
    return error;
}

void nlc_study_mark(const json_t *package, char mark[NLC_STUDY_MARK_LENGTH + 1])
{
    const char *found = json_string_value(json_object_get(json_object_get(package, "nlcsim"), "results_mark"));
    snprintf(mark, NLC_STUDY_MARK_LENGTH + 1, "%s", found == NULL ? "" : found);
}

nlc_error nlc_study_mark_read(const char *folder, char mark[NLC_STUDY_MARK_LENGTH + 1])
{
    nlc_text path = {0};
    json_error_t wrong;
    mark[0] = '\0';
    nlc_error error = nlc_text_print(&path, "%s/%s", folder, NLC_FOLDER_MARK);
    json_t *package = error == NLC_OK ? json_load_file(path.data, JSON_DECODE_INT_AS_REAL, &wrong) : NULL;
    if (package != NULL) {
        nlc_study_mark(package, mark);
    } else if (error == NLC_OK && json_error_code(&wrong) == json_error_out_of_memory) {
        error = NLC_ERROR_MEMORY;
    }
    json_decref(package);
    nlc_text_free(&path);
    return error;
}
