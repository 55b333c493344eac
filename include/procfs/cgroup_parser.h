/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_CGROUP_PARSER_H
#define PROCFS_CGROUP_PARSER_H

/*
 * Finds in /proc/PID/cgroup (cgroups(7)) the control group that says which service, session or
 * container a process belongs to: that of version 2, else that of systemd or of the controller
 * "memory" in version 1. Names of groups may hold any byte but a newline and NUL.
 */

#include <stddef.h>

struct text;

/*
 * Returns the path, ret_length bytes without a NUL behind them within the bytes given; NULL when
 * there is none.
 */
const char *cgroup_parse(const char *bytes, size_t length, size_t *ret_length);

/*
 * Appends what a person calls the group of that path (as cgroup_parse() gives it): its last name,
 * as in "redis.service" or "session-3", and of the long numbers of containers the first twelve
 * digits: "docker-0123456789ab". Nothing for the root group. The bytes are not escaped.
 */
void cgroup_append_unit(struct text *text, const char *path, size_t length);

#endif
