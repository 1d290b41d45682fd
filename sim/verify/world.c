/* For mkdtemp. */
#define _XOPEN_SOURCE 700

#include "world.h"

#include "problems.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a piece of an ensemble may hold. */
#define MOST_MEMORY ((size_t)16 << 20)

static void keep_error(nlc_world *self, nlc_error error)
{
    self->error = self->error != NLC_OK ? self->error : error;
}

void nlc_world_begin(nlc_world *self, nlc_case *one, const char *model, const char *columns, bool by_node)
{
    *self = (nlc_world){.one = one, .model = model, .by_node = by_node};
    keep_error(self, nlc_text_print(&self->nodes, "id,name,tier,parent_id,group,start_stage%s%s\nlead,,national,,,",
                                    columns[0] != 0 ? "," : "", columns));
    for (const char *column = columns; column != NULL && columns[0] != 0; column = strchr(column + 1, ','))
        keep_error(self, nlc_text_add(&self->nodes, ",", 1));
    keep_error(self, nlc_text_add(&self->nodes, "\n", 1));
    keep_error(self, nlc_text_print(&self->channels, "from,to,kind,weight,both\n"));
    keep_error(self, nlc_text_print(&self->parameters, "name,value\n"));
}

/* The words of tiers are those of the adapters: none is part of another. */
static void add_tier(nlc_world *self, const char *tier)
{
    if (self->tiers.data == NULL || strstr(self->tiers.data, tier) == NULL)
        keep_error(self, nlc_text_print(&self->tiers, "%s%s", self->tiers.data != NULL ? "|" : "", tier));
}

void nlc_world_place(nlc_world *self, const char *tier, uint32_t parent, bool has_adopted, const char *cells, ...)
{
    char more[256], above[16] = "lead", group[16] = "";
    va_list values;
    va_start(values, cells);
    vsnprintf(more, sizeof more, cells, values);
    va_end(values);
    if (parent != NLC_NONE)
        snprintf(above, sizeof above, "n%u", parent);
    add_tier(self, tier);
    if (self->by_node && self->num_nodes < NLC_WORLD_MOST_NODES)
        snprintf(group, sizeof group, "n%u", self->num_nodes);
    keep_error(self, nlc_text_print(&self->nodes, "n%u,,%s,%s,%s,%s%s\n", self->num_nodes, tier, above, group,
                                    has_adopted ? "adopted" : "", more));
    self->num_nodes++;
}

void nlc_world_channel(nlc_world *self, uint32_t from, uint32_t to, double weight)
{
    if (weight == 0)
        return;
    keep_error(self, nlc_text_print(&self->channels, "n%u,n%u,peer,%.17g,no\n", from, to, weight));
    self->num_channels++;
}

void nlc_world_parameter(nlc_world *self, const char *name, double value)
{
    keep_error(self, nlc_text_print(&self->parameters, "%s,%.9g\n", name, value));
}

/* ---- The folder -------------------------------------------------------------------------------- */

static nlc_error file_write(const char *folder, const char *name, const nlc_text *text)
{
    nlc_text path = {0};
    nlc_error error = nlc_text_print(&path, "%s/%s", folder, name);
    FILE *file = error == NLC_OK ? fopen(path.data, "w") : NULL;
    if (error == NLC_OK && file == NULL)
        error = NLC_ERROR_IO;
    if (file != NULL && fwrite(text->data, 1, text->length, file) != text->length)
        error = NLC_ERROR_IO;
    if (file != NULL && fclose(file) != 0)
        error = NLC_ERROR_IO;
    nlc_text_free(&path);
    return error;
}

static nlc_error settings_print(const nlc_world *self, uint32_t num_months, uint32_t replicates, nlc_text *text)
{
    return nlc_text_print(text,
                          "key,value\nformat,1\ntitle,\"Case %s\"\nmodel,%s\nstart,2001-01\nmonths,%u\nreplicates,%u\nseed,1\n"
                          "adopting,%s\npeers,%s\n",
                          self->one->id, self->model, num_months, replicates, self->tiers.data,
                          self->num_channels > 0 ? "file" : "none");
}

static nlc_error folder_write(const nlc_world *self, const char *folder, uint32_t num_months, uint32_t replicates)
{
    nlc_text settings = {0};
    nlc_error error = settings_print(self, num_months, replicates, &settings);
    if (error == NLC_OK)
        error = file_write(folder, "scenario.csv", &settings);
    if (error == NLC_OK)
        error = file_write(folder, "nodes.csv", &self->nodes);
    if (error == NLC_OK)
        error = file_write(folder, "parameters.csv", &self->parameters);
    if (error == NLC_OK && self->num_channels > 0)
        error = file_write(folder, "channels.csv", &self->channels);
    nlc_text_free(&settings);
    return error;
}

static void folder_remove(const char *folder)
{
    static const char *const names[] = {"scenario.csv", "nodes.csv", "parameters.csv", "channels.csv"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        nlc_text path = {0};
        if (nlc_text_print(&path, "%s/%s", folder, names[k]) == NLC_OK)
            unlink(path.data);
        nlc_text_free(&path);
    }
    rmdir(folder);
}

static nlc_error folder_make(const nlc_world *self, const char *name, nlc_text *path)
{
    const char *keep = self->one->keep, *temporary = getenv("TMPDIR");
    nlc_error error;
    if (keep == NULL) {
        error = nlc_text_print(path, "%s/nlcsim-case-XXXXXX", temporary != NULL && temporary[0] != 0 ? temporary : "/tmp");
        return error == NLC_OK && mkdtemp(path->data) == NULL ? NLC_ERROR_IO : error;
    }
    if (mkdir(keep, 0777) != 0 && errno != EEXIST)
        return NLC_ERROR_IO;
    error = nlc_text_print(path, "%s%s%s", keep, name != NULL ? "/" : "", name != NULL ? name : "");
    if (error == NLC_OK && name != NULL && mkdir(path->data, 0777) != 0 && errno != EEXIST)
        return NLC_ERROR_IO;
    return error;
}

/* ---- Resolving ----------------------------------------------------------------------------------- */

static nlc_error find_nodes(nlc_world *self)
{
    const nlc_resolved *scenario = &self->scenario;
    self->of_node = malloc((self->num_nodes + (size_t)1) * sizeof *self->of_node);
    if (self->of_node == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        self->of_node[strtoul(scenario->id[i] + 1, NULL, 10)] = i;
    return NLC_OK;
}

static nlc_error scenario_read(nlc_world *self)
{
    nlc_resolved_problem problem;
    const size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = aligned_alloc(64, (size + 64) / 64 * 64);
    if (self->memory == NULL)
        return NLC_ERROR_MEMORY;
    const nlc_error error =
        nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->scenario, &problem);
    if (error == NLC_ERROR_INPUT)
        nlc_case_say(self->one, "the scenario made of the case, line %u: %s", problem.line, problem.message);
    return error == NLC_OK ? find_nodes(self) : error;
}

static nlc_error resolve(nlc_world *self, const char *name, uint32_t num_months, uint32_t replicates)
{
    nlc_text folder = {0}, problems = {0};
    nlc_error error = self->error != NLC_OK ? self->error : folder_make(self, name, &folder);
    const bool is_made = error == NLC_OK;
    if (error == NLC_OK)
        error = folder_write(self, folder.data, num_months, replicates);
    if (error == NLC_OK)
        error = nlc_scenario_resolve(folder.data, NULL, 0, &self->text, &problems);
    if (error == NLC_ERROR_INPUT)
        nlc_case_say(self->one, "the scenario made of the case is not valid: %s", problems.data);
    if (is_made && self->one->keep == NULL)
        folder_remove(folder.data);
    nlc_text_free(&folder);
    nlc_text_free(&problems);
    return error == NLC_OK ? scenario_read(self) : error;
}

/* ---- Running ------------------------------------------------------------------------------------- */

nlc_error nlc_world_run(nlc_world *self, const char *name, uint32_t num_months, uint32_t replicates,
                        nlc_error (*take)(void *context, const nlc_ensemble *ensemble), void *context)
{
    nlc_error error = resolve(self, name, num_months, replicates);
    nlc_ensemble_options options = {.replicates = 1, .threads = self->one->threads, .seed = self->scenario.seed};
    size_t of_run;
    if (error == NLC_OK)
        error = nlc_ensemble_memory(&self->scenario, &options, &of_run);
    if (error != NLC_OK)
        return error;
    const size_t most = of_run > 0 && of_run < MOST_MEMORY / 64 ? MOST_MEMORY / of_run / 64 * 64 : 64;
    for (options.first = 0; options.first < replicates && error == NLC_OK; options.first += options.replicates) {
        nlc_ensemble ensemble;
        options.replicates = replicates - options.first < most ? replicates - options.first : (uint32_t)most;
        error = nlc_ensemble_run(&ensemble, &self->scenario, &options);
        if (error == NLC_OK)
            error = take(context, &ensemble);
        nlc_ensemble_free(&ensemble);
    }
    return error;
}

static uint32_t find_split(const nlc_ensemble *ensemble, uint32_t tier, uint32_t group)
{
    for (uint32_t s = 0; s < ensemble->num_splits; s++) {
        const nlc_split *split = &ensemble->splits[s];
        if (split->country == NLC_NONE && split->wave == NLC_NONE && split->size == NLC_NONE && split->tier == tier &&
            split->group == group)
            return s;
    }
    return NLC_NONE;
}

uint32_t nlc_world_split_of_node(const nlc_world *self, const nlc_ensemble *ensemble, uint32_t node)
{
    return find_split(ensemble, NLC_NONE, self->scenario.group[self->of_node[node]]);
}

uint32_t nlc_world_split_of_tier(const nlc_world *self, const nlc_ensemble *ensemble, const char *tier)
{
    for (uint32_t k = 0; k < self->scenario.num_tiers; k++)
        if (strcmp(self->scenario.tiers.text[k], tier) == 0)
            return find_split(ensemble, k, NLC_NONE);
    return NLC_NONE;
}

void nlc_world_free(nlc_world *self)
{
    nlc_text_free(&self->nodes);
    nlc_text_free(&self->channels);
    nlc_text_free(&self->parameters);
    nlc_text_free(&self->tiers);
    nlc_text_free(&self->text);
    free(self->of_node);
    free(self->memory);
    *self = (nlc_world){0};
}
