/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/keyed_hash.h"
#include "kernel/mapping_print.h"
#include "support/child.h"

static const struct hash_key key = {{1, 2}}, other_key = {{1, 3}};

/* The print of what a file holds. */
static uint64_t print_of(const char *text, size_t length, const struct hash_key *by)
{
	FILE *file = tmpfile();
	uint64_t print = 7;

	assert_non_null(file);
	assert_int_equal(write(fileno(file), text, length), length);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	assert_int_equal(mapping_print_all(fileno(file), by, &print), 0);
	fclose(file);
	return print;
}

static void every_byte_counts(void **state)
{
	static char text[10000];
	uint64_t print;

	(void)state;
	memset(text, 'x', sizeof(text));
	print = print_of(text, sizeof(text), &key);
	assert_true(print_of(text, sizeof(text), &key) == print);
	assert_true(print_of(text, sizeof(text), &other_key) != print);
	assert_true(print_of(text, sizeof(text) - 1, &key) != print);
	for (size_t i = 0; i < sizeof(text); i += 1111) {
		text[i] = 'y';
		assert_true(print_of(text, sizeof(text), &key) != print);
		text[i] = 'x';
	}
	/* Whole chunks that change places. */
	memset(text, 'y', 4096);
	print = print_of(text, 8192, &key);
	memset(text, 'x', 4096);
	memset(text + 4096, 'y', 4096);
	assert_true(print_of(text, 8192, &key) != print);
}

static void a_file_that_cannot_be_read_has_none(void **state)
{
	uint64_t print = 7;

	(void)state;
	assert_int_equal(mapping_print_all(-1, &key, &print), -EBADF);
	assert_int_equal(mapping_print_code(-1, &key, &print), -EBADF);
	assert_int_equal(print, 7);
}

/* Of our own code; skips where the kernel has no such query. */
static uint64_t print_code(void)
{
	int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	uint64_t print = 0;
	int error = mapping_print_code(maps, &key, &print);

	close(maps);
	if (error == -ENOTTY) {
		print_message("this kernel cannot query single mappings\n");
		skip();
	}
	assert_int_equal(error, 0);
	return print;
}

static void executability_counts_whatever_else_is_allowed(void **state)
{
	const size_t size = 65536;
	char *memory = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t none = print_code(), code, writable;

	(void)state;
	assert_true(memory != MAP_FAILED);
	mprotect(memory, size, PROT_READ | PROT_WRITE);
	assert_true(print_code() == none);
	mprotect(memory, size, PROT_READ | PROT_EXEC);
	code = print_code();
	assert_true(code != none);
	mprotect(memory, size, PROT_READ | PROT_WRITE | PROT_EXEC);
	writable = print_code();
	assert_true(writable != none && writable != code);
	mprotect(memory, size / 2, PROT_READ);
	assert_true(print_code() != writable);
	mprotect(memory, size, PROT_NONE);
	assert_true(print_code() == none);
	munmap(memory, size);
}

static void tells_that_the_memory_is_gone(void **state)
{
	pid_t child = child_start(NULL, NULL);
	uint64_t print = 7;
	char path[64];
	int maps;

	(void)state;
	print_code();
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)child);
	maps = open(path, O_RDONLY | O_CLOEXEC);
	child_end(child);
	assert_int_equal(mapping_print_code(maps, &key, &print), -ESRCH);
	assert_int_equal(print, 7);
	close(maps);
}

/* A mapping that is made shorter or longer, or lies elsewhere, is another one. */
static void both_ends_of_code_count(void **state)
{
	const size_t size = 65536, page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, size, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t whole = print_code(), shorter, shortest;

	(void)state;
	assert_true(memory != MAP_FAILED);
	munmap(memory + size - page, page);
	shorter = print_code();
	assert_true(shorter != whole);
	munmap(memory, page);
	shortest = print_code();
	assert_true(shortest != shorter && shortest != whole);
	munmap(memory + page, size - 2 * page);
	assert_true(print_code() != shortest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_counts),
		cmocka_unit_test(a_file_that_cannot_be_read_has_none),
		cmocka_unit_test(executability_counts_whatever_else_is_allowed),
		cmocka_unit_test(tells_that_the_memory_is_gone),
		cmocka_unit_test(both_ends_of_code_count),
	};

	return cmocka_run_group_tests_name("mapping_print", tests, NULL, NULL);
}
