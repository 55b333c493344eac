/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is asked of the library that unwinds, and which frames are taken of those that it finds. */

#include "config.h"

#if defined(HAVE_LIBDW) && defined(__x86_64__)
#include "frame_script.h"

#define REPORTED                                                                              \
	"report\nmodule /a 400000-410000\nmodule /b 410000-420000\nmodule /c 500000-501000\n" \
	"reported\n"

static void objects_are_told_and_overlapping_ones_are_not(void **state)
{
	(void)state;
	assert_int_equal(open_it(), 0);
	call_log_expect(REPORTED "attach 1\n");
	for (size_t i = 0; i < 3; i++)
		assert_non_null(fake_dwfl.module_data[i]);
	assert_null(fake_dwfl.module_data[3]);
}

static void without_a_part_of_the_library_none_opens(void **state)
{
	(void)state;
	for (int which = 0; which < 5; which++) {
		set_up(state);
		fake_dwfl.load_error = which == 0 ? -ELIBACC : 0;
		fake_dwfl.no_begin = which == 1;
		fake_dwfl.elf_version = which == 2 ? EV_NONE : EV_CURRENT;
		fake_dwfl.no_elf = which == 3;
		fake_dwfl.no_attach = which == 4;
		assert_int_equal(open_it(), which == 0 ? -ELIBACC : -EOPNOTSUPP);
		assert_null(unwinder);
		call_log_expect(which < 2   ? ""
				: which < 4 ? REPORTED "end\n"
					    : REPORTED "attach 1\nend\nend of the machine\n");
	}
	frame_unwinder_close(NULL);
}

/* A module that there is not, and one without a place for what is known of it. */
static void modules_may_be_refused(void **state)
{
	(void)state;
	fake_dwfl.refused = "/b";
	assert_int_equal(open_it(), 0);
	assert_int_equal(fake_dwfl.modules, 2);
	assert_true(fake_dwfl.module_data[0] && fake_dwfl.module_data[1]);
	frame_unwinder_close(unwinder);
	set_up(state);
	fake_dwfl.no_info = true;
	assert_int_equal(open_it(), 0);
	assert_null(fake_dwfl.module_data[0]);
}

static int find_elf(void **data)
{
	return fake_dwfl.files->find_elf(NULL, data, "name", 0, NULL, NULL);
}

static void files_are_those_of_the_objects(void **state)
{
	void *none = NULL;

	(void)state;
	opened = 4711;
	assert_int_equal(find_elf(&fake_dwfl.module_data[1]), 4711);
	call_log_expect("find /b in 77\n");
	assert_int_equal(find_elf(&fake_dwfl.module_data[2]), 4711);
	call_log_expect("find /c in 77\n");
	opened = -EACCES;
	assert_true(find_elf(&fake_dwfl.module_data[0]) < 0);
	find_error = -ENOENT;
	assert_int_equal(find_elf(&fake_dwfl.module_data[0]), -1);
	call_log_clear();
	assert_int_equal(find_elf(&none), -1);
	assert_int_equal(fake_dwfl.files->find_debuginfo(NULL, &none, "", 0, "", "", 0, NULL), -1);
	call_log_expect("");
}

static void there_is_one_thread(void **state)
{
	const Dwfl_Thread_Callbacks *threads = fake_dwfl.threads;
	Dwfl *dwfl = (Dwfl *)fake_dwfl_things;
	void *thread = NULL, *got = NULL;

	(void)state;
	assert_int_equal(threads->next_thread(dwfl, fake_dwfl.context, &thread), 1);
	assert_ptr_equal(thread, fake_dwfl.context);
	assert_int_equal(threads->next_thread(dwfl, fake_dwfl.context, &thread), 0);
	assert_true(threads->get_thread(dwfl, 1, fake_dwfl.context, &got));
	assert_ptr_equal(got, fake_dwfl.context);
	assert_false(threads->get_thread(dwfl, 2, fake_dwfl.context, &got));
	assert_false(threads->get_thread(dwfl, 0, fake_dwfl.context, &got));
}

static void registers_are_in_the_order_of_dwarf(void **state)
{
	/* RAX, RDX, RCX, RBX, RSI, RDI, RBP, RSP, R8 to R15, the return address. */
	static const uint64_t expected[] = {100, 103, 102, 101, 104, 105, 106, SP,       109,
					    110, 111, 112, 113, 114, 115, 116, FAKE_CODE};
	static const struct fake_frame frame = {.pc = FAKE_CODE};

	(void)state;
	fake_dwfl.walks = only(&frame, 1);
	assert_frames(&frame.pc, 1);
	assert_memory_equal(fake_dwfl.registers, expected, sizeof(expected));
	call_log_expect("walk from 400000\n");
	fake_dwfl.no_registers = true;
	assert_frames(&frame.pc, 1);
	call_log_expect("");
	assert_false(fake_dwfl.told);
}

static void a_walk_reads_the_copy_of_the_stack(void **state)
{
	static const struct fake_frame frame = {.pc = FAKE_CODE};
	static const struct {
		uint64_t at;
		bool read;
	} cases[] = {{SP - 8, false}, {SP, true}, {SP + 120, true}, {SP + 121, false}};

	(void)state;
	fake_dwfl.walks = only(&frame, 1);
	stack[0] = stack[15] = 4711;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fake_dwfl.read_at = cases[i].at;
		unwind();
		assert_int_equal(fake_dwfl.was_read, cases[i].read);
		assert_int_equal(fake_dwfl.word, cases[i].read ? 4711 : 99);
	}
}

static void frames_end_where_they_are_not_known(void **state)
{
	static struct fake_frame frames[] = {
		{.pc = FAKE_CODE}, {.pc = FAKE_CODE + 0x10}, {.pc = FAKE_CODE + 0x20}};
	static const uint64_t expected[] = {FAKE_CODE, FAKE_CODE + 0x10, FAKE_CODE + 0x20};

	(void)state;
	fake_dwfl.walks = only(frames, 3);
	assert_frames(expected, 3);
	frames[2].unknown = true;
	assert_frames(expected, 2);
	frames[1].pc = 0;
	assert_frames(expected, 1);
	frames[0].unknown = true;
	frames[1].pc = FAKE_CODE + 0x10;
	assert_frames(expected, 1);
}

static void there_is_room_for_so_many(void **state)
{
	(void)state;
	make_many();
	for (size_t count = CALL_STACK_FRAMES_MAX - 1; count < CALL_STACK_FRAMES_MAX + 6; count++) {
		fake_dwfl.walks = only(many, count);
		assert_frames(many_expected,
			      count < CALL_STACK_FRAMES_MAX ? count : CALL_STACK_FRAMES_MAX);
	}
}

#define OPENS(function)   cmocka_unit_test_setup_teardown(function, set_up, tear_down)
#define IS_OPEN(function) cmocka_unit_test_setup_teardown(function, set_up_open, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OPENS(objects_are_told_and_overlapping_ones_are_not),
		cmocka_unit_test(without_a_part_of_the_library_none_opens),
		OPENS(modules_may_be_refused),
		IS_OPEN(files_are_those_of_the_objects),
		IS_OPEN(there_is_one_thread),
		IS_OPEN(registers_are_in_the_order_of_dwarf),
		IS_OPEN(a_walk_reads_the_copy_of_the_stack),
		IS_OPEN(frames_end_where_they_are_not_known),
		IS_OPEN(there_is_room_for_so_many),
	};

	return cmocka_run_group_tests_name("frame_unwinder_script", tests, NULL, NULL);
}
#else
#include <stdio.h>

int main(void)
{
	puts("1..0 # SKIP built without libdw, or for another kind of machine");
	return 0;
}
#endif
