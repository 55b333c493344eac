/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/keyed_hash.h"
#include "edited_process.h"
#include "model/history.h"
#include "model/history_moment.h"
#include "model/kept_usage.h"

static const struct hash_key key = {{1, 2}};

static struct address_space *space_at(int64_t seconds, uint64_t pages)
{
	const struct vma vma = {
		.start = 4096, .end = 4096 * (pages + 1), .name = "/lib/x", .perms = PERM_READ};
	struct address_space *space = space_of(&vma, 1);

	space->time_ns = seconds * 1000000000;
	return space;
}

static void add(struct history *history, int64_t seconds, uint64_t pages)
{
	struct address_space *space = space_at(seconds, pages);

	history_add(history, space);
	address_space_destroy(space);
}

static void assert_found(const struct history_excerpt *excerpt, int64_t seconds, uint64_t pages,
			 uint64_t pages_before)
{
	struct address_space *space, *before, *wanted = space_at(seconds, pages);
	struct kept_usage usage;

	assert_int_equal(history_excerpt_get(excerpt, &space, &usage, &before), 0);
	assert_same_space(space, wanted);
	assert_false(usage.known);
	assert_int_equal(pages_before != 0, before != NULL);
	if (before)
		assert_true(before->vmas[0].end == 4096 * (pages_before + 1));
	address_space_destroy(before);
	address_space_destroy(space);
	address_space_destroy(wanted);
}

/* What came after it, and the end of the history, are nothing to it; groups end after 512. */
static void an_excerpt_stands_alone(void **state)
{
	struct history *history = history_create((size_t)1 << 30, &key);
	struct history_excerpt *first, *second, *last, *beyond;

	(void)state;
	add(history, 0, 1);
	add(history, 1, 2);
	first = history_excerpt(history, 0);
	second = history_excerpt(history, 1);
	for (int64_t i = 2; i < 600; i++)
		add(history, i, (uint64_t)i + 1);
	last = history_excerpt(history, 511);
	beyond = history_excerpt(history, 512);
	history_destroy(history);
	assert_found(first, 0, 1, 0);
	assert_found(second, 1, 2, 1);
	assert_found(last, 511, 512, 511);
	assert_found(beyond, 512, 513, 512);
	history_excerpt_destroy(first);
	history_excerpt_destroy(second);
	history_excerpt_destroy(last);
	history_excerpt_destroy(beyond);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_excerpt_stands_alone),
	};

	return cmocka_run_group_tests_name("history_moment", tests, NULL, NULL);
}
