/* Any text after --set is refused with a problem, or gives a scenario that can be resolved. */
#include "problems.h"
#include "scenario.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *setting = malloc(size + 1);
    const char *folder = getenv("NLCSIM_FUZZ_SCENARIO");
    if (!setting || !folder)
        abort();
    memcpy(setting, data, size);
    setting[size] = '\0';
    const char *settings[1] = {setting};
    nlc_text resolved = {0}, problems = {0};
    nlc_error error = nlc_scenario_resolve(folder, settings, 1, &resolved, &problems);
    if (error != NLC_OK && problems.length == 0)
        abort();
    nlc_text_free(&resolved);
    nlc_text_free(&problems);
    free(setting);
    return 0;
}
