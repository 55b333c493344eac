/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "inside/heap_usage.h"
#include "inside_fixture.h"
#include "model/vma.h"
#include "support/golden.h"
#include "ui/text/part_words.h"
static const struct vma of_file = {.name = "/usr/lib/x.so", .inode = 7, .perms = PERM_READ};
static const struct vma shared = {.name = "/dev/zero", .perms = PERM_READ | PERM_SHARED};
static const struct vma anonymous = {.name = "", .perms = PERM_READ};

static void check(struct text *text, const char *expected)
{
	assert_string_equal(text_string(text), expected);
	text_finish(text);
}

static void names_are_escaped_and_others_counted(void **state)
{
	struct inside_section section = {0x1000, 0x2000, ".\033[2J", SHT_PROGBITS, 0, 0, false, 0};
	struct inside_object object = {.sections = {.sections = &section, .count = 1}};
	const struct part_source source = {.object = &object};
	struct inside_part part = {0x1000, 0x2000, 0, 0, PART_SECTION, KIND_DATA};
	struct text text = {0};

	(void)state;
	part_words_append(&text, &part, &source, PAGE_SIZE, false);
	assert_null(memchr(text_string(&text), '\033', text.length));
	text_finish(&text);
	part.type = PART_PAGES;
	part_words_append(&text, &part, &source, PAGE_SIZE, false);
	check(&text, "1 page");
	part.end = 0x4001;
	part_words_append(&text, &part, &source, PAGE_SIZE, false);
	check(&text, "4 pages");
	part.type = PART_NAMELESS;
	part_words_append(&text, &part, &source, PAGE_SIZE, true);
	check(&text, "no symbol");
	part_words_append(&text, &part, &source, PAGE_SIZE, false);
	check(&text, "no section");
	part.type = PART_SYMBOLS;
	part.count = 1200;
	part_words_append(&text, &part, &source, PAGE_SIZE, true);
	check(&text, "1 200 symbols");
}

static void folds_name_what_fits(void **state)
{
	struct inside_object *object = fixture_object();
	const struct part_source source = {.object = object, .bias = BIAS};
	struct part_list list;
	struct text text = {0};

	(void)state;
	part_list_sections(&list, &source, DATA, DATA_END);
	part_words_append_fold(&text, list.parts, list.count, &source, 40, "...");
	check(&text, "3 sections: .got .data .bss");
	part_words_append_fold(&text, list.parts, list.count, &source, 22, "...");
	check(&text, "3 sections: .got ...");
	part_words_append_fold(&text, list.parts, list.count, &source, 12, "...");
	check(&text, "3 sections");
	part_list_finish(&list);
	part_list_symbols(&list, &source, DATA, DATA_END);
	part_words_append_count(&text, list.parts, 2, &source);
	check(&text, "1 symbol");
	part_list_finish(&list);
	inside_object_unref(object);
}

/* The sums of one page of each sort given. */
static struct page_sums sums_of(unsigned sorts)
{
	struct page_sums sums = {0};

	for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
		if (sorts & 1u << sort) {
			sums.of[sort] = PAGE_SIZE;
			sums.known += PAGE_SIZE;
		}
	return sums;
}

static void check_state(unsigned sorts, uint64_t huge, const struct vma *vma, const char *few)
{
	struct page_sums sums = sums_of(sorts);
	struct text text = {0};

	sums.huge = huge;
	part_words_append_state(&text, &sums, PAGE_SIZE, vma);
	check(&text, few);
}

static void states_are_said_as_the_mapping_has_them(void **state)
{
	(void)state;
	check_state(0, 0, &of_file, "unknown");
	check_state(1u << PAGES_ANON, 0, &of_file, "copied on write");
	check_state(1u << PAGES_ANON, 0, &anonymous, "in memory");
	check_state(1u << PAGES_ANON, PAGE_SIZE, &anonymous, "in memory, in huge pages");
	check_state(1u << PAGES_FILE, 0, &of_file, "of the file");
	check_state(1u << PAGES_FILE, 0, &shared, "shared");
	check_state(1u << PAGES_GUARD, 0, &anonymous, "guard");
	check_state(1u << PAGES_ABSENT | 1u << PAGES_ANON | 1u << PAGES_SWAPPED, 0, &anonymous,
		    "1 in memory, 1 swapped, 1 absent");
	check_state(1u << PAGES_ANON | 1u << PAGES_ZERO, 2048, &anonymous,
		    "1 in memory, 1 zero, 2.0K in huge pages");
}

static void one_state_is_explained(void **state)
{
	struct page_sums sums = sums_of(1u << PAGES_ZERO);
	struct text text = {0};

	(void)state;
	part_words_explain_state(&text, &sums, PAGE_SIZE, &anonymous);
	assert_non_null(strstr(text_string(&text), "never written"));
	text_clear(&text);
	sums = sums_of(1u << PAGES_ZERO | 1u << PAGES_ABSENT);
	sums.blurred = true;
	part_words_explain_state(&text, &sums, PAGE_SIZE, &anonymous);
	check(&text, "about 1 zero, 1 absent");
}

/* At each width: names as long as they fit, the first one in any case where there is some room. */
static void folds_name_what_fits_at_each_width(void **state)
{
	struct inside_object *object = fixture_object();
	const struct part_source source = {.object = object, .bias = BIAS};
	struct part_list list;
	struct text text = {0};

	(void)state;
	for (int symbols = 0; symbols < 2; symbols++) {
		if (symbols)
			part_list_symbols(&list, &source, BIAS + 0x6a300, BIAS + 0x7a430);
		else
			part_list_sections(&list, &source, DATA, DATA_END);
		for (size_t columns = 0; columns < 50; columns++) {
			text_append_format(&text, "%zu ", columns);
			part_words_append_fold(&text, list.parts, list.count, &source, columns,
					       "~");
			text_append(&text, "\n");
		}
		part_list_finish(&list);
	}
	golden_check("part_words_widths", text_string(&text));
	text_finish(&text);
	inside_object_unref(object);
}

/* Symbols that share a part count, each. */
static void symbols_that_share_a_part_are_counted(void **state)
{
	const struct part_source source = {0};
	struct inside_part parts[] = {{0x1000, 0x1010, 5, 0, PART_SYMBOLS, KIND_DATA},
				      {0x1010, 0x1020, 0, 0, PART_SYMBOL, KIND_DATA},
				      {0x1020, 0x1030, 0, 0, PART_NAMELESS, KIND_DATA}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		parts[i].count = i == 0 ? 5 : 0;
	part_words_append_count(&text, parts, 3, &source);
	check(&text, "6 symbols");
	part_words_append_count(&text, parts + 1, 2, &source);
	check(&text, "1 symbol");
	part_words_append_count(&text, parts + 2, 1, &source);
	check(&text, "0 symbols");
	parts[2].type = PART_SECTION;
	part_words_append_count(&text, parts, 3, &source);
	check(&text, "1 section");
}

/* Where a heap is known, only what has chunks in it is counted by them. */
static void chunks_are_counted_where_there_are_any(void **state)
{
	static const struct {
		enum part_type types[2];
		const char *words;
	} cases[] = {{{PART_NAMELESS, PART_NAMELESS}, "0 symbols"},
		     {{PART_SYMBOL, PART_NAMELESS}, "1 symbol"},
		     {{PART_CHUNK, PART_NAMELESS}, "1 used chunk"},
		     {{PART_NAMELESS, PART_CHUNK}, "1 used chunk"},
		     {{PART_NAMELESS, PART_CHUNKS}, "1 used chunk"}};
	struct heap_piece piece = {.start = 0x1000, .end = 0x2000, .use = HEAP_USE_USED};
	struct heap_arena arena = {.is_main = true};
	const struct heap_usage heap = {
		.arenas = &arena, .count = 1, .pieces = &piece, .piece_count = 1};
	const struct part_source source = {.heap = &heap};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct inside_part parts[] = {
			{.start = 0x1000, .end = 0x1800, .type = cases[i].types[0]},
			{.start = 0x1800, .end = 0x2000, .type = cases[i].types[1]}};
		struct text text = {0};

		part_words_append_count(&text, parts, 2, &source);
		check(&text, cases[i].words);
	}
}

/* A heap of three chunks, of which the parts are two. */
static void chunks_of_several_parts_are_counted_together(void **state)
{
	struct heap_piece pieces[] = {{.start = 0x1000, .end = 0x1010, .use = HEAP_USE_USED},
				      {.start = 0x1010, .end = 0x1020, .use = HEAP_USE_FREE},
				      {.start = 0x1020, .end = 0x1030, .use = HEAP_USE_USED}};
	struct heap_arena arena = {.is_main = true};
	const struct heap_usage heap = {
		.arenas = &arena, .count = 1, .pieces = pieces, .piece_count = 3};
	const struct part_source source = {.heap = &heap};
	const struct inside_part parts[] = {
		{.start = 0x1000, .end = 0x1010, .type = PART_CHUNK},
		{.start = 0x1010, .end = 0x1030, .type = PART_CHUNKS},
		{.start = 0x1030, .end = 0x1040, .type = PART_NAMELESS},
	};
	struct text text = {0};

	(void)state;
	part_words_append_count(&text, parts, 2, &source);
	check(&text, "2 used, 1 hole");
	part_words_append(&text, &parts[1], &source, PAGE_SIZE, true);
	check(&text, "1 used, 1 hole");
	part_words_append(&text, &parts[0], &source, PAGE_SIZE, true);
	check(&text, "used chunk");
	part_words_append(&text, &parts[2], &source, PAGE_SIZE, true);
	check(&text, "no chunk");
	for (size_t columns = 13; columns < 16; columns++) {
		part_words_append_fold(&text, parts, 2, &source, columns, "~");
		check(&text, "2 used, 1 hole");
	}
}

/* Each sort in each sort of mapping, in a few words and in a clause. */
static void each_sort_has_its_words(void **state)
{
	static const struct vma shared_file = {
		.name = "/x", .inode = 7, .perms = PERM_READ | PERM_SHARED};
	const struct vma *const vmas[] = {&of_file, &shared_file, &shared, &anonymous};
	struct text text = {0};

	(void)state;
	for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
		for (size_t i = 0; i < 4; i++) {
			const struct page_sums sums = sums_of(1u << sort);

			part_words_append_state(&text, &sums, PAGE_SIZE, vmas[i]);
			text_append(&text, ": ");
			part_words_explain_state(&text, &sums, PAGE_SIZE, vmas[i]);
			text_append(&text, "\n");
		}
	golden_check("part_words_sorts", text_string(&text));
	text_finish(&text);
}

/* Half a page and more counts as one; what is less is not said. */
static void parts_of_pages_are_rounded(void **state)
{
	struct page_sums sums = sums_of(1u << PAGES_ZERO | 1u << PAGES_ANON);
	struct text text = {0};

	(void)state;
	sums.of[PAGES_ZERO] = PAGE_SIZE / 2 - 1;
	sums.of[PAGES_ANON] = PAGE_SIZE * 3 / 2;
	sums.known = 2 * PAGE_SIZE - 1;
	part_words_append_state(&text, &sums, PAGE_SIZE, &anonymous);
	check(&text, "2 in memory");
	sums.of[PAGES_ZERO] = PAGE_SIZE / 2;
	sums.of[PAGES_ANON] = PAGE_SIZE * 3 / 2 - 1;
	sums.huge = sums.known;
	part_words_append_state(&text, &sums, PAGE_SIZE, &anonymous);
	check(&text, "1 in memory, 1 zero, in huge pages");
	sums.huge = 1;
	part_words_explain_state(&text, &sums, PAGE_SIZE, &anonymous);
	check(&text, "1 in memory, 1 zero, 1B in huge pages");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_escaped_and_others_counted),
		cmocka_unit_test(folds_name_what_fits),
		cmocka_unit_test(states_are_said_as_the_mapping_has_them),
		cmocka_unit_test(one_state_is_explained),
		cmocka_unit_test(folds_name_what_fits_at_each_width),
		cmocka_unit_test(symbols_that_share_a_part_are_counted),
		cmocka_unit_test(chunks_are_counted_where_there_are_any),
		cmocka_unit_test(chunks_of_several_parts_are_counted_together),
		cmocka_unit_test(each_sort_has_its_words),
		cmocka_unit_test(parts_of_pages_are_rounded),
	};

	return cmocka_run_group_tests_name("part_words", tests, NULL, NULL);
}
