/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LAUNCH_OUTPUT_H
#define APP_LAUNCH_OUTPUT_H

/* The file that takes the output of a command that vastop starts. */

/*
 * Opens the file for appending, created or emptied; or, with path NULL, makes a fresh one,
 * vastop-COMMAND-XXXXXX.out in $TMPDIR (where that is an absolute path) or /tmp, which only its
 * user can read. Returns a close-on-exec descriptor greater than 2 and sets *ret_path, which the
 * caller frees; or -errno, of a given file also
 *   -ELOOP  it is a symbolic link,
 *   -EMLINK it has other names (hard links), too,
 *   -ENXIO  it is a FIFO, a socket or a disk.
 */
int launch_output_open(const char *path, const char *command, char **ret_path);

/* In words. */
const char *launch_output_error(int error);

/*
 * The descriptor, or a close-on-exec copy of it greater than 2 in its place: one that cannot be
 * hit when stdin, stdout and stderr are set. Takes the result of open(2), -1 included. Returns it,
 * or -errno, with the old one closed.
 */
int launch_output_lift(int descriptor);

#endif
