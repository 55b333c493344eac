/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_scan.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "app/options.h"
#include "app/replay_link.h"
#include "app/scan_update.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/session.h"
#include "model/usage_ranges.h"
#include "record/recorder.h"
#include "residency/scan_thread.h"
#include "ui/ui.h"

/* What takes less than a millisecond to be scanned. An unknown size is a large one. */
#define SMALL_VMAS ((size_t)1000)
#define SMALL_RSS  (UINT64_C(256) << 20)

void watch_scan_start(struct watch_scan *scan, const struct options *options,
		      const struct address_space *first)
{
	const struct procfs_options procfs = options_procfs(options);

	*scan = (struct watch_scan){.held_share = NAN};
	/* No core file says what was in memory. */
	if (options->core)
		return;
	if (scan_thread_create(&procfs, first->target.pid, options->budget, &scan->thread))
		scan->thread = NULL;
	else if (first->vma_count <= SMALL_VMAS && first->target.rss <= SMALL_RSS)
		scan_thread_look_at(scan->thread, first, 0, 0);
}

/* What the thread has found since is of the memory before: the new one is not given to it yet. */
static void drop_found(struct watch_scan *scan)
{
	struct scan found;

	if (!scan->thread || !scan_thread_take(scan->thread, &found))
		return;
	scan->refused = found.error == -EACCES;
	scan_finish(&found);
}

void watch_scan_forget(struct watch_scan *scan)
{
	drop_found(scan);
	residency_destroy(scan->residency);
	scan->residency = NULL;
	usage_ranges_destroy(scan->smaps);
	scan->smaps = NULL;
	free(scan->nodes);
	scan->nodes = NULL;
	scan->node_count = 0;
	scan->smaps_ns = 0;
}

void watch_scan_replay(struct watch_scan *scan, struct replay_link *replay)
{
	*scan = (struct watch_scan){.held_share = NAN, .replay = replay};
}

void watch_scan_finish(struct watch_scan *scan)
{
	replay_link_release(scan->replay);
	if (scan->thread)
		scan_thread_destroy(scan->thread);
	scan->thread = NULL;
	usage_table_finish(&scan->table);
	watch_scan_forget(scan);
}

int watch_scan_descriptor(const struct watch_scan *scan)
{
	return scan->thread ? scan_thread_descriptor(scan->thread) : -1;
}

void watch_scan_look(struct watch_scan *scan, const struct ui *ui)
{
	const struct address_space *now = ui->shown.session->now;
	uint64_t start, end;

	if (!scan->thread || !ui->shown.picture.diagram)
		return;
	ui_visible(ui, &start, &end);
	if (start == scan->start && end == scan->end && now->time_ns == scan->time_ns)
		return;
	scan->start = start;
	scan->end = end;
	scan->time_ns = now->time_ns;
	scan_thread_look_at(scan->thread, now, start, end);
}

void watch_scan_record(const struct watch_scan *scan)
{
	if (scan->recorder && scan->table.vmas.made)
		recorder_add_usage(scan->recorder, &scan->table, scan->residency);
}

struct scan_update watch_scan_update(const struct watch_scan *scan)
{
	return (struct scan_update){
		.residency = scan->residency, .smaps = scan->smaps, .smaps_ns = scan->smaps_ns};
}

void watch_scan_swap(struct watch_scan *scan, struct ui *ui, struct scan_update *update)
{
	struct scan *found = &update->found;
	const struct scan_update before = {
		.found = {.residency = found->residency ? scan->residency : NULL,
			  .smaps = found->smaps ? scan->smaps : NULL,
			  .nodes = found->smaps ? scan->nodes : found->nodes},
		.table = scan->table,
	};

	if (found->residency)
		scan->residency = found->residency;
	if (found->smaps) {
		scan->smaps = found->smaps;
		scan->smaps_ns = found->smaps_ns;
		scan->nodes = found->nodes;
		scan->node_count = found->node_count;
	}
	scan->table = update->table;
	scan->table.nodes = scan->nodes;
	scan->table.node_count = scan->node_count;
	*update = before;
	ui->host.smaps_ns = scan->refused ? 0 : scan_thread_smaps_estimate(scan->thread);
}

void watch_scan_put(struct watch_scan *scan, struct ui *ui, struct scan_update *update)
{
	watch_scan_swap(scan, ui, update);
	ui_set_usage(ui, &scan->table, scan->residency);
	watch_scan_record(scan);
	scan_update_finish(update);
}

void watch_scan_say(struct watch_scan *scan, struct ui *ui)
{
	char *words = replay_link_take_words(scan->replay);

	if (!words)
		return;
	ui_say_format(ui, "%s", words);
	free(words);
	ui_want(ui, UI_DRAW);
}

/* What the recording has of the newest snapshot, in place of that of the one before. */
static void take_replayed(struct watch_scan *scan, struct ui *ui)
{
	struct usage_table before = scan->table;
	struct residency *residency = scan->residency;
	struct kept_usage kept = {0};

	if (!replay_link_take_usage(scan->replay, ui->shown.session->now->time_ns, &kept))
		kept = (struct kept_usage){0};
	scan->table = kept.table;
	scan->residency = kept.residency;
	ui_set_usage(ui, kept.known ? &scan->table : NULL, scan->residency);
	watch_scan_record(scan);
	usage_table_finish(&before);
	residency_destroy(residency);
	watch_scan_say(scan, ui);
	ui_want(ui, UI_DRAW);
}

void watch_scan_keep(const struct watch_scan *scan, struct session *session)
{
	/* There is no table as long as nothing was told of the first snapshot. */
	session_add_usage(session, scan->table.vmas.made ? &scan->table : NULL, scan->residency);
}

void watch_scan_apply(struct watch_scan *scan, struct ui *ui)
{
	const struct session *session = ui->shown.session;
	struct scan_update update;

	if (scan->replay)
		take_replayed(scan, ui);
	/* What is known is of the same list still. */
	if (!scan->thread || session->same)
		return;
	if (change_list_has_exec(&session->latest))
		watch_scan_forget(scan);
	/* The new snapshot is laid out anyway. */
	update = watch_scan_update(scan);
	scan_update_make(&update, session->now);
	watch_scan_put(scan, ui, &update);
}

bool watch_scan_find(struct watch_scan *scan, struct scan_update *ret_update)
{
	struct scan found;

	if (!scan->thread || !scan_thread_take(scan->thread, &found))
		return false;
	scan->refused = found.error == -EACCES;
	if (!found.error)
		scan->held_share = found.held_share;
	*ret_update = watch_scan_update(scan);
	ret_update->found = found;
	return true;
}

void watch_scan_take(struct watch_scan *scan, struct ui *ui)
{
	struct scan_update update;

	if (scan->replay)
		take_replayed(scan, ui);
	if (!watch_scan_find(scan, &update))
		return;
	scan_update_make(&update, ui->shown.session->now);
	watch_scan_put(scan, ui, &update);
}

void watch_scan_read_smaps(struct watch_scan *scan)
{
	if (scan->thread)
		scan_thread_read_smaps(scan->thread);
}
