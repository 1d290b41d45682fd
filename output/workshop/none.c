/* In place of the page, where it could not be built. */
#include "page_template.h"

const unsigned char nlc_page_template[1] = {0};
const size_t nlc_page_template_length = 0;
