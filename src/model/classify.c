/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify.h"

#include "base/arena.h"
#include "model/classify_name.h"
#include "model/classify_runtime.h"
#include "model/classify_shape.h"
#include "model/file_identity.h"
#include "model/mapped_file.h"
#include "model/object.h"
#include "model/target.h"
#include "model/thread_stack.h"

#define PAGE_SIZE_DEFAULT 4096

/* What the names alone tell; until classify() is done, KIND_COUNT stands for "not known yet". */
static void start(struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		vmas[i].kind = KIND_COUNT;
		vmas[i].kind_source = KIND_SOURCE_PERMISSIONS;
		vmas[i].owner = OWNER_OTHER;
		vmas[i].tid = 0;
		vmas[i].alternate = false;
		classify_name_settle(&vmas[i]);
	}
	classify_shape_no_access(vmas, count);
}

static uint64_t usable_page_size(uint64_t page_size)
{
	return target_is_page_size(page_size) ? page_size : PAGE_SIZE_DEFAULT;
}

static void set_by_permissions(struct vma *vma, enum kind kind)
{
	vma->kind = kind;
	vma->kind_source = KIND_SOURCE_PERMISSIONS;
}

/*
 * A file's mapping that is no part of a load. Executable memory is code, also of formats other
 * than ELF. Of a file that could not be read, a private mapping beside an executable one is taken
 * for a part of the same object.
 */
static void classify_by_permissions(struct vma *vma, const struct mapped_file *file)
{
	bool likely_object = file->executable && !file->readable && !(vma->perms & PERM_SHARED);

	if (vma->perms & PERM_EXEC)
		set_by_permissions(vma, KIND_TEXT);
	else if (!likely_object)
		set_by_permissions(vma, KIND_FILE);
	else if (vma->perms & PERM_WRITE)
		set_by_permissions(vma, KIND_DATA);
	else
		set_by_permissions(vma, KIND_RODATA);
	if (file->stalled)
		vma->kind_source = KIND_SOURCE_STALLED;
}

static void set_special(struct mapped_files *files, size_t index)
{
	if (files->of_vma[index] != MAPPED_FILE_NONE)
		files->files[files->of_vma[index]].is_special = true;
}

/* Directly behind data that only permissions tell of, anonymous memory is most likely its bss. */
static bool is_bss_by_shape(const struct vma *vma)
{
	const struct vma *below = vma - 1;

	return vma->kind == KIND_COUNT && !vma->inode && !vma->name[0] &&
	       vma->perms == (PERM_READ | PERM_WRITE) && below->end == vma->start &&
	       below->kind == KIND_DATA &&
	       (below->kind_source == KIND_SOURCE_PERMISSIONS ||
		below->kind_source == KIND_SOURCE_STALLED);
}

static void classify_files(struct vma *vmas, size_t count, struct mapped_files *files)
{
	for (size_t i = 0; i < count; i++) {
		if (vmas[i].kind == KIND_DEVICE)
			set_special(files, i);
		if (vmas[i].kind != KIND_COUNT)
			continue;
		if (classify_name_memory(&vmas[i])) {
			set_special(files, i);
			continue;
		}
		if (vmas[i].inode) {
			classify_by_permissions(&vmas[i], &files->files[files->of_vma[i]]);
		} else if (i && is_bss_by_shape(&vmas[i])) {
			vmas[i].kind = KIND_BSS;
			vmas[i].kind_source = KIND_SOURCE_SHAPE;
			files->of_vma[i] = files->of_vma[i - 1];
		}
	}
}

static void classify_rest(struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (vmas[i].kind != KIND_COUNT)
			continue;
		set_by_permissions(&vmas[i], vmas[i].perms & PERM_EXEC     ? KIND_JIT
					     : vmas[i].perms & PERM_SHARED ? KIND_SHARED
									   : KIND_ANON);
	}
}

static bool is_program(const struct vma *vma, const struct classify_facts *facts)
{
	const struct vma *exe = facts->exe;

	if (!exe)
		return false;
	return vma_same_file(vma, exe) ||
	       (facts->exe_by_numbers && vma->inode == exe->inode &&
		vma->dev_major == exe->dev_major && vma->dev_minor == exe->dev_minor);
}

static bool is_library(const struct mapped_file *file)
{
	return file->is_object ||
	       (file->executable && !file->is_special && (file->image || !file->readable));
}

static void find_file_owners(const struct vma *vmas, size_t count, struct mapped_files *files,
			     const struct classify_facts *facts)
{
	for (size_t i = 0; i < files->count; i++)
		files->files[i].owner = is_library(&files->files[i]) ? OWNER_LIBRARY : OWNER_OTHER;
	for (size_t i = 0; i < count; i++) {
		struct mapped_file *file;

		if (!vmas[i].inode)
			continue;
		file = &files->files[files->of_vma[i]];
		if (is_program(&vmas[i], facts))
			file->owner = OWNER_PROGRAM;
		else if (facts->interpreter_base && vmas[i].start <= facts->interpreter_base &&
			 facts->interpreter_base < vmas[i].end && file->owner != OWNER_PROGRAM)
			file->owner = OWNER_LOADER;
	}
}

static void set_owners_and_identities(struct vma *vmas, size_t count,
				      const struct mapped_files *files)
{
	for (size_t i = 0; i < count; i++) {
		vmas[i].identity = vmas[i].inode ? files->files[files->of_vma[i]].identity
						 : FILE_IDENTITY_NONE;
		if (files->of_vma[i] != MAPPED_FILE_NONE)
			vmas[i].owner = files->files[files->of_vma[i]].owner;
		else if (vmas[i].kind == KIND_HEAP || vmas[i].kind == KIND_STACK)
			vmas[i].owner = OWNER_PROGRAM;
	}
}

/* A runtime is told by whose files are there, and owns what nobody else does. */
static void find_runtimes(struct vma *vmas, size_t count)
{
	classify_runtime(vmas, count);
	for (size_t i = 0; i < count; i++)
		if (vmas[i].runtime && vmas[i].owner == OWNER_OTHER)
			vmas[i].owner = OWNER_RUNTIME;
}

void classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
	      struct thread_stacks *ret_stacks)
{
	struct arena arena = {0};
	struct mapped_files files;

	start(vmas, count);
	mapped_files_collect(&files, &arena, vmas, count, facts->files, facts->file_count);
	object_classify(vmas, count, &files, usable_page_size(facts->target->page_size), &arena);
	classify_files(vmas, count, &files);
	classify_shape_arenas(vmas, count, &files, facts);
	thread_stack_classify(vmas, count, facts, &arena, ret_stacks);
	classify_rest(vmas, count);
	find_file_owners(vmas, count, &files, facts);
	set_owners_and_identities(vmas, count, &files);
	find_runtimes(vmas, count);
	arena_finish(&arena);
}
