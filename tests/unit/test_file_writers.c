/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

#include "model/checked_file.h"
#include "model/file_writers.h"

#define USER  1000
#define OTHER 1001

/* / , /usr , /usr/lib and a file: all root's. */
static const struct file_place usual[] = {
	{S_IFDIR | 0755, 0, 0, false},
	{S_IFDIR | 0755, 0, 0, false},
	{S_IFDIR | 0755, 0, 0, false},
	{S_IFREG | 0644, 0, 0, false},
};
#define COUNT (sizeof(usual) / sizeof(usual[0]))

static struct file_trust trust = {.uids = {0, USER}, .count = 2};

/* Of the usual places, with another one put among them. */
static struct file_writers judge(size_t index, struct file_place place)
{
	struct file_place places[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		places[i] = i == index ? place : usual[i];
	return file_writers_judge(places, COUNT, &trust);
}

static void check(struct file_writers writers, enum checked_writer who, uint32_t id, size_t place)
{
	assert_int_equal(writers.who, who);
	if (who == CHECKED_WRITER_NONE)
		return;
	assert_int_equal(writers.id, id);
	assert_int_equal(writers.place, place);
}

static void what_root_and_the_user_own_is_safe(void **state)
{
	(void)state;
	check(judge(COUNT, usual[0]), CHECKED_WRITER_NONE, 0, 0);
	check(judge(3, (struct file_place){S_IFREG | 0600, USER, 50, false}), CHECKED_WRITER_NONE,
	      0, 0);
	/* Root's group, and the private one of the user. */
	check(judge(2, (struct file_place){S_IFDIR | 0775, 0, 0, false}), CHECKED_WRITER_NONE, 0,
	      0);
	check(judge(2, (struct file_place){S_IFDIR | 0775, USER, USER, false}), CHECKED_WRITER_NONE,
	      0, 0);
}

static void any_place_on_the_way_may_be_written_to(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		uint32_t type = usual[i].mode & S_IFMT;

		check(judge(i, (struct file_place){type | 0777, 0, 0, false}),
		      CHECKED_WRITER_EVERYONE, 0, i);
		check(judge(i, (struct file_place){type | 0775, 0, 50, false}),
		      CHECKED_WRITER_GROUP, 50, i);
		/* Also without a permission to write: owners give themselves one. */
		check(judge(i, (struct file_place){type | 0555, OTHER, 0, false}),
		      CHECKED_WRITER_OWNER, OTHER, i);
		check(judge(i, (struct file_place){type | 0777, OTHER, 50, true}),
		      CHECKED_WRITER_NONE, 0, 0);
	}
}

static void the_most_are_told(void **state)
{
	struct file_place places[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		places[i] = usual[i];
	places[1] = (struct file_place){S_IFDIR | 0755, OTHER, 0, false};
	places[2] = (struct file_place){S_IFDIR | 0775, 0, 50, false};
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_GROUP, 50, 2);
	places[3].mode |= S_IWOTH;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_EVERYONE, 0, 3);
}

static void sticky_directories_only_let_files_be_added(void **state)
{
	(void)state;
	check(judge(1, (struct file_place){S_IFDIR | S_ISVTX | 0777, 0, 0, false}),
	      CHECKED_WRITER_NONE, 0, 0);
	check(judge(2, (struct file_place){S_IFDIR | S_ISVTX | 0777, 0, 0, false}),
	      CHECKED_WRITER_BESIDE, 0, 2);
	/* But what is below in one may be another user's. */
	check(judge(2, (struct file_place){S_IFDIR | S_ISVTX | 0777, OTHER, 0, false}),
	      CHECKED_WRITER_OWNER, OTHER, 2);
}

static void who_cannot_come_there_cannot_write(void **state)
{
	struct file_place places[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		places[i] = usual[i];
	places[1].mode = S_IFDIR | 0700;
	places[3].mode = S_IFREG | 0666;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_NONE, 0, 0);
	/* A group that may. */
	places[1].mode = S_IFDIR | 0750;
	places[1].gid = 50;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_NONE, 0, 0);
	places[3].mode = S_IFREG | 0660;
	places[3].gid = 50;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_GROUP, 50, 3);
	places[3].gid = 51;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_NONE, 0, 0);
	/* A user who may be in that group. */
	places[3].uid = OTHER;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_OWNER, OTHER, 3);
	places[1].mode = S_IFDIR | 0700;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_NONE, 0, 0);
	places[1].uid = OTHER;
	check(file_writers_judge(places, COUNT, &trust), CHECKED_WRITER_OWNER, OTHER, 1);
}

static void a_number_that_stands_for_many_is_not_known(void **state)
{
	const struct file_place nobodys = {S_IFREG | 0644, 65534, 65534, false};

	(void)state;
	check(judge(3, nobodys), CHECKED_WRITER_OWNER, 65534, 3);
	trust.unmapped = true;
	check(judge(3, nobodys), CHECKED_WRITER_UNKNOWN, 0, 0);
	trust.unmapped = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_root_and_the_user_own_is_safe),
		cmocka_unit_test(any_place_on_the_way_may_be_written_to),
		cmocka_unit_test(the_most_are_told),
		cmocka_unit_test(sticky_directories_only_let_files_be_added),
		cmocka_unit_test(who_cannot_come_there_cannot_write),
		cmocka_unit_test(a_number_that_stands_for_many_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
