/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>

#include <errno.h>
#include <stdlib.h>

#include "base/pattern.h"
#include "inside_fixture.h"
#include "random_space.h"

static int make_source(void **state)
{
	struct part_source *source = memory_alloc(sizeof(*source));

	source->object = fixture_object();
	source->bias = BIAS;
	*state = source;
	return 0;
}

static int free_source(void **state)
{
	struct part_source *source = *state;

	inside_object_unref((struct inside_object *)source->object);
	free(source);
	return 0;
}

/* The parts cover the range in order. */
static void check_cover(const struct part_list *list, uint64_t start, uint64_t end)
{
	assert_true(list->count > 0);
	for (size_t i = 0; i < list->count; i++) {
		assert_true(list->parts[i].start == start && list->parts[i].end > start);
		start = list->parts[i].end;
	}
	assert_true(start == end);
}

static void check_part(const struct part_list *list, const struct part_source *source, size_t index,
		       uint64_t end, const char *name)
{
	const char *found = part_name(&list->parts[index], source);

	assert_true(index < list->count);
	assert_true(list->parts[index].end == end);
	if (name)
		assert_string_equal(found, name);
	else
		assert_null(found);
}

static void data_and_bss_of_one_page_are_divided_at_the_byte(void **state)
{
	const struct part_source *source = *state;
	struct part_list list;

	part_list_sections(&list, source, DATA, DATA_END);
	check_cover(&list, DATA, DATA_END);
	assert_int_equal(list.count, 4);
	check_part(&list, source, 0, DATA + 0x800, ".got");
	check_part(&list, source, 1, DATA + 0x880, NULL);
	check_part(&list, source, 2, BIAS + BSS_START, ".data");
	check_part(&list, source, 3, DATA_END, ".bss");
	assert_int_equal(list.parts[2].kind, KIND_DATA);
	assert_int_equal(list.parts[3].kind, KIND_BSS);
	assert_int_equal(list.parts[1].kind, KIND_GAP);
	assert_ptr_equal(part_list_at(&list, DATA_END - 1), &list.parts[3]);
	assert_null(part_list_at(&list, DATA_END));
	assert_null(part_list_at(&list, DATA - 1));
	part_list_finish(&list);
}

static void symbols_have_the_kind_of_their_section(void **state)
{
	const struct part_source *source = *state;
	struct part_list list;

	part_list_symbols(&list, source, BIAS + 0x5f4880, BIAS + BSS_START);
	check_cover(&list, BIAS + 0x5f4880, BIAS + BSS_START);
	check_part(&list, source, 0, BIAS + 0x5f4880 + 0x2100, "small_ints");
	check_part(&list, source, 1, BIAS + 0x5f7000, NULL);
	check_part(&list, source, list.count - 1, BIAS + BSS_START, "last");
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(list.parts[i].kind, KIND_DATA);
	part_list_finish(&list);
	/* A range that begins within one. */
	part_list_symbols(&list, source, BIAS + 0x5f4900, BIAS + 0x5f4a00);
	assert_int_equal(list.count, 1);
	check_part(&list, source, 0, BIAS + 0x5f4a00, "small_ints");
	part_list_finish(&list);
}

static void of_no_object_nothing_has_a_name(void **state)
{
	const struct part_source none = {0};
	struct part_list list;

	(void)state;
	part_list_sections(&list, &none, 0x1000, 0x2000);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.parts[0].type, PART_NAMELESS);
	assert_null(part_type_name(&list.parts[0], &none));
	part_list_finish(&list);
	part_list_symbols(&list, &none, 0x1000, 0x2000);
	assert_int_equal(list.count, 1);
	part_list_finish(&list);
}

static void too_many_symbols_are_runs_of_neighbours(void **state)
{
	const size_t count = 3 * PARTS_MAX;
	struct inside_parts parts = {.names = memory_alloc(count * sizeof(*parts.names)),
				     .name_count = count};
	struct part_source source = {0};
	struct part_list list;
	size_t symbols = 0;

	(void)state;
	for (size_t i = 0; i < count; i++)
		parts.names[i] = (struct inside_name){
			.address = 16 * i, .size = 16, .limit = UINT64_MAX, .name = "f"};
	source.object = inside_object_create(&parts);
	part_list_symbols(&list, &source, 0, 16 * count);
	check_cover(&list, 0, 16 * count);
	assert_in_range(list.count, 1, PARTS_MAX);
	for (size_t i = 0; i < list.count; i++) {
		assert_int_equal(list.parts[i].type, PART_SYMBOLS);
		symbols += list.parts[i].count;
	}
	assert_int_equal(symbols, count);
	part_list_finish(&list);
	inside_object_unref((struct inside_object *)source.object);
}

static void pages_are_whole_and_no_more_than_asked_for(void **state)
{
	struct random random = {11};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		uint64_t start = random_below(&random, UINT64_C(1) << 46);
		uint64_t end = start + random_magnitude(&random, UINT64_C(1) << 40);
		uint64_t most = random_magnitude(&random, 200);
		struct part_list list;

		part_list_pages(&list, start, end, PAGE_SIZE, most);
		check_cover(&list, start, end);
		assert_in_range(list.count, 1, most < 2 ? 2 : most);
		for (size_t j = 1; j < list.count; j++)
			assert_int_equal(list.parts[j].start % PAGE_SIZE, 0);
		part_list_finish(&list);
	}
}

static void types_are_words(void **state)
{
	const struct part_source *source = *state;
	struct part_list list;

	part_list_sections(&list, source, BIAS + 0x5f3000, DATA_END);
	assert_string_equal(part_type_name(&list.parts[0], source), "init_array");
	assert_string_equal(part_type_name(&list.parts[1], source), "data");
	assert_string_equal(part_type_name(&list.parts[4], source), "bss");
	part_list_finish(&list);
	part_list_symbols(&list, source, BIAS + 0x6a100, BIAS + 0x6a200);
	assert_string_equal(part_type_name(&list.parts[0], source), "function");
	part_list_finish(&list);
	part_list_pages(&list, DATA, DATA_END, PAGE_SIZE, 9);
	assert_string_equal(part_type_name(&list.parts[0], source), "pages");
	part_list_finish(&list);
}

/* As few as fit are joined: sizes double. */
static void pages_are_as_small_as_may_be(void **state)
{
	static const struct {
		uint64_t start, end, most, count, first_end;
	} cases[] = {
		{0, 8, 8, 8, 1},  {0, 8, 9, 8, 1},  {0, 8, 7, 4, 2}, {0, 8, 4, 4, 2},
		{0, 8, 3, 2, 4},  {0, 8, 0, 2, 4},  {0, 8, 1, 2, 4}, {0, 8, 2, 2, 4},
		{1, 8, 7, 7, 2},  {1, 8, 4, 4, 2},  {3, 5, 1, 2, 4}, {0, 1, 1, 1, 1},
		{7, 17, 9, 6, 8}, {7, 17, 3, 3, 8},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct part_list list;

		part_list_pages(&list, cases[i].start * PAGE_SIZE, cases[i].end * PAGE_SIZE,
				PAGE_SIZE, cases[i].most);
		assert_int_equal(list.count, cases[i].count);
		assert_int_equal(list.parts[0].end, cases[i].first_end * PAGE_SIZE);
		assert_int_equal(list.parts[0].type, PART_PAGES);
		assert_int_equal(list.parts[0].kind, KIND_GAP);
		part_list_finish(&list);
	}
}

/* The words of types of sections; those that are loaded as they are have their kind. */
static const struct {
	uint32_t type;
	const char *name;
} types[] = {{SHT_PROGBITS, "rodata"},
	     {SHT_NOBITS, "rodata"},
	     {SHT_NULL, "rodata"},
	     {SHT_SYMTAB, "symtab"},
	     {SHT_STRTAB, "strtab"},
	     {SHT_RELA, "rela"},
	     {SHT_HASH, "hash"},
	     {SHT_DYNAMIC, "dynamic"},
	     {SHT_NOTE, "note"},
	     {SHT_REL, "rel"},
	     {SHT_DYNSYM, "dynsym"},
	     {SHT_INIT_ARRAY, "init_array"},
	     {SHT_FINI_ARRAY, "fini_array"},
	     {SHT_PREINIT_ARRAY, "preinit_array"},
	     {SHT_GROUP, "group"},
	     {SHT_GNU_HASH, "gnu_hash"},
	     {SHT_GNU_LIBLIST, "gnu_liblist"},
	     {SHT_GNU_verdef, "gnu_verdef"},
	     {SHT_GNU_verneed, "gnu_verneed"},
	     {SHT_GNU_versym, "gnu_versym"},
	     {0x12345678, "section"}};

static void each_type_has_its_word(void **state)
{
	static const char *const symbols[] = {"symbol", "function", "variable"};
	struct inside_section section = {.kind = KIND_RODATA, .name = "a"};
	struct inside_symbol symbol = {.name = "b", .shown = "B"};
	struct inside_object object = {.sections = {.sections = &section, .count = 1},
				       .symbols = {.symbols = &symbol, .symbol_count = 1}};
	const struct part_source source = {.object = &object};
	struct inside_part part = {.type = PART_SECTION};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		section.type = types[i].type;
		assert_string_equal(part_type_name(&part, &source), types[i].name);
	}
	assert_string_equal(part_name(&part, &source), "a");
	part.type = PART_SYMBOL;
	assert_string_equal(part_name(&part, &source), "B");
	symbol.kind = INSIDE_OTHER;
	assert_string_equal(part_type_name(&part, &source), symbols[0]);
	symbol.kind = INSIDE_FUNCTION;
	assert_string_equal(part_type_name(&part, &source), symbols[1]);
	symbol.kind = INSIDE_VARIABLE;
	assert_string_equal(part_type_name(&part, &source), symbols[2]);
	part.type = PART_SYMBOLS;
	assert_string_equal(part_type_name(&part, &source), "symbols");
	assert_null(part_name(&part, &source));
	part.type = PART_CHUNKS;
	assert_string_equal(part_type_name(&part, &source), "chunks");
}

/* Searches all of the program from the address on. */
static int find(const struct part_source *source, const char *expression, uint64_t from,
		int direction, struct part_match *ret_match)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;
	int error;

	assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	error = part_find_name(source, BIAS, BIAS + 0x78d000, pattern, from, direction, ret_match);
	pattern_destroy(pattern);
	return error;
}

static void names_are_searched_up_and_down_and_round(void **state)
{
	const struct part_source *source = *state;
	struct part_match match;

	assert_int_equal(find(source, "_type", DATA, 1, &match), 0);
	assert_true(match.address == BIAS + 0x5f7000 && !match.wrapped && !match.is_section);
	assert_int_equal(find(source, "_type", match.address, 1, &match), 0);
	assert_true(match.address == BIAS + 0x5f7198 && !match.wrapped);
	assert_int_equal(find(source, "_type", match.address, 1, &match), 0);
	assert_true(match.address == BIAS + 0x5f7000 && match.wrapped);
	assert_int_equal(find(source, "_type", match.address, -1, &match), 0);
	assert_true(match.address == BIAS + 0x5f7198 && match.wrapped);
	assert_int_equal(find(source, "^\\.data", DATA_END, -1, &match), 0);
	assert_true(match.address == BIAS + 0x5f4880 && match.is_section);
	assert_int_equal(find(source, "nothing", DATA, 1, &match), -ENOENT);
	assert_int_equal(find(&(struct part_source){0}, "main", DATA, 1, &match), -ENOENT);
}

/* A section and a symbol at their places, and names as they are shown. */
static void the_nearest_of_all_names_is_found(void **state)
{
	struct inside_section sections[] = {{.start = 0x100, .end = 0x200, .name = "x1"},
					    {.start = 0x300, .end = 0x400, .name = "x3"}};
	struct inside_name names[] = {{.address = 0x100, .name = "x", .shown = "x"},
				      {.address = 0x200, .name = "_Z", .shown = "x2"},
				      {.address = 0x350, .name = "x35", .shown = "x35"}};
	struct inside_object object = {.sections = {.sections = sections, .count = 2},
				       .symbols = {.names = names, .name_count = 3}};
	const struct part_source source = {.object = &object, .bias = BIAS};
	static const struct {
		uint64_t from, found;
		int direction;
		bool wrapped, is_section;
	} cases[] = {
		{0xff, 0x100, 1, false, true},   {0x100, 0x200, 1, false, false},
		{0x200, 0x300, 1, false, true},  {0x300, 0x350, 1, false, false},
		{0x350, 0x100, 1, true, true},   {0x360, 0x350, -1, false, false},
		{0x350, 0x300, -1, false, true}, {0x300, 0x200, -1, false, false},
		{0x200, 0x100, -1, false, true}, {0x100, 0x350, -1, true, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct part_match match;

		assert_int_equal(
			find(&source, "^x", BIAS + cases[i].from, cases[i].direction, &match), 0);
		assert_int_equal(match.address, BIAS + cases[i].found);
		assert_int_equal(match.wrapped, cases[i].wrapped);
		assert_int_equal(match.is_section, cases[i].is_section);
	}
}

static void parts_follow_each_other_up_to_the_end(void **state)
{
	struct part_list list;
	struct part_maker maker = part_maker_begin(&list, 0x100, 0x400);

	(void)state;
	part_maker_append(&maker, (struct inside_part){.end = 0x180, .type = PART_PAGES});
	/* Nothing is left of what ends where there are parts, or before. */
	part_maker_append(&maker, (struct inside_part){.end = 0x180, .type = PART_NAMELESS});
	part_maker_append(&maker, (struct inside_part){.end = 0x50, .type = PART_NAMELESS});
	part_maker_append(&maker, (struct inside_part){.start = 0x1, .end = 0x500, .index = 7});
	part_maker_append(&maker, (struct inside_part){.end = 0x600, .type = PART_NAMELESS});
	assert_int_equal(list.count, 2);
	assert_int_equal(list.parts[0].start, 0x100);
	assert_int_equal(list.parts[0].end, 0x180);
	assert_int_equal(list.parts[0].type, PART_PAGES);
	assert_int_equal(list.parts[1].start, 0x180);
	assert_int_equal(list.parts[1].end, 0x400);
	assert_int_equal(list.parts[1].index, 7);
	assert_int_equal(maker.at, 0x400);
	part_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_follow_each_other_up_to_the_end),
		cmocka_unit_test(data_and_bss_of_one_page_are_divided_at_the_byte),
		cmocka_unit_test(symbols_have_the_kind_of_their_section),
		cmocka_unit_test(of_no_object_nothing_has_a_name),
		cmocka_unit_test(too_many_symbols_are_runs_of_neighbours),
		cmocka_unit_test(pages_are_whole_and_no_more_than_asked_for),
		cmocka_unit_test(types_are_words),
		cmocka_unit_test(pages_are_as_small_as_may_be),
		cmocka_unit_test(each_type_has_its_word),
		cmocka_unit_test(the_nearest_of_all_names_is_found),
		cmocka_unit_test(names_are_searched_up_and_down_and_round),
	};

	return cmocka_run_group_tests_name("part_list", tests, make_source, free_source);
}
