/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/file_key.h"

#include <string.h>

#include "model/vma.h"

struct file_key file_key_of(const struct vma *vma)
{
	return (struct file_key){
		.inode = vma->inode,
		.dev_major = vma->dev_major,
		.dev_minor = vma->dev_minor,
		.name = vma->name,
		.deleted = vma->deleted,
		.twin = vma->twin,
	};
}

int file_key_compare(const struct file_key *a, const struct file_key *b)
{
	int order;

	if (a->dev_major != b->dev_major)
		return a->dev_major < b->dev_major ? -1 : 1;
	if (a->dev_minor != b->dev_minor)
		return a->dev_minor < b->dev_minor ? -1 : 1;
	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	order = a->name == b->name ? 0 : strcmp(a->name, b->name);
	if (!order)
		order = (int)a->deleted - (int)b->deleted;
	return order ? order : (int)a->twin - (int)b->twin;
}
