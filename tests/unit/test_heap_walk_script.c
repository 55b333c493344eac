/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "call_log.h"
#include "inside/glibc_heap.h"
#include "inside/heap_space.h"
#include "inside/heap_usage.h"
#include "inside/memory_reader.h"
#include "inside/musl_heap.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "model/allocator.h"
#include "residency/heap_walk.h"
#include "residency/resident_memory.h"
#include "residency/scan_plan.h"

/* Whose heap is looked for, by what is known, and what of it is told. */

static struct {
	int open_error, glibc_error, musl_error, read_error;
} script;

static int read_memory(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	assert_true(context && bytes && ret_absent);
	call_log_say("read %x, %d", (unsigned)address, (int)size);
	return script.read_error;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid)
{
	assert_non_null(memory);
	call_log_say("open %s %d", options->root, (int)pid);
	return script.open_error;
}

void resident_memory_close(struct resident_memory *memory)
{
	assert_non_null(memory);
	call_log_say("close");
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){.read = read_memory, .context = memory, .page_size = 8192};
}

void resident_memory_rest(struct resident_memory *memory, struct scan_pace *pace)
{
	assert_true(memory && pace);
	call_log_say("rest");
}

/* Both read something, by the reader that they are given. */
static int read_heap(const struct heap_memory *memory, int error, enum allocator allocator,
		     struct heap_usage *ret_heap)
{
	const struct memory_reader *reader = memory->reader;
	unsigned char byte, absent;

	assert_int_equal(reader->page_size, 8192);
	assert_int_equal(reader->read(reader->context, 0x77, &byte, 1, &absent), script.read_error);
	if (!error)
		*ret_heap = (struct heap_usage){.allocator = allocator};
	return error;
}

int glibc_heap_read(const struct heap_memory *memory, bool pieces, struct heap_usage *ret_heap)
{
	call_log_say("glibc, pieces %d", pieces);
	return read_heap(memory, script.glibc_error, ALLOCATOR_GLIBC, ret_heap);
}

int musl_heap_read(const struct heap_memory *memory, uint64_t context, bool pieces,
		   struct heap_usage *ret_heap)
{
	call_log_say("musl at %x, pieces %d", (unsigned)context, pieces);
	return read_heap(memory, script.musl_error, ALLOCATOR_MUSL, ret_heap);
}

#define GLIBC "glibc, pieces 1\nread 77, 1\nrest\n"
#define MUSL  "musl at 99, pieces 1\nread 77, 1\nrest\n"

static void the_heap_is_that_of_the_allocator(void **state)
{
	static const struct {
		enum allocator known;
		int glibc, musl, told;
		enum allocator found;
		const char *calls;
	} cases[] = {
		{ALLOCATOR_UNKNOWN, 0, 0, 0, ALLOCATOR_GLIBC, GLIBC},
		{ALLOCATOR_UNKNOWN, -ENOENT, 0, 0, ALLOCATOR_MUSL, GLIBC MUSL},
		{ALLOCATOR_UNKNOWN, -ENOENT, -ENOENT, -ENOENT, ALLOCATOR_UNKNOWN, GLIBC MUSL},
		{ALLOCATOR_UNKNOWN, -EACCES, 0, -EACCES, ALLOCATOR_UNKNOWN, GLIBC},
		{ALLOCATOR_GLIBC, 0, 0, 0, ALLOCATOR_GLIBC, GLIBC},
		{ALLOCATOR_GLIBC, -ENOENT, 0, -ENOENT, ALLOCATOR_GLIBC, GLIBC},
		{ALLOCATOR_MUSL, 0, 0, 0, ALLOCATOR_MUSL, MUSL},
		{ALLOCATOR_MUSL, 0, -EIO, -EIO, ALLOCATOR_MUSL, MUSL},
		{ALLOCATOR_MUSL_OLD, 0, 0, -ENOENT, ALLOCATOR_MUSL_OLD, ""},
	};
	static const struct procfs_options options = {.root = "/p"};
	struct address_space *space =
		maps_space_create(NULL, "5000000-5010000 rw-p 00000000 00:00 0 [heap]\n");
	struct scan_pace pace = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct allocator_found found = {.allocator = cases[i].known, .context = 0x99};
		struct heap_usage heap = {.mapped = 5};
		char expected[200];

		script.glibc_error = cases[i].glibc;
		script.musl_error = cases[i].musl;
		script.read_error = i % 2 ? -EIO : 0; /* is passed on */
		call_log_clear();
		assert_int_equal(heap_walk(&options, space, &found, &pace, true, &heap),
				 cases[i].told);
		snprintf(expected, sizeof(expected), "open /p 4711\n%sclose\n", cases[i].calls);
		call_log_expect(expected);
		assert_int_equal(found.allocator, cases[i].found);
		if (cases[i].told)
			assert_int_equal(heap.mapped, 5);
	}
	script.open_error = -ESRCH;
	assert_int_equal(heap_walk(&options, space, NULL, &pace, true, NULL), -ESRCH);
	call_log_expect("open /p 4711\n");
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heap_is_that_of_the_allocator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
