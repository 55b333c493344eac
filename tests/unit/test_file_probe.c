/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "files/file_probe.h"
#include "kernel/procfs_options.h"
#include "maps_lines.h"
#include "model/file_facts.h"

#define SIZE 12345

static const struct procfs_options proc = {.root = "/proc"};

/* This very process. */
static void read_maps(struct maps_lines *lines)
{
	struct text text = {0};

	maps_lines_read_self(&text);
	maps_lines_init(lines, text_string(&text));
	text_finish(&text);
}

static struct vma *find(const struct maps_lines *lines, uintptr_t address)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->vmas[i].start <= address && address < lines->vmas[i].end)
			return &lines->vmas[i];
	fail_msg("nothing is mapped where something was");
	return NULL;
}

static uint64_t page_size(void)
{
	return (uint64_t)sysconf(_SC_PAGESIZE);
}

static void the_size_is_that_of_the_file(void **state)
{
	char path[] = "/tmp/vastop-test-XXXXXX";
	int file = mkstemp(path), error;
	struct file_facts facts;
	struct maps_lines lines;
	void *memory;

	(void)state;
	assert_true(file >= 0);
	assert_int_equal(ftruncate(file, SIZE), 0);
	memory = mmap(NULL, 65536, PROT_READ, MAP_SHARED, file, 0);
	assert_true(memory != MAP_FAILED);
	close(file);
	read_maps(&lines);
	error = file_probe(&proc, getpid(), find(&lines, (uintptr_t)memory), page_size(), &facts);
	unlink(path);
	assert_int_equal(error, 0);
	assert_int_equal(facts.size, SIZE);
	assert_false(facts.is_elf);
	maps_lines_finish(&lines);
	munmap(memory, 65536);
}

static int take_bias(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	*(uint64_t *)data = info->dlpi_addr;
	return 1; /* the program comes first */
}

static void a_segment_knows_its_address_in_the_file(void **state)
{
	struct file_facts facts;
	struct maps_lines lines;
	uint64_t bias = 1;
	struct vma *vma;

	(void)state;
	dl_iterate_phdr(take_bias, &bias);
	read_maps(&lines);
	vma = find(&lines, (uintptr_t)&a_segment_knows_its_address_in_the_file);
	vma->kind_source = KIND_SOURCE_ELF;
	assert_int_equal(file_probe(&proc, getpid(), vma, page_size(), &facts), 0);
	assert_true(facts.is_elf);
	assert_int_equal(facts.bias, bias);
	/* A mapping of it that is none of its segments. */
	vma->offset += page_size();
	vma->end += UINT64_C(1) << 30;
	assert_int_equal(file_probe(&proc, getpid(), vma, page_size(), &facts), 0);
	assert_false(facts.is_elf);
	maps_lines_finish(&lines);
}

static void what_has_no_file_is_told(void **state)
{
	struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "[heap]"};
	struct file_facts facts = {.size = 7};

	(void)state;
	assert_int_equal(file_probe(&proc, getpid(), &vma, 4096, &facts), -ENOENT);
	vma.name = "/no/such/file";
	vma.inode = 4711;
	assert_int_equal(file_probe(&proc, getpid(), &vma, 4096, &facts), -ENOENT);
	assert_int_equal(file_probe(&proc, INT32_MAX, &vma, 4096, &facts), -ENOENT);
	assert_int_equal(facts.size, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_size_is_that_of_the_file),
		cmocka_unit_test(a_segment_knows_its_address_in_the_file),
		cmocka_unit_test(what_has_no_file_is_told),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	return cmocka_run_group_tests_name("file_probe", tests, NULL, NULL);
}
