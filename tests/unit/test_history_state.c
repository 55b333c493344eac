/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/history_code.h"
#include "model/history_state.h"

static void a_successor_continues(void **state)
{
	const struct history_vma file = {
		.vma = {.start = 0x1000, .end = 0x3000, .offset = 0x5000, .inode = 7}, .name = 3};
	const struct history_vma anonymous = {.vma = {.start = 0x1000, .end = 0x3000}};
	struct history_vma next = history_vma_successor(&file);

	(void)state;
	assert_int_equal(next.vma.start, 0x3000);
	assert_int_equal(next.vma.end, 0x5000);
	assert_int_equal(next.vma.offset, 0x7000);
	assert_int_equal(next.vma.inode, 7);
	assert_int_equal(next.name, 3);
	assert_int_equal(history_vma_successor(&anonymous).vma.offset, 0);
}

/* A record by hand: time 5, cost 1, comm at 0, two mappings of a page each. */
static void put_record(struct text *records)
{
	struct text body = {0};

	history_delta_put(&body, 0, 5);
	history_delta_put(&body, 0, 1);
	history_number_put(&body, HISTORY_PART_VMAS | HISTORY_PART_COMM);
	history_number_put(&body, 0 + 1);
	history_number_put(&body, 0);
	history_number_put(&body, 0);
	history_number_put(&body, 2);
	history_number_put(&body, HISTORY_VMA_START | HISTORY_VMA_SIZE | HISTORY_VMA_NAME);
	history_delta_put(&body, 0, 0x10000);
	history_delta_put(&body, 0, 0x1000);
	history_number_put(&body, 2);
	history_number_put(&body, HISTORY_VMA_PERMS);
	history_number_put(&body, PERM_READ);
	history_number_put(records, body.length);
	text_append_bytes(records, body.bytes, body.length);
	text_finish(&body);
}

static void applies_a_record(void **state)
{
	static const char names[] = "x\0[heap]";
	struct text records = {0};
	struct history_cursor reader, again;
	struct history_state moment;
	struct address_space *space = NULL;

	(void)state;
	put_record(&records);
	reader = again = (struct history_cursor){records.bytes, records.bytes + records.length};
	history_state_init(&moment);
	history_state_apply(&moment, &reader);
	assert_ptr_equal(reader.at, reader.end);
	assert_true(history_state_size(&moment) >= 2 * sizeof(struct history_vma));
	assert_int_equal(history_state_space(&moment, names, NULL, &space), 0);
	assert_string_equal(space->target.comm, "x");
	assert_null(space->target.exe);
	assert_int_equal(space->cost_ns, 1);
	assert_int_equal(space->vma_count, 2);
	assert_string_equal(space->vmas[1].name, "[heap]");
	assert_int_equal(space->vmas[1].start, 0x11000);
	assert_int_equal(space->vmas[1].end, 0x12000);
	assert_int_equal(space->vmas[1].perms, PERM_READ);
	address_space_destroy(space);
	history_state_clear(&moment);
	assert_int_equal(moment.vma_count, 0);
	assert_true(moment.comm == HISTORY_NO_NAME);
	history_state_apply(&moment, &again);
	assert_int_equal(moment.time_ns, 5);
	assert_int_equal(moment.vmas[1].vma.end, 0x12000);
	history_state_finish(&moment);
	assert_int_equal(history_state_size(&moment), 0);
	text_finish(&records);
}

static void a_bare_state_counts_its_mappings(void **state)
{
	static const char names[] = "x\0[heap]";
	const struct vma vmas[] = {
		{.start = 0x10000, .end = 0x11000, .name = "[heap]"},
		{.start = 0x11000, .end = 0x12000, .name = "[heap]", .perms = PERM_READ},
	};
	struct text records = {0};
	struct history_cursor reader;
	struct history_state moment;
	struct address_space *mappings, *space;

	(void)state;
	put_record(&records);
	reader = (struct history_cursor){records.bytes, records.bytes + records.length};
	history_state_init(&moment);
	moment.bare = true;
	history_state_apply(&moment, &reader);
	assert_ptr_equal(reader.at, reader.end);
	assert_int_equal(moment.vma_count, 2);
	assert_int_equal(history_state_size(&moment), 0);
	assert_int_equal(address_space_create(&(struct target){0}, vmas, 2, 0, 0, &mappings), 0);
	assert_int_equal(history_state_space(&moment, names, mappings, &space), 0);
	assert_string_equal(space->target.comm, "x");
	assert_int_equal(space->time_ns, 5);
	assert_true(address_space_same_list(space, mappings));
	address_space_destroy(space);
	address_space_destroy(mappings);
	history_state_finish(&moment);
	assert_true(moment.bare);
	text_finish(&records);
}

static void what_is_no_space_is_refused(void **state)
{
	struct history_vma vma = {.vma = {.start = 2, .end = 2}};
	struct history_state moment;
	struct address_space *space = NULL;

	(void)state;
	history_state_init(&moment);
	moment.comm = 0;
	moment.vmas = &vma;
	moment.vma_count = 1;
	assert_int_equal(history_state_space(&moment, "x", NULL, &space), -EINVAL);
	assert_null(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_successor_continues),
		cmocka_unit_test(applies_a_record),
		cmocka_unit_test(a_bare_state_counts_its_mappings),
		cmocka_unit_test(what_is_no_space_is_refused),
	};

	return cmocka_run_group_tests_name("history_state", tests, NULL, NULL);
}
