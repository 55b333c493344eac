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
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/scout.h"
#include "files/target_files.h"
#include "model/target_totals.h"

static struct target_place open_place(const char *root, int32_t pid, bool live)
{
	const char *source = getenv("top_srcdir");
	struct target_place place = {.pid = pid, .live = live};
	char path[4096];

	if (root[0] == '/')
		snprintf(path, sizeof(path), "%s", root);
	else
		snprintf(path, sizeof(path), "%s/tests/fixtures/%s", source ? source : ".", root);
	place.root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	snprintf(path, sizeof(path), "%d", pid);
	place.directory = openat(place.root, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	place.memory = place.directory;
	assert_true(place.directory >= 0);
	return place;
}

static void close_place(const struct target_place *place)
{
	close(place->directory);
	close(place->root);
}

static int read_files(struct target_files *files, const struct target_place *place)
{
	struct proc_stat stat;

	assert_int_equal(target_read_stat(place->directory, NULL, &files->stat, &stat), 0);
	return target_files_read(files, place, &stat, &stat);
}

static void reads_all_of_a_recorded_process(void **state)
{
	struct target_place place = open_place("sleep", 29203, false);
	struct target_files files = {0};
	const struct target *target = &files.target;

	(void)state;
	assert_int_equal(read_files(&files, &place), 0);
	assert_int_equal(target->pid, 29203);
	assert_string_equal(target->comm, "sleep");
	assert_string_equal(target->exe, "/usr/bin/sleep");
	assert_int_equal(target->cmdline_count, 2);
	assert_string_equal(target->cmdline[0], "sleep");
	assert_string_equal(target->cmdline[1], "1000");
	assert_int_equal(target->uid, 0);
	assert_int_equal(target->state, 'S');
	assert_int_equal(target->threads, 1);
	assert_int_equal(target->page_size, 4096);
	assert_int_equal(target->limits.max_map_count, 65530);
	assert_int_equal(target->limits.stack, 8388608);
	assert_true(target->limits.as == TARGET_UNLIMITED);
	assert_true(target->start_brk != 0 && target->start_stack > target->start_brk);
	assert_true(files.interpreter_base != 0);
	assert_int_equal(files.image.exe.inode, 0); /* the file of that name here is another one */
	target_files_finish(&files);
	close_place(&place);
}

static void what_is_not_recorded_is_unknown(void **state)
{
	struct target_place place = open_place("torn", 100, false);
	struct target_files files = {0};

	(void)state;
	assert_int_equal(read_files(&files, &place), 0);
	assert_string_equal(files.target.comm, "torn");
	assert_null(files.target.exe);
	assert_int_equal(files.target.cmdline_count, 0);
	assert_true(files.target.uid == TARGET_UNKNOWN);
	assert_true(files.target.limits.max_map_count == TARGET_UNKNOWN);
	assert_true(files.target.limits.stack == TARGET_UNKNOWN);
	assert_int_equal(files.target.page_size, sysconf(_SC_PAGESIZE));
	target_files_finish(&files);
	close_place(&place);
}

static void match(struct target_files *files, const struct target_place *place,
		  const struct vma *vmas, size_t count, struct target_exe *ret_exe)
{
	struct scout scout = {.errands = NULL};

	scout.directory = place->directory;
	target_files_match_exe(files, &scout, vmas, count, ret_exe);
}

static void a_live_executable_is_known_by_its_numbers(void **state)
{
	struct target_place place = open_place("/proc", getpid(), true);
	struct target_files files = {0};
	struct vma vmas[2] = {{.name = "/any"}, {.name = "/any"}};
	struct target_exe exe;
	struct stat file;

	(void)state;
	assert_int_equal(read_files(&files, &place), 0);
	assert_int_equal(stat("/proc/self/exe", &file), 0);
	vmas[0].inode = vmas[1].inode = file.st_ino;
	vmas[0].dev_major = major(file.st_dev) + 1; /* the same inode number, elsewhere */
	vmas[1].dev_major = major(file.st_dev);
	vmas[0].dev_minor = vmas[1].dev_minor = minor(file.st_dev);
	match(&files, &place, vmas, 2, &exe);
	assert_ptr_equal(exe.vma, &vmas[1]);
	assert_true(exe.by_numbers);
	match(&files, &place, vmas, 1, &exe);
	assert_null(exe.vma);
	target_files_finish(&files);
	close_place(&place);
}

/* stat(2) has another device than maps, as on btrfs. */
static void the_path_and_the_numbers_of_maps_decide_elsewhere(void **state)
{
	struct target_place place = open_place("/proc", getpid(), true);
	struct target_files files = {0};
	struct vma vmas[3] = {{.name = ""}};
	struct target_exe exe;
	struct stat file;

	(void)state;
	assert_int_equal(read_files(&files, &place), 0);
	assert_int_equal(stat("/proc/self/exe", &file), 0);
	for (size_t i = 0; i < 3; i++)
		vmas[i] = (struct vma){.start = i + 1,
				       .end = i + 2,
				       .inode = file.st_ino,
				       .dev_major = major(file.st_dev),
				       .dev_minor = minor(file.st_dev),
				       .name = files.target.exe};
	vmas[0].name = "/lib/collides";
	vmas[1].dev_minor++; /* what was mounted over the path */
	files.image.exe_known = true;
	files.image.exe = (struct file_numbers){.inode = file.st_ino,
						.dev_major = major(file.st_dev) + 1,
						.dev_minor = minor(file.st_dev)};
	match(&files, &place, vmas, 3, &exe);
	assert_ptr_equal(exe.vma, &vmas[2]);
	assert_false(exe.by_numbers);
	match(&files, &place, vmas, 2, &exe);
	assert_null(exe.vma);
	target_files_finish(&files);
	close_place(&place);
}

static void the_path_decides_where_nothing_else_is_known(void **state)
{
	struct vma vmas[] = {
		{.start = 1, .end = 2, .name = "/usr/bin/sle", .inode = 1},
		{.start = 2, .end = 3, .name = "/usr/bin/sleep", .inode = 77, .dev_major = 9},
	};
	struct target_place place = open_place("sleep", 29203, false);
	struct target_files files = {0};
	struct target_exe exe;

	(void)state;
	assert_int_equal(read_files(&files, &place), 0);
	match(&files, &place, vmas, 1, &exe);
	assert_null(exe.vma);
	match(&files, &place, vmas, 2, &exe);
	assert_ptr_equal(exe.vma, &vmas[1]);
	assert_false(exe.by_numbers);
	assert_string_equal(files.target.exe, "/usr/bin/sleep");
	files.target.exe = "/usr/bin/sleep (deleted)";
	match(&files, &place, vmas, 2, &exe);
	assert_null(exe.vma); /* a new file at the old path */
	vmas[1].deleted = true;
	match(&files, &place, vmas, 2, &exe);
	assert_ptr_equal(exe.vma, &vmas[1]);
	assert_string_equal(files.target.exe, "/usr/bin/sleep");
	target_files_finish(&files);
	close_place(&place);
}

static void write_text(int directory, const char *path, const char *text)
{
	int file = openat(directory, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
}

/* Samples a process that has the name and the argument, with where its heap begins. */
static const char *argument(struct target_files *files, const struct target_place *place,
			    const char *name, const char *argument, uint64_t start_brk)
{
	const struct proc_stat stat = {
		.comm = name, .comm_length = strlen(name), .start_brk = start_brk, .threads = 1};

	write_text(place->directory, "cmdline", argument);
	assert_int_equal(target_files_read(files, place, &stat, &stat), 0);
	assert_string_equal(files->target.comm, name);
	assert_int_equal(files->target.cmdline_count, 1);
	return files->target.cmdline[0];
}

static void an_image_is_read_once_and_now_and_then(void **state)
{
	char root[] = "/tmp/vastop-test-XXXXXX", path[64];
	struct target_files files = {0};
	struct target_place place;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/9", root);
	mkdir(path, 0700);
	place = open_place(root, 9, false);
	assert_string_equal(argument(&files, &place, "a", "first", 1), "first");
	for (int i = 1; i < 10; i++)
		assert_string_equal(argument(&files, &place, "a", "second", 1), "first");
	assert_string_equal(argument(&files, &place, "a", "second", 1), "second");
	/* Another heap or another name: another image. */
	assert_string_equal(argument(&files, &place, "a", "third", 2), "third");
	assert_string_equal(argument(&files, &place, "b", "fourth", 2), "fourth");
	assert_string_equal(argument(&files, &place, "b", "fifth", 2), "fourth");
	target_files_forget(&files);
	assert_string_equal(argument(&files, &place, "b", "fifth", 2), "fifth");
	unlinkat(place.directory, "cmdline", 0);
	target_files_finish(&files);
	close_place(&place);
	rmdir(path);
	rmdir(root);
}

static void totals_are_those_of_now(void **state)
{
	struct target_place place = open_place("sleep", 29203, false);
	const struct target target = {.page_size = 4096, .rss = 111, .swap = 222};
	struct target_totals totals;

	(void)state;
	target_read_totals(&target, place.directory, &totals);
	assert_int_equal(totals.size, 730 * 4096);
	assert_int_equal(totals.shared, 425 * 4096);
	assert_int_equal(totals.size_peak, 2920 << 10);
	assert_int_equal(totals.rss_peak, 1808 << 10);
	assert_int_equal(totals.rss, 111);
	assert_int_equal(totals.swap, 222);
	assert_true(totals.time_ns > 0);
	close_place(&place);
	/* What there is no file of is unknown. */
	place = open_place("torn", 100, false);
	target_read_totals(&target, place.root, &totals);
	assert_true(totals.size == TARGET_UNKNOWN && totals.shared == TARGET_UNKNOWN);
	assert_true(totals.size_peak == TARGET_UNKNOWN && totals.rss_peak == TARGET_UNKNOWN);
	assert_int_equal(totals.rss, 111);
	close_place(&place);
}

/* A folder with nothing but a status and a comm, as some recorder left it. */
static void what_stat_does_not_say_other_files_do(void **state)
{
	static const char status[] = "Name:\tother\nState:\tT (stopped)\nThreads:\t7\n";
	char folder[] = "/tmp/vastop-files-XXXXXX";
	struct target_place place = {.pid = 5};
	struct target_files files = {0};
	struct text text = {0};
	struct proc_stat stat;
	int file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	place.root = place.directory = place.memory =
		open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	file = openat(place.directory, "status", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(file, status, sizeof(status) - 1), sizeof(status) - 1);
	close(file);
	target_read_recorded_stat(place.directory, &text, &stat);
	assert_int_equal(target_files_read(&files, &place, &stat, &stat), 0);
	assert_string_equal(files.target.comm, "other");
	assert_int_equal(files.target.state, 'T');
	assert_int_equal(files.target.threads, 7);
	target_files_finish(&files);
	text_finish(&text);
	unlinkat(place.directory, "status", 0);
	close(place.directory);
	rmdir(folder);
}

/* Whose flags or whose status say so; they have no memory of their own. */
static void threads_of_the_kernel_are_refused(void **state)
{
	static const struct {
		const char *status;
		uint64_t flags;
		int error;
	} cases[] = {{"Kthread:\t0\n", 0, 0},
		     {"Kthread:\t1\n", 0, -ENXIO},
		     {"Name:\tx\n", STAT_FLAG_KERNEL_THREAD, -ENXIO},
		     {"Kthread:\t0\n", STAT_FLAG_KERNEL_THREAD | 1, -ENXIO}};
	char folder[] = "/tmp/vastop-files-XXXXXX";
	struct target_place place = {.pid = 5};

	(void)state;
	assert_non_null(mkdtemp(folder));
	place.root = place.directory = place.memory =
		open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct proc_stat stat = {
			.comm = "x", .comm_length = 1, .flags = cases[i].flags, .threads = 1};
		struct target_files files = {0};

		write_text(place.directory, "status", cases[i].status);
		assert_int_equal(target_files_read(&files, &place, &stat, &stat), cases[i].error);
		assert_int_equal(files.target.pid, cases[i].error ? 0 : 5);
		target_files_finish(&files);
	}
	unlinkat(place.directory, "status", 0);
	close(place.directory);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_of_a_recorded_process),
		cmocka_unit_test(what_is_not_recorded_is_unknown),
		cmocka_unit_test(a_live_executable_is_known_by_its_numbers),
		cmocka_unit_test(the_path_and_the_numbers_of_maps_decide_elsewhere),
		cmocka_unit_test(the_path_decides_where_nothing_else_is_known),
		cmocka_unit_test(an_image_is_read_once_and_now_and_then),
		cmocka_unit_test(totals_are_those_of_now),
		cmocka_unit_test(what_stat_does_not_say_other_files_do),
		cmocka_unit_test(threads_of_the_kernel_are_refused),
	};

	return cmocka_run_group_tests_name("target_files", tests, NULL, NULL);
}
