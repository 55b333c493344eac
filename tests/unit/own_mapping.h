/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_OWN_MAPPING_H
#define TESTS_UNIT_OWN_MAPPING_H

/* A mapping of the test itself, as the kernel tells of it. */

#include <stdio.h>

#include "model/vma.h"

/* The first mapping of a file in /proc/self/maps: of this very program, or of what it needs. */
static inline struct vma own_mapping(char name[static 4096])
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long start = 0, end = 0, offset = 0, inode = 0;
	unsigned dev_major = 0, dev_minor = 0;
	char line[8192];

	assert_non_null(maps);
	while (!inode && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %*s %lx %x:%x %lu %4095s", &start, &end, &offset,
			   &dev_major, &dev_minor, &inode, name) < 7)
			inode = 0;
	fclose(maps);
	assert_true(inode);
	return (struct vma){.start = start,
			    .end = end,
			    .offset = offset,
			    .inode = inode,
			    .name = name,
			    .dev_major = dev_major,
			    .dev_minor = dev_minor,
			    .perms = PERM_READ};
}

#endif
