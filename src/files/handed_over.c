/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/handed_over.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

int handed_over_create(const char *name)
{
	int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	return descriptor < 0 ? -errno : descriptor;
}

int handed_over_write(int descriptor, const struct text *bytes)
{
	const char *at = bytes->bytes;
	size_t left = bytes->length;

	while (left) {
		ssize_t written = write(descriptor, at, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return written < 0 ? -errno : -EIO;
		at += written;
		left -= (size_t)written;
	}
	return 0;
}

int handed_over_map(int descriptor, uint64_t size, const char **ret_bytes)
{
	struct stat stat;
	void *mapped;

	if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK) || fstat(descriptor, &stat))
		return -errno;
	if ((uint64_t)stat.st_size != size)
		return -EBADMSG;
	mapped = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (mapped == MAP_FAILED)
		return -errno;
	*ret_bytes = mapped;
	return 0;
}

void handed_over_unmap(int descriptor, const char *bytes, uint64_t size)
{
	munmap((void *)bytes, size);
	handed_over_discard(descriptor);
}

void handed_over_discard(int descriptor)
{
	(void)fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, INT64_MAX);
}

int handed_over_read(int descriptor, uint64_t size, uint64_t max, struct text *bytes)
{
	const char *mapped;
	int error;

	text_clear(bytes);
	if (size == 0)
		return 0;
	error = size > max ? -EBADMSG : handed_over_map(descriptor, size, &mapped);
	if (error)
		return error;
	text_append_bytes(bytes, mapped, size);
	handed_over_unmap(descriptor, mapped, size);
	return 0;
}
