/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/elf_cache.h"
#include "files/errands.h"
#include "files/scout.h"
#include "maps_lines.h"
#include "model/classify.h"
#include "model/thread_stack.h"

/*
 * This very process, classified from its maps and files, against what its own loader knows: the
 * loader's list of objects (dl_iterate_phdr(3)) is found in memory, not in maps or files.
 */

struct comparison {
	struct maps_lines *lines;
	size_t compared;
};

static uint64_t page_down(uint64_t address)
{
	return address & ~((uint64_t)getpagesize() - 1);
}

static uint64_t page_up(uint64_t address)
{
	return page_down(address + (uint64_t)getpagesize() - 1);
}

static enum kind expected_kind(const struct vma *vma, const ElfW(Phdr) * segment, uint64_t bias,
			       const ElfW(Phdr) * relro)
{
	uint64_t file_end = page_up(bias + segment->p_vaddr + segment->p_filesz);

	if (relro && !(vma->perms & PERM_WRITE) && vma->start >= page_down(bias + relro->p_vaddr) &&
	    vma->end <= page_down(bias + relro->p_vaddr + relro->p_memsz))
		return KIND_RELRO;
	if (vma->start >= file_end)
		return KIND_BSS;
	return segment->p_flags & PF_X   ? KIND_TEXT
	       : segment->p_flags & PF_W ? KIND_DATA
					 : KIND_RODATA;
}

/* Whether at least half of the mapping is the segment's; it begins inside of it. */
static bool is_of_segment(const struct vma *vma, const ElfW(Phdr) * segment, uint64_t bias)
{
	uint64_t start = page_down(bias + segment->p_vaddr);
	uint64_t end = page_up(bias + segment->p_vaddr + segment->p_memsz);

	if (vma->start < start || vma->start >= end || !(vma->perms & PERM_ACCESS))
		return false;
	return vma->end <= end || end - vma->start >= vma->end - end;
}

static int compare_object(struct dl_phdr_info *info, size_t size, void *data)
{
	struct comparison *comparison = data;
	const ElfW(Phdr) *relro = NULL;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO)
			relro = &info->dlpi_phdr[i];
	for (size_t v = 0; v < comparison->lines->count; v++) {
		const struct vma *vma = &comparison->lines->vmas[v];

		for (int i = 0; i < info->dlpi_phnum; i++) {
			const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

			if (segment->p_type != PT_LOAD || vma->name[0] == '[' ||
			    !is_of_segment(vma, segment, info->dlpi_addr))
				continue;
			assert_string_equal(
				kind_name((enum kind)vma->kind),
				kind_name(expected_kind(vma, segment, info->dlpi_addr, relro)));
			assert_int_equal(vma->kind_source, KIND_SOURCE_ELF);
			comparison->compared++;
		}
	}
	return 0;
}

static void read_maps(struct maps_lines *lines)
{
	struct text text = {0};

	maps_lines_read_self(&text);
	maps_lines_init(lines, text_string(&text));
	text_finish(&text);
}

static const struct vma *find_inode(const struct maps_lines *lines, uint64_t inode)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->vmas[i].inode == inode)
			return &lines->vmas[i];
	return NULL;
}

static void this_process_is_what_its_loader_says(void **state)
{
	int directory = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct errands errands;
	struct elf_cache *cache = elf_cache_create(&errands);
	struct target target = {
		.pid = getpid(), .threads = 1, .page_size = (uint64_t)getpagesize()};
	struct classify_facts facts = {.target = &target};
	struct thread_stacks stacks = {0};
	struct comparison comparison;
	const struct scout scout = {&errands, directory, 0};
	struct maps_lines lines;
	struct stat exe;

	(void)state;
	assert_true(directory >= 0);
	assert_int_equal(fstatat(directory, "exe", &exe, 0), 0);
	read_maps(&lines);
	facts.exe = find_inode(&lines, exe.st_ino);
	assert_non_null(facts.exe);
	errands_init(&errands);
	errands.plan.limit = errands.plan.patience = INT64_MAX / 4;
	elf_cache_ask(cache, &scout, lines.vmas, lines.count);
	elf_cache_take(cache, &scout, &facts.files, &facts.file_count);
	classify(lines.vmas, lines.count, &facts, &stacks);
	thread_stacks_finish(&stacks);
	comparison = (struct comparison){.lines = &lines};
	dl_iterate_phdr(compare_object, &comparison);
	assert_true(comparison.compared >= 4);
	for (size_t i = 0; i < lines.count; i++)
		if (lines.vmas[i].start <= (uintptr_t)&this_process_is_what_its_loader_says &&
		    (uintptr_t)&this_process_is_what_its_loader_says < lines.vmas[i].end)
			assert_int_equal(lines.vmas[i].owner, OWNER_PROGRAM);
	maps_lines_finish(&lines);
	elf_cache_destroy(cache);
	errands_finish(&errands);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_process_is_what_its_loader_says),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	return cmocka_run_group_tests_name("classify_self", tests, NULL, NULL);
}
