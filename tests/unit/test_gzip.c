/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "unpacked_stream.h"

#include "core/gzip.h"

static void unpacks_streams(void **state)
{
	(void)state;
#ifdef HAVE_ZLIB
	unpacked_stream_check(&(struct packing){gzip_create, packed_put_gzip});
#else
	struct unpacker *unpacker;

	assert_int_equal(gzip_create(&unpacker), -ELIBACC);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_streams),
	};

	return cmocka_run_group_tests_name("gzip", tests, NULL, NULL);
}
