/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_HELP_H
#define APP_OPTION_HELP_H

/* What --help shows: the usage, and the table of options. */

#include <stdio.h>

void option_help_print(FILE *stream);

#endif
