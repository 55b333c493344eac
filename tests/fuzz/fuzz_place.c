/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Address expressions. A mistake lies within the expression and leaves the address alone; adding
 * nothing to a good one changes nothing.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/place.h"
#include "model/place_symbol.h"

static struct address_space *make_space(void)
{
	static const struct vma vmas[] = {
		{.start = 0x400000,
		 .end = 0x401000,
		 .inode = 1,
		 .name = "/bin/heap-tool",
		 .perms = PERM_READ,
		 .kind = KIND_TEXT,
		 .owner = OWNER_PROGRAM},
		{.start = 0x500000, .end = 0x521000, .name = "[heap]", .kind = KIND_HEAP},
		{.start = 0x600000, .end = 0x601000, .inode = 2, .name = "/lib/libstdc++.so.6"},
		{.start = 0x700000, .end = 0x701000, .inode = 3, .name = "/lib/libstd-x+1.so"},
		{.start = 0x800000, .end = 0x801000, .inode = 4, .name = "/tmp/\xff\033 b"},
		{.start = 0x900000,
		 .end = 0x901000,
		 .name = "",
		 .kind = KIND_THREAD_STACK,
		 .tid = 7},
		{.start = 0xa00000, .end = 0xa01000, .name = "[anon:a b+c]"},
		{.start = 0xb00000, .end = 0xb01000, .inode = 5, .name = "/"},
	};
	const struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct address_space *space = NULL;

	FUZZ_CHECK(address_space_create(&target, vmas, sizeof(vmas) / sizeof(vmas[0]), 0, 0,
					&space) == 0);
	return space;
}

static void check_sum(const struct address_space *space, const char *bytes, size_t length,
		      uint64_t address)
{
	struct place_mistake mistake;
	struct text text = {0};
	uint64_t again = 7;

	text_append_bytes(&text, bytes, length);
	text_append(&text, "+0x0 ");
	if (place_find(space, text.bytes, text.length, &again, &mistake))
		FUZZ_CHECK(mistake.fault == PLACE_LONG);
	else
		FUZZ_CHECK(again == address);
	text_finish(&text);
}

/* Every name of up to three bytes is a symbol, "ab" several. */
static int find_symbol(void *context, const struct address_space *space,
		       const struct place_symbol *wanted, struct place_name *ret_name)
{
	(void)context;
	FUZZ_CHECK(wanted->length > 0);
	FUZZ_CHECK(!wanted->object || (size_t)(wanted->object - space->vmas) < space->vma_count);
	if (wanted->length > 3)
		return -ENOENT;
	ret_name->address = wanted->length;
	if (wanted->length != 2 || memcmp(wanted->name, "ab", 2) != 0)
		return 0;
	ret_name->meant[0] = space->vmas;
	ret_name->meant_count = 1;
	return -ENOTUNIQ;
}

/* Symbols take nothing away of what is found without them for certain. */
static void check_with_symbols(const struct address_space *space, const char *bytes, size_t length,
			       bool found, uint64_t address)
{
	const struct place_symbols symbols = {.find = find_symbol};
	struct place_mistake mistake = {0};
	uint64_t again = 7;

	if (place_find_with(space, &symbols, bytes, length, &again, &mistake)) {
		FUZZ_CHECK(again == 7 && mistake.offset <= length &&
			   mistake.length <= length - mistake.offset);
		FUZZ_CHECK(mistake.fault != PLACE_SYMBOL_SEVERAL || mistake.meant_count > 0);
	}
	if (!place_needs_symbols(space, bytes, length))
		FUZZ_CHECK(found ? again == address : again == 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
	struct address_space *space = make_space();
	struct place_mistake mistake = {0};
	const char *bytes = (const char *)input;
	uint64_t address = 7;

	if (place_find(space, bytes, length, &address, &mistake)) {
		FUZZ_CHECK(address == 7);
		FUZZ_CHECK(mistake.offset <= length && mistake.length <= length - mistake.offset);
		FUZZ_CHECK((mistake.fault == PLACE_NAME_SEVERAL) == (mistake.meant_count > 1));
		check_with_symbols(space, bytes, length, false, 0);
	} else {
		check_sum(space, bytes, length, address);
		check_with_symbols(space, bytes, length, true, address);
	}
	address_space_destroy(space);
	return 0;
}
