/* The page without scenarios, which output/workshop makes; of length 0 where that could not be built. */
#ifndef NLC_OUTPUT_PAGE_TEMPLATE_H
#define NLC_OUTPUT_PAGE_TEMPLATE_H

#include <stddef.h>

extern const unsigned char nlc_page_template[];
extern const size_t nlc_page_template_length;

/* Where the scenarios belong, once. */
#define NLC_PAGE_MARK "@NLCSIM-SCENARIOS@"

#endif
