/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which way a look takes to a file, and what is left of it: the ways are the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "call_log.h"
#include "elf_maker.h"
#include "files/built_file.h"
#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "files/mapped_open.h"
#include "files/perf_map_probe.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "model/vma.h"

#define SYMBOL ELF64_ST_INFO(STB_GLOBAL, STT_FUNC)

static struct elf_maker maker;

/* What ways lead to. */
static struct {
	int find_error, open_error, map_error;
	uint64_t size; /* that the file is said to have */
} world;

/* A file with the object. */
static int make_file(void)
{
	int file = memfd_create("object", MFD_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(write(file, maker.bytes, sizeof(maker.bytes)), sizeof(maker.bytes));
	return file;
}

static int found(struct mapped_found *ret_found, enum file_identity identity)
{
	if (world.find_error)
		return world.find_error;
	ret_found->identity = identity;
	ret_found->stat = (struct statx){
		.stx_ino = 4711, .stx_size = world.size, .stx_mtime = {.tv_sec = 5, .tv_nsec = 6}};
	return make_file();
}

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found)
{
	call_log_say("find %s of %s but %u", vma->name, root->directory < 0 ? "none" : "one",
		     root->avoid);
	return found(ret_found, FILE_IDENTITY_LIKELY);
}

int mapped_open(int descriptor)
{
	call_log_say("open");
	return world.open_error ? world.open_error : dup(descriptor);
}

int built_file_find(const struct vma *vma, const struct build_id *build_id,
		    struct mapped_found *ret_found)
{
	call_log_say("find %s, built as %u", vma->name, build_id->bytes[0]);
	return found(ret_found, FILE_IDENTITY_PROVEN);
}

int perf_map_probe(struct mapped_root *root, const struct inside_question *question,
		   struct inside_finding *ret_finding)
{
	call_log_say("map of %d, %s but %u", question->pid, root->directory < 0 ? "none" : "one",
		     root->avoid);
	if (!world.map_error)
		ret_finding->bias = 99;
	return world.map_error;
}

static const struct vma code = {.start = 0x10000,
				.end = 0x11000,
				.inode = 7,
				.name = "/lib/a",
				.perms = PERM_READ | PERM_EXEC,
				.kind_source = KIND_SOURCE_ELF};
static struct vma vmas[2];
static struct inside_question question;
static struct inside_finding finding;

static int set_up(void **state)
{
	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_add_symbol(&maker,
			     (struct maker_symbol){"_ZN1a1fEi", 0x400, 0x20, SYMBOL, MAKER_TEXT});
	memset(&world, 0, sizeof(world));
	world.size = sizeof(maker.bytes);
	vmas[0] = (struct vma){
		.start = 0x1000, .end = 0x2000, .offset = 0x9000, .name = "/lib/a", .inode = 7};
	vmas[1] = code;
	question = (struct inside_question){.pid = getpid(),
					    .page_size = 4096,
					    .vmas = vmas,
					    .count = 2,
					    .index = 1,
					    .demangle = true,
					    .build_id = {.size = 1, .bytes = {0xb1}}};
	finding = (struct inside_finding){.bias = 7};
	call_log_clear();
	return 0;
}

static int look(void)
{
	const struct procfs_options options = {.root = "/proc", .avoid = 5};

	return inside_probe(&options, &question, &finding);
}

/* Expects what is inside the object, as it was loaded, and lets go of it. */
static void assert_object(const char *shown)
{
	assert_int_equal(finding.stamp.inode, 4711);
	assert_int_equal(finding.stamp.size, world.size);
	assert_true(finding.loaded);
	assert_int_equal(finding.bias, 0x10000);
	assert_int_equal(finding.object != NULL, shown != NULL);
	if (shown)
		assert_string_equal(finding.object->symbols.names[0].shown, shown);
	inside_object_unref(finding.object);
	finding.object = NULL;
}

static void a_file_is_found_through_its_process(void **state)
{
	struct file_stamp stamp;

	(void)state;
	assert_int_equal(look(), 0);
	call_log_expect("find /lib/a of one but 5\nopen\n");
	assert_int_equal(finding.identity, FILE_IDENTITY_LIKELY);
	stamp = finding.stamp;
	assert_object("a::f(int)");
	question.demangle = false;
	assert_int_equal(look(), 0);
	assert_object("_ZN1a1fEi");
	question.known = stamp;
	assert_int_equal(look(), 0);
	assert_object(NULL);
	/* It is the mapping at the index that was loaded there. */
	question.index = 0;
	assert_int_equal(look(), 0);
	assert_false(finding.loaded);
}

static void errors_are_told_and_leave_no_finding(void **state)
{
	(void)state;
	world.find_error = -ENOENT;
	assert_int_equal(look(), -ENOENT);
	call_log_expect("find /lib/a of one but 5\n");
	world.find_error = 0;
	world.open_error = -EACCES;
	assert_int_equal(look(), -EACCES);
	call_log_expect("find /lib/a of one but 5\nopen\n");
	world.open_error = 0;
	maker.bytes[0] = 'x';
	assert_int_equal(look(), -ENOEXEC);
	maker.bytes[0] = ELFMAG0;
	world.size = 64;
	assert_int_equal(look(), -ENOEXEC);
	question.pid = INT32_MAX;
	call_log_clear();
	assert_int_equal(look(), -ENOENT);
	call_log_expect("");
	assert_int_equal(finding.bias, 7);
	assert_null(finding.object);
}

/* That of a program that was started without stdin. */
static void the_lowest_descriptor_is_one(void **state)
{
	int input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
	int results[3];

	(void)state;
	close(STDIN_FILENO);
	question.by_build_id = true;
	results[0] = look();
	assert_object("a::f(int)");
	question.by_build_id = false;
	results[1] = look();
	assert_object("a::f(int)");
	question.is_code = true;
	results[2] = look();
	if (input >= 0) {
		dup2(input, STDIN_FILENO);
		close(input);
	}
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(results[i], 0);
}

static void without_a_process_it_is_found_by_its_build(void **state)
{
	(void)state;
	question.by_build_id = true;
	question.pid = INT32_MAX;
	assert_int_equal(look(), 0);
	call_log_expect("find /lib/a, built as 177\nopen\n");
	assert_int_equal(finding.identity, FILE_IDENTITY_PROVEN);
	assert_object("a::f(int)");
	finding.bias = 7;
	world.find_error = -ENOENT;
	assert_int_equal(look(), -ENOENT);
	assert_int_equal(finding.bias, 7);
}

static void what_has_no_file_has_a_map_if_it_is_code(void **state)
{
	(void)state;
	vmas[1].inode = 0;
	vmas[1].name = "";
	assert_int_equal(look(), -ENOENT);
	call_log_expect("");
	question.is_code = true;
	question.pid = INT32_MAX;
	assert_int_equal(look(), -ENOENT);
	call_log_expect("");
	question.pid = 1;
	assert_int_equal(look(), 0);
	call_log_expect("map of 1, one but 5\n");
	assert_int_equal(finding.bias, 99);
	world.map_error = -EPERM;
	assert_int_equal(look(), -EPERM);
}

#define TEST(function) cmocka_unit_test_setup(function, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_found_through_its_process),
		TEST(errors_are_told_and_leave_no_finding),
		TEST(the_lowest_descriptor_is_one),
		TEST(without_a_process_it_is_found_by_its_build),
		TEST(what_has_no_file_has_a_map_if_it_is_code),
	};

	return cmocka_run_group_tests_name("inside_probe_ways", tests, NULL, NULL);
}
