/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#ifdef HAVE_LIBDW
#include "dwarf_found.h"

/* Functions side by side, from their first byte to their last. */
static void a_function_has_its_line(void **state)
{
	struct dwarf_maker maker = {.codes = 0};

	(void)state;
	put_lines(&maker);
	dwarf_unit(&maker, 0x1000, 0x1200);
	put_function(&maker, "first", 0x1000, 0x1010);
	put_function(&maker, "second", 0x1010, 0x1040);
	put_function(&maker, "third", 0x1100, 0x1200);
	dwarf_unit_end(&maker);
	assert_one(&maker, 0x1000, "first", "/src/a.c", 100);
	assert_one(&maker, 0x100f, "first", "/src/a.c", 100);
	assert_one(&maker, 0x1010, "second", "/src/a.c", 101);
	assert_one(&maker, 0x103f, "second", "/src/a.c", 103);
	assert_one(&maker, 0x1180, "third", "/src/b.c", 4000000);
	/* In no function, but on a line; and outside. */
	assert_one(&maker, 0x1050, NULL, "/src/a.c", 105);
	assert_none(&maker, 0xfff);
	assert_none(&maker, 0x1200);
}

/* Some compilers leave the table of ranges out, others the ranges of units. */
static void units_are_found_either_way(void **state)
{
	(void)state;
	for (int table = 0; table < 2; table++) {
		struct dwarf_maker maker = {.codes = 0};

		put_lines(&maker);
		for (unsigned i = 0; i < 3; i++) {
			static const char *const names[] = {"one", "two", "three"};
			uint64_t start = 0x1000 + 0x20 * i;

			dwarf_unit(&maker, start, table ? 0 : start + 0x20);
			put_function(&maker, names[i], start, start + 0x20);
			dwarf_unit_end(&maker);
			if (table)
				dwarf_arange(&maker, start, start + 0x20);
		}
		assert_one(&maker, 0x1000, "one", "/src/a.c", 100);
		assert_one(&maker, 0x1025, "two", "/src/a.c", 102);
		assert_one(&maker, 0x105f, "three", "/src/a.c", 105);
		assert_none(&maker, 0x1060);
	}
}

static void inlined_functions_come_first(void **state)
{
	struct dwarf_maker maker = {.codes = 0};
	struct found found;

	(void)state;
	put_lines(&maker);
	dwarf_unit(&maker, 0x1000, 0x1200);
	put_outer(&maker, DW_TAG_subprogram, "outer", 0x1000, 0x1100);
	put_inlined(&maker, "beside", 0x1000, 0x1010, 2, 5);
	put_outer(&maker, DW_TAG_lexical_block, NULL, 0x1020, 0x1060);
	dwarf_entry(&maker, DW_TAG_inlined_subroutine, true);
	dwarf_string(&maker, DW_AT_name, "middle");
	dwarf_range(&maker, 0x1020, 0x1040);
	dwarf_number(&maker, DW_AT_call_file, 2);
	dwarf_number(&maker, DW_AT_call_line, 77);
	dwarf_entry_end(&maker);
	put_inlined(&maker, "inner", 0x1030, 0x1040, 1, 33);
	dwarf_children_end(&maker);
	dwarf_children_end(&maker);
	dwarf_children_end(&maker);
	dwarf_unit_end(&maker);
	find(&found, &maker, 0x1035, LINES);
	assert_int_equal(found.count, 3);
	assert_line(&found.lines[0], "inner", "/src/a.c", 103);
	assert_line(&found.lines[1], "middle", "/src/a.c", 33);
	assert_line(&found.lines[2], "outer", "/src/b.c", 77);
	finish(&found);
	find(&found, &maker, 0x1025, LINES);
	assert_int_equal(found.count, 2);
	assert_line(&found.lines[0], "middle", "/src/a.c", 102);
	assert_line(&found.lines[1], "outer", "/src/b.c", 77);
	finish(&found);
	assert_one(&maker, 0x1045, "outer", "/src/a.c", 104);
	/* No more than there is room for, the innermost first. */
	for (size_t max = 1; max < 4; max++) {
		find(&found, &maker, 0x1035, max);
		assert_int_equal(found.count, max);
		assert_string_equal(found.lines[0].function, "inner");
		assert_int_equal(found.lines[max].line, UINT32_MAX);
		finish(&found);
	}
}

static void blocks_have_functions_in_them_and_other_entries_not(void **state)
{
	static const struct {
		unsigned tag;
		bool followed;
	} tags[] = {
		{DW_TAG_lexical_block, true}, {DW_TAG_try_block, true},
		{DW_TAG_catch_block, true},   {DW_TAG_inlined_subroutine, true},
		{DW_TAG_call_site, false},    {DW_TAG_with_stmt, false},
		{DW_TAG_namespace, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		struct dwarf_maker maker = {.codes = 0};
		struct found found;

		put_lines(&maker);
		dwarf_unit(&maker, 0x1000, 0x1100);
		put_outer(&maker, DW_TAG_subprogram, "outer", 0x1000, 0x1100);
		put_outer(&maker, tags[i].tag, NULL, 0x1000, 0x1100);
		put_inlined(&maker, "inner", 0x1000, 0x1100, 1, 9);
		dwarf_children_end(&maker);
		dwarf_children_end(&maker);
		dwarf_unit_end(&maker);
		find(&found, &maker, 0x1000, LINES);
		assert_string(found.lines[0].function, tags[i].followed ? "inner" : "outer");
		assert_int_equal(found.count, tags[i].tag == DW_TAG_inlined_subroutine ? 3
					      : tags[i].followed                       ? 2
										       : 1);
		finish(&found);
	}
}

/* Where no function is found otherwise, also in what has no addresses. */
static void scopes_are_searched_when_nothing_else_is_found(void **state)
{
	static const struct {
		unsigned tag;
		bool scope;
	} tags[] = {
		{DW_TAG_namespace, true},        {DW_TAG_module, true},
		{DW_TAG_structure_type, true},   {DW_TAG_class_type, true},
		{DW_TAG_union_type, true},       {DW_TAG_enumeration_type, true},
		{DW_TAG_subroutine_type, false}, {DW_TAG_interface_type, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		struct dwarf_maker maker = {.codes = 0};

		put_lines(&maker);
		dwarf_unit(&maker, 0x1000, 0x1100);
		/* One with nothing that is meant, one in another, and one behind them. */
		put_outer(&maker, tags[i].tag, "empty", 0, 0);
		put_outer(&maker, tags[i].tag, "emptier", 0, 0);
		put_function(&maker, "no", 0x1080, 0x1090);
		dwarf_children_end(&maker);
		dwarf_children_end(&maker);
		put_outer(&maker, tags[i].tag, "full", 0, 0);
		put_function(&maker, "neither", 0x1020, 0x1030);
		put_function(&maker, "meant", 0x1010, 0x1020);
		dwarf_children_end(&maker);
		put_function(&maker, "plain", 0x1000, 0x1010);
		dwarf_unit_end(&maker);
		assert_one(&maker, 0x1010, tags[i].scope ? "meant" : NULL, "/src/a.c", 101);
		assert_one(&maker, 0x1085, tags[i].scope ? "no" : NULL, "/src/a.c", 108);
		assert_one(&maker, 0x1000, "plain", "/src/a.c", 100);
	}
}

/* A function that is not in a scope is the one, although one in a scope has the address, too. */
static void functions_outside_of_scopes_are_preferred(void **state)
{
	struct dwarf_maker maker = {.codes = 0};

	(void)state;
	put_lines(&maker);
	dwarf_unit(&maker, 0x1000, 0x1100);
	put_outer(&maker, DW_TAG_namespace, "scope", 0, 0);
	put_function(&maker, "within", 0x1000, 0x1010);
	dwarf_children_end(&maker);
	put_function(&maker, "outside", 0x1000, 0x1010);
	put_function(&maker, "later", 0x1000, 0x1010);
	dwarf_unit_end(&maker);
	assert_one(&maker, 0x1000, "outside", "/src/a.c", 100);
}

static int run_group(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_has_its_line),
		cmocka_unit_test(units_are_found_either_way),
		cmocka_unit_test(inlined_functions_come_first),
		cmocka_unit_test(blocks_have_functions_in_them_and_other_entries_not),
		cmocka_unit_test(scopes_are_searched_when_nothing_else_is_found),
		cmocka_unit_test(functions_outside_of_scopes_are_preferred),
	};

	return cmocka_run_group_tests_name("dwarf_line_made", tests, NULL, NULL);
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
