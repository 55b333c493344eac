/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "growth/attribution.h"
#include "growth/fault_pace.h"
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
	/* It is counted once. */
	attribution_settle(&attribution);
	assert_int_equal(entry->bytes, 16384);
	attribution_take(&attribution, 0x9000000, &stack, 4096);
	attribution_clear(&attribution);
	assert_int_equal(entry->bytes, 0);
	/* What waited is forgotten, too. */
	attribution_settle(&attribution);
	assert_int_equal(attribution.stacks.bytes, 0);
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

/* Pages of this program that are in memory. */
static unsigned long resident_pages(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%*u %lu", &pages), 1);
	fclose(file);
	return pages;
}

/*
 * An hour at full rate, each sample of a stack of its own and in another place: what is kept does
 * not become more after the first of it.
 */
static void an_hour_takes_no_more_than_a_minute(void **state)
{
	struct address_space *space = maps_space_create(NULL, "10000000-500000000 rw-p 00000000 "
							      "00:00 0\n");
	struct attribution attribution;
	uint64_t number = 1;
	unsigned long after_a_minute = 0, after_an_hour;

	(void)state;
	attribution_init(&attribution, &key);
	for (int second = 0; second < 3600; second++) {
		if (second % 60 == 0)
			attribution_renew(&attribution, space);
		for (int i = 0; i < FAULT_PACE_SAMPLES; i++) {
			struct call_stack other = {.count = 3};

			number = number * UINT64_C(6364136223846793005) + 1442695040888963407;
			for (uint32_t frame = 0; frame < other.count; frame++)
				other.frames[frame] = number >> frame;
			attribution_take(&attribution,
					 UINT64_C(0x8000000) + (number >> 29) % (UINT64_C(1) << 35),
					 &other, 4096);
		}
		stack_table_step(&attribution.stacks, 1);
		if (second == 60)
			after_a_minute = resident_pages();
	}
	after_an_hour = resident_pages();
	/* The last slots of a table may be touched for the first time later: less than 2 MiB. */
	assert_in_range(after_an_hour, 1, after_a_minute + 512);
	assert_int_equal(attribution.stacks.bytes + 4096 * attribution.waiting_count,
			 UINT64_C(3600) * FAULT_PACE_SAMPLES * 4096);
	attribution_finish(&attribution);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_touch_has_the_kind_of_its_mapping),
		cmocka_unit_test(a_touch_in_new_memory_waits),
		cmocka_unit_test(what_waits_is_bounded),
		cmocka_unit_test(an_hour_takes_no_more_than_a_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
