/* What came with the program: its cases, its scenarios. */
#ifndef NLC_CLI_OWN_H
#define NLC_CLI_OWN_H

#include "nlcsim.h"

/* The path of a folder that came with the program: `installed` below share/nlcsim, beside the program wherever it was
 * moved to or where it was installed; `source` below the source, for a program in its build folder. Whether it is
 * there is for the caller to find out. NLC_ERROR_MEMORY. */
nlc_error cli_own_folder(const char *installed, const char *source, nlc_text *path);

#endif
