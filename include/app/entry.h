/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ENTRY_H
#define APP_ENTRY_H

/*
 * The whole program: reads the command line and what the user has set up, confines itself, and does
 * what it is asked for. As main(): argv ends with NULL; returns the exit status.
 */

int entry_run(int argc, char **argv);

#endif
