/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "app/replay_source.h"
#include "model/kept_usage.h"
#include "model/pulse.h"
#include "record/recording.h"
#include "recording_made.h"
#include "sampler/source.h"

static struct source *open_at(const struct recording_place *place, int64_t sample,
			      struct replay_usage **ret_usage)
{
	struct recording *recording;

	assert_int_equal(recording_open(place->path, &recording), 0);
	return replay_source_create(recording, sample, ret_usage);
}

static void samples_come_one_after_the_other(void **state)
{
	struct recording_place place;
	struct replay_usage *usage;
	struct address_space *space;
	struct kept_usage kept;
	struct source *source;
	struct pulse pulse;
	bool last;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	source = open_at(&place, 3, &usage);
	assert_int_equal(source_pulse(source, &pulse), -ENOTSUP);
	assert_int_equal(source_exit_descriptor(source), -1);
	for (int i = 2; i < RECORDING_MADE_SAMPLES; i++) {
		int64_t time_ns = RECORDING_MADE_START + i * RECORDING_MADE_SECOND;

		assert_int_equal(source_read(source, &space), 0);
		assert_true(space->time_ns == time_ns);
		/* Of another sample it is not. */
		assert_false(replay_usage_take(usage, time_ns - 1, &kept, &last));
		assert_true(replay_usage_take(usage, time_ns, &kept, &last));
		assert_false(replay_usage_take(usage, time_ns, &kept, &last));
		assert_int_equal(last, i + 1 == RECORDING_MADE_SAMPLES);
		kept_usage_finish(&kept);
		address_space_destroy(space);
	}
	assert_int_equal(source_read(source, &space), -EAGAIN);
	/* Either may be freed first. */
	source_destroy(source);
	assert_false(replay_usage_take(usage, 0, &kept, &last));
	replay_usage_release(usage);
	source = open_at(&place, 1, &usage);
	replay_usage_release(usage);
	assert_int_equal(source_read(source, &space), 0);
	address_space_destroy(space);
	source_destroy(source);
	replay_usage_release(NULL);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_come_one_after_the_other),
	};

	return cmocka_run_group_tests_name("replay_source", tests, NULL, NULL);
}
