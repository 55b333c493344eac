/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "model/address_space.h"
#include "sampler/source.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_opened_and_read),
		cmocka_unit_test(what_cannot_be_watched_is_told),
		cmocka_unit_test(a_thread_is_told_with_its_process),
	};

	return cmocka_run_group_tests_name("attach", tests, NULL, NULL);
}
