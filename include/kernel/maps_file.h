/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_MAPS_FILE_H
#define KERNEL_MAPS_FILE_H

struct maps_parser;

/*
 * Reads the maps file at path below the directory descriptor into a new list of the parser.
 * Returns 0, -EBADMSG or the -errno of openat(2) or read(2).
 */
int maps_file_read(struct maps_parser *parser, int directory, const char *path);

#endif
