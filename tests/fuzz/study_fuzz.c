/* A study folder of any bytes is refused with problems, or read into factors whose values are settings.
 * The input is files as folder.h has them; the scenario that studies of the corpus vary is ../scenario. */
#include "folder.h"
#include "study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const files[] = {"study.csv", "factors.csv", "points.csv"};
static const char *const scenario_files[] = {"scenario.csv", "nodes.csv", "levers.csv"};
static const char scenario[] = "@scenario.csv\nkey,value\nstart,2024-01\nmonths,12\nadopting,city\npeers,nearest:2\n@nodes.csv\n"
                               "id,name,tier,parent_id,population,lat,lon,source\nland,,lead,,9000,0,100,\np,,province,land,,,,\n"
                               "a,,city,p,4000,1,100,\nb,,city,p,5000,1.2,100.5,\n@levers.csv\nlever,from,to,tier,how,value\n"
                               "meetings,,,city,set,3\nslots,,,lead,set,9\n";
static char study_folder[64];

static void make_folders(void)
{
    char base[] = "/tmp/nlcsim-fuzz-XXXXXX", folder[64];
    if (!mkdtemp(base))
        abort();
    snprintf(study_folder, sizeof study_folder, "%s/study", base);
    snprintf(folder, sizeof folder, "%s/scenario", base);
    if (mkdir(study_folder, 0700) != 0 || mkdir(folder, 0700) != 0)
        abort();
    fuzz_folder_write(folder, scenario_files, sizeof scenario_files / sizeof *scenario_files, scenario, sizeof scenario - 1);
}

/* The settings of a point where all factors stand at their first level or the low end. */
static void take_settings(const nlc_study *study)
{
    const size_t num = study->num_factors;
    double *values = malloc((num + 1) * sizeof *values);
    nlc_setting *setting = malloc((num + 1) * sizeof *setting);
    nlc_study_text *text = malloc((num + 1) * sizeof *text);
    for (size_t k = 0; k < num; k++) {
        values[k] = study->factor[k].num_levels > 0 ? 0 : study->factor[k].low;
        if (isnan(values[k]))
            abort();
    }
    const nlc_settings settings = nlc_study_settings(study, values, setting, text);
    if (settings.num > num + 1 || nlc_study_variant(study, values) >= study->num_variants)
        abort();
    free(values);
    free(setting);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nlc_study study;
    nlc_problems problems = {0};
    nlc_text said = {0};
    if (!study_folder[0])
        make_folders();
    fuzz_folder_write(study_folder, files, sizeof files / sizeof *files, (const char *)data, size);
    const nlc_error error = nlc_study_load(&study, study_folder, nlc_models(), &problems);
    if (nlc_problems_write(&problems, &said) != NLC_OK)
        abort();
    if (error == NLC_OK)
        take_settings(&study);
    else if (error == NLC_ERROR_INPUT && said.length == 0)
        abort();
    nlc_study_free(&study);
    nlc_problems_free(&problems);
    nlc_text_free(&said);
    return 0;
}
