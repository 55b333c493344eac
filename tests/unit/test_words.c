/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/query_matches.h"
#include "model/runtime.h"
#include "support/sample.h"
#include "ui/glyphs.h"
#include "ui/text/words.h"

static size_t index_of(const struct region_list *regions, uint64_t address)
{
	return region_list_find(regions, address);
}

static void gaps_say_why_they_are_there(void **state)
{
	struct address_space *space = sample_python();
	struct region_list regions;
	size_t index;

	(void)state;
	region_list_init(&regions, space);
	assert_string_equal(words_gap(&regions, 0), "unmapped from NULL");
	assert_string_equal(words_gap(&regions, index_of(&regions, 0x55b5f8000000)),
			    "room for the heap");
	assert_string_equal(words_gap(&regions, index_of(&regions, 0x7fff00000000)),
			    "room for the stack");
	assert_string_equal(words_gap(&regions, index_of(&regions, 0x7f83a9110000)), "unmapped");
	assert_string_equal(words_gap(&regions, index_of(&regions, 0x7ffffffff000)),
			    "unmapped to the top");
	assert_string_equal(words_gap(&regions, index_of(&regions, UINT64_C(1) << 63)),
			    "not user memory");
	for (size_t i = 0; i < regions.count; i++)
		if (regions.regions[i].vma == REGION_GAP)
			assert_true(strlen(words_gap_reason(&regions, i, GROW_DOWN_NO)) > 20);
	index = index_of(&regions, 0x7f83a9110000);
	assert_non_null(
		strstr(words_gap_reason(&regions, index, GROW_DOWN_NO), "any access raises"));
	assert_non_null(strstr(words_gap_reason(&regions, index, GROW_DOWN_PERHAPS), "unless"));
	assert_null(strstr(words_gap_reason(&regions, index, GROW_DOWN_YES), "SIGSEGV"));
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void an_empty_space_is_one_gap(void **state)
{
	struct address_space *space = sample_empty();
	struct region_list regions;

	(void)state;
	region_list_init(&regions, space);
	assert_int_equal(regions.count, 1);
	assert_string_equal(words_gap(&regions, 0), "nothing is mapped");
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void check_label(uint64_t address, const char *expected)
{
	struct address_space *space = sample_python();
	struct region_list regions;
	struct text text = {0};

	region_list_init(&regions, space);
	words_append_region(&text, space, &regions, index_of(&regions, address));
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void mappings_are_called_by_name_and_kind(void **state)
{
	(void)state;
	check_label(0x55b5c3c6a000, "python3.11 text");
	check_label(0x55b5c4349000, "python3.11 bss");
	check_label(0x55b5f7c8d000, "[heap]");
	check_label(0x7f83a8782000, "thread-stack 20715");
	check_label(0x7f839c000000, "arena");
	check_label(0x7f83aa564000, "libc text");
	check_label(0x7f83aa712000, "libc bss");
	check_label(0x7f83a9200000, "locale-archive");
	check_label(0x7f83aa1dc000, "anon");
}

static void addresses_take_twelve_columns(void **state)
{
	char out[WORDS_ADDRESS_LENGTH];

	(void)state;
	assert_string_equal(words_address(out, 0, glyphs_get(true)), "           0");
	assert_string_equal(words_address(out, 0x7f83aa53e000, glyphs_get(true)), "7f83aa53e000");
	assert_string_equal(words_address(out, 0xffffffffff600000, glyphs_get(false)),
			    "ffff~f600000");
	/* Eleven digits have a blank, thirteen and more have none. */
	assert_string_equal(words_address(out, 0x12345678901, glyphs_get(true)), " 12345678901");
	assert_string_equal(words_address(out, 0x1234567890123, glyphs_get(true)), "1234567890123");
	assert_string_equal(words_address(out, 0xffffffffffffff, glyphs_get(true)),
			    "ffffffffffffff");
	assert_string_equal(words_address(out, UINT64_C(1) << 56, glyphs_get(false)),
			    "ffff~0000000");
	assert_string_equal(words_address(out, 0xff000000f1234567, glyphs_get(false)),
			    "ffff~1234567");
}

static void what_is_hidden_is_not_called_unmapped(void **state)
{
	struct address_space *space = sample_python();
	struct query_matches kept;
	struct region_list regions;
	struct text text = {0};
	size_t index;

	(void)state;
	region_list_init(&regions, space);
	query_matches_init(&kept, space->vma_count);
	for (size_t i = 0; i < 7; i++)
		query_matches_remove(&kept, i);
	region_list_hide(&regions, &kept);
	index = index_of(&regions, 0x55b5f7c8d000);
	words_append_region(&text, space, &regions, index);
	assert_string_equal(text_string(&text), "7 mappings hidden");
	assert_non_null(strstr(words_gap_reason(&regions, index, GROW_DOWN_YES), "filter"));
	text_clear(&text);
	words_append_hidden(&text, 1);
	assert_string_equal(text_string(&text), "1 mapping hidden");
	/* A mapping has its name all the same. */
	text_clear(&text);
	words_append_vma(&text, space, 6);
	assert_string_equal(text_string(&text), "[heap]");
	text_finish(&text);
	region_list_finish(&regions);
	query_matches_finish(&kept);
	address_space_destroy(space);
}

static void check_alike(const struct words_alike *alike, const char *expected)
{
	struct text text = {0};

	words_append_alike(&text, alike, glyphs_get(false));
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

/* How many, how large each is where all are as large, and what they are. */
static void like_mappings_are_counted(void **state)
{
	(void)state;
	check_alike(&(struct words_alike){.count = 4, .each = 0x10000, .kind = KIND_ANON},
		    "4 x 64K anon");
	check_alike(&(struct words_alike){.count = 1234, .kind = KIND_THREAD_STACK},
		    "1 234 x thread-stack");
	check_alike(&(struct words_alike){.count = 2, .each = 1, .runtime = RUNTIME_JAVA},
		    "java heap");
}

static void what_is_hidden_is_counted(void **state)
{
	struct text text = {0};

	(void)state;
	words_append_hidden(&text, 1);
	text_append(&text, "|");
	words_append_hidden(&text, 2000);
	assert_string_equal(text_string(&text), "1 mapping hidden|2 000 mappings hidden");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_say_why_they_are_there),
		cmocka_unit_test(an_empty_space_is_one_gap),
		cmocka_unit_test(mappings_are_called_by_name_and_kind),
		cmocka_unit_test(addresses_take_twelve_columns),
		cmocka_unit_test(what_is_hidden_is_not_called_unmapped),
		cmocka_unit_test(like_mappings_are_counted),
		cmocka_unit_test(what_is_hidden_is_counted),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
