/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_PERF_MAP_PROBE_H
#define FILES_PERF_MAP_PROBE_H

/*
 * Finds /tmp/perf-PID.map of a process (inside/perf_map.h): in its root, by its number in its own
 * PID namespace. Everybody may write to /tmp: it is read only if it is a regular file with one
 * name, not a link, that belongs to the process's user.
 */

#include <stdint.h>

struct inside_finding;
struct mapped_root;
struct inside_question;

/*
 * Reads the map of the process whose root it is. Waits as long as the file system does. Returns as
 * inside_probe(): -ENOENT when there is no such file.
 */
int perf_map_probe(struct mapped_root *root, const struct inside_question *question,
		   struct inside_finding *ret_finding);

#endif
