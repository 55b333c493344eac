/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "app/core_words.h"
#include "app/message.h"
#include "base/text.h"
#include "core/core_image.h"

#define PATH         \
	"/tmp/a\x1b" \
	"b"

static void check(struct text *text, const char *part)
{
	assert_non_null(strstr(text_string(text), "/tmp/a"));
	assert_null(strchr(text_string(text), '\x1b'));
	assert_null(strchr(text_string(text), '\n'));
	assert_int_equal(text->bytes[text->length - 1], '.');
	if (!strstr(text_string(text), part))
		fail_msg("said: %s", text_string(text));
	text_finish(text);
}

static void each_error_is_a_sentence(void **state)
{
	static const int errors[] = {-ENOENT, -EISDIR,  -ENXIO,  -ENOEXEC, -ENOTSUP,
				     -EFBIG,  -ENODATA, -EACCES, -EIO};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		int status = core_words_append_error(&text, PATH, errors[i]);

		assert_int_equal(status, errors[i] == -EACCES ? EXIT_NO_PERMISSION : EXIT_TROUBLE);
		check(&text, "cannot show");
	}
	core_words_append_packed(&text, PATH, UNPACK_GZIP, -ELIBACC);
	check(&text, "apt-get install zlib1g.");
	core_words_append_packed(&text, PATH, UNPACK_ZSTD, -ELIBACC);
	check(&text, "apt-get install libzstd1.");
	core_words_append_packed(&text, PATH, UNPACK_XZ, -ENOTSUP);
	check(&text, "with xz");
	core_words_append_packed(&text, PATH, UNPACK_ZSTD, -ENOEXEC);
	check(&text, "not a core file");
	core_words_append_packed(&text, PATH, UNPACK_ZSTD, -EBADMSG);
	check(&text, "damaged");
	core_words_append_packed(&text, PATH, UNPACK_ZSTD, -EIO);
	check(&text, strerror(EIO));
	core_words_append_not_played(&text, PATH);
	check(&text, "without --replay");
	core_words_append_no_room(&text, PATH, -EROFS);
	check(&text, "TMPDIR");
}

static void says_what_is_missing(void **state)
{
	struct core_image image = {.headers = {.size = 3 << 20, .whole = 3 << 20}};
	struct unpacked unpacked = {0};
	struct text text = {0};

	(void)state;
	image.notes.has_files = true;
	core_words_append_damage(&text, PATH, &image, NULL);
	core_words_append_damage(&text, PATH, &image, &unpacked);
	assert_int_equal(text.length, 0);
	image.headers.whole = 12 << 20;
	core_words_append_damage(&text, PATH, &image, NULL);
	check(&text, "it is truncated, the first 3.0M of 12.0M are there.");
	image.headers.missing_count = 7;
	image.headers.skipped = 2;
	image.notes.has_files = false;
	unpacked.cut = true;
	core_words_append_damage(&text, PATH, &image, &unpacked);
	check(&text, "truncated or damaged; it is truncated, the first 3.0M of 12.0M are there, "
		     "and 7 mappings are missing; 2 of its headers contradict others; it does not "
		     "say which files were mapped.");
	unpacked.full = true;
	core_words_append_damage(&text, PATH, &image, &unpacked);
	check(&text, "no room");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_error_is_a_sentence),
		cmocka_unit_test(says_what_is_missing),
	};

	return cmocka_run_group_tests_name("core_words", tests, NULL, NULL);
}
