/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CORE_OPTIONS_H
#define APP_CORE_OPTIONS_H

/* Which options go with a core file. */

#include <stdbool.h>

struct core_file;
struct options;

/* False after a mistake was said. */
bool core_options_check(const struct options *options);

/* The process of the core file, which was read, is the one that the options are about. */
void core_options_choose(struct options *options, struct core_file *file);

#endif
