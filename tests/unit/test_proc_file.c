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

#include "high_descriptor.h"
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
	int directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
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

/* What was fed, in how many pieces, and after how many of them that fails. */
struct fed {
	struct text bytes;
	int pieces, most;
};

static int take(void *context, const char *bytes, size_t length)
{
	struct fed *fed = context;

	text_append_bytes(&fed->bytes, bytes, length);
	fed->pieces++;
	return fed->pieces == fed->most ? -EBADMSG : 0;
}

static void a_file_is_fed_in_pieces(void **state)
{
	static const struct {
		size_t length;
		int pieces;
	} files[] = {{0, 0}, {1, 1}, {16384, 1}, {16385, 2}, {LENGTH, 2}};
	struct proc_file file = {0};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int directory = write_file(*state, files[i].length);
		struct fed fed = {.pieces = 0};

		assert_int_equal(proc_file_feed(directory, "file", take, &fed), 0);
		assert_int_equal(fed.pieces, files[i].pieces);
		assert_int_equal(fed.bytes.length, files[i].length);
		for (size_t j = 0; j < files[i].length; j++)
			assert_int_equal(fed.bytes.bytes[j], "abc"[j % 3]);
		text_finish(&fed.bytes);
		/* The same, and it stays open. */
		assert_int_equal(proc_file_feed_open(&file, directory, "file", take, &fed), 0);
		assert_int_equal(fed.bytes.length, files[i].length);
		assert_int_equal(proc_file_has_bytes(&file), files[i].length > 0);
		text_finish(&fed.bytes);
		close(directory);
	}
	proc_file_close(&file);
	assert_false(proc_file_has_bytes(&file));
}

static void feeding_ends_with_an_error(void **state)
{
	int directory = write_file(*state, LENGTH), memory;
	struct proc_file file = {0};
	struct fed fed = {.most = 1};

	assert_int_equal(proc_file_feed(directory, "file", take, &fed), -EBADMSG);
	assert_int_equal(fed.pieces, 1);
	assert_int_equal(proc_file_feed(directory, "no such file", take, &fed), -ENOENT);
	assert_int_equal(proc_file_feed_open(&file, directory, ".", take, &fed), -EISDIR);
	assert_int_equal(file.opened, 0);
	/* Of its own memory a process cannot read where nothing is. */
	memory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_int_equal(proc_file_feed(memory, "mem", take, &fed), -EIO);
	assert_int_equal(fed.pieces, 1);
	text_finish(&fed.bytes);
	close(memory);
	close(directory);
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
		cmocka_unit_test(a_file_is_fed_in_pieces),
		cmocka_unit_test(feeding_ends_with_an_error),
		cmocka_unit_test(what_is_no_file_is_not_read),
	};

	return cmocka_run_group_tests_name("proc_file", tests, make_folder, remove_folder);
}
