#include "tiny.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char before[] =
    "nlcsim-resolved\t1\n[scenario]\nmodel\tnlc\t%u\nstart\t2023-07\nmonths\t40\nadopting\tcity\tprovince\n"
    "names\tno\ndraws\t1\n[parameters]\n";

static const char after[] =
    "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\n"
    "AA\tAA\tlead\t1\t0\t\t\n"
    "AA-SEC\tAA\tsecurity\t0.4\t1\t\t\n"
    "AA-SER\tAA\tservice\t0.6\t2\t\t\n"
    "BB\tBB\tlead\t1\t1\t\t\n"
    "[nodes]\nid\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_"
    "weight\tlegacy\tincome\t"
    "start_awareness\tstart_role\tstart_capacity\tstart_trust\tstart_formalisation\tstart_funds\tstart_reliance\n"
    "AA-1\tAA\tAA-P\tcity\tnorth\tsmall\telected\t\t1200\t14.5\t121\tno\t1\t0.3\t0.7\t\t\t\t\t\t\t\n"
    "AA-2\tAA\tAA-P\tcity\tnorth\tlarge\telected\tengaged\t43000\t14.25\t121.5\tyes\t0.8\t\t\t0.37\t0.45\t0.23\t0.41\t0.1\t3.5\t0."
    "6\n"
    "AA-3\tAA\tAA-P\tcity\tsouth\tlarge\tappointed\tfunctioning\t52000\t\t\tno\t1\t\t0.237\t\t\t\t\t\t\t\n"
    "AA-P\tAA\tAA\tprovince\t\t\telected\t\t\t\t\tno\t0.9\t\t\t0.6\t\t0.5\t\t\t\t\n"
    "BB-1\tBB\tBB\tcity\tsouth\tsmall\telected\tadopted\t\t\t\tno\t1\t0.2\t0.1\t\t\t\t\t\t\t\n"
    "[places draw=0]\nwave\tschedule\n1\t3\n1\t3\n2\t4\n\t5\n10\t4\n"
    "[channels draw=0]\nto\tkind\tfrom\tweight\n"
    "AA-1\tpeer\tAA-2\t1\nAA-2\tpeer\tAA-1\t0.5\nAA-2\tpeer\tAA-3\t1\nAA-3\tpeer\tAA-2\t1\nAA-3\tregional\tBB-1\t1\nBB-"
    "1\tregional\tAA-3\t0.7\n"
    "[levers]\nschedule\tlever\tfrom\tto\tvalue\n"
    "0\tslots\t1\t40\t3\n0\tgrant_budget\t1\t40\t1.5\n1\tslots\t1\t40\tunlimited\n2\tslots\t5\t40\t2\n"
    "3\tbriefings\t1\t40\t6\n3\tmeetings\t1\t40\t12\n3\tdialogues\t1\t40\t6\n3\ttrainings\t1\t40\t6\n3\tpeer_exchanges\t1\t40\t4\n"
    "3\tsecurity_channel\t1\t40\t6\n3\tdirect_channel\t1\t40\t0.3\n3\tdrafting_support\t1\t40\t0.8\n3\tgrant\t3\t12\t0.9\n"
    "3\telection\t20\t20\t0.6\n3\tstaff_turnover\t1\t40\t0.05\n"
    "4\tmeetings\t1\t40\t6\n4\tdialogues\t1\t40\t3\n4\tregional_exchanges\t1\t40\t6\n4\tgrant\t2\t8\t0.7\n4\tmandate\t1\t40\t1\n"
    "4\tdeadline\t30\t40\t1\n4\telection\t20\t20\t0.6\n"
    "5\tmeetings\t1\t40\t12\n5\ttrainings\t1\t40\t3\n5\tslots\t1\t40\t4\n5\tnap_active\t1\t12\t0.5\n"
    "[run]\ntitle\ttiny\nseed\t7\nreplicates\t9\n[names]\nid\tname\nAA\tAland\nAA-SEC\tGuards\nAA-SER\tHelpers\nBB\tBland\n"
    "AA-1\tOne\nAA-2\tTwo\nAA-3\tThree\nAA-P\tProvince\nBB-1\tFar\n";

static char *find_value(const char *changes, const char *name, char *value)
{
    char key[80];
    snprintf(key, sizeof key, "%s\t", name);
    const char *at = changes ? strstr(changes, key) : NULL;
    if (!at || (at != changes && at[-1] != '\n'))
        return NULL;
    sscanf(at + strlen(key), "%40[^\n]", value);
    return value;
}

static void write_text(tiny *self, const char *changes)
{
    const nlc_model *model = nlc_models()[0];
    self->text = malloc(sizeof before + sizeof after + 20000);
    char *at = self->text + sprintf(self->text, before, model->code_version);
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        char value[64] = "";
        if (!find_value(changes, model->parameters[k].name, value))
            value[nlc_number_write(model->parameters[k].value, value)] = '\0';
        at += sprintf(at, "%s\t%s\n", model->parameters[k].name, value);
    }
    strcpy(at, after);
    self->length = strlen(self->text);
}

static nlc_error read_text(tiny *self, nlc_resolved_problem *problem)
{
    size_t size = nlc_resolved_size(self->text, self->length, nlc_models());
    self->memory = aligned_alloc(64, (size + 64) / 64 * 64);
    return nlc_resolved_read(self->text, self->length, nlc_models(), self->memory, &self->scenario, problem);
}

void tiny_read(tiny *self, const char *changes)
{
    nlc_resolved_problem problem = {0, ""};
    write_text(self, changes);
    nlc_error error = read_text(self, &problem);
    ck_assert_msg(error == NLC_OK, "line %u: %s", problem.line, problem.message);
}

static void write_changed(tiny *self, const char *from, const char *to)
{
    write_text(self, NULL);
    char *at = strstr(self->text, from);
    ck_assert_msg(at != NULL, "the tiny scenario has no '%s'", from);
    memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
    memcpy(at, to, strlen(to));
    self->length = strlen(self->text);
}

void tiny_read_with(tiny *self, const char *from, const char *to)
{
    nlc_resolved_problem problem = {0, ""};
    write_changed(self, from, to);
    nlc_error error = read_text(self, &problem);
    ck_assert_msg(error == NLC_OK, "line %u: %s", problem.line, problem.message);
}

nlc_error tiny_read_changed(const char *from, const char *to, nlc_resolved_problem *problem)
{
    tiny self;
    write_changed(&self, from, to);
    nlc_error error = read_text(&self, problem);
    tiny_free(&self);
    return error;
}

void tiny_free(tiny *self)
{
    free(self->text);
    free(self->memory);
}
