/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "unpacked_stream.h"

#include "core/zstd.h"

static void unpacks_streams(void **state)
{
	(void)state;
#ifdef HAVE_ZSTD
	unpacked_stream_check(&(struct packing){zstd_create, packed_put_zstd});
#else
	struct unpacker *unpacker;

	assert_int_equal(zstd_create(&unpacker), -ELIBACC);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_streams),
	};

	return cmocka_run_group_tests_name("zstd", tests, NULL, NULL);
}
