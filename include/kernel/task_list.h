/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_TASK_LIST_H
#define KERNEL_TASK_LIST_H

/* The threads of a process, as its /proc/PID/task lists them. */

#include <dirent.h>
#include <stdint.h>

/*
 * Opens the list of the process of a /proc/PID directory. The caller closes it with closedir(3).
 * NULL with errno of openat(2) or fdopendir(3) on failure.
 */
DIR *task_list_open(int directory);

/* The ID of the next thread; 0 at the end. */
int32_t task_list_next(DIR *tasks);

#endif
