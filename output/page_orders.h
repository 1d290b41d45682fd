/* Private to the page's writer. */
#ifndef NLC_OUTPUT_PAGE_ORDERS_H
#define NLC_OUTPUT_PAGE_ORDERS_H

#include "problems.h"

#include <jansson.h>

/* `text` as pieces to be put together: for each section its first line, then its body, or the number of
 * the section of `base` that has the same one. NULL when memory is out. */
json_t *page_order_text(const nlc_text *base, const nlc_text *text);

#endif
