/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/mapping_print.h"

#include <errno.h>
#include <unistd.h>

#include "base/keyed_hash.h"
#include "kernel/procmap_query.h"

#define CHUNK_BYTES 4096  /* the kernel returns no more at once, whole lines */
#define CHUNKS_MAX  65536 /* far more than there are mappings for */

int mapping_print_all(int maps, const struct hash_key *key, uint64_t *ret_print)
{
	uint64_t words[2] = {0}; /* of what is before, of the chunk */
	char chunk[CHUNK_BYTES];
	ssize_t length;

	for (int i = 0; (length = read(maps, chunk, sizeof(chunk))) > 0; i++) {
		if (i == CHUNKS_MAX)
			return -EFBIG;
		words[1] = keyed_hash(key, chunk, (size_t)length);
		words[0] = keyed_hash(key, words, sizeof(words));
	}
	if (length < 0)
		return -errno;
	*ret_print = words[0];
	return 0;
}

int mapping_print_code(int maps, const struct hash_key *key, uint64_t *ret_print)
{
	uint64_t words[4] = {0}; /* of what is before, of the mapping */
	struct procmap map = {0};
	int error;

	while (!(error = procmap_query_next(maps, map.end, PROCMAP_EXECUTABLE, &map))) {
		words[1] = map.start;
		words[2] = map.end;
		words[3] = map.flags;
		words[0] = keyed_hash(key, words, sizeof(words));
	}
	if (error != -ENOENT)
		return error;
	*ret_print = words[0];
	return 0;
}
