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
#include <unistd.h>

#include "base/text.h"
#include "kernel/proc_file.h"

enum { LENGTH = 20000 };

static int make_folder(void **state)
{
	char *folder = strdup("/tmp/vastop-test-XXXXXX");

	if (!mkdtemp(folder))
		return -1;
	*state = folder;
	return 0;
}

static int remove_folder(void **state)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/file", (const char *)*state);
	unlink(path);
	rmdir(*state);
	free(*state);
	return 0;
}

static int write_file(const char *folder, size_t length)
{
	int directory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int file = openat(directory, "file", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	for (size_t i = 0; i < length; i++)
		assert_int_equal(write(file, &"abc"[i % 3], 1), 1);
	close(file);
	return directory;
}

static void reads_the_whole_file(void **state)
{
	static const size_t lengths[] = {0, 1, 8191, 8192, 8193, LENGTH};
	struct text text = {0};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		int directory = write_file(*state, lengths[i]);

		assert_int_equal(proc_file_read(directory, "file", LENGTH * 2, &text), 0);
		assert_int_equal(text.length, lengths[i]);
		for (size_t j = 0; j < lengths[i]; j++)
			assert_int_equal(text.bytes[j], "abc"[j % 3]);
		close(directory);
	}
	text_finish(&text);
}

static void stops_at_the_limit(void **state)
{
	static const size_t limits[] = {0, 5, 8192, 10000, LENGTH};
	int directory = write_file(*state, LENGTH);
	struct text text = {0};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		assert_int_equal(proc_file_read(directory, "file", limits[i], &text), 0);
		assert_int_equal(text.length, limits[i]);
	}
	close(directory);
	text_finish(&text);
}

static void an_error_leaves_nothing(void **state)
{
	int directory = write_file(*state, 10);
	struct text text = {0};

	assert_int_equal(proc_file_read(directory, "file", 100, &text), 0);
	assert_int_equal(proc_file_read(directory, "no such file", 100, &text), -ENOENT);
	assert_int_equal(text.length, 0);
	assert_int_equal(proc_file_read(directory, ".", 100, &text), -EISDIR);
	assert_int_equal(text.length, 0);
	close(directory);
	text_finish(&text);
}

static void an_open_file_tells_what_is_now(void **state)
{
	int directory = write_file(*state, 10);
	struct proc_file file = {0};
	struct text text = {0};

	assert_int_equal(proc_file_read_again(&file, directory, "no such file", 100, &text),
			 -ENOENT);
	assert_int_equal(proc_file_read_again(&file, directory, "file", LENGTH, &text), 0);
	assert_int_equal(text.length, 10);
	close(write_file(*state, 9000));
	unlinkat(directory, "file", 0);
	/* It is still open, and read from its beginning. */
	assert_int_equal(proc_file_read_again(&file, directory, "file", LENGTH, &text), 0);
	assert_int_equal(text.length, 9000);
	assert_int_equal(text.bytes[0], 'a');
	proc_file_close(&file);
	assert_int_equal(proc_file_read_again(&file, directory, "file", LENGTH, &text), -ENOENT);
	assert_int_equal(text.length, 0);
	proc_file_close(&file);
	close(directory);
	text_finish(&text);
}

static void reads_links(void **state)
{
	int directory = write_file(*state, 0);
	struct text text = {0};

	assert_int_equal(symlinkat("/no where\n", directory, "link"), 0);
	assert_int_equal(proc_file_read_link(directory, "link", &text), 0);
	assert_string_equal(text_string(&text), "/no where\n");
	assert_int_equal(proc_file_read_link(directory, "file", &text), -EINVAL);
	assert_int_equal(text.length, 0);
	unlinkat(directory, "link", 0);
	close(directory);
	text_finish(&text);
}

/* As in a recorded tree that somebody made. */
static void what_is_no_file_is_not_read(void **state)
{
	static const char *const names[] = {"link", "fifo"};
	int directory = write_file(*state, 10);
	struct text text = {0};

	assert_int_equal(symlinkat("file", directory, "link"), 0);
	assert_int_equal(mkfifoat(directory, "fifo", 0600), 0);
	assert_int_equal(mkdirat(directory, "folder", 0700), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(proc_file_open(directory, names[i]), -EBADMSG);
		assert_int_equal(proc_file_read(directory, names[i], LENGTH, &text), -EBADMSG);
	}
	assert_int_equal(proc_file_open(directory, "folder"), -EISDIR);
	unlinkat(directory, "link", 0);
	unlinkat(directory, "fifo", 0);
	unlinkat(directory, "folder", AT_REMOVEDIR);
	close(directory);
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_whole_file),
		cmocka_unit_test(stops_at_the_limit),
		cmocka_unit_test(an_error_leaves_nothing),
		cmocka_unit_test(an_open_file_tells_what_is_now),
		cmocka_unit_test(reads_links),
		cmocka_unit_test(what_is_no_file_is_not_read),
	};

	return cmocka_run_group_tests_name("proc_file", tests, make_folder, remove_folder);
}
