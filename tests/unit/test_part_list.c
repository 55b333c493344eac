/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

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
		cmocka_unit_test(names_are_searched_up_and_down_and_round),
	};

	return cmocka_run_group_tests_name("part_list", tests, make_source, free_source);
}
