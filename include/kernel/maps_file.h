/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_MAPS_FILE_H
#define KERNEL_MAPS_FILE_H

/* Reads the list of a process's mappings, /proc/PID/maps (proc_pid_maps(5)). */

struct maps_parser;
struct proc_file;

/*
 * Reads the maps file at path below the directory descriptor into a new list of the parser.
 * Returns 0, -EBADMSG or the -errno of openat(2) or read(2).
 */
int maps_file_read(struct maps_parser *parser, int directory, const char *path);

/*
 * The same, but the file stays open, so that proc_file_has_bytes() tells whether the address space
 * that was listed is still there. *file is closed with proc_file_close(), on failure, too.
 */
int maps_file_read_open(struct maps_parser *parser, struct proc_file *file, int directory,
			const char *path);

#endif
