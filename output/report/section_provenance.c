/* What the page is not, where the results come from, and how to make them again. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "page.h"

void nlc_section_limits(nlc_page *self)
{
    static const nlc_string limits[] = {NLC_TEXT(limit_forecast), NLC_TEXT(limit_assumption), NLC_TEXT(limit_band),
                                        NLC_TEXT(limit_person),   NLC_TEXT(limit_place),      NLC_TEXT(limit_use)};
    nlc_page_section(self, "limits", NLC_TEXT(limits_title));
    nlc_html_markup(&self->html, "<ul>\n");
    for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
        nlc_html_heading(&self->html, "li", limits[k]);
    }
    nlc_html_markup(&self->html, "</ul>\n");
    nlc_page_section_end(self);
}

/* ---- Provenance ------------------------------------------------------------------------------------ */

static void fact_begin(nlc_page *self, nlc_string title)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_say(&self->html, title);
    nlc_html_markup(&self->html, "</th><td>");
}

static void fact(nlc_page *self, nlc_string title, const char *text)
{
    fact_begin(self, title);
    nlc_html_markup(&self->html, "<code>");
    nlc_html_text(&self->html, text);
    nlc_html_markup(&self->html, "</code></td></tr>\n");
}

static void whole_fact(nlc_page *self, nlc_string title, uint64_t value)
{
    fact_begin(self, title);
    nlc_html_markup(&self->html, "<code>%" PRIu64 "</code></td></tr>\n", value);
}

static void facts(nlc_page *self)
{
    const nlc_material *material = self->material;
    const json_t *about = material->about;
    const json_t *model = json_object_get(about, "model");
    const json_t *seed = json_object_get(about, "seed");
    nlc_html_markup(&self->html, "<table id=\"facts-table\" class=\"facts\"><tbody>\n");
    fact(self, NLC_TEXT(version), nlc_member_text(about, "version"));
    if (model != NULL) {
        fact(self, NLC_TEXT(model), nlc_member_text(model, "name"));
        whole_fact(self, NLC_TEXT(model_code), (uint64_t)json_number_value(json_object_get(model, "code_version")));
    }
    if (material->kind == NLC_OF_RUN) {
        fact(self, NLC_TEXT(scenario_hash), nlc_member_text(about, "scenario_sha256"));
        whole_fact(self, NLC_TEXT(seed), material->resolved.seed);
    } else if (json_is_string(seed)) {
        fact(self, NLC_TEXT(seed), json_string_value(seed));
    } else if (json_is_integer(seed)) {
        whole_fact(self, NLC_TEXT(seed), (uint64_t)json_integer_value(seed));
    }
    whole_fact(self, NLC_TEXT(runs), (uint64_t)json_number_value(json_object_get(about, "replicates")));
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

/* Whether a file still is what the data package describes. */
static nlc_string state_of(nlc_page *self, const json_t *resource)
{
    char hash[sizeof "blake2b:" + NLC_FILE_HASH_LENGTH] = "blake2b:";
    nlc_text text = {0};
    nlc_problems unread = {0};
    nlc_reader reader = {.folder = self->material->reader->folder, .problems = &unread};
    const nlc_error error = nlc_reader_text(&reader, nlc_member_text(resource, "path"), &text);
    nlc_bytes_hash(text.data == NULL ? "" : text.data, text.length, hash + strlen(hash));
    nlc_text_free(&text);
    nlc_problems_free(&unread);
    nlc_reader_free(&reader);
    if (error == NLC_ERROR_MEMORY && self->html.error == NLC_OK) {
        self->html.error = error;
    }
    if (error != NLC_OK) {
        return NLC_TEXT(file_missing);
    }
    return strcmp(hash, nlc_member_text(resource, "hash")) == 0 ? NLC_TEXT(file_same) : NLC_TEXT(file_changed);
}

static void files(nlc_page *self)
{
    const json_t *resources = json_object_get(self->material->package, "resources");
    nlc_html_markup(&self->html, "<table id=\"files-table\" class=\"dense\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(file), false);
    nlc_page_head(self, NLC_TEXT(bytes), true);
    nlc_page_head(self, NLC_TEXT(hash), false);
    nlc_page_head(self, NLC_TEXT(file_state), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < json_array_size(resources); k++) {
        const json_t *resource = json_array_get(resources, k);
        nlc_html_markup(&self->html, "<tr><th scope=\"row\"><code>");
        nlc_html_text(&self->html, nlc_member_text(resource, "path"));
        nlc_html_markup(&self->html, "</code></th>");
        nlc_page_cell(self, nlc_member_number(resource, "bytes"), NLC_AS_WHOLE);
        nlc_html_markup(&self->html, "<td><code class=\"hash\">");
        nlc_html_text(&self->html, nlc_member_text(resource, "hash"));
        nlc_html_markup(&self->html, "</code></td><td>");
        nlc_html_say(&self->html, state_of(self, resource));
        nlc_html_markup(&self->html, "</td></tr>\n");
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

/* The folder says with which command it was made, or not. */
static void steps(nlc_page *self)
{
    const bool is_study = self->material->kind == NLC_OF_STUDY;
    const char *given = nlc_member_text(self->material->about, "command");
    const char *command = is_study && given[0] == '\0' ? "nlcsim sweep STUDY" : given;
    if (command[0] == '\0') {
        return;
    }
    const nlc_string texts[] = {command != given ? NLC_TEXT(again_study) : NLC_TEXT(again_run),
                                is_study ? NLC_TEXT(again_point) : NLC_TEXT(again_replay)};
    const char *const commands[] = {command, is_study ? "nlcsim replay DIR --run 1" : "nlcsim replay DIR --run all"};
    /* Replaying is not for comparisons. */
    const size_t num = self->material->kind == NLC_OF_COMPARISON ? 1 : 2;
    nlc_html_heading(&self->html, "h3", NLC_TEXT(again_title));
    for (size_t k = 0; k < num; k++) {
        nlc_page_paragraph(self, texts[k]);
        nlc_html_markup(&self->html, "<pre><code>");
        nlc_html_text(&self->html, commands[k]);
        nlc_html_markup(&self->html, "</code></pre>\n");
    }
}

void nlc_section_provenance(nlc_page *self)
{
    nlc_page_section(self, "provenance", NLC_TEXT(provenance_title));
    facts(self);
    files(self);
    steps(self);
    nlc_page_section_end(self);
}
