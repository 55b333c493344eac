/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/mapped_file.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/vma.h"

/* Neighbours of one file: [first, last) of the VMAs. An object is one or a few runs. */
struct run {
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	uint32_t first, last;
	bool executable;
};

int mapped_file_compare(uint32_t a_major, uint32_t a_minor, uint64_t a_inode, uint32_t b_major,
			uint32_t b_minor, uint64_t b_inode)
{
	if (a_major != b_major)
		return a_major < b_major ? -1 : 1;
	if (a_minor != b_minor)
		return a_minor < b_minor ? -1 : 1;
	if (a_inode != b_inode)
		return a_inode < b_inode ? -1 : 1;
	return 0;
}

static int compare_runs(const void *left, const void *right)
{
	const struct run *a = left, *b = right;

	return mapped_file_compare(a->dev_major, a->dev_minor, a->inode, b->dev_major, b->dev_minor,
				   b->inode);
}

static size_t count_runs(const struct vma *vmas, size_t count)
{
	size_t runs = 0;

	for (size_t i = 0; i < count; i++)
		runs += vmas[i].inode && !(i && vma_same_file(&vmas[i - 1], &vmas[i]));
	return runs;
}

static void fill_runs(struct run *run, const struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; run++) {
		while (i < count && !vmas[i].inode)
			i++;
		if (i == count)
			return;
		*run = (struct run){
			.inode = vmas[i].inode,
			.dev_major = vmas[i].dev_major,
			.dev_minor = vmas[i].dev_minor,
			.first = (uint32_t)i,
		};
		do {
			run->executable |= vmas[i].perms & PERM_EXEC;
			i++;
		} while (i < count && vma_same_file(&vmas[i - 1], &vmas[i]));
		run->last = (uint32_t)i;
	}
}

static int compare_to_elf_file(const void *key, const void *item)
{
	const struct mapped_file *file = key;
	const struct elf_file *elf = item;

	return mapped_file_compare(file->dev_major, file->dev_minor, file->inode, elf->dev_major,
				   elf->dev_minor, elf->inode);
}

static void add_run(struct mapped_files *files, const struct run *run)
{
	struct mapped_file *file = files->count ? &files->files[files->count - 1] : NULL;

	if (!file || file->inode != run->inode || file->dev_major != run->dev_major ||
	    file->dev_minor != run->dev_minor) {
		file = &files->files[files->count++];
		file->inode = run->inode;
		file->dev_major = run->dev_major;
		file->dev_minor = run->dev_minor;
	}
	file->executable |= run->executable;
	for (uint32_t i = run->first; i < run->last; i++)
		files->of_vma[i] = (uint32_t)(files->count - 1);
}

void mapped_files_collect(struct mapped_files *ret_files, struct arena *arena,
			  const struct vma *vmas, size_t count, const struct elf_file *elf_files,
			  size_t elf_count)
{
	size_t run_count = count_runs(vmas, count);
	struct run *runs = arena_alloc(arena, run_count * sizeof(*runs));
	struct mapped_files files = {
		.files = arena_alloc(arena, run_count * sizeof(*files.files)),
		.of_vma = arena_alloc(arena, count * sizeof(*files.of_vma)),
	};

	for (size_t i = 0; i < count; i++)
		files.of_vma[i] = MAPPED_FILE_NONE;
	fill_runs(runs, vmas, count);
	if (run_count)
		qsort(runs, run_count, sizeof(*runs), compare_runs);
	for (size_t i = 0; i < run_count; i++)
		add_run(&files, &runs[i]);
	for (size_t i = 0; elf_count && i < files.count; i++) {
		const struct elf_file *elf = bsearch(&files.files[i], elf_files, elf_count,
						     sizeof(*elf_files), compare_to_elf_file);

		if (elf) {
			files.files[i].readable = elf->readable;
			files.files[i].image = elf->image;
		}
	}
	*ret_files = files;
}
