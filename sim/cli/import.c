#include "import.h"

#include "graphml.h"
#include "load.h"
#include "save.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static nlc_error graphml_read(nlc_graphml *self, const char *path, nlc_text *problems)
{
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NLC_ERROR_IO;
    const nlc_error error = nlc_graphml_read(self, file, path, problems);
    const int why = errno;
    fclose(file);
    errno = why;
    return error;
}

static void counts_print(const nlc_graphml *self)
{
    size_t num[NLC_NUM_CHANNEL_KINDS] = {0};
    for (size_t j = 0; j < self->channels.num; j++)
        num[self->channels.channel[j].kind]++;
    printf("%" PRIu32 " nodes; channels, each direction by itself:", self->num_nodes);
    for (nlc_channel_kind kind = 0; kind < NLC_NUM_CHANNEL_KINDS; kind++)
        printf("%s %s %zu", kind == 0 ? "" : ",", nlc_channel_kind_name(kind), num[kind]);
    fputc('\n', stdout);
}

/* Two directions with the same weight are one row; of the two the one to the earlier node is written. */
static const char *both_of(const nlc_graphml *self, const nlc_channel *channel)
{
    const nlc_channel *back = nlc_channel_table_find(&self->channels, channel->from, channel->kind, channel->to);
    if (back == NULL || back->weight != channel->weight)
        return "no";
    return channel->from > channel->to ? "yes" : NULL;
}

static nlc_error rows_write(const void *context, FILE *file)
{
    static const char *const columns[] = {"from", "to", "kind", "weight", "both"};
    const nlc_graphml *self = context;
    cli_table table;
    cli_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (size_t j = 0; j < self->channels.num; j++) {
        const nlc_channel *channel = &self->channels.channel[j];
        const char *both = both_of(self, channel);
        if (both == NULL)
            continue;
        cli_table_text(&table, self->node[channel->from].id);
        cli_table_text(&table, self->node[channel->to].id);
        cli_table_text(&table, nlc_channel_kind_name(channel->kind));
        cli_table_float(&table, channel->weight);
        cli_table_text(&table, both);
    }
    const bool is_broken = table.is_broken;
    if (!is_broken)
        cli_table_print(&table, "csv", file);
    cli_table_free(&table);
    if (is_broken)
        return NLC_ERROR_MEMORY;
    return fflush(file) == 0 && !ferror(file) ? NLC_OK : NLC_ERROR_IO;
}

static int converted_write(const cli_arguments *arguments, const nlc_graphml *self)
{
    const char *folder = cli_value(arguments, "out");
    int code = folder != NULL ? cli_folder_check(arguments, folder, &(cli_written){0}) : CLI_DONE;
    if (code == CLI_DONE)
        counts_print(self);
    if (folder == NULL || code != CLI_DONE)
        return code;
    code = cli_folder_make(arguments, folder);
    if (code == CLI_DONE)
        code = cli_save(arguments, folder, "channels.csv", rows_write, self);
    if (code == CLI_DONE)
        printf("written: %s/channels.csv\n", folder);
    return code;
}

int cli_import(const cli_arguments *arguments)
{
    const char *path = arguments->operands[0];
    nlc_graphml self = {0};
    nlc_text problems = {0};
    if (cli_is_given(arguments, "set") || cli_is_given(arguments, "draw")) {
        cli_complain(arguments->command, "%s: --set and --draw are for scenarios, not for a GraphML file", path);
        return CLI_WRONG;
    }
    const nlc_error error = graphml_read(&self, path, &problems);
    if (error == NLC_ERROR_INPUT && problems.data != NULL)
        fwrite(problems.data, 1, problems.length, stderr);
    int code = cli_fail(arguments, error, path);
    if (code == CLI_DONE)
        code = converted_write(arguments, &self);
    nlc_text_free(&problems);
    nlc_graphml_free(&self);
    return code;
}
