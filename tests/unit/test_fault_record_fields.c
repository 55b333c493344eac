/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "growth/fault_record.h"
#include "unit/fault_bytes.h"

/* Each field of each sort of record, and what is short of one. */

/* Appends 32-bit numbers from 11 on, and 64-bit ones from 101 on. */
static void make(struct fault_bytes *bytes, uint32_t type, uint16_t misc, uint32_t halves,
		 uint32_t wholes)
{
	fault_bytes_begin(bytes);
	for (uint32_t i = 0; i < halves; i++)
		fault_bytes_u32(bytes, 11 + i);
	for (uint32_t i = 0; i < wholes; i++)
		fault_bytes_u64(bytes, 101 + i);
	fault_bytes_end(bytes, type, misc);
}

static int parse(const struct fault_bytes *bytes, struct fault_record *record)
{
	const struct fault_format plain = {0};

	*record = (struct fault_record){.pid = -9};
	return fault_record_parse(&plain, bytes->bytes, bytes->size, record);
}

static void tasks_have_their_parents(void **state)
{
	static const struct {
		uint32_t type;
		enum fault_record_type is;
	} cases[] = {{PERF_RECORD_FORK, FAULT_RECORD_FORK}, {PERF_RECORD_EXIT, FAULT_RECORD_EXIT}};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		make(&bytes, cases[i].type, 0, 4, 0);
		assert_int_equal(parse(&bytes, &record), 0);
		assert_int_equal(record.type, cases[i].is);
		assert_int_equal(record.pid, 11);
		assert_int_equal(record.parent_pid, 12);
		assert_int_equal(record.tid, 13);
		assert_int_equal(record.parent_tid, 14);
		make(&bytes, cases[i].type, 0, 3, 0);
		assert_int_equal(parse(&bytes, &record), -EBADMSG);
		assert_int_equal(record.pid, -9);
	}
}

static void mappings_have_their_range(void **state)
{
	static const uint32_t types[] = {PERF_RECORD_MMAP, PERF_RECORD_MMAP2};
	struct fault_bytes bytes;
	struct fault_record record;
	uint64_t start;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		make(&bytes, types[i], 0, 2, 2);
		assert_int_equal(parse(&bytes, &record), 0);
		assert_int_equal(record.type, FAULT_RECORD_MAP);
		assert_int_equal(record.pid, 11);
		assert_int_equal(record.tid, 12);
		assert_int_equal(record.start, 101);
		assert_int_equal(record.end, 203);
		/* Up to the end of all addresses, and not beyond. */
		start = UINT64_MAX - 102;
		memcpy(bytes.bytes + 16, &start, sizeof(start));
		assert_int_equal(parse(&bytes, &record), 0);
		assert_true(record.end == UINT64_MAX);
		start++;
		memcpy(bytes.bytes + 16, &start, sizeof(start));
		assert_int_equal(parse(&bytes, &record), -EBADMSG);
	}
}

static void names_tell_of_another_program(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	make(&bytes, PERF_RECORD_COMM, PERF_RECORD_MISC_COMM_EXEC, 2, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_EXEC);
	assert_int_equal(record.pid, 11);
	assert_int_equal(record.tid, 12);
	make(&bytes, PERF_RECORD_COMM, 0, 2, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_OTHER);
	assert_int_equal(record.tid, 12);
}

static void the_others_have_what_they_tell(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	make(&bytes, PERF_RECORD_LOST, 0, 0, 2);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_LOST);
	assert_int_equal(record.id, 101);
	assert_int_equal(record.lost, 102);
	make(&bytes, PERF_RECORD_THROTTLE, 0, 0, 3);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_THROTTLE);
	make(&bytes, 9999, 0, 0, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_OTHER);
	assert_int_equal(record.pid, 0);
	bytes.size--;
	assert_int_equal(parse(&bytes, &record), -EBADMSG);
}

static void a_sample_has_its_fields(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000, 0x402000};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 3, 4, 0x7000, chain, 3);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.pid, 3);
	assert_int_equal(record.tid, 4);
	assert_int_equal(record.time_ns, 1234567);
	assert_int_equal(record.address, 0x7000);
	assert_int_equal(record.id, 77);
	assert_false(record.in_kernel);
	assert_int_equal(record.stack.count, 2);
	assert_int_equal(record.stack.source, CALL_STACK_FRAME_POINTERS);
	assert_null(record.registers);
	assert_null(record.stack_copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks_have_their_parents),
		cmocka_unit_test(mappings_have_their_range),
		cmocka_unit_test(names_tell_of_another_program),
		cmocka_unit_test(the_others_have_what_they_tell),
		cmocka_unit_test(a_sample_has_its_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
