/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/deleted_names.h"

#include <stdbool.h>
#include <string.h>

#include "model/file_key.h"
#include "sampler/mapped_open.h"

#define SUFFIX_LENGTH (sizeof(DELETED_SUFFIX) - 1)

static bool has_suffix(const char *name, size_t length)
{
	return name[0] == '/' && length > SUFFIX_LENGTH &&
	       memcmp(name + length - SUFFIX_LENGTH, DELETED_SUFFIX, SUFFIX_LENGTH) == 0;
}

void deleted_names_resolve(struct vma *vmas, size_t count, struct mapped_root *root,
			   struct name_pool *names)
{
	const char *last_name = NULL, *stripped = NULL;
	struct vma decided = {0}; /* the VMA that stripped was found for, as it was */
	size_t length = 0;
	bool suffixed = false;

	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		/* Neighbours share names; the files of one name may still be different ones. */
		if (vma->name != last_name) {
			last_name = vma->name;
			length = strlen(vma->name);
			suffixed = has_suffix(vma->name, length);
		}
		if (!suffixed)
			continue;
		if (!vma_same_file(vma, &decided)) {
			decided = *vma;
			stripped = NULL;
			if (!vma->inode || !mapped_has_name(root, vma))
				stripped =
					name_pool_intern(names, vma->name, length - SUFFIX_LENGTH);
		}
		if (stripped) {
			vma->name = stripped;
			vma->deleted = true;
		}
	}
}
