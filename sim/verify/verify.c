#include "verify.h"

#include "kinds.h"
#include "problems.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const nlc_verify_options *options;
    nlc_verify_counts *counts;
    nlc_text *problems;
    bool is_broken; /* a problem was added */
} verification;

static nlc_error problem_add(verification *self, const char *file, const char *message)
{
    self->is_broken = true;
    return nlc_text_print(self->problems, "%s/%s: %s\n", self->options->folder, file, message);
}

/* ---- A case ------------------------------------------------------------------------------------ */

/* Further lines stand under the first, so that each line that is not indented is a case. */
static nlc_error lines_add(nlc_text *text, const char *said)
{
    nlc_error error = NLC_OK;
    for (const char *line = said; *line != 0 && error == NLC_OK; line += line[strcspn(line, "\n")] == 0 ? 0 : 1) {
        const size_t length = strcspn(line, "\n");
        error = nlc_text_add(text, line == said ? " " : "    ", line == said ? 1 : 4);
        if (error == NLC_OK)
            error = nlc_text_add(text, line, length);
        if (error == NLC_OK)
            error = nlc_text_add(text, "\n", 1);
        line += length;
    }
    return error;
}

static nlc_error tell(const verification *self, const char *word, const char *id, const char *said)
{
    nlc_text text = {0};
    nlc_error error = nlc_text_print(&text, "%s %s:", word, id);
    if (error == NLC_OK)
        error = lines_add(&text, said != NULL && said[0] != 0 ? said : "nothing was checked");
    if (error == NLC_OK && !self->options->said(self->options->context, text.data))
        error = NLC_ERROR_INTERRUPTED;
    nlc_text_free(&text);
    return error;
}

/* What an adapter's errors mean for its case. A machine without memory is no fault of the case. */
static nlc_error judge(verification *self, nlc_case *one, nlc_error error)
{
    if (error == NLC_ERROR_MEMORY || error == NLC_ERROR_INTERRUPTED)
        return error;
    if (error == NLC_ERROR_IO)
        nlc_case_say(one, "%s: %s", nlc_error_text(error), strerror(errno));
    const bool passes = error == NLC_OK && one->num_checks > 0 && one->num_failed == 0;
    if (passes)
        self->counts->passed++;
    else
        self->counts->failed++;
    if (error == NLC_OK && one->num_checks == 0)
        nlc_case_say(one, "nothing was checked");
    if (passes && one->said.length == 0)
        nlc_case_say(one, "%u checks", one->num_checks);
    return tell(self, passes ? "PASS" : "FAIL", one->id, one->said.data);
}

static nlc_error case_run(verification *self, const char *file, const json_t *root)
{
    const char *id = json_string_value(json_object_get(root, "id"));
    if (id == NULL)
        return problem_add(self, file, "a case without an id: expected an object with \"id\"");
    const nlc_case_kind *kind = nlc_case_kind_of(id);
    if (kind == NULL) {
        self->counts->skipped++;
        return tell(self, "SKIP", id, "no adapter for this kind");
    }
    nlc_text keep = {0};
    nlc_error error = NLC_OK;
    if (self->options->keep != NULL)
        error = nlc_text_print(&keep, "%s/%s", self->options->keep, id);
    nlc_case one = {.id = id, .root = root, .folder = self->options->folder, .keep = keep.data, .threads = self->options->threads};
    if (error == NLC_OK)
        error = judge(self, &one, kind->run(&one));
    nlc_text_free(&one.said);
    nlc_text_free(&keep);
    return error;
}

/* ---- Files ------------------------------------------------------------------------------------- */

static nlc_error root_run(verification *self, const char *file, const json_t *root)
{
    nlc_error error = NLC_OK;
    if (!json_is_array(root))
        return case_run(self, file, root);
    for (size_t k = 0; k < json_array_size(root) && error == NLC_OK; k++)
        error = case_run(self, file, json_array_get(root, k));
    return error;
}

static nlc_error broken_add(verification *self, const char *path, const json_error_t *what)
{
    const enum json_error_code code = json_error_code(what);
    self->is_broken = true;
    if (code == json_error_out_of_memory)
        return NLC_ERROR_MEMORY;
    if (code == json_error_cannot_open_file)
        return nlc_text_print(self->problems, "%s: %s\n", path, what->text);
    return nlc_text_print(self->problems, "%s:%d:%d: %s\n", path, what->line, what->column, what->text);
}

static nlc_error file_run(verification *self, const char *file)
{
    nlc_text path = {0};
    json_error_t what;
    nlc_error error = nlc_text_print(&path, "%s/%s", self->options->folder, file);
    if (error != NLC_OK)
        return error;
    json_t *root = json_load_file(path.data, JSON_REJECT_DUPLICATES, &what);
    error = root == NULL ? broken_add(self, path.data, &what) : root_run(self, file, root);
    json_decref(root);
    nlc_text_free(&path);
    return error;
}

static int is_case_file(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length > 5 && entry->d_name[0] != '.' && strcmp(entry->d_name + length - 5, ".json") == 0;
}

/* By bytes: alphasort would go by the user's language. */
static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

nlc_error nlc_verify(const nlc_verify_options *options, nlc_verify_counts *counts, nlc_text *problems)
{
    verification self = {.options = options, .counts = counts, .problems = problems};
    struct dirent **entry;
    *counts = (nlc_verify_counts){0};
    errno = 0;
    const int num = scandir(options->folder, &entry, is_case_file, by_name);
    if (num < 0)
        return errno == ENOMEM ? NLC_ERROR_MEMORY : NLC_ERROR_IO;
    nlc_error error = NLC_OK;
    if (num == 0) {
        self.is_broken = true;
        error = nlc_text_print(problems, "%s: there are no cases here: expected files NAME.json\n", options->folder);
    }
    for (int k = 0; k < num && error == NLC_OK; k++)
        error = file_run(&self, entry[k]->d_name);
    for (int k = 0; k < num; k++)
        free(entry[k]);
    free(entry);
    return error == NLC_OK && self.is_broken ? NLC_ERROR_INPUT : error;
}
