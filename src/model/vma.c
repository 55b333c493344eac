/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/vma.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

bool vma_has_file(const struct vma *vma)
{
	return vma->inode != 0 && vma->name[0] == '/';
}

bool vma_equal(const struct vma *a, const struct vma *b)
{
	return a->start == b->start && a->end == b->end && a->offset == b->offset &&
	       a->inode == b->inode && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->tid == b->tid && a->perms == b->perms &&
	       a->kind == b->kind && a->kind_source == b->kind_source && a->owner == b->owner &&
	       a->file_system == b->file_system && a->huge_shift == b->huge_shift &&
	       a->identity == b->identity && a->runtime == b->runtime && a->twin == b->twin &&
	       a->deleted == b->deleted && a->alternate == b->alternate;
}

bool vma_same_file(const struct vma *a, const struct vma *b)
{
	return a->inode != 0 && a->inode == b->inode && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->deleted == b->deleted && a->twin == b->twin &&
	       (a->name == b->name || !strcmp(a->name, b->name));
}

bool vma_is_numbered(const struct vma *vma)
{
	return vma->dev_major != VMA_UNNUMBERED;
}

bool vma_is_hugetlb(const struct vma *vma)
{
	return vma->file_system == FILE_SYSTEM_HUGETLBFS;
}

bool vma_perms_agree(uint8_t a, uint8_t b)
{
	const uint8_t unknown = a | b;
	uint8_t known = PERM_ACCESS | PERM_SHARED;

	if (unknown & PERM_ACCESS_UNKNOWN)
		known &= (uint8_t)~PERM_ACCESS;
	if (unknown & PERM_SHARING_UNKNOWN)
		known &= (uint8_t)~PERM_SHARED;
	return !((a ^ b) & known);
}

bool vma_is_writable_executable(const struct vma *vma)
{
	return (vma->perms & PERM_WRITE) && (vma->perms & PERM_EXEC);
}

const char *vma_perms(const struct vma *vma, char out[static PERMS_LENGTH])
{
	const char none = vma->perms & PERM_ACCESS_UNKNOWN ? '?' : '-';
	const char unshared = vma->perms & PERM_SHARING_UNKNOWN ? '?' : 'p';

	out[0] = vma->perms & PERM_READ ? 'r' : none;
	out[1] = vma->perms & PERM_WRITE ? 'w' : none;
	out[2] = vma->perms & PERM_EXEC ? 'x' : none;
	out[3] = vma->perms & PERM_SHARED ? 's' : unshared;
	out[4] = '\0';
	return out;
}

static void append_file_name(struct text *text, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash && slash[1] ? slash + 1 : path;

	utf8_append_escaped(text, name, strlen(name));
}

const char *vma_shared_anonymous(const struct vma *vma)
{
	if (vma->kind != KIND_SHARED || vma->file_system == FILE_SYSTEM_TMPFS ||
	    (strcmp(vma->name, "/dev/zero") != 0 && strcmp(vma->name, "/anon_hugepage") != 0))
		return NULL;
	return "shared anonymous";
}

void vma_append_label(struct text *text, const struct vma *vma)
{
	if (vma->runtime && !vma->inode) {
		text_append(text, runtime_label(vma->runtime));
		if (!(vma->perms & PERM_ACCESS))
			text_append_format(text, " (%s)", kind_name(vma->kind));
	} else if (vma->kind == KIND_THREAD_STACK && vma->alternate)
		text_append_format(text, "signal or fiber stack %d", vma->tid);
	else if (vma->kind == KIND_THREAD_STACK && vma->tid)
		text_append_format(text, "%s %d", kind_name(vma->kind), vma->tid);
	else if (vma_shared_anonymous(vma))
		text_append(text, vma_shared_anonymous(vma));
	else if (vma->name[0] == '/')
		append_file_name(text, vma->name);
	else if (vma->name[0] && vma->kind != KIND_THREAD_STACK && vma->kind != KIND_ARENA)
		utf8_append_escaped(text, vma->name, strlen(vma->name));
	else
		text_append(text, kind_name(vma->kind));
}
