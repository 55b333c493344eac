/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "inside/heap_usage.h"
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

static void one_has_size_arena_and_neighbours(void **state)
{
	const struct chunk_first none = {0};
	struct chunk_first first = {.address = 0x12a0, .size = 16, .bytes = "Kunigunde"};
	struct text text = {0};

	(void)state;
	chunk_words_append_about(&text, &heap, 1, &none, 0x12a0);
	check(&text, "used chunk, 48 bytes, main arena; before it a used chunk of 656, after it a "
		     "used chunk of 48");
	chunk_words_append_about(&text, &heap, 1, &first, 0x12a0);
	check(&text, "used chunk, 48 bytes, main arena; begins with \"Kunigunde\"; before it a "
		     "used chunk of 656, after it a used chunk of 48");
	/* Those of another chunk are not its own. */
	chunk_words_append_about(&text, &heap, 0, &first, 0x1010);
	check(&text, "used chunk, 656 bytes, main arena; before it no chunk, after it a used chunk "
		     "of 48");
	first = (struct chunk_first){.address = 0x12a0, .size = 4, .bytes = {1, '"', 'A', 0x80}};
	chunk_words_append_about(&text, &heap, 1, &first, 0x12a0);
	check(&text, "used chunk, 48 bytes, main arena; begins with 01 22 41 80; before it a used "
		     "chunk of 656, after it a used chunk of 48");
	first.absent = true;
	chunk_words_append_about(&text, &heap, 1, &first, 0x12a0);
	check(&text, "used chunk, 48 bytes, main arena; its first bytes are not in memory; before "
		     "it a used chunk of 656, after it a used chunk of 48");
	pieces[5].arena = 1;
	chunk_words_append_about(&text, &heap, 5, &none, 0);
	check(&text,
	      "hole, 1 232 bytes, arena 7f1234; before it a cached chunk of 48, after it top "
	      "of 1 024");
	chunk_words_append_about(&text, &heap, 9, &none, 0);
	check(&text, "large chunk, 8 192 bytes; before it no chunk, after it no chunk");
}

static void each_use_has_a_name_and_a_meaning(void **state)
{
	(void)state;
	for (int use = 0; use < HEAP_USE_COUNT; use++) {
		assert_non_null(chunk_words_name((enum heap_use)use));
		assert_non_null(chunk_words_meaning((enum heap_use)use));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_are_counted_by_use),
		cmocka_unit_test(the_free_share_is_of_what_is_known),
		cmocka_unit_test(one_has_size_arena_and_neighbours),
		cmocka_unit_test(each_use_has_a_name_and_a_meaning),
	};

	return cmocka_run_group_tests_name("chunk_words", tests, NULL, NULL);
}
