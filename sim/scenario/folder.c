/* Scenario folders: the chain of `extends`, which tables each has, and the keys of scenario.csv. */
#include "tables.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

nlc_where nlc_scenario_where(const nlc_scenario *self, uint32_t folder, nlc_table table, uint32_t line)
{
    const char *file = self->folder[folder].file[table];
    return (nlc_where){file ? file : nlc_table_file(table), line, (uint32_t)table * 1000 + folder};
}

/* ---- Paths ------------------------------------------------------------------------------------- */

/* Takes `.` and `name/..` out of a path, which is then what a user would write. */
static void simplify(char *path)
{
    char *const begin = path[0] == '/' ? path + 1 : path, *out = begin;
    uint32_t depth = 0;
    for (const char *in = begin + strspn(begin, "/"); *in;) {
        const size_t length = strcspn(in, "/");
        const bool up = length == 2 && memcmp(in, "..", 2) == 0, here = length == 1 && in[0] == '.';
        const char *next = in + length + strspn(in + length, "/");
        if (up && depth > 0) {
            while (out > begin && out[-1] != '/')
                out--;
            out -= out > begin ? 1 : 0;
            depth--;
        } else if (!here) {
            depth += up ? 0 : 1;
            if (out > begin)
                *out++ = '/';
            memmove(out, in, length);
            out += length;
        }
        in = next;
    }
    *out = '\0';
}

static const char *joined(nlc_arena *arena, const char *folder, const char *name)
{
    nlc_text text = {0};
    const char *path = NULL;
    if (!nlc_text_print(&text, name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name))
        path = nlc_arena_text(arena, text.data, text.length);
    nlc_text_free(&text);
    return path;
}

static const char *label_of(nlc_arena *arena, const char *path)
{
    nlc_text text = {0};
    const char *label = NULL;
    if (!nlc_text_print(&text, "%s", path)) {
        simplify(text.data);
        label = text.data[0] ? nlc_arena_text(arena, text.data, strlen(text.data)) : ".";
    }
    nlc_text_free(&text);
    return label;
}

/* An entry of the folder above that differs from the last name of `path` in its case alone. */
static const char *other_case(nlc_scenario *self, const char *path)
{
    nlc_text above = {0};
    const char *found = NULL, *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    if (nlc_text_add(&above, path, (size_t)(name - path)) || nlc_text_add(&above, ".", 1)) {
        nlc_text_free(&above);
        return NULL;
    }
    DIR *folder = opendir(above.data);
    for (const struct dirent *entry; folder && !found && (entry = readdir(folder)) != NULL;)
        if (strcasecmp(entry->d_name, name) == 0)
            found = nlc_arena_text(&self->arena, entry->d_name, strlen(entry->d_name));
    if (folder)
        closedir(folder);
    nlc_text_free(&above);
    return found;
}

/* ---- Folders ----------------------------------------------------------------------------------- */

static const char *table_name(const void *context, uint32_t i)
{
    (void)context;
    return nlc_table_file((nlc_table)i);
}

/* A table under a wrong name would silently not be read. */
static nlc_error note_entry(nlc_scenario *self, uint32_t f, const char *name, nlc_problems *problems)
{
    nlc_scenario_folder *folder = &self->folder[f];
    const char *label = joined(&self->arena, folder->label, name);
    if (!label)
        return NLC_ERROR_MEMORY;
    for (uint32_t t = 0; t < NLC_NUM_TABLES; t++) {
        if (strcmp(name, nlc_table_file((nlc_table)t)) == 0) {
            folder->file[t] = label;
            return NLC_OK;
        }
    }
    const size_t length = strlen(name);
    if (length < 4 || strcasecmp(name + length - 4, ".csv") != 0)
        return NLC_OK;
    const char *near = nlc_nearest(name, table_name, NULL, NLC_NUM_TABLES);
    const nlc_where where = {label, 0, f};
    if (near && strcasecmp(near, name) == 0)
        nlc_problems_add(problems, where, "is not read: rename it to '%s', in small letters", near);
    else if (near)
        nlc_problems_add(problems, where, "is not a table of a scenario and is not read; did you mean '%s'?", near);
    else
        nlc_problems_note(problems, where, "is not a table of a scenario and is not read");
    return NLC_OK;
}

static nlc_error list_folder(nlc_scenario *self, uint32_t f, nlc_where where, nlc_problems *problems)
{
    struct dirent **entries;
    const int num = scandir(self->folder[f].path, &entries, NULL, alphasort);
    if (num < 0) {
        nlc_problems_add(problems, where, "the folder '%s' cannot be read: %s", self->folder[f].label, strerror(errno));
        return NLC_ERROR_INPUT;
    }
    nlc_error error = NLC_OK;
    for (int i = 0; i < num; i++) {
        error = error ? error : note_entry(self, f, entries[i]->d_name, problems);
        free(entries[i]);
    }
    free(entries);
    return error;
}

static void explain_missing(nlc_scenario *self, const char *path, const char *label, nlc_where where, nlc_problems *problems)
{
    const char *near = errno == ENOENT ? other_case(self, path) : NULL;
    char hint[NLC_HINT_LENGTH];
    if (!near && strchr(path, '\\'))
        nlc_problems_add(problems, where, "the folder '%s' does not exist; write / and not \\ between the names of folders", label);
    else
        nlc_problems_add(problems, where, "the folder '%s' cannot be read: %s%s", label, strerror(errno), nlc_hint(hint, near));
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Adds the folder at `path`; `where` is what named it. */
static nlc_error add_folder(nlc_scenario *self, const char *path, nlc_where where, nlc_problems *problems)
{
    const char *label = label_of(&self->arena, path);
    nlc_scenario_folder *grown = nlc_grown(self->folder, &self->folder_capacity, (size_t)self->num_folders + 1, sizeof *grown);
    if (grown)
        self->folder = grown;
    if (!label || !grown)
        return NLC_ERROR_MEMORY;
    struct stat status, other;
    if (where.file[0] == '\0')
        where.file = label;
    if (stat(path, &status) != 0) {
        explain_missing(self, path, label, where, problems);
        return NLC_ERROR_INPUT;
    }
    if (!S_ISDIR(status.st_mode)) {
        nlc_problems_add(problems, where, "'%s' is a file; a scenario is the folder that holds scenario.csv", label);
        return NLC_ERROR_INPUT;
    }
    for (uint32_t f = 0; f < self->num_folders; f++) {
        if (stat(self->folder[f].path, &other) == 0 && is_same(&status, &other)) {
            nlc_problems_add(problems, where, "extends runs in a circle: '%s' is extended already", label);
            return NLC_ERROR_INPUT;
        }
    }
    self->folder[self->num_folders] = (nlc_scenario_folder){.path = path, .label = label};
    return list_folder(self, self->num_folders++, where, problems);
}

static nlc_error read_in(nlc_scenario *self, uint32_t f, nlc_table table, nlc_problems *problems,
                         nlc_error (*record)(void *context, const nlc_record *record), void *context)
{
    nlc_text path = {0};
    nlc_error error = nlc_text_print(&path, "%s/%s", self->folder[f].path, nlc_table_file(table));
    if (!error)
        error = nlc_table_read(table, self->model, path.data, nlc_scenario_where(self, f, table, 0), problems, record, context);
    nlc_text_free(&path);
    return error;
}

nlc_error nlc_scenario_read(nlc_scenario *self, nlc_table table, nlc_problems *problems,
                            nlc_error (*record)(void *context, const nlc_record *record), void *context)
{
    return read_in(self, self->table_folder[table], table, problems, record, context);
}

/* ---- Keys -------------------------------------------------------------------------------------- */

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
    uint32_t folder;
    uint32_t line[NLC_NUM_KEYS]; /* where this folder gives a key, or 0 */
    const char *extends;         /* in the arena; NULL where not given */
    nlc_where extends_where;
} keys_type;

static const char *key_name(const void *context, uint32_t i)
{
    (void)context;
    return nlc_key_column((nlc_key)i)->name;
}

static nlc_error keep_key(keys_type *self, nlc_key key, nlc_value value, nlc_where where)
{
    value.text = nlc_arena_text(&self->scenario->arena, value.text, strlen(value.text));
    if (!value.text)
        return NLC_ERROR_MEMORY;
    if (key == NLC_KEY_EXTENDS) {
        self->extends = value.text;
        self->extends_where = where;
    }
    nlc_key_value *kept = &self->scenario->key[key];
    if (kept->folder == NLC_NONE)
        *kept = (nlc_key_value){value, where, self->folder};
    return NLC_OK;
}

static nlc_error on_key(void *context, const nlc_record *record)
{
    keys_type *self = context;
    char hint[NLC_HINT_LENGTH];
    const char *name = nlc_record_get(record, NLC_SCENARIO_KEY)->text, *text = nlc_record_get(record, NLC_SCENARIO_VALUE)->text;
    const nlc_key key = nlc_key_find(name);
    if (nlc_record_get(record, NLC_SCENARIO_KEY)->bad)
        return NLC_OK;
    if (key == NLC_NUM_KEYS) {
        nlc_problems_add(self->problems, record->where, "'%s' is not a key of scenario.csv%s", name,
                         nlc_hint(hint, nlc_nearest(name, key_name, NULL, NLC_NUM_KEYS)));
        return NLC_OK;
    }
    if (self->line[key] > 0) {
        nlc_problems_add(self->problems, record->where, "the key '%s' stands twice, first in line %lu", name,
                         (unsigned long)self->line[key]);
        return NLC_OK;
    }
    self->line[key] = record->where.line;
    /* An empty cell gives nothing, but where the key is needed it is this line that lacks it. */
    if (text[0] == '\0' && self->scenario->key[key].folder == NLC_NONE)
        self->scenario->key[key].where = record->where;
    if (text[0] == '\0')
        return NLC_OK;
    nlc_value value = *nlc_record_get(record, NLC_SCENARIO_VALUE);
    if (!value.bad)
        value = nlc_value_read(nlc_key_column(key), text, record->decimal_comma, record->where, self->problems);
    if (!value.bad)
        return keep_key(self, key, value, record->where);
    if (self->scenario->key[key].folder == NLC_NONE)
        self->scenario->key[key].value.bad = true;
    return NLC_OK;
}

static bool holds_study(nlc_scenario *self, const nlc_scenario_folder *folder)
{
    struct stat status;
    const char *path = joined(&self->arena, folder->path, nlc_table_file(NLC_TABLE_STUDY));
    return path && stat(path, &status) == 0;
}

/* Reads scenario.csv of the last folder, and gives the path that it extends, or NULL. */
static nlc_error read_keys(nlc_scenario *self, const char **extends, nlc_where *where, nlc_problems *problems)
{
    keys_type keys = {.scenario = self, .problems = problems, .folder = self->num_folders - 1};
    const nlc_scenario_folder *folder = &self->folder[keys.folder];
    *extends = NULL;
    if (!folder->file[NLC_TABLE_SCENARIO]) {
        const char *label = joined(&self->arena, folder->label, nlc_table_file(NLC_TABLE_SCENARIO));
        if (!label)
            return NLC_ERROR_MEMORY;
        self->is_flawed[NLC_TABLE_SCENARIO] = true;
        nlc_problems_add(problems, (nlc_where){label, 0, keys.folder}, "is missing; %s",
                         holds_study(self, folder) ? "this is the folder of a study, for 'nlcsim sweep' or 'nlcsim calibrate'"
                                                   : "a scenario folder needs it");
        return NLC_OK;
    }
    const nlc_error error = read_in(self, keys.folder, NLC_TABLE_SCENARIO, problems, on_key, &keys);
    self->is_flawed[NLC_TABLE_SCENARIO] = self->is_flawed[NLC_TABLE_SCENARIO] || error == NLC_ERROR_INPUT;
    *extends = keys.extends;
    *where = keys.extends_where;
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}

nlc_error nlc_folders_read(nlc_scenario *self, const char *path, nlc_where where, nlc_problems *problems)
{
    const char *extends;
    path = nlc_arena_text(&self->arena, path[0] ? path : ".", path[0] ? strlen(path) : 1);
    if (!path)
        return NLC_ERROR_MEMORY;
    nlc_error error = add_folder(self, path, where, problems);
    if (error)
        return error;
    for (;;) {
        error = read_keys(self, &extends, &where, problems);
        if (error || !extends)
            return error;
        path = joined(&self->arena, self->folder[self->num_folders - 1].path, extends);
        error = path ? add_folder(self, path, where, problems) : NLC_ERROR_MEMORY;
        self->is_cut = error == NLC_ERROR_INPUT;
        if (error)
            return error;
    }
}
