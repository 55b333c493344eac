/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/access.h"
#include "model/usage.h"

#define MEMORY UINT64_C(0x10000) /* rw-p */
#define BELOW  UINT64_C(0xffff)  /* nothing, but rw-p above */
#define VVAR   UINT64_C(0x20000)
#define DEVICE UINT64_C(0x30000)
#define CODE   UINT64_C(0x40000) /* --xp */
#define HUGE   UINT64_C(0x200000)
#define MEMFD  UINT64_C(0x500000)
#define FILE_  UINT64_C(0x600000)

static const char maps[] = "10000-20000 rw-p 00000000 00:00 0\n"
			   "20000-30000 r--p 00000000 00:00 0 [vvar]\n"
			   "30000-40000 rw-s 00000000 00:06 7 /dev/dri/card0\n"
			   "40000-50000 --xp 00000000 00:00 0\n"
			   "200000-400000 rw-p 00000000 00:10 9 /anon_hugepage (deleted)\n"
			   "500000-501000 rw-s 00000000 00:01 8 /memfd:x (deleted)\n"
			   "600000-601000 rw-s 00000000 08:01 8 /data\n";

/* A processor of which smaps told no key has none; not all need keys to keep code unread. */
#if defined(__x86_64__) || defined(__i386__)
#define UNREADABLE         0
#define KEYED_JUMP         0
#define LOADED(conditions) (conditions)
#else
#define UNREADABLE         ACCESS_IF_KEYS
#define KEYED_JUMP         ACCESS_IF_PKRU
#define LOADED(conditions) 0
#endif

#define NO_KEY TARGET_UNKNOWN

static uint64_t flags_of(const char *names)
{
	uint64_t flags = 0;

	if (!names)
		return TARGET_UNKNOWN;
	for (; *names; names += names[2] ? 3 : 2) {
		uint64_t bit = usage_flag_bit((const char[]){names[0], names[1], '\0'});

		assert_true(bit);
		flags |= bit;
	}
	return flags;
}

static struct address_space *space_of(void)
{
	struct target target = maps_space_target();

	target.limits = (struct target_limits){TARGET_UNLIMITED, TARGET_UNLIMITED, TARGET_UNLIMITED,
					       TARGET_UNLIMITED};
	return maps_space_create(&target, maps);
}

/* What is known of the page and its mapping, and what follows from it. */
static const struct {
	uint64_t address;
	const char *flags; /* NULL: not known */
	enum page_state state;
	enum access access;
	uint64_t key;
	enum access_outcome outcome;
	unsigned conditions;
} cases[] = {
	/* Only the page table tells that a page is no guard page. */
	{MEMORY, "gu", PAGE_UNKNOWN, ACCESS_READ, 0, ACCESS_WORKS,
	 ACCESS_IF_GUARD | ACCESS_IF_POISONED},
	{MEMORY, "", PAGE_UNKNOWN, ACCESS_READ, 0, ACCESS_WORKS,
	 ACCESS_IF_GUARD | ACCESS_IF_POISONED},
	{MEMORY, "", PAGE_AWAY, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_GUARD | ACCESS_IF_POISONED},
	{MEMORY, "gu", PAGE_SWAPPED, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_POISONED},
	{MEMORY, "gu", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMORY, "gu", PAGE_ABSENT, ACCESS_WRITE, 0, ACCESS_WORKS, 0},
	{MEMORY, "", PAGE_GUARD, ACCESS_WRITE, 0, ACCESS_GUARDED, 0},
	{MEMORY, NULL, PAGE_GUARD, ACCESS_READ, NO_KEY, ACCESS_GUARDED, 0},
	/* Handlers of userfaultfd. */
	{MEMORY, "um", PAGE_ABSENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_HANDLER},
	{MEMORY, "um", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMORY, "uw", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMORY, "uw", PAGE_PRESENT, ACCESS_WRITE, 0, ACCESS_WORKS, ACCESS_IF_HANDLER},
	{MEMFD, "ui", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMORY, "um", PAGE_ABSENT, ACCESS_JUMP, 0, ACCESS_FORBIDDEN, LOADED(ACCESS_IF_HANDLER)},
	{MEMORY, "um", PAGE_PRESENT, ACCESS_JUMP, 0, ACCESS_FORBIDDEN, 0},
	/* What the processor checks. */
	{MEMORY, "ss", PAGE_PRESENT, ACCESS_WRITE, 0, ACCESS_FORBIDDEN, 0},
	{MEMORY, "ss", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMORY, "mt", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_TAG},
	{MEMORY, "mt", PAGE_PRESENT, ACCESS_WRITE, 0, ACCESS_WORKS, ACCESS_IF_TAG},
	{CODE, "mt bt", PAGE_PRESENT, ACCESS_JUMP, 0, ACCESS_WORKS, ACCESS_IF_TARGET},
	{MEMORY, "", PAGE_PRESENT, ACCESS_WRITE, 3, ACCESS_WORKS, ACCESS_IF_PKRU},
	{MEMORY, "", PAGE_PRESENT, ACCESS_JUMP, 3, ACCESS_FORBIDDEN, 0},
	{CODE, "", PAGE_PRESENT, ACCESS_JUMP, 3, ACCESS_WORKS, KEYED_JUMP},
	{CODE, "", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{CODE, "", PAGE_PRESENT, ACCESS_READ, 2, ACCESS_WORKS, ACCESS_IF_PKRU},
	{CODE, "", PAGE_PRESENT, ACCESS_READ, NO_KEY, ACCESS_WORKS, UNREADABLE},
	{CODE, NULL, PAGE_PRESENT, ACCESS_READ, NO_KEY, ACCESS_WORKS,
	 ACCESS_IF_KEYS | ACCESS_IF_FLAGS},
	/* Devices, huge pages and holes. */
	{MEMORY, "pf", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_DRIVER},
	{MEMORY, "io", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_DRIVER},
	{MEMORY, "mm", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_DRIVER},
	{DEVICE, "", PAGE_UNKNOWN, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_DRIVER},
	{VVAR, NULL, PAGE_UNKNOWN, ACCESS_READ, NO_KEY, ACCESS_WORKS, ACCESS_IF_NO_PAGE},
	{VVAR, "pf", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{HUGE, "ht nr", PAGE_ABSENT, ACCESS_READ, 0, ACCESS_WORKS, ACCESS_IF_NO_HUGE},
	{HUGE, "ht", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{HUGE, "ht", PAGE_PRESENT, ACCESS_WRITE, 0, ACCESS_WORKS, ACCESS_IF_NO_HUGE},
	{MEMFD, "", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{MEMFD, "", PAGE_ABSENT, ACCESS_READ, 0, ACCESS_WORKS,
	 ACCESS_IF_PAST_FILE | ACCESS_IF_NO_ROOM},
	{FILE_, "", PAGE_PRESENT, ACCESS_READ, 0, ACCESS_WORKS, 0},
	{FILE_, "", PAGE_ABSENT, ACCESS_READ, 0, ACCESS_WORKS,
	 ACCESS_IF_PAST_FILE | ACCESS_IF_NO_ROOM},
	{FILE_, "", PAGE_PRESENT, ACCESS_WRITE, 0, ACCESS_SHARES, ACCESS_IF_NO_ROOM},
	/* Unknown flags are never taken for none. */
	{MEMORY, NULL, PAGE_PRESENT, ACCESS_READ, NO_KEY, ACCESS_WORKS, ACCESS_IF_FLAGS},
	{MEMORY, NULL, PAGE_PRESENT, ACCESS_JUMP, NO_KEY, ACCESS_FORBIDDEN, 0},
	{MEMORY, NULL, PAGE_ABSENT, ACCESS_JUMP, NO_KEY, ACCESS_FORBIDDEN, LOADED(ACCESS_IF_FLAGS)},
	{BELOW, NULL, PAGE_UNKNOWN, ACCESS_READ, NO_KEY, ACCESS_NOT_MAPPED, ACCESS_IF_GROWS},
	{BELOW, "", PAGE_UNKNOWN, ACCESS_READ, 0, ACCESS_NOT_MAPPED, 0},
	{BELOW, "gd um", PAGE_UNKNOWN, ACCESS_READ, 0, ACCESS_GROWS,
	 ACCESS_IF_LIMIT | ACCESS_IF_HANDLER},
	{BELOW, "gd", PAGE_UNKNOWN, ACCESS_JUMP, 0, ACCESS_FORBIDDEN, ACCESS_IF_LIMIT},
};

static void what_the_kernel_tells_decides(void **state)
{
	struct address_space *space = space_of();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct access_facts facts = {
			.file_size = TARGET_UNKNOWN,
			.page = {cases[i].state, flags_of(cases[i].flags), cases[i].key, 0, 0},
		};
		struct access_answer answer =
			access_answer(space, cases[i].address, cases[i].access, &facts);

		if (answer.outcome != cases[i].outcome || answer.conditions != cases[i].conditions)
			fail_msg("case %zu: %u with %x", i, answer.outcome, answer.conditions);
	}
	address_space_destroy(space);
}

static unsigned conditions_of(const struct address_space *space, enum access access,
			      enum page_state state, uint64_t flags)
{
	const struct access_facts facts = {TARGET_UNKNOWN, {state, flags, 0, 0, 0}};

	return access_answer(space, MEMORY, access, &facts).conditions;
}

/* But for huge pages, which decide about guards, a flag never takes a condition of another away. */
static void conditions_of_two_flags_add_up(void **state)
{
	static const enum page_state states[] = {PAGE_UNKNOWN, PAGE_ABSENT, PAGE_PRESENT,
						 PAGE_SWAPPED, PAGE_AWAY};
	const uint64_t apart = flags_of("ht ss nr");
	struct address_space *space = space_of();
	size_t count = 0;

	(void)state;
	while (usage_flag_name(count))
		count++;
	for (size_t i = 0; i < count * count * 15; i++) {
		enum page_state page = states[i % 5];
		enum access access = (enum access)(i / 5 % 3);
		uint64_t one = UINT64_C(1) << i / 15 % count, other = UINT64_C(1) << i / 15 / count;

		if ((one | other) & apart)
			continue;
		assert_int_equal(conditions_of(space, access, page, one | other),
				 conditions_of(space, access, page, one) |
					 conditions_of(space, access, page, other));
	}
	address_space_destroy(space);
}

/* What the classification would find with the files at hand. */
static struct vma *vma_at(const struct address_space *space, uint64_t address)
{
	return (struct vma *)&space->vmas[address_space_find(space, address)];
}

static void the_size_of_a_device_says_nothing(void **state)
{
	const struct access_facts facts = {0, {PAGE_ABSENT, 0, 0, 0, 0}};
	struct address_space *space = space_of();
	struct vma *vma = vma_at(space, FILE_);
	struct access_answer answer = access_answer(space, DEVICE, ACCESS_READ, &facts);

	(void)state;
	assert_int_equal(answer.outcome, ACCESS_WORKS);
	assert_int_equal(answer.conditions, ACCESS_IF_DRIVER);
	vma->file_system = FILE_SYSTEM_KERNEL;
	answer = access_answer(space, FILE_, ACCESS_READ, &facts);
	assert_int_equal(answer.outcome, ACCESS_WORKS);
	vma->file_system = FILE_SYSTEM_ORDINARY;
	answer = access_answer(space, FILE_, ACCESS_READ, &facts);
	assert_int_equal(answer.outcome, ACCESS_PAST_FILE);
	address_space_destroy(space);
}

/* Of a file of huge pages, a part of a page is no page. */
static void huge_pages_are_there_as_a_whole(void **state)
{
	struct access_facts facts = {UINT64_C(0x500), {PAGE_ABSENT, 0, 0, 0, 0}};
	struct address_space *space = space_of();
	struct vma *vma = vma_at(space, FILE_);

	(void)state;
	assert_int_equal(access_answer(space, FILE_, ACCESS_READ, &facts).outcome, ACCESS_WORKS);
	vma->file_system = FILE_SYSTEM_HUGETLBFS;
	vma->huge_shift = 12;
	assert_int_equal(access_answer(space, FILE_, ACCESS_READ, &facts).outcome,
			 ACCESS_PAST_FILE);
	facts.file_size = 0x1000;
	assert_int_equal(access_answer(space, FILE_, ACCESS_READ, &facts).outcome, ACCESS_WORKS);
	address_space_destroy(space);
}

/* Where a file lies decides which accesses need room for a page of it. */
static void holes_need_room(void **state)
{
	static const struct {
		enum file_system file_system;
		unsigned present, absent; /* bit i: access i */
	} needs[] = {
		{FILE_SYSTEM_UNKNOWN, 2, 7},   {FILE_SYSTEM_ORDINARY, 2, 2},
		{FILE_SYSTEM_TMPFS, 0, 7},     {FILE_SYSTEM_SHMEM, 0, 7},
		{FILE_SYSTEM_HUGETLBFS, 0, 0}, {FILE_SYSTEM_SECRETMEM, 0, 0},
		{FILE_SYSTEM_ABSENT, 2, 7},
	};
	struct address_space *space = space_of();
	struct vma *vma = vma_at(space, FILE_);

	(void)state;
	vma->perms |= PERM_EXEC;
	for (size_t i = 0; i < 6 * sizeof(needs) / sizeof(needs[0]); i++) {
		bool present = i / 3 % 2;
		enum access access = (enum access)(i % 3);
		const struct access_facts facts = {
			0x1000, {present ? PAGE_PRESENT : PAGE_ABSENT, 0, 0, 0, 0}};
		unsigned needed = present ? needs[i / 6].present : needs[i / 6].absent;

		vma->file_system = (uint8_t)needs[i / 6].file_system;
		assert_int_equal(access_answer(space, FILE_, access, &facts).conditions,
				 needed >> access & 1 ? ACCESS_IF_NO_ROOM : 0);
	}
	address_space_destroy(space);
}

/* What the processor refuses at once has no conditions, whatever is not known of the file. */
static void what_is_forbidden_at_once_has_no_conditions(void **state)
{
	const struct access_facts facts = {TARGET_UNKNOWN, {PAGE_ABSENT, 0, 0, 0, 0}};
	struct address_space *space = space_of();
	struct access_answer answer;

	(void)state;
	vma_at(space, FILE_)->perms = PERM_READ;
	answer = access_answer(space, FILE_, ACCESS_WRITE, &facts);
	assert_int_equal(answer.outcome, ACCESS_FORBIDDEN);
	assert_int_equal(answer.conditions, 0);
	answer = access_answer(space, FILE_, ACCESS_READ, &facts);
	assert_int_equal(answer.outcome, ACCESS_WORKS);
	assert_true(answer.conditions & ACCESS_IF_PAST_FILE);
	address_space_destroy(space);
}

/* What is no address of any x86-64 processor, and what is one of some, to the byte. */
static void addresses_out_of_reach_have_borders(void **state)
{
#if defined(__x86_64__)
	static const struct {
		uint64_t address;
		enum access_outcome outcome, above; /* where something is mapped far above, too */
	} borders[] = {
		{(UINT64_C(1) << 47) - 1, ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED},
		{UINT64_C(1) << 47, ACCESS_CANONICAL_OR_NOT, ACCESS_NOT_MAPPED},
		{(UINT64_C(1) << 56) - 1, ACCESS_CANONICAL_OR_NOT, ACCESS_NOT_MAPPED},
		{UINT64_C(1) << 56, ACCESS_NOT_CANONICAL, ACCESS_NOT_CANONICAL},
		{UINT64_C(0xfeffffffffffffff), ACCESS_NOT_CANONICAL, ACCESS_NOT_CANONICAL},
		{UINT64_C(0xff00000000000000), ACCESS_CANONICAL_OR_NOT, ACCESS_NOT_MAPPED},
		{UINT64_C(0xffff7fffffffffff), ACCESS_CANONICAL_OR_NOT, ACCESS_NOT_MAPPED},
		{UINT64_C(0xffff800000000000), ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED},
	};
	const struct access_facts facts = {TARGET_UNKNOWN, {PAGE_UNKNOWN, 0, 0, 0, 0}};
	struct address_space *space = space_of();

	(void)state;
	space->user_end = UINT64_C(1) << 47;
	for (size_t i = 0; i < sizeof(borders) / sizeof(borders[0]); i++)
		assert_int_equal(
			access_answer(space, borders[i].address, ACCESS_READ, &facts).outcome,
			borders[i].outcome);
	space->user_end++;
	for (size_t i = 0; i < sizeof(borders) / sizeof(borders[0]); i++)
		assert_int_equal(
			access_answer(space, borders[i].address, ACCESS_READ, &facts).outcome,
			borders[i].above);
	address_space_destroy(space);
#else
	(void)state;
	skip();
#endif
}

static void old_calls_begin_at_three_offsets(void **state)
{
	static const uint64_t calls[] = {0, 0x400, 0x800};
	static const uint64_t none[] = {1, 0x200, 0x3ff, 0x401, 0x7ff, 0x801, 0xbff, 0xc00, 0xfff};
	static const char line[] = "ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]\n";
	const struct access_facts facts = {TARGET_UNKNOWN, {PAGE_UNKNOWN, 0, 0, 0, 0}};
	const uint64_t start = UINT64_C(0xffffffffff600000);
	struct address_space *space = maps_space_create(NULL, line);

	(void)state;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		assert_int_equal(
			access_answer(space, start + calls[i], ACCESS_JUMP, &facts).outcome,
			ACCESS_WORKS);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(access_answer(space, start + none[i], ACCESS_JUMP, &facts).outcome,
				 ACCESS_NO_CALL);
	assert_int_equal(access_answer(space, start, ACCESS_READ, &facts).outcome,
			 ACCESS_NOT_MAPPED);
	assert_int_equal(access_answer(space, start, ACCESS_WRITE, &facts).outcome,
			 ACCESS_NOT_MAPPED);
	vma_at(space, start)->perms |= PERM_READ;
	assert_int_equal(access_answer(space, start, ACCESS_READ, &facts).outcome, ACCESS_WORKS);
	assert_int_equal(access_answer(space, start, ACCESS_WRITE, &facts).outcome,
			 ACCESS_NOT_MAPPED);
	assert_int_equal(access_answer(space, start, ACCESS_READ, &facts).conditions, 0);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_kernel_tells_decides),
		cmocka_unit_test(conditions_of_two_flags_add_up),
		cmocka_unit_test(the_size_of_a_device_says_nothing),
		cmocka_unit_test(huge_pages_are_there_as_a_whole),
		cmocka_unit_test(holes_need_room),
		cmocka_unit_test(what_is_forbidden_at_once_has_no_conditions),
		cmocka_unit_test(addresses_out_of_reach_have_borders),
		cmocka_unit_test(old_calls_begin_at_three_offsets),
	};

	return cmocka_run_group_tests_name("access_flags", tests, NULL, NULL);
}
