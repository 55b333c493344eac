/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/deleted_names.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define SUFFIX_LENGTH (sizeof(DELETED_SUFFIX) - 1)
#define NOT_OPENED    (-2)

static bool has_suffix(const char *name, size_t length)
{
	return name[0] == '/' && length > SUFFIX_LENGTH &&
	       memcmp(name + length - SUFFIX_LENGTH, DELETED_SUFFIX, SUFFIX_LENGTH) == 0;
}

/*
 * Whether the file that the VMA maps has this whole name. An O_PATH descriptor of the root is
 * opened when first needed; it is never waited for a network or an automounter to mount anything.
 */
static bool is_file_name(const struct vma *vma, int directory, int *root)
{
	struct stat file;

	if (vma->inode == 0)
		return false;
	if (*root == NOT_OPENED)
		*root = openat(directory, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return *root >= 0 && vma->name[1] != '/' &&
	       fstatat(*root, vma->name + 1, &file, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) == 0 &&
	       file.st_ino == vma->inode && major(file.st_dev) == vma->dev_major &&
	       minor(file.st_dev) == vma->dev_minor;
}

void deleted_names_resolve(struct vma *vmas, size_t count, int directory, struct name_pool *names)
{
	const char *last_name = NULL, *stripped = NULL;
	const struct vma *decided = NULL; /* the VMA that stripped was found for */
	int root = NOT_OPENED;
	size_t length = 0;
	bool suffixed = false;

	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		/* Neighbours share names; the files of one name may still be different ones. */
		if (vma->name != last_name) {
			last_name = vma->name;
			length = strlen(vma->name);
			suffixed = has_suffix(vma->name, length);
			decided = NULL;
		}
		if (!suffixed)
			continue;
		if (!decided || !vma_same_file(vma, decided)) {
			decided = vma;
			stripped = NULL;
			if (!is_file_name(vma, directory, &root))
				stripped =
					name_pool_intern(names, vma->name, length - SUFFIX_LENGTH);
		}
		if (stripped) {
			vma->name = stripped;
			vma->deleted = true;
		}
	}
	if (root >= 0)
		close(root);
}
