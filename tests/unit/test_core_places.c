/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/core_places.h"
#include "model/elf_image.h"
#include "model/vma.h"
#include "procfs/auxv_parser.h"

#define PAGE UINT64_C(0x1000)
#define BASE UINT64_C(0x10000)
#define GIB  (UINT64_C(1) << 30)

/* A program of two pages at BASE, a loader, and what is to be named. */
struct places {
	struct vma vmas[7];
	struct elf_segment segments[2];
	struct elf_image image;
	struct proc_auxv auxv;
	struct core_program program;
};

enum { PROGRAM, HEAP, LOADER, VVAR, VCLOCK, VDSO, STACK, COUNT };

static void init(struct places *places, uint64_t heap)
{
	*places = (struct places){
		.vmas =
			{
				{.start = BASE, .end = BASE + 2 * PAGE, .inode = 1, .name = "/p"},
				{.start = heap,
				 .end = heap + PAGE,
				 .perms = PERM_READ | PERM_WRITE},
				{.start = 0x70000000000, .end = 0x70000001000, .inode = 2},
				{.start = 0x70000001000, .end = 0x70000003000, .perms = PERM_READ},
				{.start = 0x70000003000, .end = 0x70000004000, .perms = PERM_READ},
				{.start = 0x70000004000,
				 .end = 0x70000006000,
				 .perms = PERM_READ | PERM_EXEC},
				{.start = 0x7ff00000000,
				 .end = 0x7ff00010000,
				 .perms = PERM_READ | PERM_WRITE},
			},
		.segments = {{.memory_size = PAGE, .file_size = PAGE},
			     {.address = PAGE, .memory_size = PAGE + 1, .file_size = PAGE}},
		.auxv = {.page_size = PAGE,
			 .base = 0x70000000000,
			 .vdso = 0x70000004000,
			 .random = 0x7ff0000ff00},
	};
	for (int i = 0; i < COUNT; i++)
		if (!places->vmas[i].name)
			places->vmas[i].name = "";
	places->image = (struct elf_image){.segments = places->segments, .segment_count = 2};
	places->program = (struct core_program){&places->vmas[0], &places->image, BASE};
}

static uint64_t name(struct places *places)
{
	return core_places_name(places->vmas, COUNT, &places->auxv, &places->program);
}

static void names_what_the_kernel_maps(void **state)
{
	struct places places;

	(void)state;
	init(&places, BASE + 64 * PAGE);
	assert_int_equal(name(&places), BASE + 64 * PAGE);
	assert_string_equal(places.vmas[PROGRAM].name, "/p");
	assert_string_equal(places.vmas[HEAP].name, "[heap]");
	assert_string_equal(places.vmas[LOADER].name, "");
	assert_string_equal(places.vmas[VVAR].name, "[vvar]");
	assert_string_equal(places.vmas[VCLOCK].name, "[vvar_vclock]");
	assert_string_equal(places.vmas[VDSO].name, "[vdso]");
	assert_string_equal(places.vmas[STACK].name, "[stack]");
	/* One is [vvar], too; what can be written is none. */
	init(&places, BASE + 64 * PAGE);
	places.vmas[VVAR].perms |= PERM_WRITE;
	name(&places);
	assert_string_equal(places.vmas[VVAR].name, "");
	assert_string_equal(places.vmas[VCLOCK].name, "[vvar]");
}

/* The heap begins where the program ends, its last page counted whole, or within a GiB. */
static void seeks_the_heap_where_the_kernel_puts_it(void **state)
{
	const uint64_t end = BASE + 3 * PAGE;
	struct places places;

	(void)state;
	init(&places, end);
	assert_int_equal(name(&places), end);
	init(&places, end + GIB);
	assert_int_equal(name(&places), end + GIB);
	init(&places, end + GIB + PAGE);
	assert_int_equal(name(&places), 0);
	assert_string_equal(places.vmas[HEAP].name, "");
	init(&places, end);
	places.vmas[HEAP].perms = PERM_READ;
	assert_int_equal(name(&places), 0);
	/* A bss that the kernel joined with the heap. */
	init(&places, end - PAGE);
	places.vmas[HEAP].end = end + PAGE;
	assert_int_equal(name(&places), end);
	assert_string_equal(places.vmas[HEAP].name, "[heap]");
}

/* As malloc of musl has it: a guard, then the heap; what adjoins it belongs to it. */
static void the_heap_can_be_cut(void **state)
{
	const uint64_t start = BASE + 64 * PAGE;
	struct places places;

	(void)state;
	init(&places, start);
	places.vmas[HEAP].perms = 0;
	places.vmas[LOADER] =
		(struct vma){.start = start + PAGE, .end = start + 2 * PAGE, .name = ""};
	places.vmas[LOADER].perms = PERM_READ | PERM_WRITE;
	assert_int_equal(name(&places), start);
	assert_string_equal(places.vmas[HEAP].name, "[heap]");
	assert_string_equal(places.vmas[LOADER].name, "[heap]");
	/* With a gap between them the one without access is none. */
	init(&places, start);
	places.vmas[HEAP].perms = 0;
	assert_int_equal(name(&places), 0);
	assert_string_equal(places.vmas[HEAP].name, "");
}

static void does_not_guess(void **state)
{
	struct places places;

	(void)state;
	init(&places, BASE + 64 * PAGE);
	places.program.image = NULL;
	assert_int_equal(name(&places), 0);
	init(&places, BASE + 64 * PAGE);
	places.program.exe = NULL;
	assert_int_equal(name(&places), 0);
	/* A loader, or a static PIE: the break is elsewhere. */
	init(&places, BASE + 64 * PAGE);
	places.auxv.base = 0;
	assert_int_equal(name(&places), 0);
#ifdef __x86_64__
	init(&places, BASE + 64 * PAGE);
	places.auxv.base = places.auxv.random = 0;
	places.vmas[STACK].start = 0x555555554000 + 5 * PAGE;
	places.vmas[STACK].end = places.vmas[STACK].start + PAGE;
	assert_int_equal(name(&places), 0x555555554000 + 5 * PAGE);
	assert_string_equal(places.vmas[HEAP].name, "");
	assert_string_equal(places.vmas[STACK].name, "[heap]");
#endif
	init(&places, BASE + 64 * PAGE);
	places.auxv = (struct proc_auxv){.page_size = PAGE, .base = 1};
	assert_int_equal(name(&places), BASE + 64 * PAGE);
	for (int i = LOADER; i < COUNT; i++)
		assert_string_equal(places.vmas[i].name, "");
	/* Where a file is, nothing else is. */
	init(&places, BASE + 64 * PAGE);
	places.vmas[STACK].inode = 7;
	places.vmas[VDSO].inode = 7;
	name(&places);
	assert_string_equal(places.vmas[STACK].name, "");
	assert_string_equal(places.vmas[VVAR].name, "");
}

/* Two pieces at most, and nothing outside of the list. */
static void the_vvar_has_two_pieces(void **state)
{
	struct vma vmas[6];
	struct proc_auxv auxv = {.page_size = PAGE, .vdso = 0x50000};
	const struct core_program none = {.exe = NULL};

	(void)state;
	for (size_t begin = 0; begin < 5; begin++) {
		for (uint64_t i = 0; i < 6; i++)
			vmas[i] = (struct vma){.start = 0x50000 - (5 - i) * PAGE,
					       .end = 0x50000 - (4 - i) * PAGE,
					       .perms = PERM_READ,
					       .name = ""};
		assert_int_equal(core_places_name(vmas + begin, 6 - begin, &auxv, &none), 0);
		for (size_t i = 0; i < 6; i++)
			assert_string_equal(vmas[i].name, i == 5               ? "[vdso]"
							  : i < begin || i < 3 ? ""
							  : i == 3 || (i == 4 && begin == 4)
								  ? "[vvar]"
								  : "[vvar_vclock]");
	}
	/* None of them is larger than a MiB. */
	vmas[4].name = "";
	vmas[5].name = "";
	auxv.vdso = vmas[5].start = vmas[4].end = UINT64_C(0x60000000);
	vmas[5].end = vmas[5].start + PAGE;
	vmas[4].start = vmas[4].end - (UINT64_C(1) << 20);
	core_places_name(vmas + 4, 2, &auxv, &none);
	assert_string_equal(vmas[4].name, "[vvar]");
	vmas[4].name = vmas[5].name = "";
	vmas[4].start -= PAGE;
	core_places_name(vmas + 4, 2, &auxv, &none);
	assert_string_equal(vmas[5].name, "[vdso]");
	assert_string_equal(vmas[4].name, "");
}

/* The vdso begins where the kernel says; below it, what only is read and has no name. */
static void the_vvar_is_like_no_other_memory(void **state)
{
	static const struct {
		uint64_t vdso, gap;
		uint8_t perms;
		const char *name, *expected, *expected_vdso;
	} cases[] = {
		{0, 0, PERM_READ, "", "[vvar]", "[vdso]"},
		{PAGE, 0, PERM_READ, "", "", ""},
		{0, 1, PERM_READ, "", "", "[vdso]"},
		{0, 0, PERM_READ | PERM_SHARED, "", "[vvar]", "[vdso]"},
		{0, 0, PERM_READ | PERM_EXEC, "", "", "[vdso]"},
		{0, 0, 0, "", "", "[vdso]"},
		{0, 0, PERM_READ, "/x", "/x", "[vdso]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct places places;

		init(&places, BASE + 64 * PAGE);
		places.auxv.vdso += cases[i].vdso;
		places.vmas[VCLOCK].end -= cases[i].gap;
		places.vmas[VCLOCK].perms = cases[i].perms;
		places.vmas[VCLOCK].name = cases[i].name;
		places.vmas[VVAR].perms = PERM_READ | PERM_WRITE;
		name(&places);
		assert_string_equal(places.vmas[VVAR].name, "");
		assert_string_equal(places.vmas[VCLOCK].name, cases[i].expected);
		assert_string_equal(places.vmas[VDSO].name, cases[i].expected_vdso);
	}
}

/* One without a loader that says where it lies: the break is behind it, as of others. */
static void a_program_without_a_loader_may_have_a_place(void **state)
{
	const uint64_t end = BASE + 3 * PAGE;
	struct places places;

	(void)state;
	init(&places, end);
	places.auxv.base = 0;
	places.segments[0].address = BASE;
	places.segments[1].address = BASE + PAGE;
	assert_int_equal(name(&places), end);
	assert_string_equal(places.vmas[HEAP].name, "[heap]");
	/* Moved by a page. */
	init(&places, end + GIB + PAGE);
	places.auxv.base = 0;
	places.segments[0].address = BASE - PAGE;
	places.segments[1].address = BASE;
	assert_int_equal(name(&places), 0);
	places.program.base += PAGE;
	assert_int_equal(name(&places), end + GIB + PAGE);
}

/* What has a name is no heap, nor is there one in the gap behind a piece. */
static void the_heap_has_no_name(void **state)
{
	const uint64_t start = BASE + 64 * PAGE;
	struct places places;

	(void)state;
	init(&places, start);
	places.vmas[HEAP].name = "[anon:x]";
	assert_int_equal(name(&places), 0);
	assert_string_equal(places.vmas[HEAP].name, "[anon:x]");
	init(&places, start);
	places.vmas[HEAP].inode = 7;
	assert_int_equal(name(&places), 0);
	assert_string_equal(places.vmas[HEAP].name, "");
	/* Three pieces, the last one behind a gap. */
	init(&places, start);
	for (uint64_t i = 0; i < 3; i++)
		places.vmas[HEAP + i] =
			(struct vma){.start = start + (i + (i > 1)) * PAGE,
				     .end = start + (i + 1 + (i > 1)) * PAGE,
				     .perms = i == 1 ? PERM_WRITE : PERM_READ | PERM_WRITE,
				     .name = ""};
	assert_int_equal(name(&places), start);
	assert_string_equal(places.vmas[HEAP].name, "[heap]");
	assert_string_equal(places.vmas[HEAP + 1].name, "[heap]");
	assert_string_equal(places.vmas[HEAP + 2].name, "");
	/* The program is the last of the list. */
	init(&places, start);
	assert_int_equal(core_places_name(places.vmas, 1, &places.auxv, &places.program), 0);
}

/* Without a program no heap, wherever there is memory. */
static void without_a_program_there_is_no_heap(void **state)
{
	struct vma vma = {
		.start = PAGE, .end = 2 * PAGE, .perms = PERM_READ | PERM_WRITE, .name = ""};
	const struct proc_auxv auxv = {.page_size = PAGE, .base = 1};
	struct core_program program = {.exe = NULL};

	(void)state;
	assert_int_equal(core_places_name(&vma, 1, &auxv, &program), 0);
	assert_string_equal(vma.name, "");
	program.exe = &vma;
	assert_int_equal(core_places_name(&vma, 1, &auxv, &program), 0);
	assert_string_equal(vma.name, "");
}

#ifdef __x86_64__
/* Where it has always been, whatever else is known; one that has a name keeps it. */
static void the_vsyscall_page_is_named(void **state)
{
	const uint64_t start = UINT64_C(0xffffffffff600000);
	const struct proc_auxv auxv = {.page_size = PAGE};
	const struct core_program none = {.exe = NULL};
	struct vma vma = {.start = start, .end = start + PAGE, .perms = PERM_EXEC, .name = ""};

	(void)state;
	core_places_name(&vma, 1, &auxv, &none);
	assert_string_equal(vma.name, "[vsyscall]");
	vma.name = "/x";
	core_places_name(&vma, 1, &auxv, &none);
	assert_string_equal(vma.name, "/x");
	vma = (struct vma){.start = start + PAGE, .end = start + 2 * PAGE, .name = ""};
	core_places_name(&vma, 1, &auxv, &none);
	assert_string_equal(vma.name, "");
}
#endif

static void finds_by_address(void **state)
{
	struct places places;

	(void)state;
	init(&places, BASE + 64 * PAGE);
	assert_null(core_places_find(places.vmas, COUNT, 0));
	assert_null(core_places_find(places.vmas, COUNT, BASE - 1));
	assert_ptr_equal(core_places_find(places.vmas, COUNT, BASE), &places.vmas[PROGRAM]);
	assert_ptr_equal(core_places_find(places.vmas, COUNT, BASE + 2 * PAGE - 1),
			 &places.vmas[PROGRAM]);
	assert_null(core_places_find(places.vmas, COUNT, BASE + 2 * PAGE));
	assert_ptr_equal(core_places_find(places.vmas, COUNT, places.vmas[STACK].end - 1),
			 &places.vmas[STACK]);
	assert_null(core_places_find(places.vmas, STACK, places.vmas[STACK].start));
	assert_null(core_places_find(places.vmas, COUNT, UINT64_MAX));
	assert_null(core_places_find(places.vmas, 0, BASE));
	/* 0 is that of what is not known, also where there is memory. */
	places.vmas[PROGRAM].start = 0;
	assert_null(core_places_find(places.vmas, COUNT, 0));
	assert_ptr_equal(core_places_find(places.vmas, COUNT, 1), &places.vmas[PROGRAM]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_what_the_kernel_maps),
		cmocka_unit_test(seeks_the_heap_where_the_kernel_puts_it),
		cmocka_unit_test(the_heap_can_be_cut),
		cmocka_unit_test(does_not_guess),
		cmocka_unit_test(the_vvar_has_two_pieces),
		cmocka_unit_test(the_vvar_is_like_no_other_memory),
		cmocka_unit_test(a_program_without_a_loader_may_have_a_place),
		cmocka_unit_test(the_heap_has_no_name),
		cmocka_unit_test(without_a_program_there_is_no_heap),
#ifdef __x86_64__
		cmocka_unit_test(the_vsyscall_page_is_named),
#endif
		cmocka_unit_test(finds_by_address),
	};

	return cmocka_run_group_tests_name("core_places", tests, NULL, NULL);
}
