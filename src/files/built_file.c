/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/built_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/elf_file.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "model/classify_name.h"
#include "model/vma.h"

static bool is_built(int descriptor, uint64_t size, const struct build_id *wanted)
{
	struct file_reader file = elf_file_reader(&descriptor, size);
	struct elf_header header;
	struct debug_link link;

	return !elf_header_read(&file, &header) && !debug_link_read(&file, &header, &link) &&
	       link.build_id.size && link.build_id.size == wanted->size &&
	       !memcmp(link.build_id.bytes, wanted->bytes, wanted->size);
}

int built_file_find(const struct vma *vma, const struct build_id *build_id,
		    struct mapped_found *ret_found)
{
	struct mapped_found found = {.identity = FILE_IDENTITY_PROVEN};
	struct vma copy = *vma;
	bool built = false;
	int path, file;

	/* Names of devices and of the kernel's own file systems are never looked up. */
	if (vma->name[0] != '/' || classify_name_settle(&copy))
		return -ENOENT;
	path = open(vma->name, O_PATH | O_CLOEXEC);
	if (path < 0)
		return -ENOENT;
	if (!statx(path, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC,
		   STATX_TYPE | STATX_INO | STATX_SIZE | STATX_MTIME, &found.stat) &&
	    S_ISREG(found.stat.stx_mode)) {
		file = mapped_open(path);
		built = file >= 0 && is_built(file, found.stat.stx_size, build_id);
		if (file >= 0)
			close(file);
	}
	if (!built) {
		close(path);
		return -ENOENT;
	}
	*ret_found = found;
	return path;
}
