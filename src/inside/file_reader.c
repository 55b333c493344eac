/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/file_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int file_reader_read(const struct file_reader *reader, uint64_t offset, void *bytes, size_t size)
{
	if (offset > reader->size || size > reader->size - offset)
		return -ENODATA;
	return size ? reader->read(reader->context, offset, bytes, size) : 0;
}

int file_reader_load(const struct file_reader *reader, uint64_t offset, uint64_t size,
		     uint64_t limit, char **ret_bytes)
{
	char *bytes;
	int error;

	if (offset > reader->size || size > reader->size - offset)
		return -ENODATA;
	if (size > limit)
		return -EFBIG;
	bytes = memory_resize(NULL, size + 1);
	error = file_reader_read(reader, offset, bytes, size);
	if (error) {
		free(bytes);
		return error;
	}
	bytes[size] = '\0';
	*ret_bytes = bytes;
	return 0;
}

static int read_memory(void *context, uint64_t offset, void *bytes, size_t size)
{
	const struct file_bytes *file = context;

	memcpy(bytes, (const char *)file->bytes + offset, size);
	return 0;
}

struct file_reader file_reader_of_bytes(const struct file_bytes *bytes)
{
	return (struct file_reader){
		.read = read_memory, .context = (void *)bytes, .size = bytes->size};
}
