/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/events.h"
#include "app/options.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/sample.h"

/* A process whose heap grows by 64 KiB from sample to sample until the samples end, by an error. */
struct fake {
	struct source source;
	unsigned samples, taken;
	int error;
	bool destroyed;
};

static int fake_read(struct source *source, struct address_space **ret_space)
{
	struct fake *fake = (struct fake *)source;

	if (fake->taken == fake->samples)
		return fake->error;
	*ret_space = sample_python_grown(fake->taken++ * 65536);
	return 0;
}

static int fake_exit_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void fake_destroy(struct source *source)
{
	((struct fake *)source)->destroyed = true;
}

static const struct source_operations operations = {
	.read = fake_read,
	.exit_descriptor = fake_exit_descriptor,
	.destroy = fake_destroy,
};

static const struct options json = {
	.action = ACTION_EVENTS,
	.format = FORMAT_JSON,
	.pid = 4711,
	.procfs = "/proc",
	.interval_ns = 10000000,
	.budget = 1,
};

static char *run(const struct options *options, struct fake *fake, int *ret_status)
{
	struct capture capture;

	fake->source.operations = &operations;
	capture_begin(&capture, 1);
	*ret_status = events_run(options, &fake->source, NULL);
	return capture_end(&capture);
}

/* How often the string is in the text. */
static int count(const char *text, const char *string)
{
	int found = 0;

	for (const char *at = text; (at = strstr(at, string)) != NULL; at++)
		found++;
	return found;
}

/* The bytes by which the heap grew in all lines; a sample that nobody took in time is left out. */
static long sum_of_deltas(const char *text)
{
	long sum = 0;

	for (const char *at = text; (at = strstr(at, "\"delta\":")) != NULL; at++)
		sum += strtol(at + strlen("\"delta\":"), NULL, 10);
	return sum;
}

static void changes_until_the_process_ends(void **state)
{
	struct fake fake = {.samples = 4, .error = -ESRCH};
	const char *last;
	int status;
	char *out = run(&json, &fake, &status);

	(void)state;
	assert_int_equal(status, 0);
	assert_true(fake.destroyed);
	assert_int_equal(sum_of_deltas(out), 3 * 65536);
	assert_int_equal(count(out, "\"grew\""), count(out, "\n") - 1);
	last = strstr(out, "\"exit\"");
	assert_non_null(last);
	assert_string_equal(strchr(last, '\n'), "\n");
	free(out);
}

static void so_many_intervals_and_no_more(void **state)
{
	struct fake fake = {.samples = 1000, .error = -EIO};
	struct options options = json;
	int status;
	char *out;

	(void)state;
	options.samples = 3;
	out = run(&options, &fake, &status);
	assert_int_equal(status, 0);
	/* The first one is before them; one that was late may stand for two. */
	assert_in_range(fake.taken, 2, 4);
	assert_int_equal(sum_of_deltas(out), (fake.taken - 1) * 65536);
	free(out);
	options.samples = 1;
	fake = (struct fake){.samples = 1000};
	out = run(&options, &fake, &status);
	assert_int_equal(status, 0);
	assert_int_equal(fake.taken, 2);
	assert_int_equal(count(out, "\"grew\""), 1);
	assert_int_equal(count(out, "\n"), 1);
	free(out);
}

/* Takes 2 ms of the thread's own time for each sample. */
static int slow_read(struct source *source, struct address_space **ret_space)
{
	int64_t begin = clock_ns(CLOCK_THREAD_CPUTIME_ID);

	while (clock_ns(CLOCK_THREAD_CPUTIME_ID) - begin < 2000000)
		;
	return fake_read(source, ret_space);
}

static void what_may_be_missed_is_said_once(void **state)
{
	static const struct source_operations slow = {
		.read = slow_read,
		.exit_descriptor = fake_exit_descriptor,
		.destroy = fake_destroy,
	};
	struct fake fake = {.source = {&slow}, .samples = 4, .error = -ESRCH};
	struct options options = json;
	struct capture capture;
	char *out;

	(void)state;
	options.budget = 0.1;
	capture_begin(&capture, 1);
	assert_int_equal(events_run(&options, &fake.source, NULL), 0);
	out = capture_end(&capture);
	/* Now and then a slow machine makes it another time. */
	assert_in_range(count(out, "\"change\":\"coverage\""), 1, 2);
	assert_non_null(strstr(out, "\"seen_from\":{\"size\":0."));
	free(out);
	/* For people in words, behind the time. */
	fake = (struct fake){.source = {&slow}, .samples = 4, .error = -ESRCH};
	options.format = FORMAT_PICTURE;
	capture_begin(&capture, 1);
	assert_int_equal(events_run(&options, &fake.source, NULL), 0);
	out = capture_end(&capture);
	assert_non_null(strstr(out, "12:21:07.123  coverage"));
	free(out);
}

static void lines_for_people(void **state)
{
	struct fake fake = {.samples = 2, .error = -ESRCH};
	struct options options = json;
	int status;
	char *out;

	(void)state;
	options.format = FORMAT_PICTURE;
	out = run(&options, &fake, &status);
	assert_int_equal(status, 0);
	assert_non_null(strstr(out, "grew"));
	assert_non_null(strstr(out, "[heap]\n"));
	assert_int_equal(count(out, "\n"), 2);
	free(out);
}

static void errors_are_told(void **state)
{
	struct fake first = {.error = -EACCES}, later = {.samples = 2, .error = -EACCES};
	struct capture capture;
	int status;
	char *out, *said;

	(void)state;
	capture_begin(&capture, 2);
	out = run(&json, &first, &status);
	said = capture_end(&capture);
	assert_int_equal(status, 4);
	assert_string_equal(out, "");
	assert_non_null(strstr(said, "mappings of process 4711: "));
	assert_true(first.destroyed);
	free(out);
	free(said);
	capture_begin(&capture, 2);
	out = run(&json, &later, &status);
	said = capture_end(&capture);
	assert_int_equal(status, 4);
	assert_int_equal(count(out, "\"exit\""), 0);
	assert_non_null(strstr(said, "mappings of process 4711: "));
	free(out);
	free(said);
}

static void a_reader_that_leaves_ends_it(void **state)
{
	struct fake fake = {.samples = UINT32_MAX};
	int saved = dup(1), ends[2], status;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	dup2(ends[1], 1);
	close(ends[1]);
	status = events_run(&json, (fake.source.operations = &operations, &fake.source), NULL);
	dup2(saved, 1);
	close(saved);
	assert_int_equal(status, 0);
	assert_true(fake.destroyed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_until_the_process_ends),
		cmocka_unit_test(so_many_intervals_and_no_more),
		cmocka_unit_test(what_may_be_missed_is_said_once),
		cmocka_unit_test(lines_for_people),
		cmocka_unit_test(errors_are_told),
		cmocka_unit_test(a_reader_that_leaves_ends_it),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
