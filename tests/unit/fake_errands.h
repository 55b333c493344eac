/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_ERRANDS_H
#define TESTS_UNIT_FAKE_ERRANDS_H

/*
 * Errands without processes: a run makes their calls in this process, or gives them up, as the test
 * says; the log has what was asked for, and for how long it may take.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_log.h"
#include "files/errand.h"
#include "files/errands.h"

/* What becomes of errands: all zeroes for a call that is made. */
static struct {
	int no_file;                /* errno of memfd_create(2) */
	enum errand_state given_up; /* instead of the call; ERRAND_WAITING: the call is made */
	size_t cut, added;          /* bytes that the reply lacks, or has too many */
} fake_errands;

/* Those that wait for a run. */
static struct errand_queue fake_errands_waiting;

static long fake_errands_seconds(int64_t nanoseconds)
{
	assert_int_equal(nanoseconds % 1000000000, 0);
	return (long)(nanoseconds / 1000000000);
}

int memfd_create(const char *name, unsigned flags)
{
	if (!fake_errands.no_file)
		return (int)syscall(SYS_memfd_create, name, flags);
	errno = fake_errands.no_file;
	return -1;
}

void helper_limit_time(unsigned seconds)
{
	call_log_say("%u s of processor time", seconds);
}

void errands_init(struct errands *errands)
{
	memset(errands, 0, sizeof(*errands));
	errands->plan.patience = errands->plan.limit = INT64_C(1000000000);
	call_log_say("init");
}

void errands_finish(struct errands *errands)
{
	(void)errands;
	call_log_say("finish");
}

struct errand *errand_create(struct errands *errands, uint32_t dev_major, uint32_t dev_minor,
			     helper_call call, const struct text *request, bool suspect)
{
	struct errand *errand = errand_make(call, request, suspect);

	assert_non_null(errands);
	call_log_say("errand to %u:%u%s", dev_major, dev_minor, suspect ? ", suspect" : "");
	errand_push(&fake_errands_waiting, errand);
	return errand;
}

void errands_run(struct errands *errands, int directory)
{
	struct errand *errand;

	call_log_say("run, %ld s each, %ld s at most%s",
		     fake_errands_seconds(errands->plan.patience),
		     fake_errands_seconds(errands->plan.limit),
		     directory < 0 ? "" : ", with a descriptor");
	while ((errand = errand_pop(&fake_errands_waiting))) {
		if (fake_errands.given_up) {
			errand_settle(errand, fake_errands.given_up);
			continue;
		}
		errand->call(directory, text_string(&errand->request), errand->request.length,
			     &errand->reply);
		assert_true(errand->reply.length >= fake_errands.cut);
		errand->reply.length -= fake_errands.cut;
		for (size_t i = 0; i < fake_errands.added; i++)
			text_append_char(&errand->reply, 'x');
		errand_settle(errand, ERRAND_DONE);
	}
}

#endif
