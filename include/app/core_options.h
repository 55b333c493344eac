/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CORE_OPTIONS_H
#define APP_CORE_OPTIONS_H

/* Which options go with a core file. */

#include <stdbool.h>

struct options;

/* False after a mistake was said. */
bool core_options_check(const struct options *options);

#endif
