/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/core_file.h"
#include "app/message.h"
#include "app/options.h"
#include "app/replay_link.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/comparison.h"
#include "model/timeline.h"
#include "sampler/source.h"
#include "support/sample.h"

static const struct options options = {.procfs = "/proc"};

/* Opens and reads the process; returns the exit status. */
static int attach(int32_t pid, struct attachment *ret_attachment, struct text *why)
{
	struct attaching attaching;
	int status;

	assert_int_equal(attach_begin(&options, pid, NULL, &attaching), 0);
	while (!attach_take(&attaching, why))
		attach_wait(&attaching, -1);
	assert_true(attach_descriptor(&attaching) >= 0);
	status = attaching.status;
	*ret_attachment = attaching.attachment;
	attach_end(&attaching);
	assert_int_equal(attach_descriptor(&attaching), -1);
	assert_false(attach_take(&attaching, why));
	return status;
}

static void a_process_is_opened_and_read(void **state)
{
	struct attachment attachment = {0};
	struct source *source = NULL;
	struct text why = {0};

	(void)state;
	assert_int_equal(attach(getpid(), &attachment, &why), EXIT_DONE);
	assert_int_equal(attachment.pid, getpid());
	assert_int_equal(attachment.first->target.pid, getpid());
	assert_true(attachment.first->vma_count > 0);
	attach_close(&attachment);
	assert_null(attachment.source);
	attach_close(&attachment);
	assert_int_equal(attach_source(&options, getpid(), &source, &why), EXIT_DONE);
	assert_int_equal(why.length, 0);
	source_destroy(source);
}

static void what_cannot_be_watched_is_told(void **state)
{
	struct attachment attachment = {.pid = 7};
	struct text why = {0};
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	/* A zombie first, then nothing. */
	assert_int_equal(waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT), 0);
	assert_int_equal(attach(child, &attachment, &why), EXIT_NO_PROCESS);
	assert_non_null(strstr(text_string(&why), "has ended"));
	assert_int_equal(waitpid(child, NULL, 0), child);
	text_clear(&why);
	assert_int_equal(attach(child, &attachment, &why), EXIT_NO_PROCESS);
	assert_non_null(strstr(text_string(&why), "no process"));
	assert_null(attachment.source);
	text_finish(&why);
}

static void *tell_id(void *argument)
{
	int *descriptors = argument;
	pid_t id = gettid();
	char byte;

	(void)!write(descriptors[1], &id, sizeof(id));
	(void)!read(descriptors[2], &byte, 1);
	return NULL;
}

static void a_thread_is_told_with_its_process(void **state)
{
	int ids[2], end[2], descriptors[3];
	struct attachment attachment = {0};
	struct source *source = NULL;
	struct text why = {0}, expected = {0};
	pthread_t thread;
	pid_t id;

	(void)state;
	assert_int_equal(pipe(ids), 0);
	assert_int_equal(pipe(end), 0);
	descriptors[1] = ids[1];
	descriptors[2] = end[0];
	assert_int_equal(pthread_create(&thread, NULL, tell_id, descriptors), 0);
	assert_int_equal(read(ids[0], &id, sizeof(id)), sizeof(id));
	assert_int_equal(attach_source(&options, id, &source, &why), EXIT_NO_PROCESS);
	assert_null(source);
	text_append_format(&expected, "%d is a thread of process %d; try vastop %d.", id, getpid(),
			   getpid());
	assert_string_equal(text_string(&why), text_string(&expected));
	text_clear(&why);
	assert_int_equal(attach(id, &attachment, &why), EXIT_NO_PROCESS);
	assert_null(attachment.source);
	assert_string_equal(text_string(&why), text_string(&expected));
	close(end[1]);
	pthread_join(thread, NULL);
	close(ids[0]);
	close(ids[1]);
	close(end[0]);
	text_finish(&why);
	text_finish(&expected);
}

static int freed;

static int read_nothing(struct source *source, struct address_space **ret_space)
{
	(void)source, (void)ret_space;
	return -EIO;
}

static int no_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void count_freed(struct source *source)
{
	(void)source;
	freed++;
}

static const struct source_operations unreadable = {
	.read = read_nothing, .exit_descriptor = no_descriptor, .destroy = count_freed};

static void a_source_that_was_opened_before_is_read(void **state)
{
	struct source source = {&unreadable};
	struct attaching attaching;
	struct text why = {0};

	(void)state;
	freed = 0;
	assert_int_equal(attach_begin(&options, 4194305, &source, &attaching), 0);
	while (!attach_take(&attaching, &why))
		attach_wait(&attaching, -1);
	assert_int_equal(attaching.status, EXIT_TROUBLE);
	assert_null(attaching.attachment.source);
	assert_string_equal(text_string(&why),
			    "cannot read process 4194305 from /proc: Input/output error.");
	attach_end(&attaching);
	assert_int_equal(freed, 1);
	text_finish(&why);
}

static void a_core_file_is_in_the_place_of_a_process(void **state)
{
	struct address_space *space = sample_python();
	const struct core_file file = {.space = space, .descriptor = -1, .unpacked = -1};
	const struct options core = {.procfs = "/proc", .core_file = (struct core_file *)&file};
	struct source *source = NULL;
	struct address_space *read = NULL;
	struct attaching attaching;
	struct text why = {0};

	(void)state;
	assert_int_equal(attach_source(&core, 4194305, &source, &why), EXIT_DONE);
	assert_int_equal(source_read(source, &read), 0);
	assert_int_equal(read->target.pid, 20712);
	address_space_destroy(read);
	source_destroy(source);
	assert_int_equal(attach_begin(&core, 4194305, NULL, &attaching), 0);
	while (!attach_take(&attaching, &why))
		attach_wait(&attaching, -1);
	assert_int_equal(attaching.status, EXIT_DONE);
	assert_int_equal(attaching.attachment.pid, 4194305);
	assert_int_equal(attaching.attachment.first->target.pid, 20712);
	attach_close(&attaching.attachment);
	attach_end(&attaching);
	assert_int_equal(why.length, 0);
	address_space_destroy(space);
}

static void a_command_is_found_below_the_procfs(void **state)
{
	struct options own = options;
	struct text why = {0};

	(void)state;
	own.pid = 7;
	assert_int_equal(attach_find_child(&own, getpid(), &why), EXIT_DONE);
	assert_int_equal(own.pid, getpid());
	own.procfs = "/nonexistent";
	assert_int_equal(attach_find_child(&own, 1, &why), EXIT_TROUBLE);
	assert_int_equal(own.pid, getpid());
	assert_string_equal(text_string(&why),
			    "cannot find the command in /nonexistent: it is not a procfs of this "
			    "PID namespace; mount one: mount -t proc proc /nonexistent.");
	text_finish(&why);
}

static void what_is_beside_the_source_is_given_and_freed(void **state)
{
	const struct replay_state begin = {.speed = 1};
	struct replay_link *link = replay_link_create(&begin);
	struct timeline *timeline = memory_alloc(sizeof(*timeline));
	struct comparison_side *against = memory_alloc(sizeof(*against));
	struct source source = {&unreadable};
	struct attachment given = {.pid = 7,
				   .source = &source,
				   .first = sample_python(),
				   .replay = link,
				   .timeline = timeline,
				   .user = memory_copy_string("ann"),
				   .against = against};
	struct attachment taker = {.pid = 8};

	(void)state;
	freed = 0;
	timeline_init(timeline, 0, 1);
	timeline_add_mark(timeline, TIMELINE_NOTE, 1, "note");
	*against = (struct comparison_side){.space = sample_python()};
	attach_give(&taker, &given);
	assert_ptr_equal(taker.replay, link);
	assert_ptr_equal(taker.timeline, timeline);
	assert_ptr_equal(taker.against, against);
	assert_string_equal(taker.user, "ann");
	assert_int_equal(taker.pid, 8);
	assert_null(taker.source);
	assert_null(taker.first);
	assert_true(!given.replay && !given.timeline && !given.against && !given.user);
	assert_ptr_equal(given.source, &source);
	/* Two hold a link. */
	replay_link_release(link);
	attach_close(&taker);
	assert_int_equal(freed, 0);
	assert_true(!taker.pid && !taker.replay && !taker.timeline && !taker.against &&
		    !taker.user);
	attach_close(&given);
	assert_int_equal(freed, 1);
	assert_true(!given.pid && !given.source && !given.first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_opened_and_read),
		cmocka_unit_test(what_cannot_be_watched_is_told),
		cmocka_unit_test(a_thread_is_told_with_its_process),
		cmocka_unit_test(a_source_that_was_opened_before_is_read),
		cmocka_unit_test(a_core_file_is_in_the_place_of_a_process),
		cmocka_unit_test(a_command_is_found_below_the_procfs),
		cmocka_unit_test(what_is_beside_the_source_is_given_and_freed),
	};

	return cmocka_run_group_tests_name("attach", tests, NULL, NULL);
}
