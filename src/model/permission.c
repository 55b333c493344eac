/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/permission.h"

#include "model/vma.h"

/*
 * That x86 lets what may be written or executed be read: its page tables have no bit that forbids
 * it (protection keys may), and the kernel's fault handler asks only whether the mapping has any
 * access at all.
 */
static const struct permission permissions[] = {
	{PERM_READ, "r", "-", "Its bytes can be read.",
	 "Reading raises SIGSEGV, but most processors can read what they can write or execute.",
	 "PROT_READ of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_WRITE, "w", "-", "Its bytes can be written.",
	 "Writing here raises SIGSEGV; other mappings, the file and the kernel can still change "
	 "the bytes.",
	 "PROT_WRITE of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_EXEC, "x", "-", "Its bytes can run as code.",
	 "Jumping here raises SIGSEGV; another mapping of the same bytes may be executable.",
	 "PROT_EXEC of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_SHARED, "s", "p",
	 "Shared: all processes that map it see what is written, and so does the file.",
	 "Private: a write goes to a copy of the page (copy-on-write); the file keeps its bytes.",
	 "MAP_SHARED or MAP_PRIVATE of mmap, and shmat, which shares; mprotect cannot change it."},
};

const struct permission *permission_table(size_t *ret_count)
{
	*ret_count = sizeof(permissions) / sizeof(permissions[0]);
	return permissions;
}
