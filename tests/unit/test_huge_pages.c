/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "growth/huge_pages.h"
#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

#define SIZE ((size_t)8 << 20) /* of the memory: some huge pages, wherever it begins */

/* Memory of this program, and what is known of that it is there. */
struct memory {
	volatile char *bytes;
	int directory;
	struct address_space *space;
};

static void map(struct memory *memory, int advice)
{
	memory->bytes =
		mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(memory->bytes != MAP_FAILED);
	(void)madvise((void *)memory->bytes, SIZE, advice);
	memory->directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	memory->space = own_space_read();
}

static void unmap(struct memory *memory)
{
	munmap((void *)memory->bytes, SIZE);
	close(memory->directory);
	address_space_destroy(memory->space);
}

static uint64_t touch(struct huge_pages *huge, const struct memory *memory)
{
	memory->bytes[SIZE / 2] = 1;
	return huge_pages_brought(huge, memory->space,
				  (uint64_t)(uintptr_t)&memory->bytes[SIZE / 2]);
}

static void a_small_page_is_one(void **state)
{
	static const struct procfs_options options = {.root = "/proc"};
	struct huge_pages huge;
	struct memory memory;

	(void)state;
	map(&memory, MADV_NOHUGEPAGE);
	huge_pages_open(&huge, &options, memory.directory);
	assert_int_equal(touch(&huge, &memory), memory.space->target.page_size);
	/* Nor is what is not mapped at all. */
	assert_int_equal(huge_pages_brought(&huge, memory.space, 4096),
			 memory.space->target.page_size);
	huge_pages_close(&huge);
	huge_pages_close(&huge);
	unmap(&memory);
}

static void a_huge_page_comes_at_once(void **state)
{
	static const struct procfs_options options = {.root = "/proc"};
	struct huge_pages huge;
	struct memory memory;
	uint64_t brought, page_size;

	(void)state;
	map(&memory, MADV_HUGEPAGE);
	huge_pages_open(&huge, &options, memory.directory);
	brought = touch(&huge, &memory);
	page_size = memory.space->target.page_size;
	huge_pages_close(&huge);
	unmap(&memory);
	if (brought == page_size) {
		print_message("this kernel has no huge page to give, or does not say so\n");
		skip();
	}
	assert_int_equal(brought, huge.size);
	assert_true(brought > page_size);
}

static void where_the_kernel_does_not_say_it_is_unknown(void **state)
{
	static const struct procfs_options options = {.root = "/proc", .avoid = AVOID_PAGEMAP_SCAN};
	struct huge_pages huge;
	struct memory memory;

	(void)state;
	map(&memory, MADV_HUGEPAGE);
	huge_pages_open(&huge, &options, memory.directory);
	assert_int_equal(huge.unknown, huge.size > 0);
	assert_int_equal(touch(&huge, &memory), memory.space->target.page_size);
	huge_pages_close(&huge);
	unmap(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_page_is_one),
		cmocka_unit_test(a_huge_page_comes_at_once),
		cmocka_unit_test(where_the_kernel_does_not_say_it_is_unknown),
	};

	return cmocka_run_group_tests_name("huge_pages", tests, NULL, NULL);
}
