/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "maps_space.h"
#include "model/identity.h"
#include "model/moved.h"

#define RW "rw-p 0 00:00 0 "

/* Of what moved the beginning is kept, as far as both are. */
static void check_kept(const struct identity_trace *trace, const struct vma *vma,
		       const struct vma *other)
{
	const uint64_t size = vma_size(vma), other_size = vma_size(other);

	assert_true(trace->moved);
	assert_int_equal(trace->kept_start, vma->start);
	assert_int_equal(trace->kept_end - vma->start, size < other_size ? size : other_size);
}

/* For each mapping of now: "=" where it stayed, the index of the one that moved, or "-". */
static void expect(const char *before, const char *now, const char *expected)
{
	struct address_space *a = maps_space_create(NULL, before);
	struct address_space *b = maps_space_create(NULL, now);
	struct text text = {0};
	struct identity identity;

	identity_init(&identity, a, b);
	for (size_t i = 0; i < b->vma_count; i++) {
		const struct identity_trace *trace = identity_trace(&identity, IDENTITY_NOW, i);
		uint32_t other = identity_other(&identity, IDENTITY_NOW, i);

		if (other == IDENTITY_NONE) {
			text_append(&text, "- ");
		} else if (!trace || !trace->moved) {
			text_append(&text, "= ");
		} else {
			text_append_format(&text, "%u ", other);
			assert_int_equal(identity_other(&identity, IDENTITY_BEFORE, other), i);
			check_kept(identity_trace(&identity, IDENTITY_BEFORE, other),
				   &a->vmas[other], &b->vmas[i]);
			check_kept(trace, &b->vmas[i], &a->vmas[other]);
		}
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	identity_finish(&identity);
	address_space_destroy(a);
	address_space_destroy(b);
}

static void files(void **state)
{
	(void)state;
	/* A library that was loaded again elsewhere: each of its mappings by its offset. */
	expect("1000-2000 r--p 0 fe:00 9 /a\n2000-3000 r-xp 1000 fe:00 9 /a\n"
	       "3000-4000 rw-p 2000 fe:00 9 /a\n",
	       "11000-12000 r--p 0 fe:00 9 /a\n12000-13000 r-xp 1000 fe:00 9 /a\n"
	       "13000-14000 rw-p 2000 fe:00 9 /a\n",
	       "0 1 2 ");
	/* Another device, place or protection. */
	expect("1000-2000 r--p 0 fe:00 9 /a\n", "5000-6000 r--p 0 fe:01 9 /a\n", "- ");
	expect("1000-2000 r--p 0 fe:00 9 /a\n", "5000-6000 r--p 1000 fe:00 9 /a\n", "- ");
	expect("1000-2000 r--p 0 fe:00 9 /a\n", "5000-6000 rw-p 0 fe:00 9 /a\n", "- ");
	/* The same place mapped twice: the size decides, or nothing does. */
	expect("1000-2000 r--p 0 fe:00 9 /a\n3000-5000 r--p 0 fe:00 9 /a\n",
	       "10000-12000 r--p 0 fe:00 9 /a\n13000-14000 r--p 0 fe:00 9 /a\n", "1 0 ");
	expect("1000-2000 r--p 0 fe:00 9 /a\n3000-4000 r--p 0 fe:00 9 /a\n",
	       "10000-11000 r--p 0 fe:00 9 /a\n13000-14000 r--p 0 fe:00 9 /a\n", "- - ");
	/* Under two names, each of which is mapped once. */
	expect("1000-2000 r--p 0 fe:00 9 /a\n3000-4000 r--p 0 fe:00 9 /b\n",
	       "10000-11000 r--p 0 fe:00 9 /b\n13000-14000 r--p 0 fe:00 9 /a\n", "1 0 ");
	/* What stayed is no candidate, whatever it looks like. */
	expect("1000-2000 r--p 0 fe:00 9 /a\n3000-4000 r--p 0 fe:00 9 /a\n",
	       "1000-2000 r--p 0 fe:00 9 /a\n13000-14000 r--p 0 fe:00 9 /a\n", "= 1 ");
}

static void anonymous_memory(void **state)
{
	(void)state;
	expect("100000-200000 " RW "\n", "800000-900000 " RW "\n", "0 ");
	expect("100000-200000 " RW "\n", "800000-a00000 " RW "\n", "0 ");
	expect("100000-300000 " RW "\n", "800000-900000 " RW "\n", "0 ");
	expect("100000-200000 " RW "[anon:a]\n", "800000-900000 " RW "[anon:a]\n", "0 ");
	expect("100000-200000 " RW "[anon:a]\n", "800000-900000 " RW "[anon:b]\n", "- ");
	expect("100000-200000 " RW "\n", "800000-900000 " RW "\na00000-b00000 " RW "\n", "- - ");
	expect("100000-200000 " RW "\n", "800000-900000 " RW "\na00000-c00000 " RW "\n", "0 - ");
	expect("100000-200000 ---p 0 00:00 0 \n", "800000-900000 ---p 0 00:00 0 \n", "- ");
	expect("5000000-5021000 " RW "[heap]\n", "800000-821000 " RW "\n", "- ");
	expect("", "800000-821000 " RW "\n", "- ");
	/* Of many sorts each is told from the others. */
	for (char a = 'a'; a < 'i'; a++)
		for (char b = 'a'; b < 'i'; b++) {
			char before[64], now[64];

			snprintf(before, sizeof(before), "100000-200000 " RW "[anon:%c]\n", a);
			snprintf(now, sizeof(now), "800000-900000 " RW "[anon:%c]\n", b);
			expect(before, now, a == b ? "0 " : "- ");
		}
}

/* Of a hundred that came and went, each finds its own, by its size. */
static void many(void **state)
{
	struct text before = {0}, now = {0}, expected = {0};

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		text_append_format(&before, "%x-%x " RW "[anon:n%u]\n", 0x100000 + i * 0x100000,
				   0x100000 + i * 0x100000 + 0x1000 * (i + 1), i % 10);
		text_append_format(&now, "%x-%x " RW "[anon:n%u]\n", 0x10100000 + i * 0x100000,
				   0x10100000 + i * 0x100000 + 0x1000 * (100 - i), (99 - i) % 10);
		text_append_format(&expected, "%u ", 99 - i);
	}
	expect(text_string(&before), text_string(&now), text_string(&expected));
	text_finish(&before);
	text_finish(&now);
	text_finish(&expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files),
		cmocka_unit_test(anonymous_memory),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests_name("moved", tests, NULL, NULL);
}
