/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "growth/fault_record.h"
#include "growth/fault_ring.h"
#include "perf_script.h"
#include "unit/fault_bytes.h"

/* What a ring is asked for by, how large it becomes, and where its records may end. */

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static void a_ring_has_an_event_of_its_own(void **state)
{
	const struct perf_event_attr expected = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(expected),
		.config = PERF_COUNT_SW_DUMMY,
		.sample_type = FAULT_SAMPLE,
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
	};
	struct fault_ring ring;

	(void)state;
	perf_reset();
	assert_int_equal(fault_ring_open(&ring, 3, 8 * page_size()), 0);
	call_log_expect("event of 0 on 3, -1, 8\nmap 9 pages, 3 1, from 0\n");
	assert_memory_equal(&perf.asked, &expected, sizeof(expected));
	assert_int_equal(ring.descriptor, perf.descriptor);
	assert_int_equal(ring.page_size, page_size());
	assert_int_equal(ring.data_size, 8 * page_size());
	assert_non_null(ring.whole);
	fault_ring_close(&ring);
	assert_false(perf_is_open());
	assert_int_equal(ring.descriptor, -1);
	assert_null(ring.whole);
	assert_int_equal(msync(ring.pages, page_size(), MS_ASYNC), -1); /* it is mapped no more */
}

/* Less where not so much may be locked, down to a page; other errors are no matter of size. */
static void a_ring_is_as_large_as_may_be(void **state)
{
	static const int errors[] = {EPERM, ENOMEM, EAGAIN};
	struct fault_ring ring;

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		perf_reset();
		perf.map_most = 3 * page_size();
		perf.map_error = errors[i];
		assert_int_equal(fault_ring_open(&ring, 0, 8 * page_size()), 0);
		call_log_expect("event of 0 on 0, -1, 8\nmap 9 pages, 3 1, from 0\n"
				"map 5 pages, 3 1, from 0\nmap 3 pages, 3 1, from 0\n");
		assert_int_equal(ring.data_size, 2 * page_size());
		fault_ring_close(&ring);
	}
	perf_reset();
	perf.map_most = 1;
	perf.map_error = EPERM;
	assert_int_equal(fault_ring_open(&ring, 0, 2 * page_size()), -EPERM);
	call_log_expect("event of 0 on 0, -1, 8\nmap 3 pages, 3 1, from 0\n"
			"map 2 pages, 3 1, from 0\n");
	assert_false(perf_is_open());
	perf_reset();
	perf.map_most = 1;
	perf.map_error = EINVAL;
	assert_int_equal(fault_ring_open(&ring, 0, 8 * page_size()), -EINVAL);
	call_log_expect("event of 0 on 0, -1, 8\nmap 9 pages, 3 1, from 0\n");
	assert_false(perf_is_open());
}

static void each_refusal_is_told(void **state)
{
	static const struct {
		int error, told;
	} cases[] = {{EINVAL, -ENODEV}, {ENODEV, -ENODEV}, {EACCES, -EACCES}};
	struct fault_ring ring;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		perf_reset();
		perf.errors[0] = cases[i].error;
		assert_int_equal(fault_ring_open(&ring, 0, 8 * page_size()), cases[i].told);
		call_log_expect("event of 0 on 0, -1, 8\n");
	}
}

static void take(void *context, const struct fault_record *record)
{
	(void)context;
	call_log_say("record %d", (int)record->type);
}

/* A ring of one page of data from that place on. */
static struct perf_event_mmap_page *fill(struct fault_ring *ring, unsigned char *pages,
					 uint64_t place, const void *bytes, size_t size)
{
	struct perf_event_mmap_page *page = (struct perf_event_mmap_page *)(void *)pages;

	fault_ring_init(ring, pages, 4096, 4096);
	page->data_tail = place;
	page->data_head = place + size;
	for (size_t i = 0; i < size; i++)
		pages[4096 + ((place + i) & 4095)] = ((const unsigned char *)bytes)[i];
	return page;
}

/* Of the whole size of the data, of a header alone, to the end of the data: each is one. */
static void records_of_all_sizes_are_read(void **state)
{
	static const struct fault_format plain = {0};
	static const struct {
		uint64_t place;
		uint16_t size;
		size_t written;
		uint64_t bad;
		const char *said;
	} cases[] = {
		{0, 4096, 4096, 0, "record 0\n"},
		{8, 4096, 4096, 0, "record 0\n"},
		{4088, 8, 8, 0, "record 0\n"},
		{4092, 8, 8, 0, "record 0\n"},
		{4080, 16, 16, 0, "record 0\n"},
		{4088, 16, 16, 0, "record 0\n"},
		{0, 8, 16, 1, "record 0\n"},
		{0, 7, 16, 1, ""},
		{0, 16, 15, 1, ""},
		{0, 8, 7, 1, ""},
		{UINT64_MAX - 7, 8, 8, 0, "record 0\n"},
	};
	unsigned char *pages = memory_alloc(8192), bytes[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct perf_event_header header = {.type = 9999, .size = cases[i].size};
		struct perf_event_mmap_page *page;
		struct fault_ring ring;

		memset(bytes, 0, sizeof(bytes));
		memcpy(bytes, &header, sizeof(header));
		page = fill(&ring, pages, cases[i].place, bytes, cases[i].written);
		call_log_clear();
		assert_int_equal(fault_ring_drain(&ring, &plain, take, NULL), cases[i].bad);
		call_log_expect(cases[i].said);
		assert_true(page->data_tail == page->data_head);
		fault_ring_finish(&ring);
	}
	free(pages);
}

/* As much as there is room for may have been written, and no byte more. */
static void a_head_is_believed_as_far_as_there_is_room(void **state)
{
	static const struct fault_format plain = {0};
	unsigned char *pages = memory_alloc(8192), bytes[4096] = {0};
	const struct perf_event_header header = {.type = 9999, .size = 4096};
	struct perf_event_mmap_page *page;
	struct fault_ring ring;

	(void)state;
	memcpy(bytes, &header, sizeof(header));
	page = fill(&ring, pages, 0, bytes, 4096);
	page->data_head++;
	call_log_clear();
	assert_int_equal(fault_ring_drain(&ring, &plain, take, NULL), 1);
	call_log_expect("");
	assert_int_equal(page->data_tail, 4097);
	fault_ring_finish(&ring);
	free(pages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ring_has_an_event_of_its_own),
		cmocka_unit_test(a_ring_is_as_large_as_may_be),
		cmocka_unit_test(each_refusal_is_told),
		cmocka_unit_test(records_of_all_sizes_are_read),
		cmocka_unit_test(a_head_is_believed_as_far_as_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
