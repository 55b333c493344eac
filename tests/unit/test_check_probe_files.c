/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which files are checked, and what is said of them: how one is checked is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "files/check_probe.h"
#include "files/errands.h"
#include "files/file_check.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/checked_file.h"
#include "model/file_system.h"
#include "model/kind.h"

static struct text asked; /* the names, in order */

struct errand *file_check_create(struct errands *errands, const struct vma *vma, unsigned avoid,
				 uint64_t uid)
{
	const struct text none = {0};

	(void)errands;
	assert_int_equal(avoid, 3);
	assert_int_equal(uid, 1234);
	text_append_format(&asked, "%s ", vma->name);
	return errand_make(NULL, &none, false);
}

void file_check_take(const struct errand *errand, struct checked_file *file)
{
	(void)errand;
	file->state = CHECKED_NOT_ELF;
	errand_settle((struct errand *)errand, ERRAND_DONE);
}

#define CODE (PERM_READ | PERM_EXEC)

/* Each is at 0x1000 times its place. */
static const struct {
	const char *name;
	uint64_t inode;
	uint8_t perms, kind, source;
	bool deleted;
	uint8_t file_system;
} list[] = {
	{"/z", 9, PERM_READ, KIND_RODATA, KIND_SOURCE_ELF, false, 0},
	{"/code", 1, CODE, KIND_TEXT, KIND_SOURCE_PERMISSIONS, false, 0},
	{"/data", 2, PERM_READ, KIND_FILE, KIND_SOURCE_PERMISSIONS, false, 0},
	{"/shared", 3, CODE | PERM_SHARED, KIND_TEXT, KIND_SOURCE_ELF, false, 0},
	{"/device", 4, CODE, KIND_DEVICE, KIND_SOURCE_ELF, false, 0},
	{"", 0, CODE, KIND_ANON, KIND_SOURCE_ELF, false, 0},
	{"/code", 1, CODE, KIND_TEXT, KIND_SOURCE_ELF, false, 0},
	{"/gone", 5, CODE, KIND_TEXT, KIND_SOURCE_ELF, true, 0},
	{"/memfd:a", 6, CODE, KIND_TEXT, KIND_SOURCE_ELF, true, FILE_SYSTEM_SHMEM},
	{"/secret", 7, CODE, KIND_TEXT, KIND_SOURCE_ELF, true, FILE_SYSTEM_SECRETMEM},
	{"/huge", 8, CODE, KIND_TEXT, KIND_SOURCE_ELF, true, FILE_SYSTEM_HUGETLBFS},
	{"/z", 9, CODE, KIND_TEXT, KIND_SOURCE_ELF, false, 0},
};
enum { COUNT = sizeof(list) / sizeof(list[0]) };

static struct address_space *make_space(void)
{
	const struct target target = {
		.pid = getpid(), .uid = 1234, .page_size = 4096, .start_ticks = TARGET_UNKNOWN};
	struct address_space *space;
	struct vma vmas[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		vmas[i] = (struct vma){.start = 0x1000 * (i + 1),
				       .end = 0x1000 * (i + 2),
				       .name = list[i].name,
				       .inode = list[i].inode,
				       .perms = list[i].perms,
				       .kind = list[i].kind,
				       .kind_source = list[i].source,
				       .deleted = list[i].deleted,
				       .file_system = list[i].file_system,
				       .owner = OWNER_LIBRARY};
	assert_int_equal(address_space_create(&target, vmas, COUNT, 0, 0, &space), 0);
	return space;
}

static void files_with_code_are_checked(void **state)
{
	static const struct {
		const char *name;
		uint64_t start;
		bool deleted;
	} expected[] = {{"/z", 0x1000, false},      {"/code", 0x2000, false},
			{"/gone", 0x8000, true},    {"/memfd:a", 0x9000, false},
			{"/secret", 0xa000, false}, {"/huge", 0xb000, false}};
	const struct procfs_options options = {.root = "/proc", .avoid = 3};
	struct address_space *space = make_space();
	struct check_facts facts;
	struct errands errands;

	(void)state;
	errands_init(&errands);
	check_probe(&options, &errands, space, &facts);
	assert_string_equal(text_string(&asked), "/z /code /gone /memfd:a /secret /huge ");
	assert_int_equal(facts.files.count, 6);
	for (size_t i = 0; i < 6; i++) {
		const struct checked_file *file = &facts.files.files[i];

		assert_string_equal(file->name, expected[i].name);
		assert_int_equal(file->start, expected[i].start);
		assert_int_equal(file->deleted, expected[i].deleted);
		assert_int_equal(file->owner, OWNER_LIBRARY);
		assert_int_equal(file->state, CHECKED_NOT_ELF);
	}
	check_facts_finish(&facts);
	assert_int_equal(facts.files.count, 0);
	errands_finish(&errands);
	address_space_destroy(space);
	text_finish(&asked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_with_code_are_checked),
	};

	return cmocka_run_group_tests_name("check_probe_files", tests, NULL, NULL);
}
