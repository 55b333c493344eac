/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_INSIDE_CACHE_H
#define FILES_INSIDE_CACHE_H

/*
 * What is inside the files that processes map, read when it is asked for and kept. A child process
 * reads (files/helper.h): a hostile file cannot harm this one, and one whose file system hangs is
 * waited for a bounded time. Of a file that was read before only its time and size are looked at.
 * Objects are kept up to INSIDE_CACHE_BYTES of memory, and in any case the last one. Used by one
 * thread at a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INSIDE_CACHE_BYTES ((size_t)256 << 20)

struct address_space;
struct inside_cache;
struct inside_object;
struct procfs_options;

/* What is inside the object that a mapping is part of. All zeroes: nothing. */
struct inside_answer {
	uint64_t start, end;          /* of the mapping that was asked about */
	int error;                    /* 0, or why there is no object, see inside_cache_find() */
	struct inside_object *object; /* a reference of the owner of the answer; NULL: none */
	bool loaded;                  /* it lies in memory as its segments say, or is generated code
				       * that a perf map names; then */
	uint64_t bias;    /* the address in memory minus that in the file, modulo 2^64 */
	uint8_t identity; /* enum file_identity: whether the file that was read is the mapped one */
};

/* An empty cache for the procfs of the options (copied). */
struct inside_cache *inside_cache_create(const struct procfs_options *options);

/* NULL is allowed. */
void inside_cache_destroy(struct inside_cache *cache);

/*
 * Finds what is inside the object that the mapping at the index belongs to; it may be memory
 * without a file, as a bss is, or code that a runtime has made. Fills *ret_answer, which
 * inside_answer_finish() empties. Its error is 0; -ENOENT when the mapping has no file, or no way
 * leads to it; -ENOEXEC when it is not an ELF object; -ETIMEDOUT when the file system does not
 * answer; or another -errno of opening or reading.
 */
void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer);

void inside_answer_finish(struct inside_answer *answer);

#endif
