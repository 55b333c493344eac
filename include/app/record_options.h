/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_RECORD_OPTIONS_H
#define APP_RECORD_OPTIONS_H

/* Whether the options about recordings fit together, and to the others. */

#include <stdbool.h>

struct options;

/* False after a mistake was said. */
bool record_options_check(const struct options *options);

#endif
