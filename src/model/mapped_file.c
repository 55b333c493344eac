/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/mapped_file.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/vma.h"

/* Neighbours of one file: [first, last) of the VMAs. An object is one or a few runs. */
struct run {
	struct file_key key;
	uint32_t first, last;
	bool executable;
};

static int compare_runs(const void *left, const void *right)
{
	const struct run *a = left, *b = right;

	return file_key_compare(&a->key, &b->key);
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
			.key = file_key_of(&vmas[i]),
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

	return file_key_compare(&file->key, &elf->key);
}

static void add_run(struct mapped_files *files, const struct run *run)
{
	struct mapped_file *file = files->count ? &files->files[files->count - 1] : NULL;

	if (!file || file_key_compare(&file->key, &run->key)) {
		file = &files->files[files->count++];
		file->key = run->key;
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
			files.files[i].stalled = elf->stalled;
			files.files[i].image = elf->image;
			files.files[i].identity = elf->identity;
		}
	}
	*ret_files = files;
}
