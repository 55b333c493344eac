/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Which objects are kept, and how long a look may take: objects have the sizes here that the test
 * gives them, and what is counted of them is who refers to them.
 */

#include "fake_errands.h"

#include <errno.h>

#include "base/text.h"
#include "files/inside_cache.h"
#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "inside/inside_object.h"
#include "inside/object_record.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"

#define ASKED "errand to 8:3\nrun, 10 s each, 60 s at most, with a descriptor\n"
#define TOOK  ASKED "4 s of processor time\n"

#define FILES 4
#define HALF  (INSIDE_CACHE_BYTES / 2)

/* An object for each file. */
static struct {
	struct inside_object object;
	size_t memory;
	int references;
} objects[FILES];

static int probe_error, read_error;
static bool nothing; /* it is the known file */
static struct inside_cache *cache;

static size_t number_of(const struct inside_object *object)
{
	for (size_t i = 0; i < FILES; i++)
		if (object == &objects[i].object)
			return i;
	fail();
	return 0;
}

struct inside_object *inside_object_ref(struct inside_object *object)
{
	objects[number_of(object)].references++;
	return object;
}

void inside_object_unref(struct inside_object *object)
{
	if (object)
		assert_true(objects[number_of(object)].references-- > 0);
}

size_t inside_object_memory(const struct inside_object *object)
{
	return objects[number_of(object)].memory;
}

void object_record_append(struct text *bytes, const struct inside_object *object)
{
	text_append_char(bytes, (char)number_of(object));
}

int object_record_read(const char *bytes, size_t length, struct inside_object **ret_object)
{
	assert_int_equal(length, 1);
	if (!read_error)
		*ret_object = inside_object_ref(&objects[(size_t)*bytes].object);
	return read_error;
}

int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding)
{
	const struct vma *vma = &question->vmas[question->index];

	(void)options;
	call_log_say("look at %s%s", vma->name, question->demangle ? "" : ", names as they are");
	if (probe_error)
		return probe_error;
	*ret_finding = (struct inside_finding){.stamp = {.inode = vma->inode}};
	if (!nothing)
		ret_finding->object = inside_object_ref(&objects[vma->inode - 1].object);
	return 0;
}

static int find(size_t index, struct inside_answer *ret_answer)
{
	static const char *const names[FILES] = {"/0", "/1", "/2", "/3"};
	const struct target target = {.pid = 77, .page_size = 4096};
	struct address_space *space;
	struct vma vmas[FILES];

	for (size_t i = 0; i < FILES; i++)
		vmas[i] = (struct vma){.start = 0x1000 * (i + 1),
				       .end = 0x1000 * (i + 2),
				       .name = names[i],
				       .inode = i + 1,
				       .dev_major = 8,
				       .dev_minor = 3,
				       .perms = PERM_READ};
	assert_int_equal(address_space_create(&target, vmas, FILES, 0, 0, &space), 0);
	inside_cache_find(cache, space, index, ret_answer);
	address_space_destroy(space);
	return ret_answer->error;
}

/* Asks for the file, whose object is all that the answer has. */
static void ask_for(size_t index)
{
	struct inside_answer answer;

	assert_int_equal(find(index, &answer), 0);
	assert_ptr_equal(answer.object, &objects[index].object);
	inside_answer_finish(&answer);
}

/* Which objects the cache refers to. */
static void assert_kept(const char *kept)
{
	for (size_t i = 0; i < FILES; i++)
		assert_int_equal(objects[i].references, kept[i] == 'k');
}

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/some/proc"};

	(void)state;
	memset(&fake_errands, 0, sizeof(fake_errands));
	memset(objects, 0, sizeof(objects));
	probe_error = read_error = 0;
	nothing = false;
	call_log_clear();
	cache = inside_cache_create(&options);
	call_log_expect("init\n");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	inside_cache_destroy(cache);
	call_log_expect("finish\n");
	assert_kept("----");
	return 0;
}

static void a_look_may_take_a_while(void **state)
{
	(void)state;
	ask_for(1);
	call_log_expect(TOOK "look at /1\n");
	assert_kept("-k--");
}

static void objects_are_kept_up_to_a_limit(void **state)
{
	(void)state;
	objects[0].memory = objects[1].memory = HALF;
	ask_for(0);
	ask_for(1);
	assert_kept("kk--");
	/* A byte more is too much: the oldest makes room. */
	objects[2].memory = 1;
	ask_for(2);
	assert_kept("-kk-");
	objects[3].memory = HALF - 1;
	ask_for(3);
	assert_kept("-kkk");
}

static void what_is_asked_for_again_is_the_newest(void **state)
{
	(void)state;
	objects[0].memory = objects[1].memory = HALF;
	ask_for(0);
	ask_for(1);
	nothing = true;
	ask_for(0);
	assert_kept("kk--");
	nothing = false;
	/* Its own size counts once. */
	ask_for(0);
	assert_kept("kk--");
	objects[2].memory = 1;
	ask_for(2);
	assert_kept("k-k-");
}

static void the_last_one_is_kept_however_large(void **state)
{
	(void)state;
	objects[0].memory = 1;
	objects[1].memory = INSIDE_CACHE_BYTES + 1;
	ask_for(0);
	ask_for(1);
	assert_kept("-k--");
	/* As many as have to go. */
	objects[1].memory = objects[2].memory = HALF;
	ask_for(1);
	ask_for(2);
	objects[3].memory = INSIDE_CACHE_BYTES;
	ask_for(3);
	assert_kept("---k");
}

/* A child that dies of names is asked without them, one that does not answer is not. */
static void without_a_reply_there_is_no_object(void **state)
{
	struct inside_answer answer;

	(void)state;
	fake_errands.no_file = EMFILE;
	assert_int_equal(find(0, &answer), -EMFILE);
	fake_errands.no_file = 0;
	call_log_expect("");
	fake_errands.given_up = ERRAND_STALLED;
	assert_int_equal(find(0, &answer), -ETIMEDOUT);
	call_log_expect(ASKED);
	fake_errands.given_up = ERRAND_FAILED;
	assert_int_equal(find(0, &answer), -EIO);
	call_log_expect(ASKED ASKED);
	fake_errands.given_up = ERRAND_WAITING;
	fake_errands.cut = 1;
	assert_int_equal(find(0, &answer), -ETIMEDOUT);
	call_log_expect(TOOK "look at /0\n");
	fake_errands.cut = 0;
	assert_null(answer.object);
	assert_kept("----");
}

static void an_error_of_the_child_is_told(void **state)
{
	struct inside_answer answer;

	(void)state;
	probe_error = -ENOEXEC;
	assert_int_equal(find(0, &answer), -ENOEXEC);
	call_log_expect(TOOK "look at /0\n");
	probe_error = -EIO;
	assert_int_equal(find(0, &answer), -EIO);
	call_log_expect(TOOK "look at /0\n" TOOK "look at /0, names as they are\n");
	probe_error = 0;
	read_error = -EBADMSG;
	assert_int_equal(find(0, &answer), -EBADMSG);
	assert_null(answer.object);
	assert_kept("----");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_look_may_take_a_while),
		TEST(objects_are_kept_up_to_a_limit),
		TEST(what_is_asked_for_again_is_the_newest),
		TEST(the_last_one_is_kept_however_large),
		TEST(without_a_reply_there_is_no_object),
		TEST(an_error_of_the_child_is_told),
	};

	return cmocka_run_group_tests_name("inside_cache_keeps", tests, NULL, NULL);
}
