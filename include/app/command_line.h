/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_COMMAND_LINE_H
#define APP_COMMAND_LINE_H

/* The command line, read strictly: what is not understood is said, never guessed. */

struct options;

/*
 * Reads the arguments. Strings point into argv. A mistake is said in one sentence on stderr and
 * gives ACTION_MISTAKE.
 */
void command_line_read(struct options *options, int argc, char **argv);

#endif
