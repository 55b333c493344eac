/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>

#include "app/settings_file.h"
#include "base/text.h"
#include "config_folder.h"
#include "screen/setting.h"
#include "support/capture.h"

static void the_folder_is_where_people_expect_it(void **state)
{
	const char *home = getenv("HOME");
	char *kept = home ? strdup(home) : NULL;
	struct text path = {0};

	(void)state;
	setenv("XDG_CONFIG_HOME", "/etc/xdg", 1);
	settings_file_path(&path, "config");
	assert_string_equal(text_string(&path), "/etc/xdg/vastop/config");
	text_clear(&path);
	/* A relative path is to be ignored, by the XDG Base Directory Specification. */
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("HOME", "/home/me", 1);
	settings_file_path(&path, "keys");
	assert_string_equal(text_string(&path), "/home/me/.config/vastop/keys");
	text_finish(&path);
	unsetenv("XDG_CONFIG_HOME");
	if (kept)
		setenv("HOME", kept, 1);
	free(kept);
}

static void a_whole_file_is_appended(void **state)
{
	struct config_folder folder;
	struct text text = {0};
	char path[200];

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "a = b\n");
	text_append(&text, "# ");
	assert_int_equal(settings_file_read(config_folder_path(&folder, "config", path), &text), 0);
	assert_string_equal(text_string(&text), "# a = b\n");
	text_finish(&text);
	config_folder_close(&folder);
}

static void what_is_no_file_for_people_is_refused(void **state)
{
	struct config_folder folder;
	struct text text = {0};
	char path[200];

	(void)state;
	config_folder_open(&folder);
	config_folder_path(&folder, "config", path);
	assert_int_equal(settings_file_read(path, &text), -ENOENT);
	assert_int_equal(settings_file_read(folder.path, &text), -EISDIR);
	assert_int_equal(settings_file_read("/dev/null", &text), -EINVAL);
	/* Nobody writes into it: opening it must not wait. */
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(settings_file_read(path, &text), -EINVAL);
	unlink(path);
	config_folder_write(&folder, "config", "x");
	assert_int_equal(truncate(path, (off_t)SETTINGS_FILE_MAX), 0);
	assert_int_equal(settings_file_read(path, &text), 0);
	text_clear(&text);
	assert_int_equal(truncate(path, (off_t)SETTINGS_FILE_MAX + 1), 0);
	assert_int_equal(settings_file_read(path, &text), -EFBIG);
	assert_int_equal(text.length, 0);
	text_finish(&text);
	config_folder_close(&folder);
}

static void mistakes_are_told_with_file_and_line(void **state)
{
	static const struct setting_mistake mistakes[SETTINGS_FILE_TOLD] = {
		{3, "one"}, {5, "two"}, {8, "three"}};
	struct capture capture;
	char *said;

	(void)state;
	capture_begin(&capture, 2);
	settings_file_say("/x/a\033b", mistakes, 2);
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: /x/a\\x1bb:3: one\nvastop: /x/a\\x1bb:5: two\n");
	free(said);
	capture_begin(&capture, 2);
	settings_file_say("f", (struct setting_mistake[]){{1, "one"}, {2, ""}}, 2);
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: f:1: one\nvastop: f: 1 more line is wrong; the rest "
				  "applies.\n");
	free(said);
	capture_begin(&capture, 2);
	settings_file_say("f", mistakes, 7);
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: f:3: one\nvastop: f:5: two\nvastop: f:8: three\n"
				  "vastop: f: 4 more lines are wrong; the rest applies.\n");
	free(said);
}

/* Only root can be anybody else's sudo(8). */
static void under_sudo_only_trusted_files_are_read(void **state)
{
	struct config_folder folder;
	struct text text = {0};
	char path[200];

	(void)state;
	if (geteuid() != 0)
		skip();
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "x");
	config_folder_path(&folder, "config", path);
	setenv("SUDO_UID", "1234", 1);
	assert_int_equal(settings_file_read(path, &text), 0); /* root's */
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(settings_file_read(path, &text), -EPERM);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(chown(path, 1234, 1234), 0);
	assert_int_equal(settings_file_read(path, &text), 0);
	assert_int_equal(chown(path, 4321, 4321), 0);
	assert_int_equal(settings_file_read(path, &text), -EPERM);
	unsetenv("SUDO_UID");
	setenv("PKEXEC_UID", "4321", 1);
	assert_int_equal(settings_file_read(path, &text), 0);
	unsetenv("PKEXEC_UID");
	text_finish(&text);
	config_folder_close(&folder);
}

static void errors_have_words(void **state)
{
	(void)state;
	assert_string_equal(settings_file_error(-EINVAL), "it is not a regular file");
	assert_string_equal(settings_file_error(-EPERM),
			    "it is neither yours nor root's, or everyone can write it");
	assert_string_equal(settings_file_error(-EFBIG), "it is longer than 1 MiB");
	assert_string_equal(settings_file_error(-EACCES), strerror(EACCES));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_is_where_people_expect_it),
		cmocka_unit_test(a_whole_file_is_appended),
		cmocka_unit_test(what_is_no_file_for_people_is_refused),
		cmocka_unit_test(mistakes_are_told_with_file_and_line),
		cmocka_unit_test(under_sudo_only_trusted_files_are_read),
		cmocka_unit_test(errors_have_words),
	};

	return cmocka_run_group_tests_name("settings_file", tests, NULL, NULL);
}
