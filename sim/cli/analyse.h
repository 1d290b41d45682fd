/* The methods of `analyse`, each of which reads its data, prints a ranking and saves its table. All
 * return exit codes. */
#ifndef NLC_CLI_ANALYSE_H
#define NLC_CLI_ANALYSE_H

#include "data.h"
#include "findings.h"

typedef struct {
    const char *name;
    const char *item, *measures; /* what the rows of its table are about, and its figures, for `describe columns` */
    bool needs_cost;
    bool counts_empty;  /* a month that was not reached is a result: later than any threshold */
    bool names_outputs; /* by itself, one after the other */
    bool needs_values;  /* every input has one in every point */
    int (*run)(cli_data *data, cli_findings *findings);
} cli_method;

enum { CLI_NUM_METHODS = 11 };
extern const cli_method cli_methods[CLI_NUM_METHODS];

/* analyse_inputs.c: what each input does to the output. */
int cli_analyse_morris(cli_data *data, cli_findings *findings);
int cli_analyse_pawn(cli_data *data, cli_findings *findings);
int cli_analyse_delta(cli_data *data, cli_findings *findings);
int cli_analyse_rank(cli_data *data, cli_findings *findings);
/* analyse_oat.c */
int cli_analyse_oat(cli_data *data, cli_findings *findings);
/* analyse_sobol.c */
int cli_analyse_sobol(cli_data *data, cli_findings *findings);
/* analyse_prim.c */
int cli_analyse_prim(cli_data *data, cli_findings *findings);
/* analyse_choices.c: which choice to make. */
int cli_analyse_robust(cli_data *data, cli_findings *findings);
int cli_analyse_pareto(cli_data *data, cli_findings *findings);
int cli_analyse_voi(cli_data *data, cli_findings *findings);
/* analyse_select.c */
int cli_analyse_select(cli_data *data, cli_findings *findings);

/* --resamples, or `standard`, and --seed. */
nlc_resampling cli_resampling(const cli_data *data, uint32_t standard);

/* False with --quiet: then nothing is printed. */
bool cli_is_shown(const cli_data *data);

/* "METHOD: OUTPUT (unit), ..." with what follows as printf would. */
void cli_title_print(const cli_data *data, const char *format, ...);

/* The row of an input that does nothing, in findings. */
#define CLI_NOTHING "(an input that does nothing)"

#endif
