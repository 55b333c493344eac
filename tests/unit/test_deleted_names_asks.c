/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which names are asked about, and for how long the answers hold. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "call_log.h"
#include "files/deleted_names.h"
#include "files/scout.h"
#include "model/vma.h"
#include "procfs/name_pool.h"

#define MANY 12

static const char name[] = "/x (deleted)";
static bool has_name;

bool scout_has_name(const struct scout *scout, const struct vma *vma)
{
	assert_int_equal(scout->directory, 7);
	call_log_say("%lu", (unsigned long)vma->inode);
	return has_name;
}

static struct deleted_names deleted;
static struct name_pool names;

/* Expects these to be asked about, and the answer to be what it is, or was. */
static void assert_asked(struct vma *vmas, size_t count, const char *asked, bool is_deleted)
{
	const struct scout scout = {.directory = 7};

	deleted_names_resolve(&deleted, vmas, count, &scout, &names);
	call_log_expect(asked);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(vmas[i].deleted, is_deleted);
		assert_string_equal(vmas[i].name, is_deleted ? "/x" : name);
		/* As it is in maps, for the next sample. */
		vmas[i].name = name;
		vmas[i].deleted = false;
	}
}

static void make(struct vma *vmas, size_t count, uint64_t first)
{
	for (size_t i = 0; i < count; i++)
		vmas[i] = (struct vma){.name = name, .inode = first + i};
}

static int set_up(void **state)
{
	(void)state;
	has_name = false;
	deleted = (struct deleted_names){.known = NULL};
	names = (struct name_pool){0};
	call_log_clear();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	deleted_names_finish(&deleted);
	name_pool_finish(&names);
	return 0;
}

static void an_answer_holds_for_some_samples(void **state)
{
	struct vma vmas[2];

	(void)state;
	make(vmas, 2, 1);
	for (int round = 0; round < 3; round++) {
		const bool is_deleted = !has_name;

		assert_asked(vmas, 2, "1\n2\n", is_deleted);
		has_name = !has_name;
		for (int i = 1; i < 64; i++)
			assert_asked(vmas, 2, "", is_deleted);
	}
}

static void each_file_is_asked_about_once(void **state)
{
	struct vma vmas[4];

	(void)state;
	make(vmas, 4, 1);
	/* Neighbours of one file, and one that no number is known of. */
	vmas[1].inode = 1;
	vmas[3].inode = 0;
	assert_asked(vmas, 4, "1\n3\n", true);
	assert_asked(vmas, 4, "", true);
}

static void another_file_is_asked_about(void **state)
{
	char other[] = "/x (deleted)";
	struct vma vma;

	(void)state;
	for (int which = 0; which < 4; which++) {
		set_up(state);
		make(&vma, 1, 1);
		assert_asked(&vma, 1, "1\n", true);
		vma.inode += which == 0;
		vma.dev_major += which == 1;
		vma.dev_minor += which == 2;
		has_name = true;
		assert_asked(&vma, 1, which == 0 ? "2\n" : which < 3 ? "1\n" : "", which == 3);
		tear_down(state);
	}
	/* Names are compared by their pointers, of which equal ones have one. */
	set_up(state);
	make(&vma, 1, 1);
	assert_asked(&vma, 1, "1\n", true);
	vma.name = other;
	assert_asked(&vma, 1, "1\n", true);
}

/* Answers are looked for near where the last one was: up to seven may have gone. */
static void answers_that_are_near_are_found(void **state)
{
	struct vma vmas[MANY];

	(void)state;
	for (size_t gone = 0; gone <= 9; gone++) {
		set_up(state);
		make(vmas, MANY, 1);
		assert_asked(vmas, MANY, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", true);
		assert_asked(vmas + gone, MANY - gone,
			     gone < 8    ? ""
			     : gone == 8 ? "9\n10\n11\n12\n"
					 : "10\n11\n12\n",
			     true);
		tear_down(state);
	}
	/* What has come between is asked about, and the rest is found behind it. */
	set_up(state);
	make(vmas, MANY, 1);
	assert_asked(vmas, 3, "1\n2\n3\n", true);
	vmas[3] = vmas[2];
	vmas[2].inode = 99;
	assert_asked(vmas, 4, "99\n", true);
	assert_asked(vmas, 4, "", true);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_holds_for_some_samples),
		TEST(each_file_is_asked_about_once),
		TEST(another_file_is_asked_about),
		TEST(answers_that_are_near_are_found),
	};

	return cmocka_run_group_tests_name("deleted_names_asks", tests, NULL, NULL);
}
