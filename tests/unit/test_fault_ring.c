/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "growth/fault_record.h"
#include "growth/fault_ring.h"
#include "unit/fault_bytes.h"

#define PAGE ((size_t)4096)
#define DATA ((size_t)4096)

struct fixture {
	unsigned char *pages;
	struct fault_ring ring;
	uint64_t addresses[4096]; /* of what was taken */
	size_t count;
};

static const struct fault_format plain = {0};

static struct perf_event_mmap_page *page_of(struct fixture *fixture)
{
	return (struct perf_event_mmap_page *)(void *)fixture->pages;
}

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){.pages = memory_alloc(PAGE + DATA)};
	fault_ring_init(&fixture->ring, fixture->pages, PAGE, DATA);
}

static void end(struct fixture *fixture)
{
	fault_ring_finish(&fixture->ring);
	free(fixture->pages);
}

static void take(void *context, const struct fault_record *record)
{
	struct fixture *fixture = context;

	assert_int_equal(record->type, FAULT_RECORD_SAMPLE);
	assert_int_equal(record->stack.count, 3);
	assert_int_equal(record->stack.frames[2], 0x403000);
	fixture->addresses[fixture->count++] = record->address;
}

/* As the kernel does; the caller sees to the room. */
static void put(struct fixture *fixture, const unsigned char *bytes, size_t size)
{
	uint64_t head = page_of(fixture)->data_head;

	for (size_t i = 0; i < size; i++)
		fixture->pages[PAGE + ((head + i) & (DATA - 1))] = bytes[i];
	page_of(fixture)->data_head = head + size;
}

static void put_sample(struct fixture *fixture, uint64_t address)
{
	const uint64_t chain[] = {(uint64_t)PERF_CONTEXT_USER, 0x401000, 0x402000, 0x403000};
	struct fault_bytes bytes;

	fault_bytes_sample(&bytes, 1, 1, address, chain, 4);
	put(fixture, bytes.bytes, bytes.size);
}

static uint64_t drain(struct fixture *fixture)
{
	return fault_ring_drain(&fixture->ring, &plain, take, fixture);
}

static void records_over_the_end_are_whole(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	for (uint64_t i = 1; i <= 1000; i++) {
		put_sample(&fixture, i);
		if (i % 7 == 0)
			assert_int_equal(drain(&fixture), 0);
	}
	assert_int_equal(drain(&fixture), 0);
	assert_int_equal(fixture.count, 1000);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(fixture.addresses[i], i + 1);
	assert_true(page_of(&fixture)->data_tail == page_of(&fixture)->data_head);
	end(&fixture);
}

static void an_empty_ring_has_nothing(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	assert_int_equal(drain(&fixture), 0);
	assert_int_equal(fixture.count, 0);
	end(&fixture);
}

static void what_has_no_length_ends_the_reading(void **state)
{
	const unsigned char zeroes[64] = {0};
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_sample(&fixture, 1);
	put(&fixture, zeroes, sizeof(zeroes));
	put_sample(&fixture, 2);
	assert_int_equal(drain(&fixture), 1);
	assert_int_equal(fixture.count, 1);
	put_sample(&fixture, 3); /* it goes on behind it */
	assert_int_equal(drain(&fixture), 0);
	assert_int_equal(fixture.count, 2);
	assert_int_equal(fixture.addresses[1], 3);
	end(&fixture);
}

static void a_record_longer_than_what_was_written_is_not_read(void **state)
{
	const struct perf_event_header header = {.type = PERF_RECORD_SAMPLE, .size = 4000};
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put(&fixture, (const unsigned char *)&header, sizeof(header));
	assert_int_equal(drain(&fixture), 1);
	put(&fixture, (const unsigned char *)&header, 3); /* not even a header */
	assert_int_equal(drain(&fixture), 1);
	assert_int_equal(fixture.count, 0);
	end(&fixture);
}

static void a_bad_record_among_others_is_passed_over(void **state)
{
	const struct perf_event_header header = {.type = PERF_RECORD_SAMPLE, .size = 8};
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_sample(&fixture, 1);
	put(&fixture, (const unsigned char *)&header, sizeof(header));
	put_sample(&fixture, 2);
	assert_int_equal(drain(&fixture), 1);
	assert_int_equal(fixture.count, 2);
	end(&fixture);
}

/* A head that cannot be: more was written than there is room for. */
static void a_head_too_far_ahead_is_skipped(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	page_of(&fixture)->data_head = DATA + 8;
	assert_int_equal(drain(&fixture), 1);
	page_of(&fixture)->data_head = 0; /* and one that went back */
	assert_int_equal(drain(&fixture), 1);
	assert_int_equal(fixture.count, 0);
	end(&fixture);
}

static void the_kernel_gives_a_ring(void **state)
{
	struct fault_ring ring;
	int error = fault_ring_open(&ring, 0, (size_t)64 * (size_t)sysconf(_SC_PAGESIZE));

	(void)state;
	if (error == -EACCES || error == -EPERM || error == -ENOSYS) {
		print_message("perf_event_open(2) is refused here\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_int_equal(fault_ring_drain(&ring, &plain, take, NULL), 0);
	fault_ring_close(&ring);
	fault_ring_close(&ring); /* it is closed already */
	assert_int_equal(fault_ring_open(&ring, 1 << 20, PAGE), -ENODEV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_over_the_end_are_whole),
		cmocka_unit_test(an_empty_ring_has_nothing),
		cmocka_unit_test(what_has_no_length_ends_the_reading),
		cmocka_unit_test(a_record_longer_than_what_was_written_is_not_read),
		cmocka_unit_test(a_bad_record_among_others_is_passed_over),
		cmocka_unit_test(a_head_too_far_ahead_is_skipped),
		cmocka_unit_test(the_kernel_gives_a_ring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
