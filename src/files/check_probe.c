/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/check_probe.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/errands.h"
#include "files/file_check.h"
#include "files/protection_files.h"
#include "files/target_files.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/file_key.h"

/* A file that is loaded, or looks so: code is in it. */
static bool is_code(const struct vma *vma)
{
	return vma_has_file(vma) && !(vma->perms & PERM_SHARED) && vma->kind != KIND_DEVICE &&
	       (vma->kind_source == KIND_SOURCE_ELF || (vma->perms & PERM_EXEC));
}

static int compare_files(const void *left, const void *right)
{
	const struct vma *a = *(const struct vma *const *)left;
	const struct vma *b = *(const struct vma *const *)right;
	const struct file_key a_key = file_key_of(a), b_key = file_key_of(b);
	int order = file_key_compare(&a_key, &b_key);

	return order ? order : a->start < b->start ? -1 : a->start > b->start;
}

static int compare_starts(const void *left, const void *right)
{
	const struct vma *a = *(const struct vma *const *)left;
	const struct vma *b = *(const struct vma *const *)right;

	return a->start < b->start ? -1 : a->start > b->start;
}

/* The lowest mapping of each file, in order of address. Returns how many; the caller frees them. */
static size_t list_files(const struct address_space *space, const struct vma ***ret_vmas)
{
	const struct vma **vmas = memory_alloc(space->vma_count * sizeof(*vmas));
	size_t count = 0, files = 0;

	for (size_t i = 0; i < space->vma_count; i++)
		if (is_code(&space->vmas[i]))
			vmas[count++] = &space->vmas[i];
	qsort(vmas, count, sizeof(*vmas), compare_files);
	for (size_t i = 0; i < count; i++)
		if (!files || !vma_same_file(vmas[files - 1], vmas[i]))
			vmas[files++] = vmas[i];
	qsort(vmas, files, sizeof(*vmas), compare_starts);
	*ret_vmas = vmas;
	return files;
}

/* The kernel calls memory that never had a name a deleted file, too. */
static bool lost_its_name(const struct vma *vma)
{
	return vma->deleted && vma->file_system != FILE_SYSTEM_SHMEM &&
	       vma->file_system != FILE_SYSTEM_SECRETMEM &&
	       vma->file_system != FILE_SYSTEM_HUGETLBFS;
}

static void check_files(const struct procfs_options *options, struct errands *errands,
			const struct address_space *space, int directory,
			struct checked_files *files)
{
	const struct vma **vmas;
	size_t count = list_files(space, &vmas);
	struct errand **asked = memory_alloc(count * sizeof(*asked));

	files->files = memory_alloc(count * sizeof(*files->files));
	files->count = files->capacity = count;
	for (size_t i = 0; i < count; i++)
		asked[i] = file_check_create(errands, vmas[i], options->avoid, space->target.uid);
	errands_run(errands, directory);
	for (size_t i = 0; i < count; i++) {
		struct checked_file *file = &files->files[i];

		file->name = memory_copy_string(vmas[i]->name);
		file->start = vmas[i]->start;
		file->owner = vmas[i]->owner;
		file->deleted = lost_its_name(vmas[i]);
		file_check_take(asked[i], file);
		errand_drop(asked[i]);
	}
	free(asked);
	free(vmas);
}

/*
 * The directory of the process, for as long as it lives; negative once it has ended, though another
 * may have its number by now.
 */
static int open_process(const struct procfs_options *options, const struct target *target)
{
	int directory = procfs_options_open_process(options, target->pid);
	struct text text = {0};
	struct proc_stat stat;

	if (directory >= 0 && !target_read_stat(directory, NULL, &text, &stat) &&
	    target->start_ticks != TARGET_UNKNOWN && stat.start_ticks != target->start_ticks) {
		close(directory);
		directory = -ESRCH;
	}
	text_finish(&text);
	return directory;
}

void check_probe(const struct procfs_options *options, struct errands *errands,
		 const struct address_space *space, struct check_facts *ret_facts)
{
	int directory = open_process(options, &space->target);
	struct check_facts facts = {.files = {0}};

	check_files(options, errands, space, directory, &facts.files);
	protection_files_read(options, directory, &facts.protection);
	if (directory >= 0)
		close(directory);
	*ret_facts = facts;
}

void check_facts_finish(struct check_facts *facts)
{
	checked_files_finish(&facts->files);
	*facts = (struct check_facts){0};
}
