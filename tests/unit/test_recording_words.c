/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "app/recording_words.h"
#include "base/text.h"

static void check(void (*append)(struct text *text, const char *path, int error), int error)
{
	struct text text = {0};

	append(&text,
	       "/tmp/a\x1b"
	       "b",
	       error);
	assert_non_null(strstr(text_string(&text), "/tmp/a"));
	assert_null(strchr(text_string(&text), '\x1b'));
	assert_int_equal(text.bytes[text.length - 1], '.');
	assert_null(strchr(text_string(&text), '\n'));
	text_finish(&text);
}

static void each_error_is_a_sentence(void **state)
{
	static const int errors[] = {-EEXIST,    -EBUSY,  -EISDIR,  -ENXIO,   -ELOOP,   -ELIBACC,
				     -ENOSPC,    -EROFS,  -EBADMSG, -ENODATA, -ENOTSUP, -ENOENT,
				     -ETIMEDOUT, -EACCES, -EIO,     -EFBIG};

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		check(recording_words_append_write_error, errors[i]);
		check(recording_words_append_stopped, errors[i]);
		check(recording_words_append_read_error, errors[i]);
		check(recording_words_append_snapshot_error, errors[i]);
	}
}

static void they_say_what_to_do(void **state)
{
	struct text text = {0};

	(void)state;
	recording_words_append_write_error(&text, "f", -EEXIST);
	assert_non_null(strstr(text_string(&text), "--force"));
	text_clear(&text);
	recording_words_append_read_error(&text, "f", -ENOTSUP);
	assert_non_null(strstr(text_string(&text), "later vastop"));
	text_clear(&text);
	recording_words_append_read_error(&text, "f", -ELIBACC);
	assert_non_null(strstr(text_string(&text), "apt-get"));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_error_is_a_sentence),
		cmocka_unit_test(they_say_what_to_do),
	};

	return cmocka_run_group_tests_name("recording_words", tests, NULL, NULL);
}
