/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_file_list.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define WORD       sizeof(uint64_t)
#define HEAD_WORDS 2
#define FILE_WORDS 3

static uint64_t word_at(const char *bytes, size_t index)
{
	uint64_t word;

	memcpy(&word, bytes + index * WORD, sizeof(word));
	return word;
}

static int compare(const void *left, const void *right)
{
	const struct core_file_range *a = left, *b = right;

	return a->start < b->start ? -1 : a->start > b->start;
}

/* Sorts them and leaves out what overlaps. */
static size_t put_in_order(struct core_file_range *files, size_t count)
{
	bool sorted = true;
	size_t kept = 0;

	for (size_t i = 1; i < count && sorted; i++)
		sorted = files[i - 1].start <= files[i].start;
	if (!sorted)
		qsort(files, count, sizeof(*files), compare);
	for (size_t i = 0; i < count; i++)
		if (!kept || files[i].start >= files[kept - 1].end)
			files[kept++] = files[i];
	return kept;
}

/* The list whose words are there, with the names from the offset on. */
static int take_all(const char *bytes, size_t size, size_t count, struct core_file_range *files,
		    size_t *ret_count)
{
	const uint64_t unit = word_at(bytes, 1);
	const char *name = bytes + (HEAD_WORDS + count * FILE_WORDS) * WORD, *end = bytes + size;
	size_t taken = 0;

	for (size_t i = 0; i < count; i++) {
		size_t first = HEAD_WORDS + i * FILE_WORDS;
		struct core_file_range file = {.start = word_at(bytes, first),
					       .end = word_at(bytes, first + 1),
					       .offset = word_at(bytes, first + 2),
					       .name = name};
		const char *next = memchr(name, '\0', (size_t)(end - name));

		if (!next)
			return -EBADMSG;
		if (unit && file.offset > UINT64_MAX / unit)
			return -EBADMSG;
		file.offset *= unit;
		if (file.start < file.end && *name)
			files[taken++] = file;
		name = next + 1;
	}
	*ret_count = put_in_order(files, taken);
	return 0;
}

int core_file_list_parse(const char *bytes, size_t size, struct core_file_range **ret_files,
			 size_t *ret_count)
{
	struct core_file_range *files;
	uint64_t count;
	int error;

	if (size < HEAD_WORDS * WORD)
		return -EBADMSG;
	count = word_at(bytes, 0);
	/* A name has a byte at least. */
	if (count > CORE_FILES_MAX || count > (size - HEAD_WORDS * WORD) / (FILE_WORDS * WORD + 1))
		return -EBADMSG;
	files = memory_alloc((size_t)count * sizeof(*files));
	error = take_all(bytes, size, (size_t)count, files, ret_count);
	if (error)
		free(files);
	else
		*ret_files = files;
	return error;
}
