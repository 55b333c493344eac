/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "base/text.h"
#include "elf_maker.h"
#include "files/errands.h"
#include "files/file_check.h"
#include "inside/elf_hardening_reader.h"
#include "kernel/maps_file.h"
#include "model/checked_file.h"
#include "model/target.h"
#include "model/vma.h"
#include "procfs/maps_parser.h"
#include "support/child.h"

#define OTHER 12345 /* a user, or a group, of no process */

/* A file in a folder, which this process maps. */
struct mapped {
	char folder[64], path[96];
	void *memory;
	int directory; /* in /proc */
	struct maps_parser maps;
	struct vma vma;
};

static const char *name = "file";

static int set_up(void **state)
{
	struct mapped *mapped = calloc(1, sizeof(*mapped));
	int file;

	assert_non_null(mapped);
	strcpy(mapped->folder, "/tmp/vastop-test-XXXXXX");
	assert_non_null(mkdtemp(mapped->folder));
	snprintf(mapped->path, sizeof(mapped->path), "%s/%s", mapped->folder, name);
	file = open(mapped->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(file, "bytes", 5), 5);
	mapped->memory = mmap(NULL, 5, PROT_READ, MAP_PRIVATE, file, 0);
	assert_true(mapped->memory != MAP_FAILED);
	close(file);
	mapped->directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	maps_parser_init(&mapped->maps, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&mapped->maps, mapped->directory, "maps"), 0);
	for (size_t i = 0; i < mapped->maps.count; i++)
		if (mapped->maps.vmas[i].start == (uintptr_t)mapped->memory)
			mapped->vma = mapped->maps.vmas[i];
	assert_non_null(mapped->vma.name);
	*state = mapped;
	return 0;
}

static int tear_down(void **state)
{
	struct mapped *mapped = *state;

	maps_parser_finish(&mapped->maps);
	munmap(mapped->memory, 5);
	close(mapped->directory);
	unlink(mapped->path);
	assert_int_equal(rmdir(mapped->folder), 0);
	free(mapped);
	return 0;
}

/* What the errand finds, run in this process. */
static struct checked_file check_in(const struct mapped *mapped, int directory, uint64_t uid)
{
	struct checked_file file = {.name = NULL};
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errand = file_check_create(&errands, &mapped->vma, 0, uid);
	errand->call(directory, errand->request.bytes, errand->request.length, &errand->reply);
	errand->state = ERRAND_DONE;
	file_check_take(errand, &file);
	/* It is still in the queue of those that are not asked, and ends with that. */
	errand->state = ERRAND_WAITING;
	errands_finish(&errands);
	errand_drop(errand);
	return file;
}

static struct checked_file check(const struct mapped *mapped)
{
	return check_in(mapped, mapped->directory, geteuid());
}

static void set_modes(const struct mapped *mapped, mode_t folder, mode_t file)
{
	assert_int_equal(chmod(mapped->folder, folder), 0);
	assert_int_equal(chmod(mapped->path, file), 0);
}

static void assert_writer(struct checked_file file, enum checked_writer writer, uint32_t id,
			  const char *place)
{
	assert_int_equal(file.writer, writer);
	assert_int_equal(file.writer_id, id);
	if (place)
		assert_string_equal(file.place, place);
	else
		assert_null(file.place);
	free(file.place);
}

/* By the permissions of the file and of the folder that it lies in. */
static void who_may_write_is_found_and_where(void **state)
{
	struct mapped *mapped = *state;

	set_modes(mapped, 0700, 0666);
	assert_writer(check(mapped), CHECKED_WRITER_NONE, 0, NULL);
	set_modes(mapped, 0755, 0644);
	assert_writer(check(mapped), CHECKED_WRITER_NONE, 0, NULL);
	set_modes(mapped, 0755, 0666);
	assert_writer(check(mapped), CHECKED_WRITER_EVERYONE, 0, mapped->path);
	set_modes(mapped, 0777, 0644);
	assert_writer(check(mapped), CHECKED_WRITER_EVERYONE, 0, mapped->folder);
	set_modes(mapped, 01777, 0644);
	assert_writer(check(mapped), CHECKED_WRITER_BESIDE, 0, mapped->folder);
	set_modes(mapped, 0700, 0600);
}

/* Only root can give files away. */
static void other_owners_are_found(void **state)
{
	struct mapped *mapped = *state;

	if (geteuid())
		skip();
	set_modes(mapped, 0775, 0644);
	assert_int_equal(chown(mapped->folder, 0, OTHER), 0);
	assert_writer(check(mapped), CHECKED_WRITER_GROUP, OTHER, mapped->folder);
	assert_int_equal(chown(mapped->folder, 0, 0), 0);
	assert_writer(check(mapped), CHECKED_WRITER_NONE, 0, NULL);
	assert_int_equal(chown(mapped->path, OTHER, 0), 0);
	assert_writer(check(mapped), CHECKED_WRITER_OWNER, OTHER, mapped->path);
	/* The process's own user may. */
	assert_writer(check_in(mapped, mapped->directory, OTHER), CHECKED_WRITER_NONE, 0, NULL);
	assert_writer(check_in(mapped, mapped->directory, TARGET_UNKNOWN), CHECKED_WRITER_OWNER,
		      OTHER, mapped->path);
	assert_writer(check_in(mapped, mapped->directory, OTHER + (UINT64_C(1) << 32)),
		      CHECKED_WRITER_OWNER, OTHER, mapped->path);
}

static void enter_namespace(const void *context)
{
	(void)context;
	if (unshare(CLONE_NEWUSER) != 0)
		_exit(1);
}

/* What is found of a child whose user namespace has that map. */
static struct checked_file check_mapped_user(const struct mapped *mapped, const char *map)
{
	pid_t child = child_start(enter_namespace, NULL);
	struct checked_file file;
	char path[64];
	int directory, users;

	if (child < 0)
		skip();
	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	directory = high_descriptor(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	users = openat(directory, "uid_map", O_WRONLY | O_CLOEXEC);
	assert_int_equal(write(users, map, strlen(map)), strlen(map));
	close(users);
	file = check_in(mapped, directory, TARGET_UNKNOWN);
	close(directory);
	child_end(child);
	return file;
}

/* Who is root there may do in it what he likes. */
static void the_root_of_its_namespace_is_trusted(void **state)
{
	struct mapped *mapped = *state;
	uid_t owner = geteuid() ? geteuid() : OTHER;
	char map[64];

	if (!geteuid())
		assert_int_equal(chown(mapped->path, owner, 0), 0);
	set_modes(mapped, 0755, 0644);
	snprintf(map, sizeof(map), "0 %u 1\n", (unsigned)owner);
	assert_writer(check_mapped_user(mapped, map), CHECKED_WRITER_NONE, 0, NULL);
	snprintf(map, sizeof(map), "1 %u 1\n", (unsigned)owner);
	assert_writer(check_mapped_user(mapped, map), CHECKED_WRITER_OWNER, owner,
		      geteuid() ? mapped->folder : mapped->path);
}

static void a_newline_in_a_path_is_one(void **state)
{
	struct mapped *mapped = *state;

	assert_non_null(strstr(mapped->vma.name, "\\012"));
	set_modes(mapped, 0755, 0666);
	assert_writer(check(mapped), CHECKED_WRITER_EVERYONE, 0, mapped->path);
	set_modes(mapped, 0777, 0600);
	assert_writer(check(mapped), CHECKED_WRITER_EVERYONE, 0, mapped->folder);
}

static int set_up_newline(void **state)
{
	int result;

	name = "fi\nle";
	result = set_up(state);
	name = "file";
	return result;
}

static void put(const struct mapped *mapped, const void *bytes, size_t size)
{
	int file = open(mapped->path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	assert_int_equal(write(file, bytes, size), size);
	close(file);
}

static void assert_state(const struct mapped *mapped, enum checked_state expected)
{
	struct checked_file file = check(mapped);

	assert_int_equal(file.state, expected);
	assert_int_equal(file.writer, CHECKED_WRITER_NONE);
	assert_null(file.place);
}

static void its_content_is_read(void **state)
{
	struct mapped *mapped = *state;
	struct elf_hardening expected;
	struct checked_file file;
	struct file_reader reader;
	struct elf_maker maker;

	assert_state(mapped, CHECKED_NOT_ELF);
	elf_maker_init(&maker, false, false);
	reader = elf_maker_reader(&maker);
	memset(&expected, 0, sizeof(expected));
	assert_int_equal(elf_hardening_read(&reader, &expected), 0);
	put(mapped, maker.bytes, sizeof(maker.bytes));
	assert_state(mapped, CHECKED_READ);
	file = check(mapped);
	assert_int_equal(file.hardening.relro, expected.relro);
	assert_int_equal(file.hardening.stack, ELF_STACK_UNSTATED);
	assert_int_equal(file.hardening.stack, expected.stack);
	assert_int_equal(file.hardening.is_fixed, expected.is_fixed);
	assert_int_equal(file.hardening.dynamic_known, expected.dynamic_known);
	/* Cut short within its headers. */
	put(mapped, maker.bytes, 100);
	assert_state(mapped, CHECKED_NOT_ELF);
}

/* Root becomes another user for as long as that. */
static void what_may_not_be_read_is_denied(void **state)
{
	struct mapped *mapped = *state;
	struct checked_file file;
	uid_t before = geteuid();

	set_modes(mapped, 0755, 0000);
	if (!before && seteuid(OTHER) != 0)
		skip();
	file = check(mapped);
	if (!before)
		assert_int_equal(seteuid(before), 0);
	assert_int_equal(file.state, CHECKED_DENIED);
	free(file.place);
}

/* Of a file that has no name any more there is no place; another file may have the name. */
static void a_deleted_file_has_no_place(void **state)
{
	struct mapped *mapped = *state;
	struct checked_file file;

	set_modes(mapped, 0777, 0666);
	assert_int_equal(unlink(mapped->path), 0);
	mapped->vma.deleted = true;
	file = check(mapped);
	assert_false(file.replaced);
	assert_writer(file, CHECKED_WRITER_UNKNOWN, 0, NULL);
	close(open(mapped->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
	file = check(mapped);
	assert_true(file.replaced);
	assert_writer(file, CHECKED_WRITER_UNKNOWN, 0, NULL);
	/* Without the word that it was deleted nothing is said of that. */
	mapped->vma.deleted = false;
	file = check(mapped);
	assert_false(file.replaced);
	free(file.place);
}

/* A place in a recording is not one of now. */
static void a_recording_has_no_places(void **state)
{
	struct mapped *mapped = *state;
	struct checked_file file;
	int directory;

	set_modes(mapped, 0777, 0666);
	directory = high_descriptor(open(mapped->folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_int_equal(mkdirat(directory, "root", 0700), 0);
	assert_int_equal(linkat(AT_FDCWD, mapped->path, directory, "root/file", 0), 0);
	mapped->vma.name = "/file";
	file = check_in(mapped, directory, geteuid());
	assert_int_equal(file.state, CHECKED_NOT_ELF);
	assert_writer(file, CHECKED_WRITER_UNKNOWN, 0, NULL);
	unlinkat(directory, "root/file", 0);
	unlinkat(directory, "root", AT_REMOVEDIR);
	close(directory);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_may_write_is_found_and_where),
		TEST(other_owners_are_found),
		TEST(the_root_of_its_namespace_is_trusted),
		cmocka_unit_test_setup_teardown(a_newline_in_a_path_is_one, set_up_newline,
						tear_down),
		TEST(its_content_is_read),
		TEST(what_may_not_be_read_is_denied),
		TEST(a_deleted_file_has_no_place),
		TEST(a_recording_has_no_places),
	};

	return cmocka_run_group_tests_name("file_check_places", tests, NULL, NULL);
}
