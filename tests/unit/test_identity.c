/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "identity_pair.h"

#define RW   "rw-p 0 00:00 0 "
#define RO   "r--p 0 00:00 0 "
#define NONE "---p 0 00:00 0 "

static void assert_growth(const struct pair *pair, size_t vma, bool appeared, uint64_t low,
			  uint64_t high)
{
	struct identity_growth growth = identity_growth(&pair->identity, vma);

	assert_int_equal(growth.appeared, appeared);
	assert_int_equal(growth.low, low);
	assert_int_equal(growth.high, high);
}

/* As looking at each mapping finds it. */
static void assert_next_changed(const struct identity *identity)
{
	size_t count = identity->spaces[IDENTITY_NOW]->vma_count;

	for (size_t i = 0; i < count; i++) {
		size_t next = i;

		while (next < count && !identity_trace(identity, IDENTITY_NOW, next))
			next++;
		assert_true(identity_next_changed(identity, i) == (next < count ? next : SIZE_MAX));
	}
}

static void what_is_new_of_a_mapping(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair,
		  "2000-3000 " RW "\n8000-9000 " RO "\na0000-c0000 " RW
		  "\ne0000-e9000 r--p 0 fe:00 9 /a\n",
		  "1000-5000 " RW "\n8000-9000 " RW "\na0000-b0000 " RW "\nd0000-d1000 " RO
		  "\nf0000-fa000 r--p 0 fe:00 9 /a\n");
	assert_growth(&pair, 0, false, 0x1000, 0x2000);
	assert_growth(&pair, 1, false, 0, 0);
	assert_growth(&pair, 2, false, 0, 0);
	assert_growth(&pair, 3, true, 0, 0);
	/* What mremap(2) adds is at the end. */
	assert_growth(&pair, 4, false, 0, 0x1000);
	assert_true(identity_trace(&pair.identity, IDENTITY_NOW, 4)->moved);
	assert_int_equal(identity_other(&pair.identity, IDENTITY_NOW, 4), 3);
	assert_int_equal(identity_other(&pair.identity, IDENTITY_BEFORE, 3), 4);
	assert_next_changed(&pair.identity);
	pair_finish(&pair);
	/* What is as it was, gone, new, and as it was at the end. */
	pair_init(&pair, "1000-2000 " RW "\n3000-4000 " RO "\n5000-6000 " RW "\n9000-a000 " RO "\n",
		  "1000-2000 " RW "\n5000-6000 " RW "\n7000-8000 " RO "\n9000-a000 " RO "\n");
	assert_next_changed(&pair.identity);
	pair_finish(&pair);
}

static void a_list_is_as_it_is(void **state)
{
	struct identity identity;
	struct pair pair;
	struct address_space *same;

	(void)state;
	pair_init(&pair, "1000-5000 " RW "\n8000-9000 " RO "\n", "1000-5000 " RW "\n");
	same = address_space_copy(pair.before);
	identity_init(&identity, pair.before, same);
	assert_false(identity.other_program);
	assert_next_changed(&identity);
	assert_true(identity_next_changed(&identity, 0) == SIZE_MAX);
	assert_int_equal(identity_delta(&identity, 1), 0);
	assert_int_equal(identity_other(&identity, IDENTITY_NOW, 1), 1);
	identity_finish(&identity);
	address_space_destroy(same);
	pair_finish(&pair);
}

static void assert_had(const struct pair *pair, size_t vma, uint64_t had)
{
	assert_int_equal(identity_trace(&pair->identity, IDENTITY_NOW, vma)->had, had);
}

static void what_a_mapping_had(void **state)
{
	struct pair pair;

	(void)state;
	/* It lost one end and gained as much at the other. */
	pair_init(&pair, "1000-4000 " RW "\n", "2000-5000 " RW "\n");
	assert_had(&pair, 0, 0x3000);
	assert_int_equal(identity_delta(&pair.identity, 0), 0);
	pair_finish(&pair);
	/* A hole counts for the first of what is left. */
	pair_init(&pair, "1000-9000 " RW "\n", "1000-2000 " RW "\n8000-9000 " RW "\n");
	assert_had(&pair, 0, 0x7000);
	assert_int_equal(identity_delta(&pair.identity, 0), -0x6000);
	assert_had(&pair, 1, 0x1000);
	pair_finish(&pair);
	/* It had all of both that it was made of, but not the hole. */
	pair_init(&pair, "1000-2000 " RW "\n8000-9000 " RO "\n", "1000-9000 " RW "\n");
	assert_had(&pair, 0, 0x2000);
	assert_int_equal(identity_delta(&pair.identity, 0), 0x6000);
	pair_finish(&pair);
	pair_init(&pair, "100000-200000 " RW "\n", "700000-900000 " RW "\n");
	assert_had(&pair, 0, 0x100000);
	pair_finish(&pair);
}

/* The mapping without what others took of it. */
static void assert_range(const struct pair *pair, enum identity_side side, size_t vma,
			 uint64_t start, uint64_t end)
{
	const struct identity_trace *trace = identity_trace(&pair->identity, side, vma);

	assert_int_equal(trace->start, start);
	assert_int_equal(trace->end, end);
}

static void a_border_shifts(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, "100000-110000 " RW "\n110000-200000 " NONE "\n",
		  "100000-140000 " RW "\n140000-200000 " NONE "\n");
	assert_int_equal(pair.identity.piece_count, 3);
	assert_true(pair.identity.pieces[1].same && pair.identity.pieces[1].shifted);
	assert_growth(&pair, 0, false, 0, 0x30000);
	assert_growth(&pair, 1, false, 0, 0);
	assert_had(&pair, 0, 0x10000);
	assert_had(&pair, 1, 0xf0000);
	assert_range(&pair, IDENTITY_BEFORE, 0, 0x100000, 0x110000);
	assert_range(&pair, IDENTITY_BEFORE, 1, 0x140000, 0x200000);
	assert_range(&pair, IDENTITY_NOW, 0, 0x100000, 0x140000);
	pair_finish(&pair);
	/* All that was reserved, and more. */
	pair_init(&pair, "1000000-1010000 " RW "\n1010000-2000000 " NONE "\n",
		  "1000000-2010000 " RW "\n");
	assert_growth(&pair, 0, false, 0, 0x1000000);
	assert_had(&pair, 0, 0x10000);
	pair_finish(&pair);
	/* A guard was opened: that is no growth. */
	pair_init(&pair, "100000-101000 " NONE "\n101000-200000 " RW "\n",
		  "100000-200000 " RW "\n");
	assert_growth(&pair, 0, false, 0, 0);
	assert_had(&pair, 0, 0x100000);
	pair_finish(&pair);
}

static void borders_shift_on_all_sides(void **state)
{
	struct pair pair;

	(void)state;
	/* From above, and from both sides. */
	pair_init(&pair, "100000-200000 " NONE "\n200000-210000 " RW "\n",
		  "100000-1f0000 " NONE "\n1f0000-210000 " RW "\n");
	assert_range(&pair, IDENTITY_BEFORE, 0, 0x100000, 0x1f0000);
	assert_growth(&pair, 1, false, 0x10000, 0);
	pair_finish(&pair);
	pair_init(&pair,
		  "100000-110000 " RW "\n110000-200000 " NONE "\n200000-210000 r--p 0 00:00 0\n",
		  "100000-120000 " RW "\n120000-1f0000 " NONE "\n1f0000-210000 r--p 0 00:00 0\n");
	assert_range(&pair, IDENTITY_BEFORE, 1, 0x120000, 0x1f0000);
	assert_growth(&pair, 0, false, 0, 0x10000);
	assert_growth(&pair, 2, false, 0x10000, 0);
	pair_finish(&pair);
	/* Also above something else that grew, and two at once. */
	pair_init(&pair,
		  "1000-2000 " RW "\n100000-110000 " RW "\n110000-200000 " NONE "\n"
		  "300000-310000 " RW "\n310000-400000 " NONE "\n",
		  "1000-3000 " RW "\n100000-140000 " RW "\n140000-200000 " NONE "\n"
		  "300000-320000 " RW "\n320000-400000 " NONE "\n");
	assert_growth(&pair, 0, false, 0, 0x1000);
	assert_growth(&pair, 1, false, 0, 0x30000);
	assert_growth(&pair, 2, false, 0, 0);
	assert_growth(&pair, 3, false, 0, 0x10000);
	assert_had(&pair, 1, 0x10000);
	assert_had(&pair, 2, 0xf0000);
	assert_had(&pair, 3, 0x10000);
	assert_had(&pair, 4, 0xf0000);
	assert_int_equal(identity_delta(&pair.identity, 3), 0x10000);
	pair_finish(&pair);
}

static void what_is_as_it_was_has_no_trace(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, "1000-2000 " RW "\n3000-4000 " RW "\n5000-6000 " RO "\n7000-8000 " RO "\n",
		  "3000-4000 " RW "\n4000-5000 " RO "\n5000-6000 " RO "\n7000-8000 " RO "\n"
		  "9000-a000 " RW "\n");
	assert_null(identity_trace(&pair.identity, IDENTITY_NOW, 0));
	assert_non_null(identity_trace(&pair.identity, IDENTITY_NOW, 1));
	assert_null(identity_trace(&pair.identity, IDENTITY_NOW, 3));
	/* Its index is another one. */
	assert_int_equal(identity_other(&pair.identity, IDENTITY_NOW, 0), 1);
	assert_int_equal(identity_other(&pair.identity, IDENTITY_BEFORE, 1), 0);
	assert_int_equal(identity_other(&pair.identity, IDENTITY_NOW, 1), IDENTITY_NONE);
	assert_int_equal(identity_other(&pair.identity, IDENTITY_NOW, 3), 3);
	assert_growth(&pair, 0, false, 0, 0);
	assert_int_equal(identity_delta(&pair.identity, 0), 0);
	assert_int_equal(identity_new_bytes(&pair.identity, 0, 0x3000, 0x4000), 0);
	assert_int_equal(identity_new_bytes(&pair.identity, 1, 0x4000, 0x5000), 0x1000);
	pair_finish(&pair);
}

static void nothing_stays_of_another_program(void **state)
{
	struct target target = maps_space_target();
	struct pair pair;

	(void)state;
	target.start_stack += 16;
	pair.before = maps_space_create(NULL, "1000-2000 " RW "\n");
	pair.now = maps_space_create(&target, "1000-2000 " RW "\n3000-4000 " RW "\n");
	identity_init(&pair.identity, pair.before, pair.now);
	assert_true(pair.identity.other_program);
	assert_int_equal(pair.identity.piece_count, 0);
	assert_growth(&pair, 0, true, 0, 0);
	assert_growth(&pair, 1, true, 0, 0);
	assert_had(&pair, 0, 0);
	pair_finish(&pair);
}

/* Both have the same mappings. An unknown value does not count as a difference. */
static bool is_other(struct target before, struct target now)
{
	struct pair pair;
	bool other;

	pair.before = maps_space_create(&before, "1000-2000 " RW "\n");
	pair.now = maps_space_create(&now, "1000-2000 " RW "\n3000-4000 " RW "\n");
	identity_init(&pair.identity, pair.before, pair.now);
	other = pair.identity.other_program;
	pair_finish(&pair);
	return other;
}

static void numbers_of_a_process_tell_programs_apart(void **state)
{
	const struct target target = maps_space_target();
	struct target other = target;

	(void)state;
	assert_false(is_other(target, target));
	other.pid++;
	assert_true(is_other(target, other));
	other = target;
	other.start_ticks++;
	assert_true(is_other(target, other));
	other = target;
	other.start_stack += 16;
	assert_true(is_other(target, other));
	other.start_stack = 0;
	assert_false(is_other(target, other));
	assert_false(is_other(other, target));
	other = target;
	other.start_brk += 16;
	assert_true(is_other(target, other));
	other.start_brk = 0;
	assert_false(is_other(target, other));
}

/* A new name proves nothing while a file stays where it was; where none did, it does. */
static void a_file_that_stayed_is_the_same_program(void **state)
{
	static const char *const files[] = {"1000-2000 r--p 0 fe:00 9 /a\n",
					    "1000-2000 r--p 0 fe:00 8 /b\n"};
	struct target target = maps_space_target();
	struct pair pair;

	(void)state;
	target.comm = "y";
	target.exe = "/bin/y";
	for (int i = 0; i < 2; i++) {
		pair.before = maps_space_create(NULL, files[0]);
		pair.now = maps_space_create(&target, files[i]);
		identity_init(&pair.identity, pair.before, pair.now);
		assert_int_equal(pair.identity.other_program, i == 1);
		pair_finish(&pair);
	}
}

/* One of the files stayed, wherever it lies among what did not. */
static void any_file_that_stayed_will_do(void **state)
{
	static const char *const lists[] = {
		"1000-2000 r--p 0 fe:00 1 /a\n5000-6000 r--p 0 fe:00 9 /c\n",
		"1000-2000 r--p 0 fe:00 2 /b\n5000-6000 r--p 0 fe:00 9 /c\n",
		"1000-2000 r--p 0 fe:00 1 /a\n5000-6000 r--p 0 fe:00 9 /c\n8000-9000 " RW "\n",
		"1000-2000 r--p 0 fe:00 2 /b\n5000-6000 r--p 0 fe:00 9 /c\n8000-9000 " RO "\n",
		/* Grown, it is another mapping and the same file. */
		"1000-2000 r--p 0 fe:00 1 /a\n5000-6000 r--p 0 fe:00 9 /c\n",
		"1000-2000 r--p 0 fe:00 2 /b\n5000-7000 r--p 0 fe:00 9 /c\n",
		/* What has no file proves nothing. */
		"1000-2000 r--p 0 fe:00 1 /a\n5000-6000 " RW "\n",
		"1000-2000 r--p 0 fe:00 2 /b\n5000-6000 " RW "\n",
	};
	struct target target = maps_space_target();
	struct pair pair;

	(void)state;
	target.start_stack = target.start_brk = 0;
	target.exe = "/bin/y";
	for (int i = 0; i < 4; i++) {
		pair.before = maps_space_create(NULL, lists[2 * i]);
		pair.now = maps_space_create(&target, lists[2 * i + 1]);
		identity_init(&pair.identity, pair.before, pair.now);
		assert_int_equal(pair.identity.other_program, i == 3);
		pair_finish(&pair);
	}
}

static uint64_t new_bytes(const struct pair *pair, uint64_t start, uint64_t end)
{
	return identity_new_bytes(&pair->identity, 0, start, end);
}

/* Of any range of a mapping that grew at both ends, and around what was reserved before. */
static void what_is_new_of_a_range(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, "3000-5000 " RW "\n", "1000-8000 " RW "\n");
	assert_int_equal(new_bytes(&pair, 0x1000, 0x8000), 0x5000);
	assert_int_equal(new_bytes(&pair, 0x3000, 0x5000), 0);
	assert_int_equal(new_bytes(&pair, 0x4000, 0x5000), 0);
	assert_int_equal(new_bytes(&pair, 0x1000, 0x3000), 0x2000);
	assert_int_equal(new_bytes(&pair, 0x2000, 0x4000), 0x1000);
	assert_int_equal(new_bytes(&pair, 0x4000, 0x6000), 0x1000);
	assert_int_equal(new_bytes(&pair, 0x6000, 0x6000), 0);
	pair_finish(&pair);
	pair_init(&pair, "100000-110000 " RW "\n110000-200000 " NONE "\n",
		  "100000-140000 " RW "\n140000-200000 " NONE "\n");
	assert_int_equal(new_bytes(&pair, 0x100000, 0x140000), 0x30000);
	assert_int_equal(new_bytes(&pair, 0x110000, 0x120000), 0x10000);
	assert_int_equal(identity_new_bytes(&pair.identity, 1, 0x140000, 0x200000), 0);
	pair_finish(&pair);
	/* It has moved: it is as new as it was. */
	pair_init(&pair, "e0000-e9000 r--p 0 fe:00 9 /a\n", "f0000-f9000 r--p 0 fe:00 9 /a\n");
	assert_true(identity_trace(&pair.identity, IDENTITY_NOW, 0)->moved);
	assert_int_equal(new_bytes(&pair, 0xf0000, 0xf9000), 0);
	pair_finish(&pair);
}

/* Where one of the lists is empty, names prove nothing. */
static void of_nothing_no_program_is_known(void **state)
{
	static const char *const lists[] = {"", "1000-2000 r--p 0 fe:00 9 /a\n"};
	struct target target = maps_space_target();
	struct pair pair;

	(void)state;
	target.comm = "y";
	target.exe = "/bin/y";
	for (int i = 0; i < 3; i++) {
		pair.before = maps_space_create(NULL, lists[i & 1]);
		pair.now = maps_space_create(&target, lists[i >> 1]);
		identity_init(&pair.identity, pair.before, pair.now);
		assert_false(pair.identity.other_program);
		pair_finish(&pair);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_new_of_a_mapping),
		cmocka_unit_test(a_list_is_as_it_is),
		cmocka_unit_test(what_a_mapping_had),
		cmocka_unit_test(a_border_shifts),
		cmocka_unit_test(borders_shift_on_all_sides),
		cmocka_unit_test(what_is_as_it_was_has_no_trace),
		cmocka_unit_test(a_file_that_stayed_is_the_same_program),
		cmocka_unit_test(any_file_that_stayed_will_do),
		cmocka_unit_test(nothing_stays_of_another_program),
		cmocka_unit_test(numbers_of_a_process_tell_programs_apart),
		cmocka_unit_test(what_is_new_of_a_range),
		cmocka_unit_test(of_nothing_no_program_is_known),
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
