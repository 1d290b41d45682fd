/* The CSV file beside a case, as a matrix. */
#ifndef NLC_VERIFY_CASE_TABLE_H
#define NLC_VERIFY_CASE_TABLE_H

#include "case.h"
#include "sheet.h"

typedef struct {
    nlc_text path; /* owned */
    nlc_sheet sheet;
    uint32_t num_rows, num_inputs; /* all columns but y */
    double *x, *y;                 /* [num_rows][num_inputs] and [num_rows], owned; y is the column of that
                                    * name, or else the last one */
    uint32_t *column;              /* [num_inputs], owned: of the sheet */
} nlc_case_table;

/* Reads the file that the member `csv` names. NLC_ERROR_INPUT where it is missing or not all numbers,
 * which is said. Free in any case. */
nlc_error nlc_case_table_init(nlc_case_table *self, nlc_case *of);
void nlc_case_table_free(nlc_case_table *self);

/* The input of that name, or NLC_NONE. */
uint32_t nlc_case_table_input(const nlc_case_table *self, const char *name);

/* The first number that stands in a text behind `label`, or `standard`. */
double nlc_case_number_behind(const char *text, const char *label, double standard);

/* A list of `num` numbers; another length is an error of the case. */
nlc_error nlc_case_exactly(nlc_case *self, const json_t *in, const char *key, size_t num, double **values);

/* Lists of numbers of one length: values[num_rows][num_columns], owned by the caller. */
nlc_error nlc_case_matrix(nlc_case *self, const json_t *matrix, double **values, uint32_t *num_rows, uint32_t *num_columns);

#endif
