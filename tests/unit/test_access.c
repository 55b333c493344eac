/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access_child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/* x86 brings the page in before it looks whether it may be executed. */
#if defined(__x86_64__) || defined(__i386__)
#define JUMP_BEHIND ACCESS_PAST_FILE
#else
#define JUMP_BEHIND ACCESS_FORBIDDEN
#endif

static size_t page;

static void check(const void *address, enum access_outcome read, enum access_outcome write,
		  enum access_outcome jump)
{
	access_child_check((uintptr_t)address, TARGET_UNKNOWN,
			   (enum access_outcome[]){read, write, jump});
}

static unsigned char *map(int protection, int flags, int descriptor, size_t pages)
{
	unsigned char *memory =
		mmap(NULL, pages * page, PROT_READ | PROT_WRITE, flags, descriptor, 0);

	assert_true(memory != MAP_FAILED);
	if (descriptor < 0)
		memcpy(memory, access_child_code, sizeof(access_child_code));
	assert_int_equal(mprotect(memory, pages * page, protection), 0);
	return memory;
}

static void check_anonymous(int protection, enum access_outcome read, enum access_outcome write,
			    enum access_outcome jump)
{
	unsigned char *memory = map(protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 1);

	check(memory, read, write, jump);
	munmap(memory, page);
}

static void permissions_decide(void **state)
{
	(void)state;
	check_anonymous(PROT_READ | PROT_WRITE, ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN);
	check_anonymous(PROT_READ, ACCESS_WORKS, ACCESS_FORBIDDEN, ACCESS_FORBIDDEN);
	check_anonymous(PROT_READ | PROT_EXEC, ACCESS_WORKS, ACCESS_FORBIDDEN, ACCESS_WORKS);
	check_anonymous(PROT_NONE, ACCESS_FORBIDDEN, ACCESS_FORBIDDEN, ACCESS_FORBIDDEN);
	check_anonymous(PROT_WRITE, ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN);
	/* Keys may refuse the read: that is one of its conditions. */
	check_anonymous(PROT_EXEC, ACCESS_WORKS, ACCESS_FORBIDDEN, ACCESS_WORKS);
}

/* A file of ten bytes more than a page, without a name any more, in three pages of memory. */
static unsigned char *map_file(int flags, int protection, int *ret_file)
{
	char path[] = "/tmp/vastop-test-XXXXXX";
	int file = mkstemp(path);
	unsigned char *memory;

	assert_true(file >= 0);
	unlink(path);
	assert_int_equal(pwrite(file, access_child_code, sizeof(access_child_code), 0),
			 sizeof(access_child_code));
	assert_int_equal(pwrite(file, access_child_code, sizeof(access_child_code), (off_t)page),
			 sizeof(access_child_code));
	assert_int_equal(ftruncate(file, (off_t)page + 10), 0);
	memory = map(protection, flags, file, 3);
	if (ret_file)
		*ret_file = file;
	else
		close(file);
	return memory;
}

static void behind_the_end_of_a_file_is_sigbus(void **state)
{
	static const int flags[] = {MAP_SHARED, MAP_PRIVATE};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		enum access_outcome written = i ? ACCESS_COPIES : ACCESS_SHARES;
		unsigned char *memory = map_file(flags[i], PROT_READ | PROT_WRITE, NULL);
		const enum access_outcome inside[] = {ACCESS_WORKS, written, ACCESS_FORBIDDEN};
		const enum access_outcome behind[] = {ACCESS_PAST_FILE, ACCESS_PAST_FILE,
						      JUMP_BEHIND};
		uint64_t start = (uintptr_t)memory, size = page + 10;

		access_child_check(start, size, inside);
		access_child_check(start + 2 * page - 1, size,
				   inside); /* the rest of its last page */
		access_child_check(start + 2 * page, size, behind);
		access_child_check(start + 3 * page - 1, size, behind);
		munmap(memory, 3 * page);
	}
}

static void code_behind_the_end_of_a_file_is_sigbus(void **state)
{
	unsigned char *memory = map_file(MAP_PRIVATE, PROT_READ | PROT_EXEC, NULL);

	(void)state;
	access_child_check((uintptr_t)memory + page, page + 10,
			   (enum access_outcome[]){ACCESS_WORKS, ACCESS_FORBIDDEN, ACCESS_WORKS});
	access_child_check(
		(uintptr_t)memory + 2 * page, page + 10,
		(enum access_outcome[]){ACCESS_PAST_FILE, ACCESS_FORBIDDEN, ACCESS_PAST_FILE});
	munmap(memory, 3 * page);
}

static void an_unknown_size_is_a_condition(void **state)
{
	const struct access_facts facts = {TARGET_UNKNOWN, {PAGE_ABSENT, 0, 0, 0, 0}};
	unsigned char *memory = map_file(MAP_SHARED, PROT_READ | PROT_WRITE, NULL);
	struct address_space *space = access_child_space();
	struct access_answer answer =
		access_answer(space, (uintptr_t)memory + 2 * page, ACCESS_READ, &facts);

	(void)state;
	assert_int_equal(answer.outcome, ACCESS_WORKS);
	assert_true(answer.conditions & ACCESS_IF_PAST_FILE);
	check(memory + 2 * page, ACCESS_WORKS, ACCESS_SHARES, ACCESS_FORBIDDEN);
	address_space_destroy(space);
	munmap(memory, 3 * page);
}

/* Of the pages of [vvar] some are there only on some machines. */
static void a_page_that_the_kernel_may_not_have_is_a_condition(void **state)
{
	const struct access_facts facts = {TARGET_UNKNOWN, {PAGE_ABSENT, 0, 0, 0, 0}};
	struct address_space *space = access_child_space();
	size_t at = 0;
	struct access_answer jump;

	(void)state;
	while (at < space->vma_count && space->vmas[at].kind != KIND_VVAR)
		at++;
	if (at == space->vma_count) {
		address_space_destroy(space);
		skip();
	}
	jump = access_answer(space, space->vmas[at].start, ACCESS_JUMP, &facts);
	assert_int_equal(jump.outcome, ACCESS_FORBIDDEN);
	assert_int_equal(jump.conditions, JUMP_BEHIND == ACCESS_PAST_FILE ? ACCESS_IF_NO_PAGE : 0);
	address_space_destroy(space);
}

static void a_private_copy_leaves_the_file_alone(void **state)
{
	int file;
	unsigned char *memory = map_file(MAP_PRIVATE, PROT_READ | PROT_WRITE, &file), byte;

	(void)state;
	memory[0] = (unsigned char)~access_child_code[0];
	assert_int_equal(pread(file, &byte, 1, 0), 1);
	assert_int_equal(byte, access_child_code[0]);
	close(file);
	munmap(memory, 3 * page);
}

static void nothing_is_mapped_in_gaps(void **state)
{
	unsigned char *memory = map(PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 3);

	(void)state;
	munmap(memory + page, page);
	check(memory + page, ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED);
	check((void *)8, ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED);
	munmap(memory, 3 * page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(permissions_decide),
		cmocka_unit_test(behind_the_end_of_a_file_is_sigbus),
		cmocka_unit_test(code_behind_the_end_of_a_file_is_sigbus),
		cmocka_unit_test(an_unknown_size_is_a_condition),
		cmocka_unit_test(a_page_that_the_kernel_may_not_have_is_a_condition),
		cmocka_unit_test(a_private_copy_leaves_the_file_alone),
		cmocka_unit_test(nothing_is_mapped_in_gaps),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	page = access_page();
	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
