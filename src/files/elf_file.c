/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/elf_file.h"

#include <errno.h>
#include <unistd.h>

#include "inside/elf_segments.h"

static int read_at(void *context, uint64_t offset, void *bytes, size_t size)
{
	int descriptor = *(const int *)context;
	size_t done = 0;

	while (done < size) {
		ssize_t got = pread(descriptor, (char *)bytes + done, size - done,
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
