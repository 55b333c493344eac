/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/errand_system.h"

#include <stddef.h>

void errand_system_add(struct errand_system *system, struct errand *errand)
{
	errand_push(errand->suspect ? &system->suspects : &system->waiting, errand);
}

void errand_system_settle(struct errand_system *system, enum errand_state state)
{
	errand_settle_all(&system->asked, state);
	errand_settle_all(&system->waiting, state);
	errand_settle_all(&system->suspects, state);
}

void errand_system_take_back(struct errand_system *system)
{
	struct errand_queue waiting = system->waiting;
	struct errand *errand;

	system->waiting = (struct errand_queue){0};
	while ((errand = errand_pop(&system->asked))) {
		errand->state = ERRAND_WAITING;
		errand_system_add(system, errand);
	}
	while ((errand = errand_pop(&waiting)))
		errand_push(&system->waiting, errand);
}

void errand_system_stall(struct errand_system *system, int64_t now, int64_t pause_min,
			 int64_t pause_max)
{
	system->asked.first->suspect = true;
	system->stalled = true;
	system->pause = system->pause ? 2 * system->pause : pause_min;
	if (system->pause > pause_max)
		system->pause = pause_max;
	system->again = now + system->pause;
	errand_system_settle(system, ERRAND_STALLED);
}

void errand_system_reply(struct errand_system *system, struct text reply)
{
	struct errand *errand = errand_pop(&system->asked);

	system->stalled = false;
	system->pause = 0;
	errand->reply = reply;
	errand_settle(errand, ERRAND_DONE);
}

bool errand_system_may_ask(const struct errand_system *system, int64_t now)
{
	return !system->stalled || (system->helper != ERRAND_NO_HELPER && system->asked.first) ||
	       (system->helper == ERRAND_NO_HELPER && system->again <= now);
}

bool errand_system_has_waiting(const struct errand_system *system)
{
	return system->waiting.first || system->suspects.first;
}

bool errand_system_is_open(const struct errand_system *system)
{
	return errand_system_has_waiting(system) || system->asked.first;
}
