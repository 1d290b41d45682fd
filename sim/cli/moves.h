/* Settings that a page does not hold but is opened with: its levers then stand moved, and can be moved
 * back. The address of such a page has them in its fragment, as the page itself writes it. */
#ifndef NLC_CLI_MOVES_H
#define NLC_CLI_MOVES_H

#include "cli.h"

#include "nlcsim.h"
#include "problems.h"

typedef struct {
    cli_arguments kept;       /* the command's but for those settings; its values and options are owned */
    const char *const *moved; /* [num_moved], borrowed: the last ones of --set */
    size_t num_moved;
} cli_moves;

/* Parts the values of --set: what a page can move stands at their end, each a dial, a lever or a parameter
 * and a number, and of levers the months and the tier, wave or group that they are for. NLC_ERROR_MEMORY; free it in any case. */
nlc_error cli_moves_init(cli_moves *self, const cli_arguments *arguments);
void cli_moves_free(cli_moves *self);

/* Appends file://PATH#scenario=NAME&set=... for the page at this path, which must exist. NLC_ERROR_IO with errno
 * set, NLC_ERROR_MEMORY. */
nlc_error cli_page_address(nlc_text *address, const char *path, const char *scenario, const cli_moves *moves);

#endif
