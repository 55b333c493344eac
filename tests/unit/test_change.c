/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "maps_space.h"
#include "model/change.h"

#define RW     "rw-p 0 00:00 0 "
#define RO     "r--p 0 00:00 0 "
#define RX     "r-xp 0 00:00 0 "
#define NONE   "---p 0 00:00 0 "
#define SHARED "rw-s 0 00:00 0 "
#define LIB    "fe:00 11 /lib/y\n"

static void describe_range(struct text *text, uint64_t start, uint64_t end)
{
	if (start == end)
		text_append(text, " -");
	else
		text_append_format(text, " %" PRIx64 "-%" PRIx64, start, end);
}

static void describe_perms(struct text *text, bool there, uint8_t perms)
{
	struct vma vma = {.perms = perms};
	char out[PERMS_LENGTH];

	text_append_format(text, " %s", there ? vma_perms(&vma, out) : "-");
}

/* "grew 1000-3000 1000-2000 rw-p rw-p +1000 anon name": now, old, perms, old perms, delta. */
static void describe(struct text *text, const struct change *change)
{
	assert_int_equal(change->size, change->start < change->end
					       ? change->end - change->start
					       : change->old_end - change->old_start);
	text_append(text, change_type_name(change->type));
	describe_range(text, change->start, change->end);
	describe_range(text, change->old_start, change->old_end);
	describe_perms(text, change->start < change->end, change->perms);
	describe_perms(text, change->old_start < change->old_end, change->old_perms);
	text_append_format(text, " %c%" PRIx64 " %s %s\n", change->delta < 0 ? '-' : '+',
			   change->delta < 0 ? -(uint64_t)change->delta : (uint64_t)change->delta,
			   kind_name((enum kind)change->kind), change->name);
}

static void expect_of(struct address_space *before, struct address_space *now, const char *expected)
{
	struct change_list list = {0};
	struct text text = {0};

	now->time_ns = 77;
	change_compute(&list, before, now);
	address_space_destroy(before);
	address_space_destroy(now);
	for (size_t i = 0; i < list.count; i++) {
		assert_int_equal(list.changes[i].time_ns, 77);
		describe(&text, &list.changes[i]);
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	change_list_finish(&list);
}

static void expect(const char *before, const char *now, const char *expected)
{
	expect_of(maps_space_create(NULL, before), maps_space_create(NULL, now), expected);
}

static void nothing(void **state)
{
	static const char maps[] =
		"1000-2000 r-xp 0 " LIB "2000-3000 rw-p 1000 " LIB "3000-4000 " RW "\n"
		"5000000-5021000 " RW "[heap]\n";

	(void)state;
	expect(maps, maps, "");
	expect("", "", "");
}

static void mapped_and_unmapped(void **state)
{
	(void)state;
	expect("", "1000-3000 " RW "\n", "mapped 1000-3000 - rw-p - +2000 anon \n");
	expect("1000-3000 " SHARED "\n", "", "unmapped - 1000-3000 - rw-s -2000 shared \n");
	/* What replaces other memory at its place: first it goes, then the other comes. */
	expect("1000-3000 " RW "\n", "1000-3000 r--p 0 fe:00 9 /a\n",
	       "unmapped - 1000-3000 - rw-p -2000 anon \n"
	       "mapped 1000-3000 - r--p - +2000 file /a\n");
	expect("1000-3000 r--p 0 fe:00 9 /a\n", "2000-4000 r--p 0 fe:00 8 /b\n",
	       "unmapped - 1000-3000 - r--p -2000 file /a\n"
	       "mapped 2000-4000 - r--p - +2000 file /b\n");
	/* Private and shared memory never are the same. */
	expect("1000-3000 " RW "\n", "1000-3000 " SHARED "\n",
	       "unmapped - 1000-3000 - rw-p -2000 anon \n"
	       "mapped 1000-3000 - rw-s - +2000 shared \n");
	/* Another place of the same file is other memory. */
	expect("1000-3000 r--p 0 fe:00 9 /a\n", "1000-3000 r--p 4000 fe:00 9 /a\n",
	       "unmapped - 1000-3000 - r--p -2000 file /a\n"
	       "mapped 1000-3000 - r--p - +2000 file /a\n");
}

static void grew_and_shrank(void **state)
{
	(void)state;
	expect("5000000-5021000 " RW "[heap]\n", "5000000-5042000 " RW "[heap]\n",
	       "grew 5000000-5042000 5000000-5021000 rw-p rw-p +21000 heap [heap]\n");
	expect("5000000-5042000 " RW "[heap]\n", "5000000-5021000 " RW "[heap]\n",
	       "shrank 5000000-5021000 5000000-5042000 rw-p rw-p -21000 heap [heap]\n");
	/* The stack grows down, and so does memory that mmap(2) puts below. */
	expect("7ffc00000000-7ffc00021000 " RW "[stack]\n",
	       "7ffbfff00000-7ffc00021000 " RW "[stack]\n",
	       "grew 7ffbfff00000-7ffc00021000 7ffc00000000-7ffc00021000 rw-p rw-p +100000 "
	       "stack [stack]\n");
	expect("2000-4000 " RW "\n", "3000-4000 " RW "\n",
	       "shrank 3000-4000 2000-4000 rw-p rw-p -1000 anon \n");
	expect("3000-4000 " RW "\n", "1000-8000 " RW "\n",
	       "grew 1000-8000 3000-4000 rw-p rw-p +6000 anon \n");
	expect("2000-5000 rw-p 1000 fe:00 9 /a\n", "1000-5000 rw-p 0 fe:00 9 /a\n",
	       "grew 1000-5000 2000-5000 rw-p rw-p +1000 file /a\n");
	/* One end went and the other one came. */
	expect("1000-4000 " RW "\n", "3000-6000 " RW "\n",
	       "shrank 3000-4000 1000-4000 rw-p rw-p -2000 anon \n"
	       "grew 3000-6000 3000-4000 rw-p rw-p +2000 anon \n");
}

static void a_hole_and_its_filling(void **state)
{
	(void)state;
	expect("1000-9000 " RW "\n", "1000-3000 " RW "\n5000-9000 " RW "\n",
	       "unmapped - 3000-5000 - rw-p -2000 anon \n");
	expect("1000-3000 " RW "\n5000-9000 " RW "\n", "1000-9000 " RW "\n",
	       "mapped 3000-5000 - rw-p - +2000 anon \n");
	expect("1000-9000 " RW "\n", "2000-3000 " RW "\n5000-6000 " RW "\n8000-9000 " RW "\n",
	       "shrank 2000-9000 1000-9000 rw-p rw-p -1000 anon \n"
	       "unmapped - 3000-5000 - rw-p -2000 anon \n"
	       "unmapped - 6000-8000 - rw-p -2000 anon \n");
}

static void protected(void **state)
{
	(void)state;
	expect("1000-3000 " RW "\n", "1000-3000 " RX "\n",
	       "protected 1000-3000 1000-3000 r-xp rw-p +0 jit \n");
	expect("1000-9000 " RW "\n", "1000-3000 " RW "\n3000-5000 " RO "\n5000-9000 " RW "\n",
	       "protected 3000-5000 1000-9000 r--p rw-p +0 anon \n");
	expect("1000-3000 " RW "\n3000-5000 " RO "\n5000-9000 " RW "\n", "1000-9000 " RW "\n",
	       "protected 3000-5000 3000-5000 rw-p r--p +0 anon \n");
	expect("1000-9000 rw-p 0 " LIB, "1000-3000 r--p 0 " LIB "3000-9000 rw-p 2000 " LIB,
	       "protected 1000-3000 1000-9000 r--p rw-p +0 file /lib/y\n");
	/* A guard made at the end of a mapping is protection, and so is its removal. */
	expect("100000-200000 " RW "\n", "100000-101000 " NONE "\n101000-200000 " RW "\n",
	       "protected 100000-101000 100000-200000 ---p rw-p +0 guard \n");
	expect("100000-101000 " NONE "\n101000-200000 " RW "\n", "100000-200000 " RW "\n",
	       "protected 100000-101000 100000-101000 rw-p ---p +0 anon \n");
	/* Of one that grows at the same time, too. */
	expect("1000-3000 " RW "\n", "1000-4000 " RX "\n",
	       "grew 1000-4000 1000-3000 r-xp rw-p +1000 jit \n"
	       "protected 1000-3000 1000-3000 r-xp rw-p +0 jit \n");
}

static void an_arena_grows_into_its_reserve(void **state)
{
	static const char small[] = "7f0000000000-7f0000021000 " RW "\n"
				    "7f0000021000-7f0004000000 " NONE "\n";
	static const char large[] = "7f0000000000-7f0000042000 " RW "\n"
				    "7f0000042000-7f0004000000 " NONE "\n";

	(void)state;
	expect(small, large,
	       "grew 7f0000000000-7f0000042000 7f0000000000-7f0000021000 rw-p rw-p +21000 "
	       "anon \n");
	expect(large, small,
	       "shrank 7f0000000000-7f0000021000 7f0000000000-7f0000042000 rw-p rw-p -21000 "
	       "anon \n");
	/* It takes all that was reserved. */
	expect(small, "7f0000000000-7f0004000000 " RW "\n",
	       "grew 7f0000000000-7f0004000000 7f0000000000-7f0000021000 rw-p rw-p +3fdf000 "
	       "anon \n");
	/* It grows, and what is left of the reserve is cut at its other end. */
	expect(small, "7f0000000000-7f0000042000 " RW "\n7f0000042000-7f0003000000 " NONE "\n",
	       "grew 7f0000000000-7f0000042000 7f0000000000-7f0000021000 rw-p rw-p +21000 "
	       "anon \n"
	       "shrank 7f0000042000-7f0003000000 7f0000042000-7f0004000000 ---p ---p -1000000 "
	       "reserve \n");
	/* The first of a reserve that nothing was beside. */
	expect("7f0000000000-7f0004000000 " NONE "\n", small,
	       "protected 7f0000000000-7f0000021000 7f0000000000-7f0004000000 rw-p ---p +0 "
	       "anon \n");
}

static void moved(void **state)
{
	(void)state;
	expect("100000-200000 " RW "\n", "700000-800000 " RW "\n",
	       "moved 700000-800000 100000-200000 rw-p rw-p +0 anon \n");
	expect("100000-200000 " RW "\n", "700000-900000 " RW "\n",
	       "moved 700000-900000 100000-200000 rw-p rw-p +100000 anon \n");
	expect("100000-200000 r--p 1000 " LIB, "700000-800000 r--p 1000 " LIB,
	       "moved 700000-800000 100000-200000 r--p r--p +0 file /lib/y\n");
	/* Two of different sizes: each is the only one of its size. */
	expect("100000-200000 " RW "\n300000-500000 " RW "\n",
	       "700000-900000 " RW "\na00000-b00000 " RW "\n",
	       "moved 700000-900000 300000-500000 rw-p rw-p +0 anon \n"
	       "moved a00000-b00000 100000-200000 rw-p rw-p +0 anon \n");
	/* Which of the two it was, nobody knows. */
	expect("100000-200000 " RW "\n300000-400000 " RW "\n", "700000-800000 " RW "\n",
	       "unmapped - 100000-200000 - rw-p -100000 anon \n"
	       "unmapped - 300000-400000 - rw-p -100000 anon \n"
	       "mapped 700000-800000 - rw-p - +100000 anon \n");
	/* Other sizes, and not the only ones. */
	expect("100000-200000 " RW "\n300000-500000 " RW "\n", "700000-a00000 " RW "\n",
	       "unmapped - 100000-200000 - rw-p -100000 anon \n"
	       "unmapped - 300000-500000 - rw-p -200000 anon \n"
	       "mapped 700000-a00000 - rw-p - +300000 anon \n");
	expect("100000-200000 " RW "\n", "700000-800000 " RO "\n",
	       "unmapped - 100000-200000 - rw-p -100000 anon \n"
	       "mapped 700000-800000 - r--p - +100000 anon \n");
	/* No-access memory is never said to have moved. */
	expect("100000-200000 " NONE "\n", "700000-800000 " NONE "\n",
	       "unmapped - 100000-200000 - ---p -100000 reserve \n"
	       "mapped 700000-800000 - ---p - +100000 reserve \n");
	/* A file that overlaps where it was. */
	expect("100000-300000 r--p 0 " LIB, "200000-400000 r--p 0 " LIB,
	       "moved 200000-400000 100000-300000 r--p r--p +0 file /lib/y\n");
}

static void split_and_merged(void **state)
{
	static const char one[] = "1000-9000 " RW "\n";
	static const char three[] = "1000-3000 " RW "\n3000-5000 " RW "\n5000-9000 " RW "\n";

	(void)state;
	expect(one, three, "split 1000-3000 1000-9000 rw-p rw-p +0 anon \n");
	expect(three, one, "merged 1000-9000 1000-3000 rw-p rw-p +0 anon \n");
	expect("1000-3000 " RW "\n3000-5000 " RW "\n", "1000-2000 " RW "\n2000-5000 " RW "\n",
	       "split 1000-2000 1000-3000 rw-p rw-p +0 anon \n"
	       "merged 2000-5000 1000-3000 rw-p rw-p +0 anon \n");
}

static void renamed(void **state)
{
	(void)state;
	expect("1000-3000 r--p 0 fe:00 9 /a\n", "1000-3000 r--p 0 fe:00 9 /a (deleted)\n",
	       "renamed 1000-3000 1000-3000 r--p r--p +0 file /a (deleted)\n");
	expect("1000-3000 r--p 0 fe:00 9 /a\n", "1000-3000 r--p 0 fe:00 9 /b\n",
	       "renamed 1000-3000 1000-3000 r--p r--p +0 file /b\n");
	expect("1000-3000 " RW "\n", "1000-2000 " RW "\n2000-3000 " RW "[anon:\x1b[2J]\n",
	       "renamed 2000-3000 1000-3000 rw-p rw-p +0 anon [anon:\x1b[2J]\n");
	expect("1000-3000 r--p 0 fe:00 9 /a\n", "1000-4000 rw-p 0 fe:00 9 /b\n",
	       "grew 1000-4000 1000-3000 rw-p r--p +1000 file /b\n"
	       "protected 1000-3000 1000-3000 rw-p r--p +0 file /b\n"
	       "renamed 1000-3000 1000-3000 rw-p r--p +0 file /b\n");
}

/* The kernel's own mappings have no file and are no memory of the program. */
static void the_kernels_own(void **state)
{
	(void)state;
	expect("1000-3000 r-xp 0 00:00 0 [vdso]\n", "1000-3000 " RX "\n",
	       "unmapped - 1000-3000 - r-xp -2000 vdso [vdso]\n"
	       "mapped 1000-3000 - r-xp - +2000 jit \n");
	/* System V shared memory with the id 0 looks like no file. */
	expect("1000-3000 rw-s 0 00:01 0 /SYSV00000000 (deleted)\n", "1000-3000 " SHARED "\n",
	       "unmapped - 1000-3000 - rw-s -2000 shared /SYSV00000000\n"
	       "mapped 1000-3000 - rw-s - +2000 shared \n");
}

static void in_the_order_of_addresses(void **state)
{
	(void)state;
	expect("1000-2000 r--p 0 " LIB "4000-5000 " RW "\n8000-9000 " RX "\n",
	       "1000-2000 rw-p 0 " LIB "4000-6000 " RW "\nc000-d000 " SHARED "\n",
	       "protected 1000-2000 1000-2000 rw-p r--p +0 file /lib/y\n"
	       "grew 4000-6000 4000-5000 rw-p rw-p +1000 anon \n"
	       "unmapped - 8000-9000 - r-xp -1000 jit \n"
	       "mapped c000-d000 - rw-s - +1000 shared \n");
}

#define OLD_IMAGE "1000-2000 r-xp 0 fe:00 1 /bin/x\n7ffc00000000-7ffc00021000 " RW "[stack]\n"
#define NEW_IMAGE "1000-2000 r-xp 0 fe:00 2 /bin/y\n7ffc00000000-7ffc00021000 " RW "[stack]\n"

static void expect_exec(struct target target, const char *maps, const char *expected)
{
	expect_of(maps_space_create(NULL, OLD_IMAGE), maps_space_create(&target, maps), expected);
}

static void exec(void **state)
{
	struct target target = maps_space_target();

	(void)state;
	target.start_stack += 0x1000;
	target.exe = "/bin/y";
	expect_exec(target, NEW_IMAGE, "exec - - - - +0 gap /bin/y\n");
	/* The same program anew, at the same addresses. */
	target.exe = "/bin/x";
	expect_exec(target, OLD_IMAGE, "exec - - - - +0 gap /bin/x\n");
	target.exe = NULL;
	expect_exec(target, "", "exec - - - - +0 gap x\n");
	target = maps_space_target();
	target.start_brk += 0x1000;
	expect_exec(target, OLD_IMAGE, "exec - - - - +0 gap /bin/x\n");
	/* Another process that got the pid. */
	target = maps_space_target();
	target.start_ticks++;
	expect_exec(target, OLD_IMAGE, "exec - - - - +0 gap /bin/x\n");
	target = maps_space_target();
	target.pid++;
	expect_exec(target, OLD_IMAGE, "exec - - - - +0 gap /bin/x\n");
}

static void exec_where_the_kernel_hides_the_stack(void **state)
{
	struct target target = maps_space_target();

	(void)state;
	target.start_stack = target.start_brk = 0;
	expect_exec(target, OLD_IMAGE, "");
	target.exe = "/bin/y";
	expect_exec(target, NEW_IMAGE, "exec - - - - +0 gap /bin/y\n");
	/* Its file was replaced by an upgrade, or it took another name: the same program. */
	target.exe = "/bin/x (deleted)";
	target.comm = "worker";
	expect_exec(target, OLD_IMAGE, "");
	/* Nothing is known of one that ends. */
	expect_exec(target, "",
		    "unmapped - 1000-2000 - r-xp -1000 text /bin/x\n"
		    "unmapped - 7ffc00000000-7ffc00021000 - rw-p -21000 stack [stack]\n");
}

static void exit_is_appended(void **state)
{
	struct address_space *before = maps_space_create(NULL, "1000-2000 " RW "\n");
	struct address_space *now = maps_space_create(NULL, "1000-3000 " RW "\n");
	struct change_list list = {0};

	(void)state;
	change_compute(&list, before, now);
	change_append_exit(&list, now, 99);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.changes[0].type, CHANGE_GREW);
	assert_int_equal(list.changes[1].type, CHANGE_EXIT);
	assert_int_equal(list.changes[1].time_ns, 99);
	assert_int_equal(list.changes[1].kind, KIND_GAP);
	assert_int_equal(list.changes[1].start + list.changes[1].old_end, 0);
	assert_string_equal(list.changes[1].name, "/bin/x");
	/* More is appended behind, what is there stays. */
	change_compute(&list, now, before);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.changes[2].type, CHANGE_SHRANK);
	change_list_finish(&list);
	assert_int_equal(list.count, 0);
	address_space_destroy(before);
	address_space_destroy(now);
}

static void every_type_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < CHANGE_TYPE_COUNT; i++)
		for (int j = 0; j < i; j++)
			assert_string_not_equal(change_type_name((enum change_type)i),
						change_type_name((enum change_type)j));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(mapped_and_unmapped),
		cmocka_unit_test(grew_and_shrank),
		cmocka_unit_test(a_hole_and_its_filling),
		cmocka_unit_test(protected),
		cmocka_unit_test(an_arena_grows_into_its_reserve),
		cmocka_unit_test(moved),
		cmocka_unit_test(split_and_merged),
		cmocka_unit_test(renamed),
		cmocka_unit_test(the_kernels_own),
		cmocka_unit_test(in_the_order_of_addresses),
		cmocka_unit_test(exec),
		cmocka_unit_test(exec_where_the_kernel_hides_the_stack),
		cmocka_unit_test(exit_is_appended),
		cmocka_unit_test(every_type_has_a_name),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
