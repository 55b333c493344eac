/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_FILE_READER_H
#define INSIDE_FILE_READER_H

/*
 * The one way to the bytes of a file that is looked into. The file belongs to another process: it
 * may be cut short while it is read, so that it is never mapped. Who makes a reader bounds what it
 * reads. Offsets and sizes are in bytes.
 */

#include <stddef.h>
#include <stdint.h>

struct file_reader {
	/*
	 * Fills size bytes from offset on, all of which lie below the reader's size. Returns 0;
	 * -ENODATA when the file has ended before; or another -errno of reading.
	 */
	int (*read)(void *context, uint64_t offset, void *bytes, size_t size);
	void *context;
	uint64_t size; /* of the file, when it was opened */
};

/* As the reader's read(), for any offset and size: -ENODATA for what lies beyond its size. */
int file_reader_read(const struct file_reader *reader, uint64_t offset, void *bytes, size_t size);

/*
 * Reads size bytes, at most limit, into memory with a NUL behind them. Returns 0 and sets
 * *ret_bytes, which the caller frees; -EFBIG above the limit; else as file_reader_read().
 */
int file_reader_load(const struct file_reader *reader, uint64_t offset, uint64_t size,
		     uint64_t limit, char **ret_bytes);

struct file_bytes {
	const void *bytes;
	size_t size;
};

/* A reader of bytes in memory; they and the struct outlive it. */
struct file_reader file_reader_of_bytes(const struct file_bytes *bytes);

#endif
