/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/keyed_hash.h"

/* The key 00 01 … 0f, as words. */
static const struct hash_key counting_key = {
	{UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}};

/* Of the bytes 00 01 …: the vectors of Rust's library/coretests/tests/hash/sip.rs. */
static void hashes_are_those_of_siphash_1_3(void **state)
{
	static const struct {
		size_t length;
		uint64_t hash;
	} vectors[] = {
		{0, UINT64_C(0xabac0158050fc4dc)},  {1, UINT64_C(0xc9f49bf37d57ca93)},
		{7, UINT64_C(0xd3927d989bb11140)},  {8, UINT64_C(0x369095118d299a8e)},
		{15, UINT64_C(0xd320d86d2a519956)}, {16, UINT64_C(0xcc4fdd1a7d908b66)},
		{31, UINT64_C(0x2370dd1f8c21d1bc)}, {63, UINT64_C(0x9d199062b7bbb3a8)},
	};
	unsigned char bytes[64];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		assert_true(keyed_hash(&counting_key, bytes, vectors[i].length) == vectors[i].hash);
}

static void neither_the_place_nor_what_is_behind_counts(void **state)
{
	char bytes[32];

	(void)state;
	for (size_t i = 0; i < 16; i++) {
		memset(bytes, (int)i, sizeof(bytes));
		memcpy(bytes + i, "/usr/lib/libc", 13);
		assert_true(keyed_hash(&counting_key, bytes + i, 13) ==
			    keyed_hash(&counting_key, "/usr/lib/libc", 13));
	}
}

static void another_key_gives_another_hash(void **state)
{
	struct hash_key other = counting_key;

	(void)state;
	other.words[1]++;
	assert_true(keyed_hash(&other, "x", 1) != keyed_hash(&counting_key, "x", 1));
	other = counting_key;
	other.words[0]++;
	assert_true(keyed_hash(&other, "x", 1) != keyed_hash(&counting_key, "x", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_siphash_1_3),
		cmocka_unit_test(neither_the_place_nor_what_is_behind_counts),
		cmocka_unit_test(another_key_gives_another_hash),
	};

	return cmocka_run_group_tests_name("keyed_hash", tests, NULL, NULL);
}
