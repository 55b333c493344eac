/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_replay.h"

#include "app/replay_link.h"
#include "app/replay_time.h"
#include "app/watch.h"
#include "model/address_space.h"
#include "sampler/sampler.h"
#include "ui/command/time_commands.h"
#include "ui/ui.h"

#define FAST_INTERVAL_NS 100000000 /* between two samples, at most, when it is played faster */

static void wish(struct watch *watch, const struct replay_wish *wish)
{
	replay_link_wish(watch->scan.replay, wish);
	sampler_now(watch->sampler);
}

static void go_to_time(struct watch *watch, struct ui *ui)
{
	struct replay_wish wished = {.type = REPLAY_TIME, .from_ns = ui->shown.space->time_ns};
	const struct replay_state *play = &ui->host.play;

	if (replay_time_parse(ui->line.prompt.text, play->start_ns, play->end_ns,
			      &wished.time_ns)) {
		ui_say(ui, "This is not a time; type one as in 10:41:07, +90s (after the begin) or "
			   "-5m (before the end).");
		ui_want(ui, UI_DRAW);
		return;
	}
	if (ui->shown.paused)
		time_commands_live(ui);
	wish(watch, &wished);
}

void watch_replay_act(struct watch *watch, struct ui *ui, uint64_t interval_ns,
		      const struct ui_request *request)
{
	struct replay_link *link = watch->scan.replay;

	if (!link)
		return;
	if (request->bits & UI_HOLD)
		replay_link_set_held(link, request->held);
	if (request->bits & UI_SPEED) {
		replay_link_set_speed(link, request->speed);
		sampler_set_interval(watch->sampler,
				     request->speed > 1 && interval_ns > FAST_INTERVAL_NS
					     ? FAST_INTERVAL_NS
					     : interval_ns);
	}
	if (request->bits & UI_WISH)
		wish(watch, &request->wish);
	if (request->bits & UI_TIME)
		go_to_time(watch, ui);
}

void watch_replay_tell(const struct watch *watch, struct ui_host *host)
{
	host->replay = watch->scan.replay != NULL;
	if (host->replay)
		host->play = replay_link_state(watch->scan.replay);
	host->timeline = watch->timeline;
}
