/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/selection.h"
#include "model/kind.h"

#define PAGE      UINT64_C(4096)
#define LIBRARIES 150

/* A program, its heap and stack, and 150 mappings of libraries between them, each a gap apart. */
static size_t make_program(struct region *regions)
{
	static const enum kind parts[] = {KIND_GAP,   KIND_RODATA, KIND_TEXT, KIND_RODATA,
					  KIND_RELRO, KIND_DATA,   KIND_BSS,  KIND_GAP,
					  KIND_HEAP,  KIND_GAP};
	size_t count = 0;
	uint64_t at = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++, count++, at += 2 * PAGE)
		regions[count] = (struct region){.start = at,
						 .end = at + 2 * PAGE,
						 .vma = parts[i] == KIND_GAP ? REGION_GAP : 0,
						 .kind = (uint8_t)parts[i],
						 .owner = OWNER_PROGRAM};
	for (size_t i = 0; i < 2 * LIBRARIES; i++, count++, at += 9999 * PAGE)
		regions[count] = (struct region){.start = at,
						 .end = at + 9999 * PAGE,
						 .vma = i % 2 ? REGION_GAP : 0,
						 .kind = i % 2 ? KIND_GAP : KIND_TEXT,
						 .owner = OWNER_LIBRARY};
	regions[count++] = (struct region){
		.start = at, .end = at + PAGE, .kind = KIND_STACK, .owner = OWNER_PROGRAM};
	regions[count++] = (struct region){
		.start = at + PAGE, .end = UINT64_C(1) << 47, .vma = REGION_GAP, .kind = KIND_GAP};
	return count;
}

static void the_program_s_parts_are_on_a_small_screen(void **state)
{
	static struct region regions[20 + 2 * LIBRARIES];
	static uint8_t choice[20 + 2 * LIBRARIES];
	struct region_list list = {
		.regions = regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};

	(void)state;
	list.count = make_program(regions);
	selection_choose(&list, 13, NULL, NULL, SELECTION_NO_PIN, choice);
	for (size_t i = 0; i < list.count; i++) {
		enum kind kind = (enum kind)regions[i].kind;
		bool is_landmark = kind == KIND_HEAP || kind == KIND_STACK ||
				   (regions[i].owner == OWNER_PROGRAM &&
				    (kind == KIND_TEXT || kind == KIND_DATA || kind == KIND_BSS));

		assert_true(!is_landmark || (choice[i] & SELECTION_REGION));
	}
	/* Relro is in one band with the data. */
	assert_true((choice[4] & SELECTION_BORDER) && !(choice[5] & SELECTION_BORDER));
	/* On few rows they fold into one band of the program, which ends where the program does. */
	selection_choose(&list, 7, NULL, NULL, SELECTION_NO_PIN, choice);
	assert_true(choice[1] & SELECTION_BORDER);
	for (size_t i = 2; i < 7; i++)
		assert_false(choice[i] & SELECTION_BORDER);
	assert_true(choice[7] & SELECTION_BORDER);
}

static bool is_alone(const uint8_t *choice, size_t index)
{
	return (choice[index] & SELECTION_BORDER) && (choice[index + 1] & SELECTION_BORDER);
}

/* The libraries are alike; three that grew have bands before gaps of any size. */
static void what_grew_most_is_never_folded_away(void **state)
{
	static struct region regions[20 + 2 * LIBRARIES];
	static uint8_t choice[20 + 2 * LIBRARIES], later[20 + 2 * LIBRARIES];
	struct region_list list = {
		.regions = regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};
	const struct selection before = {&list, choice, 19};

	(void)state;
	list.count = make_program(regions);
	regions[100].grown = 20 * PAGE;
	regions[200].grown = 9 * PAGE;
	regions[250].grown = PAGE;
	regions[300].grown = 4 * PAGE;
	selection_choose(&list, 19, NULL, NULL, SELECTION_NO_PIN, choice);
	assert_true(is_alone(choice, 100) && is_alone(choice, 200) && is_alone(choice, 300));
	assert_false(is_alone(choice, 250));
	/* One that overtakes another by less than four times does not take its place. */
	regions[250].grown = 7 * PAGE;
	selection_choose(&list, 19, &before, NULL, SELECTION_NO_PIN, later);
	assert_memory_equal(later, choice, list.count);
	regions[250].grown = 16 * PAGE;
	selection_choose(&list, 19, &before, NULL, SELECTION_NO_PIN, later);
	assert_true(is_alone(later, 250) && !is_alone(later, 300));
	/* Less than an eighth of all growth is no more than all else. */
	regions[100].grown = 900 * PAGE;
	selection_choose(&list, 19, NULL, NULL, SELECTION_NO_PIN, choice);
	assert_true(is_alone(choice, 100));
	assert_false(is_alone(choice, 200) || is_alone(choice, 250));
}

/* Text in pieces, as of a program that moved a part of it to huge pages. */
static void the_largest_piece_of_text_is_the_landmark(void **state)
{
	static struct region regions[20 + 2 * LIBRARIES];
	static uint8_t choice[20 + 2 * LIBRARIES];
	struct region_list list = {
		.regions = regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};
	size_t text = 0, piece;

	(void)state;
	list.count = make_program(regions);
	while (regions[text].kind != KIND_TEXT || regions[text].owner != OWNER_PROGRAM)
		text++;
	/* Far from the others, among the libraries. */
	piece = 200;
	regions[piece].end = regions[piece + 1].start = regions[piece].start + PAGE;
	regions[piece].owner = OWNER_PROGRAM;
	selection_choose(&list, 19, NULL, NULL, SELECTION_NO_PIN, choice);
	assert_true(region_pages(&regions[piece], &list) < region_pages(&regions[text], &list));
	assert_true(choice[text] & SELECTION_REGION);
	assert_false(choice[piece] & SELECTION_REGION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_program_s_parts_are_on_a_small_screen),
		cmocka_unit_test(what_grew_most_is_never_folded_away),
		cmocka_unit_test(the_largest_piece_of_text_is_the_landmark),
	};

	return cmocka_run_group_tests_name("selection_landmarks", tests, NULL, NULL);
}
