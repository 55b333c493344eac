/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPERANDS_H
#define APP_OPERANDS_H

/* What stands on the command line and is no option: processes, a recording, a core file, what is
 * compared. */

#include <stdbool.h>

struct options;

/* Keeps one; false after it was said that there are too many. */
bool operands_add(struct options *options, const char *operand);

/* Finds what they are once all options are known. False after a mistake was said. */
bool operands_take(struct options *options);

#endif
