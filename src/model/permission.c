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
	 "Reading ends in SIGSEGV, but most processors let what may be written or executed be "
	 "read.",
	 "PROT_READ of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_WRITE, "w", "-", "Its bytes can be changed.",
	 "Writing ends in SIGSEGV, and no bug can change what is here.",
	 "PROT_WRITE of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_EXEC, "x", "-", "Its bytes can run as code.",
	 "Jumping here ends in SIGSEGV, so data cannot run as code.",
	 "PROT_EXEC of mmap and mprotect; execve takes it from the file's segments."},
	{PERM_SHARED, "s", "p",
	 "Shared: what is written is seen by all who map it, and by the file.",
	 "Private: what is written here is a copy that nobody else sees.",
	 "MAP_SHARED or MAP_PRIVATE of mmap, and shmat, which shares; mprotect cannot change it."},
};

const struct permission *permission_table(size_t *ret_count)
{
	*ret_count = sizeof(permissions) / sizeof(permissions[0]);
	return permissions;
}
