#include "help.h"

#include "nlcsim.h"

#include <string.h>

/* Words with | between them, with blanks instead. */
static void words_print(const char *words, FILE *out)
{
    for (; *words != 0; words++)
        fputc(*words == '|' ? ' ' : *words, out);
}

/* The action that completes a value of this kind; nothing where anything may stand. */
static void values_print(cli_kind kind, const char *words, FILE *out)
{
    if (kind == CLI_FOLDER)
        fputs("_nlcsim_paths -d", out);
    else if (kind == CLI_FILE)
        fputs("_nlcsim_paths -f", out);
    else if (kind == CLI_SETTING)
        fputs("compopt -o nospace; _nlcsim_words \"$_nlcsim_settings\"", out);
    else if (kind == CLI_WORD) {
        fputs("_nlcsim_words '", out);
        words_print(words, out);
        fputc('\'', out);
    } else
        fputc(':', out);
    fputs(" ;;\n", out);
}

/* Everything that --set can change by its short name, each with its equals sign. */
static void settings_print(FILE *out)
{
    fputs("_nlcsim_settings='", out);
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++) {
        for (uint32_t k = 0; k < (*model)->num_levers; k++)
            fprintf(out, "%s= ", (*model)->levers[k].name);
        for (uint32_t k = 0; k < (*model)->num_parameters; k++)
            fprintf(out, "%s= ", (*model)->parameters[k].name);
    }
    for (nlc_dial dial = NLC_DIAL_NONE + 1; dial < NLC_NUM_DIALS; dial++)
        fprintf(out, "%s=%s", nlc_dial_name(dial), dial + 1 < NLC_NUM_DIALS ? " " : "'\n\n");
}

/* One case label for both forms of an option. */
static void option_values_print(const cli_command *command, const cli_option *option, FILE *out)
{
    if (option->kind == CLI_SWITCH)
        return;
    fprintf(out, "        '%s --%s'", command->name, option->name);
    if (option->letter != 0)
        fprintf(out, "|'%s -%c'", command->name, option->letter);
    fputs(") ", out);
    values_print(option->kind, option->argument, out);
}

static void options_print(const cli_command *command, FILE *out)
{
    fprintf(out, "        %s) _nlcsim_words '--help", command->name);
    for (uint32_t i = 0; i < command->num_options; i++)
        fprintf(out, " --%s", command->options[i].name);
    fputs("' ;;\n", out);
}

static void commands_print(FILE *out)
{
    for (uint32_t i = 0; i < cli_num_commands; i++)
        fprintf(out, "%s ", cli_commands[i]->name);
}

void cli_completion_print(FILE *out)
{
    fputs("# bash completion for nlcsim, made from its tables of commands and options.\n\n", out);
    settings_print(out);
    fputs("_nlcsim_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$word\")); }\n"
          "_nlcsim_paths() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$word\"); }\n\n"
          "_nlcsim() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
          "    COMPREPLY=()\n"
          "    if [[ $COMP_CWORD -eq 1 ]]; then\n"
          "        _nlcsim_words '",
          out);
    commands_print(out);
    fputs("help --help --version'\n        return\n    fi\n    case \"$command $before\" in\n        'help help') _nlcsim_words '",
          out);
    commands_print(out);
    fputs("'; return ;;\n", out);
    for (uint32_t i = 0; i < cli_num_commands; i++)
        for (uint32_t k = 0; k < cli_commands[i]->num_options; k++)
            option_values_print(cli_commands[i], &cli_commands[i]->options[k], out);
    fputs("        *) _nlcsim_else ;;\n    esac\n}\n\n_nlcsim_else() {\n    if [[ $word == -* ]]; then\n        case $command in\n",
          out);
    for (uint32_t i = 0; i < cli_num_commands; i++)
        options_print(cli_commands[i], out);
    fputs("        esac\n        return\n    fi\n    case $command in\n", out);
    for (uint32_t i = 0; i < cli_num_commands; i++) {
        fprintf(out, "        %s) ", cli_commands[i]->name);
        values_print(cli_commands[i]->operand_kind, cli_commands[i]->operand_words, out);
    }
    fputs("    esac\n}\n\ncomplete -F _nlcsim nlcsim\n", out);
}
