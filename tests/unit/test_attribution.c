/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/attribution.h"
#include "maps_space.h"

#define RW "rw-p 00000000 00:00 0"

static const struct hash_key key = {{5, 6}};
static const struct call_stack stack = {.frames = {0x401000}, .count = 1};

static void renew(struct attribution *attribution, const char *maps)
{
	struct address_space *space = maps_space_create(NULL, maps);

	attribution_renew(attribution, space);
	address_space_destroy(space);
}

static void a_touch_has_the_kind_of_its_mapping(void **state)
{
	struct attribution attribution;
	const struct stack_entry *entry;

	(void)state;
	attribution_init(&attribution, &key);
	renew(&attribution, "5000000-5010000 " RW " [heap]\n");
	attribution_take(&attribution, 0x5000000, &stack, 4096);
	entry = &attribution.stacks.entries[0];
	assert_int_equal(entry->kinds[KIND_HEAP], 4096);
	assert_int_equal(entry->bytes, 4096);
	assert_int_equal(attribution.waiting_count, 0);
	attribution_finish(&attribution);
}

/* A heap that grew since the last snapshot is listed in the next one. */
static void a_touch_in_new_memory_waits(void **state)
{
	struct attribution attribution;
	const struct stack_entry *entry;

	(void)state;
	attribution_init(&attribution, &key);
	attribution_take(&attribution, 0x5000000, &stack, 4096); /* there is no snapshot yet */
	renew(&attribution, "5000000-5010000 " RW " [heap]\n");
	entry = &attribution.stacks.entries[0];
	assert_int_equal(entry->kinds[KIND_HEAP], 4096);
	attribution_take(&attribution, 0x5010000, &stack, 4096);
	attribution_take(&attribution, 0x9000000, &stack, 4096);
	assert_int_equal(attribution.waiting_count, 2);
	assert_int_equal(entry->bytes, 4096);
	renew(&attribution, "5000000-5020000 " RW " [heap]\n");
	assert_int_equal(entry->kinds[KIND_HEAP], 8192);
	assert_int_equal(entry->bytes, 12288); /* one was gone before it was listed */
	attribution_take(&attribution, 0x9000000, &stack, 4096);
	attribution_settle(&attribution);
	assert_int_equal(entry->bytes, 16384);
	attribution_clear(&attribution);
	assert_int_equal(entry->bytes, 0);
	attribution_finish(&attribution);
}

static void what_waits_is_bounded(void **state)
{
	struct attribution attribution;

	(void)state;
	attribution_init(&attribution, &key);
	for (unsigned i = 0; i < 2 * ATTRIBUTION_WAITING; i++)
		attribution_take(&attribution, 0x5000000, &stack, 4096);
	assert_int_equal(attribution.waiting_count, ATTRIBUTION_WAITING);
	assert_int_equal(attribution.stacks.bytes, (uint64_t)ATTRIBUTION_WAITING * 4096);
	attribution_settle(&attribution);
	assert_int_equal(attribution.stacks.bytes, (uint64_t)2 * ATTRIBUTION_WAITING * 4096);
	attribution_finish(&attribution);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_touch_has_the_kind_of_its_mapping),
		cmocka_unit_test(a_touch_in_new_memory_waits),
		cmocka_unit_test(what_waits_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
