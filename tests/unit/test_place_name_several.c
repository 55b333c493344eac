/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "model/place_name.h"

/* Which of several mappings a name means. */

/* A message names each file once, wherever its mappings lie among those of others. */
static void a_file_is_told_once(void **state)
{
	static const char mixed[] = "10000-11000 r--p 0 fe:00 15 /a/same.so\n"
				    "20000-21000 r--p 0 fe:00 16 /b/same.so\n"
				    "30000-31000 r--p 0 fe:00 15 /a/same.so\n"
				    "40000-41000 r--p 0 fe:00 16 /b/same.so\n"
				    "50000-51000 r--p 0 fe:00 17 /c/same.so\n"
				    "60000-61000 r--p 0 fe:00 16 /b/same.so\n"
				    "70000-71000 r--p 0 fe:00 17 /c/same.so\n";
	struct address_space *space = maps_space_create(NULL, mixed);
	struct place_name name;

	(void)state;
	place_name_find(space, "same", 4, &name);
	assert_int_equal(name.meant_count, 3);
	assert_string_equal(name.meant[0]->name, "/a/same.so");
	assert_string_equal(name.meant[1]->name, "/b/same.so");
	assert_string_equal(name.meant[2]->name, "/c/same.so");
	assert_int_equal(name.address, 0x10000);
	assert_false(name.meant_more);
	address_space_destroy(space);
}

/* What stands behind ".so" is a version, or it is no library's name up to there. */
static void stems_are_those_of_libraries(void **state)
{
	static const struct {
		const char *file;
		bool beginning;
	} cases[] = {{"odd.so", false},  {"odd.so.1", false}, {"odd.so.9.2", false},
		     {"odd.so.x", true}, {"odd.soft", true},  {"odd.so.", true},
		     {"odd.a", true},    {"odd", false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_space *space;
		struct text line = {0};
		struct place_name name;

		text_append_format(&line, "10000-11000 r--p 0 fe:00 15 /lib/%s\n", cases[i].file);
		space = maps_space_create(NULL, text_string(&line));
		place_name_find(space, "odd+1", 5, &name);
		assert_int_equal(name.length, 3);
		assert_int_equal(name.address, 0x10000);
		assert_int_equal(name.beginning, cases[i].beginning);
		address_space_destroy(space);
		text_finish(&line);
	}
}

static struct address_space *make_owned(const struct vma *vmas, size_t count)
{
	const struct target target = maps_space_target();
	struct address_space *space;

	assert_int_equal(address_space_create(&target, vmas, count, 0, 0, &space), 0);
	return space;
}

static uint64_t find(const struct address_space *space, const char *word)
{
	struct place_name name = {0};

	place_name_find(space, word, strlen(word), &name);
	assert_int_equal(name.length, strlen(word));
	return name.absent ? 0 : name.address;
}

/* The program's own before larger ones, then the largest, then the lowest. */
static void of_a_kind_the_own_and_largest_is_meant(void **state)
{
	struct vma vmas[5];
	struct address_space *space;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		vmas[i] = (struct vma){.start = 0x10000 * (i + 1),
				       .end = 0x10000 * (i + 1) + 0x1000,
				       .name = "",
				       .perms = PERM_READ,
				       .kind = KIND_DATA,
				       .owner = OWNER_LIBRARY};
	space = make_owned(vmas, 5);
	assert_int_equal(find(space, "data"), 0x10000);
	address_space_destroy(space);
	vmas[1].end += 0x2000;
	vmas[3].end += 0x2000;
	space = make_owned(vmas, 5);
	assert_int_equal(find(space, "data"), 0x20000);
	address_space_destroy(space);
	vmas[2].owner = vmas[4].owner = OWNER_PROGRAM;
	space = make_owned(vmas, 5);
	assert_int_equal(find(space, "data"), 0x30000);
	address_space_destroy(space);
	vmas[4].end += 0x1000;
	space = make_owned(vmas, 5);
	assert_int_equal(find(space, "data"), 0x50000);
	assert_int_equal(find(space, "bss"), 0);
	address_space_destroy(space);
}

/* Only what has a file is the program or the loader: neither its bss nor another's file. */
static void owners_are_found_by_their_files(void **state)
{
	struct vma vmas[4];
	struct address_space *space;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		vmas[i] = (struct vma){.start = 0x10000 * (i + 1),
				       .end = 0x10000 * (i + 1) + 0x1000,
				       .name = i % 2 ? "/bin/x" : "",
				       .inode = i % 2,
				       .kind = KIND_TEXT,
				       .owner = i < 2 ? OWNER_LOADER : OWNER_PROGRAM};
	space = make_owned(vmas, 4);
	assert_int_equal(find(space, "loader"), 0x20000);
	assert_int_equal(find(space, "program"), 0x40000);
	address_space_destroy(space);
	space = make_owned(vmas, 3);
	assert_int_equal(find(space, "program"), 0);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_told_once),
		cmocka_unit_test(stems_are_those_of_libraries),
		cmocka_unit_test(of_a_kind_the_own_and_largest_is_meant),
		cmocka_unit_test(owners_are_found_by_their_files),
	};

	return cmocka_run_group_tests_name("place_name_several", tests, NULL, NULL);
}
