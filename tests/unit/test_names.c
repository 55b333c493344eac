/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <stdio.h>

#include "layout/names.h"
#include "model/runtime.h"
#include "model/vma.h"

static void add(struct names *names, const char *name, enum kind kind, uint64_t size)
{
	const struct vma vma = {.name = name, .kind = (uint8_t)kind, .end = size};

	names_add(names, &vma, NULL, size);
}

static void check_entry(const struct names *names, size_t index, const char *name, uint64_t size)
{
	assert_true(index < names->count);
	assert_int_equal(names->entries[index].length, strlen(name));
	assert_memory_equal(names->entries[index].bytes, name, strlen(name));
	assert_true(names->entries[index].size == size);
}

static void names_are_as_readers_know_them(void **state)
{
	const char *const cases[][2] = {
		{"/usr/lib/libc.so.6", "libc"},
		{"/usr/lib/libpython3.11.so.1.0", "libpython3.11"},
		{"/usr/lib/ld-linux-x86-64.so.2", "ld-linux-x86-64"},
		{"/usr/lib/libm-2.31.so", "libm-2.31"},
		{"/usr/bin/python3.11", "python3.11"},
		{"/a/x.sock", "x.sock"},
		{"/a/x.so.conf", "x.so.conf"},
		{"/a/x.so.conf.so.1", "x.so.conf"},
		{"/a/.so", ".so"},
		{"/a/", "/a/"},
		{"/", "/"},
		{"[vdso]", "[vdso]"},
		{"[anon:a/b.so]", "[anon:a/b.so]"},
		{"/memfd:wayland", "memfd:wayland"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t length;
		const char *name = names_short(cases[i][0], &length);

		assert_int_equal(length, strlen(cases[i][1]));
		assert_memory_equal(name, cases[i][1], length);
	}
}

static void adds_up_what_lies_apart(void **state)
{
	struct names names = {0};

	(void)state;
	add(&names, "/a/one", KIND_FILE, 10);
	add(&names, "/a/two", KIND_FILE, 11);
	add(&names, "/b/one", KIND_FILE, 5);
	add(&names, "/a/six", KIND_FILE, 11);
	names_sort(&names);
	assert_int_equal(names.count, 3);
	assert_false(names.has_dropped);
	check_entry(&names, 0, "one", 15);
	check_entry(&names, 1, "two", 11);
	check_entry(&names, 2, "six", 11);
}

static void a_bss_belongs_to_the_file_below(void **state)
{
	const struct vma vmas[] = {
		{.start = 0, .end = 10, .name = "/lib/libc.so.6", .kind = KIND_DATA},
		{.start = 10, .end = 50, .name = "", .kind = KIND_BSS},
		{.start = 60, .end = 70, .name = "", .kind = KIND_BSS},
	};
	struct names names = {0};

	(void)state;
	names_add(&names, &vmas[1], &vmas[0], 40);
	names_add(&names, &vmas[2], &vmas[1], 10);
	names_sort(&names);
	assert_int_equal(names.count, 2);
	check_entry(&names, 0, "libc", 40);
	check_entry(&names, 1, "bss", 10);
}

/* As alone, where it has a band of its own. */
static void memory_of_dev_zero_is_no_file(void **state)
{
	struct names names = {0};

	(void)state;
	add(&names, "/dev/zero", KIND_SHARED, 20);
	add(&names, "/dev/shm/zero", KIND_SHARED, 10);
	names_sort(&names);
	assert_int_equal(names.count, 2);
	check_entry(&names, 0, "shared anonymous", 20);
	check_entry(&names, 1, "zero", 10);
}

static void memory_without_a_name_goes_by_its_kind(void **state)
{
	struct names names = {0};

	(void)state;
	add(&names, "", KIND_THREAD_STACK, 30);
	add(&names, "[anon:stack]", KIND_THREAD_STACK, 30);
	add(&names, "", KIND_ANON, 24);
	add(&names, "/a/one", KIND_FILE, 14);
	add(&names, "", KIND_GUARD, 1000);
	add(&names, "", KIND_RESERVE, 98);
	names_sort(&names);
	/* 98 bytes; anonymous memory is a quarter of them. */
	assert_int_equal(names.count, 3);
	check_entry(&names, 0, "thread-stack", 60);
	check_entry(&names, 1, "anon", 24);
	check_entry(&names, 2, "one", 14);
	names = (struct names){0};
	add(&names, "", KIND_ANON, 23);
	add(&names, "/a/one", KIND_FILE, 77);
	names_sort(&names);
	assert_int_equal(names.count, 1);
	names = (struct names){0};
	add(&names, "", KIND_GUARD, 10);
	add(&names, "", KIND_RESERVE, 1000);
	names_sort(&names);
	assert_int_equal(names.count, 2);
	check_entry(&names, 0, kind_name(KIND_RESERVE), 1000);
	check_entry(&names, 1, kind_name(KIND_GUARD), 10);
}

/* What is hardly more than reserved addresses says so, behind what these are for. */
static void reservations_that_are_most_of_all_come_last(void **state)
{
	struct names names = {0};

	(void)state;
	add(&names, "", KIND_ARENA, 4096);
	add(&names, "", KIND_RESERVE, 1 << 20);
	add(&names, "/lib/libc.so.6", KIND_TEXT, 8192);
	names_sort(&names);
	assert_int_equal(names.count, 3);
	check_entry(&names, 0, "libc", 8192);
	check_entry(&names, 1, "arena", 4096);
	check_entry(&names, 2, "reserve", 1 << 20);
}

static void keeps_the_largest_of_many(void **state)
{
	static char paths[5000][16];
	struct names names = {0};

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		/* 1 to 5000 bytes, no two the same, in no order. */
		snprintf(paths[i], sizeof(paths[i]), "/a/%u", i * 1237 % 5000 + 1);
		add(&names, paths[i], KIND_FILE, i * 1237 % 5000 + 1);
		add(&names, "/a/all", KIND_FILE, 10000);
	}
	names_sort(&names);
	assert_true(names.has_dropped);
	assert_int_equal(names.count, NAMES_MOST);
	check_entry(&names, 0, "all", 5000 * 10000);
	for (unsigned i = 1; i < NAMES_MOST; i++)
		assert_true(names.entries[i].size == 5001 - i);
}

static void the_smallest_that_grows_stays(void **state)
{
	static char paths[NAMES_MOST][16];
	struct names names = {0};

	(void)state;
	add(&names, "/a/grows", KIND_FILE, 1);
	for (unsigned i = 1; i < NAMES_MOST; i++) {
		snprintf(paths[i], sizeof(paths[i]), "/a/%u", i);
		add(&names, paths[i], KIND_FILE, 100 + i);
	}
	add(&names, "/a/grows", KIND_FILE, 1000);
	add(&names, "/a/late", KIND_FILE, 500);
	names_sort(&names);
	check_entry(&names, 0, "grows", 1001);
	check_entry(&names, 1, "late", 500);
	check_entry(&names, NAMES_MOST - 1, "2", 102);
}

/* Memory of a runtime goes by it, whatever kind and name it has; a file goes by its own name. */
static void memory_of_a_runtime_goes_by_it(void **state)
{
	const struct vma vmas[] = {
		{.name = "", .kind = KIND_ANON, .runtime = RUNTIME_V8},
		{.name = "[anon:v8]", .kind = KIND_JIT, .runtime = RUNTIME_V8},
		{.name = "", .kind = KIND_THREAD_STACK, .runtime = RUNTIME_GO},
		{.name = "/a/cache", .kind = KIND_FILE, .runtime = RUNTIME_GO, .inode = 7},
	};
	struct names names = {0};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		names_add(&names, &vmas[i], NULL, 100 >> i);
	names_sort(&names);
	assert_int_equal(names.count, 3);
	check_entry(&names, 0, runtime_label(RUNTIME_V8), 150);
	check_entry(&names, 1, runtime_label(RUNTIME_GO), 25);
	check_entry(&names, 2, "cache", 12);
}

/* A bss is only that of a file that ends where it begins. */
static void a_bss_without_a_file_below_is_one(void **state)
{
	const struct vma below[] = {
		{.start = 0, .end = 10, .name = "[heap]", .kind = KIND_HEAP},
		{.start = 0, .end = 9, .name = "/a/one", .kind = KIND_DATA},
		{.start = 0, .end = 10, .name = "", .kind = KIND_ANON},
		{.start = 0, .end = 10, .name = "/a/one", .kind = KIND_DATA},
	};
	const struct vma bss = {.start = 10, .end = 20, .name = "", .kind = KIND_BSS};
	const struct vma anon = {.start = 10, .end = 20, .name = "", .kind = KIND_ANON};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct names names = {0};

		names_add(&names, &bss, &below[i], 10);
		names_sort(&names);
		assert_int_equal(names.count, 1);
		check_entry(&names, 0, i == 3 ? "one" : "bss", 10);
		names = (struct names){0};
		names_add(&names, &anon, &below[i], 10);
		names_sort(&names);
		check_entry(&names, 0, "anon", 10);
	}
}

/* As much as all else is not most. */
static void reservations_are_named_above_a_border(void **state)
{
	(void)state;
	for (uint64_t more = 0; more < 2; more++) {
		struct names names = {0};

		add(&names, "/a/one", KIND_FILE, 100);
		add(&names, "", KIND_RESERVE, 100 + more);
		names_sort(&names);
		assert_int_equal(names.count, 1 + more);
		check_entry(&names, 0, "one", 100);
	}
}

/* Of equally large ones those that were met first are kept. */
static void of_equals_the_first_are_kept(void **state)
{
	static char paths[NAMES_MOST + 1][16];
	struct names names = {0};

	(void)state;
	for (unsigned i = 0; i <= NAMES_MOST; i++) {
		snprintf(paths[i], sizeof(paths[i]), "/a/%u", i);
		assert_false(names.has_dropped);
		add(&names, paths[i], KIND_FILE, 7);
	}
	names_sort(&names);
	assert_true(names.has_dropped);
	assert_int_equal(names.count, NAMES_MOST);
	for (unsigned i = 0; i < NAMES_MOST; i++)
		check_entry(&names, i, paths[i] + 3, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_as_readers_know_them),
		cmocka_unit_test(adds_up_what_lies_apart),
		cmocka_unit_test(a_bss_belongs_to_the_file_below),
		cmocka_unit_test(memory_of_dev_zero_is_no_file),
		cmocka_unit_test(memory_without_a_name_goes_by_its_kind),
		cmocka_unit_test(reservations_that_are_most_of_all_come_last),
		cmocka_unit_test(keeps_the_largest_of_many),
		cmocka_unit_test(the_smallest_that_grows_stays),
		cmocka_unit_test(memory_of_a_runtime_goes_by_it),
		cmocka_unit_test(a_bss_without_a_file_below_is_one),
		cmocka_unit_test(reservations_are_named_above_a_border),
		cmocka_unit_test(of_equals_the_first_are_kept),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
