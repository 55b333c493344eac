/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/text/address_words.h"

static void check(const struct address_space *space, uint64_t address, const char *wanted)
{
	struct text text = {0};

	address_words_append(&text, space, address);
	assert_string_equal(text_string(&text), wanted);
	text_finish(&text);
}

static void an_address_is_a_name_and_an_offset(void **state)
{
	struct address_space *space = sample_python();

	(void)state;
	check(space, 0x55b5f7c8d000, "[heap]");
	check(space, 0x55b5f7c8d010, "[heap]+0x10");
	check(space, 0x7f83aa53e000, "libc.so.6");
	/* Of a file from where it was loaded, its bss included. */
	check(space, 0x7f83aa564010, "libc.so.6+0x26010");
	check(space, 0x7f83aa712008, "libc.so.6+0x1d4008");
	check(space, 0x7f83a8782020, "thread-stack 20715+0x20");
	/* The lowest mapping of all is an object's, too. */
	check(space, 0x55b5c3c00000, "python3.11");
	check(space, 0x55b5c3c6a010, "python3.11+0x6a010");
	check(space, 0x1234, "1234");
	check(space, UINT64_MAX, "ffffffffffffffff");
	address_space_destroy(space);
}

static void a_stack_in_a_mapping_of_several_is_that_stack(void **state)
{
	struct address_space *space = sample_stacks(2);
	const struct vma *part = NULL;
	size_t count = 0;
	struct text text = {0};

	(void)state;
	for (size_t i = 0; !count && i < space->vma_count; i++)
		part = address_space_parts(space, i, &count);
	assert_non_null(part);
	for (; !part->tid; part++)
		;
	vma_append_label(&text, part);
	text_append(&text, "+0x8");
	check(space, part->start + 8, text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

static void names_are_escaped(void **state)
{
	struct address_space *space = sample_hostile();
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < space->vma_count; i++)
		address_words_append(&text, space, space->vmas[i].start);
	for (size_t i = 0; i < text.length; i++)
		assert_true((unsigned char)text.bytes[i] >= ' ');
	text_finish(&text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_a_name_and_an_offset),
		cmocka_unit_test(a_stack_in_a_mapping_of_several_is_that_stack),
		cmocka_unit_test(names_are_escaped),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("address_words", tests, NULL, NULL);
}
