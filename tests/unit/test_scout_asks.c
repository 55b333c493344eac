/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is asked of files, of a helper or at once: the answers are the test's own here. */

#include "fake_errands.h"

#include <sys/stat.h>

#include "files/mapped_open.h"
#include "files/scout.h"
#include "model/vma.h"

static const struct vma vma = {.start = 0x7000,
			       .end = 0x8000,
			       .inode = 9,
			       .dev_major = 8,
			       .dev_minor = 3,
			       .name = "/lib/a b"};

void mapped_root_init(struct mapped_root *root, int directory, unsigned avoid)
{
	*root = (struct mapped_root){.directory = directory, .avoid = avoid};
}

void mapped_root_finish(struct mapped_root *root)
{
	(void)root;
	call_log_say("finish");
}

static void say(const char *what, const struct mapped_root *root, const struct vma *asked)
{
	assert_int_equal(asked->start, vma.start);
	assert_int_equal(asked->inode, vma.inode);
	call_log_say("%s of %s in %d but %u", what, asked->name, root->directory, root->avoid);
}

bool mapped_has_name(struct mapped_root *root, const struct vma *asked)
{
	say("name", root, asked);
	return true;
}

enum file_identity mapped_is_exe(struct mapped_root *root, const struct vma *asked)
{
	say("exe", root, asked);
	return FILE_IDENTITY_PROVEN;
}

void mapped_read_traits(struct mapped_root *root, const struct vma *asked,
			struct file_traits *ret_traits)
{
	say("traits", root, asked);
	*ret_traits = (struct file_traits){.has_link = true, .link = {.inode = 77}};
}

static void expect(const char *before, bool answered, const char *call)
{
	char expected[512];

	snprintf(expected, sizeof(expected), "%s%s%s", before, answered ? call : "",
		 answered ? "finish\n" : "");
	call_log_expect(expected);
}

/* In a directory that is none, where no link is found; before: what a helper is asked first. */
static void ask_all(const struct scout *scout, bool answered, const char *before)
{
	struct file_traits traits = {.link = {.inode = 1}};

	assert_int_equal(scout_has_name(scout, &vma), answered);
	expect(before, answered, "name of /lib/a b in -7 but 5\n");
	assert_int_equal(scout_is_exe(scout, &vma),
			 answered ? FILE_IDENTITY_PROVEN : FILE_IDENTITY_NONE);
	expect(before, answered, "exe of /lib/a b in -7 but 5\n");
	scout_read_traits(scout, &vma, &traits);
	expect(before, answered, "traits of /lib/a b in -7 but 5\n");
	assert_int_equal(traits.has_link, answered);
	assert_int_equal(traits.link.inode, answered ? 77 : 0);
	assert_int_equal(scout_exe_numbers(scout).inode, 0);
	call_log_expect("");
}

static void without_a_helper_it_is_looked_here(void **state)
{
	const struct scout scout = {NULL, -7, 5};

	(void)state;
	ask_all(&scout, true, "");
}

#define ASKED "errand to 8:3\nrun, 1 s each, 1 s at most\n"

static void a_helper_is_asked_once(void **state)
{
	struct errands errands;
	const struct scout scout = {&errands, -7, 5};

	(void)state;
	errands_init(&errands);
	call_log_clear();
	ask_all(&scout, true, ASKED);
	fake_errands.given_up = ERRAND_STALLED;
	ask_all(&scout, false, ASKED);
	fake_errands.given_up = ERRAND_FAILED;
	ask_all(&scout, false, ASKED);
	fake_errands.given_up = ERRAND_WAITING;
}

/* What is not the whole reply is none. */
static void a_reply_has_its_size(void **state)
{
	struct errands errands;
	const struct scout scout = {&errands, -7, 5};

	(void)state;
	errands_init(&errands);
	for (int i = 0; i < 2; i++) {
		fake_errands.cut = i == 0;
		fake_errands.added = i;
		assert_false(scout_has_name(&scout, &vma));
		assert_int_equal(scout_is_exe(&scout, &vma), FILE_IDENTITY_NONE);
	}
	fake_errands.added = 0;
	assert_true(scout_has_name(&scout, &vma));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_helper_it_is_looked_here),
		cmocka_unit_test(a_helper_is_asked_once),
		cmocka_unit_test(a_reply_has_its_size),
	};

	return cmocka_run_group_tests_name("scout_asks", tests, NULL, NULL);
}
