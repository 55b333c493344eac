/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_replay.h"

#include "app/replay_link.h"
#include "app/watch.h"
#include "sampler/sampler.h"
#include "ui/ui.h"

#define FAST_INTERVAL_NS 100000000 /* between two samples, at most, when it is played faster */

void watch_replay_act(struct watch *watch, uint64_t interval_ns, const struct ui_request *request)
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
	if (request->bits & UI_WISH) {
		replay_link_wish(link, &request->wish);
		sampler_now(watch->sampler);
	}
}

void watch_replay_tell(const struct watch *watch, struct ui_host *host)
{
	host->replay = watch->scan.replay != NULL;
	if (host->replay)
		host->play = replay_link_state(watch->scan.replay);
}
