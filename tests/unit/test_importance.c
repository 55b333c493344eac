/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/importance.h"
#include "layout/like.h"
#include "model/kind.h"

#define PAGE UINT64_C(4096)

static const struct region_list list = {.user_end = UINT64_C(1) << 56, .page_size = PAGE};

static unsigned importance(uint64_t pages, enum kind kind, enum owner owner)
{
	const struct region region = {
		.end = pages * PAGE, .kind = (uint8_t)kind, .owner = (uint8_t)owner};

	return importance_of(&region, &list);
}

static void twice_the_size_is_an_octave(void **state)
{
	(void)state;
	for (unsigned power = 0; power < 44; power++) {
		uint64_t pages = UINT64_C(1) << power;

		assert_int_equal(importance(pages, KIND_ANON, OWNER_OTHER),
				 power * IMPORTANCE_OCTAVE);
		assert_int_equal(importance(2 * pages - 1, KIND_FILE, OWNER_LIBRARY),
				 power * IMPORTANCE_OCTAVE);
	}
}

/* Half a step an octave below a terabyte of addresses, from there on as all else. */
static void gaps_are_discounted_exactly(void **state)
{
	(void)state;
	for (unsigned power = 0; power < 40; power++) {
		const unsigned expected =
			power < 20 ? power / 2 : (power - 20) * IMPORTANCE_OCTAVE + 10;

		assert_int_equal(importance(UINT64_C(1) << power, KIND_GAP, OWNER_OTHER), expected);
		assert_int_equal(importance(UINT64_C(1) << power, KIND_GUARD, OWNER_OTHER),
				 expected);
	}
}

static void landmarks_come_first(void **state)
{
	const enum kind parts[] = {KIND_BSS, KIND_DATA, KIND_TEXT, KIND_HEAP, KIND_STACK};
	unsigned least = IMPORTANCE_LANDMARK;

	(void)state;
	assert_true(importance(UINT64_C(1) << 43, KIND_ANON, OWNER_PROGRAM) < IMPORTANCE_LANDMARK);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		unsigned smallest = importance(1, parts[i], OWNER_PROGRAM);

		assert_true(smallest > least);
		least = smallest;
		assert_true(importance(UINT64_C(1) << 43, parts[i], OWNER_PROGRAM) <
			    IMPORTANCE_END);
	}
	assert_true(importance(1, KIND_RODATA, OWNER_PROGRAM) < IMPORTANCE_LANDMARK);
	assert_true(importance(1, KIND_TEXT, OWNER_LIBRARY) < IMPORTANCE_LANDMARK);
	assert_true(importance(1, KIND_THREAD_STACK, OWNER_OTHER) < IMPORTANCE_LANDMARK);
	/* What only takes up addresses is no landmark, whoever reserved it. */
	assert_true(importance(9, KIND_RESERVE, OWNER_PROGRAM) < IMPORTANCE_LANDMARK);
}

static void a_run_counts_before_its_pieces(void **state)
{
	struct region regions[4];
	const struct region_list pieces = {
		.regions = regions, .count = 4, .user_end = list.user_end, .page_size = PAGE};
	const struct like like = {0, 4, 4};

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		regions[i] = (struct region){.start = i * 64 * PAGE,
					     .end = (i + 1) * 64 * PAGE,
					     .kind = KIND_ANON,
					     .owner = OWNER_OTHER};
	assert_int_equal(importance_of_like(&like, &pieces), 8 * IMPORTANCE_OCTAVE);
	assert_true(importance_of_piece(&regions[0], importance_of(&regions[0], &pieces)) <
		    IMPORTANCE_OCTAVE);
	/* The program as a whole comes before all else. */
	for (unsigned i = 0; i < 4; i++) {
		regions[i].kind = KIND_TEXT;
		regions[i].owner = OWNER_PROGRAM;
	}
	assert_true(importance_of_like(&like, &pieces) >
		    importance(UINT64_C(1) << 43, KIND_STACK, OWNER_PROGRAM));
	assert_int_equal(importance_of_piece(&regions[0], importance_of(&regions[0], &pieces)),
			 importance_of(&regions[0], &pieces));
}

static void the_program_s_own_count_for_more(void **state)
{
	(void)state;
	assert_int_equal(importance(1, KIND_RODATA, OWNER_PROGRAM),
			 importance(64, KIND_RODATA, OWNER_LIBRARY));
}

static void gaps_count_for_little(void **state)
{
	(void)state;
	/* 42 TB rank with some tens of megabytes. */
	assert_true(importance(UINT64_C(10) << 30, KIND_GAP, OWNER_OTHER) <
		    importance((64 << 20) / PAGE, KIND_TEXT, OWNER_LIBRARY));
	assert_true(importance(UINT64_C(10) << 30, KIND_GAP, OWNER_OTHER) >
		    importance((8 << 20) / PAGE, KIND_TEXT, OWNER_LIBRARY));
	/* Less than 4 GB rank with a page. */
	assert_true(importance(UINT64_C(1) << 19, KIND_RESERVE, OWNER_OTHER) <
		    importance(2, KIND_ANON, OWNER_OTHER));
	for (unsigned power = 0; power < 43; power++) {
		assert_true(importance(UINT64_C(1) << (power + 1), KIND_GAP, OWNER_OTHER) >=
			    importance(UINT64_C(1) << power, KIND_GAP, OWNER_OTHER));
		/* At equal size a mapping comes first. */
		assert_true(power < 2 ||
			    importance(UINT64_C(1) << power, KIND_GAP, OWNER_OTHER) <
				    importance(UINT64_C(1) << power, KIND_ANON, OWNER_OTHER));
	}
}

static void above_user_addresses_nothing_is_important(void **state)
{
	const struct region hole = {.start = UINT64_C(1) << 56,
				    .end = UINT64_C(1) << 63,
				    .vma = REGION_GAP,
				    .kind = KIND_GAP,
				    .owner = OWNER_OTHER};

	(void)state;
	assert_int_equal(importance_of(&hole, &list), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twice_the_size_is_an_octave),
		cmocka_unit_test(gaps_are_discounted_exactly),
		cmocka_unit_test(landmarks_come_first),
		cmocka_unit_test(a_run_counts_before_its_pieces),
		cmocka_unit_test(the_program_s_own_count_for_more),
		cmocka_unit_test(gaps_count_for_little),
		cmocka_unit_test(above_user_addresses_nothing_is_important),
	};

	return cmocka_run_group_tests_name("importance", tests, NULL, NULL);
}
