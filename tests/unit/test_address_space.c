/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "model/address_space.h"

static const struct target nobody = {.pid = 1, .comm = "x"};

static const struct vma three[] = {
	{.start = 0x1000, .end = 0x2000, .name = "/a", .kind = KIND_TEXT},
	{.start = 0x2000,
	 .end = 0x5000,
	 .name = "/a",
	 .kind = KIND_DATA,
	 .perms = PERM_WRITE | PERM_EXEC},
	{.start = 0x8000, .end = 0x9000, .name = "", .kind = KIND_ANON},
};

static void copies_everything_it_is_given(void **state)
{
	char comm[] = "comm", exe[] = "/bin/x", argument[] = "one", name[] = "/lib/y";
	const char *cmdline[] = {argument, argument};
	struct target target = {
		.pid = 9, .comm = comm, .exe = exe, .cmdline = cmdline, .cmdline_count = 2};
	struct vma vmas[2] = {{.start = 1, .end = 2, .name = name}, {.start = 2, .end = 3}};
	struct address_space *space;

	(void)state;
	vmas[1].name = name;
	assert_int_equal(address_space_create(&target, vmas, 2, -5, 7, &space), 0);
	memset(comm, '?', sizeof(comm) - 1);
	memset(exe, '?', sizeof(exe) - 1);
	memset(argument, '?', sizeof(argument) - 1);
	memset(name, '?', sizeof(name) - 1);
	memset(vmas, 0, sizeof(vmas));
	assert_int_equal(space->target.pid, 9);
	assert_string_equal(space->target.comm, "comm");
	assert_string_equal(space->target.exe, "/bin/x");
	assert_string_equal(space->target.cmdline[1], "one");
	assert_string_equal(space->vmas[0].name, "/lib/y");
	assert_ptr_equal(space->vmas[0].name, space->vmas[1].name);
	assert_int_equal(space->time_ns, -5);
	assert_int_equal(space->cost_ns, 7);
	address_space_destroy(space);
}

static void adds_up(void **state)
{
	struct address_space *space;

	(void)state;
	assert_int_equal(address_space_create(&nobody, three, 3, 0, 0, &space), 0);
	assert_int_equal(space->vma_count, 3);
	assert_int_equal(space->gaps, 1);
	assert_int_equal(space->size, 0x5000);
	assert_int_equal(space->writable_executable, 1);
	assert_int_equal(space->by_kind[KIND_DATA].mappings, 1);
	assert_int_equal(space->by_kind[KIND_DATA].size, 0x3000);
	assert_int_equal(space->by_kind[KIND_GAP].mappings, 0);
	address_space_destroy(space);
	assert_int_equal(address_space_create(&nobody, NULL, 0, 0, 0, &space), 0);
	assert_int_equal(space->vma_count, 0);
	assert_int_equal(space->size, 0);
	address_space_destroy(space);
	address_space_destroy(NULL);
}

static void refuses_what_is_not_sorted(void **state)
{
	struct vma wrong[2] = {three[1], three[0]};
	struct address_space *space = NULL;

	(void)state;
	assert_int_equal(address_space_create(&nobody, wrong, 2, 0, 0, &space), -EINVAL);
	wrong[0] = three[0];
	wrong[0].end = 0x2001;
	wrong[1] = three[1];
	assert_int_equal(address_space_create(&nobody, wrong, 2, 0, 0, &space), -EINVAL);
	wrong[0].end = wrong[0].start;
	assert_int_equal(address_space_create(&nobody, wrong, 2, 0, 0, &space), -EINVAL);
	assert_null(space);
}

static void finds_by_address(void **state)
{
	struct address_space *space;

	(void)state;
	address_space_create(&nobody, three, 3, 0, 0, &space);
	assert_int_equal(address_space_find(space, 0xfff), 3);
	assert_int_equal(address_space_find(space, 0x1000), 0);
	assert_int_equal(address_space_find(space, 0x2000), 1);
	assert_int_equal(address_space_find(space, 0x5000), 3);
	assert_int_equal(address_space_find(space, 0x8fff), 2);
	assert_int_equal(address_space_find(space, UINT64_MAX), 3);
	assert_int_equal(address_space_lower_bound(space, 0), 0);
	assert_int_equal(address_space_lower_bound(space, 0x5000), 2);
	assert_int_equal(address_space_lower_bound(space, 0x9000), 3);
	address_space_destroy(space);
}

static uint64_t user_end(uint64_t highest)
{
	const struct vma vmas[] = {
		{.start = 0x1000, .end = highest, .name = ""},
		{.start = UINT64_C(0xffffffffff600000),
		 .end = UINT64_C(0xffffffffff601000),
		 .name = ""},
	};
	struct address_space *space;
	uint64_t end;

	address_space_create(&nobody, vmas, 2, 0, 0, &space);
	end = space->user_end;
	address_space_destroy(space);
	return end;
}

static void knows_where_user_addresses_end(void **state)
{
	(void)state;
	assert_true(user_end(UINT64_C(0xffffe000)) == UINT64_C(1) << 32);
	assert_true(user_end(UINT64_C(1) << 32) == UINT64_C(1) << 32);
	assert_true(user_end(UINT64_C(0x7ffffffff000)) == UINT64_C(1) << 47);
	assert_true(user_end((UINT64_C(1) << 47) + 0x1000) == UINT64_C(1) << 56);
	assert_true(user_end((UINT64_C(1) << 56) + 0x1000) == UINT64_C(1) << 63);
}

static void a_bss_goes_by_its_file(void **state)
{
	const struct vma vmas[] = {
		{.start = 0x1000, .end = 0x2000, .name = "/bin/x", .kind = KIND_DATA},
		{.start = 0x2000, .end = 0x3000, .name = "", .kind = KIND_BSS},
		{.start = 0x3000, .end = 0x4000, .name = "", .kind = KIND_ANON},
		{.start = 0x5000, .end = 0x6000, .name = "", .kind = KIND_BSS},
	};
	struct address_space *space;

	(void)state;
	assert_int_equal(address_space_create(&nobody, vmas, 4, 0, 0, &space), 0);
	for (size_t i = 0; i < 4; i++)
		assert_ptr_equal(address_space_named(space, i), &space->vmas[i == 1 ? 0 : i]);
	address_space_destroy(space);
}

static const struct vma with_parts[] = {
	{.start = 0x1000, .end = 0x2000, .name = "/bin/x", .kind = KIND_DATA},
	{.start = 0x2000, .end = 0x5000, .name = "", .kind = KIND_THREAD_STACK},
	{.start = 0x6000, .end = 0x7000, .name = "[heap]", .kind = KIND_HEAP},
};

static void knows_the_parts_of_mappings(void **state)
{
	const struct vma parts[] = {
		{.start = 0x2000, .end = 0x3000, .name = "gone", .kind = KIND_GUARD},
		{.start = 0x3000,
		 .end = 0x5000,
		 .name = "gone",
		 .kind = KIND_THREAD_STACK,
		 .tid = 7},
	};
	const struct lodged_stack lodged[] = {{0x6100, 8, false}, {0x6800, 9, true}};
	struct address_space *space;
	size_t count;

	(void)state;
	assert_int_equal(address_space_create(&nobody, with_parts, 3, 0, 0, &space), 0);
	assert_null(address_space_parts(space, 1, &count));
	assert_int_equal(address_space_set_stacks(space, parts, 2, lodged, 2), 0);
	assert_ptr_equal(address_space_parts(space, 1, &count), space->parts);
	assert_int_equal(count, 2);
	assert_string_equal(space->parts[1].name, "");
	for (size_t i = 0; i < 3; i += 2) {
		assert_null(address_space_parts(space, i, &count));
		assert_int_equal(count, 0);
	}
	assert_ptr_equal(address_space_at(space, 0x2fff), &space->parts[0]);
	assert_ptr_equal(address_space_at(space, 0x3000), &space->parts[1]);
	assert_ptr_equal(address_space_at(space, 0x1000), &space->vmas[0]);
	assert_ptr_equal(address_space_at(space, 0x6000), &space->vmas[2]);
	assert_null(address_space_at(space, 0x5000));
	assert_ptr_equal(address_space_lodged(space, 0x6000, 0x7000, &count), space->lodged);
	assert_int_equal(count, 2);
	assert_ptr_equal(address_space_lodged(space, 0x6101, 0x7000, &count), space->lodged + 1);
	assert_int_equal(count, 1);
	assert_null(address_space_lodged(space, 0x2000, 0x6100, &count));
	/* Sums are of mappings. */
	assert_int_equal(space->by_kind[KIND_THREAD_STACK].size, 0x3000);
	assert_int_equal(space->by_kind[KIND_GUARD].mappings, 0);
	address_space_destroy(space);
}

static void refuses_parts_that_do_not_fit(void **state)
{
	const struct vma wrong[][2] = {
		{{.start = 0x2000, .end = 0x3000},
		 {.start = 0x3000, .end = 0x4000}}, /* too short */
		{{.start = 0x2000, .end = 0x3000}, {.start = 0x3000, .end = 0x6000}}, /* too long */
		{{.start = 0x2000, .end = 0x3000}, {.start = 0x3800, .end = 0x5000}}, /* a hole */
		{{.start = 0x2000, .end = 0x3000}, {.start = 0x2800, .end = 0x5000}},
		{{.start = 0x3000, .end = 0x4000}, {.start = 0x4000, .end = 0x5000}},
		{{.start = 0x5000, .end = 0x5800}, {.start = 0x5800, .end = 0x6000}}, /* unmapped */
		{{.start = 0x2000, .end = 0x5000}, {.start = 0x2000, .end = 0x5000}},
	};
	const struct lodged_stack lodged[] = {{0x6800, 9, true}, {0x6100, 8, false}};
	struct address_space *space;

	(void)state;
	assert_int_equal(address_space_create(&nobody, with_parts, 3, 0, 0, &space), 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(address_space_set_stacks(space, wrong[i], 2, NULL, 0), -EINVAL);
	assert_int_equal(address_space_set_stacks(space, NULL, 0, lodged, 2), -EINVAL);
	assert_int_equal(space->part_count, 0);
	address_space_destroy(space);
}

static void a_copy_shares_the_list_and_outlives_the_original(void **state)
{
	const char *arguments[] = {"a", "b"};
	struct target target = nobody;
	struct address_space *space, *copy;
	const struct vma *list;

	(void)state;
	target.cmdline = arguments;
	target.cmdline_count = 2;
	assert_int_equal(address_space_create(&target, three, 3, 1, 2, &space), 0);
	list = space->vmas;
	copy = address_space_copy(space);
	assert_true(address_space_same_list(copy, space));
	address_space_destroy(space);
	assert_ptr_equal(copy->vmas, list);
	assert_int_equal(copy->vma_count, 3);
	assert_string_equal(copy->vmas[0].name, three[0].name);
	assert_string_equal(copy->target.cmdline[1], "b");
	assert_int_equal(copy->time_ns, 1);
	assert_int_equal(copy->cost_ns, 2);
	assert_true(address_space_share_list(copy, copy));
	space = address_space_again(copy, &nobody, 3, 4);
	assert_true(address_space_same_list(space, copy));
	assert_true(space->time_ns == 3 && space->cost_ns == 4);
	assert_int_equal(space->target.cmdline_count, 0);
	assert_in_range(address_space_bytes(space), sizeof(*space) + 3 * sizeof(*list), 8192);
	address_space_destroy(space);
	address_space_destroy(copy);
}

/* A list that a second look finds again, and all that makes it another one. */
static void the_same_list_is_shared_and_renews_the_snapshot(void **state)
{
	struct target target = nobody, later = nobody;
	struct vma vmas[3] = {three[0], three[1], three[2]};
	struct address_space *space, *fresher;
	const struct vma *list;
	char name[] = "fresh";

	(void)state;
	assert_int_equal(address_space_create(&target, vmas, 3, 1, 2, &space), 0);
	later.rss = 4711;
	later.comm = name;
	assert_int_equal(address_space_create(&later, vmas, 3, 10, 20, &fresher), 0);
	assert_false(address_space_same_list(space, fresher));
	assert_true(address_space_share_list(fresher, space));
	assert_true(address_space_same_list(space, fresher));
	list = space->vmas;
	assert_ptr_equal(fresher->vmas, list);
	address_space_renew(space, fresher);
	assert_ptr_equal(space->vmas, list);
	assert_int_equal(space->time_ns, 10);
	assert_int_equal(space->cost_ns, 20);
	assert_int_equal(space->target.rss, 4711);
	assert_string_equal(space->target.comm, "fresh");
	for (unsigned i = 0; i < 5; i++) {
		struct vma other[3] = {three[0], three[1], three[2]};

		later = nobody;
		switch (i) {
		case 0: other[1].name = "another"; break;
		case 1: other[2].end += 4096; break;
		case 2: other[0].perms ^= PERM_WRITE; break;
		case 3: later.start_stack += 4096; break;
		default: break;
		}
		address_space_create(&later, other, i == 4 ? 2 : 3, 1, 2, &fresher);
		list = fresher->vmas;
		assert_false(address_space_share_list(fresher, space));
		assert_false(address_space_same_list(space, fresher));
		assert_ptr_equal(fresher->vmas, list);
		address_space_destroy(fresher);
	}
	address_space_destroy(space);
}

/* Lists are the same with the same parts and lodged stacks only. */
static void stacks_are_of_the_list(void **state)
{
	const struct lodged_stack lodged[] = {{0x6100, 8, false}, {0x6800, 9, true}};
	const struct vma vma = {
		.start = 0x6000, .end = 0x8000, .name = "[heap]", .kind = KIND_HEAP};
	const struct vma parts[] = {
		{.start = 0x6000, .end = 0x7000, .name = "[heap]", .kind = KIND_GUARD},
		{.start = 0x7000, .end = 0x8000, .name = "[heap]", .kind = KIND_HEAP}};
	struct address_space *space, *other;

	(void)state;
	assert_int_equal(address_space_create(&nobody, &vma, 1, 1, 2, &space), 0);
	assert_int_equal(address_space_set_stacks(space, parts, 2, lodged, 2), 0);
	for (unsigned i = 0; i < 7; i++) {
		struct lodged_stack stacks[] = {lodged[0], lodged[1]};
		struct vma pieces[] = {parts[0], parts[1]};

		stacks[0].address += i == 1;
		stacks[1].tid += i == 2;
		stacks[1].alternate = i != 3;
		pieces[1].tid = i == 4 ? 17 : 0;
		assert_int_equal(address_space_create(&nobody, &vma, 1, 1, 2, &other), 0);
		assert_int_equal(address_space_set_stacks(other, pieces, i == 5 ? 0 : 2, stacks,
							  i == 6 ? 1 : 2),
				 0);
		assert_int_equal(address_space_share_list(other, space), i == 0);
		assert_int_equal(address_space_same_list(other, space), i == 0);
		if (i == 0)
			assert_ptr_equal(other->lodged, space->lodged);
		address_space_destroy(other);
	}
	address_space_destroy(space);
}

/* Each mapping takes its bytes, and each target its strings. */
static void bytes_grow_with_what_is_held(void **state)
{
	struct vma vmas[100];
	struct address_space *few, *many;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		vmas[i] = (struct vma){
			.start = (i + 1) * 8192, .end = (i + 1) * 8192 + 4096, .name = ""};
	assert_int_equal(address_space_create(&nobody, vmas, 10, 1, 2, &few), 0);
	assert_int_equal(address_space_create(&nobody, vmas, 100, 1, 2, &many), 0);
	assert_in_range(address_space_bytes(few), sizeof(*few) + 10 * sizeof(*vmas), 16384);
	assert_in_range(address_space_bytes(many) - address_space_bytes(few), 90 * sizeof(*vmas),
			95 * sizeof(*vmas));
	address_space_destroy(few);
	address_space_destroy(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_shares_the_list_and_outlives_the_original),
		cmocka_unit_test(the_same_list_is_shared_and_renews_the_snapshot),
		cmocka_unit_test(copies_everything_it_is_given),
		cmocka_unit_test(adds_up),
		cmocka_unit_test(refuses_what_is_not_sorted),
		cmocka_unit_test(finds_by_address),
		cmocka_unit_test(knows_where_user_addresses_end),
		cmocka_unit_test(a_bss_goes_by_its_file),
		cmocka_unit_test(knows_the_parts_of_mappings),
		cmocka_unit_test(refuses_parts_that_do_not_fit),
		cmocka_unit_test(stacks_are_of_the_list),
		cmocka_unit_test(bytes_grow_with_what_is_held),
	};

	return cmocka_run_group_tests_name("address_space", tests, NULL, NULL);
}
