/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_survey.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "sampler/procfs.h"
#include "sampler/source.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command.h"

#define PATIENCE_MS 20000

static void without_a_surveyor_nothing_is_known(void **state)
{
	struct watch_survey survey = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(watch_survey_descriptor(&survey), -1);
	watch_survey_look(&survey, &stage.ui);
	watch_survey_take(&survey, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_survey_apply(&survey, &stage.ui);
	watch_survey_read_smaps(&survey);
	assert_null(stage.ui.shown.usage);
	assert_int_equal(stage.ui.host.smaps_ns, 0);
	stage_close(&stage);
	watch_survey_finish(&survey);
}

static struct address_space *read_this_process(const struct options *options)
{
	const struct procfs_options procfs = {.root = options->procfs};
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, getpid(), &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

/* Takes what is found until it is there, or for a generous while. */
static void take_residency(struct watch_survey *survey, struct ui *ui)
{
	struct pollfd wait = {.fd = watch_survey_descriptor(survey), .events = POLLIN};

	while ((!survey->residency || survey->residency->partial) &&
	       poll(&wait, 1, PATIENCE_MS) > 0) {
		watch_survey_take(survey, ui);
		if (survey->refused)
			return;
	}
}

static void the_screen_gets_what_was_found(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_survey survey;
	struct stage stage;

	(void)state;
	stage_open(&stage, read_this_process(&options), 80, 24, true);
	watch_survey_start(&survey, &options, getpid());
	if (!survey.surveyor) {
		stage_close(&stage);
		skip();
	}
	watch_survey_look(&survey, &stage.ui);
	take_residency(&survey, &stage.ui);
	assert_true(survey.refused || survey.residency);
	assert_ptr_equal(stage.ui.shown.usage, &survey.table);
	assert_ptr_equal(stage.ui.shown.residency, survey.residency);
	assert_int_equal(survey.table.count, stage.chronicle.now->vma_count);
	/* A new snapshot has a table of its own. */
	stage_add(&stage, sample_python(), 1);
	assert_null(stage.ui.shown.usage);
	watch_survey_apply(&survey, &stage.ui);
	assert_ptr_equal(stage.ui.shown.usage, &survey.table);
	assert_int_equal(survey.table.count, stage.chronicle.now->vma_count);
	/* Another program than that of the test: what was found is not its. */
	assert_null(survey.residency);
	stage_close(&stage);
	watch_survey_finish(&survey);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_surveyor_nothing_is_known),
		cmocka_unit_test(the_screen_gets_what_was_found),
	};

	return cmocka_run_group_tests_name("watch_survey", tests, NULL, NULL);
}
