/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a child is asked about, and what is kept of its answers: what it does there is the test's
 * own, which leaves a word of it in shared memory.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"
#include "files/inside_cache.h"
#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "inside/inside_object.h"
#include "kernel/kept_memory.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/file_identity.h"

/* What the child finds, and what it was asked. */
struct shared {
	int error;
	bool nothing;     /* it is the known file */
	bool hates_names; /* names that are demangled kill it */
	int asked;
	struct inside_question question;
	struct vma vma; /* that was asked about */
	char root[64], name[64];
	unsigned avoid;
};

static struct shared *shared;
static struct inside_cache *cache;

int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding)
{
	struct inside_parts parts = {.source = INSIDE_SOURCE_SYMTAB};

	shared->asked++;
	shared->question = *question;
	shared->vma = question->vmas[question->index];
	shared->avoid = options->avoid;
	strncpy(shared->root, options->root, sizeof(shared->root) - 1);
	strncpy(shared->name, shared->vma.name, sizeof(shared->name) - 1);
	if (shared->hates_names && question->demangle)
		raise(SIGKILL);
	if (shared->error)
		return shared->error;
	*ret_finding = (struct inside_finding){
		.stamp = {.inode = 4711, .size = 12, .modified_ns = 99},
		.loaded = true,
		.bias = 0x123456789000,
		.identity = FILE_IDENTITY_LIKELY,
	};
	if (!shared->nothing) {
		parts.names = memory_alloc(1);
		parts.strings = memory_alloc(1);
		parts.strings_size = 1;
		ret_finding->object = inside_object_create(&parts);
	}
	return 0;
}

/* Twenty mappings of one file, then one of another, generated code, and one of none. */
enum { MANY = 20, OTHER = MANY, CODE, NOTHING, COUNT };

static struct address_space *make_space(void)
{
	const struct target target = {.pid = 77, .page_size = 4096};
	struct address_space *space;
	struct vma vmas[COUNT];

	for (size_t i = 0; i < COUNT; i++) {
		vmas[i] = (struct vma){.start = 0x10000 * (i + 1),
				       .end = 0x10000 * (i + 1) + 0x1000,
				       .name = i < MANY     ? "/many"
					       : i == OTHER ? "/other"
							    : "",
				       .inode = i < MANY     ? 5
						: i == OTHER ? 6
							     : 0,
				       .perms = PERM_READ};
		if (i == CODE)
			vmas[i].kind = KIND_JIT;
	}
	assert_int_equal(address_space_create(&target, vmas, COUNT, 0, 0, &space), 0);
	return space;
}

static int find(size_t index, struct inside_answer *answer)
{
	struct address_space *space = make_space();

	inside_cache_find(cache, space, index, answer);
	assert_int_equal(answer->start, 0x10000 * (index + 1));
	assert_int_equal(answer->end, 0x10000 * (index + 1) + 0x1000);
	address_space_destroy(space);
	return answer->error;
}

/* The same, of which only the error matters. */
static int error_of(size_t index)
{
	struct inside_answer answer;
	int error = find(index, &answer);

	assert_true(!error == (answer.object != NULL));
	inside_answer_finish(&answer);
	return error;
}

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/some/proc", .avoid = 6};

	(void)state;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	assert_true(shared != MAP_FAILED);
	cache = inside_cache_create(&options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	inside_cache_destroy(cache);
	inside_cache_destroy(NULL);
	munmap(shared, sizeof(*shared));
	return 0;
}

static void an_answer_is_what_was_found(void **state)
{
	struct inside_answer answer;

	(void)state;
	assert_int_equal(find(OTHER, &answer), 0);
	assert_non_null(answer.object);
	assert_int_equal(answer.object->source, INSIDE_SOURCE_SYMTAB);
	assert_true(answer.loaded);
	assert_int_equal(answer.bias, 0x123456789000);
	assert_int_equal(answer.identity, FILE_IDENTITY_LIKELY);
	assert_string_equal(shared->root, "/some/proc");
	assert_string_equal(shared->name, "/other");
	assert_int_equal(shared->avoid, 6);
	assert_int_equal(shared->question.pid, 77);
	assert_int_equal(shared->question.page_size, 4096);
	assert_int_equal(shared->question.count, 1);
	assert_int_equal(shared->question.index, 0);
	assert_true(shared->question.demangle);
	assert_false(shared->question.is_code || shared->question.by_build_id);
	assert_int_equal(shared->question.known.inode, 0);
	inside_answer_finish(&answer);
	assert_null(answer.object);
}

/* Sixteen at most, from eight below on. */
static void mappings_nearby_go_with_it(void **state)
{
	static const struct {
		size_t index, count, place;
	} cases[] = {{0, 16, 0},  {1, 16, 1},  {8, 16, 8}, {9, 16, 8},
		     {12, 16, 8}, {13, 15, 8}, {19, 9, 8}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(error_of(cases[i].index), 0);
		assert_int_equal(shared->question.count, cases[i].count);
		assert_int_equal(shared->question.index, cases[i].place);
		assert_int_equal(shared->vma.start, 0x10000 * (cases[i].index + 1));
		assert_string_equal(shared->name, "/many");
	}
}

static void what_is_known_is_not_read_again(void **state)
{
	struct inside_answer first, again;

	(void)state;
	assert_int_equal(find(3, &first), 0);
	shared->nothing = true;
	assert_int_equal(find(OTHER, &again), -EBADMSG);
	assert_null(again.object);
	assert_int_equal(find(9, &again), 0);
	assert_ptr_equal(again.object, first.object);
	assert_int_equal(shared->question.known.inode, 4711);
	assert_int_equal(shared->question.known.size, 12);
	assert_int_equal(shared->question.known.modified_ns, 99);
	inside_answer_finish(&again);
	/* Another one takes its place. */
	shared->nothing = false;
	assert_int_equal(find(9, &again), 0);
	assert_ptr_not_equal(again.object, first.object);
	inside_answer_finish(&again);
	inside_answer_finish(&first);
	shared->nothing = true;
	assert_int_equal(error_of(1), 0);
}

static void generated_code_is_a_file_of_the_process(void **state)
{
	(void)state;
	assert_int_equal(error_of(CODE), 0);
	assert_true(shared->question.is_code);
	assert_int_equal(shared->question.count, 1);
	assert_int_equal(shared->vma.start, 0x10000 * (CODE + 1));
	shared->nothing = true;
	assert_int_equal(error_of(CODE), 0);
	assert_int_equal(shared->question.known.inode, 4711);
	assert_int_equal(error_of(OTHER), -EBADMSG);
}

static void memory_of_no_file_is_not_asked_about(void **state)
{
	(void)state;
	assert_int_equal(error_of(NOTHING), -ENOENT);
	assert_int_equal(shared->asked, 0);
}

static void errors_are_told_and_nothing_is_kept(void **state)
{
	static const int errors[] = {-ENOEXEC, -EACCES, -ENOENT};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		shared->error = errors[i];
		assert_int_equal(error_of(OTHER), errors[i]);
		assert_int_equal(shared->asked, (int)i + 1);
	}
	shared->error = 0;
	shared->nothing = true;
	assert_int_equal(error_of(OTHER), -EBADMSG);
}

/* Twice with them, then without; a child that dies of that, too, is an error. */
static void names_that_kill_are_left_as_they_are(void **state)
{
	(void)state;
	shared->hates_names = true;
	assert_int_equal(error_of(OTHER), 0);
	assert_int_equal(shared->asked, 3);
	assert_false(shared->question.demangle);
}

/* A core file, which says what was mapped. */
static int build_id_error;

static int build_id(struct kept_memory *kept, const char *name, struct build_id *ret_id)
{
	(void)kept;
	assert_string_equal(name, "/other");
	*ret_id = (struct build_id){.size = 3, .bytes = {7, 8, 9}};
	return build_id_error;
}

static void leave(struct kept_memory *kept)
{
	(void)kept;
}

static void of_a_core_file_the_build_id_counts(void **state)
{
	static const struct kept_memory_operations operations = {.build_id = build_id,
								 .destroy = leave};
	struct procfs_options options = {.root = "/some/proc"};
	struct address_space *space = make_space();
	struct inside_answer answer;
	struct kept_memory kept;

	(void)state;
	kept_memory_init(&kept, &operations, 4096);
	options.kept = &kept;
	inside_cache_destroy(cache);
	cache = inside_cache_create(&options);
	assert_int_equal(error_of(OTHER), 0);
	assert_true(shared->question.by_build_id);
	assert_int_equal(shared->question.build_id.size, 3);
	assert_int_equal(shared->question.build_id.bytes[2], 9);
	assert_int_equal(error_of(CODE), -ENOENT);
	((struct vma *)space->vmas)[OTHER].deleted = true;
	inside_cache_find(cache, space, OTHER, &answer);
	assert_int_equal(answer.error, -ENOENT);
	build_id_error = -ENODATA;
	assert_int_equal(error_of(OTHER), -ENODATA);
	build_id_error = 0;
	assert_int_equal(shared->asked, 1);
	address_space_destroy(space);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_is_what_was_found),
		TEST(mappings_nearby_go_with_it),
		TEST(what_is_known_is_not_read_again),
		TEST(generated_code_is_a_file_of_the_process),
		TEST(memory_of_no_file_is_not_asked_about),
		TEST(errors_are_told_and_nothing_is_kept),
		TEST(names_that_kill_are_left_as_they_are),
		TEST(of_a_core_file_the_build_id_counts),
	};

	return cmocka_run_group_tests_name("inside_cache_asks", tests, NULL, NULL);
}
