/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_survey.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "app/options.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "model/residency.h"
#include "sampler/procfs.h"
#include "sampler/surveyor.h"
#include "ui/ui.h"

void watch_survey_start(struct watch_survey *survey, const struct options *options, int32_t pid)
{
	const struct procfs_options procfs = {.root = options->procfs, .avoid = options->avoid};

	*survey = (struct watch_survey){.held_share = NAN};
	if (surveyor_create(&procfs, pid, &survey->surveyor))
		survey->surveyor = NULL;
}

/* What was found of a program that does not run any more. */
static void forget(struct watch_survey *survey)
{
	residency_destroy(survey->residency);
	survey->residency = NULL;
	free(survey->smaps);
	survey->smaps = NULL;
	free(survey->nodes);
	survey->nodes = NULL;
	survey->node_count = 0;
	survey->smaps_count = 0;
	survey->smaps_ns = 0;
}

void watch_survey_finish(struct watch_survey *survey)
{
	if (survey->surveyor)
		surveyor_destroy(survey->surveyor);
	usage_table_finish(&survey->table);
	forget(survey);
}

int watch_survey_descriptor(const struct watch_survey *survey)
{
	return survey->surveyor ? surveyor_descriptor(survey->surveyor) : -1;
}

void watch_survey_look(struct watch_survey *survey, const struct ui *ui)
{
	const struct address_space *now = ui->shown.chronicle->now;
	uint64_t start, end;

	if (!survey->surveyor || !ui->shown.diagram)
		return;
	ui_visible(ui, &start, &end);
	if (start == survey->start && end == survey->end && now->time_ns == survey->time_ns)
		return;
	survey->start = start;
	survey->end = end;
	survey->time_ns = now->time_ns;
	surveyor_look_at(survey->surveyor, now, start, end);
}

static void give(struct watch_survey *survey, struct ui *ui)
{
	struct usage_table before = survey->table;

	usage_table_init(&survey->table, ui->shown.chronicle->now, survey->residency, survey->smaps,
			 survey->smaps_count, survey->smaps_ns);
	survey->table.nodes = survey->nodes;
	survey->table.node_count = survey->node_count;
	ui->host.smaps_ns = survey->refused ? 0 : surveyor_smaps_estimate(survey->surveyor);
	ui_set_usage(ui, &survey->table, survey->residency);
	usage_table_finish(&before);
}

void watch_survey_apply(struct watch_survey *survey, struct ui *ui)
{
	const struct change_list *changes = &ui->shown.chronicle->latest;

	if (!survey->surveyor)
		return;
	if (changes->count && changes->changes[0].type == CHANGE_EXEC)
		forget(survey);
	/* The new snapshot is laid out anyway. */
	give(survey, ui);
}

void watch_survey_take(struct watch_survey *survey, struct ui *ui)
{
	struct survey found;

	if (!survey->surveyor || !surveyor_take(survey->surveyor, &found))
		return;
	survey->refused = found.error == -EACCES;
	if (!found.error)
		survey->held_share = found.held_share;
	if (found.residency) {
		survey->residency = residency_renew(survey->residency, found.residency);
		found.residency = NULL;
	}
	if (found.smaps) {
		free(survey->smaps);
		free(survey->nodes);
		survey->nodes = found.nodes;
		survey->node_count = found.node_count;
		found.nodes = NULL;
		survey->smaps = found.smaps;
		survey->smaps_count = found.smaps_count;
		survey->smaps_ns = found.smaps_ns;
		found.smaps = NULL;
	}
	survey_finish(&found);
	give(survey, ui);
}

void watch_survey_read_smaps(struct watch_survey *survey)
{
	if (survey->surveyor)
		surveyor_read_smaps(survey->surveyor);
}
