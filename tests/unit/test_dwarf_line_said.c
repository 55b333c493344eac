/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#ifdef HAVE_LIBDW
#include "dwarf_found.h"

static void the_linkers_name_is_the_name(void **state)
{
	static const struct {
		const char *linkage, *mips, *name, *expected;
	} names[] = {
		{"linkage", "mips", "name", "linkage"},
		{NULL, "mips", "name", "mips"},
		{NULL, NULL, "name", "name"},
		{NULL, NULL, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct dwarf_maker maker = {.codes = 0};
		uint32_t origin;

		put_lines(&maker);
		dwarf_unit(&maker, 0x1000, 0x1100);
		/* What it is called stands where it was declared. */
		origin = dwarf_entry(&maker, DW_TAG_subprogram, false);
		if (names[i].name)
			dwarf_string(&maker, DW_AT_name, names[i].name);
		if (names[i].mips)
			dwarf_string(&maker, DW_AT_MIPS_linkage_name, names[i].mips);
		if (names[i].linkage)
			dwarf_string(&maker, DW_AT_linkage_name, names[i].linkage);
		dwarf_entry_end(&maker);
		dwarf_entry(&maker, DW_TAG_subprogram, false);
		dwarf_reference(&maker, DW_AT_abstract_origin, origin);
		dwarf_range(&maker, 0x1000, 0x1010);
		dwarf_entry_end(&maker);
		dwarf_unit_end(&maker);
		assert_one(&maker, 0x1000, names[i].expected, "/src/a.c", 100);
	}
}

/* What a file says of calls is no reason to believe it. */
static void calls_from_nowhere_have_no_line(void **state)
{
	static const struct {
		uint64_t file, line;
		const char *expected;
		uint32_t number;
	} calls[] = {
		{1, 8, "/src/a.c", 8},
		{2, UINT32_MAX, "/src/b.c", UINT32_MAX},
		{2, UINT64_C(1) << 32, "/src/b.c", 0},
		{3, 8, NULL, 0},
		{UINT64_MAX, 8, NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		struct dwarf_maker maker = {.codes = 0};
		struct found found;

		put_lines(&maker);
		dwarf_unit(&maker, 0x1000, 0x1100);
		put_outer(&maker, DW_TAG_subprogram, "outer", 0x1000, 0x1100);
		put_inlined(&maker, "inner", 0x1000, 0x1010, calls[i].file, calls[i].line);
		dwarf_children_end(&maker);
		dwarf_unit_end(&maker);
		find(&found, &maker, 0x1000, LINES);
		assert_int_equal(found.count, 2);
		assert_line(&found.lines[0], "inner", "/src/a.c", 100);
		assert_line(&found.lines[1], "outer", calls[i].expected, calls[i].number);
		finish(&found);
	}
}

/* A function without a line, a line whose number is nought, and neither of both. */
static void either_may_be_missing(void **state)
{
	static const struct dwarf_row rows[] = {{0x2000, 1, 0}, {0x2010, 1, 7}, {0x2020, 1, 1}};
	struct dwarf_maker maker = {.codes = 0};

	(void)state;
	dwarf_lines(&maker, files, 2, rows, 3);
	dwarf_unit(&maker, 0x1000, 0x3000);
	put_function(&maker, "lineless", 0x1000, 0x1010);
	dwarf_unit_end(&maker);
	assert_one(&maker, 0x1000, "lineless", NULL, 0);
	assert_one(&maker, 0x2000, NULL, "/src/a.c", 0);
	assert_one(&maker, 0x2010, NULL, "/src/a.c", 7);
	assert_none(&maker, 0x2800);
}

/* As deep as 64 and no deeper; what is farther in counts as the last of these. */
static void depth_has_a_limit(void **state)
{
	static const unsigned depths[] = {63, 64, 65, 70};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct dwarf_maker maker = {.codes = 0};
		struct found found;
		char name[16];

		put_lines(&maker);
		dwarf_unit(&maker, 0x1000, 0x1100);
		for (unsigned depth = 1; depth <= depths[i]; depth++) {
			snprintf(name, sizeof(name), "f%u", depth);
			put_outer(&maker, DW_TAG_subprogram, name, 0x1000, 0x1100);
		}
		for (unsigned depth = 1; depth <= depths[i]; depth++)
			dwarf_children_end(&maker);
		dwarf_unit_end(&maker);
		find(&found, &maker, 0x1000, LINES);
		assert_int_equal(found.count, depths[i] < 64 ? depths[i] : 64);
		snprintf(name, sizeof(name), "f%u", depths[i] < 64 ? depths[i] : 64);
		assert_string_equal(found.lines[0].function, name);
		assert_string_equal(found.lines[found.count - 1].function, "f1");
		finish(&found);
	}
}

static int run_group(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_linkers_name_is_the_name),
		cmocka_unit_test(calls_from_nowhere_have_no_line),
		cmocka_unit_test(either_may_be_missing),
		cmocka_unit_test(depth_has_a_limit),
	};

	return cmocka_run_group_tests_name("dwarf_line_said", tests, NULL, NULL);
}

int main(void)
{
	return dwarf_child_run_tests(run_group);
}
#else
#include <stdio.h>

int main(void)
{
	puts("1..0 # SKIP built without libdw");
	return 0;
}
#endif
