/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_findings.h"

#include <time.h>

#include "app/options.h"
#include "files/check_prober.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "ui/pane/findings_pane.h"
#include "ui/ui.h"

/* Files hardly ever change; and looking at them takes one in so many parts of the time at most. */
#define PAUSE_NS INT64_C(5000000000)
#define SHARE    50

void watch_findings_look(struct watch_findings *findings, const struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(findings->options);
	bool begins = !findings->wanted;

	findings->wanted = findings_pane_wants(ui);
	if (!findings->wanted || findings->asking)
		return;
	/* Who opens the pane does not wait. */
	if (begins)
		findings->time_ns = findings->earliest_ns = 0;
	if (ui->shown.space->time_ns == findings->time_ns ||
	    clock_ns(CLOCK_MONOTONIC) < findings->earliest_ns)
		return;
	if (!findings->prober && check_prober_create(&procfs, &findings->prober))
		return;
	findings->asking = true;
	findings->asked_ns = clock_ns(CLOCK_MONOTONIC);
	findings->time_ns = ui->shown.space->time_ns;
	check_prober_ask(findings->prober, ui->shown.space);
}

int watch_findings_descriptor(const struct watch_findings *findings)
{
	return findings->prober ? check_prober_descriptor(findings->prober) : -1;
}

/* Of a recording no file is looked for in vain. */
static void mark_not_kept(struct checked_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->files[i].state == CHECKED_MISSING)
			files->files[i].state = CHECKED_NOT_KEPT;
}

void watch_findings_take(struct watch_findings *findings, struct ui *ui)
{
	struct check_answer answer;
	int64_t now, pause;

	if (!findings->prober || !check_prober_take(findings->prober, &answer))
		return;
	now = clock_ns(CLOCK_MONOTONIC);
	pause = (now - findings->asked_ns) * (SHARE - 1);
	findings->asking = false;
	findings->earliest_ns = now + (pause > PAUSE_NS ? pause : PAUSE_NS);
	if (ui->host.replay)
		mark_not_kept(&answer.facts.files);
	if (ui->shown.space && ui->shown.space->target.pid == answer.pid)
		findings_pane_take(ui, &answer.facts.files, &answer.facts.protection);
	check_facts_finish(&answer.facts);
}

void watch_findings_finish(struct watch_findings *findings)
{
	check_prober_destroy(findings->prober);
	findings->prober = NULL;
}
