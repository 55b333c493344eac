/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/maps_file.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "procfs/maps_parser.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

static const struct procfs_options live = {.root = "/proc"};

/* Reads one sample of a recorded tree; NULL and *ret_error when there is none. */
static struct address_space *read_recorded(const char *name, int32_t pid, int *ret_error)
{
	const char *folder = getenv("top_srcdir");
	struct address_space *space = NULL;
	struct procfs_options options;
	struct source *source;
	char root[4096];

	snprintf(root, sizeof(root), "%s/tests/fixtures/%s", folder ? folder : ".", name);
	options.root = root;
	*ret_error = procfs_source_create(&options, pid, &source);
	if (*ret_error)
		return NULL;
	assert_int_equal(source_exit_descriptor(source), -1);
	*ret_error = source_read(source, &space);
	source_destroy(source);
	return space;
}

static struct address_space *read_good(const char *name, int32_t pid)
{
	int error;
	struct address_space *space = read_recorded(name, pid, &error);

	assert_int_equal(error, 0);
	assert_non_null(space);
	assert_int_equal(space->target.pid, pid);
	return space;
}

static void reads_recorded_processes(void **state)
{
	static const struct {
		const char *name, *comm;
		int32_t pid;
		size_t mappings;
		uint32_t threads;
		uint64_t user_end;
	} cases[] = {
		{"sleep", "sleep", 29203, 37, 1, UINT64_C(1) << 47},
		{"static", "fixed", 29278, 12, 1, UINT64_C(1) << 47},
		{"narrow-32bit", "narrow", 29394, 22, 1, UINT64_C(1) << 32},
		{"python-threads", "python3", 29562, 84, 4, UINT64_C(1) << 47},
		{"java", "java", 29811, 203, 21, UINT64_C(1) << 47},
		{"leader-exited", "leader", 29470, 37, 3, UINT64_C(1) << 47},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_space *space = read_good(cases[i].name, cases[i].pid);

		assert_string_equal(space->target.comm, cases[i].comm);
		assert_int_equal(space->target.threads, cases[i].threads);
		assert_true(space->user_end == cases[i].user_end);
		assert_int_equal(space->vma_count, cases[i].mappings);
		assert_non_null(space->target.exe);
		address_space_destroy(space);
	}
}

static void a_torn_list_becomes_a_sorted_one(void **state)
{
	static const uint64_t ranges[][2] = {
		{0x555500000000, 0x555500004000}, {0x555500004000, 0x555500008000},
		{0x555500010000, 0x555500052000}, {0x7f0000000000, 0x7f0000010000},
		{0x7f0000010000, 0x7f0000014000}, {0x7f0000014000, 0x7f0000020000},
		{0x7ffc00000000, 0x7ffc00021000},
	};
	struct address_space *space = read_good("torn", 100);

	(void)state;
	assert_int_equal(space->vma_count, 7);
	for (size_t i = 0; i < 7; i++) {
		assert_true(space->vmas[i].start == ranges[i][0]);
		assert_true(space->vmas[i].end == ranges[i][1]);
	}
	assert_int_equal(space->vmas[1].offset, 0x4000);
	assert_int_equal(space->vmas[4].perms, PERM_READ);
	address_space_destroy(space);
}

static void strange_names_survive(void **state)
{
	static const struct {
		size_t index;
		const char *name;
		bool deleted;
	} cases[] = {
		{0, "", false},
		{1, "/tmp/a b  c", false},
		{2, "/tmp/ends in space ", false},
		{3, "/tmp/new\\012line", false},
		{4, "/tmp/\x1b[31mred\x1b[0m\x07", false},
		{5, "/tmp/\xff\xfe\xc0latin \xe9", false},
		{6, "/tmp/gone", true},
		{7, "/tmp/[heap]", false},
		{9, "/memfd:my memfd name", true},
		{11, "/SYSV00000000", true},
		{12, "/dev/zero", true},
		{13, "/dev/zero", false},
		{14, "[anon:my heap (deleted)]", false},
		{15, "anon_inode:[perf_event]", false},
		{18, "[vsyscall]", false},
	};
	struct address_space *space = read_good("strange-names", 100);

	(void)state;
	assert_string_equal(space->target.comm, "a) R 1\n(\x1b[2J\xff");
	assert_int_equal(space->target.cmdline_count, 4);
	assert_string_equal(space->target.cmdline[3], "no end");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(space->vmas[cases[i].index].name, cases[i].name);
		assert_int_equal(space->vmas[cases[i].index].deleted, cases[i].deleted);
	}
	assert_int_equal(strlen(space->vmas[16].name), 6001);
	assert_true(space->vmas[16].inode == UINT64_MAX);
	assert_true(space->vmas[18].end == UINT64_C(0xffffffffff601000));
	address_space_destroy(space);
}

static void tells_why_there_is_no_address_space(void **state)
{
	int error;

	(void)state;
	assert_null(read_recorded("zombie", 30176, &error));
	assert_int_equal(error, -ESRCH);
	assert_null(read_recorded("kernel-thread", 2, &error));
	assert_int_equal(error, -ENXIO);
	assert_null(read_recorded("sleep", 1, &error));
	assert_int_equal(error, -ESRCH);
	assert_null(read_recorded("no such tree", 1, &error));
	assert_int_equal(error, -ENOENT);
	assert_null(read_recorded("sleep", 0, &error));
	assert_int_equal(error, -ESRCH);
	assert_null(read_recorded("sleep", -5, &error));
	assert_int_equal(error, -ESRCH);
}

static void agrees_with_the_maps_of_a_live_process(void **state)
{
	struct address_space *space;
	struct maps_parser maps;
	struct source *source;
	pid_t child = child_start(NULL, NULL);
	char path[64];

	(void)state;
	assert_int_equal(procfs_source_create(&live, child, &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	snprintf(path, sizeof(path), "/proc/%d/maps", child);
	maps_parser_init(&maps, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&maps, AT_FDCWD, path), 0);
	assert_int_equal(space->vma_count, maps.count);
	for (size_t i = 0; i < maps.count; i++) {
		assert_true(space->vmas[i].start == maps.vmas[i].start);
		assert_true(space->vmas[i].end == maps.vmas[i].end);
		assert_int_equal(space->vmas[i].perms, maps.vmas[i].perms);
		assert_string_equal(space->vmas[i].name, maps.vmas[i].name);
	}
	assert_int_equal(space->target.uid, geteuid());
	assert_true(space->time_ns > 0 && space->cost_ns > 0);
	maps_parser_finish(&maps);
	address_space_destroy(space);
	child_end(child);
	source_destroy(source);
}

/* Another process of that number: the held directory never shows it, a recorded tree would. */
static void a_reused_pid_is_another_process(void **state)
{
	char root[] = "/tmp/vastop-test-XXXXXX", path[64];
	static const char *const starts[] = {"4242", "4243"};
	struct address_space *space = NULL;
	struct source *source = NULL;
	int error[2];

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/9", root);
	mkdir(path, 0700);
	for (int i = 0; i < 2; i++) {
		FILE *file;

		snprintf(path, sizeof(path), "%s/9/maps", root);
		file = fopen(path, "w");
		fputs("1000-2000 rw-p 00000000 00:00 0 \n", file);
		fclose(file);
		snprintf(path, sizeof(path), "%s/9/stat", root);
		file = fopen(path, "w");
		fprintf(file, "9 (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %s 4096 1\n",
			starts[i]);
		fclose(file);
		if (i == 0)
			assert_int_equal(
				procfs_source_create(&(struct procfs_options){.root = root}, 9,
						     &source),
				0);
		error[i] = source_read(source, &space);
	}
	unlink(path);
	snprintf(path, sizeof(path), "%s/9/maps", root);
	unlink(path);
	snprintf(path, sizeof(path), "%s/9", root);
	rmdir(path);
	rmdir(root);
	source_destroy(source);
	address_space_destroy(space);
	assert_int_equal(error[0], 0);
	assert_int_equal(error[1], -ESRCH);
}

/* A child that calls execve(2) on and on; with the personality (personality(2)) or 0. */
static pid_t start_changing(unsigned long persona)
{
	static char *const command[] = {
		"/bin/sh",
		"-c",
		"case $1 in 300) exit;; esac; exec /bin/sh -c \"$0\" \"$0\" $(($1+1))",
		"case $1 in 300) exit;; esac; exec /bin/sh -c \"$0\" \"$0\" $(($1+1))",
		"0",
		NULL};
	int end[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	child = fork();
	if (child == 0) {
		if (persona)
			personality(persona);
		execv(command[0], command);
		_exit(127);
	}
	close(end[1]);
	(void)!read(end[0], &byte, 1); /* the child runs the shell */
	close(end[0]);
	return child;
}

/* An image that has its stack already is listed to the end: there it is. */
static void assert_stack_is_whole(const struct address_space *space)
{
	bool found = false;

	for (size_t i = 0; i < space->vma_count; i++)
		if (strcmp(space->vmas[i].name, "[stack]") == 0) {
			assert_true(space->vmas[i].start <= space->target.start_stack);
			assert_true(space->target.start_stack < space->vmas[i].end);
			found = true;
		}
	assert_int_equal(found, space->target.start_stack != 0);
}

/* Each sample is of one image, or there is none. */
static void sample_to_the_end(pid_t child)
{
	struct source *source;
	int error = 0, samples = 0;

	assert_int_equal(procfs_source_create(&live, child, &source), 0);
	while (error == 0 || error == -EAGAIN) {
		struct address_space *space;

		error = source_read(source, &space);
		if (error)
			continue;
		samples++;
		assert_stack_is_whole(space);
		address_space_destroy(space);
	}
	assert_int_equal(error, -ESRCH);
	assert_true(samples > 0);
	source_destroy(source);
	waitpid(child, NULL, 0);
}

static void a_sample_is_never_of_two_images(void **state)
{
	(void)state;
	sample_to_the_end(start_changing(0));
}

/* Without randomization all images have their stack and heap at the same addresses. */
static void images_that_look_alike_are_told_apart(void **state)
{
	(void)state;
	sample_to_the_end(start_changing(ADDR_NO_RANDOMIZE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_recorded_processes),
		cmocka_unit_test(a_torn_list_becomes_a_sorted_one),
		cmocka_unit_test(strange_names_survive),
		cmocka_unit_test(tells_why_there_is_no_address_space),
		cmocka_unit_test(agrees_with_the_maps_of_a_live_process),
		cmocka_unit_test(a_reused_pid_is_another_process),
		cmocka_unit_test(a_sample_is_never_of_two_images),
		cmocka_unit_test(images_that_look_alike_are_told_apart),
	};

	return cmocka_run_group_tests_name("procfs_source", tests, NULL, NULL);
}
