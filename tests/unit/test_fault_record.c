/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "growth/fault_record.h"
#include "unit/fault_bytes.h"

static const struct fault_format plain = {0};

static int parse(const struct fault_bytes *bytes, struct fault_record *ret_record)
{
	return fault_record_parse(&plain, bytes->bytes, bytes->size, ret_record);
}

static void a_sample_has_its_user_frames(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_KERNEL,
				  0xffffffff81000000,
				  (uint64_t)PERF_CONTEXT_USER,
				  0x401000,
				  0x401100,
				  0x401200};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 12, 13, 0x7f0000001000, chain, 6);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_SAMPLE);
	assert_int_equal(record.pid, 12);
	assert_int_equal(record.tid, 13);
	assert_int_equal(record.time_ns, 1234567);
	assert_true(record.address == 0x7f0000001000);
	assert_int_equal(record.id, 77);
	assert_false(record.in_kernel);
	assert_int_equal(record.stack.count, 3);
	assert_int_equal(record.stack.source, CALL_STACK_FRAME_POINTERS);
	assert_int_equal(record.stack.frames[0], 0x401000);
	assert_int_equal(record.stack.frames[2], 0x401200);
	assert_null(record.registers);
	assert_null(record.stack_copy);
}

/* All from PERF_CONTEXT_MAX on are no addresses, but say of what those are that follow. */
static void markers_are_no_frames(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000,
				  (uint64_t)PERF_CONTEXT_MAX,  0x402000,
				  (uint64_t)PERF_CONTEXT_USER, (uint64_t)PERF_CONTEXT_MAX - 1};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 12, 12, 0x1000, chain, 6);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.stack.count, 2);
	assert_true(record.stack.frames[0] == 0x401000);
	assert_true(record.stack.frames[1] == (uint64_t)PERF_CONTEXT_MAX - 1);
}

static void one_frame_rests_on_the_address_alone(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 12, 12, 0x1000, chain, 2);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.stack.count, 1);
	assert_int_equal(record.stack.source, CALL_STACK_ADDRESS);
}

static void a_deep_chain_is_cut_off(void **state)
{
	uint64_t chain[100] = {(uint64_t)PERF_CONTEXT_USER};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	for (uint64_t i = 1; i < 100; i++)
		chain[i] = 0x400000 + i;
	fault_bytes_sample(&bytes, 1, 1, 0x1000, chain, 100);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.stack.count, CALL_STACK_FRAMES_MAX);
	assert_int_equal(record.stack.frames[0], 0x400001);
}

static void a_chain_longer_than_its_record_is_refused(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000},
		       counts[] = {3, 1ULL << 61, UINT64_MAX};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		fault_bytes_sample(&bytes, 1, 1, 0x1000, chain, 2);
		memcpy(bytes.bytes + bytes.size - 24, &counts[i], sizeof(counts[i]));
		assert_int_equal(parse(&bytes, &record), -EBADMSG);
	}
}

/* Cut anywhere, with the size that it then has: none of it is read beyond its end. */
static void a_cut_record_is_refused(void **state)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000};
	struct fault_bytes bytes, cut;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 1, 1, 0x1000, chain, 2);
	for (size_t size = 0; size < bytes.size; size++) {
		cut = bytes;
		cut.size = size;
		assert_int_equal(parse(&cut, &record), -EBADMSG);
		if (size < sizeof(struct perf_event_header))
			continue;
		fault_bytes_end(&cut, PERF_RECORD_SAMPLE, PERF_RECORD_MISC_USER);
		assert_int_equal(parse(&cut, &record), -EBADMSG);
	}
}

static void registers_and_stack_are_in_the_record(void **state)
{
	const struct fault_format copies = {.registers = 2};
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000};
	struct fault_bytes bytes;
	struct fault_record record;
	uint64_t value;

	(void)state;
	fault_bytes_sample(&bytes, 1, 1, 0x1000, chain, 2);
	fault_bytes_u64(&bytes, PERF_SAMPLE_REGS_ABI_64);
	fault_bytes_u64(&bytes, 0x11);
	fault_bytes_u64(&bytes, 0x22);
	fault_bytes_u64(&bytes, 16);
	fault_bytes_u64(&bytes, 0x33);
	fault_bytes_u64(&bytes, 0x44);
	fault_bytes_u64(&bytes, 8); /* of 16 bytes only 8 were filled */
	fault_bytes_end(&bytes, PERF_RECORD_SAMPLE, PERF_RECORD_MISC_USER);
	assert_int_equal(fault_record_parse(&copies, bytes.bytes, bytes.size, &record), 0);
	memcpy(&value, record.registers + 8, sizeof(value));
	assert_int_equal(value, 0x22);
	assert_int_equal(record.stack_size, 8);
	memcpy(&value, record.stack_copy, sizeof(value));
	assert_int_equal(value, 0x33);
	value = 17; /* more than there is room for */
	memcpy(bytes.bytes + bytes.size - 8, &value, sizeof(value));
	assert_int_equal(fault_record_parse(&copies, bytes.bytes, bytes.size, &record), -EBADMSG);
}

/* As of a thread of the kernel: neither registers nor a stack. */
static void a_sample_may_have_no_copies(void **state)
{
	const struct fault_format copies = {.registers = 2};
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000};
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_sample(&bytes, 1, 1, 0x1000, chain, 2);
	fault_bytes_u64(&bytes, PERF_SAMPLE_REGS_ABI_NONE);
	fault_bytes_u64(&bytes, 0);
	fault_bytes_end(&bytes, PERF_RECORD_SAMPLE, PERF_RECORD_MISC_KERNEL);
	assert_int_equal(fault_record_parse(&copies, bytes.bytes, bytes.size, &record), 0);
	assert_null(record.registers);
	assert_null(record.stack_copy);
	assert_true(record.in_kernel);
}

static void threads_begin_and_end(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_begin(&bytes);
	fault_bytes_u32(&bytes, 10);
	fault_bytes_u32(&bytes, 10);
	fault_bytes_u32(&bytes, 12);
	fault_bytes_u32(&bytes, 11);
	fault_bytes_u64(&bytes, 99);
	fault_bytes_end(&bytes, PERF_RECORD_FORK, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_FORK);
	assert_int_equal(record.pid, 10);
	assert_int_equal(record.tid, 12);
	assert_int_equal(record.parent_tid, 11);
	fault_bytes_end(&bytes, PERF_RECORD_EXIT, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_EXIT);
}

static void losses_are_counted(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_begin(&bytes);
	fault_bytes_u64(&bytes, 77);
	fault_bytes_u64(&bytes, 4096);
	fault_bytes_end(&bytes, PERF_RECORD_LOST, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_LOST);
	assert_int_equal(record.lost, 4096);
	fault_bytes_end(&bytes, PERF_RECORD_THROTTLE, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_THROTTLE);
}

static void only_a_name_of_execve_is_another_program(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_begin(&bytes);
	fault_bytes_u32(&bytes, 10);
	fault_bytes_u32(&bytes, 10);
	fault_bytes_u64(&bytes, 0x68736162);
	fault_bytes_end(&bytes, PERF_RECORD_COMM, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_OTHER);
	fault_bytes_end(&bytes, PERF_RECORD_COMM, PERF_RECORD_MISC_COMM_EXEC);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_EXEC);
}

static void a_mapping_is_a_range(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_begin(&bytes);
	fault_bytes_u32(&bytes, 10);
	fault_bytes_u32(&bytes, 11);
	fault_bytes_u64(&bytes, 0x400000);
	fault_bytes_u64(&bytes, 0x1000);
	fault_bytes_u64(&bytes, 0);
	fault_bytes_end(&bytes, PERF_RECORD_MMAP2, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_MAP);
	assert_int_equal(record.start, 0x400000);
	assert_int_equal(record.end, 0x401000);
	memset(bytes.bytes + 24, 0xff, 8); /* it would end beyond all addresses */
	assert_int_equal(parse(&bytes, &record), -EBADMSG);
}

static void what_is_not_known_is_passed_over(void **state)
{
	struct fault_bytes bytes;
	struct fault_record record;

	(void)state;
	fault_bytes_begin(&bytes);
	fault_bytes_u64(&bytes, 1);
	fault_bytes_end(&bytes, 4711, 0);
	assert_int_equal(parse(&bytes, &record), 0);
	assert_int_equal(record.type, FAULT_RECORD_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sample_has_its_user_frames),
		cmocka_unit_test(markers_are_no_frames),
		cmocka_unit_test(one_frame_rests_on_the_address_alone),
		cmocka_unit_test(a_deep_chain_is_cut_off),
		cmocka_unit_test(a_chain_longer_than_its_record_is_refused),
		cmocka_unit_test(a_cut_record_is_refused),
		cmocka_unit_test(registers_and_stack_are_in_the_record),
		cmocka_unit_test(a_sample_may_have_no_copies),
		cmocka_unit_test(threads_begin_and_end),
		cmocka_unit_test(losses_are_counted),
		cmocka_unit_test(only_a_name_of_execve_is_another_program),
		cmocka_unit_test(a_mapping_is_a_range),
		cmocka_unit_test(what_is_not_known_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
