/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/symbol_list.h"

#define LIMIT 0x10000

static struct symbol_list make_list(const struct inside_name *names, size_t count)
{
	struct inside_name *copy = memory_alloc(count * sizeof(*copy));
	struct symbol_list list;

	for (size_t i = 0; i < count; i++) {
		copy[i] = names[i];
		if (!copy[i].limit)
			copy[i].limit = LIMIT;
	}
	symbol_list_init(&list, copy, count);
	return list;
}

#define LIST(...)                                            \
	make_list((const struct inside_name[]){__VA_ARGS__}, \
		  sizeof((const struct inside_name[]){__VA_ARGS__}) / sizeof(struct inside_name))

static void assert_symbol(const struct symbol_list *list, size_t index, const char *name,
			  uint64_t start, uint64_t end)
{
	assert_true(index < list->symbol_count);
	assert_string_equal(list->symbols[index].name, name);
	assert_int_equal(list->symbols[index].start, start);
	assert_int_equal(list->symbols[index].end, end);
}

static void are_in_order(void **state)
{
	struct symbol_list list = LIST({0x300, 0x10, .name = "c"}, {0x100, 0x10, .name = "a"},
				       {0x200, 0x100, .name = "b", .kind = INSIDE_VARIABLE});

	(void)state;
	assert_int_equal(list.symbol_count, 3);
	assert_symbol(&list, 0, "a", 0x100, 0x110);
	assert_symbol(&list, 1, "b", 0x200, 0x300);
	assert_symbol(&list, 2, "c", 0x300, 0x310);
	assert_int_equal(list.symbols[1].kind, INSIDE_VARIABLE);
	assert_true(list.symbols[1].sized);
	symbol_list_finish(&list);
}

static void without_a_size_it_goes_on_to_the_next(void **state)
{
	struct symbol_list list =
		LIST({0x100, 0, .name = "a"}, {0x180, 0, .name = "b", .limit = 0x1c0},
		     {0x200, 0, .name = "_end", .limit = 0x200}, {0x300, 4, .name = "d"});

	(void)state;
	assert_int_equal(list.symbol_count, 3);
	assert_symbol(&list, 0, "a", 0x100, 0x180);
	assert_false(list.symbols[0].sized);
	assert_symbol(&list, 1, "b", 0x180, 0x1c0);
	assert_symbol(&list, 2, "d", 0x300, 0x304);
	symbol_list_finish(&list);
}

static void a_label_in_a_function_is_not_shown(void **state)
{
	struct symbol_list list = LIST({0x100, 0x80, .name = "outer"}, {0x120, 0, .name = "label"},
				       {0x100, 0, .name = "begin"});
	const struct inside_name *found;

	(void)state;
	assert_int_equal(list.symbol_count, 1);
	assert_symbol(&list, 0, "outer", 0x100, 0x180);
	assert_int_equal(symbol_list_find(&list, "label", 5, false, &found), 0);
	assert_int_equal(found->address, 0x120);
	symbol_list_finish(&list);
}

static void the_outer_one_goes_on_behind_the_inner(void **state)
{
	struct symbol_list list =
		LIST({0x100, 0x100, .name = "outer"}, {0x120, 0x20, .name = "inner"},
		     {0x130, 8, .name = "innermost"}, {0x100, 0x10, .name = "head"});
	static const struct {
		const char *name;
		uint64_t start, end, address;
	} pieces[] = {
		{"head", 0x100, 0x110, 0x100},  {"outer", 0x110, 0x120, 0x100},
		{"inner", 0x120, 0x130, 0x120}, {"innermost", 0x130, 0x138, 0x130},
		{"inner", 0x138, 0x140, 0x120}, {"outer", 0x140, 0x200, 0x100},
	};

	(void)state;
	assert_int_equal(list.symbol_count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_symbol(&list, i, pieces[i].name, pieces[i].start, pieces[i].end);
		assert_int_equal(list.symbols[i].address, pieces[i].address);
	}
	symbol_list_finish(&list);
}

static void a_label_behind_an_inner_one_is_not_shown(void **state)
{
	struct symbol_list list = LIST({0x100, 0x100, .name = "outer"}, {0x110, 8, .name = "inner"},
				       {0x150, 0, .name = "label"}, {0x200, 0, .name = "last"});

	(void)state;
	assert_int_equal(list.symbol_count, 4);
	assert_symbol(&list, 0, "outer", 0x100, 0x110);
	assert_symbol(&list, 1, "inner", 0x110, 0x118);
	assert_symbol(&list, 2, "outer", 0x118, 0x200);
	assert_symbol(&list, 3, "last", 0x200, LIMIT);
	symbol_list_finish(&list);
}

static void one_that_begins_in_another_and_ends_later(void **state)
{
	struct symbol_list list = LIST({0x100, 0x50, .name = "a"}, {0x130, 0x50, .name = "b"},
				       {0x1a0, 4, .name = "c"});

	(void)state;
	assert_int_equal(list.symbol_count, 3);
	assert_symbol(&list, 0, "a", 0x100, 0x130);
	assert_symbol(&list, 1, "b", 0x130, 0x180);
	assert_symbol(&list, 2, "c", 0x1a0, 0x1a4);
	symbol_list_finish(&list);
}

/* The names that libc has for some of its places. */
static void shows_the_best_name(void **state)
{
	struct symbol_list list = LIST(
		{0x100, 8, .name = "__environ", .reach = INSIDE_GLOBAL},
		{0x100, 8, .name = "_environ", .reach = INSIDE_WEAK},
		{0x100, 8, .name = "environ", .reach = INSIDE_WEAK},
		{0x200, 8, .name = "memcpy@GLIBC_2.2.5", .reach = INSIDE_OLD_VERSION},
		{0x200, 8, .name = "memmove", .reach = INSIDE_GLOBAL},
		{0x300, 8, .name = "a_local", .reach = INSIDE_LOCAL},
		{0x300, 8, .name = "__libc_malloc", .reach = INSIDE_GLOBAL},
		{0x400, 8, .name = "z", .reach = INSIDE_GLOBAL},
		{0x400, 8, .name = "a", .reach = INSIDE_WEAK},
		{0x500, 8, .name = "label", .reach = INSIDE_GLOBAL, .kind = INSIDE_OTHER},
		{0x500, 8, .name = "variable", .reach = INSIDE_GLOBAL, .kind = INSIDE_VARIABLE});

	(void)state;
	assert_int_equal(list.symbol_count, 5);
	assert_symbol(&list, 0, "environ", 0x100, 0x108);
	assert_symbol(&list, 1, "memmove", 0x200, 0x208);
	assert_symbol(&list, 2, "__libc_malloc", 0x300, 0x308);
	assert_symbol(&list, 3, "z", 0x400, 0x408);
	assert_symbol(&list, 4, "variable", 0x500, 0x508);
	assert_int_equal(list.name_count, 11);
	symbol_list_finish(&list);
}

static void ends_where_its_section_does(void **state)
{
	struct symbol_list list =
		LIST({0x100, UINT64_MAX, .name = "huge", .limit = 0x180},
		     {0x17f, UINT64_MAX - 0x17f, .name = "to the end", .limit = 0x200},
		     {0x200, 8, .name = "none", .limit = 0x200});

	(void)state;
	assert_int_equal(list.symbol_count, 2);
	assert_symbol(&list, 0, "huge", 0x100, 0x17f);
	assert_symbol(&list, 1, "to the end", 0x17f, 0x200);
	symbol_list_finish(&list);
}

static void finds_by_address(void **state)
{
	struct symbol_list list = LIST({0x100, 0x10, .name = "a"}, {0x120, 0x10, .name = "b"});

	(void)state;
	assert_null(symbol_list_at(&list, 0xff));
	assert_string_equal(symbol_list_at(&list, 0x100)->name, "a");
	assert_string_equal(symbol_list_at(&list, 0x10f)->name, "a");
	assert_null(symbol_list_at(&list, 0x110));
	assert_string_equal(symbol_list_at(&list, 0x12f)->name, "b");
	assert_null(symbol_list_at(&list, 0x130));
	assert_int_equal(symbol_list_from(&list, 0x110), 1);
	assert_int_equal(symbol_list_from(&list, 0x130), 2);
	symbol_list_finish(&list);
}

static void assert_found(const struct symbol_list *list, const char *name, int error,
			 uint64_t address)
{
	const struct inside_name *found = NULL;

	assert_int_equal(symbol_list_find(list, name, strlen(name), true, &found), error);
	if (error != -ENOENT)
		assert_int_equal(found->address, address);
	else
		assert_null(found);
}

static void finds_by_name(void **state)
{
	const struct inside_name *found;
	struct symbol_list list =
		LIST({0x100, 8, .name = "malloc", .reach = INSIDE_GLOBAL},
		     {0x110, 8, .name = "malloc_stats", .reach = INSIDE_GLOBAL},
		     {0x200, 8, .name = "memcpy@GLIBC_2.2.5", .reach = INSIDE_OLD_VERSION},
		     {0x300, 8, .name = "memcpy@@GLIBC_2.14", .reach = INSIDE_GLOBAL},
		     {0x400, 8, .name = "init", .reach = INSIDE_LOCAL},
		     {0x500, 8, .name = "init", .reach = INSIDE_LOCAL},
		     {0x600, 8, .name = "run", .reach = INSIDE_LOCAL},
		     {0x700, 8, .name = "run", .reach = INSIDE_GLOBAL});

	(void)state;
	assert_found(&list, "malloc", 0, 0x100);
	assert_found(&list, "malloc_", 0, 0x110);
	assert_found(&list, "m", -ENOTUNIQ, 0x100);
	assert_found(&list, "memcpy", 0, 0x300);
	assert_found(&list, "init", -ENOTUNIQ, 0x400);
	assert_found(&list, "run", 0, 0x700);
	assert_found(&list, "free", -ENOENT, 0);
	assert_int_equal(symbol_list_find(&list, "malloc_", 7, false, &found), -ENOENT);
	assert_found(&list, "malloc_stats_", -ENOENT, 0);
	symbol_list_finish(&list);
}

/* By what people write, by its beginning, and as it is in the file. */
static void finds_mangled_names(void **state)
{
	struct symbol_list list =
		LIST({0x100, 8, .name = "_ZN1a1fEi", .shown = "a::f(int)", .reach = INSIDE_GLOBAL},
		     {0x200, 8, .name = "_ZN1a1gEv", .shown = "a::g()", .reach = INSIDE_GLOBAL},
		     {0x300, 8, .name = "_ZN1a1gEi", .shown = "a::g(int)", .reach = INSIDE_GLOBAL},
		     {0x400, 8, .name = "_ZN1a5valueE", .shown = "a::value"});

	(void)state;
	assert_string_equal(list.symbols[0].shown, "a::f(int)");
	assert_found(&list, "a::f", 0, 0x100);
	assert_found(&list, "a::f(int)", 0, 0x100);
	assert_found(&list, "_ZN1a1fEi", 0, 0x100);
	assert_found(&list, "a::g", -ENOTUNIQ, 0x200);
	assert_found(&list, "a::g(i", 0, 0x300);
	assert_found(&list, "a::v", 0, 0x400);
	symbol_list_finish(&list);
}

static void names_without_versions(void **state)
{
	(void)state;
	assert_int_equal(symbol_name_length("memcpy@@GLIBC_2.14"), 6);
	assert_int_equal(symbol_name_length("memcpy"), 6);
	assert_int_equal(symbol_name_length("@plt"), 4);
}

static void an_empty_list_has_nothing(void **state)
{
	struct symbol_list list;

	(void)state;
	symbol_list_init(&list, NULL, 0);
	assert_null(symbol_list_at(&list, 0));
	assert_int_equal(symbol_list_from(&list, 0), 0);
	assert_found(&list, "a", -ENOENT, 0);
	symbol_list_finish(&list);
}

/* Random ones: the piece that holds an address is the one of the symbol that began last. */
static void pieces_hold_what_names_say(void **state)
{
	enum { COUNT = 60, SPACE = 400 };
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct inside_name names[COUNT];
		struct symbol_list list;

		for (size_t i = 0; i < COUNT; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			names[i] = (struct inside_name){.address = (seed >> 33) % SPACE,
							.size = 1 + (seed >> 50) % 40,
							.name = "x"};
		}
		list = make_list(names, COUNT);
		for (uint64_t address = 0; address < SPACE + 40; address++) {
			const struct inside_symbol *symbol = symbol_list_at(&list, address);
			uint64_t begins = UINT64_MAX;

			for (size_t i = 0; i < COUNT; i++)
				if (names[i].address <= address &&
				    address < names[i].address + names[i].size &&
				    (begins == UINT64_MAX || names[i].address > begins))
					begins = names[i].address;
			assert_int_equal(symbol ? symbol->address : UINT64_MAX, begins);
		}
		for (size_t i = 1; i < list.symbol_count; i++)
			assert_true(list.symbols[i - 1].end <= list.symbols[i].start);
		symbol_list_finish(&list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_in_order),
		cmocka_unit_test(without_a_size_it_goes_on_to_the_next),
		cmocka_unit_test(a_label_in_a_function_is_not_shown),
		cmocka_unit_test(the_outer_one_goes_on_behind_the_inner),
		cmocka_unit_test(a_label_behind_an_inner_one_is_not_shown),
		cmocka_unit_test(one_that_begins_in_another_and_ends_later),
		cmocka_unit_test(shows_the_best_name),
		cmocka_unit_test(ends_where_its_section_does),
		cmocka_unit_test(finds_by_address),
		cmocka_unit_test(finds_by_name),
		cmocka_unit_test(finds_mangled_names),
		cmocka_unit_test(names_without_versions),
		cmocka_unit_test(an_empty_list_has_nothing),
		cmocka_unit_test(pieces_hold_what_names_say),
	};

	return cmocka_run_group_tests_name("symbol_list", tests, NULL, NULL);
}
