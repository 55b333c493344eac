/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/listing.h"

#include <poll.h>
#include <stdint.h>
#include <string.h>

#include "model/process.h"
#include "sampler/lister.h"
#include "ui/processes/processes_pane.h"
#include "ui/ui.h"

#define INTERVAL_NS   UINT64_C(1000000000)
#define FIRST_LIST_MS 2000 /* after which the screen is shown without a list */

void listing_finish(struct listing *listing)
{
	lister_destroy(listing->lister);
	*listing = (struct listing){0};
}

static int start(struct listing *listing)
{
	int error = listing->lister ? 0 : lister_create(INTERVAL_NS, &listing->lister);

	if (error)
		return error;
	lister_pause(listing->lister, false);
	listing->going = true;
	return 0;
}

int listing_wait(struct listing *listing)
{
	struct pollfd wait = {.events = POLLIN};
	int error = start(listing);

	if (error)
		return error;
	wait.fd = lister_descriptor(listing->lister);
	poll(&wait, 1, FIRST_LIST_MS);
	return 0;
}

/* What is on the screen has its mappings counted. */
static void want_shown(struct listing *listing, const struct ui *ui)
{
	int32_t pids[LISTER_WANTED_MAX];

	lister_want(listing->lister, pids,
		    processes_pane_shown(ui, pids, sizeof(pids) / sizeof(pids[0])));
}

void listing_set_wanted(struct listing *listing, struct ui *ui)
{
	bool wanted = processes_pane_wants_list(ui);
	int error;

	if (wanted && listing->going)
		want_shown(listing, ui);
	if (wanted == listing->going)
		return;
	if (!wanted) {
		lister_pause(listing->lister, true);
		listing->going = false;
		return;
	}
	error = start(listing);
	if (error)
		ui_say_format(ui, "Cannot list the processes: %s.", strerror(-error));
}

int listing_descriptor(const struct listing *listing)
{
	return listing->lister ? lister_descriptor(listing->lister) : -1;
}

void listing_take(struct listing *listing, struct ui *ui)
{
	struct process_list *list;
	int error;

	if (!listing->lister || !lister_take(listing->lister, &list, &error))
		return;
	if (!list) {
		ui_say_format(ui, "Cannot list the processes: %s.", strerror(-error));
		ui_want(ui, UI_DRAW);
	} else if (processes_pane_wants_list(ui)) {
		processes_pane_take_list(ui, list);
	} else {
		process_list_destroy(list);
	}
}
