/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "inside/heap_usage.h"
#include "support/golden.h"
#include "ui/text/chunk_words.h"

#define PIECE(from, bytes, what)                                                 \
	{                                                                        \
		.start = (from), .end = (from) + (bytes), .use = HEAP_USE_##what \
	}

static struct heap_piece pieces[] = {
	PIECE(0x1000, 0x290, USED),    PIECE(0x1290, 48, USED),   PIECE(0x12c0, 48, USED),
	PIECE(0x12f0, 48, FREE),       PIECE(0x1320, 48, CACHED), PIECE(0x1350, 1232, FREE),
	PIECE(0x1820, 0x400, TOP),     PIECE(0x2000, 64, OTHER),  PIECE(0x2040, 64, UNKNOWN),
	PIECE(0x9000, 0x2000, MAPPED),
};
static struct heap_arena arenas[] = {{.is_main = true}, {.address = 0x7f1234}};
static const struct heap_usage heap = {.arenas = arenas,
				       .count = 2,
				       .pieces = pieces,
				       .piece_count = sizeof(pieces) / sizeof(pieces[0])};

static void check(struct text *text, const char *expected)
{
	assert_string_equal(text_string(text), expected);
	text_finish(text);
}

static void check_several(uint64_t start, uint64_t end, size_t columns, const char *expected)
{
	struct text text = {0};

	chunk_words_append(&text, &heap, start, end, columns);
	check(&text, expected);
}

static void several_are_counted_by_use(void **state)
{
	(void)state;
	check_several(0x1290, 0x12f0, 80, "2 used chunks of 48 bytes");
	check_several(0x1290, 0x12f0, 10, "2 used chunks");
	check_several(0x1290, 0x12c0, 80, "1 used chunk of 48 bytes");
	check_several(0x1000, 0x12f0, 80, "3 used chunks");
	check_several(0x1000, 0x1320, 80, "3 used, 1 hole of 48");
	check_several(0x1290, 0x1820, 80, "2 used of 48, 1 cached of 48, 2 holes");
	check_several(0x1290, 0x1820, 30, "2 used, 1 cached, 2 holes");
	check_several(0x1350, 0x1c20, 19, "1 hole, top");
	check_several(0x2000, 0x2080, 20, "1 of malloc's own, 1 not walked");
	check_several(0x9000, 0xb000, 20, "1 large chunk");
}

static void check_share(uint64_t start, uint64_t end, const char *expected)
{
	struct text text = {0};

	chunk_words_append_share(&text, &heap, start, end);
	check(&text, expected);
}

static void the_free_share_is_of_what_is_known(void **state)
{
	(void)state;
	check_share(0x1290, 0x12f0, "0 % free");
	check_share(0x12c0, 0x1320, "50 % free");
	check_share(0x1350, 0x1c20, "100 % free");
	check_share(0x2000, 0x2080, "0 % free");
	check_share(0x2040, 0x2080, "");
	/* A little is not nothing. */
	check_share(0x1000, 0x12f1, "<1 % free");
}

static void check_about(size_t index, const char *expected)
{
	struct text text = {0};

	chunk_words_append_about(&text, &heap, &pieces[index]);
	check(&text, expected);
}

static void check_neighbours(size_t index, const char *expected)
{
	struct text text = {0};

	chunk_words_append_neighbours(&text, &heap, &pieces[index]);
	check(&text, expected);
}

static void one_has_size_arena_and_neighbours(void **state)
{
	(void)state;
	check_about(1, "used chunk, 48 bytes, main arena");
	check_neighbours(0, "before it no chunk, after it a used chunk of 48");
	check_neighbours(1, "before it a used chunk of 656, after it a used chunk of 48");
	pieces[5].arena = 1;
	check_about(5, "hole, 1 232 bytes, arena 7f1234");
	check_neighbours(5, "before it a cached chunk of 48, after it top of 1 024");
	check_about(9, "large chunk, 8 192 bytes");
	check_neighbours(9, "before it no chunk, after it no chunk");
}

/* The last one of all has none after it, whatever lies there. */
static void the_last_has_none_after_it(void **state)
{
	struct heap_usage few = heap;
	struct text text = {0};

	(void)state;
	few.piece_count = 3;
	chunk_words_append_neighbours(&text, &few, &pieces[1]);
	text_append(&text, "; ");
	chunk_words_append_neighbours(&text, &few, &pieces[2]);
	check(&text, "before it a used chunk of 656, after it a used chunk of 48; "
		     "before it a used chunk of 48, after it no chunk");
}

static void check_first(const struct chunk_first *first, const char *expected)
{
	struct text text = {0};

	chunk_words_append_first(&text, first);
	check(&text, expected);
}

static void first_bytes_are_text_or_hexadecimal(void **state)
{
	(void)state;
	check_first(&(struct chunk_first){.size = 16, .bytes = "Kunigunde"},
		    "begins with \"Kunigunde\"");
	check_first(&(struct chunk_first){.size = 16, .bytes = "exactly 16 bytes"},
		    "begins with \"exactly 16 bytes\"");
	check_first(&(struct chunk_first){.size = 4, .bytes = {1, '"', 'A', 0x80}},
		    "begins with 01 22 41 80");
	/* Less than a word of text may be chance. */
	check_first(&(struct chunk_first){.size = 16, .bytes = "abc"},
		    "begins with 61 62 63 00 00 00 00 00");
	check_first(&(struct chunk_first){.size = 16, .absent = true},
		    "its first bytes are not in memory");
}

static void each_use_has_a_name_and_a_meaning(void **state)
{
	(void)state;
	for (int use = 0; use < HEAP_USE_COUNT; use++) {
		assert_non_null(chunk_words_name((enum heap_use)use));
		assert_non_null(chunk_words_meaning((enum heap_use)use));
	}
}

/* Of all ranges from chunk to chunk what is said, with room and without. */
static void every_range_has_its_words(void **state)
{
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < heap.piece_count; i++) {
		chunk_words_append_about(&text, &heap, &pieces[i]);
		text_append(&text, "; ");
		chunk_words_append_neighbours(&text, &heap, &pieces[i]);
		text_append(&text, "\n");
		for (size_t k = i; k < heap.piece_count; k++) {
			chunk_words_append(&text, &heap, pieces[i].start, pieces[k].end, 100);
			text_append(&text, " | ");
			chunk_words_append(&text, &heap, pieces[i].start, pieces[k].end, 0);
			text_append(&text, " | ");
			chunk_words_append_share(&text, &heap, pieces[i].start, pieces[k].end);
			text_append(&text, "\n");
		}
	}
	golden_check("chunk_words_ranges", text_string(&text));
	text_finish(&text);
}

/* Sizes are said as long as there is room for all of it, to the column. */
static void sizes_need_their_room(void **state)
{
	const size_t columns = sizeof("2 used chunks of 48 bytes") - 1;

	(void)state;
	check_several(0x1290, 0x12f0, columns, "2 used chunks of 48 bytes");
	check_several(0x1290, 0x12f0, columns - 1, "2 used chunks");
	/* Four printable characters are a text, from the blank to the tilde. */
	check_first(&(struct chunk_first){.size = 4, .bytes = " ~ ~"}, "begins with \" ~ ~\"");
	check_first(&(struct chunk_first){.size = 3, .bytes = "abc"}, "begins with 61 62 63");
	check_first(&(struct chunk_first){.size = 5, .bytes = {'a', 'b', 'c', 0x1f, 'd'}},
		    "begins with 61 62 63 1f 64");
	check_first(&(struct chunk_first){.size = 5, .bytes = {'a', 'b', 'c', 'd', 0x7f}},
		    "begins with \"abcd\"");
	check_first(&(struct chunk_first){.size = 9, .bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8}},
		    "begins with 00 01 02 03 04 05 06 07");
	check_first(&(struct chunk_first){.size = 0}, "begins with ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_are_counted_by_use),
		cmocka_unit_test(the_free_share_is_of_what_is_known),
		cmocka_unit_test(one_has_size_arena_and_neighbours),
		cmocka_unit_test(the_last_has_none_after_it),
		cmocka_unit_test(first_bytes_are_text_or_hexadecimal),
		cmocka_unit_test(each_use_has_a_name_and_a_meaning),
		cmocka_unit_test(every_range_has_its_words),
		cmocka_unit_test(sizes_need_their_room),
	};

	return cmocka_run_group_tests_name("chunk_words", tests, NULL, NULL);
}
