/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_COMPLETION_H
#define APP_COMPLETION_H

/* What makes a shell complete the options of vastop and their values, written for that shell. */

#include <stdio.h>

#include "app/options.h"

/* Writes the file that the shell reads. Whether writing failed the stream says (ferror(3)). */
void completion_print(FILE *stream, enum completion_shell shell);

#endif
