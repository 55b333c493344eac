/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "maps_space.h"
#include "model/growers.h"
#include "model/identity.h"

#define RW   "rw-p 0 00:00 0 "
#define NONE "---p 0 00:00 0 "

static void measure(struct growers *growers, const struct address_space *baseline,
		    const struct address_space *now, size_t most)
{
	struct identity identity;

	identity_init(&identity, baseline, now);
	growers_init(growers, &identity, most);
	identity_finish(&identity);
}

static void describe(struct text *text, const struct growers_entry *entry)
{
	if (entry->count)
		text_append_format(text, "%" PRIu32 " x ", entry->count);
	text_append_format(text, "%s %" PRIx64 "-%" PRIx64 " %" PRIx64 " %c%" PRIx64 " %d\n",
			   kind_name((enum kind)entry->kind), entry->start, entry->end, entry->size,
			   entry->delta < 0 ? '-' : '+',
			   entry->delta < 0 ? -(uint64_t)entry->delta : (uint64_t)entry->delta,
			   (int)entry->vma);
}

/* "KIND START-END SIZE DELTA INDEX" a line, kinds first. */
static void expect_of(const struct target *target, const char *mark, const char *now, size_t most,
		      const char *expected)
{
	struct address_space *a = maps_space_create(NULL, mark);
	struct address_space *b = maps_space_create(target, now);
	struct text text = {0};
	struct growers growers;

	measure(&growers, a, b, most);
	for (size_t i = 0; i < growers.kind_count; i++)
		describe(&text, &growers.kinds[i]);
	text_append(&text, "--\n");
	for (size_t i = 0; i < growers.mapping_count; i++)
		describe(&text, &growers.mappings[i]);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	growers_finish(&growers);
	assert_int_equal(growers.kind_count + growers.mapping_count, 0);
	address_space_destroy(a);
	address_space_destroy(b);
}

static void expect(const char *mark, const char *now, const char *expected)
{
	expect_of(NULL, mark, now, 100, expected);
}

static void the_greatest_first(void **state)
{
	(void)state;
	expect("100000-200000 " RW "\n5000000-5021000 " RW "[heap]\n"
	       "7000000-7001000 r--p 0 fe:00 9 /a\n8000000-8009000 rw-s 0 fe:00 8 /b\n",
	       "100000-210000 " RW "\n5000000-5042000 " RW "[heap]\n"
	       "6000000-6010000 " RW "\n7000000-7001000 r--p 0 fe:00 9 /a\n"
	       "8000000-8001000 rw-s 0 fe:00 8 /b\n",
	       "heap 0-0 42000 +21000 -1\n"
	       "anon 0-0 120000 +20000 -1\n"
	       "file 0-0 2000 -8000 -1\n"
	       "--\n"
	       "heap 5000000-5042000 42000 +21000 1\n"
	       "anon 100000-210000 110000 +10000 0\n"
	       "anon 6000000-6010000 10000 +10000 2\n");
}

static void nothing_grew(void **state)
{
	(void)state;
	expect("100000-200000 " RW "\n", "100000-200000 " RW "\n", "--\n");
	expect("", "", "--\n");
	expect("100000-200000 " RW "\n", "", "anon 0-0 0 -100000 -1\n--\n");
	/* Protection and place are no growth, and neither is a part cut out. */
	expect("100000-200000 " RW "\n", "100000-200000 r-xp 0 00:00 0 \n",
	       "jit 0-0 100000 +100000 -1\nanon 0-0 0 -100000 -1\n--\n");
	expect("100000-200000 " RW "\n", "900000-a00000 " RW "\n", "--\n");
	expect("100000-200000 " RW "\n", "100000-140000 " RW "\n190000-200000 " RW "\n",
	       "anon 0-0 b0000 -50000 -1\n--\n");
}

static void an_arena_grew(void **state)
{
	(void)state;
	expect("100000-110000 " RW "\n110000-900000 " NONE "\n",
	       "100000-140000 " RW "\n140000-900000 " NONE "\n",
	       "anon 0-0 40000 +30000 -1\nreserve 0-0 7c0000 -30000 -1\n--\n"
	       "anon 100000-140000 40000 +30000 0\n");
}

/* What it gave back was reserved before, too: its reservation is the same, and did not grow. */
static void an_arena_shrank(void **state)
{
	(void)state;
	expect("100000-140000 " RW "\n140000-900000 " NONE "\n",
	       "100000-110000 " RW "\n110000-900000 " NONE "\n",
	       "reserve 0-0 7f0000 +30000 -1\nanon 0-0 10000 -30000 -1\n--\n");
	expect("100000-140000 " RW "\n140000-900000 " NONE "\n",
	       "100000-110000 " RW "\n110000-a00000 " NONE "\n",
	       "reserve 0-0 8f0000 +130000 -1\nanon 0-0 10000 -30000 -1\n--\n"
	       "reserve 110000-a00000 8f0000 +100000 1\n");
}

static void more_than_63_bits_hold_is_the_most_of_them(void **state)
{
	struct growers growers;
	struct address_space *a = maps_space_create(NULL, "");
	struct address_space *b = maps_space_create(
		NULL, "0-2000000000000000 " RW "\n3000000000000000-5000000000000000 " RW
		      "\n6000000000000000-8000000000000000 " RW
		      "\n9000000000000000-b000000000000000 " RW "\n");

	(void)state;
	measure(&growers, a, b, 10);
	assert_int_equal(growers.mapping_count, 1);
	assert_int_equal(growers.mappings[0].count, 4);
	assert_true(growers.mappings[0].size == UINT64_C(1) << 63);
	assert_true(growers.mappings[0].delta == INT64_MAX);
	growers_finish(&growers);
	address_space_destroy(a);
	address_space_destroy(b);
}

static void at_most_so_many(void **state)
{
	(void)state;
	expect_of(NULL, "", "100000-110000 " RW "\n200000-230000 " RW "\n300000-320000 " RW "\n", 2,
		  "anon 0-0 60000 +60000 -1\n--\n"
		  "anon 200000-230000 30000 +30000 1\nanon 300000-320000 20000 +20000 2\n");
	expect_of(NULL, "", "100000-110000 " RW "\n", 0, "--\n");
}

static void all_is_new_after_exec(void **state)
{
	struct target target = maps_space_target();

	(void)state;
	target.start_stack += 0x1000;
	expect_of(&target, "100000-120000 " RW "\n", "100000-110000 " RW "\n", 9,
		  "anon 0-0 10000 +10000 -1\n--\nanon 100000-110000 10000 +10000 0\n");
}

/* New mappings of one size are one entry, wherever they lie; what merely grew stays by itself. */
static void new_ones_that_are_alike_are_a_group(void **state)
{
	struct address_space *before =
		maps_space_create(NULL, "100000-110000 " RW "\n5000000-5021000 " RW "[heap]\n");
	struct address_space *now = maps_space_create(
		NULL, "100000-140000 " RW "\n200000-240000 " RW "\n300000-340000 " RW "\n"
		      "5000000-5022000 " RW "[heap]\n"
		      "f000000-f040000 " RW "\n1f000000-1f040000 " RW "\n"
		      "2f000000-2f050000 " RW "\n");
	struct growers growers;
	struct text text = {0};

	(void)state;
	measure(&growers, before, now, 3);
	for (size_t i = 0; i < growers.mapping_count; i++)
		describe(&text, &growers.mappings[i]);
	text_append(&text, "members\n");
	for (size_t i = 0; i < growers.member_count; i++)
		describe(&text, &growers.members[i]);
	assert_string_equal(text_string(&text), "4 x anon 200000-240000 100000 +100000 1\n"
						"anon 2f000000-2f050000 50000 +50000 6\n"
						"anon 100000-140000 40000 +30000 0\n"
						"members\n"
						"anon 200000-240000 40000 +40000 1\n"
						"anon 300000-340000 40000 +40000 2\n"
						"anon f000000-f040000 40000 +40000 4\n");
	assert_int_equal(growers.mappings[0].member, 0);
	assert_int_equal(growers.mappings[0].member_count, 3);
	assert_int_equal(growers.mappings[0].each, 0x40000);
	text_finish(&text);
	growers_finish(&growers);
	address_space_destroy(before);
	address_space_destroy(now);
}

/* Else a list of new threads is half a list of guards. */
static void a_guard_is_part_of_what_it_appears_with(void **state)
{
	(void)state;
	expect("100000-110000 " RW "\n7001000-7002000 " RW "\n",
	       "100000-110000 " RW "\n"
	       "110000-111000 " NONE "\n"
	       "5000000-5001000 " NONE "\n5001000-5801000 " RW "\n"
	       "5801000-5802000 " NONE "\n5802000-6002000 " RW "\n"
	       "7000000-7001000 " NONE "\n7001000-7002000 " RW "\n",
	       "anon 0-0 1011000 +1000000 -1\nguard 0-0 4000 +4000 -1\n--\n"
	       "anon 5001000-5801000 800000 +800000 3\n"
	       "anon 5802000-6002000 800000 +800000 5\n"
	       /* These came to what was there already. */
	       "guard 110000-111000 1000 +1000 1\nguard 7000000-7001000 1000 +1000 6\n");
}

/* What a runtime's heap gained is one entry, also where pieces of it grew. */
/* What is no guard is none for being beside something new, and one that grew is not new. */
static void what_appears_side_by_side_is_told(void **state)
{
	(void)state;
	expect("", "300000-310000 " RW "\n310000-314000 r--p 0 fe:00 9 /a\n",
	       "anon 0-0 10000 +10000 -1\n"
	       "file 0-0 4000 +4000 -1\n"
	       "--\n"
	       "anon 300000-310000 10000 +10000 0\n"
	       "file 310000-314000 4000 +4000 1\n");
	expect("301000-302000 " NONE "\n302000-310000 " RW "\n",
	       "2f0000-300000 " RW "\n300000-302000 " NONE "\n302000-310000 " RW "\n",
	       "anon 0-0 1e000 +10000 -1\n"
	       "guard 0-0 2000 +1000 -1\n"
	       "--\n"
	       "anon 2f0000-300000 10000 +10000 0\n"
	       "guard 300000-302000 2000 +1000 1\n");
}

static void a_runtime_is_a_group(void **state)
{
	struct address_space *before = maps_space_create(NULL, "100000-110000 " RW "\n");
	struct address_space *now =
		maps_space_create(NULL, "100000-118000 " RW "\n200000-210000 " RW "\n");
	struct growers growers;

	(void)state;
	((struct vma *)now->vmas)[0].runtime = RUNTIME_V8;
	((struct vma *)now->vmas)[1].runtime = RUNTIME_V8;
	measure(&growers, before, now, 100);
	assert_int_equal(growers.mapping_count, 1);
	assert_int_equal(growers.mappings[0].count, 2);
	assert_int_equal(growers.mappings[0].delta, 0x18000);
	assert_int_equal(growers.mappings[0].size, 0x28000);
	assert_int_equal(growers.mappings[0].each, 0);
	growers_finish(&growers);
	address_space_destroy(before);
	address_space_destroy(now);
}

/* A mapping of each kind, of so many pages and as many more as its kind's number. */
static struct address_space *space_of_kinds(uint64_t pages, bool more)
{
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	struct vma vmas[KIND_GAP];
	struct address_space *space;

	for (unsigned kind = 0; kind < KIND_GAP; kind++)
		vmas[kind] = (struct vma){.start = (kind + 1) * UINT64_C(0x100000),
					  .end = (kind + 1) * UINT64_C(0x100000) +
						 4096 * (pages + (more ? kind + 1 : 0)),
					  .name = "",
					  .kind = (uint8_t)kind};
	assert_int_equal(address_space_create(&target, vmas, KIND_GAP, 1, 0, &space), 0);
	return space;
}

static void each_kind_is_added_up(void **state)
{
	struct address_space *before = space_of_kinds(2, false), *now = space_of_kinds(2, true);
	struct growers growers;

	(void)state;
	measure(&growers, before, now, 100);
	assert_int_equal(growers.kind_count, KIND_GAP);
	for (size_t i = 0; i < growers.kind_count; i++) {
		const struct growers_entry *entry = &growers.kinds[i];

		assert_int_equal(entry->kind, KIND_GAP - 1 - i);
		assert_int_equal(entry->delta, 4096 * (KIND_GAP - (int64_t)i));
		assert_int_equal(entry->size, 4096 * (2 + KIND_GAP - i));
		assert_true(entry->vma == UINT32_MAX);
	}
	growers_finish(&growers);
	measure(&growers, before, now, 3);
	assert_int_equal(growers.kind_count, 3);
	assert_int_equal(growers.mapping_count, 3);
	growers_finish(&growers);
	measure(&growers, now, now, 3);
	assert_int_equal(growers.kind_count, 0);
	assert_int_equal(growers.mapping_count, 0);
	growers_finish(&growers);
	address_space_destroy(before);
	address_space_destroy(now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_ones_that_are_alike_are_a_group),
		cmocka_unit_test(a_guard_is_part_of_what_it_appears_with),
		cmocka_unit_test(what_appears_side_by_side_is_told),
		cmocka_unit_test(a_runtime_is_a_group),
		cmocka_unit_test(the_greatest_first),
		cmocka_unit_test(nothing_grew),
		cmocka_unit_test(an_arena_grew),
		cmocka_unit_test(an_arena_shrank),
		cmocka_unit_test(more_than_63_bits_hold_is_the_most_of_them),
		cmocka_unit_test(at_most_so_many),
		cmocka_unit_test(all_is_new_after_exec),
		cmocka_unit_test(each_kind_is_added_up),
	};

	return cmocka_run_group_tests_name("growers", tests, NULL, NULL);
}
