/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FRAME_SCRIPT_H
#define TESTS_UNIT_FRAME_SCRIPT_H

/* An unwinder over a libdwfl by a script, some objects, and a sample with a short stack. */

#include "fake_dwfl.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/frame_unwinder.h"
#include "files/mapped_open.h"
#include "files/mapped_ways.h"
#include "high_descriptor.h"
#include "inside/unwind_batch.h"

static int find_error, opened;

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_file)
{
	(void)ret_file;
	call_log_say("find %s in %d", vma->name, root->directory);
	return find_error ? find_error : high_descriptor(open("/dev/null", O_PATH | O_CLOEXEC));
}

int mapped_open(int found)
{
	struct stat stat;

	assert_int_equal(fstat(found, &stat), 0);
	assert_true(S_ISCHR(stat.st_mode));
	return opened;
}

#define SP UINT64_C(0x7000)

static struct mapped_root root = {.directory = 77};
static struct frame_unwinder *unwinder;
static uint64_t registers[UNWIND_REGISTER_COUNT], stack[16];

static const struct unwind_object objects[] = {{0x400000, 0x410000, {.name = "/a"}},
					       {0x40f000, 0x411000, {.name = "/within"}},
					       {0x410000, 0x420000, {.name = "/b"}},
					       {0x500000, 0x501000, {.name = "/c"}},
					       {0x500000, 0x502000, {.name = "/c2"}}};

static inline int open_it(void)
{
	return frame_unwinder_open(&root, objects, 5, &unwinder);
}

static int set_up(void **state)
{
	(void)state;
	memset(&fake_dwfl, 0, sizeof(fake_dwfl));
	fake_dwfl.elf_version = EV_CURRENT;
	find_error = 0;
	unwinder = NULL;
	memset(stack, 0, sizeof(stack));
	for (uint64_t i = 0; i < UNWIND_REGISTER_COUNT; i++)
		registers[i] = 100 + i;
	registers[UNWIND_STACK_POINTER] = SP;
	call_log_clear();
	return 0;
}

static int set_up_open(void **state)
{
	set_up(state);
	assert_int_equal(open_it(), 0);
	call_log_clear();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	frame_unwinder_close(unwinder);
	call_log_expect("end\nend of the machine\n");
	return 0;
}

static struct unwind_result unwind(void)
{
	const struct unwind_sample sample = {(const unsigned char *)registers,
					     (const unsigned char *)stack, sizeof(stack)};
	struct unwind_result result;

	call_log_clear();
	memset(&result, 0xee, sizeof(result));
	frame_unwinder_unwind(unwinder, &sample, &result);
	return result;
}

static void assert_frames(const uint64_t *frames, size_t count)
{
	const struct unwind_result result = unwind();

	assert_int_equal(result.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(result.frames[i], frames[i]);
}

static inline const struct fake_walk *only(const struct fake_frame *frames, size_t count)
{
	static struct fake_walk walks[2];

	walks[0] = (struct fake_walk){frames, count};
	registers[UNWIND_PROGRAM_COUNTER] = frames[0].pc;
	return walks;
}

static struct fake_frame many[CALL_STACK_FRAMES_MAX + 6];
static uint64_t many_expected[CALL_STACK_FRAMES_MAX];

static void make_many(void)
{
	for (uint64_t i = 0; i < sizeof(many) / sizeof(many[0]); i++)
		many[i] = (struct fake_frame){.pc = FAKE_CODE + 0x10 * i};
	for (uint64_t i = 0; i < CALL_STACK_FRAMES_MAX; i++)
		many_expected[i] = FAKE_CODE + 0x10 * i;
}

#endif
