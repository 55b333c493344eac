/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/trial_mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/maps_file.h"
#include "kernel/procmap_query.h"
#include "model/vma.h"
#include "procfs/maps_parser.h"

#define OWN_MAPS "/proc/self/maps"

static int query(uint64_t address, struct trial_mapping *ret_trial)
{
	int maps = open(OWN_MAPS, O_RDONLY | O_CLOEXEC), error;
	struct procmap_file file;

	if (maps < 0)
		return -errno;
	error = procmap_query_file(maps, address, &file);
	close(maps);
	if (error)
		return error;
	*ret_trial = (struct trial_mapping){
		.numbers = file.numbers, .has_build_id = true, .build_id = file.build_id};
	return 0;
}

static int read_maps(uint64_t address, struct trial_mapping *ret_trial)
{
	struct maps_parser parser;
	int error;

	maps_parser_init(&parser, (struct hash_key){{0}});
	error = maps_file_read(&parser, AT_FDCWD, OWN_MAPS);
	if (!error)
		error = -ENOENT;
	for (size_t i = 0; error == -ENOENT && i < parser.count; i++) {
		const struct vma *vma = &parser.vmas[i];

		if (address < vma->start || address >= vma->end)
			continue;
		*ret_trial = (struct trial_mapping){.numbers = {
							    .inode = vma->inode,
							    .dev_major = vma->dev_major,
							    .dev_minor = vma->dev_minor,
						    }};
		error = 0;
	}
	maps_parser_finish(&parser);
	return error;
}

int trial_mapping_make(int descriptor, unsigned avoid, struct trial_mapping *ret_trial)
{
	char byte;
	void *page = mmap(NULL, 1, PROT_READ, MAP_PRIVATE, descriptor, 0);
	int error = -ENOTTY;

	if (page == MAP_FAILED)
		return -errno;
	/* Some kernels look for the build-id only in what is in the page cache already. */
	if (pread(descriptor, &byte, 1, 0) >= 0 && !(avoid & AVOID_PROCMAP_QUERY))
		error = query((uintptr_t)page, ret_trial);
	if (error == -ENOTTY)
		error = read_maps((uintptr_t)page, ret_trial);
	munmap(page, 1);
	return error;
}
