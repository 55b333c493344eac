/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/located.h"

#include <stddef.h>

#include "model/vma.h"

const struct file_facts *located_file(const struct located *located, const struct vma *vma)
{
	if (!located->has_file || located->inode != vma->inode ||
	    located->dev_major != vma->dev_major || located->dev_minor != vma->dev_minor)
		return NULL;
	return &located->file;
}
