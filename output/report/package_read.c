/* datapackage.json, and the resolved scenario beside it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "material.h"
#include "writers.h"

const char *nlc_member_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

double nlc_member_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

const json_t *nlc_named_member(const json_t *list, const char *key, const char *name)
{
    for (size_t k = 0; k < json_array_size(list); k++) {
        const json_t *member = json_array_get(list, k);
        if (strcmp(nlc_member_text(member, key), name) == 0) {
            return member;
        }
    }
    return NULL;
}

const char *nlc_material_country(const nlc_material *self, const char *id)
{
    const json_t *country = nlc_named_member(json_object_get(self->about, "countries"), "id", id);
    return country == NULL ? id : nlc_member_text(country, "name");
}

const char *nlc_material_unit(const nlc_material *self, const char *column)
{
    const json_t *runs = nlc_named_member(json_object_get(self->package, "resources"), "name", "runs");
    const json_t *fields = json_object_get(json_object_get(runs, "schema"), "fields");
    return nlc_member_text(nlc_named_member(fields, "name", column), "unit");
}

nlc_error nlc_material_read_package(nlc_material *self)
{
    const char *path = nlc_reader_path(self->reader, NLC_FOLDER_MARK);
    nlc_text text = {0};
    json_error_t wrong;
    if (path == NULL) {
        return NLC_ERROR_MEMORY;
    }
    if (!nlc_reader_has(self->reader, NLC_FOLDER_MARK)) {
        nlc_problems_add(self->reader->problems, (nlc_where){.file = self->reader->folder},
                         "this folder holds no nlcsim results (there is no " NLC_FOLDER_MARK
                         " in it); name the folder that 'nlcsim run' wrote");
        return NLC_ERROR_INPUT;
    }
    nlc_error error = nlc_reader_text(self->reader, NLC_FOLDER_MARK, &text);
    if (error == NLC_OK) {
        const char *data = text.data == NULL ? "" : text.data;
        self->package = json_loadb(data, text.length, 0, &wrong);
        if (self->package == NULL && json_error_code(&wrong) == json_error_numeric_overflow) {
            /* A seed may be larger than jansson's integers. */
            self->package = json_loadb(data, text.length, JSON_DECODE_INT_AS_REAL, &wrong);
        }
        self->about = json_object_get(self->package, "nlcsim");
        if (self->package == NULL && json_error_code(&wrong) == json_error_out_of_memory) {
            error = NLC_ERROR_MEMORY;
        } else if (self->package == NULL) {
            nlc_problems_add(self->reader->problems, (nlc_where){.file = path, .line = (uint32_t)(wrong.line > 0 ? wrong.line : 0)},
                             "this is not JSON: %s", wrong.text);
        } else if (!json_is_object(self->about)) {
            nlc_problems_add(self->reader->problems, (nlc_where){.file = path},
                             "this does not describe nlcsim results; there is no member 'nlcsim'");
        }
        error = error == NLC_OK ? nlc_problems_error(self->reader->problems) : error;
    }
    nlc_text_free(&text);
    return error;
}

nlc_error nlc_material_read_resolved_file(nlc_material *self)
{
    enum { ALIGNMENT = 64 };
    nlc_resolved_problem problem = {0};
    const nlc_where where = {.file = nlc_reader_path(self->reader, NLC_RESOLVED_FILE)};
    nlc_error error =
        where.file == NULL ? NLC_ERROR_MEMORY : nlc_reader_text(self->reader, NLC_RESOLVED_FILE, &self->resolved_text);
    if (error != NLC_OK) {
        return error;
    }
    const size_t size = nlc_resolved_size(self->resolved_text.data, self->resolved_text.length, nlc_models());
    if (size == 0) {
        nlc_problems_add(self->reader->problems, where, "this is not a resolved scenario of a model that this program has");
        return NLC_ERROR_INPUT;
    }
    self->memory = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (self->memory == NULL) {
        return NLC_ERROR_MEMORY;
    }
    error = nlc_resolved_read(self->resolved_text.data, self->resolved_text.length, nlc_models(), self->memory, &self->resolved,
                              &problem);
    if (error == NLC_ERROR_INPUT) {
        nlc_problems_add(self->reader->problems, (nlc_where){.file = where.file, .line = problem.line}, "%s", problem.message);
    }
    self->num_months = self->resolved.num_months;
    return error;
}
