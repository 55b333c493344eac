/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_space.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/core_image.h"
#include "core/core_mappings.h"
#include "core/core_places.h"
#include "inside/elf_segments.h"
#include "inside/memory_reader.h"
#include "model/address_space.h"
#include "model/classify.h"
#include "model/classify_shape.h"
#include "model/thread_stack.h"
#include "procfs/heap_info_parser.h"

/* What is put together. */
struct making {
	struct core_image *image;
	struct core_mappings mappings;
	struct elf_file *files; /* by inode less 1 */
	struct thread_stack_pointer *stacks;
	struct arena_head *heads;
	size_t head_count, head_capacity;
	struct thread_stacks found;
};

/* Fills the bytes; false where not all of them are in the file. */
static bool read_bytes(struct making *making, uint64_t address, void *bytes, size_t size)
{
	const struct memory_reader reader = core_image_reader(making->image);
	uint8_t absent[2];

	return memory_reader_pages(address, size, reader.page_size) <= 8 * sizeof(absent) &&
	       !reader.read(reader.context, address, bytes, size, absent) &&
	       !memory_reader_is_absent(absent, address, 0, reader.page_size) &&
	       !memory_reader_is_absent(absent, address, size - 1, reader.page_size);
}

/* Reads the headers of the file whose begin the range is. */
static void read_file(struct making *making, struct elf_file *file,
		      const struct core_file_range *begin)
{
	struct core_mapped mapped = {.image = making->image};
	struct file_reader reader = core_image_mapped(&mapped, begin);
	struct elf_image *image;
	int error = elf_segments_read(&reader, &image);
	char byte;

	file->image = error ? NULL : image;
	file->readable =
		!error || (error == -ENOEXEC && read_bytes(making, begin->start, &byte, 1));
}

static void read_files(struct making *making)
{
	const struct core_mappings *mappings = &making->mappings;

	making->files = memory_alloc(mappings->file_count * sizeof(*making->files));
	for (size_t i = 0; i < mappings->file_count; i++)
		making->files[i].key.name = mappings->names[i];
	for (size_t i = 0; i < mappings->count; i++) {
		const struct vma *vma = &mappings->vmas[i];
		struct elf_file *file;

		if (!vma->inode)
			continue;
		file = &making->files[vma->inode - 1];
		file->key = file_key_of(vma);
		if (vma->offset == 0 && !file->readable)
			read_file(making, file,
				  &(struct core_file_range){.start = vma->start, .end = vma->end});
	}
}

/* Where AT_PHDR is, or, of a file that maps no headers, AT_ENTRY. */
static struct core_program find_program(const struct making *making)
{
	const struct proc_auxv *auxv = &making->image->auxv;
	struct vma *vmas = making->mappings.vmas;
	struct core_program program = {.exe = NULL};
	struct vma *exe = core_places_find(vmas, making->mappings.count, auxv->program_headers);

	if (!exe || !exe->inode)
		exe = core_places_find(vmas, making->mappings.count, auxv->entry);
	if (!exe || !exe->inode)
		return program;
	program.exe = exe;
	program.image = making->files[exe->inode - 1].image;
	while (exe > vmas && exe[-1].inode == exe->inode)
		exe--;
	program.base = exe->start;
	if (exe->offset)
		program.image = NULL;
	return program;
}

/*
 * The C libraries of GNU and musl begin what %fs points to, which lies on top of the thread's
 * stack, with its own address (sysdeps/x86_64/nptl/tls.h, src/internal/pthread_impl.h); others, as
 * Go's, put it elsewhere, and do not.
 */
static uint64_t find_own(struct making *making, const struct core_thread *thread)
{
	uint64_t word;

	if (!thread->thread_pointer || thread->tid == making->image->notes.pid ||
	    !read_bytes(making, thread->thread_pointer, &word, sizeof(word)) ||
	    word != thread->thread_pointer)
		return 0;
	return word;
}

static void find_stacks(struct making *making, struct classify_facts *facts)
{
	const struct core_notes *notes = &making->image->notes;

	making->stacks = memory_alloc(notes->thread_count * sizeof(*making->stacks));
	for (size_t i = 0; i < notes->thread_count; i++) {
		uint64_t own = find_own(making, &notes->threads[i]);

		making->stacks[i] = (struct thread_stack_pointer){
			.tid = notes->threads[i].tid,
			.address = notes->threads[i].stack_pointer,
			.own = own,
			.own_on_top = own != 0,
		};
	}
	facts->stacks = making->stacks;
	facts->stack_count = notes->thread_count;
}

/* What only the first bytes of mappings tell (procfs/heap_info_parser.h). */
static void find_arenas(struct making *making, struct classify_facts *facts)
{
	const struct core_mappings *mappings = &making->mappings;
	uint64_t unit = classify_shape_arena_unit(mappings->vmas, mappings->count);
	uint8_t bytes[HEAP_INFO_BYTES];

	for (size_t i = 0; i < mappings->count; i++) {
		const struct vma *vma = &mappings->vmas[i];
		const struct heap_place place = {.start = vma->start,
						 .end = vma->end,
						 .unit = unit,
						 .page_size = making->image->kept.page_size};

		if (!classify_shape_may_be_arena(vma, unit) ||
		    !read_bytes(making, vma->start, bytes, sizeof(bytes)))
			continue;
		making->heads = memory_array_grow(making->heads, making->head_count,
						  &making->head_capacity, sizeof(*making->heads));
		making->heads[making->head_count++] = (struct arena_head){
			.start = vma->start, .is_heap = heap_info_parse(&place, bytes)};
	}
	facts->arena_heads = making->heads;
	facts->arena_head_count = making->head_count;
}

/* The arguments, whose ends are not known, are one string. */
static void describe(const struct core_image *image, const struct core_program *program,
		     const char *const *arguments, struct target *target)
{
	const struct core_notes *notes = &image->notes;

	*target = (struct target){
		.pid = notes->pid,
		.start_ticks = TARGET_UNKNOWN,
		.comm = notes->name,
		.exe = program->exe ? program->exe->name : NULL,
		.cmdline = arguments,
		.cmdline_count = notes->arguments[0] != '\0',
		.uid = notes->uid,
		.state = '?',
		.threads = (uint32_t)notes->thread_count,
		.page_size = image->kept.page_size,
		.rss = TARGET_UNKNOWN,
		.swap = TARGET_UNKNOWN,
		.limits = {TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN},
		.death = notes->death,
		.is_core = true,
	};
}

/* What is said of the mapping is what is known. */
static void settle(struct vma *vma)
{
	if (vma->perms & PERM_ACCESS_UNKNOWN)
		vma->perms &= (uint8_t)~PERM_ACCESS;
	/* The names that were found again (core/core_places.h) are not the kernel's own. */
	if (vma->name[0] == '[' && !vma->inode)
		vma->kind_source = KIND_SOURCE_SHAPE;
}

static void find_kinds(struct making *making, const struct target *target,
		       const struct core_program *program)
{
	const struct core_mappings *mappings = &making->mappings;
	struct classify_facts facts = {
		.target = target,
		.exe = program->exe,
		.interpreter_base = making->image->auxv.base,
		.files = making->files,
		.file_count = mappings->file_count,
	};

	find_stacks(making, &facts);
	find_arenas(making, &facts);
	/* Files are mapped to be accessed: what is not known of that is neither guard nor reserve.
	 */
	for (size_t i = 0; i < mappings->count; i++)
		if (mappings->vmas[i].perms & PERM_ACCESS_UNKNOWN)
			mappings->vmas[i].perms |= PERM_READ;
	classify(mappings->vmas, mappings->count, &facts, &making->found);
	for (size_t i = 0; i < mappings->count; i++)
		settle(&mappings->vmas[i]);
}

static void finish(struct making *making)
{
	for (size_t i = 0; i < making->mappings.file_count; i++)
		elf_segments_free((struct elf_image *)making->files[i].image);
	free(making->files);
	free(making->stacks);
	free(making->heads);
	thread_stacks_finish(&making->found);
	core_mappings_finish(&making->mappings);
}

int core_space_make(struct core_image *image, int64_t time_ns, struct address_space **ret_space)
{
	struct making making = {.image = image};
	const char *const arguments = image->notes.arguments;
	struct core_program program;
	struct address_space *space;
	struct target target;
	int error;

	core_mappings_make(image, &making.mappings);
	read_files(&making);
	program = find_program(&making);
	describe(image, &program, &arguments, &target);
	target.start_brk = core_places_name(making.mappings.vmas, making.mappings.count,
					    &image->auxv, &program);
	find_kinds(&making, &target, &program);
	error = address_space_create(&target, making.mappings.vmas, making.mappings.count, time_ns,
				     0, &space);
	if (!error) {
		thread_stacks_add(&making.found, space);
		*ret_space = space;
	}
	finish(&making);
	return error;
}
