/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/elf_file.h"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

#include "inside/elf_segments.h"

/* Since Linux 4.14; headers may be older than the kernel. */
#ifndef RWF_NOWAIT
#define RWF_NOWAIT 8
#endif

typedef ssize_t reading(int descriptor, void *bytes, size_t size, off_t offset);

/* What the kernel has in its cache. */
static ssize_t read_cached(int descriptor, void *bytes, size_t size, off_t offset)
{
	const struct iovec to = {bytes, size};

	return preadv2(descriptor, &to, 1, offset, RWF_NOWAIT);
}

static int read_all(int descriptor, reading *read_some, uint64_t offset, void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = read_some(descriptor, (char *)bytes + done, size - done,
					(off_t)(offset + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return -ENODATA;
		done += (size_t)got;
	}
	return 0;
}

static int read_at(void *context, uint64_t offset, void *bytes, size_t size)
{
	return read_all(*(const int *)context, pread, offset, bytes, size);
}

static int read_cached_at(void *context, uint64_t offset, void *bytes, size_t size)
{
	return read_all(*(const int *)context, read_cached, offset, bytes, size);
}

struct file_reader elf_file_reader(const int *descriptor, uint64_t size)
{
	return (struct file_reader){.read = read_at, .context = (void *)descriptor, .size = size};
}

int elf_file_read(int descriptor, struct elf_image **ret_image)
{
	/* Its end is where pread(2) finds it: each start looks at many files. */
	struct file_reader file = elf_file_reader(&descriptor, INT64_MAX);

	return elf_segments_read(&file, ret_image);
}

int elf_file_read_cached(int descriptor, struct elf_image **ret_image)
{
	const struct file_reader file = {
		.read = read_cached_at, .context = &descriptor, .size = INT64_MAX};

	return elf_segments_read(&file, ret_image);
}
