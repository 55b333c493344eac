/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "absent_library.h"

#include <errno.h>

#include "core/gzip.h"

static void without_its_library_nothing_is_unpacked(void **state)
{
	struct unpacker *unpacker = NULL;

	(void)state;
	for (int i = 0; i < 2; i++) {
		library_is_empty = i;
		library_wanted = NULL;
		assert_int_equal(gzip_create(&unpacker), -ELIBACC);
		assert_null(unpacker);
#ifdef HAVE_ZLIB
		assert_string_equal(library_wanted, ZLIB_SONAME);
#endif
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_its_library_nothing_is_unpacked),
	};

	return cmocka_run_group_tests_name("gzip_absent", tests, NULL, NULL);
}
