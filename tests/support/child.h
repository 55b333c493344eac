/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_CHILD_H
#define SUPPORT_CHILD_H

/*
 * A process to look at, for tests and benchmarks: a child that arranges its memory and then stands
 * still, so that what it maps stays as it is. It ends with its parent, whatever becomes of that.
 */

#include <stddef.h>
#include <sys/types.h>

/*
 * Forks a child that runs the function (NULL: nothing) with the context. Returns the child's ID
 * once the function has returned and the child sleeps; or -1, with errno set, which a test treats
 * as a failure.
 */
pid_t child_start(void (*arrange)(const void *context), const void *context);

/* Ends it and waits for that; a child that has been waited for already is left alone. */
void child_end(pid_t child);

/* An arrangement: as many pages as the size_t says, which the kernel cannot merge. */
void child_map_pages(const void *count);

#endif
