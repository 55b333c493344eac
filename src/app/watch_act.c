/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_act.h"

#include <stddef.h>

#include "app/options.h"
#include "app/watch.h"
#include "app/watch_replay.h"
#include "sampler/sampler.h"
#include "ui/ui.h"

void watch_act(struct watch *watch, struct ui *ui, const struct ui_request *request)
{
	if (request->bits & UI_SAMPLE)
		sampler_now(watch->sampler);
	if (request->bits & UI_SMAPS)
		watch_scan_read_smaps(&watch->scan);
	if (request->bits & UI_INTERVAL) {
		ui->host.interval_ns = request->interval_ns;
		sampler_set_interval(watch->sampler, request->interval_ns);
	}
	watch_replay_act(watch, ui, watch->options->interval_ns, request);
	watch_record_act(&watch->record, ui, request);
}

void watch_act_tell(const struct watch *watch, struct ui_host *host)
{
	host->recording = watch->record.recorder != NULL;
	watch_replay_tell(watch, host);
}
