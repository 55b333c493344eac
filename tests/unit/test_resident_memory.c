/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What the reader gives of a child's memory, by each way that there is to read it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "residency/resident_memory.h"
#include "support/child.h"

enum { PAGES = 700 }; /* more than one piece of entries, more runs than one call takes */

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Every second page is in memory; the last of these may not be read. */
static bool is_written(size_t page)
{
	return page % 2 == 0;
}

static uint8_t byte_at(size_t page, size_t at)
{
	return (uint8_t)(page * 7 + at);
}

static void arrange(const void *context)
{
	char *pages = *(char *const *)context;

	for (size_t page = 0; page < PAGES; page++)
		for (size_t at = 0; is_written(page) && at < page_size(); at++)
			pages[page * page_size() + at] = (char)byte_at(page, at);
	mprotect(pages + (PAGES - 2) * page_size(), page_size(), PROT_NONE);
}

struct setting {
	char *pages; /* where they are in the child */
	pid_t child;
	struct resident_memory memory;
	struct memory_reader reader;
	uint8_t *bytes, *absent;
};

static void open_memory(struct setting *setting, unsigned avoid)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};

	assert_int_equal(resident_memory_open(&setting->memory, &options, setting->child), 0);
	setting->reader = resident_memory_reader(&setting->memory);
}

static int set_up(void **state)
{
	struct setting *setting = calloc(1, sizeof(*setting));

	assert_non_null(setting);
	setting->pages = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(setting->pages != MAP_FAILED);
	madvise(setting->pages, PAGES * page_size(), MADV_NOHUGEPAGE);
	setting->child = child_start(arrange, &setting->pages);
	assert_true(setting->child > 0);
	setting->bytes = calloc(PAGES + 2, page_size());
	setting->absent = calloc(1, PAGES);
	*state = setting;
	return 0;
}

static int tear_down(void **state)
{
	struct setting *setting = *state;

	child_end(setting->child);
	munmap(setting->pages, PAGES * page_size());
	free(setting->bytes);
	free(setting->absent);
	free(setting);
	return 0;
}

static bool is_absent(const struct setting *setting, uint64_t address, size_t offset)
{
	return memory_reader_is_absent(setting->absent, address, offset, page_size());
}

/* Reads all but some bytes at both ends, and compares with what the child has. */
static void check_all(struct setting *setting, bool zeroes)
{
	const size_t size = PAGES * page_size() - 30;
	const uint64_t address = (uintptr_t)setting->pages + 10;

	memset(setting->bytes, 0xee, size + 1);
	assert_int_equal(setting->reader.read(setting->reader.context, address, setting->bytes,
					      size, setting->absent),
			 0);
	assert_int_equal(setting->bytes[size], 0xee);
	for (size_t i = 0; i < size; i++) {
		size_t page = (i + 10) / page_size(), at = (i + 10) % page_size();
		bool read = is_written(page) ? page != PAGES - 2 : zeroes;
		uint8_t wanted = read && is_written(page) ? byte_at(page, at) : 0;

		if (is_absent(setting, address, i) == read || setting->bytes[i] != wanted)
			fail_msg("page %zu, byte %zu: %02x", page, at, setting->bytes[i]);
	}
}

static void only_what_is_in_memory_is_read(void **state)
{
	static const unsigned ways[] = {0, AVOID_PAGEMAP_SCAN};
	struct setting *setting = *state;

	for (size_t i = 0; i < 2; i++) {
		open_memory(setting, ways[i]);
		check_all(setting, false);
		assert_true(setting->memory.held_ns > 0 && setting->memory.expected_ns > 0);
		/* The same through /proc/PID/mem, which has no protection but that of the page. */
		setting->memory.number = 0;
		mprotect(setting->pages, page_size(), PROT_READ);
		assert_int_equal(setting->reader.read(setting->reader.context,
						      (uintptr_t)setting->pages, setting->bytes,
						      2 * page_size(), setting->absent),
				 0);
		assert_int_equal(setting->absent[0] & 3, 2);
		assert_int_equal(setting->bytes[9], byte_at(0, 9));
		resident_memory_close(&setting->memory);
	}
}

/* Field 10 of stat; and what is resident, in kB, which statm does not have to the page. */
static void measure(pid_t child, unsigned long *ret_faults, unsigned long *ret_resident)
{
	char path[64], line[4096];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	assert_int_equal(
		sscanf(strrchr(line, ')'), ") %*c %*d %*d %*d %*d %*d %*u %lu", ret_faults), 1);
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)child);
	file = fopen(path, "re");
	assert_non_null(file);
	do
		assert_non_null(fgets(line, sizeof(line), file));
	while (sscanf(line, "Rss: %lu", ret_resident) != 1);
	fclose(file);
}

static void looking_changes_nothing(void **state)
{
	struct setting *setting = *state;
	unsigned long faults, resident, faults_after, resident_after, own;

	open_memory(setting, 0);
	measure(setting->child, &faults, &resident);
	for (int i = 0; i < 10; i++)
		check_all(setting, false);
	measure(setting->child, &faults_after, &resident_after);
	/* What the child does itself is a page or two; there are hundreds that were never touched.
	 */
	assert_in_range(faults_after, faults, faults + 8);
	/* Each fault of its own may map sixteen pages of a file (do_fault_around() of the kernel).
	 */
	own = (faults_after - faults) * 64;
	assert_in_range(resident_after + 8, resident, resident + 16 + own);
	/* But it does when that is asked for; kernels without a page of zeroes count these pages.
	 */
	setting->memory.absent_too = true;
	check_all(setting, true);
	setting->memory.absent_too = false;
	check_all(setting, true);
	resident_memory_close(&setting->memory);
}

static void without_pagemap_nothing_is_known_to_be_there(void **state)
{
	struct setting *setting = *state;

	open_memory(setting, AVOID_PAGEMAP);
	assert_int_equal(setting->reader.read(setting->reader.context, (uintptr_t)setting->pages,
					      setting->bytes, page_size(), setting->absent),
			 0);
	assert_int_equal(setting->absent[0] & 1, 1);
	setting->memory.absent_too = true;
	check_all(setting, true);
	resident_memory_close(&setting->memory);
}

static void what_is_no_memory_is_absent(void **state)
{
	static const uint64_t nowhere[] = {0, 0xffffffffff600000, UINT64_MAX - 4095,
					   INT64_MAX - 4095};
	struct setting *setting = *state;

	for (unsigned too = 0; too < 2; too++) {
		open_memory(setting, 0);
		setting->memory.absent_too = too;
		for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
			assert_int_equal(setting->reader.read(setting->reader.context, nowhere[i],
							      setting->bytes, 64, setting->absent),
					 0);
			assert_int_equal(setting->absent[0] & 1, 1);
		}
		assert_int_equal(setting->reader.read(setting->reader.context, UINT64_MAX - 7,
						      setting->bytes, 64, setting->absent),
				 -EINVAL);
		resident_memory_close(&setting->memory);
	}
}

/* A mapping at the very end of user addresses, read across it. */
static void what_is_below_the_end_of_user_addresses_is_read(void **state)
{
	struct setting *setting = *state;
	const uint64_t last = UINT64_C(0x7fffffffe000);
	char *page = mmap((void *)(uintptr_t)last, page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (page == MAP_FAILED || (uint64_t)(uintptr_t)page != last || page_size() != 4096)
		skip();
	page[100] = 77;
	child_end(setting->child);
	setting->child = child_start(NULL, NULL);
	open_memory(setting, 0);
	assert_int_equal(setting->reader.read(setting->reader.context, last, setting->bytes,
					      8 * page_size(), setting->absent),
			 0);
	assert_int_equal(setting->absent[0], 0xfe);
	assert_int_equal(setting->bytes[100], 77);
	resident_memory_close(&setting->memory);
	munmap(page, page_size());
}

static void a_process_that_ends_is_gone(void **state)
{
	struct setting *setting = *state;
	const struct procfs_options options = {.root = "/proc"};
	struct resident_memory memory;

	open_memory(setting, 0);
	child_end(setting->child);
	assert_int_equal(setting->reader.read(setting->reader.context, (uintptr_t)setting->pages,
					      setting->bytes, page_size(), setting->absent),
			 -ESRCH);
	resident_memory_close(&setting->memory);
	assert_int_equal(resident_memory_open(&memory, &options, INT32_MAX), -ESRCH);
}

static void a_recorded_tree_has_no_bytes(void **state)
{
	char root[] = "/tmp/vastop-test-XXXXXX", folder[64];
	const struct procfs_options options = {.root = root};
	struct resident_memory memory;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(folder, sizeof(folder), "%s/7", root);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(resident_memory_open(&memory, &options, 7), -ENOENT);
	rmdir(folder);
	rmdir(root);
}

/* With one descriptor more each time, until it can be opened. */
static void what_cannot_be_opened_is_an_error(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct resident_memory memory;
	struct rlimit before, limit;
	int error = -EMFILE, next = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_true(next >= 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	limit = before;
	for (int more = 0; error && more < 16; more++) {
		limit.rlim_cur = (rlim_t)(next + more);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
		error = resident_memory_open(&memory, &options, getpid());
		assert_true(error == -EMFILE || error == 0);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(error, 0);
	assert_true(memory.pagemap >= 0);
	resident_memory_close(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(only_what_is_in_memory_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(looking_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_pagemap_nothing_is_known_to_be_there,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_memory_is_absent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_below_the_end_of_user_addresses_is_read,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_process_that_ends_is_gone, set_up, tear_down),
		cmocka_unit_test(a_recorded_tree_has_no_bytes),
		cmocka_unit_test(what_cannot_be_opened_is_an_error),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("resident_memory", tests, NULL, NULL);
}
