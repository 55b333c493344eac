/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>

#include "model/pulse.h"
#include "model/target.h"
#include "model/target_totals.h"
#include "sampler/source.h"

struct fake {
	struct source source;
	bool rests, destroyed;
};

static int fake_read(struct source *source, struct address_space **ret_space)
{
	(void)source;
	*ret_space = NULL;
	return -ENXIO;
}

static int fake_pulse(struct source *source, struct pulse *ret_pulse)
{
	(void)source;
	ret_pulse->size = 5;
	return 0;
}

static int fake_look(struct source *source, enum coverage_level level, uint64_t *ret_print)
{
	(void)source;
	*ret_print = 8;
	return level == COVERAGE_CODE ? SOURCE_IDLE : 0;
}

static int fake_totals(struct source *source, struct target *ret_target,
		       struct target_totals *ret_totals)
{
	(void)source;
	ret_target->pid = 9;
	ret_totals->rss = 6;
	return 0;
}

static int fake_exit_descriptor(const struct source *source)
{
	return ((const struct fake *)source)->destroyed ? -1 : 7;
}

static void fake_rest(struct source *source)
{
	((struct fake *)source)->rests = true;
}

static void fake_destroy(struct source *source)
{
	((struct fake *)source)->destroyed = true;
}

static void calls_the_implementation(void **state)
{
	static const struct source_operations operations = {.read = fake_read,
							    .exit_descriptor = fake_exit_descriptor,
							    .destroy = fake_destroy};
	static const struct source_operations pulsing = {.pulse = fake_pulse};
	static const struct source_operations looking = {.look = fake_look};
	static const struct source_operations totalling = {.totals = fake_totals};
	static const struct source_operations resting = {.rest = fake_rest};
	struct fake tired = {.source = {&resting}};
	struct fake fake = {.source = {&operations}};
	struct pulse pulse = {0};
	struct target target = {0};
	struct target_totals totals = {0};
	struct address_space *space;
	uint64_t print = 0;

	(void)state;
	assert_int_equal(source_read(&fake.source, &space), -ENXIO);
	assert_int_equal(source_pulse(&fake.source, &pulse), -ENOTSUP);
	assert_int_equal(source_pulse(&(struct source){&pulsing}, &pulse), 0);
	assert_int_equal(pulse.size, 5);
	assert_int_equal(source_look(&fake.source, COVERAGE_ALL, &print), -ENOTSUP);
	assert_int_equal(source_look(&(struct source){&looking}, COVERAGE_CODE, &print),
			 SOURCE_IDLE);
	assert_int_equal(print, 8);
	assert_int_equal(source_totals(&fake.source, &target, &totals), -ENOTSUP);
	assert_int_equal(source_totals(&(struct source){&totalling}, &target, &totals), 0);
	assert_int_equal(target.pid, 9);
	assert_int_equal(totals.rss, 6);
	assert_int_equal(source_exit_descriptor(&fake.source), 7);
	source_rest(&fake.source);
	source_rest(&tired.source);
	assert_true(tired.rests && !fake.rests);
	source_destroy(&fake.source);
	assert_true(fake.destroyed);
	source_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_the_implementation),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
