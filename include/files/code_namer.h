/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_CODE_NAMER_H
#define FILES_CODE_NAMER_H

/*
 * Names the code at addresses of a process: module, function and offset by the symbols of the
 * mapped files (files/inside_cache.h) and by the perf map of code that a runtime has made; file and
 * line, and functions that were put into others, by debug information (files/line_finder.h). What
 * was found out is kept as long as the same file is mapped there; code of a perf map is looked up
 * again, since its memory is used again. What is kept is bounded (files/code_table.h): what comes
 * later has an address only.
 *
 * Children read the files, and are waited for: for seconds where a file is large, for bounded time
 * where a file system hangs. Used by one thread at a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/code_frame.h"

#define CODE_NAMER_MAP_SHARE 100 /* a hundredth */

struct address_space;
struct code_namer;
struct procfs_options;

/* A namer for the procfs of the options (copied) that knows nothing yet. */
struct code_namer *code_namer_create(const struct procfs_options *options);

/* NULL is allowed. */
void code_namer_destroy(struct code_namer *namer);

/*
 * Finds out about count addresses, of instructions (of a call: within it, so a return address less
 * 1), in the snapshot. Those that are known cost a look into a table. A perf map that grows is read
 * again only so often that it takes CODE_NAMER_MAP_SHARE of the time at most, so that addresses in
 * generated code may stay unknown until they are asked about again; in a hurry it is read at once.
 */
void code_namer_learn(struct code_namer *namer, const struct address_space *space,
		      const uint64_t *addresses, size_t count, bool hurry);

/*
 * Fills at most max (at least 1) frames for the address, the innermost function first, and returns
 * their number, at least 1: of an address that was never learned the frame has nothing but it.
 * Strings are the namer's; equal ones have one pointer.
 */
size_t code_namer_frames(const struct code_namer *namer, uint64_t address,
			 struct code_frame *frames, size_t max);

#endif
