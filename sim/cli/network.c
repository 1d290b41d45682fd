#include "load.h"

#include "import.h"
#include "report.h"
#include "save.h"
#include "scenario.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

/* What there is to write. */
typedef struct {
    const nlc_resolved *scenario;
    nlc_channel_table channels;
    nlc_network_report report;
} network;

static const char *tier_name(const nlc_resolved *scenario, uint32_t tier)
{
    return tier < scenario->tiers.num ? scenario->tiers.text[tier] : "national";
}

/* Each channel is counted in each direction, at the tier that hears. */
static void counts_print(const network *self)
{
    const nlc_network_report *report = &self->report;
    printf("%-20s %9s", "channels heard by", "nodes");
    for (nlc_channel_kind kind = 0; kind < NLC_NUM_CHANNEL_KINDS; kind++)
        printf(" %9s", nlc_channel_kind_name(kind));
    fputc('\n', stdout);
    for (uint32_t tier = 0; tier <= report->num_tiers; tier++) {
        printf("%-20s %9" PRIu32, tier_name(self->scenario, tier), report->nodes[tier]);
        for (nlc_channel_kind kind = 0; kind < NLC_NUM_CHANNEL_KINDS; kind++)
            printf(" %9zu", report->channels[tier * NLC_NUM_CHANNEL_KINDS + kind]);
        fputc('\n', stdout);
    }
}

/* What has no meaning is a dash. */
static void number_print(double number, int decimals)
{
    if (isnan(number))
        fputs(" -", stdout);
    else
        printf(" %.*f", decimals, number);
}

static void structure_print(const char *title, const nlc_structure *structure)
{
    printf("\n%s: %" PRIu32 " nodes, %zu pairs joined\n", title, structure->num_vertices, structure->num_edges);
    fputs("  neighbours   mean", stdout);
    number_print(structure->mean_degree, 2);
    fputs("; quantiles", stdout);
    for (uint32_t k = 0; k < NLC_NUM_DEGREE_QUANTILES; k++) {
        printf("%s %g %%:", k == 0 ? "" : ",", 100.0 * nlc_degree_quantiles[k]);
        number_print(structure->degree[k], 0);
    }
    printf("\n  components   %" PRIu32 ", the largest of %" PRIu32 " nodes; %" PRIu32 " nodes have no neighbour\n",
           structure->num_components, structure->largest_component, structure->num_isolates);
    fputs("  path length  mean", stdout);
    number_print(structure->mean_path, 2);
    printf(", longest %" PRIu32, structure->max_path);
    if (structure->paths_sampled)
        printf(" or more (from %" PRIu32 " nodes)", structure->num_path_sources);
    fputs("\n  clustering  ", stdout);
    number_print(structure->clustering, 3);
    fputs(", transitivity", stdout);
    number_print(structure->transitivity, 3);
    fputc('\n', stdout);
}

static const char *vertex_name(const nlc_resolved *scenario, uint32_t vertex)
{
    return vertex < scenario->num_nodes ? scenario->name[vertex] : scenario->agency_name[vertex - scenario->num_nodes];
}

static void leaders_print(const network *self)
{
    const nlc_network_report *report = &self->report;
    if (report->num_leaders == 0)
        return;
    printf("\nmost shortest paths go through%s\n", report->betweenness_sampled ? " (estimated from a sample)" : "");
    for (uint32_t k = 0; k < report->num_leaders; k++) {
        const nlc_leader *leader = &report->leader[k];
        printf("  %-12s %-32s", nlc_vertex_id(self->scenario, leader->vertex), vertex_name(self->scenario, leader->vertex));
        number_print(100.0 * leader->share, 1);
        fputs(" % of pairs\n", stdout);
    }
}

static void network_print(const network *self, uint32_t draw)
{
    printf("network draw %" PRIu32 " of %" PRIu32 "\n\n", draw, self->scenario->num_draws);
    counts_print(self);
    structure_print("places, joined by peer and regional channels", &self->report.across);
    structure_print("places and agencies, joined by channels of every kind", &self->report.all);
    leaders_print(self);
}

static nlc_error csv_write(const void *context, FILE *file)
{
    const network *self = context;
    return nlc_channel_table_write_csv(&self->channels, self->scenario, file);
}

static nlc_error graphml_write(const void *context, FILE *file)
{
    const network *self = context;
    return nlc_channel_table_write_graphml(&self->channels, self->scenario, file);
}

/* A scenario reads a direct channel as what its lever stands at before any row of levers.csv: the largest
 * value that the lever takes would be set, scaled and added to once more. */
static void direct_as_given(nlc_channel_table *channels, const nlc_resolved *resolved, const nlc_scenario *folder)
{
    size_t num = 0;
    for (size_t j = 0; j < channels->num; j++)
        if (channels->channel[j].kind != NLC_CHANNEL_DIRECT)
            channels->channel[num++] = channels->channel[j];
    for (uint32_t i = 0; i < resolved->num_nodes; i++) {
        const nlc_node *node = &folder->node[folder->place[i]];
        const uint32_t lead = resolved->num_nodes + resolved->countries[resolved->country[i]].first_agency;
        if (node->direct_line == 0)
            continue;
        channels->channel[num++] = (nlc_channel){i, lead, node->direct_weight, NLC_CHANNEL_DIRECT};
        channels->channel[num++] = (nlc_channel){lead, i, node->direct_weight, NLC_CHANNEL_DIRECT};
    }
    channels->num = num;
    nlc_channel_table_sort(channels);
}

static const char *const file_names[] = {"network.graphml", "channels.csv"};
static const cli_written written = {file_names, sizeof file_names / sizeof *file_names, NLC_GRAPHML_MARK};

static int files_write(const cli_arguments *arguments, const network *self, const char *folder)
{
    int code = cli_folder_make(arguments, folder);
    if (code == CLI_DONE)
        code = cli_save(arguments, folder, file_names[0], graphml_write, self);
    if (code == CLI_DONE)
        code = cli_save(arguments, folder, file_names[1], csv_write, self);
    if (code == CLI_DONE)
        printf("\nwritten: %s/channels.csv, %s/network.graphml\n", folder, folder);
    return code;
}

static int network_show(const cli_arguments *arguments, const cli_scenario *loaded, uint32_t draw)
{
    const nlc_resolved *scenario = &loaded->resolved;
    network self = {.scenario = scenario};
    nlc_error error = nlc_channel_table_init(&self.channels, scenario, draw);
    if (error == NLC_OK)
        error = nlc_network_report_init(&self.report, scenario, &self.channels);
    int code = cli_fail(arguments, error, arguments->operands[0]);
    if (code == CLI_DONE)
        network_print(&self, draw);
    if (code == CLI_DONE && cli_is_given(arguments, "out")) {
        direct_as_given(&self.channels, scenario, loaded->folder);
        code = files_write(arguments, &self, cli_value(arguments, "out"));
    }
    nlc_network_report_free(&self.report);
    nlc_channel_table_free(&self.channels);
    return code;
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int network_run(const cli_arguments *arguments)
{
    if (is_file(arguments->operands[0]))
        return cli_import(arguments);
    cli_scenario scenario;
    int code = cli_scenario_load(&scenario, arguments);
    const uint32_t draw = (uint32_t)cli_number(arguments, "draw", 0);
    if (code == CLI_DONE && draw >= scenario.resolved.num_draws) {
        cli_complain(arguments->command, "--draw %" PRIu32 ": this scenario has %" PRIu32 " network %s, numbered from 0", draw,
                     scenario.resolved.num_draws, scenario.resolved.num_draws == 1 ? "draw" : "draws");
        code = CLI_WRONG;
    }
    if (code == CLI_DONE && cli_is_given(arguments, "out"))
        code = cli_folder_check(arguments, cli_value(arguments, "out"), &written);
    if (code == CLI_DONE)
        code = network_show(arguments, &scenario, draw);
    cli_scenario_free(&scenario);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "nothing is written",
     .meaning = "Also write the network into this folder: network.graphml, and channels.csv as a scenario with peers=file (and "
                "regional=file) reads it. Direct channels stand there as the scenario's own channels.csv gives them, before "
                "its levers. A network that was written there before is replaced; a folder with anything else is refused."},
    {.name = "draw",
     .kind = CLI_NUMBER,
     .argument = "K",
     .high = UINT32_MAX,
     .standard = "0",
     .meaning = "Which network draw, from 0, where networks are made by chance."},
    CLI_OPTION_SET,
};

const cli_command cli_network = {
    .name = "network",
    .operands = "(SCENARIO | FILE.graphml)",
    .operand_kind = CLI_FILE,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "measure the network of a scenario, and write it as GraphML and CSV",
    .description = "Shows who hears whom: nodes and channels by tier and kind, how many neighbours places have, into how many "
                   "parts the network falls, how long its paths are, and the places through which most shortest paths go.\n"
                   "In place of a scenario it takes a GraphML file, and turns it into channels.csv: nodes are named by their "
                   "attribute id, and edges have the attributes kind and weight. A scenario reads it with peers=file.",
    .example = "nlcsim network scenarios/philippines-roadmap --set scenario.peers=smallworld:6:0.1 -o network",
    .example_means = "Shows what a small world of peers would look like, and writes it for Gephi, R or Python.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = network_run,
};
