/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_HANDED_OVER_H
#define FILES_HANDED_OVER_H

/*
 * What goes from a helper (files/helper.h) to its parent, or the other way, and is too large for a
 * message: a file in memory, whose descriptor goes with the question. The helper may have been
 * taken over by what it read: its file is not trusted to be as long as it says.
 */

#include <stddef.h>
#include <stdint.h>

struct text;

/* A new, empty one. Returns a descriptor, which the caller closes, or -errno. */
int handed_over_create(const char *name);

/* Writes the bytes at the end. Returns 0 or -errno. */
int handed_over_write(int descriptor, const struct text *bytes);

/*
 * Maps the size bytes of the file (at least 1) for reading, and sees to it that it cannot be cut
 * short. What they are may still change: read each byte once. Returns 0 and sets *ret_bytes;
 * -EBADMSG when the file has another size; or -errno.
 */
int handed_over_map(int descriptor, uint64_t size, const char **ret_bytes);

/* Unmaps them, and discards the file. */
void handed_over_unmap(int descriptor, const char *bytes, uint64_t size);

/* Frees the file's memory, since the helper keeps it open until it is asked again. */
void handed_over_discard(int descriptor);

/*
 * Replaces *bytes by a copy of the size bytes of the file. Returns 0; -EBADMSG when it has another
 * size, or more than max; or -errno.
 */
int handed_over_read(int descriptor, uint64_t size, uint64_t max, struct text *bytes);

#endif
