/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_CGROUP_PARSER_H
#define PROCFS_CGROUP_PARSER_H

/*
 * Finds in /proc/PID/cgroup (cgroups(7)) the control group that says which service, session or
 * container a process belongs to: that of version 2, else that of systemd or of the controller
 * "memory" in version 1. Names of groups may hold any byte but a newline and NUL.
 */

#include <stddef.h>

/*
 * Returns the path, ret_length bytes without a NUL behind them within the bytes given; NULL when
 * there is none.
 */
const char *cgroup_parse(const char *bytes, size_t length, size_t *ret_length);

#endif
