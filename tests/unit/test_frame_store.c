/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "inside/frame_store.h"

static void equal_strings_have_one_pointer(void **state)
{
	struct frame_store *store = frame_store_create();
	char one[] = "one", module[] = "/bin/x";
	const struct code_frame frames[] = {{.module = module, .function = one},
					    {.module = module, .function = NULL, .file = one}};
	const struct code_frame *kept = frame_store_keep(store, frames, 2), *again;

	(void)state;
	strcpy(one, "two"); /* they are copies */
	assert_string_equal(kept[0].function, "one");
	assert_ptr_equal(kept[0].function, kept[1].file);
	assert_ptr_equal(kept[0].module, kept[1].module);
	assert_null(kept[1].function);
	again = frame_store_keep(store, frames, 1);
	assert_ptr_equal(again->module, kept->module);
	assert_string_equal(again->function, "two");
	frame_store_unref(store);
}

static void many_strings_are_told_apart(void **state)
{
	struct frame_store *store = frame_store_create();
	const struct code_frame *kept[3000];
	char name[16];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		const struct code_frame frame = {.module = "", .function = name};

		snprintf(name, sizeof(name), "f%d", i);
		kept[i] = frame_store_keep(store, &frame, 1);
	}
	for (int i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		assert_string_equal(kept[i]->function, name);
	}
	/* Those that were kept before it grew are found again. */
	for (int i = 0; i < 3000; i++) {
		const struct code_frame frame = {.module = "", .function = name};

		snprintf(name, sizeof(name), "f%d", i);
		assert_ptr_equal(frame_store_keep(store, &frame, 1)->function, kept[i]->function);
	}
	frame_store_unref(store);
}

/* What a target can make it keep has an end. */
static void it_is_bounded(void **state)
{
	static char long_name[1 << 16];
	struct frame_store *store = frame_store_create();
	struct frame_store *other = frame_store_ref(store);
	size_t kept = 0;

	(void)state;
	memset(long_name, 'x', sizeof(long_name) - 1);
	for (unsigned i = 0; i < 2000; i++) {
		const struct code_frame frame = {.module = "", .function = long_name};

		memcpy(long_name, &(unsigned){i | 0x40404040}, sizeof(i));
		kept += frame_store_keep(store, &frame, 1) != NULL;
	}
	assert_in_range(kept, 100, 2 * FRAME_STORE_BYTES / sizeof(long_name));
	frame_store_unref(store);
	frame_store_unref(other);
	frame_store_unref(NULL);
}

/* What else is known of frames is kept as it is. */
static void frames_are_copies(void **state)
{
	struct frame_store *store = frame_store_create();
	const struct code_frame frames[] = {
		{.address = 1, .module = "", .offset = 2, .line = 3, .class = 4, .inlined = true},
		{.address = 5, .module = "", .offset = 6, .line = 7, .class = 8}};
	const struct code_frame *kept = frame_store_keep(store, frames, 2);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(kept[i].address, frames[i].address);
		assert_int_equal(kept[i].offset, frames[i].offset);
		assert_int_equal(kept[i].line, frames[i].line);
		assert_int_equal(kept[i].class, frames[i].class);
		assert_int_equal(kept[i].inlined, frames[i].inlined);
	}
	frame_store_unref(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_have_one_pointer),
		cmocka_unit_test(many_strings_are_told_apart),
		cmocka_unit_test(it_is_bounded),
		cmocka_unit_test(frames_are_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
