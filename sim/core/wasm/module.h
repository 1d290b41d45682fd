/* What other files of a WebAssembly module need of the instance. */
#ifndef NLC_CORE_WASM_MODULE_H
#define NLC_CORE_WASM_MODULE_H

#include "nlcsim.h"

/* Memory that stands until the next open, aligned to 64 bytes; NULL when there is none left. */
void *nlc_module_room(size_t size);

/* The scenario that was read. */
const nlc_resolved *nlc_module_scenario(void);

#endif
