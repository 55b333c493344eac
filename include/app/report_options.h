/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPORT_OPTIONS_H
#define APP_REPORT_OPTIONS_H

/* Whether the options of --once fit the format that it writes, and the filter is a query. */

#include <stdbool.h>

struct options;

/* False after a mistake was said. */
bool report_options_check(const struct options *options);

#endif
