#include "channels.h"

#include <string.h>

static nlc_error outcome(FILE *file)
{
    return fflush(file) == 0 && !ferror(file) ? NLC_OK : NLC_ERROR_IO;
}

static void write_number(float value, FILE *file)
{
    char text[NLC_NUMBER_LENGTH];
    fwrite(text, 1, nlc_number_write(value, text), file);
}

/* ---- CSV ------------------------------------------------------------------------------------------- */

static void write_cell(const char *text, FILE *file)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            fputc('"', file);
        }
        fputc(*text, file);
    }
    fputc('"', file);
}

/* True where the other direction has the same weight. */
static bool is_both(const nlc_channel_table *self, const nlc_channel *channel)
{
    const nlc_channel *back = nlc_channel_table_find(self, channel->from, channel->kind, channel->to);
    return back != NULL && back->weight == channel->weight;
}

nlc_error nlc_channel_table_write_csv(const nlc_channel_table *self, const nlc_resolved *scenario, FILE *file)
{
    fputs("from,to,kind,weight,both\r\n", file);
    for (size_t j = 0; j < self->num; j++) {
        const nlc_channel *channel = &self->channel[j];
        const bool both = is_both(self, channel);
        if (both && channel->from < channel->to) {
            continue;
        }
        write_cell(nlc_vertex_id(scenario, channel->from), file);
        fputc(',', file);
        write_cell(nlc_vertex_id(scenario, channel->to), file);
        fprintf(file, ",%s,", nlc_channel_kind_name(channel->kind));
        write_number(channel->weight, file);
        fputs(both ? ",yes\r\n" : ",no\r\n", file);
    }
    return outcome(file);
}

/* ---- GraphML ------------------------------------------------------------------------------------------ */

static void write_escaped(const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        default:
            fputc(*text, file);
            break;
        }
    }
}

static void write_text(const char *key, const char *text, FILE *file)
{
    fprintf(file, "<data key=\"%s\">", key);
    write_escaped(text, file);
    fputs("</data>", file);
}

static void write_degrees(const char *key, float degrees, FILE *file)
{
    if (degrees == degrees) {
        fprintf(file, "<data key=\"%s\">", key);
        write_number(degrees, file);
        fputs("</data>", file);
    }
}

static void write_place(const nlc_resolved *scenario, uint32_t i, FILE *file)
{
    write_text("name", scenario->name[i], file);
    write_text("tier", scenario->tiers.text[scenario->tier[i]], file);
    if (scenario->population[i] == scenario->population[i]) {
        fprintf(file, "<data key=\"population\">%.15g</data>", scenario->population[i]);
    }
    write_degrees("lat", scenario->lat[i], file);
    write_degrees("lon", scenario->lon[i], file);
}

static void write_agency(const nlc_resolved *scenario, uint32_t a, FILE *file)
{
    write_text("name", scenario->agency_name[a], file);
    write_text("tier", "national", file);
    write_degrees("lat", scenario->agency_lat[a], file);
    write_degrees("lon", scenario->agency_lon[a], file);
}

static void write_node(const nlc_resolved *scenario, uint32_t vertex, FILE *file)
{
    const bool is_place = vertex < scenario->num_nodes;
    const uint32_t agency = vertex - scenario->num_nodes;
    const uint32_t country = is_place ? scenario->country[vertex] : scenario->agency_country[agency];
    fputs("<node id=\"", file);
    write_escaped(nlc_vertex_id(scenario, vertex), file);
    fputs("\">", file);
    if (is_place) {
        write_place(scenario, vertex, file);
    } else {
        write_agency(scenario, agency, file);
    }
    write_text("country", scenario->agency_id[scenario->countries[country].first_agency], file);
    fputs("</node>\n", file);
}

static void write_edge(const nlc_channel *channel, const nlc_resolved *scenario, FILE *file)
{
    fputs("<edge source=\"", file);
    write_escaped(nlc_vertex_id(scenario, channel->from), file);
    fputs("\" target=\"", file);
    write_escaped(nlc_vertex_id(scenario, channel->to), file);
    fprintf(file, "\"><data key=\"kind\">%s</data><data key=\"weight\">", nlc_channel_kind_name(channel->kind));
    write_number(channel->weight, file);
    fputs("</data></edge>\n", file);
}

static void write_keys(FILE *file)
{
    static const char *const keys[][3] = {
        {"name", "node", "string"}, {"tier", "node", "string"}, {"country", "node", "string"}, {"population", "node", "double"},
        {"lat", "node", "double"},  {"lon", "node", "double"},  {"kind", "edge", "string"},    {"weight", "edge", "double"}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        fprintf(file, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[k][0], keys[k][1], keys[k][0],
                keys[k][2]);
    }
}

nlc_error nlc_channel_table_write_graphml(const nlc_channel_table *self, const nlc_resolved *scenario, FILE *file)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- " NLC_GRAPHML_MARK
          " -->\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
          file);
    write_keys(file);
    fputs("<graph id=\"network\" edgedefault=\"directed\">\n", file);
    for (uint32_t v = 0; v < scenario->num_nodes + scenario->num_agencies; v++) {
        write_node(scenario, v, file);
    }
    for (size_t j = 0; j < self->num; j++) {
        write_edge(&self->channel[j], scenario, file);
    }
    fputs("</graph>\n</graphml>\n", file);
    return outcome(file);
}
