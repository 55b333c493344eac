/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/proc_file.h"
#include "model/classify.h"
#include "model/classify_shape.h"
#include "model/vma.h"
#include "procfs/heap_info_parser.h"
#include "sampler/arena_heads.h"

/* Which mappings are looked at, when, and what of them is kept. */

#define UNIT    UINT64_C(0x4000000)
#define PRESENT (UINT64_C(1) << 63)

static struct {
	int mem_error, pagemap_error, read_error;
	int mem, pagemap;
	uint64_t entry;
	unsigned char byte; /* of all of the head */
	ssize_t length;     /* that a read gives; 0: all */
	bool is_heap;
} script;

uint64_t classify_shape_arena_unit(const struct vma *vmas, size_t count)
{
	assert_true(vmas || !count);
	return UNIT;
}

bool classify_shape_may_be_arena(const struct vma *vma, uint64_t unit)
{
	assert_int_equal(unit, UNIT);
	return vma->start % UNIT == 0;
}

bool heap_info_parse(const struct heap_place *place, const uint8_t bytes[static HEAP_INFO_BYTES])
{
	assert_int_equal(place->unit, UNIT);
	assert_int_equal(place->page_size, 4096);
	assert_int_equal(place->end, place->start + 4096);
	assert_int_equal(bytes[0], script.byte);
	return script.is_heap;
}

int proc_file_open(int directory, const char *name)
{
	int *file = strcmp(name, "mem") ? &script.pagemap : &script.mem;
	const int error = strcmp(name, "mem") ? script.pagemap_error : script.mem_error;

	assert_int_equal(directory, 70);
	call_log_say("open %s", name);
	*file = error ? error : open("/", O_PATH | O_CLOEXEC);
	return *file;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	if (file == script.pagemap) {
		call_log_say("entry %x", (unsigned)(offset / 8 * 4096));
		memcpy(bytes, &script.entry, sizeof(script.entry));
		return sizeof(script.entry);
	}
	assert_int_equal(file, script.mem);
	assert_int_equal(size, HEAP_INFO_BYTES);
	call_log_say("read %x", (unsigned)offset);
	memset(bytes, script.byte, size);
	errno = script.read_error;
	return script.read_error ? -1 : script.length ? script.length : (ssize_t)size;
}

static struct arena_heads heads;

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.entry = PRESENT;
	script.byte = 1;
	script.is_heap = true;
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_heads_finish(&heads);
	assert_null(heads.heads);
	assert_null(heads.before);
	return 0;
}

/* Looks at so many mappings, the first at a unit and every second between. */
static void look(size_t count, const char *calls)
{
	struct vma vmas[8];

	for (size_t i = 0; i < count; i++) {
		const uint64_t start = UNIT + i / 2 * UNIT + i % 2 * 4096;

		vmas[i] = (struct vma){.start = start, .end = start + 4096, .name = ""};
	}
	arena_heads_look(&heads, vmas, count, 4096, 70);
	call_log_expect(calls);
}

static void what_may_be_an_arena_is_read_once(void **state)
{
	(void)state;
	look(3,
	     "open mem\nopen pagemap\nentry 4000000\nread 4000000\nentry 8000000\nread 8000000\n");
	assert_int_equal(heads.count, 2);
	assert_int_equal(heads.heads[0].start, UNIT);
	assert_true(heads.heads[0].is_heap);
	assert_int_equal(fcntl(script.mem, F_GETFD), -1);
	assert_int_equal(fcntl(script.pagemap, F_GETFD), -1);
	script.is_heap = false;
	for (int round = 1; round < 64; round++) {
		look(3, "");
		assert_int_equal(heads.count, 2);
		assert_true(heads.heads[1].is_heap);
	}
	/* After 64 rounds another mapping may lie there. */
	look(1, "open mem\nopen pagemap\nentry 4000000\nread 4000000\n");
	assert_int_equal(heads.count, 1);
	assert_false(heads.heads[0].is_heap);
	look(3, "open mem\nopen pagemap\nentry 8000000\nread 8000000\n");
}

/* What is not there is not brought in, and what is empty says nothing yet: both are asked again. */
static void what_says_nothing_is_asked_again(void **state)
{
	(void)state;
	for (int round = 0; round < 2; round++) {
		script.entry = round ? UINT64_C(1) << 62 : 0;
		look(1, "open mem\nopen pagemap\nentry 4000000\n");
		assert_int_equal(heads.count, 0);
	}
	script.entry = PRESENT;
	script.byte = 0;
	look(1, "open mem\nopen pagemap\nentry 4000000\nread 4000000\n");
	assert_int_equal(heads.count, 0);
	script.pagemap_error = -EACCES;
	look(3, "open mem\nopen pagemap\n");
	assert_int_equal(heads.count, 0);
	assert_int_equal(heads.refused_round, 0);
}

/* Memory that may not be read is not asked for again for 64 rounds. */
static void a_refusal_is_remembered(void **state)
{
	static const struct {
		int mem_error, read_error;
		ssize_t length;
		const char *calls;
	} cases[] = {
		{-EACCES, 0, 0, "open mem\n"},
		{0, EIO, 0, "open mem\nopen pagemap\nentry 4000000\nread 4000000\n"},
		{0, 0, 3, "open mem\nopen pagemap\nentry 4000000\nread 4000000\n"},
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		script.mem_error = cases[i].mem_error;
		script.read_error = cases[i].read_error;
		script.length = cases[i].length;
		look(3, cases[i].calls);
		assert_int_equal(heads.count, 0);
		for (int round = 1; round < 64; round++)
			look(3, "");
		look(3, cases[i].calls);
		arena_heads_finish(&heads);
	}
}

/* Only so many are looked at in a round; the others have their turn in the next. */
static void a_round_has_so_many_looks(void **state)
{
	static struct vma vmas[ARENA_HEADS_LOOKS + 1];

	(void)state;
	for (size_t i = 0; i < ARENA_HEADS_LOOKS + 1; i++)
		vmas[i] = (struct vma){
			.start = (i + 1) * UNIT, .end = (i + 1) * UNIT + 4096, .name = ""};
	arena_heads_look(&heads, vmas, ARENA_HEADS_LOOKS + 1, 4096, 70);
	assert_int_equal(heads.count, ARENA_HEADS_LOOKS);
	call_log_clear();
	arena_heads_look(&heads, vmas, ARENA_HEADS_LOOKS + 1, 4096, 70);
	assert_int_equal(heads.count, ARENA_HEADS_LOOKS + 1);
	assert_non_null(strstr(call_log.text, "open mem\nopen pagemap\nentry"));
	arena_heads_look(&heads, NULL, 0, 4096, 70);
	assert_int_equal(heads.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_may_be_an_arena_is_read_once),
		TEST(what_says_nothing_is_asked_again),
		TEST(a_refusal_is_remembered),
		TEST(a_round_has_so_many_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
