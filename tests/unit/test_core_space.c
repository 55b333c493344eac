/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core_bytes.h"

#include "core/core_image.h"
#include "core/core_space.h"
#include "model/address_space.h"

static struct address_space *make(const struct core_bytes *bytes)
{
	struct address_space *space;
	struct core_image *image;
	struct core_made made;

	core_made_init(&made, &bytes->core);
	assert_int_equal(core_image_open(&made.reader, NULL, &image), 0);
	assert_int_equal(core_space_make(image, 1234567890, &space), 0);
	kept_memory_release(&image->kept);
	free(made.bytes);
	return space;
}

static void expect(const struct address_space *space, uint64_t address, enum kind kind,
		   enum kind_source source, enum owner owner, const char *name)
{
	const struct vma *vma = address_space_at(space, address);

	assert_non_null(vma);
	assert_int_equal(vma->kind, kind);
	assert_int_equal(vma->kind_source, source);
	assert_int_equal(vma->owner, owner);
	assert_string_equal(vma->name, name);
}

static void says_what_everything_is(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;

	(void)state;
	core_bytes_init(&bytes);
	space = make(&bytes);
	assert_int_equal(space->vma_count, 8);
	expect(space, CORE_TEXT, KIND_TEXT, KIND_SOURCE_ELF, OWNER_PROGRAM, CORE_PROGRAM_NAME);
	expect(space, CORE_DATA, KIND_DATA, KIND_SOURCE_ELF, OWNER_PROGRAM, CORE_PROGRAM_NAME);
	expect(space, CORE_HEAP, KIND_HEAP, KIND_SOURCE_SHAPE, OWNER_PROGRAM, "[heap]");
	expect(space, CORE_STACK, KIND_STACK, KIND_SOURCE_SHAPE, OWNER_PROGRAM, "[stack]");
	expect(space, CORE_VDSO, KIND_VDSO, KIND_SOURCE_SHAPE, OWNER_OTHER, "[vdso]");
	expect(space, CORE_VVAR, KIND_VVAR, KIND_SOURCE_SHAPE, OWNER_OTHER, "[vvar]");
#if defined(__x86_64__) || defined(__aarch64__)
	expect(space, CORE_THREAD, KIND_THREAD_STACK, KIND_SOURCE_THREAD, OWNER_OTHER, "");
	assert_int_equal(address_space_at(space, CORE_THREAD)->tid, CORE_PID + 1);
	assert_int_equal(address_space_at(space, CORE_THREAD - 1)->kind, KIND_GUARD);
#endif
	address_space_destroy(space);
}

static void says_whose_it_is(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;
	const struct target *target;

	(void)state;
	core_bytes_init(&bytes);
	space = make(&bytes);
	target = &space->target;
	assert_int_equal(space->time_ns, 1234567890);
	assert_true(target->is_core);
	assert_int_equal(target->pid, CORE_PID);
	assert_string_equal(target->comm, "segfaults");
	assert_string_equal(target->exe, CORE_PROGRAM_NAME);
	assert_int_equal(target->cmdline_count, 1);
	assert_string_equal(target->cmdline[0], "./segfaults now");
	assert_int_equal(target->uid, 1000);
	assert_int_equal(target->threads, 2);
	assert_int_equal(target->start_brk, CORE_HEAP);
	assert_int_equal(target->death.signal, SIGSEGV);
	assert_int_equal(target->death.address, CORE_FAULT);
	/* What no core file says. */
	assert_int_equal(target->state, '?');
	assert_int_equal(target->rss, TARGET_UNKNOWN);
	assert_int_equal(target->swap, TARGET_UNKNOWN);
	assert_int_equal(target->start_ticks, TARGET_UNKNOWN);
	assert_int_equal(target->limits.max_map_count, TARGET_UNKNOWN);
	assert_int_equal(target->limits.stack, TARGET_UNKNOWN);
	address_space_destroy(space);
}

/* Where the first page of the program is not in the file, the permissions tell. */
static void tells_how_it_knows(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;

	(void)state;
	core_bytes_init(&bytes);
	bytes.segments[0].kept = 0;
	space = make(&bytes);
	expect(space, CORE_TEXT, KIND_TEXT, KIND_SOURCE_PERMISSIONS, OWNER_PROGRAM,
	       CORE_PROGRAM_NAME);
	assert_int_equal(space->target.start_brk, 0);
	assert_int_equal(address_space_at(space, CORE_HEAP)->kind, KIND_ANON);
	address_space_destroy(space);
}

/* As a debugger leaves it out: the list of files alone tells of it. */
static void what_is_not_dumped_is_what_its_file_says(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;
	char perms[PERMS_LENGTH];

	(void)state;
	core_bytes_init(&bytes);
	bytes.segments[1] = bytes.segments[0];
	bytes.core.segments = &bytes.segments[1];
	bytes.core.segment_count--;
	space = make(&bytes);
	assert_int_equal(space->vma_count, 8);
	expect(space, CORE_DATA, KIND_DATA, KIND_SOURCE_ELF, OWNER_PROGRAM, CORE_PROGRAM_NAME);
	assert_string_equal(vma_perms(address_space_at(space, CORE_DATA), perms), "????");
	address_space_destroy(space);
}

static void without_notes_there_are_mappings(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;

	(void)state;
	core_bytes_init(&bytes);
	bytes.core = (struct written_core){
		.segments = bytes.segments, .segment_count = 8, .no_files = true};
	space = make(&bytes);
	assert_int_equal(space->vma_count, 8);
	assert_int_equal(space->target.pid, 0);
	assert_int_equal(space->target.threads, 0);
	assert_string_equal(space->target.comm, "");
	assert_null(space->target.exe);
	assert_int_equal(space->target.cmdline_count, 0);
	address_space_destroy(space);
}

/* What is to be there of an arena of malloc is its head: it tells, where it is kept. */
static void finds_arenas(void **state)
{
	const uint64_t start = UINT64_C(0x7fffe8000000);
	static const struct {
		uint64_t size; /* that the head has, of 0x21000 */
		size_t kept;
		enum kind_source source;
		enum kind kind;
	} cases[] = {
		{0x21000, CORE_PAGE, KIND_SOURCE_CONTENT, KIND_ARENA},
		{0x20fff, CORE_PAGE, KIND_SOURCE_PERMISSIONS, KIND_ANON},
		{0x21000, 0, KIND_SOURCE_SHAPE, KIND_ARENA},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t head[4] = {start + 0x30, 0, cases[i].size, cases[i].size};
		struct core_bytes bytes;
		struct address_space *space;

		core_bytes_init(&bytes);
		bytes.segments[3] = (struct written_segment){start, start + 0x21000, PF_R | PF_W,
							     bytes.heap, cases[i].kept};
		bytes.segments[4] =
			(struct written_segment){start + 0x21000, start + 0x4000000, 0, NULL, 0};
		memcpy(bytes.heap, head, sizeof(head));
		space = make(&bytes);
		assert_int_equal(address_space_at(space, start)->kind, cases[i].kind);
		assert_int_equal(address_space_at(space, start)->kind_source, cases[i].source);
		address_space_destroy(space);
	}
}

/* Whichever thread is told of first. */
static void threads_may_come_in_any_order(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;
	struct written_thread first;

	(void)state;
	core_bytes_init(&bytes);
	first = bytes.threads[0];
	bytes.threads[0] = bytes.threads[1];
	bytes.threads[1] = first;
	/* Whose number is the process's own is the main thread. */
	bytes.core.pid = CORE_PID;
	space = make(&bytes);
	assert_int_equal(space->target.threads, 2);
#if defined(__x86_64__) || defined(__aarch64__)
	expect(space, CORE_THREAD, KIND_THREAD_STACK, KIND_SOURCE_THREAD, OWNER_OTHER, "");
	assert_int_equal(address_space_at(space, CORE_THREAD)->tid, CORE_PID + 1);
#endif
	address_space_destroy(space);
}

/* By where it begins to run, where its headers are not told of; by both its break is found. */
static void the_program_is_found_either_way(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;

	(void)state;
	for (int way = 0; way < 4; way++) {
		core_bytes_init(&bytes);
		/* Both in its second mapping; then each of them nowhere, and both. */
		bytes.auxv[3] = way == 1 || way == 3 ? 8 : CORE_DATA + 64;
		bytes.auxv[5] = way == 2 || way == 3 ? 8 : CORE_DATA + 128;
		space = make(&bytes);
		if (way == 3) {
			assert_null(space->target.exe);
			assert_int_equal(space->target.start_brk, 0);
		} else {
			assert_string_equal(space->target.exe, CORE_PROGRAM_NAME);
			assert_int_equal(space->target.start_brk, CORE_HEAP);
		}
		address_space_destroy(space);
	}
	/* Of a file whose first page is not mapped there are no headers. */
	core_bytes_init(&bytes);
	bytes.files[0].offset = CORE_PAGE;
	space = make(&bytes);
	assert_string_equal(space->target.exe, CORE_PROGRAM_NAME);
	assert_int_equal(space->target.start_brk, 0);
	address_space_destroy(space);
}

/* A first page that is there and none of ELF is another case than one that is not there. */
static void what_is_no_elf_is_data(void **state)
{
	struct core_bytes bytes;
	struct address_space *space;

	(void)state;
	for (int is_kept = 0; is_kept < 2; is_kept++) {
		core_bytes_init(&bytes);
		bytes.program.header.e_ident[0] = 0;
		bytes.segments[0].kept = is_kept ? CORE_PAGE : 0;
		space = make(&bytes);
		expect(space, CORE_TEXT, KIND_TEXT, KIND_SOURCE_PERMISSIONS, OWNER_PROGRAM,
		       CORE_PROGRAM_NAME);
		expect(space, CORE_DATA, is_kept ? KIND_FILE : KIND_DATA, KIND_SOURCE_PERMISSIONS,
		       OWNER_PROGRAM, CORE_PROGRAM_NAME);
		assert_string_equal(space->target.exe, CORE_PROGRAM_NAME);
		address_space_destroy(space);
	}
}

#ifdef __x86_64__
/* Of a thread that was elsewhere, its stack is where the C library has its own address. */
static void a_stack_is_found_by_its_top(void **state)
{
	const uint64_t end = CORE_THREAD_END - CORE_PAGE;
	const struct {
		uint64_t pointer, word;
		size_t kept; /* of the stack */
		bool found;
	} cases[] = {
		{CORE_THREAD_END - 0x900, CORE_THREAD_END - 0x900, 16 * CORE_PAGE, true},
		{CORE_THREAD_END - 0x900, CORE_THREAD_END - 0x8ff, 16 * CORE_PAGE, false},
		{CORE_THREAD_END - 0x900, CORE_THREAD_END - 0x900, 15 * CORE_PAGE, false},
		{0, CORE_THREAD_END - 0x900, 16 * CORE_PAGE, false},
		/* Its last byte, which is 0, is in the next page. */
		{end - 7, end - 7, 16 * CORE_PAGE, true},
		{end - 7, end - 7, 15 * CORE_PAGE, false},
		{end - 8, end - 8, 15 * CORE_PAGE, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct core_bytes bytes;
		struct address_space *space;

		core_bytes_init(&bytes);
		memset(bytes.stack, 0, sizeof(bytes.stack));
		if (cases[i].pointer)
			memcpy(bytes.stack + (cases[i].pointer - CORE_THREAD), &cases[i].word,
			       sizeof(cases[i].word));
		bytes.threads[1].stack_pointer = 8;
		bytes.threads[1].thread_pointer = cases[i].pointer;
		bytes.segments[4].kept = cases[i].kept;
		space = make(&bytes);
		expect(space, CORE_THREAD, cases[i].found ? KIND_THREAD_STACK : KIND_ANON,
		       cases[i].found ? KIND_SOURCE_THREAD : KIND_SOURCE_PERMISSIONS, OWNER_OTHER,
		       "");
		assert_int_equal(address_space_at(space, CORE_THREAD)->tid,
				 cases[i].found ? CORE_PID + 1 : 0);
		address_space_destroy(space);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_everything_is),
		cmocka_unit_test(says_whose_it_is),
		cmocka_unit_test(tells_how_it_knows),
		cmocka_unit_test(what_is_not_dumped_is_what_its_file_says),
		cmocka_unit_test(without_notes_there_are_mappings),
		cmocka_unit_test(finds_arenas),
		cmocka_unit_test(threads_may_come_in_any_order),
		cmocka_unit_test(the_program_is_found_either_way),
		cmocka_unit_test(what_is_no_elf_is_data),
#ifdef __x86_64__
		cmocka_unit_test(a_stack_is_found_by_its_top),
#endif
	};

	return cmocka_run_group_tests_name("core_space", tests, NULL, NULL);
}
